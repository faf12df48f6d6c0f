"""What the Recognise step promises: the sheet as it came, one question at a time, every label open to correction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from pcp_desktop.desktop.jobs import Jobs
from pcp_desktop.desktop.marks import Notice
from pcp_desktop.desktop.tabs.recognise.regions import WORDS, paint_region
from pcp_desktop.desktop.tabs.recognise.rows import go_on_words, lines_of, question_about
from pcp_desktop.desktop.tabs.recognise.sheet import ASKED
from pcp_desktop.desktop.tabs.recognise.step import RecognisePane
from pcp_desktop.desktop.tabs.returns.tab import ReturnsTab
from pcp_desktop.desktop.theme import THEME_NAMES, Appearance, Theme
from pcp_desktop.domain.progress import Progress
from pcp_desktop.domain.recognition import (
    LEAVE_OUT,
    Answer,
    Choice,
    Question,
    QuestionKind,
    RecognisedLabel,
    RecognisedTable,
    Recognition,
    RegionKind,
    SheetPicture,
)
from pcp_desktop.domain.returns import Finding, Review, Severity
from tests.gui.conftest import OpenWindow
from tests.gui.return_fixtures import FixturePanel
from tests.gui.return_fixtures import review as fixture_review

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
ROLE = Qt.ItemDataRole
SHEET = SheetPicture(
    "Dashboard",
    (
        ("FORCE BULLETIN, A TITLE THAT IS LONGER THAN ITS COLUMN", "", "", ""),
        ("", "Quarter 3", "", ""),
        ("", "Oct-15", "Nov-15", "Total"),
        ("TFMV", "602", "573", "1175"),
        ("TOMV", "129", "105", "235"),
        ("helper", "1", "1", "1"),
        ("* awaiting re-count", "", "", ""),
    ),
    merged=((1, 1, 1, 2),),
    hidden_rows=frozenset({5}),
    hidden_columns=frozenset(),
    numbers=frozenset((row, column) for row in (3, 4) for column in (1, 2, 3)),
    regions=(
        (0, 0, RegionKind.TITLE),
        (2, 1, RegionKind.PERIOD),
        (3, 0, RegionKind.MEASURE),
        (3, 1, RegionKind.VALUE),
        (3, 3, RegionKind.TOTAL),
        (4, 0, RegionKind.MEASURE),
        (6, 0, RegionKind.NOTE),
    ),
)
HIDDEN = SheetPicture("Lookup", (("1", "TFMV"),), left_out="Hidden")
FROM, OF = "theft-from-vehicle", "theft-of-vehicle"
MEASURES = (Choice(FROM, "Theft from motor vehicles"), Choice(OF, "Theft of motor vehicles"))


def question(label: str, cell: str) -> Question:
    choices = (
        replace(MEASURES[0], evidence="All 9 figures that are stored agree"),
        Choice(LEAVE_OUT, "Leave it out"),
    )
    words = f"What is “{label}”?"
    return Question(QuestionKind.MEASURE, label.lower(), label, "Dashboard", cell, words, "Not sure.", choices)


def label(name: str, cell: str, measure: str = "", *, asked: bool = False, how: str = "") -> RecognisedLabel:
    answer = next((one.answer for one in MEASURES if one.words == measure), "")
    return RecognisedLabel(name.lower(), name, measure, cell, how, asked, answer)


def made(*open_labels: str, given: tuple[Answer, ...] = ()) -> Review:
    """A review of the sheet above, that asks what `open_labels` are."""
    asked = [question(name, cell) for name, cell in (("TFMV", "A4"), ("TOMV", "A5")) if name in open_labels]
    labels = (
        label("TFMV", "A4", MEASURES[0].words, asked="TFMV" in open_labels),
        label("TOMV", "A5", MEASURES[1].words, asked="TOMV" in open_labels, how="answered on 18 January 2016"),
        label("Deception", "A6"),
    )
    table = RecognisedTable(
        "Dashboard", "A2:D6", "Bulletin", labels, "2 periods, October to November 2015", 2, ("*",)
    )
    remembered = Answer(QuestionKind.MEASURE, "tomv", "TOMV", OF, "Leicestershire Police", on=date(2016, 1, 18))
    recognition = Recognition((SHEET, HIDDEN), (table,), tuple(asked), (remembered,), MEASURES)
    wrong = Finding(Severity.WARNING, "Dashboard", "D5", "The total says 235; its 2 parts add up to 234.")
    return replace(fixture_review(), figures=(), findings=(wrong,), recognition=recognition, given=given)


@pytest.fixture
def pane(qtbot: QtBot, appearance: Appearance) -> RecognisePane:
    """A workbook with two questions, the first of them asked."""
    shown = RecognisePane(appearance)
    qtbot.addWidget(shown)
    shown.resize(1190, 714)
    shown.show_workbook(made("TFMV", "TOMV"), (2, 5))
    shown.show()
    shown.activateWindow()
    shown.focus_content()
    qtbot.waitUntil(shown.popover.buttons[0].hasFocus)
    return shown


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifier)


def test_a_question_about_a_mark_offers_its_meanings_and_no_measure(pane: RecognisePane, qtbot: QtBot) -> None:
    choices = (Choice("suppressed", "Withheld, the number is small"), Choice(LEAVE_OUT, "A footnote mark, no value"))
    words = "What does “*” mean in 7 cells of “Rape”?"
    asked = Question(QuestionKind.SIGN, "*", "*", "Dashboard", "B4", words, "No note says it.", choices)
    review = made()
    pane.show_workbook(replace(review, recognition=replace(review.recognition, questions=(asked,))), (2, 5))
    pane.focus_content()
    qtbot.waitUntil(lambda: pane.popover.question == asked and pane.popover.buttons[0].hasFocus())
    assert [button.text() for button in pane.popover.buttons] == [choice.words for choice in choices]
    with qtbot.waitSignal(pane.popover.used) as used:
        press(Qt.Key.Key_2)
        press(Qt.Key.Key_F2)  # lists measures only where a label is asked about
        press(Qt.Key.Key_Return)
    assert used.args == [asked, choices[1]]


def test_the_first_question_stands_beside_its_cell_and_the_button_counts(pane: RecognisePane) -> None:
    assert pane.go_on_button.text() == "Answer 2 questions to go on"
    assert pane.popover.question == question("TFMV", "A4")
    assert pane.sheet.currentIndex().row() == 3
    assert pane.sheet.rows.outline(3, 0) == pane.sheet.rows.outline(4, 0) == ASKED
    cell = pane.sheet.visualRect(pane.sheet.currentIndex())
    corner = pane.popover.mapTo(pane, pane.popover.rect().topLeft())
    assert corner.x() > pane.sheet.viewport().mapTo(pane, cell.topRight()).x()
    assert pane.position == "Cell A4"
    assert pane.popover.accessibleName() == "What is “TFMV”?"
    first = pane.popover.buttons[0].accessibleName()
    assert first == "1: Theft from motor vehicles. All 9 figures that are stored agree"


def test_digits_choose_enter_uses_and_the_next_question_follows_at_once(pane: RecognisePane, qtbot: QtBot) -> None:
    press(Qt.Key.Key_2)
    assert pane.popover.buttons[1].isChecked()
    with qtbot.waitSignal(pane.answered) as answered:
        press(Qt.Key.Key_Return)
    assert answered.args is not None
    assert [(one.label, one.answer) for one in answered.args[0]] == [("TFMV", LEAVE_OUT)]
    assert pane.popover.question == question("TOMV", "A5")
    assert pane.go_on_button.text() == "Answer 1 question to go on"
    press(Qt.Key.Key_Return)
    assert pane.go_on_button.text() == "Go on to review"
    assert pane.go_on_button.hasFocus()


def test_tab_goes_from_the_sheet_through_the_question_to_the_side(pane: RecognisePane) -> None:
    pane.sheet.setFocus()
    stops = []
    for _step in range(6):
        press(Qt.Key.Key_Tab)
        stops.append(QApplication.focusWidget())
    first, another, *rest = stops
    assert first is pane.popover.buttons[0]
    assert isinstance(another, QPushButton)
    assert another.text() == "Another measure…"
    assert rest == [pane.popover.use_button, pane.frame.tabs, pane.side.questions, pane.side.lines]


def test_an_answer_is_taken_back_and_asked_again(pane: RecognisePane, qtbot: QtBot) -> None:
    press(Qt.Key.Key_Return)
    with qtbot.waitSignal(pane.answered) as answered:
        press(Qt.Key.Key_Z, CONTROL)
    assert answered.args == [()]
    assert len(pane.open_questions) == 2
    assert not pane.frame.undo_button.isEnabled()


def test_alt_and_arrows_go_round_the_questions_and_escape_closes(pane: RecognisePane) -> None:
    for asked in ("TOMV", "TFMV"):
        press(Qt.Key.Key_Down, ALT)
        assert pane.popover.question is not None
        assert pane.popover.question.label == asked
    press(Qt.Key.Key_Escape)
    assert pane.popover.question is None
    assert pane.side.questions.hasFocus()
    press(Qt.Key.Key_Return)
    assert pane.popover.question is not None


def test_going_on_leads_to_what_is_open_until_nothing_is(pane: RecognisePane, qtbot: QtBot) -> None:
    press(Qt.Key.Key_Escape)
    with qtbot.assertNotEmitted(pane.go_on):
        press(Qt.Key.Key_Return, CONTROL)
    assert pane.popover.question is not None
    pane.show_workbook(made())
    pane.focus_content()
    with qtbot.waitSignal(pane.go_on):
        press(Qt.Key.Key_Return, CONTROL)


def test_a_reading_that_was_cancelled_takes_its_answer_back(pane: RecognisePane) -> None:
    press(Qt.Key.Key_Return)
    assert (pane.is_reading, len(pane.open_questions)) == (True, 1)
    pane.take_back()
    assert (pane.is_reading, len(pane.open_questions)) == (False, 2)


def test_any_label_is_put_right_from_its_line_or_its_cell(pane: RecognisePane) -> None:
    pane.show_workbook(made())
    pane.sheet.setCurrentIndex(pane.sheet.index_of("A4"))
    QTest.keyClick(pane.sheet, Qt.Key.Key_F2)
    asked = pane.popover.question
    assert asked is not None
    assert (asked.label, [choice.words for choice in asked.choices]) == (
        "TFMV",
        ["Theft from motor vehicles", "Leave it out"],
    )
    pane.popover.close_question()
    lines = pane.side.lines
    lines.go_to(next(at for at, line in enumerate(lines.rows.shown_rows) if "Deception" in line.words))
    QTest.keyClick(lines, Qt.Key.Key_Return)
    assert pane.popover.question is not None
    assert pane.popover.question.detail == "It was left out."


def test_the_sheet_is_shown_as_it_came(pane: RecognisePane) -> None:
    sheet = pane.sheet
    assert sheet.isRowHidden(5)
    assert sheet.columnSpan(1, 1) == 2
    assert sheet.columnSpan(0, 0) > 1
    right = sheet.rows.index(3, 1).data(ROLE.TextAlignmentRole)
    assert right & Qt.AlignmentFlag.AlignRight
    assert sheet.rows.index(3, 0).data(ROLE.AccessibleTextRole) == "A4, measure: TFMV, to answer"
    assert sheet.rows.index(4, 3).data(ROLE.AccessibleTextRole) == "D5: 235, an error"
    assert [pane.frame.tabs.tabText(at) for at in range(pane.frame.tabs.count())] == ["Dashboard", "Lookup (hidden)"]
    pane.frame.tabs.setCurrentIndex(1)
    assert pane.sheet.rows.picture is HIDDEN
    assert pane.popover.question is None


def test_the_sheet_with_the_first_question_or_else_the_first_table_is_on_show(pane: RecognisePane) -> None:
    review = made()
    (table,) = review.recognition.tables
    other = replace(SHEET, name="More")
    later = replace(table, sheet="More")
    pane.show_workbook(
        replace(review, recognition=replace(review.recognition, sheets=(HIDDEN, SHEET, other), tables=(table, later)))
    )
    assert pane.sheet.rows.picture is SHEET


def test_lines_say_what_was_recognised_what_is_wrong_and_what_was_remembered() -> None:
    lines = lines_of(made("TFMV"), frozenset({"tfmv"}))
    said = {(line.words, line.place, line.notice) for line in lines}
    assert ("Theft from motor vehicles?", "A4, “TFMV”", Notice.QUESTION) in said
    assert ("Theft of motor vehicles", "A5, “TOMV”, answered on 18 January 2016", Notice.DONE) in said
    assert ("“Deception” left out", "A6", None) in said
    assert ("The total says 235; its 2 parts add up to 234.", "D5", Notice.LOOK) in said
    assert ("1 measure", "of 3 labels", None) in said


def test_the_question_about_a_label_is_the_one_that_is_asked_where_one_is() -> None:
    recognition = made("TFMV").recognition
    first, second, _third = recognition.tables[0].labels
    assert question_about(first, "Dashboard", recognition) is recognition.questions[0]
    own = question_about(second, "Dashboard", recognition)
    assert [choice.answer for choice in own.choices] == [OF, LEAVE_OUT]
    assert own.choices[0].evidence == "Answered on 18 January 2016"


@pytest.mark.parametrize(("left", "words"), [(0, "Go on to review"), (1, "Answer 1 question to go on")])
def test_the_button_says_how_many_are_left(left: int, words: str) -> None:
    assert go_on_words(left) == words


@pytest.mark.parametrize("theme", THEME_NAMES)
def test_every_part_of_a_sheet_looks_different_from_every_other(qtbot: QtBot, theme: str) -> None:
    seen = set()
    for kind in WORDS:
        image = QImage(40, 20, QImage.Format.Format_RGB32)
        colours = Theme.named(theme)
        image.fill(colours.surface)
        painter = QPainter(image)
        paint_region(painter, image.rect(), kind, colours)
        painter.end()
        seen.add(bytes(image.constBits()))
    assert len(seen) == len(WORDS)


class AskingPanel(FixturePanel):
    """Asks about every workbook until it is answered."""

    def review(self, path: Path, progress: Progress, given: Sequence[Answer] = ()) -> Review:
        return replace(made(*(() if given else ("TFMV",)), given=tuple(given)), file=path.name)


def test_a_folder_of_returns_is_taken_one_after_the_other(open_window: OpenWindow, jobs: Jobs, qtbot: QtBot) -> None:
    window = open_window(AskingPanel())
    window.bring_in((Path("one.xls"), Path("two.xls")))
    tab = window.current
    assert isinstance(tab, ReturnsTab)
    incoming = tab.incoming
    qtbot.waitUntil(lambda: jobs.idle and incoming.is_recognising)
    assert tab.position == "Workbook 1 of 2. Nothing stored yet. Cell A4"
    assert tab.help_topic == "recognise"
    incoming.recognise.aside_button.click()
    qtbot.waitUntil(lambda: jobs.idle and tab.position.startswith("Workbook 2 of 2"))

    # Going on before the workbook is read again waits for the reading; and from the review one can go back.
    incoming.recognise.popover.use_button.click()
    incoming.recognise.go_on_button.click()
    qtbot.waitUntil(lambda: jobs.idle and not incoming.is_recognising)
    assert incoming.review.review is not None
    assert [one.label for one in incoming.review.review.given] == ["TFMV"]
    incoming.review.steps.back_button.click()
    assert incoming.is_recognising
    assert len(incoming.recognise.given) == 1
    incoming.recognise.aside_button.click()
    qtbot.waitUntil(lambda: jobs.idle and not tab.is_reviewing)
