"""Blank returns go out from the returns page, and a quarter begins with them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pcp_desktop.desktop.dialogs.blank_returns import BlankReturnsDialog
from pcp_desktop.desktop.jobs import Jobs
from pcp_desktop.desktop.main_window import MainWindow
from pcp_desktop.desktop.tabs.returns.tab import ReturnsTab
from pcp_desktop.domain.changes import Changes
from pcp_desktop.domain.periods import Period
from tests.gui.conftest import OpenWindow
from tests.gui.fake_panel import EARLIER, QUARTER, FakePanel

NEXT = QUARTER.shifted(3)


class BeginningPanel(FakePanel):
    """Has the quarters that were begun."""

    def periods(self) -> tuple[Period, ...]:
        return (NEXT, QUARTER, EARLIER) if f"begin {NEXT.label}" in self.calls else (QUARTER, EARLIER)

    def begin_quarter(self, quarter: Period) -> Changes:
        begun = f"begin {quarter.label}" in self.calls
        changes = super().begin_quarter(quarter)
        return Changes("Begun already.") if begun else changes


def returns_of(window: MainWindow, jobs: Jobs, qtbot: QtBot) -> ReturnsTab:
    window.show_page("returns")
    tab = window.current
    assert isinstance(tab, ReturnsTab)
    qtbot.waitUntil(lambda: jobs.idle and tab.table.rows.rowCount() > 0)
    return tab


def offered(window: MainWindow) -> list[str]:
    return [action.text() for action in window.sidebar.periods._menu.actions()]


def test_blank_returns_are_written_and_their_quarter_begins(
    open_window: OpenWindow, jobs: Jobs, qtbot: QtBot, tmp_path: Path
) -> None:
    panel = BeginningPanel()
    window = open_window(panel)
    tab = returns_of(window, jobs, qtbot)
    assert offered(window) == [QUARTER.label, EARLIER.label]
    tab.blank_button.click()
    dialog = window.findChild(BlankReturnsDialog)
    assert dialog is not None
    assert not dialog.keep.isEnabled()
    dialog.folder.setText(str(tmp_path))
    QTest.keyClick(dialog.folder, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: jobs.idle and len(offered(window)) == 3)
    assert f"blank Leicestershire Police {NEXT.label} {tmp_path.name}" in panel.calls
    assert offered(window) == [NEXT.label, QUARTER.label, EARLIER.label]


def test_the_next_quarter_can_be_begun_by_command_and_twice_changes_nothing(
    open_window: OpenWindow, jobs: Jobs, qtbot: QtBot
) -> None:
    panel = BeginningPanel()
    window = open_window(panel)
    tab = returns_of(window, jobs, qtbot)
    begin = next(command for command in tab.commands() if command.words == f"Begin {NEXT.label}")
    begin.act()
    qtbot.waitUntil(lambda: jobs.idle and len(offered(window)) == 3)
    with qtbot.assertNotEmitted(tab.altered):
        begin.act()
        qtbot.waitUntil(lambda: jobs.idle)


def test_nothing_is_offered_where_nothing_may_change(open_window: OpenWindow, jobs: Jobs, qtbot: QtBot) -> None:
    panel = BeginningPanel()
    panel.read_only_reason = "Published. Figures cannot change."
    tab = returns_of(open_window(panel), jobs, qtbot)
    assert not tab.blank_button.isEnabled()
    assert [command.words for command in tab.commands()] == ["Bring in workbooks…"]
