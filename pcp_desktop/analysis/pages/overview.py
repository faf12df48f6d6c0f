"""The overview: every theme with its lead measures. Built for the public it is the dashboard that papers print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from pcp_desktop.analysis.pages import notes, rows, wording
from pcp_desktop.analysis.pages.subject import gather
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.formats import counted
from pcp_desktop.domain.measures import Measure
from pcp_desktop.domain.pages import MeasureRow, OverviewPage, ThemeRows
from pcp_desktop.domain.periods import Period, moment_in_words
from pcp_desktop.domain.status import Status

MOST_NAMED = 2
LISTED_STATUSES = (
    Status.IMPROVING,
    Status.NO_CLEAR_CHANGE,
    Status.DETERIORATING,
    Status.TARGET_MET,
    Status.WITHIN_TOLERANCE,
    Status.TARGET_MISSED,
    Status.SMALL_NUMBERS,
    Status.NOT_ASSESSED,
)
_ALWAYS_COUNTED = (Status.IMPROVING, Status.NO_CLEAR_CHANGE, Status.DETERIORATING, Status.NOT_ASSESSED)


def build(facts: Facts, period: Period, audience: Audience) -> OverviewPage:
    """The overview of a plan for the quarter `period` as `audience` may see it."""
    gathered = gather(facts, period, audience)
    every = tuple(rows.build(subject) for subject in gathered.every())
    plan = gathered.facts.plan
    leads = {measure.code for priority in plan.priorities for measure in gathered.leads_of(priority.code)}
    listed = [row for row in every if row.measure in leads and row.area == plan.area]
    themes = []
    for theme in plan.themes:
        codes = {priority.code for priority in theme.priorities}
        own = tuple(row for row in listed if row.priority in codes)
        themes.append(ThemeRows(theme.name, own, _counts(own, ())))
    measures = {measure.code: measure for measure in facts.measures}
    meeting = next((one for one in facts.meetings if one.latest_period.end == period.end), None)
    return OverviewPage(
        panel=facts.panel,
        plan=plan.name,
        audience=audience,
        period=period,
        latest_words=wording.latest_words(period),
        baseline_words=plan.baseline.label,
        since_words=f"Since {wording.month_words_of(plan.baseline.start)}",
        themes=tuple(themes),
        all_rows=every,
        summary=_counts(listed, _ALWAYS_COUNTED),
        held=sum(1 for row in listed if row.held_words),
        sentence=sentence(listed, measures),
        scope=f"{counted(len(plan.priorities), 'priority', 'priorities')}, {counted(len(listed), 'measure')}",
        notes=notes.dashboard_notes(gathered.facts, period, audience, listed, every),
        key=notes.key(plan.baseline.label, listed),
        accepted_words=accepted_words(facts.last_accepted),
        meeting=meeting.day if meeting is not None else None,
    )


def _counts(listed: Iterable[MeasureRow], always: Sequence[Status]) -> tuple[tuple[Status, int], ...]:
    """Rows by status in the order of the key; held rows have no status to count."""
    found = Counter(row.status for row in listed if not row.held_words)
    return tuple((status, found[status]) for status in LISTED_STATUSES if found[status] or status in always)


def sentence(listed: Sequence[MeasureRow], measures: dict[str, Measure]) -> str:
    """The summary in words: how many measures have which status, and which have clearly moved the wrong way.

    Only measures whose own test shows deterioration are named, the two with the largest relative change.
    """
    clauses = [wording.status_count_words(status, count) for status, count in _counts(listed, ())]
    held = sum(1 for row in listed if row.held_words)
    if held:
        clauses.append(f"{held} {'is' if held == 1 else 'are'} not published")
    first = f"Of {counted(len(listed), 'measure')}, {wording.listed(clauses)}."
    worse = sorted((row for row in listed if _named(row)), key=_relative_change, reverse=True)[:MOST_NAMED]
    if not worse:
        return first
    names = [f"{wording.in_sentence(measures[row.measure])} ({row.latest.shown})" for row in worse]
    have = "has" if len(worse) == 1 else "have"
    return f"{first} {wording.upper_first(wording.listed(names))} {have} moved furthest in the wrong direction."


def _named(row: MeasureRow) -> bool:
    """Whether the summary may name a row as having moved the wrong way."""
    return row.status is Status.DETERIORATING and not row.held_words and row.change.value is not None


def _relative_change(row: MeasureRow) -> float:
    """The size of the change relative to the baseline."""
    if row.change.value is None or not row.baseline.value:
        return 0.0
    return abs(row.change.value / row.baseline.value)


def accepted_words(moment: datetime | None) -> str:
    """ "Data as accepted on 26 February 2016, 2.32 pm", or that nothing is accepted yet."""
    if moment is None:
        return "No figures accepted yet"
    return f"Data as accepted on {moment_in_words(moment)}"
