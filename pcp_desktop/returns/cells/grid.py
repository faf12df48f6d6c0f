"""What sort of thing each cell of a sheet is: period, figure, marker or words. Decides nothing about tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from pcp_desktop.domain.observations import Marker
from pcp_desktop.domain.periods import financial_year
from pcp_desktop.returns.cells import display, numbering, periods, values
from pcp_desktop.returns.cells.marks import Legend
from pcp_desktop.returns.cells.sorts import Sort
from pcp_desktop.returns.cells.values import Figure
from pcp_desktop.returns.files.workbook import CellValue, Position, Sheet

_SOME_YEAR = financial_year(2015)
_LONG = 40
_OWN_MARKER = re.compile(
    r"[A-Z]{2,4}|(?i:(?:reported |measured |collected )?annual(?:ly)?(?: (?:measure|indicator|figure|survey))?)"
)
_DATE = re.compile(r"\d{1,4}(?:[-/.]\d{1,2}){2}\d{0,2}")
_OF_PUBLISHING = re.compile(
    r"(?:(?:date|day) of )?(?:(?:next|last|first|previous|latest) )?"
    r"(?:releas|publi[sc]|updat|extract|revision|refresh|download)\w*(?: (?:date|on))?\W*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Grid:
    """A sheet with the sort and figure of every cell; positions from 0. Hidden rows and columns are nothing.

    `spans` leads from the cells of a merged rectangle, its first one excepted, to the first.
    """

    sheet: Sheet
    sorts: tuple[tuple[Sort, ...], ...]
    figures: dict[Position, Figure]
    spans: dict[Position, Position] = field(default_factory=dict)

    def sort(self, row: int, column: int) -> Sort:
        """The sort of a cell."""
        return self.sorts[row][column]

    def filled(self, row: int, first: int, last: int) -> list[int]:
        """The columns of a row, between two columns included, that hold something."""
        return [column for column in range(first, last + 1) if self.sorts[row][column] is not Sort.NOTHING]


def grid(sheet: Sheet, marks: Legend) -> Grid:
    """Sort every cell of a sheet. `marks` is the meaning of footnote marks found in the workbook."""
    figures: dict[Position, Figure] = {}
    sorter = _Sorter(sheet, marks, figures)
    hidden = sheet.hidden_columns
    sorts = [
        [Sort.NOTHING] * len(cells)
        if row in sheet.hidden_rows
        else [
            Sort.NOTHING if value is None or column in hidden else sorter.sort(row, column, value)
            for column, value in enumerate(cells)
        ]
        for row, cells in enumerate(sheet.rows)
    ]
    for row, column in sheet.errors.keys() | sheet.unvalued:
        if row < len(sorts) and column < len(sorts[row]) and row not in sheet.hidden_rows and column not in hidden:
            sorts[row][column] = sorter.missing(row, column)
    _own_markers(sheet, sorts, figures)
    if of_publishing := _of_publishing(sheet, sorts):
        sheet = replace(sheet, hidden_rows=sheet.hidden_rows | of_publishing)
        for row in of_publishing:
            sorts[row] = [Sort.NOTHING] * len(sorts[row])
    said = numbering.name_rows_and_columns(sheet, sorts)
    if said:
        sheet = replace(sheet, rows=_with_words(sheet, said))
    return Grid(sheet, tuple(tuple(line) for line in sorts), figures, _spans(sheet))


def _own_markers(sheet: Sheet, sorts: list[list[Sort]], figures: dict[Position, Figure]) -> None:
    """Letters or a word in the place of figures, the same all along a row, stand for none: `DNS`, `NR`, `Annual`."""
    for row in range(1, len(sorts)):
        lettered = [
            column
            for column, sort in enumerate(sorts[row])
            if sort is Sort.WORDS
            and _OWN_MARKER.fullmatch(str(sheet.rows[row][column]).strip())
            and column < len(sorts[row - 1])
            and sorts[row - 1][column] in (Sort.FIGURE, Sort.MISSING)
        ]
        if len({str(sheet.rows[row][column]).strip() for column in lettered}) != 1:
            continue
        for column in lettered:
            mark = str(sheet.rows[row][column]).strip()
            figures[row, column] = Figure(None, Marker.NOT_AVAILABLE, mark)
            sorts[row][column] = Sort.MISSING


def _of_publishing(sheet: Sheet, sorts: list[list[Sort]]) -> frozenset[int]:
    """The rows that begin with `Release date` or `Next release`: they say when figures come, not what they are of."""
    found = set()
    for row, line in enumerate(sorts):
        first, *days = [column for column, sort in enumerate(line) if sort is not Sort.NOTHING] or [0]
        if len(days) > 1 and _OF_PUBLISHING.fullmatch(str(sheet.rows[row][first]).strip()):
            dated = (line[day] is Sort.PERIOD or _DATE.fullmatch(str(sheet.rows[row][day]).strip()) for day in days)
            if all(dated):
                found.add(row)
    return frozenset(found)


def _with_words(sheet: Sheet, said: dict[Position, str]) -> tuple[tuple[CellValue, ...], ...]:
    rows = [list(row) for row in sheet.rows]
    for (row, column), words in said.items():
        rows[row][column] = words
    return tuple(tuple(row) for row in rows)


def _spans(sheet: Sheet) -> dict[Position, Position]:
    return {
        (row, column): (top, left)
        for top, left, bottom, right in sheet.merged
        for row in range(top, min(bottom, len(sheet.rows) - 1) + 1)
        for column in range(left, min(right, sheet.width - 1) + 1)
        if (row, column) != (top, left)
    }


class _Sorter:
    """Sorts the cells of one sheet, each text once."""

    def __init__(self, sheet: Sheet, marks: Legend, figures: dict[Position, Figure]) -> None:
        self._sheet, self._marks, self._figures = sheet, marks, figures
        self._texts: dict[str, tuple[Sort, Figure | None]] = {}
        self._dashes = {
            form for form in sheet.formats.forms if display.shown(0.0, form).strip() in ("-", "–", "—")
        }  # fmt: skip

    def missing(self, row: int, column: int) -> Sort:
        """An error, or a formula without a stored result."""
        words = self._sheet.errors.get((row, column), "formula without a value")
        self._figures[row, column] = Figure(None, Marker.NOT_AVAILABLE, words)
        return Sort.MISSING

    def sort(self, row: int, column: int, value: CellValue) -> Sort:
        """The sort of a cell that holds something; its figure is kept."""
        if isinstance(value, float):
            figure = values.parse(value) or Figure(None, Marker.NOT_AVAILABLE, repr(value))
            if value == 0 and self._sheet.formats.at(row, column) in self._dashes:
                figure = Figure(None, Marker.NOT_AVAILABLE, "-")
            self._figures[row, column] = figure
            return Sort.FIGURE if figure.number is not None else Sort.MISSING
        if isinstance(value, str):
            if value not in self._texts:
                self._texts[value] = self._text(value)
            sort, said = self._texts[value]
            if said is not None:
                self._figures[row, column] = said
            return sort
        return Sort.PERIOD if isinstance(value, date) and periods.parse(value) else Sort.WORDS

    def _text(self, value: str) -> tuple[Sort, Figure | None]:
        text = value.strip()
        if len(text) < _LONG and periods.parse(text, _SOME_YEAR) is not None:
            return Sort.PERIOD, None
        figure = values.parse(value, self._marks)
        if figure is None:
            return Sort.WORDS, None
        return Sort.FIGURE if figure.number is not None else Sort.MISSING, figure
