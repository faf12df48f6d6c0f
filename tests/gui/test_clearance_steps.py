"""Clearing, holding and moving a board's date by keyboard alone: a step each, undone, seen by pack and readiness."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDateEdit, QDialog, QWidget
from pytestqt.qtbot import QtBot

from pcp_desktop.desktop.dialogs.clearance import BoardDateDialog, HoldDialog
from pcp_desktop.desktop.jobs import Jobs
from pcp_desktop.desktop.main_window import MainWindow
from pcp_desktop.desktop.tabs.clearance.tab import BOARDS_VIEW, ClearanceTab
from pcp_desktop.domain.clearance import Audience, Clearance, ClearanceState
from pcp_desktop.domain.periods import quarter
from pcp_desktop.workspace import Workspace
from pcp_desktop.workspace.sample import sample_clock
from tests.gui.conftest import OpenWorkspace

Q3 = quarter(2015, 3)
WAITING = ("all-crime", "domestic-burglary")
HELD = "violence-with-injury"
Answer = TypeVar("Answer")


class Desk:
    """The window on its Clearance page, and questions to the panel file behind it."""

    def __init__(self, qtbot: QtBot, jobs: Jobs, window: MainWindow, panel: Workspace) -> None:
        self.qtbot, self.jobs, self.window, self._panel = qtbot, jobs, window, panel
        window.show_page("clearance")
        self.settle()
        assert isinstance(window.current, ClearanceTab)
        self.tab = window.current

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.jobs.idle, timeout=30_000)

    def ask(self, question: Callable[[Workspace], Answer]) -> Answer:
        """An answer of the panel file, in the thread that owns it."""
        answers: list[Answer] = []
        self.jobs.start(lambda _progress: question(self._panel), answers.append, words="")
        self.qtbot.waitUntil(lambda: bool(answers), timeout=60_000)
        return answers[0]

    def public(self) -> dict[str, float | None]:
        """What the public pack prints as the latest figure of each measure."""
        rows = self.ask(lambda panel: panel.overview(Q3, Audience.PUBLIC)).all_rows
        return {row.measure: row.latest.value for row in rows if row.measure in (*WAITING, HELD)}

    def readiness(self) -> list[str]:
        """What the readiness list says is still waiting or held, but for statistics before their release."""
        page = self.ask(lambda panel: panel.pack_page(panel.facts().meetings[0].number, Audience.PUBLIC))
        lines = [one for one in page.readiness if one.link[0] == "clearance"]
        return [f"{one.title}. {one.text}" for one in lines if "national release" not in one.text]

    def entries(self) -> int:
        return self.ask(lambda panel: panel.verify()).log_entries

    def dialog(self, kind: type[QDialog]) -> QDialog:
        (found,) = [one for one in self.tab.findChildren(kind) if one.isVisible()]
        return found

    def press(self, widget: QWidget, key: Qt.Key) -> None:
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(widget, key)
        self.settle()


@pytest.fixture
def desk(qtbot: QtBot, open_workspace: OpenWorkspace, sample_panel: Path, jobs: Jobs) -> Desk:
    def opened() -> Workspace:
        panel = Workspace.open(sample_panel, sample_clock)
        for code in WAITING:
            panel.hold(Clearance(code, ClearanceState.WAITING, Q3.end, until="its board"))
        return panel

    panels: list[Workspace] = []
    jobs.start(lambda _progress: opened(), panels.append, words="")
    qtbot.waitUntil(lambda: bool(panels), timeout=20_000)
    return Desk(qtbot, jobs, open_workspace(panels[0]), panels[0])


def test_three_decisions_are_three_steps_that_the_public_pack_and_the_readiness_list_follow(desk: Desk) -> None:
    tab, before, begun = desk.tab, desk.public(), desk.entries()
    assert before["all-crime"] is before["domestic-burglary"] is None
    assert before[HELD] == 4452
    (waits,) = desk.readiness()
    assert waits.startswith("2 measures to clear now. Performance Delivery Group: board met 3 Feb 2016.")

    tab.show_subject("all-crime")
    desk.press(tab.inspector.clear_button, Qt.Key.Key_Space)
    assert desk.public()["all-crime"] == 59653

    tab.show_subject(HELD)
    desk.press(tab.inspector.hold_button, Qt.Key.Key_Space)
    hold = desk.dialog(HoldDialog)
    assert isinstance(hold, HoldDialog)
    QTest.keyClick(hold.kind, Qt.Key.Key_Down)
    QTest.keyClick(hold.kind, Qt.Key.Key_Down)
    QTest.keyClicks(hold.source, "Home Office")
    QTest.keyClicks(hold.reason, "Furnished for this meeting's preparation")
    desk.press(hold.reason, Qt.Key.Key_Return)
    assert desk.public()[HELD] is None

    desk.press(tab.views, Qt.Key.Key_Right)
    assert tab.views.currentIndex() == BOARDS_VIEW
    table = tab.boards.table
    desk.press(table, Qt.Key.Key_N)
    desk.press(table, Qt.Key.Key_Return)
    moving = desk.dialog(BoardDateDialog)
    assert isinstance(moving, BoardDateDialog)
    moving.day.setSelectedSection(QDateEdit.Section.MonthSection)
    for _month in range(2):
        QTest.keyClick(moving.day, Qt.Key.Key_Up)
    QTest.keyClick(moving, Qt.Key.Key_Return)
    desk.settle()
    assert desk.entries() == begun + 3
    held, late = sorted(desk.readiness(), key=lambda line: "held" not in line)
    assert "furnished in confidence" in held
    assert late.startswith("1 measure ")
    assert "Performance Delivery Group: after 3 Apr 2016" in late

    for _step in range(3):
        desk.window.undoing.undo()
        desk.settle()
    assert desk.public() == before
    assert desk.readiness() == [waits]
    assert desk.entries() == begun + 6
    assert desk.ask(lambda panel: panel.verify()).ok
