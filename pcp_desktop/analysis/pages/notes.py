"""The notes and the key under the dashboard: what a reader has to know before reading a line of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pcp_desktop.analysis.multiplicity import expected_by_chance
from pcp_desktop.analysis.pages import illustrative, rows, wording
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.formats import counted, number
from pcp_desktop.domain.measures import PeerGroup
from pcp_desktop.domain.pages import MeasureRow, Note
from pcp_desktop.domain.periods import Period
from pcp_desktop.domain.status import Status


def key(baseline: str, rows: Sequence[MeasureRow]) -> tuple[tuple[Status, str], ...]:
    """What each status means, in the plan's own words; target statuses only where a listed row has one."""
    shown = {row.status for row in rows}
    end = f"as compared to end of {baseline}"
    small = "small numbers (under 20 a year or 30 answers)"
    texts = (
        (Status.IMPROVING, f"Statistically significant improvement {end}"),
        (Status.NO_CLEAR_CHANGE, f"No clear change {end}: the difference is within what chance alone could make"),
        (Status.DETERIORATING, f"Statistically significant deterioration {end}"),
        (Status.TARGET_MET, "The target is met"),
        (Status.WITHIN_TOLERANCE, "Short of the target, but within its tolerance"),
        (Status.TARGET_MISSED, "The target is missed by more than its tolerance"),
        (Status.SMALL_NUMBERS, f"Not assessed: {small}. Amber is the Panel’s convention, no finding"),
        (
            Status.NOT_ASSESSED,
            f"No comparator, no baseline, too little data{'' if Status.SMALL_NUMBERS in shown else f', or {small}'}",
        ),
    )
    always = (Status.IMPROVING, Status.NO_CLEAR_CHANGE, Status.DETERIORATING, Status.NOT_ASSESSED)
    return tuple((status, text) for status, text in texts if status in always or status in shown)


def dashboard_notes(
    facts: Facts, period: Period, audience: Audience, listed: Sequence[MeasureRow], every: Sequence[MeasureRow]
) -> tuple[Note, ...]:
    """The notes of the overview and the dashboard: reading the table first, then by priority.

    `listed` are the rows on the page, `every` all rows of the plan; measures that the audience may not see bring
    no note.
    """
    return (
        *_band_note(facts, listed),
        *_figure_notes(facts, period, listed),
        *_chance_note(every),
        *_measure_notes(facts, period, audience, listed),
    )


def report_notes(facts: Facts, period: Period, rows: Sequence[MeasureRow]) -> tuple[str, ...]:
    """What a reader of the report's tables has to know: peers, markers, chance. `rows` are all that it prints."""
    return tuple(note.text for note in (*_figure_notes(facts, period, rows), *_chance_note(rows)))


def _band_note(facts: Facts, listed: Sequence[MeasureRow]) -> list[Note]:
    """What the band in the small charts of a table is, where there is one."""
    if not any(row.sparkline is not None and row.sparkline.band for row in listed):
        return []
    baseline = facts.plan.baseline.label
    text = f"Shaded band in the small charts: the range expected from {baseline}, by the season where months differ."
    return [Note("", text)]


def _figure_notes(facts: Facts, period: Period, listed: Sequence[MeasureRow]) -> list[Note]:
    """Notes on the columns: peers, markers, what is illustrative."""
    found: list[Note] = []
    group = peer_group_at(facts, period)
    if group is not None and any(row.position is not None for row in listed):
        found.append(Note("", peer_note(group)))
    signs = {figure.sign for row in listed for figure in (row.baseline, row.latest)}
    if any("[p]" in sign for sign in signs):
        found.append(Note("", "[p] Provisional: holds a figure that its partner may still change."))
    if any("[r]" in sign for sign in signs):
        found.append(Note("", "[r] Revised since it was first given."))
    if any("[c]" in figure.shown for row in listed for figure in (row.baseline, row.latest)):
        found.append(Note("", wording.SMALL_NUMBERS))
    if any("[c]" in sign for sign in signs):
        found.append(Note("", wording.SMALL_IN_PUBLIC))
    return found + _illustrative_notes(facts, listed)


def _illustrative_notes(facts: Facts, listed: Sequence[MeasureRow]) -> list[Note]:
    """What the workbooks say of the listed figures; the priorities are named where it is not said of most."""
    about: dict[str, dict[str, None]] = {}
    priorities: set[str] = set()
    for row in listed:
        shown = () if row.held_words else (*row.baseline.sources, *row.latest.sources)
        priorities |= {row.priority} if shown else set()
        for words in illustrative.said_of(facts, shown):
            about.setdefault(words, {})[row.priority] = None
    said = [
        words if 2 * len(codes) > len(priorities) else f"{wording.listed(list(codes))} {wording.lower_first(words)}"
        for words, codes in about.items()
    ]
    return [Note("", f"{'. '.join(said)}, as the workbooks say.")] if said else []


def peer_note(group: PeerGroup) -> str:
    """What a position in the most similar group means, with the group's own note."""
    text = (
        f"MSG: position among the most similar group of {wording.in_words(len(group.forces))} forces by rate per"
        " 1,000 people; 1st = lowest rate."
    )
    return f"{text} {group.note}".strip()


def peer_group_at(facts: Facts, period: Period) -> PeerGroup | None:
    """The group that holds at the end of `period`: the latest that had begun by then."""
    begun = [group for group in facts.peer_groups if group.first_day <= period.end]
    return max(begun, key=lambda group: group.first_day) if begun else None


def tested(every: Sequence[MeasureRow]) -> int:
    """How many rows were tested at the 5% level; a target is met or missed without a test."""
    return sum(1 for row in every if row.assessment.p_value is not None)


def _chance_note(every: Sequence[MeasureRow]) -> list[Note]:
    """How many of the signals are to be expected when nothing changed."""
    tests = tested(every)
    if not tests:
        return []
    chance = expected_by_chance(tests)
    expected = number(chance, 0 if chance == round(chance) else 1)
    return [
        Note(
            "",
            f"{counted(tests, 'measure or area', 'measures and areas')} of the plan were tested at the 5% level:"
            f" about {expected} of them would show a change by chance alone.",
        )
    ]


def _measure_notes(facts: Facts, period: Period, audience: Audience, listed: Sequence[MeasureRow]) -> list[Note]:
    """The notes of the listed measures, each once, under its priority."""
    found: dict[Note, None] = dict.fromkeys(_row_notes(listed, period.end))
    for row in listed:
        own = row.notes if not row.held_words or audience is Audience.WORKING else ()
        for note in own:
            if not note.startswith(rows.LATEST_FIGURE) and not note.endswith(rows.NO_WHOLE):
                found[Note(row.priority, f"{row.label}. {note}")] = None
    order = {priority.code: place for place, priority in enumerate(facts.plan.priorities)}
    return sorted(found, key=lambda note: order.get(note.about, len(order)))


def _row_notes(listed: Sequence[MeasureRow], latest: date) -> list[Note]:
    """Rows with a status set by hand, with a latest figure older than the quarter, or that wait for a return."""
    found = []
    for row in listed:
        period = row.latest.period
        if row.held_words:
            continue
        if row.assessment.by_hand:
            found.append(Note(row.priority, f"{row.label}. {row.assessment.by_hand}"))
        if row.assessment.short_reason.endswith("returns"):
            found.append(Note(row.priority, f"{row.label}. {row.assessment.reason}"))
        elif period is not None and _needs_naming(period, latest):
            label = f"the {period.label}" if period.label.startswith("12 months") else period.label
            found.append(Note(row.priority, f"{row.label}. The latest figure is for {label}."))
    return found


def _needs_naming(period: Period, latest: date) -> bool:
    """Whether a row's latest figure is not for the 12 months that head its column; running totals name their span."""
    return period.end != latest or period.months != 12
