"""The series of a chart: intervals, lines, points with their signals, projected rings, the forces of a funnel."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPen, QPolygonF

from pcp_desktop.desktop.charts.labels import beside_points
from pcp_desktop.desktop.charts.pencil import Pencil, direction_colour, paint_diamond
from pcp_desktop.domain.pages import ChartKind, ChartPoint, ChartSeries, SeriesRole, Signal

POINT = 5.4
LONE_BAR = 8.0
COLUMN = 72.0
RING, FORCE = 4.2, 4.0


class SeriesInk(Pencil):
    """The series of one chart; each method draws one kind of mark."""

    @cached_property
    def last_break(self) -> float:
        """The position from which on a line is in its own colour; before any point where nothing breaks."""
        return max((mark.position for mark in self.spec.breaks), default=float("-inf"))

    def interval(self, series: ChartSeries) -> None:
        """The interval of each point as a band at 14 %, broken where a period is missing; a ring has its own bar."""
        if series.role is SeriesRole.PROJECTED:
            return
        run: list[tuple[int, ChartPoint]] = []
        for position, point in [*enumerate(series.points), (-1, ChartPoint("", None, ""))]:
            if point.low is not None and point.high is not None:
                run.append((position, point))
                continue
            if run:
                self.interval_run(run)
            run = []

    def interval_run(self, run: list[tuple[int, ChartPoint]]) -> None:
        """A run of intervals as one band; a point without neighbours has a bar."""
        lone = len(run) == 1
        colour = QColor(self.theme.data)
        colour.setAlphaF(0.3 if lone else 0.14)
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(QBrush(colour))
        reach = LONE_BAR / 2 if lone else 0.0
        over = [self.frame.at(at, item.high or 0.0) for at, item in run]
        under = [self.frame.at(at, item.low or 0.0) for at, item in reversed(run)]
        if reach:
            over = [over[0] - QPointF(reach, 0), over[0] + QPointF(reach, 0)]
            under = [under[0] + QPointF(reach, 0), under[0] - QPointF(reach, 0)]
        self.painter.drawPolygon(QPolygonF(over + under))

    def lines(self, order: Sequence[ChartSeries]) -> None:
        """Every line, then every point, then what is projected from the last of this series."""
        known = [series for series in order if series.role is not SeriesRole.PROJECTED]
        for series in known:
            self.line(series)
        for series in known:
            self.points(series)
        for series in order:
            if series.role is SeriesRole.PROJECTED:
                self.rings(series, known[-1])

    def rings(self, projected: ChartSeries, known: ChartSeries) -> None:
        """Each projected value as an open ring with its interval as a bar, dashed from the last known point."""
        last = [self.frame.at(at, one.value) for at, one in enumerate(known.points) if one.value is not None][-1:]
        colour = self.style(known).colour
        for at, point in enumerate(projected.points):
            if point.value is None or point.low is None or point.high is None:
                continue
            ring = self.frame.at(at, point.value)
            self.pen(colour, 1.2, (4, 4))
            self.painter.drawLines([QLineF(one, ring) for one in last])
            self.pen(colour, 1.6)
            self.painter.drawLine(QLineF(self.frame.at(at, point.low), self.frame.at(at, point.high)))
            self.painter.setBrush(self.theme.surface)
            self.painter.drawEllipse(ring, RING, RING)

    def forces(self, order: Sequence[ChartSeries]) -> None:
        """The forces of a funnel, each with its name beside it, the own one in bold and drawn last."""
        found = [
            (self.frame.at(point.place(at), point.value), point, series)
            for series in order
            for at, point in enumerate(series.points)
            if point.value is not None
        ]
        names = [(place, point.period, series.role is SeriesRole.THIS) for place, point, series in found]
        for place, point, series in found:
            if point.signal is not Signal.NONE:
                self.diamond(place, point)
                continue
            self.painter.setPen(QPen(self.theme.surface, 1.2))
            self.painter.setBrush(self.style(series).colour)
            radius = FORCE + 1 if series.role is SeriesRole.THIS else FORCE
            self.painter.drawEllipse(place, radius, radius)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        places = beside_points(self.spec, self.frame, names, self.width_of, self.line_height)
        for (_, name, own), rect in zip(names, places, strict=True):
            self.text(rect, left, name, self.theme.data if own else self.theme.text2, own)

    def line(self, series: ChartSeries) -> None:
        """Separate segments: quicker than an anti-aliased polyline, and a gap or a break simply has none."""
        style = self.style(series)
        earlier: list[QLineF] = []
        later: list[QLineF] = []
        for (left, first), (right, second) in pairwise(enumerate(series.points)):
            if first.value is None or second.value is None:
                continue
            if any(left < mark.position <= right for mark in self.spec.breaks):
                continue
            segment = QLineF(self.frame.at(left, first.value), self.frame.at(right, second.value))
            (earlier if right < self.last_break else later).append(segment)
        for colour, segments in ((self.theme.prior, earlier), (style.colour, later)):
            if not segments:
                continue
            self.pen(colour, style.width, style.dash)
            if style.dash:
                self.dashed(segments)
            else:
                self.painter.drawLines(segments)

    def dashed(self, segments: list[QLineF]) -> None:
        """Joined segments as polylines, so that the dashes run on from one to the next."""
        run = [segments[0].p1(), segments[0].p2()]
        for segment in segments[1:]:
            if segment.p1() != run[-1]:
                self.painter.drawPolyline(QPolygonF(run))
                run = [segment.p1()]
            run.append(segment.p2())
        self.painter.drawPolyline(QPolygonF(run))

    def shows_every_point(self, series: ChartSeries) -> bool:
        if self.spec.kind in (ChartKind.YEAR_ON_YEAR, ChartKind.ROLLING):
            return False
        return self.area.width() / max(len(series.points), 1) >= 6.5

    def points(self, series: ChartSeries) -> None:
        colour = self.style(series).colour
        present = [(at, point) for at, point in enumerate(series.points) if point.value is not None]
        if len(present) == 1 and self.spec.kind is ChartKind.TARGET and self.spec.y_low == 0:
            self.column(*present[0], colour)
            return
        every = self.shows_every_point(series)
        alone = {at for at, _ in present} - {at + d for at, _ in present for d in (-1, 1)}
        for at, point in present:
            place = self.frame.at(at, point.value or 0.0)
            is_last = at == present[-1][0] and series.role is SeriesRole.THIS
            if point.signal is not Signal.NONE:
                self.diamond(place, point)
            elif every or is_last or at in alone:
                self.painter.setPen(QPen(self.theme.surface, 1.2))
                self.painter.setBrush(self.theme.prior if at < self.last_break else colour)
                radius = POINT / 2 + 0.6 + (0.8 if is_last and not every else 0)
                self.painter.drawEllipse(place, radius, radius)

    def column(self, at: int, point: ChartPoint, colour: QColor) -> None:
        """The only figure of a target chart as a column from zero, which is easier to set against the target."""
        wide = min(COLUMN, self.area.width() / 4)
        top = self.frame.at(at, point.value or 0.0)
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(colour)
        self.painter.drawRect(QRectF(top.x() - wide / 2, top.y(), wide, self.area.bottom() - top.y()))

    def diamond(self, centre: QPointF, point: ChartPoint) -> None:
        """Filled outside a limit, hollow for a run, trend or two of three; its colour says which way is good."""
        colour = direction_colour(self.theme, point.direction)
        paint_diamond(self.painter, centre, colour, self.theme.surface, point.signal is Signal.OUTSIDE)
