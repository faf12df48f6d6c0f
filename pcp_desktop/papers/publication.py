"""By when a meeting's pack has to be published: working days, bank holidays and the strip of days to the meeting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from pcp_desktop.domain.formats import counted
from pcp_desktop.domain.packs import Deadline, StripEntry, StripMark
from pcp_desktop.domain.periods import MONTH_NAMES, WEEKDAY_NAMES, with_weekday

if TYPE_CHECKING:
    from holidays import HolidayBase

CLEAR_DAYS = 5
_DAYS_SHOWN = 3
_SATURDAY = 5
_ONE_DAY = timedelta(days=1)


def is_working_day(day: date) -> bool:
    """Whether `day` is neither at a weekend nor a bank holiday in England."""
    return day.weekday() < _SATURDAY and day not in _bank_holidays()


def last_day_to_publish(meeting: date) -> date:
    """The last working day that leaves five clear working days before a meeting.

    Neither the day of publication nor the day of the meeting counts (Local Government Act 1972, s.100B(3)).
    """
    before = _working_days_back(meeting)
    for _clear_day in range(CLEAR_DAYS):
        next(before)
    return next(before)


def deadline(meeting: date, today: date) -> Deadline:
    """By when the pack of a meeting has to be out, as it stands on `today`."""
    last = last_day_to_publish(meeting)
    passed = today > last
    between = _working_days_after(last, today) if passed else _working_days_after(today, last)
    left = -len(between) if passed else len(between)
    words, detail = _in_words(last, today, left, meeting)
    return Deadline(last, left, passed, words, detail, tuple(_strip(meeting, last, today)))


def _in_words(last: date, today: date, left: int, meeting: date) -> tuple[str, str]:
    """The sentence over the strip, and what stands beside it."""
    on = with_weekday(last)
    if today > meeting:
        return f"The last day to publish was {on}.", "The meeting has been held."
    if today > last:
        since = f"{counted(-left, 'working day')} ago. " if left else ""
        return (
            f"The last day to publish was {on}.",
            f"{since}An item published late is taken only where the Chairman agrees that it is urgent.",
        )
    if today == last:
        return f"Publish today, {on}.", "Five clear working days before the meeting. This is the last day."
    return f"Publish by {on}.", f"Five clear working days before the meeting. {counted(left, 'working day')} left."


def _strip(meeting: date, last: date, today: date) -> Iterator[StripEntry]:
    """Today, the days to the last one for publishing, five clear days, the meeting; in their order."""
    if today > meeting:
        return
    if today <= last:
        if today < last:
            yield StripEntry(StripMark.TODAY, f"Today, {_short(today, today)}")
            yield from _days_between(today, last)
        yield StripEntry(StripMark.PUBLISH, f"Today, {_short(last, today)}" if today == last else _short(last, today))
        yield StripEntry(StripMark.CLEAR, "five clear days")
    else:
        yield StripEntry(StripMark.PUBLISH, _short(last, today))
        yield StripEntry(StripMark.TODAY, f"Today, {_short(today, today)}")
    if today < meeting:
        yield StripEntry(StripMark.MEETING, _short(meeting, today))


def _days_between(today: date, last: date) -> Iterator[StripEntry]:
    """The working days between today and the last one: each by its name where they are few, or else their number."""
    between = _working_days_after(today, last - _ONE_DAY)
    if len(between) > _DAYS_SHOWN:
        yield StripEntry(StripMark.WORKING, counted(len(between), "day"))
    else:
        yield from (StripEntry(StripMark.WORKING, _short(day, today)) for day in between)


def _short(day: date, today: date) -> str:
    """A day of the strip: `Tue 17`, and `Tue 15 Mar` in another month than today's."""
    month = "" if (day.year, day.month) == (today.year, today.month) else f" {MONTH_NAMES[day.month][:3]}"
    return f"{WEEKDAY_NAMES[day.weekday()][:3]} {day.day}{month}"


def _working_days_back(day: date) -> Iterator[date]:
    """The working days before `day`, the latest first."""
    while True:
        day -= _ONE_DAY
        if is_working_day(day):
            yield day


def _working_days_after(first: date, last: date) -> list[date]:
    """The working days after `first`, up to and including `last`."""
    days = (first + timedelta(days=step) for step in range(1, (last - first).days + 1))
    return [day for day in days if is_working_day(day)]


@cache
def _bank_holidays() -> HolidayBase:
    """The bank holidays of England; each year is worked out when it is first asked for."""
    from holidays import country_holidays

    return country_holidays("GB", subdiv="ENG")
