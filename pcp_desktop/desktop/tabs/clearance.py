"""The clearance tab: what waits for which board, what is held and why, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from pcp_desktop.desktop.dialogs.clearance import BoardDateDialog, HoldDialog, ToldDialog
from pcp_desktop.desktop.tab import GAP, PAGE_EDGE, Command, PageHead, Surroundings, Tab, View
from pcp_desktop.desktop.tabs.clearance_inspector import ClearanceInspector
from pcp_desktop.desktop.tabs.clearance_table import ClearanceTable
from pcp_desktop.desktop.tabs.inspector import with_inspector
from pcp_desktop.domain.changes import Changes
from pcp_desktop.domain.clearance import BoardDate, Clearance, Recipient
from pcp_desktop.domain.clearance_page import ClearancePage
from pcp_desktop.domain.progress import Progress

_NOTHING = "No measure of this quarter is expected or held."


class ClearanceTab(Tab):
    """The measures of a quarter by what becomes of their clearance, with the inspector beside them."""

    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__(surroundings)
        appearance = surroundings.appearance
        self._page: ClearancePage | None = None
        self._subject = ""
        self.head = PageHead("Clearance")
        self.table = ClearanceTable(appearance)
        self.inspector = ClearanceInspector(appearance)
        self._foot = QLabel()
        self._foot.setProperty("role", "caption")
        self._foot.setProperty("tone", "third")
        self._foot.setContentsMargins(2, 8, 2, 0)
        self._foot.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAGE_EDGE, GAP, PAGE_EDGE, 12)
        layout.setSpacing(GAP)
        layout.addWidget(self.head)
        layout.addLayout(self.notices)
        titles = ("Measures", "This measure")
        self.sides = with_inspector("clearanceInspector", self.table, self._foot, self.inspector, titles)
        layout.addWidget(self.sides, 1)
        self.table.current_moved.connect(self._show_current)
        self.inspector.clear_wanted.connect(self.clear)
        self.inspector.hold_wanted.connect(self.ask_hold)
        self.inspector.move_wanted.connect(self.ask_board_date)
        self.inspector.tell_wanted.connect(self.ask_told)

    # ------------------------------------------------------------ looking

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """The keys that matter here."""
        return (("↑↓", "move"), ("N", "next to clear"), ("Ctrl+Z", "undo"))

    def look(self, view: View) -> None:
        """Show the clearance of a quarter; it is the same for every audience, and holds no figure."""
        super().look(view)
        panel, period = view.panel, view.period
        self.surroundings.jobs.start(
            lambda _progress: panel.clearance(period),
            self.show_page,
            words="Reading the clearances",
            replaces="clearance",
        )

    def show_page(self, page: ClearancePage) -> None:
        """Show a page, with the same measure selected as before."""
        row = self.table.current_row()
        kept = self._subject or (row.measure if row is not None else "")
        self._page, self._subject = page, ""
        self.head.scope.show_text(page.scope)
        self._foot.setText(_NOTHING if not page.rows else "A board’s clearing ends no hold of another kind.")
        self.table.rows.show_page(page)
        self.order_focus(self.head, self.sides.tabs, self.table, self.inspector)
        self.table.go_to(self.table.rows.find(kept))
        self._show_current()

    def show_subject(self, subject: str) -> None:
        """Select the measure with the code `subject`, also where the page is still being read."""
        if any(row.measure == subject for row in self.table.rows.shown_rows):
            self.table.go_to(self.table.rows.find(subject))
        else:
            self._subject = subject

    def panes(self) -> tuple[QWidget, ...]:
        """The table, then the inspector's buttons."""
        return (self.table, self.inspector.hold_button)

    def focus_content(self) -> None:
        """Put the keyboard into the table."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def commands(self) -> tuple[Command, ...]:
        """What can be done with the measure that is selected."""
        inspector = self.inspector
        found = (
            (inspector.clear_button, Command("Clear this measure", self.clear, icon="check")),
            (inspector.hold_button, Command("Hold this measure…", self.ask_hold, icon="lock")),
            (inspector.move_button, Command("Move the board’s date…", self.ask_board_date, icon="clock")),
            (inspector.tell_button, Command("Told before release…", self.ask_told, icon="eye")),
        )
        row = self.table.current_row()
        return tuple(command for button, command in found if row is not None and not button.isHidden())

    @Slot()
    def _show_current(self) -> None:
        read_only = self.view is not None and bool(self.view.panel.read_only_reason)
        self.inspector.show_row(self.table.current_row(), read_only=read_only)

    # ------------------------------------------------------------ doing

    @Slot()
    def clear(self) -> None:
        """Clear the measure that is selected."""
        row, view = self.table.current_row(), self.view
        if row is not None and view is not None:
            self._run(
                lambda _progress: view.panel.clear_measure(row.measure, view.period),
                "Recording the clearance",
                "Clearance not recorded",
            )

    @Slot()
    def ask_hold(self) -> None:
        """Ask why the measure that is selected is held."""
        row, page = self.table.current_row(), self._page
        if row is not None and page is not None:
            dialog = HoldDialog(self, self.surroundings.appearance, row, page)
            dialog.chosen.connect(self._hold)
            dialog.open()

    @Slot()
    def ask_board_date(self) -> None:
        """Ask when the board of the measure that is selected meets."""
        row, page = self.table.current_row(), self._page
        if row is not None and page is not None and row.boards:
            dialog = BoardDateDialog(self, self.surroundings.appearance, row, page)
            dialog.chosen.connect(self._move)
            dialog.open()

    @Slot()
    def ask_told(self) -> None:
        """Ask who is told the measure that is selected before its release."""
        row, page = self.table.current_row(), self._page
        if row is not None and page is not None:
            dialog = ToldDialog(self, self.surroundings.appearance, row, page)
            dialog.chosen.connect(self._tell)
            dialog.open()

    @Slot(object)
    def _hold(self, wanted: Clearance) -> None:
        if self.view is not None:
            panel = self.view.panel
            self._run(lambda _progress: panel.hold(wanted), "Holding the measure", "Measure not held")

    @Slot(object)
    def _move(self, wanted: BoardDate) -> None:
        if self.view is not None:
            panel = self.view.panel
            self._run(lambda _progress: panel.move_board(wanted), "Moving the date", "Date not moved")

    @Slot(object)
    def _tell(self, wanted: Recipient) -> None:
        if self.view is not None:
            panel = self.view.panel
            self._run(lambda _progress: panel.tell([wanted]), "Recording who was told", "Nobody recorded")

    def _run(self, verb: Callable[[Progress], Changes], words: str, title: str) -> None:
        self.surroundings.jobs.start(verb, self._take_changes, words=words, title=title, cancellable=False)

    def _take_changes(self, changes: Changes) -> None:
        self.altered.emit(changes)
