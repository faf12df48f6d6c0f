"""The sheets of the data workbook: what stands in each table. How a workbook is written belongs to xlsx."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pcp_desktop.domain.pages import (
    ChartKind,
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
DASHBOARD = "Dashboard"
SHORTHAND = (
    ("[c]", "Confidential: not shown because numbers are small."),
    ("[p]", "Provisional: holds a figure that its partner may still change."),
    ("[r]", "Revised since it was first given."),
    ("[x]", "Not available, or not published; the status column says why."),
)
LIMITS = ("Lower limit", "Mean", "Upper limit")
_FIGURES = (5, 7, 9, 10)
_BLANKS = "A blank cell means that there is no value for that period in that column."


@dataclass(frozen=True)
class Number:
    """A number in a cell, at the decimal places that the papers print."""

    value: float
    places: int

    @property
    def code(self) -> str:
        """Its number format."""
        return "#,##0" if self.places == 0 else "#,##0." + "0" * self.places


Cell = str | Number | None


@dataclass(frozen=True)
class Sheet:
    """A worksheet with one table: its texts, columns with rows, and the chart drawn from them, if any.

    `numeric` says which columns are right aligned. None is a blank cell, which the instructions explain.
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
        _cell(row.baseline),
        row.latest.period.label if row.latest.period else NOT_AVAILABLE,
        _cell(row.latest),
        row.latest.sign or "None",
        _cell(row.change),
        _cell(row.change_percent),
        row.status.word,
        f"{row.position_shown} of {row.position[1]}" if row.position else NOT_AVAILABLE,
        " ".join(filter(None, (row.line, *row.notes))) or "None",
    )


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
    """One sheet for each measure that has a chart, its main one or else its first small one."""
    found: list[Sheet] = []
    used = {DASHBOARD, "Cover", "Contents", "Notes"}
    for page in priorities:
        for panel in page.measures:
            spec = panel.main or (panel.small[0] if panel.small else None)
            if spec is not None and not panel.row.held_words:
                found.append(_chart_sheet(page, panel, spec, _sheet_name(page.code, panel, used)))
    return found


def _sheet_name(code: str, panel: MeasurePanel, used: set[str]) -> str:
    """A name that Excel takes and that is not used yet: the priority's code and the measure's label."""
    words = re.sub(r"[^\w ]+", " ", f"{code} {panel.row.label}")
    name = " ".join(words.split())[:LONGEST_SHEET_NAME].strip()
    number = 2
    plain = name
    while name.casefold() in {one.casefold() for one in used}:
        name = f"{plain[: LONGEST_SHEET_NAME - 3]} {number}"
        number += 1
    used.add(name)
    return name


def _chart_sheet(page: PriorityPage, panel: MeasurePanel, spec: ChartSpec, name: str) -> Sheet:
    """The series of a chart, a row a period or bar: value columns first, then the limits, then the signal."""
    limits = bool(spec.limits)
    signals = any(point.signal is not Signal.NONE for series in spec.series for point in series.points)
    names = _unique([series.name or panel.row.label for series in spec.series])
    first = "Force or area" if spec.kind in (ChartKind.PEERS, ChartKind.AREAS) else "Period"
    columns = (first, *names, *(label for label in LIMITS if limits), *(["Signal"] if signals else []))
    rows = tuple(_chart_row(spec, place, limits=limits, signals=signals) for place in range(spec.length))
    return Sheet(
        name=name,
        title=f"{page.code} {panel.row.label}: {spec.kind.value}, {spec.unit}",
        instructions=f"This worksheet contains one table and one chart of it. {_BLANKS}",
        scope=f"{spec.title}. {spec.subtitle}",
        source=spec.source,
        columns=columns,
        rows=rows,
        numeric=(False, *(True for _ in names), *(True for _ in LIMITS if limits), *([False] if signals else [])),
        chart=spec,
    )


def _chart_row(spec: ChartSpec, place: int, *, limits: bool, signals: bool) -> tuple[Cell, ...]:
    """One period of every series."""
    points = [series.points[place] if place < len(series.points) else None for series in spec.series]
    label = next((point.period for point in points if point is not None), str(place + 1))
    cells: list[Cell] = [label]
    for point in points:
        cells.append(None if point is None or point.value is None else _rounded(point.value, point.shown))
    if limits:
        segment = next((one for one in spec.limits if one.first <= place <= one.last), None)
        cells += (
            [Number(round(v, 1), 1) for v in (segment.lower, segment.mean, segment.upper)] if segment else [None] * 3
        )
    if signals:
        label_of = [point.signal.value for point in points if point is not None and point.signal is not Signal.NONE]
        cells.append(label_of[0].replace("_", " ") if label_of else "none")
    return tuple(cells)


def _unique(names: Sequence[str]) -> list[str]:
    """Column names without repeats."""
    found: list[str] = []
    for name in names:
        candidate, number = name, 2
        while candidate in found:
            candidate, number = f"{name} ({number})", number + 1
        found.append(candidate)
    return found


def _cell(figure: Figure) -> Cell:
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
