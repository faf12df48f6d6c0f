"""Every window, page and dialog by keyboard and screen reader: names, order of Tab, focus ring, what is said."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pcp_desktop.desktop.charts.twin import TableSpecModel
from pcp_desktop.desktop.dialogs.help import HelpDialog
from pcp_desktop.desktop.dialogs.keys import ChangeKeyDialog
from pcp_desktop.desktop.jobs import Jobs
from pcp_desktop.desktop.main_window import MainWindow
from pcp_desktop.desktop.sidebar import PAGES, Room
from pcp_desktop.desktop.tabs.returns.tab import ReturnsTab
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.errors import UserError
from tests.gui.chart_fixtures import burglary
from tests.gui.conftest import OpenPage, OpenWindow
from tests.gui.fake_panel import ChartPanel, FakePanel
from tests.gui.return_fixtures import FixturePanel

SHOWN_PAGES = tuple(line.page for line in PAGES if isinstance(line, Room))
SHARE_OF_RING = 0.5  # of a widget's outline that the ring at least covers


def focusable(window: QWidget) -> list[QWidget]:
    """Every visible widget that the Tab key can reach."""
    reached = Qt.FocusPolicy.TabFocus.value
    found = [window, *window.findChildren(QWidget)]
    able = [each for each in found if each.focusPolicy().value & reached and each.focusProxy() is None]
    return [each for each in able if each.isVisible() and each.window() is window and each.isEnabled()]


def named(widget: QWidget) -> str:
    """What a screen reader calls a widget: its own name, its words, or those of the label whose buddy it is."""
    own = widget.accessibleName() or str(getattr(widget, "text", lambda: "")())
    buddies = [label.text() for label in widget.window().findChildren(QLabel) if label.buddy() is widget]
    return own or "".join(buddies)


def nameless(window: QWidget) -> list[str]:
    """The kinds of the widgets without a name."""
    return [f"{type(each).__name__} {each.objectName()}".strip() for each in focusable(window) if not named(each)]


def chain(window: QWidget) -> list[QWidget]:
    """The widgets that Tab reaches, in its order, from the first in the window."""
    reached = set(focusable(window))
    order = [window]
    while (following := order[-1].nextInFocusChain()) is not None and following is not window:
        order.append(following)
    return [each for each in order if each in reached]


def new_panel(window: MainWindow) -> QDialog:
    window.files.ask_for_new()
    return last_dialog(window)


def error(window: MainWindow) -> QDialog:
    window.messages.show_error(UserError("It happened.", "It means this.", "Do that."), "Not done")
    return last_dialog(window)


def palette(window: MainWindow) -> QDialog:
    window.show_commands()
    return last_dialog(window)


def help_on_page(window: MainWindow) -> QDialog:
    window.show_help()
    return last_dialog(window)


def keys(window: MainWindow) -> QDialog:
    window.show_keys()
    return last_dialog(window)


def change_key(window: MainWindow) -> QDialog:
    window.show_keys()
    dialog = last_dialog(window)
    assert isinstance(dialog, HelpDialog)
    dialog.keys.change()
    found = dialog.findChild(ChangeKeyDialog)
    assert found is not None
    return found


def settings(window: MainWindow) -> QDialog:
    window.show_settings()
    return last_dialog(window)


def last_dialog(window: MainWindow) -> QDialog:
    return [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()][-1]


DIALOGS: tuple[Callable[[MainWindow], QDialog], ...] = (
    new_panel, error, palette, help_on_page, keys, change_key, settings,
)  # fmt: skip


@pytest.mark.parametrize("page", ["", *SHOWN_PAGES])
def test_everything_on_a_page_that_takes_the_focus_has_a_name(open_page: OpenPage, page: str) -> None:
    window = open_page(page)
    assert len(focusable(window)) > 4
    assert nameless(window) == []


def test_everything_on_a_review_has_a_name(qtbot: QtBot, open_window: OpenWindow, jobs: Jobs) -> None:
    window = open_window(FixturePanel())
    window.bring_in((Path("revised.xls"),))
    tab = window.current
    assert isinstance(tab, ReturnsTab)
    qtbot.waitUntil(lambda: tab.is_reviewing and jobs.idle)
    assert nameless(window) == []


@pytest.mark.parametrize("dialog", DIALOGS, ids=lambda each: each.__name__)
def test_every_dialog_and_all_in_it_has_a_name(
    open_window: OpenWindow, dialog: Callable[[MainWindow], QDialog]
) -> None:
    window = open_window(FakePanel())
    shown = dialog(window)
    assert shown.accessibleName() or shown.windowTitle()
    assert nameless(shown) == []
    for each in window.findChildren(QDialog):
        each.reject()


def test_the_meeting_view_is_named_by_what_it_shows(qtbot: QtBot, open_window: OpenWindow, jobs: Jobs) -> None:
    window = open_window(ChartPanel())
    view = window.show_meeting("SP12")
    assert view is not None
    qtbot.waitUntil(lambda: view.page is not None and jobs.idle)
    assert focusable(view) == [view]
    assert view.accessibleName().startswith("SP12")
    assert view.accessibleDescription() == burglary().alt
    view.close()


def areas(window: MainWindow) -> list[QWidget]:
    """The parts of the window in the order of reading: the sidebar, then the page."""
    current = window.current
    assert current is not None
    return [window.sidebar.periods.parentWidget() or window, current]


@pytest.mark.parametrize("page", SHOWN_PAGES)
def test_tab_goes_through_the_sidebar_and_then_down_the_page(open_page: OpenPage, page: str) -> None:
    window = open_page(page)
    sidebar, content = areas(window)
    order = chain(window)
    where = [
        0 if sidebar.isAncestorOf(each) else 1
        for each in order
        if sidebar.isAncestorOf(each) or content.isAncestorOf(each)
    ]
    first = where.index(0)
    assert (where[first:] + where[:first]) == sorted(where), [named(each) for each in order]
    inside = [each for each in order if content.isAncestorOf(each)]
    placed = [(each, each.mapTo(content, QPoint(0, 0))) for each in inside]
    backwards = [
        named(later)
        for (earlier, before), (later, after) in pairwise(placed)
        if after.y() + later.height() <= before.y() and after.x() <= before.x() + earlier.width()
    ]
    assert backwards == [], [named(each) for each in inside]


def ring(widget: QWidget, colour: QColor) -> float:
    """The share of the widget's outline, 6 pixels deep, that has the colour of the focus."""
    whole = widget.window()
    place = QRect(widget.mapTo(whole, QPoint(0, 0)), widget.size())
    picture = QPixmap(whole.size())
    whole.render(picture)
    image = picture.toImage()
    across = range(max(place.left(), 0), min(place.right(), image.width() - 1), 5)
    lines = [(x, edge, step) for x in across for edge, step in ((place.top(), 1), (place.bottom(), -1))]
    covered = sum(
        1
        for x, edge, step in lines
        if any(
            0 <= edge + step * deep < image.height() and image.pixelColor(x, edge + step * deep) == colour
            for deep in range(-1, 7)
        )
    )
    return covered / max(len(lines), 1)


def shows_focus(widget: QWidget, appearance: Appearance) -> bool:
    """Whether a ring in the colour of the focus is seen on a widget, or on the current line of a list."""
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    if ring(widget, appearance.theme.focus) >= SHARE_OF_RING:
        return True
    if isinstance(widget, QAbstractItemView) and widget.currentIndex().isValid():
        line = QWidget(widget.viewport())
        line.setGeometry(widget.visualRect(widget.currentIndex()))
        share = ring(line, appearance.theme.focus)
        line.deleteLater()
        return share >= SHARE_OF_RING
    return False


@pytest.mark.parametrize("theme", ["light", "contrast"])
@pytest.mark.parametrize("page", ["", *SHOWN_PAGES])
def test_the_focus_is_always_seen(open_page: OpenPage, appearance: Appearance, page: str, theme: str) -> None:
    window = open_page(page)
    window.choose_theme(theme)
    window.activateWindow()
    unseen = [
        f"{type(each).__name__} {named(each)}" for each in focusable(window) if not shows_focus(each, appearance)
    ]
    window.choose_theme("light")
    assert unseen == []


@pytest.mark.parametrize("dialog", DIALOGS, ids=lambda each: each.__name__)
def test_the_focus_is_always_seen_in_dialogs(
    open_window: OpenWindow, appearance: Appearance, dialog: Callable[[MainWindow], QDialog]
) -> None:
    window = open_window(FakePanel())
    shown = dialog(window)
    bare = [
        each for each in focusable(shown) if each.property("plain") != "true"
    ]  # the palette's field has its caret
    unseen = [f"{type(each).__name__} {named(each)}" for each in bare if not shows_focus(each, appearance)]
    for each in window.findChildren(QDialog):
        each.reject()
    assert unseen == []


def test_a_page_change_is_said_aloud_and_puts_the_focus_on_its_content(
    qtbot: QtBot, open_window: OpenWindow, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(FakePanel())
    said: list[str] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: said.append(event.message()))
    for key in (Qt.Key.Key_3, Qt.Key.Key_1):
        QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: jobs.idle)
    assert said == ["Returns, Q3 2015/16", "Overview, Q3 2015/16"]
    focus = QApplication.focusWidget()
    assert window.current is not None
    assert focus is not None
    assert window.current.isAncestorOf(focus)


def first_cells(model: QAbstractItemModel, under: QModelIndex | None = None) -> list[tuple[str, list[str]]]:
    """What the first cell of each row says, with the words that the row shows."""
    parent = under or QModelIndex()
    found = []
    for row in range(model.rowCount(parent)):
        cells = [model.index(row, column, parent) for column in range(model.columnCount(parent))]
        said = str(cells[0].data(Qt.ItemDataRole.AccessibleTextRole))
        found.append((said, [str(cell.data() or "") for cell in cells]))
        found += first_cells(model, cells[0]) if model.rowCount(cells[0]) else []
    return found


@pytest.mark.parametrize("page", ["overview", "returns"])
def test_the_first_cell_of_a_row_says_the_whole_row(open_page: OpenPage, page: str) -> None:
    window = open_page(page)
    assert window.current is not None
    views = [each for each in window.current.findChildren(QAbstractItemView) if each.isVisible()]
    rows = [row for view in views if view.accessibleName() for row in first_cells(view.model())]
    assert rows
    for said, shown in rows:
        assert len(said) > len(shown[0]), said


def test_the_first_cell_of_a_charts_table_says_the_whole_row() -> None:
    table = burglary().table
    for (said, shown), row in zip(first_cells(TableSpecModel(table)), table.rows, strict=True):
        assert shown == list(row)
        assert all(cell in said for cell in row)


@pytest.mark.parametrize("page", SHOWN_PAGES)
def test_nothing_scrolls_within_something_that_scrolls(open_page: OpenPage, page: str) -> None:
    window = open_page(page)
    areas_here = [each for each in window.findChildren(QAbstractScrollArea) if each.isVisible()]
    moving = [
        each for each in areas_here
        if each.verticalScrollBar().maximum() > 0 and not isinstance(each, QLineEdit | QTextEdit)
    ]  # fmt: skip
    nested = [(a.objectName(), b.objectName()) for a in moving for b in moving if a is not b and a.isAncestorOf(b)]
    assert nested == []
