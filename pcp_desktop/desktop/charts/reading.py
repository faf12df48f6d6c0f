"""Reading a chart point by point: which point the arrow keys and the mouse come to. Nothing is drawn here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil

from PySide6.QtCore import QPointF

from pcp_desktop.desktop.charts.layout import PlotFrame, bars_of, is_bar_chart
from pcp_desktop.domain.pages import ChartKind, ChartPoint, ChartSpec, SeriesRole

MONTHS_OF_YEAR = 12
OVER_TIME = (ChartKind.CONTROL, ChartKind.ROLLING, ChartKind.TARGET, ChartKind.LINE)


@dataclass(frozen=True)
class Reading:
    """The point being read: the index of its series and its position."""

    series: int
    position: int


def year_length(spec: ChartSpec) -> int:
    """How many positions a year has: 12 of months, 4 of quarters, as the years under the axis say; 1 where none are.

    A chart of one year laid over another has the months of a year, and bars are leafed through by as many.
    """
    if not spec.years and spec.kind in OVER_TIME:
        return 1
    return max((round(year.last - year.first) for year in spec.years), default=MONTHS_OF_YEAR) or MONTHS_OF_YEAR


def last_reading(spec: ChartSpec) -> Reading | None:
    """Where reading begins: the last point of this series that has a value; None in an empty chart."""
    if is_bar_chart(spec):
        own = [place for place, (series, _) in enumerate(bars_of(spec)) if series.role is SeriesRole.THIS]
        return Reading(0, own[0] if own else 0) if bars_of(spec) else None
    order = sorted(range(len(spec.series)), key=lambda index: spec.series[index].role is not SeriesRole.THIS)
    for index in order:
        present = [at for at, point in enumerate(spec.series[index].points) if point.value is not None]
        if present:
            return Reading(index, present[-1])
    return None


def point_at(spec: ChartSpec, reading: Reading) -> ChartPoint | None:
    """The point of a reading; a missing period is a point without a value. None beyond the series."""
    if is_bar_chart(spec):
        bars = bars_of(spec)
        return bars[reading.position][1] if 0 <= reading.position < len(bars) else None
    points = spec.series[reading.series].points
    return points[reading.position] if 0 <= reading.position < len(points) else None


def noted(spec: ChartSpec, reading: Reading) -> ChartPoint | None:
    """The point of a reading, whose note also names the breaks and events that stand at it or just before it."""
    point = point_at(spec, reading)
    marks = [mark for mark in (*spec.breaks, *spec.events) if ceil(mark.position) == reading.position]
    if point is None or not marks or is_bar_chart(spec):
        return point
    named = (f"{mark.label.rstrip('.')}." for mark in sorted(marks, key=lambda mark: mark.position))
    return replace(point, note=" ".join(part for part in (point.note, *named) if part))


def moved(spec: ChartSpec, reading: Reading, steps: int) -> Reading:
    """The reading `steps` positions on, at most at the ends.

    Where one run of figures continues in another series (before and after a break), the reading goes over to it.
    """
    return settled(spec, Reading(reading.series, reading.position + steps))


def settled(spec: ChartSpec, reading: Reading) -> Reading:
    """The nearest reading that there is."""
    last = len(bars_of(spec)) - 1 if is_bar_chart(spec) else _last_position(spec, reading.series)
    there = Reading(reading.series, min(max(reading.position, 0), last))
    found = point_at(spec, there)
    if found is not None and found.value is not None:
        return there
    if _continues(spec):
        for index in range(len(spec.series)):
            other = Reading(index, there.position)
            point = point_at(spec, other)
            if point is not None and point.value is not None:
                return other
    return there


def first_position(spec: ChartSpec, reading: Reading) -> Reading:
    """The first period."""
    return settled(spec, Reading(reading.series, 0))


def last_position(spec: ChartSpec, reading: Reading) -> Reading:
    """The last period that the series (or the run that continues it) reaches."""
    return settled(spec, Reading(reading.series, spec.length))


def other_series(spec: ChartSpec, reading: Reading, steps: int) -> Reading:
    """The same period in the next series that has it."""
    count = len(spec.series)
    for step in range(1, count + 1):
        index = (reading.series + steps * step) % count
        if point_at(spec, Reading(index, reading.position)) is not None:
            return Reading(index, reading.position)
    return reading


def nearest(spec: ChartSpec, frame: PlotFrame, at: QPointF) -> Reading | None:
    """The reading nearest to a pixel: the nearest period first, then the series nearest in height."""
    if not spec.series or is_bar_chart(spec):
        return None
    position = min(max(round(frame.x_low + (at.x() - frame.area.left()) / _step(frame)), 0), spec.length - 1)
    best, distance = None, float("inf")
    for index, series in enumerate(spec.series):
        present = [place for place, point in enumerate(series.points) if point.value is not None]
        if not present:
            continue
        where = {candidate: series.points[candidate].place(candidate) for candidate in present}
        place = min(present, key=lambda candidate: abs(where[candidate] - position))
        value = series.points[place].value or 0.0
        away = abs(frame.x(where[place]) - frame.x(position)) * 4 + abs(frame.y(value) - at.y())
        if away < distance:
            best, distance = Reading(index, place), away
    return best


def _step(frame: PlotFrame) -> float:
    return frame.area.width() / (frame.x_high - frame.x_low)


def _continues(spec: ChartSpec) -> bool:
    return spec.kind is not ChartKind.YEAR_ON_YEAR and not is_bar_chart(spec)


def _last_position(spec: ChartSpec, series: int) -> int:
    if _continues(spec):
        return max((len(other.points) for other in spec.series), default=1) - 1
    return max(len(spec.series[series].points) - 1, 0)
