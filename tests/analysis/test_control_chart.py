"""What control charts promise: Wheeler's limits, the four rules at their edges, and no limits where none are due."""

from __future__ import annotations

import math
from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcp_desktop.analysis.control_chart import (
    NOT_SEASONAL,
    TOO_FEW,
    Assurance,
    ControlChart,
    Variation,
    assurance,
    for_series,
    variation,
    xmr,
)
from pcp_desktop.analysis.series import build
from pcp_desktop.domain.measures import Break, Polarity
from pcp_desktop.domain.pages import Direction, Signal
from pcp_desktop.domain.periods import twelve_months_to
from tests.analysis.made_facts import AREA, BASELINE, THROUGH, a_measure, a_proportion, facts_of, monthly, with_base

# Monthly trade deficits of the United States in 1987, $ billion, from Wheeler, Understanding Variation (1993).
TRADE_DEFICITS = [10.7, 13.0, 11.4, 11.5, 12.5, 14.1, 14.8, 14.1, 12.6, 16.0, 11.7, 10.6]

some_values = st.lists(st.one_of(st.none(), st.integers(-40, 40)), min_size=1, max_size=40)


def signals(chart: ControlChart) -> list[Signal]:
    return [point.signal for point in chart.points]


# ---------------------------------------------------------------- an independent reckoning


def plain_limits(values: list[float | None], used: list[int], screening: bool) -> tuple[float, float] | None:
    """Mean and reach reckoned one by one; None where there are no limits."""
    known = [value for at, value in enumerate(values) if at in used and value is not None]
    if len(known) < 4 or max(known) == min(known):
        return None
    ranges = []
    for at in range(1, len(values)):
        one, two = values[at - 1], values[at]
        if at in used and at - 1 in used and one is not None and two is not None:
            ranges.append(abs(two - one))
    if not ranges:
        return None
    average = math.fsum(ranges) / len(ranges)
    if screening:
        kept = [size for size in ranges if size < 3.267 * average]
        average = math.fsum(kept) / len(kept) if kept else average
    return (math.fsum(known) / len(known), 2.66 * average) if average > 0 else None


def plain_label(values: list[float | None], at: int, mean: float, reach: float) -> Signal:
    """The label of one point, looking at every window that holds it."""

    def window(first: int, length: int) -> list[float] | None:
        if first < 0 or first + length > len(values):
            return None
        part = [value for value in values[first : first + length] if value is not None]
        return part if len(part) == length else None

    def one_side(part: list[float]) -> bool:
        return all(value > mean for value in part) or all(value < mean for value in part)

    def between(value: float) -> bool:
        distance = abs(value - mean)
        return 2 / 3 * reach < distance and mean - reach < value < mean + reach

    value = values[at]
    if value is None:
        return Signal.NONE
    if value > mean + reach or value < mean - reach:
        return Signal.OUTSIDE
    for first in range(at - 6, at + 1):
        part = window(first, 7)
        if part is not None:
            steps = [later - earlier for earlier, later in pairwise(part)]
            if all(step > 0 for step in steps) or all(step < 0 for step in steps):
                return Signal.TREND
    for first in range(at - 2, at + 1):
        part = window(first, 3)
        if part is not None and one_side(part) and sum(map(between, part)) >= 2 and between(value):
            return Signal.TWO_OF_THREE
    for first in range(at - 6, at + 1):
        part = window(first, 7)
        if part is not None and one_side(part):
            return Signal.SHIFT
    return Signal.NONE


@given(some_values, st.booleans(), st.integers(0, 30))
def test_limits_and_labels_agree_with_an_independent_reckoning(
    values: list[float | None], screening: bool, baseline: int
) -> None:
    used = list(range(min(baseline, len(values)))) or list(range(len(values)))
    chart = xmr(values, used=used, screening=screening)
    expected = plain_limits(values, used, screening)
    group = chart.groups[0]
    if expected is None:
        assert group.mean is None
        assert group.absent
        assert set(signals(chart)) == {Signal.NONE}
        return
    mean, reach = expected
    assert (group.mean, group.upper, group.lower) == pytest.approx((mean, mean + reach, mean - reach), abs=1e-9)
    exact = (group.mean, group.upper - group.mean) if group.mean is not None and group.upper is not None else (0, 0)
    edge = [abs(abs(v - exact[0]) - share * reach) for v in values if v is not None for share in (0, 2 / 3, 1)]
    if not edge or min(edge) > 1e-9:
        assert signals(chart) == [plain_label(values, at, mean, reach) for at in range(len(values))]


# ---------------------------------------------------------------- limits


def test_wheelers_trade_deficits_have_the_limits_of_the_book() -> None:
    group = xmr(TRADE_DEFICITS, screening=False).groups[0]
    assert group.mean == pytest.approx(12.75)
    assert group.average_range == pytest.approx(1.66, abs=0.005)
    assert (group.lower, group.upper) == pytest.approx((8.33, 17.17), abs=0.01)
    assert group.standing == "provisional"


def test_screening_leaves_a_jump_out_of_the_average_range_once_and_keeps_the_mean() -> None:
    values = [10.0, 11.0] * 7 + [40.0] + [10.0, 11.0] * 7
    plain, screened = xmr(values, screening=False).groups[0], xmr(values).groups[0]
    assert screened.mean == plain.mean
    assert screened.average_range == pytest.approx(1.0)
    assert screened.ranges_left_out == 2
    assert plain.average_range == pytest.approx((26 + 29 + 30) / 28)


def test_a_range_exactly_at_the_screening_limit_is_left_out() -> None:
    # Ranges 0.25 (nine times) and one of r: r = 3.267 x (9 x 0.25 + r) / 10 for r = 3.267 x 2.25 / 6.733
    jump = 3.267 * 2.25 / 6.733
    values = np.cumsum([0.0] + [0.25, -0.25] * 4 + [0.25] + [jump])
    found = xmr(values).groups[0]
    assert found.ranges_left_out in (0, 1)  # equal in real numbers; the last bit decides
    above = values.copy()
    above[-1] += 1e-6
    assert xmr(above).groups[0].ranges_left_out == 1


@given(st.lists(st.integers(1, 200), min_size=12, max_size=30), st.integers(1, 9), st.integers(-50, 50))
def test_limits_follow_scale_and_shift_and_labels_stay(values: list[int], scale: int, shift: int) -> None:
    chart = xmr(values)
    moved = xmr([scale * value + shift for value in values])
    one, two = chart.groups[0], moved.groups[0]
    if one.mean is None or one.upper is None:
        assert two.mean is None
        return
    assert two.mean == pytest.approx(scale * one.mean + shift)
    assert two.upper == pytest.approx(scale * one.upper + shift)


@given(st.lists(st.integers(1, 200), min_size=12, max_size=30))
def test_a_mirrored_series_has_the_mirrored_labels(values: list[int]) -> None:
    chart, mirror = xmr(values), xmr([-value for value in values])
    if chart.groups[0].mean is not None:
        assert [-point.rising for point in chart.points] == [point.rising for point in mirror.points]
        assert signals(chart) == signals(mirror)


@pytest.mark.parametrize(
    ("points", "standing"), [(24, ""), (23, "provisional"), (12, "provisional"), (11, "trial"), (4, "trial")]
)
def test_limits_are_called_by_how_many_points_made_them(points: int, standing: str) -> None:
    group = xmr([10.0, 12.0] * 20, used=slice(0, points)).groups[0]
    assert group.standing == standing
    assert group.mean is not None


def test_under_four_points_or_three_events_is_too_few_to_judge() -> None:
    for chart in (xmr([1.0, 9.0, 3.0]), xmr([2, 3, 2, 1, 2, 4, 2, 30], events=True)):
        assert chart.groups[0].standing == TOO_FEW
        assert chart.groups[0].mean is None
        assert set(signals(chart)) == {Signal.NONE}
    assert xmr([3, 4, 3, 2, 3, 5], events=True).groups[0].mean is not None


def test_a_constant_series_has_no_limits() -> None:
    group = xmr([7.0] * 30).groups[0]
    assert (group.mean, group.upper) == (None, None)
    assert "do not vary" in group.absent


def test_no_range_is_taken_over_a_gap_or_between_groups() -> None:
    values: list[float | None] = [10.0, 11.0, None, 90.0, 91.0, 90.0]
    assert xmr(values, screening=False).groups[0].average_range == pytest.approx(1.0)
    groups = xmr([10, 11, 10, 11, 90, 91, 90, 91], segments=[(0, 3), (4, 7)]).groups
    assert [group.average_range for group in groups] == [1.0, 1.0]
    assert [group.mean for group in groups] == [10.5, 90.5]


def test_segments_must_cover_every_point_in_order() -> None:
    for segments in ([(0, 2)], [(0, 1), (3, 4)], [(1, 4)]):
        with pytest.raises(ValueError, match="segments"):
            xmr([1, 2, 3, 4, 5], segments=segments)


@pytest.mark.parametrize("length", [5, 9])
def test_only_runs_of_six_to_eight_can_be_chosen(length: int) -> None:
    with pytest.raises(ValueError, match="6, 7 or 8"):
        xmr([1.0, 2.0], run_length=length)


# ---------------------------------------------------------------- rules

STEADY = [10.0, 12.0] * 6  # mean 11, average range 2, limits 5.68 to 16.32, nearer pair 7.45 to 14.55


def after_steady(*values: float | None) -> list[Signal]:
    return signals(xmr([*STEADY, *values], used=slice(0, 12)))[12:]


def test_a_point_on_the_limit_is_inside_and_one_beyond_it_outside() -> None:
    limit = xmr(STEADY).groups[0].upper
    assert limit is not None
    assert after_steady(limit, 11.0, math.nextafter(limit, 99)) == [Signal.NONE, Signal.NONE, Signal.OUTSIDE]


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
    assert Signal.SHIFT not in signals(xmr(values, used=slice(0, 12), run_length=8))


def test_rules_do_not_reach_over_a_break() -> None:
    values = [*STEADY, 11.5, 12.5, 11.5, 12.5, 11.5, 12.5, 11.5, 12.5]
    chart = xmr(values, segments=[(0, 15), (16, 19)], used=slice(0, 12))
    assert set(signals(chart)) == {Signal.NONE}


# ---------------------------------------------------------------- meaning


@pytest.mark.parametrize(
    ("polarity", "direction", "meaning"),
    [
        (Polarity.LOWER, Direction.UNFAVOURABLE, Variation.CONCERN),
        (Polarity.HIGHER, Direction.FAVOURABLE, Variation.IMPROVEMENT),
        (Polarity.HIGHER_REPORTING_WELCOME, Direction.FAVOURABLE, Variation.IMPROVEMENT),
        (Polarity.NEUTRAL, Direction.NEUTRAL, Variation.NEUTRAL),
    ],
)
def test_a_high_last_point_means_what_the_polarity_says(
    polarity: Polarity, direction: Direction, meaning: Variation
) -> None:
    chart = xmr([*STEADY, 20.0, None], used=slice(0, 12))
    assert chart.last is not None
    assert chart.last.direction(polarity) is direction
    assert variation(chart, polarity) is meaning
    assert variation(xmr(STEADY), polarity) is Variation.COMMON_CAUSE


def test_a_target_is_held_against_the_last_limits() -> None:
    chart = xmr(STEADY)
    limit = chart.groups[0].upper
    assert limit is not None
    assert assurance(chart, 20, Polarity.LOWER) is Assurance.PASSES
    assert assurance(chart, 20, Polarity.HIGHER) is Assurance.FAILS
    assert assurance(chart, 1, Polarity.HIGHER) is Assurance.PASSES
    assert assurance(chart, limit, Polarity.HIGHER) is Assurance.HIT_OR_MISS
    assert assurance(chart, 20, Polarity.NEUTRAL) is None
    assert assurance(xmr([100.0] * 30), 100, Polarity.HIGHER) is None


# ---------------------------------------------------------------- the chart of a series


def test_limits_come_from_the_baseline_year_and_are_provisional() -> None:
    measure = a_measure()
    values = [30.0, 34.0] * 6 + [60.0, 61.0] * 16 + [60.0]
    series = build(facts_of([measure], monthly(measure, values)), measure, AREA, THROUGH)
    assert series is not None
    chart = for_series(series, BASELINE)
    assert (chart.groups[0].used, chart.groups[0].mean, chart.groups[0].standing) == (12, 32.0, "provisional")
    assert NOT_SEASONAL in chart.method
    assert "2012/13" in chart.method
    assert "screening on" in chart.settings


def test_after_a_break_limits_come_from_all_points_of_the_new_series() -> None:
    measure = a_measure()
    values = [30.0, 34.0] * 6 + [60.0, 64.0] * 16
    cut = Break("m", date(2013, 4, 1), "new system")
    series = build(facts_of([measure], monthly(measure, values), [cut]), measure, AREA, THROUGH)
    assert series is not None
    assert [group.used for group in for_series(series, BASELINE).groups] == [12, 32]


def test_a_baseline_year_with_too_few_known_figures_leaves_limits_to_all_points() -> None:
    measure = a_measure()
    values = [30.0, 34.0, 31.0] + [33.0, 36.0] * 20
    series = build(facts_of([measure], monthly(measure, values, (2013, 1))), measure, AREA, THROUGH)
    assert series is not None
    chart = for_series(series, BASELINE)
    assert chart.groups[0].used == len(series.periods)
    assert "limits from all points" in chart.method


def test_a_step_without_other_movement_has_no_limits() -> None:
    group = xmr([5.0] * 8 + [9.0] * 8).groups[0]
    assert group.mean is None
    assert "hardly move" in group.absent


def test_rolling_figures_are_refused() -> None:
    measure = a_proportion()
    items = [
        item for end in range(1, 13) for item in with_base(measure, twelve_months_to(2015, end), 800 + end, 1000)
    ]
    series = build(facts_of([measure], items), measure, AREA, THROUGH)
    assert series is not None
    chart = for_series(series, BASELINE)
    assert chart.points == ()
    assert "eleven months" in chart.absent
