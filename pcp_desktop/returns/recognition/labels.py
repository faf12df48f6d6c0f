"""The headings over a cell of a table and the labels before it, the outermost first. Judges no words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pcp_desktop.domain.periods import PeriodKind, calendar_year
from pcp_desktop.returns.cells import periods
from pcp_desktop.returns.cells.grid import Grid
from pcp_desktop.returns.cells.sorts import Sort
from pcp_desktop.returns.cells.titles import is_unit, text
from pcp_desktop.returns.files.workbook import CellValue, Position
from pcp_desktop.returns.recognition.tables import Table, heading, holds_codes

_SOME_YEAR = calendar_year(2015)
_LAST_OF_FIRST_QUARTER = 3
_MOST_BLOCKS = 20
_FLAG = re.compile(r"\[?[pre]\]?|\([pre]\)|[*†‡]+", re.IGNORECASE)
_UNFINISHED = re.compile(
    r"(?:\b(?:to|until|and|ending|ended|at)|[-–/])\W*\Z"
    r"|\b(?:years?|months?|quarters?|halves|half)\s+(?:to|ending|ended)\s+(?:the\s+)?(?:\d{1,2}\s+)?[a-z]+\W*\Z",
    re.IGNORECASE,
)


def column_headings(grid: Grid, table: Table, column: int, centred: Mapping[Position, int]) -> list[CellValue]:
    """The headings over a data column; group headings reach right to the next one, centred ones over their block.

    `centred` are the columns of the centred headings that stand over a cell.
    """
    found: list[CellValue] = []
    for row in table.headings:
        value = heading(grid, row, column)
        if (row, column) in centred:
            value = grid.sheet.value(row, centred[row, column])
        elif value is None and row != table.headings[-1]:
            value = _group_to_the_left(grid, table, row, column)
        elif value is None and any(grid.sheet.value(above, column) is not None for above in table.headings):
            value = _lowest_to_the_left(grid, table, row, column)
        if value is not None and (not found or found[-1] != value):
            found.append(value)
    return _joined(found)


def _group_to_the_left(grid: Grid, table: Table, row: int, column: int) -> CellValue:
    first = table.stubs[-1] + 1 if table.stubs else table.left
    for left in range(column - 1, first - 1, -1):
        value = grid.sheet.value(row, left)
        if value is not None:
            merged = (row, left + 1) in grid.spans and grid.spans[row, left + 1] == (row, left)
            return None if merged else value
        if (row, left) in grid.spans:
            return None
    return None


def _lowest_to_the_left(grid: Grid, table: Table, row: int, column: int) -> CellValue:
    """A period or unit that stands over the first of several columns, each of which has a heading of its own.

    Units do where no other words stand in their row.
    """
    value = _group_to_the_left(grid, table, row, column)
    if value is None:
        return None
    left = next(
        before for before in range(column - 1, table.left - 1, -1) if grid.sheet.value(row, before) is not None
    )
    if grid.sort(row, left) is Sort.PERIOD:
        return value
    first = table.stubs[-1] + 1 if table.stubs else table.left
    units = all(is_unit(grid.sheet.value(row, other)) for other in grid.filled(row, first, table.right))
    return value if units else None


def _joined(found: list[CellValue]) -> list[CellValue]:
    """Headings with those that are broken over two rows in one: `April to`, `September`."""
    joined: list[CellValue] = []
    for value in found:
        before = joined[-1] if joined else None
        if isinstance(before, str) and _UNFINISHED.search(before):
            whole = f"{text(before)} {text(value)}"
            if periods.parse(whole) is not None or periods.is_partial(whole):
                joined[-1] = whole
                continue
        joined.append(value)
    return joined


def row_labels(grid: Grid, table: Table) -> dict[int, list[CellValue]]:
    """The labels of each body row; a blank outer label, no code, is that of the row above in its section.

    A number that names nothing (that of a week beside its last day) is no label; a flag in a column of flags is that
    of the label before it.
    """
    found: dict[int, list[CellValue]] = {}
    above: dict[int, CellValue] = {}
    section: tuple[str, ...] | None = None
    years = _years_before(grid, table)
    codes = {column for column in table.stubs if holds_codes(grid, table.headings, column)}
    flags = {column for column in table.stubs[1:] if _holds_flags(grid, table, column)}
    for row in table.body:
        if table.sections.get(row) != section:
            section = table.sections.get(row)
            above = {}
        labels: list[CellValue] = []
        for number, column in enumerate(table.stubs):
            if column in flags:
                flag = grid.sheet.value(row, column)
                if flag is not None and labels and isinstance(labels[-1], str):
                    labels[-1] = f"{labels[-1]} [{str(flag).strip(' []()')}]"
                continue
            names_nothing = grid.sheet.value(row, column) is not None and grid.sort(row, column) is Sort.NOTHING
            own = None if names_nothing else heading(grid, row, column)
            value = above.get(column) if own is None and number < len(table.stubs) - 1 else own
            if own is not None and column not in codes:
                above[column] = own
            if value is not None:
                labels.append(value)
        if years and any(isinstance(label, str) and periods.is_partial(label) for label in labels):
            missing = [column for column in table.stubs if column in years and column not in above]
            labels = [*(years[column] for column in missing), *labels]
        found[row] = labels
    return found


def are_flags(grid: Grid, table: Table, column: int) -> bool:
    """Whether the cells of a column that are not blank are all flags: `R`, `[p]`, `*`."""
    below = [value for row in table.body if (value := grid.sheet.value(row, column)) is not None]
    return bool(below) and all(isinstance(value, str) and _FLAG.fullmatch(value.strip()) for value in below)


def _holds_flags(grid: Grid, table: Table, column: int) -> bool:
    """Whether a column among the labels has no heading and holds nothing but flags."""
    return are_flags(grid, table, column) and all(grid.sheet.value(row, column) is None for row in table.headings)


def _years_before(grid: Grid, table: Table) -> dict[int, CellValue]:
    """The period that each column of labels ended with before a blank row: a year given once may go on after it."""
    found: dict[int, CellValue] = {}
    for column in table.stubs[:-1]:
        earlier, places = table.before, 0
        while earlier is not None and places < _MOST_BLOCKS:
            last = next((row for row in reversed(earlier.body) if grid.sheet.value(row, column) is not None), None)
            if last is not None:
                if grid.sort(last, column) is Sort.PERIOD:
                    found[column] = grid.sheet.value(last, column)
                break
            earlier, places = earlier.before, places + 1
    return found


def months_from_january(grid: Grid, table: Table) -> bool:
    """Whether months without a year, across or down, begin with January and go on past March: a calendar year's."""
    across = [[heading(grid, row, column) for column in range(table.left, table.right + 1)] for row in table.headings]
    down = [[heading(grid, row, column) for row in table.body] for column in table.stubs]
    for line in (*across, *down):
        months = [
            month.start.month
            for value in line
            if isinstance(value, str)
            and periods.is_partial(value)
            and (month := periods.parse(value, _SOME_YEAR)) is not None
            and month.kind is PeriodKind.MONTH
        ]
        if months[:1] == [1] and max(months) > _LAST_OF_FIRST_QUARTER:
            return True
    return False
