"""Cells, fonts and widths of the .xlsx samples, and saving them without the time of day."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

SENT = datetime(2016, 1, 18, 9, 0, 0)
"""The date that every file carries."""
THIN = Side(style="thin", color="FFBFBFBF")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)


@dataclass(frozen=True)
class Style:
    """A partner's own look: font and the fill of headings."""

    font: str = "Calibri"
    size: int = 11
    fill: str = "FFD9E1F2"
    ink: str = "FF000000"
    title_size: int = 14


def address(row: int, column: int) -> str:
    """The address of a cell as a spreadsheet shows it; rows and columns from 1."""
    return f"{get_column_letter(column)}{row}"


def new_workbook(organisation: str, title: str) -> Any:
    """An empty workbook whose properties name the organisation only."""
    book = Workbook()
    book.remove(book.active)
    book.properties.creator = organisation
    book.properties.lastModifiedBy = organisation
    book.properties.title = title
    book.properties.created = SENT
    return book


class Pen:
    """Writes cells of one sheet in one style."""

    def __init__(self, book: Any, name: str, style: Style) -> None:
        self.sheet = book.create_sheet(name)
        self.style = style

    def text(self, row: int, column: int, words: object, *, bold: bool = False, italic: bool = False) -> str:
        """Plain words; gives the cell's address."""
        cell = self.sheet.cell(row, column, words)
        cell.font = Font(name=self.style.font, size=self.style.size, bold=bold, italic=italic)
        return address(row, column)

    def title(self, row: int, words: str) -> None:
        """The line at the top of a sheet."""
        self.sheet.cell(row, 1, words).font = Font(name=self.style.font, size=self.style.title_size, bold=True)

    def head(self, row: int, column: int, words: object, *, span: int = 1, form: str = "General") -> str:
        """A column heading, merged over `span` columns."""
        for offset in range(span):
            cell = self.sheet.cell(row, column + offset)
            cell.fill = PatternFill("solid", fgColor=self.style.fill)
            cell.border = BOX
        cell = self.sheet.cell(row, column, words)
        cell.font = Font(name=self.style.font, size=self.style.size, bold=True, color=self.style.ink)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.number_format = form
        if span > 1:
            self.sheet.merge_cells(start_row=row, end_row=row, start_column=column, end_column=column + span - 1)
        return address(row, column)

    def label(self, row: int, column: int, words: str, *, bold: bool = False, indent: int = 0) -> None:
        """A row heading."""
        cell = self.sheet.cell(row, column, words)
        cell.font = Font(name=self.style.font, size=self.style.size, bold=bold)
        cell.border = BOX
        cell.alignment = Alignment(horizontal="left", indent=indent, vertical="center", wrap_text=True)

    def number(self, row: int, column: int, value: object, form: str = "#,##0", *, bold: bool = False) -> str:
        """A figure (or its marker) in a box; gives the cell's address."""
        cell = self.sheet.cell(row, column, value)
        cell.font = Font(name=self.style.font, size=self.style.size, bold=bold)
        cell.border = BOX
        cell.number_format = form
        cell.alignment = Alignment(horizontal="right", vertical="center")
        return address(row, column)

    def paragraph(
        self, row: int, column: int, words: str, *, span: int = 1, height: float = 30, boxed: bool = False
    ) -> str:
        """Wrapped words over `span` columns; gives the cell's address."""
        cell = self.sheet.cell(row, column, words)
        cell.font = Font(name=self.style.font, size=self.style.size)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.border = BOX if boxed else Border()
        if span > 1:
            self.sheet.merge_cells(start_row=row, end_row=row, start_column=column, end_column=column + span - 1)
        self.sheet.row_dimensions[row].height = height
        return address(row, column)

    def widths(self, *columns: float, rest: float = 0, until: int = 0) -> None:
        """Widths of the first columns, and of those after them as far as `until`."""
        for number, width in enumerate(columns, start=1):
            self.sheet.column_dimensions[get_column_letter(number)].width = width
        for number in range(len(columns) + 1, until + 1):
            self.sheet.column_dimensions[get_column_letter(number)].width = rest

    def on_paper(self, *, landscape: bool = True) -> None:
        """Fit to one page wide, as a partner prints it."""
        self.sheet.page_setup.orientation = "landscape" if landscape else "portrait"
        self.sheet.page_setup.paperSize = 9
        self.sheet.page_setup.fitToHeight = 0
        self.sheet.sheet_properties.pageSetUpPr.fitToPage = True


def save_workbook(book: Any, path: Path) -> None:
    """Save a workbook of openpyxl so that the same content gives the same bytes."""
    buffer = io.BytesIO()
    book.save(buffer)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(without_times(buffer.getvalue()))


def without_times(content: bytes) -> bytes:
    """A zipped document with fixed times in its directory and its properties; the order is kept.

    The parts are stored uncompressed: another build of zlib would compress them to other bytes.
    """
    result = io.BytesIO()
    stamp = SENT.strftime("%Y-%m-%dT%H:%M:%SZ")
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(result, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp.encode(), data)
            entry = zipfile.ZipInfo(name, SENT.timetuple()[:6])
            entry.external_attr = 0o600 << 16
            new.writestr(entry, data)
    return result.getvalue()
