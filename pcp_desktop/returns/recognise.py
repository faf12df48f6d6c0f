"""What a workbook holds, without knowing any plan: sheets, tables, series with labels, points with periods."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pcp_desktop.domain.observations import Marker
from pcp_desktop.domain.periods import Period
from pcp_desktop.domain.returns import Finding, Severity
from pcp_desktop.returns import periods, values
from pcp_desktop.returns import tables as finding_tables
from pcp_desktop.returns.grid import Grid, Sort, grid, legend_of
from pcp_desktop.returns.marks import Legend, Marked, without_marks
from pcp_desktop.returns.tables import Table
from pcp_desktop.returns.workbook import CellValue, Sheet, Workbook, address, range_label

_NOT_A_PERIOD = re.compile(
    r"\b(publish|publication|produced|extract|updated?|printed|created|due|contact|version|began|since|before"
    r"|baseline|target|next)", re.IGNORECASE
)  # fmt: skip
_TOTAL = re.compile(r"\b(?:grand\s+|sub-?\s*)?(?:total|tot)\b\.?", re.IGNORECASE)
_FLAG_HEADING = re.compile(r"markers?|flags?|status|symbols?", re.IGNORECASE)
_FRACTION, _POINTS = "fraction", "points"


@dataclass(frozen=True)
class Point:
    """One cell of a table. `number` is as stored (86.5% written as text is 86.5); `text` is set for words alone.

    `is_total` says that a heading calls it a total. `written_percent` says that the cell itself is shown as percent.
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

    @property
    def cell(self) -> str:
        """The address as Excel shows it."""
        return address(self.row, self.column)


@dataclass(frozen=True)
class Series:
    """Points under one set of labels. `sections`, `row_words` and `column_words` run from the outermost inwards."""

    sections: tuple[str, ...]
    row_words: tuple[str, ...]
    column_words: tuple[str, ...]
    points: tuple[Point, ...]
    unit: str = ""
    percent_as: str | None = None

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
    """The tables of a workbook's visible sheets, and findings about what was left out or could not be read."""
    marks = legend_of(workbook.sheets)
    findings = [Finding(Severity.INFORMATION, "", "", note) for note in workbook.notes]
    sheets = []
    for sheet in workbook.sheets:
        findings += _left_out(sheet)
        if sheet.hidden:
            sheets.append(FoundSheet(sheet.name, True, ()))
            continue
        cells = grid(sheet, marks)
        findings += _unreadable(sheet)
        sheets.append(_sheet(cells, marks, workbook.file))
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


def _sheet(cells: Grid, marks: Legend, file: str) -> FoundSheet:
    lines = tuple(finding_tables.all_lines(cells))
    found = finding_tables.tables(cells)
    top = tuple(found[0].titles) if found else ()
    tables = []
    for table in found:
        stubs = [str(cells.sheet.value(row, column) or "") for row in table.headings for column in table.stubs]
        titles = tuple(dict.fromkeys((*top, *table.titles, *(words for words in stubs if words))))
        context = _context(titles, cells.sheet.name, file)
        series = tuple(_series(cells, table, marks, context))
        if series:
            tables.append(FoundTable(range_label(table.corners), titles, series, unit_of(titles)))
    return FoundSheet(cells.sheet.name, False, tuple(tables), lines)


def _context(titles: Sequence[str], sheet: str, file: str) -> Period | None:
    """The period that a line of its own gives, else that a title names, the nearest first, else sheet or file."""
    file_words = re.sub(r"[_.]+", " ", file.rsplit(".", 1)[0])
    lines = [line for line in (*reversed(titles), sheet, file_words) if not _NOT_A_PERIOD.search(line)]
    for reading in (periods.parse, periods.find):
        for line in lines:
            period = reading(line)
            if period is not None:
                return period
    return None


@dataclass(frozen=True)
class _Heads:
    words: tuple[str, ...]
    dated: tuple[object, ...]
    marker: Marker | None
    total: bool


def _heads(written: Sequence[CellValue], marks: Legend) -> _Heads:
    """Headings parted into words and what may say a period, with the marks fused to them."""
    words: list[str] = []
    dated: list[object] = []
    marker: Marker | None = None
    total = False
    for value in written:
        if not isinstance(value, str):
            if periods.parse(value) is not None:
                dated.append(value)
            elif value is not None:
                words.append(f"{value:g}" if isinstance(value, float) else str(value))
            continue
        marked = without_marks(value)
        marker = marked.marker(marks) or marker
        rest = marked.text
        if _TOTAL.search(rest):
            total = True
            without = _TOTAL.sub(" ", rest).strip(" -–:")
            if not without or periods.parse(without) or periods.is_partial(without):
                rest = without
        if not rest:
            continue
        if periods.parse(rest) is not None or periods.is_partial(rest):
            dated.append(rest)
        else:
            words.append(rest)
            if not _NOT_A_PERIOD.search(rest) and periods.find(rest) is not None:
                dated.append(rest)
    return _Heads(tuple(words), tuple(dated), marker, total)


def _series(cells: Grid, table: Table, marks: Legend, context: Period | None) -> list[Series]:
    columns = {
        column: _heads(finding_tables.column_headings(cells, table, column), marks)
        for column in range(table.left, table.right + 1)
        if column not in table.stubs
    }
    flags = [column for column, over in columns.items() if over.words and _FLAG_HEADING.fullmatch(over.words[-1])]
    found: dict[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]], list[Point]] = {}
    for row in table.body:
        rows = _heads(finding_tables.row_headings(cells, table, row), marks)
        sections = _heads(table.sections.get(row, ()), marks)
        flag = _row_flag(cells, row, flags, marks)
        for column, over in columns.items():
            if cells.sort(row, column) is Sort.NOTHING or column in flags:
                continue
            dated = [*([context] if context else []), *sections.dated, *rows.dated, *over.dated]
            point = _point(cells, row, column, _composed(dated), (sections, rows, over))
            if flag is not None and point.marker is Marker.FINAL:
                point = replace(point, marker=flag)
            found.setdefault((sections.words, rows.words, over.words), []).append(point)
    return [
        Series(sections, rows, over, tuple(points), *_unit(cells, table, (*sections, *rows, *over), points))
        for (sections, rows, over), points in found.items()
    ]


def _row_flag(cells: Grid, row: int, flags: Sequence[int], marks: Legend) -> Marker | None:
    """What a column of markers says of its row (“[p]”), if the table has one."""
    for column in flags:
        value = cells.sheet.value(row, column)
        if isinstance(value, str):
            text = value.strip()
            return Marked("", (text,)).marker(marks) or values.marker_only(text)
    return None


def _composed(dated: list[object]) -> Period | None:
    context = dated[0] if dated and isinstance(dated[0], Period) else None
    headings = [heading for heading in dated if not isinstance(heading, Period)]
    if context is not None:
        return periods.compose(headings, context)
    return periods.compose(headings)


def _point(cells: Grid, row: int, column: int, period: Period | None, heads: tuple[_Heads, _Heads, _Heads]) -> Point:
    sort = cells.sort(row, column)
    total = any(head.total for head in heads)
    if sort in (Sort.WORDS, Sort.PERIOD):
        value = cells.sheet.value(row, column)
        text = " ".join(str(value).split())
        return Point(row, column, period, None, Marker.FINAL, text=text, is_total=total)
    figure = cells.figures[row, column]
    marker = figure.marker
    if marker is Marker.FINAL:
        marker = next((head.marker for head in reversed(heads) if head.marker), Marker.FINAL)
    form = cells.sheet.formats.get((row, column), "")
    written = figure.percent or "%" in form
    return Point(row, column, period, figure.number, marker, figure.mark, None, total, written, figure.scale)


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
