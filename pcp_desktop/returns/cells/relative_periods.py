"""Headings that say a period by another: `Previous quarter`, `Same quarter last year`. Finds no tables."""

from __future__ import annotations

import re

from pcp_desktop.domain.periods import Period, PeriodKind

_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_UNIT = r"(?:month|quarter|half|year|period|time|week)"
_YEAR_BEFORE = re.compile(
    rf"(?:(?:the\s+)?(?:same|equivalent|corresponding|comparable)\s+)?{_UNIT},?\s+(?:in\s+|of\s+)?(?:the\s+)?"
    r"(?:last|previous|prior)\s+year|(?:a|one)\s+year\s+(?:ago|earlier|before)",
    re.IGNORECASE,
)
_SAME_PERIOD = re.compile(
    r"\bsply\b|\bsame period,? (?:in |of )?(?:the )?(?:last|previous|prior) year\b", re.IGNORECASE
)
_COMPARES = re.compile(
    r"%|\b(?:changes?|difference|diff|variance|vs?|versus|than|on|from|against|compared)\b", re.IGNORECASE
)
_BEFORE = re.compile(
    rf"(?:the\s+)?(?:previous|prior|preceding)\s+(?P<unit>{_UNIT})|last\s+(?P<last>year)", re.IGNORECASE
)
_RELATIVE = re.compile(rf"(?:the\s+)?(?:previous|prior|preceding|last)\s+{_UNIT}|previous|prior", re.IGNORECASE)


SAME_LAST_YEAR = "same period last year"


def is_last_year(words: str) -> bool:
    """Whether a heading is `Last year` or `Previous year`, whole or in part."""
    found = _BEFORE.fullmatch(words.strip(" :()"))
    return found is not None and (found["unit"] or found["last"]).lower() == "year"


def is_relative(words: str) -> bool:
    """Whether a heading names a period before that which the others are of, and compares nothing with it."""
    plain = words.strip(" :()")
    return bool(_RELATIVE.fullmatch(plain)) or _is_year_before(plain)


def _is_year_before(plain: str) -> bool:
    """Whether a heading is nothing but the year before, or says so of what it names: `Force SPLY`."""
    names = bool(_SAME_PERIOD.search(plain)) and not _COMPARES.search(plain)
    return names or bool(_YEAR_BEFORE.fullmatch(plain))


def before(words: str, period: Period | None) -> Period | None:
    """The period that a heading means in a table of `period`; None where that cannot be told.

    `Last quarter` may be the one that has just ended, and `Previous year` beside a quarter all of it or the same one.
    """
    plain = words.strip(" :()")
    if period is None or period.kind is PeriodKind.SNAPSHOT or period.start.day != 1:
        return None
    if _is_year_before(plain):
        return period.shifted(-12)
    found = _BEFORE.fullmatch(plain)
    unit = (found["unit"] or found["last"]).lower() if found else ""
    fits = unit == "period" or _MONTHS.get(unit) == period.months
    return period.shifted(-period.months) if fits else None
