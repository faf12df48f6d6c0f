"""The returns tab: what every partner owes for the quarter, and the review of workbooks that are brought in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pcp_desktop.desktop.icons import icon, pixmap
from pcp_desktop.desktop.tab import GAP, PAGE_EDGE, Command, PageHead, Surroundings, Tab, View
from pcp_desktop.desktop.tabs.inspector import with_inspector
from pcp_desktop.desktop.tabs.returns.bar import ReturnsBar
from pcp_desktop.desktop.tabs.returns.blank_returns import BlankReturns
from pcp_desktop.desktop.tabs.returns.incoming import Incoming
from pcp_desktop.desktop.tabs.returns.inspector import ReturnInspector
from pcp_desktop.desktop.tabs.returns.table import ReturnsTable
from pcp_desktop.domain.changes import Changes
from pcp_desktop.domain.pages import ReturnsPage

FORMATS = ".xlsx .xlsm .xlsb .xls .ods .csv"


class ReturnsTab(Tab):
    """The board of returns; while workbooks are brought in, their steps stand in its place."""

    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__(surroundings)
        self._appearance = surroundings.appearance
        self._page: ReturnsPage | None = None
        self.head = PageHead("Returns")
        self.bring_in_button = QPushButton("  Bring in workbooks…")
        self.bring_in_button.setProperty("kind", "primary")
        self.bring_in_button.setAccessibleName("Bring in workbooks…")
        self.bring_in_button.setToolTip("Ctrl+I")
        self.head.buttons.addWidget(self.bring_in_button)
        self.blank_button = QPushButton("Send blank returns…")
        self.head.buttons.insertWidget(0, self.blank_button)
        self.blank = BlankReturns(self, surroundings)
        self.bar = ReturnsBar(self._appearance)
        self.table = ReturnsTable(self._appearance)
        self.inspector = ReturnInspector(self._appearance)
        self.incoming = Incoming(surroundings, lambda: self.view)
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self._dress()

    def _lay_out(self) -> None:
        board = QWidget()
        layout = QVBoxLayout(board)
        layout.setContentsMargins(PAGE_EDGE, GAP, PAGE_EDGE, 12)
        layout.setSpacing(GAP)
        layout.addWidget(self.head)
        layout.addLayout(self.notices)
        layout.addWidget(self.bar)
        titles = ("Returns", "This return")
        self.sides = with_inspector("returnInspector", self.table, self._drop_area(), self.inspector, titles)
        layout.addWidget(self.sides, 1)
        self._stack.addWidget(board)
        self._stack.addWidget(self.incoming)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def _drop_area(self) -> QWidget:
        """The place that says the window takes workbooks; the window itself takes the drop."""
        area = QFrame()
        area.setObjectName("dropArea")
        row = QHBoxLayout(area)
        row.setContentsMargins(12, 12, 12, 12)
        row.setSpacing(12)
        self._drop_shape, words, formats = (
            QLabel(),
            QLabel("Drop workbooks or a folder anywhere on this window"),
            QLabel(),
        )
        words.setProperty("role", "section")
        formats.setText(f"{FORMATS}. Nothing is stored until you have reviewed it.")
        formats.setProperty("role", "caption")
        formats.setProperty("tone", "third")
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(words)
        lines.addWidget(formats)
        row.addStretch(1)
        row.addWidget(self._drop_shape)
        row.addLayout(lines)
        row.addStretch(1)
        around = QWidget()
        margin = QVBoxLayout(around)
        margin.setContentsMargins(0, 10, 0, 0)
        margin.addWidget(area)
        self._drop_frame = area
        return around

    def _connect(self) -> None:
        self.bring_in_button.clicked.connect(self._ask_workbooks)
        self.blank_button.clicked.connect(self.blank.ask)
        self.blank.altered.connect(self.altered)
        self.bar.group_wanted.connect(self._filter)
        self.table.current_moved.connect(self._show_current)
        self.table.rows.modelReset.connect(self._show_current)
        self.inspector.clearance_wanted.connect(self._clear)
        self.incoming.opened.connect(self._show_incoming)
        self.incoming.finished.connect(self._show_board)
        self.incoming.altered.connect(self.altered)
        self.incoming.moved.connect(self.keys_changed)
        self._appearance.changed.connect(self._dress)

    @Slot()
    def _dress(self) -> None:
        theme = self._appearance.theme
        size = self._appearance.px(16)
        self.bring_in_button.setIcon(icon("import", theme.on_accent, size=size))
        self.bring_in_button.setIconSize(QSize(size, size))
        self._drop_shape.setPixmap(pixmap("file-input", theme.text2, 24, self.devicePixelRatioF()))
        self._drop_frame.setStyleSheet(
            f"#dropArea {{ border: 1px dashed {theme.control.name()}; border-radius: 6px; }}"
        )

    # ------------------------------------------------------------ the board

    @property
    def help_topic(self) -> str:
        """The help on the step of the workbook that is at hand."""
        if not self.is_reviewing:
            return ""
        return "recognise" if self.incoming.is_recognising else "review"

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """The keys that matter here."""
        if self.is_reviewing:
            return self.incoming.keys
        return (("↑↓", "move"), ("N", "next open"), ("Ctrl+I", "bring in"))

    @property
    def position(self) -> str:
        """Where the person is among the workbooks under review."""
        return self.incoming.position if self.is_reviewing else ""

    @property
    def is_reviewing(self) -> bool:
        """Whether a workbook that is brought in stands in the place of the board."""
        return self._stack.currentWidget() is self.incoming

    def look(self, view: View) -> None:
        """Show the board of a quarter; a review that is open stays open."""
        super().look(view)
        panel, period = view.panel, view.period
        self.bring_in_button.setEnabled(not panel.read_only_reason)
        self.surroundings.jobs.start(
            lambda _progress: panel.returns(period), self.show_page, words="Reading the returns", replaces="returns"
        )

    def show_page(self, page: ReturnsPage) -> None:
        """Show a board, with the same return selected as before where it is still there."""
        self._page = page
        if self.view is not None:
            self.blank.follow(self.view, page)
        self.blank_button.setEnabled(self.blank.is_possible)
        kept, group = self.table.current_row(), self.table.rows.group
        if not any(row.state_group == group for row in page.rows):
            group = ""
        self.head.scope.show_text(page.period.label)
        self.bar.show_counts(page.counts, page.scope, group)
        self.order_focus(self.head, self.bar, self.sides.tabs, self.table, self.inspector)
        self.table.rows.show_rows(page.rows, group)
        self.table.go_to(self.table.rows.find(kept))
        self._show_current()

    def show_subject(self, subject: str) -> None:
        """Select the return with the code `subject` ("" leaves the selection)."""
        for at in range(self.table.rows.rowCount()):
            row = self.table.rows.row(at)
            if row is not None and row.record.expected is not None and row.record.expected.code == subject:
                self.table.go_to(at)

    def panes(self) -> tuple[QWidget, ...]:
        """The table, then the inspector's buttons."""
        if self.is_reviewing:
            return self.incoming.panes()
        return (self.table, self.inspector.copy_button)

    def commands(self) -> tuple[Command, ...]:
        """What can be done here."""
        if self.is_reviewing:
            return self.incoming.commands()
        found = [Command("Bring in workbooks…", self._ask_workbooks, "Ctrl+I", "import")]
        found += self.blank.commands()
        if not self.inspector.clear_button.isHidden():
            found.append(Command("Record clearance of this return", self.inspector.clear_button.click, icon="check"))
        return tuple(found)

    def focus_content(self) -> None:
        """Put the keyboard into the board, or into the review."""
        if self.is_reviewing:
            self.incoming.focus_content()
        else:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _filter(self, group: str) -> None:
        self.table.rows.filter(group)
        self.table.go_to(0)
        self._show_current()

    @Slot()
    def _show_current(self) -> None:
        self.inspector.show_row(self.table.current_row())

    @Slot()
    def _ask_workbooks(self) -> None:
        self.wanted.emit("workbooks", "")

    @Slot(str)
    def _clear(self, expected_code: str) -> None:
        if self.view is not None:
            panel = self.view.panel
            self.surroundings.jobs.start(
                lambda _progress: panel.clear(expected_code),
                self._take_changes,
                words="Recording the clearance",
                title="Clearance not recorded",
                cancellable=False,
            )

    def _take_changes(self, changes: Changes) -> None:
        self.altered.emit(changes)

    # ------------------------------------------------------------ bringing in

    def bring_in(self, paths: tuple[Path, ...]) -> None:
        """Take workbooks one after another; those that come while one is at hand come after it."""
        self.incoming.bring_in(paths)

    @Slot()
    def _show_incoming(self) -> None:
        self._stack.setCurrentWidget(self.incoming)
        self.incoming.focus_content()
        self.keys_changed.emit()

    @Slot()
    def _show_board(self) -> None:
        if self.is_reviewing:
            self._stack.setCurrentIndex(0)
            self.surroundings.messages.stand_in(self.notices)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.keys_changed.emit()
