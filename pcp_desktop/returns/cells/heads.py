"""What the headings of a cell say: words, a period, a marker, that it is a total. Finds no tables."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from pcp_desktop.domain.observations import Marker
from pcp_desktop.domain.periods import Period, PeriodKind, academic_year, add_months, last_day, snapshot, span
from pcp_desktop.returns.cells import period_readings, periods, relative_periods
from pcp_desktop.returns.cells.marks import Legend, Marked, without_marks
from pcp_desktop.returns.cells.titles import text
from pcp_desktop.returns.files.workbook import CellValue

NOT_A_PERIOD = re.compile(
    r"\b(?:publish|publication|produced|extract|updated\b|update\b(?!\s+for\b)|printed|created|due\b|contact|version|began|since|before"
    r"|baseline|target|boundar|next\b|releas|copyright|download|accessed|prepared|correct(?:ed)? (?:at|on)|revised:"
    r"|from \w+ on\b|(?:act|order|regulations|rules),? (?:19|20)\d\d|(?:19|20)\d\d\)? ?(?:=|prices))|©",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\b(?:changes?|difference|variance)\b(?!.*\b(?:in|during|for)\b)"
    r"|\b(?:changes?|difference|variance|increase|decrease|growth)\b.*?\b(?:on|from|over|against|vs?|versus|between|to)\b"
    r"|\bcompared (?:to|with)\b",
    re.IGNORECASE,
)
"""A change is named by the periods that it is between, and is of neither."""
_COMPARED_WITH = re.compile(
    r"\b(?:compared (?:with|to)|versus|vs|(?:changes?|difference|increase|decrease) (?:from|on|since|over|against))"
    r"\W*\Z",
    re.IGNORECASE,
)
"""A group of comparisons: the periods under it are those that are compared with."""
_TOTAL = re.compile(r"\b(?:grand\s+|sub-?\s*)?(?:total|tot)\b\.?", re.IGNORECASE)
TO_DATE = re.compile(r"\b[a-z]?ytd\b|\b(?:year[ -])?to[ -]date\b|\byear so far\b", re.IGNORECASE)
"""A heading of running totals says so beside its period: they are not stored beside the figures that they sum."""
_AS_AT = re.compile(r"\Aas (?:at|of)\b|\bas (?:at|of)\W*\Z", re.IGNORECASE)
_ENDING = r"(?:to|end|ending|ended)"
_YEARS_TO_MONTH = re.compile(
    rf"\byears?\s+{_ENDING}\s+(?:the\s+)?(?:\d{{1,2}}(?:st|th)?\s+)?(?P<month>[a-z]{{3,9}})\b", re.I
)
_DAY_OF_YEAR = re.compile(
    r"(?:.*\b(?:at|on|of)\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?P<month>[a-z]{3,9})\b(?!\W*\d{4})", re.IGNORECASE
)
_BASELINE = re.compile(r"\bbaseline(?:\s+year)?\b", re.IGNORECASE)
_MONTH_END = re.compile(
    r"\b(?:month|quarter)s?(?:-|'s | )ends?\b|\bends? of (?:the |each |every )?(?:month|quarter)s?\b", re.IGNORECASE
)
_DAY_NAMED = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)?\s+[a-z]{3,9}\s+(?:19|20)\d\d\b", re.IGNORECASE)
_SORT = r"actuals?|out-?turn|number|no\.?|counts?|value|volume|vol\.?|rate|%|percentage|result|performance|data"
_BESIDE_SORT = re.compile(
    rf"(?P<sort>{_SORT})\W*\s(?P<after>.+)|(?P<before>.+?)\s\W*(?P<kind>{_SORT})\)?", re.IGNORECASE
)
"""A period with the sort of number that stands under it: `Apr-23 Actual`."""
_IN_BRACKETS = re.compile(r"(?P<name>.+?)\s*\((?P<part>[^()]+)\)")
_LETTERED = re.compile(r"(?P<period>.+?)\s?(?P<letter>[pr])", re.IGNORECASE)
_TWELVE_TO = re.compile(
    rf"(?<!\bto )(?<!\bat )(?<!\bof )(?<!\bby )\b(?:(?:12|twelve)\s+months|years?)\s+{_ENDING}(?:\s+month)?\W*\Z",
    re.IGNORECASE,
)
_QUARTER_TO = re.compile(rf"\b(?:(?:3|three)\s+months|quarters?)\s+{_ENDING}(?:\s+month)?\W*\Z", re.IGNORECASE)
_WEEK_TO = re.compile(rf"\bweeks?\s+{_ENDING}\b|\bw/?e\b", re.IGNORECASE)
_WEEK_FROM = re.compile(r"\bweeks?\s+(?:commencing|beginning|starting|start)\b|\bw/?c\b", re.IGNORECASE)
_COMMENCING = re.compile(r"\W*(?:commencing|beginning|starting)\W*", re.IGNORECASE)
_WEEK = re.compile(r"\bweeks?\b", re.IGNORECASE)
_ACADEMIC = re.compile(r"\b(?:academic|school)\s+years?\b", re.IGNORECASE)


@dataclass(frozen=True)
class Heads:
    """The headings on one side of a cell. `written` are the words with their footnote marks and the word total.

    `year` is one that the words name by its number alone (`Population 2014`), the innermost; `relative` is a heading
    that says a period by that of the others (`Previous quarter`). `apart` is what tells headings of the same words
    apart, as written: `YTD` where the months beside it make that up, `2014/15 Outturn` by its year.
    """

    words: tuple[str, ...]
    dated: tuple[object, ...]
    marker: Marker | None
    total: bool
    written: tuple[str, ...] = ()
    year: Period | None = None
    relative: str = ""
    apart: str = ""


@dataclass(frozen=True)
class _Label:
    """One heading by itself: its words, what in it may say a period, the letter fused to that, and the marks."""

    marked: Marked
    words: str
    dated: str
    letter: str
    total: bool
    year: Period | None


def heads(written: Sequence[CellValue], marks: Legend) -> Heads:
    """Headings parted into words and what may say a period, with the marks fused to them."""
    words: list[str] = []
    dated: list[object] = []
    kept: list[str] = []
    marker: Marker | None = None
    year: Period | None = None
    apart = ""
    total = compared = False
    for value in written:
        if compared:
            words.append(text(value))
            kept.append(words[-1])
            continue
        compared = isinstance(value, str) and bool(_COMPARED_WITH.search(value))
        if not isinstance(value, str):
            if periods.parse(value) is not None:
                dated.append(value)
            elif value is not None:
                words.append(f"{value:g}" if isinstance(value, float) else str(value))
                kept.append(words[-1])
            continue
        label = _label(value)
        marker = label.marked.marker(marks) or marker
        if label.letter:
            marker = Marked("", (label.letter,)).marker(marks)
        total = total or label.total
        year = label.year or year
        if label.words:
            words.append(label.words)
        if label.dated:
            dated.append(label.dated)
        if label.words or not label.dated:
            kept.append(" ".join(value.split()))
        if label.dated and label.words not in ("", label.dated, label.marked.text):
            apart = kept[-1]
    if any(map(is_academic, words)):
        dated = [_of_schools(one) for one in dated]
    relative = next((word for word in reversed(words) if relative_periods.is_relative(word)), "")
    return Heads(tuple(words), tuple(dated), marker, total, tuple(kept), year, relative, apart)


@lru_cache(maxsize=16384)
def is_academic(word: str) -> bool:
    """Whether words speak of years of schools, September to August."""
    return bool(_ACADEMIC.search(word))


def _of_schools(dated: object) -> object:
    """A year of schools by its name, where headings beside it say that it is one."""
    period = periods.parse(dated)
    is_year = isinstance(dated, str) and period is not None and period.kind is PeriodKind.FINANCIAL_YEAR
    return academic_year(period.start.year).label if is_year and period is not None else dated


@lru_cache(maxsize=16384)
def _label(value: str) -> _Label:
    marked = without_marks(value)
    rest = marked.text
    total = bool(_TOTAL.search(rest))
    if total:
        without = _TOTAL.sub(" ", rest).strip(" -–:")
        if not without or _is_dated(without):
            rest = without
    as_baseline = _BASELINE.sub(" ", rest).strip(" -–:()")
    if as_baseline != rest and _is_dated(as_baseline):
        rest = as_baseline
    lettered = _LETTERED.fullmatch(rest)
    if lettered and _is_dated(lettered["period"]):
        return _Label(marked, "", lettered["period"], lettered["letter"], total, None)
    if not rest or _is_dated(rest):
        return _Label(marked, rest if TO_DATE.search(rest) else "", rest, "", total, None)
    if NOT_A_PERIOD.search(rest) or _CHANGE.search(rest):
        return _Label(marked, rest, "", "", total, None)
    beside = _BESIDE_SORT.fullmatch(rest)
    if beside and (period := beside["after"] or beside["before"]) and _is_dated(period):
        return _Label(marked, beside["sort"] or beside["kind"], period, "", total, None)
    behind = _IN_BRACKETS.fullmatch(rest)
    if behind and periods.is_partial(behind["part"]):
        return _Label(marked, behind["name"], behind["part"], "", total, None)
    found = rest if periods.find(rest) is not None else ""
    return _Label(marked, rest, found, "", total, periods.bare_year(rest))


def beside_this_year(line: Sequence[Heads]) -> list[Heads]:
    """The headings along a line: beside `This year`, `Last year` is the same part of the year before."""
    named = {word.strip(" :()").lower() for heads in line for word in heads.words}
    if not named & {"this year", "current year"}:
        return list(line)
    same = relative_periods.SAME_LAST_YEAR
    return [replace(one, relative=same) if relative_periods.is_last_year(one.relative) else one for one in line]


def _is_dated(text: str) -> bool:
    return periods.parse(text) is not None or periods.is_partial(text)


def names_days(lines: Collection[str], dates: Collection[date]) -> bool:
    """Whether titles say that stored dates are days: one is named (`30 June to 30 June 2023`), no first of a month.

    Dates that are all last days are days too under `month end` and `end of quarter`.
    """
    said = [found[0] for line in lines if not NOT_A_PERIOD.search(line) for found in _DAY_NAMED.finditer(line)]
    days = {period_readings.parse_day(words) for words in said}
    if not days.isdisjoint(dates) and all(day is None or day.day > 1 for day in days):
        return True
    return any(map(_MONTH_END.search, lines)) and all(day.day == last_day(day).day for day in dates)


def composed(
    context: Period | None,
    dated: Sequence[object],
    words: Sequence[str],
    *,
    on_days: bool = False,
    year_apart: bool = False,
) -> Period | None:
    """The period that all headings of a cell say together.

    `context` is what a title says of the whole table. The `words` around may say what the dates stand for: the last
    day of a month under “as at” is that day, a year under “at 31 March” that day and under “years ending March” the
    twelve months to it, a year under “academic year”
    September to August, a month under “12 months to” or “quarter ending” the last of these, a day under “week ended”
    its last. `on_days` says that stored dates are known to be days, `year_apart` that the months are all the same one
    of several years, as those of “years ending March 2018 to 2022” are.
    """
    period = periods.compose(dated, context)
    if period is None or not dated:
        return period
    day = next((found for one in reversed(dated) if (found := _day(one)) is not None), None)
    if day is not None and any(_WEEK_TO.search(word) for word in words):
        return span(day - timedelta(days=6), day)
    begins_weeks = any(map(_WEEK.search, words)) and any(map(_COMMENCING.fullmatch, words))
    if day is not None and (begins_weeks or any(_WEEK_FROM.search(word) for word in words)):
        return span(day, day + timedelta(days=6))
    if period.kind is PeriodKind.FINANCIAL_YEAR and any(map(is_academic, words)):
        return academic_year(period.start.year)
    if period.kind is PeriodKind.CALENDAR_YEAR:
        return _year_to_month(period, words)
    if period.kind is not PeriodKind.MONTH:
        return period
    if on_days or any(_AS_AT.search(word) for word in words):
        return snapshot(day) if day is not None and (on_days or day == period.end) else period
    if any(_TWELVE_TO.search(word) for word in words) or (year_apart and _ends_years(period, words)):
        return span(add_months(period.start, -11), period.end)
    if any(_QUARTER_TO.search(word) for word in words):
        return span(add_months(period.start, -2), period.end)
    return period


def _ends_years(ending: Period, words: Sequence[str]) -> bool:
    """Whether words say that years end with this month: “years ending March 2018 to 2022”."""
    named = (found["month"] for word in words if (found := _YEARS_TO_MONTH.search(word)))
    return any(periods.parse(f"{one} {ending.end.year}") == ending for one in named)


def _year_to_month(year: Period, words: Sequence[str]) -> Period:
    for word in words:
        found = _YEARS_TO_MONTH.search(word)
        last = periods.parse(found["month"], year) if found else None
        if last is not None:
            return span(add_months(last.start, -11), last.end)
        named = _DAY_OF_YEAR.fullmatch(word) or _DAY_OF_YEAR.match(word)
        day = period_readings.parse_day(f"{named['day']} {named['month']} {year.end.year}") if named else None
        if day is not None:
            return snapshot(day)
    return year


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    said = periods.parse(value) if isinstance(value, str) else None
    return said.end if said is not None and said.kind is PeriodKind.SNAPSHOT else None
