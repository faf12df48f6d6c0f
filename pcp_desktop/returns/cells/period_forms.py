"""The ways in which people write a period in a whole cell; how cells are read together belongs in periods."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from pcp_desktop.domain.periods import (
    Period,
    PeriodKind,
    academic_year,
    add_months,
    calendar_year,
    financial_year,
    half_year,
    last_day,
    month,
    quarter,
    snapshot,
    span,
    twelve_months_to,
)

FIRST_YEAR, LAST_YEAR = 1900, 2079
_CENTURY_TURNS = 60
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?:19\d\d|20\d\d|['’]?\d\d)"
_FULL_YEAR = r"(?:19|20)\d\d"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
_FINANCIAL = r"(?:(?:19|20)\d\d\s*[/–—-]\s*(?:(?:19|20)\d\d|\d\d)|\d\d\s*/\s*\d\d)"
_TO = r"\s*(?:-|–|—|to|until|through)\s*"
_GAP = r"[\s\-–/.,_]*"
_TWELVE = r"(?:(?:rolling\s+)?(?:12|twelve)[\s-]*(?:months?|mths?|m)\b\.?|\br\s?12m?\b)"
_ENDING = r"\s*(?:to|ending|ended|end|up to)(?:\s+the\s+end\s+of)?:?\s+"
_ENDING_OR_NOT = rf"(?:{_ENDING}|\s+)"
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "nine": 9}
_NUMBER = "|".join(_NUMBERS)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_ORDINAL = "|".join(_ORDINALS)

Reading = Callable[[re.Match[str], Period | None], Period | None]


def of_day(day: date) -> Period | None:
    """The period that a stored date means: its month where it is the first or last of one, else the day."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return None
    if day.day == 1 or day == last_day(day):
        return month(day.year, day.month)
    return snapshot(day)


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
    return start if following in (start + 1, (start + 1) % 100) else None


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


def _month_year(found: re.Match[str], _context: Period | None) -> Period | None:
    return month(_year(found["year"]), _month_number(found["month"]))


def _month_alone(found: re.Match[str], context: Period | None) -> Period | None:
    number = _month_number(found["month"])
    year = _in_year(number, context)
    return month(year, number) if year else None


def _financial(found: re.Match[str], _context: Period | None) -> Period | None:
    start = _financial_start(found["financial"])
    return financial_year(start) if start is not None else None


def _academic(found: re.Match[str], _context: Period | None) -> Period | None:
    start = _financial_start(found["financial"])
    return academic_year(start) if start is not None else None


def _calendar(found: re.Match[str], _context: Period | None) -> Period | None:
    return calendar_year(_year(found["year"]))


def _which(found: re.Match[str]) -> int:
    written = found["which"]
    return _ORDINALS[written] if written in _ORDINALS else int(written)


def _quarter(found: re.Match[str], context: Period | None) -> Period | None:
    groups = found.groupdict()
    if groups.get("financial"):
        start = _financial_start(found["financial"])
        return quarter(start, _which(found)) if start is not None else None
    if groups.get("year"):
        first = add_months(date(_year(found["year"]), 1, 1), 3 * (_which(found) - 1))
        return span(first, last_day(add_months(first, 2)))
    if context is None:
        return None
    if context.kind is PeriodKind.FINANCIAL_YEAR:
        return quarter(context.start.year, _which(found))
    if context.kind is PeriodKind.CALENDAR_YEAR:
        first = add_months(context.start, 3 * (_which(found) - 1))
        return span(first, last_day(add_months(first, 2)))
    return None


def _half(found: re.Match[str], context: Period | None) -> Period | None:
    groups = found.groupdict()
    if groups.get("financial"):
        start = _financial_start(found["financial"])
        return half_year(start, _which(found)) if start is not None else None
    if groups.get("year"):
        return _calendar_half(_year(found["year"]), _which(found))
    if context is not None and context.kind is PeriodKind.FINANCIAL_YEAR:
        return half_year(context.start.year, _which(found))
    if context is not None and context.kind is PeriodKind.CALENDAR_YEAR:
        return _calendar_half(context.start.year, _which(found))
    return None


def _calendar_half(year: int, which: int) -> Period:
    first = date(year, 6 * which - 5, 1)
    return span(first, last_day(add_months(first, 5)))


def _twelve_months(found: re.Match[str], _context: Period | None) -> Period | None:
    return twelve_months_to(_year(found["year"]), _month_number(found["month"]))


def _year_to(found: re.Match[str], _context: Period | None) -> Period | None:
    end = _twelve_months(found, None)
    return span(end.start, end.end) if end else None


def _quarter_to(found: re.Match[str], _context: Period | None) -> Period | None:
    end = date(_year(found["year"]), _month_number(found["month"]), 1)
    return span(add_months(end, -2), last_day(end))


def _some_months_to(found: re.Match[str], _context: Period | None) -> Period | None:
    written = found["count"].lower()
    count = _NUMBERS[written] if written in _NUMBERS else int(written)
    end = date(_year(found["year"]), _month_number(found["month"]), 1)
    return span(add_months(end, 1 - count), last_day(end)) if 1 < count <= 60 else None


def _financial_to(found: re.Match[str], _context: Period | None) -> Period | None:
    return financial_year(_year(found["year"]) - 1)


def _middle(found: re.Match[str], _context: Period | None) -> Period | None:
    return snapshot(date(_year(found["year"]), 6, 30))


def _numeric_month(found: re.Match[str], _context: Period | None) -> Period | None:
    number = int(found["number"])
    return month(_year(found["year"]), number) if 1 <= number <= 12 else None


def _week(found: re.Match[str], _context: Period | None) -> Period | None:
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


def _between_dates(found: re.Match[str], _context: Period | None) -> Period | None:
    start, end = parse_day(found["from"]), parse_day(found["until"])
    return span(start, end) if start and end and start < end else None


def _years_to(found: re.Match[str], _context: Period | None) -> Period | None:
    """Two years: those of finance where the second follows the first, else all from the first to the second."""
    first = _year(found["first"])
    written = found["last"]
    last = int(written) if len(written) == 4 else first - first % 100 + int(written)
    if last == first + 1:
        return financial_year(first)
    return span(date(first, 1, 1), date(last, 12, 31)) if first < last <= first + 10 else None


def _financial_years_to(found: re.Match[str], _context: Period | None) -> Period | None:
    """From one financial year to another: `2014/15 - 16/17`."""
    first, last = _financial_start(found["first"]), _financial_start(found["last"])
    if first is None or last is None or not first < last <= first + 10:
        return None
    return span(financial_year(first).start, financial_year(last).end)


def _year_so_far(found: re.Match[str], _context: Period | None) -> Period | None:
    """A year up to one of its months: `2015/16 (to December)`, `2017 (to 30 September)`."""
    if "/" in found["whole"] or "-" in found["whole"]:
        start = _financial_start(found["whole"])
        year = financial_year(start) if start is not None else None
    else:
        year = calendar_year(_year(found["whole"]))
    number = _month_number(found["month"])
    last = _in_year(number, year)
    return span(year.start, last_day(date(last, number, 1))) if year and last else None


def _quarter_of_months(found: re.Match[str], context: Period | None) -> Period | None:
    """A numbered quarter and its months, which say more exactly which it is: `Q4 (Jan to Mar) 2016`."""
    for pattern, reading in MONTHS_BETWEEN:
        months = pattern.fullmatch(" ".join(found["rest"].strip(" :-–").split()))
        period = reading(months, context) if months else None
        if period is not None and period.months == 3:
            return period
    return None


def _day_of(found: re.Match[str], ending: str = "") -> date | None:
    try:
        number = int(re.sub(r"\D", "", found[f"day{ending}"]))
        return date(_year(found[f"year{ending}"]), _month_number(found[f"month{ending}"]), number)
    except ValueError:
        return None


def _snapshot(found: re.Match[str], _context: Period | None) -> Period | None:
    day = _day_of(found)
    return snapshot(day) if day else None


def _snapshot_of_month(found: re.Match[str], _context: Period | None) -> Period | None:
    return snapshot(last_day(date(_year(found["year"]), _month_number(found["month"]), 1)))


def _numeric_day(found: re.Match[str], _context: Period | None) -> Period | None:
    try:
        return of_day(date(_year(found["year"]), int(found["number"]), int(found["day"])))
    except ValueError:
        return None


def _iso_day(found: re.Match[str], context: Period | None) -> Period | None:
    return _numeric_day(found, context)


def _between_months(found: re.Match[str], context: Period | None) -> Period | None:
    last_number, first_number = _month_number(found["last"]), _month_number(found["first"])
    groups = found.groupdict()
    if groups.get("year"):
        end_year = _year(found["year"])
    elif groups.get("financial"):
        start = _financial_start(found["financial"])
        if start is None:
            return None
        end_year = start if last_number >= 4 else start + 1
    else:
        in_context = _in_year(last_number, context)
        if in_context is None:
            return None
        end_year = in_context
    start_year = _year(groups["early"]) if groups.get("early") else end_year - (first_number > last_number)
    start_day, end_day = date(start_year, first_number, 1), last_day(date(end_year, last_number, 1))
    return span(start_day, end_day) if start_day < end_day and end_day.year - start_day.year < 10 else None


def _between_days(found: re.Match[str], _context: Period | None) -> Period | None:
    end = _day_of(found, "2")
    if end is None:
        return None
    early = found["year"] or str(end.year)
    try:
        start = date(_year(early), _month_number(found["month"]), int(re.sub(r"\D", "", found["day"])))
    except ValueError:
        return None
    return span(start, end) if start < end else None


_M, _Y, _F = rf"(?P<month>{_MONTH})", rf"(?P<year>{_YEAR})", rf"(?P<financial>{_FINANCIAL})"
_D = rf"(?P<day>{_DAY})"
_Q = rf"(?:q(?:uarter|tr)?\.?\s*(?P<which>[1-4])|(?P<which>{_ORDINAL})\s+(?:quarter|qtr))"
_H = rf"(?:h(?:alf)?(?:[\s-]*year)?\s*(?P<which>[12])|(?P<which>{_ORDINAL})\s+half(?:[\s-]*year)?)"
_ASIDE = r"\s*(?:\([^()]*\))?"


def _forms() -> list[tuple[str, Reading]]:
    last_first = rf"(?P<first>{_MONTH})"
    last = rf"(?P<last>{_MONTH})"
    forms: list[tuple[str, Reading]] = [
        (rf"{_TWELVE}{_ENDING}(?:{_DAY}\s+)?{_M}{_GAP}{_Y}", _twelve_months),
        (rf"(?:the\s+)?(?:years?|yr|ye|y/e){_ENDING_OR_NOT}(?:{_DAY}\s+)?{_M}{_GAP}{_Y}", _year_to),
        (rf"(?:the\s+)?(?:quarter|qtr){_ENDING}(?:{_DAY}\s+)?{_M}{_GAP}{_Y}", _quarter_to),
        (rf"(?:qe|q/e){_ENDING_OR_NOT}(?:{_DAY}\s+)?{_M}{_GAP}{_Y}", _quarter_to),
        (rf"(?:the\s+)?month{_ENDING}(?:{_DAY}\s+)?{_M}{_GAP}{_Y}", _month_year),
        (rf"(?P<count>\d\d?|{_NUMBER})\s+months?{_ENDING}(?:{_DAY}\s+)?{_M}{_GAP}{_Y}", _some_months_to),
        (rf"(?:fye|financial\s+year(?:{_ENDING}|\s+)(?:(?:{_DAY}\s+)?march\s+)?)\s*{_Y}", _financial_to),
        (rf"(?:financial\s+year|fy|years?)?:?\s*{_F}(?:\s+(?:financial\s+year|fy))?", _financial),
        (rf"(?:academic|school)\s+year:?\s*{_F}", _academic),
        (rf"{_F}\s+(?:academic|school)\s+year", _academic),
        (rf"(?P<first>{_FINANCIAL}){_TO}(?P<last>{_FINANCIAL})", _financial_years_to),
        (rf"(?:f?ytd\s+)?(?P<whole>{_FINANCIAL}|{_FULL_YEAR})\s*\(?(?:up\s+)?to\s+(?:{_DAY}\s+)?{_M}"
         rf"(?:{_GAP}{_YEAR})?\)?", _year_so_far),
        (r"mid[\s-]*(?:year\s+)?(?P<year>(?:19|20)\d\d)", _middle),
        (r"(?P<year>(?:19|20)\d\d)[-/](?P<number>0[1-9]|1[0-2])", _numeric_month),
        (r"(?P<number>\d{1,2})/(?P<year>(?:19|20)\d\d)", _numeric_month),
        (r"w(?:eek)?s?[\s/-]*(?P<which>end(?:ing|ed)?|e|c|commencing|beginning|starting):?\s+(?P<rest>.+)", _week),
        (rf"(?:from\s+)?(?P<from>\S+){_TO}(?P<until>\S+)", _between_dates),
        (r"(?P<first>(?:19|20)\d\d)\s*(?:to|-|–)\s*(?P<last>(?:19|20)\d\d|\d\d)", _years_to),
        (r"(?:q(?:uarter|tr)?\.?\s*[1-4])\W*(?P<rest>.+)", _quarter_of_months),
        (rf"(?:(?:the\s+)?month\s+of\s+|(?:19|20)\d\d(?:0[1-9]|1[0-2])\s+)?{_M}{_GAP}{_Y}", _month_year),
        (rf"{_Y}\s+{_M}", _month_year),
        (rf"(?P<year>(?:19|20)\d\d)[-/ ]?{_M}", _month_year),
        (rf"{last_first}{_GAP}(?P<early>{_YEAR}){_TO}{last}{_GAP}{_Y}", _between_months),
        (rf"{last_first}{_TO}{last}{_GAP}{_F}", _between_months),
        (rf"{last_first}{_TO}{last}{_GAP}{_Y}", _between_months),
        (rf"{last_first}{_TO}{last}", _between_months),
        (rf"{_Y}{_GAP}{last_first}{_TO}{last}", _between_months),
        (rf"{_F}{_GAP}{last_first}{_TO}{last}", _between_months),
        (rf"(?:from\s+)?{_D}\s+{_M}(?:{_GAP}{_Y})?{_TO}(?P<day2>{_DAY})\s+(?P<month2>{_MONTH}){_GAP}(?P<year2>{_YEAR})",
         _between_days),
        (rf"(?:as\s+at|as\s+of|at|on)?:?\s*{_WEEKDAY}{_D}[\s-]+{_M}{_GAP}{_Y}", _snapshot),
        (rf"(?:as\s+at|as\s+of|at):?\s+(?:end\s+(?:of\s+)?)?{_M}{_GAP}{_Y}", _snapshot_of_month),
        (rf"(?:as\s+at\s+)?(?P<day>\d{{1,2}})[/.](?P<number>\d{{1,2}})[/.]{_Y}", _numeric_day),
        (r"(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)", _iso_day),
        (r"(?:calendar\s+year\s+|year\s+)?(?P<year>(?:19|20)\d\d)(?:\s+calendar\s+year)?", _calendar),
        (rf"{_M}", _month_alone),
    ]  # fmt: skip
    for alternative, reading in ((_Q, _quarter), (_H, _half)):
        for piece in _alternatives(alternative):
            forms += [
                (rf"{piece}{_ASIDE}{_GAP}(?:of\s+|fy\s*)?{_F}{_ASIDE}", reading),
                (rf"(?:fy\s*|financial\s+year\s+)?{_F}{_GAP}{piece}{_ASIDE}", reading),
                (rf"{piece}{_GAP}(?:of\s+)?(?P<year>(?:19|20)\d\d)", reading),
                (rf"(?P<year>(?:19|20)\d\d){_GAP}{piece}", reading),
                (rf"{piece}{_ASIDE}", reading),
            ]
    return forms


def _alternatives(pattern: str) -> tuple[str, str]:
    """The two ways to write a numbered part, apart, because a group may be named only once in a pattern."""
    digits, _, words = pattern.removeprefix("(?:").removesuffix(")").partition("|(?P<which>")
    return digits, f"(?P<which>{words}"


FORMS = [(re.compile(pattern, re.IGNORECASE), reading) for pattern, reading in _forms()]
"""The ways to write a period in a whole cell, in the order in which they are tried."""
ANY_FORM = re.compile("|".join(re.sub(r"\(\?P<\w+>", "(?:", form.pattern) for form, _ in FORMS), re.IGNORECASE)
"""All of them in one, for nearly every cell is written in none."""
MONTHS_BETWEEN = [(pattern, reading) for pattern, reading in FORMS if reading is _between_months]
_NAMED_DAY = re.compile(rf"{_WEEKDAY}{_D}[\s-]+{_M}{_GAP}{_Y}", re.IGNORECASE)
_NUMBERED_DAY = re.compile(rf"(?P<day>\d{{1,2}})[/.-](?P<number>\d{{1,2}})[/.-]{_Y}")
_ISO_DAY = re.compile(r"(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)")

SEARCHED_LONG = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_TWELVE}{_ENDING}(?:{_DAY}\s+)?{_MONTH}{_GAP}{_YEAR}\b",
        rf"\b(?:\d\d?|{_NUMBER})\s+months?{_ENDING}(?:{_DAY}\s+)?{_MONTH}{_GAP}{_FULL_YEAR}\b",
        rf"\b(?:year|quarter|week){_ENDING}(?:{_DAY}\s+)?{_MONTH}{_GAP}{_FULL_YEAR}\b",
        rf"\bfinancial year{_ENDING}(?:(?:{_DAY}\s+)?March\s+)?{_FULL_YEAR}\b",
        rf"\b{_DAY}\s+{_MONTH}(?:\s+{_FULL_YEAR})?{_TO}{_DAY}\s+{_MONTH}\s+{_FULL_YEAR}\b",
        rf"\b{_MONTH}(?:[\s-]*{_FULL_YEAR})?{_TO}{_MONTH}[\s-]*{_FULL_YEAR}\b",
        rf"\b(?:Q|Quarter\s+|Qtr\s*)[1-4]\b{_GAP}(?:of\s+)?{_FINANCIAL}(?![\d/])",
        rf"\b{_FULL_YEAR}\s*[/–-]\s*(?:{_FULL_YEAR}|\d\d)\W*(?:Q|Quarter\s+|Qtr\s*)[1-4]\b",
        rf"\b(?:{_ORDINAL})\s+(?:quarter|half)(?:\s+of)?\s+{_FINANCIAL}",
        rf"\bH[12]\s+{_FINANCIAL}",
        rf"\b(?:academic|school)\s+year\s+{_FINANCIAL}(?![\d/])",
        rf"\b(?:as at|as of|at|on)\s+(?:{_DAY}\s+)?{_MONTH}\s+{_FULL_YEAR}\b",
        rf"(?<=[,:–-] ){_DAY}\s+{_MONTH}\s+{_FULL_YEAR}(?=\W*\Z|[:;,])",
        rf"\bmid[\s-](?:year\s+)?{_FULL_YEAR}\b",
    )
]
"""The periods that are looked for inside longer texts: those that say the most first."""
SEARCHED_SHORT = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\d/–-]){_FULL_YEAR}\s*[/–-]\s*(?:{_FULL_YEAR}|\d\d)(?![\d/–-])",
        rf"(?<!\d )(?<!\d)\b{_MONTH}[\s-]+{_FULL_YEAR}\b",
        rf"(?<![\d/–-])\b(?:Q|Quarter\s+)[1-4]\s+{_FULL_YEAR}\b",
        "|".join(rf"(?<![a-z] )\b{year} to {year + 1}\b" for year in range(FIRST_YEAR, LAST_YEAR)),
    )
]
