"""A revised return from the board to stored and back again, with keys alone."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pcp_desktop.desktop.jobs import Jobs
from pcp_desktop.desktop.marks import Notice
from pcp_desktop.desktop.tabs.returns.tab import ReturnsTab
from pcp_desktop.domain.changes import Changes
from tests.gui.conftest import OpenWindow
from tests.gui.return_fixtures import FixturePanel

CONTROL = Qt.KeyboardModifier.ControlModifier


class UndoingPanel(FixturePanel):
    """Takes back what it was last asked to accept."""

    def undo(self) -> Changes:
        self.calls.append("undo")
        self.stored.pop()
        return Changes("5 figures taken back.", observations=5, returns=True)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keyboard is."""
    focused: QWidget | None = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifier)


def test_bring_in_look_keep_accept_and_undo(open_window: OpenWindow, jobs: Jobs, qtbot: QtBot) -> None:
    panel = UndoingPanel()
    window = open_window(panel)
    press(Qt.Key.Key_3, CONTROL)
    qtbot.waitUntil(lambda: isinstance(window.current, ReturnsTab) and jobs.idle)
    tab = window.current
    assert isinstance(tab, ReturnsTab)
    qtbot.waitUntil(tab.table.hasFocus)

    window.bring_in((Path("revised.xls"),))
    qtbot.waitUntil(lambda: tab.is_reviewing and tab.incoming.review.table.hasFocus())
    press(Qt.Key.Key_N)
    found = tab.incoming.review.table.current_row()
    assert found is not None
    assert found.notice in (Notice.ERROR, Notice.LOOK)
    while not found.storable:
        press(Qt.Key.Key_N)
        found = tab.incoming.review.table.current_row()
        assert found is not None
    press(Qt.Key.Key_U)
    assert tab.incoming.review.accept_button.text() == "Accept 5 figures"
    assert panel.stored == []

    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: not tab.is_reviewing and jobs.idle)
    assert panel.stored == [("revised.xls", frozenset({found.key}))]
    qtbot.waitUntil(tab.table.hasFocus)

    press(Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: "undo" in panel.calls and jobs.idle)
    assert panel.stored == []
    assert window.current is tab
