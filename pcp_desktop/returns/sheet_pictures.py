"""Sheets as a person recognises them: what each cell shows and what it was taken for, and the tables in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from pcp_desktop.domain.recognition import RecognisedLabel, RecognisedTable, RegionKind, SheetPicture
from pcp_desktop.returns import display, periods
from pcp_desktop.returns.answers import series_key
from pcp_desktop.returns.found import FoundSheet, FoundTable, Recognised, Series
from pcp_desktop.returns.matching import Match, Matches
from pcp_desktop.returns.questions import label_cell
from pcp_desktop.returns.workbook import Sheet, Workbook, rectangle

_LONG = 60
Region = tuple[int, int, RegionKind]


def pictures(workbook: Workbook, recognised: Recognised) -> tuple[SheetPicture, ...]:
    """Every sheet, those that were left out with the reason."""
    found = {sheet.name: sheet for sheet in recognised.sheets}
    return tuple(_picture(sheet, found.get(sheet.name)) for sheet in workbook.sheets)


def _picture(sheet: Sheet, found: FoundSheet | None) -> SheetPicture:
    texts = display.texts(sheet)
    numbers = frozenset(
        (row, column)
        for row, cells in enumerate(sheet.rows[: len(texts)])
        for column, value in enumerate(cells[: len(texts[row])])
        if isinstance(value, float | date) and not isinstance(value, bool)
    )
    regions = tuple(_regions(sheet, found, texts)) if found is not None and not sheet.hidden else ()
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
    )


def _regions(sheet: Sheet, found: FoundSheet, texts: Sequence[Sequence[str]]) -> Iterator[Region]:
    taken: dict[tuple[int, int], RegionKind] = {}
    for table in found.tables:
        _table_regions(sheet, table, texts, taken)
    titles = {title for table in found.tables for title in table.titles}
    for row, cells in enumerate(texts):
        for column, text in enumerate(cells):
            if text.strip() and (row, column) not in taken:
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


def tables(recognised: Recognised, matches: Matches) -> tuple[RecognisedTable, ...]:
    """Every table that figures were found in, with what its labels were taken for."""
    by_series = {id(one.labelled.series): one for one in matches.matches}
    asked = {id(one.labelled.series): one for one in matches.unsure}
    found = []
    for sheet in recognised.sheets:
        for table in sheet.tables:
            figures = [one for one in table.series if any(point.text is None for point in one.points)]
            if figures:
                found.append(_table(sheet, table, figures, by_series, asked))
    return tuple(found)


def _table(
    sheet: FoundSheet,
    table: FoundTable,
    series: Sequence[Series],
    matched: dict[int, Match],
    asked: dict[int, Match],
) -> RecognisedTable:
    title = table.titles[-1] if table.titles else sheet.name
    labels: dict[str, RecognisedLabel] = {}
    for one in series:
        match = matched.get(id(one)) or _of_same_series(one, matched.values())
        question = asked.get(id(one))
        words = " / ".join(one.label) or sheet.name
        key = series_key(sheet.name, table, one)
        if match is not None:
            how = match.reasons[0] if match.reasons else ""
            label = RecognisedLabel(key, words, match.measure.label, label_cell(one.points), how)
        elif question is not None:
            label = RecognisedLabel(
                key, words, question.measure.label, label_cell(one.points), question.doubt, asked=True
            )
        else:
            label = RecognisedLabel(key, words, "", label_cell(one.points))
        labels.setdefault(words, label)
    points = [point for one in series for point in one.points]
    marks = sorted({point.mark for point in points if point.mark})
    totals = sum(1 for point in points if point.is_total)
    if len(title) > _LONG:
        title = f"{title[:_LONG].rstrip()}…"
    return RecognisedTable(sheet.name, table.range, title, tuple(labels.values()), _periods(points_of(series)),
                           totals, tuple(marks))  # fmt: skip


def _of_same_series(one: Series, matches: Iterable[Match]) -> Match | None:
    """The match of a series whose points were given a period afterwards."""
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


def points_of(series: Sequence[Series]) -> list[tuple[date, date, str]]:
    """The periods of all points, in order, each once."""
    found = {
        (point.period.end, point.period.start, point.period.label)
        for one in series
        for point in one.points
        if point.period is not None
    }
    return sorted(found)


def _periods(found: Sequence[tuple[date, date, str]]) -> str:
    """`9 periods, April 2015 to December 2015`; `No period` where there is none."""
    if not found:
        return "No period"
    first, last = found[0][2], found[-1][2]
    return f"1 period, {first}" if len(found) == 1 else f"{len(found)} periods, {first} to {last}"
