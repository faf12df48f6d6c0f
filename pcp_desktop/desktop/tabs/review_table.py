"""The table of a review: its rows with the unchanged ones folded, and the ink of each column."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from pcp_desktop.desktop.icons import paint_icon
from pcp_desktop.desktop.marks import Notice, paint_notice
from pcp_desktop.desktop.tabs.review_rows import ReviewRow, Shown
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.formats import counted
from pcp_desktop.domain.observations import ObservationKey
from pcp_desktop.domain.returns import Change

CHANGE, MEASURE, PERIOD, VALUE, CELL, CHECK = range(6)
HEADERS = ("Change", "Measure", "Period", "Stored → new", "Cell", "Check")
WIDTHS = (84, 190, 156, 118, 54, 240)
ROW = 31
Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()


class ReviewModel(QAbstractTableModel):
    """The rows of a review that the filter lets through; with no filter the unchanged stand folded in one row."""

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[ReviewRow, ...] = ()
        self._rows: list[ReviewRow] = []
        self._folded = 0
        self._unfolded = False
        self._shown, self._words = Shown.ALL, ""
        self.left_out: frozenset[ObservationKey] = frozenset()

    def show_rows(self, rows: tuple[ReviewRow, ...]) -> None:
        """Show other rows, unfiltered, none left out."""
        self._all, self.left_out, self._unfolded = rows, frozenset(), False
        self.filter(Shown.ALL, "")

    def filter(self, shown: Shown, words: str) -> None:
        """Show the rows of a filter that hold every one of `words`."""
        self.beginResetModel()
        self._shown, self._words = shown, words
        wanted = words.lower().split()
        found = [row for row in self._all if row.belongs(shown) and _holds(row, wanted)]
        fold = shown is Shown.ALL and not wanted
        unchanged = [row for row in found if row.figure.change is Change.UNCHANGED] if fold else []
        self._folded = len(unchanged)
        self._rows = found if self._unfolded or not fold else [row for row in found if row not in set(unchanged)]
        self.endResetModel()

    def unfold(self) -> None:
        """Show the unchanged rows, or fold them again."""
        self._unfolded = not self._unfolded
        self.filter(self._shown, self._words)

    def row(self, at: int) -> ReviewRow | None:
        """The figure of a table row; None for the row that stands for the folded ones."""
        return self._rows[at] if 0 <= at < len(self._rows) else None

    @property
    def fold_row(self) -> int | None:
        """The row that stands for the unchanged figures."""
        return len(self._rows) if self._folded else None

    def leave_out(self, at: int) -> None:
        """Keep the stored value of a row, or take the new one after all."""
        row = self.row(at)
        if row is not None and row.storable:
            self.left_out = self.left_out ^ {row.key}
            self.dataChanged.emit(self.index(at, 0), self.index(at, CHECK))

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows) + (1 if self._folded else 0)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return HEADERS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section == VALUE else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index.row())
        if row is None:
            return self.fold_words() if index.column() == 0 and role in _TEXT_ROLES else None
        text = self._text(row, index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.sentence(row) if index.column() == 0 else f"{HEADERS[index.column()]}: {text}"
        return None

    def fold_words(self) -> str:
        """The words of the row that stands for the unchanged figures."""
        return f"{counted(self._folded, 'unchanged', 'unchanged')}. Same value, same marker. Nothing will be written."

    def change_words(self, row: ReviewRow) -> str:
        """What would happen to a row, in a word or two."""
        return "Left out" if row.key in self.left_out else row.figure.change.value.capitalize()

    def sentence(self, row: ReviewRow) -> str:
        """The whole row as it is read aloud."""
        value = f"{row.stored} becomes {row.new}" if row.stored and row.stored != row.new else row.new
        return f"{self.change_words(row)}: {row.measure}, {row.period}, {value}, cell {row.cell}. {row.check}"

    def _text(self, row: ReviewRow, column: int) -> str:
        both = f"{row.stored} → {row.new}" if row.figure.change is Change.REVISED else row.new
        return (self.change_words(row), row.measure, row.period, both, row.cell, row.check)[column]


_TEXT_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


def _holds(row: ReviewRow, wanted: list[str]) -> bool:
    text = f"{row.measure} {row.period} {row.cell} {row.check} {row.stored} {row.new}".lower()
    return all(word in text for word in wanted)


class ReviewDelegate(QStyledItemDelegate):
    """Paints the cells of a review: a chip for the change, stored → new, and the shape before the check."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), self._appearance.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, ReviewModel):
            return
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
        row = model.row(index.row())
        if row is None:
            self._fold(painter, rect, model.fold_words(), model._unfolded)
        else:
            self._cell(painter, rect.adjusted(8, 0, -8, 0), row, model, index.column())
        painter.restore()

    def _fold(self, painter: QPainter, rect: QRect, words: str, unfolded: bool) -> None:
        theme = self._appearance.theme
        square = QRectF(rect.left() + 10, rect.center().y() - 7, 14, 14)
        paint_icon(painter, square, "chevron-down" if unfolded else "chevron-right", theme.text2)
        self._text(painter, rect.adjusted(32, 0, 0, 0), words, theme.text2)

    def _cell(self, painter: QPainter, rect: QRect, row: ReviewRow, model: ReviewModel, column: int) -> None:
        theme = self._appearance.theme
        left_out = row.key in model.left_out
        match column:
            case 0:
                self._chip(painter, rect, row, model.change_words(row), left_out)
            case 1:
                self._text(painter, rect, row.measure, theme.text)
            case 2:
                self._text(painter, rect, row.period, theme.text2)
            case 3:
                self._value(painter, rect, row, left_out)
            case 4:
                self._text(painter, rect, row.cell, theme.accent)
            case _:
                size = 14
                shape = QRectF(rect.left(), rect.center().y() - size / 2 + 0.5, size, size)
                paint_notice(painter, shape, row.notice, theme)
                quiet = row.notice in (Notice.DONE, Notice.INFORMATION)
                self._text(painter, rect.adjusted(22, 0, 0, 0), row.check, theme.text2 if quiet else theme.text)

    def _chip(self, painter: QPainter, rect: QRect, row: ReviewRow, words: str, left_out: bool) -> None:
        theme = self._appearance.theme
        fill, ink = {
            Change.NEW: (theme.accent_soft, theme.accent),
            Change.REVISED: (theme.same_soft, theme.same_text),
            Change.REFUSED: (theme.det_soft, theme.det_text),
            Change.UNCHANGED: (theme.na_soft, theme.na_text),
        }[row.figure.change]
        if left_out:
            fill, ink = theme.na_soft, theme.na_text
        font = self._appearance.font("caption_strong")
        width = QFontMetrics(font).horizontalAdvance(words) + 14
        height = self._appearance.px(20)
        chip = QRectF(rect.left(), rect.center().y() - height / 2 + 1, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(ink, 1) if theme.outlined or left_out else Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawRoundedRect(chip, 3, 3)
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, words)

    def _value(self, painter: QPainter, rect: QRect, row: ReviewRow, left_out: bool) -> None:
        theme = self._appearance.theme
        refused = row.figure.change is Change.REFUSED
        bold = self._appearance.font("section")
        bold.setStrikeOut(refused or left_out)
        quiet = refused or left_out or row.figure.change is Change.UNCHANGED
        new = QFontMetrics(bold).elidedText(row.new, Qt.TextElideMode.ElideRight, rect.width())
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(bold)
        painter.setPen(theme.det_text if refused else theme.text2 if quiet else theme.text)
        painter.drawText(rect, right, new)
        if row.figure.change is Change.REVISED:
            used = QFontMetrics(bold).horizontalAdvance(new)
            self._text(painter, rect.adjusted(0, 0, -used, 0), f"{row.stored} → ", theme.text2, right)

    def _text(
        self,
        painter: QPainter,
        rect: QRect,
        text: str,
        colour: QColor,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    ) -> None:
        font: QFont = self._appearance.font("body")
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(rect, align, QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width()))


class ReviewTable(QTableView):
    """The table with its keys: J and K move, N goes to the next to look at, U keeps the stored value."""

    current_moved = Signal()
    left_out_changed = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.rows = ReviewModel()
        self.setModel(self.rows)
        self.setItemDelegate(ReviewDelegate(appearance, self))
        self.setAccessibleName("Figures of this workbook")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(appearance.px(ROW))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(40)
        for column, width in enumerate(WIDTHS):
            self.setColumnWidth(column, appearance.px(width))
        for column in (MEASURE, CHECK):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.rows.modelReset.connect(self._after_reset)
        self.clicked.connect(self._clicked)

    def current_row(self) -> ReviewRow | None:
        """The figure that is selected."""
        return self.rows.row(self.currentIndex().row()) if self.currentIndex().isValid() else None

    def go_to(self, at: int) -> None:
        """Select a row, within the rows there are."""
        if self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(min(max(at, 0), self.rows.rowCount() - 1), 0))

    def next_to_look_at(self) -> None:
        """Select the next row with an error or something to look at, from the top again after the last."""
        count = self.rows.rowCount()
        here = max(self.currentIndex().row(), -1)
        for step in range(1, count + 1):
            row = self.rows.row((here + step) % count)
            if row is not None and row.notice in (Notice.ERROR, Notice.LOOK):
                self.go_to((here + step) % count)
                return

    def leave_out_current(self) -> None:
        """Keep the stored value of the selected row, or take the new one after all."""
        self.rows.leave_out(self.currentIndex().row())
        self.left_out_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, here = event.key(), self.currentIndex().row()
        if event.modifiers() != Qt.KeyboardModifier.NoModifier:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_J:
            self.go_to(here + 1)
        elif key == Qt.Key.Key_K:
            self.go_to(here - 1)
        elif key == Qt.Key.Key_N:
            self.next_to_look_at()
        elif key == Qt.Key.Key_U:
            self.leave_out_current()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and here == self.rows.fold_row:
            self.rows.unfold()
        else:
            super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.current_moved.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "rows"):
            self.verticalHeader().setDefaultSectionSize(self._appearance.px(ROW))

    def _after_reset(self) -> None:
        self.clearSpans()
        fold = self.rows.fold_row
        if fold is not None:
            self.setSpan(fold, 0, 1, len(HEADERS))
        self.go_to(0)
        self.current_moved.emit()

    def _clicked(self, index: QModelIndex) -> None:
        if index.row() == self.rows.fold_row:
            self.rows.unfold()
