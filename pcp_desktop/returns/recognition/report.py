"""What `read --json` prints of a recognised workbook, in its documented shape."""

from __future__ import annotations

from typing import Any

from pcp_desktop.domain.observations import Marker
from pcp_desktop.returns.recognition.found import FoundTable, Point, Recognised, Series


def as_json(recognised: Recognised) -> dict[str, Any]:
    """Plain JSON values: sheets with tables, series and points, then findings; dates ISO, numbers as stored."""
    return {
        "file": recognised.file,
        "sheets": [
            {"name": sheet.name, "hidden": sheet.hidden, "tables": [_table(table) for table in sheet.tables]}
            for sheet in recognised.sheets
        ],
        "findings": [
            {"severity": found.severity.value, "sheet": found.sheet, "cell": found.cell, "message": found.message}
            for found in recognised.findings
        ],
    }


def _table(table: FoundTable) -> dict[str, Any]:
    series = [_series(series) for series in table.series]
    return {"range": table.range, "unit": table.unit, "series": [one for one in series if one["points"]]}


def _series(series: Series) -> dict[str, Any]:
    has_figures = any(point.text is None for point in series.points)
    return {
        "label": list(series.written or series.label),
        "unit": series.unit,
        "percent_as": series.percent_as,
        "points": [_point(point) for point in (*series.points, *series.blanks) if point.text is None or has_figures],
    }


def _point(point: Point) -> dict[str, Any]:
    """A point; words among figures, and an empty cell, stand for a value that is not there."""
    marker = point.mark or (None if point.marker is Marker.FINAL else point.marker.sign)
    marker = "blank" if point.is_blank else point.text or marker
    return {
        "cell": point.cell,
        "period": point.period.as_json if point.period else None,
        "value": point.number,
        "marker": marker or None,
    }
