"""Clearances as rows: recorded one after the other, never changed but by undoing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date
from typing import Any

from pcp_desktop.domain.clearance import Clearance, ClearanceState, HoldTerms

_COLUMNS = (
    "number, plan, measure, state, through, until, recorded_on, recorded_by,"
    " reason, source, paragraph, public_interest, resolution, ends_on, organisation, area"
)
_WITHOUT_TERMS = ("", "", None, "", "", None, "", "")
_BEFORE_TERMS = 8
"""How many columns a row had that the change log tells from before holds had terms."""

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
            terms=HoldTerms(
                reason=row[8],
                source=row[9],
                paragraph=row[10],
                public_interest=row[11],
                resolution=row[12],
                ends_on=date.fromisoformat(row[13]) if row[13] else None,
            ),
            organisation=row[14],
            area=row[15],
        )
        for row in connection.execute(f"SELECT {_COLUMNS} FROM clearances WHERE plan = ? ORDER BY number", (plan,))
    )


def rows(connection: sqlite3.Connection) -> list[Row]:
    """Every row of every plan in the order of recording."""
    return list(connection.execute(f"SELECT {_COLUMNS} FROM clearances ORDER BY number"))


def new_rows(
    connection: sqlite3.Connection, plan: str, wanted: Iterable[Clearance], today: date, by: str
) -> list[Row]:
    """The rows for those of `wanted` that say something else than the last record of their measure and area."""
    last = {(record.measure, record.area): record for record in read(connection, plan)}
    number = connection.execute("SELECT coalesce(max(number), 0) FROM clearances").fetchone()[0]
    found: list[Row] = []
    for one in wanted:
        standing = last.get((one.measure, one.area))
        if standing and _says(standing) == _says(one):
            continue
        last[one.measure, one.area] = one
        number += 1
        told = (one.measure, one.state.value, one.through.isoformat(), one.until)
        found.append((number, plan, *told, (one.on or today).isoformat(), one.by or by, *_terms(one)))
    return found


def whole(row: Row) -> Row:
    """A row as the change log tells it, with the terms of a hold, which a row from before there were any lacks."""
    return (*row, *_WITHOUT_TERMS[len(row) - _BEFORE_TERMS :])


def _says(one: Clearance) -> Row:
    return (one.state, one.through, one.until, one.terms, one.organisation)


def _terms(one: Clearance) -> Row:
    terms = one.terms
    told = (terms.reason, terms.source, terms.paragraph, terms.public_interest, terms.resolution)
    return (*told, terms.ends_on.isoformat() if terms.ends_on else None, one.organisation, one.area)


def write(connection: sqlite3.Connection, rows: Iterable[Row]) -> None:
    """Record rows, under their own numbers."""
    places = ", ".join("?" * (_BEFORE_TERMS + len(_WITHOUT_TERMS)))
    connection.executemany(f"INSERT INTO clearances ({_COLUMNS}) VALUES ({places})", map(whole, rows))


def remove(connection: sqlite3.Connection, rows: Iterable[Row]) -> None:
    """Take rows back."""
    connection.executemany("DELETE FROM clearances WHERE number = ?", [(row[0],) for row in rows])
