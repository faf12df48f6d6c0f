"""What goes with holds: when boards meet on a quarter's figures, and who was told figures before their release."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date, datetime

from pcp_desktop.domain.changes import Changes
from pcp_desktop.domain.clearance import NEW_RECIPIENT, BoardDate, Recipient
from pcp_desktop.domain.periods import in_words
from pcp_desktop.errors import UserError
from pcp_desktop.store import history, kept_rows, plans
from pcp_desktop.store.history import Verb
from pcp_desktop.store.kept_rows import Alteration

_BOARDS, _RECIPIENTS = "board_meetings", "recipients"
_SAYS_SO_ALREADY = "It says this already; nothing has changed."


def recipients(connection: sqlite3.Connection, plan: str) -> tuple[Recipient, ...]:
    """Who was told figures of a plan before their release, in the order of recording."""
    rows = connection.execute(
        "SELECT measure, role, told_on, expires, number, purpose FROM recipients WHERE plan = ? ORDER BY number",
        (plan,),
    )
    return tuple(
        Recipient(row[0], row[1], date.fromisoformat(row[2]), date.fromisoformat(row[3]), row[4], row[5])
        for row in rows
    )


def move_board(connection: sqlite3.Connection, plan: str, wanted: BoardDate, now: datetime, by: str) -> Changes:
    """Write when a board meets on the figures of a quarter, inside the caller's transaction, as one deed of the log.

    Raises UserError, having changed nothing, where no return of that organisation waits for that board.
    """
    waiting = {
        one.board_meets
        for one in plans.expected_returns(connection, plan)
        if (one.organisation, one.board, one.period) == (wanted.organisation, wanted.board, wanted.period)
    }
    if not waiting:
        raise UserError(
            f"No return of {wanted.organisation} for {wanted.period.label} goes before “{wanted.board}”.",
            "No date was moved.",
            "Choose a measure that waits for a board.",
        )
    if waiting == {wanted.day}:
        return Changes(_SAYS_SO_ALREADY)
    key = (plan, wanted.organisation, wanted.board, *plans.period_columns(wanted.period))
    row = (*key, wanted.day.isoformat(), wanted.source, now.date().isoformat(), by)
    summary = f"{wanted.board} meets on {in_words(wanted.day)} on the figures for {wanted.period.label}."
    title = f"Moving the date of “{wanted.board}” to {in_words(wanted.day)}"
    return _log(connection, plan, [kept_rows.put(connection, _BOARDS, row)], Verb.BOARD_DATE, title, summary, now, by)


def tell(
    connection: sqlite3.Connection, plan: str, wanted: Sequence[Recipient], now: datetime, by: str
) -> Changes:  # fmt: skip
    """Write who is told figures before their release, inside the caller's transaction, as one deed of the log.

    Raises UserError, having changed nothing, where access would expire before it begins or nobody is named.
    """
    altered = []
    following = connection.execute("SELECT coalesce(max(number), 0) + 1 FROM recipients WHERE plan = ?", (plan,))
    number: int = following.fetchone()[0]
    for one in wanted:
        if not one.role.strip() or one.expires < one.told_on:
            raise UserError(
                "A recipient needs a role, and an end of access that is not before its beginning.",
                "Nothing was recorded.",
                "Give the role (never a name) and both dates.",
            )
        own = one.number if one.number != NEW_RECIPIENT else number
        number += one.number == NEW_RECIPIENT
        told = (one.measure, one.role.strip(), one.told_on.isoformat(), one.expires.isoformat())
        row = (plan, own, *told, now.date().isoformat(), by, one.purpose.strip())
        if not _says_the_same(kept_rows.read(connection, _RECIPIENTS, (plan, own)), row):
            altered.append(kept_rows.put(connection, _RECIPIENTS, row))
    roles = ", ".join(dict.fromkeys(one.role.strip() for one in wanted))
    summary = f"Told before release: {roles}."
    return _log(connection, plan, altered, Verb.TOLD, f"Recording who was told: {roles}", summary, now, by)


def _says_the_same(before: kept_rows.Row | None, row: kept_rows.Row) -> bool:
    """Whether a recipient is recorded so already, whoever recorded it and when."""
    return before is not None and (*before[:6], before[8]) == (*row[:6], row[8])


def forget(connection: sqlite3.Connection, plan: str, unwanted: Recipient, now: datetime, by: str) -> Changes:
    """Take a recipient who was recorded wrongly out of the list, inside the caller's transaction, as one deed."""
    altered = kept_rows.take_away(connection, _RECIPIENTS, (plan, unwanted.number))
    title = f"Removing {unwanted.role} from those told"
    summary = f"Removed from those told before release: {unwanted.role}."
    return _log(connection, plan, [altered], Verb.TOLD, title, summary, now, by)


def _log(
    connection: sqlite3.Connection,
    plan: str,
    altered: Sequence[Alteration | None],
    verb: Verb,
    title: str,
    summary: str,
    now: datetime,
    by: str,
) -> Changes:
    rows = [one for one in altered if one is not None]
    if not rows:
        return Changes(_SAYS_SO_ALREADY)
    history.append(connection, verb, now, by, title=title, summary=summary, details={"plan": plan, "rows": rows})
    return Changes(summary, clearances=True, returns=verb is Verb.BOARD_DATE)
