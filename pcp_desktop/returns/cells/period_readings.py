"""What each way of writing a period means, once its parts are known; how they are written is for period_forms.

Each takes the match of its form, whose groups are the parts, and the period of an outer heading where the form needs
one; each gives None where the parts make up no period.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from pcp_desktop.domain import periods
from pcp_desktop.domain.periods import Period, PeriodKind, add_months, last_day, span

FIRST_YEAR, LAST_YEAR = 1900, 2079
_CENTURY_TURNS = 60
_APRIL = 4
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
YEAR = r"(?:19\d\d|20\d\d|['’]?\d\d)"
DAY = r"\d{1,2}(?:st|nd|rd|th)?"
WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
GAP = r"[\s\-–/.,:_]*"
NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "nine": 9}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_NAMED_DAY = re.compile(rf"{WEEKDAY}(?P<day>{DAY})[\s-]+(?P<month>{MONTH}){GAP}(?P<year>{YEAR})", re.IGNORECASE)
_NUMBERED_DAY = re.compile(rf"(?P<day>\d{{1,2}})[/.-](?P<number>\d{{1,2}})[/.-](?P<year>{YEAR})")
_ISO_DAY = re.compile(r"(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)")


def of_day(day: date) -> Period | None:
    """The period that a stored date means: its month where it is the first or last of one, else the day."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return None
    if day.day == 1 or day == last_day(day):
        return periods.month(day.year, day.month)
    return periods.snapshot(day)


def _month_number(text: str) -> int:
    return _MONTHS.index(text[:3].lower()) + 1


def _year(text: str) -> int:
    digits = text.strip("'’ ")
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (2000 if int(digits) < _CENTURY_TURNS else 1900)


def _financial_start(text: str) -> int | None:
    first, second = re.split(r"\s*[/–—-]\s*", text.strip())
    start = _year(first)
    following = _year(second) if len(second) == 4 else int(second)
    return start if following in (start + 1, (start + 1) % 10 ** len(second)) else None


def _in_year(number: int, context: Period | None) -> int | None:
    """The calendar year in which the month `number` of `context` lies, if it has exactly one such month."""
    if context is None or context.months > 12 or context.kind is PeriodKind.SNAPSHOT:
        return None
    return next(
        (
            year
            for year in range(context.start.year, context.end.year + 1)
            if context.start <= date(year, number, 1) <= context.end
        ),
        None,
    )


def month_year(found: re.Match[str], _context: Period | None) -> Period | None:
    """A month with its year."""
    return periods.month(_year(found["year"]), _month_number(found["month"]))


def month_alone(found: re.Match[str], context: Period | None) -> Period | None:
    """A month of the year that an outer heading says."""
    number = _month_number(found["month"])
    year = _in_year(number, context)
    return periods.month(year, number) if year else None


def financial(found: re.Match[str], _context: Period | None) -> Period | None:
    """A year of finance by its two years."""
    start = _financial_start(found["financial"])
    return periods.financial_year(start) if start is not None else None


def academic(found: re.Match[str], _context: Period | None) -> Period | None:
    """A year of schools by its two years: September to August."""
    start = _financial_start(found["financial"])
    return periods.academic_year(start) if start is not None else None


def month_of_financial(found: re.Match[str], context: Period | None) -> Period | None:
    """A month of a year of finance: `April 2023/24`."""
    year = financial(found, context)
    return month_alone(found, year) if year is not None else None


def calendar(found: re.Match[str], _context: Period | None) -> Period | None:
    """A calendar year."""
    return periods.calendar_year(_year(found["year"]))


def _which(found: re.Match[str]) -> int:
    written = found["which"]
    return ORDINALS[written] if written in ORDINALS else int(written)


def quarter(found: re.Match[str], context: Period | None) -> Period | None:
    """A numbered quarter of the year beside it, else of an outer heading."""
    groups = found.groupdict()
    if groups.get("financial"):
        start = _financial_start(found["financial"])
        return periods.quarter(start, _which(found)) if start is not None else None
    if groups.get("year"):
        first = add_months(date(_year(found["year"]), 1, 1), 3 * (_which(found) - 1))
        return span(first, last_day(add_months(first, 2)))
    if context is None:
        return None
    if context.kind is PeriodKind.FINANCIAL_YEAR:
        return periods.quarter(context.start.year, _which(found))
    if context.kind is PeriodKind.CALENDAR_YEAR:
        first = add_months(context.start, 3 * (_which(found) - 1))
        return span(first, last_day(add_months(first, 2)))
    return None


def half(found: re.Match[str], context: Period | None) -> Period | None:
    """A numbered half of the year beside it, else of an outer heading."""
    groups = found.groupdict()
    if groups.get("financial"):
        start = _financial_start(found["financial"])
        return periods.half_year(start, _which(found)) if start is not None else None
    if groups.get("year"):
        return _calendar_half(_year(found["year"]), _which(found))
    if context is not None and context.kind is PeriodKind.FINANCIAL_YEAR:
        return periods.half_year(context.start.year, _which(found))
    if context is not None and context.kind is PeriodKind.CALENDAR_YEAR:
        return _calendar_half(context.start.year, _which(found))
    return None


def _calendar_half(year: int, which: int) -> Period:
    first = date(year, 6 * which - 5, 1)
    return span(first, last_day(add_months(first, 5)))


def twelve_months(found: re.Match[str], _context: Period | None) -> Period | None:
    """The rolling twelve months to a month."""
    return periods.twelve_months_to(_year(found["year"]), _month_number(found["month"]))


def year_to(found: re.Match[str], _context: Period | None) -> Period | None:
    """The year that ends with a month."""
    end = twelve_months(found, None)
    return span(end.start, end.end) if end else None


def quarter_to(found: re.Match[str], _context: Period | None) -> Period | None:
    """The three months that end with a month."""
    end = date(_year(found["year"]), _month_number(found["month"]), 1)
    return span(add_months(end, -2), last_day(end))


def half_to(found: re.Match[str], _context: Period | None) -> Period | None:
    """The six months that end with a month."""
    end = date(_year(found["year"]), _month_number(found["month"]), 1)
    return span(add_months(end, -5), last_day(end))


def quarters_to(found: re.Match[str], _context: Period | None) -> Period | None:
    """Several quarters of a year of finance: `Q1-Q3 2023/24`."""
    start, first, last = _financial_start(found["financial"]), int(found["from"]), int(found["until"])
    if start is None or first >= last:
        return None
    return span(periods.quarter(start, first).start, periods.quarter(start, last).end)


def months_listed(found: re.Match[str], _context: Period | None) -> Period | None:
    """Months that follow one another, each named: `Oct, Nov and Dec 2023`."""
    numbers = [_month_number(name) for name in re.findall(MONTH, found["months"], re.IGNORECASE)]
    end = date(_year(found["year"]), numbers[-1], 1)
    start = add_months(end, 1 - len(numbers))
    follow = [add_months(start, step).month for step in range(len(numbers))]
    return span(start, last_day(end)) if numbers == follow else None


def first_months(found: re.Match[str], _context: Period | None) -> Period | None:
    """The first months of a year of finance by their number: `2023/24 (9 months)`."""
    start, count = _financial_start(found["financial"]), int(found["count"])
    if start is None or not 1 < count < 12:
        return None
    first = periods.financial_year(start).start
    return span(first, last_day(add_months(first, count - 1)))


def year_of_finance_so_far(found: re.Match[str], _context: Period | None) -> Period | None:
    """The year of finance up to a month: `YTD Dec 2023`, `Cumulative to December 2023`."""
    number, year = _month_number(found["month"]), _year(found["year"])
    return span(periods.financial_year(year - (number < _APRIL)).start, last_day(date(year, number, 1)))


def some_months_to(found: re.Match[str], _context: Period | None) -> Period | None:
    """So many months that end with one."""
    written = found["count"].lower()
    count = NUMBERS[written] if written in NUMBERS else int(written)
    end = date(_year(found["year"]), _month_number(found["month"]), 1)
    return span(add_months(end, 1 - count), last_day(end)) if 1 < count <= 60 else None


def financial_to(found: re.Match[str], _context: Period | None) -> Period | None:
    """The year of finance that ends in a year."""
    return periods.financial_year(_year(found["year"]) - 1)


def middle(found: re.Match[str], _context: Period | None) -> Period | None:
    """The middle of a year: 30 June."""
    return periods.snapshot(date(_year(found["year"]), 6, 30))


def numeric_month(found: re.Match[str], _context: Period | None) -> Period | None:
    """A month by its number."""
    number = int(found["number"])
    return periods.month(_year(found["year"]), number) if 1 <= number <= 12 else None


def week(found: re.Match[str], _context: Period | None) -> Period | None:
    """The seven days that end, or begin, with a day."""
    said = parse_day(found["rest"])
    if said is None:
        return None
    ends = found["which"].lower().startswith(("e", "/e"))
    return span(said - timedelta(days=6), said) if ends else span(said, said + timedelta(days=6))


def parse_day(text: str) -> date | None:
    """The day that text says by day, month and year, in words or numbers."""
    plain = " ".join(text.split())
    for form in (_NAMED_DAY, _NUMBERED_DAY, _ISO_DAY):
        found = form.fullmatch(plain)
        if found is None:
            continue
        groups = found.groupdict()
        number = _month_number(groups["month"]) if groups.get("month") else int(groups["number"])
        try:
            return date(_year(groups["year"]), number, int(re.sub(r"\D", "", groups["day"])))
        except ValueError:
            return None
    return None


def between_dates(found: re.Match[str], _context: Period | None) -> Period | None:
    """The days from one date to another."""
    start, end = parse_day(found["from"]), parse_day(found["until"])
    return span(start, end) if start and end and start < end else None


def years_to(found: re.Match[str], _context: Period | None) -> Period | None:
    """Two years: those of finance where the second follows the first, else all from the first to the second."""
    first = _year(found["first"])
    written = found["last"]
    last = int(written) if len(written) == 4 else first - first % 100 + int(written)
    if last == first + 1:
        return periods.financial_year(first)
    return span(date(first, 1, 1), date(last, 12, 31)) if first < last <= first + 10 else None


def financial_years_to(found: re.Match[str], _context: Period | None) -> Period | None:
    """From one financial year to another: `2014/15 - 16/17`."""
    first, last = _financial_start(found["first"]), _financial_start(found["last"])
    if first is None or last is None or not first < last <= first + 10:
        return None
    return span(periods.financial_year(first).start, periods.financial_year(last).end)


def year_so_far(found: re.Match[str], _context: Period | None) -> Period | None:
    """A year up to one of its months: `2015/16 (to December)`, `2017 (to 30 September)`."""
    if "/" in found["whole"] or "-" in found["whole"]:
        start = _financial_start(found["whole"])
        year = periods.financial_year(start) if start is not None else None
    else:
        year = periods.calendar_year(_year(found["whole"]))
    number = _month_number(found["month"])
    last = _in_year(number, year)
    return span(year.start, last_day(date(last, number, 1))) if year and last else None


def _day_of(found: re.Match[str], ending: str = "") -> date | None:
    try:
        number = int(re.sub(r"\D", "", found[f"day{ending}"]))
        return date(_year(found[f"year{ending}"]), _month_number(found[f"month{ending}"]), number)
    except ValueError:
        return None


def snapshot(found: re.Match[str], _context: Period | None) -> Period | None:
    """A day with its month by name."""
    day = _day_of(found)
    return periods.snapshot(day) if day else None


def snapshot_of_month(found: re.Match[str], _context: Period | None) -> Period | None:
    """The last day of a month."""
    return periods.snapshot(last_day(date(_year(found["year"]), _month_number(found["month"]), 1)))


def numeric_day(found: re.Match[str], _context: Period | None) -> Period | None:
    """A day in numbers, day first."""
    try:
        return of_day(date(_year(found["year"]), int(found["number"]), int(found["day"])))
    except ValueError:
        return None


def iso_day(found: re.Match[str], context: Period | None) -> Period | None:
    """A day in numbers, year first."""
    return numeric_day(found, context)


def between_months(found: re.Match[str], context: Period | None) -> Period | None:
    """The months from one to another."""
    last_number, first_number = _month_number(found["last"]), _month_number(found["first"])
    groups = found.groupdict()
    if groups.get("year"):
        end_year = _year(found["year"])
    elif groups.get("financial"):
        start = _financial_start(found["financial"])
        if start is None:
            return None
        end_year = start if last_number >= _APRIL else start + 1
    else:
        in_context = _in_year(last_number, context)
        if in_context is None:
            return None
        end_year = in_context
    start_year = _year(groups["early"]) if groups.get("early") else end_year - (first_number > last_number)
    start_day, end_day = date(start_year, first_number, 1), last_day(date(end_year, last_number, 1))
    return span(start_day, end_day) if start_day < end_day and end_day.year - start_day.year < 10 else None


def between_days(found: re.Match[str], _context: Period | None) -> Period | None:
    """The days from one to another, months by name."""
    end = _day_of(found, "2")
    if end is None:
        return None
    early = found["year"] or str(end.year)
    try:
        start = date(_year(early), _month_number(found["month"]), int(re.sub(r"\D", "", found["day"])))
    except ValueError:
        return None
    return span(start, end) if start < end else None
