"""Accepting a review and recording clearances: what is written, and what the change log says of it."""

from __future__ import annotations

import math
import sqlite3
from datetime import date, datetime

from pcp_desktop.domain.changes import Changes
from pcp_desktop.domain.clearance import Clearance, ClearanceState
from pcp_desktop.domain.observations import Observation
from pcp_desktop.domain.periods import in_words
from pcp_desktop.domain.returns import Change, ReturnState, Review
from pcp_desktop.errors import UserError
from pcp_desktop.store import answers, clearances, history, measures, observations, returns
from pcp_desktop.store.history import Verb
from pcp_desktop.store.observations import Row

_NOTHING_STORED = "Nothing was stored and nothing has changed."


def accept(connection: sqlite3.Connection, plan: str, review: Review, now: datetime, by: str) -> Changes:
    """Write a review inside the caller's transaction; see `PanelFile.accept`."""
    wanted = _wanted(review)
    before = {key: observations.stored(connection, plan, key) for key in wanted}
    altering = [key for key, one in wanted.items() if not observations.says_the_same(before[key], _row(one))]
    already = returns.standing(connection, plan, review.sha256)
    if already and not altering:
        return Changes(f"“{review.file}” was already accepted on {in_words(already.date())}; nothing has changed.")
    holds_figures = bool(wanted) or review.counted(Change.UNCHANGED) > 0
    if not holds_figures and review.expected_code is None:
        raise UserError(
            f"“{review.file}” holds no figures that can be stored, and no return of its kind is expected.",
            _NOTHING_STORED,
            "Look at what the review refused, correct the workbook, and read it again.",
        )
    state = ReturnState.ACCEPTED if holds_figures else ReturnState.RECEIVED
    number = returns.keep(connection, plan, review, state, now, by)
    after = {key: _row(wanted[key], number) for key in altering}
    observations.write(connection, plan, after.values())
    revised = sum(1 for key in altering if before[key] is not None)
    reopened = _reopened(connection, plan, [wanted[key] for key in altering if before[key] is not None])
    waiting = clearances.new_rows(connection, plan, reopened, now.date(), by)
    clearances.write(connection, waiting)
    title, summary = _words(review.file, state, len(altering) - revised, revised)
    if reopened:
        needs = "measure needs" if len(reopened) == 1 else "measures need"
        summary = f"{summary} {len(reopened)} {needs} clearing again."
    altered = [(key, before[key], after[key]) for key in altering]
    details: dict[str, object] = {"plan": plan, "altered": altered}
    if waiting:
        details["clearances"] = waiting
    remembered = answers.remember(connection, plan, review.organisation, review.given, now, by)
    if remembered:
        details["rows"] = remembered
    history.append(
        connection, Verb.ACCEPTED, now, by, title=title, summary=summary, details=details, return_number=number
    )
    return Changes(summary, observations=len(altering), returns=True, clearances=bool(waiting))


def _reopened(connection: sqlite3.Connection, plan: str, revised: list[Observation]) -> list[Clearance]:
    """A hold for each measure of which a cleared figure was revised: it waits for its board again."""
    cleared: dict[str, date] = {}
    for record in clearances.read(connection, plan):
        if record.area:
            continue  # what is said of one area's figures ends with its own hold
        if record.state is ClearanceState.CLEARED:
            cleared[record.measure] = max(record.through, cleared.get(record.measure, record.through))
        else:
            cleared.pop(record.measure, None)
    boards = {measure.code: measure.board for measure in measures.read(connection, plan)}
    holds: dict[str, Clearance] = {}
    for one in revised:
        code = one.key.measure
        if code in cleared and one.key.period.end <= cleared[code]:
            holds[code] = Clearance(code, ClearanceState.WAITING, cleared[code], until=boards[code])
    return [holds[code] for code in sorted(holds)]


def _wanted(review: Review) -> dict[Row, Observation]:
    """The observations to be stored by their key; UserError where two have one key or a value is no number."""
    wanted: dict[Row, Observation] = {}
    for figure in review.figures:
        if figure.change not in (Change.NEW, Change.REVISED):
            continue
        one = figure.observation
        key = observations.key_row(one.key)
        if key in wanted:
            raise UserError(
                f"{one.source.label}, holds a second value for the measure {one.key.measure}, {one.key.area},"
                f" {one.key.period.label}; the first is in {wanted[key].source.label}.",
                _NOTHING_STORED,
                "Correct the workbook so that each figure stands in it once, then read it again.",
            )
        if one.value is not None and not math.isfinite(one.value):
            raise UserError(
                f"{one.source.label}, does not hold a finite number.",
                _NOTHING_STORED,
                "Correct the cell, then read the workbook again.",
            )
        wanted[key] = one
    return wanted


def _row(one: Observation, number: int = 0) -> Row:
    return observations.as_row(one, number)


def _words(file: str, state: ReturnState, new: int, revised: int) -> tuple[str, str]:
    """The title and the summary of accepting a file."""
    if state is ReturnState.RECEIVED:
        return f"Receiving “{file}”", f"Received “{file}”; it holds no figures to store."
    figures = figures_in_words(new + revised)
    if new + revised == 0:
        return f"Accepting “{file}”, {figures}", f"Accepted “{file}”; all its figures were stored already."
    if new and revised:
        return f"Accepting “{file}”, {figures}", f"Accepted “{file}”: {figures}, {new:,} new and {revised:,} revised."
    kind = "new" if new else "revised"
    every = "" if new + revised == 1 else "all "
    return f"Accepting “{file}”, {figures}", f"Accepted “{file}”: {figures}, {every}{kind}."


def figures_in_words(count: int) -> str:
    """`1 figure`, `26 figures`, `1,204 figures`."""
    return f"{count:,} figure{'' if count == 1 else 's'}"


def record_clearances(
    connection: sqlite3.Connection, plan: str, wanted: tuple[Clearance, ...], now: datetime, by: str
) -> Changes:
    """Write clearances inside the caller's transaction; see `PanelFile.record_clearances`."""
    rows = clearances.new_rows(connection, plan, wanted, now.date(), by)
    if not rows:
        return Changes("These clearances were recorded already; nothing has changed.")
    clearances.write(connection, rows)
    held = any(row[3] != ClearanceState.CLEARED for row in rows)
    summary, title = f"Recorded {len(rows)} clearances.", f"Recording {len(rows)} clearances"
    if len(rows) == 1:
        label = next(one.label for one in measures.read(connection, plan) if one.code == rows[0][2])
        label = f"{label}, {rows[0][-1]}" if rows[0][-1] else label
        summary, title = (
            f"{'Held' if held else 'Cleared'}: {label}.",
            f"{'Holding' if held else 'Clearing'} “{label}”",
        )
    verb = Verb.HELD if held else Verb.CLEARED
    history.append(
        connection, verb, now, by, title=title, summary=summary, details={"plan": plan, "clearances": rows}
    )
    return Changes(summary, clearances=True)
