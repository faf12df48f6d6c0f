"""The page of returns: what each partner owes for a quarter, how far it has come, and what its absence holds back."""

from __future__ import annotations

from datetime import date

from pcp_desktop.analysis.pages import wording
from pcp_desktop.domain.clearance import Audience, Clearance, ClearanceState, clearance_at
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.formats import counted
from pcp_desktop.domain.measures import Measure
from pcp_desktop.domain.pages import ClearanceShown, ReturnRow, ReturnsPage
from pcp_desktop.domain.periods import Period, in_words
from pcp_desktop.domain.returns import ExpectedReturn, ReturnRecord, ReturnState

STATE_GROUPS = ("accepted", "checked", "queried", "missing", "expected")
_NO_FIGURE_WORDS = "Received, holds no performance figure"
_NOTHING_TO_CLEAR = ClearanceShown(ClearanceState.WAITING, "Nothing to clear yet")
_DONE_STEPS = {
    "accepted": ("done", "done", "done", "done"),
    "checked": ("done", "done", "done", "open"),
    "queried": ("done", "done", "stuck", "open"),
    "missing": ("done", "stuck", "open", "open"),
    "expected": ("open", "open", "open", "open"),
}


def build(facts: Facts, period: Period) -> ReturnsPage:
    """The returns of the quarter `period`, in the order of due date; for the working view only.

    Returns that came without being expected are listed last, from whichever quarter was being worked on.
    """
    records = [record for record in facts.returns if _belongs(record, period)]
    records.sort(key=lambda record: record.expected is None)
    rows = tuple(_row(facts, record, records) for record in records)
    groups = [row.state_group for row in rows]
    expected = [record.expected for record in records if record.expected is not None]
    organisations = {one.organisation for one in expected}
    return ReturnsPage(
        period=period,
        rows=rows,
        counts=tuple((group, groups.count(group)) for group in STATE_GROUPS),
        scope=f"{counted(len(expected), 'return')} expected from {counted(len(organisations), 'organisation')}",
    )


def _belongs(record: ReturnRecord, period: Period) -> bool:
    """Whether a record is about the quarter; an unexpected workbook counts from the day after the quarter ends."""
    if record.expected is not None:
        return record.expected.period.end == period.end
    return record.file is not None and record.file.received.date() > period.end


def _row(facts: Facts, record: ReturnRecord, records: list[ReturnRecord]) -> ReturnRow:
    """One line of the board with everything its inspector shows."""
    today = facts.now.date()
    group = _group(record, today)
    expected = record.expected
    steps = ("done", "done", "stuck", "open") if _holds_nothing(record) else _DONE_STEPS[group]
    if _needs_no_figures(record) and record.file is not None:
        steps = _DONE_STEPS["accepted"]
    return ReturnRow(
        record=record,
        title=expected.title if expected else record.file.name if record.file else "Unexpected workbook",
        organisation=expected.organisation if expected else "Not expected from anyone",
        due=wording.date_with_year(expected.due) if expected else "–",
        steps=(steps[0], steps[1], steps[2], steps[3]),
        state=_state_words(record, group, today),
        state_group=group,
        clearance=_clearance(facts, record, today),
        board=_board(expected),
        explanation=_explanation(record, group, today),
        holds_back=_holds_back(facts, record, group),
        sentence=_report_sentence(record, records),
        history=tuple((wording.date_with_year(when.date()), what) for when, what in record.history),
    )


def _needs_no_figures(record: ReturnRecord) -> bool:
    """Whether a return is kept as received: no measure of the plan is expected of it."""
    return record.expected is not None and not record.expected.measures


def _holds_nothing(record: ReturnRecord) -> bool:
    """Whether a workbook came for a return that should hold measures, but has no figure of them."""
    if record.expected is None or record.file is None or not record.expected.measures or record.figures:
        return False
    return record.state in (ReturnState.ACCEPTED, ReturnState.RECEIVED, ReturnState.MISSING)


def _group(record: ReturnRecord, today: date) -> str:
    """Which of the five counts a return belongs to."""
    if _holds_nothing(record):
        return "missing"
    if _needs_no_figures(record) and record.file is not None:
        return "accepted"
    match record.state:
        case ReturnState.ACCEPTED:
            return "accepted"
        case ReturnState.CHECKED | ReturnState.RECEIVED:
            return "checked"
        case ReturnState.QUERIED:
            return "queried"
        case ReturnState.MISSING:
            return "missing"
    overdue = record.expected is not None and record.expected.due < today
    return "missing" if overdue else "expected"


def _state_words(record: ReturnRecord, group: str, today: date) -> str:
    """The state in words: "Accepted 26 Feb", "Missing, 119 days after the due date"."""
    if _holds_nothing(record) or (_needs_no_figures(record) and record.file is not None):
        return _NO_FIGURE_WORDS
    if group == "accepted":
        return f"Accepted {wording.short_date(record.accepted.date())}" if record.accepted else "Accepted"
    if group == "checked":
        return "Checked, waiting to be accepted" if record.state is ReturnState.CHECKED else "Received, to be checked"
    if group == "queried":
        last = record.history[0][0].date() if record.history else None
        return f"Queried {wording.short_date(last)}" if last else "Queried"
    if record.expected is None:
        return "Received"
    days = (today - record.expected.due).days
    if group == "missing":
        return f"Missing, {counted(days, 'day')} after the due date" if days > 0 else "Missing"
    return "Expected, due today" if days == 0 else f"Expected, due {wording.short_date(record.expected.due)}"


def _clearance(facts: Facts, record: ReturnRecord, today: date) -> ClearanceShown:
    """The clearance of the return's measures: that of the first that is held, otherwise cleared."""
    expected = record.expected
    if expected is None or not expected.measures or not record.figures:
        return _NOTHING_TO_CLEAR
    own, end = (expected.organisation,), expected.period.end
    found = [clearance_at(facts.clearances, code, end, expected.board, own) for code in expected.measures]
    held = next((one for one in found if one.state is not ClearanceState.CLEARED), None)
    if held is None:
        return wording.clearance_shown(found[0], Audience.WORKING)
    if held.state is ClearanceState.WAITING and expected.board_meets is not None:
        return _before_board(held, expected.board_meets, today)
    return wording.clearance_shown(held, Audience.WORKING)


def _before_board(held: Clearance, meets: date, today: date) -> ClearanceShown:
    """A hold until a board that has a date: "After 9 Mar 2016", or that the board has met."""
    day = wording.date_with_year(meets)
    words = f"After {day}" if meets >= today else f"Board met {day}, not yet cleared"
    return ClearanceShown(held.state, words, day)


def _board(expected: ExpectedReturn | None) -> str:
    """The governing board, or that none is stated."""
    if expected is None:
        return "–"
    return "No board stated" if expected.board in ("", "none stated") else expected.board


def _explanation(record: ReturnRecord, group: str, today: date) -> str:
    """Two sentences at most on what happened to the return."""
    file = record.file
    came = f"“{file.name}” came on {in_words(file.received.date())}." if file else ""
    if _holds_nothing(record):
        return f"{came} It holds no performance figure, so the figures of this return stay missing."
    if _needs_no_figures(record) and file is not None:
        return f"{came} It holds no performance figure and none is expected: it is kept as it was received."
    if group == "accepted":
        when = f" on {in_words(record.accepted.date())}" if record.accepted else ""
        return f"{came} {counted(record.figures, 'figure')} accepted{when}.".strip()
    if group in ("checked", "queried"):
        rest = "One of its figures is being asked about." if group == "queried" else "Nothing of it is stored yet."
        return f"{came} {rest}".strip()
    if record.expected is None:
        return came or "No workbook is kept for it."
    due = in_words(record.expected.due)
    if group == "missing":
        days = (today - record.expected.due).days
        late = f" It is {counted(days, 'day')} late." if days > 0 else ""
        return f"It was due on {due} and has not come.{late}"
    return f"It is due on {due}."


def _holds_back(facts: Facts, record: ReturnRecord, group: str) -> str:
    """The measures whose figures are not there because of this return, by priority; empty once accepted."""
    if group == "accepted" or record.expected is None:
        return ""
    codes = set(record.expected.measures)
    by_priority: dict[str, list[Measure]] = {}
    for measure in facts.measures:
        if measure.code in codes:
            by_priority.setdefault(measure.priority, []).append(measure)
    parts = [
        f"{priority}: {wording.listed([wording.in_sentence(measure) for measure in measures])}"
        for priority, measures in by_priority.items()
    ]
    return "; ".join(parts) + "." if parts else ""


def _report_sentence(record: ReturnRecord, records: list[ReturnRecord]) -> str:
    """The sentence for the report: how many of the returns for the same measures have come, and from whom."""
    if record.expected is None:
        return ""
    codes = set(record.expected.measures)
    family = [
        other
        for other in records
        if other.expected is not None and (other is record or (codes and codes == set(other.expected.measures)))
    ]
    given = [other for other in family if other.file is not None and not _holds_nothing(other)]
    without = [other for other in family if _holds_nothing(other)]
    absent = [other for other in family if other.file is None]
    if len(family) == 1:
        return _single_sentence(record)
    total, come = len(family), len(given)
    opening = f"{wording.upper_first(wording.in_words(come))} of {wording.in_words(total)} returns"
    sentences = [f"{opening} with these figures {'has' if come == 1 else 'have'} been received."]
    for group, one, many in (
        (given, "has provided its figures", "have provided their figures"),
        (without, "has provided a return without performance figures", "have provided returns without figures"),
        (absent, "has not sent its return", "have not sent their returns"),
    ):
        names = sorted({other.expected.organisation for other in group if other.expected is not None})
        if names:
            sentences.append(f"{wording.listed(names)} {one if len(names) == 1 else many}.")
    return " ".join(sentences)


def _single_sentence(record: ReturnRecord) -> str:
    """The sentence for a return that no other return shares measures with."""
    expected = record.expected
    if expected is None:
        return ""
    name = f"The return “{expected.title}” from {expected.organisation}"
    if record.file is None:
        return f"{name} has not been received."
    if _holds_nothing(record):
        return f"{name} has been received but holds no performance figure."
    return f"{name} has been received."
