"""The series of one table: each cell with its labels, its period and its marker. Finds no tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from itertools import chain

from pcp_desktop.domain.observations import Marker
from pcp_desktop.domain.periods import Period, PeriodKind, last_day
from pcp_desktop.returns.cells import numbered_quarters, periods, relative_periods, titles, values
from pcp_desktop.returns.cells.grid import Grid
from pcp_desktop.returns.cells.heads import Heads, beside_this_year, composed, heads, names_days
from pcp_desktop.returns.cells.marks import Legend, Marked
from pcp_desktop.returns.cells.sorts import Sort
from pcp_desktop.returns.files.workbook import CellValue
from pcp_desktop.returns.recognition import centred, labels, year_to_date
from pcp_desktop.returns.recognition.context import Context
from pcp_desktop.returns.recognition.found import Point, Series
from pcp_desktop.returns.recognition.tables import Table, heading

_FLAG_HEADING = re.compile(r"markers?|flags?|status|symbols?", re.IGNORECASE)
_PERIOD_END = re.compile(r"(?:period|quarter|month|year)[ -]end(?:ing|ed)?:?", re.IGNORECASE)
_BESIDE_CHANGES = re.compile(r"\b(?:with|and|including)\b[^,]*?(?:%|\bper ?cent(?:age)?) changes?\b.*", re.IGNORECASE)
"""A title that promises percentage changes beside figures says nothing of these."""
_HIGHEST_PERCENTAGE = 1000
"""A title may speak of rates of which only some columns are; larger numbers than this are none."""
_YEARS = (PeriodKind.CALENDAR_YEAR, PeriodKind.FINANCIAL_YEAR)
_FRACTION, _POINTS = "fraction", "points"
Words = tuple[str, ...]


@dataclass
class _Gathered:
    """The points under one set of labels, while they are gathered."""

    written: Words
    points: list[Point] = field(default_factory=list)
    blanks: list[Point] = field(default_factory=list)


def series_of(cells: Grid, table: Table, marks: Legend, above: Sequence[str], around: Context) -> list[Series]:
    """The series of a table in the order of their first cells. `above` are the lines that stand over the table."""
    return _Reading(cells, table, marks, above, around).series()


class _Reading:
    """One table while it is read: the headings of its columns, and the periods that were composed so far."""

    def __init__(self, cells: Grid, table: Table, marks: Legend, above: Sequence[str], around: Context) -> None:
        self._cells, self._table, self._marks = cells, table, marks
        self._above = [*above, "academic years"] if around.is_of_schools else above
        self._context = around.period(above, cells.sheet.name)
        self._year = around.year(above, cells.sheet.name)
        if self._context is None and self._year is not None and labels.months_from_january(cells, table):
            self._context = self._year
        columns = [column for column in range(table.left, table.right + 1) if column not in table.stubs]
        grouped = centred.groups(cells, table)
        over = [heads(labels.column_headings(cells, table, column, grouped), marks) for column in columns]
        over = beside_this_year(numbered_quarters.beside_months(over, self._context))
        over = year_to_date.up_to_the_last(
            over, self._context, lambda place: self._holds(table.body, [columns[place]])
        )
        self._columns = dict(zip(columns, over, strict=True))
        self._beside = _flag_columns(cells, table, self._columns)
        self._flags = [
            column for column, over in self._columns.items() if over.words and _FLAG_HEADING.fullmatch(over.words[-1])
        ]
        self._ends_periods = any(
            _PERIOD_END.fullmatch(titles.text(cells.sheet.value(above, column)))
            and len({cells.sheet.value(row, column) for row in table.body}) == 1
            for above in table.headings
            for column in table.stubs
        )
        self._captions = [
            words
            for above in table.headings
            for column in table.stubs
            if isinstance(cells.sheet.value(above, column), str)
            and (words := titles.text(cells.sheet.value(above, column)))
        ]
        self._year_apart = _months_a_year_apart([*self._columns.values()], self._context)
        dates = [*_dates(cells, table.headings, columns), *_dates(cells, table.body, table.stubs)]
        self._on_days = bool(dates) and (names_days(above, dates) or _are_days(dates))
        self._unit_of_titles = unit_of([_BESIDE_CHANGES.sub("", title) for title in table.titles])
        self._periods: dict[
            tuple[Heads, tuple[object, ...], Period | None, str, Heads], tuple[Period | None, str]
        ] = {}

    def series(self) -> list[Series]:
        gathered: dict[tuple[Words, Words, Words, bool, str], _Gathered] = {}
        said = labels.row_labels(self._cells, self._table)
        labelled = _under_years(
            [heads(self._row_headings(said[row]), self._marks) for row in self._table.body],
            [self._table.sections.get(row, ()) for row in self._table.body],
        )
        labelled = beside_this_year(numbered_quarters.beside_months(labelled, self._context))
        labelled = year_to_date.up_to_the_last(
            labelled, self._context, lambda place: self._holds([self._table.body[place]], list(self._columns))
        )
        for row, rows in zip(self._table.body, labelled, strict=True):
            sections = heads(self._table.sections.get(row, ()), self._marks)
            for point in self._points(row, sections, rows):
                over = self._columns[point.column]
                written = (*sections.written, *rows.written, *over.written)
                key = (sections.words, rows.words, over.words, point.is_total, rows.apart or over.apart)
                if key not in gathered:
                    gathered[key] = _Gathered(written)
                (gathered[key].blanks if point.is_blank else gathered[key].points).append(point)
        labelled_at_all = not self._table.stubs or any(said.values())
        title = titles.name_of(self._table.titles) if labelled_at_all else ""
        nothing_named = all(all(map(titles.names_nothing, one.written)) for one in gathered.values())
        return [
            self._series(key[:3], one, title if nothing_named or not one.written else "")
            for key, one in gathered.items()
            if one.points
        ]

    def _series(self, labels: tuple[Words, Words, Words], gathered: _Gathered, title: str) -> Series:
        written = (title, *gathered.written) if title else gathered.written
        unit, percent_as = _unit(self._cells, self._unit_of_titles, [*chain(*labels)], gathered.points)
        return Series(*labels, tuple(gathered.points), unit, percent_as, written, tuple(gathered.blanks), title)

    def _holds(self, rows: Sequence[int], columns: Sequence[int]) -> bool:
        """Whether there is a figure in these rows and columns."""
        return any(self._cells.sort(row, column) is Sort.FIGURE for row in rows for column in columns)

    def _row_headings(self, own: list[CellValue]) -> list[CellValue]:
        """A row's labels, without year and month of a column headed “Period end” where a title says the period."""
        context = self._context
        if context is None or not self._ends_periods:
            return own
        said = {label: periods.parse(label, context) for label in own if isinstance(label, str)}
        if not any(period.end == context.end for period in said.values() if period is not None):
            return own
        return [
            label
            for label in own
            if not (
                isinstance(label, str)
                and (period := said[label])
                and (period.end == context.end or period.contains(context))
            )
        ]

    def _points(self, row: int, sections: Heads, rows: Heads) -> list[Point]:
        """The points of a row, blanks included where the row has values; none for its columns of flags."""
        cells = self._cells
        columns = [column for column in self._columns if column not in self._flags and column not in self._beside]
        filled = [column for column in columns if cells.sort(row, column) is not Sort.NOTHING]
        has_values = any(cells.sort(row, column) in (Sort.FIGURE, Sort.MISSING) for column in filled)
        flag = _row_flag(cells, row, self._flags, self._marks)
        found = []
        for column in columns:
            over = self._columns[column]
            blank = column not in filled
            if blank and not (has_values and self._may_be_blank(row, column, over)):
                continue
            period, unclear = self._period(sections, rows, over)
            if blank:
                total = sections.total or rows.total or over.total
                found.append(Point(row, column, period, None, Marker.NOT_AVAILABLE, is_total=total, is_blank=True))
                continue
            point = _point(cells, row, column, (sections, rows, over), period, unclear)
            beside = cells.sheet.value(row, column + 1) if column + 1 in self._beside else None
            if beside is not None:
                point = _flagged(point, beside, self._marks)
            if flag is not None and point.marker is Marker.FINAL:
                point = replace(point, marker=flag)
            found.append(replace(point, is_dated=bool(sections.dated or rows.dated or over.dated)))
        return found

    def _may_be_blank(self, row: int, column: int, over: Heads) -> bool:
        """Whether an empty cell is one for a value: under a heading of its own, and not hidden or part of another."""
        hidden = row in self._cells.sheet.hidden_rows or column in self._cells.sheet.hidden_columns
        headed = any(heading(self._cells, above, column) is not None for above in self._table.headings)
        return headed and bool(over.words or over.dated) and not hidden and (row, column) not in self._cells.spans

    def _period(self, sections: Heads, rows: Heads, over: Heads) -> tuple[Period | None, str]:
        key = (sections, rows.dated, rows.year, rows.relative, over)
        if key not in self._periods:
            above = [*self._above, *self._captions]
            self._periods[key] = _period(
                sections, rows, over, above, self._context, self._year,
                on_days=self._on_days, year_apart=self._year_apart,
            )  # fmt: skip
        return self._periods[key]


def _under_years(down: Sequence[Heads], sections: Sequence[Words]) -> list[Heads]:
    """The headings down a column, months and quarters with the year that stands over them with its own total.

    Where months come before the first year, and each year is a total, their years stand under them. `sections` are
    the section rows over each; a year holds for its own section only.
    """
    said = [own.dated[0] if len(own.dated) == 1 else None for own in down]
    partial = [isinstance(one, str) and periods.parse(one) is None and periods.is_partial(one) for one in said]
    years = [(period := periods.parse(one)) is not None and period.kind in _YEARS for one in said]
    totals_below = all(own.total for own, is_year in zip(down, years, strict=True) if is_year) and (
        True in partial and partial.index(True) < (years.index(True) if True in years else 0)
    )
    found = list(down)
    year: object = None
    section: Words | None = None
    for place in reversed(range(len(down))) if totals_below else range(len(down)):
        if sections[place] != section:
            year, section = None, sections[place]
        if years[place] or (said[place] is not None and not partial[place]):
            year = said[place] if years[place] else None
        elif partial[place] and year is not None:
            found[place] = replace(down[place], dated=(year, said[place]))
    return found


def _flag_columns(cells: Grid, table: Table, columns: Mapping[int, Heads]) -> frozenset[int]:
    """Columns without a heading that hold nothing but flags (`R`, `[p]`) of the values on their left."""
    found = []
    for column, over in columns.items():
        own = [cells.sheet.value(row, column) for row in table.headings]
        lone = column - 1 in columns and (not over.words or all(value is None for value in own))
        if lone and labels.are_flags(cells, table, column):
            found.append(column)
    return frozenset(found)


def _dates(cells: Grid, rows: Sequence[int], columns: Sequence[int]) -> Iterator[date]:
    """The dates that are stored among headings or labels."""
    for row in rows:
        for column in columns:
            value = cells.sheet.value(row, column)
            if isinstance(value, date):
                yield value.date() if isinstance(value, datetime) else value


def _months_a_year_apart(along: Sequence[Heads], context: Period | None) -> bool:
    """Whether the months that headings say are all the same one, of several years."""
    said = [periods.compose(heads.dated, context) for heads in along if heads.dated]
    months = {period for period in said if period is not None and period.kind is PeriodKind.MONTH}
    return (
        len(months) > 1
        and len({period.end.month for period in months}) == 1
        and len(said) == len([period for period in said if period in months])
    )


def _are_days(dates: Sequence[date]) -> bool:
    """Whether dates in one table are days: some are neither the first nor the last of a month."""
    return any(day.day != 1 and day != last_day(day) for day in dates)


def _flagged(point: Point, flag: CellValue, marks: Legend) -> Point:
    text = str(flag).strip()
    marker = Marked("", (text,)).marker(marks) or Marker.FINAL
    return replace(point, marker=marker if point.number is not None else point.marker, mark=point.mark or text)


def _period(
    sections: Heads,
    rows: Heads,
    over: Heads,
    above: Sequence[str],
    context: Period | None,
    year: Period | None,
    *,
    on_days: bool,
    year_apart: bool,
) -> tuple[Period | None, str]:
    """The period of a cell under these headings, and the words that leave it unclear.

    A year alone in a title may be the calendar's or that of finance; months are never counted from it.
    """
    dated = [*sections.dated, *rows.dated, *over.dated]
    named = over.year or rows.year or sections.year if not dated else None
    if named is not None:
        return named, named.label
    period = composed(context, dated, [*above, *sections.words, *over.words], on_days=on_days, year_apart=year_apart)
    if relative := over.relative or rows.relative:
        return relative_periods.before(relative, period), ""
    unclear = next((words for words in dated if isinstance(words, str) and periods.is_unclear(words)), "")
    if period is None and not dated and year is not None:
        return year, year.label
    return period, unclear


def _row_flag(cells: Grid, row: int, flags: Sequence[int], marks: Legend) -> Marker | None:
    """What a column of markers says of its row (“[p]”), if the table has one."""
    for column in flags:
        value = cells.sheet.value(row, column)
        if isinstance(value, str):
            text = value.strip()
            return Marked("", (text,)).marker(marks) or values.marker_only(text)
    return None


def _point(
    cells: Grid, row: int, column: int, over: tuple[Heads, Heads, Heads], period: Period | None, unclear: str
) -> Point:
    sort = cells.sort(row, column)
    total = any(head.total for head in over)
    if sort in (Sort.WORDS, Sort.PERIOD):
        value = cells.sheet.value(row, column)
        text = " ".join(str(value).split())
        return Point(row, column, period, None, Marker.FINAL, text=text, is_total=total, unclear_period=unclear)
    figure = cells.figures[row, column]
    marker = figure.marker
    if marker is Marker.FINAL:
        marker = next((head.marker for head in reversed(over) if head.marker), Marker.FINAL)
    form = cells.sheet.formats.at(row, column)
    written = figure.percent or "%" in form
    return Point(row, column, period, figure.number, marker, figure.mark, None, total, written, figure.scale, unclear)


def unit_of(words: Sequence[str]) -> str:
    """The unit that headings name, the innermost first: `percent`, `£ million`, `£ thousand`, `£`, or nothing."""
    return next((unit for word in reversed(words) if (unit := _unit_named(word))), "")


@lru_cache(maxsize=16384)
def _unit_named(word: str) -> str:
    text = word.lower()
    if re.search(r"£\s*(?:million|m\b)|\(£m\)", text):
        return "£ million"
    if re.search(r"£\s*(?:thousands?|k\b|['’]?000s?)", text):
        return "£ thousand"
    if re.search(r"%|\bper\s?cent(?:age)?\b", text):
        return "percent"
    return "£" if "£" in text else ""


def _unit(cells: Grid, of_table: str, words: Sequence[str], points: Sequence[Point]) -> tuple[str, str | None]:
    """The unit of a series, and how percentages are stored in it; `of_table` is what the titles say."""
    unit = unit_of(words)
    forms = cells.sheet.formats
    percent = any("%" in form for form in forms.forms)
    as_fraction = percent and any("%" in forms.at(point.row, point.column) for point in points)
    if as_fraction:
        return "percent", _FRACTION
    if any(point.written_percent for point in points):
        return "percent", _POINTS
    largest = max((abs(point.number) for point in points if point.number is not None), default=None)
    if unit == "percent" and largest is not None:
        return unit, _FRACTION if largest <= 1 else _POINTS
    if of_table == "percent" and largest is not None and largest > _HIGHEST_PERCENTAGE:
        return unit, None
    return unit or of_table, None
