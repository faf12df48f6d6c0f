"""The season of monthly counts: found where months differ, taken off, and put back into the limits."""

from __future__ import annotations

import calendar
import math

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from pcp_desktop.analysis import seasonality
from pcp_desktop.analysis.control_chart import xmr
from pcp_desktop.analysis.seasonality import LEAST_MONTHS, Season
from pcp_desktop.analysis.series import FloatArray
from pcp_desktop.domain.pages import Signal
from pcp_desktop.domain.periods import Period, month, quarter

WAVE = [0.3 * math.cos(2 * math.pi * at / 12) for at in range(12)]


def months(count: int, first: tuple[int, int] = (2011, 4)) -> list[Period]:
    start = first[0] * 12 + first[1] - 1
    return [month((start + at) // 12, (start + at) % 12 + 1) for at in range(count)]


def days(period: Period) -> int:
    return calendar.monthrange(period.end.year, period.end.month)[1]


def counts(count: int, level: float, wave: list[float], seed: int = 3) -> FloatArray:
    generator = np.random.default_rng(seed)
    means = [level / 30 * days(one) * math.exp(wave[one.end.month - 1]) for one in months(count)]
    return generator.poisson(means).astype(np.float64)


def found(values: FloatArray, periods: list[Period] | None = None) -> Season:
    season = seasonality.find(values, periods or months(len(values)))
    assert season is not None
    return season


# ---------------------------------------------------------------- the fit


def test_the_factors_of_a_series_without_noise_come_back_exactly() -> None:
    periods = months(48)
    values = np.array([20 * days(one) * math.exp(WAVE[one.end.month - 1]) - 0.5 for one in periods])
    season = found(values)
    assert season.factors == pytest.approx(WAVE, abs=1e-12)
    assert season.p_value == 0
    assert season.scaled(values, 0) == pytest.approx(np.full(48, math.log(20)))


def test_the_fit_is_that_of_least_squares_on_months_and_blocks_counted_back() -> None:
    """Normal equations and F ratio reckoned in full, with a year that is not whole at the beginning."""
    values = counts(41, 300, WAVE)
    periods = months(41)
    y = np.log((values + 0.5) / [days(one) for one in periods])
    back = np.arange(40, -1, -1)
    by_month = np.array([[one.end.month == number for number in range(1, 13)] for one in periods], dtype=float)
    by_block = np.array([back // 12 == number for number in range(4)], dtype=float).T

    def residual(design: FloatArray) -> float:
        return float(np.sum((y - design @ np.linalg.pinv(design) @ y) ** 2))

    full = residual(np.hstack([by_month, by_block]))
    ratio = ((residual(by_block) - full) / 11) / (full / (41 - 12 - 3))
    season = found(values)
    assert season.p_value == pytest.approx(scipy.stats.f.sf(ratio, 11, 26), rel=1e-9)
    assert sum(season.factors) == pytest.approx(0, abs=1e-12)


def test_days_alone_are_no_season() -> None:
    values = np.array([20.0 * days(one) - 0.5 for one in months(48)])
    assert found(values).p_value == 1
    assert not found(values).matters


def test_months_that_differ_by_chance_alone_seldom_matter() -> None:
    matters = [found(counts(60, 200, [0.0] * 12, seed)).matters for seed in range(200)]
    assert sum(matters) <= 8  # 2 expected at p < 0.01


@given(st.integers(1, 11), st.integers(0, 10_000))
def test_a_calendar_turned_by_some_months_turns_the_factors(turn: int, seed: int) -> None:
    """With months of equal length the fit does not know which month it is; the days only shift the factors."""
    values = counts(48, 250, WAVE, seed)
    one, two = found(values), found(values, months(48, (2011 + (3 + turn) // 12, (3 + turn) % 12 + 1)))
    plain = np.array(one.offsets) - np.log([days(each) for each in months(48)])
    assert len(set(np.round(plain, 9))) <= 12
    assert len(two.factors) == 12
    assert abs(sum(two.factors)) < 1e-9


# ---------------------------------------------------------------- where there is none to find


def test_fewer_than_36_known_months_have_no_season() -> None:
    values = counts(LEAST_MONTHS, 300, WAVE)
    assert seasonality.find(values, months(36)) is not None
    assert seasonality.find(values[1:], months(36)[1:]) is None
    values[5] = np.nan
    assert seasonality.find(values, months(36)) is None


def test_quarters_gaps_and_figures_below_nought_have_no_season() -> None:
    values = counts(48, 300, WAVE)
    quarters = [quarter(2000 + at // 4, at % 4 + 1) for at in range(48)]
    assert seasonality.find(values, quarters) is None
    assert seasonality.find(values, [*months(24), *months(24, (2014, 1))]) is None
    assert seasonality.find(values - 500, months(48)) is None


def test_a_calendar_month_of_which_nothing_is_known_has_no_factor() -> None:
    values = counts(60, 300, WAVE)
    values[[at for at, one in enumerate(months(60)) if one.end.month == 12]] = np.nan
    assert seasonality.find(values, months(60)) is None


def test_blocks_are_counted_back_from_the_latest_known_month() -> None:
    values = counts(48, 300, WAVE)
    longer = np.append(values, [np.nan] * 5)
    assert found(longer).factors == pytest.approx(found(values).factors)


# ---------------------------------------------------------------- the expected range


def test_limits_follow_the_year_and_the_season_is_no_signal() -> None:
    values = counts(60, 300, WAVE)
    season = found(values)
    assert season.matters
    plain = xmr(values, used=slice(0, 12))
    chart = xmr(values, used=slice(0, 12), seasons=[season])
    assert sum(point.signal is not Signal.NONE for point in plain.points) > 20
    assert sum(point.signal is not Signal.NONE for point in chart.points) <= 8
    january, july = chart.points[9], chart.points[15]
    assert (january.lower or 0) > (july.upper or 0)
    assert chart.groups[0].mean is None
    assert chart.seasonal


def test_limits_are_those_of_the_scale_without_season_transformed_back() -> None:
    values = counts(48, 300, WAVE)
    season = found(values)
    scaled = [math.log(value + 0.5) - offset for value, offset in zip(values, season.offsets, strict=True)]
    plain, chart = xmr(scaled, used=range(12)), xmr(values, used=range(12), seasons=[season])
    assert [point.signal for point in plain.points] == [point.signal for point in chart.points]
    for at, (one, two) in enumerate(zip(plain.points, chart.points, strict=True)):
        for end in ("mean", "lower", "upper", "near_lower", "near_upper"):
            assert getattr(two, end) == pytest.approx(math.exp(getattr(one, end) + season.offsets[at]) - 0.5)
        assert two.value == values[at]


def test_level_and_spread_come_from_the_chosen_points_and_the_factors_from_all() -> None:
    values = counts(48, 300, WAVE)
    season = found(values)
    for used in (slice(0, 12), slice(12, 48)):
        chart = xmr(values, used=used, seasons=[season])
        scaled = season.scaled(values, 0)[used]
        centre = season.back(np.full(48, scaled.mean()), 0, 48)
        assert [point.mean for point in chart.points] == pytest.approx(list(centre))


def test_a_missing_month_keeps_its_range() -> None:
    values = counts(48, 300, WAVE)
    values[20] = np.nan
    chart = xmr(values, seasons=[found(values)])
    assert chart.points[20].value is None
    assert (chart.points[20].upper or 0) > (chart.points[20].lower or 0) > 0


@pytest.mark.parametrize("level", [1.0, 20.0])
def test_a_series_that_is_nothing_but_season_does_not_vary(level: float) -> None:
    periods = months(48)
    values = np.array([level * days(one) * math.exp(WAVE[one.end.month - 1]) - 0.5 for one in periods])
    assert "do not vary" in xmr(values, seasons=[found(values)]).groups[0].absent
