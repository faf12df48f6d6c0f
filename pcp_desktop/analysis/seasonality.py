"""Whether the calendar month matters to a monthly series, and the scale on which it is taken off.

The logarithm of the figure plus a half, per day of its month, is fitted by least squares on calendar month and on
blocks of twelve months counted back from the latest month; the months matter where the F test of the month effects
against the blocks alone has p < 0.01 (Montgomery, Peck and Vining, Introduction to Linear Regression Analysis, 5th
ed., section 3.3.2, the extra sum of squares). A control chart is made on that scale and transformed back: its limits
then follow the year. Smoothing by STL is never used for limits: it follows the figures themselves, and the limits
become far too narrow.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import fdtrc

from pcp_desktop.analysis.series import YEAR_MONTHS, FloatArray
from pcp_desktop.domain.periods import Period, PeriodKind

LEAST_MONTHS = 36
LEVEL = 0.01
HALF = 0.5
ROUNDING = 1e-18
ALLOWED = "allowing for the season"
NOT_SEASONAL = "not allowing for the season"
NO_SEASON = "no season found"


@dataclass(frozen=True)
class Season:
    """The season of the months at positions `first` to `last` of a series, both included.

    `factors` are the effects of January to December on the logarithm, adding up to nought; `offsets` what the scale
    takes off at each of the positions (month effect and logarithm of the days). `p_value` is that of the F test.
    """

    first: int
    last: int
    factors: tuple[float, ...]
    offsets: FloatArray
    p_value: float

    @property
    def matters(self) -> bool:
        """Whether the months differ by more than chance allows."""
        return self.p_value < LEVEL

    def covers(self, first: int, last: int) -> bool:
        """Whether the positions all lie within those of the season."""
        return self.first <= first and last <= self.last

    def scaled(self, values: FloatArray, first: int) -> FloatArray:
        """`values`, the first of them at position `first`, on the scale without the season."""
        return np.log(values + HALF) - self._offsets(first, len(values))

    def back(self, scaled: FloatArray, first: int, count: int) -> FloatArray:
        """What was reckoned on the scale (one number, or one a position) as figures of the series again."""
        return np.exp(scaled + self._offsets(first, count)) - HALF

    def _offsets(self, first: int, count: int) -> FloatArray:
        at = first - self.first
        return self.offsets[at : at + count]


def find(values: FloatArray, periods: Sequence[Period], first: int = 0, last: int | None = None) -> Season | None:
    """The season of the comparable months at positions `first` to `last`, the end of the series by default.

    None where no season can be fitted: other periods than months that follow each other, a figure below nought, under
    36 months known, or a calendar month or block of which too little is known. Whether it `matters` is for the caller
    to ask.
    """
    last = len(values) - 1 if last is None else last
    part, months = values[first : last + 1], periods[first : last + 1]
    known = np.flatnonzero(np.isfinite(part))
    if len(known) < LEAST_MONTHS or not _follow_each_other(months) or part[known].min() < 0:
        return None
    place = np.array([one.end.month - 1 for one in months])
    days = np.array([calendar.monthrange(one.end.year, one.end.month)[1] for one in months], dtype=np.float64)
    block = (known[-1] - known) // YEAR_MONTHS
    fitted = _fit(np.log((part[known] + HALF) / days[known]), place[known], block)
    if fitted is None:
        return None
    effects, p_value = fitted
    return Season(first, last, tuple(map(float, effects)), effects[place] + np.log(days), p_value)


def _follow_each_other(months: Sequence[Period]) -> bool:
    if any(one.kind is not PeriodKind.MONTH for one in months):
        return False
    counted = [one.end.year * YEAR_MONTHS + one.end.month for one in months]
    return counted == list(range(counted[0], counted[0] + len(counted)))


def _fit(scaled: FloatArray, place: np.ndarray, block: np.ndarray) -> tuple[FloatArray, float] | None:
    """Month effects that add up to nought, and the p value of the F test; None where they cannot be told apart."""
    blocks = np.unique(block)
    by_month = (place[:, None] == np.arange(YEAR_MONTHS)).astype(np.float64)
    by_block = (block[:, None] == blocks).astype(np.float64)
    design = np.hstack([by_month, by_block[:, 1:]])
    coefficients, _, rank, _ = np.linalg.lstsq(design, scaled)
    degrees = len(scaled) - design.shape[1]
    if rank < design.shape[1] or degrees < 1:
        return None
    residual = _squares(scaled - design @ coefficients)
    without = _squares(scaled - by_block @ (by_block.T @ scaled / by_block.sum(axis=0)))
    effects = coefficients[:YEAR_MONTHS]
    return effects - effects.mean(), _p_value(without, residual, degrees, _squares(scaled))


def _squares(differences: FloatArray) -> float:
    return float(differences @ differences)


def _p_value(without: float, residual: float, degrees: int, size: float) -> float:
    """The F test of the eleven month effects; sums of squares that are rounding alone count as nought."""
    least = ROUNDING * size
    if without - residual <= least:
        return 1.0
    if residual <= least:
        return 0.0
    gained = (without - residual) / (YEAR_MONTHS - 1)
    return float(fdtrc(YEAR_MONTHS - 1, degrees, gained / (residual / degrees)))
