"""The table of a review: its keys, and how its width is shared out among the columns."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from pcp_desktop.desktop.marks import Notice
from pcp_desktop.desktop.tabs.review_delegate import CHECK_MARK, ROW, TALL_ROW, ReviewDelegate
from pcp_desktop.desktop.tabs.review_model import CHECK, HEADERS, MEASURE, PERIOD, Index, ReviewModel
from pcp_desktop.desktop.tabs.review_rows import ReviewRow
from pcp_desktop.desktop.theme import Appearance

MOST = (0.16, 0.26, 0.16, 0.2, 0.1)
"""The largest share of the table's width that each column but the last takes; the check has the rest."""
EXTRA = (14, 0, 0, 12, 0)  # pixels beside the words: the chip's sides, the bold of the new value
CELL_EDGES, LEAST = 16, 40


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
        header.setMinimumSectionSize(LEAST)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.rows.modelReset.connect(self._after_reset)
        appearance.changed.connect(self._fit)
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        """Share the width out by what the words need, and give two lines to the rows that need them."""
        px, metrics = self._appearance.px, QFontMetrics(self._appearance.font("body"))
        shown = [row for at in range(self.rows.rowCount()) if (row := self.rows.row(at)) is not None]
        whole = self.viewport().width()
        widths = [0] * len(HEADERS)
        caption = QFontMetrics(self._appearance.font("caption_strong"))
        for column, most in enumerate(MOST):
            texts = {self.rows.words(row, column) for row in shown}
            needed = max((metrics.horizontalAdvance(text) for text in texts), default=0)
            title = caption.horizontalAdvance(HEADERS[column])
            wanted = max(needed + EXTRA[column], title) + CELL_EDGES + 2
            widths[column] = max(min(wanted, max(round(whole * most), title + CELL_EDGES + 2)), LEAST)
        widths[CHECK] = max(whole - sum(widths[:CHECK]), px(80))
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)
        self._fit_rows(shown, widths, metrics)

    def _fit_rows(self, shown: list[ReviewRow], widths: list[int], metrics: QFontMetrics) -> None:
        usual, tall = self._appearance.px(ROW), self._appearance.px(TALL_ROW)
        header = self.verticalHeader()
        header.setDefaultSectionSize(usual)
        known: dict[tuple[str, int], bool] = {}
        for at, row in enumerate(shown):
            wraps = False
            for column, text, taken in (
                (MEASURE, row.measure, 0),
                (PERIOD, row.period, 0),
                (CHECK, row.check, CHECK_MARK),
            ):
                room = widths[column] - CELL_EDGES - taken
                if (text, column) not in known:
                    known[text, column] = metrics.horizontalAdvance(text) > room
                wraps = wraps or known[text, column]
            height = tall if wraps else usual
            if header.sectionSize(at) != height:
                header.resizeSection(at, height)

    def _after_reset(self) -> None:
        self._fit()
        self.clearSpans()
        fold = self.rows.fold_row
        if fold is not None:
            self.setSpan(fold, 0, 1, len(HEADERS))
        self.go_to(0)
        self.current_moved.emit()

    def _clicked(self, index: QModelIndex) -> None:
        if index.row() == self.rows.fold_row:
            self.rows.unfold()
