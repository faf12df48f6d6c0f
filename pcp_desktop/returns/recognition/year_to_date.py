"""Which months a “year to date” covers: from the year's first to the last that the table beside it has figures of."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from pcp_desktop.domain.periods import (
    Period,
    PeriodKind,
    calendar_year,
    financial_year,
    financial_year_start,
    last_day,
    span,
)
from pcp_desktop.returns.cells import periods
from pcp_desktop.returns.cells.heads import TO_DATE, Heads

_OF_LAST_YEAR = re.compile(r"\b(?:last|previous|prior)\s+(?:financial\s+)?year\b|\b[lp]ytd\b", re.IGNORECASE)
_BESIDE_DATE = re.compile(r"\b(?:financial|calendar|year|total)\b|[\W_]", re.IGNORECASE)
_CALENDAR = re.compile(r"\bcalendar\b|\bcytd\b", re.IGNORECASE)
_JANUARY, _APRIL = 1, 4
_LONGEST_PART = 3


def up_to_the_last(line: Sequence[Heads], context: Period | None, has_figures: Callable[[int], bool]) -> list[Heads]:
    """The headings along a row or down a column, those that say “to date” with the months covered.

    `YTD 2022/23` beside the months April to December 2023 is April to December 2022, `Apr-23 to date` is all of these
    months, and `YTD` under `Jun-23` is April to June. `has_figures` says of a place whether anything stands under it:
    months to come are often there and empty. Where the months beside it make it up it is their total. Where nothing
    says how far a year has come, its heading is left as it is, and one that says only a first month says no period.
    """
    if not any(_is_to_date(heads) for heads in line):
        return list(line)
    said = [periods.compose(heads.dated, context) if heads.dated else None for heads in line]
    parts = [
        period
        for place, (heads, period) in enumerate(zip(line, said, strict=True))
        if period is not None and period.months <= _LONGEST_PART and not _is_to_date(heads) and has_figures(place)
    ] or ([context] if context is not None and context.months <= _LONGEST_PART else [])
    return [
        _dated(heads, period, parts) if _is_to_date(heads) else heads
        for heads, period in zip(line, said, strict=True)
    ]


def _is_to_date(heads: Heads) -> bool:
    return any(TO_DATE.search(word) for word in heads.words)


def _dated(heads: Heads, said: Period | None, parts: Sequence[Period]) -> Heads:
    """The headings with the months that they cover; `said` is the period that they name, alone or together."""
    begins = next((found for word in heads.words if (found := _beside_to_date(word)) is not None), None)
    begins_with_part = begins is not None and begins.months <= _LONGEST_PART
    if any(TO_DATE.search(word) and periods.parse(word) is not None for word in heads.words):
        return heads
    if said is not None and said.months <= _LONGEST_PART and said != begins:
        covered = _up_to(said, _year(heads, begins, [*parts, said]))
    elif not parts:
        return replace(heads, dated=(), year=None) if begins_with_part else heads
    elif begins is not None and begins_with_part:
        covered = span(begins.start, max(begins.end, *(part.end for part in parts)))
    else:
        year = _year(heads, begins or said, parts)
        inside = [part for part in parts if year.contains(part)]
        covered = _up_to(max(inside or parts, key=lambda part: part.end), year)
    inside_it = {part for part in parts if covered.contains(part)}
    if sum(part.months for part in inside_it) != covered.months:
        return replace(heads, dated=(covered.label,))
    only = " ".join(word for word in heads.words if _says_only_that(word))
    words = tuple(word for word in heads.words if not _says_only_that(word))
    return replace(heads, dated=(covered.label,), words=words, total=True, apart=only)


def _beside_to_date(word: str) -> Period | None:
    """The period beside “to date”: the year, or the months that it begins with."""
    return periods.parse(TO_DATE.sub(" ", word).strip(" -–:()")) if TO_DATE.search(word) else None


def _says_only_that(word: str) -> bool:
    """Whether a heading says nothing but the year to date, or the period that it begins with."""
    alone = TO_DATE.search(word) and not _BESIDE_DATE.sub("", TO_DATE.sub(" ", word))
    return bool(alone) or _beside_to_date(word) is not None


def _up_to(last: Period, year: Period) -> Period:
    """A year up to the month of its own in which a part ends, of whichever year that is."""
    number = last.end.month
    in_year = year.start.year if number >= year.start.month else year.end.year
    return span(year.start, last_day(last.end.replace(year=in_year, day=1)))


def _year(heads: Heads, said: Period | None, parts: Sequence[Period]) -> Period:
    """The year meant: that which is said, else the one that the last of the parts lies in, or the one before."""
    first, last = min(part.start for part in parts), max(part.end for part in parts)
    if said is not None and said.kind is PeriodKind.CALENDAR_YEAR:
        begun = min((part.start.month for part in parts if said.contains(part)), default=_JANUARY)
        return financial_year(said.start.year) if begun == _APRIL else said
    if said is not None and said.kind is PeriodKind.FINANCIAL_YEAR:
        return said
    before = any(_OF_LAST_YEAR.search(word) for word in heads.words)
    if (first.month == _JANUARY and len(parts) > 1) or any(_CALENDAR.search(word) for word in heads.words):
        return calendar_year((heads.year.start.year if heads.year else last.year) - before)
    return financial_year((heads.year.start.year if heads.year else financial_year_start(last)) - before)
