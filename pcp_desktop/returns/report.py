"""What `read --json` prints of a recognised workbook, in its documented shape."""

from __future__ import annotations

from typing import Any

from pcp_desktop.domain.observations import Marker
from pcp_desktop.returns.recognise import FoundTable, Point, Recognised, Series


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
    return {
        "label": list(series.written or series.label),
        "unit": series.unit,
        "percent_as": series.percent_as,
        "points": [_point(point) for point in series.points if point.text is None],
    }


def _point(point: Point) -> dict[str, Any]:
    marker = point.mark or (None if point.marker is Marker.FINAL else point.marker.sign)
    return {
        "cell": point.cell,
        "period": point.period.as_json if point.period else None,
        "value": point.number,
        "marker": marker or None,
    }
