"""What comparisons promise: exact amounts of the right months, and none across a break, a gap or an overlap."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from pcp_desktop.analysis.comparison import (
    Amount,
    Change,
    NotComparable,
    baseline,
    break_between,
    change,
    compare,
    latest12,
    total,
)
from pcp_desktop.analysis.series import Series, build
from pcp_desktop.domain.formats import percent_change_shown
from pcp_desktop.domain.measures import Aggregation, Break, Frequency, Kind, Measure
from pcp_desktop.domain.observations import Marker, Observation
from pcp_desktop.domain.periods import (
    calendar_year,
    financial_year,
    half_year,
    month,
    quarter,
    twelve_months_to,
)
from tests.analysis.made_facts import (
    AREA,
    BASELINE,
    THROUGH,
    a_measure,
    a_proportion,
    facts_of,
    monthly,
    observed,
    with_base,
)


def series_of(measure: Measure, items: list[Observation], *breaks: Break) -> Series:
    series = build(facts_of([measure], items, breaks), measure, AREA, THROUGH)
    assert series is not None
    return series


def exact_of(amount: Amount | None) -> Fraction | None:
    return None if amount is None else amount.exact


def test_every_amount_is_the_sum_of_its_own_months() -> None:
    values = [100 + at for at in range(45)]  # April 2012 is 100, December 2015 is 144
    found = compare(series_of(a_measure(), monthly(a_measure(), values)), BASELINE, THROUGH)
    assert exact_of(found.baseline) == sum(range(100, 112))
    assert exact_of(found.latest) == sum(range(133, 145))
    assert exact_of(found.before) == sum(range(121, 133))
    assert exact_of(found.latest_period) == 142 + 143 + 144
    assert exact_of(found.previous_period) == 139 + 140 + 141
    assert exact_of(found.same_period_last_year) == 130 + 131 + 132
    assert exact_of(found.year_to_date) == sum(range(136, 145))
    assert exact_of(found.year_to_date_last_year) == sum(range(124, 133))
    assert found.latest is not None
    assert found.latest.period == twelve_months_to(2015, 12)
    assert len(found.latest.sources) == 12


def test_the_published_burglary_change_comes_out() -> None:
    values = [327] * 11 + [3935 - 11 * 327] + [330] * 21 + [334] * 11 + [4014 - 11 * 334]
    series = series_of(a_measure(), monthly(a_measure(), values))
    found = change(series, baseline(series, BASELINE, THROUGH), latest12(series, THROUGH))
    assert isinstance(found, Change)
    assert found.amount == 79
    assert percent_change_shown(found.new.exact, found.old.exact) == "+2.0%"


@given(st.lists(st.decimals(0, 1000, places=2), min_size=12, max_size=12))
def test_sums_are_exact_whatever_the_order(values: list[object]) -> None:
    numbers = [float(str(value)) for value in values]
    forwards = series_of(a_measure(), monthly(a_measure(), numbers))
    backwards = series_of(a_measure(), monthly(a_measure(), numbers[::-1]))
    assert exact_of(total(forwards, BASELINE)) == exact_of(total(backwards, BASELINE))
    assert exact_of(total(forwards, BASELINE)) == sum(Fraction(str(value)) for value in values)


def test_a_year_with_a_missing_month_is_incomplete_and_not_compared() -> None:
    values: list[float | None] = [10.0] * 45
    values[3] = None
    series = series_of(a_measure(), monthly(a_measure(), values))
    year = total(series, BASELINE)
    assert year is not None
    assert (year.complete, list(year.missing), float(year.exact)) == (False, [month(2012, 7)], 110.0)
    assert baseline(series, BASELINE, THROUGH) is None
    assert isinstance(change(series, year, latest12(series, THROUGH)), NotComparable)


def test_a_missing_month_in_the_latest_year_leaves_no_latest_figure() -> None:
    values: list[float | None] = [10.0] * 45
    values[40] = None
    assert latest12(series_of(a_measure(), monthly(a_measure(), values)), THROUGH) is None


def test_figures_that_stop_early_carry_their_own_period() -> None:
    found = latest12(series_of(a_measure(), monthly(a_measure(), [10] * 38)), THROUGH)
    assert found is not None
    assert found.period == twelve_months_to(2015, 5)


def test_a_year_returned_as_a_whole_stands_in_for_its_months() -> None:
    measure = a_measure()
    items = [*monthly(measure, [10] * 33, (2013, 4)), observed(measure, BASELINE, 667)]
    found = baseline(series_of(measure, items), BASELINE, THROUGH)
    assert found is not None
    assert (float(found.exact), found.whole) == (667.0, True)


def test_twelve_months_returned_as_a_whole_come_before_an_older_financial_year() -> None:
    measure = a_measure()
    years = [observed(measure, financial_year(start), 60 + start % 10) for start in (2012, 2013, 2014)]
    series = build(
        facts_of([measure], [*years, observed(measure, twelve_months_to(2015, 12), 40)]), measure, AREA, THROUGH
    )
    assert series is not None
    latest = latest12(series, THROUGH)
    assert latest is not None
    assert (latest.value, latest.period) == (40, twelve_months_to(2015, 12))
    older = latest12(series, date(2015, 9, 30))
    assert older is not None
    assert older.period == financial_year(2014)


def test_nothing_is_added_or_compared_across_a_break() -> None:
    cut = Break("m", date(2014, 9, 1), "category added to the new system")
    series = series_of(a_measure(), monthly(a_measure(), [10] * 45), cut)
    assert total(series, financial_year(2014)) is None
    assert exact_of(latest12(series, THROUGH)) == 120
    assert compare(series, BASELINE, THROUGH).before is None
    found = change(series, baseline(series, BASELINE, THROUGH), latest12(series, THROUGH))
    assert isinstance(found, NotComparable)
    assert "category added to the new system" in found.reason
    assert "1 September 2014" in found.reason
    assert break_between(series, calendar_year(2015), calendar_year(2015)) is None


def test_a_break_on_the_first_day_of_a_period_is_not_inside_it() -> None:
    series = series_of(a_measure(), monthly(a_measure(), [10] * 45), Break("m", date(2013, 4, 1), "new rules"))
    assert exact_of(total(series, financial_year(2013))) == 120
    assert exact_of(total(series, BASELINE)) == 120
    assert break_between(series, BASELINE, financial_year(2013)) is not None


def test_a_break_with_comparable_totals_does_not_stop_a_count() -> None:
    cut = Break("m", date(2013, 4, 1), "categories only", totals_comparable=True)
    series = series_of(a_measure(), monthly(a_measure(), [10] * 45), cut)
    assert isinstance(change(series, baseline(series, BASELINE, THROUGH), latest12(series, THROUGH)), Change)


def test_a_rolling_figure_is_matched_by_its_dates_and_never_added() -> None:
    measure = a_proportion()
    items = with_base(measure, financial_year(2012), 842, 1000) + with_base(measure, calendar_year(2015), 809, 1000)
    found = compare(series_of(measure, items), BASELINE, THROUGH)
    assert exact_of(found.baseline) == Fraction(842, 10)
    assert exact_of(found.latest) == Fraction(809, 10)
    assert found.before is None
    assert found.year_to_date is None


def test_overlapping_years_are_not_compared() -> None:
    measure = a_proportion()
    items = with_base(measure, twelve_months_to(2015, 9), 8, 10) + with_base(
        measure, twelve_months_to(2015, 12), 7, 10
    )
    series = series_of(measure, items)
    first, second = (total(series, period) for period in (twelve_months_to(2015, 9), twelve_months_to(2015, 12)))
    found = change(series, first, second)
    assert isinstance(found, NotComparable)
    assert found.short == "Periods overlap"


def test_half_years_are_compared_with_the_same_half() -> None:
    measure = a_measure(frequency=Frequency.HALF_YEAR)
    items = [observed(measure, half_year(year, 1), value) for year, value in ((2012, 90), (2014, 103), (2015, 21))]
    items += [observed(measure, half_year(2012, 2), 70)]
    found = compare(series_of(measure, items), BASELINE, THROUGH)
    assert exact_of(found.latest) == 21
    assert exact_of(found.before) == 103
    assert exact_of(found.baseline) == 90


def test_yearly_percentages_are_compared_with_the_year_before() -> None:
    measure = a_proportion(frequency=Frequency.YEAR)
    items = with_base(measure, calendar_year(2013), 700, 1900) + with_base(measure, calendar_year(2014), 636, 1789)
    found = compare(series_of(measure, items), BASELINE, THROUGH)
    assert exact_of(found.latest) == Fraction(63600, 1789)
    assert exact_of(found.before) == Fraction(70000, 1900)
    assert found.baseline is None


def test_a_half_yearly_ratio_adds_numerators_and_bases() -> None:
    measure = a_proportion(frequency=Frequency.HALF_YEAR)
    items = with_base(measure, half_year(2014, 1), 10, 20) + with_base(measure, half_year(2014, 2), 90, 100)
    found = total(series_of(measure, items), financial_year(2014))
    assert exact_of(found) == Fraction(10000, 120)


def test_a_running_state_takes_the_last_quarter_of_a_year() -> None:
    measure = a_measure(kind=Kind.SCORE, aggregation=Aggregation.LATEST, frequency=Frequency.QUARTER)
    items = [observed(measure, quarter(2012, number), 40 + number) for number in (1, 2, 3, 4)]
    items.append(observed(measure, quarter(2015, 3), 50))
    found = compare(series_of(measure, items), BASELINE, THROUGH)
    assert exact_of(found.baseline) == 44
    assert exact_of(found.latest) == 50


def test_a_withdrawn_or_suppressed_last_figure_leaves_no_latest() -> None:
    for marker in (Marker.NOT_AVAILABLE, Marker.SUPPRESSED):
        items = [*monthly(a_measure(), [10] * 44), observed(a_measure(), month(2015, 12), None, marker=marker)]
        assert latest12(series_of(a_measure(), items), THROUGH) is None


def test_one_provisional_month_makes_the_year_provisional() -> None:
    items = monthly(a_measure(), [10] * 44)
    items.append(observed(a_measure(), month(2015, 12), 10, marker=Marker.PROVISIONAL))
    found = latest12(series_of(a_measure(), items), THROUGH)
    assert found is not None
    assert found.marker is Marker.PROVISIONAL


def test_no_pair_that_a_page_shows_is_compared_across_a_break() -> None:
    cut = Break("m", date(2015, 4, 1), "new recording rules")
    series = series_of(a_measure(), monthly(a_measure(), [10] * 45), cut)
    found = compare(series, BASELINE, THROUGH)
    assert found.latest is None
    pairs = (
        (found.baseline, found.latest_period),
        (found.same_period_last_year, found.latest_period),
        (found.year_to_date_last_year, found.year_to_date),
        (found.before, found.latest),
    )
    for old, new in pairs:
        assert isinstance(change(series, old, new), NotComparable)
    assert isinstance(change(series, found.previous_period, found.latest_period), Change)


def test_a_rolling_figure_that_holds_months_of_both_sides_of_a_break_is_compared_with_none() -> None:
    measure = a_proportion()
    ends = [(2014, 3), (2015, 3), (2015, 12), (2016, 3), (2017, 3)]
    items = [item for end in ends for item in with_base(measure, twelve_months_to(*end), 800, 1000)]
    facts = facts_of([measure], items, [Break(measure.code, date(2015, 4, 1), "new questions")])
    series = build(facts, measure, AREA, date(2017, 3, 31))
    assert series is not None
    amounts = {end: total(series, twelve_months_to(*end)) for end in ends}
    comparable = {
        (old, new)
        for old in ends
        for new in ends
        if old < new and isinstance(change(series, amounts[old], amounts[new]), Change)
    }
    assert comparable == {((2014, 3), (2015, 3)), ((2016, 3), (2017, 3))}
