"""The keys: every one declared and shown, changed without clashes, and single letters turned off."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QHelpEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QToolTip
from pytestqt.qtbot import QtBot

from pcp_desktop.desktop.dialogs.help import ALL_KEYS, HelpDialog
from pcp_desktop.desktop.dialogs.keys import ChangeKeyDialog
from pcp_desktop.desktop.help_texts import AFTER_THE_PAGES, WELCOME, help_texts
from pcp_desktop.desktop.keys import KEYS, PLACES, declared, spaced
from pcp_desktop.desktop.main_window import MainWindow
from pcp_desktop.desktop.sidebar import PAGES, Room
from pcp_desktop.desktop.tabs.overview.tab import OverviewTab
from tests.gui.conftest import OpenPage, OpenWindow
from tests.gui.fake_panel import FakePanel

CONTROL = Qt.KeyboardModifier.ControlModifier
SHOWN_PAGES = tuple(line.page for line in PAGES if isinstance(line, Room))


def all_shortcuts(window: MainWindow) -> set[str]:
    """The keys of every action and shortcut of the window."""
    held = [action.shortcut() for action in window.findChildren(QAction)]
    held += [shortcut.key() for shortcut in window.findChildren(QShortcut)]
    return {keys.toString(QKeySequence.SequenceFormat.PortableText) for keys in held if not keys.isEmpty()}


@pytest.mark.parametrize("page", SHOWN_PAGES)
def test_every_key_of_a_page_is_declared_and_so_listed_under_f1(open_page: OpenPage, page: str) -> None:
    window = open_page(page)
    assert window.current is not None
    offered = {command.keys for command in window.current.commands() if command.keys}
    fixed = {name for key in KEYS if key.fixed for name in key.keys.split(", ")}
    used = (all_shortcuts(window) | offered) - fixed
    assert {keys for keys in used if declared(keys) is None} == set(), "declare it in desktop/keys.py"


def test_no_two_keys_that_can_be_changed_are_the_same() -> None:
    named = [key.keys for key in KEYS if not key.fixed]
    assert sorted(named) == sorted(set(named))
    assert {place for key in KEYS for place in key.places} <= set(PLACES)


def test_every_page_has_its_help_with_its_keys() -> None:
    texts = help_texts(SHOWN_PAGES, lambda keys: keys)
    assert [text.topic for text in texts] == [WELCOME, *SHOWN_PAGES, *AFTER_THE_PAGES]
    for text in texts:
        assert text.paragraphs, text.topic
        assert text.html().startswith(f"<h1>{text.title}</h1>")
    meeting = next(text for text in texts if text.topic == "meeting")
    assert ("Left, Right", "Charts of the priority") in meeting.keys


def open_help(window: MainWindow) -> HelpDialog:
    QTest.keyClick(window, Qt.Key.Key_F1)
    dialog = window.findChild(HelpDialog)
    assert dialog is not None
    return dialog


def test_f1_opens_on_the_page_and_finds_by_words(open_page: OpenPage) -> None:
    dialog = open_help(open_page("priorities"))
    assert dialog.text.toPlainText().startswith("Priorities")
    found = []
    for typed in ("horned toad", "presenter chart"):
        dialog.field.setText(typed)
        found.append(dialog.shown)
    assert found == [(), ("meeting",)]
    assert dialog.text.toPlainText().startswith("Meeting view")
    dialog.field.setText("fold sidebar")
    assert ALL_KEYS in dialog.shown
    assert dialog.keys.count == 1
    dialog.reject()


def test_a_key_is_changed_by_keyboard_and_kept(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window(FakePanel())
    window.show_keys()
    dialog = window.findChild(HelpDialog)
    assert dialog is not None
    fold = dialog.keys.tree.findItems("Fold the sidebar", Qt.MatchFlag.MatchExactly, 1)[0]
    dialog.keys.tree.setCurrentItem(fold)
    QTest.keyClick(dialog.keys.tree, Qt.Key.Key_F2)
    change = dialog.findChild(ChangeKeyDialog)
    assert change is not None
    change.edit.setKeySequence(QKeySequence("Ctrl+K"))
    assert "already" in change.refusal.text()
    assert not change.take_button.isEnabled()
    change.edit.setKeySequence(QKeySequence("Ctrl+J"))
    QTest.keyClick(change.take_button, Qt.Key.Key_Space)
    assert fold.text(0) == "Ctrl+J (was Ctrl+B)"
    dialog.reject()
    folded = []
    for key in (Qt.Key.Key_B, Qt.Key.Key_J):
        QTest.keyClick(window, key, CONTROL)
        folded.append(window.sidebar.folded)
    assert folded == [False, True]
    assert open_window(None).keymap.of("Ctrl+B") == "Ctrl+J"


@pytest.mark.parametrize(
    ("name", "keys", "why"),
    [
        ("Ctrl+B", "", "Press"),
        ("Ctrl+B", "Ctrl+K", "already"),
        ("Ctrl+B", "G", "alone"),
        ("Ctrl+B", "F", "alone"),
        ("Ctrl+B", "Ctrl+X, Ctrl+Y", "one key"),
        ("W", "Esc", "everywhere"),
    ],
)
def test_what_would_clash_is_refused(open_window: OpenWindow, name: str, keys: str, why: str) -> None:
    keymap, key = open_window(None).keymap, declared(name)
    assert key is not None
    assert why in keymap.refusal(key, keys)
    with pytest.raises(ValueError, match=why):
        keymap.choose(key, keys)


def test_keys_that_another_has_taken_cannot_be_taken_back(open_window: OpenWindow) -> None:
    keymap, fold, why = open_window(None).keymap, declared("Ctrl+B"), declared("Ctrl+K")
    assert fold is not None
    assert why is not None
    keymap.choose(fold, "Ctrl+J")
    keymap.choose(why, "Ctrl+B")
    with pytest.raises(ValueError, match="already"):
        keymap.choose(fold, "Ctrl+B")
    keymap.restore()
    assert (keymap.of("Ctrl+B"), keymap.of("Ctrl+K")) == ("Ctrl+B", "Ctrl+K")


def test_a_letter_that_a_list_reads_itself_can_be_changed(open_window: OpenWindow) -> None:
    window, why = open_window(FakePanel()), declared("W")
    tab = window.current
    assert isinstance(tab, OverviewTab)
    assert why is not None
    asked: list[str] = []
    tab.tree.why_wanted.connect(lambda: asked.append("why"))
    window.keymap.choose(why, "Y")
    QTest.keyClick(tab.tree, Qt.Key.Key_W)
    assert asked == []
    QTest.keyClick(tab.tree, Qt.Key.Key_Y)
    assert asked == ["why"]
    tab.filters.words.setFocus()
    QTest.keyClick(tab.filters.words, Qt.Key.Key_Y)
    assert tab.filters.words.text() == "y"
    window.keymap.restore()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_tip_names_the_keys_that_hold(open_window: OpenWindow) -> None:
    window, fold = open_window(FakePanel()), declared("Ctrl+B")
    assert fold is not None
    window.keymap.choose(fold, "Ctrl+J")
    assert window.keymap.reworded("Fold it (Ctrl+B), or F1 and Ctrl++") == "Fold it (Ctrl+J), or F1 and Ctrl++"
    window.setToolTip("Fold the sidebar (Ctrl+B)")
    place = QPoint(5, 5)
    QApplication.sendEvent(window, QHelpEvent(QEvent.Type.ToolTip, place, window.mapToGlobal(place)))
    assert QToolTip.text() == "Fold the sidebar (Ctrl+J)"
    QToolTip.hideText()
    window.keymap.restore()


def test_single_letters_can_be_turned_off(open_window: OpenWindow) -> None:
    window = open_window(FakePanel())
    tab = window.current
    assert isinstance(tab, OverviewTab)
    asked: list[str] = []
    tab.tree.why_wanted.connect(lambda: asked.append("why"))
    for on in (False, True):
        window.keymap.let_letters_act(on)
        QTest.keyClick(tab.tree, Qt.Key.Key_W)
    assert asked == ["why"]
    window.keymap.let_letters_act(False)
    tab.filters.words.setFocus()
    QTest.keyClick(tab.filters.words, Qt.Key.Key_W)
    assert tab.filters.words.text() == "w"
    window.keymap.let_letters_act(True)


def test_keys_are_shown_as_on_the_caps() -> None:
    assert [spaced(keys) for keys in ("Ctrl+K", "Ctrl++", "Ctrl+Shift+C", "Alt+Down", "W")] == [
        "Ctrl K",
        "Ctrl +",
        "Ctrl Shift C",
        "Alt ↓",
        "W",
    ]


def test_help_opens_from_the_sidebar_and_closes_with_its_button(open_window: OpenWindow) -> None:
    window = open_window(None)
    window.sidebar.help.click()
    dialog = window.findChild(HelpDialog)
    assert dialog is not None
    assert dialog.text.toPlainText().startswith("Starting")
    close = [button for button in dialog.findChildren(QPushButton) if button.text() == "Close"]
    close[0].click()
    assert not dialog.isVisible()
