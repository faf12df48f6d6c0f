"""The board of returns as a table: two lines a row, four steps of progress, the state in words, the clearance."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractTableModel,
    QLineF,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
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

from pcp_desktop.desktop.icons import paint_icon
from pcp_desktop.desktop.marks import Notice, paint_notice, paint_status
from pcp_desktop.desktop.theme import Appearance, Theme
from pcp_desktop.domain.clearance import ClearanceState
from pcp_desktop.domain.pages import ReturnRow
from pcp_desktop.domain.status import Mark

RETURN, DUE, PROGRESS, STATE, CLEARANCE = range(5)
HEADERS = ("Return", "Due", "Progress", "State", "Clearance")
WIDTHS = (262, 92, 104, 140, 226)
STEPS_WIDTH, ONE_LINE_STATE = 104, 116  # px: the steps do not grow with the text; a longer state has two lines
CLEARANCE_MARK, MOST_CLEARANCE = 37, 0.48  # room beside the words in px; share of what the other columns leave
STEP_WORDS = ("Expected", "Received", "Checked", "Accepted")
ROW = 42
Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()


def steps_words(row: ReturnRow) -> str:
    """The four steps as a sentence: "Expected and received, stuck at checked"."""
    done = [word.lower() for word, step in zip(STEP_WORDS, row.steps, strict=True) if step == "done"]
    stuck = [word.lower() for word, step in zip(STEP_WORDS, row.steps, strict=True) if step == "stuck"]
    text = f"{len(done)} of 4 steps done" + (f": {', '.join(done)}" if done else "")
    return f"{text}; stuck at {stuck[0]}" if stuck else text


def clearance_lines(row: ReturnRow) -> tuple[str, str]:
    """The clearance and, under it, the board; the board is left out where the clearance has named it already."""
    named = row.board.lower() in row.clearance.words.lower()
    return row.clearance.words, "" if named else row.board


class ReturnsModel(QAbstractTableModel):
    """The returns of a quarter, all or those of one state."""

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[ReturnRow, ...] = ()
        self._rows: tuple[ReturnRow, ...] = ()
        self.group = ""

    def show_rows(self, rows: tuple[ReturnRow, ...], group: str = "") -> None:
        """Show `rows`, only those of the state `group` unless it is empty."""
        self.beginResetModel()
        self._all, self.group = rows, group
        self._rows = tuple(row for row in rows if not group or row.state_group == group)
        self.endResetModel()

    def filter(self, group: str) -> None:
        """Show the returns of one state, or all."""
        self.show_rows(self._all, group)

    def row(self, at: int) -> ReturnRow | None:
        """The return of a table row."""
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def find(self, wanted: ReturnRow | None) -> int:
        """The table row of the same expected return, or of the same workbook; the first row where it is gone."""
        if wanted is None:
            return 0
        for at, row in enumerate(self._rows):
            same = (row.record.expected, row.title) == (wanted.record.expected, wanted.title)
            if same and row.organisation == wanted.organisation:
                return at
        return 0

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return HEADERS[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index.row())
        if row is None:
            return None
        texts = (
            f"{row.title}, {row.organisation}",
            row.due,
            steps_words(row),
            row.state,
            ", ".join(line for line in clearance_lines(row) if line),
        )
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return texts[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if index.column() == RETURN:
                return f"{texts[0]}. Due {row.due}. {row.state}. {texts[CLEARANCE]}."
            return f"{HEADERS[index.column()]}: {texts[index.column()]}"
        return None


class ReturnsDelegate(QStyledItemDelegate):
    """Paints the two-line rows of the board."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), self._appearance.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        row = model.row(index.row()) if isinstance(model, ReturnsModel) else None
        if row is None:
            return
        theme = self._appearance.theme
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, theme.select if selected else theme.surface)
        if selected and index.column() == RETURN:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), theme.accent)
        painter.setPen(QPen(theme.hair))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        self._cell(painter, rect.adjusted(8, 0, -4, 0), row, index.column())
        painter.restore()

    def _cell(self, painter: QPainter, rect: QRect, row: ReturnRow, column: int) -> None:
        theme = self._appearance.theme
        match column:
            case 0:
                self._two_lines(painter, rect, row.title, row.organisation, "section", theme.text)
            case 1:
                self._text(painter, rect, row.due, "body", theme.text2)
            case 2:
                self._steps(painter, rect, row)
            case 3:
                colour, bold = _state_colour(row, theme)
                self._wrapped(painter, rect, row.state, "section" if bold else "body", colour)
            case _:
                self._clearance(painter, rect, row)

    def _text(self, painter: QPainter, rect: QRect, text: str, role: str, colour: QColor) -> None:
        font = self._appearance.font(role)
        painter.setFont(font)
        painter.setPen(colour)
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def _wrapped(self, painter: QPainter, rect: QRect, text: str, role: str, colour: QColor) -> None:
        """The text on one line where it fits, otherwise on two."""
        font = self._appearance.font(role)
        if QFontMetrics(font).horizontalAdvance(text) <= rect.width():
            self._text(painter, rect, text, role, colour)
            return
        painter.setFont(font)
        painter.setPen(colour)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(rect, flags, text)

    def _two_lines(self, painter: QPainter, rect: QRect, first: str, second: str, role: str, colour: QColor) -> None:
        half = rect.height() // 2
        self._text(painter, QRect(rect.left(), rect.top() + 4, rect.width(), half - 3), first, role, colour)
        lower = QRect(rect.left(), rect.top() + half, rect.width(), half - 4)
        self._text(painter, lower, second, "caption", self._appearance.theme.text3)

    def _steps(self, painter: QPainter, rect: QRect, row: ReturnRow) -> None:
        theme = self._appearance.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        y, gap = rect.center().y() + 0.5, 26.0
        x = rect.left() + 7.0
        for at, step in enumerate(row.steps):
            centre = QPointF(x + at * gap, y)
            if at < len(row.steps) - 1:
                both = step == "done" and row.steps[at + 1] == "done"
                painter.setPen(QPen(theme.accent if both else theme.control, 2 if both else 1.2))
                painter.drawLine(QLineF(centre.x() + 6, y, centre.x() + gap - 6, y))
            if step == "stuck":
                paint_notice(painter, QRectF(centre.x() - 7, y - 7, 14, 14), Notice.ERROR, theme)
                continue
            painter.setPen(QPen(theme.accent if step == "done" else theme.control, 1.4))
            painter.setBrush(theme.accent if step == "done" else theme.surface)
            painter.drawEllipse(centre, 5.6, 5.6)
            if step == "done":
                painter.setPen(QPen(theme.on_accent, 1.5))
                painter.drawLine(QLineF(centre.x() - 2.6, y + 0.2, centre.x() - 0.7, y + 2.2))
                painter.drawLine(QLineF(centre.x() - 0.7, y + 2.2, centre.x() + 2.8, y - 2.2))

    def _clearance(self, painter: QPainter, rect: QRect, row: ReturnRow) -> None:
        theme = self._appearance.theme
        words, board = clearance_lines(row)
        beside = rect.adjusted(21, 0, 0, 0)
        if QFontMetrics(self._appearance.font("body")).horizontalAdvance(words) > beside.width():
            board = ""  # the clearance needs both lines; the inspector names the board
        square = QRectF(rect.left(), rect.center().y() - (14 if board else 7), 14, 14)
        colour = theme.text
        match row.clearance.state:
            case ClearanceState.CLEARED:
                paint_notice(painter, square, Notice.DONE, theme)
            case ClearanceState.WAITING:
                if row.state_group == "accepted":
                    paint_icon(painter, square, "clock", theme.same)
            case _:
                paint_status(painter, square, Mark.EMBARGOED, theme)
                colour = theme.emb_text
        if board:
            self._two_lines(painter, beside, words, board, "body", colour)
        else:
            self._wrapped(painter, beside, words, "body", colour)


def _state_colour(row: ReturnRow, theme: Theme) -> tuple[QColor, bool]:
    """The colour of the state's words, and whether they are bold: what needs someone is."""
    match row.state_group:
        case "accepted":
            return theme.text, False
        case "missing" | "queried":
            return theme.det_text, True
    return theme.same_text, True


class ReturnsTable(QTableView):
    """The board with its keys: arrows, J and K move; N goes to the next that is not accepted."""

    current_moved = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.rows = ReturnsModel()
        self.setModel(self.rows)
        self.setItemDelegate(ReturnsDelegate(appearance, self))
        self.setAccessibleName("Returns of the quarter")
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
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.rows.modelReset.connect(self._fit_columns)
        appearance.changed.connect(self._fit_columns)
        self._fit_columns()

    def current_row(self) -> ReturnRow | None:
        """The return that is selected."""
        return self.rows.row(self.currentIndex().row()) if self.currentIndex().isValid() else None

    def go_to(self, at: int) -> None:
        """Select a row, within the rows there are."""
        if self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(min(max(at, 0), self.rows.rowCount() - 1), 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = self.currentIndex().row()
        steps = {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1}
        if event.modifiers() == Qt.KeyboardModifier.NoModifier and Qt.Key(event.key()) in steps:
            self.go_to(here + steps[Qt.Key(event.key())])
        elif event.modifiers() == Qt.KeyboardModifier.NoModifier and event.key() == Qt.Key.Key_N:
            self._next_open(here)
        else:
            super().keyPressEvent(event)

    def _next_open(self, here: int) -> None:
        count = self.rows.rowCount()
        for step in range(1, count + 1):
            row = self.rows.row((here + step) % count)
            if row is not None and row.state_group != "accepted":
                self.go_to((here + step) % count)
                return

    @Slot()
    def _fit_columns(self) -> None:
        """Give the clearance the room that its boards need, and the return's name the rest."""
        px = self._appearance.px
        self.verticalHeader().setDefaultSectionSize(px(ROW))
        due, state = px(WIDTHS[DUE]), self._state_width()
        room = self.viewport().width() - due - STEPS_WIDTH - state
        words, caption = QFontMetrics(self._appearance.font("body")), QFontMetrics(self._appearance.font("caption"))
        lines = [clearance_lines(row) for at in range(self.rows.rowCount()) if (row := self.rows.row(at)) is not None]
        needed = [max(words.horizontalAdvance(one), caption.horizontalAdvance(two)) for one, two in lines]
        clearance = min(
            max([px(WIDTHS[CLEARANCE]), *(each + CLEARANCE_MARK for each in needed)]),
            round(room * MOST_CLEARANCE),
        )
        for column, width in enumerate((max(room - clearance, 40), due, STEPS_WIDTH, state, max(clearance, 40))):
            self.setColumnWidth(column, width)

    def _state_width(self) -> int:
        """The width that the states need, the long ones on two lines."""
        metrics, px = QFontMetrics(self._appearance.font("section")), self._appearance.px
        shown = [row.state for at in range(self.rows.rowCount()) if (row := self.rows.row(at)) is not None]
        lengths = [metrics.horizontalAdvance(words) for words in shown]
        one_line = px(ONE_LINE_STATE)
        needed = [length if length <= one_line else round(length * 0.58) for length in lengths]
        return min(max([px(80), *needed]) + 20, px(WIDTHS[STATE]))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.current_moved.emit()
