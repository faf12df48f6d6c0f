"""Answers about workbooks, remembered by organisation for its next return."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date, datetime

from pcp_desktop.domain.recognition import Answer, QuestionKind
from pcp_desktop.store import kept_rows
from pcp_desktop.store.kept_rows import Alteration


def read(connection: sqlite3.Connection, plan: str) -> tuple[Answer, ...]:
    """The answers that are remembered, by organisation."""
    rows = connection.execute(
        "SELECT kind, about, label, answer, organisation, file, given, given_by FROM remembered_answers"
        " WHERE plan = ? ORDER BY organisation, kind, about",
        (plan,),
    )
    return tuple(
        Answer(QuestionKind(row[0]), row[1], row[2], row[3], row[4], row[5], date.fromisoformat(row[6]), row[7])
        for row in rows
    )


def remember(
    connection: sqlite3.Connection,
    plan: str,
    organisation: str | None,
    given: Iterable[Answer],
    now: datetime,
    by: str,
) -> list[Alteration]:
    """Remember answers for an organisation in place of what it was remembered by; gives what was altered."""
    day = now.date().isoformat()
    rows = [
        (plan, organisation or "", one.kind.value, one.key, one.label, one.answer, one.file, day, one.by or by)
        for one in given
    ]
    altered = [kept_rows.put(connection, "remembered_answers", row) for row in rows]
    return [one for one in altered if one is not None]
