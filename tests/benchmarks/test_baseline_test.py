"""The false alarms of the test against the baseline year stay where statistics are said to keep them."""

from __future__ import annotations

import pytest

from tests.benchmarks.simulate_baseline_test import LEVELS, PHIS, simulated

pytestmark = pytest.mark.benchmark

RUNS = 2000
SPREAD = 0.05


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("phi", PHIS)
def test_the_pairing_raises_at_most_a_tenth_of_false_alarms(level: int, phi: float) -> None:
    assert simulated(level, phi, 0.0, SPREAD, RUNS).pairing < 0.105


def test_the_simpler_tests_raise_far_more_where_the_level_wanders() -> None:
    row = simulated(5000, 0.5, 0.0, SPREAD, RUNS)
    assert row.log_t > 2 * row.pairing
    assert row.exact > 0.5


@pytest.mark.parametrize("level", LEVELS)
def test_power_grows_with_the_change(level: int) -> None:
    powers = [simulated(level, 0.3, change, SPREAD, RUNS).pairing for change in (0.05, 0.1, 0.2, 0.3)]
    assert powers == sorted(powers)
    assert powers[-1] > 0.75
