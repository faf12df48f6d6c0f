"""Pictures written as .xlsb, record by record (MS-XLSB 2.4), for no program here saves that kind."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path

from tests.returns.pictures import Cell, Picture

_ERROR_CODES = {"#DIV/0!": 0x07, "#REF!": 0x17, "#N/A": 0x2A}
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.ms-excel"
_BEGIN_BOOK, _END_BOOK, _BEGIN_SHEETS, _END_SHEETS, _SHEET = 131, 132, 143, 144, 156
_BEGIN_SHEET, _END_SHEET, _DIMENSION, _BEGIN_DATA, _END_DATA, _ROW = 129, 130, 148, 145, 146, 0
_BLANK, _ERROR, _REAL, _TEXT = 1, 3, 5, 6
_BEGIN_COLUMNS, _COLUMN, _END_COLUMNS = 390, 60, 391
_BEGIN_MERGED, _MERGED, _END_MERGED = 177, 176, 178
_BEGIN_STYLES, _END_STYLES, _BEGIN_FORMATS, _FORMAT, _END_FORMATS = 278, 279, 615, 44, 616
_BEGIN_CELL_STYLES, _STYLE, _END_CELL_STYLES = 617, 47, 618
_BEGIN_COMMENTS, _END_COMMENTS, _BEGIN_LIST, _END_LIST = 628, 629, 633, 634
_COMMENT, _END_COMMENT, _COMMENT_TEXT = 635, 636, 637
_FIRST_OWN_FORMAT = 164


def record(kind: int, content: bytes = b"") -> bytes:
    """A record with its type and length before it, seven bits a byte."""
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = b"", len(content)
    while True:
        size += bytes([length & 0x7F | (0x80 if length > 0x7F else 0)])
        length >>= 7
        if not length:
            return head + size + content


def text(words: str) -> bytes:
    """A text with its length in letters before it."""
    written = words.encode("utf-16-le")
    return struct.pack("<I", len(written) // 2) + written


def save_xlsb(
    path: Path,
    sheets: Mapping[str, Picture],
    hidden_sheets: Collection[str] = (),
    hidden_rows: Collection[int] = (),
    hidden_columns: Collection[int] = (),
    comments: Mapping[tuple[int, int], str] | None = None,
) -> Path:
    """Write the pictures; rows, columns and comments are those of every sheet. A formula gets no cell at all."""
    forms = sorted({cell.form for drawn in sheets.values() for row in drawn.rows for cell in row} - {""})
    numbers = range(1, len(sheets) + 1)
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": _types(len(sheets)),
        "_rels/.rels": _relations({"rId1": ("officeDocument", "xl/workbook.bin")}),
        "xl/workbook.bin": _workbook(sheets, hidden_sheets),
        "xl/_rels/workbook.bin.rels": _relations(
            {f"rId{n}": ("worksheet", f"worksheets/sheet{n}.bin") for n in numbers}
            | {"rId900": ("styles", "styles.bin")}
        ),
        "xl/styles.bin": _styles(forms),
    }
    for number, drawn in zip(numbers, sheets.values(), strict=True):
        parts[f"xl/worksheets/sheet{number}.bin"] = _sheet(drawn, forms, hidden_rows, hidden_columns)
        if comments:
            parts[f"xl/worksheets/_rels/sheet{number}.bin.rels"] = _relations(
                {"rId1": ("comments", "../comments1.bin")}
            )
            parts["xl/comments1.bin"] = _comments(comments)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def _types(sheets: int) -> str:
    own = {"workbook": "sheet.binary.macroEnabled.main", "styles": "styles", "comments1": "comments"}
    own |= {f"worksheets/sheet{n}": "worksheet" for n in range(1, sheets + 1)}
    overrides = "".join(
        f'<Override PartName="/xl/{part}.bin" ContentType="{_TYPE}.{kind}"/>' for part, kind in own.items()
    )
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return f'<?xml version="1.0"?><Types xmlns="{_PACKAGE}/content-types">{rels}{overrides}</Types>'


def _relations(targets: Mapping[str, tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="{identifier}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for identifier, (kind, target) in targets.items()
    )
    return f'<?xml version="1.0"?><Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _workbook(sheets: Mapping[str, Picture], hidden: Collection[str]) -> bytes:
    listed = b"".join(
        record(_SHEET, struct.pack("<II", name in hidden, number) + text(f"rId{number}") + text(name))
        for number, name in enumerate(sheets, 1)
    )
    return record(_BEGIN_BOOK) + record(_BEGIN_SHEETS) + listed + record(_END_SHEETS) + record(_END_BOOK)


def _styles(forms: list[str]) -> bytes:
    formats = b"".join(
        record(_FORMAT, struct.pack("<H", number) + text(form))
        for number, form in enumerate(forms, _FIRST_OWN_FORMAT)
    )
    styles = b"".join(
        record(_STYLE, struct.pack("<HH10xH", 0, number, 1))
        for number in (0, *range(_FIRST_OWN_FORMAT, _FIRST_OWN_FORMAT + len(forms)))
    )
    return b"".join(
        (
            record(_BEGIN_STYLES),
            record(_BEGIN_FORMATS, struct.pack("<I", len(forms))), formats, record(_END_FORMATS),
            record(_BEGIN_CELL_STYLES, struct.pack("<I", len(forms) + 1)), styles, record(_END_CELL_STYLES),
            record(_END_STYLES),
        )
    )  # fmt: skip


def _sheet(drawn: Picture, forms: list[str], hidden_rows: Collection[int], hidden_columns: Collection[int]) -> bytes:
    width = max((len(row) for row in drawn.rows), default=1)
    columns = b"".join(
        record(_COLUMN, struct.pack("<IIIIH", column, column, 2304, 0, 1)) for column in hidden_columns
    )
    rows = b"".join(
        record(_ROW, struct.pack("<IIHHBI", number, 0, 300, 0x1000 if number in hidden_rows else 0, 0, 0))
        + b"".join(_cell(column, cell, forms) for column, cell in enumerate(cells))
        for number, cells in enumerate(drawn.rows)
    )
    merged = b"".join(
        record(_MERGED, struct.pack("<IIII", top, bottom, left, right)) for top, left, bottom, right in drawn.merged
    )
    if merged:
        merged = record(_BEGIN_MERGED, struct.pack("<I", len(drawn.merged))) + merged + record(_END_MERGED)
    return b"".join(
        (
            record(_BEGIN_SHEET),
            record(_DIMENSION, struct.pack("<IIII", 0, max(len(drawn.rows) - 1, 0), 0, max(width - 1, 0))),
            record(_BEGIN_COLUMNS) + columns + record(_END_COLUMNS) if columns else b"",
            record(_BEGIN_DATA), rows, record(_END_DATA),
            merged,
            record(_END_SHEET),
        )
    )  # fmt: skip


def _cell(column: int, cell: Cell, forms: list[str]) -> bytes:
    place = struct.pack("<II", column, forms.index(cell.form) + 1 if cell.form else 0)
    value = cell.value
    if cell.error:
        return record(_ERROR, place + bytes([_ERROR_CODES[cell.error]]))
    if isinstance(value, date):
        return record(_REAL, place + struct.pack("<d", (value - date(1899, 12, 30)).days))
    if isinstance(value, float):
        return record(_REAL, place + struct.pack("<d", value))
    if isinstance(value, str):
        return record(_TEXT, place + text(value))
    return b""


def _comments(comments: Mapping[tuple[int, int], str]) -> bytes:
    written = b"".join(
        record(_COMMENT, struct.pack("<IIIII16x", 0, row, row, column, column))
        + record(_COMMENT_TEXT, b"\0" + text(words))
        + record(_END_COMMENT)
        for (row, column), words in comments.items()
    )
    return b"".join((record(_BEGIN_COMMENTS), record(_BEGIN_LIST), written, record(_END_LIST), record(_END_COMMENTS)))
