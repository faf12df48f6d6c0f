"""What a label means: good or bad news by the measure's polarity, and whether a target will be met."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcp_desktop.analysis.control_chart import xmr
from pcp_desktop.analysis.control_meaning import Assurance, Variation, assurance, direction_of, variation
from pcp_desktop.domain.measures import Polarity
from pcp_desktop.domain.pages import Direction

STEADY = [10.0, 12.0] * 6  # mean 11, average range 2, limits 5.68 to 16.32, nearer pair 7.45 to 14.55


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
    assert direction_of(chart.last.rising, polarity) is direction
    assert variation(chart, polarity) is meaning
    assert variation(xmr(STEADY), polarity) is Variation.COMMON_CAUSE


def test_a_target_is_held_against_the_last_limits() -> None:
    chart = xmr(STEADY)
    limit = chart.points[0].upper
    assert limit is not None
    assert assurance(chart, 20, Polarity.LOWER) is Assurance.PASSES
    assert assurance(chart, 20, Polarity.HIGHER) is Assurance.FAILS
    assert assurance(chart, 1, Polarity.HIGHER) is Assurance.PASSES
    assert assurance(chart, limit, Polarity.HIGHER) is Assurance.HIT_OR_MISS
    assert assurance(chart, 20, Polarity.NEUTRAL) is None


def test_a_series_stuck_on_its_target_is_hit_or_miss_and_says_nothing_of_any_other() -> None:
    stuck = xmr([100.0] * 30)
    assert assurance(stuck, 100, Polarity.HIGHER) is Assurance.HIT_OR_MISS
    assert assurance(stuck, 90, Polarity.HIGHER) is None
    assert assurance(xmr([100.0, 100.0]), 100, Polarity.HIGHER) is None


@given(st.lists(st.integers(-50, 50), min_size=4, max_size=30), st.integers(-300, 300), st.integers(1, 9))
def test_what_is_good_one_way_is_bad_the_other_and_units_do_not_matter(
    values: list[int], target: int, factor: int
) -> None:
    """Turning the scale round exchanges higher and lower is better; another unit changes nothing."""
    plain, turned, larger = (xmr([float(sign * one) for one in values]) for sign in (1, -1, factor))
    for polarity, opposite in ((Polarity.LOWER, Polarity.HIGHER), (Polarity.HIGHER, Polarity.LOWER)):
        assert variation(plain, polarity) is variation(turned, opposite)
        assert variation(plain, polarity) is variation(larger, polarity)
        met = assurance(plain, target, polarity)
        assert met is assurance(turned, -target, opposite)
        assert met is assurance(larger, factor * target, polarity)
        if met is Assurance.PASSES:
            assert assurance(plain, target, opposite) is Assurance.FAILS


@given(
    st.lists(st.integers(0, 50), min_size=4, max_size=30), st.lists(st.integers(-300, 300), min_size=2, max_size=2)
)
def test_an_easier_target_is_met_no_less_surely(values: list[int], targets: list[int]) -> None:
    chart = xmr([float(one) for one in values])
    surely = [Assurance.FAILS, Assurance.HIT_OR_MISS, Assurance.PASSES]
    if chart.limited:
        hard, easy = (surely.index(assurance(chart, one, Polarity.LOWER)) for one in sorted(targets))  # type: ignore[arg-type]  # limits are there
        assert hard <= easy
