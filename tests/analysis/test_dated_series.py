"""Dates of any spacing stand on a run without a gap."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcp_desktop.analysis.dated_series import Spacing, run_of
from pcp_desktop.domain.periods import add_months, last_day

START = date(2014, 4, 1)


def every(step: int, count: int) -> list[date]:
    return [add_months(START, step * at) for at in range(count)]


@pytest.mark.parametrize(
    ("days", "spacing", "first", "last"),
    [
        (every(1, 30), Spacing.MONTH, "April 2014", "September 2016"),
        ([last_day(day) for day in every(1, 30)], Spacing.MONTH, "April 2014", "September 2016"),
        (every(3, 9), Spacing.QUARTER, "Q1 2014/15", "Q1 2016/17"),
        ([last_day(add_months(day, 2)) for day in every(3, 9)], Spacing.QUARTER, "Q1 2014/15", "Q1 2016/17"),
        (every(12, 4), Spacing.YEAR, "2014/15", "2017/18"),
        ([date(2010 + at, 1, 1) for at in range(5)], Spacing.YEAR, "2010", "2014"),
        ([START + timedelta(at) for at in range(20)], Spacing.DAY, "1 April 2014", "20 April 2014"),
        ([START + timedelta(7 * at) for at in range(20)], Spacing.WEEK, "1 April 2014", "12 August 2014"),
        (every(2, 5), Spacing.DATE, "1 April 2014", "1 December 2014"),
        ([START], Spacing.DATE, "1 April 2014", "1 April 2014"),
    ],
)
def test_the_step_is_that_of_most_gaps(days: list[date], spacing: Spacing, first: str, last: str) -> None:
    run = run_of(days)
    assert run.spacing is spacing
    assert run.even
    assert run.places == tuple(range(len(days)))
    assert (run.periods[0].label, run.periods[-1].label) == (first, last)


def test_working_days_have_no_gap_at_the_weekend() -> None:
    days = [day for at in range(28) if (day := START + timedelta(at)).weekday() < 5]
    run = run_of(days)
    assert run.spacing is Spacing.WORKING_DAY
    assert run.places == tuple(range(20))
    assert [period.start for period in run.periods] == days


def test_dates_without_a_step_follow_each_other() -> None:
    run = run_of([START, START + timedelta(3), START + timedelta(40), START + timedelta(41)])
    assert not run.even
    assert run.places == (0, 1, 2, 3)


@given(st.sampled_from([1, 3, 7, 30]), st.integers(8, 40), st.data())
def test_absent_dates_leave_their_places_free(step: int, count: int, data: st.DataObject) -> None:
    whole = (
        [START + timedelta(step * at) for at in range(count)]
        if step in (1, 7)
        else every(1 if step == 30 else 3, count)
    )
    gone = data.draw(st.integers(3, count - 4))
    kept = [day for at, day in enumerate(whole) if at != gone]
    run = run_of(kept)
    assert run.places == tuple(at for at in range(count) if at != gone)
    assert len(run.periods) == count
    assert run.periods == run_of(whole).periods
