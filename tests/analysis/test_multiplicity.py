"""What is promised of many tests at once: how many signals chance makes, and which of them stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcp_desktop.analysis.multiplicity import adjusted, expected_by_chance

p_values = st.lists(st.floats(0, 1), min_size=1, max_size=40)
# Benjamini and Hochberg 1995, section 4.1: fifteen hypotheses of the myocardial infarction trial
TRIAL = (
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459),
    *(0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0),
)


def test_two_of_forty_measures_show_a_change_by_chance() -> None:
    assert expected_by_chance(40) == pytest.approx(2.0)
    assert expected_by_chance(0) == 0.0


def test_the_published_example_keeps_its_four_smallest() -> None:
    found = adjusted(TRIAL)
    assert [value <= 0.05 for value in found] == [True] * 4 + [False] * 11
    assert found[3] == pytest.approx(0.0095 * 15 / 4)


def stepped_up(values: list[float], level: float) -> list[bool]:
    """Which stand by the rule as the paper states it: up to the largest i with P(i) ≤ i q / m."""
    ranked = sorted(values)
    most = max((i for i, value in enumerate(ranked, 1) if value * (len(values) / i) <= level), default=0)
    return [most > 0 and value <= ranked[most - 1] for value in values]


@given(p_values, st.sampled_from([0.01, 0.05, 0.2]))
def test_what_stands_follows_the_rule_as_stated(values: list[float], level: float) -> None:
    assert [value <= level for value in adjusted(values)] == stepped_up(values, level)


@given(p_values, st.randoms(use_true_random=False))
def test_adjusted_values_are_larger_and_follow_their_places(values: list[float], mixer: object) -> None:
    found = adjusted(values)
    assert all(plain <= new <= 1 for plain, new in zip(values, found, strict=True))
    ranked = [new for _, new in sorted(zip(values, found, strict=True))]
    assert ranked == sorted(ranked)
    places = list(range(len(values)))
    mixer.shuffle(places)  # type: ignore[attr-defined]  # hypothesis hands in a Random
    assert adjusted([values[at] for at in places]) == tuple(found[at] for at in places)


tied = st.lists(st.sampled_from([0.0, 0.001, 0.01, 0.02, 0.05, 0.2, 1.0]), min_size=1, max_size=40)


@given(tied)
def test_equal_p_values_stand_or_fall_together_counted_as_the_last_of_them(values: list[float]) -> None:
    """Of equal ones each counts as if it were the last: the largest i with P(i) ≤ i q / m takes in all before it."""
    found = dict(zip(values, adjusted(values), strict=True))
    assert [found[one] for one in values] == list(adjusted(values))
    for value, new in found.items():
        shares = [other * (len(values) / sum(one <= other for one in values)) for other in found if other >= value]
        assert new == pytest.approx(min(1.0, *shares), rel=1e-12)


@given(tied, st.floats(0, 1))
def test_a_further_test_that_shows_nothing_makes_no_other_stand(values: list[float], level: float) -> None:
    plain, among = adjusted(values), adjusted([*values, 1.0])
    assert all(more >= one for one, more in zip(plain, among, strict=False))
    assert sum(one <= level for one in among[:-1]) <= sum(one <= level for one in plain)


def test_one_test_alone_stays_as_it_is_and_none_are_none() -> None:
    assert adjusted([0.03]) == (0.03,)
    assert adjusted([]) == ()
