"""Answers that were given before, by the key of what they are about; and the keys, which outlast a quarter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.periods import Period, PeriodKind, financial_year, financial_year_start, in_words, month, span
from pcp_desktop.domain.periods import twelve_months_to as twelve_months
from pcp_desktop.domain.recognition import BY_FIGURES, LEAVE_OUT, Answer, QuestionKind, RelativePeriod
from pcp_desktop.domain.returns import ExpectedReturn
from pcp_desktop.returns.files.workbook import Workbook
from pcp_desktop.returns.matching.surroundings import Labelled
from pcp_desktop.returns.recognition.found import FoundTable, Series

_PASSING = re.compile(
    r"\bv(?:ersion)?\.?\s?\d+\b|\b(?:q[1-4]|quarter|first|second|third|fourth|half|year|months?|to|as at|ending|ended"
    r"|final|draft"
    r"|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b|[\d/().,:;_–—-]+",
    re.IGNORECASE,
)


class Answers:
    """Answers at hand while a workbook is recognised, and which of them were used."""

    def __init__(self, given: Iterable[Answer] = ()) -> None:
        self._by_key = {(one.kind, one.key): one for one in given}
        self.used: dict[tuple[QuestionKind, str], Answer] = {}

    def about(self, kind: QuestionKind, key: str) -> Answer | None:
        """The answer to a question, noted as used; None where none was given."""
        found = self._by_key.get((kind, key))
        if found is not None:
            self.used[kind, key] = found
        return found

    def about_all(self, kind: QuestionKind) -> tuple[Answer, ...]:
        """All answers of a kind, whatever they are about; none is noted as used."""
        return tuple(one for one in self._by_key.values() if one.kind is kind)


def answered_words(answer: Answer) -> str:
    """“answered on 18 January 2016”; without the day where it was given for this workbook."""
    on = f" on {in_words(answer.on)}" if answer.on else ""
    return f"known by its figures{on}" if answer.by == BY_FIGURES else f"answered{on}"


def at_hand(facts: Facts, organisation: str | None, given: Sequence[Answer]) -> Answers:
    """The remembered answers of an organisation (all, where it is not known), under those given now."""
    remembered = [one for one in facts.answers if organisation is None or one.organisation in ("", organisation)]
    return Answers([*remembered, *given])


def series_key(sheet: str, table: FoundTable, series: Series) -> str:
    """The key of a series: the lasting words of the first line over its table, and its labels."""
    title = table.titles[0] if table.titles else sheet
    return _joined((lasting(title), *(_plain(word) for word in series.label)))


def period_key(one: Labelled) -> str:
    """The key of the figures of a column whose period is not said."""
    title = one.table.titles[0] if one.table.titles else one.sheet
    return _joined((lasting(title), *(lasting(word) for word in one.series.column_words)))


def workbook_key(workbook_file: str, sheets: Iterable[str]) -> str:
    """The key of a workbook: the lasting words of its name, and of its sheets' names."""
    stem = workbook_file.rsplit(".", 1)[0]
    return _joined((lasting(stem), *sorted({lasting(name) for name in sheets})))


def key_of_workbook(workbook: Workbook) -> str:
    """The key of a workbook that was read."""
    return workbook_key(workbook.file, (sheet.name for sheet in workbook.sheets if not sheet.hidden))


def lasting(text: str) -> str:
    """A text without what changes from quarter to quarter: years, quarters, months, days and versions."""
    return _plain(_PASSING.sub(" ", text.replace("_", " ")))


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _joined(parts: Iterable[str]) -> str:
    return " / ".join(part for part in parts if part)


def measure_and_area(answer: Answer, whole: str) -> tuple[str, str]:
    """The code and area of an answer about a measure."""
    code, _, area = answer.answer.partition("@")
    return code, area or whole


def period_of(answer: Answer, quarter: Period) -> Period | None:
    """The period that an answer means for a return of `quarter`; None where the figures are left out."""
    if answer.answer == LEAVE_OUT:
        return None
    end = quarter.end
    year = financial_year(financial_year_start(end))
    match RelativePeriod(answer.answer):
        case RelativePeriod.QUARTER:
            return quarter
        case RelativePeriod.LAST_MONTH:
            return month(end.year, end.month)
        case RelativePeriod.TWELVE_MONTHS:
            return replace(twelve_months(end.year, end.month), kind=PeriodKind.TWELVE_MONTHS)
        case RelativePeriod.YEAR_TO_DATE:
            return span(year.start, end)
        case RelativePeriod.FINANCIAL_YEAR:
            return year


def expected_of(answer: Answer, facts: Facts, latest: Period | None) -> ExpectedReturn | None:
    """The expected return that an answer names: the one of the quarter that `latest` ends in, else the newest."""
    organisation, _, title = answer.answer.partition("|")
    named = [
        record.expected
        for record in facts.returns
        if record.expected and (record.expected.organisation, record.expected.title) == (organisation, title)
    ]
    if latest is not None:
        in_quarter = [one for one in named if one.period.start <= latest.end <= one.period.end]
        named = in_quarter or named
    return max(named, key=lambda one: one.period, default=None)
