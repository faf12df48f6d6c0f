"""Marking a region of the sheet by hand: what is asked about it, how it is listed, and the words while it grows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QTableView

from pcp_desktop.desktop.tabs.recognise.regions import paint_mark
from pcp_desktop.desktop.tabs.review.inspector import cell_place, column_letters
from pcp_desktop.desktop.theme import Theme
from pcp_desktop.domain.periods import in_words
from pcp_desktop.domain.recognition import (
    LEAVE_OUT,
    Answer,
    Choice,
    Mark,
    MarkSort,
    Question,
    QuestionKind,
    Recognition,
)

Corners = tuple[int, int, int, int]
"""First row and column, last row and column, from 0 and included."""
GROWING = "Marking {range}: the arrows make it larger or smaller, Enter says what it is, Esc leaves it."
_LEADS_TO = {
    MarkSort.FIGURES: "Read as a table of its own, within these cells",
    MarkSort.HEADINGS: "Numbers in these cells are no figures",
    MarkSort.LEFT_OUT: "Nothing in these cells is read",
}
_TAKE_AWAY = "Take the mark away"


def range_words(corners: Corners) -> str:
    """A region as Excel writes it: `A4:F9`, a cell alone as `A4`."""
    top, left, bottom, right = corners
    first, last = f"{column_letters(left)}{top + 1}", f"{column_letters(right)}{bottom + 1}"
    return first if first == last else f"{first}:{last}"


def corners_of(words: str) -> Corners | None:
    """The region of `A4:F9` or `A4`; None where it is none."""
    first, _, last = words.partition(":")
    begins, ends = cell_place(first), cell_place(last or first)
    return (*begins, *ends) if begins is not None and ends is not None else None


def marks_used(recognition: Recognition) -> Iterator[tuple[Answer, Mark]]:
    """The marks that a workbook was read with."""
    for answer in recognition.applied:
        if answer.kind is QuestionKind.REGION and answer.answer != LEAVE_OUT:
            yield answer, Mark.of(answer.answer)


def marked_on(answer: Answer) -> str:
    """“marked by hand”, with the day where that was for an earlier return."""
    return f"marked by hand on {in_words(answer.on)}" if answer.on else "marked by hand"


def region_question(sheet: str, where: str, recognition: Recognition) -> Question:
    """What is asked about a region that a person marks, or has marked."""
    earlier = next(
        (answer for answer, mark in marks_used(recognition) if (mark.sheet, mark.range) == (sheet, where)), None
    )
    choices = [Choice(Mark(sort, sheet, where).answer, sort.words, _LEADS_TO[sort]) for sort in MarkSort]
    detail = f"On sheet “{sheet}”."
    if earlier is not None:
        choices.append(Choice(LEAVE_OUT, _TAKE_AWAY))
        detail = f"On sheet “{sheet}”: {Mark.of(earlier.answer).sort.words[:1].lower()}"
        detail += f"{Mark.of(earlier.answer).sort.words[1:]}, {marked_on(earlier)}."
    return Question(
        QuestionKind.REGION,
        earlier.key if earlier is not None else Mark(MarkSort.FIGURES, sheet, where).key,
        where,
        sheet,
        where.partition(":")[0],
        f"What is {where}?",
        detail,
        tuple(choices),
    )


def answered_words(question: Question, choice: Choice) -> str:
    """What is said aloud once a region is marked."""
    return f"{question.label}: {choice.words}"


def area_of(table: QTableView, corners: Corners) -> QRect:
    """Where a region stands in the viewport, whatever of it is hidden or scrolled away."""
    top, left, bottom, right = corners
    x, y = table.columnViewportPosition(left), table.rowViewportPosition(top)
    across = table.columnViewportPosition(right) + table.columnWidth(right)
    down = table.rowViewportPosition(bottom) + table.rowHeight(bottom)
    return QRect(x, y, across - x, down - y)


def paint_marks(table: QTableView, marked: Sequence[tuple[Corners, MarkSort]], theme: Theme) -> None:
    """Draw the line round every region that was marked by hand."""
    painter = QPainter(table.viewport())
    for corners, _sort in marked:
        paint_mark(painter, area_of(table, corners).adjusted(0, 0, -1, -1), theme)
    painter.end()
