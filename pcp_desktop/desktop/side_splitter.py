"""A page's content with its inspector at the right: as wide as the window allows, or as the person made it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QTabBar, QVBoxLayout, QWidget

from pcp_desktop.desktop.settings import Settings
from pcp_desktop.desktop.tab import GAP
from pcp_desktop.desktop.theme import Appearance

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
        self._content, self._inspector, self._least = content, inspector, least
        self._chosen = 0
        self.setHandleWidth(GAP)
        self.setChildrenCollapsible(False)
        self.addWidget(content)
        self.addWidget(inspector)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 0)
        self.splitterMoved.connect(self._dragged)

    @property
    def parts(self) -> tuple[QWidget, QWidget]:
        """The content and the inspector."""
        return self._content, self._inspector

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


class SidePanes(QWidget):
    """Content with its inspector beside it; with large text one of the two at a time, chosen by a tab over them.

    `titles` are the words on the tabs, for the content and for the inspector.
    """

    def __init__(self, splitter: SideSplitter, appearance: Appearance, titles: tuple[str, str]) -> None:
        super().__init__()
        self.splitter, self._appearance = splitter, appearance
        self.tabs = QTabBar()
        self.tabs.setDocumentMode(True)
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName("What is shown")
        for title in titles:
            self.tabs.addTab(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP // 2)
        column.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(splitter, 1)
        self.tabs.currentChanged.connect(self._arrange)
        appearance.changed.connect(self._arrange)
        self._arrange()

    @Slot()
    def _arrange(self) -> None:
        large = self._appearance.large_text
        self.tabs.setVisible(large)
        for at, part in enumerate(self.splitter.parts):
            part.setVisible(not large or at == self.tabs.currentIndex())


def remember_widths(page: QWidget, settings: Settings) -> None:
    """Give the inspectors of a page the widths they had when the window was last open, and keep what is dragged."""
    for splitter in page.findChildren(SideSplitter):
        splitter.choose_width(settings.pane_width(splitter.objectName()))
        splitter.width_chosen.connect(partial(settings.keep_pane_width, splitter.objectName()))
