"""Simulation of the seasonal expected range and of suggested steps: false alarms beside limits that are known.

Monthly counts as in simulate_baseline_test: a season, Poisson noise and an autocorrelated level, at three sizes, over
36, 48 and 72 months in which nothing happens. Limits from all points, labels by all four rules. The known limits use
the season, mean and average moving range of the process itself; what they flag no chart can avoid. Run it with
`python -m tests.benchmarks.simulate_expected_range`; it prints tables.
"""

from __future__ import annotations

import calendar
import sys
from dataclasses import dataclass

import numpy as np

from pcp_desktop.analysis import seasonality
from pcp_desktop.analysis.control_chart import xmr
from pcp_desktop.analysis.control_limits import LIMITS_FACTOR, around
from pcp_desktop.analysis.control_rules import labels
from pcp_desktop.analysis.seasonality import Season
from pcp_desktop.analysis.series import FloatArray
from pcp_desktop.analysis.steps import suggested
from pcp_desktop.domain.pages import Signal
from pcp_desktop.domain.periods import Period, month

LENGTHS = (36, 48, 72)
LEVELS = (30, 330, 5000)
PHIS = (0.0, 0.3)
SEASON_SIZE = 0.15
LEVEL_SPREAD = 0.03
RUNS = 600
LONG_RUN = 200_000
SEED = 20151231
WARM_UP = 24


@dataclass(frozen=True)
class Row:
    """Shares, from 0 to 1: points flagged on each chart, charts with a season found, charts with a step suggested."""

    known: float
    seasonal: float
    plain: float
    found: float
    found_without: float
    steps: float


def periods_of(count: int) -> list[Period]:
    """Months from April 2012."""
    return [month(2012 + (3 + at) // 12, (3 + at) % 12 + 1) for at in range(count)]


def shape_of(periods: list[Period], season: float) -> FloatArray:
    """What the season and the days of each month multiply a level by."""
    numbers = np.array([one.end.month for one in periods])
    days = np.array([calendar.monthrange(one.end.year, one.end.month)[1] for one in periods])
    return np.asarray(days / 30.4375 * (1 + season * np.cos(2 * np.pi * (numbers - 11) / 12)))


def counts(generator: np.random.Generator, shape: FloatArray, level: float, phi: float, runs: int) -> FloatArray:
    """`runs` series of the length of `shape` whose level wanders around `level` and goes nowhere."""
    noise = generator.normal(size=(runs, WARM_UP + len(shape)))
    wander = noise.copy()
    for at in range(1, wander.shape[1]):
        wander[:, at] = phi * wander[:, at - 1] + np.sqrt(1 - phi * phi) * noise[:, at]
    means = level * shape * np.exp(LEVEL_SPREAD * wander[:, WARM_UP:])
    return generator.poisson(means).astype(np.float64)


def known_flags(
    generator: np.random.Generator, values: FloatArray, shape: FloatArray, level: float, phi: float
) -> float:
    """The share of points that limits of the process itself flag, its mean and ranges from a very long series."""
    runs = LONG_RUN // len(shape)
    long = np.log(counts(generator, shape, level, phi, runs) + seasonality.HALF) - np.log(shape)
    reach = LIMITS_FACTOR * np.abs(np.diff(long, axis=1)).mean()
    limits = around(np.full((1, 1), long.mean()), np.full((1, 1), reach))
    codes, _ = labels(np.log(values + seasonality.HALF) - np.log(shape), limits)
    return float((codes > 0).mean())


def flagged(values: FloatArray, seasons: list[Season]) -> float:
    """The share of a chart's points that have a label."""
    chart = xmr(values, seasons=seasons)
    return float(np.mean([point.signal is not Signal.NONE for point in chart.points]))


def simulated(months: int, level: int, phi: float, runs: int = RUNS) -> Row:
    """One row of the table; the same numbers every time."""
    generator = np.random.default_rng((SEED, months, level, round(100 * phi)))
    periods = periods_of(months)
    shape, flat = shape_of(periods, SEASON_SIZE), shape_of(periods, 0.0)
    values, calm = (counts(generator, one, level, phi, runs) for one in (shape, flat))
    seasonal, plain, found, stepped = [], [], 0, 0
    for series in values:
        season = seasonality.find(series, periods)
        seasons = [season] if season is not None and season.matters else []
        found += len(seasons)
        stepped += bool(suggested(series, [(0, months - 1)], seasons))
        seasonal.append(flagged(series, seasons))
        plain.append(flagged(series, []))
    without = [season is not None and season.matters for season in (seasonality.find(one, periods) for one in calm)]
    known = known_flags(generator, values, shape, level, phi)
    return Row(
        known, float(np.mean(seasonal)), float(np.mean(plain)), found / runs, float(np.mean(without)), stepped / runs
    )


def main() -> None:
    """Print the table."""
    lines = [
        f"Season ±{SEASON_SIZE:.0%}, level's standard deviation {LEVEL_SPREAD:.0%}, {RUNS:,} runs a row",
        f"{'':20}{'points flagged':>32}{'season found':>24}{'step':>12}",
        f"{'months':>6}{'level':>8}{'φ':>6}{'known':>10}{'range':>10}{'plain XmR':>12}{'there':>12}{'not there':>12}"
        f"{'suggested':>12}",
    ]
    for months in LENGTHS:
        for level in LEVELS:
            for phi in PHIS:
                row = simulated(months, level, phi)
                lines.append(
                    f"{months:6}{level:8,}{phi:6.1f}{row.known:10.1%}{row.seasonal:10.1%}{row.plain:12.1%}"
                    f"{row.found:12.1%}{row.found_without:12.1%}{row.steps:12.1%}"
                )
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
