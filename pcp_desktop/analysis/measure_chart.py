"""Which control chart a measure of the panel file gets, and from which points its limits come."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pcp_desktop.analysis import control_groups, seasonality
from pcp_desktop.analysis.attribute_charts import LANEY_POINTS, ChartType, Counts, is_overdispersed
from pcp_desktop.analysis.control_chart import LEAST_POINTS, ControlChart, attribute, xmr
from pcp_desktop.analysis.control_limits import BoolArray
from pcp_desktop.analysis.seasonality import ALLOWED, NO_SEASON, NOT_SEASONAL, Season
from pcp_desktop.analysis.series import Series
from pcp_desktop.domain.measures import Kind
from pcp_desktop.domain.periods import Period, PeriodKind

ROLLING_ABSENT = "Rolling 12-month figures share eleven months with their neighbours, so they have no control limits."
WORDS_ABSENT = "There are no figures to chart."
PERCENT = 100.0
PARTS_OF_A_YEAR = (PeriodKind.MONTH, PeriodKind.QUARTER)


def for_series(series: Series, baseline_year: Period, *, screening: bool = True) -> ControlChart:
    """The control chart of a series: limits from the baseline year in its segment, from all points in others.

    A p chart for proportions and a u chart for rates that come with their bases, Laney's where the first 24 points
    call for it (the same points every quarter, so that the kind of chart never flips); an XmR chart otherwise, of
    monthly counts allowing for the season of its segment where the months matter. A baseline year with under four
    known figures makes no limits: all points do. Rolling figures and words have no control chart; `absent` then says
    why.
    """
    if series.rolling:
        return ControlChart((), (), ChartType.XMR, "", absent=ROLLING_ABSENT)
    if series.measure.kind is Kind.TEXT or not series.periods:
        return ControlChart((), (), ChartType.XMR, "", absent=WORDS_ABSENT)
    used = baseline_positions(series, baseline_year)
    source = f"limits from {baseline_year.label}" if used else "limits from all points"
    based = counts_of(series)
    if based is not None:
        counts, kind = based
        chart = attribute(kind, counts.events, counts.base, per=PERCENT, segments=series.segments, used=used)
        return replace(chart, source=source)
    seasons, words = _seasons(series)
    chart = xmr(
        series.array,
        segments=series.segments,
        used=used,
        screening=screening,
        events=series.measure.kind is Kind.COUNT,
        seasons=seasons,
    )
    return replace(chart, source=source, season_words=words)


def baseline_positions(series: Series, baseline_year: Period) -> list[int]:
    """The positions of the baseline year that make limits; none where too few of its figures are known for that."""
    within = [int(at) for at in np.flatnonzero(control_groups.within(series.periods, baseline_year))]
    known = sum(series.entries[at].value is not None for at in within)
    return within if known >= LEAST_POINTS else []


def counts_of(series: Series) -> tuple[Counts, ChartType] | None:
    """Events and bases of a proportion or rate with the kind of chart that they get; its values are in percent.

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
