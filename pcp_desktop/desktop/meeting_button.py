"""The button in a page's head that opens the meeting view; without words where text is large."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolButton

from pcp_desktop.desktop import icons
from pcp_desktop.desktop.theme import Appearance


class MeetingButton(QToolButton):
    """Icon and words."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.setProperty("control", True)
        self.setText(" Meeting view")
        self.setAccessibleName("Meeting view")
        self.setToolTip("Public figures on the whole screen (F11)")
        appearance.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        size, large = self._appearance.px(16), self._appearance.large_text
        self.setIcon(icons.icon("presentation", self._appearance.theme.text, size=size))
        self.setIconSize(QSize(size, size))
        style = Qt.ToolButtonStyle
        self.setToolButtonStyle(style.ToolButtonIconOnly if large else style.ToolButtonTextBesideIcon)
        self.setProperty("alone", large)
        self.style().unpolish(self)
        self.style().polish(self)
