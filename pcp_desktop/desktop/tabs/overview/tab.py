"""The overview tab: every priority's lead measure in one table, with filters; drawing is in overview_cells."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from pcp_desktop.desktop.audience_switch import AudienceSwitch
from pcp_desktop.desktop.meeting_button import MeetingButton
from pcp_desktop.desktop.tab import GAP, PAGE_EDGE, Command, PageHead, Surroundings, Tab, View
from pcp_desktop.desktop.tabs.overview.cells import OverviewTree
from pcp_desktop.desktop.tabs.overview.filters import OverviewFilters
from pcp_desktop.desktop.tabs.overview.model import ROW, Column, OverviewModel, Shown
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.pages import OverviewPage, ThemeRows
from pcp_desktop.domain.periods import MONTH_NAMES
from pcp_desktop.domain.status import Status

_LEAST_MEASURE = 220  # px; below this other columns give way
_MOST_FOR_SERIES = 200  # px that a wide window adds to the small series
_COMFORTABLE_MEASURE = 300  # px; beyond, the small series grow too
_ICON_ALONE = 38
_WIDTHS = {
    Column.STATUS: 138,
    Column.CODE: 48,
    Column.BASELINE: 70,
    Column.LATEST: 66,
    Column.CHANGE: 138,
    Column.SERIES: 108,
    Column.PROJECTION: 114,
    Column.POSITION: 46,
    Column.CLEARANCE: 152,
}


class OverviewTab(Tab):
    """Shows an OverviewPage; `shown` tells the window each page that arrives."""

    shown = Signal(object)

    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__(surroundings)
        self._appearance = surroundings.appearance
        self._model = OverviewModel(self)
        self.tree = OverviewTree(self._appearance)
        self.tree.setModel(self._model)
        self.head = PageHead("Overview")
        self.switch = AudienceSwitch(self._appearance)
        self.switch.chosen.connect(self.audience_wanted)
        self.head.buttons.addWidget(self.switch)
        self.meeting = MeetingButton(self._appearance)
        self.meeting.clicked.connect(lambda: self.wanted.emit("meeting", self.subject))
        self.head.buttons.addWidget(self.meeting)
        self.filters = OverviewFilters(self._appearance)
        self._empty = QWidget()
        self._hint = QFrame()
        self.fill_button = QPushButton("Bring in workbooks")
        self._lay_out()
        self._join()

    # -- what the window asks

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        return (("↑↓", "move"), ("Enter", "open"), ("W", "why"))

    @property
    def subject(self) -> str:
        current = self._current()
        return current.row.priority if current is not None else ""

    def look(self, view: View) -> None:
        super().look(view)
        self.switch.show_audience(view.audience)
        panel, period, audience = view.panel, view.period, view.audience
        self.surroundings.jobs.start(
            lambda _progress: panel.overview(period, audience),
            self.show_page,
            words="Working out the overview",
            replaces="overview",
        )

    def show_subject(self, subject: str) -> None:
        for place in self._rows():
            shown = place.data(ROW)
            if isinstance(shown, Shown) and shown.row.priority == subject:
                self.tree.setCurrentIndex(place)
                return

    def panes(self) -> tuple[QWidget, ...]:
        return (self.filters.words, self.tree)

    def commands(self) -> tuple[Command, ...]:
        found = [Command("Filter measures", self._to_filter, "Ctrl+F", "filter")]
        if self._model.page is not None and self._model.page.audience is not Audience.PUBLIC:
            found.append(Command("Show or hide held figures", self.reveal, "Ctrl+Shift+E", "lock"))
        current = self._current()
        if current is not None:
            row = current.row
            found.insert(0, Command(f"Open {row.priority} {row.label}", self._open, "Enter", "target"))
            found.insert(1, Command(f"Why “{current.word}”?", self._why, "W", "circle-question-mark"))
        return tuple(found)

    def focus_content(self) -> None:
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def position(self) -> str:
        return "Held figures are shown" if self._model.revealed else ""

    # -- what it shows

    @Slot(object)
    def show_page(self, page: OverviewPage) -> None:
        """Draw a page, keeping the current row where it is still there."""
        current = self._current()
        self.head.scope.show_text(
            f"Period ended {MONTH_NAMES[page.period.end.month]} {page.period.end.year} · {page.plan}"
        )
        self._model.show_page(page)
        self._count_up()
        self.filters.show_page(page)
        listed = [row for theme in page.themes for row in theme.rows]
        nothing = all(row.latest.value is None and not row.held_words for row in page.all_rows)
        self._hint.setVisible(bool(listed) and nothing)
        self._places.setCurrentIndex(0 if listed else 1)
        if current is not None:
            self.show_subject(current.row.priority)
        if not self.tree.currentIndex().isValid() and self._rows():
            self.tree.setCurrentIndex(self._rows()[0])
        self.shown.emit(page)

    def reveal(self) -> None:
        """Show held figures, once that is recorded, or hide them again; never in the public view."""
        page, view = self._model.page, self.view
        covered = [row.measure for row in page.all_rows if row.held_words] if page is not None else []
        if self._model.revealed or view is None or not covered or view.audience is not Audience.WORKING:
            self._uncover(not self._model.revealed)
            return
        self.surroundings.jobs.start(
            lambda _progress: view.panel.held_shown(covered, view.period),
            lambda _none: self._uncover(True),
            words="Recording who is shown held figures",
            title="Held figures not shown",
            cancellable=False,
        )

    def _uncover(self, revealed: bool) -> None:
        self._model.reveal(revealed)
        self._count_up()
        self.keys_changed.emit()

    def _count_up(self) -> None:
        """One button for each status that occurs, with its count."""
        self.filters.count({status: self._model.count(status) for status in Status})
        self.order_focus(*self.switch.buttons(), self.meeting, *self.filters.in_order(), self.fill_button, self.tree)

    @Slot()
    def _narrow(self) -> None:
        current = self._current()
        self._model.narrow(self.filters.wanted)
        if current is not None:
            self.show_subject(current.row.priority)
        if not self.tree.currentIndex().isValid() and self._rows():
            self.tree.setCurrentIndex(self._rows()[0])

    # -- what the person does

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out afresh."""
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """Columns at their widths; where the measures' names had too little left, others give way.

        First the projection goes, then the small series, then the words of clearance, then the position; the
        measure's tool tip has them all. A wide window gives part of its width to the small series.
        """
        px, header = self._appearance.px, self.tree.header()
        widths = {column: px(width) for column, width in _WIDTHS.items()}
        bar = self.tree.verticalScrollBar().sizeHint().width()
        room = self.width() - 2 * PAGE_EDGE - 4 - bar - px(_LEAST_MEASURE)
        for column in (Column.PROJECTION, Column.SERIES):
            if sum(widths.values()) > room:
                widths[column] = 0
        self._model.marks_only = sum(widths.values()) > room
        if self._model.marks_only:
            widths[Column.CLEARANCE] = px(_ICON_ALONE)
        if sum(widths.values()) > room:
            widths[Column.POSITION] = 0
        spare = room - sum(widths.values()) - px(_COMFORTABLE_MEASURE - _LEAST_MEASURE)
        if widths[Column.SERIES] and spare > 0:
            widths[Column.SERIES] += min(spare * 2 // 5, px(_MOST_FOR_SERIES))
        for column in (Column.PROJECTION, Column.SERIES, Column.POSITION):
            self.tree.setColumnHidden(column, not widths[column])
        for column, width in widths.items():
            if width:
                header.resizeSection(column, width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.filters.words.hasFocus() and event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Down):
            if event.key() == Qt.Key.Key_Escape:
                self.filters.words.clear()
            self.focus_content()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        current = self._current()
        if current is not None:
            self.wanted.emit("priorities", current.row.priority)
        elif isinstance(self.tree.currentIndex().data(ROW), ThemeRows):
            index = self.tree.currentIndex()
            self.tree.setExpanded(index, not self.tree.isExpanded(index))

    def _why(self) -> None:
        current = self._current()
        if current is not None:
            self.wanted.emit("priorities", f"{current.row.priority} why")

    def _current(self) -> Shown | None:
        value = self.tree.currentIndex().siblingAtColumn(0).data(ROW)
        return value if isinstance(value, Shown) else None

    def _rows(self) -> list[QModelIndex]:
        tops = [self._model.index(place, 0) for place in range(self._model.rowCount())]
        return [self._model.index(row, 0, top) for top in tops for row in range(self._model.rowCount(top))]

    # -- made once

    def _lay_out(self) -> None:
        self._places = QStackedLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(PAGE_EDGE, PAGE_EDGE - 5, PAGE_EDGE, GAP)
        column.setSpacing(GAP)
        column.addWidget(self.head)
        column.addLayout(self.notices)
        column.addWidget(self.filters)
        column.addWidget(self._hint)
        column.addLayout(self._places, 1)  # before it holds anything, or its first widget flashes up as a window
        self._places.addWidget(self.tree)
        self._places.addWidget(self._empty)
        self._lay_out_hint()
        row = QVBoxLayout(self._empty)
        row.addStretch(1)
        words = QLabel("No figures have been accepted for this plan yet.")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words.setProperty("tone", "second")
        self.empty_button = QPushButton("Bring in workbooks")
        self.empty_button.setProperty("kind", "primary")
        self.empty_button.clicked.connect(lambda: self.wanted.emit("workbooks", ""))
        row.addWidget(words)
        row.addWidget(self.empty_button, 0, Qt.AlignmentFlag.AlignHCenter)
        row.addStretch(2)
        self._dress()

    def _lay_out_hint(self) -> None:
        """The strip over a table whose measures have no figure yet."""
        self._hint.setProperty("card", "true")
        words = QLabel("No figures have been accepted yet: bring in the workbooks that partners sent.")
        words.setProperty("tone", "second")
        self.fill_button.setProperty("kind", "primary")
        self.fill_button.clicked.connect(lambda: self.wanted.emit("workbooks", ""))
        row = QHBoxLayout(self._hint)
        row.setContentsMargins(12, 8, 8, 8)
        row.addWidget(words, 1)
        row.addWidget(self.fill_button)
        self._hint.hide()

    def _dress(self) -> None:
        """Sizes and icons that follow the theme and the text scale."""
        px = self._appearance.px
        header = self.tree.header()
        header.setMinimumSectionSize(px(_ICON_ALONE))
        header.setStretchLastSection(False)
        for column in _WIDTHS:
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(Column.MEASURE, QHeaderView.ResizeMode.Stretch)
        self._share_width()
        self.tree.viewport().update()

    def _join(self) -> None:
        self._appearance.changed.connect(self._dress)
        self.filters.changed.connect(self._narrow)
        self.tree.activated.connect(lambda _index: self._open())
        self.tree.clicked.connect(self._fold_theme)
        self.tree.why_wanted.connect(self._why)
        header = self.tree.header()
        header.setSectionsClickable(True)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorShown(True)
        header.sortIndicatorChanged.connect(self._model.sort)
        self._model.modelReset.connect(self._after_reset)
        for keys, act in (("Ctrl+F", self._to_filter), ("Ctrl+Shift+E", self.reveal)):
            action = QAction(self)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(act)
            self.addAction(action)

    @Slot()
    def _after_reset(self) -> None:
        self.tree.expandAll()
        for place in range(self._model.rowCount()):
            self.tree.setFirstColumnSpanned(place, QModelIndex(), True)

    @Slot()
    def _to_filter(self) -> None:
        self.filters.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.words.selectAll()

    @Slot(QModelIndex)
    def _fold_theme(self, index: QModelIndex) -> None:
        if isinstance(index.data(ROW), ThemeRows):
            self.tree.setExpanded(index, not self.tree.isExpanded(index))
