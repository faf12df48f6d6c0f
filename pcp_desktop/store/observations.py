"""Observations as rows: reading all of a plan's, writing many at once, and putting back what was there before."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date
from typing import Any

from pcp_desktop.domain.observations import Marker, Observation, ObservationKey, Part, Source
from pcp_desktop.domain.periods import Period, PeriodKind

_KEY = "measure, area, period_end, period_start, period_kind, part"
_REST = "value, text, marker, source_file, source_sheet, source_cell, return_number"
_KEY_COLUMNS = 6

# A row without its plan: the key's columns first, then the rest; None instead of a row says that there was none.
Row = tuple[Any, ...]
# (key, row before, row after), as the change log keeps it.
Altered = tuple[Row, Row | None, Row | None]


def read(connection: sqlite3.Connection, plan: str) -> tuple[Observation, ...]:
    """All observations of a plan in the order of measure, area, period (by last day), part."""
    markers = {marker.value: marker for marker in Marker}
    parts = {part.value: part for part in Part}
    kinds = {kind.value: kind for kind in PeriodKind}
    periods: dict[tuple[str, str, str], Period] = {}
    observations: list[Observation] = []
    for row in rows(connection, plan):
        named = row[2:5]
        period = periods.get(named)
        if period is None:
            period = Period(date.fromisoformat(row[2]), date.fromisoformat(row[3]), kinds[row[4]])
            periods[named] = period
        key = ObservationKey(row[0], row[1], period, parts[row[5]])
        source = Source(row[9], row[10], row[11])
        observations.append(Observation(key, row[6], markers[row[8]], source, row[7], row[12]))
    return tuple(observations)


def rows(connection: sqlite3.Connection, plan: str) -> list[Row]:
    """All rows of a plan in the order of their keys."""
    return list(
        connection.execute(f"SELECT {_KEY}, {_REST} FROM observations WHERE plan = ? ORDER BY {_KEY}", (plan,))
    )


def key_of(row: Row) -> Row:
    """The key's columns of a row."""
    return row[:_KEY_COLUMNS]


def as_row(observation: Observation, return_number: int) -> Row:
    """An observation as the row that accepted return `return_number` brings."""
    source = observation.source
    return (
        *key_row(observation.key),
        None if observation.value is None else float(observation.value),
        observation.text,
        observation.marker.value,
        source.file,
        source.sheet,
        source.cell,
        return_number,
    )


def key_row(key: ObservationKey) -> Row:
    """The key's columns."""
    period = key.period
    dates = (period.end.isoformat(), period.start.isoformat(), period.kind.value)
    return (key.measure, key.area, *dates, key.part.value)


def stored(connection: sqlite3.Connection, plan: str, key: Row) -> Row | None:
    """The row stored for a key, or None."""
    row: Row | None = connection.execute(
        f"SELECT {_KEY}, {_REST} FROM observations WHERE plan = ? AND measure = ? AND area = ? AND period_end = ?"
        " AND period_start = ? AND period_kind = ? AND part = ?",
        (plan, *key),
    ).fetchone()
    return row


def says_the_same(row: Row | None, other: Row) -> bool:
    """Whether two rows of one key hold the same value, words and marker, wherever they came from."""
    return row is not None and row[_KEY_COLUMNS : _KEY_COLUMNS + 3] == other[_KEY_COLUMNS : _KEY_COLUMNS + 3]


def write(connection: sqlite3.Connection, plan: str, rows: Iterable[Row]) -> None:
    """Write rows, in place of what is stored for their keys."""
    connection.executemany(
        f"INSERT INTO observations (plan, {_KEY}, {_REST}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        f" ON CONFLICT (plan, {_KEY}) DO UPDATE SET value = excluded.value, text = excluded.text,"
        " marker = excluded.marker, source_file = excluded.source_file, source_sheet = excluded.source_sheet,"
        " source_cell = excluded.source_cell, return_number = excluded.return_number",
        [(plan, *row) for row in rows],
    )


def put_back(connection: sqlite3.Connection, plan: str, altered: Iterable[Altered], *, before: bool) -> None:
    """Make every altered key what it was `before` the change, or after it."""
    keys, wanted = [], []
    for key, row_before, row_after in altered:
        row = row_before if before else row_after
        if row is None:
            keys.append((plan, *key))
        else:
            wanted.append(row)
    connection.executemany(
        "DELETE FROM observations WHERE plan = ? AND measure = ? AND area = ? AND period_end = ?"
        " AND period_start = ? AND period_kind = ? AND part = ?",
        keys,
    )
    write(connection, plan, wanted)


def counts_by_return(connection: sqlite3.Connection, plan: str) -> dict[int, int]:
    """How many stored observations each accepted return brought."""
    return dict(
        connection.execute(
            "SELECT return_number, count(*) FROM observations WHERE plan = ? GROUP BY return_number", (plan,)
        )
    )
