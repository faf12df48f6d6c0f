"""What the child process tells of a file: values for the pipe, checked for their kind as they come out of it.

Whatever a stranger's file has made of the child, only these kinds of value reach the program.
"""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from pcp_desktop.returns.files.number_formats import NumberFormats
from pcp_desktop.returns.files.workbook import Position, Rectangle


class Day(msgspec.Struct, array_like=True, tag=True):
    """A cell that holds a date."""

    value: date


class Moment(msgspec.Struct, array_like=True, tag=True):
    """A cell that holds a date and a time other than midnight."""

    value: datetime


Cell = float | str | bool | None | Day | Moment
PLAIN = frozenset({float, str, bool, type(None)})
"""The types of cell that are values as they are."""


class BeyondValues(msgspec.Struct):
    """What a sheet says beyond its values, in the words of `Sheet`."""

    merged: list[Rectangle] = []
    hidden_rows: set[int] = set()
    hidden_columns: set[int] = set()
    formats: NumberFormats = msgspec.field(default_factory=NumberFormats)
    errors: dict[Position, str] = {}
    unvalued: set[Position] = set()
    comments: dict[Position, str] = {}


class ToldSheet(msgspec.Struct):
    """One sheet; `beyond` is None where nothing but its values and merged cells could be read."""

    name: str
    rows: list[list[Cell]]
    rows_in_file: int = 0
    hidden: bool = False
    merged: list[Rectangle] = []
    beyond: BeyondValues | None = None


class Told(msgspec.Struct):
    """The sheets of a file and its custom properties, or the `problem` with it, which `words` describe."""

    sheets: list[ToldSheet] = []
    properties: dict[str, str] = {}
    problem: str = ""
    words: str = ""
