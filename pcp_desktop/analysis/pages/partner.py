"""The page that goes back to a partner: its own figures and what became of them; of others nothing that is held."""

from __future__ import annotations

from collections.abc import Iterator

from pcp_desktop.analysis.pages import notes, rows, wording
from pcp_desktop.analysis.pages import returns as returns_page
from pcp_desktop.analysis.pages.overview import accepted_words
from pcp_desktop.analysis.pages.subject import Gathered, gather
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.formats import NO_VALUE, number, value_shown
from pcp_desktop.domain.measures import Measure
from pcp_desktop.domain.observations import Observation, Part
from pcp_desktop.domain.pages import MeasureRow, ReturnRow
from pcp_desktop.domain.partners import PartnerPage, PartnerSeries, StillToCome, UsedFigure
from pcp_desktop.domain.periods import Period, financial_year, financial_year_start

ACCEPTED = "accepted"


def organisations(facts: Facts) -> tuple[str, ...]:
    """The organisations that supply measures or owe returns, in the order of the alphabet."""
    names = {name for measure in facts.measures for name in measure.organisations}
    return tuple(sorted(names | {one.expected.organisation for one in facts.returns if one.expected is not None}))


def build(facts: Facts, organisation: str, period: Period) -> PartnerPage:
    """What `organisation` is sent back for the quarter `period`; KeyError where it supplies and owes nothing."""
    if organisation not in organisations(facts):
        raise KeyError(organisation)
    own = own_observations(facts, organisation)
    supplied = tuple(measure for measure in facts.measures if organisation in measure.organisations)
    lines = tuple(_rows(facts, supplied, own, period))
    board = tuple(row for row in returns_page.build(facts, period).rows if row.organisation == organisation)
    return PartnerPage(
        organisation=organisation,
        plan=facts.plan.name,
        period=period,
        baseline_words=facts.plan.baseline.label,
        accepted_words=accepted_words(facts.last_accepted),
        rows=lines,
        returns=board,
        to_come=(*_returns_to_come(board), *_figures_to_come(supplied, own, period)),
        series=tuple(_series(facts, measure, own[measure.code], period) for measure in supplied if own[measure.code]),
        key=notes.key(facts.plan.baseline.label, lines),
    )


def own_observations(facts: Facts, organisation: str) -> dict[str, tuple[Observation, ...]]:
    """The stored figures that an organisation supplied, by measure.

    All of a measure that it alone supplies. Of a measure that several supply, those of the areas for which its own
    files hold figures; a file name that another organisation has used as well tells nothing.
    """
    files = _files_of(facts, organisation)
    found: dict[str, tuple[Observation, ...]] = {}
    for measure in facts.measures:
        if organisation not in measure.organisations:
            continue
        stored = tuple(one for one in facts.observations if one.key.measure == measure.code)
        if measure.organisations != (organisation,):
            areas = {one.key.area for one in stored if one.source.file in files} - {facts.plan.area}
            stored = tuple(one for one in stored if one.key.area in areas)
        found[measure.code] = stored
    return found


def _files_of(facts: Facts, organisation: str) -> set[str]:
    """The names of the files that came from an organisation and from no other."""
    of: dict[bool, set[str]] = {True: set(), False: set()}
    for record in facts.returns:
        if record.file is not None and record.expected is not None:
            of[record.expected.organisation == organisation].add(record.file.name)
    return of[True] - of[False]


def _rows(
    facts: Facts, supplied: tuple[Measure, ...], own: dict[str, tuple[Observation, ...]], period: Period
) -> Iterator[MeasureRow]:
    """The organisation's measures with their areas: what is its own as the officers see it, the rest as everybody."""
    working, public = (gather(facts, period, audience) for audience in (Audience.WORKING, Audience.PUBLIC))
    for measure in supplied:
        areas = {one.key.area for one in own[measure.code]}
        alone = len(measure.organisations) == 1
        for area in (facts.plan.area, *measure.areas):
            gathered: Gathered = working if alone or area in areas else public
            yield rows.build(gathered.subject(measure, area))


# ---------------------------------------------------------------- the figures


def _series(facts: Facts, measure: Measure, own: tuple[Observation, ...], period: Period) -> PartnerSeries:
    clearance = facts.clearance(measure, period.end)
    held = "" if clearance.may_be_shown(Audience.PUBLIC) else wording.not_published(clearance)
    return PartnerSeries(
        priority=measure.priority,
        label=measure.label,
        name=wording.short_label(measure),
        unit=measure.unit,
        figures=tuple(UsedFigure(one, _shown(measure, one)) for one in sorted(own, key=_order)),
        held_words=held,
        measure=measure.code,
    )


def _order(one: Observation) -> tuple[str, Period, int]:
    """By area and period; a figure stands before the numerator and the base that it is made of."""
    return one.key.area, one.key.period, list(Part).index(one.key.part)


def _shown(measure: Measure, one: Observation) -> str:
    """A stored figure as it is shown: in the measure's unit, or a plain number for a numerator or base."""
    if one.text is not None:
        return one.text
    if one.value is None:
        return one.marker.sign or NO_VALUE
    if one.key.part is Part.VALUE:
        return value_shown(one.value, measure.unit, measure.decimals)
    return number(one.value, 0)


# ---------------------------------------------------------------- what is still to come


def _returns_to_come(board: tuple[ReturnRow, ...]) -> Iterator[StillToCome]:
    """The returns of the quarter that are not accepted, with what their absence holds back."""
    for row in board:
        if row.state_group != ACCEPTED:
            held_back = f" Held back: {row.holds_back}" if row.holds_back else ""
            yield StillToCome(row.title, f"Due {row.due}", f"{row.state}. {row.explanation}{held_back}")


def _figures_to_come(
    supplied: tuple[Measure, ...], own: dict[str, tuple[Observation, ...]], period: Period
) -> Iterator[StillToCome]:
    """Measures whose newest figure is older than the quarter, and this year's cells that came without a figure."""
    year = financial_year(financial_year_start(period.end))
    for measure in supplied:
        given = [one for one in own[measure.code] if one.value is not None or one.text]
        newest = max((one.key.period for one in given), default=None)
        if newest is None:
            yield StillToCome(measure.label, period.label, "No figure is stored.")
        elif newest.end < period.end:
            yield StillToCome(measure.label, period.label, f"The newest figure is for {newest.label}.")
        for one in own[measure.code]:
            if one.value is None and one.text is None and year.contains(one.key.period):
                words = f"{one.marker.value.capitalize()}: {one.source.label}."
                yield StillToCome(f"{measure.label}, {one.key.area}", one.key.period.label, words)
