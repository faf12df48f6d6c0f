"""The rows of a review as Qt reads tables: filtered by kind and words, the unchanged ones folded into one."""

from __future__ import annotations

from PySide6.QtCore import Qt

from pcp_desktop.desktop.tables import NO_PARENT, Index, RowsModel
from pcp_desktop.desktop.tabs.review.rows import ReviewRow, Shown
from pcp_desktop.domain.formats import counted
from pcp_desktop.domain.observations import ObservationKey
from pcp_desktop.domain.returns import Change

CHANGE, MEASURE, PERIOD, VALUE, CELL, CHECK = range(6)
HEADERS = ("Change", "Measure", "Period", "Stored → new", "Cell", "Check")


class ReviewModel(RowsModel[ReviewRow]):
    """The rows of a review that the filter lets through; with no filter the unchanged stand folded in one row."""

    headers = HEADERS
    right_column = VALUE

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[ReviewRow, ...] = ()
        self._folded = 0
        self.unfolded = False
        self._shown, self._words = Shown.ALL, ""
        self.left_out: frozenset[ObservationKey] = frozenset()

    def show_rows(self, rows: tuple[ReviewRow, ...]) -> None:
        """Show other rows, unfiltered, none left out."""
        self._all, self.left_out, self.unfolded = rows, frozenset(), False
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
        self._rows = found if self.unfolded or not fold else [row for row in found if row not in set(unchanged)]
        self.endResetModel()

    def unfold(self) -> None:
        """Show the unchanged rows, or fold them again."""
        self.unfolded = not self.unfolded
        self.filter(self._shown, self._words)

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
        return super().rowCount(parent) + (1 if self._folded and not parent.isValid() else 0)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if index.row() == self.fold_row:
            return self.fold_words() if index.column() == 0 and role in _TEXT_ROLES else None
        return super().data(index, role)

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
