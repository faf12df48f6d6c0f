"""What sort of thing each cell of a sheet is: period, figure, marker or words. Decides nothing about tables."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from pcp_desktop.domain.observations import Marker
from pcp_desktop.domain.periods import financial_year
from pcp_desktop.returns import display, numbering, periods, values
from pcp_desktop.returns.marks import Legend, legend
from pcp_desktop.returns.sorts import Sort
from pcp_desktop.returns.values import Figure
from pcp_desktop.returns.workbook import CellValue, Position, Sheet

_SOME_YEAR = financial_year(2015)
_LONG = 40


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
    sorts: list[list[Sort]] = []
    figures: dict[Position, Figure] = {}
    for row, cells in enumerate(sheet.rows):
        line = [
            _sort(sheet, row, column, value, marks, figures)
            if row not in sheet.hidden_rows and column not in sheet.hidden_columns
            else Sort.NOTHING
            for column, value in enumerate(cells)
        ]
        sorts.append(line)
    said = numbering.name_rows_and_columns(sheet, sorts)
    if said:
        sheet = replace(sheet, rows=_with_words(sheet, said))
    return Grid(sheet, tuple(tuple(line) for line in sorts), figures, _spans(sheet))


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


def legend_of(sheets: tuple[Sheet, ...]) -> Legend:
    """What the workbook's notes say that its marks mean."""
    return legend(value for sheet in sheets for row in sheet.rows for value in row if isinstance(value, str))


def _sort(
    sheet: Sheet, row: int, column: int, value: CellValue, marks: Legend, figures: dict[Position, Figure]
) -> Sort:
    place = (row, column)
    if place in sheet.errors or place in sheet.unvalued:
        figures[place] = Figure(None, Marker.NOT_AVAILABLE, sheet.errors.get(place, "formula without a value"))
        return Sort.MISSING
    if value is None or isinstance(value, bool):
        return Sort.NOTHING if value is None else Sort.WORDS
    if isinstance(value, date):
        return Sort.PERIOD if periods.parse(value) else Sort.WORDS
    if isinstance(value, str):
        text = value.strip()
        if len(text) < _LONG and periods.parse(text, _SOME_YEAR) is not None:
            return Sort.PERIOD
    figure = values.parse(value, marks)
    if figure is None and isinstance(value, float):
        figure = Figure(None, Marker.NOT_AVAILABLE, repr(value))
    if figure is None:
        return Sort.WORDS
    if figure.number == 0 and display.shown(value, sheet.formats.get(place, "")).strip() in ("-", "–", "—"):
        figure = Figure(None, Marker.NOT_AVAILABLE, "-")
    figures[place] = figure
    return Sort.MISSING if figure.number is None else Sort.FIGURE
