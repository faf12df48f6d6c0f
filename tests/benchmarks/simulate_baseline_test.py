"""Simulation of the test against the baseline year: false alarms and power beside two simpler tests.

Monthly counts with a season, Poisson noise and an autocorrelated level, 45 months from April: the baseline year is
the first twelve months, the latest twelve are the last, and 21 months lie between them. Run it with
`python -m tests.benchmarks.simulate_baseline_test`; it prints a table.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

import numpy as np
from scipy.special import bdtr, stdtr

from pcp_desktop.analysis.series import FloatArray
from pcp_desktop.analysis.significance import ALPHA, lag_one, paired

MONTHS = 45
YEAR = 12
SEASON_SIZE = 0.15
LEVEL_SPREADS = (0.03, 0.05)
LEVELS = (30, 330, 5000)
PHIS = (0.0, 0.3, 0.5)
CHANGES = (0.05, 0.10, 0.20, 0.30)
RUNS = 4000
SEED = 20151231


@dataclass(frozen=True)
class Row:
    """Shares of runs that were called significant, from 0 to 1."""

    pairing: float
    log_t: float
    exact: float


def counts(
    generator: np.random.Generator, level: float, phi: float, change: float, spread: float, runs: int
) -> FloatArray:
    """`runs` series of 45 months whose last twelve are `change` higher (0.1 is 10%) than the months before.

    The level is exp of an AR(1) process with standard deviation `spread` and lag-one autocorrelation `phi`.
    """
    month = np.arange(MONTHS)
    season = 1 + SEASON_SIZE * np.cos(2 * np.pi * (month - 3) / YEAR)
    step = np.where(month >= MONTHS - YEAR, 1 + change, 1.0)
    noise = generator.normal(size=(runs, MONTHS))
    wander = np.empty_like(noise)
    wander[:, 0] = noise[:, 0]
    for at in range(1, MONTHS):
        wander[:, at] = phi * wander[:, at - 1] + np.sqrt(1 - phi * phi) * noise[:, at]
    means = level * season * step * np.exp(spread * wander)
    return generator.poisson(means).astype(np.float64)


def same_calendar_months(series: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The baseline year April to March, and the latest twelve months in the same order of calendar months."""
    latest = series[:, -YEAR:]
    order = (np.arange(YEAR) + 3) % YEAR  # the latest twelve begin in January
    return series[:, :YEAR], latest[:, order]


def pairing_alarms(series: FloatArray) -> float:
    """Share of series that the program's own test calls changed."""
    earlier, later = same_calendar_months(series)
    return float((paired(earlier, later, lag_one(series, YEAR)).p_value < ALPHA).mean())


def log_t_alarms(series: FloatArray) -> float:
    """Share that a paired t-test on logarithms calls changed."""
    earlier, later = same_calendar_months(series)
    differences = np.log(later + 0.5) - np.log(earlier + 0.5)
    t = differences.mean(axis=1) / (differences.std(axis=1, ddof=1) / np.sqrt(YEAR))
    return float((2 * stdtr(YEAR - 1, -np.abs(t)) < ALPHA).mean())


def exact_alarms(series: FloatArray) -> float:
    """Share that an exact Poisson test on the two totals calls changed."""
    earlier, later = (part.sum(axis=1) for part in same_calendar_months(series))
    p_value = 2 * bdtr(np.minimum(earlier, later), (earlier + later).astype(np.int64), 0.5)
    return float((np.minimum(1.0, p_value) < ALPHA).mean())


def simulated(level: int, phi: float, change: float, spread: float, runs: int = RUNS) -> Row:
    """One row of the table; the same numbers every time."""
    generator = np.random.default_rng((SEED, level, round(100 * phi), round(100 * change), round(1000 * spread)))
    series = counts(generator, level, phi, change, spread, runs)
    return Row(pairing_alarms(series), log_t_alarms(series), exact_alarms(series))


def table(spread: float) -> str:
    """False alarms of the three tests and the power of the program's own, for one spread of the level."""
    powers = "".join(f"{f'+{change:.0%}':>8}" for change in CHANGES)
    lines = [
        f"Level's standard deviation {spread:.0%}; {RUNS:,} runs a row, 5% two-sided",
        f"{'':16}{'false alarms':>36}   power of the pairing",
        f"{'per month':>9}{'φ':>6}{'pairing':>11}{'t on logs':>12}{'exact Poisson':>15}   {powers}",
    ]
    for level in LEVELS:
        for phi in PHIS:
            row = simulated(level, phi, 0.0, spread)
            power = "".join(f"{simulated(level, phi, change, spread).pairing:8.1%}" for change in CHANGES)
            alarms = f"{row.pairing:11.1%}{row.log_t:12.1%}{row.exact:15.1%}"
            lines.append(f"{level:9,}{phi:6.1f}{alarms}   {power}")
    return "\n".join(lines)


def main() -> None:
    """Print the tables."""
    for spread in LEVEL_SPREADS:
        sys.stdout.write(table(spread) + "\n\n")


if __name__ == "__main__":
    main()
