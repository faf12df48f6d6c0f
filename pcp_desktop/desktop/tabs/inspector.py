"""The card beside a table that says all about its selected row: a heading, a column that scrolls, a button."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QPushButton, QVBoxLayout, QWidget

from pcp_desktop.desktop.side_splitter import SidePanes, SideSplitter
from pcp_desktop.desktop.tabs.quiet_scroll import QuietScroll
from pcp_desktop.desktop.theme import Appearance

WIDTH, LEAST_WIDTH = 292, 260


class Inspector(QFrame):
    """A subclass fills `_column`, hands its button to `_close`, and hides `_body` while no row is selected."""

    def __init__(self, appearance: Appearance, spacing: int) -> None:
        super().__init__()
        self._appearance = appearance
        self.setProperty("card", "true")
        self._heading = self._label("section")
        self._heading.setContentsMargins(12, 8, 12, 8)
        self._heading.setProperty("card", "sunken")
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(12, 10, 12, 10)
        self._column.setSpacing(spacing)

    @property
    def appearance(self) -> Appearance:
        """The theme and sizes that it is drawn in."""
        return self._appearance

    def _label(self, role: str, tone: str = "", text: str = "") -> QLabel:
        label = QLabel(text)
        label.setProperty("role", role)
        label.setProperty("tone", tone)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def _close(self, *buttons: QPushButton) -> None:
        """Put the heading over the column and the buttons under it."""
        self._column.addStretch(1)
        scroll = QuietScroll()
        scroll.show_column(self._body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self._heading)
        layout.addWidget(scroll, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 6, 12, 10)
        foot.setSpacing(8)
        for button in buttons:
            foot.addWidget(button)
        foot.addStretch(1)
        layout.addLayout(foot)


def empty(layout: QLayout) -> None:
    """Take every widget out of a layout and delete it."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def with_inspector(
    name: str, table: QWidget, foot: QWidget, inspector: Inspector, titles: tuple[str, str]
) -> SidePanes:
    """A table over its foot with the inspector at the right; `name` is what its width is kept under.

    With large text a tab with one of the `titles` shows the table or the inspector.
    """
    left = QWidget()
    column = QVBoxLayout(left)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(table, 1)
    column.addWidget(foot)
    inspector.setMinimumWidth(LEAST_WIDTH)
    return SidePanes(SideSplitter(name, left, inspector, WIDTH), inspector.appearance, titles)
