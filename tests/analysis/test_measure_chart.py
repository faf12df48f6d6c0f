"""Which control chart a measure gets, and where its limits come from."""

from __future__ import annotations

from datetime import date

from pcp_desktop.analysis.measure_chart import for_series
from pcp_desktop.analysis.seasonality import NOT_SEASONAL
from pcp_desktop.analysis.series import build
from pcp_desktop.domain.measures import Break
from pcp_desktop.domain.periods import twelve_months_to
from tests.analysis.made_facts import AREA, BASELINE, THROUGH, a_measure, a_proportion, facts_of, monthly, with_base


def test_limits_come_from_the_baseline_year_and_are_provisional() -> None:
    measure = a_measure()
    values = [30.0, 34.0] * 6 + [60.0, 61.0] * 16 + [60.0]
    series = build(facts_of([measure], monthly(measure, values)), measure, AREA, THROUGH)
    assert series is not None
    chart = for_series(series, BASELINE)
    assert (chart.groups[0].used, chart.groups[0].mean, chart.groups[0].standing) == (12, 32.0, "provisional")
    assert NOT_SEASONAL in chart.method
    assert "2012/13" in chart.method
    assert "screening on" in chart.settings


def test_after_a_break_limits_come_from_all_points_of_the_new_series() -> None:
    measure = a_measure()
    values = [30.0, 34.0] * 6 + [60.0, 64.0] * 16
    cut = Break("m", date(2013, 4, 1), "new system")
    series = build(facts_of([measure], monthly(measure, values), [cut]), measure, AREA, THROUGH)
    assert series is not None
    assert [group.used for group in for_series(series, BASELINE).groups] == [12, 32]


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
