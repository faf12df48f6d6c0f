"""The pencil of one painting of a chart: its place, pens and words; what is drawn with it is not its concern."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from pcp_desktop.desktop.charts.layout import PlotFrame
from pcp_desktop.desktop.theme import Theme
from pcp_desktop.domain.pages import ChartSpec


def line_height(font: QFont) -> float:
    """The height that a line of chart text takes, in pixels: 16 at a text size of 100 %."""
    return float(round(QFontMetricsF(font).height()))


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
