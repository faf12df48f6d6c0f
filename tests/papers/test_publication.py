"""When a pack has to be out: five clear working days before its meeting, bank holidays stepped over."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcp_desktop.domain.packs import StripMark
from pcp_desktop.papers.publication import CLEAR_DAYS, deadline, is_working_day, last_day_to_publish

DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("meeting", "last"),
    [
        (date(2018, 7, 25), date(2018, 7, 17)),  # an ordinary Wednesday
        (date(2016, 3, 23), date(2016, 3, 15)),
        (date(2018, 10, 3), date(2018, 9, 25)),
        (date(2016, 3, 29), date(2016, 3, 17)),  # Good Friday 25 and Easter Monday 28 March 2016
        (date(2016, 4, 1), date(2016, 3, 22)),
        (date(2017, 1, 4), date(2016, 12, 22)),  # Christmas on a Sunday: 26 and 27 December, 2 January
        (date(2020, 5, 13), date(2020, 5, 4)),  # the early May holiday moved to Friday 8 May 2020
        (date(2022, 6, 8), date(2022, 5, 27)),  # the Jubilee's two days in June 2022
        (date(2022, 9, 21), date(2022, 9, 12)),  # the day of the Queen's funeral, 19 September 2022
        (date(2018, 7, 23), date(2018, 7, 13)),  # a Monday: the five days are those of the week before
    ],
)
def test_known_meetings(meeting: date, last: date) -> None:
    assert last_day_to_publish(meeting) == last


@given(DAYS)
def test_exactly_five_clear_working_days_lie_between(meeting: date) -> None:
    last = last_day_to_publish(meeting)
    between = [last + timedelta(days=step) for step in range(1, (meeting - last).days)]
    assert sum(map(is_working_day, between)) == CLEAR_DAYS
    assert is_working_day(last)


@given(DAYS)
def test_a_later_meeting_is_never_published_earlier(meeting: date) -> None:
    assert last_day_to_publish(meeting) <= last_day_to_publish(meeting + timedelta(days=1))


@given(DAYS, st.integers(min_value=0, max_value=60))
def test_every_working_day_that_passes_is_one_less(meeting: date, before: int) -> None:
    today = last_day_to_publish(meeting) - timedelta(days=before)
    tomorrow = today + timedelta(days=1)
    left = deadline(meeting, today).working_days_left
    assert deadline(meeting, tomorrow).working_days_left == left - is_working_day(tomorrow)


@given(DAYS, DAYS)
def test_the_strip_leads_from_today_to_the_meeting(meeting: date, today: date) -> None:
    found = deadline(meeting, today)
    marks = [entry.mark for entry in found.strip]
    assert found.passed == (today > found.day)
    assert bool(marks) == (today <= meeting)
    assert (StripMark.CLEAR in marks) == (today <= found.day)
    assert marks[-1:] != [StripMark.WORKING]
    assert len(marks) <= 7


def test_the_words_count_the_working_days_left() -> None:
    meeting = date(2018, 7, 25)
    found = deadline(meeting, date(2018, 7, 12))
    assert (found.words, found.detail) == (
        "Publish by Tuesday 17 July 2018.",
        "Five clear working days before the meeting. 3 working days left.",
    )
    assert [entry.words for entry in found.strip] == [
        "Today, Thu 12", "Fri 13", "Mon 16", "Tue 17", "five clear days", "Wed 25",
    ]  # fmt: skip
    assert deadline(meeting, date(2018, 7, 16)).detail.endswith("1 working day left.")
    assert deadline(meeting, date(2018, 7, 17)).words == "Publish today, Tuesday 17 July 2018."
    late = deadline(meeting, date(2018, 7, 19))
    assert (late.passed, late.working_days_left) == (True, -2)
    assert late.detail.startswith("2 working days ago. An item published late")
    assert deadline(meeting, date(2018, 7, 26)).detail == "The meeting has been held."


def test_many_days_stand_as_their_number_and_other_months_are_named() -> None:
    found = deadline(date(2016, 3, 23), date(2016, 2, 26))
    assert found.working_days_left == 12
    assert [entry.words for entry in found.strip] == [
        "Today, Fri 26", "11 days", "Tue 15 Mar", "five clear days", "Wed 23 Mar",
    ]  # fmt: skip
