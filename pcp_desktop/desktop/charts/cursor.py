"""The mark on the point of a chart that is being read."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsObject, QStyleOptionGraphicsItem, QWidget


class CursorItem(QGraphicsObject):
    """The ring on the point being read and the line down to its period; nothing while no point is read."""

    def __init__(self) -> None:
        super().__init__()
        self._place: QPointF | None = None
        self._area = QRectF()
        self._colour = QColor()
        self._has_point = True
        self.setZValue(9)

    def show_at(self, place: QPointF, area: QRectF, colour: QColor, has_point: bool) -> None:
        """Ring `place` (only the line where the period has no value) within `area`, in scene pixels."""
        self.prepareGeometryChange()
        self._place, self._area, self._colour, self._has_point = place, area, colour, has_point
        self.update()

    def clear(self) -> None:
        """Show nothing."""
        self.prepareGeometryChange()
        self._place = None

    def boundingRect(self) -> QRectF:
        if self._place is None:
            return QRectF()
        x = self._place.x()
        return QRectF(x - 9, self._area.top() - 9, 18, self._area.height() + 18)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:  # noqa: ARG002
        if self._place is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._colour, 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        x = self._place.x()
        if not self._has_point:
            painter.drawLine(QLineF(x, self._area.top(), x, self._area.bottom()))
            return
        painter.drawLine(QLineF(x, self._area.top(), x, self._place.y() - 6.5))
        painter.drawLine(QLineF(x, self._place.y() + 6.5, x, self._area.bottom()))
        painter.setPen(QPen(self._colour, 2))
        painter.drawEllipse(self._place, 6.5, 6.5)
