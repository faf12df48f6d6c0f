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
from pcp_desktop.returns.files.told import PLAIN, BeyondValues, Cell, Day, Moment, Told, ToldSheet

MEMORY_LIMIT = 1024**3
PROCESSOR_SECONDS = 10
MOST_CELLS = 2_100_000
MOST_ROWS = 201_000
MOST_CARRIED = 600_000
"""Sheets with more cells are told by their first rows: no table is looked for in them."""
_FIRST = 1000


class TooLarge(Exception):
    """A sheet has more rows or cells than the program reads."""


def answered(request: dict[str, Any], content: bytes) -> Answer:
    """What `parse` tells of a file (its `name`), or the problem with it, as MessagePack."""
    return {}, msgspec.msgpack.encode(_told(str(request["name"]), content))


def _told(name: str, content: bytes) -> Told:
    try:
        return parse(name, content)
    except TooLarge as error:
        return Told(problem="too large", words=str(error))
    except MemoryError:
        return Told(problem="too large", words="it needs more memory than the program allows")
    except BaseException as error:  # noqa: BLE001 - calamine's panics are BaseExceptions
        return Told(problem="unreadable", words=f"{type(error).__name__}: {error}"[:500])


def parse(name: str, content: bytes) -> Told:
    """The sheets of a file; raises whatever the parser raises."""
    if name.lower().endswith(".csv"):
        return Told([ToldSheet("", _csv_rows(content), beyond=BeyondValues())])
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets = []
    for number, metadata in enumerate(book.sheets_metadata):
        if metadata.typ is SheetTypeEnum.WorkSheet:
            sheet = book.get_sheet_by_index(number)
            merged = [(*first, *last) for first, last in sheet.merged_cell_ranges or []]
            hidden = metadata.visible is not SheetVisibleEnum.Visible
            sheets.append(ToldSheet(metadata.name, *_values(sheet), hidden, merged))
    # A sheet too large, or a file that holds no values, is refused before more is looked for in it.
    facts, properties = _beyond_values(content)
    for told in sheets:
        told.beyond = facts.get(told.name)
    return Told(sheets, properties)


def _beyond_values(content: bytes) -> tuple[dict[str, BeyondValues], dict[str, str]]:
    """What the readers of facts say of each sheet, and custom properties; sheets they cannot read are missing."""
    from pcp_desktop.returns.files import ods_facts, sheet_facts, xls_facts, xlsb_facts

    try:
        if not content.startswith(b"PK"):
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


def _values(sheet: Any) -> tuple[list[list[Cell]], int]:
    """The rows of a sheet and 0; of one too long for a return only the first, and how many there are."""
    last_row, last_column = sheet.end or (0, 0)
    size = (last_row + 1) * (last_column + 1)
    if last_row >= MOST_ROWS or size > MOST_CELLS:
        raise TooLarge(f"sheet “{sheet.name}” has {last_row + 1:,} rows and {last_column + 1:,} columns")
    if size > MOST_CARRIED:
        return _rows(sheet.to_python(skip_empty_area=False, nrows=_FIRST)), last_row + 1
    return _rows(sheet.to_python(skip_empty_area=False)), 0


def _rows(rows: list[list[Any]]) -> list[list[Cell]]:
    plain = ([_words(value) if type(value) is str else value for value in row] for row in rows)
    return [row if PLAIN.issuperset(map(type, row)) else [_cell(value) for value in row] for row in plain]


def _words(value: str) -> str | None:
    """Text in its composed form (NFC) without null characters; None for a cell of blanks."""
    if not value or value.isspace():
        return None
    return value if value.isascii() and "\0" not in value else unicodedata.normalize("NFC", value.replace("\0", ""))


def _cell(value: object) -> Cell:
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, str):
        return _words(value)
    if isinstance(value, int):
        return float(value)
    if isinstance(value, datetime):
        return Day(value.date()) if value.time() == time(0) else Moment(value)
    if isinstance(value, date):
        return Day(value)
    if isinstance(value, timedelta):
        return value.total_seconds() / 86400
    return str(value)


def _csv_rows(content: bytes) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    cells = 0
    for _line, row in csv_rows.rows(content):
        cells += len(row)
        if len(rows) >= MOST_ROWS or cells > MOST_CELLS:
            raise TooLarge(f"the file has more than {MOST_ROWS:,} rows or {MOST_CELLS:,} cells")
        rows.append([_words(value) for value in row])
    return rows


if __name__ == "__main__":
    # Plain values hold no cycles; looking for them among a million cells takes longer than parsing.
    gc.disable()
    serve(answered, MEMORY_LIMIT, PROCESSOR_SECONDS)
