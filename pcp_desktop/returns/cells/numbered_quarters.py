"""Which quarter or half year a numbered one is that stands among months: the one that these make up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from pcp_desktop.domain.periods import Period, PeriodKind, calendar_year, financial_year
from pcp_desktop.returns.cells import periods
from pcp_desktop.returns.cells.heads import Heads

_LEAST_MONTHS = 2
_FARTHEST = 12
_NUMBERED = re.compile(r"\s*(?:q(?:uarter|tr)?|h(?:alf)?)\W*[1-4]\b(?:\W*(?:19|20)\d\d)?\W*", re.IGNORECASE)


def beside_months(line: Sequence[Heads], context: Period | None) -> list[Heads]:
    """The headings along a row or down a column, numbered quarters among months with their year.

    `Q1 total` after `Jun-15` is Q1 2015/16, and `Q1` after `Mar-15` that of the calendar: the months beside it say
    which, whatever year stands over it.
    """
    if not any(_number(heads) for heads in line):
        return list(line)
    months = [_month(heads, context) for heads in line]
    return [
        heads if (period := _beside(heads, months, place)) is None else replace(heads, dated=(period.label,))
        for place, heads in enumerate(line)
    ]


def _number(heads: Heads) -> str:
    """The numbered part of a year that headings end with; empty where they do not."""
    said = heads.dated[-1] if heads.dated else None
    return said if isinstance(said, str) and _NUMBERED.fullmatch(said) else ""


def _month(heads: Heads, context: Period | None) -> Period | None:
    period = periods.compose(heads.dated, context) if heads.dated else None
    return period if period is not None and period.kind is PeriodKind.MONTH else None


def _beside(heads: Heads, months: Sequence[Period | None], place: int) -> Period | None:
    """The numbered part of a year that the nearest two months before it end, or those after it begin."""
    number = _number(heads)
    if not number:
        return None
    for line in (reversed(months[max(0, place - _FARTHEST) : place]), months[place + 1 : place + 1 + _FARTHEST]):
        nearest = list(islice((month for month in line if month is not None), _LEAST_MONTHS))
        for part in _parts(number, nearest[:1]) if len(nearest) == _LEAST_MONTHS else ():
            touches = nearest[0].end == part.end or nearest[0].start == part.start
            if touches and all(part.contains(month) for month in nearest):
                return part
    return None


def _parts(number: str, near: Sequence[Period]) -> Iterator[Period]:
    """What the number may mean in the years around a month."""
    bare = re.sub(r"\W*(?:19|20)\d\d\W*\Z", "", number)
    for year in (one.start.year - back for one in near for back in (1, 0)):
        for whole in (financial_year(year), calendar_year(year)):
            part = periods.parse(bare, whole)
            if part is not None:
                yield part
