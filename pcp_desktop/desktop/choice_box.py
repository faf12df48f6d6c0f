"""A combo box with the window's own chevron, which a style sheet cannot colour."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QComboBox

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
