"""The rows of a review as Qt reads tables: filtered by kind and words, the unchanged ones folded into one."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from pcp_desktop.desktop.tabs.review_rows import ReviewRow, Shown
from pcp_desktop.domain.formats import counted
from pcp_desktop.domain.observations import ObservationKey
from pcp_desktop.domain.returns import Change

CHANGE, MEASURE, PERIOD, VALUE, CELL, CHECK = range(6)
HEADERS = ("Change", "Measure", "Period", "Stored → new", "Cell", "Check")
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
        text = self.words(row, index.column())
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

    def words(self, row: ReviewRow, column: int) -> str:
        """The words of a cell."""
        both = f"{row.stored} → {row.new}" if row.figure.change is Change.REVISED else row.new
        return (self.change_words(row), row.measure, row.period, both, row.cell, row.check)[column]


_TEXT_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


def _holds(row: ReviewRow, wanted: list[str]) -> bool:
    text = f"{row.measure} {row.period} {row.cell} {row.check} {row.stored} {row.new}".lower()
    return all(word in text for word in wanted)
