"""What a series promises: exact values in period order, gaps kept, parts summed, cut at breaks."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pcp_desktop.analysis.series import build
from pcp_desktop.domain.measures import Aggregation, Break, Frequency, Kind
from pcp_desktop.domain.observations import Marker, Part
from pcp_desktop.domain.periods import (
    PeriodKind,
    calendar_year,
    financial_year,
    month,
    quarter,
    span,
    twelve_months_to,
)
from tests.analysis.made_facts import (
    AREA,
    THROUGH,
    a_measure,
    a_proportion,
    facts_of,
    monthly,
    months_from,
    observed,
    with_base,
)


def test_nothing_held_gives_no_series() -> None:
    measure = a_measure()
    assert build(facts_of([measure], []), measure, AREA, THROUGH) is None


@given(st.lists(st.one_of(st.none(), st.integers(0, 1000)), min_size=1, max_size=45))
def test_a_missing_month_stays_a_gap_and_is_never_zero(values: list[int | None]) -> None:
    measure = a_measure()
    series = build(facts_of([measure], monthly(measure, values)), measure, AREA, THROUGH)
    known = [at for at, value in enumerate(values) if value is not None]
    if not known:
        assert series is None
        return
    assert series is not None
    assert series.periods == tuple(months_from((2012, 4), len(values))[known[0] : known[-1] + 1])
    assert list(series.values) == values[known[0] : known[-1] + 1]
    assert np.isnan(series.array).tolist() == [value is None for value in series.values]
    assert series.last_known == len(series.values) - 1


def test_periods_after_the_day_and_other_areas_are_left_out() -> None:
    measure = a_measure()
    facts = facts_of([measure], monthly(measure, [1] * 12) + monthly(measure, [50] * 12, area="A"))
    series = build(facts, measure, AREA, date(2012, 8, 31))
    assert series is not None
    assert series.values == (1.0,) * 5


def test_a_proportion_is_taken_from_its_base_and_not_rounded() -> None:
    measure = a_proportion()
    period = twelve_months_to(2015, 12)
    items = [*with_base(measure, period, 809, 1001), observed(measure, period, 80.8)]
    series = build(facts_of([measure], items), measure, AREA, THROUGH)
    assert series is not None
    assert series.entries[0].value == Fraction(80900, 1001)
    assert {source.cell for source in series.sources[0]} == {"N1512", "D1512"}


def test_rolling_figures_of_any_year_stand_in_one_series_by_their_dates() -> None:
    measure = a_proportion()
    periods = [financial_year(2012), calendar_year(2015), twelve_months_to(2015, 9)]
    items = [observed(measure, period, 80.0) for period in periods]
    series = build(facts_of([measure], items), measure, AREA, THROUGH)
    assert series is not None
    assert series.rolling
    assert (series.frequency, series.step, len(series.periods)) == (PeriodKind.TWELVE_MONTHS, 3, 12)
    assert sum(value is not None for value in series.values) == 3


def test_the_whole_area_is_the_sum_of_its_parts_and_missing_when_one_is() -> None:
    measure = a_measure(areas=("City", "County"), frequency=Frequency.QUARTER)
    quarters = [quarter(2015, 1), quarter(2015, 2), quarter(2015, 3)]
    items = [observed(measure, quarters[at], 10 + at, area="City") for at in (0, 1)]
    items += [observed(measure, quarters[at], 20 + at, area="County") for at in (0, 1, 2)]
    facts = facts_of([measure], items)
    series = build(facts, measure, AREA, THROUGH)
    assert series is not None
    assert series.values == (30.0, 32.0, None)
    assert not series.withdrawn
    assert [source.sheet for source in series.sources[0]] == ["City", "County"]
    part = build(facts, measure, "County", THROUGH)
    assert part is not None
    assert part.values == (20.0, 21.0, 22.0)


def test_a_ratio_over_parts_sums_numerators_and_bases() -> None:
    measure = a_proportion(areas=("City", "County"))
    period = twelve_months_to(2015, 12)
    items = with_base(measure, period, 10, 20, "City") + with_base(measure, period, 90, 100, "County")
    series = build(facts_of([measure], items), measure, AREA, THROUGH)
    assert series is not None
    assert series.entries[0].value == Fraction(10000, 120)


def test_a_measure_that_is_never_added_has_no_whole_area() -> None:
    measure = a_measure(areas=("City", "County"), aggregation=Aggregation.LATEST, kind=Kind.SCORE)
    items = monthly(measure, [5], area="City") + monthly(measure, [6], area="County")
    assert build(facts_of([measure], items), measure, AREA, THROUGH) is None


def test_a_break_cuts_the_series_unless_totals_stay_comparable() -> None:
    measure = a_measure()
    items = monthly(measure, [5] * 12)
    cut = Break("m", date(2012, 8, 1), "new system")
    series = build(facts_of([measure], items, [cut]), measure, AREA, THROUGH)
    assert series is not None
    assert series.segments == ((0, 3), (4, 11))
    kept = build(facts_of([measure], items, [Break("m", date(2012, 8, 1), "", True)]), measure, AREA, THROUGH)
    assert kept is not None
    assert kept.segments == ((0, 11),)
    assert kept.breaks == ()


def test_a_withdrawn_figure_is_known_as_such() -> None:
    measure = a_measure()
    items = [*monthly(measure, [5] * 11), observed(measure, month(2013, 3), None, marker=Marker.NOT_AVAILABLE)]
    series = build(facts_of([measure], items), measure, AREA, THROUGH)
    assert series is not None
    assert series.withdrawn


def test_a_count_held_by_financial_years_only_becomes_a_yearly_series() -> None:
    measure = a_measure()
    items = [observed(measure, financial_year(year), 700) for year in (2012, 2013, 2014)]
    series = build(facts_of([measure], items), measure, AREA, THROUGH)
    assert series is not None
    assert (series.frequency, series.step, series.values) == (PeriodKind.FINANCIAL_YEAR, 12, (700.0,) * 3)


def test_a_running_total_counts_as_its_quarter() -> None:
    measure = a_measure(kind=Kind.MONEY, aggregation=Aggregation.LATEST, frequency=Frequency.QUARTER)
    items = [observed(measure, span(date(2013, 4, 1), date(2015, 12, 31)), 31.0)]
    series = build(facts_of([measure], items), measure, AREA, THROUGH)
    assert series is not None
    assert series.periods == (quarter(2015, 3),)


def test_a_base_of_nil_gives_no_percentage() -> None:
    measure = a_proportion()
    items = [
        observed(measure, twelve_months_to(2015, 12), 0, Part.NUMERATOR),
        observed(measure, twelve_months_to(2015, 12), 0, Part.DENOMINATOR),
    ]
    series = build(facts_of([measure], items), measure, AREA, THROUGH)
    assert series is not None
    assert series.values == (None,)


def test_a_running_total_stated_to_the_plans_end_is_the_last_quarters_and_keeps_its_span() -> None:
    measure = a_measure(kind=Kind.MONEY, aggregation=Aggregation.LATEST, frequency=Frequency.QUARTER)
    stated = span(date(2013, 4, 1), date(2017, 3, 31))
    for through in (THROUGH, date(2016, 2, 10)):
        series = build(facts_of([measure], [observed(measure, stated, 31.0)]), measure, AREA, through)
        assert series is not None
        assert series.periods == (quarter(2015, 3),)
        assert series.entries[0].stated == stated
    assert build(facts_of([measure], [observed(measure, stated, 31.0)]), measure, AREA, date(2013, 3, 31)) is None
    count = a_measure()
    assert build(facts_of([count], [observed(count, stated, 31.0)]), count, AREA, THROUGH) is None
