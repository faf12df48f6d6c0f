"""The bar of priorities over a page: short tabs, each with the mark of its status."""

from __future__ import annotations

from string import digits

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QIcon, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStyle, QStyleOptionTab, QStylePainter, QTabBar

from pcp_desktop.desktop.marks import status_icon
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.pages import PriorityTab
from pcp_desktop.domain.status import Mark

TAB_EDGES, BAR_EDGE = 18, 6
MARK = 14  # px


class PriorityBar(QTabBar):
    """The short tabs of all priorities; W asks why while it has the keyboard."""

    chosen = Signal(str)
    """The code of the priority that a person chose."""
    why_wanted = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._tabs: tuple[PriorityTab, ...] = ()
        self._audience = Audience.WORKING
        self.setDocumentMode(True)
        self.setExpanding(True)
        self.setDrawBase(False)
        self.setIconSize(QSize(MARK, MARK))
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setAccessibleName("Priorities")
        self.currentChanged.connect(self._tab_chosen)
        appearance.changed.connect(self._dress)

    @property
    def codes(self) -> list[str]:
        """The codes of the priorities, in order."""
        return [tab.code for tab in self._tabs]

    def show_tabs(self, tabs: tuple[PriorityTab, ...], audience: Audience) -> None:
        """Show the tabs of all priorities; the current one stays current."""
        self._tabs, self._audience = tabs, audience
        self.blockSignals(True)
        while self.count() > len(tabs):
            self.removeTab(self.count() - 1)
        for at, tab in enumerate(tabs):
            if at == self.count():
                self.addTab(tab.code)
            word = tab.status.word.lower()
            if tab.held:
                word = "embargoed" if audience is Audience.WORKING else "not published"
            self.setAccessibleTabName(at, f"{tab.code} {tab.name}, {word}")
            self.setTabToolTip(at, f"{tab.name}, {word}")
        self.blockSignals(False)
        self._dress()

    def show_code(self, code: str) -> None:
        """Make the priority `code` the current one, where there is such a tab, and ask nobody for its page."""
        if code in self.codes:
            self.blockSignals(True)
            self.setCurrentIndex(self.codes.index(code))
            self.blockSignals(False)

    def step(self, steps: int) -> None:
        """Go so many priorities on, or back, round and round."""
        if self.count():
            self.setCurrentIndex((self.currentIndex() + steps) % self.count())

    @Slot(int)
    def _tab_chosen(self, at: int) -> None:
        if 0 <= at < len(self._tabs):
            self.chosen.emit(self._tabs[at].code)

    @Slot()
    def _dress(self) -> None:
        for at, tab in enumerate(self._tabs):
            held = tab.held and self._audience is Audience.WORKING
            mark = Mark.EMBARGOED if held else Mark.NOT_ASSESSED if tab.held else tab.status.mark
            self.setTabIcon(at, status_icon(mark, MARK, self._appearance.theme))
        self._shorten()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shorten()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._shorten()

    def _shorten(self) -> None:
        """Leave out what all codes begin with where they do not fit otherwise, as with large text."""
        codes = self.codes
        letters = {code.rstrip(digits) for code in codes}
        common = letters.pop() if len(letters) == 1 else ""
        fits = sum(self._width_of(code) for code in codes) <= self.width()
        for at, code in enumerate(codes):
            words = code if fits else code.removeprefix(common)
            if words != self.tabText(at):
                self.setTabText(at, words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_W and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.why_wanted.emit()
        else:
            super().keyPressEvent(event)

    def tabSizeHint(self, index: int) -> QSize:
        """Wide enough for the mark and the code in bold, and no wider: eighteen tabs fit a small laptop's screen."""
        return QSize(self._width_of(self.tabText(index)), super().tabSizeHint(index).height())

    def _width_of(self, words: str) -> int:
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        return QFontMetrics(bold).horizontalAdvance(words) + self.iconSize().width() + TAB_EDGES

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
