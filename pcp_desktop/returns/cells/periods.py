"""Reads the ways people write periods; what a period is belongs in domain.periods."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from difflib import get_close_matches
from functools import lru_cache

from pcp_desktop.domain.periods import MONTH_NAMES, Period, PeriodKind, calendar_year, financial_year
from pcp_desktop.returns.cells.marks import without_marks
from pcp_desktop.returns.cells.period_forms import (
    ANY_FORM,
    FORMS,
    SEARCHED_LONG,
    SEARCHED_SHORT,
)
from pcp_desktop.returns.cells.period_readings import FIRST_YEAR, LAST_YEAR, of_day

_LONGEST = 80
_MAY_BE_A_PERIOD = re.compile(
    r"\d\d|[qh]\w*\s*[1-4]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|quarter|qtr|half", re.IGNORECASE
)
_NAMES_A_YEAR = re.compile(r"(?:19|20)\d\d|[/'’–-]\s?\d\d\b|\s\d\d\b")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_ONE_END = re.compile(r"\b(?:from|since|before|after|until|prior to)\s+\Z", re.IGNORECASE)
_ALIKE = 0.85
_ENDS_ON = re.compile(
    r"(\b(?:qe|q/e|ye|y/e|(?:months?|mths|m|years?|quarter|half)\s+(?:to|ending|ended|end|up to))(?:\s+the)?\s+)"
    r"(\d{1,2})[/.](\d{1,2})[/.]((?:19|20)?\d\d)\Z"
)
_LONG_MONTHS = ("january", "february", "august", "september", "october", "november", "december")
_NEARLY_A_MONTH = re.compile(r"\b(?:ja|fe|au|se|oc|no|de)[a-z]{4,8}\b")
_MAY_BE_SHORT = re.compile(r"fy|td|_")
_SHORT_YEARS = re.compile(
    r"(?P<fy>\b(?:fy|f?ytd)\s?)?(?<!\d)(?P<first>(?:19|20)?\d\d)(?P<between>[-–/_]?)(?P<second>\d\d)(?!\d)"
)
_LETTER = re.compile(r"(?<=\d)\s?[pr]\Z", re.IGNORECASE)
_NUMBERED_QUARTER = re.compile(r"\(?\bq(?:uarter|tr)?\.?\s*[1-4]\b\)?")
_MONTHS_OF_A_QUARTER = 3
_NEARBY = 120
_LONGEST_TITLE = 500
_SOME_WORDS = r"(?:\w+\s+){0,4}"


def parse(written: object, context: Period | None = None) -> Period | None:
    """The period that a whole cell says, or None where it says something else.

    `written` is the cell's value: text, a number (a year), or a date. `context` is the period of an outer heading,
    for what is no period alone: `Apr` or `Q3` under `2015/16`. Ages, weeks and publication notes are no periods.
    """
    if isinstance(written, datetime | date):
        return of_day(written.date() if isinstance(written, datetime) else written)
    if isinstance(written, bool):
        return None
    if isinstance(written, float | int):
        whole = int(written) if float(written).is_integer() else 0
        return calendar_year(whole) if FIRST_YEAR <= whole <= LAST_YEAR else None
    return _parse_text(written, context) if isinstance(written, str) else None


@lru_cache(maxsize=16384)
def _parse_text(written: str, context: Period | None) -> Period | None:
    if len(written) > _LONGEST or not _MAY_BE_A_PERIOD.search(written):
        return None
    text = _plain(written)
    readings = (text, re.sub(r"[\s()]+", " ", text).strip()) if "(" in text else (text,)
    period = next((period for one in readings if (period := _in_a_form(one, context)) is not None), None)
    if period is None and _NUMBERED_QUARTER.search(text):
        # The months say more exactly than its number which quarter it is: `Jul-Sep (Q2) 2015`, `2015 Q2 (Apr-Jun)`.
        months = _in_a_form(re.sub(r"[\s()]+", " ", _NUMBERED_QUARTER.sub(" ", text)).strip(), context)
        return months if months is not None and months.months == _MONTHS_OF_A_QUARTER else None
    return period


def _in_a_form(text: str, context: Period | None) -> Period | None:
    if not ANY_FORM.fullmatch(text):
        return None
    return next(
        (
            period
            for pattern, reading in FORMS
            if (found := pattern.fullmatch(text)) and (period := reading(found, context)) is not None
        ),
        None,
    )


@lru_cache(maxsize=16384)
def find(text: str) -> Period | None:
    """The one period named inside a longer text such as a title; None where it names none or several.

    A text of more than 500 letters is prose, and none is looked for in it.
    """
    if len(text) > _LONGEST_TITLE or not _NAMES_A_YEAR.search(text):
        return None
    plain = " ".join(text.split())
    beside = {period for words in _IN_BRACKETS.findall(plain) if (period := parse(words)) is not None}
    if len(beside) == 1 and not _NAMES_A_YEAR.search(_IN_BRACKETS.sub(" ", plain)):
        return next((period for period in beside if period.kind is not PeriodKind.CALENDAR_YEAR), None)
    for patterns in (SEARCHED_LONG, SEARCHED_SHORT):
        for pattern in patterns:
            matches = [
                found
                for found in pattern.finditer(plain)
                if parse(found.group(0)) is not None
                and not (patterns is SEARCHED_SHORT and _ONE_END.search(_before(plain, found)))
            ]
            distinct = {parse(found.group(0)) for found in matches}
            if len(distinct) == 1 and not any(_is_end_of_range(plain, found) for found in matches):
                return distinct.pop()
            if distinct:
                return None
    return None


def _is_end_of_range(text: str, found: re.Match[str]) -> bool:
    """Whether a period inside a text is the first or last of several: `years ending March 2012 to 2016`."""
    behind = text[found.end() : found.end() + _NEARBY]
    after = re.match(rf"\s*(?:to|and|until|[-–,])\s*{_SOME_WORDS}(?:19|20)\d\d", behind, re.IGNORECASE)
    ahead = _before(text, found)
    before = re.search(rf"\b(?:19|20)\d\d\S*\s*(?:to|and|until|[-–,])\s*{_SOME_WORDS}\Z", ahead, re.IGNORECASE)
    return bool(after or before)


def _before(text: str, found: re.Match[str]) -> str:
    """The letters just before a place; with all of them a long text would take the square of its length."""
    return text[max(0, found.start() - _NEARBY) : found.start()]


def compose(headings: Sequence[object], context: Period | None = None) -> Period | None:
    """The period that several headings say together, the outermost first: `2015/16` over `Q3` over `Oct`.

    A heading that is no period is passed over. A month over a year (`Apr` over `2015`) is read as well. `context` is
    what a title says of the whole table; a year among the headings says more than that of their months.
    """
    known = None if any(_is_year(heading) for heading in headings) else context
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
        narrower = known is None or known is context or known.contains(period)
        if narrower or period.kind is not PeriodKind.CALENDAR_YEAR:
            known = period
    return known


def _is_year(heading: object) -> bool:
    """Whether a heading is a year by itself."""
    period = parse(heading)
    return period is not None and period.kind in (PeriodKind.CALENDAR_YEAR, PeriodKind.FINANCIAL_YEAR)


@lru_cache(maxsize=16384)
def bare_year(text: str) -> Period | None:
    """The one calendar year that a line names by its number alone; None where it names none or several."""
    years = {int(found) for found in re.findall(r"(?<![\w/£.,–-])(?:19|20)\d\d(?![\w/–-]|[.,]\d)", text)}
    inside = [year for year in years if FIRST_YEAR <= year <= LAST_YEAR]
    return calendar_year(inside[0]) if len(years) == 1 and inside else None


@lru_cache(maxsize=16384)
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
    """Text in small letters without the marks that follow a period, fused ones included: `2012/134`."""
    bare = without_marks(" ".join(text.replace("\u00a0", " ").split())).text
    bare = _LETTER.sub("", bare)
    bare = re.sub(r"((?:19|20)\d\d\s?[/–-]\s?(?:(?:19|20)\d\d|\d\d)) ?\d(?:,\s?\d)*\Z", _without_digit, bare)
    bare = re.sub(r"([a-z]\.?[\s-]+(?:19|20)\d\d) ?\d(?:,\s?\d)*\Z", r"\1", bare, flags=re.IGNORECASE)
    bare = re.sub(r"([a-z]\.?\s+['’]\d\d)\d(?:,\s?\d)*\Z", r"\1", bare, flags=re.IGNORECASE)
    plain = _with_usual_years(_with_known_months(bare.strip(" :;,").lower()))
    return _ENDS_ON.sub(_in_words, plain) if plain[-1:].isdigit() else plain


def _in_words(found: re.Match[str]) -> str:
    """The day that a period ends on, with its month by name: `12 months to 31/03/2024`."""
    number = int(found[3])
    return f"{found[1]}{found[2]} {MONTH_NAMES[number].lower()} {found[4]}" if 1 <= number <= 12 else found[0]


def _with_known_months(text: str) -> str:
    """Text with the long names of months as they are spelled, where a slip was made in one: `febuary`."""
    return _NEARLY_A_MONTH.sub(_known_month, text)


def _known_month(found: re.Match[str]) -> str:
    near = get_close_matches(found[0], _LONG_MONTHS, 1, _ALIKE)
    return near[0] if near and not near[0].startswith(found[0]) else found[0]


def _with_usual_years(text: str) -> str:
    """Text with years of finance as they are mostly written, where they are short: `fy2122`, `fy 21-22`, `2021_22`.

    Two ages with a line between them may look alike, so that such years are some only behind their sign.
    """
    return _SHORT_YEARS.sub(_usual_year, text) if _MAY_BE_SHORT.search(text) else text


def _usual_year(found: re.Match[str]) -> str:
    follow = (int(found["first"]) + 1) % 100 == int(found["second"])
    if not follow or not (found["fy"] or (found["between"] == "_" and len(found["first"]) > 2)):
        return found[0]
    to_date = found["fy"] if found["fy"] and "td" in found["fy"] else ""
    return f"{to_date}{found['first']}/{found['second']}"


def _without_digit(found: re.Match[str]) -> str:
    """A financial year without the digit of a footnote, where it is one without that."""
    first, second = re.split(r"\s?[/–-]\s?", found[1])
    follows = int(second) % 100 == (int(first) + 1) % 100
    return found[1] if follows else found[0]
