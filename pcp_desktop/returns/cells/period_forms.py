"""The ways in which people write a period in a whole cell; how cells are read together belongs in periods."""

from __future__ import annotations

import re
from collections.abc import Callable

from pcp_desktop.domain.periods import Period
from pcp_desktop.returns.cells import period_readings as means
from pcp_desktop.returns.cells.period_readings import (
    DAY,
    FIRST_YEAR,
    GAP,
    LAST_YEAR,
    MONTH,
    NUMBERS,
    ORDINALS,
    WEEKDAY,
    YEAR,
)

_FULL_YEAR = r"(?:19|20)\d\d"
_FINANCIAL = r"(?:(?:19|20)\d\d\s*[/–—-]\s*(?:(?:19|20)\d\d|\d\d)|(?:19|20)\d\d/\d|\d\d\s*/\s*\d\d)"
_FINANCIAL_SHORT = rf"(?:{_FINANCIAL}|\d\d\s*[–-]\s*\d\d)"
"""Beside a quarter or half even two ages apart by a year can only be a year of finance."""
_TO = r"\s*(?:-|–|—|to|until|through)\s*"
_TWELVE = r"(?:(?:rolling\s+)?(?:12|twelve)[\s-]*(?:months?|mths?|m)\b\.?(?:\s+rolling)?|\br\s?12m?\b)"
_ROLLING = r"(?:r\s?12m?|mat|ltm|rolling\s+(?:12|twelve)[\s-]*months?|(?:12|twelve)[\s-]*months?\s+rolling)"
_TO_DATE = r"(?:f?ytd|(?:year\s+)?to\s+date|cumulative)"
_AND = r"(?:\s*[,/&+]\s*|\s+(?:and\s+)?)"
_ENDING = r"\s*(?:to|ending|ended|end|up to)(?:\s+the\s+end\s+of)?:?\s+"
_ENDING_OR_NOT = rf"(?:{_ENDING}|\s+)"
_NUMBER = "|".join(NUMBERS)
_ORDINAL = "|".join(ORDINALS)

Reading = Callable[[re.Match[str], Period | None], Period | None]


def _quarter_of_months(found: re.Match[str], context: Period | None) -> Period | None:
    """A numbered quarter and its months, which say more exactly which it is: `Q4 (Jan to Mar) 2016`."""
    period = _between(found["rest"], context)
    return period if period is not None and period.months == 3 else None


def _months_so_far(found: re.Match[str], context: Period | None) -> Period | None:
    """A year to date that says its months: `2023/24 YTD (Apr-Dec)`."""
    return _between(re.sub("[()]", " ", f"{found['before']} {found['after']}"), context)


def _between(text: str, context: Period | None) -> Period | None:
    """The months from one to another that a text says, whatever signs stand round it."""
    plain = " ".join(text.split()).strip(" :-–")
    readings = ((pattern.fullmatch(plain), reading) for pattern, reading in MONTHS_BETWEEN)
    said = (reading(months, context) for months, reading in readings if months)
    return next((period for period in said if period is not None), None)


_M, _Y, _F = rf"(?P<month>{MONTH})", rf"(?P<year>{YEAR})", rf"(?P<financial>{_FINANCIAL})"
_D = rf"(?P<day>{DAY})"
_Q = rf"(?:q(?:uarter|tr)?\.?\s*(?P<which>[1-4])|(?P<which>{_ORDINAL})\s+(?:quarter|qtr))"
_H = rf"(?:h(?:alf)?(?:[\s-]*year)?\s*(?P<which>[12])|(?P<which>{_ORDINAL})\s+half(?:[\s-]*year)?)"
_ASIDE = r"\s*(?:\([^()]*\))?"


def _forms() -> list[tuple[str, Reading]]:
    last_first = rf"(?P<first>{MONTH})"
    last = rf"(?P<last>{MONTH})"
    forms: list[tuple[str, Reading]] = [
        (rf"{_TWELVE}{_ENDING}(?:{DAY}\s+)?{_M}{GAP}{_Y}", means.twelve_months),
        (rf"{_ROLLING}{_ENDING_OR_NOT}(?:{DAY}\s+)?{_M}{GAP}{_Y}", means.twelve_months),
        (rf"{_M}{GAP}{_Y}\s+\(?{_ROLLING}\)?", means.twelve_months),
        (rf"(?:the\s+)?half[\s-]*year{_ENDING}(?:{DAY}\s+)?{_M}{GAP}{_Y}", means.half_to),
        (rf"q\s?(?P<from>[1-4]){_TO}q?\s?(?P<until>[1-4])\s+(?P<financial>{_FINANCIAL_SHORT})", means.quarters_to),
        (rf"(?P<months>{MONTH}(?:{_AND}{MONTH})+){GAP}{_Y}", means.months_listed),
        (rf"{_F}\s*\(?(?P<count>\d\d?)\s+(?:months?|mths?)\)?", means.first_months),
        (rf"{_TO_DATE}{GAP}(?:to\s+)?(?:{DAY}\s+)?{_M}{GAP}{_Y}", means.year_of_finance_so_far),
        (rf"(?=.*(?:ytd|date|cumul))(?P<before>.*?)\(?\b{_TO_DATE}\b\)?(?P<after>.*)", _months_so_far),
        (rf"(?:the\s+)?(?:rolling\s+)?(?:years?|yr|ye|y/e){_ENDING_OR_NOT}(?:{DAY}\s+)?{_M}{GAP}{_Y}", means.year_to),
        (rf"(?:the\s+)?(?:quarter|qtr){_ENDING}(?:{DAY}\s+)?{_M}{GAP}{_Y}", means.quarter_to),
        (rf"(?:qe|q/e){_ENDING_OR_NOT}(?:{DAY}\s+)?{_M}{GAP}{_Y}", means.quarter_to),
        (rf"(?:the\s+)?month{_ENDING}(?:{DAY}\s+)?{_M}{GAP}{_Y}", means.month_year),
        (rf"(?P<count>\d\d?|{_NUMBER})\s+months?{_ENDING}(?:{DAY}\s+)?{_M}{GAP}{_Y}", means.some_months_to),
        (rf"(?:fye|financial\s+year(?:{_ENDING}|\s+)(?:(?:{DAY}\s+)?march\s+)?)\s*{_Y}", means.financial_to),
        (rf"(?:financial\s+year|fy|years?|yr)?:?\s*{_F}(?:\s+(?:(?:financial\s+)?year|fy))?", means.financial),
        (rf"(?:(?:academic|school)\s+year|ay):?\s*{_F}", means.academic),
        (rf"{_F}\s+(?:academic|school)\s+year", means.academic),
        (rf"(?P<first>{_FINANCIAL}){_TO}(?P<last>{_FINANCIAL})", means.financial_years_to),
        (rf"(?:f?ytd\s+)?(?P<whole>{_FINANCIAL}|{_FULL_YEAR})\s*(?:\(?(?:up\s+)?to|{_TO_DATE}\s*\(?(?:to)?)"
         rf"\s*(?:{DAY}\s+)?{_M}(?:{GAP}{YEAR})?\)?", means.year_so_far),
        (r"mid[\s-]*(?:year\s+)?(?P<year>(?:19|20)\d\d)", means.middle),
        (r"(?P<year>(?:19|20)\d\d)[-/](?P<number>0[1-9]|1[0-2])", means.numeric_month),
        (r"(?P<year>(?:19|20)\d\d)\s?m(?P<number>0?[1-9]|1[0-2])", means.numeric_month),
        (r"(?P<number>\d{1,2})[/-](?P<year>(?:19|20)\d\d)", means.numeric_month),
        (r"w(?:eek)?s?[\s/-]*(?P<which>end(?:ing|ed)?|e|c|b|commencing|beginning|starting):?\s+(?P<rest>.+)",
         means.week),
        (rf"(?:from\s+)?(?P<from>\S+){_TO}(?P<until>\S+)", means.between_dates),
        (r"(?P<first>(?:19|20)\d\d)\s*(?:to|-|–)\s*(?P<last>(?:19|20)\d\d|\d\d)", means.years_to),
        (r"(?:q(?:uarter|tr)?\.?\s*[1-4])\W*(?P<rest>.+)", _quarter_of_months),
        (rf"(?:(?:the\s+)?month\s+of\s+|(?:19|20)\d\d(?:0[1-9]|1[0-2])\s+)?{_M}{GAP}{_Y}", means.month_year),
        (rf"{_M}{GAP}(?:fy\s*)?{_F}", means.month_of_financial),
        (rf"{_F}{GAP}{_M}", means.month_of_financial),
        (rf"{_Y}\s+{_M}", means.month_year),
        (rf"(?P<year>(?:19|20)\d\d)[-/ ]?{_M}", means.month_year),
        (rf"{last_first}{GAP}(?P<early>{YEAR}){_TO}{last}{GAP}{_Y}", means.between_months),
        (rf"{last_first}{_TO}{last}{GAP}{_F}", means.between_months),
        (rf"{last_first}{_TO}{last}{GAP}{_Y}", means.between_months),
        (rf"{last_first}{_TO}{last}", means.between_months),
        (rf"{_Y}{GAP}{last_first}{_TO}{last}", means.between_months),
        (rf"{_F}{GAP}{last_first}{_TO}{last}", means.between_months),
        (rf"(?:from\s+)?{_D}\s+{_M}(?:{GAP}{_Y})?{_TO}(?P<day2>{DAY})\s+(?P<month2>{MONTH}){GAP}(?P<year2>{YEAR})",
         means.between_days),
        (rf"(?:snapshot\s+|position\s+)?(?:as\s+at|as\s+of|at|on)?:?\s*{WEEKDAY}{_D}[\s-]+{_M}{GAP}{_Y}",
         means.snapshot),
        (rf"{_M}\s+(?P<day>\d{{1,2}}),?\s+(?P<year>(?:19|20)\d\d)", means.snapshot),
        (rf"(?:as\s+at|as\s+of|at):?\s+(?:end\s+(?:of\s+)?)?{_M}{GAP}{_Y}", means.snapshot_of_month),
        (rf"end\s+(?:of\s+)?{_M}{GAP}{_Y}", means.snapshot_of_month),
        (rf"(?:as\s+at\s+)?(?P<day>\d{{1,2}})[/.](?P<number>\d{{1,2}})[/.]{_Y}", means.numeric_day),
        (r"(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)", means.iso_day),
        (r"(?P<year>(?:19|20)\d\d)/(?P<number>\d\d)/(?P<day>\d\d)", means.iso_day),
        (r"(?:calendar\s+year\s+|year\s+|cy\s?)?(?P<year>(?:19|20)\d\d)(?:\s+calendar\s+year)?", means.calendar),
        (rf"{_M}", means.month_alone),
    ]  # fmt: skip
    for alternative, reading in ((_Q, means.quarter), (_H, means.half)):
        for piece in _alternatives(alternative):
            forms += [
                (rf"{piece}{_ASIDE}{GAP}(?:of\s+|fy\s*)?(?P<financial>{_FINANCIAL_SHORT}){_ASIDE}", reading),
                (rf"(?:fy\s*|financial\s+year\s+)?(?P<financial>{_FINANCIAL_SHORT}){GAP}{piece}{_ASIDE}", reading),
                (rf"{piece}{GAP}(?:of\s+)?(?P<year>(?:19|20)\d\d)", reading),
                (rf"(?P<year>(?:19|20)\d\d){GAP}{piece}", reading),
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
MONTHS_BETWEEN = [(pattern, reading) for pattern, reading in FORMS if reading is means.between_months]

SEARCHED_LONG = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_TWELVE}{_ENDING}(?:{DAY}\s+)?{MONTH}{GAP}{YEAR}\b",
        rf"\b(?:\d\d?|{_NUMBER})\s+months?{_ENDING}(?:{DAY}\s+)?{MONTH}{GAP}{_FULL_YEAR}\b",
        rf"\bhalf[\s-]*year{_ENDING}(?:{DAY}\s+)?{MONTH}{GAP}{_FULL_YEAR}\b",
        rf"\b(?:year|quarter|week){_ENDING}(?:{DAY}\s+)?{MONTH}{GAP}{_FULL_YEAR}\b",
        rf"\bQ[1-4]{_TO}Q?[1-4]\s+{_FINANCIAL}(?![\d/])",
        rf"\b{_TO_DATE}\s+(?:to\s+)?{MONTH}\s+{_FULL_YEAR}\b",
        rf"\bfinancial year{_ENDING}(?:(?:{DAY}\s+)?March\s+)?{_FULL_YEAR}\b",
        rf"\b{DAY}\s+{MONTH}(?:\s+{_FULL_YEAR})?{_TO}{DAY}\s+{MONTH}\s+{_FULL_YEAR}\b",
        rf"\b{MONTH}(?:[\s-]*{_FULL_YEAR})?{_TO}{MONTH}[\s-]*{_FULL_YEAR}\b",
        rf"\b(?:Q|Quarter\s+|Qtr\s*)[1-4]\b{GAP}(?:of\s+)?{_FINANCIAL_SHORT}(?![\d/])",
        rf"\b{_FULL_YEAR}\s*[/–-]\s*(?:{_FULL_YEAR}|\d\d)\W*(?:Q|Quarter\s+|Qtr\s*)[1-4]\b",
        rf"\b(?:{_ORDINAL})\s+(?:quarter|half)(?:\s+of)?\s+{_FINANCIAL}",
        rf"\bH[12]\s+{_FINANCIAL}",
        rf"\b(?:academic|school)\s+year\s+{_FINANCIAL}(?![\d/])",
        rf"\b(?:as at|as of|at|on)\s+(?:{DAY}\s+)?{MONTH}\s+{_FULL_YEAR}\b",
        rf"(?<=[,:–-] ){DAY}\s+{MONTH}\s+{_FULL_YEAR}(?=\W*\Z|[:;,])",
        rf"\bmid[\s-](?:year\s+)?{_FULL_YEAR}\b",
    )
]
"""The periods that are looked for inside longer texts: those that say the most first."""
SEARCHED_SHORT = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\d/–-]){_FULL_YEAR}\s*[/–-]\s*(?:{_FULL_YEAR}|\d\d)(?![\d/–-])",
        rf"(?<!\d )(?<!\d)\b{MONTH}[\s-]+{_FULL_YEAR}\b",
        rf"(?<![\d ][-/ ])(?<!\d)\b{MONTH}[-'’]\d\d\b(?![-/\d])",
        rf"(?<![\d/–-])\b(?:Q|Quarter\s+)[1-4]\s+{_FULL_YEAR}\b",
        "|".join(rf"(?<![a-z] )\b{year} to {year + 1}\b" for year in range(FIRST_YEAR, LAST_YEAR)),
    )
]
