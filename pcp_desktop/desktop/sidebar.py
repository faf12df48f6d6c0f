"""The sidebar: the quarter switcher, the pages in their sections with badges, and help at its foot."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QMenu,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from pcp_desktop.desktop import icons
from pcp_desktop.desktop.theme import Appearance, Theme

if TYPE_CHECKING:  # the first window opens before any of these is needed
    from pcp_desktop.domain.meetings import Meeting
    from pcp_desktop.domain.periods import Period

Index = QModelIndex | QPersistentModelIndex
WIDTH, FOLDED_WIDTH = 176, 64
_LINE = 30
NO_VALUE = "–"  # in the folded switcher
_ROOM = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True)
class Room:
    """A page in the sidebar; `badge` says the state of its work, `waiting` that something is to be done there."""

    page: str
    words: str
    icon: str
    keys: str
    badge: str = ""
    waiting: bool = False


PAGES: tuple[str | Room, ...] = (
    "Look",
    Room("overview", "Overview", "layout-dashboard", "Ctrl+1"),
    Room("priorities", "Priorities", "target", "Ctrl+2"),
    "Data",
    Room("returns", "Returns", "inbox", "Ctrl+3"),
    Room("clearance", "Clearance", "lock", "Ctrl+4"),
    "Meeting",
    Room("packs", "Packs", "notebook-text", "Ctrl+5"),
)


class RoomModel(QAbstractListModel):
    """The sidebar's lines: section words, which cannot be chosen, and pages."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines = list(PAGES)
        self.open = False

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if role == _ROOM:
            return line
        if isinstance(line, str):
            return line if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line.words
            case Qt.ItemDataRole.ToolTipRole:
                return f"{line.words} ({line.keys})"
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{line.words}, {line.badge}" if line.badge else line.words
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self.lines[index.row()], str) or not self.open:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def set_open(self, is_open: bool) -> None:
        """Pages can be chosen only while a panel file is open."""
        self.open = is_open
        self._all_changed()

    def set_badge(self, page: str, badge: str, waiting: bool) -> None:
        """Write the state of a page's work beside it."""
        self.lines = [
            replace(line, badge=badge, waiting=waiting) if isinstance(line, Room) and line.page == page else line
            for line in self.lines
        ]
        self._all_changed()

    @property
    def pages(self) -> tuple[str, ...]:
        """The names of the pages, from the top."""
        return tuple(line.page for line in self.lines if isinstance(line, Room))

    def row_of(self, page: str) -> int:
        """The line of a page; ValueError where the sidebar has none."""
        return [line.page if isinstance(line, Room) else "" for line in self.lines].index(page)

    def _all_changed(self) -> None:
        self.dataChanged.emit(self.index(0), self.index(len(self.lines) - 1))


class RoomDelegate(QStyledItemDelegate):
    """Draws a section word or a page with icon, words and badge; folded, only the icon."""

    def __init__(self, appearance: Appearance, rooms: QListView) -> None:
        super().__init__(rooms)
        self._appearance = appearance
        self._rooms = rooms
        self.folded = False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt's signature
        return QSize(40, self._appearance.px(_LINE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(_ROOM)
        rect: QRect = option.rect
        theme = self._appearance.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(line, Room):
            # Asked of the list itself: the option's state flags would load a large enumeration at start.
            rooms = self._rooms
            chosen = rooms.selectionModel().isRowSelected(index.row())
            self._background(painter, rect, theme, chosen, rooms.hasFocus() and rooms.currentIndex() == index)
            self._page(painter, rect, line, theme, chosen, index.flags() != Qt.ItemFlag.NoItemFlags)
        elif not self.folded:
            painter.setFont(self._appearance.font("caption_strong"))
            painter.setPen(theme.text3)
            painter.drawText(rect.adjusted(8, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), str(line))
        painter.restore()

    def _background(self, painter: QPainter, rect: QRect, theme: Theme, chosen: bool, focus: bool) -> None:
        box = QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.select)
            painter.drawRoundedRect(box, 4, 4)
            painter.fillRect(QRectF(box.left(), box.top() + 1, 3, box.height() - 2), theme.accent)
        if focus:
            painter.setPen(QPen(theme.focus, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)

    def _page(self, painter: QPainter, rect: QRect, room: Room, theme: Theme, chosen: bool, enabled: bool) -> None:
        colour = theme.text if chosen else theme.text2 if enabled else theme.text3
        size = self._appearance.px(16)
        left = rect.left() + ((rect.width() - size) / 2 if self.folded else 8)
        icons.paint_icon(painter, QRectF(left, rect.center().y() - size / 2 + 0.5, size, size), room.icon, colour)
        if self.folded:
            return
        painter.setFont(self._appearance.font("section" if chosen else "body"))
        painter.setPen(colour)
        words = rect.adjusted(size + 17, 0, -8, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), room.words)
        if room.badge:
            self._badge(painter, rect, room, theme)

    def _badge(self, painter: QPainter, rect: QRect, room: Room, theme: Theme) -> None:
        painter.setFont(self._appearance.font("caption_strong" if room.waiting else "caption"))
        width = painter.fontMetrics().horizontalAdvance(room.badge)
        if room.waiting:
            box = QRectF(rect.right() - width - 18, rect.center().y() - 8.5, width + 12, 18)
            painter.setPen(QPen(theme.same, 1) if theme.outlined else Qt.PenStyle.NoPen)
            painter.setBrush(theme.same_soft)
            painter.drawRoundedRect(box, 9, 9)
            painter.setPen(theme.same_text)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), room.badge)
        else:
            painter.setPen(theme.text2)
            painter.drawText(
                rect.adjusted(0, 0, -8, 0),
                int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter),
                room.badge,
            )


class RoomList(QListView):
    """The list of pages; when it takes the focus it stands on the page that is shown."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        chosen = self.selectionModel().selectedIndexes()
        if chosen:
            self.setCurrentIndex(chosen[0])


class PeriodButton(QToolButton):
    """The quarter switcher: the quarter over the meeting that looks at it, with a menu of quarters."""

    chosen = Signal(object)

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._second = "New or open to begin"
        self._short = NO_VALUE
        self.setObjectName("periods")
        self.setText("No file open")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(appearance.px(47))
        self.setEnabled(False)
        self._menu = QMenu(self)
        self.setMenu(self._menu)
        appearance.changed.connect(self._resize)

    def show_none(self) -> None:
        """Say that no panel file is open."""
        self._menu.clear()
        self._show("No file open", "New or open to begin", NO_VALUE)
        self.setEnabled(False)

    def show_periods(self, periods: tuple[Period, ...], current: Period, meeting: Meeting | None) -> None:
        """Offer `periods`, newest first, and show `current` with its meeting."""
        from PySide6.QtGui import QAction, QActionGroup

        from pcp_desktop.domain.periods import in_words

        self._menu.clear()
        group = QActionGroup(self._menu)
        for period in periods:
            action = QAction(period.label, self._menu, checkable=True, checked=period == current)
            action.triggered.connect(lambda _checked=False, period=period: self.chosen.emit(period))
            group.addAction(action)
            self._menu.addAction(action)
        second = f"Panel {in_words(meeting.day)}" if meeting else f"To {in_words(current.end)}"
        self._show(current.label, second, current.label.split(" ")[0])
        self.setEnabled(True)

    def _show(self, first: str, second: str, short: str) -> None:
        self.setText(first)
        self._second, self._short = second, short
        self.setAccessibleName(f"Quarter: {first}, {second}")
        self.setToolTip(f"{first}, {second}")
        self.update()

    def _resize(self) -> None:
        self.setFixedHeight(self._appearance.px(47))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, half = self._appearance.theme, self.height() // 2
        focus, line = self.hasFocus(), Qt.PenStyle.SolidLine if self.isEnabled() else Qt.PenStyle.DashLine
        painter.setPen(QPen(theme.focus if focus else theme.control, 2 if focus else 1, line))
        painter.setBrush(
            theme.accent_soft if self.isDown() or (self.underMouse() and self.isEnabled()) else theme.surface
        )
        edge = 1.0 if focus else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(edge, edge, -edge, -edge), 6, 6)
        folded = self.width() < 100
        room = self.rect().adjusted(10, 0, -8, 0)
        top, bottom = QRect(room), QRect(room)
        top.setTop(5)
        top.setBottom(half + 1)
        bottom.setTop(half)
        bottom.setBottom(self.height() - 5)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(self._appearance.font("section"))
        painter.setPen(theme.text if self.isEnabled() else theme.text2)
        painter.drawText(self.rect() if folded else top, int(Qt.AlignmentFlag.AlignCenter) if folded else middle,
                         self._short if folded else self.text())  # fmt: skip
        if folded:
            return
        painter.setFont(self._appearance.font("caption"))
        painter.setPen(theme.text2)
        second = painter.fontMetrics().elidedText(self._second, Qt.TextElideMode.ElideRight, bottom.width())
        painter.drawText(bottom, middle, second)
        if self.isEnabled():
            icons.paint_icon(
                painter, QRectF(self.width() - 24, top.center().y() - 7, 16, 16), "chevron-down", theme.text
            )


class FootButton(QToolButton):
    """A button at the sidebar's foot: icon and word, folded the icon alone."""

    def __init__(self, icon: str, words: str, tip: str, appearance: Appearance, host: QWidget) -> None:
        super().__init__(host)
        self._icon, self._appearance = icon, appearance
        self.setProperty("foot", True)
        self.setText(f"  {words}")
        self.setToolTip(tip)
        self.setAccessibleName(words)
        self.setAutoRaise(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def fold(self, folded: bool) -> None:
        """Show the icon alone, or with its word."""
        style = Qt.ToolButtonStyle
        self.setToolButtonStyle(style.ToolButtonIconOnly if folded else style.ToolButtonTextBesideIcon)

    def dress(self) -> None:
        """Take the colour and the size in use."""
        size = self._appearance.px(16)
        self.setIcon(icons.icon(self._icon, self._appearance.theme.text2, size=size))
        self.setIconSize(QSize(size, size))


class Sidebar:
    """Fills the form's sidebar: the switcher, the list of pages and the foot."""

    def __init__(self, host: QWidget, column: QVBoxLayout, appearance: Appearance) -> None:
        self._host = host
        self._appearance = appearance
        self.periods = PeriodButton(appearance, host)
        self.model = RoomModel(host)
        self.rooms = RoomList(host)
        self.rooms.setObjectName("rooms")
        self.rooms.setAccessibleName("Pages")
        self.rooms.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rooms.setModel(self.model)
        self._delegate = RoomDelegate(appearance, self.rooms)
        self.rooms.setItemDelegate(self._delegate)
        self.rooms.setFrameShape(QFrame.Shape.NoFrame)
        self.rooms.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rooms.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.settings = FootButton("settings", "Settings", "Settings (Ctrl+,)", appearance, host)
        self.help = FootButton("circle-question-mark", "Help", "Help on this page (F1)", appearance, host)
        column.addWidget(self.periods)
        column.addWidget(self.rooms, 1)
        column.addWidget(self.settings)
        column.addWidget(self.help)
        QWidget.setTabOrder(self.periods, self.rooms)
        QWidget.setTabOrder(self.rooms, self.settings)
        QWidget.setTabOrder(self.settings, self.help)
        appearance.changed.connect(self._recolour)
        self._recolour()
        self.fold(False)

    @property
    def folded(self) -> bool:
        """Whether only icons are shown."""
        return self._delegate.folded

    def fold(self, folded: bool) -> None:
        """Show icons only, or icons with words."""
        self._delegate.folded = folded
        self._host.setFixedWidth(FOLDED_WIDTH if folded else self._appearance.px(WIDTH))
        self.settings.fold(folded)
        self.help.fold(folded)
        self.rooms.doItemsLayout()

    def open_pages(self) -> None:
        """Let the pages be chosen: a panel file is open."""
        self.model.set_open(True)
        self.rooms.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_page(self, page: str) -> None:
        """Mark a page as the one on show."""
        self.rooms.setCurrentIndex(self.model.index(self.model.row_of(page)))

    def _recolour(self) -> None:
        self.settings.dress()
        self.help.dress()
        self.fold(self.folded)  # lays the list out afresh, which also paints it in the new colours
