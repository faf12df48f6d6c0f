"""Plain words that the pointer can select and copy, at the price of a label until it does."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QLabel, QWidget


class SelectableLabel(QLabel):
    """A QLabel of plain text (until `setTextFormat` says otherwise), selected by mouse.

    Qt gives a label whose words can be selected a text document of its own, which takes four times as long to make,
    lay out and paint. A page has some sixty of them, so each becomes selectable when it is first pressed. Layouts
    ask for the height at one width several times over, and each time Qt would set the words anew.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._heights: dict[int, int] = {}
        self._may_select = True
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setCursor(Qt.CursorShape.IBeamCursor)

    def let_select(self, *, allowed: bool) -> None:
        """Let the words be selected, or not: a selection of held figures would be copied without their mark."""
        self._may_select = allowed
        self.setCursor(Qt.CursorShape.IBeamCursor if allowed else Qt.CursorShape.ArrowCursor)
        if not allowed:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)

    def setText(self, text: str) -> None:
        if text != self.text():
            self._heights.clear()
            super().setText(text)

    def heightForWidth(self, width: int) -> int:
        known = self._heights.get(width)
        if known is None:
            known = self._heights[width] = super().heightForWidth(width)
        return known

    def changeEvent(self, event: QEvent) -> None:
        self._heights.clear()  # another font or style
        super().changeEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._become_selectable()
        super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._become_selectable()
        super().contextMenuEvent(event)

    def _become_selectable(self) -> None:
        if self._may_select:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
