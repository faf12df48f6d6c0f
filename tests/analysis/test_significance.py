"""What the tests of change promise: published examples, an independent reckoning, and their behaviour."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pcp_desktop.analysis.intervals import newcombe, poisson_ratio, wilson
from pcp_desktop.analysis.series import FloatArray
from pcp_desktop.analysis.significance import Test, exact_poisson, inflation, lag_one, paired, quasi_poisson

months = st.lists(st.integers(5, 500), min_size=12, max_size=12)


def test_wilson_gives_the_published_interval() -> None:
    # Newcombe 1998 (Statistics in Medicine 17, 857-872), table I: 81 of 263
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)
    assert wilson(1, 29) == pytest.approx((0.0061, 0.1718), abs=5e-5)


def test_newcombe_gives_the_published_intervals() -> None:
    # Newcombe 1998 (Statistics in Medicine 17, 873-890), table II, method 10
    assert newcombe(56, 70, 48, 80) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert newcombe(9, 10, 3, 10) == pytest.approx((0.1705, 0.8090), abs=5e-5)
    assert newcombe(10, 10, 0, 20) == pytest.approx((0.6791, 1.0), abs=5e-5)
    assert newcombe(0, 10, 0, 10) == pytest.approx((-0.2775, 0.2775), abs=5e-5)


@given(st.integers(1, 400), st.data())
def test_wilson_lies_within_one_and_mirrors(base: int, data: st.DataObject) -> None:
    events = data.draw(st.integers(0, base))
    low, high = wilson(events, base)
    assert 0 <= low <= events / base <= high <= 1
    assert wilson(base - events, base) == pytest.approx((1 - high, 1 - low), abs=1e-12)


@given(st.integers(1, 300), st.integers(1, 300), st.data())
def test_newcombe_changes_sign_when_the_groups_change_places(base1: int, base2: int, data: st.DataObject) -> None:
    one, two = data.draw(st.integers(0, base1)), data.draw(st.integers(0, base2))
    low, high = newcombe(one, base1, two, base2)
    assert newcombe(two, base2, one, base1) == pytest.approx((-high, -low), abs=1e-12)
    assert -1 - 1e-12 <= low <= one / base1 - two / base2 <= high <= 1 + 1e-12


def test_a_proportion_needs_a_base_and_events_within_it() -> None:
    for events, base in ((1, 0), (5, 4), (-1, 4)):
        with pytest.raises(ValueError, match="no proportion"):
            wilson(events, base)


def plain_binomial(earlier: int, later: int) -> float:
    everything = earlier + later
    tail = sum(math.comb(everything, k) for k in range(min(earlier, later) + 1))
    return float(min(Fraction(1), Fraction(2 * tail, 2**everything)))


@given(st.integers(0, 120), st.integers(1, 120))
def test_the_exact_test_is_twice_the_smaller_binomial_tail(earlier: int, later: int) -> None:
    found = exact_poisson(earlier, later)
    assert found.p_value == pytest.approx(plain_binomial(earlier, later), rel=1e-9)
    assert found.significant == (found.p_value is not None and found.p_value < 0.05)


def test_the_exact_interval_leaves_a_fortieth_in_each_tail() -> None:
    low, high = poisson_ratio(20, 40)
    for ratio, counts in ((low, range(40, 61)), (high, range(41))):
        share = ratio / (1 + ratio)
        tail = sum(math.comb(60, k) * share**k * (1 - share) ** (60 - k) for k in counts)
        assert tail == pytest.approx(0.025, rel=1e-9)


def test_the_exact_test_from_nil_has_no_upper_end() -> None:
    found = exact_poisson(0, 12)
    assert math.isinf(found.ratio)
    assert math.isinf(found.interval[1])
    assert found.significant
    with pytest.raises(ValueError, match="nil"):
        exact_poisson(0, 0)


def plain_quasi_poisson(earlier: list[float], later: list[float], phi: float) -> tuple[float, float, float]:
    """Dispersion, f and standard error, reckoned one month at a time."""
    count = len(earlier)
    before, after = sum(earlier), sum(later)
    squares = 0.0
    for first, second in zip(earlier, later, strict=True):
        month = first + second
        for observed, year in ((first, before), (second, after)):
            fitted = month * year / (before + after)
            if fitted:
                squares += (observed - fitted) ** 2 / fitted
    f = 1 + 2 * sum((1 - k / count) * phi**k for k in range(1, count))
    dispersion = max(1.0, squares / (count - f))
    return dispersion, f, math.sqrt(dispersion * f * (1 / before + 1 / after))


@given(months, months, st.floats(0, 0.8))
def test_the_pairing_agrees_with_a_month_by_month_reckoning(earlier: list[int], later: list[int], phi: float) -> None:
    found = paired(np.array(earlier, float), np.array(later, float), np.array(phi))
    expected = plain_quasi_poisson([float(x) for x in earlier], [float(x) for x in later], phi)
    assert (found.dispersion, found.f, found.standard_error) == pytest.approx(expected, rel=1e-9)
    assert found.log_ratio == pytest.approx(math.log(sum(later) / sum(earlier)), abs=1e-12)


def poisson_fit(counts: list[int], design: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Coefficients and their covariance of a Poisson regression with a log link, by reweighted least squares."""
    observed = np.array(counts, float)
    fitted = observed + 0.5
    for _ in range(60):
        working = np.log(fitted) + (observed - fitted) / fitted
        weighted = design * fitted[:, None]
        coefficients = np.linalg.solve(design.T @ weighted, weighted.T @ working)
        fitted = np.exp(design @ coefficients)
    covariance = np.linalg.inv(design.T @ (design * fitted[:, None]))
    return coefficients.astype(np.float64), covariance.astype(np.float64)


def test_the_pairing_is_the_poisson_regression_on_month_and_year() -> None:
    earlier = [310, 295, 330, 341, 322, 305, 348, 360, 351, 333, 320, 320]
    later = [330, 301, 322, 350, 361, 315, 340, 377, 352, 340, 311, 315]
    design = np.hstack([np.tile(np.eye(12), (2, 1)), np.repeat([[0.0], [1.0]], 12, axis=0)])
    coefficients, covariance = poisson_fit(earlier + later, design)
    found = paired(np.array(earlier, float), np.array(later, float), np.array(0.0))
    assert float(found.log_ratio) == pytest.approx(coefficients[-1], rel=1e-9)
    plain_error = math.sqrt(covariance[-1, -1])
    assert float(found.standard_error) == pytest.approx(plain_error * math.sqrt(float(found.dispersion)), rel=1e-9)


def quasi(earlier: list[int], later: list[int], between: int = 21) -> Test:
    first, second = np.array(earlier, float), np.array(later, float)
    whole = np.concatenate([first, np.full(between, np.nan), second])
    return quasi_poisson(first, second, whole)


@given(months, months)
@settings(deadline=None)
def test_the_interval_holds_the_printed_ratio_and_agrees_with_the_p_value(
    earlier: list[int], later: list[int]
) -> None:
    found = quasi(earlier, later)
    percent = 100 * (sum(later) / sum(earlier) - 1)
    assert found.interval[0] <= percent <= found.interval[1]
    assert found.p_value is not None
    assert found.significant == (found.p_value < 0.05)
    assert found.phi is not None
    assert 0 <= found.phi <= 0.8
    assert found.dispersion is not None
    assert found.dispersion >= 1


@given(months, months)
@settings(deadline=None)
def test_exchanged_years_give_the_same_p_value_and_the_inverse_ratio(earlier: list[int], later: list[int]) -> None:
    there = paired(np.array(earlier, float), np.array(later, float), np.array(0.3))
    back = paired(np.array(later, float), np.array(earlier, float), np.array(0.3))
    assert there.p_value == pytest.approx(back.p_value, rel=1e-9)
    assert there.log_ratio == pytest.approx(-back.log_ratio, abs=1e-12)


@given(months, months, st.permutations(range(12)))
def test_the_order_of_the_pairs_does_not_matter(earlier: list[int], later: list[int], order: list[int]) -> None:
    first, second = np.array(earlier, float), np.array(later, float)
    plain = paired(first, second, np.array(0.2))
    mixed = paired(first[order], second[order], np.array(0.2))
    assert plain.p_value == pytest.approx(mixed.p_value, rel=1e-9)


def test_a_stronger_autocorrelation_widens_the_interval() -> None:
    first, second = np.full(12, 300.0), np.linspace(280, 360, 12)
    errors = [float(paired(first, second, np.array(phi)).standard_error) for phi in (0.0, 0.2, 0.5, 0.8)]
    assert errors == sorted(errors)
    assert float(inflation(np.array(0.0), 12)) == 1.0
    assert float(inflation(np.array(0.5), 4)) == pytest.approx(1 + 2 * (0.75 * 0.5 + 0.5 * 0.25 + 0.25 * 0.125))


def test_four_quarters_are_paired_with_three_degrees_of_freedom_and_said_to_be_weak() -> None:
    found = quasi_poisson(np.array([100.0] * 4), np.array([50.0] * 4), np.array([100.0] * 4 + [50.0] * 4))
    assert (found.degrees, found.pairs, found.higher, found.weak) == (3, 4, 0, True)
    assert found.significant
    assert "weak" in found.words


def test_a_missing_month_or_a_nil_total_is_refused() -> None:
    gap = np.array([10.0] * 11 + [np.nan])
    for earlier, later in ((gap, np.full(12, 10.0)), (np.zeros(12), np.full(12, 10.0)), (np.ones(5), np.ones(5))):
        with pytest.raises(ValueError, match=r"missing|paired"):
            quasi_poisson(earlier, later, np.concatenate([earlier, later]))


@pytest.mark.parametrize("phi", [0.0, 0.3, 0.5, 0.7])
def test_the_autocorrelation_is_found_without_bias_on_long_series(phi: float) -> None:
    generator = np.random.default_rng(3)
    noise = generator.normal(size=(400, 240))
    for at in range(1, 240):
        noise[:, at] = phi * noise[:, at - 1] + math.sqrt(1 - phi * phi) * noise[:, at]
    season = np.tile(np.sin(np.arange(12)), 20)
    found = lag_one(np.exp(8 + 0.3 * season + 0.05 * noise), 12)
    assert float(found.mean()) == pytest.approx(phi, abs=0.035)


def test_a_constant_or_very_short_series_has_no_autocorrelation() -> None:
    assert float(lag_one(np.full(45, 20.0), 12)) == 0.0
    assert float(lag_one(np.array([3.0, 4.0, 5.0]), 12)) == 0.0


@given(st.integers(2, 50))
@settings(deadline=None)
def test_a_season_of_any_size_does_not_change_the_autocorrelation(factor: int) -> None:
    generator = np.random.default_rng(5)
    plain = generator.normal(10, 0.1, 48)
    season = np.tile(np.log(1 + factor * np.arange(12)), 4)
    without, with_season = (np.exp(part) - 0.5 for part in (plain, plain + season))
    assert float(lag_one(without, 12)) == pytest.approx(float(lag_one(with_season, 12)), abs=1e-6)
