"""The calendar of boards: when each meets on a quarter's figures, what waits for it, and whether that is in time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from pcp_desktop.desktop.icons import paint_icon
from pcp_desktop.desktop.marks import Notice, paint_notice
from pcp_desktop.desktop.tables import OPENING_KEYS, RowsDelegate, RowsModel, RowsTable
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.clearance_page import BoardLine, BoardWait, ClearanceGroup, ClearancePage
from pcp_desktop.domain.formats import counted

_BOARD, _MEETS, _WAITING, _STANDING = range(4)
_WIDTHS = {_MEETS: 150, _WAITING: 300, _STANDING: 300}
_LEAST_BOARD = 220


class BoardsModel(RowsModel[BoardLine]):
    """The boards of a quarter, the most pressing first."""

    headers = ("Board", "Meets on", "What waits for it", "Publication")

    def show_page(self, page: ClearancePage) -> None:
        """Show another page."""
        self.beginResetModel()
        self._rows = page.calendar
        self.endResetModel()

    def find(self, wait: BoardWait | None) -> int:
        """The line of a board; the first where it has none."""
        boards = [(line.wait.organisation, line.wait.board) for line in self._rows]
        wanted = (wait.organisation, wait.board) if wait is not None else None
        return boards.index(wanted) if wanted in boards else 0

    def words(self, row: BoardLine, column: int) -> str:
        return (row.wait.words, row.meets, "; ".join(row.waiting) or "–", row.standing)[column]

    def sentence(self, row: BoardLine) -> str:
        waiting = f" Waiting: {'; '.join(row.waiting)}." if row.waiting else ""
        return f"{row.wait.words}. Meets on {row.meets}.{waiting} {row.standing}."


class _BoardsDelegate(RowsDelegate[BoardLine]):
    row_height = 42
    right_edge = 4

    def _cell(self, painter: QPainter, rect: QRect, row: BoardLine, column: int) -> None:
        theme = self._appearance.theme
        match column:
            case 0:
                self._two_lines(painter, rect, row.wait.board, row.wait.organisation, theme.text, "section")
            case 1:
                self._text(painter, rect, row.meets, theme.text)
            case 2:
                counts = counted(len(row.waiting), "measure") if row.waiting else "Nothing"
                self._two_lines(painter, rect, counts, "; ".join(row.waiting), theme.text)
            case _:
                self._standing(painter, rect, row)

    def _standing(self, painter: QPainter, rect: QRect, row: BoardLine) -> None:
        theme = self._appearance.theme
        square = QRectF(rect.left() + 2, rect.center().y() - 7, 14, 14)
        if row.group is ClearanceGroup.OVERDUE:
            paint_notice(painter, square, Notice.LOOK, theme)
        elif row.group is ClearanceGroup.CLEARED:
            paint_notice(painter, square, Notice.DONE, theme)
        elif row.group is not ClearanceGroup.AWAITED:
            paint_icon(painter, square, "clock", theme.same)
        self._wrapped(painter, rect.adjusted(23, 0, -2, 0), row.standing, theme.text)


class BoardsTable(RowsTable[BoardLine]):
    """The boards; N goes to the next that is overdue, Enter asks for another date."""

    rows: BoardsModel
    move_wanted = Signal()

    def __init__(self, appearance: Appearance) -> None:
        rows = BoardsModel()
        super().__init__(appearance, rows, _BoardsDelegate(appearance, rows), "Boards by date")
        self.doubleClicked.connect(lambda _index: self.move_wanted.emit())

    def _asks(self, row: BoardLine) -> bool:
        return row.group is ClearanceGroup.OVERDUE

    def _acts(self, here: int) -> dict[int, Callable[[], None]]:
        keys: dict[int, Callable[[], None]] = dict.fromkeys(OPENING_KEYS, self.move_wanted.emit)
        return {**super()._acts(here), **keys}

    def _widths(self) -> tuple[int, ...]:
        return self._shared_widths(_LEAST_BOARD, tuple(_WIDTHS.values()))


class BoardsView(QWidget):
    """The table over its button."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self.table = BoardsTable(appearance)
        self.move_button = QPushButton("Move the date…")
        self.move_button.clicked.connect(self.table.move_wanted)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 8, 0, 0)
        foot.addWidget(self.move_button)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addLayout(foot)

    def show_page(self, page: ClearancePage, *, read_only: bool) -> None:
        """Show another page, with the same board selected as before."""
        current = self.table.current_row()
        self.table.rows.show_page(page)
        self.table.go_to(self.table.rows.find(current.wait if current is not None else None))
        self.move_button.setEnabled(bool(page.calendar) and not read_only)
