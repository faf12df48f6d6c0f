"""A combo box with the window's own chevron and a tick box with its own tick, which a style sheet cannot colour."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QCheckBox, QComboBox

from pcp_desktop.desktop import icons


class ChoiceBox(QComboBox):
    """A QComboBox; give it an accessible name or a label as its buddy."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        icons.paint_icon(
            painter,
            QRectF(self.width() - 25, self.height() / 2 - 7, 14, 14),
            "chevron-down",
            self.palette().color(QPalette.ColorRole.Text),
        )
        painter.end()


class TickBox(QCheckBox):
    """A QCheckBox whose edge stands out on every ground, with the focus ring around box and words."""

    _SIDE, _GAP, _EDGE = 16, 8, 4  # px

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(words + self._SIDE + self._GAP + 2 * self._EDGE + 2, max(self.fontMetrics().height() + 8, 24))

    def hitButton(self, _at: object) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self.palette()
        accent, edge = colours.color(QPalette.ColorRole.Accent), colours.color(QPalette.ColorRole.Shadow)
        box = QRectF(self._EDGE, (self.height() - self._SIDE) / 2, self._SIDE, self._SIDE)
        painter.setPen(QPen(accent if self.isChecked() else edge, 1))
        painter.setBrush(accent if self.isChecked() else colours.color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        if self.isChecked():
            painter.setPen(QPen(colours.color(QPalette.ColorRole.Base), 2, c=Qt.PenCapStyle.RoundCap))
            at = box.topLeft()
            painter.drawPolyline(QPolygonF([at + QPointF(4, 8.2), at + QPointF(7, 11.2), at + QPointF(12, 5)]))
        painter.setPen(colours.color(QPalette.ColorRole.WindowText))
        words = self.rect().adjusted(self._EDGE + self._SIDE + self._GAP, 0, 0, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), self.text())
        if self.hasFocus():
            painter.setPen(QPen(accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
