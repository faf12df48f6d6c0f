"""The Packs page's agenda: a tree that is reordered by dragging or Alt+↑↓, with its buttons and its footing."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QTreeView,
    QVBoxLayout,
)

from pcp_desktop.desktop import icons
from pcp_desktop.desktop.marks import Notice, notice_pixmap, paint_notice
from pcp_desktop.desktop.tabs.packs.agenda_model import LINE, AgendaModel, Column
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.meetings import ItemKind
from pcp_desktop.domain.packs import AgendaLine, PackPage, Standing

Index = QModelIndex | QPersistentModelIndex
NOTICES = {Standing.STOPS: Notice.ERROR, Standing.DECIDE: Notice.LOOK, Standing.DONE: Notice.DONE}
_GRIP = 12
_HEADER_ROLE = "caption_strong"
_TWO_LINES, _ONE_LINE, _MARK = 44, 30, 14  # px
_EDGE = 8
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)


class AgendaDelegate(QStyledItemDelegate):
    """Draws an item's number with its grip, its title with mark over its kind, and its pages."""

    def __init__(self, appearance: Appearance, tree: AgendaTree) -> None:
        super().__init__(tree)
        self._appearance, self._tree = appearance, tree

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt's signature
        line: AgendaLine = index.data(LINE)
        return QSize(40, self._appearance.px(_TWO_LINES if line.detail else _ONE_LINE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, line = self._appearance.theme, index.data(LINE)
        rect: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, theme.select if selected else theme.surface)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.hair)
        upper = QRect(rect)
        if line.detail:
            upper.setHeight(rect.height() // 2 + 2)
            upper.translate(0, 2)
        match Column(index.column()):
            case Column.NUMBER:
                self._number(painter, rect, upper, line, selected)
            case Column.PAPER:
                self._paper(painter, rect, upper, line)
            case Column.PAGES:
                box = upper.adjusted(0, 0, -_EDGE, 0)
                self._write(painter, box, line.pages, theme.text, align=_RIGHT)
        if index.row() == self._tree.currentIndex().row() and self._tree.hasFocus():
            self._ring(painter, rect, Column(index.column()))
        painter.restore()

    def _ring(self, painter: QPainter, rect: QRect, column: Column) -> None:
        """The part of the focus ring round the current row that is in a column."""
        painter.setPen(QPen(self._appearance.theme.focus, 2))
        top, bottom = rect.top() + 1, rect.bottom() - 1
        painter.drawLine(rect.left(), top, rect.right(), top)
        painter.drawLine(rect.left(), bottom, rect.right(), bottom)
        if column is Column.NUMBER:
            painter.drawLine(rect.left() + 1, top, rect.left() + 1, bottom)
        elif column is Column.PAGES:
            painter.drawLine(rect.right() - 1, top, rect.right() - 1, bottom)

    def _number(self, painter: QPainter, rect: QRect, upper: QRect, line: AgendaLine, selected: bool) -> None:
        theme, px = self._appearance.theme, self._appearance.px
        if selected:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), theme.accent)
        if line.item is not None and not self._tree.lines.is_fixed:
            size = px(_GRIP)
            grip = QRectF(rect.left() + 6, upper.center().y() - size / 2 + 0.5, size, size)
            icons.paint_icon(painter, grip, "grip-vertical", theme.text3)
        box = upper.adjusted(_EDGE + px(_GRIP) + 6, 0, 0, 0)
        self._write(painter, box, line.number, theme.text, "section")

    def _paper(self, painter: QPainter, rect: QRect, upper: QRect, line: AgendaLine) -> None:
        theme, size = self._appearance.theme, self._appearance.px(_MARK)
        room = upper.adjusted(_EDGE, 0, -_EDGE, 0)
        for_title = room.adjusted(0, 0, -(size + 8) if line.standing else 0, 0)
        width = self._write(painter, for_title, line.title, theme.text, "body")
        if line.standing is not None:
            left = for_title.left() + width + 8
            box = QRectF(left, room.center().y() - size / 2 + 0.5, size, size)
            paint_notice(painter, box, NOTICES[line.standing], theme)
        if line.detail:
            lower = QRect(room.left(), upper.bottom() - 1, room.width(), rect.bottom() - upper.bottom() - 3)
            self._write(painter, lower, line.detail, theme.text3, "caption")

    def _write(
        self, painter: QPainter, rect: QRect, text: str, colour: QColor, role: str = "body", align: int = _LEFT
    ) -> int:
        """Write one line, elided at its end where it does not fit; gives its width."""
        font = self._appearance.font(role)
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(rect, align, shown)
        return metrics.horizontalAdvance(shown)


class AgendaTree(QTreeView):
    """The agenda with its keys and its menu.

    Signals: `step_wanted` by the key and the step, −1 up or 1 down; `edit_wanted`, `paper_wanted` and
    `remove_wanted` by the key, 0 for the front sheet; `current_moved` when another line is current.
    """

    step_wanted = Signal(int, int)
    edit_wanted = Signal(int)
    paper_wanted = Signal(int)
    remove_wanted = Signal(int)
    current_moved = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.lines = AgendaModel(self)
        self.setModel(self.lines)
        self.setItemDelegate(AgendaDelegate(appearance, self))
        self.setAccessibleName("Agenda")
        self.setObjectName("agenda")
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.lines.modelReset.connect(self._fit)
        self.doubleClicked.connect(lambda index: self.edit_wanted.emit(index.data(LINE).key))
        appearance.changed.connect(self._fit)

    @property
    def current_key(self) -> int:
        """The key of the current item; 0 for the front sheet and where nothing is current."""
        index = self.currentIndex()
        return self.lines.lines[index.row()].key if index.isValid() else 0

    def go_to(self, key: int) -> None:
        """Make the item with a key the current one."""
        self.setCurrentIndex(self.lines.index(self.lines.row_of(key), 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifier = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(key), 0)
        if modifier == Qt.KeyboardModifier.AltModifier and step:
            self.step_wanted.emit(self.current_key, step)
        elif modifier == Qt.KeyboardModifier.NoModifier and key == Qt.Key.Key_Delete:
            self.remove_wanted.emit(self.current_key)
        elif modifier == Qt.KeyboardModifier.NoModifier and key in (
            Qt.Key.Key_F2,
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
        ):
            self.edit_wanted.emit(self.current_key)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the line under the pointer, or with the current one."""
        index = self.currentIndex()
        if self.lines.is_fixed or not index.isValid():
            return
        line: AgendaLine = index.data(LINE)
        menu = QMenu(self)
        menu.addAction("Edit…", lambda: self.edit_wanted.emit(line.key))
        if line.item is not None:
            if line.item.kind is ItemKind.RECEIVED:
                menu.addAction("Attach a received paper…", lambda: self.paper_wanted.emit(line.key))
            menu.addAction("Move up", lambda: self.step_wanted.emit(line.key, -1))
            menu.addAction("Move down", lambda: self.step_wanted.emit(line.key, 1))
            menu.addAction("Take off the agenda", lambda: self.remove_wanted.emit(line.key))
        menu.popup(event.globalPos())

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.current_moved.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give numbers and pages what they need, and the titles all the rest."""
        lines, grip = self.lines.lines, self._appearance.px(_GRIP) + 6
        number = self._widest(Column.NUMBER, grip, "section", [line.number for line in lines])
        pages = self._widest(Column.PAGES, 0, "body", [line.pages for line in lines])
        for column, width in enumerate((number, max(self.viewport().width() - number - pages, 40), pages)):
            self.setColumnWidth(column, width)

    def _widest(self, column: Column, before: int, role: str, texts: list[str]) -> int:
        """The width of a column that has room for its heading, and for its texts with `before` pixels each."""
        heading = str(self.lines.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole))
        header, cells = (QFontMetrics(self._appearance.font(name)) for name in (_HEADER_ROLE, role))
        widths = [cells.horizontalAdvance(text) + before for text in texts]
        return max(header.horizontalAdvance(heading), *widths, 0) + 2 * _EDGE


class AgendaPane(QFrame):
    """The agenda's card: heading with its buttons, the tree, and what printing on both sides needs.

    `item_wanted` asks for a new item; what the other buttons want, they want of the tree's current line.
    """

    item_wanted = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.setProperty("card", "true")
        self.tree = AgendaTree(appearance)
        self.add_button = _button("Item", "Add an item (Ins)")
        self.edit_button = _button("Edit…", "Edit the current item; on the front sheet the meeting (F2)")
        self.paper_button = _button("Paper…", "Attach a received PDF to the current item")
        self.add_button.setAccessibleName("Add an item to the agenda")
        self.edit_button.setAccessibleName("Edit the current item")
        self.paper_button.setAccessibleName("Attach a received paper to the current item")
        self._shape, self._sides = QLabel(), QLabel()
        self._sides.setWordWrap(True)
        self._sides.setProperty("tone", "second")
        self.foot = QFrame()
        self._lay_out()
        self.add_button.clicked.connect(self.item_wanted)
        self.edit_button.clicked.connect(lambda: self.tree.edit_wanted.emit(self.tree.current_key))
        self.paper_button.clicked.connect(lambda: self.tree.paper_wanted.emit(self.tree.current_key))
        appearance.changed.connect(self._dress)
        self._dress()

    def _lay_out(self) -> None:
        title = QLabel("Agenda")
        title.setProperty("role", "section")
        head = QHBoxLayout()
        head.setContentsMargins(12, 6, 12, 6)
        head.setSpacing(6)
        head.addWidget(title, 1)
        head.addWidget(self.add_button)
        head.addWidget(self.edit_button)
        head.addWidget(self.paper_button)
        foot = QHBoxLayout(self.foot)
        foot.setContentsMargins(12, 8, 12, 8)
        foot.setSpacing(8)
        foot.addWidget(self._shape, 0, Qt.AlignmentFlag.AlignTop)
        foot.addWidget(self._sides, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.tree, 1)
        column.addWidget(self.foot)

    def _dress(self) -> None:
        theme = self._appearance.theme
        self.add_button.setIcon(icons.icon("plus", theme.text, theme.text3))
        self.edit_button.setIcon(icons.icon("pencil", theme.text, theme.text3))
        self.paper_button.setIcon(icons.icon("file-plus", theme.text, theme.text3))
        style, large = Qt.ToolButtonStyle, self._appearance.large_text
        for button in (self.add_button, self.edit_button, self.paper_button):
            button.setToolButtonStyle(style.ToolButtonIconOnly if large else style.ToolButtonTextBesideIcon)
        size = self._appearance.px(16)
        self._shape.setPixmap(notice_pixmap(Notice.INFORMATION, size, theme, self.devicePixelRatioF()))

    def show_page(self, page: PackPage, current: int) -> None:
        """Show a page's agenda, with the item of the key `current` as the current one."""
        fixed = bool(page.read_only_reason)
        self.tree.lines.show_lines(page.lines, fixed)
        self.add_button.setEnabled(not fixed)
        self.edit_button.setEnabled(not fixed)
        self.foot.setVisible(bool(page.double_sided_words))
        self._sides.setText(page.double_sided_words)
        self.tree.go_to(current)

    def offer_paper(self, offered: bool) -> None:
        """Whether the current item takes a received paper."""
        self.paper_button.setEnabled(offered)


def _button(words: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setProperty("control", True)
    button.setText(f" {words}")
    button.setToolTip(tip)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return button
