"""Series: one measure, one area, one frequency, in period order without a gap, cut into segments at breaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.formats import exact
from pcp_desktop.domain.measures import Aggregation, Break, Frequency, Kind, Measure
from pcp_desktop.domain.observations import Marker, Observation, Part, Source
from pcp_desktop.domain.periods import (
    Period,
    PeriodKind,
    financial_year_start,
    quarter,
    quarter_number,
    twelve_months_to,
)

FloatArray = NDArray[np.float64]

YEAR_MONTHS = 12
PER_CENT = 100
PER_THOUSAND = 1000
YEAR_KINDS = (PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR)
TWELVE_MONTH_KINDS = (*YEAR_KINDS, PeriodKind.TWELVE_MONTHS)
PERIOD_KINDS: Mapping[Frequency, tuple[PeriodKind, ...]] = {
    Frequency.MONTH: (PeriodKind.MONTH,),
    Frequency.QUARTER: (PeriodKind.QUARTER,),
    Frequency.HALF_YEAR: (PeriodKind.HALF_YEAR,),
    Frequency.YEAR: YEAR_KINDS,
    Frequency.TWELVE_MONTHS: TWELVE_MONTH_KINDS,
}
STEPS = {
    PeriodKind.MONTH: 1,
    PeriodKind.QUARTER: 3,
    PeriodKind.HALF_YEAR: 6,
    PeriodKind.FINANCIAL_YEAR: YEAR_MONTHS,
    PeriodKind.CALENDAR_YEAR: YEAR_MONTHS,
}


@dataclass(frozen=True)
class Entry:
    """What is held for one period: the value with its base where known, its marker and its cells.

    `value` is exact and in the measure's unit; None where the marker says why, or where nothing was received (the
    marker is then None too). `stated` is the span that a running total was stated for, where that is not the period.
    """

    value: Fraction | None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    marker: Marker | None = None
    sources: tuple[Source, ...] = ()
    stated: Period | None = None


NOTHING = Entry(None)


@dataclass(frozen=True)
class WholePeriod:
    """A value returned for a longer period as a whole (a year's total beside its months)."""

    period: Period
    entry: Entry


@dataclass(frozen=True)
class Series:
    """One measure, area and frequency.

    `periods` follow each other with no gap, `step` months apart; `entries` hold the exact values. Rolling figures
    returned at uneven dates have only the returned periods, `step` being the usual gap. `segments` are (first, last)
    positions, both included, cut at `breaks`, which are only those that cut this series. `wholes` are values returned
    for longer periods, for years whose parts are not held.
    """

    measure: Measure
    area: str
    frequency: PeriodKind
    step: int
    periods: tuple[Period, ...]
    entries: tuple[Entry, ...]
    segments: tuple[tuple[int, int], ...]
    breaks: tuple[Break, ...]
    wholes: tuple[WholePeriod, ...]
    rolling: bool

    @property
    def values(self) -> tuple[float | None, ...]:
        """The values, unrounded and in the measure's unit; None for a missing period."""
        return tuple(_as_float(entry.value) for entry in self.entries)

    @property
    def numerators(self) -> tuple[float | None, ...] | None:
        """The numerators; None where no period has one."""
        found = tuple(_as_float(entry.numerator) for entry in self.entries)
        return found if any(number is not None for number in found) else None

    @property
    def denominators(self) -> tuple[float | None, ...] | None:
        """The bases; None where no period has one."""
        found = tuple(_as_float(entry.denominator) for entry in self.entries)
        return found if any(number is not None for number in found) else None

    @property
    def markers(self) -> tuple[Marker, ...]:
        """The markers; not available too where nothing was received for a period."""
        return tuple(entry.marker or Marker.NOT_AVAILABLE for entry in self.entries)

    @property
    def sources(self) -> tuple[tuple[Source, ...], ...]:
        """The cells that went into each period's value."""
        return tuple(entry.sources for entry in self.entries)

    @property
    def array(self) -> FloatArray:
        """The values as float64 with nan for a missing period."""
        return np.array([np.nan if value is None else value for value in self.values], dtype=np.float64)

    @property
    def last_known(self) -> int | None:
        """Position of the last period with a value; None where there is none."""
        return next((at for at in range(len(self.entries) - 1, -1, -1) if self.entries[at].value is not None), None)

    @property
    def uneven(self) -> bool:
        """Whether the periods do not follow each other at one step (rolling figures returned at irregular dates)."""
        return self.rolling and any(gap != self.step for gap in _gaps(self.periods))

    @property
    def withdrawn(self) -> bool:
        """Whether the partner has said of the latest period that its figure is not available."""
        return self._ends_with(Marker.NOT_AVAILABLE)

    @property
    def suppressed(self) -> bool:
        """Whether the partner has said of the latest period that its figure is too small to be given."""
        return self._ends_with(Marker.SUPPRESSED)

    def _ends_with(self, marker: Marker) -> bool:
        return bool(self.entries) and self.entries[-1].value is None and self.entries[-1].marker is marker


def build(facts: Facts, measure: Measure, area: str, through: date) -> Series | None:
    """The series of `measure` for `area` (the plan's area or a part) with periods ending no later than `through`.

    For the plan's area a measure with parts is their sum (SUM) or the ratio of their sums (RATIO), period by period,
    missing where a part is missing and no figure for the whole area was received. A count of which only financial
    years are held becomes a yearly series. None where nothing is held.
    """
    observed = [
        item
        for item in facts.observations
        if item.key.measure == measure.code and is_known(measure, item.key.period, through)
    ]
    held = _held(observed, measure, area)
    if area == facts.plan.area and measure.areas:
        held = _with_sums_of_parts(held, [_held(observed, measure, part) for part in measure.areas], measure)
    breaks = _cutting_breaks(facts.breaks, measure)
    return _arranged(held, measure, area, breaks, through)


def is_known(measure: Measure, period: Period, through: date) -> bool:
    """Whether a figure for `period` belongs to papers that look at figures up to `through`.

    A running total stated for a span that has begun (savings from April 2013 to March 2017) is known before its
    end.
    """
    running = measure.aggregation is Aggregation.LATEST and period.kind is PeriodKind.SPAN
    return period.end <= through or (running and period.start <= through)


def marker_of(markers: Iterable[Marker | None]) -> Marker:
    """The marker of a value made of several: provisional if any is, else revised if any is, else final."""
    present = set(markers)
    return next((each for each in (Marker.PROVISIONAL, Marker.REVISED) if each in present), Marker.FINAL)


def is_ratio(measure: Measure) -> bool:
    """Whether the measure's values are ratios, and those of several areas together the ratio of their sums."""
    return measure.aggregation is Aggregation.RATIO or measure.kind in (Kind.PROPORTION, Kind.RATE)


def ratio_unit(measure: Measure) -> int:
    """What a ratio's events over its base are times: rates are per 1,000 people, every other ratio per cent."""
    return PER_THOUSAND if measure.kind is Kind.RATE else PER_CENT


def _as_float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _held(observed: Iterable[Observation], measure: Measure, area: str) -> dict[Period, Entry]:
    parts: dict[Period, dict[Part, Observation]] = {}
    for item in observed:
        if item.key.area == area:
            parts.setdefault(item.key.period, {})[item.key.part] = item
    return {period: _entry(by_part, measure) for period, by_part in parts.items()}


def _entry(by_part: Mapping[Part, Observation], measure: Measure) -> Entry:
    value, top, base = (by_part.get(part) for part in (Part.VALUE, Part.NUMERATOR, Part.DENOMINATOR))
    if is_ratio(measure) and top and base and top.value is not None and base.value:
        sources = (top.source, base.source)
        pair = Entry(None, exact(top.value), exact(base.value), marker_of((top.marker, base.marker)), sources)
        return _ratio_entry([pair], measure)
    if value is not None and value.value is not None:
        return Entry(exact(value.value), marker=marker_of((value.marker,)), sources=(value.source,))
    first = next(iter(by_part.values()))
    return Entry(None, marker=first.marker, sources=tuple(item.source for item in by_part.values()))


def _ratio_entry(entries: list[Entry], measure: Measure) -> Entry:
    top = sum((entry.numerator or Fraction(0) for entry in entries), Fraction(0))
    base = sum((entry.denominator or Fraction(0) for entry in entries), Fraction(0))
    sources = tuple(source for entry in entries for source in entry.sources)
    value = ratio_unit(measure) * top / base
    return Entry(value, top, base, marker_of(entry.marker for entry in entries), sources)


def combined(entries: list[Entry], measure: Measure) -> Entry | None:
    """The entries of parts or shorter periods as one; None where one is missing, has no base, or nothing adds up."""
    if not entries or any(entry.value is None for entry in entries):
        return None
    if len(entries) == 1:
        return entries[0]
    if is_ratio(measure):
        known = all(entry.numerator is not None and entry.denominator for entry in entries)
        return _ratio_entry(entries, measure) if known else None
    if measure.aggregation is not Aggregation.SUM:
        return None
    whole = sum((entry.value for entry in entries if entry.value is not None), Fraction(0))
    sources = tuple(source for entry in entries for source in entry.sources)
    return Entry(whole, marker=marker_of(entry.marker for entry in entries), sources=sources)


def _with_sums_of_parts(
    held: dict[Period, Entry], by_part: list[dict[Period, Entry]], measure: Measure
) -> dict[Period, Entry]:
    """The whole area's entries: the parts' sum where all are there, else what was received for the whole."""
    result = dict(held)
    if measure.aggregation is Aggregation.LATEST:
        return result
    for period in {period for entries in by_part for period in entries}:
        entries = [part.get(period, NOTHING) for part in by_part]
        whole = combined(entries, measure)
        if whole is not None:
            result[period] = whole
        elif period not in result:
            markers = {entry.marker for entry in entries if entry.value is None}
            marker = next(iter(markers)) if len(markers) == 1 else None
            sources = tuple(source for entry in entries for source in entry.sources)
            result[period] = Entry(None, marker=marker, sources=sources)
    return result


def _cutting_breaks(breaks: Iterable[Break], measure: Measure) -> tuple[Break, ...]:
    def cuts(item: Break) -> bool:
        totals = item.totals_comparable and measure.aggregation is Aggregation.SUM
        return item.measure == measure.code and not totals

    return tuple(sorted((item for item in breaks if cuts(item)), key=lambda item: item.first_day))


def _arranged(
    held: Mapping[Period, Entry], measure: Measure, area: str, breaks: tuple[Break, ...], through: date
) -> Series | None:
    own = _of_frequency(held, measure, through)
    rolling = measure.is_rolling
    if not own and measure.aggregation is Aggregation.SUM:
        own = {period: held[period] for period in held if period.kind is PeriodKind.FINANCIAL_YEAR}
    wholes = tuple(
        WholePeriod(period, held[period])
        for period in sorted(held)
        if period not in own and not rolling and held[period].value is not None
    )
    if not own and not wholes:
        return None
    kind = next(iter(own)).kind if own else PERIOD_KINDS[measure.frequency][0]
    step = _rolling_step(own) if rolling else STEPS.get(kind, YEAR_MONTHS)
    run = _positions(own, step, rolling)
    entries = tuple(own.get(period, NOTHING) for period in run)
    return Series(measure, area, kind, step, run, entries, _segments(run, breaks), breaks, wholes, rolling)


def _of_frequency(held: Mapping[Period, Entry], measure: Measure, through: date) -> dict[Period, Entry]:
    kinds = PERIOD_KINDS[measure.frequency]
    own = {period: entry for period, entry in held.items() if period.kind in kinds}
    if measure.frequency is Frequency.TWELVE_MONTHS:
        return {twelve_months_to(period.end.year, period.end.month): own[period] for period in sorted(own)}
    if measure.frequency is Frequency.YEAR:
        for kind in YEAR_KINDS:
            of_kind = {period: entry for period, entry in own.items() if period.kind is kind}
            if of_kind:
                return of_kind
    if measure.aggregation is Aggregation.LATEST and measure.frequency is Frequency.QUARTER:
        return {**_states_at_quarter_ends(held, through), **own}
    return own


def _states_at_quarter_ends(held: Mapping[Period, Entry], through: date) -> dict[Period, Entry]:
    """Running totals and states as figures of the quarter they end with; of the last quarter where they run on."""
    states = {}
    for period in sorted(held):
        if period.kind not in (PeriodKind.SPAN, PeriodKind.SNAPSHOT, PeriodKind.MONTH, *TWELVE_MONTH_KINDS):
            continue
        end = min(period.end, through)
        slot = quarter(financial_year_start(end), quarter_number(end))
        if slot.end != end and period.end > through:
            slot = slot.shifted(-STEPS[PeriodKind.QUARTER])
        if slot.end == period.end or period.end > through:
            states[slot] = replace(held[period], stated=period)
    return states


def _month_index(period: Period) -> int:
    return period.end.year * YEAR_MONTHS + period.end.month


def _gaps(ordered: Iterable[Period]) -> list[int]:
    """Months between the ends of neighbouring periods."""
    ends = [_month_index(period) for period in ordered]
    return [later - earlier for earlier, later in pairwise(ends)]


def _rolling_step(own: Iterable[Period]) -> int:
    """The usual gap in months between rolling figures: the most frequent, the smallest of equally frequent ones."""
    gaps = Counter(_gaps(sorted(own)))
    return min(gaps, key=lambda gap: (-gaps[gap], gap), default=YEAR_MONTHS)


def _positions(own: Iterable[Period], step: int, rolling: bool) -> tuple[Period, ...]:
    """The periods from the first to the last `step` months apart; rolling ones off that grid only as returned."""
    ordered = sorted(own)
    if not ordered:
        return ()
    if rolling and any(gap % step for gap in _gaps(ordered)):
        return tuple(ordered)
    count = (_month_index(ordered[-1]) - _month_index(ordered[0])) // step + 1
    return tuple(ordered[0].shifted(at * step) for at in range(count))


def _segments(run: tuple[Period, ...], breaks: Iterable[Break]) -> tuple[tuple[int, int], ...]:
    """Runs of positions between breaks; a period in which a break falls opens the new run."""
    if not run:
        return ()
    cuts = {next((at for at, period in enumerate(run) if period.end >= item.first_day), 0) for item in breaks}
    starts = sorted(cuts | {0})
    return tuple((first, last - 1) for first, last in zip(starts, [*starts[1:], len(run)], strict=True))
