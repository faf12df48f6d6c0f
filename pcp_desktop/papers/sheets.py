"""The sheets of the data workbook: what stands in each table. How a workbook is written belongs to xlsx."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from pcp_desktop.domain.observations import Marker
from pcp_desktop.domain.pages import (
    ChartKind,
    ChartSeries,
    ChartSpec,
    Figure,
    MeasurePanel,
    MeasureRow,
    OverviewPage,
    PriorityPage,
    Signal,
)
from pcp_desktop.domain.periods import MONTH_NAMES

LONGEST_SHEET_NAME = 31
NOT_AVAILABLE = "[x]"
SUPPRESSED = Marker.SUPPRESSED.sign
DASHBOARD = "Dashboard"
SHORTHAND = (
    (SUPPRESSED, "Confidential: not shown, so that small numbers cannot be found out."),
    ("[p]", "Provisional: holds a figure that its partner may still change."),
    ("[r]", "Revised since it was first given."),
    ("[x]", "Not available, or not published; the status column says why."),
)
LIMITS = ("Lower limit", "Mean", "Upper limit")
INTERVAL = ("95% interval, lower end", "95% interval, upper end")
ROLLING = "12 months to "
BEGINNING = "Begins at"
_NAME_ENDINGS = {ChartKind.PEERS: " group", ChartKind.AREAS: " areas", ChartKind.SAVINGS: " waterfall"}
_FIRST_COLUMNS = {ChartKind.PEERS: "Force or area", ChartKind.AREAS: "Force or area", ChartKind.SAVINGS: "Savings"}
_FIGURES = (5, 7, 9, 10)
_BLANKS = "A blank cell means that there is no value for that period in that column."


@dataclass(frozen=True)
class Number:
    """A number in a cell, at the decimal places that the papers print; None for all that it has."""

    value: float
    places: int | None

    @property
    def code(self) -> str:
        """Its number format."""
        if self.places is None:
            return "General"
        return "#,##0" if self.places == 0 else "#,##0." + "0" * self.places


Cell = str | Number | None


class Line(Enum):
    """What a line beside the values of a chart is."""

    LIMIT = "limit"
    MEAN = "mean"
    REFERENCE = "reference"
    BEGINNING = "beginning"


@dataclass(frozen=True)
class Sheet:
    """A worksheet with one table: its texts, columns with rows, and the chart drawn from them, if any.

    `numeric` says which columns are right aligned, `lines` how the columns after the chart's series are drawn. None
    is a blank cell, which the instructions explain.
    """

    name: str
    title: str
    instructions: str
    scope: str
    source: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numeric: tuple[bool, ...]
    chart: ChartSpec | None = None
    lines: tuple[Line, ...] = ()


def dashboard_sheet(overview: OverviewPage) -> Sheet:
    """All measures of the dashboard and their areas in one table."""
    columns = (
        "Theme",
        "Priority",
        "Measure",
        "Area",
        "Unit",
        f"Baseline {overview.baseline_words.removeprefix('Baseline ')}",
        "Latest period",
        "Latest figure",
        "Marker",
        "Change",
        "Change in percent",
        "Status",
        "Position in most similar group",
        "Remarks",
    )
    themes = {row.measure: theme.theme for theme in overview.themes for row in theme.rows}
    by_priority = {row.priority: theme.theme for theme in overview.themes for row in theme.rows}
    rows = tuple(
        _dashboard_row(row, themes.get(row.measure) or by_priority.get(row.priority, "")) for row in overview.all_rows
    )
    ended = f"{MONTH_NAMES[overview.period.end.month]} {overview.period.end.year}"
    return Sheet(
        name=DASHBOARD,
        title=f"{overview.plan}: all measures, period ended {ended} ({overview.period.label})",
        instructions="This worksheet contains one table. Shorthand is explained on the Notes worksheet.",
        scope=overview.sentence,
        source=f"Source: partner returns, {overview.period.label}.",
        columns=columns,
        rows=rows,
        numeric=tuple(column in _FIGURES for column in range(len(columns))),
    )


def _dashboard_row(row: MeasureRow, theme: str) -> tuple[Cell, ...]:
    """One line; a held measure has its reason where the status stands and no figure at all."""
    head: tuple[Cell, ...] = (theme or "None", row.priority, row.label, row.area, row.unit)
    if row.held_words:
        none = NOT_AVAILABLE
        return (*head, none, none, none, "None", none, none, row.held_words, none, "None")
    return (
        *head,
        figure_cell(row.baseline),
        row.latest.period.label if row.latest.period else NOT_AVAILABLE,
        figure_cell(row.latest),
        row.latest.sign or "None",
        figure_cell(row.change),
        figure_cell(row.change_percent),
        f"{row.status.word} (set by hand)" if row.assessment.by_hand else row.status.word,
        f"{row.position_shown} of {row.position[1]}" if row.position else NOT_AVAILABLE,
        _sentences((row.line, *row.notes)) or "None",
    )


def _sentences(parts: Sequence[str]) -> str:
    """Parts one after another, each ended by a full stop."""
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)


def notes_sheet(overview: OverviewPage) -> Sheet:
    """Shorthand first, then what each status means, then the dashboard's notes."""
    rows: list[tuple[Cell, ...]] = list(SHORTHAND)
    rows += [(status.word, text) for status, text in overview.key]
    signs = tuple(sign for sign, _ in SHORTHAND)
    numbered = (note for note in overview.notes if not note.text.startswith(signs))
    for number, note in enumerate(numbered, start=1):
        rows.append((f"Note {number}", f"{note.about}: {note.text}" if note.about else note.text))
    return Sheet(
        name="Notes",
        title="Notes and shorthand",
        instructions="This worksheet contains one table.",
        scope="",
        source="",
        columns=("Sign or term", "Meaning"),
        rows=tuple(rows),
        numeric=(False, False),
    )


def chart_sheets(priorities: Sequence[PriorityPage]) -> list[Sheet]:
    """One sheet for each chart of each measure that holds figures of its own.

    A chart of the same months year over year holds none, unless it is the measure's only chart.
    """
    found: list[Sheet] = []
    used = {DASHBOARD, "Cover", "Contents", "Notes"}
    for page in priorities:
        for panel in page.measures:
            for spec in () if panel.row.held_words else _charts_with_own_figures(panel):
                found.append(_chart_sheet(page, panel, spec, _sheet_name(page.code, panel, spec, used)))
    return found


def _charts_with_own_figures(panel: MeasurePanel) -> list[ChartSpec]:
    charts = [chart for chart in (panel.main, *panel.small) if chart is not None]
    return [chart for chart in charts if chart.kind is not ChartKind.YEAR_ON_YEAR] or charts[:1]


def _sheet_name(code: str, panel: MeasurePanel, spec: ChartSpec, used: set[str]) -> str:
    """A name that Excel takes and that is not used yet: code, label and for peers and areas what it compares."""
    ending = _NAME_ENDINGS.get(spec.kind, "") if panel.main not in (None, spec) else ""
    return unused_name(f"{code} {panel.row.label}", ending, used)


def unused_name(words: str, ending: str, used: set[str]) -> str:
    """A sheet's name of `words` and `ending`, cut to what Excel takes and told apart from those in `used`."""
    plain = " ".join(re.sub(r"[^\w ]+", " ", words).split())
    name, number = _cut(plain, LONGEST_SHEET_NAME - len(ending)) + ending, 2
    while name.casefold() in {one.casefold() for one in used}:
        tail = f"{ending} {number}"
        name, number = _cut(plain, LONGEST_SHEET_NAME - len(tail)) + tail, number + 1
    used.add(name)
    return name


def _cut(words: str, most: int) -> str:
    """At most `most` letters, cut between words where there is a space to cut at."""
    if len(words) <= most:
        return words
    whole, _, _ = words[: most + 1].rpartition(" ")
    return whole or words[:most]


def _chart_sheet(page: PriorityPage, panel: MeasurePanel, spec: ChartSpec, name: str) -> Sheet:
    """The series of a chart, a row a period or bar: values, then what is drawn beside them, then the signal."""
    series = _unique([one.name or panel.row.label for one in spec.series])
    beside = _beside(spec)
    signals = any(point.signal is not Signal.NONE for one in spec.series for point in one.points)
    labels = _labels(spec)
    rolling = all(label.startswith(ROLLING) for label in labels)
    first = _FIRST_COLUMNS.get(spec.kind, "Period")
    rows = tuple(
        (
            label.removeprefix(ROLLING) if rolling else label,
            *(_value(spec, one, place) for one in spec.series),
            *(column.cells[place] for column in beside),
            *([_signal(spec, place)] if signals else []),
        )
        for place, label in enumerate(labels)
    )
    numbers = len(series) + len(beside)
    return Sheet(
        name=name,
        title=f"{page.code} {panel.row.label}: {spec.kind.value}, {spec.unit}",
        instructions=" ".join(["This worksheet contains one table and one chart of it.", _BLANKS, *_hidden(spec)]),
        scope=f"{spec.title}. {spec.subtitle}",
        source=spec.source,
        columns=(
            ROLLING.strip() if rolling else first,
            *series,
            *(column.name for column in beside),
            *(["Signal"] if signals else []),
        ),
        rows=rows,
        numeric=(False, *[True] * numbers, *([False] if signals else [])),
        chart=spec,
        lines=tuple(column.line for column in beside),
    )


@dataclass(frozen=True)
class _Column:
    """A column beside the values: its name, its cells and how it is drawn."""

    name: str
    cells: tuple[Cell, ...]
    line: Line


def _beside(spec: ChartSpec) -> list[_Column]:
    """Limits, 95% interval and baseline or target, each where the chart has it; where a waterfall's bars begin."""
    ranges = [_ends(spec, place) for place in range(spec.length)]
    if spec.kind is ChartKind.SAVINGS:
        return [_Column(BEGINNING, tuple(None if pair is None else pair[0] for pair in ranges), Line.BEGINNING)]
    found: list[_Column] = []
    if spec.limits:
        limits = [
            next((ends for one in spec.limits if (ends := one.at(n)) is not None), None) for n in range(spec.length)
        ]
        for end, name in enumerate(LIMITS):
            cells = tuple(None if one is None else Number(round(one[end], 1), 1) for one in limits)
            found.append(_Column(name, cells, Line.MEAN if name == "Mean" else Line.LIMIT))
    if any(ranges):
        for end, name in enumerate(INTERVAL):
            cells = tuple(None if pair is None else pair[end] for pair in ranges)
            found.append(_Column(name, cells, Line.LIMIT))
    if spec.reference is not None:
        name, _, amount = spec.reference.text.rpartition(" ")
        value = _rounded(spec.reference.value, amount)
        found.append(_Column(name or spec.reference.text, (value,) * spec.length, Line.REFERENCE))
    return found


def _ends(spec: ChartSpec, place: int) -> tuple[Number, Number] | None:
    """The 95% interval of the first series that has one in this place; of a waterfall both ends of its bar."""
    for series in spec.series:
        point = series.points[place] if place < len(series.points) else None
        if point is not None and point.low is not None and point.high is not None:
            return _rounded(point.low, point.shown), _rounded(point.high, point.shown)
    return None


def _labels(spec: ChartSpec) -> list[str]:
    """The period, force or area of each place on the chart."""
    found = []
    for place in range(spec.length):
        points = (series.points[place] for series in spec.series if place < len(series.points))
        found.append(next((point.period for point in points if point.period), str(place + 1)))
    return found


def _value(spec: ChartSpec, series: ChartSeries, place: int) -> Cell:
    """The value of a place; a bar that is hidden has its sign, which a line's chart would draw as nil."""
    point = series.points[place] if place < len(series.points) else None
    if point is not None and point.value is not None:
        return _rounded(point.value, point.shown)
    return SUPPRESSED if point is not None and point.shown == SUPPRESSED and spec.kind is ChartKind.AREAS else None


def _hidden(spec: ChartSpec) -> list[str]:
    """For a line with hidden counts: that a blank cell may be one."""
    if spec.kind is ChartKind.AREAS:
        return []
    hidden = any(point.shown == SUPPRESSED for series in spec.series for point in series.points)
    return [f"Or it is {SUPPRESSED}, as the Notes worksheet explains."] if hidden else []


def _signal(spec: ChartSpec, place: int) -> str:
    points = (series.points[place] for series in spec.series if place < len(series.points))
    named = (point.signal.value.replace("_", " ") for point in points if point.signal is not Signal.NONE)
    return next(named, "none")


def _unique(names: Sequence[str]) -> list[str]:
    """Column names without repeats."""
    found: list[str] = []
    for name in names:
        candidate, number = name, 2
        while candidate in found:
            candidate, number = f"{name} ({number})", number + 1
        found.append(candidate)
    return found


def figure_cell(figure: Figure) -> Cell:
    """The number at the precision that is printed, or the shorthand or words that stand in its place."""
    if figure.value is None:
        return NOT_AVAILABLE if figure.shown in ("", "–") else figure.shown
    if not any(letter.isdigit() for letter in figure.shown):
        return figure.shown
    return _rounded(figure.value, figure.shown)


def _rounded(value: float, shown: str) -> Number:
    """`value` at the decimal places of its printed text."""
    places = _decimals(shown)
    return Number(round(value, places), places)


def _decimals(shown: str) -> int:
    found = re.search(r"\d\.(\d+)", shown)
    return len(found.group(1)) if found else 0
