"""Verification: whether a panel file's pages, tables, references, received files and change log hold together."""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import dataclass
from typing import Any

from pcp_desktop.store import clearances, held_access, history, kept_rows, observations, opening, plans, returns

_MOST_FINDINGS = 20


@dataclass(frozen=True)
class VerifyReport:
    """What verifying a panel file found.

    `integrity` is SQLite's own word, "ok" when its pages hold together. `log_head` is the hash of the last entry of
    the change log. `problems` are sentences; `ok` says that there are none. `held_accesses` is how often the
    log tells that held figures were shown, copied or saved.
    """

    ok: bool
    schema_version: int
    integrity: str
    log_entries: int
    log_head: str
    problems: tuple[str, ...] = ()
    held_accesses: int = 0


def verify(connection: sqlite3.Connection) -> VerifyReport:
    """Check everything that can be checked; nothing is written, and damage is reported, never raised."""
    problems: list[str] = []
    version, entries, head, integrity, accesses = 0, 0, "", "not readable", 0
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        found = [row[0] for row in connection.execute(f"PRAGMA integrity_check({_MOST_FINDINGS})")]
        integrity = "; ".join(found)
        if found != ["ok"]:
            problems += [f"The file’s pages do not hold together: {line}." for line in found]
        for table, *_ in connection.execute("PRAGMA foreign_key_check").fetchmany(_MOST_FINDINGS):
            problems.append(f"A row of {table} refers to something that is not there.")
        if opening.schema(connection) != opening.expected_schema(version):
            problems.append("The tables are not those of a panel file of this version.")
        problems += _changed_files(connection)
        problems += history.problems(connection)
        if not problems:
            problems += _unlike_the_log(connection)
        entries, head = history.head(connection)
        accesses = held_access.count(connection)
    except (sqlite3.DatabaseError, ValueError) as error:
        problems.append(f"The file could not be read to its end: {error}.")
    return VerifyReport(not problems, version, integrity, entries, head, tuple(problems), accesses)


def _changed_files(connection: sqlite3.Connection) -> list[str]:
    return [
        f"A received file is not as it came (SHA-256 {sha256})."
        for sha256, content in returns.contents(connection)
        if hashlib.sha256(content).hexdigest() != sha256
    ]


def _unlike_the_log(connection: sqlite3.Connection) -> list[str]:
    """The figures, clearances and other kept rows that are not those the change log leads to, counted."""
    figures: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    recorded: dict[int, tuple[Any, ...]] = {}
    other: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for plan, altered, cleared, rows, before in history.deeds(connection):
        for table, key, row_before, row_after in rows:
            row = row_before if before else row_after
            if row is None:
                other.pop((table, *key), None)
            else:
                other[(table, *key)] = kept_rows.whole(table, tuple(row))
        for key, row_before, row_after in altered:
            row = row_before if before else row_after
            if row is None:
                figures.pop((plan, *key), None)
            else:
                figures[(plan, *key)] = tuple(row)
        for row in cleared:
            if before:
                recorded.pop(row[0], None)
            else:
                recorded[row[0]] = clearances.whole(tuple(row))
    problems = []
    codes = plans.codes(connection)
    stored = {(plan, *observations.key_of(row)): row for plan in codes for row in observations.rows(connection, plan)}
    wrong = sum(1 for key in stored.keys() | figures.keys() if stored.get(key) != figures.get(key))
    if wrong:
        problems.append(f"{wrong:,} of the stored figures are not those that were accepted.")
    kept = {row[0]: row for row in clearances.rows(connection)}
    wrong = sum(1 for number in kept.keys() | recorded.keys() if kept.get(number) != recorded.get(number))
    if wrong:
        problems.append(f"{wrong:,} of the clearances are not those that were recorded.")
    shipped = kept_rows.SHIPPED
    written = {key: row for key, row in kept_rows.every(connection).items() if key in other or key[0] not in shipped}
    wrong = sum(1 for key in written.keys() | other.keys() if written.get(key) != other.get(key))
    if wrong:
        problems.append(
            f"{wrong:,} of the commentaries, agenda items, packs, answers, board dates, recipients and judgements are"
            " not those that were written."
        )
    return problems
