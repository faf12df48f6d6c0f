"""Figures are written as the papers print them: commas, true minus, half away from zero, nothing divided by zero."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcp_desktop.domain import formats


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "shown"),
    [
        (59653, "offences", 0, "59,653"),
        (86.5, "percent", 1, "86.5%"),
        (31.0, "£ million", 1, "£31.0m"),
        (-3.4, "£ million", 1, "−£3.4m"),
        (None, "offences", 0, "–"),
        (0, "offences", 0, "0"),
    ],
)
def test_values_carry_their_unit(value: float | None, unit: str, decimals: int, shown: str) -> None:
    assert formats.value_shown(value, unit, decimals) == shown


@pytest.mark.parametrize(
    ("new", "old", "shown"),
    [
        (59653, 58805, "+1.4%"),
        (271, 667, "−59.4%"),
        (4014, 3935, "+2.0%"),
        (1001, 1000, "+0.1%"),
        (9996, 10000, "0.0%"),
        (2001, 2000, "+0.1%"),  # exactly 0.05: half goes away from zero
        (1999, 2000, "−0.1%"),
        (5, 0, "from nil"),
        (0, 0, "–"),
    ],
)
def test_percent_changes_round_half_away_from_zero_and_never_divide_by_nil(new: int, old: int, shown: str) -> None:
    assert formats.percent_change_shown(new, old) == shown


@given(st.fractions(-(10**15), 10**15), st.integers(0, 4))
def test_rounding_is_symmetric_and_never_shows_a_negative_nil(value: Fraction, decimals: int) -> None:
    there, back = formats.rounded(value, decimals), formats.rounded(-value, decimals)
    assert there == -back
    assert formats.number(value, decimals) != f"{formats.MINUS}{0:.{decimals}f}"
    assert abs(Fraction(there) - value) <= Fraction(1, 2 * 10**decimals)


@pytest.mark.parametrize(
    ("rank", "tied", "shown"),
    [
        (1, False, "1st"),
        (2, False, "2nd"),
        (3, True, "=3rd"),
        (11, False, "11th"),
        (22, False, "22nd"),
        (113, False, "113th"),
    ],
)
def test_ranks_are_ordinals_and_ties_are_said(rank: int, tied: bool, shown: str) -> None:
    assert formats.ordinal(rank, tied) == shown


def test_counts_take_the_right_number() -> None:
    assert formats.counted(1, "figure") == "1 figure"
    assert formats.counted(26, "figure") == "26 figures"
    assert formats.counted(2, "series", "series") == "2 series"


@pytest.mark.parametrize(
    ("value", "low", "high", "shown"),
    [
        (5819.7, 4079.3, 7565.4, "about 5,800 (4,100 to 7,600)"),
        (3958, 3641, 4282, "about 3,960 (3,640 to 4,280)"),
        (271.4, 264.2, 279.1, "about 271 (264 to 279)"),
        (61234, 56000, 66500, "about 61,200 (56,000 to 66,500)"),
        (12.2, 12.2, 12.2, "about 12 (12 to 12)"),
    ],
)
def test_an_estimate_is_no_finer_than_its_interval_allows(value: float, low: float, high: float, shown: str) -> None:
    assert formats.about(value, low, high) == shown


@given(st.floats(0, 1e7), st.floats(0, 1e6), st.floats(0, 1e6))
def test_rounding_to_the_interval_keeps_the_order_and_moves_nothing_far(value: float, down: float, up: float) -> None:
    low, high = value - down, value + up
    middle, first, last = formats.as_fine_as_interval(value, low, high)
    assert first <= middle <= last
    allowed = max(0.5, (high - low) / 40) + 1e-6
    assert max(abs(float(middle) - value), abs(float(first) - low), abs(float(last) - high)) <= allowed


def test_an_interval_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="begins"):
        formats.as_fine_as_interval(1, 2, 1)


@pytest.mark.parametrize(("span", "places"), [(300.0, 0), (30.0, 0), (6.6, 1), (0.66, 2), (3e-7, 8), (0.0, 0)])
def test_as_many_places_are_shown_as_a_span_needs(span: float, places: int) -> None:
    assert formats.places_for(span) == places
