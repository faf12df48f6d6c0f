"""How the dates of a series follow each other, and where each stands on a run of periods without a gap."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import reduce
from itertools import pairwise

import numpy as np

from pcp_desktop.analysis.series import YEAR_MONTHS
from pcp_desktop.domain.periods import (
    Period,
    calendar_year,
    financial_year,
    financial_year_start,
    last_day,
    month,
    quarter_of,
    snapshot,
)

USUAL_SHARE = 0.5
WEEK_DAYS = 7
SATURDAY = 5
_MONTHS = {1: "month", 3: "quarter", YEAR_MONTHS: "year"}


class Spacing(StrEnum):
    """How far the dates of a series lie apart; DATE where that is no step with a name, or none at all."""

    DAY = "day"
    WORKING_DAY = "working day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    DATE = "date"


@dataclass(frozen=True)
class Run:
    """The run of periods that a series' dates stand on: `places` gives each date's position on it.

    `even` is False where the dates follow no step; each then simply follows the one before.
    """

    spacing: Spacing
    even: bool
    places: tuple[int, ...]
    periods: tuple[Period, ...]


def run_of(days: Sequence[date]) -> Run:
    """The run under `days`, which are in order and all different.

    The dates follow a step of months, weeks, working days or days where every gap is a multiple of it and at least
    half of the gaps are the step itself.
    """
    found = _by_months(days) or _by_working_days(days) or _by_days(days)
    if found is not None:
        return found
    return Run(Spacing.DATE, len(days) < 2, tuple(range(len(days))), tuple(snapshot(day) for day in days))


def _step(places: Sequence[int]) -> int | None:
    """The step that all gaps are multiples of, if at least half of the gaps are the step itself."""
    gaps = [later - earlier for earlier, later in pairwise(places)]
    if not gaps:
        return None
    step = reduce(math.gcd, gaps)
    return step if Counter(gaps)[step] >= USUAL_SHARE * len(gaps) else None


def _by_months(days: Sequence[date]) -> Run | None:
    """The run where all dates are the same day of their months, or the last day."""
    if len({day.day for day in days}) > 1 and any(day != last_day(day) for day in days):
        return None
    counts = [day.year * YEAR_MONTHS + day.month for day in days]
    step = _step(counts)
    if step is None:
        return None
    spacing = Spacing(_MONTHS.get(step, "date"))
    first = _first_period(days, spacing)
    places = tuple((count - counts[0]) // step for count in counts)
    periods = tuple(first.shifted(place * step) for place in range(places[-1] + 1))
    return Run(spacing, True, places, periods)


def _first_period(days: Sequence[date], spacing: Spacing) -> Period:
    """The period that the first date stands for: a date within a month is the month, a year's first day the year."""
    day = days[0]
    if spacing is Spacing.MONTH:
        return month(day.year, day.month)
    candidates = {
        Spacing.QUARTER: (quarter_of(day),),
        Spacing.YEAR: (financial_year(financial_year_start(day)), calendar_year(day.year)),
    }
    for period in candidates.get(spacing, ()):
        if day in (period.start, period.end):
            return period
    return snapshot(day)


def _by_working_days(days: Sequence[date]) -> Run | None:
    """The run where no date is a Saturday or Sunday and the dates span more than one week."""
    if any(day.weekday() >= SATURDAY for day in days) or len({day.weekday() for day in days}) < 2:
        return None
    places = tuple(int(place) for place in np.busday_count(days[0], np.array(days, dtype="datetime64[D]")))
    if _step(places) != 1 or days[-1] - days[0] < timedelta(WEEK_DAYS):
        return None
    every = np.busday_offset(np.datetime64(days[0]), np.arange(places[-1] + 1), roll="forward")
    return Run(Spacing.WORKING_DAY, True, places, tuple(snapshot(day) for day in every.tolist()))


def _by_days(days: Sequence[date]) -> Run | None:
    ordinals = [day.toordinal() for day in days]
    step = _step(ordinals)
    if step is None:
        return None
    spacing = {1: Spacing.DAY, WEEK_DAYS: Spacing.WEEK}.get(step, Spacing.DATE)
    places = tuple((ordinal - ordinals[0]) // step for ordinal in ordinals)
    periods = tuple(snapshot(days[0] + timedelta(place * step)) for place in range(places[-1] + 1))
    return Run(spacing, True, places, periods)
