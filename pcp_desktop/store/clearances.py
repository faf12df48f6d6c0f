"""Clearances as rows: recorded one after the other, never changed but by undoing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date
from typing import Any

from pcp_desktop.domain.clearance import Clearance, ClearanceState

_COLUMNS = "number, plan, measure, state, through, until, recorded_on, recorded_by"

Row = tuple[Any, ...]


def read(connection: sqlite3.Connection, plan: str) -> tuple[Clearance, ...]:
    """The clearances of a plan in the order they were recorded."""
    return tuple(
        Clearance(
            measure=row[2],
            state=ClearanceState(row[3]),
            through=date.fromisoformat(row[4]),
            until=row[5],
            on=date.fromisoformat(row[6]),
            by=row[7],
        )
        for row in connection.execute(f"SELECT {_COLUMNS} FROM clearances WHERE plan = ? ORDER BY number", (plan,))
    )


def rows(connection: sqlite3.Connection) -> list[Row]:
    """Every row of every plan in the order of recording."""
    return list(connection.execute(f"SELECT {_COLUMNS} FROM clearances ORDER BY number"))


def new_rows(
    connection: sqlite3.Connection, plan: str, wanted: Iterable[Clearance], today: date, by: str
) -> list[Row]:
    """The rows for those of `wanted` that say something else than the last record of their measure."""
    last = {record.measure: record for record in read(connection, plan)}
    number = connection.execute("SELECT coalesce(max(number), 0) FROM clearances").fetchone()[0]
    found: list[Row] = []
    for one in wanted:
        standing = last.get(one.measure)
        if standing and (standing.state, standing.through, standing.until) == (one.state, one.through, one.until):
            continue
        last[one.measure] = one
        number += 1
        told = (one.measure, one.state.value, one.through.isoformat(), one.until)
        found.append((number, plan, *told, (one.on or today).isoformat(), one.by or by))
    return found


def write(connection: sqlite3.Connection, rows: Iterable[Row]) -> None:
    """Record rows, under their own numbers."""
    connection.executemany(f"INSERT INTO clearances ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)


def remove(connection: sqlite3.Connection, rows: Iterable[Row]) -> None:
    """Take rows back."""
    connection.executemany("DELETE FROM clearances WHERE number = ?", [(row[0],) for row in rows])
