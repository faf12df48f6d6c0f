"""The change log: only ever added to, each entry carrying the hash of the one before; what can be undone follows."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple


class Verb(StrEnum):
    """What an entry of the log did."""

    CREATED = "created"
    SHARED = "copy made"
    PLAN_ADDED = "plan added"
    ACCEPTED = "accepted"
    CLEARED = "cleared"
    HELD = "held"
    BOARD_DATE = "board date changed"
    TOLD = "told before release"
    STATUS_SET = "status set by hand"
    LIMITS_CHOSEN = "limits chosen"
    SMALL_NUMBERS_SHOWN = "small numbers shown"
    UNDONE = "undone"
    REDONE = "redone"
    COMMENTARY = "commentary written"
    AGENDA = "agenda changed"
    PUBLISHED = "published"
    QUARTER_BEGUN = "quarter begun"
    HELD_SHOWN = "held figures shown"
    HELD_COPIED = "held figures copied"
    HELD_SAVED = "held figures saved"


ABOUT_CLEARANCE = (Verb.CLEARED, Verb.HELD, Verb.BOARD_DATE, Verb.TOLD)
JUDGEMENTS = (Verb.STATUS_SET, Verb.LIMITS_CHOSEN, Verb.SMALL_NUMBERS_SHOWN)
_CAN_BE_UNDONE = (Verb.ACCEPTED, *ABOUT_CLEARANCE, *JUDGEMENTS, Verb.COMMENTARY, Verb.AGENDA)


@dataclass(frozen=True)
class Entry:
    """One entry of the log.

    `title` names the deed ("Accepting “crime.xlsx”, 26 figures"), `summary` is a sentence for people. `about` is the
    entry that an undoing or redoing is about. `details` hold what was there before and after, as plain lists.
    """

    number: int
    at: datetime
    by: str
    verb: Verb
    title: str
    summary: str
    return_number: int | None
    about: int | None
    details: dict[str, Any]


def append(
    connection: sqlite3.Connection,
    verb: Verb,
    now: datetime,
    by: str,
    *,
    title: str,
    summary: str,
    details: dict[str, Any] | None = None,
    return_number: int | None = None,
    about: int | None = None,
) -> int:
    """Add an entry inside the transaction that does the deed, and return its number."""
    last = connection.execute("SELECT number, hash FROM change_log ORDER BY number DESC LIMIT 1").fetchone()
    number, previous = (last[0] + 1, last[1]) if last else (1, "")
    told = json.dumps(details or {}, ensure_ascii=False, separators=(",", ":"))
    row = (number, now.isoformat(), by, verb.value, title, summary, return_number, about, told)
    connection.execute(
        "INSERT INTO change_log (number, at, by, verb, title, summary, return_number, about, details,"
        " previous_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*row, previous, _entry_hash(row, previous)),
    )
    return number


def entry(connection: sqlite3.Connection, number: int) -> Entry:
    """The entry `number`; KeyError where there is none."""
    row = connection.execute(
        "SELECT number, at, by, verb, title, summary, return_number, about, details FROM change_log WHERE number = ?",
        (number,),
    ).fetchone()
    if row is None:
        raise KeyError(number)
    title, summary, return_number, about, details = row[4:]
    return Entry(
        number=row[0],
        at=datetime.fromisoformat(row[1]),
        by=row[2],
        verb=Verb(row[3]),
        title=title,
        summary=summary,
        return_number=return_number,
        about=about,
        details=json.loads(details),
    )


def undo_and_redo(connection: sqlite3.Connection) -> tuple[int | None, int | None]:
    """The number of the entry that undo would take back, and of the one that redo would do again.

    What was published has left the file: nothing from before it can be undone.
    """
    to_undo: list[int] = []
    to_redo: list[int] = []
    for number, verb, about in connection.execute("SELECT number, verb, about FROM change_log ORDER BY number"):
        if verb in _CAN_BE_UNDONE:
            to_undo.append(number)
            to_redo.clear()
        elif verb == Verb.UNDONE:
            to_undo.remove(about)
            to_redo.append(about)
        elif verb == Verb.REDONE:
            to_redo.remove(about)
            to_undo.append(about)
        elif verb == Verb.PUBLISHED:
            to_undo.clear()
            to_redo.clear()
    return (to_undo[-1] if to_undo else None), (to_redo[-1] if to_redo else None)


class Deed(NamedTuple):
    """What one entry altered: figures and kept rows with before and after, clearances; `put_back` if undone."""

    plan: str
    figures: list[Any]
    clearances: list[Any]
    rows: list[Any]
    put_back: bool


def deeds(connection: sqlite3.Connection) -> Iterator[Deed]:
    """Everything that was altered, in order."""
    told: dict[int, dict[str, Any]] = {}
    for number, verb, about, details in connection.execute(
        "SELECT number, verb, about, details FROM change_log ORDER BY number"
    ):
        if about is None:
            told[number] = json.loads(details)
        deed = told[about if about is not None else number]
        figures, recorded, rows = (deed.get(kind, []) for kind in ("altered", "clearances", "rows"))
        yield Deed(deed["plan"], figures, recorded, rows, verb == Verb.UNDONE)


def lines_about_returns(connection: sqlite3.Connection) -> dict[int, list[tuple[datetime, str]]]:
    """The dated summaries about each accepted return, newest first, by return number."""
    lines: dict[int, list[tuple[datetime, str]]] = {}
    for at, summary, number in connection.execute(
        "SELECT at, summary, return_number FROM change_log WHERE return_number IS NOT NULL ORDER BY number DESC"
    ):
        lines.setdefault(number, []).append((datetime.fromisoformat(at), summary))
    return lines


def head(connection: sqlite3.Connection) -> tuple[int, str]:
    """How many entries the log has and the hash of the last one (empty for none)."""
    row = connection.execute("SELECT number, hash FROM change_log ORDER BY number DESC LIMIT 1").fetchone()
    return (row[0], row[1]) if row else (0, "")


def problems(connection: sqlite3.Connection) -> list[str]:
    """What is wrong with the chain of hashes, as sentences; empty when every entry is as it was written."""
    found: list[str] = []
    previous, expected = "", 1
    for row in connection.execute(
        "SELECT number, at, by, verb, title, summary, return_number, about, details, previous_hash, hash"
        " FROM change_log ORDER BY number"
    ):
        number, told_previous, told = row[0], row[9], row[10]
        if number != expected:
            found.append(f"Entry {expected} of the change log is missing.")
        if told_previous != previous or _entry_hash(row[:9], told_previous) != told:
            found.append(f"Entry {number} of the change log is not as it was written.")
        previous, expected = told, number + 1
    return found


def _entry_hash(row: tuple[Any, ...], previous: str) -> str:
    written = json.dumps([*row, previous], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
