"""Which control chart a measure gets, and where its limits come from."""

from __future__ import annotations

import math
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcp_desktop.analysis.attribute_charts import ChartType
from pcp_desktop.analysis.control_chart import ControlChart
from pcp_desktop.analysis.measure_chart import for_series
from pcp_desktop.analysis.seasonality import ALLOWED, NO_SEASON, NOT_SEASONAL
from pcp_desktop.analysis.series import build
from pcp_desktop.domain.judgements import ChosenLimits, LimitsOrigin
from pcp_desktop.domain.measures import Break, Frequency, Kind
from pcp_desktop.domain.periods import twelve_months_to
from tests.analysis.made_facts import (
    AREA,
    BASELINE,
    THROUGH,
    a_measure,
    a_proportion,
    a_rate,
    facts_of,
    monthly,
    months_from,
    with_base,
)
from tests.analysis.test_seasonality import WAVE, counts


def test_limits_come_from_the_baseline_year_and_are_provisional() -> None:
    measure = a_measure()
    values = [30.0, 34.0] * 6 + [60.0, 61.0] * 11
    series = build(facts_of([measure], monthly(measure, values)), measure, AREA, THROUGH)
    assert series is not None
    chart = for_series(series, BASELINE)
    assert (chart.groups[0].used, chart.groups[0].mean, chart.groups[0].standing) == (12, 32.0, "provisional")
    assert NOT_SEASONAL in chart.method
    assert "2012/13" in chart.method
    assert "screening on" in chart.settings


def test_a_person_can_have_no_moving_range_screened_out_and_the_chart_says_so() -> None:
    """One far jump in the baseline year widens the limits only where screening is switched off."""
    measure = a_measure()
    values = [30.0, 34.0] * 5 + [90.0, 34.0] + [30.0, 34.0] * 11
    series = build(facts_of([measure], monthly(measure, values)), measure, AREA, THROUGH)
    assert series is not None
    switched_off = ChosenLimits("m", AREA, LimitsOrigin.ALL_RANGES, date(2015, 10, 1), None, "The jump was real")
    usual, wide = for_series(series, BASELINE), for_series(series, BASELINE, chosen=[switched_off])
    ranges = [abs(second - first) for first, second in pairwise(values[:12])]
    mean, average = sum(values[:12]) / 12, sum(ranges) / 11
    kept = [one for one in ranges if one < 3.267 * average]
    assert (usual.groups[0].mean, wide.groups[0].mean) == pytest.approx((mean, mean))
    assert usual.points[0].upper == pytest.approx(mean + 2.66 * sum(kept) / len(kept))
    assert wide.points[0].upper == pytest.approx(mean + 2.66 * average)
    assert "screening off" in wide.settings
    assert wide.source == f"{usual.source}, no range screened out"
    share = a_proportion("m", frequency=Frequency.MONTH)
    months = months_from((2012, 4), 34)
    found = [one for at, period in enumerate(months) for one in with_base(share, period, 20 + at % 7, 100)]
    by_base = build(facts_of([share], found), share, AREA, THROUGH)
    assert by_base is not None
    assert for_series(by_base, BASELINE, chosen=[switched_off]) == for_series(by_base, BASELINE)


def test_after_a_break_limits_come_from_all_points_of_the_new_series() -> None:
    measure = a_measure()
    values = [30.0, 34.0] * 6 + [60.0, 64.0] * 16
    cut = Break("m", date(2013, 4, 1), "new system")
    series = build(facts_of([measure], monthly(measure, values), [cut]), measure, AREA, THROUGH)
    assert series is not None
    assert [group.used for group in for_series(series, BASELINE).groups] == [12, 32]


def test_a_break_late_in_the_baseline_year_leaves_the_new_series_all_its_points() -> None:
    """One month of the baseline year after the break would make no limits, though 34 months follow it."""
    measure = a_measure()
    values = [30.0, 34.0, 33.0, 31.0, 36.0] * 9
    for first_day, used in ((date(2013, 3, 1), [11, 34]), (date(2012, 12, 1), [8, 4])):
        series = build(
            facts_of([measure], monthly(measure, values), [Break("m", first_day, "new")]), measure, AREA, THROUGH
        )
        assert series is not None
        chart = for_series(series, BASELINE)
        assert [group.used for group in chart.groups] == used
        assert all(group.limited for group in chart.groups)


def test_the_method_says_that_limits_across_a_break_do_not_come_from_the_baseline_year() -> None:
    measure = a_measure()
    items = monthly(measure, [30.0, 34.0, 33.0, 31.0, 36.0] * 9)
    for cuts, said in (
        ([], "limits from 2012/13, "),
        ([Break("m", date(2013, 10, 1), "new")], "limits from 2012/13, from all points across a break, "),
    ):
        series = build(facts_of([measure], items, cuts), measure, AREA, THROUGH)
        assert series is not None
        assert said in for_series(series, BASELINE).method


@given(
    st.lists(st.integers(20, 60), min_size=12, max_size=12),
    st.lists(st.integers(20, 60), min_size=8, max_size=20),
    st.integers(2, 9),
)
def test_limits_follow_the_baseline_year_alone_and_its_scale(year: list[int], later: list[int], factor: int) -> None:
    measure = a_measure()
    found = []
    for baseline, rest in ((year, later), (year, later[::-1]), ([factor * one for one in year], later)):
        items = monthly(measure, [float(one) for one in [*baseline, *rest]])
        series = build(facts_of([measure], items), measure, AREA, THROUGH)
        assert series is not None
        point = for_series(series, BASELINE).points[0]
        found.append((point.mean, point.upper))
    assert found[0] == found[1]
    scaled = [None if one is None else pytest.approx(factor * one) for one in found[0]]
    assert list(found[2]) == scaled


def test_a_baseline_year_with_too_few_known_figures_leaves_limits_to_all_points() -> None:
    measure = a_measure()
    values = [30.0, 34.0, 31.0] + [33.0, 36.0] * 20
    series = build(facts_of([measure], monthly(measure, values, (2013, 1))), measure, AREA, THROUGH)
    assert series is not None
    chart = for_series(series, BASELINE)
    assert chart.groups[0].used == len(series.periods)
    assert "limits from all points" in chart.method


def test_rolling_figures_are_refused() -> None:
    measure = a_proportion()
    items = [
        item for end in range(1, 13) for item in with_base(measure, twelve_months_to(2015, end), 800 + end, 1000)
    ]
    series = build(facts_of([measure], items), measure, AREA, THROUGH)
    assert series is not None
    chart = for_series(series, BASELINE)
    assert chart.points == ()
    assert "eleven months" in chart.absent


# ---------------------------------------------------------------- the season


def chart_of_months(values: list[float], breaks: tuple[Break, ...] = ()) -> ControlChart:
    measure = a_measure()
    series = build(facts_of([measure], monthly(measure, values), breaks), measure, AREA, THROUGH)
    assert series is not None
    return for_series(series, BASELINE)


def test_monthly_counts_allow_for_a_season_that_matters() -> None:
    chart = chart_of_months(list(counts(45, 300, WAVE)))
    assert chart.season_words == ALLOWED
    assert len({point.upper for point in chart.points}) == 12
    assert chart.groups[0].used == 12


def test_months_that_do_not_differ_are_said_to_have_no_season() -> None:
    chart = chart_of_months(list(counts(45, 300, [0.0] * 12, 8)))
    assert chart.season_words == NO_SEASON
    assert len({point.upper for point in chart.points}) == 1


def test_a_season_is_that_of_comparable_months_alone() -> None:
    values = list(counts(45, 300, WAVE))
    short = chart_of_months(values, (Break("m", date(2013, 4, 1), "new system"),))
    assert short.season_words == NOT_SEASONAL  # 33 months follow the break
    long = chart_of_months(values, (Break("m", date(2012, 10, 1), "new system"),))
    assert long.season_words == ALLOWED
    assert [group.season is None for group in long.groups] == [True, False]


# ---------------------------------------------------------------- figures with their bases


def chart_of_shares(tops: list[float], bases: list[float]) -> ControlChart:
    measure = a_proportion(frequency=Frequency.MONTH)
    periods = months_from((2012, 4), len(tops))
    items = [
        item
        for period, top, base in zip(periods, tops, bases, strict=True)
        for item in with_base(measure, period, top, base)
    ]
    series = build(facts_of([measure], items), measure, AREA, THROUGH)
    assert series is not None
    return for_series(series, BASELINE)


def test_proportions_with_their_bases_get_a_p_chart_in_percent() -> None:
    tops, bases = [80.0, 84.0, 78.0] * 12, [100.0, 102.0, 98.0] * 12
    chart = chart_of_shares(tops, bases)
    assert chart.kind is ChartType.P
    assert chart.points[0].mean is not None
    assert abs(chart.points[0].mean - 100 * sum(tops[:12]) / sum(bases[:12])) < 1e-9
    assert chart.points[0].value == 80
    assert len({point.upper for point in chart.points}) == 3


def test_rates_get_a_u_chart_per_1000_people() -> None:
    measure = a_rate(frequency=Frequency.MONTH)
    events = [410.0, 395.0, 402.0, 388.0] * 6
    items = [
        item
        for period, top in zip(months_from((2012, 4), 24), events, strict=True)
        for item in with_base(measure, period, top, 100_000)
    ]
    series = build(facts_of([measure], items), measure, AREA, THROUGH)
    assert series is not None
    chart = for_series(series, BASELINE)
    assert chart.kind is ChartType.U
    assert chart.points[0].value == pytest.approx(4.1)
    mean = sum(events[:12]) / 1_200_000
    assert chart.points[0].upper == pytest.approx(1000 * (mean + 3 * math.sqrt(mean / 100_000)))


def test_laneys_chart_is_chosen_once_from_the_first_24_points_and_stays() -> None:
    swinging = [400.0, 600.0] * 12
    calm = [500.0, 502.0] * 6
    assert chart_of_shares(swinging, [1000.0] * 24).kind is ChartType.LANEY_P
    assert chart_of_shares(swinging + calm, [1000.0] * 36).kind is ChartType.LANEY_P
    assert chart_of_shares(swinging[:23], [1000.0] * 23).kind is ChartType.P
    assert chart_of_shares(calm * 2 + swinging[:12], [1000.0] * 36).kind is ChartType.P


def test_a_proportion_without_its_base_has_no_p_chart() -> None:
    measure = a_proportion(frequency=Frequency.MONTH, kind=Kind.SCORE)
    series = build(facts_of([measure], monthly(measure, [70.0, 72.0, 71.0] * 5)), measure, AREA, THROUGH)
    assert series is not None
    assert for_series(series, BASELINE).kind is ChartType.XMR
