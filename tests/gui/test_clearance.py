"""What the clearance tab promises: the most pressing first, and each decision one verb, also by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from pcp_desktop.desktop.badges import Badges
from pcp_desktop.desktop.dialogs.clearance import BoardDateDialog, HoldDialog, ToldDialog
from pcp_desktop.desktop.jobs import Jobs
from pcp_desktop.desktop.messages import Messages
from pcp_desktop.desktop.sidebar import Room, RoomModel
from pcp_desktop.desktop.tab import Surroundings, View
from pcp_desktop.desktop.tabs.clearance.tab import BOARDS_VIEW, TOLD_VIEW, ClearanceTab
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.changes import Changes
from pcp_desktop.domain.clearance import Audience, BoardDate, Clearance, ClearanceState, HoldTerms, Recipient
from pcp_desktop.domain.clearance_page import ClearancePage
from pcp_desktop.domain.periods import Period
from pcp_desktop.domain.progress import Progress
from tests.gui.chart_fixtures import QUARTER
from tests.gui.clearance_fixtures import BOARDS, CALENDAR, ROWS, TODAY, TOLD_PAGE
from tests.gui.fake_panel import FakePanel
from tests.gui.test_accessibility import nameless


class HeldPanel(FakePanel):
    """Answers with the rows above and notes every decision."""

    def __init__(self) -> None:
        super().__init__()
        self.decided: list[object] = []

    def clearance(self, period: Period) -> ClearancePage:
        return ClearancePage(period, TODAY, date(2016, 3, 15), ROWS, "5 measures, 1 cleared", CALENDAR)

    def clear_measure(self, code: str, period: Period, *, area: str = "") -> Changes:
        self.decided.append((code, period, area) if area else (code, period))
        return Changes("Cleared.", clearances=True)

    def hold(self, wanted: Clearance) -> Changes:
        self.decided.append(wanted)
        return Changes("Held.", clearances=True)

    def move_board(self, wanted: BoardDate) -> Changes:
        self.decided.append(wanted)
        return Changes("Moved.", clearances=True)

    def tell(self, wanted: Sequence[Recipient]) -> Changes:
        self.decided.extend(wanted)
        return Changes("Told.", clearances=True)

    def forget_recipient(self, unwanted: Recipient) -> Changes:
        self.decided.append(unwanted)
        return Changes("Removed.", clearances=True)

    def write_told(self, out: Path, progress: Progress) -> Path:
        self.decided.append(out)
        return out


@pytest.fixture
def panel() -> HeldPanel:
    return HeldPanel()


@pytest.fixture
def tab(qtbot: QtBot, appearance: Appearance, jobs: Jobs, panel: HeldPanel) -> Iterator[ClearanceTab]:
    window = QWidget()
    qtbot.addWidget(window)
    made = ClearanceTab(Surroundings(jobs, Messages(window, appearance), appearance))
    qtbot.addWidget(made)
    made.resize(1190, 714)
    made.show()
    made.activateWindow()
    made.look(View(panel, QUARTER, Audience.WORKING))
    qtbot.waitUntil(lambda: made.table.rows.rowCount() == 10)
    made.focus_content()
    qtbot.waitUntil(made.table.hasFocus)
    yield made
    for dialog in made.findChildren(QDialog):
        dialog.reject()


def lines(tab: ClearanceTab) -> list[str]:
    """The first column, headings and measures."""
    model = tab.table.rows
    return [str(model.data(model.index(at, 0))) for at in range(model.rowCount())]


def visible(inspector: QWidget) -> list[QLabel]:
    """The labels that are on show."""
    return [label for label in inspector.findChildren(QLabel) if label.isVisible()]


def dialog_of(tab: ClearanceTab, kind: type[QDialog]) -> QDialog:
    """The dialog of a kind that is open."""
    (found,) = [dialog for dialog in tab.findChildren(kind) if dialog.isVisible()]
    return found


def test_groups_stand_under_their_headings_the_most_pressing_first(tab: ClearanceTab) -> None:
    assert lines(tab) == [
        "To clear now: 1",
        "Entrants, SP1",
        "Free before publication day, 15 March 2016: 1",
        "Crime, SP1",
        "Held, no end known: 1",
        "Treatment, SP1",
        "No figures yet: 1",
        "Absent, SP1",
        "Cleared: 1",
        "Savings, SP1",
    ]
    assert tab.head.scope.text() == "5 measures, 1 cleared"


def test_the_keys_step_over_the_headings(tab: ClearanceTab) -> None:
    seen = []
    for key in (Qt.Key.Key_J, Qt.Key.Key_Down, Qt.Key.Key_K, Qt.Key.Key_Up, Qt.Key.Key_K):
        QTest.keyClick(tab.table, key)
        current = tab.table.current_row()
        assert current is not None
        seen.append(current.measure)
    assert seen == ["crime", "treatment", "crime", "entrants", "entrants"]
    tab.show_subject("savings")
    QTest.keyClick(tab.table, Qt.Key.Key_N)
    current = tab.table.current_row()
    assert current is not None
    assert current.measure == "entrants"


def test_each_row_is_read_aloud_whole(tab: ClearanceTab) -> None:
    model = tab.table.rows
    said = [str(model.data(model.index(at, 0), Qt.ItemDataRole.AccessibleTextRole)) for at in (1, 5)]
    assert said == [
        "SP1, Entrants. Not cleared. Youth Board, After 9 Mar 2016.",
        "SP1, Treatment. Embargoed. Youth Board, After 9 Mar 2016. Told to 1 before release.",
    ]


def test_what_can_be_done_follows_the_measure(qtbot: QtBot, tab: ClearanceTab) -> None:
    offered = {}
    for one in ROWS:
        tab.show_subject(one.measure)
        offered[one.measure] = [command.words for command in tab.commands()]
    clear, hold, move, told = (
        "Clear this measure", "Hold this measure…", "Move the board’s date…", "Told before release…",
    )  # fmt: skip
    assert offered == {
        "entrants": [clear, hold, move, told],
        "crime": [clear, hold, move, told],
        "treatment": [clear, hold, told],
        "absent": [hold, move, told],
        "savings": [hold, move],
    }
    tab.show_subject("treatment")
    assert tab.inspector.clear_button.text() == "End the hold and clear"
    access = "2 Feb 2016 to 10 Mar 2016, access has ended"
    qtbot.waitUntil(lambda: {"Embargoed", access} <= {label.text() for label in visible(tab.inspector)})


def test_nothing_can_be_done_in_a_file_that_is_read_only(qtbot: QtBot, tab: ClearanceTab, tmp_path: Path) -> None:
    closed = HeldPanel()
    closed.read_only_reason = "Somebody else has it."
    tab.look(View(closed, QUARTER, Audience.WORKING))
    qtbot.waitUntil(lambda: tab.commands() == ())


def test_a_measure_is_cleared_by_keyboard_alone(qtbot: QtBot, tab: ClearanceTab, panel: HeldPanel) -> None:
    told: list[Changes] = []
    tab.altered.connect(told.append)
    tab.inspector.clear_button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(tab.inspector.clear_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: panel.decided == [("entrants", QUARTER)])
    qtbot.waitUntil(lambda: [one.summary for one in told] == ["Cleared."])


def test_a_hold_is_only_offered_once_it_says_what_it_must(qtbot: QtBot, tab: ClearanceTab, panel: HeldPanel) -> None:
    tab.ask_hold()
    dialog = dialog_of(tab, HoldDialog)
    assert isinstance(dialog, HoldDialog)
    dialog.kind.setCurrentIndex(1)
    assert not dialog.keep.isEnabled()
    assert "public interest test" in dialog.remark.text()
    assert not dialog.board.isVisible()
    dialog.interest.setPlainText("Privacy outweighs")
    dialog.resolution.setText("Resolved on 23 March 2016")
    dialog.reason.setText("One person")
    dialog.ends.setChecked(True)
    dialog.day.show_day(date(2016, 4, 1))
    assert dialog.keep.isEnabled()
    dialog.keep.click()
    terms = HoldTerms("One person", "", 1, "Privacy outweighs", "Resolved on 23 March 2016", date(2016, 4, 1))
    wanted = Clearance("entrants", ClearanceState.EXEMPT, QUARTER.end, terms=terms)
    qtbot.waitUntil(lambda: panel.decided == [wanted])


@pytest.mark.parametrize(
    ("kind", "state", "field"),
    [(0, ClearanceState.WAITING, "board"), (2, ClearanceState.CONFIDENTIAL, "source"),
     (3, ClearanceState.EMBARGOED, "until")],
)  # fmt: skip
def test_each_kind_of_hold_asks_for_its_own(tab: ClearanceTab, kind: int, state: ClearanceState, field: str) -> None:
    tab.ask_hold()
    dialog = dialog_of(tab, HoldDialog)
    assert isinstance(dialog, HoldDialog)
    dialog.kind.setCurrentIndex(kind)
    dialog.board.clear()
    assert not dialog.keep.isEnabled()
    dialog.reason.setText("On terms")
    getattr(dialog, field).setText("Something")
    assert dialog.keep.isEnabled()
    assert dialog.wanted.state is state
    assert dialog.wanted.terms.paragraph is None


def test_a_boards_date_is_moved_for_the_board_that_is_chosen(
    qtbot: QtBot, tab: ClearanceTab, panel: HeldPanel
) -> None:
    tab.ask_board_date()
    dialog = dialog_of(tab, BoardDateDialog)
    assert isinstance(dialog, BoardDateDialog)
    assert dialog.day.day == date(2016, 2, 10)
    assert dialog.day.lineEdit().text() == "Wednesday 10 February 2016"
    needed = dialog.day.fontMetrics().horizontalAdvance(dialog.day.text())
    assert dialog.day.lineEdit().width() > needed
    dialog.board.setCurrentIndex(1)
    assert dialog.day.day == date(2016, 3, 9)
    dialog.day.show_day(date(2016, 9, 19))
    dialog.source.setText("The clerk")
    dialog.keep.click()
    moved = BoardDate("City Council", "City Youth Board", QUARTER, date(2016, 9, 19), "The clerk")
    qtbot.waitUntil(lambda: panel.decided == [moved])


def test_a_recipient_is_a_role_with_an_end(qtbot: QtBot, tab: ClearanceTab, panel: HeldPanel) -> None:
    tab.ask_told()
    dialog = dialog_of(tab, ToldDialog)
    assert isinstance(dialog, ToldDialog)
    assert not dialog.keep.isEnabled()
    dialog.role.setText(" Chief Executive ")
    assert dialog.keep.isEnabled()
    dialog.expires.show_day(date(2016, 1, 1))
    assert not dialog.keep.isEnabled()
    dialog.expires.show_day(date(2016, 3, 10))
    dialog.purpose.setText("To answer questions")
    dialog.keep.click()
    told = Recipient("entrants", "Chief Executive", TODAY, date(2016, 3, 10), purpose="To answer questions")
    qtbot.waitUntil(lambda: panel.decided == [told])


def test_the_sentence_for_the_report_is_copied(tab: ClearanceTab) -> None:
    sentence = tab.inspector.findChild(QLabel, "reportSentence")
    assert sentence is not None
    assert sentence.text() == "Entrants: available after the board meeting on 9 March 2016."
    button = next(one for one in tab.inspector.findChildren(QWidget) if one.accessibleName().startswith("Copy the"))
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert QGuiApplication.clipboard().text() == sentence.text()


def test_the_badge_counts_what_is_held_and_asks_when_something_is_to_be_cleared(
    qtbot: QtBot, jobs: Jobs, panel: HeldPanel
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    rooms = RoomModel(parent)
    Badges(rooms, jobs).count_holds(View(panel, QUARTER, Audience.WORKING))

    def badge() -> Room:
        return next(line for line in rooms.lines if isinstance(line, Room) and line.page == "clearance")

    qtbot.waitUntil(lambda: badge().badge == "3")
    assert badge().waiting


@pytest.mark.parametrize("ask", ["ask_hold", "ask_board_date", "ask_told"])
def test_everything_that_is_asked_has_a_name(tab: ClearanceTab, ask: str) -> None:
    getattr(tab, ask)()
    dialog = dialog_of(tab, QDialog)
    assert dialog.accessibleName().endswith("SP1, Entrants")
    assert nameless(dialog) == []
    if isinstance(dialog, HoldDialog):
        for at in range(dialog.kind.count()):
            dialog.kind.setCurrentIndex(at)
            assert nameless(dialog) == []


def test_a_boards_date_is_moved_in_the_calendar_by_keyboard_alone(
    qtbot: QtBot, tab: ClearanceTab, panel: HeldPanel
) -> None:
    tab.views.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(tab.views, Qt.Key.Key_Right)
    assert tab.views.currentIndex() == BOARDS_VIEW
    table = tab.boards.table
    said = [str(table.model().data(table.model().index(at, 0), Qt.ItemDataRole.AccessibleTextRole)) for at in (0, 1)]
    assert said == [
        "Youth Board, County Council. Meets on 10 February 2016. Waiting: Entrants. Overdue.",
        "City Youth Board, City Council. Meets on 9 March 2016. Waiting: Crime. Free before publication day.",
    ]
    tab.focus_content()
    QTest.keyClick(table, Qt.Key.Key_J)
    QTest.keyClick(table, Qt.Key.Key_Return)
    dialog = dialog_of(tab, BoardDateDialog)
    assert isinstance(dialog, BoardDateDialog)
    assert dialog.accessibleName().endswith("City Youth Board, City Council, Q3 2015/16")
    assert nameless(dialog) == []
    dialog.day.show_day(date(2016, 9, 19))
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    moved = BoardDate(BOARDS[1].organisation, BOARDS[1].board, QUARTER, date(2016, 9, 19))
    qtbot.waitUntil(lambda: panel.decided == [moved])


def test_a_recipient_is_changed_and_removed_by_keyboard_alone(
    qtbot: QtBot, tab: ClearanceTab, panel: HeldPanel
) -> None:
    tab.views.setCurrentIndex(TOLD_VIEW)
    tab.focus_content()
    assert tab.head.scope.text() == TOLD_PAGE.scope
    table, first = tab.told.recipients, TOLD_PAGE.recipients[0].recipient
    QTest.keyClick(table, Qt.Key.Key_Return)
    dialog = dialog_of(tab, ToldDialog)
    assert isinstance(dialog, ToldDialog)
    assert (dialog.role.text(), dialog.purpose.text()) == ("Chief Executive", "To prepare")
    dialog.expires.show_day(date(2016, 2, 1))
    assert not dialog.keep.isEnabled()
    dialog.expires.show_day(date(2016, 4, 1))
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.decided == [replace(first, expires=date(2016, 4, 1))])
    QTest.keyClick(table, Qt.Key.Key_N)  # to the one whose access has ended
    QTest.keyClick(table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: panel.decided[1:] == [TOLD_PAGE.recipients[1].recipient])


def test_who_was_told_and_what_was_copied_is_read_aloud_and_saved(
    qtbot: QtBot, tab: ClearanceTab, panel: HeldPanel, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tab.views.setCurrentIndex(TOLD_VIEW)
    models = (tab.told.recipients.rows, tab.told.accesses.rows)
    said = [str(model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)) for model in models]
    assert said == [
        "Chief Executive: Treatment, SP3. Told on 2 Feb 2016. Has access until 10 March 2016. To prepare.",
        "26 February 2016, 2.32 pm, Performance officer. Saved: Chart as a picture, crime.png. "
        "Crime, April 2012 to December 2015. Held figures: 45.",
    ]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_arguments: (str(tmp_path / "list"), ""))
    tab.told.save_button.click()
    qtbot.waitUntil(lambda: panel.decided == [tmp_path / "list.xlsx"])


def test_a_hold_for_a_board_begins_with_the_boards_of_the_returns(tab: ClearanceTab) -> None:
    for measure, boards in (("entrants", "Youth Board, City Youth Board"), ("treatment", "")):
        tab.show_subject(measure)
        tab.ask_hold()
        dialog = dialog_of(tab, HoldDialog)
        assert isinstance(dialog, HoldDialog)
        assert dialog.board.text() == boards
        dialog.reject()
