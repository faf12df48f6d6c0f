"""The sentences that the report makes of the facts: returns, what is held, and the summary by status.

A sentence claims no more than the measure's own test supports.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from pcp_desktop.analysis.pages import clearance, returns, wording
from pcp_desktop.domain.clearance import ClearanceState
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.formats import counted
from pcp_desktop.domain.measures import Measure
from pcp_desktop.domain.pages import MeasureRow, OverviewPage, ReturnRow
from pcp_desktop.domain.status import Status

_BEING_CHECKED = ("checked", "queried")


# ---------------------------------------------------------------- background


def background(facts: Facts, overview: OverviewPage) -> tuple[str, ...]:
    """Which returns have come and which have not, what is not published and why, and the moment of the data."""
    return (*_returns(facts, overview), *_held(facts, overview), f"{overview.accepted_words}.")


def _returns(facts: Facts, overview: OverviewPage) -> list[str]:
    """How many of the quarter's returns have come, and a paragraph on each that has not come whole."""
    board = [row for row in returns.build(facts, overview.period).rows if row.record.expected is not None]
    if not board:
        return []
    done = sum(1 for row in board if row.state_group == "accepted")
    have = "has" if done == 1 else "have"
    words = f"Of {counted(len(board), 'return')} expected for {overview.period.label}, {done} {have} been received"
    found = [f"{words} with what they should hold." if done < len(board) else f"{words}."]
    return found + list(dict.fromkeys(_return_words(row) for row in board if row.state_group != "accepted"))


def _return_words(row: ReturnRow) -> str:
    """What a reader is told of a return that is not accepted."""
    if row.state_group in _BEING_CHECKED:
        name = f"The return “{row.title}” from {row.organisation}"
        return f"{name} has been received and is still being checked; its figures are not in this report."
    sentence = row.sentence
    return sentence if row.title in sentence else f"{row.title}: {wording.lower_first(sentence)}"


def _held(facts: Facts, overview: OverviewPage) -> list[str]:
    """One sentence for each reason why measures are not published, naming them and when that ends."""
    measures = {measure.code: measure for measure in facts.measures}
    by_reason: dict[str, list[str]] = {}
    for row in overview.all_rows:
        if row.held_words and row.area == facts.plan.area:
            board = _board_words(facts, overview, row)
            name = wording.in_sentence(measures[row.measure])
            by_reason.setdefault(row.held_words, []).append(f"{name} ({board})" if board else name)
    return [
        f"{words}: {_listed(names)}. No figure of {'it' if len(names) == 1 else 'them'}, nor any indication of "
        "performance, is given in this report."
        for words, names in by_reason.items()
    ]


def _board_words(facts: Facts, overview: OverviewPage, row: MeasureRow) -> str:
    """When the figures of a measure that waits for its board are available, where a board is known."""
    if row.clearance.state is not ClearanceState.WAITING:
        return ""
    expected = [
        record.expected
        for record in facts.returns
        if record.expected is not None
        and row.measure in record.expected.measures
        and record.expected.period == overview.period
    ]
    return clearance.available_words(clearance.boards_of(expected), facts.now.date())


# ---------------------------------------------------------------- summary


def summary(facts: Facts, overview: OverviewPage) -> tuple[str, ...]:
    """The overview's sentence, then a sentence for each status with its measures and figures."""
    measures = {measure.code: measure for measure in facts.measures}
    listed = [row for theme in overview.themes for row in theme.rows if not row.held_words]
    computed = [row for row in listed if row.assessment.override is None]
    baseline = overview.baseline_words
    openings = (
        (Status.IMPROVING, f"A statistically significant improvement on {baseline} is shown by"),
        (Status.DETERIORATING, f"A statistically significant deterioration on {baseline} is shown by"),
        (Status.NO_CLEAR_CHANGE, f"No clear change on {baseline} is shown by"),
        (Status.TARGET_MET, "The target is met by"),
        (Status.WITHIN_TOLERANCE, "Short of the target, but within its tolerance:"),
        (Status.TARGET_MISSED, "The target is missed by"),
        (Status.SMALL_NUMBERS, "Amber by convention because of small numbers, and not assessed:"),
    )
    found = [overview.sentence]
    for status, opening in openings:
        names = [
            _with_figures(measures[row.measure], row, overview.period.end) for row in computed if row.status is status
        ]
        if names:
            found.append(f"{opening} {_listed(names)}.")
    return (*found, *_not_assessed(measures, computed), *_by_hand(measures, listed))


def _by_hand(measures: dict[str, Measure], listed: Iterable[MeasureRow]) -> list[str]:
    """The measures whose status a person has set, which no test supports: each with its reason."""
    names = [
        f"{wording.in_sentence(measures[row.measure])} ({row.status.value}: {override.reason.rstrip('.')})"
        for row in listed
        if (override := row.assessment.override) is not None
    ]
    return [f"Set by hand: {_listed(names)}."] if names else []


def _not_assessed(measures: dict[str, Measure], listed: Iterable[MeasureRow]) -> list[str]:
    """The measures without a status, each with its reason."""
    names = [
        f"{wording.in_sentence(measures[row.measure])} ({wording.lower_first(row.assessment.short_reason)})"
        for row in listed
        if row.status is Status.NOT_ASSESSED
    ]
    return [f"Not assessed: {_listed(names)}."] if names else []


def _with_figures(measure: Measure, row: MeasureRow, through: date) -> str:
    """A measure with its baseline, latest figure and change, where it has them; an older figure carries its date."""
    name, period = wording.in_sentence(measure), row.latest.period
    latest = row.latest.shown
    if period is not None and period.end < through:
        latest = f"{latest} (to {wording.month_words(period)})"
    if row.baseline.value is None or row.change.value is None:
        return f"{name} ({latest})"
    change = row.change_percent if row.change_percent.value is not None else row.change
    return f"{name} ({row.baseline.shown} to {latest}, {change.shown})"


def _listed(names: Sequence[str]) -> str:
    """Names in a row; parted by semicolons, because many names have commas of their own."""
    if len(names) <= 1:
        return "".join(names)
    return f"{'; '.join(names[:-1])}; and {names[-1]}"
