"""The workbook's own chart beside each table, drawn by the reader's program; what stands in the table is sheets'."""

from __future__ import annotations

from typing import Any

from pcp_desktop.domain.pages import ChartKind, ChartSpec, SeriesRole
from pcp_desktop.papers.sheets import Line, Sheet

WIDTH_PIXELS = 780
HEIGHT_PIXELS = 400
MOST_CATEGORY_LABELS = 15
_COLOURS = {
    SeriesRole.THIS: "#12436D",
    SeriesRole.LAST: "#1B857C",
    SeriesRole.OLDER: "#808B96",
    SeriesRole.PRIOR: "#808B96",
    SeriesRole.PEER: "#808B96",
}
_LINES = {
    Line.LIMIT: {"color": "#66727E", "width": 1.0, "dash_type": "dash"},
    Line.MEAN: {"color": "#3F4B57", "width": 1.0},
    Line.REFERENCE: {"color": "#3F4B57", "width": 1.5, "dash_type": "long_dash"},
}
_OUTLINE = {"fill": {"none": True}, "border": {"color": "#3F4B57"}}
_NO_INK = {"fill": {"none": True}, "border": {"none": True}}
_SMALL = {"size": 9, "bold": False}


def add_chart(book: Any, worksheet: Any, sheet: Sheet, spec: ChartSpec, first: int) -> None:
    """Put a native chart of the sheet's table to the right of it, with its text alternative.

    Args:
        book, worksheet: XlsxWriter's workbook and the worksheet that holds the table.
        sheet: the table.
        spec: the chart it was made from.
        first: the table's first row of data, from 0.
    """
    bars, stacked = _is_bars(spec), Line.BEGINNING in sheet.lines
    kind = {"type": "bar", "subtype": "stacked"} if stacked else {"type": "bar" if bars else "line"}
    chart = book.add_chart(kind)
    last = first + len(sheet.rows) - 1
    looks = [_bar_look(series.role, spec) if bars else _line_look(series.role) for series in spec.series]
    looks += [_beside_look(line, bars=bars) for line in sheet.lines]
    columns = list(enumerate(looks, start=1))
    if stacked:  # what a bar stands on comes first
        columns = columns[len(spec.series) :] + columns[: len(spec.series)]
    for column, look in columns:
        chart.add_series(_series(sheet, column, first, last) | look)
    _finish(chart, spec, bars=bars, keyed=len(columns) > 1 and not stacked)
    options = {"description": spec.alt, "object_position": 2}
    worksheet.insert_chart(first - 1, len(sheet.columns) + 1, chart, options)


def _is_bars(spec: ChartSpec) -> bool:
    """A target with one figure is a bar beside its target; with figures over time it is a line."""
    single = spec.kind is ChartKind.TARGET and spec.length == 1 and not spec.y_low
    return single or spec.kind in (ChartKind.PEERS, ChartKind.AREAS, ChartKind.SAVINGS)


def _bar_look(role: SeriesRole, spec: ChartSpec) -> dict[str, Any]:
    """Series of bars take turns in one row each, but for a target, which stands beside its figure."""
    return {"fill": {"color": _COLOURS[role]}, "gap": 60, "overlap": 100 if spec.reference is None else 0}


def _beside_look(line: Line, *, bars: bool) -> dict[str, Any]:
    """A line over lines; beside bars an outline, and nothing to be seen of what a bar stands on."""
    if not bars:
        return {"line": _LINES[line]}
    return _NO_INK if line is Line.BEGINNING else _OUTLINE


def _line_look(role: SeriesRole) -> dict[str, Any]:
    """A line with points, so that a figure between two gaps shows."""
    line: dict[str, Any] = {"color": _COLOURS[role], "width": 2 if role is SeriesRole.THIS else 1.25}
    if role is SeriesRole.OLDER:
        line["dash_type"] = "dash"
    point = {"color": _COLOURS[role]}
    return {"line": line, "marker": {"type": "circle", "size": 4, "fill": point, "border": point}}


def _series(sheet: Sheet, column: int, first: int, last: int) -> dict[str, Any]:
    return {
        "name": [sheet.name, first - 1, column],
        "categories": [sheet.name, first, 0, last, 0],
        "values": [sheet.name, first, column, last, column],
    }


def _finish(chart: Any, spec: ChartSpec, *, bars: bool, keyed: bool) -> None:
    """Title, axes, key and size; gaps stay gaps."""
    chart.set_title({"name": spec.title, "name_font": {"size": 12}})
    values = {
        "name": spec.unit[:1].upper() + spec.unit[1:],
        "name_font": _SMALL,
        "num_font": _SMALL,
        "min": spec.y_low,
        "max": spec.y_high,
        "major_gridlines": {"visible": True, "line": {"color": "#E3E8EC"}},
    }
    if bars:
        chart.set_x_axis(values | {"label_position": "high"})
        chart.set_y_axis({"reverse": True, "num_font": _SMALL, "major_gridlines": {"visible": False}})
    else:
        unit = max(1, -(-spec.length // MOST_CATEGORY_LABELS))
        chart.set_x_axis({"interval_unit": unit, "interval_tick": unit, "num_font": _SMALL | {"rotation": -45}})
        chart.set_y_axis(values)
    chart.set_legend({"position": "bottom", "font": _SMALL} if keyed else {"none": True})
    chart.show_blanks_as("gap")
    chart.set_size({"width": WIDTH_PIXELS, "height": HEIGHT_PIXELS})
