"""Axes of charts: where the labelled lines and the month ticks stand. Colours and pixels belong to the renderers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pcp_desktop.domain.formats import MONEY_MILLION, PERCENT, number, value_shown
from pcp_desktop.domain.pages import Tick, YearSpan
from pcp_desktop.domain.periods import MONTH_NAMES, Period, financial_year_label, month, quarter_number

MOST_LINES = 7
LEAST_LINES = 5
LEAST_PERCENT_SPAN = 10.0
MOST_PLACES = 12
LABELLED_MONTHS = (1, 4, 7, 10)
YEAR = 12
LONGEST_YEAR = len("2013/14")
_STEPS = (1.0, 2.0, 2.5, 5.0)


@dataclass(frozen=True)
class ValueAxis:
    """The value axis of a chart: its ends and its labelled lines, lowest first."""

    low: float
    high: float
    ticks: tuple[Tick, ...]

    @property
    def starts_at_zero(self) -> bool:
        """Whether nothing is cut off below."""
        return self.low == 0


def value_axis(
    values: Iterable[float | None], unit: str, *, from_zero: bool = False, whole: bool | None = None
) -> ValueAxis:
    """An axis with five to seven labelled lines that holds every value.

    Args:
        values: everything drawn against the axis, in `unit`; None is skipped.
        unit: the measure's unit; percentages stay between 0 and 100 and span at least 10 points.
        from_zero: whether the axis starts at 0 (bars do; quantities that cannot be negative are never below it).
        whole: whether the lines stand at whole numbers only; unless said, for all but percentages and money.
    """
    present = [value for value in values if value is not None and math.isfinite(value)] or [0.0]
    low, high = min(present), max(present)
    if from_zero:
        low = min(low, 0.0)
    least = LEAST_PERCENT_SPAN if unit == PERCENT else 0.0
    if high - low < least:
        middle = (high + low) / 2
        low, high = (low, low + least) if from_zero else (middle - least / 2, middle + least / 2)
    never_negative = min(present) >= 0
    if never_negative:
        low, high = max(low, 0.0), high + max(0.0, -low)
    if unit == PERCENT and high > 100 >= max(present):
        low, high = max(0.0, low - (high - 100)), 100.0
    whole = unit not in (PERCENT, MONEY_MILLION) if whole is None else whole
    if high == low:
        reach = LEAST_LINES // 2 if whole else abs(low) / 20 or 1.0
        low, high = max(low - reach, 0.0) if never_negative else low - reach, high + reach
    step = _step(low, high, whole=whole)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    while last - first + 1 < LEAST_LINES:
        last += 1
    if unit == PERCENT and last * step > 100 >= max(present):
        shift = math.ceil((last * step - 100) / step - 1e-9)
        first, last = max(0, first - shift), last - shift
    decimals = _places(step)
    ticks = tuple(Tick(place * step, value_shown(place * step, unit, decimals)) for place in range(first, last + 1))
    return ValueAxis(first * step, last * step, ticks)


def _places(value: float) -> int:
    """The decimal places that a round number needs."""
    sizes = (abs(value) * 10**places for places in range(MOST_PLACES))
    whole = (places for places, size in enumerate(sizes) if abs(size - round(size)) <= 1e-6 * size)
    return next(whole, MOST_PLACES)


def _step(low: float, high: float, *, whole: bool) -> float:
    """The smallest round step that covers `low` to `high` with at most seven lines; whole for counts."""
    power = math.floor(math.log10((high - low) / (MOST_LINES - 1))) if high > low else 0
    for exponent in range(power, power + 4):
        for factor in _STEPS:
            step = factor * 10.0**exponent
            if whole and step != int(step):
                continue
            lines = math.ceil(high / step - 1e-9) - math.floor(low / step + 1e-9) + 1
            if lines <= MOST_LINES:
                return step
    return high - low


def period_ticks(periods: Sequence[Period]) -> tuple[Tick, ...]:
    """Ticks under a run of months, quarters or rolling periods: Apr, Jul, Oct, Jan, or Q1 to Q4, or the year.

    Periods that do not follow each other by the month (rolling figures as they were returned), and the months of a
    single year, each name their month.
    """
    if not periods:
        return ()
    if _by_year(periods):
        return tuple(Tick(place, _year_label(period)) for place, period in enumerate(periods))
    gaps = _gaps(periods)
    if periods[0].months == 3 and (not gaps or min(gaps) >= 3):
        return tuple(Tick(place, f"Q{quarter_number(period.end)}") for place, period in enumerate(periods))
    if len(periods) <= YEAR or max(gaps) > 1:
        return tuple(Tick(place, MONTH_NAMES[period.end.month][:3]) for place, period in enumerate(periods))
    return tuple(
        Tick(place, MONTH_NAMES[period.end.month][:3])
        for place, period in enumerate(periods)
        if period.end.month in LABELLED_MONTHS
    )


def year_spans(periods: Sequence[Period]) -> tuple[YearSpan, ...]:
    """The financial years under the ticks, each from half a step before its first position to half after its last.

    None under periods of a year or more: the ticks say the year already.
    """
    if _by_year(periods):
        return ()
    spans: list[YearSpan] = []
    for place, period in enumerate(periods):
        text = financial_year_label(period.end)
        if spans and spans[-1].text == text:
            spans[-1] = YearSpan(spans[-1].first, place + 0.5, text)
        else:
            spans.append(YearSpan(place - 0.5, place + 0.5, text))
    return tuple(spans)


def axis_words(axis: ValueAxis, unit: str) -> str:
    """ "Axis starts at 200" where the axis is cut below, otherwise empty."""
    if axis.starts_at_zero:
        return ""
    decimals = _places(axis.low)
    low = value_shown(axis.low, unit, decimals) if unit == PERCENT else number(axis.low, decimals)
    return f"Axis starts at {low}"


def _by_year(periods: Sequence[Period]) -> bool:
    """Whether each period is a year or more after the one before."""
    gaps = _gaps(periods)
    return bool(gaps) and min(gaps) >= YEAR


def _gaps(periods: Sequence[Period]) -> list[int]:
    """The months from each period's end to that of the next."""
    return [_month_count(later) - _month_count(earlier) for earlier, later in pairwise(periods)]


def _year_label(period: Period) -> str:
    """A year by its name ("2013/14"); 12 months to any other month, and single days, by their last month."""
    if len(period.label) <= LONGEST_YEAR:
        return period.label
    return month(period.end.year, period.end.month).short_label


def _month_count(period: Period) -> int:
    """Months since the year 0 of a period's last month."""
    return period.end.year * 12 + period.end.month
