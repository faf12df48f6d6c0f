"""What the intervals of counts, rates and proportions promise: published values, and how they behave."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pcp_desktop.analysis.intervals import byar, newcombe, newcombe_p_value, poisson, wilson


@pytest.mark.parametrize(
    ("count", "low", "high"),
    # Garwood 1936, table of 95% limits, as reprinted in Pearson and Hartley, Biometrika Tables I (1966), table 40
    [(0, 0.0, 3.69), (1, 0.0253, 5.57), (5, 1.62, 11.67), (10, 4.80, 18.39), (20, 12.22, 30.89), (50, 37.11, 65.92)],
)
def test_the_exact_interval_of_a_count_is_garwoods(count: int, low: float, high: float) -> None:
    assert poisson(count) == pytest.approx((low, high), abs=0.005)


@given(st.integers(0, 60))
def test_the_ends_of_the_exact_interval_leave_a_fortieth_in_each_tail(count: int) -> None:
    low, high = poisson(count)
    fewer = sum(math.exp(-high + k * math.log(high) - math.lgamma(k + 1)) for k in range(count + 1))
    assert fewer == pytest.approx(0.025, rel=1e-9)
    if count:
        below = sum(math.exp(-low + k * math.log(low) - math.lgamma(k + 1)) for k in range(count))
        assert 1 - below == pytest.approx(0.025, rel=1e-6)


def test_byars_interval_worked_by_hand() -> None:
    # Breslow and Day 1987, section 2.3:
    # 10 (1 − 1/90 − 1.96/(3 √10))³ = 4.787 and 11 (1 − 1/99 + 1.96/(3 √11))³ = 18.391
    assert byar(10) == pytest.approx((4.787, 18.391), abs=0.001)
    assert byar(10, 2000) == pytest.approx((4.787 / 2000, 18.391 / 2000), abs=1e-6)
    assert byar(0)[0] == 0.0


@given(st.integers(10, 100_000))
def test_byar_agrees_with_the_exact_interval_from_ten_events_on(count: int) -> None:
    assert byar(count) == pytest.approx(poisson(count), rel=0.002)


@given(st.integers(0, 5000), st.floats(1, 1e6), st.floats(0.5, 50))
def test_a_rate_scales_with_its_exposure_and_lies_in_its_interval(count: int, exposure: float, factor: float) -> None:
    low, high = byar(count, exposure)
    assert 0 <= low <= count / exposure < high
    assert byar(count, exposure * factor) == pytest.approx((low / factor, high / factor), rel=1e-9)


@given(st.integers(0, 500))
def test_more_certainty_is_a_wider_interval(count: int) -> None:
    for interval in (poisson, lambda n, level: byar(n, level=level)):
        near, far = interval(count, 0.8), interval(count, 0.95)
        assert far[0] <= near[0] <= near[1] <= far[1]


def test_what_is_no_count_or_no_rate_is_refused() -> None:
    with pytest.raises(ValueError, match="below nil"):
        poisson(-1)
    for count, exposure in ((-1.0, 1.0), (1.0, 0.0)):
        with pytest.raises(ValueError, match="no rate"):
            byar(count, exposure)
    with pytest.raises(ValueError, match="design effect"):
        newcombe(1, 2, 1, 2, design_effect=0)


samples = st.integers(30, 3000).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base)))


@given(samples, samples, st.floats(1.0, 4.0))
def test_a_design_effect_says_as_much_as_so_many_fewer_answers(
    one: tuple[int, int], two: tuple[int, int], effect: float
) -> None:
    wide = newcombe(*one, *two, design_effect=effect)
    fewer = [part / effect for part in (*one, *two)]
    plain = newcombe(*one, *two)
    assert wide == pytest.approx(newcombe(*fewer), abs=1e-12)
    assert wide[0] <= plain[0] + 1e-12
    assert plain[1] <= wide[1] + 1e-12


@given(samples, samples, st.floats(1.0, 3.0))
def test_the_p_value_of_a_difference_agrees_with_its_interval(
    one: tuple[int, int], two: tuple[int, int], effect: float
) -> None:
    low, high = newcombe(*one, *two, design_effect=effect)
    p_value = newcombe_p_value(*one, *two, design_effect=effect)
    assume(min(abs(low), abs(high)) > 1e-9)
    assert 0 <= p_value <= 1
    assert (p_value < 0.05) == (low > 0 or high < 0)
    assert newcombe_p_value(*two, *one, design_effect=effect) == pytest.approx(p_value, rel=1e-9)


def test_equal_proportions_have_a_p_value_of_one() -> None:
    assert newcombe_p_value(50, 100, 100, 200) == 1.0


@given(st.integers(1, 1000))
def test_wilson_narrows_with_its_base(base: int) -> None:
    widths = [high - low for low, high in (wilson(base * size / 2, base * size) for size in (1, 2, 4))]
    assert widths == sorted(widths, reverse=True)
