"""Which control chart a measure of the panel file gets, and from which points its limits come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pcp_desktop.analysis import control_groups, seasonality
from pcp_desktop.analysis.attribute_charts import LANEY_POINTS, ChartType, Counts, is_overdispersed
from pcp_desktop.analysis.control_chart import LEAST_POINTS, ControlChart, attribute, xmr
from pcp_desktop.analysis.control_limits import UNSCREENED, BoolArray
from pcp_desktop.analysis.seasonality import ALLOWED, NO_SEASON, NOT_SEASONAL, Season
from pcp_desktop.analysis.series import Series, ratio_unit
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.judgements import ChosenLimits, LimitsOrigin
from pcp_desktop.domain.measures import Kind, Measure
from pcp_desktop.domain.periods import Period, PeriodKind

ROLLING_ABSENT = "Rolling 12-month figures share eleven months with their neighbours, so they have no control limits."
WORDS_ABSENT = "There are no figures to chart."
PARTS_OF_A_YEAR = (PeriodKind.MONTH, PeriodKind.QUARTER)


def for_series(series: Series, baseline_year: Period, *, chosen: Sequence[ChosenLimits] = ()) -> ControlChart:
    """The control chart of a series: limits from the baseline year in its segment, from all points in others.

    `chosen` are a person's limits of this measure and area: another baseline, new levels that have limits of their
    own, and screening switched off, which an XmR chart says.

    A p chart for proportions and a u chart for rates that come with their bases, Laney's where the first 24 points
    call for it (the same points every quarter, so that the kind of chart never flips); an XmR chart otherwise, of
    monthly counts allowing for the season of its segment where the months matter. A baseline year with under four
    known figures in a segment makes no limits there: all its points do. Rolling figures and words have no control
    chart; `absent` then says why.
    """
    if series.rolling:
        return ControlChart((), (), ChartType.XMR, "", absent=ROLLING_ABSENT)
    if series.measure.kind is Kind.TEXT or not series.periods:
        return ControlChart((), (), ChartType.XMR, "", absent=WORDS_ABSENT)
    used = limits_positions(series, baseline_year, chosen)
    source = limits_source(series, baseline_year, chosen)
    groups = groups_of(series, chosen)
    based = counts_of(series)
    if based is not None:
        counts, kind = based
        per = ratio_unit(series.measure)
        chart = attribute(kind, counts.events, counts.base, per=per, segments=groups, used=used)
        return replace(chart, source=source)
    seasons, words = _seasons(series)
    screening = is_screened(chosen)
    chart = xmr(
        series.array,
        segments=groups,
        used=used,
        screening=screening,
        events=series.measure.kind is Kind.COUNT,
        seasons=seasons,
    )
    return replace(chart, source=source if screening else f"{source}{UNSCREENED}", season_words=words)


def is_screened(chosen: Sequence[ChosenLimits]) -> bool:
    """Whether far moving ranges are left out of the limits of an XmR chart, as they are unless a person says not."""
    return all(one.origin is not LimitsOrigin.ALL_RANGES for one in chosen)


def of_subject(facts: Facts, measure: Measure, area: str) -> tuple[ChosenLimits, ...]:
    """The limits that a person chose for a measure and area."""
    return tuple(one for one in facts.limits if (one.measure, one.area) == (measure.code, area))


def baseline_of(series: Series, baseline_year: Period, chosen: Sequence[ChosenLimits]) -> Period:
    """The span whose points make limits: the chosen one where its figures are enough, else the baseline year."""
    spans = [one.baseline for one in chosen if one.baseline is not None]
    return next((one for one in spans if baseline_positions(series, one)), baseline_year)


def limits_positions(series: Series, baseline_year: Period, chosen: Sequence[ChosenLimits]) -> list[int]:
    """The positions of the baseline that make limits; a group that holds none of them uses all its points."""
    return baseline_positions(series, baseline_of(series, baseline_year, chosen), groups_of(series, chosen))


def limits_source(series: Series, baseline_year: Period, chosen: Sequence[ChosenLimits]) -> str:
    """Which points the limits come from, for the method of a chart."""
    baseline = baseline_of(series, baseline_year, chosen)
    places = limits_positions(series, baseline_year, chosen)
    by_hand = "" if baseline == baseline_year else ", chosen by hand"
    begun = new_levels(series, chosen)
    levels = "".join(f", new level from {one.words}" for _, one in begun)
    if not places:
        return f"limits from all points{levels}"
    cut_off = [first for first, last in groups_of(series, chosen) if not any(first <= at <= last for at in places)]
    across = ", from all points across a break" if set(cut_off) - {start for start, _ in begun} else ""
    return f"limits from {baseline.label}{by_hand}{across}{levels}"


def new_levels(series: Series, chosen: Sequence[ChosenLimits]) -> list[tuple[int, ChosenLimits]]:
    """The chosen levels that are in force in the series, each with its first position."""
    firsts = {first for first, _ in groups_of(series, chosen)}
    starts = [(_start(series, one), one) for one in chosen]
    return [(start, one) for start, one in starts if start is not None and start in firsts]


def groups_of(series: Series, chosen: Sequence[ChosenLimits]) -> list[tuple[int, int]]:
    """The segments, cut again where a chosen level begins that leaves enough figures on both sides of it."""
    groups = list(series.segments)
    for one in sorted(chosen, key=lambda level: level.first):
        start = _start(series, one)
        if start is not None and enough_around(series, groups, start):
            labels = [period.label for period in series.periods]
            groups = control_groups.rebased(groups, [start], np.isfinite(series.array), labels)
    return groups


def enough_around(series: Series, groups: Sequence[tuple[int, int]], start: int) -> bool:
    """Whether limits can be made on both sides of `start`, the first position of a level inside one of `groups`."""
    known = np.isfinite(series.array)
    inside = next(((first, last) for first, last in groups if first < start <= last), None)
    if inside is None:
        return False
    first, last = inside
    return min(int(known[first:start].sum()), int(known[start : last + 1].sum())) >= LEAST_POINTS


def _start(series: Series, chosen: ChosenLimits) -> int | None:
    """The position at which a chosen level begins; None of a baseline, and where the figures do not reach there."""
    if chosen.origin is not LimitsOrigin.NEW_LEVEL:
        return None
    return next((at for at, period in enumerate(series.periods) if period.start >= chosen.first), None)


def baseline_positions(
    series: Series, baseline_year: Period, groups: Sequence[tuple[int, int]] | None = None
) -> list[int]:
    """The positions of a baseline that make limits; none in a group where too few of its figures are known for that.

    `groups` are first and last positions, the segments by default.
    """
    inside = control_groups.within(series.periods, baseline_year)
    known = inside & np.isfinite(series.array)
    found: list[int] = []
    for first, last in series.segments if groups is None else groups:
        if np.count_nonzero(known[first : last + 1]) >= LEAST_POINTS:
            found += [first + int(at) for at in np.flatnonzero(inside[first : last + 1])]
    return found


def counts_of(series: Series) -> tuple[Counts, ChartType] | None:
    """Events and bases of a proportion or rate with the kind of chart that they get.

    None where a known figure comes without its base: its values could then not be told from the others'.
    """
    if series.measure.kind not in (Kind.PROPORTION, Kind.RATE):
        return None
    if series.numerators is None or series.denominators is None:
        return None
    events, base = (
        np.array([np.nan if one is None else one for one in part])
        for part in (series.numerators, series.denominators)
    )
    counts = Counts(events, base)
    known = np.isfinite(series.array)
    if not known.any() or (known & ~counts.known).any():
        return None
    kind = ChartType.P if series.measure.kind is Kind.PROPORTION else ChartType.U
    overdispersed = is_overdispersed(kind, counts, list(series.segments), _first_points(counts))
    return counts, kind.laney if overdispersed else kind


def _first_points(counts: Counts) -> BoolArray:
    """The first 24 known points, whatever comes after them."""
    return counts.known & (np.cumsum(counts.known) <= LANEY_POINTS)


def _seasons(series: Series) -> tuple[list[Season], str]:
    """The seasons of the segments whose months matter, and the words for the last segment."""
    if series.frequency not in PARTS_OF_A_YEAR:
        return [], ""
    if series.frequency is not PeriodKind.MONTH or series.measure.kind is not Kind.COUNT:
        return [], NOT_SEASONAL
    found = [seasonality.find(series.array, series.periods, first, last) for first, last in series.segments]
    words = NOT_SEASONAL if found[-1] is None else ALLOWED if found[-1].matters else NO_SEASON
    return [one for one in found if one is not None and one.matters], words
