"""Periods are written the way the field writes them, and move by whole months."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcp_desktop.domain import periods
from pcp_desktop.domain.periods import Period, PeriodKind


@pytest.mark.parametrize(
    ("period", "label"),
    [
        (periods.month(2015, 12), "December 2015"),
        (periods.quarter(2015, 3), "Q3 2015/16"),
        (periods.quarter(2015, 4), "Q4 2015/16"),
        (periods.financial_year(2012), "2012/13"),
        (periods.financial_year(1999), "1999/00"),
        (periods.calendar_year(2014), "2014"),
        (periods.twelve_months_to(2015, 12), "12 months to December 2015"),
        (periods.half_year(2015, 1), "April to September 2015"),
        (periods.half_year(2014, 2), "October 2014 to March 2015"),
        (periods.snapshot(date(2016, 2, 26)), "26 February 2016"),
    ],
)
def test_labels_are_those_of_the_papers(period: Period, label: str) -> None:
    assert period.label == label


def test_the_last_quarter_of_a_financial_year_falls_in_the_next_calendar_year() -> None:
    assert periods.quarter(2015, 4).start == date(2016, 1, 1)
    assert periods.quarter(2015, 4).end == date(2016, 3, 31)


months = st.builds(periods.month, st.integers(1990, 2060), st.integers(1, 12))


@given(months, st.integers(-600, 600))
def test_moving_there_and_back_changes_nothing(month: Period, distance: int) -> None:
    assert month.shifted(distance).shifted(-distance) == month


@given(months)
def test_a_month_lies_in_its_financial_year_and_quarter(month: Period) -> None:
    year = periods.financial_year(periods.financial_year_start(month.end))
    quarter = periods.quarter(periods.financial_year_start(month.end), periods.quarter_number(month.end))
    assert year.contains(quarter) and quarter.contains(month)
    assert year.label == periods.financial_year_label(month.start)


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.integers(0, 40))
def test_a_span_of_whole_months_takes_the_kind_of_its_length(day: date, extra: int) -> None:
    start = day.replace(day=1)
    end = periods.last_day(periods.add_months(start, extra))
    made = periods.span(start, end)
    assert (made.start, made.end, made.months) == (start, end, extra + 1)
    if extra == 0:
        assert made.kind is PeriodKind.MONTH
    if extra == 11:
        assert made.days in (365, 366) and made.kind is not PeriodKind.SPAN


@pytest.mark.parametrize(
    ("hour", "words"),
    [(0, "12.05 am"), (9, "9.05 am"), (12, "12.05 pm"), (14, "2.05 pm")],
)
def test_moments_and_days_of_the_week_are_written_as_agendas_print_them(hour: int, words: str) -> None:
    assert periods.moment_in_words(datetime(2016, 2, 26, hour, 5)) == f"26 February 2016, {words}"
    assert periods.with_weekday(date(2016, 3, 23)) == "Wednesday 23 March 2016"


def test_the_names_of_months_and_days_are_english_whatever_the_machine_speaks() -> None:
    """Opening a window sets the machine's language, in which strftime and the calendar module name them from then."""
    assert periods.MONTH_NAMES[1:4] == ("January", "February", "March")
    assert periods.WEEKDAY_NAMES[date(2015, 12, 31).weekday()] == "Thursday"
    package = Path(periods.__file__).parents[1]
    spoken = re.compile(r"%[aAbBp]\b|(?:month|day)_(?:name|abbr)\b")
    assert [path.name for path in package.rglob("*.py") if spoken.search(path.read_text(encoding="utf-8"))] == []
