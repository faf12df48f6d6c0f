"""Regions marked by hand in this workbook or an earlier one: where they lie now, and whether that has to be asked.

A remembered region is held against the lasting words in and around it. Where they are no longer at their places, or
cells stand beside it where there were none, it is not used but asked about. What is read within it is for regions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from pcp_desktop.domain.periods import in_words
from pcp_desktop.domain.recognition import LEAVE_OUT, Answer, Choice, Mark, MarkSort, Question, QuestionKind
from pcp_desktop.domain.returns import Finding, Severity
from pcp_desktop.returns.cells import periods, values
from pcp_desktop.returns.files.workbook import (
    CellValue,
    Position,
    Rectangle,
    Sheet,
    Workbook,
    address,
    range_label,
    rectangle,
)
from pcp_desktop.returns.matching.answers import Answers, lasting
from pcp_desktop.returns.recognition.regions import Region

_ROWS_OVER = 4
"""So many filled cells over a region are looked at for the heading of a column."""
_RIGHT, _BELOW = "right", "below"
_STILL = {
    MarkSort.FIGURES: "a table of its own",
    MarkSort.HEADINGS: "headings",
    MarkSort.LEFT_OUT: "to be left out",
}


@dataclass
class Marked:
    """The regions to be read, by sheet; the answers that said so, completed for the next return; what is asked.

    `findings` say of regions that share cells what becomes of these.
    """

    regions: dict[str, list[Region]] = field(default_factory=dict)
    applied: list[Answer] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def completed(self, given: Sequence[Answer]) -> tuple[Answer, ...]:
        """The answers as they are to be remembered: marks with the headings by which they are known again."""
        full = {one.key: one for one in self.applied}
        return tuple(full.get(one.key, one) if one.kind is QuestionKind.REGION else one for one in given)


def marked(workbook: Workbook, answers: Answers) -> Marked:
    """What a person marked in this workbook, and what was marked in earlier ones and is still there."""
    found = Marked()
    sheets = [sheet for sheet in workbook.sheets if not sheet.hidden and not sheet.rows_in_file]
    for answer in answers.about_all(QuestionKind.REGION):
        if answer.answer == LEAVE_OUT:
            continue
        mark = Mark.of(answer.answer)
        alike = _alike(mark, sheets)
        is_new = answer.on is None and not mark.headings
        same = [sheet for sheet in alike if is_new or _is_there(mark, sheet)]
        for sheet in same:
            found.regions.setdefault(sheet.name, []).append(Region(rectangle(mark.range), mark.sort))
        if same:
            found.applied.append(_complete(answer, mark, same[0]))
        elif alike:
            found.questions += _asked(answer, mark, alike[0], workbook.file)
    for name, regions in found.regions.items():
        found.findings += _shared(name, regions)
    return found


def _shared(sheet: str, regions: Sequence[Region]) -> Iterator[Finding]:
    """What becomes of the cells that two regions share, where these say different things of them."""
    for earlier, later in combinations(regions, 2):
        (top, left, bottom, right), (top2, left2, bottom2, right2) = earlier.corners, later.corners
        both = (max(top, top2), max(left, left2), min(bottom, bottom2), min(right, right2))
        sorts = {earlier.sort, later.sort}
        if both[0] > both[2] or both[1] > both[3] or (len(sorts) == 1 and MarkSort.FIGURES not in sorts):
            continue
        if MarkSort.LEFT_OUT in sorts:
            so = "They are left out."
        elif MarkSort.HEADINGS in sorts:
            so = "Numbers in them are headings."
        else:
            so = f"They are read as part of {_range(later.corners)}, which was marked later."
        cells = _range(both)
        words = (
            f"{_range(earlier.corners)} and {_range(later.corners)} are both marked by hand and share {cells}. {so}"
        )
        yield Finding(Severity.WARNING, sheet, address(both[0], both[1]), words)


def _range(corners: Rectangle) -> str:
    first, last = range_label(corners).split(":")
    return first if first == last else f"{first}:{last}"


def _alike(mark: Mark, sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheet of a mark; where no sheet has its name, those whose names are the same but for the quarter."""
    named = [sheet for sheet in sheets if sheet.name == mark.sheet]
    return named or [sheet for sheet in sheets if lasting(sheet.name) == lasting(mark.sheet)]


def _is_there(mark: Mark, sheet: Sheet) -> bool:
    """Whether every word that a region is known by stands where it stood; one known by none is never sure."""
    words = [line for line in mark.headings.split("\n") if " " in line]
    return bool(words) and _headings(sheet, rectangle(mark.range)) == mark.headings


def _complete(answer: Answer, mark: Mark, sheet: Sheet) -> Answer:
    return replace(answer, answer=replace(mark, headings=_headings(sheet, rectangle(mark.range))).answer)


# ---------------------------------------------------------------- what a region is known by


def _headings(sheet: Sheet, corners: Rectangle) -> str:
    """The words of its rows and columns by their distance from its first cell, and the sides where cells follow."""
    top, left, _, _ = corners
    words = [f"{row - top},{column - left} {said}" for (row, column), said in sorted(_words(sheet, corners).items())]
    return "\n".join((*words, *_followed(sheet, corners)))


def _words(sheet: Sheet, corners: Rectangle) -> dict[Position, str]:
    """The lasting words that name its rows, the first of each row, and its columns, in it and over it."""
    top, left, bottom, right = corners
    found: dict[Position, str] = {}
    for row in range(top, bottom + 1):
        for column in range(right + 1):
            if said := _said(sheet.value(row, column)):
                found[row, column] = said
                break
    first = next((row for row in range(top, bottom + 1) if _has_number(sheet, row, left, right)), top)
    for column in range(left, right + 1):
        for row in range(first - 1, max(first - 1 - _ROWS_OVER, -1), -1):
            value = sheet.value(row, column)
            if value is None or _has_number(sheet, row, left, right):
                break
            if said := _said(value):
                found[row, column] = said
    return found


def _said(value: CellValue) -> str:
    """What a cell says every quarter alike; empty where it holds a figure, a marker or a period."""
    if not isinstance(value, str) or values.parse(value) is not None or periods.parse(value) is not None:
        return ""
    return lasting(value)


def _has_number(sheet: Sheet, row: int, left: int, right: int) -> bool:
    cells = (sheet.value(row, column) for column in range(left, right + 1))
    return any(isinstance(value, float) or (isinstance(value, str) and values.parse(value)) for value in cells)


def _followed(sheet: Sheet, corners: Rectangle) -> Iterator[str]:
    """The sides on which filled cells touch it: a table that grows there is no longer what was marked."""
    top, left, bottom, right = corners
    if any(sheet.value(row, right + 1) is not None for row in range(top, bottom + 1)):
        yield _RIGHT
    if any(sheet.value(bottom + 1, column) is not None for column in range(left, right + 1)):
        yield _BELOW


# ---------------------------------------------------------------- where it may be now


def _asked(answer: Answer, mark: Mark, sheet: Sheet, file: str) -> Iterator[Question]:
    """The question where a region is now; none where the workbook is another one, without any of its words."""
    now = _moved(sheet, mark)
    if now is None and _stem(answer.file) != _stem(file):
        return
    moved = range_label(now) if now is not None and range_label(now) != mark.range else ""
    still = _STILL[mark.sort]
    places = [(moved, "The same words stand there now")] if moved else []
    places.append((mark.range, "Where it was"))
    on = f" on {in_words(answer.on)}" if answer.on else ""
    yield Question(
        QuestionKind.REGION,
        answer.key,
        mark.range,
        sheet.name,
        address(*rectangle(moved or mark.range)[:2]),
        f"Is {mark.range} still {still}?",
        f"It was marked by hand{on}, and the cells in and beside it are others now.",
        (
            *(
                Choice(Mark(mark.sort, sheet.name, place).answer, f"{place} is {still}", evidence)
                for place, evidence in places
            ),
            Choice(LEAVE_OUT, "Mark nothing here"),
        ),
    )


def _moved(sheet: Sheet, mark: Mark) -> Rectangle | None:
    """The rectangle from the first to the last of its words that are still on the sheet, with what follows there."""
    top, left, bottom, right = rectangle(mark.range)
    known = [_known(line) for line in mark.headings.split("\n") if " " in line]
    places: dict[str, list[Position]] = {}
    for row, cells in enumerate(sheet.rows):
        for column, value in enumerate(cells):
            if said := _said(value):
                places.setdefault(said, []).append((row, column))
    shifts = [
        min(
            ((row - top - down, column - left - across) for row, column in places[said]),
            key=lambda shift: (abs(shift[0]) + abs(shift[1]), shift),
        )
        for (down, across), said in known
        if said in places
    ]
    if not shifts:
        return None
    first, last = shifts[0], shifts[-1]
    moved = (top + first[0], left + first[1], bottom + last[0], right + max(one[1] for one in shifts))
    if moved[0] < 0 or moved[1] < 0 or moved[2] < moved[0] or moved[3] < moved[1]:
        return None
    return _grown(sheet, moved, mark)


def _known(line: str) -> tuple[Position, str]:
    place, _, said = line.partition(" ")
    down, _, across = place.partition(",")
    return (int(down), int(across)), said


def _grown(sheet: Sheet, corners: Rectangle, mark: Mark) -> Rectangle:
    """The rectangle as far as cells follow on the sides where none did."""
    top, left, bottom, right = corners
    ended = {_RIGHT, _BELOW} - set(mark.headings.split("\n"))
    while _RIGHT in ended and _RIGHT in _followed(sheet, (top, left, bottom, right)):
        right += 1
    while _BELOW in ended and _BELOW in _followed(sheet, (top, left, bottom, right)):
        bottom += 1
    return top, left, bottom, right


def _stem(file: str) -> str:
    return lasting(file.rsplit(".", 1)[0])
