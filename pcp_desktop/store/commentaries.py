"""Commentaries as rows, each writing of one an entry of the change log; drafts are kept beside them without one."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime

from pcp_desktop.domain.changes import Changes
from pcp_desktop.domain.commentary import Commentary, Draft
from pcp_desktop.domain.periods import Period
from pcp_desktop.store import history, kept_rows, plans
from pcp_desktop.store.history import Verb

_TABLE = "commentaries"


def read(connection: sqlite3.Connection, plan: str) -> tuple[Commentary, ...]:
    """The commentaries of a plan, by priority and then period."""
    rows = connection.execute(
        "SELECT priority, period_kind, period_start, period_end, text, seen, finished, written, written_by"
        " FROM commentaries WHERE plan = ? ORDER BY priority, period_end",
        (plan,),
    )
    return tuple(
        Commentary(
            priority=row[0],
            period=plans.period(row[1], row[2], row[3]),
            text=row[4],
            seen=tuple((field, shown) for field, shown in json.loads(row[5])),
            finished=bool(row[6]),
            by=row[8],
            on=datetime.fromisoformat(row[7]),
        )
        for row in rows
    )


def drafts(connection: sqlite3.Connection, plan: str) -> tuple[Draft, ...]:
    """What was typed and not yet written."""
    rows = connection.execute(
        "SELECT priority, period_kind, period_start, period_end, text, kept FROM commentary_drafts"
        " WHERE plan = ? ORDER BY priority, period_end",
        (plan,),
    )
    return tuple(
        Draft(row[0], plans.period(row[1], row[2], row[3]), row[4], datetime.fromisoformat(row[5])) for row in rows
    )


def keep_draft(
    connection: sqlite3.Connection, plan: str, priority: str, period: Period, text: str, now: datetime
) -> None:
    """Keep what is typed as it is; it replaces the last draft and is no entry of the log."""
    connection.execute(
        "INSERT OR REPLACE INTO commentary_drafts VALUES (?, ?, ?, ?, ?, ?, ?)",
        (plan, priority, *plans.period_columns(period), text, now.isoformat()),
    )


def write(connection: sqlite3.Connection, plan: str, wanted: Commentary, now: datetime, by: str) -> Changes:
    """Write a commentary inside the caller's transaction and drop its draft; one without words is taken away.

    Saying again what is stored changes nothing but that the draft is gone.
    """
    key = (plan, wanted.priority, *plans.period_columns(wanted.period))
    _drop_draft(connection, key)
    seen = json.dumps(wanted.seen, ensure_ascii=False)
    if not wanted.text.strip():
        altered = kept_rows.take_away(connection, _TABLE, key)
    elif _says_the_same(kept_rows.read(connection, _TABLE, key), wanted, seen):
        altered = None
    else:
        altered = kept_rows.put(connection, _TABLE, row(plan, wanted, now, by))
    if altered is None:
        return Changes("The commentary says this already; nothing has changed.")
    title, summary = _words(wanted, altered[2], altered[3])
    details = {"plan": plan, "rows": [altered]}
    history.append(connection, Verb.COMMENTARY, now, by, title=title, summary=summary, details=details)
    return Changes(summary, commentary=True)


def row(plan: str, commentary: Commentary, on: datetime, by: str) -> kept_rows.Row:
    """A commentary as the row that keeps it."""
    key = (plan, commentary.priority, *plans.period_columns(commentary.period))
    seen = json.dumps(commentary.seen, ensure_ascii=False)
    return (*key, commentary.text, seen, int(commentary.finished), on.isoformat(), by)


def _drop_draft(connection: sqlite3.Connection, key: kept_rows.Row) -> None:
    connection.execute(
        "DELETE FROM commentary_drafts WHERE plan = ? AND priority = ? AND period_kind = ? AND period_start = ?"
        " AND period_end = ?",
        key,
    )


def _says_the_same(row: kept_rows.Row | None, wanted: Commentary, seen: str) -> bool:
    return row is not None and row[5:8] == (wanted.text, seen, int(wanted.finished))


def _words(wanted: Commentary, before: kept_rows.Row | None, after: kept_rows.Row | None) -> tuple[str, str]:
    """The title and summary of what was done to a commentary."""
    what = f"the commentary on {wanted.priority} for {wanted.period.label}"
    if after is None:
        return f"Clearing {what}", f"Cleared {what}."
    if before is not None and before[5] == after[5] and before[7] == after[7]:
        return f"Accepting the changed figures in {what}", f"Accepted the changed figures in {what}."
    if before is not None and before[5] == after[5]:
        done = "finished" if wanted.finished else "not finished"
        return f"Marking {what} as {done}", f"Marked {what} as {done}."
    return f"Writing {what}", f"Written: {what}."
