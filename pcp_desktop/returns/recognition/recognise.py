"""Recognises what a workbook holds, without knowing any plan, and reports what was left out or cannot be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pcp_desktop.domain.returns import Finding, Severity
from pcp_desktop.returns.cells import periods, titles, values
from pcp_desktop.returns.cells.legends import legend_of
from pcp_desktop.returns.cells.marks import Legend
from pcp_desktop.returns.files.workbook import Sheet, Workbook, address, range_label
from pcp_desktop.returns.recognition import contradictions, regions
from pcp_desktop.returns.recognition import tables as finding_tables
from pcp_desktop.returns.recognition.context import Context
from pcp_desktop.returns.recognition.found import FoundSheet, FoundTable, Recognised
from pcp_desktop.returns.recognition.regions import Region
from pcp_desktop.returns.recognition.series import series_of, unit_of

MOST_CELLS = 400_000
_FRACTION, _POINTS = "fraction", "points"


def recognise(workbook: Workbook, marked: Mapping[str, Sequence[Region]] | None = None) -> Recognised:
    """The tables of a workbook's visible sheets, and findings about what was left out or could not be read.

    `marked` are the regions that a person marked, by the name of their sheet. A sheet that would make it more than
    MOST_CELLS filled cells in all is left out with a finding.
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
        own = sum(len(row) - row.count(None) for row in sheet.rows)
        if sheet.rows_in_file or filled + own > MOST_CELLS:
            rows = sheet.rows_in_file or len(sheet.rows)
            words = f"The sheet has {rows:,} rows, too many to look for tables in. It was left out."
            findings.append(Finding(Severity.WARNING, sheet.name, "", words))
            sheets.append(FoundSheet(sheet.name, False, ()))
            continue
        filled += own
        own_regions = (marked or {}).get(sheet.name, ())
        findings += _unreadable(regions.without_left_out(sheet, own_regions))
        sheets.append(_sheet(regions.parts(sheet, marks, own_regions), marks, around, findings))
    return Recognised(workbook.file, tuple(sheets), tuple(findings), frozenset(marks.in_place))


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
    if sheet.values_alone:
        words = "Number formats, hidden rows and errors could not be read: a nil shown as a dash is taken as 0."
        found.append(
            Finding(Severity.WARNING, sheet.name, "", f"{words} Compare the figures with the sheet in Excel.")
        )
    return found


def _sheet(parts: Sequence[regions.Part], marks: Legend, around: Context, findings: list[Finding]) -> FoundSheet:
    """The tables of a sheet; what they say against themselves is added to `findings`."""
    lines = tuple(finding_tables.all_lines(parts[0].cells))
    name = parts[0].cells.sheet.name
    findings += [
        Finding(
            Severity.WARNING, name, range_label(part.marked.corners).partition(":")[0],
            f"No figures were found in {range_label(part.marked.corners)}, which is marked as a table.",
        )
        for part in parts
        if part.marked is not None and not part.tables
    ]  # fmt: skip
    found = [(table, part) for part in parts for table in part.tables]
    if len(parts) > 1:
        found.sort(key=lambda one: one[0].corners)
    top = tuple(found[0][0].titles) if found else ()
    if len(found) > 1:
        # A period that is a line by itself is the first table's alone, and `Period: …` where others have theirs.
        several = any(titles.said_of_period(table.titles) for table, _ in found[1:])
        top = tuple(
            line for line in top if periods.parse(line) is None and not (several and titles.said_of_period([line]))
        )
    tables = []
    for table, part in found:
        cells = part.cells
        stubs = [str(cells.sheet.value(row, column) or "") for row in table.headings for column in table.stubs]
        above = tuple(dict.fromkeys((*top, *table.titles, *(words for words in stubs if words))))
        series = tuple(series_of(cells, table, marks, above, around))
        if series:
            tables.append(
                FoundTable(range_label(table.corners), above, series, unit_of(above), part.marked is not None)
            )
            found_here = contradictions.of_table(name, tables[-1])
            findings += [
                one for one in (*found_here, *contradictions.of_headings(cells, table)) if one not in findings
            ]
    return FoundSheet(name, False, tuple(tables), lines)
