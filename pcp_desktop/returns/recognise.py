"""What a workbook holds, without knowing any plan: sheets, tables, series with labels, points with periods."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pcp_desktop.domain.observations import Marker
from pcp_desktop.domain.periods import Period
from pcp_desktop.domain.returns import Finding, Severity
from pcp_desktop.returns import labels, periods, titles, values
from pcp_desktop.returns import tables as finding_tables
from pcp_desktop.returns.context import Context
from pcp_desktop.returns.grid import Grid, grid, legend_of
from pcp_desktop.returns.heads import Heads, composed, heads
from pcp_desktop.returns.marks import Legend, Marked
from pcp_desktop.returns.sorts import Sort
from pcp_desktop.returns.tables import Table
from pcp_desktop.returns.workbook import CellValue, Sheet, Workbook, address, range_label

_FLAG_HEADING = re.compile(r"markers?|flags?|status|symbols?", re.IGNORECASE)
_FLAG = re.compile(r"\[?[pre]\]?|\([pre]\)|[*†‡]+", re.IGNORECASE)
_PERIOD_END = re.compile(r"(?:period|quarter|month|year)[ -]end(?:ing|ed)?:?", re.IGNORECASE)
MOST_CELLS = 250_000
_FRACTION, _POINTS = "fraction", "points"


@dataclass(frozen=True)
class Point:
    """One cell of a table. `number` is as stored (86.5% written as text is 86.5); `text` is set for words alone.

    `is_total` says that a heading calls it a total. `written_percent` says that the cell itself is shown as percent.
    `unclear_period` is the heading where that may mean two periods (`Q1 2015`).
    """

    row: int
    column: int
    period: Period | None
    number: float | None
    marker: Marker
    mark: str = ""
    text: str | None = None
    is_total: bool = False
    written_percent: bool = False
    scale: float = 1.0
    unclear_period: str = ""

    @property
    def cell(self) -> str:
        """The address as Excel shows it."""
        return address(self.row, self.column)


@dataclass(frozen=True)
class Series:
    """Points under one set of labels. `sections`, `row_words` and `column_words` run from the outermost inwards.

    `written` are the labels as they stand in the workbook, with their footnote marks and the word total.
    """

    sections: tuple[str, ...]
    row_words: tuple[str, ...]
    column_words: tuple[str, ...]
    points: tuple[Point, ...]
    unit: str = ""
    percent_as: str | None = None
    written: tuple[str, ...] = ()

    @property
    def label(self) -> tuple[str, ...]:
        """All words from the outermost heading inwards."""
        return (*self.sections, *self.row_words, *self.column_words)


@dataclass(frozen=True)
class FoundTable:
    """A table with its range, the lines that stand over it, and its series."""

    range: str
    titles: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""


@dataclass(frozen=True)
class FoundSheet:
    """A sheet with its tables (none where it is hidden) and the lines that stand outside them."""

    name: str
    hidden: bool
    tables: tuple[FoundTable, ...]
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Recognised:
    """Everything found in a workbook."""

    file: str
    sheets: tuple[FoundSheet, ...]
    findings: tuple[Finding, ...]


def recognise(workbook: Workbook) -> Recognised:
    """The tables of a workbook's visible sheets, and findings about what was left out or could not be read.

    Of sheets beyond MOST_CELLS filled cells in all, the later ones are left out with a finding: no return is so long.
    """
    marks = legend_of(workbook.sheets)
    around = Context(workbook)
    findings = [Finding(Severity.INFORMATION, "", "", note) for note in workbook.notes]
    sheets = []
    filled = 0
    for sheet in workbook.sheets:
        findings += _left_out(sheet)
        if sheet.hidden:
            sheets.append(FoundSheet(sheet.name, True, ()))
            continue
        filled += sum(len(row) - row.count(None) for row in sheet.rows)
        if filled > MOST_CELLS:
            words = f"The sheet has {len(sheet.rows):,} rows, too many to look for tables in. It was left out."
            findings.append(Finding(Severity.WARNING, sheet.name, "", words))
            sheets.append(FoundSheet(sheet.name, False, ()))
            continue
        cells = grid(sheet, marks)
        findings += _unreadable(sheet)
        sheets.append(_sheet(cells, marks, around))
    return Recognised(workbook.file, tuple(sheets), tuple(findings))


def _left_out(sheet: Sheet) -> list[Finding]:
    if sheet.hidden:
        return [Finding(Severity.INFORMATION, sheet.name, "", f"Sheet “{sheet.name}” is hidden and was left out.")]
    found = []
    rows = sorted(row for row in sheet.hidden_rows if row < len(sheet.rows) and any(sheet.rows[row]))
    if rows:
        words = f"{len(rows)} hidden {'row was' if len(rows) == 1 else 'rows were'} left out."
        found.append(Finding(Severity.INFORMATION, sheet.name, address(rows[0], 0), words))
    columns = sorted(column for column in sheet.hidden_columns if any(row[column : column + 1] != () and row[column]
                     for row in sheet.rows if column < len(row)))  # fmt: skip
    if columns:
        words = f"{len(columns)} hidden {'column was' if len(columns) == 1 else 'columns were'} left out."
        found.append(Finding(Severity.INFORMATION, sheet.name, address(0, columns[0]), words))
    return found


def _unreadable(sheet: Sheet) -> list[Finding]:
    impossible = [
        Finding(Severity.ERROR, sheet.name, address(row, column), f"The cell holds {value!r}, which is no figure.")
        for row, cells in enumerate(sheet.rows)
        for column, value in enumerate(cells)
        if isinstance(value, float) and not abs(value) < values.LARGEST
    ]
    found = impossible[:50] + [
        Finding(Severity.WARNING, sheet.name, address(*place), f"The cell holds the error {words}, so no value.")
        for place, words in sorted(sheet.errors.items())[:50]
    ]
    found += [
        Finding(
            Severity.ERROR, sheet.name, address(*place),
            "The cell holds a formula without a stored result. Open the file in Excel, save it and send it again.",
        )
        for place in sorted(sheet.unvalued)[:50]
    ]  # fmt: skip
    return found


def _sheet(cells: Grid, marks: Legend, around: Context) -> FoundSheet:
    lines = tuple(finding_tables.all_lines(cells))
    found = finding_tables.tables(cells)
    top = tuple(found[0].titles) if found else ()
    if len(found) > 1:
        # A period on a line of its own is the first table's alone; the others must say theirs.
        top = tuple(line for line in top if periods.parse(line) is None and not titles.said_of_period([line]))
    tables = []
    for table in found:
        stubs = [str(cells.sheet.value(row, column) or "") for row in table.headings for column in table.stubs]
        above = tuple(dict.fromkeys((*top, *table.titles, *(words for words in stubs if words))))
        series = tuple(_series(cells, table, marks, above, around))
        if series:
            tables.append(FoundTable(range_label(table.corners), above, series, unit_of(above)))
    return FoundSheet(cells.sheet.name, False, tuple(tables), lines)


def _series(cells: Grid, table: Table, marks: Legend, above: Sequence[str], around: Context) -> list[Series]:
    context = around.period(above, cells.sheet.name)
    year = around.year(above, cells.sheet.name)
    columns = {
        column: heads(labels.column_headings(cells, table, column), marks)
        for column in range(table.left, table.right + 1)
        if column not in table.stubs
    }
    said = labels.row_labels(cells, table)
    beside = _flag_columns(cells, table, columns)
    flags = [column for column, over in columns.items() if over.words and _FLAG_HEADING.fullmatch(over.words[-1])]
    found: dict[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]], list[Point]] = {}
    written: dict[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]], tuple[str, ...]] = {}
    periods_of: dict[tuple[Heads, tuple[object, ...], Period | None, Heads], tuple[Period | None, str]] = {}
    for row in table.body:
        rows = heads(_row_headings(cells, table, said[row], context), marks)
        sections = heads(table.sections.get(row, ()), marks)
        flag = _row_flag(cells, row, flags, marks)
        for column, over in columns.items():
            if cells.sort(row, column) is Sort.NOTHING or column in flags or column in beside:
                continue
            dates = (sections, rows.dated, rows.year, over)
            if dates not in periods_of:
                periods_of[dates] = _period(*dates, above, context, year)
            point = _point(cells, row, column, (sections, rows, over), *periods_of[dates])
            if column + 1 in beside and cells.sheet.value(row, column + 1) is not None:
                point = _flagged(point, cells.sheet.value(row, column + 1), marks)
            if flag is not None and point.marker is Marker.FINAL:
                point = replace(point, marker=flag)
            key = (sections.words, rows.words, over.words)
            found.setdefault(key, []).append(point)
            named = (*sections.written, *rows.written, *over.written) or (titles.name_of(table.titles),)
            written.setdefault(key, named)
    return [
        Series(*key, tuple(points), *_unit(cells, table, tuple(word for words in key for word in words), points),
               written[key])
        for key, points in found.items()
    ]  # fmt: skip


def _row_headings(cells: Grid, table: Table, labels: list[CellValue], context: Period | None) -> list[CellValue]:
    """The labels of a row, without year and month of a column headed “Period end” where a title says the period."""
    named = [_text_of(cells.sheet.value(above, column)) for above in table.headings for column in table.stubs]
    if context is None or not any(_PERIOD_END.fullmatch(name) for name in named):
        return labels
    said = {label: periods.parse(label, context) for label in labels if isinstance(label, str)}
    if not any(period.end == context.end for period in said.values() if period is not None):
        return labels
    return [
        label
        for label in labels
        if not (
            isinstance(label, str)
            and (period := said[label])
            and (period.end == context.end or period.contains(context))
        )
    ]


def _text_of(value: CellValue) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _flag_columns(cells: Grid, table: Table, columns: Mapping[int, Heads]) -> frozenset[int]:
    """Columns without a heading that hold nothing but flags (`R`, `[p]`) of the values on their left."""
    found = []
    for column, over in columns.items():
        own = [finding_tables.heading(cells, row, column) for row in table.headings]
        values_below = [cells.sheet.value(row, column) for row in table.body]
        flags = [value for value in values_below if value is not None]
        lone = column - 1 in columns and (not over.words or all(value is None for value in own))
        if lone and flags and all(isinstance(value, str) and _FLAG.fullmatch(value.strip()) for value in flags):
            found.append(column)
    return frozenset(found)


def _flagged(point: Point, flag: CellValue, marks: Legend) -> Point:
    text = str(flag).strip()
    marker = Marked("", (text,)).marker(marks) or Marker.FINAL
    return replace(point, marker=marker if point.number is not None else point.marker, mark=point.mark or text)


def _period(
    sections: Heads,
    rows: Sequence[object],
    row_year: Period | None,
    over: Heads,
    above: Sequence[str],
    context: Period | None,
    year: Period | None,
) -> tuple[Period | None, str]:
    """The period of a cell under these headings, and the words that leave it unclear.

    A year alone in a title may be the calendar's or that of finance; months are never counted from it.
    """
    dated = [*sections.dated, *rows, *over.dated]
    named = over.year or row_year or sections.year if not dated else None
    if named is not None:
        return named, named.label
    period = composed(context, dated, [*above, *sections.words, *over.words])
    unclear = next((words for words in dated if isinstance(words, str) and periods.is_unclear(words)), "")
    if period is None and not dated and year is not None:
        return year, year.label
    return period, unclear


def _row_flag(cells: Grid, row: int, flags: Sequence[int], marks: Legend) -> Marker | None:
    """What a column of markers says of its row (“[p]”), if the table has one."""
    for column in flags:
        value = cells.sheet.value(row, column)
        if isinstance(value, str):
            text = value.strip()
            return Marked("", (text,)).marker(marks) or values.marker_only(text)
    return None


def _point(
    cells: Grid, row: int, column: int, over: tuple[Heads, Heads, Heads], period: Period | None, unclear: str
) -> Point:
    sort = cells.sort(row, column)
    total = any(head.total for head in over)
    if sort in (Sort.WORDS, Sort.PERIOD):
        value = cells.sheet.value(row, column)
        text = " ".join(str(value).split())
        return Point(row, column, period, None, Marker.FINAL, text=text, is_total=total, unclear_period=unclear)
    figure = cells.figures[row, column]
    marker = figure.marker
    if marker is Marker.FINAL:
        marker = next((head.marker for head in reversed(over) if head.marker), Marker.FINAL)
    form = cells.sheet.formats.get((row, column), "")
    written = figure.percent or "%" in form
    return Point(row, column, period, figure.number, marker, figure.mark, None, total, written, figure.scale, unclear)


def unit_of(words: Sequence[str]) -> str:
    """The unit that headings name, the innermost first: `percent`, `£ million`, `£ thousand`, `£`, or nothing."""
    for word in reversed(words):
        text = word.lower()
        if re.search(r"£\s*(?:million|m\b)|\(£m\)", text):
            return "£ million"
        if re.search(r"£\s*(?:thousands?|k\b|['’]?000s?)", text):
            return "£ thousand"
        if re.search(r"%|\bper\s?cent(?:age)?\b", text):
            return "percent"
        if "£" in text:
            return "£"
    return ""


def _unit(cells: Grid, table: Table, words: Sequence[str], points: Sequence[Point]) -> tuple[str, str | None]:
    unit = unit_of(words)
    as_fraction = [point for point in points if "%" in cells.sheet.formats.get((point.row, point.column), "")]
    numbers = [abs(point.number) for point in points if point.number is not None]
    if as_fraction:
        return "percent", _FRACTION
    if any(point.written_percent for point in points):
        return "percent", _POINTS
    if unit == "percent" and numbers:
        return unit, _FRACTION if max(numbers) <= 1 else _POINTS
    return unit or unit_of(table.titles), None
