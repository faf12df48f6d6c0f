"""The stretch of points that a person marks on a chart, by dragging or with Shift and the arrows, and its ink."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsObject, QStyleOptionGraphicsItem, QWidget

from pcp_desktop.desktop.chart_layout import PlotFrame

ALPHA = 0.16


class RegionItem(QGraphicsObject):
    """From `anchor` to `head`, both positions included; nothing while no stretch is marked."""

    def __init__(self) -> None:
        super().__init__()
        self.anchor: int | None = None
        self.head: int | None = None
        self._area = QRectF()
        self._colour = QColor()
        self.setZValue(8)

    @property
    def ends(self) -> tuple[int, int] | None:
        """The first and last position marked; None where none is."""
        if self.anchor is None or self.head is None:
            return None
        return min(self.anchor, self.head), max(self.anchor, self.head)

    def mark(self, anchor: int, head: int, frame: PlotFrame, colour: QColor) -> None:
        """Mark the positions from `anchor` to `head`, drawn in `frame`."""
        self.prepareGeometryChange()
        self.anchor, self.head, self._colour = anchor, head, colour
        first, last = sorted((anchor, head))
        left, right = frame.x(first - 0.5), frame.x(last + 0.5)
        self._area = QRectF(left, frame.area.top(), right - left, frame.area.height())
        self.update()

    def clear(self) -> None:
        """Mark nothing."""
        self.prepareGeometryChange()
        self.anchor = self.head = None
        self._area = QRectF()

    def boundingRect(self) -> QRectF:
        return self._area.adjusted(-2, -2, 2, 2) if self.ends is not None else QRectF()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:  # noqa: ARG002
        if self.ends is None:
            return
        ground = QColor(self._colour)
        ground.setAlphaF(ALPHA)
        painter.fillRect(self._area, ground)
        painter.setPen(QPen(self._colour, 1.5, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self._area)
