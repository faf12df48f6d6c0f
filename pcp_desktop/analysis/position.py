"""Position: a force's rank among its most similar forces by rate per 1,000."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.formats import exact
from pcp_desktop.domain.measures import Kind, Measure, PeerGroup, Polarity
from pcp_desktop.domain.observations import Observation, Part, Source
from pcp_desktop.domain.periods import Period

PER = 1000
LEAST_FORCES = 2
LOWEST_FIRST = "1st = lowest rate"
HIGHEST_FIRST = "1st = highest"

Parts = dict[Part, Observation]


@dataclass(frozen=True)
class ForceRate:
    """One force's rate (per 1,000 population, or percent for a proportion); `own` marks the panel's force."""

    force: str
    exact: Fraction
    own: bool
    sources: tuple[Source, ...]

    @property
    def rate(self) -> float:
        """The rate as a float."""
        return float(self.exact)


@dataclass(frozen=True)
class Position:
    """The own force's rank at `period`; `of` forces have a rate, in `rates` in rank order.

    `best_first` says whether the 1st is the best; it is False where the position is neither good nor bad. `key` says
    which end is 1st, `note` where the group's membership is from.
    """

    rank: int
    of: int
    tied: bool
    rates: tuple[ForceRate, ...]
    period: Period
    sources: tuple[Source, ...]
    best_first: bool
    key: str
    note: str = ""


def position(facts: Facts, measure: Measure, through: date) -> Position | None:
    """The own force's position in the most similar group, by the latest figures that end no later than `through`.

    Counts are ranked by rate per 1,000 population, lowest first; percentages by themselves, highest first. The group
    is the one whose membership holds at the figures' period; only its forces with a rate are counted. None where
    fewer than two forces, the own one among them, have a rate.
    """
    if not facts.peer_groups:
        return None
    by_period: dict[Period, dict[str, Parts]] = {}
    for item in facts.observations:
        key = item.key
        if key.measure == measure.code and key.period.end <= through:
            by_period.setdefault(key.period, {}).setdefault(key.area, {})[key.part] = item
    for period in sorted((one for one, areas in by_period.items() if len(areas) >= LEAST_FORCES), reverse=True):
        group = group_at(facts.peer_groups, period)
        rates = _rates(by_period[period], group, facts.plan.area, measure)
        if len(rates) >= LEAST_FORCES and any(rate.own for rate in rates):
            return _ranked(rates, period, group, measure)
    return None


def group_at(groups: tuple[PeerGroup, ...], period: Period) -> PeerGroup:
    """The group whose membership holds at the end of `period`; the earliest known one for periods before it."""
    ordered = sorted(groups, key=lambda group: group.first_day)
    return next((group for group in reversed(ordered) if group.first_day <= period.end), ordered[0])


def _rates(by_area: Mapping[str, Parts], group: PeerGroup, area: str, measure: Measure) -> list[ForceRate]:
    found = []
    for force in dict.fromkeys((*group.forces, group.own)):
        own = force == group.own
        parts = by_area.get(force) if force not in measure.areas else None
        rate = _rate(parts or {}, measure)
        if rate is None and own:
            parts = by_area.get(area)
            rate = _rate(parts or {}, measure)
        if rate is not None and parts:
            found.append(ForceRate(force, rate, own, tuple(item.source for item in parts.values())))
    return found


def _rate(parts: Parts, measure: Measure) -> Fraction | None:
    """Per 1,000 for counts and rates, percent for proportions and scores; None where a part is missing."""
    known = {part: exact(item.value) for part, item in parts.items() if item.value is not None}
    base = known.get(Part.DENOMINATOR)
    if measure.kind in (Kind.PROPORTION, Kind.SCORE):
        if base and Part.NUMERATOR in known:
            return 100 * known[Part.NUMERATOR] / base
        return known.get(Part.VALUE)
    return PER * known[Part.VALUE] / base if base and Part.VALUE in known else None


def _ranked(rates: list[ForceRate], period: Period, group: PeerGroup, measure: Measure) -> Position:
    highest = measure.kind in (Kind.PROPORTION, Kind.SCORE) and measure.polarity is not Polarity.LOWER
    ordered = sorted(rates, key=lambda rate: (-rate.exact if highest else rate.exact, not rate.own))
    own = next(rate for rate in ordered if rate.own)
    better = sum(1 for rate in rates if (rate.exact > own.exact if highest else rate.exact < own.exact))
    tied = sum(1 for rate in rates if rate.exact == own.exact) > 1
    return Position(
        rank=better + 1, of=len(rates), tied=tied, rates=tuple(ordered), period=period,
        sources=tuple(source for rate in ordered for source in rate.sources),
        best_first=measure.polarity is (Polarity.HIGHER if highest else Polarity.LOWER),
        key=HIGHEST_FIRST if highest else LOWEST_FIRST, note=group.note,
    )  # fmt: skip
