"""A sheet as it came, each cell coloured for what it was taken for; it decides nothing about the workbook."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QRect,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QBrush, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from pcp_desktop.desktop.tables import LEFT, NO_PARENT, RIGHT, Index
from pcp_desktop.desktop.tabs.recognise.marking import Corners, paint_marks, range_words
from pcp_desktop.desktop.tabs.recognise.regions import paint_outline, paint_region, region_text
from pcp_desktop.desktop.tabs.review.inspector import cell_place, column_letters
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.recognition import MarkSort, RegionKind, SheetPicture

ROW_HEIGHT, LEAST_COLUMN, MOST_COLUMN = 23, 44, 260
_MEASURED_ROWS = 300
"""Columns are as wide as the words of so many rows need."""
_SPANNED_ROWS = 2000
_BEYOND = 1
"""Empty rows and columns shown after the last."""
EMPTY = SheetPicture("", ())
_EDGE = 5
ASKED, ERROR = "asked", "error"
_ENTER: tuple[int, ...] = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_Move = QAbstractItemView.CursorAction
_MOVES: dict[int, _Move] = {
    Qt.Key.Key_Up: _Move.MoveUp,
    Qt.Key.Key_Down: _Move.MoveDown,
    Qt.Key.Key_Left: _Move.MoveLeft,
    Qt.Key.Key_Right: _Move.MoveRight,
    Qt.Key.Key_Home: _Move.MoveHome,
    Qt.Key.Key_End: _Move.MoveEnd,
    Qt.Key.Key_PageUp: _Move.MovePageUp,
    Qt.Key.Key_PageDown: _Move.MovePageDown,
}


class SheetModel(QAbstractTableModel):
    """The cells of one sheet with what each was taken for."""

    def __init__(self) -> None:
        super().__init__()
        self.picture = EMPTY
        self._regions: dict[tuple[int, int], RegionKind] = {}
        self._outlines: Mapping[tuple[int, int], str] = {}
        self._columns = 0
        self.grown = False
        """Whether several cells are chosen, so that they are filled and not outlined."""

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

    def mark(self, row: int, column: int) -> MarkSort | None:
        """What a cell was marked as by hand, the last time it was; None where it was not."""
        for (top, left, bottom, right), sort in reversed(self.picture.marked):
            if top <= row <= bottom and left <= column <= right:
                return sort
        return None

    def _sentence(self, row: int, column: int) -> str:
        """“A9, measure: TFMV, to answer”."""
        kind, mark = self._regions.get((row, column)), self.mark(row, column)
        what = f", {kind.value}" if kind is not None else ""
        what += f", marked by hand as {mark.value}" if mark is not None else ""
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
        left_out = self._rows.mark(*place) is MarkSort.LEFT_OUT
        if left_out:
            painter.fillRect(rect, QBrush(theme.grid if theme.outlined else theme.hair, Qt.BrushStyle.FDiagPattern))
        if outline:
            asked = outline == ASKED
            ink, soft = (theme.same, theme.same_soft) if asked else (theme.det, theme.det_soft)
            paint_outline(painter, rect, ink, soft)
        if state & QStyle.StateFlag.State_Selected and self._rows.grown:
            painter.fillRect(rect.adjusted(0, 0, -1, -1), theme.select)
        elif state & QStyle.StateFlag.State_Selected:
            paint_outline(painter, rect.adjusted(1, 1, -1, -1), theme.focus, None)
        font = self.font_of(kind)
        painter.setFont(font)
        painter.setPen(theme.text3 if left_out else region_text(kind, theme))
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
    """One sheet; Enter or F2 on a label, or a click, asks what it is.

    R begins to mark a region, which the arrows make larger; Shift and the arrows, or the mouse over cells or headers,
    mark one as well.
    """

    cell_chosen = Signal(int, int)
    region_chosen = Signal(object)
    """The corners of a region that a person wants to say something about."""
    marking = Signal(str)
    """The region that is being marked, in words; empty once none is."""

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
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self._is_marking, self._anchor = False, QModelIndex()
        self.selectionModel().selectionChanged.connect(self._say_region)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setHighlightSections(False)
            header.viewport().installEventFilter(self)
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

    # ------------------------------------------------------------ marking a region

    @property
    def is_marking(self) -> bool:
        """Whether a region is being marked: R was pressed, or several cells are chosen."""
        return self._is_marking or self.rows.grown

    @property
    def region(self) -> Corners | None:
        """The chosen cells within what the sheet holds; None where none is chosen."""
        chosen = self.selectionModel().selection()
        ranges = [chosen.at(number) for number in range(chosen.size())]
        if not ranges:
            return None
        last_row, last_column = self.rows.rowCount() - _BEYOND - 1, self.rows.columnCount() - _BEYOND - 1
        top, left = min(one.top() for one in ranges), min(one.left() for one in ranges)
        bottom, right = max(one.bottom() for one in ranges), max(one.right() for one in ranges)
        return top, left, max(min(bottom, last_row), top), max(min(right, last_column), left)

    def begin_marking(self) -> None:
        """Mark a region from the current cell; where several are chosen already, these."""
        if self.rows.grown:
            self._choose_region()
            return
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.rows.index(0, 0))
        self._is_marking, self._anchor = True, self.currentIndex()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._say_region()

    def leave_marking(self) -> None:
        """Choose the current cell alone again."""
        if self.is_marking:
            self._is_marking = False
            self.selectionModel().select(self.currentIndex(), QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self._say_region()

    def _stretch(self, move: _Move) -> None:
        """Choose the cells from where marking began to where a move leads."""
        here = self.moveCursor(move, Qt.KeyboardModifier.NoModifier)
        rows, columns = sorted((self._anchor.row(), here.row())), sorted((self._anchor.column(), here.column()))
        self.selectionModel().setCurrentIndex(here, QItemSelectionModel.SelectionFlag.NoUpdate)
        corners = (self.rows.index(row, column) for row, column in zip(rows, columns, strict=True))
        chosen = QItemSelection(*corners)
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(here)

    @Slot()
    def _say_region(self) -> None:
        here = self.region
        if here is None:
            grown = False
        else:
            top, left, bottom, right = here
            grown = bottom >= top + self.rowSpan(top, left) or right >= left + self.columnSpan(top, left)
        if grown != self.rows.grown:
            self.rows.grown = grown
            self.viewport().update()
        self.marking.emit(range_words(here) if here is not None and self.is_marking else "")

    @Slot()
    def _choose_region(self) -> None:
        here = self.region
        self._is_marking = False
        if here is not None:
            self.region_chosen.emit(here)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() == Qt.Key.Key_R:
            self.begin_marking()
        elif self.is_marking and plain and event.key() in _ENTER:
            self._choose_region()
        elif self.is_marking and event.key() == Qt.Key.Key_Escape:
            self.leave_marking()
        elif self._is_marking and event.key() in _MOVES:
            self._stretch(_MOVES[event.key()])
        elif plain and event.key() in (*_ENTER, Qt.Key.Key_F2):
            self.cell_chosen.emit(self.currentIndex().row(), self.currentIndex().column())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        if self.rows.grown:
            self._choose_region()
        elif index.isValid():
            self.leave_marking()
            self.cell_chosen.emit(index.row(), index.column())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Letting go over a header chooses the rows or columns that were dragged over."""
        headers = (self.horizontalHeader().viewport(), self.verticalHeader().viewport())
        if watched in headers and event.type() is QEvent.Type.MouseButtonRelease:
            QTimer.singleShot(0, self, self._choose_region)
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.rows.picture.marked:
            paint_marks(self, self.rows.picture.marked, self._appearance.theme)
