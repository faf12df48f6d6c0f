"""Reads the ways people write periods; what a period is belongs in domain.periods."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime

from pcp_desktop.domain.periods import (
    Period,
    PeriodKind,
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
from pcp_desktop.returns.marks import without_marks

FIRST_YEAR, LAST_YEAR = 1990, 2079
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?:19\d\d|20\d\d|['’]?\d\d)"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_FINANCIAL = r"(?:(?:19|20)\d\d\s*[/–—-]\s*(?:(?:19|20)\d\d|\d\d)|\d\d\s*/\s*\d\d)"
_TO = r"\s*(?:-|–|—|to|until|through)\s*"
_GAP = r"[\s\-–/.,]*"
_TWELVE = r"(?:rolling\s+)?(?:12|twelve)[\s-]*(?:months?|mths?|m)\b\.?"
_ENDING = r"\s*(?:to|ending|ended|end|up to)(?:\s+the\s+end\s+of)?\s+"
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_ORDINAL = "|".join(_ORDINALS)

Reading = Callable[[re.Match[str], Period | None], Period | None]


def parse(written: object, context: Period | None = None) -> Period | None:
    """The period that a whole cell says, or None where it says something else.

    `written` is the cell's value: text, a number (a year), or a date. `context` is the period of an outer heading,
    for what is no period alone: `Apr` or `Q3` under `2015/16`. Ages, weeks and publication notes are no periods.
    """
    if isinstance(written, datetime | date):
        return _of_day(written.date() if isinstance(written, datetime) else written)
    if isinstance(written, bool):
        return None
    if isinstance(written, float | int):
        whole = int(written) if float(written).is_integer() else 0
        return calendar_year(whole) if FIRST_YEAR <= whole <= LAST_YEAR else None
    if not isinstance(written, str):
        return None
    text = _plain(written)
    for pattern, reading in _WHOLE:
        found = pattern.fullmatch(text)
        if found:
            period = reading(found, context)
            if period is not None:
                return period
    return None


def find(text: str) -> Period | None:
    """The one period named inside a longer text such as a title; None where it names none or several."""
    plain = " ".join(text.split())
    for patterns in (_SEARCHED_LONG, _SEARCHED_SHORT):
        periods: list[Period] = []
        for pattern in patterns:
            periods.extend(
                period for found in pattern.finditer(plain) if (period := parse(found.group(0))) is not None
            )
            if periods:
                break
        distinct = set(periods)
        if len(distinct) == 1:
            return distinct.pop()
        if distinct:
            return None
    return None


def compose(headings: Sequence[object], context: Period | None = None) -> Period | None:
    """The period that several headings say together, the outermost first: `2015/16` over `Q3` over `Oct`.

    A heading that is no period is passed over. A month over a year (`Apr` over `2015`) is read as well. `context` is
    what a title says of the whole table.
    """
    known = context
    partial = ""
    for heading in headings:
        period = parse(heading, known)
        if period is None and isinstance(heading, str):
            period = find(heading) if len(heading) > 4 else None
            if period is None and is_partial(heading):
                partial = heading
                continue
        if period is None:
            continue
        if partial and (joined := parse(partial, period)) is not None:
            period, partial = joined, ""
        narrower = known is context or known is None or known.contains(period)
        if narrower or period.kind is not PeriodKind.CALENDAR_YEAR:
            known = period
    return known


def bare_year(text: str) -> Period | None:
    """The one calendar year that a line names by its number alone; None where it names none or several."""
    years = {int(found) for found in re.findall(r"(?<![\w/£.,–-])(?:19|20)\d\d(?![\w/–-]|[.,]\d)", text)}
    inside = [year for year in years if FIRST_YEAR <= year <= LAST_YEAR]
    return calendar_year(inside[0]) if len(years) == 1 and inside else None


def is_partial(text: str) -> bool:
    """Whether text is part of a period, a month, quarter or half without its year."""
    return parse(text) is None and parse(text, financial_year(2015)) is not None


def is_unclear(text: str) -> bool:
    """Whether text is a numbered quarter of a single year (`Q1 2015`), which may be the calendar's or finance's."""
    return (
        re.fullmatch(r"(?:q(?:uarter|tr)?\.?\s*[1-4]\W*(?:19|20)\d\d|(?:19|20)\d\d\W*q[1-4])", _plain(text))
        is not None
    )


def _plain(text: str) -> str:
    bare = without_marks(" ".join(text.replace("\u00a0", " ").split())).text
    bare = re.sub(r"\s*[\[(](?:p|r|provisional|revised)[\])]\Z", "", bare, flags=re.IGNORECASE)
    bare = re.sub(r"((?:19|20)\d\d)\d\Z", r"\1", bare) if re.search(rf"{_MONTH}\s+20\d\d\d\Z", bare, re.I) else bare
    return bare.strip(" :;,").lower()


def _of_day(day: date) -> Period | None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return None
    if day.day == 1 or day == last_day(day):
        return month(day.year, day.month)
    return snapshot(day)


def _month_number(text: str) -> int:
    return _MONTHS.index(text[:3].lower()) + 1


def _year(text: str) -> int:
    digits = text.strip("'’ ")
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


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
    if context is not None and context.kind is PeriodKind.FINANCIAL_YEAR:
        return half_year(context.start.year, _which(found))
    return None


def _twelve_months(found: re.Match[str], _context: Period | None) -> Period | None:
    return twelve_months_to(_year(found["year"]), _month_number(found["month"]))


def _year_to(found: re.Match[str], _context: Period | None) -> Period | None:
    end = _twelve_months(found, None)
    return span(end.start, end.end) if end else None


def _quarter_to(found: re.Match[str], _context: Period | None) -> Period | None:
    end = date(_year(found["year"]), _month_number(found["month"]), 1)
    return span(add_months(end, -2), last_day(end))


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
        return _of_day(date(_year(found["year"]), int(found["number"]), int(found["day"])))
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
        (rf"(?:the\s+)?year{_ENDING}(?:{_DAY}\s+)?{_M}{_GAP}{_Y}", _year_to),
        (rf"(?:the\s+)?(?:quarter|qtr){_ENDING}(?:{_DAY}\s+)?{_M}{_GAP}{_Y}", _quarter_to),
        (rf"(?:the\s+)?month{_ENDING}(?:{_DAY}\s+)?{_M}{_GAP}{_Y}", _month_year),
        (rf"(?:financial\s+year|fy|year)?\s*{_F}", _financial),
        (rf"{_M}{_GAP}{_Y}", _month_year),
        (rf"{_Y}\s+{_M}", _month_year),
        (rf"(?P<year>(?:19|20)\d\d)[-/ ]?{_M}", _month_year),
        (rf"{last_first}{_GAP}(?P<early>{_YEAR}){_TO}{last}{_GAP}{_Y}", _between_months),
        (rf"{last_first}{_TO}{last}{_GAP}{_F}", _between_months),
        (rf"{last_first}{_TO}{last}{_GAP}{_Y}", _between_months),
        (rf"{last_first}{_TO}{last}", _between_months),
        (rf"(?:from\s+)?{_D}\s+{_M}(?:{_GAP}{_Y})?{_TO}(?P<day2>{_DAY})\s+(?P<month2>{_MONTH}){_GAP}(?P<year2>{_YEAR})",
         _between_days),
        (rf"(?:as\s+at|at|on)?\s*{_D}\s+{_M}{_GAP}{_Y}", _snapshot),
        (rf"(?:as\s+at|at)\s+(?:end\s+(?:of\s+)?)?{_M}{_GAP}{_Y}", _snapshot_of_month),
        (rf"(?:as\s+at\s+)?(?P<day>\d{{1,2}})[/.](?P<number>\d{{1,2}})[/.]{_Y}", _numeric_day),
        (r"(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)", _iso_day),
        (r"(?:calendar\s+year\s+|year\s+)?(?P<year>(?:19|20)\d\d)", _calendar),
        (rf"{_M}", _month_alone),
    ]  # fmt: skip
    for alternative, reading in ((_Q, _quarter), (_H, _half)):
        for piece in _alternatives(alternative):
            forms += [
                (rf"{piece}{_ASIDE}{_GAP}(?:of\s+|fy\s*)?{_F}{_ASIDE}", reading),
                (rf"(?:fy\s*)?{_F}{_GAP}{piece}{_ASIDE}", reading),
                (rf"{piece}{_GAP}(?:of\s+)?(?P<year>(?:19|20)\d\d)", reading),
                (rf"(?P<year>(?:19|20)\d\d){_GAP}{piece}", reading),
                (rf"{piece}{_ASIDE}", reading),
            ]
    return forms


def _alternatives(pattern: str) -> tuple[str, str]:
    """The two ways to write a numbered part, apart, because a group may be named only once in a pattern."""
    digits, _, words = pattern.removeprefix("(?:").removesuffix(")").partition("|(?P<which>")
    return digits, f"(?P<which>{words}"


_WHOLE = [(re.compile(pattern, re.IGNORECASE), reading) for pattern, reading in _forms()]
_SEARCHED_LONG = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_TWELVE}{_ENDING}(?:{_DAY}\s+)?{_MONTH}{_GAP}{_YEAR}\b",
        rf"\b(?:year|quarter){_ENDING}(?:{_DAY}\s+)?{_MONTH}{_GAP}(?:19|20)\d\d\b",
        rf"\b{_DAY}\s+{_MONTH}(?:\s+(?:19|20)\d\d)?{_TO}{_DAY}\s+{_MONTH}\s+(?:19|20)\d\d\b",
        rf"\b{_MONTH}(?:\s+(?:19|20)\d\d)?{_TO}{_MONTH}\s+(?:19|20)\d\d\b",
        rf"\b(?:Q|Quarter\s+|Qtr\s*)[1-4]\b{_GAP}(?:of\s+)?{_FINANCIAL}",
        rf"\b(?:{_ORDINAL})\s+(?:quarter|half)(?:\s+of)?\s+{_FINANCIAL}",
        rf"\bH[12]\s+{_FINANCIAL}",
        rf"\bas at\s+(?:{_DAY}\s+)?{_MONTH}\s+(?:19|20)\d\d\b",
    )
]
_SEARCHED_SHORT = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<![\d/])(?:19|20)\d\d\s*[/–-]\s*(?:(?:19|20)\d\d|\d\d)(?![\d/])",
        rf"(?<!\d )(?<!\d)\b{_MONTH}\s+(?:19|20)\d\d\b",
    )
]
