"""Reads a dated series from a text file: date, value, and where they are given numerator and denominator."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from itertools import pairwise
from pathlib import Path

from pcp_desktop.domain.periods import in_words
from pcp_desktop.domain.written_series import WrittenPoint, WrittenSeries
from pcp_desktop.errors import UserError
from pcp_desktop.returns.cells import periods, values
from pcp_desktop.returns.files import csv_rows

COLUMNS = ("date", "value", "numerator", "denominator")
MOST_BYTES = 20_000_000
_NOTHING = "No chart was made."
_DAYS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<year>\d{4})(?P<between>[-/])(?P<month>\d{1,2})(?P=between)(?P<day>\d{1,2})(?:[T ].*)?\Z",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})\Z",
        r"(?P<day>\d{1,2})(?P<between>[-/])(?P<month>\d{1,2})(?P=between)(?P<year>\d{4})\Z",
    )
)
_WEEK = re.compile(r"(\d{4})-?W(\d{2})\Z")
_NUMBER = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?\Z")
_MISSING = ("", "na", "#n/a", "nan", "null", "none")


def read(path: Path) -> WrittenSeries:
    """The series in a file with a heading `date,value[,numerator,denominator]`, in any order of columns.

    Dates are ISO (2015-04-01, 20150401, 2015-W14), British (01/04/2015) or any writing of a period (Apr-15, Q3
    2015/16), which counts by its first day; 201112 is none, as it may be a month or a year. An empty cell or a marker
    such as `..` is a missing figure. Raises UserError, naming the row, for anything that is no date or number, a date
    that comes twice, an impossible base, and a file that cannot be read.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _refused(f"{path.name} is larger than a series of figures can be.", "Give a file with one series.")
        rows = [(line, cells) for line, cells in csv_rows.rows(path.read_bytes()) if any(cells)]
    except OSError as error:
        raise _refused(
            f"{path.name} could not be read ({error.strerror or error}).", "Check the name and that it may be opened."
        ) from error
    except (csv.Error, ValueError) as error:
        raise _refused(f"{path.name} is no table of text ({error}).", "Save the series as CSV.") from error
    if not rows:
        raise _refused(f"{path.name} is empty.", "Give it the heading date,value and a row for each date.")
    columns, body = _headed(rows, path.name)
    points = [_point(cells, columns, f"Row {line} of {path.name}", line) for line, cells in body]
    _refuse_rolling([cells[columns["date"]] for _line, cells in body], path.name)
    if not points:
        raise _refused(f"{path.name} has a heading and no rows.", "Add a row for each date.")
    ordered = sorted(points, key=lambda point: point.day)
    for earlier, later in pairwise(ordered):
        if earlier.day == later.day:
            raise _refused(
                f"Rows {earlier.row} and {later.row} of {path.name} both give {in_words(later.day)}.",
                "Keep one row for each date.",
            )
    return WrittenSeries(path.stem, path.name, tuple(ordered), ordered == points)


def _refuse_rolling(texts: Sequence[str], name: str) -> None:
    """Raise UserError where dates are written as periods that share days with their neighbours."""
    written = sorted({period for text in texts if _day(text) is None and (period := periods.parse(text)) is not None})
    for earlier, later in pairwise(written):
        if earlier.overlaps(later):
            raise UserError(
                f"{name} gives rolling figures: “{earlier.label}” and “{later.label}” share months, so that "
                "neighbours move together and have no control limits.",
                _NOTHING,
                "Give the figures of each month or quarter by itself.",
            )


def _headed(
    rows: Sequence[tuple[int, list[str]]], name: str
) -> tuple[dict[str, int], Sequence[tuple[int, list[str]]]]:
    """Where the columns stand, and the rows below the heading; the plain order where there is no heading."""
    heading = [cell.lower() for cell in rows[0][1]]
    columns = {column: heading.index(column) for column in COLUMNS if column in heading}
    if not columns and day_of(rows[0][1][0]) is not None:
        return dict(zip(COLUMNS, range(len(rows[0][1])), strict=False)), rows
    lacks = "date" not in columns or ("value" not in columns and not {"numerator", "denominator"} <= columns.keys())
    if lacks:
        raise _refused(
            f"The first row of {name} names no column “date” with a column “value”.",
            f"Begin the file with {','.join(COLUMNS[:2])}, or with {','.join(COLUMNS)}.",
        )
    return columns, rows[1:]


def _point(cells: list[str], columns: dict[str, int], where: str, line: int) -> WrittenPoint:
    texts = {name: cells[at] if at < len(cells) else "" for name, at in columns.items()}
    day = day_of(texts["date"])
    if day is None:
        raise _refused(f"{where}: “{texts['date']}” is no date.", "Write dates as 2015-04-01 or 01/04/2015.")
    numbers = {name: _number(texts.get(name, ""), name, where) for name in COLUMNS[1:]}
    numerator, denominator = numbers["numerator"], numbers["denominator"]
    for name in ("numerator", "denominator"):
        number = numbers[name]
        if number is not None and number < 0:
            raise _refused(f"{where}: the {name} is below nought.", "Correct it, or leave it out.")
    if denominator == 0 and numerator:
        raise _refused(f"{where}: there are events, but the denominator is 0.", "Correct the denominator.")
    return WrittenPoint(line, day, numbers["value"], numerator, denominator)


def day_of(text: str) -> date | None:
    """The day that a date says, or the first day of a period; None where the text is neither."""
    period = None if _day(text) is not None else periods.parse(text)
    return period.start if period is not None else _day(text)


def _day(text: str) -> date | None:
    """The day that a text says in figures; of a week its Monday."""
    for pattern in _DAYS:
        found = pattern.match(text)
        if found:
            with suppress(ValueError):
                return date(int(found["year"]), int(found["month"]), int(found["day"]))
    week = _WEEK.match(text)
    if week:
        with suppress(ValueError):
            return date.fromisocalendar(int(week[1]), int(week[2]), 1)
    return None


def _number(text: str, column: str, where: str) -> float | None:
    """The number in a cell, at full precision; None where the cell is empty or says that there is none."""
    if text.lower() in _MISSING:
        return None
    if _NUMBER.match(text):
        found = float(text)
        if math.isfinite(found):
            return found
    figure = values.parse(text)
    if figure is None:
        raise _refused(
            f"{where}: “{text}” in the column “{column}” is no number.",
            "Put a number there, or leave the cell empty where the figure is missing.",
        )
    return None if figure.number is None else figure.number * figure.scale


def _refused(what: str, what_to_do: str) -> UserError:
    return UserError(what, _NOTHING, what_to_do)
