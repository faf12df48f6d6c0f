"""The period that is said of a whole table: above it, in its sheet's name, on the cover or in the file's name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from pcp_desktop.domain.periods import Period, PeriodKind, academic_year, span
from pcp_desktop.returns.cells import periods, titles
from pcp_desktop.returns.cells.heads import NOT_A_PERIOD, is_academic
from pcp_desktop.returns.cells.period_readings import parse_day
from pcp_desktop.returns.files.workbook import Sheet, Workbook

_FRONT = re.compile(
    r"\b(?:cover|contents?|index|title|information|introduction|about|metadata|read ?me|front|notes?)\b",
    re.IGNORECASE,
)
_MOST_LINES = 200
_TITLES = 12
_OF_FINANCE = re.compile(r"\bfinancial\s+years?\b", re.IGNORECASE)
_TWO_YEARS = 24
_PLAN = re.compile(r"\b(?:plans?|strateg\w+|programme|contract|commissioning)\b", re.IGNORECASE)
_END = re.compile(
    r"(?:(?:from|start(?:\s+date)?|period\s+(?:start|from))|(?P<last>to|until|end(?:\s+date)?|period\s+(?:end|to)))"
    r"[\s:]+(?P<day>.+)",
    re.IGNORECASE,
)
_QUARTER_SAID = re.compile(
    r"\b(?:for|in|during|of|[-–:,])\s+(q[1-4])\b(?!\s*(?:-|–|to|and|&)\s*q?[1-4])"
    r"|\b(quarter\s+[1-4])\b(?!\s*(?:-|–|to|and|&))"
    r"|\b(q[1-4])\s+(?:return|report|data|figures|performance|submission|monitoring)\b",
    re.IGNORECASE,
)
"""A quarter in passing; `Q1. Offences` is a question."""


class Context:
    """What a workbook's front sheets and its name say of the periods of its tables.

    `is_of_schools` is whether a sheet's first lines speak of academic years, and none of financial ones.
    """

    def __init__(self, workbook: Workbook) -> None:
        visible = [sheet for sheet in workbook.sheets if not sheet.hidden]
        fronts = [sheet for number, sheet in enumerate(visible) if _is_front(sheet, first=number == 0)]
        self._lines = [line for sheet in fronts for line in _lines(sheet)]
        self._several = len(visible) > 1
        titles_of_all = [line for sheet in visible for line in _lines(sheet, _TITLES)]
        self.is_of_schools = any(map(is_academic, titles_of_all)) and not any(map(_OF_FINANCE.search, titles_of_all))
        self._file = re.sub(r"[_.]+", " ", workbook.file.rsplit(".", 1)[0])

    def period(self, above: Sequence[str], sheet: str) -> Period | None:
        """The period of a table under these lines: a metadata block's, else the nearest that says one.

        A month or quarter without its year is completed by the next source that says a year. What lies outside the
        one year that a nearer source names is passed over. A year such as 2014/15 is one of schools where the
        workbook is of schools.
        """
        found = self._said(above, sheet)
        if self.is_of_schools and found is not None and found.kind is PeriodKind.FINANCIAL_YEAR:
            return academic_year(found.start.year)
        return found

    def _said(self, above: Sequence[str], sheet: str) -> Period | None:
        partial = ""
        year: Period | None = None
        for source in self._sources(above, sheet):
            lines = [line for line in source if not NOT_A_PERIOD.search(line)]
            found = _compose(lines) or _from_and_to(lines) or _first(lines, periods.parse) or _first(lines, _inside)
            partial = partial or next((said for line in lines if (said := _partial_in(line))), "")
            if found is not None and (year is None or found.overlaps(year)):
                return periods.parse(partial, found) or found if partial else found
            year = year or _one_year(lines)
        if partial and (year := self.year(above, sheet)) is not None:
            return periods.parse(partial, year)
        return None

    def year(self, above: Sequence[str], sheet: str) -> Period | None:
        """The one year that is named by its number alone, in the nearest source that names any."""
        for source in self._sources(above, sheet):
            lines = [line for line in source if not NOT_A_PERIOD.search(line)]
            if any(periods.bare_year(line) for line in lines):
                return _one_year(lines)
        return None

    def _sources(self, above: Sequence[str], sheet: str) -> Iterator[list[str]]:
        yield titles.said_of_period(above)
        yield [titles.without_key(line) if not NOT_A_PERIOD.search(line) else line for line in reversed(above)]
        yield [sheet]
        if self._several:
            yield [line for line in self._lines if _names(line, sheet)]
            # The first line of a front sheet that says a period says it of the whole workbook.
            for line in self._lines:
                yield [line]
        yield [self._file]


def _compose(lines: Sequence[str]) -> Period | None:
    """The period that two lines say together, a year and its quarter or month."""
    both = len(lines) == 2 and any(map(periods.is_partial, lines))
    return periods.compose(list(lines)) if both else None


def _from_and_to(lines: Sequence[str]) -> Period | None:
    """The days between which two lines say that a period lies: `From: 01/10/2023` and `To: 31/12/2023`."""
    days = {
        bool(found["last"]): day
        for line in lines
        if (found := _END.fullmatch(line.strip())) and (day := parse_day(found["day"])) is not None
    }
    both = len(days) == 2 and days[False] < days[True]
    return span(days[False], days[True]) if both else None


def _inside(line: str) -> Period | None:
    """The period inside a longer line; the years of a plan or contract are not those of its figures."""
    found = periods.find(line)
    return None if found is not None and found.months > _TWO_YEARS and _PLAN.search(line) else found


def _partial_in(line: str) -> str:
    """A month, quarter or half without its year that a line is, or says in passing: `Return for quarter 3`."""
    if periods.is_partial(line):
        return line
    named = {" ".join("".join(found).lower().split()) for found in _QUARTER_SAID.findall(line)}
    return named.pop() if len(named) == 1 and periods.find(line) is None else ""


def _first(lines: Iterable[str], reading: Callable[[str], Period | None]) -> Period | None:
    return next((period for line in lines if (period := reading(line)) is not None), None)


def _one_year(lines: Sequence[str]) -> Period | None:
    years = {year for line in lines if (year := periods.bare_year(line)) is not None}
    return years.pop() if len(years) == 1 else None


def _is_front(sheet: Sheet, *, first: bool) -> bool:
    if _FRONT.search(sheet.name):
        return True
    return first and not any(isinstance(value, float) for row in sheet.rows for value in row)


def _lines(sheet: Sheet, most: int = _MOST_LINES) -> Iterator[str]:
    for row in sheet.rows[:most]:
        words = " ".join(" ".join(value for value in row if isinstance(value, str)).split())
        if words:
            yield words


def _plain(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.lower().replace("_", " ")))


def _names(line: str, sheet: str) -> bool:
    """Whether a line of a list of contents begins with a sheet's name."""
    return bool(_plain(sheet)) and f"{_plain(line)} ".startswith(f"{_plain(sheet)} ")
