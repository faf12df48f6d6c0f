"""Sheets as a person recognises them: what each cell shows and what it was taken for, and the tables in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from pcp_desktop.domain.measures import Frequency
from pcp_desktop.domain.periods import Period, PeriodKind
from pcp_desktop.domain.recognition import (
    LEAVE_OUT,
    MarkSort,
    RecognisedLabel,
    RecognisedTable,
    RegionKind,
    SheetPicture,
)
from pcp_desktop.returns.cells import display, periods
from pcp_desktop.returns.files.workbook import Sheet, Workbook, rectangle
from pcp_desktop.returns.matching.answers import answered_words, series_key
from pcp_desktop.returns.matching.candidates import Match
from pcp_desktop.returns.matching.matching import Matches
from pcp_desktop.returns.matching.questions import label_cell, named
from pcp_desktop.returns.recognition.found import FoundSheet, FoundTable, Recognised, Series
from pcp_desktop.returns.recognition.regions import Region

_LONG = 60
_Taking = tuple[int, int, RegionKind]


def pictures(
    workbook: Workbook, recognised: Recognised, marked: Mapping[str, Sequence[Region]]
) -> tuple[SheetPicture, ...]:
    """Every sheet, those that were left out with the reason; `marked` are the regions a person marked, by sheet."""
    found = {sheet.name: sheet for sheet in recognised.sheets}
    return tuple(_picture(sheet, found.get(sheet.name), marked.get(sheet.name, ())) for sheet in workbook.sheets)


def _picture(sheet: Sheet, found: FoundSheet | None, marked: Sequence[Region]) -> SheetPicture:
    texts = display.texts(sheet)
    numbers = frozenset(
        (row, column)
        for row, cells in enumerate(sheet.rows[: len(texts)])
        for column, value in enumerate(cells[: len(texts[row])])
        if isinstance(value, float | date) and not isinstance(value, bool)
    )
    regions = tuple(_regions(sheet, found, texts, marked)) if found is not None and not sheet.hidden else ()
    left_out = "Hidden" if sheet.hidden else "" if found is not None and found.tables else "No table with figures"
    return SheetPicture(
        sheet.name,
        texts,
        sheet.merged,
        frozenset(sheet.hidden_rows),
        frozenset(sheet.hidden_columns),
        numbers,
        regions,
        left_out,
        tuple((one.corners, one.sort) for one in marked),
    )


def _regions(
    sheet: Sheet, found: FoundSheet, texts: Sequence[Sequence[str]], marked: Sequence[Region]
) -> Iterator[_Taking]:
    left_out = [one for one in marked if one.sort is MarkSort.LEFT_OUT]
    taken: dict[tuple[int, int], RegionKind] = {}
    for table in found.tables:
        _table_regions(sheet, table, texts, taken)
    titles = {title for table in found.tables for title in table.titles}
    for row, cells in enumerate(texts):
        for column, text in enumerate(cells):
            out = any(one.holds(row, column) for one in left_out)
            if text.strip() and (row, column) not in taken and not out:
                plain = " ".join(text.split())
                is_title = plain in titles or any(plain in title for title in titles if len(plain) > 3)
                taken[row, column] = RegionKind.TITLE if is_title else RegionKind.NOTE
    yield from ((row, column, kind) for (row, column), kind in sorted(taken.items()))


def _table_regions(
    sheet: Sheet, table: FoundTable, texts: Sequence[Sequence[str]], taken: dict[tuple[int, int], RegionKind]
) -> None:
    """The cells of one table: figures, totals, and the headings over and beside them."""
    top, left, bottom, right = rectangle(table.range)
    points = [point for series in table.series for point in series.points]
    for point in points:
        taken[point.row, point.column] = RegionKind.TOTAL if point.is_total else RegionKind.VALUE
    rows = {point.row for point in points}
    first = min((point.column for point in points), default=right)
    for row in range(top, min(bottom + 1, len(texts))):
        for column in range(left, min(right + 1, len(texts[row]))):
            if (row, column) in taken or not texts[row][column].strip():
                continue
            if periods.parse(sheet.value(row, column)) is not None:
                taken[row, column] = RegionKind.PERIOD
            elif row in rows and column < first:
                taken[row, column] = RegionKind.MEASURE
            elif row in rows:
                taken[row, column] = RegionKind.TOTAL
            else:
                taken[row, column] = RegionKind.PERIOD if row < min(rows, default=row) else RegionKind.TITLE


# ---------------------------------------------------------------- the tables in words


def tables(workbook: Workbook, recognised: Recognised, matches: Matches, area: str) -> tuple[RecognisedTable, ...]:
    """Every table with figures, with what its labels were taken for; `area` is the plan's whole area."""
    taken = _Taken(matches, area)
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    found = []
    for sheet in recognised.sheets:
        for table in sheet.tables:
            figures = [one for one in table.series if any(point.text is None for point in one.points)]
            if figures:
                found.append(_table(sheets[sheet.name], table, figures, taken))
    return tuple(found)


class _Taken:
    """What the series of a workbook were taken for, asked about or answered to be."""

    def __init__(self, matches: Matches, area: str) -> None:
        self._matched = {id(one.labelled.series): one for one in matches.matches}
        self._asked = {id(one.labelled.series): one for one in matches.unsure}
        self._left_out = {one.key: one for one in matches.applied if one.answer == LEAVE_OUT}
        self._area = area

    def _match(self, series: Series) -> Match | None:
        return self._matched.get(id(series)) or _of_same_series(series, self._matched.values())

    def frequency(self, series: Series) -> Frequency | None:
        """How often the measure of a series is counted; None where it was taken for none."""
        match = self._match(series) or self._asked.get(id(series))
        return match.measure.frequency if match is not None else None

    def label(self, sheet: Sheet, table: FoundTable, series: Series) -> RecognisedLabel:
        """A series' label with what it was taken for and why."""
        label = RecognisedLabel(
            series_key(sheet.name, table, series),
            series.name or sheet.name,
            "",
            label_cell(sheet, series),
        )
        match = self._match(series)
        question = self._asked.get(id(series))
        out = self._left_out.get(label.key)
        if match is not None:
            how = match.reasons[0] if match.reasons else ""
            choice = named(match.measure, match.area, self._area)
            return replace(label, measure=choice.words, how=how, answer=choice.answer)
        if question is not None:
            choice = named(question.measure, question.area, self._area)
            return replace(label, measure=choice.words, how=question.doubt, asked=True, answer=choice.answer)
        return replace(label, how=answered_words(out)) if out is not None else label


def _table(sheet: Sheet, table: FoundTable, series: Sequence[Series], taken: _Taken) -> RecognisedTable:
    title = table.titles[-1] if table.titles else sheet.name
    labels: dict[str, RecognisedLabel] = {}
    for one in series:
        label = taken.label(sheet, table, one)
        labels.setdefault(label.label, label)
    points = [point for one in series for point in one.points]
    marks = sorted({point.mark for point in points if point.mark})
    totals = sum(1 for point in points if point.is_total)
    if len(title) > _LONG:
        title = f"{title[:_LONG].rstrip()}…"
    periods_found = _as_kept([(point.period, taken.frequency(one)) for one in series for point in one.points])
    return RecognisedTable(
        sheet.name,
        table.range,
        title,
        tuple(labels.values()),
        _periods(periods_found),
        totals,
        tuple(marks),
        table.by_hand,
    )


def _of_same_series(one: Series, matches: Iterable[Match]) -> Match | None:
    """The match of a series whose points were given a period or a marker afterwards."""
    cells = {point.cell for point in one.points}
    return next(
        (
            match
            for match in matches
            if match.labelled.series.label == one.label
            and cells & {point.cell for point in match.labelled.series.points}
        ),
        None,
    )


def _as_kept(said: Iterable[tuple[Period | None, Frequency | None]]) -> list[Period]:
    """The periods of a table, in order, each once; a year that runs on is the 12 months to its end.

    It runs on where its measure is kept so, or where the table has years that end neither in March nor in December.
    """
    found = [(period, frequency) for period, frequency in said if period is not None]
    rolling = any(period.kind is PeriodKind.TWELVE_MONTHS for period, _ in found)
    return sorted(
        {
            replace(period, kind=PeriodKind.TWELVE_MONTHS)
            if period.months == 12 and (rolling or frequency is Frequency.TWELVE_MONTHS)
            else period
            for period, frequency in found
        }
    )


def _periods(found: Sequence[Period]) -> str:
    """`9 periods, April 2015 to December 2015`; `No period` where there is none."""
    if not found:
        return "No period"
    first, last = found[0].label, found[-1].label
    if len(found) == 1:
        return f"1 period, {first}"
    if {one.kind for one in found} == {PeriodKind.TWELVE_MONTHS}:
        return f"{len(found)} periods, {first} … {last.removeprefix('12 months to ')}"
    return f"{len(found)} periods, {first} to {last}"
