"""Rows that are written, changed and taken away whole, each alteration with its row before and after for the log."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

Row = tuple[Any, ...]
Alteration = tuple[str, Row, Row | None, Row | None]
"""A table, the key in it, the row before (None: it was not there) and the row after (None: it was taken away)."""

# The tables in which rows are kept so, each with the columns that make its key; they are its first columns.
KEYS: dict[str, tuple[str, ...]] = {
    "commentaries": ("plan", "priority", "period_kind", "period_start", "period_end"),
    "meetings": ("plan", "position"),
    "meeting_particulars": ("plan", "meeting"),
    "agenda_items": ("plan", "meeting", "item"),
    "published_packs": ("plan", "meeting", "audience"),
    "published_counts": ("plan", "meeting", "measure", "area", "period_kind", "period_start", "period_end"),
    "remembered_answers": ("plan", "organisation", "kind", "about"),
    "board_meetings": ("plan", "organisation", "board", "period_kind", "period_start", "period_end"),
    "recipients": ("plan", "number"),
    "statuses_set_by_hand": ("plan", "measure", "area", "period_kind", "period_start", "period_end"),
    "chosen_limits": ("plan", "measure", "area", "origin", "first_day"),
    "settings": ("name",),
}

_GROWN: dict[str, Row] = {"recipients": ("",)}
"""The last columns of a table that were added later, with what they hold in rows that the log tells from before."""
_COLUMNS = {"recipients": 9}

SHIPPED = ("meetings",)
"""Tables whose rows may come with a plan, without an entry of the log; the log tells only what was done to them."""


_OWN = {("settings", "needs_program_version")}
"""The keys of rows that the program writes for itself: they are no deed and not in the log."""


def whole(table: str, row: Row) -> Row:
    """A row as the change log tells it, with the columns that its table has had since."""
    grown = _GROWN.get(table, ())
    lacking = _COLUMNS[table] - len(row) if grown else 0
    return (*row, *grown[len(grown) - lacking :]) if lacking else tuple(row)


def read(connection: sqlite3.Connection, table: str, key: Row) -> Row | None:
    """The row of a key; None where there is none."""
    row: Row | None = connection.execute(f"SELECT * FROM {table} WHERE {_where(table)}", key).fetchone()
    return row


def put(connection: sqlite3.Connection, table: str, row: Row) -> Alteration | None:
    """Write a row in place of the one with its key; None where it says the same already."""
    key = row[: len(KEYS[table])]
    before = read(connection, table, key)
    if before == row:
        return None
    _write(connection, table, row)
    return (table, key, before, row)


def take_away(connection: sqlite3.Connection, table: str, key: Row) -> Alteration | None:
    """Delete the row of a key; None where there was none."""
    before = read(connection, table, key)
    if before is None:
        return None
    connection.execute(f"DELETE FROM {table} WHERE {_where(table)}", key)
    return (table, key, before, None)


def put_back(connection: sqlite3.Connection, alterations: Sequence[Alteration], *, before: bool) -> None:
    """Make every altered row what it was before the alterations, the last one first, or after them."""
    for table, key, row_before, row_after in reversed(alterations) if before else alterations:
        row = row_before if before else row_after
        if row is None:
            connection.execute(f"DELETE FROM {table} WHERE {_where(table)}", tuple(key))
        else:
            _write(connection, table, whole(table, row))


def every(connection: sqlite3.Connection) -> dict[Row, Row]:
    """All kept rows by table and key."""
    return {
        (table, *row[: len(columns)]): tuple(row)
        for table, columns in KEYS.items()
        for row in connection.execute(f"SELECT * FROM {table}")
        if (table, *row[: len(columns)]) not in _OWN
    }


def _where(table: str) -> str:
    return " AND ".join(f"{column} = ?" for column in KEYS[table])


def _write(connection: sqlite3.Connection, table: str, row: Row) -> None:
    places = ", ".join("?" * len(row))
    connection.execute(f"INSERT OR REPLACE INTO {table} VALUES ({places})", row)
