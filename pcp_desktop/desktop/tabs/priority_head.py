"""The parts over a priority's page: the bar of priorities, the list of measures."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QIcon, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionTab, QStylePainter, QTabBar

from pcp_desktop.desktop.icons import paint_icon
from pcp_desktop.desktop.theme import Appearance

TAB_EDGES = 20


class PriorityBar(QTabBar):
    """The short tabs of all priorities; W asks why while it has the keyboard."""

    why_wanted = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_W and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.why_wanted.emit()
        else:
            super().keyPressEvent(event)

    def tabSizeHint(self, index: int) -> QSize:
        """Wide enough for the mark and the code in bold, and no wider: eighteen tabs fit a small laptop's screen."""
        hint = super().tabSizeHint(index)
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        words = QFontMetrics(bold).horizontalAdvance(self.tabText(index))
        return QSize(words + self.iconSize().width() + TAB_EDGES, hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QStylePainter(self)
        for at in range(self.count()):
            option = QStyleOptionTab()
            self.initStyleOption(option, at)
            # The style puts the mark at the edge and the words in the middle; they belong side by side.
            option.text = ""
            option.icon = QIcon()
            painter.drawControl(QStyle.ControlElement.CE_TabBarTab, option)
            self._paint_words(painter, at)

    def _paint_words(self, painter: QPainter, at: int) -> None:
        rect, words, current = QRectF(self.tabRect(at)), self.tabText(at), at == self.currentIndex()
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold if current else QFont.Weight.Normal)
        painter.setFont(font)
        size = self.iconSize().width()
        width = size + 6 + QFontMetrics(font).horizontalAdvance(words)
        left = rect.center().x() - width / 2
        self.tabIcon(at).paint(painter, QRectF(left, rect.center().y() - size / 2 - 1, size, size).toRect())
        painter.setPen(self._appearance.theme.text if current else self._appearance.theme.text2)
        beside = QRectF(left + size + 6, rect.top() - 1, width, rect.height())
        painter.drawText(beside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        if current and self.hasFocus():
            painter.setPen(QPen(self._appearance.theme.focus, 2))
            painter.drawRect(rect.adjusted(2, 2, -2, -4))

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)


class MeasureBox(QComboBox):
    """A list of measures with the chevron that says it opens."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        square = QRectF(self.width() - 24, self.height() / 2 - 7, 14, 14)
        paint_icon(painter, square, "chevron-down", self._appearance.theme.text2)
