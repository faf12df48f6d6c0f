"""The limited child process that parses strangers' files: bytes in, plain values out. Never imported by the window.

An answer is plain values as JSON has them, written as MessagePack, which takes a tenth of the time for a million
cells and can be read safely whatever a file has made of this process.
"""

from __future__ import annotations

import gc
import io
import unicodedata
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any

import msgspec

from pcp_desktop.child_process import Answer, serve
from pcp_desktop.returns.files import csv_rows

MEMORY_LIMIT = 1024**3
PROCESSOR_SECONDS = 10
MOST_CELLS = 2_100_000
MOST_ROWS = 201_000
MOST_CARRIED = 600_000
"""Sheets with more cells are told by their first rows: no table is looked for in them."""
_FIRST = 1000
_PLAIN = frozenset({float, str, bool, type(None)})


class TooLarge(Exception):
    """A sheet has more rows or cells than the program reads."""


def answered(request: dict[str, Any], content: bytes) -> Answer:
    """What `parse` says of a file (its `name`), or the `problem` with it, as MessagePack."""
    return {}, msgspec.msgpack.encode(_answer(str(request["name"]), content))


def _answer(name: str, content: bytes) -> dict[str, Any]:
    try:
        return parse(name, content)
    except TooLarge as error:
        return {"problem": "too large", "words": str(error)}
    except MemoryError:
        return {"problem": "too large", "words": "it needs more memory than the program allows"}
    except BaseException as error:  # noqa: BLE001 - calamine's panics are BaseExceptions
        return {"problem": "unreadable", "words": f"{type(error).__name__}: {error}"[:500]}


def parse(name: str, content: bytes) -> dict[str, Any]:
    """The sheets of a file as JSON values; raises whatever the parser raises."""
    if name.lower().endswith(".csv"):
        return {"sheets": [_csv_sheet(content)]}
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets = []
    for number, metadata in enumerate(book.sheets_metadata):
        if metadata.typ is SheetTypeEnum.WorkSheet:
            sheet = book.get_sheet_by_index(number)
            merged = [(*first, *last) for first, last in sheet.merged_cell_ranges or []]
            hidden = metadata.visible is not SheetVisibleEnum.Visible
            sheets.append({"name": metadata.name, "hidden": hidden, "merged": merged, **_values(sheet)})
    # A sheet too large, or a file that holds no values, is refused before more is looked for in it.
    facts, properties = _beyond_values(content)
    for described in sheets:
        described.update(facts.get(described["name"], {"values_alone": True}))
    return {"sheets": sheets, "properties": properties}


def _beyond_values(content: bytes) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    """What the readers of facts say of each sheet, and custom properties; sheets they cannot read are missing."""
    from pcp_desktop.returns.files import ods_facts, sheet_facts, xls_facts, xlsb_facts

    try:
        if not zipfile.is_zipfile(io.BytesIO(content)):
            return xls_facts.facts_by_sheet(content), {}
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if "xl/workbook.xml" in names:
                return sheet_facts.facts_by_sheet(archive), sheet_facts.custom_properties(archive)
            if "xl/workbook.bin" in names:
                return xlsb_facts.facts_by_sheet(archive), sheet_facts.custom_properties(archive)
            return (ods_facts.facts_by_sheet(archive) if "content.xml" in names else {}), {}
    except Exception:  # noqa: BLE001 - the values can be read without these facts, which the answer then says
        return {}, {}


def _values(sheet: Any) -> dict[str, Any]:
    """The rows of a sheet; of one too long for a return only the first, and how many there are."""
    last_row, last_column = sheet.end or (0, 0)
    size = (last_row + 1) * (last_column + 1)
    if last_row >= MOST_ROWS or size > MOST_CELLS:
        raise TooLarge(f"sheet “{sheet.name}” has {last_row + 1:,} rows and {last_column + 1:,} columns")
    if size > MOST_CARRIED:
        return {"rows": _rows(sheet.to_python(skip_empty_area=False, nrows=_FIRST)), "rows_in_file": last_row + 1}
    return {"rows": _rows(sheet.to_python(skip_empty_area=False))}


def _rows(rows: list[list[Any]]) -> list[list[Any]]:
    plain = ([_words(value) if type(value) is str else value for value in row] for row in rows)
    return [row if _PLAIN.issuperset(map(type, row)) else [_plain(value) for value in row] for row in plain]


def _words(value: str) -> str | None:
    """Text in its composed form (NFC) without null characters; None for a cell of blanks."""
    if not value or value.isspace():
        return None
    return value if value.isascii() and "\0" not in value else unicodedata.normalize("NFC", value.replace("\0", ""))


def _plain(value: object) -> Any:
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, str):
        return _words(value)
    if isinstance(value, int):
        return float(value)
    if isinstance(value, datetime):
        midnight = value.time() == time(0)
        return {"date": value.date().isoformat()} if midnight else {"datetime": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, timedelta):
        return value.total_seconds() / 86400
    return str(value)


def _csv_sheet(content: bytes) -> dict[str, Any]:
    rows: list[list[Any]] = []
    cells = 0
    for _line, row in csv_rows.rows(content):
        cells += len(row)
        if len(rows) >= MOST_ROWS or cells > MOST_CELLS:
            raise TooLarge(f"the file has more than {MOST_ROWS:,} rows or {MOST_CELLS:,} cells")
        rows.append([_plain(value) for value in row])
    return {"name": "", "hidden": False, "rows": rows}


if __name__ == "__main__":
    # Plain values hold no cycles; looking for them among a million cells takes longer than parsing.
    gc.disable()
    serve(answered, MEMORY_LIMIT, PROCESSOR_SECONDS)
