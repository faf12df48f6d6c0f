"""What the axes promise, for any values."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcp_desktop.analysis.pages import axes
from pcp_desktop.domain.periods import financial_year, month, quarter, twelve_months_to

counts = st.lists(st.integers(0, 100_000).map(float), min_size=1, max_size=40)
percentages = st.lists(st.floats(0, 100), min_size=1, max_size=40)


@given(counts, st.booleans())
def test_count_axes_hold_every_value_at_whole_even_steps(values: list[float], from_zero: bool) -> None:
    """Between four and seven lines, or eight after widening, never below nought."""
    axis = axes.value_axis(values, "offences", from_zero=from_zero)
    places = [tick.position for tick in axis.ticks]
    assert 5 <= len(places) <= 8
    assert 0 <= axis.low <= min(values)
    assert max(values) <= axis.high
    assert all(place == int(place) for place in places)
    assert len({later - earlier for earlier, later in pairwise(places)}) == 1
    assert not from_zero or axis.low == 0


@given(percentages)
def test_percent_axes_span_ten_points_within_nought_to_a_hundred(values: list[float]) -> None:
    """However close the values lie."""
    axis = axes.value_axis(values, "percent")
    assert axis.high - axis.low >= 10 - 1e-9
    assert axis.low >= 0
    assert axis.high <= 100 + 1e-9
    assert axis.low - 1e-9 <= min(values)
    assert max(values) <= axis.high + 1e-9


def test_month_ticks_stand_at_quarters_and_years_below_them() -> None:
    """Apr, Jul, Oct, Jan from April 2012 to December 2015."""
    periods = [month(2012 + (3 + at) // 12, (3 + at) % 12 + 1) for at in range(45)]
    ticks, years = axes.period_ticks(periods), axes.year_spans(periods)
    assert [tick.text for tick in ticks[:5]] == ["Apr", "Jul", "Oct", "Jan", "Apr"]
    assert [(year.first, year.last, year.text) for year in years] == [
        (-0.5, 11.5, "2012/13"),
        (11.5, 23.5, "2013/14"),
        (23.5, 35.5, "2014/15"),
        (35.5, 44.5, "2015/16"),
    ]


def test_quarter_ticks() -> None:
    """Q1 to Q4."""
    periods = [quarter(2014 + at // 4, at % 4 + 1) for at in range(6)]
    assert [tick.text for tick in axes.period_ticks(periods)] == ["Q1", "Q2", "Q3", "Q4", "Q1", "Q2"]


def test_a_year_is_said_once() -> None:
    """By the tick of each year, and then not again below it; 12 months to another month by that month."""
    years = [financial_year(2012 + at) for at in range(4)]
    assert [tick.text for tick in axes.period_ticks(years)] == ["2012/13", "2013/14", "2014/15", "2015/16"]
    assert axes.year_spans(years) == ()
    rolling = [twelve_months_to(2013 + at, 12) for at in range(3)]
    assert [tick.text for tick in axes.period_ticks(rolling)] == ["Dec 13", "Dec 14", "Dec 15"]
    assert axes.year_spans(rolling) == ()


def test_each_month_of_a_single_year_is_named() -> None:
    ticks = axes.period_ticks([month(2015, at) for at in range(6, 13)])
    assert [tick.text for tick in ticks] == ["Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@pytest.mark.parametrize(("values", "words"), [([245.0, 468.0], "Axis starts at 200"), ([3.0, 45.0], "")])
def test_a_cut_axis_says_so(values: list[float], words: str) -> None:
    """For the source line."""
    assert axes.axis_words(axes.value_axis(values, "offences"), "offences") == words


@given(st.floats(1e-6, 1e9), st.floats(0.001, 1))
def test_the_lines_of_an_axis_are_told_apart_however_small_its_figures(size: float, spread: float) -> None:
    axis = axes.value_axis([size, size * (1 + spread)], "per 1,000", whole=False)
    texts = [tick.text for tick in axis.ticks]
    assert len(set(texts)) == len(texts) >= 5


@pytest.mark.parametrize(("value", "ends"), [(100.0, (98, 102)), (1.0, (0, 4)), (0.0, (0, 4)), (-3.0, (-5, -1))])
def test_figures_that_do_not_vary_stand_inside_their_axis(value: float, ends: tuple[float, float]) -> None:
    axis = axes.value_axis([value, value], "offences")
    assert (axis.low, axis.high) == ends
