"""Statuses set by hand, chosen limits and how small numbers are shown as rows.

Each decision and its taking back is one entry of the change log.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from datetime import date, datetime

from pcp_desktop.domain.changes import Changes
from pcp_desktop.domain.judgements import ChosenLimits, LimitsOrigin, StatusSetByHand
from pcp_desktop.domain.periods import Period
from pcp_desktop.domain.status import Override, Status
from pcp_desktop.store import history, kept_rows, measures, plans
from pcp_desktop.store.history import Verb
from pcp_desktop.store.kept_rows import Alteration, Row

STATUSES, LIMITS, SETTINGS = "statuses_set_by_hand", "chosen_limits", "settings"
AMBER_ROW: Row = ("small_numbers_are_amber", "yes")
"""It is there where the Panel shows small numbers as amber, in all plans of the file."""
_SAYS_SO_ALREADY = "It stands so already; nothing has changed."


def statuses(connection: sqlite3.Connection, plan: str) -> tuple[StatusSetByHand, ...]:
    """The statuses set by hand of a plan, by measure, area and quarter."""
    rows = connection.execute(
        "SELECT measure, area, period_kind, period_start, period_end, status, reason, set_by, set_at"
        f" FROM {STATUSES} WHERE plan = ? ORDER BY measure, area, period_end",
        (plan,),
    )
    return tuple(
        StatusSetByHand(
            measure=row[0],
            area=row[1],
            period=plans.period(row[2], row[3], row[4]),
            override=Override(Status(row[5]), row[6], row[7], datetime.fromisoformat(row[8])),
        )
        for row in rows
    )


def limits(connection: sqlite3.Connection, plan: str) -> tuple[ChosenLimits, ...]:
    """The chosen limits of a plan, by measure, area and first day."""
    rows = connection.execute(
        "SELECT measure, area, origin, first_day, last_day, reason, chosen_by, chosen_at"
        f" FROM {LIMITS} WHERE plan = ? ORDER BY measure, area, first_day",
        (plan,),
    )
    return tuple(
        ChosenLimits(
            measure=row[0],
            area=row[1],
            origin=LimitsOrigin(row[2]),
            first=date.fromisoformat(row[3]),
            last=date.fromisoformat(row[4]) if row[4] else None,
            reason=row[5],
            by=row[6],
            on=datetime.fromisoformat(row[7]),
        )
        for row in rows
    ) + _all_ranges(connection, plan)


def _all_ranges(connection: sqlite3.Connection, plan: str) -> tuple[ChosenLimits, ...]:
    """Where screening is switched off: the rows of the settings that say so."""
    found = []
    origin = LimitsOrigin.ALL_RANGES
    start = f"{origin.value}/{plan}/"
    rows = connection.execute(
        f"SELECT name, value FROM {SETTINGS} WHERE substr(name, 1, ?) = ? ORDER BY name", (len(start), start)
    )
    for name, value in rows:
        measure, area = name[len(start) :].split("/", 1)
        said = json.loads(value)
        on, first = datetime.fromisoformat(said["on"]), date.fromisoformat(said["first"])
        found.append(ChosenLimits(measure, area, origin, first, None, said["reason"], said["by"], on))
    return tuple(found)


def small_numbers_are_amber(connection: sqlite3.Connection) -> bool:
    """Whether small numbers are shown as amber."""
    return kept_rows.read(connection, SETTINGS, AMBER_ROW[:1]) == AMBER_ROW


def status_row(plan: str, one: StatusSetByHand) -> Row:
    """A status set by hand as the row that keeps it."""
    told = one.override
    key = (plan, one.measure, one.area, *plans.period_columns(one.period))
    return (*key, told.status.value, told.reason, told.at.isoformat(), told.by)


def limits_row(plan: str, one: ChosenLimits, on: datetime, by: str) -> tuple[str, Row]:
    """Chosen limits as the table and the row that keep them: a setting where they only say that none is screened."""
    if one.origin is LimitsOrigin.ALL_RANGES:
        said = {"first": one.first.isoformat(), "reason": one.reason, "on": on.isoformat(), "by": by}
        name = "/".join((one.origin.value, plan, one.measure, one.area))
        return SETTINGS, (name, json.dumps(said, ensure_ascii=False))
    key = (plan, one.measure, one.area, one.origin.value, one.first.isoformat())
    return LIMITS, (*key, one.last.isoformat() if one.last else None, one.reason, on.isoformat(), by)


def set_status(connection: sqlite3.Connection, plan: str, wanted: StatusSetByHand) -> Changes:
    """Write a status set by hand inside the caller's transaction; the same status and reason again change nothing."""
    row = status_row(plan, wanted)
    before = kept_rows.read(connection, STATUSES, row[:6])
    if before is not None and before[6:8] == row[6:8]:
        return Changes(_SAYS_SO_ALREADY)
    label = _label(connection, plan, wanted.measure, wanted.area)
    what = f"the status of {label} for {wanted.period.label}"
    words = (f"Setting {what} by hand", f"Set by hand: {label} is “{wanted.override.status.word}”.")
    told = wanted.override
    return _log(
        connection, plan, [kept_rows.put(connection, STATUSES, row)], Verb.STATUS_SET, words, told.at, told.by
    )


def compute_status(
    connection: sqlite3.Connection, plan: str, measure: str, area: str, period: Period, now: datetime, by: str
) -> Changes:
    """Take a status set by hand away, so that the computed one holds again."""
    taken = kept_rows.take_away(connection, STATUSES, (plan, measure, area, *plans.period_columns(period)))
    label = _label(connection, plan, measure, area)
    what = f"the computed status of {label} for {period.label}"
    return _log(
        connection, plan, [taken], Verb.STATUS_SET, (f"Returning to {what}", f"Shown again: {what}."), now, by
    )


def choose_limits(
    connection: sqlite3.Connection, plan: str, wanted: ChosenLimits, now: datetime, by: str
) -> Changes:  # fmt: skip
    """Write chosen limits inside the caller's transaction; a baseline takes the place of the one chosen before."""
    altered: list[Alteration | None] = []
    table, row = limits_row(plan, wanted, now, by)
    if replace(wanted, by="", on=None) in [replace(one, by="", on=None) for one in limits(connection, plan)]:
        return Changes(_SAYS_SO_ALREADY)
    if wanted.origin is LimitsOrigin.BASELINE:
        altered = [
            kept_rows.take_away(connection, LIMITS, tuple(key))
            for key in connection.execute(
                f"SELECT plan, measure, area, origin, first_day FROM {LIMITS}"
                " WHERE plan = ? AND measure = ? AND area = ? AND origin = ? AND first_day <> ?",
                row[:5],
            ).fetchall()
        ]
    altered.append(kept_rows.put(connection, table, row))
    label = _label(connection, plan, wanted.measure, wanted.area)
    what = _what_limits(wanted, label)
    return _log(connection, plan, altered, Verb.LIMITS_CHOSEN, (f"Taking {what}", f"Taken: {what}."), now, by)


def drop_limits(
    connection: sqlite3.Connection, plan: str, unwanted: ChosenLimits, now: datetime, by: str
) -> Changes:  # fmt: skip
    """Take chosen limits away, so that they come from where they came before."""
    table, row = limits_row(plan, unwanted, now, by)
    taken = kept_rows.take_away(connection, table, row[: len(kept_rows.KEYS[table])])
    label = _label(connection, plan, unwanted.measure, unwanted.area)
    what = _what_limits(unwanted, label)
    return _log(connection, plan, [taken], Verb.LIMITS_CHOSEN, (f"Dropping {what}", f"Dropped: {what}."), now, by)


def _what_limits(one: ChosenLimits, label: str) -> str:
    if one.origin is LimitsOrigin.ALL_RANGES:
        return f"limits of {label} from all moving ranges"
    return f"{one.words} as the {one.origin.value} of {label}"


def show_small_numbers(
    connection: sqlite3.Connection, plan: str, amber: bool, now: datetime, by: str
) -> Changes:  # fmt: skip
    """Show small numbers as amber, or as not assessed, from now on."""
    if amber:
        altered = kept_rows.put(connection, SETTINGS, AMBER_ROW)
    else:
        altered = kept_rows.take_away(connection, SETTINGS, AMBER_ROW[:1])
    shown = "as amber" if amber else "as not assessed"
    words = (f"Showing small numbers {shown}", f"Small numbers are shown {shown}.")
    return _log(connection, plan, [altered], Verb.SMALL_NUMBERS_SHOWN, words, now, by)


def _label(connection: sqlite3.Connection, plan: str, measure: str, area: str) -> str:
    """A measure's label, with its area where that is a part of the whole."""
    label = next(one.label for one in measures.read(connection, plan) if one.code == measure)
    whole = plans.read(connection, plan).area
    return f"“{label}”" if area == whole else f"“{label}”, {area}"


def _log(
    connection: sqlite3.Connection,
    plan: str,
    altered: list[Alteration | None],
    verb: Verb,
    words: tuple[str, str],
    now: datetime,
    by: str,
) -> Changes:
    rows = [one for one in altered if one is not None]
    if not rows:
        return Changes(_SAYS_SO_ALREADY)
    title, summary = words
    history.append(connection, verb, now, by, title=title, summary=summary, details={"plan": plan, "rows": rows})
    return Changes(summary, judgements=True)
