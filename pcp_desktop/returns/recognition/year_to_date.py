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

_TO_DATE = re.compile(r"\b(?:ytd|to date|year so far)\b", re.IGNORECASE)
_JANUARY = 1
_LONGEST_PART = 3


def up_to_the_last(line: Sequence[Heads], context: Period | None, has_figures: Callable[[int], bool]) -> list[Heads]:
    """The headings along a row or down a column, those that say “to date” with the months that they cover.

    `YTD 2022/23` beside the months April to December 2023 is April to December 2022. `has_figures` says of a place
    whether anything stands under it: months to come are often there and empty. Where nothing says how far a year has
    come its heading is left as it is.
    """
    if not any(_is_to_date(heads) for heads in line):
        return list(line)
    said = [periods.compose(heads.dated, context) if heads.dated else None for heads in line]
    parts = [
        period
        for place, period in enumerate(said)
        if period is not None and period.months <= _LONGEST_PART and has_figures(place)
    ] or ([context] if context is not None and context.months <= _LONGEST_PART else [])
    return [
        replace(heads, dated=(_covered(heads, period, parts).label,)) if parts and _is_to_date(heads) else heads
        for heads, period in zip(line, said, strict=True)
    ]


def _is_to_date(heads: Heads) -> bool:
    return any(_TO_DATE.search(word) for word in heads.words)


def _covered(heads: Heads, said: Period | None, parts: Sequence[Period]) -> Period:
    """The part of the year named, else of the one that the last months lie in, up to the last of these."""
    year = _year(heads, said, parts)
    inside = [part for part in parts if year.contains(part)]
    last = max(inside or parts, key=lambda part: part.end)
    number = last.end.month
    in_year = year.start.year if number >= year.start.month else year.end.year
    return span(year.start, last_day(last.end.replace(year=in_year, day=1)))


def _year(heads: Heads, said: Period | None, parts: Sequence[Period]) -> Period:
    if said is not None and said.kind in (PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR):
        return said
    first, last = min(part.start for part in parts), max(part.end for part in parts)
    if first.month == _JANUARY:
        return calendar_year(heads.year.start.year if heads.year else last.year)
    return financial_year(heads.year.start.year if heads.year else financial_year_start(last))
