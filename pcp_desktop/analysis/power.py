"""Power: the smallest change that a test would show. What a change is tested with belongs in significance."""

from __future__ import annotations

from dataclasses import dataclass
from math import expm1, isfinite, log1p

from scipy.special import ndtri, stdtrit

from pcp_desktop.analysis.significance import ALPHA, Test

POWER = 0.8


@dataclass(frozen=True)
class SmallestChange:
    """The smallest rise and fall that a test would show with 80% power, in percent, or in points where `points`."""

    rise: float
    fall: float
    points: bool


def smallest_change(test: Test) -> SmallestChange | None:
    """The smallest change that the data behind `test` would show four times in five; None where no interval says it.

    The standard error is the interval's half width over its quantile (on the log scale for ratios); the change is the
    sum of the quantiles of 97.5% and 80% times that error (Cohen, Statistical Power Analysis for the Behavioral
    Sciences, 1988, section 2.5, with the test's own degrees of freedom). A rise by a ratio is as likely to be seen as
    a fall by its inverse.
    """
    low, high = test.interval
    if not (isfinite(low) and isfinite(high)) or (not test.points and low <= -100):
        return None
    sure, likely = (_quantile(test.degrees, level) for level in (1 - ALPHA / 2, POWER))
    if test.points:
        least = (high - low) / (2 * sure) * (sure + likely)
        return SmallestChange(least, -least, points=True)
    least = (log1p(high / 100) - log1p(low / 100)) / (2 * sure) * (sure + likely)
    return SmallestChange(100 * expm1(least), 100 * expm1(-least), points=False)


def _quantile(degrees: int | None, level: float) -> float:
    """The quantile of Student's t, or of the normal distribution where no degrees of freedom are given."""
    return float(stdtrit(degrees, level)) if degrees is not None else float(ndtri(level))
