"""When the baseline year is said to be unusual: outside the range of three or more comparable years."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcp_desktop.analysis.baseline_year import UnusualBaseline, unusual
from pcp_desktop.analysis.series import build
from pcp_desktop.domain.measures import Break, Frequency
from pcp_desktop.domain.periods import financial_year
from tests.analysis.made_facts import AREA, BASELINE, a_measure, facts_of, monthly, observed

THROUGH = date(2016, 3, 31)


def judged(years: list[float], first: int = 2010, *breaks: Break) -> UnusualBaseline | None:
    """The judgement on 2012/13 with one total for each financial year from `first` on."""
    measure = a_measure(frequency=Frequency.YEAR)
    items = [observed(measure, financial_year(first + at), value) for at, value in enumerate(years)]
    series = build(facts_of([measure], items, breaks), measure, AREA, THROUGH)
    assert series is not None
    return unusual(series, BASELINE, THROUGH)


@pytest.mark.parametrize(("own", "above"), [(90.0, False), (121.0, True)])
def test_outside_the_range_of_the_others_is_unusual_and_its_side_is_said(own: float, above: bool) -> None:
    found = judged([100, 120, own, 110, 115])
    assert found is not None
    assert found.above is above
    assert [one.period.label for one in found.others] == ["2010/11", "2011/12", "2013/14", "2014/15"]


@given(st.lists(st.integers(1, 1000), min_size=5, max_size=6), st.integers(2, 9))
def test_it_is_the_range_that_decides_whatever_the_scale(years: list[int], factor: int) -> None:
    own, others = years[2], years[:2] + years[3:]
    outside = not min(others) <= own <= max(others)
    assert (judged([float(one) for one in years]) is not None) == outside
    assert (judged([float(one * factor) for one in years]) is not None) == outside


def test_a_tie_with_the_highest_or_lowest_year_is_usual() -> None:
    assert judged([100, 120, 120, 110]) is None
    assert judged([100, 120, 100, 110]) is None
    assert judged([100] * 6) is None


def test_two_other_years_are_too_few() -> None:
    assert judged([90, 110, 115], 2012) is None
    assert judged([90, 110, 115, 112], 2012) is not None


def test_years_across_a_break_or_with_a_missing_month_do_not_count() -> None:
    assert judged([100, 120, 90, 110, 115], 2010, Break("m", date(2013, 4, 1), "new rules")) is None
    measure = a_measure()
    values: list[float | None] = [*[5.0] * 12, *[9.0] * 36]
    whole = build(facts_of([measure], monthly(measure, values)), measure, AREA, THROUGH)
    values[20] = None
    gap = build(facts_of([measure], monthly(measure, values)), measure, AREA, THROUGH)
    assert whole is not None
    assert gap is not None
    assert unusual(whole, BASELINE, THROUGH) is not None
    assert unusual(gap, BASELINE, THROUGH) is None


def test_without_a_baseline_there_is_nothing_to_say() -> None:
    assert judged([100, 120, 90], 2013) is None
