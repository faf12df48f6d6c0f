"""A return in a layout of its own, from the file dialog to stored figures by keyboard alone; the next is known."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from pcp_desktop.desktop.commands import CommandPalette
from pcp_desktop.desktop.jobs import Jobs
from pcp_desktop.desktop.tabs.returns.tab import ReturnsTab
from pcp_desktop.domain.recognition import LEAVE_OUT
from pcp_desktop.workspace import Workspace
from tests.gui.conftest import PATIENCE, OpenWorkspace
from tests.gui.test_whole_quarter import CONTROL, focused, press
from tests.returns.pictures import picture, save_xlsx

MESSY = """
Leicestershire Police, corporate development
Performance bulletin: recorded crime and outcomes, {quarter}
|
{months}
All crime | {all}
Dwelling break-ins (new) | {burglary}
Car contents taken | {contents}
Deception by telephone | 71 | 72 | 73
|
Compiled by the analysts; subject to audit
"""
MINUTE = 60.0


def messy(folder: Path, of: str, months: str, plus: int) -> Path:
    """A bulletin whose names and layout no sample has; `plus` makes another quarter's figures of the same."""
    rows = {
        name: " | ".join(str(value + plus) for value in values)
        for name, values in (
            ("all", (5122, 5247, 5074)),
            ("burglary", (349, 398, 371)),
            ("contents", (669, 623, 624)),
        )
    }
    text = MESSY.format(quarter=of, months=f"Offences | {months}", **rows)
    path = folder / f"bulletin {of.replace('/', '-')}.xlsx"
    return save_xlsx(path, {"Bulletin": picture(text), "Notes": picture("Nothing here")})


def test_a_messy_return_is_taken_by_keyboard_and_the_next_is_known(
    open_workspace: OpenWorkspace,
    next_quarter: Workspace,
    jobs: Jobs,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    window = open_workspace(next_quarter)

    def wait(until: Callable[[], bool]) -> None:
        qtbot.waitUntil(lambda: jobs.idle and until(), timeout=PATIENCE)

    def bring_in(path: Path) -> ReturnsTab:
        monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_arguments: ([str(path)], ""))
        press(Qt.Key.Key_I, CONTROL)
        tab = window.pages.show("returns")
        assert isinstance(tab, ReturnsTab)
        wait(lambda: tab.is_reviewing)
        return tab

    begun = time.monotonic()
    tab = bring_in(messy(tmp_path, "Q3 2015/16", "Oct-15 | Nov-15 | Dec-15", 0))
    pane = tab.incoming.recognise
    assert tab.incoming.is_recognising
    assert [question.label for question in pane.open_questions] == ["Car contents taken"]
    assert pane.go_on_button.text() == "Answer 1 question to go on"

    # What is doubtful is asked beside its cell; an answer is taken back, and given again.
    qtbot.waitUntil(lambda: pane.popover.isAncestorOf(focused()))
    here = pane.sheet.currentIndex()
    assert pane.sheet.rows.text(here.row(), here.column()) == "Car contents taken"
    press(Qt.Key.Key_2)
    press(Qt.Key.Key_1)
    press(Qt.Key.Key_Return)
    wait(lambda: not pane.is_reading)
    press(Qt.Key.Key_Z, CONTROL)
    wait(lambda: not pane.is_reading and pane.popover.question is not None)
    assert pane.given == ()
    press(Qt.Key.Key_Return)
    wait(lambda: not pane.is_reading)

    # What nobody asked about is put right from the list of what was recognised.
    while not pane.side.lines.hasFocus():
        press(Qt.Key.Key_F6)
    while (line := pane.side.lines.current_row()) is None or "break-ins" not in line.words:
        press(Qt.Key.Key_J)
    press(Qt.Key.Key_F2)
    assert pane.popover.question is not None
    press(Qt.Key.Key_F2)
    chooser = QApplication.activeModalWidget()
    assert isinstance(chooser, CommandPalette)
    QTest.keyClicks(chooser.field, "domestic burglary")
    QTest.keyClick(chooser.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    window.activateWindow()
    wait(lambda: window.isActiveWindow() and not pane.is_reading)
    assert pane.go_on_button.text() == "Go on to review"
    press(Qt.Key.Key_Return)
    wait(lambda: not tab.incoming.is_recognising and tab.incoming.review.table.hasFocus())
    press(Qt.Key.Key_Return, CONTROL)
    wait(lambda: not tab.is_reviewing)
    assert time.monotonic() - begun < MINUTE

    following = bring_in(messy(tmp_path, "Q4 2015/16", "Jan-16 | Feb-16 | Mar-16", 11))
    assert not following.incoming.is_recognising
    review = following.incoming.review.review
    assert review is not None
    found = {one.observation.key.measure for one in review.figures}
    assert found >= {"all-crime", "domestic-burglary", "theft-from-vehicle"}
    assert {one.observation.key.period.label for one in review.figures} == {
        "January 2016",
        "February 2016",
        "March 2016",
    }
    remembered = [one for one in next_quarter.facts().answers if one.answer != LEAVE_OUT]
    assert {one.organisation for one in remembered} == {"Leicestershire Police"}
