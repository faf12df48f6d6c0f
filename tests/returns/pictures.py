"""Sheets drawn as text, written as .xlsx, .xls and .ods files, and what a reading of them says, as text again.

A picture has one line a row and cells parted by `|`. A cell is a number (`12.5`), a day (`2015-04-30`), or words;
`'2015` is text that looks like a number, `<` belongs to the merged cell on its left, `^` to the one above, `12%f` is
0.12 shown as a percentage, `0-` a nil that is shown as a dash, `!#N/A` an error, `=` a formula without a stored
result. An empty line is a blank row.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import xlwt
from openpyxl.worksheet.worksheet import Worksheet

from pcp_desktop.returns.files.workbook import Rectangle, address
from pcp_desktop.returns.recognition.found import Recognised
from pcp_desktop.returns.recognition.report import as_json

DASH_FOR_NIL = '#,##0;-#,##0;"-"'
_PERCENT = "0%"


@dataclass(frozen=True)
class Cell:
    """What one place of a picture holds: a value with its number format, an error or a formula."""

    value: float | str | date | None = None
    form: str = ""
    error: str = ""
    formula: bool = False


@dataclass(frozen=True)
class Picture:
    """The cells of a sheet, row by row, with its merged rectangles."""

    rows: tuple[tuple[Cell, ...], ...]
    merged: tuple[Rectangle, ...]


def picture(text: str) -> Picture:
    """Read a picture."""
    parts = [[part.strip() for part in line.split("|")] if line.strip() else [] for line in text.split("\n")]
    rows = tuple(tuple(_cell(part) for part in row) for row in parts)
    return Picture(rows, tuple(_merged(parts)))


def _cell(text: str) -> Cell:
    if text in ("", "<", "^"):
        return Cell()
    if text.startswith("'"):
        return Cell(text[1:])
    if text.startswith("!"):
        return Cell(error=text[1:])
    if text == "=":
        return Cell(formula=True)
    if text == "0-":
        return Cell(0.0, DASH_FOR_NIL)
    if found := re.fullmatch(r"(-?[\d.]+)%f", text):
        return Cell(float(found[1]) / 100, _PERCENT)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return Cell(date.fromisoformat(text), "mmm-yy")
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        return Cell(float(text))
    return Cell(text.replace("\\n", "\n"))


def _merged(parts: list[list[str]]) -> list[Rectangle]:
    found = []
    for row, cells in enumerate(parts):
        for column, text in enumerate(cells):
            if text in ("<", "^"):
                continue
            right = column
            while right + 1 < len(cells) and cells[right + 1] == "<":
                right += 1
            bottom = row
            while bottom + 1 < len(parts) and parts[bottom + 1][column : column + 1] == ["^"]:
                bottom += 1
            if (bottom, right) != (row, column):
                found.append((row, column, bottom, right))
    return found


def save_xlsx(path: Path, sheets: Mapping[str, Picture]) -> Path:
    """Write the pictures as Excel would; formulas get no stored result."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, drawn in sheets.items():
        sheet: Worksheet = book.create_sheet(name)
        for row, cells in enumerate(drawn.rows, 1):
            for column, cell in enumerate(cells, 1):
                _fill(sheet, row, column, cell)
        for top, left, bottom, right in drawn.merged:
            sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    book.save(path)
    return path


def _fill(sheet: Worksheet, row: int, column: int, cell: Cell) -> None:
    if cell == Cell():
        return
    place = sheet.cell(row, column)
    place.value = cell.error or ("=1+1" if cell.formula else cell.value)
    if cell.error:
        place.data_type = "e"
    elif isinstance(cell.value, str):
        place.data_type = "s"
    if cell.form:
        place.number_format = cell.form


_ERROR_CODES = {"#DIV/0!": 0x07, "#REF!": 0x17, "#N/A": 0x2A}


def save_xls(path: Path, sheets: Mapping[str, Picture]) -> Path:
    """Write the pictures in the old binary form; formulas get no stored result."""
    book = xlwt.Workbook()
    for name, drawn in sheets.items():
        sheet = book.add_sheet(name)
        spanned = {corners[:2]: corners for corners in drawn.merged}
        for row, cells in enumerate(drawn.rows):
            for column, cell in enumerate(cells):
                style = xlwt.easyxf(num_format_str=cell.form or "General")
                if cell.error:
                    sheet.row(row).set_cell_error(column, _ERROR_CODES[cell.error], style)
                elif cell.formula:
                    sheet.write(row, column, xlwt.Formula("1+1"), style)
                if cell.value is None:
                    continue
                if (row, column) in spanned:
                    top, left, bottom, right = spanned[row, column]
                    sheet.write_merge(top, bottom, left, right, cell.value, style)
                else:
                    sheet.write(row, column, cell.value, style)
    book.save(str(path))
    return path


_ODS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" office:version="1.2">'
    "<office:body><office:spreadsheet>"
)
_ODS_TAIL = "</office:spreadsheet></office:body></office:document-content>"


def save_ods(path: Path, sheets: Mapping[str, Picture]) -> Path:
    """Write the pictures as LibreOffice would, blank rows repeated; formulas get no stored result."""
    body = "".join(_ods_table(name, drawn) for name, drawn in sheets.items())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("content.xml", _ODS_HEAD + body + _ODS_TAIL)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return path


def _ods_table(name: str, drawn: Picture) -> str:
    spans = {corners[:2]: corners for corners in drawn.merged}
    covered = {
        (row, column)
        for top, left, bottom, right in drawn.merged
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }
    rows = []
    for row, cells in enumerate(drawn.rows):
        written = [
            "<table:covered-table-cell/>" if (row, column) in covered else _ods_cell(cell, spans.get((row, column)))
            for column, cell in enumerate(cells)
        ]
        rows.append(f"<table:table-row>{''.join(written) or '<table:table-cell/>'}</table:table-row>")
    blank = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    return f'<table:table table:name="{escape(name)}">{"".join(rows)}{blank}</table:table>'


def _ods_cell(cell: Cell, span: Rectangle | None) -> str:
    facts = ""
    if span is not None:
        top, left, bottom, right = span
        facts = f' table:number-columns-spanned="{right - left + 1}" table:number-rows-spanned="{bottom - top + 1}"'
    value = cell.value
    if cell.formula:
        return f'<table:table-cell{facts} table:formula="of:=1+1"/>'
    if cell.error:
        return (
            f'<table:table-cell{facts} table:formula="of:=NA()" office:value-type="string" office:string-value="" '
            f'calcext:value-type="error"><text:p>{cell.error}</text:p></table:table-cell>'
        )
    if value is None:
        return f"<table:table-cell{facts}/>"
    if isinstance(value, float):
        kind = "percentage" if cell.form == _PERCENT else "float"
        shown = "-" if cell.form == DASH_FOR_NIL and value == 0 else f"{value:g}"
        return (
            f'<table:table-cell{facts} office:value-type="{kind}" office:value="{value!r}"><text:p>{shown}</text:p>'
            "</table:table-cell>"
        )
    if isinstance(value, date):
        return (
            f'<table:table-cell{facts} office:value-type="date" office:date-value="{value.isoformat()}">'
            f"<text:p>{value:%b-%y}</text:p></table:table-cell>"
        )
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in value.split("\n"))
    return f'<table:table-cell{facts} office:value-type="string">{lines}</table:table-cell>'


def reading(found: Recognised) -> list[str]:
    """What a workbook was read as, a line a point: `B3 | April 2015 | 5 | Kent / Violence`, in the order of cells.

    The sheet stands before the cell where there are several; a value that is not there is shown by its marker.
    """
    sheets = as_json(found)["sheets"]
    lines = []
    for sheet in sheets:
        before = f"{sheet['name']}!" if len(sheets) > 1 else ""
        points = [
            (point, series["label"]) for table in sheet["tables"] for series in table["series"]
            for point in series["points"]
        ]  # fmt: skip
        points.sort(key=lambda one: _order(one[0]["cell"]))
        for point, label in points:
            period = point["period"]["label"] if point["period"] else "none"
            number = "" if point["value"] is None else f"{point['value']:.12g}"
            said = " ".join(part for part in (number, point["marker"] or "") if part)
            lines.append(" | ".join((f"{before}{point['cell']}", period, said, " / ".join(label))))
    return lines


def _order(cell: str) -> tuple[int, int, str]:
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :]), len(letters), letters


__all__ = ["DASH_FOR_NIL", "Cell", "Picture", "address", "picture", "reading", "save_ods", "save_xls", "save_xlsx"]
