"""What control charts promise: Wheeler's limits, the four rules at their edges, and no limits where none are due."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcp_desktop.analysis.control_chart import TOO_FEW, ControlChart, Rules, xmr
from pcp_desktop.domain.pages import Signal

# Monthly trade deficits of the United States in 1987, $ billion, from Wheeler, Understanding Variation (1993).
TRADE_DEFICITS = [10.7, 13.0, 11.4, 11.5, 12.5, 14.1, 14.8, 14.1, 12.6, 16.0, 11.7, 10.6]

some_values = st.lists(st.one_of(st.none(), st.integers(-40, 40)), min_size=1, max_size=40)


def signals(chart: ControlChart) -> list[Signal]:
    return [point.signal for point in chart.points]


def limits(chart: ControlChart, at: int = 0) -> tuple[float | None, float | None, float | None]:
    """Mean, lower and upper limit of one point."""
    point = chart.points[at]
    return point.mean, point.lower, point.upper


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
    assert limits(chart) == pytest.approx((mean, mean - reach, mean + reach), abs=1e-9)
    edge = [abs(abs(v - mean) - share * reach) for v in values if v is not None for share in (0, 2 / 3, 1)]
    if not edge or min(edge) > 1e-9:
        assert signals(chart) == [plain_label(values, at, mean, reach) for at in range(len(values))]


# ---------------------------------------------------------------- limits


def test_wheelers_trade_deficits_have_the_limits_of_the_book() -> None:
    chart = xmr(TRADE_DEFICITS, screening=False)
    assert chart.groups[0].average_range == pytest.approx(1.66, abs=0.005)
    assert limits(chart) == pytest.approx((12.75, 8.33, 17.17), abs=0.01)
    assert chart.groups[0].standing == "provisional"


def test_screening_leaves_a_jump_out_of_the_average_range_once_and_keeps_the_mean() -> None:
    values = [10.0, 11.0] * 7 + [40.0] + [10.0, 11.0] * 7
    plain, screened = xmr(values, screening=False).groups[0], xmr(values).groups[0]
    assert screened.mean == plain.mean
    assert screened.average_range == pytest.approx(1.0)
    assert plain.average_range == pytest.approx((26 + 29 + 30) / 28)


def test_a_range_exactly_at_the_screening_limit_is_left_out() -> None:
    # Ranges 0.25 (nine times) and one of r: r = 3.267 x (9 x 0.25 + r) / 10 for r = 3.267 x 2.25 / 6.733
    jump = 3.267 * 2.25 / 6.733
    values = np.cumsum([0.0] + [0.25, -0.25] * 4 + [0.25] + [jump])
    values[-1] += 1e-6  # equal in real numbers, the last bit would decide
    assert xmr(values).groups[0].average_range == pytest.approx(0.25)
    values[-1] -= 2e-6
    assert xmr(values).groups[0].average_range == pytest.approx((9 * 0.25 + jump) / 10)


@given(st.lists(st.integers(1, 200), min_size=12, max_size=30), st.integers(1, 9), st.integers(-50, 50))
def test_limits_follow_scale_and_shift_and_labels_stay(values: list[int], scale: int, shift: int) -> None:
    chart = xmr(values)
    moved = xmr([scale * value + shift for value in values])
    for one, two in zip(limits(chart), limits(moved), strict=True):
        assert two == (None if one is None else pytest.approx(scale * one + shift))
    assert signals(chart) == signals(moved)


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
    assert group.mean is None
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
        xmr([1.0, 2.0, 4.0, 3.0, 5.0], rules=Rules(run_length=length))


def test_a_step_without_other_movement_has_no_limits() -> None:
    group = xmr([5.0] * 8 + [9.0] * 8).groups[0]
    assert group.mean is None
    assert "hardly move" in group.absent
