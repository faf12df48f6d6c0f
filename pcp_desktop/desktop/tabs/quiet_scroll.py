"""A scrolling column inside a card, without a frame or a ground of its own."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class QuietScroll(QScrollArea):
    """Scrolls one column downwards only; the card's ground shows through."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)

    def show_column(self, column: QWidget) -> None:
        """Show `column`; the one before is deleted."""
        self.setWidget(column)
        column.setAutoFillBackground(False)
