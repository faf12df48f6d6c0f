"""Significance: the tests of one period against another, with their settings and words.

The paired quasi-Poisson test compares the same calendar months (or quarters) of two years: Poisson means with month
and year effects (McCullagh and Nelder, Generalized Linear Models, 1989, chapter 6), the variance scaled by Pearson's
X², and the standard error widened for autocorrelation by the variance of a mean of an AR(1) process.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import cast

import numpy as np
from scipy.special import bdtr, stdtr, stdtrit

from pcp_desktop.analysis.comparison import Amount, NotComparable, positions, refused
from pcp_desktop.analysis.intervals import newcombe, newcombe_p_value, poisson_ratio
from pcp_desktop.analysis.series import YEAR_MONTHS, FloatArray, Series, is_ratio
from pcp_desktop.domain.measures import Kind, Measure
from pcp_desktop.domain.periods import PeriodKind

ALPHA = 0.05
PHI_MOST = 0.8
PHI_STEPS = 801
QUARTERS = 4
SMALL_NUMBERS = "Small numbers"
"""The short reason of everything that is not assessed for want of events or answers."""
SMALL_EVENTS = 20
SMALL_BASE = 30
EXACT_UNDER = 100


@dataclass(frozen=True)
class Test:
    """The result of a test of a later period on an earlier one.

    `ratio` is later over earlier (the difference in points where `points`); `interval` (95%) is in percent change, or
    points, and leaves out "no change" where `p_value` is under 5%. `dispersion`, `phi`, `f` and `degrees` are None
    where the method has none. `words` says the method and its settings. `higher` of `pairs` calendar months were
    higher. `weak` marks a test of four quarters.
    """

    __test__ = False

    ratio: float
    interval: tuple[float, float]
    p_value: float
    words: str
    points: bool = False
    dispersion: float | None = None
    phi: float | None = None
    f: float | None = None
    degrees: int | None = None
    higher: int | None = None
    pairs: int | None = None
    weak: bool = False

    @property
    def significant(self) -> bool:
        """Whether the interval leaves out "no change" (5%, two-sided)."""
        return self.interval[0] > 0 or self.interval[1] < 0

    @property
    def rise(self) -> bool:
        """Whether the later period is higher."""
        return self.ratio > (0 if self.points else 1)


# ---------------------------------------------------------------- quasi-Poisson pairing


@dataclass(frozen=True)
class Paired:
    """The paired test over many pairs of years at once; every field has the leading shape of the counts."""

    log_ratio: FloatArray
    standard_error: FloatArray
    dispersion: FloatArray
    f: FloatArray
    p_value: FloatArray


def paired(earlier: FloatArray, later: FloatArray, phi: FloatArray) -> Paired:
    """The paired quasi-Poisson test along the last axis (12 months or 4 quarters), totals above nil.

    `phi` is the lag-one autocorrelation, 0 to 0.8. The estimate is the logarithm of the ratio of the totals; the
    dispersion is X² / (n − f), at least 1; t has n − 1 degrees of freedom.
    """
    count = earlier.shape[-1]
    before, after = earlier.sum(axis=-1), later.sum(axis=-1)
    month = earlier + later
    share = (after / (before + after))[..., None]
    fitted = np.stack((month * (1 - share), month * share))
    gap = np.stack((earlier, later)) - fitted
    squares = np.divide(gap * gap, fitted, out=np.zeros_like(gap), where=fitted > 0).sum(axis=(0, -1))
    f = inflation(phi, count)
    dispersion = np.maximum(1.0, squares / (count - f))
    log_ratio = np.log(after / before)
    error = np.sqrt(dispersion * f * (1 / before + 1 / after))
    p_value = 2 * stdtr(count - 1, -np.abs(log_ratio / error))
    return Paired(log_ratio, error, dispersion, f, p_value)


def inflation(phi: FloatArray, count: int) -> FloatArray:
    """f = 1 + 2 Σ (1 − k/n) φᵏ over k = 1 … n − 1: how much autocorrelation widens the variance of a mean of n."""
    lags = np.arange(1, count)
    terms = (1 - lags / count) * np.asarray(phi, dtype=np.float64)[..., None] ** lags
    return cast(FloatArray, 1 + 2 * terms.sum(axis=-1))


def lag_one(whole: FloatArray, season: int) -> FloatArray:
    """Lag-one autocorrelation of log(x + ½) along the last axis after season and year effects, held to 0 to 0.8.

    Years are blocks of `season` periods counted back from the latest. Removing those effects biases the plain ratio
    r = Σ eₜeₜ₊₁ / Σ eₜ² towards −1; r is matched to the φ for which an AR(1) process, cleaned in the same way, has
    it as the ratio of its expectations. Periods missing (nan) in the first row count as missing in all.
    """
    rows = np.atleast_2d(whole)
    present = np.isfinite(rows[0])
    residual_maker, expected = _cleaning(present.tobytes(), season)
    if residual_maker is None:
        return cast(FloatArray, np.zeros(whole.shape[:-1]))
    where = np.flatnonzero(present)
    cleaned = np.log(rows[:, where] + 0.5) @ residual_maker
    neighbours = np.flatnonzero(np.diff(where) == 1)
    squares = (cleaned * cleaned).sum(axis=1)
    products = (cleaned[:, neighbours] * cleaned[:, neighbours + 1]).sum(axis=1)
    plain = np.divide(products, squares, out=np.zeros_like(products), where=squares > 1e-12)
    phi = np.interp(plain, expected, np.linspace(0, PHI_MOST, PHI_STEPS))
    return cast(FloatArray, np.where(squares > 1e-12, phi, 0.0).reshape(whole.shape[:-1]))


@lru_cache(maxsize=256)
def _cleaning(present_bytes: bytes, season: int) -> tuple[FloatArray | None, FloatArray]:
    """The matrix that takes season and year effects off, and r expected on a grid of φ from 0 to 0.8."""
    present = np.frombuffer(present_bytes, dtype=np.bool_)
    where = np.flatnonzero(present)
    back = len(present) - 1 - where
    months = (back % season)[:, None] == np.arange(season)
    years = (back // season)[:, None] == np.arange(back.max(initial=0) // season + 1)
    design = np.hstack((months, years)).astype(np.float64)
    maker = np.eye(len(where)) - design @ np.linalg.pinv(design)
    if np.trace(maker) < 2:
        return None, np.zeros(PHI_STEPS)
    neighbours = np.flatnonzero(np.diff(where) == 1)
    lagged = np.zeros_like(maker)
    lagged[neighbours, neighbours + 1] = 1.0
    distance = np.abs(where[:, None] - where[None, :]).ravel()
    top = np.bincount(distance, weights=(maker @ lagged @ maker).ravel())
    base = np.bincount(distance, weights=maker.ravel())
    powers = np.linspace(0, PHI_MOST, PHI_STEPS)[:, None] ** np.arange(len(top))
    return maker, np.maximum.accumulate((powers @ top) / (powers @ base))


def quasi_poisson(earlier: FloatArray, later: FloatArray, whole: FloatArray) -> Test:
    """The paired test of 12 months or 4 quarters against those of an earlier year.

    `earlier` and `later` are counts of the same calendar months in the same order, `whole` the whole comparable
    series in period order (nan where missing), from which the autocorrelation is taken. Raises ValueError where a
    total is nil or a month is missing.
    """
    count = len(earlier)
    if count != len(later) or count not in (YEAR_MONTHS, QUARTERS):
        raise ValueError("twelve months or four quarters are paired")
    if not (np.isfinite(earlier).all() and np.isfinite(later).all() and earlier.sum() > 0 and later.sum() > 0):
        raise ValueError("a month is missing or a total is nil")
    phi = float(lag_one(np.asarray(whole, dtype=np.float64), count))
    result = paired(np.asarray(earlier, np.float64), np.asarray(later, np.float64), np.asarray(phi))
    reach = float(stdtrit(count - 1, 1 - ALPHA / 2)) * float(result.standard_error)
    middle = float(result.log_ratio)
    interval = (100 * float(np.expm1(middle - reach)), 100 * float(np.expm1(middle + reach)))
    dispersion, f = float(result.dispersion), float(result.f)
    return Test(
        ratio=float(later.sum() / earlier.sum()), interval=interval, p_value=float(result.p_value),
        words=_paired_words(count, dispersion, phi), dispersion=dispersion, phi=phi, f=f, degrees=count - 1,
        higher=int((later > earlier).sum()), pairs=count, weak=count == QUARTERS,
    )  # fmt: skip


def _paired_words(count: int, dispersion: float, phi: float) -> str:
    pairs = "the twelve calendar months" if count == YEAR_MONTHS else "the four quarters"
    weak = "; four quarters make a weak test" if count == QUARTERS else ""
    return (
        f"quasi-Poisson test on {pairs} paired, 5% two-sided, t with {count - 1} degrees of freedom, "
        f"dispersion {dispersion:.2f}, autocorrelation {phi:.2f}{weak}"
    )


# ---------------------------------------------------------------- exact Poisson


def exact_poisson(earlier: int, later: int) -> Test:
    """The exact test of two counts with equal exposure.

    Given their sum the later count is binomial with one half; the two-sided p-value is twice the smaller tail (at
    most 1), which agrees with the Clopper–Pearson interval of the ratio. Raises ValueError where both are nil.
    """
    if earlier + later == 0:
        raise ValueError("both totals are nil")
    everything = earlier + later
    smaller = float(bdtr(min(earlier, later), everything, 0.5))
    low, high = poisson_ratio(earlier, later)
    ratio = later / earlier if earlier else float("inf")
    words = "exact Poisson test on the two totals (binomial given their sum, twice the smaller tail), 5% two-sided"
    return Test(ratio, (100 * (low - 1), 100 * (high - 1)), min(1.0, 2 * smaller), words)


# ---------------------------------------------------------------- the test a measure has


def test_between(series: Series, old: Amount | None, new: Amount | None) -> Test | NotComparable:
    """The measure's own test of `new` on `old`, or why there is none: the same for every pair of years."""
    refusal = refused(series, old, new)
    if refusal is not None or old is None or new is None:
        return refusal or NotComparable("Not received", "There is no figure.")
    if series.measure.kind is Kind.COUNT:
        return _count_test(series, old, new)
    if series.measure.kind is Kind.RATE:
        return NotComparable("Rates", "Two rates are not tested against each other; the counts behind them can be.")
    if is_ratio(series.measure):
        return _proportion_test(old, new, series.measure.design_effect)
    return NotComparable("No base", "The figures came without their base, so they are not tested.")


def small_numbers(series: Series, *amounts: Amount) -> str:
    """Why amounts are too small to assess ("12 events …"); empty where they are not."""
    for amount in amounts:
        events = _events(series.measure, amount)
        if events is not None and events * YEAR_MONTHS < SMALL_EVENTS * amount.period.months:
            return f"{float(events):g} in {amount.period.label}, under {SMALL_EVENTS} a year"
        is_share = is_ratio(series.measure) and series.measure.kind is not Kind.RATE
        if is_share and amount.denominator is not None and amount.denominator < SMALL_BASE:
            return f"a base of {float(amount.denominator):g} in {amount.period.label}, under {SMALL_BASE}"
    return ""


def _events(measure: Measure, amount: Amount) -> Fraction | None:
    """The events that a count or a rate counts; None of other measures, and of a rate that came without them."""
    if measure.kind is Kind.COUNT:
        return amount.exact
    return amount.numerator if measure.kind is Kind.RATE else None


def _count_test(series: Series, old: Amount, new: Amount) -> Test | NotComparable:
    small = small_numbers(series, old, new)
    if small:
        return NotComparable(SMALL_NUMBERS, f"Small numbers: {small}.")
    months = series.frequency in (PeriodKind.MONTH, PeriodKind.QUARTER)
    first, second = positions(series, old.period), positions(series, new.period)
    pairs = YEAR_MONTHS // series.step
    if months and not (old.whole or new.whole) and len(first) == len(second) == pairs:
        values = series.array
        earlier, later = values[first], _same_months_first(series, first, second)
        return quasi_poisson(earlier, later, _comparable(series, first[0], second[-1]))
    if max(old.exact, new.exact) * YEAR_MONTHS < EXACT_UNDER * new.period.months:
        return exact_poisson(round(old.exact), round(new.exact))
    untested = f"Only totals are held; these are tested only where they are under {EXACT_UNDER} a year."
    return NotComparable("Totals only", untested)


def _same_months_first(series: Series, first: list[int], second: list[int]) -> FloatArray:
    """The later year's values in the order of the earlier year's calendar months."""
    values = series.array
    by_month = {series.periods[at].end.month: values[at] for at in second}
    return np.array([by_month[series.periods[at].end.month] for at in first], dtype=np.float64)


def _comparable(series: Series, first: int, last: int) -> FloatArray:
    """The whole run between breaks that holds both years."""
    for start, end in series.segments:
        if start <= first and last <= end:
            return series.array[start : end + 1]
    return series.array[first : last + 1]


def _proportion_test(old: Amount, new: Amount, design_effect: float) -> Test | NotComparable:
    if old.numerator is None or new.numerator is None or not old.denominator or not new.denominator:
        return NotComparable("No base", "The percentages came without their base, so they are not tested.")
    if old.numerator > old.denominator or new.numerator > new.denominator:
        return NotComparable("No proportion", "There are more events than there can be of their base.")
    if min(old.denominator, new.denominator) < SMALL_BASE:
        bases = f"a base of {float(old.denominator):g} in {old.period.label} and {float(new.denominator):g} now"
        return NotComparable(SMALL_NUMBERS, f"Small numbers: {bases}, where {SMALL_BASE} is the least.")
    counts = tuple(float(each) for each in (new.numerator, new.denominator, old.numerator, old.denominator))
    low, high = newcombe(*counts, design_effect=design_effect)
    p_value = newcombe_p_value(*counts, design_effect=design_effect)
    allowed = f", design effect {design_effect:g}" if design_effect != 1 else ""
    words = f"difference of two proportions with Newcombe’s interval (method 10){allowed}, 5% two-sided"
    return Test(float(new.exact - old.exact), (100 * low, 100 * high), p_value, words, points=True)
