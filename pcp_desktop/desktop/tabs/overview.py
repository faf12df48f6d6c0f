"""The overview tab: every priority's lead measure in one table, with filters; drawing is in overview_cells."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from pcp_desktop.desktop import icons
from pcp_desktop.desktop.audience_switch import AudienceSwitch
from pcp_desktop.desktop.choice_box import ChoiceBox
from pcp_desktop.desktop.tab import GAP, PAGE_EDGE, Command, PageHead, Surroundings, Tab, View
from pcp_desktop.desktop.tabs.overview_cells import OverviewTree
from pcp_desktop.desktop.tabs.overview_model import ROW, Column, Filter, OverviewModel, Shown
from pcp_desktop.desktop.tabs.summary_button import SummaryButton
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.pages import OverviewPage, ThemeRows
from pcp_desktop.domain.periods import MONTH_NAMES
from pcp_desktop.domain.status import Status

ALL_THEMES = "All themes"
_COMFORTABLE_WIDTH = 1190
LARGE_TEXT = 125  # percent
_WIDTHS = {
    Column.STATUS: 160,
    Column.CODE: 50,
    Column.BASELINE: 84,
    Column.LATEST: 76,
    Column.CHANGE: 130,
    Column.SERIES: 134,
    Column.POSITION: 50,
    Column.CLEARANCE: 160,
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
        self.summary: dict[Status, SummaryButton] = {}
        self._summary_row = QHBoxLayout()
        self._summary_row.setSpacing(8)
        self._scope = QLabel()
        self._scope.setProperty("role", "caption")
        self._scope.setProperty("tone", "third")
        self.theme_filter = ChoiceBox()
        self.theme_filter.setAccessibleName("Theme")
        self.theme_filter.addItem(ALL_THEMES)
        self.words_filter = QLineEdit()
        self.words_filter.setPlaceholderText("Filter measures")
        self.words_filter.setToolTip("Filter measures by words (Ctrl+F)")
        self.words_filter.setAccessibleName("Filter measures by words")
        self.words_filter.setClearButtonEnabled(True)
        self._empty = QWidget()
        self._lay_out()
        self._join()

    # -- what the window asks

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        return (("↑↓", "move"), ("Enter", "open"), ("W", "why"))

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
        return (self.words_filter, self.tree)

    def commands(self) -> tuple[Command, ...]:
        found = [Command("Filter measures", self.words_filter.setFocus, "Ctrl+F", "filter")]
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
        self.head.scope.setText(
            f"Period ended {MONTH_NAMES[page.period.end.month]} {page.period.end.year} · {page.plan}"
        )
        self._offer_themes([theme.theme for theme in page.themes])
        self._model.show_page(page)
        self._count_up()
        listed = [row for theme in page.themes for row in theme.rows]
        self._scope.setText(page.scope.replace(", ", ",\n"))
        self._places.setCurrentIndex(0 if listed else 1)
        if current is not None:
            self.show_subject(current.row.priority)
        if not self.tree.currentIndex().isValid() and self._rows():
            self.tree.setCurrentIndex(self._rows()[0])
        self.shown.emit(page)

    def reveal(self) -> None:
        """Show held figures or hide them again; never in the public view."""
        self._model.reveal(not self._model.revealed)
        self._count_up()
        self.keys_changed.emit()

    def _offer_themes(self, themes: list[str]) -> None:
        wanted = [ALL_THEMES, *themes]
        if [self.theme_filter.itemText(place) for place in range(self.theme_filter.count())] == wanted:
            return
        self.theme_filter.blockSignals(True)
        self.theme_filter.clear()
        self.theme_filter.addItems(wanted)
        self.theme_filter.blockSignals(False)

    def _count_up(self) -> None:
        """One button for each status that occurs, with its count."""
        for status in Status:
            count = self._model.count(status)
            button = self.summary.get(status)
            if button is None:
                button = SummaryButton(status, self._appearance)
                button.toggled.connect(self._narrow)
                self.summary[status] = button
                self._summary_row.addWidget(button)
            button.count(count)

    @Slot()
    def _narrow(self) -> None:
        current = self._current()
        theme = self.theme_filter.currentText()
        chosen = frozenset(status for status, button in self.summary.items() if button.isChecked())
        wanted = Filter(chosen, "" if theme == ALL_THEMES else theme, self.words_filter.text())
        self._model.narrow(wanted)
        if current is not None:
            self.show_subject(current.row.priority)
        if not self.tree.currentIndex().isValid() and self._rows():
            self.tree.setCurrentIndex(self._rows()[0])

    # -- what the person does

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A wide window gives part of its width to the small series."""
        super().resizeEvent(event)
        spare = max(0, self.width() - self._appearance.px(_COMFORTABLE_WIDTH))
        width = self._appearance.px(_WIDTHS[Column.SERIES]) + min(spare * 2 // 5, self._appearance.px(200))
        self.tree.header().resizeSection(Column.SERIES, width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.words_filter.hasFocus() and event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Down):
            if event.key() == Qt.Key.Key_Escape:
                self.words_filter.clear()
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
        self._filters = QHBoxLayout()
        self._filters.setSpacing(8)
        self._filters.addLayout(self._summary_row)
        self._filters.addStretch(1)
        right = QHBoxLayout()
        right.setSpacing(8)
        right.addWidget(self._scope)
        right.addWidget(self.theme_filter)
        right.addWidget(self.words_filter)
        self._filters.addLayout(right)
        self._places = QStackedLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(PAGE_EDGE, PAGE_EDGE - 5, PAGE_EDGE, GAP)
        column.setSpacing(GAP)
        column.addWidget(self.head)
        column.addLayout(self.notices)
        column.addLayout(self._filters)
        column.addLayout(self._places, 1)  # before it holds anything, or its first widget flashes up as a window
        self._places.addWidget(self.tree)
        self._places.addWidget(self._empty)
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

    def _dress(self) -> None:
        """Sizes and icons that follow the theme and the text scale."""
        px = self._appearance.px
        header = self.tree.header()
        header.setMinimumSectionSize(px(40))
        header.setStretchLastSection(False)
        for column, width in _WIDTHS.items():
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, px(width))
        large = self._appearance.text_scale >= LARGE_TEXT
        mode = QHeaderView.ResizeMode.Fixed if large else QHeaderView.ResizeMode.Stretch
        header.setSectionResizeMode(Column.MEASURE, mode)
        if large:  # the table then scrolls sideways, and the filters stand in two lines
            header.resizeSection(Column.MEASURE, px(250))
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._filters.setDirection(down if large else across)
        self._summary_row.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.words_filter.setMinimumWidth(px(120))
        self.words_filter.setMaximumWidth(px(210))
        self.theme_filter.setFixedWidth(px(130))
        self.theme_filter.view().setMinimumWidth(px(320))
        for button in self.summary.values():
            button.updateGeometry()
            button.update()
        for action in self.words_filter.actions():
            if action.objectName() == "search":
                action.setIcon(icons.icon("search", self._appearance.theme.text2))
        self.tree.viewport().update()

    def _join(self) -> None:
        search = QAction(icons.icon("search", self._appearance.theme.text2), "", self.words_filter)
        search.setObjectName("search")
        self.words_filter.addAction(search, QLineEdit.ActionPosition.LeadingPosition)
        self._appearance.changed.connect(self._dress)
        self.theme_filter.currentIndexChanged.connect(self._narrow)
        self.words_filter.textChanged.connect(self._narrow)
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
        self.words_filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words_filter.selectAll()

    @Slot(QModelIndex)
    def _fold_theme(self, index: QModelIndex) -> None:
        if isinstance(index.data(ROW), ThemeRows):
            self.tree.setExpanded(index, not self.tree.isExpanded(index))
