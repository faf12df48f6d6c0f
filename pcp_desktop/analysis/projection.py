"""Projection: the total of a year that is not over, as its known months plus forecast months, never without interval.

When a series may be projected and what is said of it; the forecasting itself belongs in forecast.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import isnan

import numpy as np

from pcp_desktop.analysis.forecast import MOST_AHEAD, forecast
from pcp_desktop.analysis.series import YEAR_MONTHS, FloatArray, Series
from pcp_desktop.analysis.significance import SMALL_EVENTS
from pcp_desktop.domain.formats import as_fine_as_interval, counted, number
from pcp_desktop.domain.measures import Aggregation, Kind
from pcp_desktop.domain.periods import Period, PeriodKind

LEAST_MONTHS = 36
LEAST_INTERVAL = 1e-6


@dataclass(frozen=True)
class Projection:
    """The projected total of `period` and its 80% interval, in the measure's unit, unrounded.

    `known` is the sum of the `known_months` of the period that are known; `forecast_months` are the others. `method`
    is the one with the lower `error`, the mean absolute error of such totals at `origins` earlier points of the
    series, in percent; `other_error` is the other's, nan where it could not be tried. `months` comparable months were
    used.
    """

    period: Period
    value: float
    low: float
    high: float
    known: Fraction
    known_months: int
    forecast_months: int
    months: int
    method: str
    error: float
    other_error: float
    origins: int
    widened: float

    @property
    def shown(self) -> tuple[str, str, str]:
        """Value and ends no finer than the interval allows: "3,960", "3,640", "4,280"."""
        value, low, high = (number(each) for each in as_fine_as_interval(self.value, self.low, self.high))
        return value, low, high

    @property
    def words(self) -> str:
        """The method and its settings in a sentence."""
        known = f"{counted(self.known_months, 'known month')} and " if self.known_months else ""
        other = "" if isnan(self.other_error) else f" (the other method {number(self.other_error, 1)}%)"
        widened = "; interval widened to that" if self.widened > 1 else ""
        return (
            f"{self.period.label}: {known}{self.forecast_months} forecast by {self.method}, which was "
            f"{number(self.error, 1)}% out on average at {counted(self.origins, 'earlier point')}{other}{widened}."
        )


@dataclass(frozen=True)
class NotProjected:
    """Why there is no projection: `short` fits beside a label, `reason` is a sentence."""

    short: str
    reason: str


def project(series: Series, period: Period) -> Projection | NotProjected:
    """The projected total of `period`, a year that ends after the last known month, or why there is none.

    Only monthly counts are projected, from the months after the last break: at least 36 known ones, and not for more
    than 24 months ahead or half their number. The latest 12 months and those of the period that are over have to be
    known: where a partner withdrew one there is no total to go on from.
    """
    last = series.last_known
    refusal = _no_monthly_count(series)
    if refusal is not None or last is None:
        return refusal or NotProjected("Not received", "No figure has been received.")
    first = next(start for start, end in series.segments if start <= last <= end)
    run = series.array[first : last + 1]
    ahead = _months_after(series.periods[last], period)
    inside = [at for at in range(first, last + 1) if period.contains(series.periods[at])]
    refusal = _not_that_period(series, (first, last), inside, period, ahead) or _too_little(run, ahead)
    if refusal is not None:
        return refusal
    skip = ahead - (period.months - len(inside))
    found = forecast(run, _days(series.periods[first], len(run) + ahead), ahead, skip)
    if found is None:
        return NotProjected("Gaps", "Too many months are missing for a projection to be tried on the series itself.")
    if found.high - found.low < LEAST_INTERVAL:
        return NotProjected("No variation", "The months do not vary by chance, so it would have no interval.")
    known = sum((series.entries[at].value or Fraction(0) for at in inside), Fraction(0))
    return Projection(
        period=period, value=float(known) + found.total, low=float(known) + found.low, high=float(known) + found.high,
        known=known, known_months=len(inside), forecast_months=ahead - skip, months=int(np.isfinite(run).sum()),
        method=found.method, error=100 * found.error, other_error=100 * found.other_error, origins=found.origins,
        widened=found.widened,
    )  # fmt: skip


def _no_monthly_count(series: Series) -> NotProjected | None:
    """Why a series of this kind is not projected at all."""
    if series.rolling:
        return NotProjected(
            "Rolling", "Rolling figures share eleven months with their neighbours: none is projected."
        )
    if series.measure.kind is not Kind.COUNT or series.measure.aggregation is not Aggregation.SUM:
        return NotProjected("Not a count", "Only counts, whose months add up to a year, are projected.")
    if series.frequency is not PeriodKind.MONTH:
        return NotProjected("Not monthly", "Only monthly figures are projected.")
    if series.withdrawn:
        return NotProjected("Withdrawn", "The partner has withdrawn the latest figure.")
    return None


def _not_that_period(
    series: Series, run: tuple[int, int], inside: list[int], period: Period, ahead: int
) -> NotProjected | None:
    """Why `period`, holding the months `inside`, cannot be projected from those of `run` (first and last)."""
    first, last = run
    if ahead < 1:
        return NotProjected("Over", f"{period.label} is over: it has its total and needs no projection.")
    if period.start < series.periods[first].start <= period.end:
        words = f"{period.label} began before the figures that can be compared, which begin in"
        return NotProjected("Break", f"{words} {series.periods[first].label}: no total is made across that.")
    needed = sorted({*inside, *range(max(first, last - YEAR_MONTHS + 1), last + 1)})
    missing = [series.periods[at] for at in needed if series.entries[at].value is None]
    if missing:
        return NotProjected("Incomplete", f"The figure for {missing[0].label} is missing, so no total is projected.")
    return None


def _too_little(run: FloatArray, ahead: int) -> NotProjected | None:
    """Why the comparable months are too few, or too small, for a forecast of `ahead` months."""
    known = int(np.isfinite(run).sum())
    if known < LEAST_MONTHS:
        have = f"{counted(known, 'comparable month')} {'is' if known == 1 else 'are'} held"
        return NotProjected("Too short", f"{have}, and a projection needs {LEAST_MONTHS}.")
    if ahead > min(MOST_AHEAD, known // 2):
        reach = f"not beyond {MOST_AHEAD} months or half of the {known} months held"
        return NotProjected("Too far", f"The period ends {counted(ahead, 'month')} after the last figure: {reach}.")
    if np.nanmin(run) < 0:
        return NotProjected("Below nil", "A count below nil cannot be projected.")
    if np.nanmean(run) * YEAR_MONTHS < SMALL_EVENTS:
        return NotProjected("Small numbers", f"Under {SMALL_EVENTS} a year are too few to project.")
    return None


def _months_after(last: Period, period: Period) -> int:
    """How many months lie between the end of `last` and the end of `period`."""
    return (period.end.year - last.end.year) * YEAR_MONTHS + period.end.month - last.end.month


def _days(first: Period, count: int) -> FloatArray:
    """The days of `count` calendar months from `first` on."""
    return np.array([first.shifted(at).days for at in range(count)], dtype=np.float64)
