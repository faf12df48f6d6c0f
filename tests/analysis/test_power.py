"""What the smallest detectable change promises: it is seen four times in five, and grows with the noise."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtri, stdtrit

from pcp_desktop.analysis.power import smallest_change
from pcp_desktop.analysis.significance import Test, exact_poisson, lag_one, paired, quasi_poisson


def a_test(low: float, high: float, *, points: bool = False, degrees: int | None = 11) -> Test:
    ratio = (low + high) / 2 if points else 1 + (low + high) / 200
    return Test(ratio, (low, high), 0.5, "", points=points, degrees=degrees)


def test_worked_by_hand_for_a_difference_of_proportions() -> None:
    # Cohen 1988, section 2.5: (1.960 + 0.842) standard errors; an interval of ± 3.92 points has an error of 2
    found = smallest_change(a_test(-3.92, 3.92, points=True, degrees=None))
    assert found is not None
    assert (found.rise, found.fall) == pytest.approx((5.604, -5.604), abs=0.002)
    assert found.points


@given(st.floats(-60, 200), st.floats(0.01, 1.5), st.sampled_from([3, 11, None]))
def test_a_rise_is_as_likely_to_be_seen_as_the_inverse_fall(middle: float, half: float, degrees: int | None) -> None:
    centre = math.log1p(middle / 100)
    low, high = (100 * math.expm1(centre + side * half) for side in (-1, 1))
    found = smallest_change(a_test(low, high, degrees=degrees))
    assert found is not None
    assert (1 + found.rise / 100) * (1 + found.fall / 100) == pytest.approx(1)
    quantiles = [float(ndtri(p) if degrees is None else stdtrit(degrees, p)) for p in (0.975, 0.8)]
    assert math.log1p(found.rise / 100) == pytest.approx(half / quantiles[0] * sum(quantiles), rel=1e-9)


@given(st.floats(-20, 20), st.floats(0.1, 30), st.floats(1.01, 5))
def test_a_wider_interval_hides_larger_changes(middle: float, half: float, factor: float) -> None:
    near, far = (
        smallest_change(a_test(middle - width, middle + width, points=True)) for width in (half, half * factor)
    )
    assert near is not None
    assert far is not None
    assert near.rise < far.rise
    assert far.rise == pytest.approx(near.rise * factor)


def test_an_interval_without_an_end_says_none() -> None:
    assert smallest_change(exact_poisson(0, 12)) is None
    assert smallest_change(exact_poisson(12, 0)) is None


def test_the_change_is_seen_about_four_times_in_five() -> None:
    generator = np.random.default_rng(11)
    level = 60.0
    before = generator.poisson(level, size=(4000, 12)).astype(float)
    first = quasi_poisson(np.full(12, level), np.full(12, level), np.full(45, level))
    expected = smallest_change(first)
    assert expected is not None
    after = generator.poisson(level * (1 + expected.rise / 100), size=(4000, 12)).astype(float)
    phi = lag_one(np.hstack([before, after]), 12)
    share = float((paired(before, after, np.zeros_like(phi)).p_value < 0.05).mean())
    assert 0.72 < share < 0.84
