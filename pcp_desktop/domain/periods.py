"""Periods as the field names them; reading the ways people write them belongs in returns.periods."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

# Written out: the calendar module gives them in the language of the machine once a window has been opened.
MONTH_NAMES = (
    "",
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
FINANCIAL_YEAR_FIRST_MONTH = 4


DAYS_OF_A_WEEK = 7


class PeriodKind(StrEnum):
    """How long a period is and where it may begin."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    FINANCIAL_YEAR = "financial year"
    CALENDAR_YEAR = "calendar year"
    TWELVE_MONTHS = "12 months"
    SPAN = "span"
    SNAPSHOT = "snapshot"


@dataclass(frozen=True, order=True)
class Period:
    """A run of whole days, first and last included, ordered by its last day.

    Build one with the functions of this module; they keep kind and dates in step.
    """

    end: date
    start: date
    kind: PeriodKind

    @property
    def label(self) -> str:
        """The period as papers print it: `Q3 2015/16`, `12 months to December 2015`."""
        end_month = f"{MONTH_NAMES[self.end.month]} {self.end.year}"
        match self.kind:
            case PeriodKind.MONTH:
                return end_month
            case PeriodKind.QUARTER:
                return f"Q{quarter_number(self.end)} {financial_year_label(self.end)}"
            case PeriodKind.FINANCIAL_YEAR:
                return financial_year_label(self.end)
            case PeriodKind.CALENDAR_YEAR:
                return str(self.end.year)
            case PeriodKind.TWELVE_MONTHS:
                return f"12 months to {end_month}"
            case PeriodKind.SNAPSHOT:
                return f"{self.end.day} {end_month}"
        if self.start.day != 1 or self.end != last_day(self.end):
            first_day = f"{self.start.day} {MONTH_NAMES[self.start.month]}"
            year = f" {self.start.year}" if self.start.year != self.end.year else ""
            ends = f"{self.end.day} {end_month}"
            return f"week to {ends}" if self.days == DAYS_OF_A_WEEK else f"{first_day}{year} to {ends}"
        first = MONTH_NAMES[self.start.month]
        if self.start.year != self.end.year:
            first = f"{first} {self.start.year}"
        return f"{first} to {end_month}"

    @property
    def short_label(self) -> str:
        """The period for ticks and sheets only: `Dec 15`; other kinds than months as `label`."""
        if self.kind is PeriodKind.MONTH:
            return f"{MONTH_NAMES[self.end.month][:3]} {self.end.year % 100:02d}"
        return self.label

    @property
    def months(self) -> int:
        """How many calendar months the period touches."""
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1

    @property
    def days(self) -> int:
        """How many days the period has."""
        return (self.end - self.start).days + 1

    @property
    def as_json(self) -> dict[str, str]:
        """The period as JSON answers give it: kind, first and last day in ISO form, label."""
        return {
            "kind": self.kind.value,
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "label": self.label,
        }

    def contains(self, other: Period) -> bool:
        """Whether every day of `other` lies in this period."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Period) -> bool:
        """Whether the two periods share a day."""
        return self.start <= other.end and other.start <= self.end

    def shifted(self, months: int) -> Period:
        """The period of the same kind and length, `months` later (earlier if negative)."""
        first = add_months(self.start, months)
        last = add_months(self.end.replace(day=1), months)
        if self.kind is PeriodKind.SNAPSHOT:
            day = min(self.end.day, calendar.monthrange(last.year, last.month)[1])
            moved = last.replace(day=day)
            return Period(moved, moved, self.kind)
        return Period(last_day(last), first, self.kind)


def last_day(day: date) -> date:
    """The last day of the month of `day`."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def add_months(first_of_month: date, months: int) -> date:
    """The first day of the month that lies `months` after that of `first_of_month`."""
    count = first_of_month.year * 12 + first_of_month.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def financial_year_start(day: date) -> int:
    """The calendar year in which the financial year (April to March) of `day` began."""
    return day.year if day.month >= FINANCIAL_YEAR_FIRST_MONTH else day.year - 1


def financial_year_label(day: date) -> str:
    """The financial year of `day` as papers print it: `2015/16`."""
    first = financial_year_start(day)
    return f"{first}/{(first + 1) % 100:02d}"


def quarter_number(day: date) -> int:
    """The quarter of the financial year that `day` lies in, 1 (April to June) to 4 (January to March)."""
    return (day.month - FINANCIAL_YEAR_FIRST_MONTH) % 12 // 3 + 1


def month(year: int, number: int) -> Period:
    """The calendar month `number` (1 to 12) of `year`."""
    first = date(year, number, 1)
    return Period(last_day(first), first, PeriodKind.MONTH)


def quarter(first_year: int, number: int) -> Period:
    """Quarter `number` (1 to 4) of the financial year that begins in April of `first_year`."""
    first = add_months(date(first_year, FINANCIAL_YEAR_FIRST_MONTH, 1), 3 * (number - 1))
    return Period(last_day(add_months(first, 2)), first, PeriodKind.QUARTER)


def quarter_of(day: date) -> Period:
    """The quarter of the financial year that `day` lies in."""
    return quarter(financial_year_start(day), quarter_number(day))


def half_year(first_year: int, number: int) -> Period:
    """Half `number` (1 April to September, 2 October to March) of the financial year from `first_year`."""
    first = add_months(date(first_year, FINANCIAL_YEAR_FIRST_MONTH, 1), 6 * (number - 1))
    return Period(last_day(add_months(first, 5)), first, PeriodKind.HALF_YEAR)


def financial_year(first_year: int) -> Period:
    """1 April of `first_year` to 31 March of the year after."""
    return Period(date(first_year + 1, 3, 31), date(first_year, 4, 1), PeriodKind.FINANCIAL_YEAR)


def academic_year(first_year: int) -> Period:
    """The year of schools that begins in September of `first_year`."""
    return span(date(first_year, 9, 1), date(first_year + 1, 8, 31))


def calendar_year(year: int) -> Period:
    """1 January to 31 December of `year`."""
    return Period(date(year, 12, 31), date(year, 1, 1), PeriodKind.CALENDAR_YEAR)


def twelve_months_to(year: int, number: int) -> Period:
    """The 12 months that end with calendar month `number` of `year`."""
    end = last_day(date(year, number, 1))
    return Period(end, add_months(end.replace(day=1), -11), PeriodKind.TWELVE_MONTHS)


def span(start: date, end: date) -> Period:
    """Any other run of days; whole months of a known length take their own kind."""
    if start.day == 1 and end == last_day(end):
        length = (end.year - start.year) * 12 + end.month - start.month + 1
        if length == 1:
            return month(end.year, end.month)
        if length == 3 and start.month % 3 == 1:
            return Period(end, start, PeriodKind.QUARTER)
        if length == 6 and start.month in (4, 10):
            return Period(end, start, PeriodKind.HALF_YEAR)
        if length == 12:
            if start.month == FINANCIAL_YEAR_FIRST_MONTH:
                return Period(end, start, PeriodKind.FINANCIAL_YEAR)
            if start.month == 1:
                return Period(end, start, PeriodKind.CALENDAR_YEAR)
            return Period(end, start, PeriodKind.TWELVE_MONTHS)
    return Period(end, start, PeriodKind.SPAN)


def snapshot(day: date) -> Period:
    """The state at the end of one day."""
    return Period(day, day, PeriodKind.SNAPSHOT)


def in_words(day: date) -> str:
    """A date as papers print it: `31 December 2015`."""
    return f"{day.day} {MONTH_NAMES[day.month]} {day.year}"


def with_weekday(day: date) -> str:
    """A date with the day of the week, as agendas print it: `Wednesday 23 March 2016`."""
    return f"{WEEKDAY_NAMES[day.weekday()]} {in_words(day)}"


def moment_in_words(moment: datetime) -> str:
    """A day with its time, as papers print it: `26 February 2016, 2.32 pm`."""
    half = "am" if moment.hour < 12 else "pm"
    return f"{in_words(moment.date())}, {moment.hour % 12 or 12}.{moment.minute:02d} {half}"
