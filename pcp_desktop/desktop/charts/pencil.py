"""The pencil of one painting of a chart: its place, pens, words and diamonds; what they show is not its concern."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from pcp_desktop.desktop.charts.layout import PlotFrame
from pcp_desktop.desktop.theme import Theme
from pcp_desktop.domain.pages import ChartKind, ChartSeries, ChartSpec, Direction, SeriesRole

DIAMOND = 9.5  # across


def line_height(font: QFont) -> float:
    """The height that a line of chart text takes, in pixels: 16 at a text size of 100 %."""
    return float(round(QFontMetricsF(font).height()))


@dataclass(frozen=True)
class LineStyle:
    """How a series is drawn: its colour, width in pixels and dash pattern (empty for a solid line)."""

    colour: QColor
    width: float
    dash: tuple[float, ...] = ()


class Pencil:
    """Draws one ChartSpec into `bounds`, with its axes in `frame`; `bold` is the font of what stands out."""

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

    def pen(self, colour: QColor, width: float, dash: tuple[float, ...] = ()) -> None:
        pen = QPen(colour, width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap if dash else Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if dash:
            # Qt counts dashes in pen widths; the design gives pixels.
            pen.setDashPattern([part / width for part in dash])
        self.painter.setPen(pen)
        self.painter.setBrush(Qt.BrushStyle.NoBrush)

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
                dash = (6.0, 4.0) if older.index(series) == 0 else (1.5, 3.0)
                return LineStyle(theme.prior, 1.4, dash)
        return LineStyle(theme.prior, 1.6)

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
