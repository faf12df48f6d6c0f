"""What a projection promises: known and forecast months with their interval, and a reason where there is none."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pcp_desktop.analysis.projection import NotProjected, Projection, project
from pcp_desktop.analysis.series import Series, build
from pcp_desktop.domain.measures import Break, Frequency, Kind, Measure
from pcp_desktop.domain.observations import Marker, Observation
from pcp_desktop.domain.periods import financial_year, month, quarter
from tests.analysis.made_facts import AREA, THROUGH, a_measure, a_proportion, facts_of, monthly, observed, with_base

YEAR, PLAN_END = financial_year(2015), financial_year(2016)


def values(count: int, level: float = 300.0) -> list[float]:
    at = np.arange(count)
    means = level * (1 + 0.15 * np.cos(2 * np.pi * (at - 8) / 12))
    return [float(one) for one in np.random.default_rng(5).poisson(means)]


def series_of(measure: Measure, items: list[Observation], *breaks: Break, through: date = THROUGH) -> Series:
    series = build(facts_of([measure], items, breaks), measure, AREA, through)
    assert series is not None
    return series


def refused(series: Series, period: object = PLAN_END) -> str:
    found = project(series, period)  # type: ignore[arg-type]  # a period, whichever is asked for
    assert isinstance(found, NotProjected)
    assert found.reason.endswith(".")
    return found.short


def test_the_year_is_its_known_months_and_the_forecast_ones() -> None:
    months = values(45)
    found = project(series_of(a_measure(), monthly(a_measure(), months)), YEAR)
    assert isinstance(found, Projection)
    assert (found.known_months, found.forecast_months, found.months) == (9, 3, 45)
    assert found.known == sum(Fraction(one) for one in months[36:])
    assert found.known < found.low < found.value < found.high
    assert "9 known months and 3 forecast by seasonal exponential smoothing, which was" in found.words


def test_the_plans_last_year_is_twelve_forecast_months_after_three_that_are_not_in_it() -> None:
    found = project(series_of(a_measure(), monthly(a_measure(), values(45))), PLAN_END)
    assert isinstance(found, Projection)
    assert (found.known_months, found.forecast_months) == (0, 12)
    assert found.known == 0
    assert found.value == pytest.approx(3600, rel=0.1)
    value, low, high = found.shown
    assert low < value < high


def test_the_error_of_the_method_used_is_the_lower_one() -> None:
    for period in (YEAR, PLAN_END):
        found = project(series_of(a_measure(), monthly(a_measure(), values(45, 3000))), period)
        assert isinstance(found, Projection)
        assert found.error <= found.other_error
        assert found.origins > 1


def test_rolling_figures_scores_quarters_and_shares_are_not_projected() -> None:
    share = a_proportion()
    rolling = with_base(share, financial_year(2012), 842, 1000)
    assert refused(series_of(share, rolling)) == "Rolling"
    score = a_measure(kind=Kind.SCORE)
    assert refused(series_of(score, monthly(score, values(45)))) == "Not a count"
    quarterly = a_measure(frequency=Frequency.QUARTER)
    items = [observed(quarterly, quarter(2012, 1).shifted(3 * at), 90 + at) for at in range(15)]
    assert refused(series_of(quarterly, items)) == "Not monthly"


def test_too_short_too_far_and_too_small_are_refused() -> None:
    measure = a_measure()
    short = series_of(measure, monthly(measure, values(33), (2013, 4)))
    assert refused(short, YEAR) == "Too short"
    long = series_of(measure, monthly(measure, values(45)))
    assert refused(long, financial_year(2017)) == "Too far"
    small = series_of(measure, monthly(measure, [1.0, 2.0, 1.0] * 15))
    assert refused(small, YEAR) == "Small numbers"
    assert refused(long, financial_year(2014)) == "Over"


def test_only_the_months_after_a_break_are_used_and_no_year_is_made_across_it() -> None:
    measure = a_measure()
    items = monthly(measure, values(57), (2011, 4))
    early = series_of(measure, items, Break("m", date(2012, 4, 1), "new rules"))
    found = project(early, YEAR)
    assert isinstance(found, Projection)
    assert found.months == 45
    assert refused(series_of(measure, items, Break("m", date(2013, 10, 1), "new rules")), YEAR) == "Too short"
    assert refused(series_of(measure, items, Break("m", date(2015, 7, 1), "new rules")), YEAR) == "Break"
    comparable = Break("m", date(2013, 10, 1), "categories only", totals_comparable=True)
    assert isinstance(project(series_of(measure, items, comparable), YEAR), Projection)


def test_a_gap_in_the_latest_12_months_refuses_every_projection_and_an_earlier_one_does_not() -> None:
    measure = a_measure()
    for at, short in ((40, "Incomplete"), (33, "Incomplete"), (32, ""), (20, "")):
        months: list[float | None] = [*values(45)]
        months[at] = None
        for period in (YEAR, PLAN_END):
            found = project(series_of(measure, monthly(measure, months)), period)
            assert (found.short if isinstance(found, NotProjected) else "") == short
    items = [
        *monthly(measure, values(44)), observed(measure, month(2015, 12), None, marker=Marker.NOT_AVAILABLE),
    ]  # fmt: skip
    assert refused(series_of(measure, items), YEAR) == "Withdrawn"


def test_figures_that_stop_early_are_projected_from_where_they_stop() -> None:
    measure = a_measure()
    found = project(series_of(measure, monthly(measure, values(43))), YEAR)
    assert isinstance(found, Projection)
    assert (found.known_months, found.forecast_months) == (7, 5)


def test_months_that_do_not_vary_have_no_interval_and_so_no_projection() -> None:
    measure = a_measure()
    for months in ([5.0] * 45, [float(20 + at % 12) for at in range(45)]):
        series = series_of(measure, monthly(measure, months))
        assert refused(series, YEAR) == refused(series, PLAN_END) == "No variation"


def test_a_count_below_nil_is_refused() -> None:
    measure = a_measure()
    months = values(45)
    months[3] = -1.0
    assert refused(series_of(measure, monthly(measure, months)), YEAR) == "Below nil"


@given(
    st.lists(st.integers(20, 80), min_size=36, max_size=48),
    st.lists(st.integers(1, 32), max_size=3),
)
@settings(deadline=None, max_examples=25)
def test_the_known_months_stand_in_every_projection_and_the_forecast_ones_in_its_interval(
    months: list[int], missing: list[int]
) -> None:
    """Whatever the counts and wherever earlier months are missing: known months exactly, the rest never below nil."""
    measure = a_measure()
    held: list[float | None] = [float(one) for one in months]
    for at in missing:
        held[min(at, len(held) - 13)] = None
    series = series_of(measure, monthly(measure, held, (2012, 4)), through=date(2016, 12, 31))
    last = series.periods[-1]
    year = financial_year(last.end.year if last.end.month > 3 else last.end.year - 1)
    found = project(series, year)
    inside = [months[at] for at, period in enumerate(series.periods) if year.contains(period)]
    if last.end == year.end or sum(one is not None for one in held) < 36 or len(set(months)) == 1:
        assert isinstance(found, NotProjected)
        return
    assert isinstance(found, Projection)
    assert found.known == sum(inside)
    assert (found.known_months, found.forecast_months) == (len(inside), 12 - len(inside))
    assert sum(inside) <= found.low <= found.value <= found.high


@given(st.integers(2, 40))
@settings(deadline=None, max_examples=10)
def test_a_projection_grows_with_its_series(factor: int) -> None:
    measure = a_measure()
    small, large = (
        project(series_of(measure, monthly(measure, [scale * one for one in values(45)])), PLAN_END)
        for scale in (1, factor)
    )
    assert isinstance(small, Projection)
    assert isinstance(large, Projection)
    for one, other in ((small.value, large.value), (small.low, large.low), (small.high, large.high)):
        assert other == pytest.approx(factor * one, rel=0.01)  # the half added before the logarithm does not grow
