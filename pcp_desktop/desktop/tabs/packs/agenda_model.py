"""The agenda's lines for the Packs page: their words, and what may be dragged and dropped; ink is in packs_agenda."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from pcp_desktop.domain.meetings import ItemKind
from pcp_desktop.domain.packs import AgendaLine, Standing

Index = QModelIndex | QPersistentModelIndex
LINE = int(Qt.ItemDataRole.UserRole)
_DRAGGED = "application/x-pcp-desktop-agenda-item"
_NOWHERE = QModelIndex()
_HEADERS = ("Item", "Paper", "Pages")
_SPOKEN = {
    Standing.STOPS: "stops publication",
    Standing.DECIDE: "something to decide",
    Standing.DONE: "done",
}


class Column(IntEnum):
    """The tree's columns."""

    NUMBER = 0
    PAPER = 1
    PAGES = 2


class AgendaModel(QAbstractTableModel):
    """One line an item, the front sheet first.

    Signals: `moved` asks to put the item with a key at a place among the items, from 0; `paper_dropped` asks to
    attach a file to the item with a key.
    """

    moved = Signal(int, int)
    paper_dropped = Signal(int, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: Sequence[AgendaLine] = ()
        self.is_fixed = True

    def show_lines(self, lines: Sequence[AgendaLine], is_fixed: bool) -> None:
        """Show the agenda; one that is fixed cannot be reordered."""
        self.beginResetModel()
        self.lines, self.is_fixed = lines, is_fixed
        self.endResetModel()

    def row_of(self, key: int) -> int:
        """The row of an item by its key; 0, the front sheet, where it is gone."""
        return next((row for row, line in enumerate(self.lines) if line.key == key), 0)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section == Column.PAGES:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return _HEADERS[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return (line.number, line.title, line.pages)[index.column()]
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join(filter(None, (line.title, line.detail)))
            case Qt.ItemDataRole.AccessibleTextRole:
                return sentence(line) if index.column() == Column.NUMBER else self.data(index)
        return line if role == LINE else None

    # ------------------------------------------------------------ dragging and dropping

    def flags(self, index: Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.NoItemFlags if self.is_fixed else flag.ItemIsDropEnabled
        found = flag.ItemIsEnabled | flag.ItemIsSelectable
        item = self.lines[index.row()].item
        if self.is_fixed or item is None:
            return found
        found |= flag.ItemIsDragEnabled
        return found | flag.ItemIsDropEnabled if item.kind is ItemKind.RECEIVED else found

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        return [_DRAGGED, "text/uri-list"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        keys = {self.lines[index.row()].key for index in indexes}
        data.setData(_DRAGGED, str(next(iter(keys), 0)).encode())
        return data

    def canDropMimeData(
        self, data: QMimeData, _action: Qt.DropAction, _row: int, _column: int, parent: Index
    ) -> bool:
        if self.is_fixed:
            return False
        if data.hasFormat(_DRAGGED):
            return True
        return bool(_files(data)) and parent.isValid()

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:  # fmt: skip
        """Ask for what the drop means; nothing moves here, the agenda is read again once it is written."""
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        if data.hasFormat(_DRAGGED):
            at = parent.row() if parent.isValid() else row if row >= 0 else len(self.lines)
            key = int(bytes(data.data(_DRAGGED).data()))
            here = self.row_of(key)
            place = max(at - 1, 0)
            self.moved.emit(key, place - (here < at))
        else:
            self.paper_dropped.emit(self.lines[parent.row()].key, _files(data)[0])
        return False


def sentence(line: AgendaLine) -> str:
    """A whole line as it is read aloud."""
    name = f"Item {line.number}: {line.title}" if line.number else line.title
    pages = f"{'pages' if '–' in line.pages else 'page'} {line.pages}" if line.pages else ""
    standing = _SPOKEN[line.standing] if line.standing else ""
    return ". ".join(part for part in (name, line.detail, pages, standing) if part)


def _files(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
