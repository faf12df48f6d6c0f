"""The parts over a priority's page: the bar of priorities, the list of measures."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QIcon, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionTab,
    QStylePainter,
    QTabBar,
)

from pcp_desktop.desktop.icons import paint_icon
from pcp_desktop.desktop.theme import Appearance

TAB_EDGES, BAR_EDGE = 18, 6


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


class BarGround(QFrame):
    """The ground of the tab bar, the same at both its sides, so that the last tab ends where the first begins."""

    def __init__(self, bar: PriorityBar, appearance: Appearance) -> None:
        super().__init__()
        self._bar, self._appearance = bar, appearance
        self.setObjectName("priorityBarGround")
        row = QHBoxLayout(self)
        row.setContentsMargins(BAR_EDGE, 0, BAR_EDGE, 0)
        row.addWidget(bar)
        appearance.changed.connect(self._dress)
        self._dress()

    @Slot()
    def _dress(self) -> None:
        theme = self._appearance.theme
        self.setStyleSheet(f"#priorityBarGround {{ background: {theme.sidebar.name()}; }}")
        self._bar.setStyleSheet(
            "QTabBar::tab { padding: 6px 3px; }"
            f"QTabBar QToolButton {{ background: {theme.surface.name()}; border: 1px solid {theme.control.name()};"
            " border-radius: 3px; }"
            "QTabBar::scroller { width: 48px; }"
        )


class MeasureBox(QComboBox):
    """A list of measures with the chevron that says it opens."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        field = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        # The style cuts a text that is too long; a reader should see that it goes on.
        shown = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, field.width() - 4)
        option.currentText = shown
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        self.setToolTip(self.currentText() if shown != self.currentText() else "")
        square = QRectF(self.width() - 24, self.height() / 2 - 7, 14, 14)
        paint_icon(painter, square, "chevron-down", self._appearance.theme.text2)
