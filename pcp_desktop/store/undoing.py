"""Undo and redo: what an entry of the change log altered is put back, or done again, as a further entry."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from pcp_desktop.domain.changes import Changes
from pcp_desktop.store import clearances, history, kept_rows, observations, returns
from pcp_desktop.store.history import Entry, Verb


def undo(connection: sqlite3.Connection, now: datetime, by: str) -> Changes:
    """Take back the last deed not yet undone, inside the caller's transaction."""
    number = history.undo_and_redo(connection)[0]
    if number is None:
        return Changes("There is nothing to undo.")
    return _turn(connection, history.entry(connection, number), Verb.UNDONE, now, by)


def redo(connection: sqlite3.Connection, now: datetime, by: str) -> Changes:
    """Do again what was undone last, inside the caller's transaction."""
    number = history.undo_and_redo(connection)[1]
    if number is None:
        return Changes("There is nothing to redo.")
    return _turn(connection, history.entry(connection, number), Verb.REDONE, now, by)


def _turn(connection: sqlite3.Connection, entry: Entry, verb: Verb, now: datetime, by: str) -> Changes:
    """Put everything `entry` altered as it was before it (undone) or after it (redone), and log that."""
    back = verb is Verb.UNDONE
    altered = entry.details.get("altered", [])
    observations.put_back(connection, entry.details["plan"], altered, before=back)
    if entry.return_number is not None:
        returns.withdraw(connection, entry.return_number, withdrawn=back)
    rows = entry.details.get("rows", [])
    kept_rows.put_back(connection, rows, before=back)
    recorded = entry.details.get("clearances", [])
    if back:
        clearances.remove(connection, recorded)
    else:
        clearances.write(connection, recorded)
    deed = entry.title[0].lower() + entry.title[1:]
    summary = f"Undone: {deed}." if back else f"Done again: {deed}."
    history.append(
        connection,
        verb,
        now,
        by,
        title=("Undoing: " if back else "Redoing: ") + deed,
        summary=summary,
        return_number=entry.return_number,
        about=entry.number,
    )
    return Changes(
        summary,
        observations=len(altered),
        returns=entry.return_number is not None,
        clearances=bool(recorded) or entry.verb in history.ABOUT_CLEARANCE,
        commentary=entry.verb is Verb.COMMENTARY,
        meetings=entry.verb is Verb.AGENDA,
        judgements=entry.verb in history.JUDGEMENTS,
    )
