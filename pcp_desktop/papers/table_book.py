"""Writes tables as a workbook: cover, contents and one table a sheet; what stands in them is its callers'.

It follows the Government Analysis Function's guidance on spreadsheets: a cover sheet, one table a sheet marked as
such, header rows, no merged cells, no empty rows, shorthand explained in notes. No cell is a formula.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pcp_desktop.domain.progress import Progress, unwatched
from pcp_desktop.papers.dashboard import BODY
from pcp_desktop.papers.sheet_layout import LINE_HEIGHT, lines_of, safe, set_page, set_sizes
from pcp_desktop.papers.sheets import Number, Sheet

ONE_TABLE = "This worksheet contains one table."
COVER_WIDTH = 100
_FONT = {"font_name": "Arial", "font_size": 12}


def table_book(
    title: str,
    cover: Sequence[str],
    sheets: Sequence[Sheet],
    *,
    created: datetime,
    words: str,
    progress: Progress = unwatched,
) -> bytes:
    """A workbook's bytes; the same for the same sheets and date.

    `cover` are its first sheet's lines, `created` the date in its properties; `progress` is told `words` and asked
    before every sheet, and may raise Cancelled. Raises UserError where a text is longer than a cell holds.
    """
    from xlsxwriter import Workbook

    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(content, options) as book:
        book.set_properties({"title": title, "author": BODY, "created": created})
        writer = _Writer(book)
        writer.cover(title, cover)
        writer.contents(sheets)
        for place, sheet in enumerate(sheets):
            progress(words, place, len(sheets))
            writer.table(sheet, place)
    return content.getvalue()


class _Writer:
    """Writes sheets into one workbook with its formats."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._title = book.add_format({**_FONT, "bold": True, "font_size": 14})
        self._text = book.add_format({**_FONT})
        self._wrapped = book.add_format({**_FONT, "text_wrap": True, "valign": "top"})
        self._figures: dict[str, Any] = {}
        self._link = book.add_format({**_FONT, "font_color": "#17568F", "underline": 1})
        self._heads = {
            numeric: book.add_format(
                {**_FONT, "bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1, **side}
            )
            for numeric, side in ((False, {"align": "left", "indent": 1}), (True, {"align": "right"}))
        }
        self._beside = book.add_format({**_FONT, "text_wrap": True, "align": "left", "valign": "top", "indent": 1})
        self._first_head = book.add_format(
            {**_FONT, "bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1}
        )
        self._right = book.add_format({**_FONT, "align": "right", "valign": "top"})

    def cover(self, title: str, lines: Sequence[str]) -> None:
        """The first sheet: what the workbook is, a line each."""
        worksheet = self._sheet("Cover", title)
        worksheet.set_column(0, 0, COVER_WIDTH)
        for row, text in enumerate(lines, start=1):
            worksheet.set_row(row, LINE_HEIGHT * lines_of(text, COVER_WIDTH))
            worksheet.write_string(row, 0, safe(text), self._wrapped)

    def contents(self, sheets: Sequence[Sheet]) -> None:
        """A table of the worksheets, each a link to its own."""
        columns, rows = ("Worksheet", "What it holds"), tuple((sheet.name, sheet.title) for sheet in sheets)
        table = Sheet("Contents", "Contents", ONE_TABLE, "", "", columns, rows, (False,) * 2)
        worksheet = self.table(table, len(sheets))
        for row, sheet in enumerate(sheets, start=3):
            worksheet.write_url(row, 0, f"internal:'{sheet.name}'!A1", self._link, sheet.name)

    def table(self, sheet: Sheet, place: int) -> Any:
        """One sheet: its title, its texts, its table."""
        worksheet = self._sheet(sheet.name, sheet.title)
        texts = [text for text in (sheet.instructions, sheet.scope, sheet.source) if text]
        for row, text in enumerate(texts, start=1):
            worksheet.write_string(row, 0, safe(text), self._text)
        first = len(texts) + 2
        set_sizes(worksheet, sheet, first)
        columns = [
            {"header": safe(name), "header_format": self._heads[numeric] if at else self._first_head}
            for at, (name, numeric) in enumerate(zip(sheet.columns, sheet.numeric, strict=True))
        ]
        shape = {"name": f"table_{place + 1}", "columns": columns, "autofilter": False, "style": None}
        worksheet.add_table(first - 1, 0, first + len(sheet.rows) - 1, len(sheet.columns) - 1, shape)
        for row, cells in enumerate(sheet.rows, start=first):
            for column, cell in enumerate(cells):
                self._write(worksheet, row, column, cell, sheet.numeric[column])
        worksheet.freeze_panes(first, 1)
        worksheet.repeat_rows(first - 1)
        return worksheet

    def _sheet(self, name: str, title: str) -> Any:
        worksheet = self._book.add_worksheet(name)
        worksheet.write_string(0, 0, safe(title), self._title)
        worksheet.hide_gridlines(2)
        set_page(worksheet)
        return worksheet

    def _write(self, worksheet: Any, row: int, column: int, cell: str | Number | None, numeric: bool) -> None:
        if isinstance(cell, Number):
            worksheet.write_number(row, column, cell.value, self._figure(cell.code))
        elif cell is not None:
            # A text stands clear of the figure to its left.
            text = self._beside if column else self._wrapped
            worksheet.write_string(row, column, safe(cell), self._right if numeric else text)

    def _figure(self, code: str) -> Any:
        """The format of a number, one for each code."""
        if code not in self._figures:
            look = {**_FONT, "num_format": code, "align": "right", "valign": "top"}
            self._figures[code] = self._book.add_format(look)
        return self._figures[code]
