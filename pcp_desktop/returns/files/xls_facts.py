"""What an .xls file says beyond values: formats, merged and hidden cells, errors, comments, formulas not calculated.

xlrd reads them; the values are calamine's, which takes a tenth of the time.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import Any

from pcp_desktop.returns.files.number_formats import FormatsOfCells
from pcp_desktop.returns.files.sheet_facts import beyond_general
from pcp_desktop.returns.files.told import BeyondValues
from pcp_desktop.returns.files.workbook import Position

_FORMULA = 0x06
_RESULT = slice(6, 14)
_LONGEST_COMMENT = 1000


def facts_by_sheet(content: bytes) -> dict[str, BeyondValues]:
    """For every sheet name what calamine does not tell.

    Raises whatever a damaged file makes xlrd raise; the caller goes on without these facts.
    """
    import xlrd

    # Sheets on demand, for only then the records stay within reach.
    book = xlrd.open_workbook(
        file_contents=content, formatting_info=True, on_demand=True, ragged_rows=True, logfile=io.StringIO()
    )
    formats = [_format(book, style) for style in book.xf_list]
    facts = {sheet.name: _sheet(sheet, formats) for sheet in _sheets(book)}
    if any(one.unvalued for one in facts.values()) and _calculated(bytes(book.mem), book.base, book.stream_len):
        for one in facts.values():
            one.unvalued.clear()
    return facts


def _sheets(book: Any) -> Iterator[Any]:
    for number in range(book.nsheets):
        yield book.sheet_by_index(number)
        book.unload_sheet(number)


def _format(book: Any, style: Any) -> str:
    known = book.format_map.get(style.format_key)
    return beyond_general(known.format_str) if known is not None else ""


def _sheet(sheet: Any, formats: list[str]) -> BeyondValues:
    cells = _Cells(formats)
    for number in range(sheet.nrows):
        cells.row(number, sheet.row(number))
    return BeyondValues(
        [(top, left, below - 1, right - 1) for top, below, left, right in sheet.merged_cells],
        {number for number, row in sheet.rowinfo_map.items() if row.hidden},
        {number for number, column in sheet.colinfo_map.items() if column.hidden},
        cells.formats.gathered(),
        cells.errors,
        cells.blank_results,
        {place: note.text.strip()[:_LONGEST_COMMENT] for place, note in sheet.cell_note_map.items()},
    )


class _Cells:
    """What the cells of a sheet say while its rows go by."""

    def __init__(self, formats: list[str]) -> None:
        from xlrd import XL_CELL_EMPTY, XL_CELL_ERROR, XL_CELL_TEXT, error_text_from_code

        self.formats = FormatsOfCells()
        self.errors: dict[Position, str] = {}
        self.blank_results: set[Position] = set()
        self._own = formats
        self._empty, self._error, self._text = XL_CELL_EMPTY, XL_CELL_ERROR, XL_CELL_TEXT
        self._words = error_text_from_code

    def row(self, row: int, cells: list[Any]) -> None:
        """Take in the cells of a row."""
        for column, cell in enumerate(cells):
            kind = cell.ctype
            if kind == self._empty:
                continue
            self.formats.add(row, column, self._own[cell.xf_index])
            if kind == self._error:
                self.errors[row, column] = self._words.get(cell.value, "#VALUE!")
            elif kind == self._text and not cell.value:
                self.blank_results.add((row, column))


def _calculated(records: bytes, begin: int, length: int) -> bool:
    """Whether any formula has a result that is not blank (MS-XLS 2.5.133).

    A formula may give an empty text; where all of them do, the program that wrote the file calculated none.
    """
    at, end = begin, min(begin + length, len(records)) - 4
    while at <= end:
        kind, size = struct.unpack_from("<HH", records, at)
        if kind == _FORMULA:
            result = records[at + 4 : at + 4 + size][_RESULT]
            if result[6:] != b"\xff\xff" or result[0] != 3:
                return True
        at += 4 + size
    return False
