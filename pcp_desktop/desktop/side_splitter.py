"""A page's content with its inspector at the right: as wide as the window allows, or as the person made it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from pcp_desktop.desktop.settings import Settings
from pcp_desktop.desktop.tab import GAP

NARROW, WIDE = 1158, 1712
"""The room within a window of 1366 and of 1920 pixels, sidebar and page edges taken off."""
MOST = 480


class SideSplitter(QSplitter):
    """The inspector has `least` pixels in a small laptop's window and 480 in a large one, until it is dragged."""

    width_chosen = Signal(int)
    """The inspector's width in pixels, when the person has dragged it."""

    def __init__(self, name: str, content: QWidget, inspector: QWidget, least: int) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setObjectName(name)
        self._inspector, self._least = inspector, least
        self._chosen = 0
        self.setHandleWidth(GAP)
        self.setChildrenCollapsible(False)
        self.addWidget(content)
        self.addWidget(inspector)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 0)
        self.splitterMoved.connect(self._dragged)

    @property
    def chosen_width(self) -> int:
        """The width that the person gave the inspector; 0 where it follows the window."""
        return self._chosen

    def choose_width(self, width: int) -> None:
        """Give the inspector a width that was kept; 0 lets it follow the window."""
        self._chosen = max(width, 0)
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        share = min(max((self.width() - NARROW) / (WIDE - NARROW), 0.0), 1.0)
        wanted = self._chosen or round(self._least + share * (MOST - self._least))
        self.setSizes([max(self.width() - wanted - self.handleWidth(), 1), wanted])

    @Slot()
    def _dragged(self) -> None:
        self._chosen = self._inspector.width()
        self.width_chosen.emit(self._chosen)


def remember_widths(page: QWidget, settings: Settings) -> None:
    """Give the inspectors of a page the widths they had when the window was last open, and keep what is dragged."""
    for splitter in page.findChildren(SideSplitter):
        splitter.choose_width(settings.pane_width(splitter.objectName()))
        splitter.width_chosen.connect(partial(settings.keep_pane_width, splitter.objectName()))
