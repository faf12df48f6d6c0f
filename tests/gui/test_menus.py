"""The menu bar is complete: whatever the window or a page can do is a line of it, and of the palette."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from pcp_desktop.desktop.command_entries import entries_of
from pcp_desktop.desktop.commands import DO, FIND, CommandPalette, Entry, match_spans
from pcp_desktop.desktop.jobs import Jobs
from pcp_desktop.desktop.main_window import MainWindow
from pcp_desktop.desktop.menus import MENUS, PAGE_MENU, RECENT_MENU
from pcp_desktop.desktop.sidebar import PAGES, Room
from pcp_desktop.desktop.tabs.priority.tab import PrioritiesTab
from pcp_desktop.desktop.tabs.welcome import WelcomePage
from tests.gui.conftest import OpenPage, OpenWindow
from tests.gui.fake_panel import FakePanel

SHOWN_PAGES = tuple(line.page for line in PAGES if isinstance(line, Room))


def menu_of(window: MainWindow, name: str) -> QMenu:
    """The menu or submenu of that name, filled as if it were opened."""
    menu = next(each for each in window.menuBar().findChildren(QMenu) if each.title() == name)
    menu.aboutToShow.emit()
    return menu


def words_in(menu: QMenu) -> list[str]:
    return [action.text().split("\t")[0] for action in menu.actions()]


@pytest.mark.parametrize("page", SHOWN_PAGES)
def test_whatever_can_be_done_is_in_the_menus_and_in_the_palette(open_page: OpenPage, page: str) -> None:
    window = open_page(page)
    assert window.current is not None
    offered = {entry.words for entry in entries_of(window, window.overview)}
    here = [command.words for command in window.current.commands()]
    assert here
    assert words_in(menu_of(window, PAGE_MENU)) == here
    assert set(here) <= offered
    with_keys = {action.text() for action in window.actions() if action.text()}
    lines = {words for name in MENUS for words in words_in(menu_of(window, name))}
    assert with_keys <= lines, "an action of the window is in no menu"
    assert {window.menus.words_of(item) for item in window.menus.items} <= offered & lines


def test_every_page_of_the_sidebar_is_in_the_go_menu(open_window: OpenWindow) -> None:
    window = open_window(FakePanel())
    rooms = [line.words for line in PAGES if isinstance(line, Room)]
    assert [words for words in words_in(menu_of(window, "&Go")) if words in rooms] == rooms
    keys = {item.words: item.keys for item in window.menus.items}
    assert all(keys[line.words] == line.keys for line in PAGES if isinstance(line, Room))


def test_what_can_be_done_here_comes_first(open_window: OpenWindow) -> None:
    window = open_window(FakePanel())
    done = [entry.words for entry in entries_of(window, window.overview) if entry.section == DO]
    assert done[0].startswith("Open SP1 ")
    window.show_commands()
    palette = window.findChild(CommandPalette)
    assert palette is not None
    palette.field.setText("entrants")
    headings = list(dict.fromkeys(entry.heading for entry in palette.results()))
    about = "SP1 First-time entrants to justice, aged 10–17"
    assert headings == ["Go to", f"Do with {about}", "Find a figure"]
    palette.reject()


def test_recent_files_are_in_the_file_menu_the_palette_and_on_the_first_page(
    qtbot: QtBot, open_window: OpenWindow, jobs: Jobs, tmp_path: Path
) -> None:
    kept, gone = tmp_path / "kept.pcp", tmp_path / "gone.pcp"
    kept.touch()
    first = open_window(FakePanel())
    for path in (gone, kept):
        first.settings.remember(path)
    assert words_in(menu_of(first, RECENT_MENU)) == [str(kept)]
    assert str(kept) in {entry.words for entry in entries_of(first, first.overview)}
    window = open_window(None)
    welcome = window.findChild(WelcomePage)
    assert welcome is not None
    assert [button.text() for button in welcome.recent] == [f"kept.pcp, in {tmp_path}"]
    QTest.keyClick(welcome.recent[0], Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.view is not None and jobs.idle)
    assert window.windowTitle().startswith("kept.pcp")


def test_the_window_comes_back_as_it_was_left(qtbot: QtBot, open_window: OpenWindow, jobs: Jobs) -> None:
    window = open_window(FakePanel())
    window.fold_sidebar()
    window.show_page("priorities", "SP14")
    qtbot.waitUntil(lambda: jobs.idle)
    window.resize(1400, 800)
    settings = window.settings
    settings.last_priority = window.current.subject if window.current is not None else ""
    settings.geometry = window.saveGeometry()
    again = open_window(FakePanel())
    qtbot.waitUntil(lambda: isinstance(again.current, PrioritiesTab) and jobs.idle)
    assert again.current is not None
    assert again.current.subject == "SP14"
    assert again.overview is not None
    assert again.sidebar.folded
    other = open_window(FakePanel(Path("other.pcp")))
    assert other.pages.name == "overview"


def test_a_figure_is_copied_with_enter_and_gone_to_with_ctrl_enter(
    qtbot: QtBot, open_window: OpenWindow, jobs: Jobs
) -> None:
    window = open_window(FakePanel())
    for modifier in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier):
        window.show_commands()
        palette = window.findChild(CommandPalette)
        assert palette is not None
        palette.field.setText("4,014 burg")
        assert [entry.section for entry in palette.results()] == [FIND]
        QTest.keyClick(palette.field, Qt.Key.Key_Return, modifier)
        qtbot.waitUntil(lambda: window.findChild(CommandPalette) is None)
        qtbot.waitUntil(lambda: jobs.idle)
    assert QApplication.clipboard().text() == "4,014"
    assert isinstance(window.current, PrioritiesTab)
    assert window.current.subject == "SP12"


def test_the_match_is_underlined_wherever_it_stands() -> None:
    assert match_spans("SP12 Domestic burglary", "burg dom") == [(5, 8), (14, 18)]


def test_a_changed_key_is_shown_in_the_palette(open_window: OpenWindow) -> None:
    window = open_window(FakePanel())

    def shown() -> str:
        entries: list[Entry] = entries_of(window, window.overview)
        return next(entry.keys for entry in entries if entry.words == "Fold the sidebar")

    from pcp_desktop.desktop.keys import declared

    fold = declared("Ctrl+B")
    assert fold is not None
    before = shown()
    window.keymap.choose(fold, "Ctrl+J")
    assert (before, shown()) == ("Ctrl B", "Ctrl J")
    window.keymap.restore()
