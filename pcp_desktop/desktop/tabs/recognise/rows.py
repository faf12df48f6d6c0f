"""What the Recognise step says of a workbook, in rows and words; no widget and no rule of recognition here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pcp_desktop.desktop.marks import Notice
from pcp_desktop.desktop.tabs.recognise.marking import marked_on, marks_used
from pcp_desktop.domain.formats import counted
from pcp_desktop.domain.periods import in_words
from pcp_desktop.domain.recognition import (
    BY_FIGURES,
    LEAVE_OUT,
    Answer,
    Choice,
    Question,
    QuestionKind,
    RecognisedLabel,
    RecognisedTable,
    Recognition,
)
from pcp_desktop.domain.returns import Finding, Review, Severity

_NOTICES = {Severity.ERROR: Notice.ERROR, Severity.WARNING: Notice.LOOK}


class Level(StrEnum):
    """How a line of what was recognised is set: the table's name, a count, or a label under it."""

    TABLE = "table"
    COUNT = "count"
    LABEL = "label"


@dataclass(frozen=True)
class Line:
    """One line of what was recognised: words at the left, at the right where it stands or what led to it.

    `label` is what can be put right there, on `sheet`, or `region` a region that was marked by hand; `cell` is where
    it stands.
    """

    level: Level
    words: str
    place: str = ""
    notice: Notice | None = None
    label: RecognisedLabel | None = None
    sheet: str = ""
    cell: str = ""
    region: str = ""


def lines_of(review: Review, open_keys: frozenset[str]) -> tuple[Line, ...]:
    """Every table with its measures, periods, totals and marks, then the answers that were used.

    `open_keys` are the keys of the questions that are not answered yet.
    """
    recognition = review.recognition
    found: list[Line] = []
    for number, table in enumerate(recognition.tables, start=1):
        found += _table(number, table, open_keys)
    wrong = tuple(
        Line(Level.LABEL, one.message, one.cell, _NOTICES[one.severity], sheet=one.sheet, cell=one.cell)
        for one in wrong_cells(review)
    )
    head = (Line(Level.TABLE, "To look at"),) if wrong else ()
    return (*found, *head, *wrong, *_marked(recognition), *_about_the_whole(recognition.applied))


def wrong_cells(review: Review) -> tuple[Finding, ...]:
    """What is wrong with single cells: totals that do not add up, figures that are refused."""
    of_figures = (one for figure in review.figures for one in figure.findings if one.severity is Severity.ERROR)
    of_file = (one for one in review.findings if one.cell and one.severity in _NOTICES)
    return tuple(dict.fromkeys((*of_file, *of_figures)))


def _table(number: int, table: RecognisedTable, open_keys: frozenset[str]) -> Iterator[Line]:
    by_hand = "marked by hand" if table.by_hand else ""
    yield Line(Level.TABLE, f"Table {number}, {table.range}. {table.title}", by_hand, sheet=table.sheet)
    taken = len({label.answer for label in table.labels if label.measure and label.key not in open_keys})
    yield Line(Level.COUNT, counted(taken, "measure"), f"of {counted(len(table.labels), 'label')}")
    for label in table.labels:
        yield label_line(label, table.sheet, label.key in open_keys)
    count, _, range_words = table.periods.partition(", ")
    yield Line(Level.COUNT, count, range_words)
    if table.totals:
        yield Line(Level.COUNT, f"{counted(table.totals, 'total')} used as checks", "not stored")
    if table.marks:
        marks = ", ".join(f"“{mark}”" for mark in table.marks)
        yield Line(Level.COUNT, counted(len(table.marks), "mark") + " in place of or beside figures", marks)


def label_line(label: RecognisedLabel, sheet: str, is_open: bool) -> Line:
    """A label with what it was taken for; a question mark while it is asked about."""
    answered = label.how if label.how.startswith(("answered", "known")) else ""
    if is_open:
        words, notice, place = f"{label.measure or label.label}?", Notice.QUESTION, f"{label.cell}, “{label.label}”"
    elif label.measure:
        same = label.label == label.measure
        words, notice = label.measure, Notice.DONE
        place = label.cell if same else f"{label.cell}, “{label.label}”"
    else:
        words, notice, place = f"“{label.label}” left out", None, label.cell
    place = ", ".join(part for part in (place, answered) if part)
    return Line(Level.LABEL, words, place, notice, label, sheet, label.cell)


def _marked(recognition: Recognition) -> Iterator[Line]:
    """The regions that were marked by hand; each can be marked otherwise, or no more."""
    used = tuple(marks_used(recognition))
    if used:
        yield Line(Level.TABLE, "Marked by hand")
    for answer, mark in used:
        words, cell = f"{mark.range}: {mark.sort.value}", mark.range.partition(":")[0]
        yield Line(Level.LABEL, words, marked_on(answer), Notice.DONE, sheet=mark.sheet, cell=cell, region=mark.range)


def _about_the_whole(applied: Sequence[Answer]) -> Iterator[Line]:
    """The answers that are about no single label and no region."""
    about = [one for one in applied if one.kind not in (QuestionKind.MEASURE, QuestionKind.REGION)]
    if about:
        yield Line(Level.TABLE, "Answers used")
    for one in about:
        said = one.answer.replace("|", ", ") if one.answer != LEAVE_OUT else "left out"
        on = f"answered on {in_words(one.on)}" if one.on else "answered"
        yield Line(Level.LABEL, f"“{one.label}”: {said}", on, Notice.DONE)


def scope_words(review: Review, position: tuple[int, int]) -> str:
    """Whose return it is, of which quarter, and what was known of it; `position` says which of how many it is."""
    return " · ".join(
        part
        for part in (
            f"{position[0]} of {position[1]}" if position[1] > 1 else "",
            review.organisation or "Organisation not recognised",
            review.period.label if review.period else "no quarter recognised",
            remembered_words(review.recognition),
        )
        if part
    )


def remembered_words(recognition: Recognition) -> str:
    """How many answers of earlier returns were used again; empty where none was."""
    days = [one.on for one in recognition.applied if one.on is not None]
    if not days:
        return ""
    return f"{counted(len(days), 'answer')} used again, given up to {in_words(max(days))}."


def given_by_person(review: Review) -> tuple[Answer, ...]:
    """The answers that a review was read with, without those that figures gave."""
    return tuple(one for one in review.given if one.by != BY_FIGURES)


def open_questions(recognition: Recognition, given: Sequence[Answer]) -> tuple[Question, ...]:
    """The questions that no answer given so far is about."""
    answered = {(one.kind, one.key) for one in given}
    return tuple(one for one in recognition.questions if (one.kind, one.key) not in answered)


def question_about(label: RecognisedLabel, sheet: str, recognition: Recognition) -> Question:
    """The question that is asked about a label, or one that lets a person put right what it was taken for."""
    asked = (one for one in recognition.questions if one.kind is QuestionKind.MEASURE and one.key == label.key)
    taken = (Choice(label.answer, label.measure, _begun_large(label.how)),) if label.measure else ()
    own = Question(
        QuestionKind.MEASURE,
        label.key,
        label.label,
        sheet,
        label.cell,
        f"What is “{label.label}”?",
        f"It was taken for “{label.measure}”." if label.measure else "It was left out.",
        (*taken, Choice(LEAVE_OUT, "Leave it out")),
    )
    return next(asked, own)


def answer_to(question: Question, choice: Choice) -> Answer:
    """The answer that takes a choice."""
    return Answer(question.kind, question.key, question.label, choice.answer)


def with_answer(given: Sequence[Answer], answer: Answer) -> tuple[Answer, ...]:
    """The answers with a new one last, which stands in the place of an earlier one to the same question."""
    return (*(one for one in given if (one.kind, one.key) != (answer.kind, answer.key)), answer)


def go_on_words(left: int) -> str:
    """The words of the button that goes on."""
    return f"Answer {counted(left, 'question')} to go on" if left else "Go on to review"


def first_sheet(recognition: Recognition, asked: Sequence[Question]) -> str:
    """The sheet to show first: one that is asked about, else one that was read; empty where there is neither."""
    names = (*(one.sheet for one in asked), *(table.sheet for table in recognition.tables))
    return next((name for name in names if name), "")


def sheet_words(recognition: Recognition, at: int) -> str:
    """Which sheet of how many is on show, and how many hold nothing that was asked for."""
    sheets = recognition.sheets
    if not sheets:
        return ""
    read = {table.sheet for table in recognition.tables}
    idle = sum(1 for sheet in sheets if sheet.name not in read)
    here = f"Sheet {at + 1} of {len(sheets)}."
    return f"{here} {counted(idle, 'sheet')} {'holds' if idle == 1 else 'hold'} nothing to read" if idle else here


def _begun_large(words: str) -> str:
    return words[:1].upper() + words[1:]
