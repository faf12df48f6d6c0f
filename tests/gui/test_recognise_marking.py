"""A region of the sheet is marked by hand, with keys or the mouse; it is undone, listed, and known next quarter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from pcp_desktop.desktop.jobs import Jobs
from pcp_desktop.desktop.tabs.recognise.marking import corners_of, range_words, region_question
from pcp_desktop.desktop.tabs.recognise.rows import lines_of
from pcp_desktop.desktop.tabs.recognise.step import RecognisePane
from pcp_desktop.desktop.tabs.returns.tab import ReturnsTab
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.recognition import LEAVE_OUT, Answer, Mark, MarkSort, QuestionKind
from pcp_desktop.workspace import Workspace
from tests.gui.conftest import PATIENCE, OpenWorkspace
from tests.gui.test_recognise import made
from tests.gui.test_whole_quarter import CONTROL, press
from tests.returns.pictures import picture, save_xlsx

SHIFT, NONE = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier
MARK = Mark(MarkSort.LEFT_OUT, "Dashboard", "B4:C5")
REMEMBERED = Answer(
    QuestionKind.REGION, MARK.key, MARK.range, MARK.answer, "Leicestershire Police", on=date(2016, 1, 18)
)


@pytest.fixture
def pane(qtbot: QtBot, appearance: Appearance) -> RecognisePane:
    """A workbook about which nothing is asked, with the keyboard on the cell B4 of its sheet."""
    shown = RecognisePane(appearance)
    qtbot.addWidget(shown)
    shown.resize(1190, 714)
    shown.show_workbook(made())
    shown.show()
    shown.activateWindow()
    shown.sheet.setFocus()
    shown.sheet.setCurrentIndex(shown.sheet.index_of("B4"))
    qtbot.waitUntil(shown.sheet.hasFocus)
    return shown


@pytest.mark.parametrize("way", ["R, then the arrows", "Shift and the arrows, then R"])
def test_a_region_is_marked_with_the_keyboard(pane: RecognisePane, way: str) -> None:
    begun = way.startswith("R")
    if begun:
        press(Qt.Key.Key_R)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
        press(key, NONE if begun else SHIFT)
    assert pane.position == "Marking B4:C5"
    press(Qt.Key.Key_Return if begun else Qt.Key.Key_R)
    asked = pane.popover.question
    assert asked is not None
    assert (asked.kind, asked.label, asked.words) == (QuestionKind.REGION, "B4:C5", "What is B4:C5?")
    press(Qt.Key.Key_3)
    press(Qt.Key.Key_Return)
    assert [Mark.of(one.answer) for one in pane.given] == [MARK]
    assert pane.sheet.hasFocus()
    assert not pane.sheet.is_marking


def test_escape_leaves_a_region_and_then_its_question(pane: RecognisePane) -> None:
    press(Qt.Key.Key_R)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Escape)
    assert not pane.sheet.is_marking
    press(Qt.Key.Key_Down, SHIFT)
    press(Qt.Key.Key_R)
    press(Qt.Key.Key_Escape)
    assert pane.popover.question is None
    assert pane.sheet.hasFocus()
    assert pane.given == ()


@pytest.mark.parametrize("place", ["questions", "lines", "the question itself"])
def test_r_begins_to_mark_from_wherever_the_keyboard_is(pane: RecognisePane, place: str) -> None:
    pane.show_workbook(made("TFMV"))
    pane.focus_content()
    if place != "the question itself":
        pane.popover.close_question()
        (pane.side.questions if place == "questions" else pane.side.lines).setFocus()
    press(Qt.Key.Key_R)
    assert pane.sheet.hasFocus()
    assert pane.position == "Marking A4"


def drag(pane: RecognisePane, begin: str, end: str) -> None:
    places = [pane.sheet.visualRect(pane.sheet.index_of(cell)).center() for cell in (begin, end)]
    target = pane.sheet.viewport()
    QTest.mousePress(target, Qt.MouseButton.LeftButton, NONE, places[0])
    QTest.mouseMove(target, (places[0] + places[1]) / 2)
    QTest.mouseMove(target, places[1])
    QTest.mouseRelease(target, Qt.MouseButton.LeftButton, NONE, places[1])


def test_dragging_over_cells_or_pressing_a_header_marks_them(pane: RecognisePane, qtbot: QtBot) -> None:
    drag(pane, "B4", "C5")
    assert pane.popover.question is not None
    assert pane.popover.question.label == "B4:C5"
    pane.popover.close_question()
    header = pane.sheet.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(3) + 5, 5)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, NONE, place)
    qtbot.waitUntil(lambda: pane.popover.question is not None)
    assert pane.popover.question is not None
    assert pane.popover.question.label == "D1:D7"


def test_a_click_on_a_title_that_reaches_over_cells_marks_nothing(pane: RecognisePane) -> None:
    drag(pane, "A1", "A1")
    assert not pane.sheet.is_marking
    assert pane.popover.question is None


def test_a_mark_is_taken_back_like_any_answer_and_the_keyboard_stays_on_the_sheet(
    pane: RecognisePane, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_R)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert [Mark.of(one.answer).sort for one in pane.given] == [MarkSort.FIGURES]
    pane.show_reading(made("TFMV", given=pane.given))
    assert pane.sheet.hasFocus()
    assert pane.popover.question is None
    with qtbot.waitSignal(pane.answered) as answered:
        press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert answered.args == [()]
    assert pane.sheet.hasFocus()


def test_a_question_that_the_new_reading_does_not_ask_goes(pane: RecognisePane) -> None:
    pane.show_workbook(made("TFMV"))
    pane.focus_content()
    assert pane.popover.isVisible()
    pane.show_reading(made())
    assert not pane.popover.isVisible()
    assert pane.go_on_button.hasFocus()


def test_what_is_marked_is_listed_said_and_can_be_marked_no_more(pane: RecognisePane) -> None:
    review = made()
    (sheet, hidden) = review.recognition.sheets
    marked_sheet = replace(sheet, marked=((corners_of("B4:C5") or (0, 0, 0, 0), MarkSort.LEFT_OUT),))
    recognition = replace(review.recognition, sheets=(marked_sheet, hidden), applied=(REMEMBERED,))
    pane.show_workbook(replace(review, recognition=recognition))
    line = next(one for one in lines_of(replace(review, recognition=recognition), frozenset()) if one.region)
    assert (line.words, line.place) == ("B4:C5: left out", "marked by hand on 18 January 2016")
    said = pane.sheet.index_of("B4").data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "B4, value, marked by hand as left out: 602"

    lines = pane.side.lines
    lines.go_to(next(at for at, one in enumerate(lines.rows.shown_rows) if one.region))
    lines.setFocus()
    press(Qt.Key.Key_Return)
    asked = pane.popover.question
    assert asked is not None
    assert (asked.key, asked.choices[-1].answer, asked.choices[-1].words) == (
        MARK.key,
        LEAVE_OUT,
        "Take the mark away",
    )


@pytest.mark.parametrize("words", ["A1", "A4:F9", "AA10:AB12"])
def test_a_region_is_written_as_excel_writes_it(words: str) -> None:
    corners = corners_of(words)
    assert corners is not None
    assert range_words(corners) == words


def test_a_mark_that_moved_keeps_the_name_it_is_remembered_by() -> None:
    moved = replace(REMEMBERED, answer=replace(MARK, range="B6:C7").answer)
    recognition = replace(made().recognition, applied=(moved,))
    assert region_question("Dashboard", "B6:C7", recognition).key == MARK.key
    assert region_question("Dashboard", "B4:C5", recognition).key == MARK.key


# ---------------------------------------------------------------- from quarter to quarter

TARGETS = """
Leicestershire Police, corporate development
Bulletin of recorded crime, {quarter}
|
Offences | {months}
All crime | 5122 | 5247 | 5074
Domestic burglary | 349 | 398 | 371
Aims for the year | {months}
All crime | 5000 | 5001 | 5002
Domestic burglary | 300 | 301 | 302
"""


def with_targets(folder: Path, of: str, months: str, text: str = TARGETS) -> Path:
    drawn = picture(text.format(quarter=of, months=months))
    return save_xlsx(folder / f"bulletin {of.replace('/', '-')}.xlsx", {"Bulletin": drawn})


def test_a_region_marked_by_keyboard_is_known_next_quarter_and_asked_about_where_it_moved(
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

    def cells(tab: ReturnsTab) -> set[str]:
        review = tab.incoming.review.review
        assert review is not None
        return {one.observation.source.cell for one in review.figures}

    tab = bring_in(with_targets(tmp_path, "Q3 2015/16", "Oct-15 | Nov-15 | Dec-15"))
    incoming = tab.incoming
    if not incoming.is_recognising:
        assert "B9" in cells(tab)
        incoming.go_back()
    pane = incoming.recognise
    while not pane.sheet.hasFocus():
        press(Qt.Key.Key_F6)
    press(Qt.Key.Key_Home, CONTROL)
    for _row in range(7):
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_R)
    for key in (Qt.Key.Key_End, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Down):
        press(key)
    assert pane.position == "Marking A8:D10"
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_3)
    press(Qt.Key.Key_Return)
    wait(lambda: not pane.is_reading)
    assert pane.sheet.hasFocus()
    assert pane.sheet.rows.picture.marked == (((7, 0, 9, 3), MarkSort.LEFT_OUT),)
    press(Qt.Key.Key_Return, CONTROL)
    wait(lambda: not incoming.is_recognising and incoming.review.table.hasFocus())
    own = {f"{letter}{row}" for letter in "BCD" for row in (6, 7)}
    assert cells(tab) == own
    press(Qt.Key.Key_Return, CONTROL)
    wait(lambda: not tab.is_reviewing)

    # The next quarter's return is read as this one was, without a question.
    tab = bring_in(with_targets(tmp_path, "Q4 2015/16", "Jan-16 | Feb-16 | Mar-16"))
    assert not tab.incoming.is_recognising
    assert cells(tab) == own
    tab.incoming.review.aside_button.click()
    wait(lambda: not tab.is_reviewing)

    # Where its layout moved, the person is asked, and one key says where it is now.
    longer = TARGETS.replace("Aims for", "Rape | 9 | 8 | 7\nAims for")
    tab = bring_in(with_targets(tmp_path, "Q4 2015-16 v2", "Jan-16 | Feb-16 | Mar-16", longer))
    assert tab.incoming.is_recognising
    asked = tab.incoming.recognise.popover.question
    assert asked is not None
    assert asked.words == "Is A8:D10 still to be left out?"
    press(Qt.Key.Key_Return)
    wait(lambda: not tab.incoming.recognise.is_reading)
    assert tab.incoming.recognise.sheet.rows.picture.marked == (((8, 0, 10, 3), MarkSort.LEFT_OUT),)
