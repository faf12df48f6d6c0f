"""Received files with their bytes, accepted returns, and what became of each return the plan expects."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime

from pcp_desktop.domain.returns import ExpectedReturn, ReceivedFile, ReturnRecord, ReturnState, Review
from pcp_desktop.store import history, observations, plans


@dataclass(frozen=True)
class Accepted:
    """One accepted return as it is kept. A withdrawn one was undone."""

    number: int
    expected_code: str | None
    state: ReturnState
    accepted: datetime
    file: ReceivedFile
    withdrawn: bool


def keep(
    connection: sqlite3.Connection, plan: str, review: Review, state: ReturnState, now: datetime, by: str
) -> int:
    """Write a review's file (its bytes once for each SHA-256) and the return it makes; gives the return's number."""
    connection.execute(
        "INSERT INTO file_contents (sha256, size, content) VALUES (?, ?, ?) ON CONFLICT (sha256) DO NOTHING",
        (review.sha256, len(review.content), review.content),
    )
    file = connection.execute(
        "INSERT INTO received_files (name, sha256, received, illustrative) VALUES (?, ?, ?, ?) RETURNING number",
        (review.file, review.sha256, now.isoformat(), json.dumps(review.illustrative, ensure_ascii=False)),
    ).fetchone()[0]
    period = plans.period_columns(review.period) if review.period else (None, None, None)
    number: int = connection.execute(
        "INSERT INTO accepted_returns (plan, expected_code, organisation, period_kind, period_start, period_end,"
        " file, state, accepted, accepted_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING number",
        (plan, review.expected_code, review.organisation, *period, file, state.value, now.isoformat(), by),
    ).fetchone()[0]
    return number


def withdraw(connection: sqlite3.Connection, number: int, withdrawn: bool) -> None:
    """Take an accepted return back, or let it stand again; its file is kept either way."""
    connection.execute("UPDATE accepted_returns SET withdrawn = ? WHERE number = ?", (int(withdrawn), number))


def content(connection: sqlite3.Connection, sha256: str) -> bytes:
    """The bytes of a received file; KeyError where none has this SHA-256."""
    row = connection.execute("SELECT content FROM file_contents WHERE sha256 = ?", (sha256,)).fetchone()
    if row is None:
        raise KeyError(sha256)
    return bytes(row[0])


def contents(connection: sqlite3.Connection) -> list[tuple[str, bytes]]:
    """Every kept content with the SHA-256 it is kept under."""
    return list(connection.execute("SELECT sha256, content FROM file_contents ORDER BY sha256"))


def standing(connection: sqlite3.Connection, plan: str, sha256: str) -> datetime | None:
    """When a file of this content was last accepted for the plan and not withdrawn since; None where it was not."""
    row = connection.execute(
        "SELECT a.accepted FROM accepted_returns a JOIN received_files f ON f.number = a.file"
        " WHERE a.plan = ? AND f.sha256 = ? AND NOT a.withdrawn ORDER BY a.number DESC LIMIT 1",
        (plan, sha256),
    ).fetchone()
    return datetime.fromisoformat(row[0]) if row else None


def last_accepted(connection: sqlite3.Connection, plan: str) -> datetime | None:
    """When figures of the plan were last accepted, withdrawn returns left out."""
    row = connection.execute(
        "SELECT max(accepted) FROM accepted_returns WHERE plan = ? AND state = 'accepted' AND NOT withdrawn", (plan,)
    ).fetchone()
    return datetime.fromisoformat(row[0]) if row[0] else None


def records(connection: sqlite3.Connection, plan: str, now: datetime) -> tuple[ReturnRecord, ...]:
    """What became of each expected return in the plan's order, then the returns nobody expected."""
    by_code: dict[str | None, list[Accepted]] = {}
    for one in _accepted(connection, plan):
        by_code.setdefault(one.expected_code, []).append(one)
    counts = observations.counts_by_return(connection, plan)
    lines = history.lines_about_returns(connection)
    found = [
        _record(expected, by_code.get(expected.code, []), counts, lines, now)
        for expected in plans.expected_returns(connection, plan)
    ]
    unexpected = [one for one in by_code.get(None, []) if not one.withdrawn]
    return tuple(found + [_record(None, [one], counts, lines, now) for one in unexpected])


def _record(
    expected: ExpectedReturn | None,
    came: list[Accepted],
    counts: dict[int, int],
    lines: dict[int, list[tuple[datetime, str]]],
    now: datetime,
) -> ReturnRecord:
    """The record of one expected return (or of an unexpected file); `came` in the order of arrival."""
    told = [line for one in came for line in lines.get(one.number, [])]
    told.sort(key=lambda line: line[0], reverse=True)
    stands = [one for one in came if not one.withdrawn]
    if not stands:
        overdue = expected is not None and expected.due < now.date()
        return ReturnRecord(expected, ReturnState.MISSING if overdue else ReturnState.EXPECTED, history=tuple(told))
    accepted = [one for one in stands if one.state is ReturnState.ACCEPTED]
    last = (accepted or stands)[-1]
    return ReturnRecord(
        expected,
        last.state,
        file=last.file,
        accepted=last.accepted if accepted else None,
        figures=sum(counts.get(one.number, 0) for one in stands),
        history=tuple(told),
    )


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((sheet, words) for sheet, words in json.loads(text))


def _accepted(connection: sqlite3.Connection, plan: str) -> list[Accepted]:
    rows = connection.execute(
        "SELECT a.number, a.expected_code, a.state, a.accepted, a.withdrawn, f.name, f.sha256, c.size, f.received,"
        " f.illustrative"
        " FROM accepted_returns a JOIN received_files f ON f.number = a.file"
        " JOIN file_contents c ON c.sha256 = f.sha256 WHERE a.plan = ? ORDER BY a.number",
        (plan,),
    )
    return [
        Accepted(
            number=row[0],
            expected_code=row[1],
            state=ReturnState(row[2]),
            accepted=datetime.fromisoformat(row[3]),
            file=ReceivedFile(row[5], row[6], row[7], datetime.fromisoformat(row[8]), _pairs(row[9])),
            withdrawn=bool(row[4]),
        )
        for row in rows
    ]
