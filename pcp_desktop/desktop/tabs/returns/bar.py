"""The bar over the board of returns, and the counts beside it, which are buttons that filter."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QBrush, QIcon, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from pcp_desktop.desktop.theme import Appearance, Theme
from pcp_desktop.domain.formats import counted

WORDS = {"checked": "checked, waiting to be accepted"}


def paint_segment(painter: QPainter, rect: QRectF, group: str, theme: Theme) -> None:
    """One part of the bar; the queried are hatched and the expected empty, so that colour is not alone."""
    painter.setPen(QPen(theme.control, 1))
    painter.setBrush(theme.surface)
    fill = {"accepted": theme.accent, "checked": theme.c2, "missing": theme.det}.get(group)
    if fill is not None:
        painter.setBrush(fill)
        painter.setPen(QPen(fill, 1))
    painter.drawRect(rect)
    if group == "queried":
        painter.setPen(QPen(theme.det, 1))
        painter.setBrush(QBrush(theme.det, Qt.BrushStyle.BDiagPattern))
        painter.drawRect(rect)


class SegmentedBar(QWidget):
    """How many returns are in each state, as lengths. The counts beside it say the same in words."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._counts: tuple[tuple[str, int], ...] = ()
        self.setFixedHeight(10)

    def show_counts(self, counts: tuple[tuple[str, int], ...]) -> None:
        """Draw the counts of each state in the order given."""
        self._counts = counts
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        whole = sum(count for _, count in self._counts) or 1
        left, room = 0.5, self.width() - 1.0
        for group, count in self._counts:
            if count:
                width = room * count / whole
                paint_segment(painter, QRectF(left, 0.5, width, self.height() - 1.0), group, self._appearance.theme)
                left += width


class ReturnsBar(QWidget):
    """The bar with its buttons. Pressing a count shows those returns only; pressing it again shows all."""

    group_wanted = Signal(str)

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._counts: tuple[tuple[str, int], ...] = ()
        self.bar = SegmentedBar(appearance)
        self.buttons: dict[str, QToolButton] = {}
        self._scope = QLabel()
        self._scope.setProperty("tone", "third")
        self._row = QHBoxLayout()
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.bar)
        row = QHBoxLayout()
        row.addLayout(self._row)
        row.addStretch(1)
        self._line.addLayout(row)
        self._line.addWidget(self._scope)
        column.addLayout(self._line)
        appearance.changed.connect(self._dress)

    def show_counts(self, counts: tuple[tuple[str, int], ...], scope: str, group: str) -> None:
        """Show the counts of each state; `group` is the one that is filtered by."""
        self._counts = counts
        self.bar.show_counts(counts)
        self.bar.setAccessibleName(", ".join(f"{count} {WORDS.get(each, each)}" for each, count in counts))
        self._scope.setText(scope)
        for each, count in counts:
            button = self.buttons.get(each) or self._button(each)
            button.setText(f"  {count} {WORDS.get(each, each)}")
            button.setAccessibleName(f"Show {counted(count, 'return')} {WORDS.get(each, each)}")
            button.setEnabled(count > 0)
            button.setChecked(each == group)
        self._dress()

    def _button(self, group: str) -> QToolButton:
        button = QToolButton()
        button.setCheckable(True)
        button.setProperty("control", "true")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.clicked.connect(self._clicked)
        self.buttons[group] = button
        self._row.addWidget(button)
        return button

    @Slot(bool)
    def _clicked(self, checked: bool) -> None:
        wanted = ""
        for group, button in self.buttons.items():
            if button is self.sender() and checked:
                wanted = group
            elif button is not self.sender():
                button.setChecked(False)
        self.group_wanted.emit(wanted)

    @Slot()
    def _dress(self) -> None:
        """Take colours and sizes; with large text the words stand under the buttons."""
        large, way = self._appearance.large_text, QBoxLayout.Direction
        self._line.setDirection(way.TopToBottom if large else way.LeftToRight)
        for group, button in self.buttons.items():
            image = QPixmap(14, 14)
            image.fill(Qt.GlobalColor.transparent)
            painter = QPainter(image)
            paint_segment(painter, QRectF(1.5, 1.5, 11, 11), group, self._appearance.theme)
            painter.end()
            button.setIcon(QIcon(image))
        self.bar.update()
