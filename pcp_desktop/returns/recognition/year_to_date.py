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
from pcp_desktop.returns.cells.heads import Heads

_TO_DATE = re.compile(r"\b[a-z]?ytd\b|\b(?:year[ -])?to[ -]date\b|\byear so far\b", re.IGNORECASE)
_OF_LAST_YEAR = re.compile(r"\b(?:last|previous|prior)\s+(?:financial\s+)?year\b|\b[lp]ytd\b", re.IGNORECASE)
_BESIDE_DATE = re.compile(r"\b(?:financial|calendar|year|total)\b|[\W_]", re.IGNORECASE)
_JANUARY, _APRIL = 1, 4
_LONGEST_PART = 3


def up_to_the_last(line: Sequence[Heads], context: Period | None, has_figures: Callable[[int], bool]) -> list[Heads]:
    """The headings along a row or down a column, those that say “to date” with the months covered.

    `YTD 2022/23` beside the months April to December 2023 is April to December 2022, and `Apr-23 to date` all of
    2023.
    `has_figures` says of a place whether anything stands under it: months to come are often there and empty. Where
    the months beside it make it up it is their total. Where nothing says how far a year has come, its heading is left
    as it is, and one that says only a first month says no period.
    """
    if not any(_is_to_date(heads) for heads in line):
        return list(line)
    said = [_said(heads, context) for heads in line]
    ends_unsaid = [_is_to_date(heads) and not _says_its_end(heads, context) for heads in line]
    parts = [
        period
        for place, (heads, period) in enumerate(zip(line, said, strict=True))
        if period is not None and period.months <= _LONGEST_PART and not _is_to_date(heads) and has_figures(place)
    ] or ([context] if context is not None and context.months <= _LONGEST_PART else [])
    return [
        _dated(heads, period, parts) if unsaid else heads
        for heads, period, unsaid in zip(line, said, ends_unsaid, strict=True)
    ]


def _said(heads: Heads, context: Period | None) -> Period | None:
    """The period that headings name; of those that say “to date” the year, or the months that it begins with."""
    return (periods.compose(heads.dated, context) if heads.dated else None) or _named(heads)


def _named(heads: Heads) -> Period | None:
    """The period that is named beside the words “to date”."""
    begins = (periods.parse(_without_to_date(word)) for word in heads.words if _TO_DATE.search(word))
    return next((period for period in begins if period is not None), None)


def _says_its_end(heads: Heads, context: Period | None) -> bool:
    """Whether another heading says which part of the year named is meant: `FYTD 2022/23` over `Apr-Jun`."""
    named, said = _named(heads), periods.compose(heads.dated, context)
    return named is not None and said is not None and said != named and named.contains(said)


def _is_to_date(heads: Heads) -> bool:
    return any(_TO_DATE.search(word) for word in heads.words)


def _dated(heads: Heads, said: Period | None, parts: Sequence[Period]) -> Heads:
    if not parts:
        return heads if said is None or said.months > _LONGEST_PART else replace(heads, dated=(), year=None)
    covered = _covered(heads, said, parts)
    inside = {part for part in parts if covered.contains(part)}
    if sum(part.months for part in inside) != covered.months:
        return replace(heads, dated=(covered.label,))
    only = " ".join(word for word in heads.words if _says_only_that(word))
    words = tuple(word for word in heads.words if not _says_only_that(word))
    return replace(heads, dated=(covered.label,), words=words, total=True, to_date=only)


def _says_only_that(word: str) -> bool:
    """Whether a heading says nothing but the year to date, or the period that it begins with."""
    rest = _without_to_date(word)
    return bool(_TO_DATE.search(word)) and (not _BESIDE_DATE.sub("", rest) or periods.parse(rest) is not None)


def _without_to_date(word: str) -> str:
    return _TO_DATE.sub(" ", word).strip(" -–:()")


def _covered(heads: Heads, said: Period | None, parts: Sequence[Period]) -> Period:
    """The part of the year named, else of the one that the last months lie in, up to the last of these."""
    if said is not None and said.months <= _LONGEST_PART:
        last = max(parts, key=lambda part: part.end)
        return span(said.start, max(last.end, said.end))
    year = _year(heads, said, parts)
    inside = [part for part in parts if year.contains(part)]
    last = max(inside or parts, key=lambda part: part.end)
    number = last.end.month
    in_year = year.start.year if number >= year.start.month else year.end.year
    return span(year.start, last_day(last.end.replace(year=in_year, day=1)))


def _year(heads: Heads, said: Period | None, parts: Sequence[Period]) -> Period:
    first, last = min(part.start for part in parts), max(part.end for part in parts)
    if said is not None and said.kind is PeriodKind.CALENDAR_YEAR:
        begun = min((part.start.month for part in parts if said.contains(part)), default=_JANUARY)
        return financial_year(said.start.year) if begun == _APRIL else said
    if said is not None and said.kind is PeriodKind.FINANCIAL_YEAR:
        return said
    before = any(_OF_LAST_YEAR.search(word) for word in heads.words)
    if first.month == _JANUARY:
        return calendar_year((heads.year.start.year if heads.year else last.year) - before)
    return financial_year((heads.year.start.year if heads.year else financial_year_start(last)) - before)
