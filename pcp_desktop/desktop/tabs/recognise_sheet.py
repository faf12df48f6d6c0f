"""A sheet as it came, each cell coloured for what it was taken for; it decides nothing about the workbook."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from pcp_desktop.desktop.tables import LEFT, NO_PARENT, RIGHT, Index
from pcp_desktop.desktop.tabs.recognise_regions import paint_outline, paint_region, region_text
from pcp_desktop.desktop.tabs.review_inspector import cell_place, column_letters
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.recognition import RegionKind, SheetPicture

ROW_HEIGHT, LEAST_COLUMN, MOST_COLUMN = 23, 44, 260
_MEASURED_ROWS = 300
"""Columns are as wide as the words of so many rows need."""
_SPANNED_ROWS = 2000
_BEYOND = 1
"""Empty rows and columns shown after the last."""
EMPTY = SheetPicture("", ())
_EDGE = 5
ASKED, ERROR = "asked", "error"


class SheetModel(QAbstractTableModel):
    """The cells of one sheet with what each was taken for."""

    def __init__(self) -> None:
        super().__init__()
        self.picture = EMPTY
        self._regions: dict[tuple[int, int], RegionKind] = {}
        self._outlines: Mapping[tuple[int, int], str] = {}
        self._columns = 0

    def show_sheet(self, picture: SheetPicture, outlines: Mapping[tuple[int, int], str]) -> None:
        """Show a sheet; `outlines` says of a cell that it is asked about or holds an error."""
        self.beginResetModel()
        self.picture, self._outlines = picture, outlines
        self._regions = {(row, column): kind for row, column, kind in picture.regions}
        self._columns = max((len(row) for row in picture.rows), default=0)
        self.endResetModel()

    def region(self, row: int, column: int) -> RegionKind | None:
        """What a cell was taken for."""
        return self._regions.get((row, column))

    def text(self, row: int, column: int) -> str:
        """What a cell shows."""
        rows = self.picture.rows
        return rows[row][column] if row < len(rows) and column < len(rows[row]) else ""

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.picture.rows) + _BEYOND

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else self._columns + _BEYOND

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return column_letters(section) if orientation is Qt.Orientation.Horizontal else str(section + 1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        place = (index.row(), index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.text(*place)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if place in self.picture.numbers else LEFT
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._sentence(*place)
        return None

    def outline(self, row: int, column: int) -> str:
        """Whether a cell is asked about or holds an error; empty where neither."""
        return self._outlines.get((row, column), "")

    def _sentence(self, row: int, column: int) -> str:
        """“A9, measure: TFMV, to answer”."""
        kind = self._regions.get((row, column))
        what = f", {kind.value}" if kind is not None else ""
        more = {ASKED: ", to answer", ERROR: ", an error"}.get(self._outlines.get((row, column), ""), "")
        return f"{column_letters(column)}{row + 1}{what}: {self.text(row, column) or 'empty'}{more}"


class SheetDelegate(QStyledItemDelegate):
    """Paints a cell with the fill of its region, its hairlines, and the outline of what is asked about."""

    def __init__(self, appearance: Appearance, rows: SheetModel) -> None:
        super().__init__()
        self._appearance, self._rows = appearance, rows

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._appearance.theme
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        place = (index.row(), index.column())
        kind, outline = self._rows.region(*place), self._rows.outline(*place)
        painter.save()
        painter.fillRect(rect, theme.surface)
        painter.setPen(theme.grid if theme.outlined else theme.hair)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        if kind is not None:
            paint_region(painter, rect.adjusted(0, 0, -1, -1), kind, theme)
        if outline:
            asked = outline == ASKED
            ink, soft = (theme.same, theme.same_soft) if asked else (theme.det, theme.det_soft)
            paint_outline(painter, rect, ink, soft)
        if state & QStyle.StateFlag.State_Selected:
            paint_outline(painter, rect.adjusted(1, 1, -1, -1), theme.focus, None)
        font = self.font_of(kind)
        painter.setFont(font)
        painter.setPen(region_text(kind, theme))
        room = rect.adjusted(_EDGE + 2 * (kind is RegionKind.MEASURE), 0, -_EDGE, 0)
        text = " ".join(str(index.data() or "").split())
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, index.data(Qt.ItemDataRole.TextAlignmentRole), shown)
        painter.restore()

    def font_of(self, kind: RegionKind | None) -> QFont:
        """The font of a cell: headings heavier, notes slanted."""
        strong = kind in (RegionKind.TITLE, RegionKind.PERIOD)
        font = self._appearance.font("section" if strong else "body")
        font.setItalic(kind is RegionKind.NOTE)
        return font


class SheetView(QTableView):
    """One sheet; Enter or F2 on a label, or a click, asks what it is."""

    cell_chosen = Signal(int, int)

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.rows = SheetModel()
        self.setModel(self.rows)
        self._delegate = SheetDelegate(appearance, self.rows)
        self._delegate.setParent(self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("The sheet as it came")
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionsClickable(False)
            header.setHighlightSections(False)
            header.setMinimumSectionSize(20)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        appearance.changed.connect(self._fit)

    def show_sheet(self, picture: SheetPicture, outlines: Mapping[tuple[int, int], str]) -> None:
        """Show a sheet from its first cell; the same sheet again stays where it was scrolled to."""
        again = picture.name == self.rows.picture.name and picture.rows == self.rows.picture.rows
        kept = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        self.rows.show_sheet(picture, outlines)
        self._fit()
        if again:
            self.horizontalScrollBar().setValue(kept[0])
            self.verticalScrollBar().setValue(kept[1])
        else:
            self.scrollToTop()
            self.horizontalScrollBar().setValue(0)

    def index_of(self, cell: str) -> QModelIndex:
        """The place of an address; no place where the sheet is shorter or it is no address."""
        place = cell_place(cell)
        return self.rows.index(*place) if place is not None else QModelIndex()

    def _fit(self) -> None:
        """Fold what is hidden, share out the widths, and let titles and merged cells reach over their neighbours."""
        picture, model = self.rows.picture, self.rows
        self.clearSpans()
        self.verticalHeader().setDefaultSectionSize(self._appearance.px(ROW_HEIGHT))
        self.verticalHeader().setFixedWidth(self._appearance.px(34))
        for row in range(model.rowCount()):
            self.setRowHidden(row, row in picture.hidden_rows)
        for column in range(model.columnCount()):
            self.setColumnHidden(column, column in picture.hidden_columns)
            if column not in picture.hidden_columns:
                self.setColumnWidth(column, self._width(column))
        covered = set()
        for top, left, bottom, right in picture.merged:
            if bottom < model.rowCount() and right < model.columnCount():
                self.setSpan(top, left, bottom - top + 1, right - left + 1)
                covered |= {(top, left)}
        for row, column, kind in picture.regions:
            if row < _SPANNED_ROWS and kind in (RegionKind.TITLE, RegionKind.NOTE) and (row, column) not in covered:
                self._reach_over(row, column, kind)

    def _width(self, column: int) -> int:
        """As wide as the words need, but for titles and notes, which reach over their neighbours."""
        px, widest = self._appearance.px, 0
        for row in range(min(len(self.rows.picture.rows), _MEASURED_ROWS)):
            kind = self.rows.region(row, column)
            text = self.rows.text(row, column)
            if text and kind not in (RegionKind.TITLE, RegionKind.NOTE):
                metrics = QFontMetrics(self._delegate.font_of(kind))
                widest = max(widest, metrics.horizontalAdvance(" ".join(text.split())))
        return min(max(widest + 2 * _EDGE + 2, px(LEAST_COLUMN)), px(MOST_COLUMN))

    def _reach_over(self, row: int, column: int, kind: RegionKind) -> None:
        metrics = QFontMetrics(self._delegate.font_of(kind))
        wanted = metrics.horizontalAdvance(self.rows.text(row, column)) + 2 * _EDGE + 4
        last = column
        width = self.columnWidth(column)
        while width < wanted and last + 1 < self.rows.columnCount() and not self.rows.text(row, last + 1):
            last += 1
            width += self.columnWidth(last)
        if last > column:
            self.setSpan(row, column, 1, last - column + 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and not event.modifiers():
            self.cell_chosen.emit(self.currentIndex().row(), self.currentIndex().column())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() is Qt.MouseButton.LeftButton:
            self.cell_chosen.emit(index.row(), index.column())
