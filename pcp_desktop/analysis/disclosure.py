"""Disclosure: the facts an audience may see; page builders call it first, so that nothing later can leak."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from pcp_desktop.analysis import small_numbers
from pcp_desktop.analysis.series import is_known
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.measures import Kind, Measure
from pcp_desktop.domain.observations import Marker, Observation, ObservationKey, Source


def releasable(facts: Facts, audience: Audience, through: date) -> Facts:
    """`facts` with the observations and judgements only that `audience` may see in papers of the quarter to a day.

    The working view sees everything. Others see nothing of a measure held from them (no area, peer, part or text of
    it), of one that is held for an area nothing but its other areas, nothing after `through`, and nothing of a
    measure the plan does not know. For the public a sensitive count keeps complete financial years only, of the whole
    area and of its parts: those from 1 to one below its threshold are suppressed, and with them as many others as
    keep them from being found out (see small_numbers). Other sensitive figures, the force's own entry in tables of
    peers among them, are dropped; other forces' stay.
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
        areas = shown_areas(facts, measure, audience, through)
        if audience is Audience.PUBLIC and measure.sensitive and measure.kind is not Kind.TEXT:
            kept.extend(_sensitive(facts, measure, observations, through) if "" in areas else ())
        else:
            kept.extend(one for one in observations if part_of_area(measure, one.key.area) in areas)
    shown = {
        (code, area) for code, one in measures.items() for area in shown_areas(facts, one, audience, through)
    }  # fmt: skip

    def is_shown(code: str, area: str) -> bool:
        return code in measures and (code, part_of_area(measures[code], area)) in shown

    return replace(
        facts,
        observations=tuple(kept),
        statuses_set=tuple(one for one in facts.statuses_set if is_shown(one.measure, one.area)),
        limits=tuple(one for one in facts.limits if is_shown(one.measure, one.area)),
    )


def shown_areas(facts: Facts, measure: Measure, audience: Audience, day: date) -> frozenset[str]:
    """The parts of the area whose figures an audience may see; empty for the whole area and all that is no part."""
    areas = ("", *measure.areas)
    return frozenset(area for area in areas if facts.clearance(measure, day, area).may_be_shown(audience))


def part_of_area(measure: Measure, area: str) -> str:
    """The part of the area that an observation is of; empty for the whole area and for other forces."""
    return area if area in measure.areas else ""


def _sensitive(
    facts: Facts, measure: Measure, observations: Iterable[Observation], through: date
) -> list[Observation]:
    """Other forces' figures as they are, and of a count the own financial years."""
    own_names = {facts.plan.area, *measure.areas, *(group.own for group in facts.peer_groups)}
    others = {force for group in facts.peer_groups for force in group.forces} - own_names
    kept = [item for item in observations if item.key.area in others]
    if small_numbers.is_sensitive_count(measure):
        kept.extend(_financial_years(facts, measure, through))
    return sorted(kept, key=lambda item: (item.key.area, item.key.period, item.key.part))


def _financial_years(facts: Facts, measure: Measure, through: date) -> Iterator[Observation]:
    """One observation for each area and financial year that may be published; hidden ones without their value."""
    for one in small_numbers.years(facts, measure, through):
        for place, amount in one.amounts.items():
            code, area = place
            if code != measure.code:
                continue
            yield Observation(
                ObservationKey(code, area, one.year),
                None if place in one.hidden else amount.value,
                Marker.SUPPRESSED if place in one.hidden else amount.marker,
                _joined(amount.sources),
            )


def _joined(sources: tuple[Source, ...]) -> Source:
    """The cells of a year as one source: "C5 to C16" where they share a sheet, else the last of them."""
    first, last = sources[0], sources[-1]
    if first == last or (first.file, first.sheet) != (last.file, last.sheet):
        return last
    return Source(last.file, last.sheet, f"{first.cell} to {last.cell}")
