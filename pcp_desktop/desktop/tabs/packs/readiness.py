"""The Packs page's readiness list: what stops publication, what to decide, what is done; each leads to its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from pcp_desktop.desktop import icons
from pcp_desktop.desktop.marks import Notice, notice_pixmap, paint_notice
from pcp_desktop.desktop.tabs.packs.agenda import NOTICES
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.formats import counted
from pcp_desktop.domain.packs import PackPage, ReadinessLine, Standing

Index = QModelIndex | QPersistentModelIndex
LINE = int(Qt.ItemDataRole.UserRole)
_NOWHERE = QModelIndex()
_LEFT_OF_WORDS, _RIGHT_EDGE, _ABOVE, _BETWEEN = 38, 12, 8, 3  # px
_MARK, _DONE_LINE = 16, 26
_WRAPPED = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_UNBOUND = 10_000


class ReadinessModel(QAbstractListModel):
    """What stops and what to decide, then how many are done as a line that unfolds them."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.is_unfolded = True
        self._all: Sequence[ReadinessLine] = ()
        self.lines: list[ReadinessLine | int] = []

    def show_lines(self, lines: Sequence[ReadinessLine]) -> None:
        """Show a list."""
        self._all = lines
        self._fill()

    def unfold(self) -> None:
        """Show or hide what is done."""
        self.is_unfolded = not self.is_unfolded
        self._fill()

    def _fill(self) -> None:
        done = [line for line in self._all if line.standing is Standing.DONE]
        self.beginResetModel()
        self.lines = [line for line in self._all if line.standing is not Standing.DONE]
        if done:
            self.lines.append(len(done))
            self.lines += done if self.is_unfolded else []
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if role == LINE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._sentence(line)
        return None

    def _sentence(self, line: ReadinessLine | int) -> str:
        if isinstance(line, int):
            return f"Done, {line}, {'unfolded' if self.is_unfolded else 'folded'}"
        parts = (line.standing.value.capitalize(), line.title, line.text, line.where, line.action)
        return ". ".join(part.rstrip(".") for part in parts if part)


class ReadinessDelegate(QStyledItemDelegate):
    """Draws a line as a small card: mark and title, its words wrapped, its place, and the verb that leads there."""

    def __init__(self, appearance: Appearance, view: ReadinessList) -> None:
        super().__init__(view)
        self._appearance, self._view = appearance, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt's signature
        line, px = index.data(LINE), self._appearance.px
        width = self._view.viewport().width()
        if isinstance(line, int):
            return QSize(width, px(_DONE_LINE + 6))
        if line.standing is Standing.DONE:
            return QSize(width, max(px(_DONE_LINE), self._height(line.title, "body", width) + 8))
        height = self._height(line.title, "section", width) + self._height(line.text, "body", width)
        return QSize(width, height + self._metrics("caption").height() + 2 * _ABOVE + 2 * _BETWEEN)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, line = self._appearance.theme, index.data(LINE)
        rect: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, theme.select if selected else theme.surface)
        if selected:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), theme.accent)
        if self._view.hasFocus() and index == self._view.currentIndex():
            painter.setPen(QPen(theme.focus, 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        if isinstance(line, int):
            self._fold(painter, rect, line)
        elif line.standing is Standing.DONE:
            self._done(painter, rect, line)
        else:
            self._card(painter, rect, line)
        painter.restore()

    def link_rect(self, rect: QRect, line: ReadinessLine) -> QRect:
        """Where the verb of a line stands."""
        metrics = self._metrics("caption_strong")
        width, height = metrics.horizontalAdvance(line.action) + 8, metrics.height()
        return QRect(rect.right() - _RIGHT_EDGE - width + 4, rect.bottom() - _ABOVE - height, width, height + 4)

    def _card(self, painter: QPainter, rect: QRect, line: ReadinessLine) -> None:
        theme = self._appearance.theme
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.hair)
        size = self._appearance.px(_MARK)
        paint_notice(
            painter, QRectF(rect.left() + 12, rect.top() + _ABOVE + 1, size, size), NOTICES[line.standing], theme
        )
        top = rect.top() + _ABOVE
        top += self._words(painter, rect, top, line.title, theme.text, "section") + _BETWEEN
        self._words(painter, rect, top, line.text, theme.text2, "body")
        link = self.link_rect(rect, line)
        painter.setFont(self._appearance.font("caption"))
        painter.setPen(theme.text3)
        place = QRect(self._left(rect), link.top(), link.left() - self._left(rect) - 8, link.height())
        elided = self._metrics("caption").elidedText(line.where, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), elided)
        painter.setFont(self._appearance.font("caption_strong"))
        painter.setPen(theme.accent)
        painter.drawText(link, int(Qt.AlignmentFlag.AlignCenter), line.action)

    def _done(self, painter: QPainter, rect: QRect, line: ReadinessLine) -> None:
        theme, size = self._appearance.theme, self._appearance.px(_MARK)
        box = QRectF(rect.left() + 12, rect.top() + (self._appearance.px(_DONE_LINE) - size) / 2, size, size)
        paint_notice(painter, box, Notice.DONE, theme)
        self._words(painter, rect, rect.top() + 4, line.title, theme.text2, "body")

    def _fold(self, painter: QPainter, rect: QRect, count: int) -> None:
        theme, size = self._appearance.theme, self._appearance.px(_MARK)
        name = "chevron-down" if self._view.lines.is_unfolded else "chevron-right"
        box = QRectF(rect.left() + 12, rect.center().y() - size / 2 + 0.5, size, size)
        icons.paint_icon(painter, box, name, theme.text2)
        painter.setFont(self._appearance.font("section"))
        painter.setPen(theme.text2)
        words = rect.adjusted(self._appearance.px(_LEFT_OF_WORDS), 0, 0, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), f"Done, {count}")

    def _left(self, rect: QRect) -> int:
        return rect.left() + self._appearance.px(_LEFT_OF_WORDS)

    def _words(self, painter: QPainter, rect: QRect, top: int, text: str, colour: QColor, role: str) -> int:
        """Write wrapped words from `top`; gives their height."""
        if not text:
            return 0
        height = self._height(text, role, rect.width())
        painter.setFont(self._appearance.font(role))
        painter.setPen(colour)
        painter.drawText(QRect(self._left(rect), top, self._room(rect.width()), height), _WRAPPED, text)
        return height

    def _room(self, width: int) -> int:
        return max(width - self._appearance.px(_LEFT_OF_WORDS) - _RIGHT_EDGE, 40)

    def _height(self, text: str, role: str, width: int) -> int:
        box = QRect(0, 0, self._room(width), _UNBOUND)
        return self._metrics(role).boundingRect(box, _WRAPPED, text).height() if text else 0

    def _metrics(self, role: str) -> QFontMetrics:
        return QFontMetrics(self._appearance.font(role))


class ReadinessList(QListView):
    """The list with its keys. `followed` gives the line whose place the person wants; `current_moved` the current."""

    followed = Signal(object)
    current_moved = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self.lines = ReadinessModel(self)
        self._delegate = ReadinessDelegate(appearance, self)
        self.setModel(self.lines)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("Readiness")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        appearance.changed.connect(self.doItemsLayout)
        self.lines.modelReset.connect(self._take_focus)

    @Slot()
    def _take_focus(self) -> None:
        """A list without lines has nothing to show the keyboard on."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if self.lines.lines else Qt.FocusPolicy.NoFocus)

    @property
    def current_line(self) -> ReadinessLine | None:
        """The current line; None for the one that unfolds."""
        line = self.currentIndex().data(LINE) if self.currentIndex().isValid() else None
        return line if isinstance(line, ReadinessLine) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._act(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and (isinstance(index.data(LINE), int) or self._on_link(index, event)):
            self._act(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        hand = index.isValid() and self._on_link(index, event)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self.viewport().unsetCursor()
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.current_moved.emit()

    def _on_link(self, index: QModelIndex, event: QMouseEvent) -> bool:
        line = index.data(LINE)
        if not isinstance(line, ReadinessLine) or not line.action:
            return False
        return self._delegate.link_rect(self.visualRect(index), line).contains(event.position().toPoint())

    def _act(self, index: QModelIndex) -> None:
        line = index.data(LINE) if index.isValid() else None
        if isinstance(line, ReadinessLine):
            if line.action:
                self.followed.emit(line)
        elif line is not None:
            row = index.row()
            self.lines.unfold()
            self.setCurrentIndex(self.lines.index(row))


class ReadinessPane(QFrame):
    """The readiness list's card: in its heading whether the pack is ready, below it the list."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._notice = Notice.DONE
        self.setProperty("card", "true")
        self._shape, self.heading = QLabel(), QLabel()
        self.heading.setProperty("role", "section")
        self.heading.setWordWrap(True)
        self.list = ReadinessList(appearance)
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 12, 8)
        head.setSpacing(8)
        head.addWidget(self._shape)
        head.addWidget(self.heading, 1)
        self._head = QFrame()
        self._head.setProperty("card", "sunken")
        self._head.setMinimumHeight(appearance.px(40))
        self._head.setLayout(head)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self.list, 1)
        appearance.changed.connect(self._dress)

    def show_page(self, page: PackPage) -> None:
        """Show how ready a pack is, with the same line current as before where it is still there."""
        current = self.list.currentIndex().row()
        self._notice, words = _verdict(page)
        self.heading.setText(words)
        self.list.lines.show_lines(page.readiness)
        self.list.setCurrentIndex(self.list.lines.index(min(max(current, 0), self.list.lines.rowCount() - 1)))
        self._dress()

    def _dress(self) -> None:
        theme, size = self._appearance.theme, self._appearance.px(18)
        self._shape.setPixmap(notice_pixmap(self._notice, size, theme, self.devicePixelRatioF()))
        self._head.setMinimumHeight(self._appearance.px(40))


def _verdict(page: PackPage) -> tuple[Notice, str]:
    """Whether a pack is ready, as the list's heading says it."""
    stops, decide = page.counted(Standing.STOPS), page.counted(Standing.DECIDE)
    if page.published is not None:
        return Notice.DONE, "Published"
    if stops:
        return Notice.ERROR, f"Not ready: {counted(stops, 'thing stops', 'things stop')} publication"
    if decide:
        return Notice.LOOK, f"Nothing stops publication; {counted(decide, 'thing')} to decide"
    return Notice.DONE, "Ready to publish"
