"""The clearance tab: the measures by what holds them, the calendar of their boards, and who has been told what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog, QLabel, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from pcp_desktop.desktop.dialogs.clearance import USUAL_ACCESS, BoardDateDialog, HoldDialog, ToldDialog
from pcp_desktop.desktop.marks import Notice
from pcp_desktop.desktop.tab import GAP, PAGE_EDGE, Command, PageHead, Surroundings, Tab, View
from pcp_desktop.desktop.tabs.clearance.boards import BoardsView
from pcp_desktop.desktop.tabs.clearance.inspector import ClearanceInspector
from pcp_desktop.desktop.tabs.clearance.table import ClearanceTable
from pcp_desktop.desktop.tabs.clearance.told import ToldView
from pcp_desktop.desktop.tabs.inspector import with_inspector
from pcp_desktop.domain.changes import Changes
from pcp_desktop.domain.clearance import BoardDate, Clearance, Recipient
from pcp_desktop.domain.clearance_page import BoardWait, ClearancePage
from pcp_desktop.domain.held_access import ToldPage
from pcp_desktop.domain.progress import Progress

MEASURES, BOARDS, TOLD = "Measures", "Boards", "Who has been told what"
BOARDS_VIEW, TOLD_VIEW = 1, 2
_NOTHING = "No measure of this quarter is expected or held."
_LIST = "Who has been told what.xlsx"


class ClearanceTab(Tab):
    """The measures of a quarter by what becomes of their clearance, with the inspector beside them."""

    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__(surroundings)
        appearance = surroundings.appearance
        self._page: ClearancePage | None = None
        self._subject = ""
        self._told_page: ToldPage | None = None
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
        self.boards, self.told = BoardsView(appearance), ToldView(appearance)
        self.views, self._places = QTabBar(), QStackedWidget()
        self.views.setDocumentMode(True)
        self.views.setDrawBase(False)
        self.views.setExpanding(False)
        self.views.setAccessibleName("Views of clearance")
        for words, view in ((MEASURES, self.sides), (BOARDS, self.boards), (TOLD, self.told)):
            self.views.addTab(words)
            self._places.addWidget(view)
        layout.addWidget(self.views)
        layout.addWidget(self._places, 1)
        self._join()

    def _join(self) -> None:
        self.views.currentChanged.connect(self._show_view)
        self.boards.table.move_wanted.connect(self.ask_calendar_date)
        self.told.recipients.change_wanted.connect(self.ask_change)
        self.told.recipients.remove_wanted.connect(self.remove_recipient)
        self.told.save_button.clicked.connect(self.save_told)
        self.table.current_moved.connect(self._show_current)
        self.inspector.clear_wanted.connect(self.clear)
        self.inspector.hold_wanted.connect(self.ask_hold)
        self.inspector.move_wanted.connect(self.ask_board_date)
        self.inspector.tell_wanted.connect(self.ask_told)

    # ------------------------------------------------------------ looking

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """The keys that matter here."""
        return (
            (("↑↓", "move"), ("N", "next to clear"), ("Ctrl+Z", "undo")),
            (("↑↓", "move"), ("Enter", "move the date"), ("Ctrl+Z", "undo")),
            (("Enter", "change"), ("Del", "remove"), ("Ctrl+Z", "undo")),
        )[self.views.currentIndex()]

    def look(self, view: View) -> None:
        """Show the clearance of a quarter; it is the same for every audience, and holds no figure."""
        super().look(view)
        panel, period = view.panel, view.period
        self.surroundings.jobs.start(
            lambda _progress: (panel.clearance(period), panel.told()),
            self._show_pages,
            words="Reading the clearances",
            replaces="clearance",
        )

    def _show_pages(self, pages: tuple[ClearancePage, ToldPage]) -> None:
        self._told_page = pages[1]
        self.told.show_page(pages[1], read_only=self._read_only)
        self.show_page(pages[0])

    @property
    def _read_only(self) -> bool:
        return self.view is not None and bool(self.view.panel.read_only_reason)

    def show_page(self, page: ClearancePage) -> None:
        """Show a page, with the same measure selected as before."""
        row = self.table.current_row()
        self.boards.show_page(page, read_only=self._read_only)
        kept = self._subject or (row.key if row is not None else "")
        self._page, self._subject = page, ""
        self._show_scope()
        self._foot.setText(_NOTHING if not page.rows else "A board’s clearing ends no hold of another kind.")
        self.table.rows.show_page(page)
        self.order_focus(self.head, self.views, self.sides.tabs, self.table, self.inspector, self.boards, self.told)
        self.table.go_to(self.table.rows.find(kept))
        self._show_current()

    def show_subject(self, subject: str) -> None:
        """Select the measure with the code `subject`, also where the page is still being read."""
        if subject:
            self.views.setCurrentIndex(0)
        if any(row.measure == subject for row in self.table.rows.shown_rows):
            self.table.go_to(self.table.rows.find(subject))
        else:
            self._subject = subject

    def panes(self) -> tuple[QWidget, ...]:
        """The views' tabs, the table on show, and what can be done."""
        return (
            (self.views, self.table, self.inspector.hold_button),
            (self.views, self.boards.table, self.boards.move_button),
            (self.views, self.told.recipients, self.told.accesses, self.told.save_button),
        )[self.views.currentIndex()]

    def focus_content(self) -> None:
        """Put the keyboard into the table on show."""
        tables: tuple[QWidget, ...] = (self.table, self.boards.table, self.told.recipients)
        wanted = tables[self.views.currentIndex()]
        if wanted is self.told.recipients and wanted.isHidden():
            wanted = self.told.save_button
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(int)
    def _show_view(self, at: int) -> None:
        """Show the measures, the boards, or who was told."""
        self._places.setCurrentIndex(at)
        self._show_scope()
        self.keys_changed.emit()

    def _show_scope(self) -> None:
        told = self.views.currentIndex() == TOLD_VIEW
        if told and self._told_page is not None:
            self.head.scope.show_text(self._told_page.scope)
        elif self._page is not None:
            self.head.scope.show_text(self._page.scope)

    def commands(self) -> tuple[Command, ...]:
        """What can be done with the measure that is selected."""
        inspector = self.inspector
        if self.views.currentIndex() == BOARDS_VIEW:
            found_board = self.boards.table.current_row() is not None and not self._read_only
            return (Command("Move the date…", self.ask_calendar_date, icon="clock"),) if found_board else ()
        if self.views.currentIndex() == TOLD_VIEW:
            changes = (
                Command("Change who was told…", self.ask_change, icon="pencil"),
                Command("Remove from those told", self.remove_recipient, icon="x"),
            )
            save = Command("Save the list of who has been told what…", self.save_told, icon="download")
            return (*(changes if self.told.recipient is not None else ()), save)
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
        self.inspector.show_row(self.table.current_row(), read_only=self._read_only)

    # ------------------------------------------------------------ doing

    @Slot()
    def clear(self) -> None:
        """Clear the measure that is selected."""
        row, view = self.table.current_row(), self.view
        if row is not None and view is not None:
            self._run(
                lambda _progress: view.panel.clear_measure(row.measure, view.period, area=row.area),
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
            self._ask_date(f"{row.priority}, {row.label}", row.boards, page)

    @Slot()
    def ask_calendar_date(self) -> None:
        """Ask when the board that is selected in the calendar meets."""
        line, page = self.boards.table.current_row(), self._page
        if line is not None and page is not None and not self._read_only:
            self._ask_date(f"{line.wait.words}, {page.period.label}", (line.wait,), page)

    def _ask_date(self, about: str, boards: Sequence[BoardWait], page: ClearancePage) -> None:
        dialog = BoardDateDialog(self, self.surroundings.appearance, about, boards, page)
        dialog.chosen.connect(self._move)
        dialog.open()

    @Slot()
    def ask_told(self) -> None:
        """Ask who is told the measure that is selected before its release."""
        row, page = self.table.current_row(), self._page
        if row is not None and page is not None:
            ends = row.clearance.terms.ends_on or page.today + USUAL_ACCESS
            self._ask_told(f"{row.priority}, {row.label}", Recipient(row.measure, "", page.today, ends))

    @Slot()
    def ask_change(self) -> None:
        """Ask what is to be changed of the recipient that is selected."""
        row = self.told.recipients.current_row()
        if row is not None and self.told.recipient is not None:
            self._ask_told(f"{row.priority}, {row.label}", row.recipient)

    def _ask_told(self, about: str, recipient: Recipient) -> None:
        dialog = ToldDialog(self, self.surroundings.appearance, about, recipient)
        dialog.chosen.connect(self._tell)
        dialog.open()

    @Slot()
    def remove_recipient(self) -> None:
        """Take the recipient that is selected out of the list; undo puts it back."""
        recipient, view = self.told.recipient, self.view
        if recipient is not None and view is not None:
            self._run(
                lambda _progress: view.panel.forget_recipient(recipient), "Removing a recipient", "Nobody removed"
            )

    @Slot()
    def save_told(self) -> None:
        """Ask for a file, and save the list of who has been told what there."""
        if self.view is None:
            return
        name, _kind = QFileDialog.getSaveFileName(self, "Save the list", _LIST, "Workbook (*.xlsx)")
        if not name:
            return
        out = Path(name) if name.lower().endswith(".xlsx") else Path(f"{name}.xlsx")
        panel = self.view.panel
        self.surroundings.jobs.start(
            lambda progress: panel.write_told(out, progress),
            self._say_saved,
            words="Writing the list",
            title="List not saved",
        )

    def _say_saved(self, out: Path) -> None:
        self.surroundings.messages.bar(f"The list was saved as “{out.name}” in {out.parent}.", Notice.DONE)

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
