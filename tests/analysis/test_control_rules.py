"""What the four rules promise at their edges: ties, gaps, turning points, and one label a point in their order."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcp_desktop.analysis.control_chart import ControlChart, Rules, xmr
from pcp_desktop.domain.pages import Signal


def signals(chart: ControlChart) -> list[Signal]:
    return [point.signal for point in chart.points]


STEADY = [10.0, 12.0] * 6  # mean 11, average range 2, limits 5.68 to 16.32, nearer pair 7.45 to 14.55


def after_steady(*values: float | None) -> list[Signal]:
    return signals(xmr([*STEADY, *values], used=slice(0, 12)))[12:]


def test_a_point_on_the_limit_is_inside_and_one_beyond_it_outside() -> None:
    limit = xmr(STEADY).points[0].upper
    assert limit is not None
    assert after_steady(limit, 11.0, limit + 1e-9) == [Signal.NONE, Signal.NONE, Signal.OUTSIDE]


def test_seven_points_of_strict_steps_are_a_trend_and_all_are_flagged() -> None:
    assert after_steady(9, 9.5, 10, 10.5, 11.5, 12, 12.5)[:7] == [Signal.TREND] * 7
    assert Signal.TREND not in after_steady(13, 9.5, 10, 10.5, 11.5, 12)
    assert Signal.TREND not in after_steady(9, 9.5, 10, 10, 11.5, 12, 12.5)  # a tie breaks it
    assert Signal.TREND not in after_steady(9, 9.5, 10, None, 11.5, 12, 12.5)  # so does a gap


def test_two_of_three_needs_one_side_and_flags_only_the_points_between() -> None:
    none, near = Signal.NONE, Signal.TWO_OF_THREE
    assert after_steady(15.0, 11.5, 15.0) == [near, none, near]
    assert after_steady(15.0, 10.5, 15.0) == [none] * 3  # the middle one is on the other side
    assert after_steady(10.5, 15.0, 15.0, None) == [none] * 4  # three points are needed
    assert after_steady(17.0, 15.0, 12.0) == [Signal.OUTSIDE, none, none]  # one between is not two


def test_seven_points_strictly_on_one_side_are_a_shift() -> None:
    assert after_steady(*[11.5, 12.5] * 4)[:8] == [Signal.SHIFT] * 8
    broken = after_steady(11.5, 12.5, 11.5, 11.0, 12.5, 11.5, 12.5)  # one on the mean breaks it
    assert set(broken) == {Signal.NONE}
    gap = after_steady(11.5, 12.5, 11.5, None, 12.5, 11.5, 12.5)
    assert set(gap) == {Signal.NONE}


def test_a_run_of_eight_can_be_asked_for() -> None:
    values = [*STEADY, 10.0, *[11.5, 12.5] * 3, 11.5, 10.0]
    assert Signal.SHIFT in signals(xmr(values, used=slice(0, 12)))
    assert Signal.SHIFT not in signals(xmr(values, used=slice(0, 12), rules=Rules(run_length=8)))


def test_rules_do_not_reach_over_a_break() -> None:
    values = [*STEADY, 11.5, 12.5, 11.5, 12.5, 11.5, 12.5, 11.5, 12.5]
    chart = xmr(values, segments=[(0, 15), (16, 19)], used=slice(0, 12))
    assert set(signals(chart)) == {Signal.NONE}


# ---------------------------------------------------------------- turning points, ties and order


def test_where_a_rise_meets_a_fall_the_turning_point_counts_to_what_follows() -> None:
    ramp = [*range(10, 17), *range(15, 9, -1)]  # up to 16 and down again, seven points each way
    found = [
        (point.signal, point.rising)
        for point in xmr([*[12.0, 14.0] * 12, *map(float, ramp)], used=slice(0, 24)).points[24:]
    ]
    assert found == [(Signal.TREND, 1)] * 6 + [(Signal.TREND, -1)] * 7


def test_a_point_on_the_mean_is_on_neither_side_whatever_the_last_bit_says() -> None:
    tenths = [0.1, 0.2, 0.3] * 8  # the mean is 0.2, and no sum of binary tenths is
    chart = xmr([*tenths, 0.3, 0.3, 0.3, 0.2, 0.3, 0.3, 0.3], used=slice(0, 24))
    assert set(signals(chart)[24:]) == {Signal.NONE}


def test_a_point_on_the_outer_limit_is_neither_outside_nor_between() -> None:
    values = [100.0, 150.0] * 12  # mean 125, average range 50, limits 125 ± 133
    chart = xmr([*values, 258.0, 240.0, 258.0], used=slice(0, 24))
    assert chart.points[0].upper == pytest.approx(258)
    assert signals(chart)[24:] == [Signal.NONE] * 3


whole_series = st.lists(st.one_of(st.none(), st.integers(-20, 20)), min_size=12, max_size=50)


@given(whole_series)
def test_a_series_read_backwards_has_the_same_labels_backwards(values: list[float | None]) -> None:
    chart, back = xmr(values, screening=False), xmr(values[::-1], screening=False)
    assert signals(chart) == signals(back)[::-1]
    for point, mirrored in zip(chart.points, reversed(back.points), strict=True):
        if point.signal is Signal.TREND:
            assert abs(point.rising) == abs(mirrored.rising) == 1
        else:
            assert point.rising == mirrored.rising


@given(whole_series, st.integers(1, 9))
def test_missing_periods_at_either_end_change_nothing(values: list[float | None], count: int) -> None:
    gap: list[float | None] = [None] * count
    assert signals(xmr([*gap, *values, *gap])) == [Signal.NONE] * count + signals(xmr(values)) + [Signal.NONE] * count


@given(whole_series)
def test_a_missing_value_breaks_every_run(values: list[float | None]) -> None:
    """Runs on both sides of a gap are those that each side has alone, under the same limits."""
    gap: list[float | None] = [None]
    chart = xmr([*values, *gap, *values], screening=False)
    if chart.points[0].mean is None:
        return
    half = len(values)
    again = xmr([*values, *gap, *values, *gap, *values], screening=False)
    assert signals(chart)[:half] == signals(chart)[half + 1 :]
    if again.points[0].upper == pytest.approx(chart.points[0].upper, abs=1e-12):
        assert signals(again)[: 2 * half + 1] == signals(chart)


@pytest.mark.parametrize("length", [6, 7, 8])
def test_runs_and_trends_begin_at_the_length_that_was_chosen(length: int) -> None:
    steady = [10.0, 12.0] * 12
    for count in (length - 1, length):
        rules = Rules(length, length)
        run = xmr([*steady, 10.0, *([11.5, 12.5] * 4)[:count]], used=slice(0, 24), rules=rules)
        assert signals(run)[25:].count(Signal.SHIFT) == (length if count == length else 0)
        ramp = [9.0 + 0.5 * at for at in range(count)]
        trend = xmr([*steady, 10.0, *ramp], used=slice(0, 24), rules=rules)
        assert signals(trend)[25:].count(Signal.TREND) == (length if count == length else 0)


def test_every_label_comes_in_the_order_of_the_rules() -> None:
    values = [11.5, 12.5, 11.5, 12.5, 12.0, 15.0, 15.5, 20.0]  # a shift with two of three and a point outside
    assert after_steady(*values)[:8] == [Signal.SHIFT] * 5 + [Signal.TWO_OF_THREE] * 2 + [Signal.OUTSIDE]


def test_steps_as_small_as_they_are_written_are_strict() -> None:
    values = [0.1 * step for step in range(7)]
    assert all(later > earlier for earlier, later in pairwise(values))
    chart = xmr([*[0.1, 0.5] * 12, *values], used=slice(0, 24))
    assert Signal.TREND in signals(chart)[24:]
    assert np.isfinite(chart.points[0].upper or math.nan)
