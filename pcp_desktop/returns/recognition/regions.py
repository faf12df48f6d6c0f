"""A sheet that is read within the bounds a person marked. It finds neither the marks nor the tables in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from pcp_desktop.domain.periods import financial_year
from pcp_desktop.domain.recognition import MarkSort
from pcp_desktop.returns.cells import periods, titles
from pcp_desktop.returns.cells.grid import Grid, grid
from pcp_desktop.returns.cells.marks import Legend
from pcp_desktop.returns.cells.sorts import Sort
from pcp_desktop.returns.files.workbook import Position, Rectangle, Sheet
from pcp_desktop.returns.recognition.tables import Table, tables

_SOME_YEAR = financial_year(2015)


@dataclass(frozen=True)
class Region:
    """A rectangle of a sheet and what a person said that it is."""

    corners: Rectangle
    sort: MarkSort

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell lies in the region."""
        top, left, bottom, right = self.corners
        return top <= row <= bottom and left <= column <= right


@dataclass(frozen=True)
class Part:
    """A sheet, or what was `marked` of it as figures, with its tables."""

    cells: Grid
    tables: tuple[Table, ...]
    marked: Region | None = None


def parts(sheet: Sheet, marks: Legend, regions: Sequence[Region]) -> list[Part]:
    """The sheet without what was marked, then each region of figures for itself; the sheet alone where none was.

    A table in a region keeps the lines that stand over it. Of two regions of figures that share cells, the later has
    them.
    """
    figures = [one for one in regions if one.sort is MarkSort.FIGURES]
    sheet = without_left_out(sheet, regions)
    rest = _grid(_without(sheet, figures), marks, regions)
    found = [Part(rest, tuple(tables(rest)))]
    for number, one in enumerate(figures):
        own = _grid(_only(_without(sheet, figures[number + 1 :]), one), marks, regions)
        above = _lines_over(rest, one)
        inside = tuple(replace(table, titles=[*above, *table.titles]) for table in tables(own))
        found.append(Part(own, inside, one))
    return found


def without_left_out(sheet: Sheet, regions: Iterable[Region]) -> Sheet:
    """The sheet without the cells that are said to be no data."""
    return _without(sheet, [one for one in regions if one.sort is MarkSort.LEFT_OUT])


def _without(sheet: Sheet, regions: Sequence[Region]) -> Sheet:
    if not regions:
        return sheet
    return _kept(sheet, lambda row, column: not any(one.holds(row, column) for one in regions))


def _only(sheet: Sheet, region: Region) -> Sheet:
    return _kept(sheet, region.holds)


def _kept(sheet: Sheet, keep: Callable[[int, int], bool]) -> Sheet:
    """The sheet with empty cells where `keep` says no."""
    rows = tuple(
        tuple(value if keep(row, column) else None for column, value in enumerate(cells))
        for row, cells in enumerate(sheet.rows)
    )
    errors = {place: words for place, words in sheet.errors.items() if keep(*place)}
    unvalued = frozenset(place for place in sheet.unvalued if keep(*place))
    return replace(sheet, rows=rows, errors=errors, unvalued=unvalued)


def _grid(sheet: Sheet, marks: Legend, regions: Sequence[Region]) -> Grid:
    """The cells with their sorts; numbers that are said to be headings are words, or the periods they name."""
    cells = grid(sheet, marks)
    headings = [one for one in regions if one.sort is MarkSort.HEADINGS]
    if not headings:
        return cells
    sorts = [list(line) for line in cells.sorts]
    rows = [list(line) for line in cells.sheet.rows]
    said: set[Position] = set()
    for row, line in enumerate(sorts):
        for column, sort in enumerate(line):
            if sort in (Sort.FIGURE, Sort.MISSING) and any(one.holds(row, column) for one in headings):
                words = titles.text(rows[row][column])
                rows[row][column] = words
                line[column] = Sort.PERIOD if periods.parse(words, _SOME_YEAR) is not None else Sort.WORDS
                said.add((row, column))
    return replace(
        cells,
        sheet=replace(cells.sheet, rows=tuple(tuple(line) for line in rows)),
        sorts=tuple(tuple(line) for line in sorts),
        figures={place: figure for place, figure in cells.figures.items() if place not in said},
    )


def _lines_over(cells: Grid, region: Region) -> list[str]:
    """The lines over a region up to the next row with figures: those within its columns, else those of the sheet."""
    top, left, _, right = region.corners
    right = min(right, cells.sheet.width - 1)
    found: list[str] = []
    for row in range(min(top, len(cells.sorts)) - 1, -1, -1):
        if any(sort in (Sort.FIGURE, Sort.MISSING) for sort in cells.sorts[row]):
            break
        words = titles.line(cells, row, left, right) or titles.line(cells, row)
        if words:
            found.insert(0, words)
    return found
