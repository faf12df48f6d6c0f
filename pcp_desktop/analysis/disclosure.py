"""Disclosure: the facts an audience may see; page builders call it first, so that nothing later can leak."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

from pcp_desktop.analysis.comparison import Amount, total
from pcp_desktop.analysis.series import build, is_known
from pcp_desktop.analysis.suppression import Cell, Sum, is_small, suppressed
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.formats import exact
from pcp_desktop.domain.measures import Kind, Measure
from pcp_desktop.domain.meetings import PublishedCount
from pcp_desktop.domain.observations import Marker, Observation, ObservationKey, Source
from pcp_desktop.domain.periods import Period, financial_year, financial_year_start


def releasable(facts: Facts, audience: Audience, through: date) -> Facts:
    """`facts` with the observations and judgements only that `audience` may see in papers of the quarter to a day.

    The working view sees everything. Others see nothing of a measure held from them (no area, peer, part or text of
    it), nothing after `through`, and nothing of a measure the plan does not know. For the public a sensitive count
    keeps complete financial years only, of the whole area and of its parts: those from 1 to one below its threshold
    are suppressed, and with them as many others as keep them from being found out (see suppression). Other sensitive
    figures, the force's own entry in tables of peers among them, are dropped; other forces' stay.
    """
    if audience is Audience.WORKING:
        return facts
    measures = {measure.code: measure for measure in facts.measures}
    by_measure: dict[str, list[Observation]] = {}
    for item in facts.observations:
        known = measures.get(item.key.measure)
        if known is not None and is_known(known, item.key.period, through):
            by_measure.setdefault(known.code, []).append(item)
    kept: list[Observation] = []
    for code, observations in by_measure.items():
        measure = measures[code]
        if not _may_be_shown(facts, measure, audience, through):
            continue
        if audience is Audience.PUBLIC and measure.sensitive and measure.kind is not Kind.TEXT:
            kept.extend(_sensitive(facts, measure, observations, through))
        else:
            kept.extend(observations)
    shown = {code for code, one in measures.items() if _may_be_shown(facts, one, audience, through)}
    return replace(
        facts,
        observations=tuple(kept),
        statuses_set=tuple(one for one in facts.statuses_set if one.measure in shown),
        limits=tuple(one for one in facts.limits if one.measure in shown),
    )


def _may_be_shown(facts: Facts, measure: Measure, audience: Audience, day: date) -> bool:
    return facts.clearance(measure, day).may_be_shown(audience)


def _sensitive(
    facts: Facts, measure: Measure, observations: Iterable[Observation], through: date
) -> list[Observation]:
    """Other forces' figures as they are, and of a count the own financial years."""
    own_names = {facts.plan.area, *measure.areas, *(group.own for group in facts.peer_groups)}
    others = {force for group in facts.peer_groups for force in group.forces} - own_names
    kept = [item for item in observations if item.key.area in others]
    if measure.kind is Kind.COUNT:
        kept.extend(_financial_years(facts, measure, through))
    return sorted(kept, key=lambda item: (item.key.area, item.key.period, item.key.part))


def published_counts(facts: Facts, through: date) -> tuple[PublishedCount, ...]:
    """Every count of a sensitive measure that public papers of the quarter to a day show or hide, as it stands."""
    held = {one.key.measure for one in facts.observations}
    measures = [one for one in facts.measures if one.sensitive and one.kind is Kind.COUNT and one.code in held]
    return tuple(
        PublishedCount(measure.code, area, year, float(amount.exact), area not in hidden)
        for measure in measures
        if _may_be_shown(facts, measure, Audience.PUBLIC, through)
        for year, amounts, hidden in _years(facts, measure, through)
        for area, amount in amounts.items()
    )


def _financial_years(facts: Facts, measure: Measure, through: date) -> Iterator[Observation]:
    """One observation for each area and financial year that may be published; hidden ones without their value."""
    for year, amounts, hidden in _years(facts, measure, through):
        for area, amount in amounts.items():
            yield Observation(
                ObservationKey(measure.code, area, year),
                None if area in hidden else amount.value,
                Marker.SUPPRESSED if area in hidden else amount.marker,
                _joined(amount.sources),
            )


def _years(
    facts: Facts, measure: Measure, through: date
) -> Iterator[tuple[Period, dict[str, Amount], frozenset[str]]]:
    """Each financial year with a count that is complete, cleared and not cut by a break: by area, and which hide."""
    areas = (facts.plan.area, *measure.areas)
    built = {area: build(facts, measure, area, through) for area in areas}
    found = [series for series in built.values() if series is not None]
    starts = [period.start for one in found for period in (*one.periods, *(whole.period for whole in one.wholes))]
    for first in range(financial_year_start(min(starts, default=through)), financial_year_start(through) + 1):
        year = financial_year(first)
        if year.end > through or not _may_be_shown(facts, measure, Audience.PUBLIC, year.end):
            continue
        whole = {area: total(series, year) for area, series in built.items() if series is not None}
        amounts = {area: amount for area, amount in whole.items() if amount is not None and amount.complete}
        if amounts:
            yield year, amounts, _hidden(facts, measure, year, {area: one.exact for area, one in amounts.items()})


def _hidden(facts: Facts, measure: Measure, year: Period, counts: Mapping[str, Fraction]) -> frozenset[str]:
    """The areas whose count of a year is not published, so that no small one follows from all that ever was."""
    threshold = measure.small_number_threshold
    past = [
        {one.area: one for one in pack.counts if (one.measure, one.period) == (measure.code, year)}
        for pack in facts.packs
    ]
    everything = [*({area: exact(one.value) for area, one in of.items()} for of in past), counts]
    protected = frozenset(area for area, count in counts.items() if is_small(float(count), threshold))
    if any(count.denominator != 1 for of in everything for count in of.values()):
        return frozenset(counts) if protected else frozenset()  # parts of a count are no system of whole numbers
    shown = {(area, int(one.value)) for of in past for area, one in of.items() if one.was_shown}
    kept_back = {(area, int(one.value)) for of in past for area, one in of.items() if not one.was_shown}
    cells = tuple(
        Cell((area, value), value, is_small(value, threshold), (area, value) in shown, (area, value) in kept_back)
        for area, value in sorted({(area, int(count)) for of in everything for area, count in of.items()})
    )
    sums = tuple(
        Sum(tuple((part, int(of[part])) for part in measure.areas), (facts.plan.area, int(of[facts.plan.area])))
        for of in everything
        if measure.areas and {facts.plan.area, *measure.areas} <= of.keys()
        and sum(of[part] for part in measure.areas) == of[facts.plan.area]
    )  # fmt: skip
    hidden = suppressed(cells, tuple(dict.fromkeys(sums)), threshold)
    return frozenset(area for area, count in counts.items() if (area, int(count)) in hidden)


def _joined(sources: tuple[Source, ...]) -> Source:
    """The cells of a year as one source: "C5 to C16" where they share a sheet, else the last of them."""
    first, last = sources[0], sources[-1]
    if first == last or (first.file, first.sheet) != (last.file, last.sheet):
        return last
    return Source(last.file, last.sheet, f"{first.cell} to {last.cell}")
