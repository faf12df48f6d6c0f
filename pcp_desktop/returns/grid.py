"""What sort of thing each cell of a sheet is: period, figure, marker or words. Decides nothing about tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from pcp_desktop.domain.observations import Marker
from pcp_desktop.domain.periods import financial_year
from pcp_desktop.returns import display, periods, values
from pcp_desktop.returns.marks import Legend, legend
from pcp_desktop.returns.values import Figure
from pcp_desktop.returns.workbook import CellValue, Sheet

_SOME_YEAR = financial_year(2015)
_LONG = 40
_LEAST_YEARS = 3
_MOST_TABLES = 100


class Sort(StrEnum):
    """What a cell is taken for."""

    NOTHING = ""
    FIGURE = "figure"
    MISSING = "missing"
    PERIOD = "period"
    WORDS = "words"


@dataclass(frozen=True)
class Grid:
    """A sheet with the sort and figure of every cell; positions from 0. Hidden rows and columns are nothing."""

    sheet: Sheet
    sorts: tuple[tuple[Sort, ...], ...]
    figures: dict[tuple[int, int], Figure]

    def sort(self, row: int, column: int) -> Sort:
        """The sort of a cell."""
        return self.sorts[row][column]

    def filled(self, row: int, first: int, last: int) -> list[int]:
        """The columns of a row, between two columns included, that hold something."""
        return [column for column in range(first, last + 1) if self.sorts[row][column] is not Sort.NOTHING]


def grid(sheet: Sheet, marks: Legend) -> Grid:
    """Sort every cell of a sheet. `marks` is the meaning of footnote marks found in the workbook."""
    sorts: list[list[Sort]] = []
    figures: dict[tuple[int, int], Figure] = {}
    for row, cells in enumerate(sheet.rows):
        line = [
            _sort(sheet, row, column, value, marks, figures)
            if row not in sheet.hidden_rows and column not in sheet.hidden_columns
            else Sort.NOTHING
            for column, value in enumerate(cells)
        ]
        sorts.append(line)
    _years(sheet, sorts)
    _numbered_titles(sheet, sorts)
    return Grid(sheet, tuple(tuple(line) for line in sorts), figures)


def legend_of(sheets: tuple[Sheet, ...]) -> Legend:
    """What the workbook's notes say that its marks mean."""
    return legend(value for sheet in sheets for row in sheet.rows for value in row if isinstance(value, str))


def _sort(
    sheet: Sheet, row: int, column: int, value: CellValue, marks: Legend, figures: dict[tuple[int, int], Figure]
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


def _numbered_titles(sheet: Sheet, sorts: list[list[Sort]]) -> None:
    """A small number beside one long line of words, alone in its row, is the number of a title and no figure."""
    for row, line in enumerate(sorts):
        columns = [column for column, sort in enumerate(line) if sort is not Sort.NOTHING]
        if len(columns) != 2 or [line[column] for column in columns] != [Sort.FIGURE, Sort.WORDS]:
            continue
        number, title = (sheet.rows[row][column] for column in columns)
        if isinstance(number, float) and 0 < number < _MOST_TABLES and len(str(title)) > _LONG:
            line[columns[0]] = Sort.NOTHING


def _years(sheet: Sheet, sorts: list[list[Sort]]) -> None:
    """Numbers that run on as years along a row or down a column are periods and not figures."""
    for row, line in enumerate(sorts):
        columns = [column for column, sort in enumerate(line) if sort is Sort.FIGURE]
        for number in _years_among([sheet.rows[row][column] for column in columns]):
            line[columns[number]] = Sort.PERIOD
    for column in range(sheet.width):
        rows = [row for row, line in enumerate(sorts) if line[column] is Sort.FIGURE]
        for number in _years_among([sheet.rows[row][column] for row in rows]):
            sorts[rows[number]][column] = Sort.PERIOD


def _years_among(numbers: list[CellValue]) -> list[int]:
    """The places of numbers that are years: three or more that run on by one, or two where there are no others."""
    found: list[int] = []
    run: list[int] = []
    for place, value in enumerate([*numbers, None]):
        is_year = isinstance(value, float) and periods.parse(value) is not None
        if is_year and run and _steps(numbers, [*run, place]):
            run.append(place)
            continue
        if len(run) >= _LEAST_YEARS or (len(run) == len(numbers) and len(run) > 1):
            found += run
        run = [place] if is_year else []
    return found


def _steps(numbers: list[CellValue], places: list[int]) -> bool:
    years = [value for place in places if isinstance(value := numbers[place], float)]
    return {later - earlier for earlier, later in pairwise(years)} in ({1.0}, {-1.0})
