"""Position: where a force lies among its most similar forces: within what is expected of the group, and its rank."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from pcp_desktop.analysis.funnel import Funnel, Standing, funnel
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.formats import exact
from pcp_desktop.domain.measures import Kind, Measure, PeerGroup, Polarity
from pcp_desktop.domain.observations import Observation, Part, Source
from pcp_desktop.domain.periods import Period

PER = 1000
PER_HUNDRED = 100
LEAST_FORCES = 2
LOWEST_FIRST = "1st = lowest rate"
HIGHEST_FIRST = "1st = highest"

Parts = dict[Part, Observation]


@dataclass(frozen=True)
class ForceRate:
    """One force's rate (per 1,000 population, or percent for a proportion); `own` marks the panel's force.

    `events` and `base` are what it was made of: events and people, or answers; None where only the rate is known.
    """

    force: str
    exact: Fraction
    own: bool
    sources: tuple[Source, ...]
    events: Fraction | None = None
    base: Fraction | None = None

    @property
    def rate(self) -> float:
        """The rate as a float."""
        return float(self.exact)


@dataclass(frozen=True)
class Position:
    """The own force's rank at `period`; `of` forces have a rate, in `rates` in rank order.

    `best_first` says whether the 1st is the best; it is False where the position is neither good nor bad. `key` says
    which end is 1st, `note` where the group's membership is from. `funnel` (its rates are per person, or shares) and
    the own force's `standing` in it are None where a base is not known or the group is too small; `per` turns the
    funnel's rates into those shown. `last_group` is the position of the same figures in the group of the year before,
    None where its membership was the same.
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
    funnel: Funnel | None = None
    standing: Standing | None = None
    last_group: Position | None = None
    per: int = PER

    @property
    def own(self) -> ForceRate:
        """The own force's rate."""
        return next(rate for rate in self.rates if rate.own)


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
        found = _in_group(by_period[period], group, period, facts.plan.area, measure)
        if found is not None:
            before = _group_before(facts.peer_groups, group)
            last = _in_group(by_period[period], before, period, facts.plan.area, measure) if before else None
            return replace(found, last_group=last)
    return None


def _in_group(
    by_area: Mapping[str, Parts], group: PeerGroup, period: Period, area: str, measure: Measure
) -> Position | None:
    """The position in one group, None where it has too few rates or not the own one."""
    rates = _rates(by_area, group, area, measure)
    if len(rates) < LEAST_FORCES or not any(rate.own for rate in rates):
        return None
    return _ranked(rates, period, group, measure)


def group_at(groups: tuple[PeerGroup, ...], period: Period) -> PeerGroup:
    """The group whose membership holds at the end of `period`; the earliest known one for periods before it."""
    ordered = sorted(groups, key=lambda group: group.first_day)
    return next((group for group in reversed(ordered) if group.first_day <= period.end), ordered[0])


def _group_before(groups: tuple[PeerGroup, ...], group: PeerGroup) -> PeerGroup | None:
    """The group that held before `group`, where its membership was another."""
    earlier = [one for one in groups if one.first_day < group.first_day]
    before = max(earlier, key=lambda one: one.first_day, default=None)
    if before is None or {*before.forces, before.own} == {*group.forces, group.own}:
        return None
    return before


def _rates(by_area: Mapping[str, Parts], group: PeerGroup, area: str, measure: Measure) -> list[ForceRate]:
    found = []
    for force in dict.fromkeys((*group.forces, group.own)):
        own = force == group.own
        parts = by_area.get(force) if force not in measure.areas else None
        rate = _rate(parts or {}, force, own, measure)
        if rate is None and own:
            rate = _rate(by_area.get(area) or {}, force, own, measure)
        if rate is not None:
            found.append(rate)
    return found


def _rate(parts: Parts, force: str, own: bool, measure: Measure) -> ForceRate | None:
    """Per 1,000 for counts and rates, percent for proportions and scores; None where a part is missing."""
    known = {part: exact(item.value) for part, item in parts.items() if item.value is not None}
    base = known.get(Part.DENOMINATOR)
    ready = _is_share(measure) or measure.kind is Kind.RATE
    events = known.get(Part.NUMERATOR if ready else Part.VALUE)
    sources = tuple(item.source for item in parts.values())
    if base and events is not None:
        return ForceRate(force, _per(measure) * events / base, own, sources, events, base)
    value = known.get(Part.VALUE) if ready else None
    return None if value is None else ForceRate(force, value, own, sources)


def _is_share(measure: Measure) -> bool:
    """Whether forces are ranked by a percentage or a score, and not by a rate of people."""
    return measure.kind in (Kind.PROPORTION, Kind.SCORE)


def _per(measure: Measure) -> int:
    """What a rate is per: 1,000 people, or a hundred."""
    return PER_HUNDRED if _is_share(measure) else PER


def _ranked(rates: list[ForceRate], period: Period, group: PeerGroup, measure: Measure) -> Position:
    highest = _is_share(measure) and measure.polarity is not Polarity.LOWER
    ordered = sorted(rates, key=lambda rate: (-rate.exact if highest else rate.exact, not rate.own))
    own = next(rate for rate in ordered if rate.own)
    better = sum(1 for rate in rates if (rate.exact > own.exact if highest else rate.exact < own.exact))
    tied = sum(1 for rate in rates if rate.exact == own.exact) > 1
    limits = _funnel(ordered, measure)
    return Position(
        rank=better + 1, of=len(rates), tied=tied, rates=tuple(ordered), period=period,
        sources=tuple(source for rate in ordered for source in rate.sources),
        best_first=measure.polarity is (Polarity.HIGHER if highest else Polarity.LOWER),
        key=HIGHEST_FIRST if highest else LOWEST_FIRST, note=group.note, funnel=limits,
        standing=_standing(limits, own), per=_per(measure),
    )  # fmt: skip


def _funnel(rates: list[ForceRate], measure: Measure) -> Funnel | None:
    """The funnel of the group, None where a force's base is not known, or its shares are no shares."""
    parts = [(float(rate.events), float(rate.base)) for rate in rates if rate.events is not None and rate.base]
    share = _is_share(measure)
    if len(parts) < len(rates) or any(events < 0 or (share and events > base) for events, base in parts):
        return None
    return funnel([events for events, _ in parts], [base for _, base in parts], proportion=share)


def _standing(limits: Funnel | None, own: ForceRate) -> Standing | None:
    """Where the own force lies in the funnel."""
    if limits is None or own.events is None or not own.base:
        return None
    return limits.standing(float(own.events), float(own.base))
