"""Held figures that were shown, copied or saved, as entries of the change log; none of them can be undone."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime

from pcp_desktop.domain.formats import counted, listed
from pcp_desktop.domain.held_access import Access, HeldAccess, HeldFigures
from pcp_desktop.store import history
from pcp_desktop.store.history import Verb

_VERBS = {Access.SHOWN: Verb.HELD_SHOWN, Access.COPIED: Verb.HELD_COPIED, Access.SAVED: Verb.HELD_SAVED}
_ACCESSES = {verb.value: access for access, verb in _VERBS.items()}
_OF_ACCESS = f"FROM change_log WHERE verb IN ({', '.join('?' * len(_ACCESSES))})"


def record(
    connection: sqlite3.Connection, plan: str, access: Access, what: HeldFigures, now: datetime, by: str
) -> None:
    """Add the entry about held figures, inside the caller's transaction."""
    labels = dict(connection.execute("SELECT code, label FROM measures WHERE plan = ?", (plan,)))
    names = listed([labels.get(code, code) for code in what.measures])
    file = f" “{what.file}”" if what.file else ""
    said = ", ".join(part for part in (names, what.periods, counted(what.count, "held figure")) if part)
    history.append(
        connection,
        _VERBS[access],
        now,
        by,
        title=f"{access.value}: {what.form}{file}",
        summary=f"{access.value}: {what.form}{file} ({said}).",
        details={
            "plan": plan,
            "form": what.form,
            "measures": what.measures,
            "periods": what.periods,
            "figures": what.count,
            "file": what.file,
        },
    )


def read(connection: sqlite3.Connection, plan: str) -> tuple[HeldAccess, ...]:
    """Every access to held figures of a plan, newest first."""
    rows = connection.execute(f"SELECT verb, at, by, details {_OF_ACCESS} ORDER BY number DESC", tuple(_ACCESSES))
    told = ((_ACCESSES[verb], at, by, json.loads(details)) for verb, at, by, details in rows)
    return tuple(
        HeldAccess(
            access,
            HeldFigures(one["form"], tuple(one["measures"]), one["periods"], one["figures"], one["file"]),
            datetime.fromisoformat(at),
            by,
        )
        for access, at, by, one in told
        if one["plan"] == plan
    )


def count(connection: sqlite3.Connection) -> int:
    """How many accesses to held figures the change log tells of, in all plans."""
    number: int = connection.execute(f"SELECT count(*) {_OF_ACCESS}", tuple(_ACCESSES)).fetchone()[0]
    return number
