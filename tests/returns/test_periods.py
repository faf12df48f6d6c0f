"""Periods are read as the field writes them, and what only looks like one is not."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcp_desktop.domain.periods import (
    Period,
    calendar_year,
    financial_year,
    half_year,
    month,
    quarter,
    snapshot,
    span,
    twelve_months_to,
)
from pcp_desktop.returns.cells import periods

WHOLE: dict[object, Period] = {
    "2015/16": financial_year(2015),
    "15/16*": financial_year(2015),
    "04/05": financial_year(2004),
    "2012 - 2013": financial_year(2012),
    "2017-18 \n": financial_year(2017),
    "FY 2015/16": financial_year(2015),
    "2014": calendar_year(2014),
    2014.0: calendar_year(2014),
    "Apr-14": month(2014, 4),
    "Sept-24": month(2024, 9),
    "2022 Jun": month(2022, 6),
    "April 2014": month(2014, 4),
    "Month of April 2014": month(2014, 4),
    "Apr_14": month(2014, 4),
    "Oct 15 (p)": month(2015, 10),
    "Dec-15 [p]": month(2015, 12),
    "March 2016*": month(2016, 3),
    "Q3 2015/16": quarter(2015, 3),
    "Q3 2015/16¹": quarter(2015, 3),
    "Q3 2015-16 (Oct-Dec)": quarter(2015, 3),
    "2015/16 Q3": quarter(2015, 3),
    "Quarter 3 2015/16": quarter(2015, 3),
    "Third quarter 2015/16": quarter(2015, 3),
    "Q1 2010": quarter(2009, 4),
    "Jul '18 to Sept '18": quarter(2018, 2),
    "Oct-Dec 2017": quarter(2017, 3),
    "Jul-Sep (Q2) 2015": quarter(2015, 2),
    "Jul to Sep 2015 (Quarter 2)": quarter(2015, 2),
    "Oct-Dec Q3 2015": quarter(2015, 3),
    "Quarter ending December 2015": quarter(2015, 3),
    "QE Dec-15": quarter(2015, 3),
    "H1 2015/16": half_year(2015, 1),
    "First half 2015/16": half_year(2015, 1),
    "April to September 2014": half_year(2014, 1),
    "Apr - Sep 2015": half_year(2015, 1),
    "1 April 2015 to 30 September 2015": half_year(2015, 1),
    "October 2014 to March 2015": half_year(2014, 2),
    "12 months to Dec 15": twelve_months_to(2015, 12),
    "12 months to December 2015": twelve_months_to(2015, 12),
    "12m to Mar-14": twelve_months_to(2014, 3),
    "Rolling 12 months to 31 December 2015": twelve_months_to(2015, 12),
    "year ending March 2016": financial_year(2015),
    "Academic year 2014/15": span(date(2014, 9, 1), date(2015, 8, 31)),
    "1 April 2013 to 31 March 2017": span(date(2013, 4, 1), date(2017, 3, 31)),
    "as at 30 September 20122": snapshot(date(2012, 9, 30)),
    "31 December 2015": snapshot(date(2015, 12, 31)),
    datetime(2014, 4, 1): month(2014, 4),
    date(2015, 12, 31): month(2015, 12),
    date(2015, 12, 15): snapshot(date(2015, 12, 15)),
    "April 2015/16": month(2015, 4),
    "2015/16 January": month(2016, 1),
    "Jan FY15/16": month(2016, 1),
    "2015M04": month(2015, 4),
    "04-2015": month(2015, 4),
    "2015/16: Q3": quarter(2015, 3),
    "Q3 15-16": quarter(2015, 3),
    "QE 31/12/2015": quarter(2015, 3),
    "Oct, Nov and Dec 2015": quarter(2015, 3),
    "Dec/Jan/Feb 2016": span(date(2015, 12, 1), date(2016, 2, 29)),
    "2015/6": financial_year(2015),
    "Yr 15/16": financial_year(2015),
    "Y/E 31/03/2016": financial_year(2015),
    "CY2015": calendar_year(2015),
    "Half year to September 2015": half_year(2015, 1),
    "Q1-Q3 2015/16": span(date(2015, 4, 1), date(2015, 12, 31)),
    "2015/16 (9 months)": span(date(2015, 4, 1), date(2015, 12, 31)),
    "YTD Dec 2015": span(date(2015, 4, 1), date(2015, 12, 31)),
    "Cumulative to Feb-16": span(date(2015, 4, 1), date(2016, 2, 29)),
    "12 months to 31/12/2015": twelve_months_to(2015, 12),
    "MAT to Dec 15": twelve_months_to(2015, 12),
    "Dec-15 (rolling 12 months)": twelve_months_to(2015, 12),
    "AY2014/15": span(date(2014, 9, 1), date(2015, 8, 31)),
    "End of March 2016": snapshot(date(2016, 3, 31)),
    "March 15, 2016": snapshot(date(2016, 3, 15)),
    "2016/03/15": snapshot(date(2016, 3, 15)),
    "w/b 06/04/2015": span(date(2015, 4, 6), date(2015, 4, 12)),
    "2015 Q3 (Jul-Sep)": quarter(2015, 2),
    "2015/16 Q3 (Oct-Dec)": quarter(2015, 3),
    "Febuary 2015": month(2015, 2),
    "Septmber 2015": month(2015, 9),
    "FY1516 Q4": quarter(2015, 4),
    "FY 15-16 Q4": quarter(2015, 4),
    "2015_16": financial_year(2015),
}
NONE = [
    "16-24", "18-24", "15-16", "Week 14", "From May 2013", "2015/17", "Total", "", None, True, 12.0, 2015.5, 407,
    "SP12", "Q5 2015/16", "31 February 2015", "May", "Q3", "Marching", "10-17", "2015 Plan", "(2)", "1,2015",
    "Apr-Sep (Q2) 2015", "16_17", "FY2019", "FY16", "Section 12", "Decile 2015", "Oct, Dec 2015", "Q3-Q1 2015/16",
    "2015/7",
]  # fmt: skip


@pytest.mark.parametrize("written", WHOLE, ids=str)
def test_a_period_is_read_as_it_is_written(written: object) -> None:
    assert periods.parse(written) == WHOLE[written]


@pytest.mark.parametrize("written", NONE, ids=str)
def test_what_only_looks_like_a_period_is_none(written: object) -> None:
    assert periods.parse(written) is None


@pytest.mark.parametrize(
    ("written", "context", "meant"),
    [
        ("Apr", financial_year(2015), month(2015, 4)),
        ("January", financial_year(2015), month(2016, 1)),
        ("Q3", financial_year(2015), quarter(2015, 3)),
        ("Q3 (Oct-Dec)", financial_year(2015), quarter(2015, 3)),
        ("Q1", calendar_year(2015), quarter(2014, 4)),
        ("Oct", quarter(2015, 3), month(2015, 10)),
        ("Apr", quarter(2015, 3), None),
        ("Oct-Dec", financial_year(2015), quarter(2015, 3)),
        ("Jan to Mar", financial_year(2015), quarter(2015, 4)),
        ("H2", financial_year(2015), half_year(2015, 2)),
    ],
)
def test_an_outer_heading_gives_the_year(written: str, context: Period, meant: Period | None) -> None:
    assert periods.parse(written, context) == meant


@pytest.mark.parametrize(
    ("headings", "meant"),
    [
        (["2015/16", "Q3", "Oct"], month(2015, 10)),
        (["Apr", "2015/16"], month(2015, 4)),
        (["Jan", "2015"], month(2015, 1)),
        (["12 months to Dec 15", "Satisfied"], twelve_months_to(2015, 12)),
        (["Category", "Base"], None),
    ],
)
def test_headings_say_a_period_together(headings: list[str], meant: Period | None) -> None:
    assert periods.compose(headings) == meant


@pytest.mark.parametrize(
    ("title", "meant"),
    [
        ("Return to the Commissioner for Q3 2015/16 (to 31 December 2015)", quarter(2015, 3)),
        ("MSG positions, 12 months to December 2015", twelve_months_to(2015, 12)),
        ("October 2015 return", month(2015, 10)),
        ("Extract of 8 January 2016", None),
        ("From 2012/13 to 2015/16", None),
        ("Recorded crime", None),
    ],
)
def test_a_title_names_one_period_or_none(title: str, meant: Period | None) -> None:
    assert periods.find(title) == meant


@given(st.integers(1995, 2075), st.integers(1, 12))
def test_every_label_the_papers_print_is_read_back(year: int, number: int) -> None:
    for period in (
        month(year, number),
        twelve_months_to(year, number),
        financial_year(year),
        quarter(year, (number - 1) % 4 + 1),
        half_year(year, (number - 1) % 2 + 1),
        calendar_year(year),
        snapshot(date(year, number, 15)),
    ):
        assert periods.parse(period.label) == period


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading(text: str) -> None:
    found = periods.parse(text, financial_year(2015))
    assert found is None or found.start <= found.end
