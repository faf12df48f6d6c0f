"""Which control chart a measure of the panel file gets, and from which points its limits come."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pcp_desktop.analysis import control_groups
from pcp_desktop.analysis.attribute_charts import ChartType
from pcp_desktop.analysis.control_chart import LEAST_POINTS, ControlChart, xmr
from pcp_desktop.analysis.seasonality import NOT_SEASONAL
from pcp_desktop.analysis.series import Series
from pcp_desktop.domain.measures import Kind
from pcp_desktop.domain.periods import Period, PeriodKind

ROLLING_ABSENT = "Rolling 12-month figures share eleven months with their neighbours, so they have no control limits."
WORDS_ABSENT = "There are no figures to chart."
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
    chart = xmr(
        series.array,
        segments=series.segments,
        used=used,
        screening=screening,
        events=series.measure.kind is Kind.COUNT,
    )
    words = NOT_SEASONAL if series.frequency in PARTS_OF_A_YEAR else ""
    return replace(chart, source=source, season_words=words)


def baseline_positions(series: Series, baseline_year: Period) -> list[int]:
    """The positions of the baseline year that make limits; none where too few of its figures are known for that."""
    within = [int(at) for at in np.flatnonzero(control_groups.within(series.periods, baseline_year))]
    known = sum(series.entries[at].value is not None for at in within)
    return within if known >= LEAST_POINTS else []
