"""The ink of a line or control chart: one item paints the whole of a ChartSpec, in the order of the design."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QGraphicsObject, QStyleOptionGraphicsItem, QWidget

from pcp_desktop.desktop.chart_bars import paint_bars
from pcp_desktop.desktop.chart_labels import INSET, baseline_place, beside_points, standing_places
from pcp_desktop.desktop.chart_layout import (
    PlotFrame,
    is_bar_chart,
    margins,
    moved_apart,
    placed_marks,
    right_labels,
    thinned,
    tick_step,
    x_range,
)
from pcp_desktop.desktop.theme import Theme
from pcp_desktop.domain.pages import (
    ChartKind,
    ChartPoint,
    ChartSeries,
    ChartSpec,
    Direction,
    LimitSegment,
    SeriesRole,
    Signal,
)

POINT = 5.4
DIAMOND = 9.5
LONE_BAR = 8.0
RANGE_ALPHA = 0.13
COLUMN = 72.0
RING, FORCE = 4.2, 4.0


@dataclass(frozen=True)
class LineStyle:
    """How a series is drawn: its colour, width in pixels and dash pattern (empty for a solid line)."""

    colour: QColor
    width: float
    dash: tuple[float, ...] = ()


class ChartItem(QGraphicsObject):
    """Paints one ChartSpec into a rectangle of the scene. Give it a spec, a size, a font and a theme."""

    def __init__(self, theme: Theme, font: QFont) -> None:
        super().__init__()
        self._theme = theme
        self._font = QFont(font)
        self._bold = QFont(font)
        self._bold.setWeight(QFont.Weight.DemiBold)
        self._spec: ChartSpec | None = None
        self._bounds = QRectF()
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def show_spec(self, spec: ChartSpec, bounds: QRectF, theme: Theme, font: QFont) -> None:
        """Paint `spec` within `bounds` (scene pixels) from now on."""
        self.prepareGeometryChange()
        self._spec, self._bounds, self._theme = spec, bounds, theme
        self._font, self._bold = QFont(font), QFont(font)
        self._bold.setWeight(QFont.Weight.DemiBold)
        self.update()

    @property
    def frame(self) -> PlotFrame:
        """The plotting area and axes of what is shown."""
        assert self._spec is not None
        left, top, right, bottom = margins(self._spec, self._bounds.width(), self.text_width, self.line)
        area = self._bounds.adjusted(left, top, -right, -bottom)
        return PlotFrame(area, *x_range(self._spec), self._spec.y_low, self._spec.y_high)

    @property
    def line(self) -> float:
        """The height of a line of chart text, in pixels."""
        return line_height(self._font)

    def text_width(self, text: str, bold: bool) -> float:
        """The width of a chart text in pixels."""
        return QFontMetricsF(self._bold if bold else self._font).horizontalAdvance(text)

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:  # noqa: ARG002
        if self._spec is None or self._bounds.width() < 60 or self._bounds.height() < 40:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_bar_chart(self._spec):
            paint_bars(painter, self._spec, self._bounds, self._theme, self._font, self._bold)
            return
        ink = _Ink(painter, self._spec, self.frame, self._bounds, self._theme, self._font, self._bold)
        ink.paint()


def line_height(font: QFont) -> float:
    """The height that a line of chart text takes, in pixels: 16 at a text size of 100 %."""
    return float(round(QFontMetricsF(font).height()))


class _Ink:
    """One painting of one chart; the steps are in the order in which they cover each other."""

    def __init__(
        self,
        painter: QPainter,
        spec: ChartSpec,
        frame: PlotFrame,
        bounds: QRectF,
        theme: Theme,
        font: QFont,
        bold: QFont,
    ) -> None:
        self.painter, self.spec, self.frame, self.bounds, self.theme = painter, spec, frame, bounds, theme
        self.font, self.bold = font, bold
        self.line_height = line_height(font)
        self.area = frame.area
        self.last_break = max((mark.position for mark in spec.breaks), default=float("-inf"))

    def paint(self) -> None:
        """Everything, from the band of the baseline to the labels."""
        self.painter.fillRect(self.bounds, self.theme.surface)
        self.baseline_band()
        self.grid()
        for series in self.spec.series:
            self.interval(series)
        for segment in self.spec.limits:
            self.limit_segment(segment)
        self.words_inside()
        self.marks()
        order = sorted(self.spec.series, key=lambda series: series.role is SeriesRole.THIS)
        if self.spec.kind is ChartKind.FUNNEL:
            self.forces(order)
        else:
            self.lines(order)
        self.reference_line()
        self.x_axis()
        self.end_labels()

    # ------------------------------------------------------------ ground

    def pen(self, colour: QColor, width: float, dash: tuple[float, ...] = ()) -> None:
        pen = QPen(colour, width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap if dash else Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if dash:
            # Qt counts dashes in pen widths; the design gives pixels.
            pen.setDashPattern([part / width for part in dash])
        self.painter.setPen(pen)
        self.painter.setBrush(Qt.BrushStyle.NoBrush)

    def text(self, rect: QRectF, align: Qt.AlignmentFlag, text: str, colour: QColor, bold: bool = False) -> None:
        self.painter.setFont(self.bold if bold else self.font)
        self.painter.setPen(QPen(colour))
        self.painter.drawText(rect, align | Qt.TextFlag.TextSingleLine, text)

    def width_of(self, text: str, bold: bool = False) -> float:
        return QFontMetricsF(self.bold if bold else self.font).horizontalAdvance(text)

    def horizontal(self, value: float, first: float | None = None, last: float | None = None) -> None:
        left = self.area.left() if first is None else max(self.frame.x(first), self.area.left())
        right = self.area.right() if last is None else min(self.frame.x(last), self.area.right())
        y = round(self.frame.y(value)) + 0.5
        if self.area.top() - 1 <= y <= self.area.bottom() + 1:
            self.painter.drawLine(QLineF(left, y, right, y))

    def baseline_band(self) -> None:
        if self.spec.baseline is None:
            return
        first, last, _ = self.spec.baseline
        left, right = self.frame.x(first - 0.5), self.frame.x(last + 0.5)
        band = QRectF(left, self.area.top(), right - left, self.area.height())
        self.painter.fillRect(band, self.theme.band)
        if self.theme.outlined:
            self.pen(self.theme.grid, 1)
            self.painter.drawRect(band.adjusted(0.5, 0.5, -0.5, -0.5))

    def words_inside(self) -> None:
        """The standing of the limits and the name of the baseline year, where no line runs through them."""
        left_aligned = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        widths = [self.width_of(segment.words) + 2 for segment in self.spec.limits]
        places = standing_places(self.spec, self.frame, widths, self.line_height)
        for segment, place in zip(self.spec.limits, places, strict=True):
            if place is not None:
                self.text(place, left_aligned, segment.words, self.theme.text3)
        if self.spec.baseline is not None:
            first, _, label = self.spec.baseline
            left = min(self.frame.x(first - 0.5), self.area.right() - self.width_of(label) - INSET - 2)
            room = QRectF(left, 0, self.width_of(label) + 2, self.line_height)
            place = baseline_place(self.spec, self.frame, room, places)
            self.text(place, left_aligned, label, self.theme.text3)

    def grid(self) -> None:
        step, line = tick_step(self.frame, self.spec, self.line_height), self.line_height
        for at, tick in enumerate(self.spec.y_ticks):
            self.pen(self.theme.grid, 1)
            self.horizontal(tick.position)
            if at % step:
                continue
            y = self.frame.y(tick.position)
            place = QRectF(self.bounds.left(), y - line / 2, self.area.left() - self.bounds.left() - 7, line)
            align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            self.text(place, align, tick.text, self.theme.text3)

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

    def limit_segment(self, segment: LimitSegment) -> None:
        first, last = segment.first - 0.5, segment.last + 0.5
        limit, mean = QColor(self.theme.limit), QColor(self.theme.mean)
        if segment.standing:
            limit.setAlphaF(0.65)
            mean.setAlphaF(0.65)
        if segment.varying:
            for run in segment.runs:
                self.limit_range(run, limit, mean)
            return
        self.pen(mean, 1.2)
        self.horizontal(segment.mean, first, last)
        self.pen(limit, 1.2, (5, 4))
        for value in (segment.lower, segment.upper):
            self.horizontal(value, first, last)

    def limit_range(self, run: Sequence[tuple[int, tuple[float, float, float]]], limit: QColor, mean: QColor) -> None:
        """An expected range that follows the year or each point's base: a band, its dashed limits and its mean."""
        at = [position for position, _ in run]
        lower, middle, upper = (
            [self.frame.at(x, ends[end]) for x, ends in [(at[0] - 0.5, run[0][1]), *run, (at[-1] + 0.5, run[-1][1])]]
            for end in range(3)
        )
        ground = QColor(self.theme.limit)
        ground.setAlphaF(RANGE_ALPHA)
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(QBrush(ground))
        self.painter.drawPolygon(QPolygonF([*upper, *reversed(lower)]))
        self.pen(limit, 1.2, (5, 4))
        self.painter.drawPolyline(QPolygonF(lower))
        self.painter.drawPolyline(QPolygonF(upper))
        self.pen(mean, 1.2)
        self.painter.drawLines([QLineF(one, two) for one, two in pairwise(middle)])

    def reference_line(self) -> None:
        if self.spec.reference is not None:
            self.pen(self.theme.limit, 1.2, (5, 4))
            self.horizontal(self.spec.reference.value)

    # ------------------------------------------------------------ breaks and events

    def marks(self) -> None:
        line = self.line_height
        for mark in placed_marks(self.spec, self.frame, self.bounds.width(), self.width_of):
            middle = self.area.top() - 6 - line * mark.row - line / 2
            x = round(mark.x) + 0.5
            if mark.is_break:
                self.pen(self.theme.mean, 1.4)
                self.painter.drawLine(QLineF(x, middle + 2, x, self.area.bottom()))
                for offset in (-3.0, 1.0):
                    self.painter.drawLine(QLineF(x - 4, middle + offset + 3, x + 4, middle + offset - 2))
            else:
                self.pen(self.theme.text3, 1, (1.5, 2.5))
                self.painter.drawLine(QLineF(x, middle + 4, x, self.area.bottom()))
                self.triangle(QPointF(x, middle + 4))
            room = self.width_of(mark.text) + 2
            left = x - 8 - room if mark.to_left else x + 8
            align = Qt.AlignmentFlag.AlignRight if mark.to_left else Qt.AlignmentFlag.AlignLeft
            place = QRectF(left, middle - line / 2, room, line)
            self.text(place, align | Qt.AlignmentFlag.AlignVCenter, mark.text, self.theme.text2)

    def triangle(self, tip: QPointF) -> None:
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(self.theme.text3)
        over = tip - QPointF(0, 7)
        self.painter.drawPolygon(QPolygonF([tip, over + QPointF(-4.5, 0), over + QPointF(4.5, 0)]))

    # ------------------------------------------------------------ series

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

    def style(self, series: ChartSeries) -> LineStyle:
        """The look of a series by its role."""
        theme, year_on_year = self.theme, self.spec.kind is ChartKind.YEAR_ON_YEAR
        match series.role:
            case SeriesRole.THIS:
                return LineStyle(theme.data, 2.6 if year_on_year else 1.8)
            case SeriesRole.LAST:
                return LineStyle(theme.c2, 1.6)
            case SeriesRole.OLDER:
                older = [other for other in self.spec.series if other.role is SeriesRole.OLDER]
                dash = (6.0, 4.0) if older.index(series) == len(older) - 1 else (1.5, 3.0)
                return LineStyle(theme.prior, 1.4, dash)
        return LineStyle(theme.prior, 1.6)

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

    # ------------------------------------------------------------ axis and labels

    def x_axis(self) -> None:
        y = round(self.area.bottom()) + 0.5
        self.pen(self.theme.text3, 1)
        self.painter.drawLine(QLineF(self.area.left(), y, self.area.right(), y))
        ticks = self.spec.x_ticks
        half = [self.width_of(tick.text) / 2 for tick in ticks]
        where = [self.frame.x(tick.position) for tick in ticks]
        edge = self.bounds.right()
        spots = [min(max(x, self.bounds.left() + h), edge - h) for x, h in zip(where, half, strict=True)]
        gap = 6.0 if any(len(tick.text) > 1 for tick in ticks) else 2.0
        for index in thinned([(x - h, x + h) for x, h in zip(spots, half, strict=True)], gap):
            self.pen(self.theme.text3, 1)
            self.painter.drawLine(QLineF(where[index], y, where[index], y + 3))
            place = QRectF(spots[index] - half[index] - 2, y + 3, 2 * half[index] + 4, self.line_height)
            self.text(place, Qt.AlignmentFlag.AlignHCenter, ticks[index].text, self.theme.text3)
        self.year_row(y + self.line_height + 2)

    def year_row(self, top: float) -> None:
        line = self.line_height
        for year in self.spec.years:
            left = max(self.frame.x(year.first), self.area.left())
            right = min(self.frame.x(year.last), self.area.right())
            self.pen(self.theme.text3, 1)
            self.painter.drawLine(QLineF(left + 0.5, top + 3, left + 0.5, top + line - 3))
            if self.width_of(year.text, True) <= right - left - 4:
                place = QRectF(left, top, right - left, line)
                centre = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
                self.text(place, centre, year.text, self.theme.text2, True)

    def end_labels(self) -> None:
        labels = right_labels(self.spec)
        ends = [self.frame.y(label.value) for label in labels]
        line = self.line_height
        heights = moved_apart(ends, self.area.top() + 4, self.area.bottom() - 4, line - 2)
        left = self.area.right() + 7
        for label, height in zip(labels, heights, strict=True):
            colour = self.theme.text if label.strong else self.theme.text2
            if label.role is SeriesRole.THIS:
                colour = self.theme.data
            elif label.role is SeriesRole.LAST:
                colour = self.theme.c2
            font = self.bold if label.strong else self.font
            room = self.bounds.right() - left
            text = QFontMetricsF(font).elidedText(label.text, Qt.TextElideMode.ElideRight, room)
            place = QRectF(left, height - line / 2, room, line)
            align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            self.text(place, align, text, colour, label.strong)


def direction_colour(theme: Theme, direction: Direction) -> QColor:
    """The colour of a signal: unfavourable, favourable or neither."""
    match direction:
        case Direction.UNFAVOURABLE:
            return theme.det
        case Direction.FAVOURABLE:
            return theme.imp
    return theme.text


def paint_diamond(painter: QPainter, centre: QPointF, colour: QColor, surface: QColor, filled: bool) -> None:
    """A signal's diamond, 9.5 pixels across."""
    half = DIAMOND / 2 + 0.7
    corners = [QPointF(0, -half), QPointF(half, 0), QPointF(0, half), QPointF(-half, 0)]
    painter.setPen(QPen(surface if filled else colour, 1.0 if filled else 1.6))
    painter.setBrush(colour if filled else surface)
    painter.drawPolygon(QPolygonF([centre + corner for corner in corners]))
