"""A received workbook as plain values: sheets, cells, and what the file says about them. Knows no measures."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time

from pcp_desktop.returns.files.number_formats import NumberFormats

CellValue = float | str | bool | date | datetime | time | None
Position = tuple[int, int]
"""A row and a column, both counted from 0."""
Rectangle = tuple[int, int, int, int]
"""First row, first column, last row, last column, counted from 0 and included."""

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})\Z")


@dataclass(frozen=True)
class Sheet:
    """One sheet. `rows` begin at A1, so that row and column numbers are addresses less one; all are equally long.

    `formats` hold the number formats of cells that have one beyond General, `errors` the error words of cells
    (`#N/A`), `unvalued` the formulas whose result the file does not hold. `values_alone` says that none of these
    could be read. `rows_in_file` is set where the sheet is too long for a return and only its first rows are here.
    """

    name: str
    rows: tuple[tuple[CellValue, ...], ...]
    hidden: bool = False
    merged: tuple[Rectangle, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    formats: NumberFormats = field(default_factory=NumberFormats)
    errors: dict[Position, str] = field(default_factory=dict)
    unvalued: frozenset[Position] = frozenset()
    comments: dict[Position, str] = field(default_factory=dict)
    rows_in_file: int = 0
    values_alone: bool = False

    def value(self, row: int, column: int) -> CellValue:
        """What stands in a cell; None beyond the edge."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return None

    @property
    def width(self) -> int:
        """How many columns the sheet has."""
        return len(self.rows[0]) if self.rows else 0


@dataclass(frozen=True)
class Workbook:
    """A file as it was received, with its sheets in the file's order.

    `properties` are the custom document properties, where an issued template keeps its identifier. `notes` are
    sentences about what was left alone (macros, links to other files).
    """

    file: str
    content: bytes
    sha256: str
    sheets: tuple[Sheet, ...]
    properties: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def column_letters(column: int) -> str:
    """The letters of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """A cell's address as Excel shows it: (6, 11) is L7."""
    return f"{column_letters(column)}{row + 1}"


def position(cell: str) -> Position:
    """The row and column, from 0, of an address such as `L7`; ValueError where it is none."""
    found = _ADDRESS.match(cell)
    if not found:
        raise ValueError(cell)
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def rectangle(cells: str) -> Rectangle:
    """The corners of a range such as `A1:C4` or of a single cell; ValueError where it is none."""
    first, _, last = cells.partition(":")
    top, left = position(first)
    bottom, right = position(last or first)
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)


def range_label(corners: Rectangle) -> str:
    """A rectangle as Excel shows it: `A1:C4`."""
    return f"{address(corners[0], corners[1])}:{address(corners[2], corners[3])}"
