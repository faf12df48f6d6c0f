"""The table of a review: its keys, and how its width is shared out among the columns."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics

from pcp_desktop.desktop.marks import Notice
from pcp_desktop.desktop.tables import LEAST, RowsTable
from pcp_desktop.desktop.tabs.review.delegate import CHECK_MARK, TALL_ROW, ReviewDelegate
from pcp_desktop.desktop.tabs.review.model import CHECK, HEADERS, MEASURE, PERIOD, ReviewModel
from pcp_desktop.desktop.tabs.review.rows import ReviewRow
from pcp_desktop.desktop.theme import Appearance

MOST = (0.16, 0.26, 0.16, 0.2, 0.1)
"""The largest share of the table's width that each column but the last takes; the check has the rest."""
EXTRA = (14, 0, 0, 12, 0)  # pixels beside the words: the chip's sides, the bold of the new value
CELL_EDGES = 16


class ReviewTable(RowsTable[ReviewRow]):
    """The figures; N goes to the next error or figure to look at, U keeps the stored value."""

    left_out_changed = Signal()
    rows: ReviewModel

    def __init__(self, appearance: Appearance) -> None:
        rows = ReviewModel()
        super().__init__(appearance, rows, ReviewDelegate(appearance, rows), "Figures of this workbook")
        self.clicked.connect(self._clicked)

    def _asks(self, row: ReviewRow) -> bool:
        return row.notice in (Notice.ERROR, Notice.LOOK)

    def leave_out_current(self) -> None:
        """Keep the stored value of the selected row, or take the new one after all."""
        self.rows.leave_out(self.currentIndex().row())
        self.left_out_changed.emit()

    def _acts(self, here: int) -> dict[int, Callable[[], None]]:
        acts = {**super()._acts(here), Qt.Key.Key_U: self.leave_out_current}
        if here == self.rows.fold_row:
            acts |= dict.fromkeys((Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space), self.rows.unfold)
        return acts

    def _widths(self) -> list[int]:
        """The width shared out by what the words need."""
        px, metrics = self._appearance.px, QFontMetrics(self._appearance.font("body"))
        whole = self.viewport().width()
        widths = [0] * len(HEADERS)
        caption = QFontMetrics(self._appearance.font("caption_strong"))
        for column, most in enumerate(MOST):
            texts = {self.rows.words(row, column) for row in self.rows.shown_rows}
            needed = max((metrics.horizontalAdvance(text) for text in texts), default=0)
            title = caption.horizontalAdvance(HEADERS[column])
            wanted = max(needed + EXTRA[column], title) + CELL_EDGES + 2
            widths[column] = max(min(wanted, max(round(whole * most), title + CELL_EDGES + 2)), LEAST)
        widths[CHECK] = max(whole - sum(widths[:CHECK]), px(80))
        return widths

    @Slot()
    def _fit(self) -> None:
        """Share the width out, and give two lines to the rows that need them."""
        super()._fit()
        metrics = QFontMetrics(self._appearance.font("body"))
        usual, tall = self._appearance.px(self._delegate.row_height), self._appearance.px(TALL_ROW)
        header = self.verticalHeader()
        known: dict[tuple[str, int], bool] = {}
        for at, row in enumerate(self.rows.shown_rows):
            wraps = False
            for column, text, taken in (
                (MEASURE, row.measure, 0),
                (PERIOD, row.period, 0),
                (CHECK, row.check, CHECK_MARK),
            ):
                room = self.columnWidth(column) - CELL_EDGES - taken
                if (text, column) not in known:
                    known[text, column] = metrics.horizontalAdvance(text) > room
                wraps = wraps or known[text, column]
            height = tall if wraps else usual
            if header.sectionSize(at) != height:
                header.resizeSection(at, height)

    @Slot()
    def _after_reset(self) -> None:
        super()._after_reset()
        self.clearSpans()
        fold = self.rows.fold_row
        if fold is not None:
            self.setSpan(fold, 0, 1, len(HEADERS))
        self.go_to(0)
        self.current_moved.emit()

    def _clicked(self, index: QModelIndex) -> None:
        if index.row() == self.rows.fold_row:
            self.rows.unfold()
