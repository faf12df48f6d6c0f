"""What the funnel promises: limits around the group's own rate, wider where forces differ by more than chance."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcp_desktop.analysis.funnel import Standing, funnel

groups = st.lists(st.tuples(st.integers(1, 5000), st.integers(10_000, 2_000_000)), min_size=5, max_size=12)


def quantile(values: list[float], share: float) -> float:
    """By linear interpolation between the ordered values."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


def plain(events: list[int], people: list[int]) -> tuple[float, float, bool]:
    """Centre, dispersion and whether it is allowed for, reckoned one force at a time."""
    centre = sum(events) / sum(people)
    z = [(top / base - centre) / math.sqrt(centre / base) for top, base in zip(events, people, strict=True)]
    low, high = quantile(z, 0.1), quantile(z, 0.9)
    dispersion = sum(min(max(value, low), high) ** 2 for value in z) / len(z)
    return centre, dispersion, dispersion > 1 + 2 * math.sqrt(2 / len(z))


@given(groups)
def test_the_funnel_agrees_with_a_reckoning_force_by_force(group: list[tuple[int, int]]) -> None:
    events, people = [list(part) for part in zip(*group, strict=True)]
    found = funnel(events, people)
    assert found is not None
    centre, dispersion, over = plain(events, people)
    assert (found.centre, found.dispersion) == pytest.approx((centre, dispersion), rel=1e-9)
    assert found.overdispersed is over
    reach = 1.959963984540054 * math.sqrt((dispersion if over else 1) * centre / people[0])
    assert found.limits(people[0]) == pytest.approx((max(0, centre - reach), centre + reach), rel=1e-6)


@given(groups)
def test_standing_follows_the_limits(group: list[tuple[int, int]]) -> None:
    events, people = zip(*group, strict=True)
    found = funnel(events, people)
    assert found is not None
    for top, base in group:
        rate, standing = top / base, found.standing(top, base)
        low, high = found.limits(base)
        lowest, highest = found.limits(base, 0.998)
        if standing is Standing.WITHIN:
            assert low - 1e-12 <= rate <= high + 1e-12
        elif standing in (Standing.HIGH, Standing.FAR_HIGH):
            assert rate > high - 1e-12
            assert (rate > highest + 1e-12) <= (standing is Standing.FAR_HIGH)
        else:
            assert rate < low + 1e-12 or low == 0
            assert (rate < lowest - 1e-12) <= (standing is Standing.FAR_LOW)


@given(groups, st.permutations(range(5)))
def test_the_order_of_the_forces_does_not_matter(group: list[tuple[int, int]], order: list[int]) -> None:
    group = group[:5]
    first = funnel(*zip(*group, strict=True))
    mixed = funnel(*zip(*[group[at] for at in order], strict=True))
    assert first is not None
    assert mixed is not None
    assert first.dispersion == pytest.approx(mixed.dispersion, rel=1e-9)


def test_chance_alone_keeps_plain_limits_and_larger_differences_widen_them() -> None:
    people = [1_000_000] * 8
    chance = funnel([3000, 3050, 2950, 3020, 2980, 3060, 2940, 3000], people)
    assert chance is not None
    assert not chance.overdispersed
    # worked by hand: 3 per 1,000 of a million people, 1.96 √(0.003 / 1,000,000) = 0.000107
    assert chance.limits(1_000_000) == pytest.approx((0.003 - 0.00010735, 0.003 + 0.00010735), abs=1e-8)
    apart = funnel([2500, 3500, 2700, 3300, 2600, 3400, 2900, 3100], people)
    assert apart is not None
    assert apart.overdispersed
    assert apart.standing(3500, 1_000_000) is Standing.WITHIN


def test_one_force_far_from_alike_others_is_seen_although_it_widens_the_limits() -> None:
    events = [3000, 3040, 2960, 3020, 2980, 3010, 2990, 9000]
    found = funnel(events, [1_000_000] * 8)
    assert found is not None
    assert found.standing(9000, 1_000_000) in (Standing.HIGH, Standing.FAR_HIGH)


def test_the_smaller_force_has_the_wider_limits() -> None:
    found = funnel([300, 500, 400, 350, 450], [100_000, 180_000, 120_000, 110_000, 160_000])
    assert found is not None
    widths = [found.limits(base)[1] for base in (10_000, 100_000, 1_000_000)]
    assert widths == sorted(widths, reverse=True)


def test_shares_have_binomial_limits() -> None:
    found = funnel([80, 82, 78, 81, 79], [100] * 5, proportion=True)
    assert found is not None
    assert found.limits(100) == pytest.approx((0.8 - 1.96 * 0.04, 0.8 + 1.96 * 0.04), abs=1e-4)


def test_too_few_forces_or_nothing_that_varies_have_no_funnel_and_no_exposure_is_refused() -> None:
    assert funnel([1, 2, 3, 4], [10, 10, 10, 10]) is None
    assert funnel([0] * 5, [10] * 5) is None
    assert funnel([10] * 5, [10] * 5, proportion=True) is None
    for events, people in (([1] * 5, [0] * 5), ([-1] * 5, [1] * 5), ([1] * 5, [1] * 4)):
        with pytest.raises(ValueError, match="exposure"):
            funnel(events, people)
    with pytest.raises(ValueError, match="exposure"):
        funnel([11] * 5, [10] * 5, proportion=True)
