"""Facts made for the tests: a plan, measures and observations without a panel file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from pcp_desktop.domain.clearance import Clearance, ClearanceState
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.measures import (
    Aggregation,
    Break,
    Frequency,
    Kind,
    Measure,
    PeerGroup,
    Polarity,
    StatusRule,
)
from pcp_desktop.domain.observations import Marker, Observation, ObservationKey, Part, Source
from pcp_desktop.domain.periods import Period, financial_year, month
from pcp_desktop.domain.plans import Plan

AREA = "The whole area"
THROUGH = date(2015, 12, 31)
BASELINE = financial_year(2012)
PLAN = Plan("plan", "A plan", AREA, "The force", BASELINE, date(2013, 4, 1), date(2017, 3, 31), ())
GROUP = PeerGroup(date(2015, 4, 1), ("Ours", "A", "B", "C"), "Ours", "membership of 2015/16")


def a_measure(code: str = "m", **changes: object) -> Measure:
    """A monthly count of which fewer are better; a keyword replaces an attribute."""
    plain = Measure(
        code=code, priority="SP1", label=code, kind=Kind.COUNT, unit="offences", polarity=Polarity.LOWER,
        aggregation=Aggregation.SUM, frequency=Frequency.MONTH, status_rule=StatusRule.AGAINST_BASELINE,
        lead=True, organisations=("Police",), board="Board",
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]  # the tests name the attributes


def a_proportion(code: str = "share", **changes: object) -> Measure:
    """A rolling survey percentage of which more is better; a keyword replaces an attribute."""
    attributes: dict[str, object] = {
        "kind": Kind.PROPORTION, "unit": "percent", "polarity": Polarity.HIGHER, "aggregation": Aggregation.RATIO,
        "frequency": Frequency.TWELVE_MONTHS, "decimals": 1,
    }  # fmt: skip
    return a_measure(code, **{**attributes, **changes})


def a_rate(code: str = "rate", **changes: object) -> Measure:
    """A yearly rate of events among people of which fewer are better; a keyword replaces an attribute."""
    attributes: dict[str, object] = {
        "kind": Kind.RATE, "unit": "per 1,000 people", "aggregation": Aggregation.RATIO, "frequency": Frequency.YEAR,
        "decimals": 1,
    }  # fmt: skip
    return a_measure(code, **{**attributes, **changes})


def observed(
    measure: Measure,
    period: Period,
    value: float | None,
    part: Part = Part.VALUE,
    area: str = AREA,
    marker: Marker = Marker.FINAL,
    text: str | None = None,
) -> Observation:
    """One observation; its cell names its period."""
    source = Source(f"{measure.code}.xlsx", area, f"{part.value[0].upper()}{period.end:%y%m}")
    return Observation(ObservationKey(measure.code, area, period, part), value, marker, source, text)


def months_from(first: tuple[int, int], count: int) -> list[Period]:
    """`count` calendar months from (year, month)."""
    start = month(*first)
    return [start.shifted(at) for at in range(count)]


def monthly(
    measure: Measure, values: Sequence[float | None], first: tuple[int, int] = (2012, 4), area: str = AREA
) -> list[Observation]:
    """Monthly observations from April 2012; None leaves the month out."""
    periods = months_from(first, len(values))
    return [
        observed(measure, period, value, area=area)
        for period, value in zip(periods, values, strict=True)
        if value is not None
    ]


def with_base(measure: Measure, period: Period, top: float, base: float, area: str = AREA) -> list[Observation]:
    """The numerator and denominator of a proportion."""
    return [
        observed(measure, period, top, Part.NUMERATOR, area),
        observed(measure, period, base, Part.DENOMINATOR, area),
    ]


def facts_of(
    measures: Iterable[Measure],
    observations: Iterable[Observation],
    breaks: Iterable[Break] = (),
    clearances: Iterable[Clearance] | None = None,
    groups: Iterable[PeerGroup] = (GROUP,),
) -> Facts:
    """Facts with every measure cleared to the end of 2015 unless `clearances` says otherwise."""
    held = tuple(measures)
    cleared = tuple(Clearance(measure.code, ClearanceState.CLEARED, THROUGH) for measure in held)
    return Facts(
        panel="test", plan=PLAN, measures=held, observations=tuple(observations),
        clearances=cleared if clearances is None else tuple(clearances), breaks=tuple(breaks), events=(),
        peer_groups=tuple(groups), returns=(), meetings=(), now=datetime(2016, 2, 26, 14, 32),
    )  # fmt: skip
