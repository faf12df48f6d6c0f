"""The table that returns, clearance and a review share: its model, its cells' ink, its keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from pcp_desktop.desktop.theme import Appearance

Index = QModelIndex | QPersistentModelIndex
Row = TypeVar("Row")
NO_PARENT = QModelIndex()
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEAST = 40  # px: the narrowest column
OPENING_KEYS: tuple[int, ...] = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
"""The keys that ask about the row that is selected."""


class RowsModel(QAbstractTableModel, Generic[Row]):
    """Rows under fixed headers; a subclass says the words of a cell and the sentence that a row is read aloud as."""

    headers: tuple[str, ...] = ()
    right_column = -1

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[Row] = ()

    def words(self, row: Row, column: int) -> str:
        """The words of a cell."""
        raise NotImplementedError

    def sentence(self, row: Row) -> str:
        """The whole row as it is read aloud."""
        raise NotImplementedError

    @property
    def shown_rows(self) -> Sequence[Row]:
        """The rows that the filter lets through, from the top."""
        return self._rows

    def row(self, at: int) -> Row | None:
        """What a table row stands for; None where it stands for nothing of its own."""
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.headers)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if section == self.right_column else LEFT
        return self.headers[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row, column = self.row(index.row()), index.column()
        if row is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.words(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.headers[column]}: {self.words(row, column)}" if column else self.sentence(row)
        return None


class RowsDelegate(QStyledItemDelegate, Generic[Row]):
    """Paints the ground of a cell, its hairline and the edge of a selected row; a subclass paints what is in it."""

    row_height = 31
    right_edge = 8

    def __init__(self, appearance: Appearance, rows: RowsModel[Row]) -> None:
        super().__init__()
        self._appearance, self._rows = appearance, rows

    def _cell(self, painter: QPainter, rect: QRect, row: Row, column: int) -> None:
        raise NotImplementedError

    def _fold(self, painter: QPainter, rect: QRect) -> None:
        """Paint a row that stands for nothing of its own."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), self._appearance.px(self.row_height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._appearance.theme
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, theme.select if selected else theme.surface)
        if selected and index.column() == 0:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), theme.accent)
        painter.setPen(QPen(theme.hair))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if selected and state & QStyle.StateFlag.State_Active and self._has_focus(option):
            self._focus(painter, rect, index)
        row = self._rows.row(index.row())
        if row is None:
            self._fold(painter, rect)
        else:
            self._cell(painter, rect.adjusted(8, 0, -self.right_edge, 0), row, index.column())
        painter.restore()

    @staticmethod
    def _has_focus(option: QStyleOptionViewItem) -> bool:
        table = option.widget
        return isinstance(table, QWidget) and table.hasFocus()

    def _focus(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """The ring around the selected row while its table has the keyboard: this cell's part of it."""
        painter.setPen(QPen(self._appearance.theme.focus, 2))
        box = rect.adjusted(0, 1, 0, -1)
        painter.drawLine(box.topLeft(), box.topRight())
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        if index.column() == 0:
            painter.drawLine(box.topLeft(), box.bottomLeft())
        elif index.column() == self._rows.columnCount() - 1:
            painter.drawLine(box.topRight(), box.bottomRight())

    def _text(
        self,
        painter: QPainter,
        rect: QRect,
        text: str,
        colour: QColor,
        role: str = "body",
        align: Qt.AlignmentFlag = LEFT,
    ) -> None:
        font = self._appearance.font(role)
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(rect, align, QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width()))

    def _two_lines(
        self, painter: QPainter, rect: QRect, first: str, second: str, colour: QColor, role: str = "body"
    ) -> None:
        """A line over a second one that matters less; alone in the middle where there is no second one."""
        if not second:
            self._text(painter, rect, first, colour, role)
            return
        half = rect.height() // 2
        self._text(painter, QRect(rect.left(), rect.top() + 4, rect.width(), half - 3), first, colour, role)
        lower = QRect(rect.left(), rect.top() + half, rect.width(), half - 4)
        self._text(painter, lower, second, self._appearance.theme.text3, "caption")

    def _wrapped(self, painter: QPainter, rect: QRect, text: str, colour: QColor, role: str = "body") -> None:
        """The text on one line where it fits, otherwise on two; what is longer still ends in an ellipsis."""
        font = self._appearance.font(role)
        metrics = QFontMetrics(font)
        if metrics.horizontalAdvance(text) <= rect.width():
            self._text(painter, rect, text, colour, role)
            return
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(rect, LEFT | Qt.TextFlag.TextWordWrap, _two_lines(text, metrics, rect.width()))


def _two_lines(text: str, metrics: QFontMetrics, width: int) -> str:
    """As much of `text` as two lines of `width` pixels hold, cut between words."""
    words = text.split()
    for count in range(len(words), 0, -1):
        shown = " ".join(words[:count]) + ("" if count == len(words) else "…")
        box = metrics.boundingRect(QRect(0, 0, width, 1000), Qt.TextFlag.TextWordWrap, shown)
        if box.height() < 2.5 * metrics.lineSpacing() and box.width() <= width:  # a line may be a fraction taller
            return shown
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)


class RowsTable(QTableView, Generic[Row]):
    """The table with its keys: arrows, J and K move; N goes to the next row that asks for someone."""

    current_moved = Signal()

    def __init__(self, appearance: Appearance, rows: RowsModel[Row], delegate: RowsDelegate[Row], name: str) -> None:
        super().__init__()
        self._appearance, self.rows, self._delegate = appearance, rows, delegate
        self.setModel(rows)
        delegate.setParent(self)
        self.setItemDelegate(delegate)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(LEAST)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.modelReset.connect(self._after_reset)
        appearance.changed.connect(self._fit)
        self._fit()

    def _asks(self, row: Row) -> bool:
        """Whether N stops at a row."""
        raise NotImplementedError

    def _widths(self) -> Sequence[int]:
        """The width of every column in pixels, for the room that there is."""
        raise NotImplementedError

    def _shared_widths(self, least: int, wanted: Sequence[int]) -> tuple[int, ...]:
        """The first column with the room that the `wanted` ones leave; under `least` pixels all others give way."""
        px, room = self._appearance.px, self.viewport().width()
        others = [px(width) for width in wanted]
        spare = max(room - px(least), 0)
        if sum(others) > spare:
            others = [max(width * spare // sum(others), LEAST) for width in others]
        return max(room - sum(others), LEAST), *others

    def current_row(self) -> Row | None:
        """What the selected row stands for."""
        return self.rows.row(self.currentIndex().row())

    def go_to(self, at: int) -> None:
        """Select a row, within the rows there are."""
        if self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(min(max(at, 0), self.rows.rowCount() - 1), 0))

    def go_to_next(self) -> None:
        """Select the next row that asks for someone, from the top again after the last."""
        here, count = self.currentIndex().row(), self.rows.rowCount()
        for at in ((here + step) % count for step in range(1, count + 1)):
            row = self.rows.row(at)
            if row is not None and self._asks(row):
                self.go_to(at)
                return

    def _acts(self, here: int) -> dict[int, Callable[[], None]]:
        """What each key does at the row `here`."""
        return {
            Qt.Key.Key_J: lambda: self.go_to(here + 1),
            Qt.Key.Key_K: lambda: self.go_to(here - 1),
            Qt.Key.Key_N: self.go_to_next,
        }

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = self._acts(self.currentIndex().row()).get(event.key())
        if act is None or event.modifiers() != Qt.KeyboardModifier.NoModifier:
            super().keyPressEvent(event)
        else:
            act()

    @Slot()
    def _fit(self) -> None:
        """Share the width out among the columns."""
        self.verticalHeader().setDefaultSectionSize(self._appearance.px(self._delegate.row_height))
        for column, width in enumerate(self._widths()):
            self.setColumnWidth(column, width)

    @Slot()
    def _after_reset(self) -> None:
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.current_moved.emit()
