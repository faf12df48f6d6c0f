"""Forecasts of monthly counts: two simple methods, the errors they made before, and the spread of their sums.

Arrays in, arrays out; which year is projected and when it may be belongs in projection. Months are put on the scale
log((x + ½) / days), so that seasons multiply and a longer month counts more. Both methods are in Hyndman and
Athanasopoulos, Forecasting: Principles and Practice (3rd edition 2021): the seasonal naive with drift (section 5.2),
and exponential smoothing with an additive season and no trend, ETS(A,N,A) (section 8.5), which on this scale is a
season that multiplies. Smoothing is written out here for all origins and weights at once, four milliseconds a
measure: a general library's import alone takes seconds, and its fit at each of twenty origins half a second more; the
tests hold the recursions and the fit against statsmodels.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial
from math import exp
from typing import cast

import numpy as np
from numpy.typing import NDArray

from pcp_desktop.analysis.series import YEAR_MONTHS, FloatArray

LEVEL = 0.8
NAIVE = "seasonal naive with drift"
SMOOTHING = "seasonal exponential smoothing"

MOST_AHEAD = 24
PATHS = 2000
SEED = 20130401
LEVEL_WEIGHTS = (0.01, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
SEASON_WEIGHTS = (0.0, 0.1, 0.2, 0.4)
# The usual region: what is learned of the season is no more than the level leaves.
WEIGHTS = tuple((alpha, gamma) for alpha in LEVEL_WEIGHTS for gamma in SEASON_WEIGHTS if gamma <= 1 - alpha + 1e-9)
_ALPHA, _GAMMA = np.array(WEIGHTS).T


@dataclass(frozen=True)
class Forecast:
    """The months ahead and the sum of those asked for.

    `path` is each month's middle value; `total` the middle of the simulated sums, `low` to `high` their 80% interval,
    widened by `widened` (1 where it was wide enough) to the errors of the rolling origins. `method` names the one
    used, `error` its mean absolute relative error over `origins` such forecasts, `other_error` the other's (nan where
    it could not be tried).
    """

    path: tuple[float, ...]
    total: float
    low: float
    high: float
    method: str
    error: float
    other_error: float
    origins: int
    widened: float


def forecast(values: FloatArray, days: FloatArray, ahead: int, skip: int = 0) -> Forecast | None:
    """The next `ahead` months of `values`, counts in month order (nan where missing) that end with a known month.

    `days` are the days of the known months and of those ahead. The sum is that of the months ahead without the first
    `skip`. The method with the lower error in forecasting such sums from earlier origins of the same series is used;
    origins are the months from the middle of the series on. None where no origin can be judged. Raises ValueError for
    under 36 months, for months ahead that are more than 24 or than half the series, and for counts below nil.
    """
    count = len(values)
    if count < 3 * YEAR_MONTHS or not 0 <= skip < ahead <= min(MOST_AHEAD, count // 2):
        raise ValueError("three years of months are needed, and at most half as many ahead, or two years")
    if len(days) != count + ahead or not np.isfinite(values[-1]) or np.nanmin(values) < 0:
        raise ValueError("each month has its days, the last is known, and counts are not below nil")
    return _forecast(values.tobytes(), np.asarray(days, dtype=np.float64).tobytes(), ahead, skip)


@lru_cache(maxsize=1024)
def _forecast(value_bytes: bytes, day_bytes: bytes, ahead: int, skip: int) -> Forecast | None:
    values, days = (np.frombuffer(each, dtype=np.float64) for each in (value_bytes, day_bytes))
    count = len(values)
    logs = np.log((values + 0.5) / days[:count])
    ends = np.array([*range(count // 2, count - ahead + 1), count])
    smoothed = _smoothed(logs, ends)
    methods = {
        SMOOTHING: _smoothing_paths(smoothed, ends, ahead),
        NAIVE: np.array([_naive_path(logs[:end], ahead) for end in ends]),
    }
    errors = {name: _errors(values, days, ends[:-1], paths, skip) for name, paths in methods.items()}
    sizes = {name: float(np.abs(found).mean()) for name, found in errors.items() if len(found)}
    usable = {name: sizes[name] for name in sizes if np.isfinite(methods[name][-1]).all()}
    if not usable:
        return None
    method = min(usable, key=lambda name: usable[name])
    other = next((size for name, size in sizes.items() if name != method), float("nan"))
    path = _counts(methods[method][-1], days[count:])
    simulate = _naive_months if method == NAIVE else partial(_smoothing_months, smoothed)
    simulated = simulate(logs, days[count:])[:, skip:].sum(axis=1)
    apart = (count - count // 2) / (ahead - skip)
    low, middle, high, widened = _interval(simulated, float(path[skip:].sum()), errors[method], apart)
    return Forecast(
        path=tuple(float(each) for each in path), total=middle, low=low, high=high, method=method,
        error=usable[method], other_error=other, origins=len(errors[method]), widened=widened,
    )  # fmt: skip


def _counts(logs: FloatArray, days: FloatArray) -> FloatArray:
    """From the log scale back to counts of a month, not below nil."""
    return cast(FloatArray, np.maximum(np.exp(logs) * days - 0.5, 0.0))


def _errors(
    values: FloatArray, days: FloatArray, origins: NDArray[np.int64], paths: FloatArray, skip: int
) -> FloatArray:
    """log(actual sum / forecast sum) at each origin where both are known."""
    ahead = paths.shape[1]
    found = []
    for origin, path in zip(origins, paths, strict=False):
        months = slice(origin + skip, origin + ahead)
        actual, expected = values[months].sum(), _counts(path[skip:], days[months]).sum()
        if np.isfinite(actual) and np.isfinite(expected):
            found.append(np.log((actual + 0.5) / (expected + 0.5)))
    return np.array(found, dtype=np.float64)


def _interval(
    simulated: FloatArray, expected: float, errors: FloatArray, apart: float
) -> tuple[float, float, float, float]:
    """Low, middle and high of the simulated sums, 80% of them, and by how much that was widened.

    It is widened about its middle until it holds the errors of the origins, which were made against the sum of the
    months' middle values, `expected`. Errors of neighbouring origins share months: they stand for `apart` forecasts
    that share none, and with so few the quantile taken is above 80%, as in split conformal prediction (Lei et al.
    2018, Journal of the American Statistical Association 113, 1094–1111, section 2.2).
    """
    tail = (1 - LEVEL) / 2
    low, middle, high = (float(end) + 0.5 for end in np.quantile(simulated, (tail, 0.5, 1 - tail)))
    down, up = float(np.log(middle / low)), float(np.log(high / middle))
    centred = np.abs(errors - np.log(middle / (expected + 0.5)))
    needed = float(np.quantile(centred, min(1.0, LEVEL * (1 + 1 / apart))))
    widened = max(1.0, needed / ((down + up) / 2)) if down + up > 0 else 1.0
    return (
        max(0.0, middle * exp(-widened * down) - 0.5),
        middle - 0.5,
        middle * exp(widened * up) - 0.5,
        widened,
    )


@lru_cache(maxsize=1)
def _noise() -> FloatArray:
    """The same standard normal numbers every time, each path beside its mirror image."""
    half = np.random.default_rng(SEED).normal(size=(PATHS // 2, MOST_AHEAD))
    return np.vstack((half, -half))


# ---------------------------------------------------------------- seasonal naive with drift


def _drift(logs: FloatArray) -> tuple[float, float]:
    """The mean change on the same month a year before, and its standard deviation; nan without two pairs."""
    steps = logs[YEAR_MONTHS:] - logs[:-YEAR_MONTHS]
    steps = steps[np.isfinite(steps)]
    return (float(steps.mean()), float(steps.std(ddof=1))) if len(steps) > 1 else (float("nan"), float("nan"))


def _last_year(logs: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The latest known value of each of the twelve months that follow, and how many years ahead of it they lie."""
    count = len(logs)
    values, years = np.full(YEAR_MONTHS, np.nan), np.ones(YEAR_MONTHS)
    for place in range(YEAR_MONTHS):
        for at in range(count + place - YEAR_MONTHS, -1, -YEAR_MONTHS):
            if np.isfinite(logs[at]):
                values[place], years[place] = logs[at], (count + place - at) // YEAR_MONTHS
                break
    return values, years


def _naive_path(logs: FloatArray, ahead: int) -> FloatArray:
    """The last year's months, moved by the drift once for each year ahead; nan where one was never known."""
    values, years = _last_year(logs)
    place = np.arange(ahead)
    drift, _ = _drift(logs)
    return values[place % YEAR_MONTHS] + drift * (years[place % YEAR_MONTHS] + place // YEAR_MONTHS)


def _naive_months(logs: FloatArray, days: FloatArray) -> FloatArray:
    """Simulated paths: each year's step is the drift with its own spread. One row a path."""
    values, years = _last_year(logs)
    drift, spread = _drift(logs)
    noise = _noise()
    season = np.repeat((values + drift * (years - 1))[None], len(noise), axis=0)
    months = np.empty((len(noise), len(days)))
    for place, length in enumerate(days):
        at = place % YEAR_MONTHS
        season[:, at] += drift + spread * noise[:, place]
        months[:, place] = _counts(season[:, at], length)
    return months


# ---------------------------------------------------------------- seasonal exponential smoothing


@dataclass(frozen=True)
class Smoothed:
    """The state at each of several ends under its best weights: level, season by position in the year, and error."""

    level: FloatArray
    season: FloatArray
    alpha: FloatArray
    gamma: FloatArray
    squares: FloatArray


def _smoothed(logs: FloatArray, ends: NDArray[np.int64]) -> Smoothed:
    """Smooth the months before each end with every pair of weights, and keep the pair with the least error."""
    rows = np.where(np.arange(len(logs)) < ends[:, None], logs, np.nan)
    start = np.array([seasonal_effects(logs[:end]) for end in ends])
    level, season, squares = smooth(rows, start, _ALPHA, _GAMMA)
    best = squares.argmin(axis=1)
    row = np.arange(len(ends))
    return Smoothed(level[row, best], season[row, best], _ALPHA[best], _GAMMA[best], squares[row, best])


def seasonal_effects(logs: FloatArray) -> FloatArray:
    """The mean of each calendar month about its year, by position from the first month; 0 where it is not known.

    Years are the whole blocks of twelve months counted back from the latest; the twelve effects sum to nil.
    """
    blocks = len(logs) // YEAR_MONTHS
    first = len(logs) - blocks * YEAR_MONTHS
    years = logs[first:].reshape(blocks, YEAR_MONTHS)
    about = years - _mean(years, 1)[:, None]
    effects = np.roll(_mean(about, 0), first)
    return cast(FloatArray, effects - effects.mean())


def _mean(values: FloatArray, axis: int) -> FloatArray:
    """The mean of what is known along an axis, 0 where nothing is."""
    known = np.isfinite(values)
    return cast(FloatArray, np.where(known, values, 0.0).sum(axis=axis) / np.maximum(known.sum(axis=axis), 1))


def smooth(
    rows: FloatArray, start: FloatArray, alpha: FloatArray, gamma: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Level, season and sum of squared one-step errors after each row, for every pair of weights.

    `rows` are months on the log scale, nan where missing (nothing is learned from such a month); `start` the
    seasonal effects each row begins with. Level ← level + α e and season ← season + γ e, with e the one-step error;
    the level begins with the mean of the first year without its season. Shapes: (rows, pairs), (rows, pairs, 12),
    (rows, pairs).
    """
    place = np.arange(rows.shape[1]) % YEAR_MONTHS
    first = _mean((rows - start[:, place])[:, :YEAR_MONTHS], 1)
    level = np.repeat(first[:, None], len(alpha), axis=1)
    season = np.repeat(start[:, None, :], len(alpha), axis=1)
    squares = np.zeros_like(level)
    known = np.isfinite(rows)
    filled = np.where(known, rows, 0.0)
    for at, month in enumerate(place):
        error = np.where(known[:, at, None], filled[:, at, None] - level - season[:, :, month], 0.0)
        squares += error * error
        level = level + alpha * error
        season[:, :, month] += gamma * error
    return level, season, squares


def _smoothing_paths(smoothed: Smoothed, ends: NDArray[np.int64], ahead: int) -> FloatArray:
    """The last level with each month's season, for each end."""
    place = (ends[:, None] + np.arange(ahead)) % YEAR_MONTHS
    return smoothed.level[:, None] + np.take_along_axis(smoothed.season, place, axis=1)


def _smoothing_months(smoothed: Smoothed, logs: FloatArray, days: FloatArray) -> FloatArray:
    """Simulated paths from the state after all months. One row a path."""
    noise = _noise()
    known = int(np.isfinite(logs).sum())
    spread = np.sqrt(smoothed.squares[-1] / (known - YEAR_MONTHS - 1))
    level = np.full(len(noise), smoothed.level[-1])
    season = np.repeat(smoothed.season[-1][None], len(noise), axis=0)
    months = np.empty((len(noise), len(days)))
    for place, length in enumerate(days):
        month = (len(logs) + place) % YEAR_MONTHS
        error = spread * noise[:, place]
        months[:, place] = _counts(level + season[:, month] + error, length)
        level = level + smoothed.alpha[-1] * error
        season[:, month] += smoothed.gamma[-1] * error
    return months
