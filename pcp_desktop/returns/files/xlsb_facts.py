"""What the records of an .xlsb file say beyond values: formats, merged and hidden cells, errors, comments.

The records are those of MS-XLSB 2.4; here only the few that calamine passes over are read, each by its own length, so
that unknown ones are stepped over. A formula in this form always carries its result.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator

from pcp_desktop.returns.files.number_formats import FormatsOfCells
from pcp_desktop.returns.files.sheet_facts import (
    BUILT_IN,
    LARGEST_COMMENTS,
    LARGEST_SHEET,
    beyond_general,
    parts_of,
    relations,
)
from pcp_desktop.returns.files.told import BeyondValues
from pcp_desktop.returns.files.workbook import Position

_MOST_HIDDEN_COLUMNS = 2000
_LONGEST_COMMENT = 1000
_WORKBOOK, _STYLES = "xl/workbook.bin", "xl/styles.bin"
_ROW, _BLANK, _ERROR, _FORMULA_ERROR = 0, 1, 3, 11
_FORMAT, _STYLE, _CELL_STYLES, _CELL_STYLES_END = 44, 47, 617, 618
_COLUMN, _SHEET, _MERGED, _COMMENT, _COMMENT_TEXT = 60, 156, 176, 635, 637
_CELLS = range(_BLANK, _FORMULA_ERROR + 1)
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x1000, 0x0001
_ERROR_WORDS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
"""MS-XLSB 2.5.98.2."""


def facts_by_sheet(archive: zipfile.ZipFile) -> dict[str, BeyondValues]:
    """For every sheet name what calamine does not tell.

    Raises whatever a damaged archive or record raises; the caller goes on without these facts.
    """
    names = set(archive.namelist())
    formats = _formats(archive.read(_STYLES)) if _STYLES in names else []
    targets = relations(archive, _WORKBOOK)
    facts = {}
    for kind, record in _records(archive.read(_WORKBOOK)):
        if kind == _SHEET:
            identifier, after = _text(record, 8)
            part = targets.get(identifier, "")
            if part in names and archive.getinfo(part).file_size <= LARGEST_SHEET:
                facts[_text(record, after)[0]] = own = _sheet(archive.read(part), formats)
                own.comments = _comments(archive, part)
    return facts


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Each record's type and bytes (MS-XLSB 2.1.4); IndexError where the last is cut off."""
    at, end = 0, len(content)
    while at < end:
        kind = content[at]
        at += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (content[at] & 0x7F) << 7
            at += 1
        size = content[at]
        at += 1
        if size & 0x80:
            size, at = _long_size(content, at)
        if at + size > end:
            raise IndexError("a record is cut off")
        yield kind, content[at : at + size]
        at += size


def _long_size(content: bytes, at: int) -> tuple[int, int]:
    """A record's size in two to four bytes, the first of them before `at`, and where the record begins."""
    size = content[at - 1] & 0x7F
    for shift in (7, 14, 21):
        byte = content[at]
        at += 1
        size |= (byte & 0x7F) << shift
        if not byte & 0x80:
            break
    return size, at


def _text(record: bytes, at: int) -> tuple[str, int]:
    """A text with its length before it, and where it ends; one of no length is empty (MS-XLSB 2.5.166, 2.5.168)."""
    (length,) = struct.unpack_from("<I", record, at)
    if length == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * length
    return record[at + 4 : end].decode("utf-16-le", errors="replace"), end


def _formats(content: bytes) -> list[str]:
    """The number format of each cell style, empty for General."""
    own: dict[int, str] = {}
    formats: list[str] = []
    within = False
    for kind, record in _records(content):
        if kind == _FORMAT:
            own[struct.unpack_from("<H", record)[0]] = beyond_general(_text(record, 2)[0])
        elif kind in (_CELL_STYLES, _CELL_STYLES_END):
            within = kind == _CELL_STYLES
        elif kind == _STYLE and within:
            (number,) = struct.unpack_from("<H", record, 2)
            formats.append(own.get(number, BUILT_IN.get(number, "")))
    return formats


def _sheet(content: bytes, formats: list[str]) -> BeyondValues:
    facts, found = BeyondValues(), FormatsOfCells()
    styles = dict(enumerate(formats))
    row = 0
    for kind, record in _records(content):
        if kind in _CELLS:
            column, style = struct.unpack_from("<II", record)
            found.add(row, column, styles.get(style & 0xFFFFFF, ""))
            if kind in (_ERROR, _FORMULA_ERROR):
                facts.errors[row, column] = _ERROR_WORDS.get(record[8], "#VALUE!")
        elif kind == _ROW:
            row, flags = struct.unpack_from("<I6xH", record)
            if flags & _HIDDEN_ROW:
                facts.hidden_rows.add(row)
        elif kind == _COLUMN:
            first, last, flags = struct.unpack_from("<II8xH", record)
            if flags & _HIDDEN_COLUMN:
                facts.hidden_columns.update(range(first, min(last + 1, first + _MOST_HIDDEN_COLUMNS)))
        elif kind == _MERGED:
            top, bottom, left, right = struct.unpack_from("<IIII", record)
            facts.merged.append((top, left, bottom, right))
    facts.formats = found.gathered()
    return facts


def _comments(archive: zipfile.ZipFile, part: str) -> dict[Position, str]:
    found: dict[Position, str] = {}
    for target in parts_of(archive, part, r"comments\d*\.bin\Z"):
        if archive.getinfo(target).file_size > LARGEST_COMMENTS:
            continue
        place = (0, 0)
        for kind, record in _records(archive.read(target)):
            if kind == _COMMENT:
                row, _last_row, column = struct.unpack_from("<III", record, 4)
                place = row, column
            elif kind == _COMMENT_TEXT:
                found[place] = _text(record, 1)[0].strip()[:_LONGEST_COMMENT]
    return found
