"""Step changes that nobody has declared: suggested with date, size and evidence, never applied.

Each segment is cut where the difference of the means on both sides is largest against the spread around them, each
part again while the evidence lasts (binary segmentation; Scott and Knott, Biometrics 30, 1974). The evidence is the t
test of the two means, its standard error widened by the autocorrelation of the residuals, times the number of places
looked at (Bonferroni). A step is only suggested where it describes the figures better than a straight line would; a
rise that has gone again is no new level and is left to the rules of the chart. In 36 to 72 months in which nothing
happens a step is suggested in about 1%, in 2 to 5% where a large count's level wanders
(tests/benchmarks/simulate_expected_range).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.special import stdtr

from pcp_desktop.analysis.control_rules import TIE
from pcp_desktop.analysis.seasonality import HALF, Season
from pcp_desktop.analysis.series import YEAR_MONTHS, FloatArray
from pcp_desktop.domain.formats import number

LEAST_SIDE = 6
"""How many points each side of a step needs: fewer are a run, which the rules of the chart show."""
NEW_LEVEL_POINTS = 12
LEVEL = 0.01
LEAST_CHANCE = 0.001
MOST_AUTOCORRELATION = 0.8
DAYS_A_MONTH = 365.25 / YEAR_MONTHS


@dataclass(frozen=True)
class Step:
    """A step that the figures suggest: `position` is the first point of the new level.

    `before` and `after` are the levels between it and its neighbouring steps, in the series' unit (of a seasonal
    series, those of a month of average season and length); `p_value` is the chance that a steady series shows so
    large a step at any place looked at.
    """

    position: int
    before: float
    after: float
    points_after: int
    p_value: float

    @property
    def change(self) -> float:
        """The size of the step, in the series' unit."""
        return self.after - self.before

    @property
    def change_percent(self) -> float | None:
        """The size of the step in per cent of the level before; None from nil."""
        return 100 * self.change / self.before if self.before else None

    def words(self, when: str) -> str:
        """The step as a suggestion that begins at `when`, with its size and its evidence; no full stop."""
        size = "" if self.change_percent is None else f" ({number(abs(self.change_percent), 1)}%)"
        chance = "under 0.1%" if self.p_value < LEAST_CHANCE else f"{number(100 * self.p_value, 1)}%"
        return (
            f"A step {'up' if self.change > 0 else 'down'} from {when} is suggested, not applied: "
            f"{number(self.before, 1)} before, {number(self.after, 1)} after{size}; a steady series shows "
            f"one so large with a chance of {chance}"
        )

    @property
    def confirmed(self) -> bool:
        """Whether enough points follow for limits of their own: once explained, a new level is then offered."""
        return self.points_after >= NEW_LEVEL_POINTS


def suggested(
    values: FloatArray, segments: Sequence[tuple[int, int]], seasons: Iterable[Season] = ()
) -> tuple[Step, ...]:
    """The steps inside the segments (first and last positions), in their order; none across a declared break.

    A segment that one of the `seasons` covers is searched without its season.
    """
    known_seasons = list(seasons)
    found: list[Step] = []
    for first, last in segments:
        season = next((one for one in known_seasons if one.covers(first, last)), None)
        part = values[first : last + 1]
        scaled = part if season is None else season.scaled(part, first)
        known = np.flatnonzero(np.isfinite(scaled))
        cuts = _cuts(scaled[known], 0)
        ends = [0, *(at for at, _ in cuts), len(known)]
        levels = [_level(scaled[known[one:two]], season) for one, two in pairwise(ends)] if cuts else []
        found += [
            Step(first + int(known[at]), levels[number], levels[number + 1], ends[number + 2] - at, p_value)
            for number, (at, p_value) in enumerate(cuts)
        ]
    return tuple(found)


def _level(scaled: FloatArray, season: Season | None) -> float:
    mean = float(scaled.mean())
    return mean if season is None else math.exp(mean) * DAYS_A_MONTH - HALF


def _cuts(values: FloatArray, offset: int) -> list[tuple[int, float]]:
    """The places of the steps in `values`, counted from `offset`, each with its p value."""
    found = _largest_step(values)
    if found is None:
        return []
    at, p_value = found
    return [*_cuts(values[:at], offset), (offset + at, p_value), *_cuts(values[at:], offset + at)]


def _largest_step(values: FloatArray) -> tuple[int, float] | None:
    """Where the largest step lies and its p value; None where there is no evidence of one."""
    count = len(values)
    places = np.arange(LEAST_SIDE, count - LEAST_SIDE + 1)
    if not len(places):
        return None
    centred = values - values.mean()
    left = np.cumsum(centred)[places - 1]
    between = left**2 * count / (places * (count - places))
    at = int(places[np.argmax(between)])
    fitted = np.where(np.arange(count) < at, values[:at].mean(), values[at:].mean())
    residuals = values - fitted
    within = float(residuals @ residuals)
    rounding = TIE * float(np.abs(values).max()) ** 2
    if float(between.max()) <= rounding:
        return None
    if within <= rounding:
        return at, 0.0
    t = math.sqrt(float(between.max()) / (within / (count - 2) * _widened(residuals)))
    p_value = min(1.0, len(places) * 2 * float(stdtr(count - 2, -t)))
    return (at, p_value) if p_value < LEVEL and within < _around_line(centred) else None


def _widened(residuals: FloatArray) -> float:
    """By how much autocorrelation widens the variance of a mean: (1 + φ)/(1 − φ), φ between 0 and 0.8.

    φ is the lag-one autocorrelation of the residuals, its bias of −(1 + 3φ)/n for each of the two means taken off
    (Marriott and Pope, Biometrika 41, 1954).
    """
    count = len(residuals)
    raw = float(residuals[1:] @ residuals[:-1]) / float(residuals @ residuals)
    phi = min(max(raw + 2 * (1 + 3 * raw) / count, 0.0), MOST_AUTOCORRELATION)
    return (1 + phi) / (1 - phi)


def _around_line(centred: FloatArray) -> float:
    """The sum of squares around the straight line through the figures."""
    time = np.arange(len(centred)) - (len(centred) - 1) / 2
    slope = float(time @ centred) / float(time @ time)
    residuals = centred - slope * time
    return float(residuals @ residuals)
