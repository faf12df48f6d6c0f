"""Ten thousand series at once have the limits and labels that each has alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from pcp_desktop.analysis.control_chart import xmr
from pcp_desktop.analysis.control_limits import CHUNK, judged, spread
from pcp_desktop.analysis.control_rules import CODES
from pcp_desktop.analysis.series import FloatArray

some_series = arrays.arrays(
    np.float64,
    st.tuples(st.integers(1, 5), st.integers(4, 40)),
    elements=st.one_of(st.just(np.nan), st.integers(-30, 30).map(float)),
)


@given(some_series, st.booleans())
def test_many_series_at_once_have_what_each_has_alone(values: FloatArray, screening: bool) -> None:
    edges, codes, rising = judged(values, screening)
    for row, series in enumerate(values):
        chart = xmr(series, screening=screening)
        if np.isfinite(series).sum() < 4:
            continue  # too few to judge, which only a single series is asked
        assert [CODES[code] for code in codes[row]] == [point.signal for point in chart.points]
        assert list(rising[row]) == [point.rising for point in chart.points]
        first = chart.points[0]
        if first.mean is None:
            assert np.isnan(edges.mean[row, 0])
            continue
        found = (edges.mean[row, 0], edges.lower[row, 0], edges.near_upper[row, 0])
        assert found == pytest.approx((first.mean, first.lower, first.near_upper), rel=1e-12)


def test_series_are_reckoned_in_portions_without_a_seam() -> None:
    values = np.random.default_rng(5).poisson(40, size=(2 * CHUNK + 3, 30)).astype(np.float64)
    edges, codes, _ = judged(values)
    for row in (0, CHUNK - 1, CHUNK, 2 * CHUNK + 2):
        alone, own, _ = judged(values[row : row + 1])
        assert edges.upper[row, 0] == alone.upper[0, 0]
        assert (codes[row] == own[0]).all()


def test_a_range_on_the_screening_limit_is_left_out_and_one_below_stays() -> None:
    # Eleven ranges of 1 and one of 5: average 16/12, limit 4.356; only the 5 goes.
    steps = np.cumsum([0, *[1, -1] * 5, 1, 5])[None, :].astype(np.float64)
    found = spread(steps)
    assert (found.average_range[0], found.ranges[0]) == (1.0, 12)
    assert spread(steps, screening=False).average_range[0] == pytest.approx(16 / 12)


@pytest.mark.parametrize("values", [[np.nan] * 5, [1.0, np.nan, 2.0, np.nan, 3.0], [7.0] * 5, [0.1 + 0.2, 0.3] * 4])
def test_nothing_to_measure_is_steady(values: list[float]) -> None:
    assert spread(np.array([values])).steady[0]
