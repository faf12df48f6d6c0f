"""Small numbers: which counts of sensitive measures the public may read, over everything ever published of them.

A measure, the measure it is a part of and those that are parts of it form a family; their counts by area are one
system of sums for each financial year (years do not overlap, so one says nothing of another). To it belong the counts
as every published pack knew them: who has kept the papers of an earlier quarter holds both. What is decided is the
system; how it is solved is in `suppression`.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache

from pcp_desktop.analysis.comparison import Amount, total
from pcp_desktop.analysis.series import build
from pcp_desktop.analysis.suppression import Cell, Sum, is_small, suppressed
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.formats import exact
from pcp_desktop.domain.measures import Kind, Measure
from pcp_desktop.domain.meetings import PublishedCount, by_year_in_words
from pcp_desktop.domain.observations import Observation
from pcp_desktop.domain.periods import Period, financial_year, financial_year_start

Place = tuple[str, str]
"""A measure's code and an area."""


@dataclass(frozen=True)
class YearOfCounts:
    """The counts of a family in a financial year that public papers know of, and the places where they print [c]."""

    year: Period
    amounts: Mapping[Place, Amount]
    hidden: frozenset[Place]


def is_sensitive_count(measure: Measure) -> bool:
    """Whether the small counts of a measure are protected; other sensitive figures are not public at all."""
    return measure.sensitive and measure.kind is Kind.COUNT


def family(facts: Facts, measure: Measure) -> tuple[Measure, ...]:
    """The counts that add up with a measure's, its own among them, in the order of the plan."""
    found = {measure.code}
    while True:
        joined = found | {one.part_of for one in facts.measures if one.code in found and one.part_of}
        joined |= {one.code for one in facts.measures if one.part_of in found}
        if joined == found:
            return tuple(one for one in facts.measures if one.code in found and one.kind is Kind.COUNT)
        found = joined


def years(facts: Facts, measure: Measure, through: date) -> tuple[YearOfCounts, ...]:
    """Each financial year of a sensitive measure's family that is complete by a day, cleared and cut by no break."""
    return _decided(_Asked(facts, through)).get(measure.code, ())


def published_counts(facts: Facts, through: date) -> tuple[PublishedCount, ...]:
    """Every count that public papers of the quarter to a day show or hide of sensitive measures, as it stands.

    With them come the counts of other measures that they add up with.
    """
    decided = _decided(_Asked(facts, through))
    public = (one for one in facts.measures if one.code in decided and _is_public(facts, one, through))
    found: dict[PublishedCount, None] = {}
    for measure in public:
        for one in decided[measure.code]:
            for place, amount in one.amounts.items():
                found.setdefault(PublishedCount(*place, one.year, float(amount.exact), place not in one.hidden))
    return tuple(found)


def hidden_counts(facts: Facts, through: date) -> tuple[PublishedCount, ...]:
    """The counts that public papers of the quarter to a day print as [c]: small ones and those that protect them."""
    return tuple(one for one in published_counts(facts, through) if not one.was_shown)


def hidden_in_words(facts: Facts, through: date) -> tuple[tuple[str, str], ...]:
    """The measures with hidden counts, by priority and name, each with their years and areas."""
    hidden = hidden_counts(facts, through)
    return tuple(
        (f"{measure.priority} {measure.name}", by_year_in_words(own, facts.plan.area))
        for measure in facts.measures
        if (own := [one for one in hidden if one.measure == measure.code])
    )


class _Asked:
    """What a decision rests on: facts and a day. Equal only where all of it is the very same, which is soon seen."""

    def __init__(self, facts: Facts, through: date) -> None:
        self.facts, self.through = facts, through
        self._rest = (facts.plan, facts.measures, facts.observations, facts.clearances, facts.breaks, facts.returns,
                      facts.packs)  # fmt: skip

    def __hash__(self) -> int:
        return hash((self.through, *map(id, self._rest)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Asked) or self.through != other.through:
            return False
        return all(one is another for one, another in zip(self._rest, other._rest, strict=True))


@lru_cache(maxsize=8)
def _decided(asked: _Asked) -> dict[str, tuple[YearOfCounts, ...]]:
    """The years of every sensitive count of a plan, by its code; each family is decided once."""
    facts = asked.facts
    by_measure: dict[str, list[Observation]] = {}
    for item in facts.observations:
        by_measure.setdefault(item.key.measure, []).append(item)
    found: dict[str, tuple[YearOfCounts, ...]] = {}
    for measure in facts.measures:
        if is_sensitive_count(measure) and measure.code in by_measure and measure.code not in found:
            relatives = family(facts, measure)
            own = {one.code: tuple(by_measure.get(one.code, ())) for one in relatives}
            decided = tuple(_years(facts, own, [one for one in relatives if own[one.code]], asked.through))
            found |= {one.code: decided for one in relatives if is_sensitive_count(one)}
    return found


def _years(
    facts: Facts, own: Mapping[str, tuple[Observation, ...]], held: Sequence[Measure], through: date
) -> Iterator[YearOfCounts]:
    """The years of a family, from the observations of each of its measures that holds any."""
    relatives = [one for one in held if _is_public(facts, one, through)]
    built = {
        (one.code, area): series
        for one in relatives
        for area in (facts.plan.area, *one.areas)
        if (series := build(replace(facts, observations=own[one.code]), one, area, through)) is not None
    }
    starts = [one.start for series in built.values() for one in series.periods]
    starts += [whole.period.start for series in built.values() for whole in series.wholes]
    for first in range(financial_year_start(min(starts, default=through)), financial_year_start(through) + 1):
        year = financial_year(first)
        if year.end > through:
            continue
        public = {one.code for one in relatives if _is_public(facts, one, year.end)}
        whole = {place: total(series, year) for place, series in built.items() if place[0] in public}
        amounts = {place: one for place, one in whole.items() if one is not None and one.complete}
        if amounts:
            counts = {place: one.exact for place, one in amounts.items()}
            yield YearOfCounts(year, amounts, _hidden(facts, relatives, year, counts))


def _is_public(facts: Facts, measure: Measure, day: date) -> bool:
    return facts.clearance(measure, day).may_be_shown(Audience.PUBLIC)


def _hidden(
    facts: Facts, relatives: Sequence[Measure], year: Period, counts: Mapping[Place, Fraction]
) -> frozenset[Place]:
    """The places whose count of a year is not published, so that no small one follows from all that ever was."""
    codes = {one.code for one in relatives}
    past = [
        {(one.measure, one.area): one for one in pack.counts if one.measure in codes and one.period == year}
        for pack in facts.packs
    ]
    editions = [*({place: exact(one.value) for place, one in of.items()} for of in past), counts]
    thresholds = {one.code: one.small_number_threshold if is_sensitive_count(one) else 0 for one in relatives}
    if any(count.denominator != 1 for of in editions for count in of.values()):
        return _all_or_none(counts, thresholds)
    shown = {(*place, int(one.value)) for of in past for place, one in of.items() if one.was_shown}
    kept_back = {(*place, int(one.value)) for of in past for place, one in of.items() if not one.was_shown}
    cells: dict[Hashable, Cell] = {}
    sums: dict[Sum, None] = {}
    for of in editions:
        keys = {place: (*place, int(count)) for place, count in of.items()}
        for (code, _area), key in keys.items():
            settled = key in shown or not thresholds[code]
            cells[key] = Cell(key, key[2], thresholds[code], settled, key in kept_back)
        for parts, whole in _added_up(facts.plan.area, relatives, of):
            rest = int(of[whole] - sum(of[part] for part in parts))
            inside: tuple[Hashable, ...] = tuple(keys[part] for part in parts)
            if rest > 0:  # parts that nobody returned: as good as hidden
                others = ("others", *inside, keys[whole])
                cells[others] = Cell(others, rest, was_hidden=True)
                inside = (*inside, others)
            if rest >= 0:  # else they were revised one after the other, do not add up, and nothing follows from them
                sums[Sum(inside, keys[whole])] = None
    hidden = suppressed(tuple(cells.values()), tuple(sums))
    return frozenset(place for place, count in counts.items() if (*place, int(count)) in hidden)


def _all_or_none(counts: Mapping[Place, Fraction], thresholds: Mapping[str, int]) -> frozenset[Place]:
    """All sensitive counts of a year where one is small and they are no whole numbers, which no solver decides on."""
    sensitive = frozenset(place for place in counts if thresholds[place[0]])
    small = any(is_small(float(counts[place]), thresholds[place[0]]) for place in sensitive)
    return sensitive if small else frozenset()


def _added_up(
    area: str, relatives: Sequence[Measure], counts: Mapping[Place, Fraction]
) -> Iterator[tuple[tuple[Place, ...], Place]]:
    """Which places add up to which: areas to the whole area, and measures to the one that they are parts of."""
    for measure in relatives:
        parts = tuple(place for place in counts if place[0] == measure.code and place[1] != area)
        if parts and (measure.code, area) in counts:
            yield parts, (measure.code, area)
        codes = {one.code for one in relatives if one.part_of == measure.code}
        for whole in [place for place in counts if place[0] == measure.code]:
            parts = tuple(place for place in counts if place[0] in codes and place[1] == whole[1])
            if parts:
                yield parts, whole
