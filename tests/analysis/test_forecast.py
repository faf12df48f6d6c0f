"""What a forecast promises: an independent library's recursions, the better of two methods, the same every time."""

from __future__ import annotations

import calendar

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.tsa.exponential_smoothing.ets import ETSModel

from pcp_desktop.analysis.forecast import (
    NAIVE,
    SMOOTHING,
    WEIGHTS,
    Forecast,
    forecast,
    seasonal_effects,
    smooth,
)
from pcp_desktop.analysis.series import FloatArray

SEASON = np.array([92, 97, 108, 111, 104, 99, 103, 96, 94, 101, 98, 97]) / 100
DAYS = np.array([calendar.monthrange(2012 + (at + 3) // 12, (at + 3) % 12 + 1)[1] for at in range(120)], float)


def counts(months: int, level: float = 300.0, growth: float = 0.0, seed: int = 1) -> FloatArray:
    """Monthly counts from April 2012 with a season, a growth a year, and Poisson noise."""
    at = np.arange(months)
    means = level * SEASON[at % 12] * (1 + growth) ** (at / 12) * DAYS[:months] / 30.44
    return np.asarray(np.random.default_rng(seed).poisson(means), dtype=np.float64)


def made(values: FloatArray, ahead: int, skip: int = 0) -> Forecast:
    found = forecast(values, DAYS[: len(values) + ahead], ahead, skip)
    assert found is not None
    return found


def peer(logs: FloatArray, start: FloatArray) -> ETSModel:
    """The independent library's model, beginning where ours does."""
    return ETSModel(
        logs, error="add", trend=None, seasonal="add", seasonal_periods=12, initialization_method="known",
        initial_level=float((logs[:12] - start).mean()), initial_seasonal=start,
    )  # fmt: skip


@pytest.mark.parametrize(("alpha", "gamma"), [(0.05, 0.0), (0.3, 0.1), (0.8, 0.2), (0.6, 0.4)])
def test_the_recursions_are_those_of_the_library(alpha: float, gamma: float) -> None:
    logs = np.log(counts(57))
    start = seasonal_effects(logs)
    level, season, squares = smooth(logs[None], start[None], np.array([alpha]), np.array([gamma]))
    found = peer(logs, start).smooth([alpha, gamma])
    ahead = level[0, 0] + season[0, 0][(57 + np.arange(24)) % 12]
    assert ahead == pytest.approx(found.forecast(24), abs=1e-9)
    assert squares[0, 0] == pytest.approx(found.sse, rel=1e-9)


def test_the_grid_of_weights_fits_as_well_as_the_librarys_search() -> None:
    alpha, gamma = np.array(WEIGHTS).T
    for seed in range(3):
        wander = np.cumsum(np.random.default_rng(seed).normal(0, 0.03, 60))
        logs = np.log(counts(60, seed=seed)) + wander
        start = seasonal_effects(logs)
        squares = smooth(logs[None], start[None], alpha, gamma)[2]
        assert squares.min() <= peer(logs, start).fit(disp=False).sse * 1.02


def test_the_seasonal_effects_are_the_months_about_their_years() -> None:
    logs = np.log(np.tile(SEASON, 4))[7:]  # begins in November; three whole years are counted back from the latest
    found = seasonal_effects(logs)
    expected = np.roll(np.log(SEASON), -7)
    assert found == pytest.approx(expected - expected.mean(), abs=1e-12)
    assert found.sum() == pytest.approx(0, abs=1e-12)


def test_a_season_without_noise_goes_on_as_it_was() -> None:
    values = np.round(1e6 * SEASON[np.arange(48) % 12] * DAYS[:48] / 30.44)
    found = made(values, 12)
    assert found.path == pytest.approx(1e6 * SEASON * DAYS[48:60] / 30.44, rel=0.001)
    assert found.low <= found.total <= found.high
    assert found.total == pytest.approx(sum(found.path), rel=0.001)


def test_growth_is_followed_by_the_method_with_drift_and_a_flat_series_is_smoothed() -> None:
    assert made(counts(60, 5000, 0.10), 12).method == NAIVE
    assert made(counts(60, 60), 12).method == SMOOTHING
    growing = made(counts(60, 5000, 0.10), 12)
    assert growing.error < growing.other_error
    assert growing.total > counts(60, 5000, 0.10)[-12:].sum() * 1.05


def test_the_interval_holds_the_middle_and_widens_with_the_months_ahead() -> None:
    values = counts(60, 100)
    near, far = made(values, 3), made(values, 15)
    for found in (near, far):
        assert 0 <= found.low < found.total < found.high
        assert found.widened >= 1
    assert far.high - far.low > near.high - near.low


def test_months_before_the_period_are_forecast_and_left_out_of_the_sum() -> None:
    values = counts(45)
    every, later = made(values, 15), made(values, 15, skip=3)
    assert later.path == every.path or later.method != every.method
    assert later.total == pytest.approx(sum(later.path[3:]), rel=0.05)


@given(st.integers(0, 50), st.integers(36, 72), st.integers(1, 18))
@settings(max_examples=40)
def test_the_same_months_give_the_same_answer_whatever_was_asked_between(seed: int, months: int, ahead: int) -> None:
    values = counts(months, seed=seed)
    first = made(values, ahead)
    np.random.default_rng(3).normal(size=10)
    assert made(values.copy(), ahead) == first


@given(st.integers(0, 50), st.integers(2, 40))
@settings(max_examples=30)
def test_ten_times_the_events_are_about_ten_times_the_total(seed: int, factor: int) -> None:
    values = counts(48, 400, seed=seed)
    plain, larger = made(values, 12), made(values * factor, 12)
    assert larger.method == plain.method
    ends = np.array([plain.low, plain.total, plain.high])
    assert np.array([larger.low, larger.total, larger.high]) == pytest.approx(factor * ends, rel=0.02)


def test_a_missing_month_teaches_nothing_and_stops_nothing() -> None:
    values = counts(60)
    gap = values.copy()
    gap[[20, 50]] = np.nan
    whole, holed = made(values, 12), made(gap, 12)
    assert holed.origins < whole.origins
    assert holed.total == pytest.approx(whole.total, rel=0.1)


def test_a_constant_series_goes_on_constant() -> None:
    values = np.full(48, 1000.0)
    found = made(values, 12)
    assert found.total == pytest.approx(12_000, rel=0.03)


def test_nothing_but_noughts_is_projected_to_nought() -> None:
    found = made(np.zeros(48), 12)
    assert found.low == pytest.approx(0, abs=1)
    assert found.total == pytest.approx(0, abs=1)


def test_a_calendar_month_never_known_leaves_smoothing_alone() -> None:
    values = counts(60)
    values[5::12] = np.nan
    found = forecast(values, DAYS[:72], 12)
    assert found is None or found.method == SMOOTHING


@pytest.mark.parametrize(("months", "ahead"), [(35, 3), (36, 0), (36, 19), (72, 25), (45, 23)])
def test_too_short_and_too_far_are_refused(months: int, ahead: int) -> None:
    with pytest.raises(ValueError, match="three years"):
        forecast(counts(months), DAYS[: months + ahead], ahead)


def test_an_unknown_last_month_or_a_count_below_nil_is_refused() -> None:
    for at, value in ((-1, np.nan), (3, -1.0)):
        values = counts(48)
        values[at] = value
        with pytest.raises(ValueError, match="known"):
            forecast(values, DAYS[:60], 12)
