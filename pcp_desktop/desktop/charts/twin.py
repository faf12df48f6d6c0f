"""The twin of a chart: its numbers as a real table, on screen and on the clipboard."""

from __future__ import annotations

from dataclasses import replace
from html import escape

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from pcp_desktop.domain.pages import TableSpec

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()
BETWEEN_COLUMNS = 12


class TableSpecModel(QAbstractTableModel):
    """A TableSpec as Qt reads tables; total rows are bold, numeric columns right aligned."""

    def __init__(self, table: TableSpec) -> None:
        super().__init__()
        self._table = table

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._table.rows)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._table.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        text = self._table.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        if role == Qt.ItemDataRole.FontRole and index.row() in self._table.strong_rows:
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        if role == Qt.ItemDataRole.AccessibleTextRole:
            cells = [f"{name}: {words}" for name, words in zip(self._table.columns, self._row(index), strict=True)]
            return cells[index.column()] if index.column() else ". ".join(cells)
        return None

    def _row(self, index: Index) -> tuple[str, ...]:
        return self._table.rows[index.row()]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._table.columns[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        return None

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if self._table.numeric[column] else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter


class TwinTable(QTableView):
    """A read-only table over a TableSpec, with compact rows and no grid."""

    def __init__(self, table: TableSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = TableSpecModel(table)
        self.setModel(self._model)
        self.setAccessibleName(table.caption)
        self.setToolTip(table.caption)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(24)
        self.horizontalHeader().setHighlightSections(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.resizeColumnsToContents()
        for column in range(len(table.columns)):
            self.setColumnWidth(column, self.columnWidth(column) + BETWEEN_COLUMNS)
        self.horizontalHeader().setStretchLastSection(not table.numeric[-1] if table.numeric else True)
        if table.rows:
            self.setCurrentIndex(self._model.index(0, 0))

    def sizeHint(self) -> QSize:
        """No more than the chart whose place it takes asks for; what does not fit scrolls."""
        return self.minimumSizeHint()


def as_tsv(table: TableSpec) -> str:
    """The table as tab-separated text with its header row; tabs and line ends within cells become spaces."""
    rows = (table.columns, *table.rows)
    return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in rows) + "\n"


def as_html(table: TableSpec) -> str:
    """The table as HTML with its caption, a header cell for every column and row, and figures right aligned."""
    sides = [' style="text-align: right"' if numeric else "" for numeric in table.numeric]
    head = "".join(
        f'<th scope="col"{side}>{escape(cell)}</th>' for cell, side in zip(table.columns, sides, strict=True)
    )
    body = "".join(f"<tr>{_html_row(row, sides)}</tr>" for row in table.rows)
    caption = escape(table.caption)
    return f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _html_row(row: tuple[str, ...], sides: list[str]) -> str:
    first, *rest = row
    cells = (f"<td{side}>{escape(cell)}</td>" for cell, side in zip(rest, sides[1:], strict=True))
    return f'<th scope="row"{sides[0]}>{escape(first)}</th>{"".join(cells)}'


def as_mime(table: TableSpec, mark: str = "") -> QMimeData:
    """The table for the clipboard, as text and as HTML; a `mark` is its last line, and part of its caption."""
    mime = QMimeData()
    if mark:
        table = replace(table, caption=f"{mark}: {table.caption}")
    mime.setText(f"{as_tsv(table)}{mark}\n" if mark else as_tsv(table))
    mime.setHtml(as_html(table))
    return mime
