"""p, u and c charts and Laney's: limits for each point from its base, and when the wider ones are chosen."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcp_desktop.analysis.attribute_charts import ChartType, Counts, is_overdispersed, sigma_ratio
from pcp_desktop.analysis.control_chart import TOO_FEW, ControlChart, attribute
from pcp_desktop.domain.pages import Signal

# Montgomery, Introduction to Statistical Quality Control, 6th ed., example 7.1 (orange juice cans, 30 samples of 50),
# example 7.3 (nonconformities in 26 samples of printed circuit boards) and example 7.4 (errors in 20 weeks of 50
# shipments).
CANS = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6]
BOARDS = [21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16, 19, 10, 17, 13, 22, 18, 39, 30, 24, 16, 19, 17, 15]
SHIPMENTS = [2, 3, 8, 1, 1, 4, 1, 4, 5, 1, 8, 2, 4, 3, 4, 1, 8, 3, 7, 4]

bases = st.lists(st.integers(20, 400), min_size=5, max_size=40)


def limits(chart: ControlChart, at: int = 0) -> tuple[float | None, ...]:
    point = chart.points[at]
    return point.mean, point.lower, point.upper


def outside(chart: ControlChart) -> list[int]:
    """The points outside a limit, counted from 1 as the book does."""
    return [at for at, point in enumerate(chart.points, 1) if point.signal is Signal.OUTSIDE]


# ---------------------------------------------------------------- the book's examples


def test_montgomerys_cans_have_the_limits_of_the_book() -> None:
    chart = attribute(ChartType.P, CANS, [50] * 30)
    assert limits(chart) == pytest.approx((347 / 1500, 0.0524, 0.4102), abs=5e-5)
    assert outside(chart) == [15, 23]


def test_montgomerys_boards_have_the_limits_of_the_book() -> None:
    chart = attribute(ChartType.C, BOARDS)
    assert limits(chart) == pytest.approx((516 / 26, 6.48, 33.22), abs=0.01)
    assert outside(chart) == [6, 20]
    assert chart.points[0].near_upper == pytest.approx(516 / 26 + 2 * math.sqrt(516 / 26))


def test_montgomerys_shipments_have_limits_below_nought_that_are_not_clamped() -> None:
    chart = attribute(ChartType.U, SHIPMENTS, [50] * 20, asked=True)
    assert limits(chart) == pytest.approx((0.0740, -0.0414, 0.1894), abs=5e-5)
    assert outside(chart) == []


def test_laneys_sigma_is_the_average_range_of_z_over_1_128() -> None:
    """Laney 2002, equations for p′, on five points reckoned by hand: p̄ = 0.3, σ = 0.0458 for each base of 100."""
    shares = [0.2, 0.4, 0.3, 0.2, 0.4]
    one = math.sqrt(0.3 * 0.7 / 100)
    ranges = [0.2 / one, 0.1 / one, 0.1 / one, 0.2 / one]
    ratio = sum(ranges) / 4 / 1.128
    chart = attribute(ChartType.LANEY_P, [100 * share for share in shares], [100] * 5, per=100)
    assert chart.groups[0].sigma_ratio == pytest.approx(ratio)
    assert limits(chart) == pytest.approx((30, 30 - 300 * one * ratio, 30 + 300 * one * ratio))


# ---------------------------------------------------------------- an independent reckoning


def plain_reach(kind: ChartType, line: float, base: float) -> float:
    variance = line * (1 - line) if kind is ChartType.P else line
    return 3 * math.sqrt(variance / base)


@given(bases, st.data(), st.sampled_from([ChartType.P, ChartType.U]))
def test_limits_follow_each_points_base(base: list[int], data: st.DataObject, kind: ChartType) -> None:
    events = data.draw(st.lists(st.integers(0, 20), min_size=len(base), max_size=len(base)))
    missing = data.draw(st.sets(st.integers(0, len(base) - 1), max_size=3))
    known = [at for at in range(len(base)) if at not in missing]
    chart = attribute(kind, [None if at in missing else one for at, one in enumerate(events)], base, asked=True)
    line = sum(events[at] for at in known) / sum(base[at] for at in known) if known else 0
    if len(known) < 2 or not 0 < line < 1:
        assert all(point.mean is None for point in chart.points) or len(known) == 1
        return
    for point, own in zip(chart.points, base, strict=True):
        reach = plain_reach(kind, line, own)
        assert (point.mean, point.lower, point.upper) == pytest.approx((line, line - reach, line + reach), abs=1e-12)
    assert [at for at, point in enumerate(chart.points) if point.value is None] == sorted(missing)


@given(st.integers(2, 9))
def test_bases_that_are_larger_by_k_have_limits_nearer_by_its_root(factor: int) -> None:
    small = attribute(ChartType.P, CANS, [50] * 30)
    large = attribute(ChartType.P, [factor * one for one in CANS], [50 * factor] * 30)
    (mean, _, upper), (same, _, nearer) = limits(small), limits(large)
    assert mean == pytest.approx(same)
    assert (nearer or 0) - (same or 0) == pytest.approx(((upper or 0) - (mean or 0)) / math.sqrt(factor))


@given(st.permutations(list(range(30))))
def test_the_order_of_points_is_nothing_to_the_limits_of_a_p_chart(order: list[int]) -> None:
    shuffled = attribute(ChartType.P, [CANS[at] for at in order], [50] * 30)
    assert limits(shuffled) == pytest.approx(limits(attribute(ChartType.P, CANS, [50] * 30)))


def test_a_point_without_events_keeps_its_limits_and_one_without_a_base_has_none() -> None:
    chart = attribute(ChartType.P, [12, None, 8, 10, 9, 12, 10], [50, 60, 50, 50, None, 0, 50])
    assert [point.value is None for point in chart.points] == [False, True, False, False, True, True, False]
    assert [point.upper is None for point in chart.points] == [False, False, False, False, True, True, False]
    assert chart.points[0].mean == pytest.approx(40 / 200)


def test_groups_have_centre_lines_of_their_own() -> None:
    chart = attribute(ChartType.C, [20, 22, 18, 20, 40, 44, 36, 40], segments=[(0, 3), (4, 7)])
    assert [group.mean for group in chart.groups] == [20, 40]


# ---------------------------------------------------------------- few data


def test_too_few_points_or_events_draw_limits_only_when_asked_for_by_name() -> None:
    for events in ([5, 6, 7], [2, 2, 1, 0, 2, 9]):
        plain = attribute(ChartType.C, events)
        assert plain.groups[0].standing == TOO_FEW
        assert plain.points[0].upper is None
        asked = attribute(ChartType.C, events, asked=True)
        assert asked.points[0].upper is not None
        assert any("Too few to judge" in words for words in asked.caveats)


@pytest.mark.parametrize("events", [[0] * 8, [50] * 8])
def test_nothing_or_everything_leaves_a_p_chart_without_limits(events: list[int]) -> None:
    chart = attribute(ChartType.P, events, [50] * 8, asked=True)
    assert "do not vary" in chart.groups[0].absent
    assert {point.upper for point in chart.points} == {None}


# ---------------------------------------------------------------- when Laney's is chosen


def chosen(events: list[float], base: float, points: int) -> bool:
    counts = Counts(np.array(events[:points]), np.full(points, base))
    return is_overdispersed(ChartType.P, counts, [(0, points - 1)], np.ones(points, dtype=np.bool_))


SWINGING = [400.0, 600.0] * 20  # in bases of 1,000 a ratio far above 1.3


def test_laneys_chart_is_chosen_from_24_points_when_the_ratio_is_above_1_3() -> None:
    assert chosen(SWINGING, 1000, 24)
    assert not chosen(SWINGING, 1000, 23)
    assert not chosen([500.0, 510.0] * 20, 1000, 40)


@given(st.integers(400, 1600))
def test_the_choice_turns_at_1_3(size: int) -> None:
    """Points half a swing either side of 50% have a ratio that is plain to reckon: swing over sigma over 1.128."""
    base = 1000.0
    swing = size / 10000
    ratio = swing / math.sqrt(0.25 / base) / 1.128
    events = [base * (0.5 + swing / 2), base * (0.5 - swing / 2)] * 12
    if abs(ratio - 1.3) > 1e-6:
        assert chosen(events, base, 24) == (ratio > 1.3)


def test_a_chosen_laney_chart_never_narrows_and_one_asked_for_by_name_may() -> None:
    even = [500.0, 501.0] * 12
    counts = Counts(np.array(even), np.full(24, 1000.0))
    assert sigma_ratio(ChartType.P, counts, counts.known) < 1
    plain = attribute(ChartType.P, even, [1000] * 24).points[0].upper or 0
    own = attribute(ChartType.LANEY_P, even, [1000] * 24)
    named = attribute(ChartType.LANEY_P, even, [1000] * 24, asked=True)
    assert own.points[0].upper == plain
    assert (named.points[0].upper or 0) < plain


def test_ranges_are_not_taken_over_a_gap_nor_between_groups() -> None:
    events = np.array([400.0, 402.0, np.nan, 600.0, 602.0])
    counts = Counts(events, np.full(5, 1000.0))
    one = math.sqrt(0.501 * 0.499 / 1000)
    assert sigma_ratio(ChartType.P, counts, counts.known) == pytest.approx(0.002 / one / 1.128)
    calm = Counts(np.array([400.0, 404.0] * 12 + [600.0, 604.0] * 12), np.full(48, 1000.0))
    assert not is_overdispersed(ChartType.P, calm, [(0, 23), (24, 47)], calm.known)


def test_an_xmr_chart_is_not_made_from_bases() -> None:
    with pytest.raises(ValueError, match="no base"):
        attribute(ChartType.XMR, [1, 2, 3, 4])
