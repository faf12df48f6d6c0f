"""Projections keep what they claim, beat the seasonal naive and cost little; many tests make the signals expected."""

from __future__ import annotations

import time

import numpy as np
import pytest
from statsmodels.tsa.exponential_smoothing.ets import ETSModel

from pcp_desktop.analysis.forecast import LEVEL, forecast
from pcp_desktop.analysis.multiplicity import expected_by_chance
from tests.analysis.made_facts import PLAN
from tests.benchmarks.simulate_baseline_test import LEVELS, PHIS
from tests.benchmarks.simulate_many_tests import CHANGED, MEASURES, false_alarms, forty_measures
from tests.benchmarks.simulate_projection import WITHIN, counts, days_from, simulated_table

pytestmark = pytest.mark.benchmark


def test_the_interval_holds_four_in_five_and_the_months_are_nearer_than_last_years() -> None:
    _, overall = simulated_table(runs=30)
    assert abs(overall.coverage - LEVEL) <= WITHIN
    assert overall.error < overall.naive


def test_a_projection_with_all_its_origins_costs_less_than_one_fit_of_a_general_library() -> None:
    """A page asks for some twenty of them; the library would fit each measure again at each of twenty origins."""
    generator = np.random.default_rng(1)
    series = [counts(generator, "steady", 330, 45) for _ in range(20)]
    days = days_from(PLAN.baseline.start, 48)
    forecast(series[0] + 1, days, 3)  # draws the noise that all share
    begun = time.process_time()
    for values in series:
        forecast(values, days, 3)
    ours = (time.process_time() - begun) / len(series)
    begun = time.process_time()
    for values in series[:5]:
        ETSModel(np.log(values + 0.5), seasonal="add", seasonal_periods=12).fit(disp=False)
    one_fit = (time.process_time() - begun) / 5
    print(f"\na projection: {1000 * ours:.1f} ms; one fit of the library: {1000 * one_fit:.1f} ms")
    assert ours < one_fit


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("phi", PHIS)
def test_the_last_year_on_the_year_before_raises_at_most_a_tenth_of_false_alarms(level: int, phi: float) -> None:
    assert false_alarms(level, phi, 2000) < 0.105


def test_forty_unchanged_measures_show_about_two_changes_and_the_adjustment_leaves_few() -> None:
    none, some = forty_measures(0, 200), forty_measures(CHANGED, 200)
    assert none.plain == pytest.approx(expected_by_chance(MEASURES), rel=0.6)
    assert none.adjusted < 0.5
    assert some.false_share < 0.1
    assert some.found_adjusted > 0.5
