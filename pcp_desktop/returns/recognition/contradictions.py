"""What a table says against itself, as findings with their cells: nothing is guessed, and nothing is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pcp_desktop.domain.returns import Finding, Severity
from pcp_desktop.returns.cells import periods
from pcp_desktop.returns.cells.grid import Grid
from pcp_desktop.returns.files.workbook import address
from pcp_desktop.returns.recognition.found import FoundTable, Point, Series
from pcp_desktop.returns.recognition.tables import Table

_QUARTER = re.compile(r"\bq(?:uarter|tr)?\.?\s*[1-4]\b|\bquarter\b|\bqtr\b", re.IGNORECASE)
_MONTH = r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_FROM_TO = re.compile(
    rf"{_MONTH}[\s'’-]*(?:\d{{4}}|\d\d)?\s*(?:to|-|–)\s*{_MONTH}[\s'’-]*(?:\d{{4}}|\d\d)", re.IGNORECASE
)
_MONTHS_OF_A_QUARTER = 3
_MOST = 20


def of_table(sheet: str, found: FoundTable) -> list[Finding]:
    """The same period given twice with different values in one series, totals included."""
    findings = [finding for series in found.series for finding in _given_twice(sheet, series)]
    return findings[:_MOST]


def _given_twice(sheet: str, series: Series) -> Iterator[Finding]:
    if not series.label:
        return
    first: dict[object, Point] = {}
    for point in series.points:
        if point.period is None or point.number is None or not point.is_dated:
            continue
        before = first.setdefault(point.period, point)
        if before.number != point.number:
            label = " / ".join(series.written or series.label)
            words = (
                f"“{label}” has two values for {point.period.label}: {before.number:,g} in {before.cell} and "
                f"{point.number:,g} here."
            )
            yield Finding(Severity.WARNING, sheet, point.cell, words)


def of_headings(cells: Grid, table: Table) -> list[Finding]:
    """Headings and labels that call themselves a quarter and cover more than three months."""
    places = [(row, column) for row in table.headings for column in range(table.left, table.right + 1)]
    places += [(row, column) for row in table.body for column in table.stubs]
    return [finding for row, column in places for finding in _too_long(cells, row, column)][:_MOST]


def _too_long(cells: Grid, row: int, column: int) -> Sequence[Finding]:
    value = cells.sheet.value(row, column)
    if not isinstance(value, str) or not _QUARTER.search(value):
        return ()
    said = _FROM_TO.search(value)
    period = periods.parse(said[0]) if said else None
    if period is None or period.months <= _MONTHS_OF_A_QUARTER:
        return ()
    words = f"“{' '.join(value.split())}” calls itself a quarter and covers {period.months} months."
    return (Finding(Severity.WARNING, cells.sheet.name, address(row, column), words),)
