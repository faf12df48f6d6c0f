"""Simulation of many tests at once: the last 12 months on the 12 before, and forty measures of which none changed.

Monthly counts as in simulate_baseline_test. Run it with `python -m tests.benchmarks.simulate_many_tests`; it prints
the false alarms of the test on the year before, and how many of forty measures show a change by chance alone, with
and without Benjamini and Hochberg's adjustment.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

import numpy as np

from pcp_desktop.analysis.multiplicity import adjusted, expected_by_chance
from pcp_desktop.analysis.series import FloatArray
from pcp_desktop.analysis.significance import ALPHA, lag_one, paired
from tests.benchmarks.simulate_baseline_test import LEVELS, PHIS, RUNS, SEED, YEAR, counts

SPREAD = 0.05
MEASURES = 40
PANELS = 300
CHANGED = 5
CHANGE = 0.25


def on_the_year_before(series: FloatArray) -> FloatArray:
    """The p-values of the last 12 months on the 12 before, one a series."""
    before, latest = series[:, -2 * YEAR : -YEAR], series[:, -YEAR:]
    return paired(before, latest, lag_one(series, YEAR)).p_value


def false_alarms(level: int, phi: float, runs: int = RUNS) -> float:
    """The share of unchanged series that the test on the year before calls changed."""
    generator = np.random.default_rng((SEED, level, round(100 * phi)))
    return float((on_the_year_before(counts(generator, level, phi, 0.0, SPREAD, runs)) < ALPHA).mean())


@dataclass(frozen=True)
class Signals:
    """Over many panels of forty measures: mean false signals plain and adjusted, and share of true ones found."""

    plain: float
    adjusted: float
    found_plain: float
    found_adjusted: float
    false_share: float


def forty_measures(changed: int, panels: int = PANELS) -> Signals:
    """Panels whose first `changed` measures rose by a quarter, levels and autocorrelations mixed as in a plan.

    `false_share` is the mean share of false signals among those that stand after adjustment.
    """
    generator = np.random.default_rng((SEED, changed))
    mixed = [(LEVELS[at % len(LEVELS)], PHIS[at // len(LEVELS) % len(PHIS)]) for at in range(MEASURES)]
    values = np.column_stack(
        [
            on_the_year_before(counts(generator, level, phi, CHANGE if at < changed else 0.0, SPREAD, panels))
            for at, (level, phi) in enumerate(mixed)
        ]
    )
    plain = values < ALPHA
    kept = np.array([[value <= ALPHA for value in adjusted(list(row))] for row in values])
    false, total = kept[:, changed:].sum(axis=1), kept.sum(axis=1)
    return Signals(
        plain=float(plain[:, changed:].sum(axis=1).mean()), adjusted=float(false.mean()),
        found_plain=float(plain[:, :changed].mean()) if changed else float("nan"),
        found_adjusted=float(kept[:, :changed].mean()) if changed else float("nan"),
        false_share=float((false / np.maximum(total, 1)).mean()),
    )  # fmt: skip


def main() -> None:
    """Print the tables."""
    out = sys.stdout
    out.write(f"The last 12 months on the 12 before, nothing changed; {RUNS:,} runs a cell, 5% two-sided\n")
    out.write(f"{'per month':>9}" + "".join(f"{f'φ = {phi}':>10}" for phi in PHIS) + "\n")
    for level in LEVELS:
        out.write(f"{level:9,}" + "".join(f"{false_alarms(level, phi):10.1%}" for phi in PHIS) + "\n")
    out.write(
        f"\nForty measures, {PANELS} panels; {expected_by_chance(MEASURES):g} false signals are to be expected\n"
    )
    for changed in (0, CHANGED):
        found = forty_measures(changed)
        out.write(
            f"{changed} changed by {CHANGE:.0%}: {found.plain:.2f} false signals, {found.adjusted:.2f} adjusted "
            f"({found.false_share:.1%} of those that stand)"
        )
        if changed:
            out.write(f"; of the true ones {found.found_plain:.0%} and {found.found_adjusted:.0%} are found")
        out.write("\n")


if __name__ == "__main__":
    main()
