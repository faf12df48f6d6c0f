"""The packs tab: a meeting's agenda, what stands in the way of its pack, and the pack's pages."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFileDialog, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from pcp_desktop.desktop.jobs import Job
from pcp_desktop.desktop.marks import Notice
from pcp_desktop.desktop.tab import GAP, PAGE_EDGE, Command, Surroundings, Tab, View
from pcp_desktop.desktop.tabs.packs.agenda import AgendaPane
from pcp_desktop.desktop.tabs.packs.deeds import PackDeeds
from pcp_desktop.desktop.tabs.packs.empty import NoMeeting
from pcp_desktop.desktop.tabs.packs.head import PackHead
from pcp_desktop.desktop.tabs.packs.preview import PreviewPane
from pcp_desktop.desktop.tabs.packs.readiness import ReadinessPane
from pcp_desktop.desktop.tabs.packs.strip import PublicationStrip
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.meetings import AgendaItem, ItemKind
from pcp_desktop.domain.packs import PackPage, ReadinessLine, Standing
from pcp_desktop.domain.progress import Progress
from pcp_desktop.errors import UserError

_BUILD_AFTER = 400  # ms without a further change until the pack is set
_SHARES = (386, 350, 402)  # px of the three panes on a small laptop
_PAPERS = "PDF files (*.pdf)"
_ADD = "add "


class PacksTab(Tab):
    """One meeting's pack, public or restricted. `shown` gives each PackPage that is read, for the sidebar."""

    shown = Signal(object)

    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__(surroundings)
        self._appearance = surroundings.appearance
        self._page: PackPage | None = None
        self._audience = Audience.PUBLIC
        self._building: Job | None = None
        self._wanted = ""
        self.head = PackHead(self._appearance)
        self.strip = PublicationStrip(self._appearance)
        self.agenda = AgendaPane(self._appearance)
        self.readiness = ReadinessPane(self._appearance)
        self.preview = PreviewPane(self._appearance)
        self.empty = NoMeeting(self._appearance)
        self.deeds = PackDeeds(self, surroundings)
        self._stack = QStackedWidget()
        self._build_soon = QTimer(self)
        self._build_soon.setSingleShot(True)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.setHandleWidth(GAP)
        panes.setChildrenCollapsible(False)
        for share, pane in zip(_SHARES, (self.agenda, self.readiness, self.preview), strict=True):
            panes.addWidget(pane)
            panes.setStretchFactor(panes.count() - 1, share)
            pane.setMinimumWidth(220)
        panes.setSizes(list(_SHARES))
        work = QWidget()
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.strip)
        column.addWidget(panes, 1)
        self._stack.addWidget(work)
        self._stack.addWidget(self.empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(PAGE_EDGE, GAP, PAGE_EDGE, 12)
        whole.setSpacing(GAP)
        whole.addWidget(self.head)
        whole.addLayout(self.notices)
        whole.addWidget(self._stack, 1)
        self.order_focus(self.head, self.agenda, self.readiness, self.preview)

    def _connect(self) -> None:
        tree = self.agenda.tree
        self.head.switch.chosen.connect(self._show_audience)
        self.head.draft_button.clicked.connect(self._ask_draft)
        self.head.publish_button.clicked.connect(self._ask_publish)
        self.empty.meeting_wanted.connect(self._ask_meeting)
        self.agenda.item_wanted.connect(self._ask_new_item)
        tree.paper_wanted.connect(self._ask_paper)
        tree.step_wanted.connect(self._step_item)
        tree.edit_wanted.connect(self._ask_item)
        tree.remove_wanted.connect(self._remove_item)
        tree.current_moved.connect(self._follow_item)
        tree.lines.moved.connect(self._move_item)
        tree.lines.paper_dropped.connect(self._attach)
        self.readiness.list.followed.connect(self._follow_line)
        self.readiness.list.current_moved.connect(self._show_line)
        self.preview.page_wanted.connect(self._draw_page)
        self.preview.making_wanted.connect(self._build)
        self._build_soon.timeout.connect(self._build)
        self.deeds.altered.connect(self.altered)
        for keys, act in (
            ("Ctrl+P", self._ask_draft),
            ("Ins", self._ask_new_item),
            ("PgUp", partial(self.preview.step, -1)),
            ("PgDown", partial(self.preview.step, 1)),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # ------------------------------------------------------------ what the window asks

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """The keys that matter here."""
        if self._page is None or self._page.read_only_reason:
            return (("PgUp PgDn", "page"), ("Ctrl P", "save PDF"))
        return (("Alt ↑↓", "move item"), ("Ctrl P", "draft PDF"), ("F2", "edit item"))

    @property
    def position(self) -> str:
        """Which version is shown."""
        if self._page is None:
            return ""
        return "Restricted version" if self._audience is Audience.RESTRICTED else "Public version"

    @property
    def page(self) -> PackPage | None:
        """The page that is shown; None where no meeting looks at the quarter."""
        return self._page

    def look(self, view: View) -> None:
        """Show the pack of the quarter's meeting."""
        super().look(view)
        panel, period, audience = view.panel, view.period, self._audience

        def read(_progress: Progress) -> PackPage | None:
            meeting = panel.meeting(period)
            return panel.pack_page(meeting.number, audience) if meeting is not None else None

        self.surroundings.jobs.start(read, self._take_page, words="Reading the agenda", replaces="packs")

    def show_subject(self, subject: str) -> None:
        """Make the item with this key the current one, once the page is there."""
        self._wanted = subject
        self._go_to_wanted()

    def panes(self) -> tuple[QWidget, ...]:
        """Agenda, readiness, preview."""
        return (self.agenda.tree, self.readiness.list, self.preview.picture)

    def commands(self) -> tuple[Command, ...]:
        """What can be done here."""
        if self._page is None:
            return (Command("Add a meeting…", self._ask_meeting, icon="plus"),)
        found = [Command("Save the pack as PDF…", self._ask_draft, "Ctrl+P", "printer")]
        if not self._page.read_only_reason:
            found += [
                Command("Publish the pack…", self._ask_publish, icon="badge-check"),
                Command("Add an agenda item…", self._ask_new_item, "Ins", "plus"),
            ]
            key = self.agenda.tree.current_key
            if key:
                found.append(Command("Edit this agenda item…", partial(self._ask_item, key), "F2", "pencil"))
                found.append(
                    Command("Take this item off the agenda", partial(self._remove_item, key), "Del", "trash-2")
                )
        return tuple(found)

    def focus_content(self) -> None:
        """Put the keyboard into the agenda, or on the button that adds a meeting."""
        target = self.empty.button if self._stack.currentWidget() is self.empty else self.agenda.tree
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._page is not None and not self._page.built:
            self._build_soon.start(0)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._build_soon.stop()
        if self._building is not None:
            self._building.cancel()

    # ------------------------------------------------------------ the page

    def _take_page(self, page: PackPage | None) -> None:
        had_focus = self._stack.currentWidget() is self.empty and self.empty.button.hasFocus()
        had_page, self._page = self._page is not None, page
        self._stack.setCurrentIndex(0 if page is not None else 1)
        if page is None:
            assert self.view is not None
            self.head.show_none(self.view.period.label)
            self.empty.show_period(self.view.period, offered=not self.view.panel.read_only_reason)
            self._build_soon.stop()
        else:
            self._show_page(page)
            if not page.built and self.isVisible():
                self._build_soon.start(_BUILD_AFTER if had_page else 0)
            self.shown.emit(page)
            if had_focus:
                self.focus_content()
        self.keys_changed.emit()

    def _show_page(self, page: PackPage) -> None:
        self.head.show_page(page)
        if page.published is not None:
            self.strip.show_published(page.read_only_reason, f"{page.published.name}, by {page.published.by}")
        else:
            self.strip.show_deadline(page.deadline)
        self.agenda.show_page(page, self.agenda.tree.current_key)
        self.readiness.show_page(page)
        self.preview.show_page(page)
        self._go_to_wanted()
        self._follow_item()

    def _go_to_wanted(self) -> None:
        """Do what a link asked for before the page was there."""
        wanted, page = self._wanted, self._page
        if page is None or not wanted:
            return
        self._wanted = ""
        if wanted.startswith(_ADD):
            self._ask_item_like(wanted.removeprefix(_ADD))
        elif wanted.isdigit():
            self.agenda.tree.go_to(int(wanted))

    @Slot(object)
    def _show_audience(self, audience: Audience) -> None:
        if audience is not self._audience and self.view is not None:
            self._audience = audience
            self.look(self.view)

    @Slot()
    def _build(self) -> None:
        """Set the pack as it stands."""
        page, view = self._page, self.view
        if page is None or view is None or page.built:
            return
        panel, number, audience = view.panel, page.meeting.number, page.audience
        self.preview.show_page(page)
        self._building = self.surroundings.jobs.start(
            lambda progress: panel.build_pack(number, audience, progress),
            self._take_page,
            words="Making the pack",
            replaces="pack building",
            failed=self._not_built,
            cancelled=lambda: self.preview.show_not_made("The pack was not made: it was cancelled."),
        )

    def _not_built(self, error: UserError) -> None:
        self.preview.show_not_made(error.what)
        self.surroundings.messages.bar(str(error), Notice.ERROR)

    @Slot(int)
    def _draw_page(self, number: int) -> None:
        page, view = self._page, self.view
        if page is None or view is None:
            return
        panel, meeting, audience = view.panel, page.meeting.number, page.audience
        width = self.preview.picture.pixels_wanted
        self.surroundings.jobs.start(
            lambda _progress: panel.page_picture(meeting, audience, number, width),
            partial(self.preview.show_picture, number),
            words="Drawing the page",
            replaces="pack page",
        )

    # ------------------------------------------------------------ moving about

    @Slot()
    def _follow_item(self) -> None:
        """Show the current item's first page, and whether it takes a paper."""
        key, page = self.agenda.tree.current_key, self._page
        item = self._item(key)
        fixed = page is None or bool(page.read_only_reason)
        self.agenda.offer_paper(not fixed and item is not None and item.kind is ItemKind.RECEIVED)
        line = next((line for line in page.lines if line.key == key), None) if page is not None else None
        shown = page.line_at(self.preview.number) if page is not None else None
        if line is not None and line.first_page and (shown is None or shown.key != key):
            self.preview.go_to(line.first_page)

    @Slot()
    def _show_line(self) -> None:
        """Show what a line of the readiness list is about."""
        line = self.readiness.list.current_line
        if line is not None and line.item and self.readiness.list.hasFocus():
            self.agenda.tree.go_to(line.item)
            if line.page:
                self.preview.go_to(line.page)

    @Slot(object)
    def _follow_line(self, line: ReadinessLine) -> None:
        """Go to the place of a line, or do what its verb says."""
        page, subject = line.link
        if page != "packs":
            self.wanted.emit(page, subject)
        elif line.action == "Attach":
            self.agenda.tree.go_to(line.item)
            self._ask_paper(line.item)
        elif line.action == "Edit":
            self.agenda.tree.go_to(line.item)
            self._ask_item(line.item)
        else:
            self.show_subject(subject)
            if not subject.startswith(_ADD):
                self.agenda.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _item(self, key: int) -> AgendaItem | None:
        items = self._page.agenda.items if self._page is not None else ()
        return next((item for item in items if item.key == key), None)

    # ------------------------------------------------------------ the agenda

    @Slot(int, int)
    def _step_item(self, key: int, step: int) -> None:
        if self._page is not None and key:
            self._move_item(key, self._page.agenda.number_of(key) - 1 + step)

    @Slot(int, int)
    def _move_item(self, key: int, place: int) -> None:
        """Put an item at a place among the items; the page shows it at once, the pack follows."""
        page = self._page
        if page is None or page.read_only_reason or not 0 <= place < len(page.agenda.items):
            return
        item = page.agenda.items[page.agenda.number_of(key) - 1]
        others = [one for one in page.agenda.items if one.key != key]
        items = (*others[:place], item, *others[place:])
        if items == page.agenda.items:
            return
        lines = {line.key: line for line in page.lines}
        moved = (replace(lines[one.key], number=str(at)) for at, one in enumerate(items, 1))
        self._page = replace(
            page, agenda=replace(page.agenda, items=items), lines=(lines[0], *moved), page_numbers=()
        )  # fmt: skip
        self.agenda.show_page(self._page, key)
        self._write_items(items)

    @Slot(int)
    def _remove_item(self, key: int) -> None:
        page = self._page
        if page is not None and not page.read_only_reason and key:
            self._write_items(tuple(item for item in page.agenda.items if item.key != key))

    def _write_items(self, items: tuple[AgendaItem, ...]) -> None:
        """Write the agenda at once: a pack still being made of the old one is neither waited for nor shown."""
        assert self._page is not None
        if self._building is not None:
            self._building.dropped = True
            self._building.cancel()
        self.deeds.write_agenda(self.view, replace(self._page.agenda, items=items))

    @Slot()
    def _ask_new_item(self) -> None:
        self._ask_item_like("")

    def _ask_item_like(self, title: str) -> None:
        """Ask for a new item, which comes after the current one."""
        from pcp_desktop.desktop.dialogs.agenda_item import NEW_ITEM, AgendaItemDialog

        if self._page is None or self._page.read_only_reason:
            return
        report = title.startswith("Performance")
        item = replace(NEW_ITEM, title=title, kind=ItemKind.GENERATED if report else NEW_ITEM.kind)
        dialog = AgendaItemDialog(self.window(), self._appearance, item)
        dialog.chosen.connect(self._add_item)
        dialog.open()

    @Slot(object)
    def _add_item(self, item: AgendaItem) -> None:
        if self._page is not None:
            key, items = self.agenda.tree.current_key, self._page.agenda.items
            at = self._page.agenda.number_of(key) if key else len(items)
            self._write_items((*items[:at], item, *items[at:]))

    @Slot(int)
    def _ask_item(self, key: int) -> None:
        """Ask for changes to an item; of the front sheet to the meeting."""
        from pcp_desktop.desktop.dialogs.agenda_item import AgendaItemDialog

        item = self._item(key)
        if self._page is None or self._page.read_only_reason:
            return
        if item is None:
            self._ask_day()
            return
        dialog = AgendaItemDialog(self.window(), self._appearance, item)
        dialog.chosen.connect(self._change_item)
        dialog.open()

    @Slot(object)
    def _change_item(self, item: AgendaItem) -> None:
        if self._page is not None:
            self._write_items(tuple(item if one.key == item.key else one for one in self._page.agenda.items))

    @Slot(int)
    def _ask_paper(self, key: int) -> None:
        """Ask for the file of a received paper."""
        item = self._item(key)
        if item is None or item.kind is not ItemKind.RECEIVED or self._page is None or self._page.read_only_reason:
            return
        name, _kind = QFileDialog.getOpenFileName(self, f"Paper for “{item.title}”", "", _PAPERS)
        if name:
            self._attach(key, Path(name))

    @Slot(int, object)
    def _attach(self, key: int, path: Path) -> None:
        if self._page is not None:
            self.deeds.receive_paper(self.view, self._page.meeting.number, key, path)

    # ------------------------------------------------------------ the meeting

    @Slot()
    def _ask_meeting(self) -> None:
        from pcp_desktop.desktop.dialogs.meeting import MeetingDialog

        if self.view is not None:
            dialog = MeetingDialog(self.window(), self._appearance, self.view.period)
            dialog.chosen.connect(partial(self.deeds.add_meeting, self.view))
            dialog.open()

    def _ask_day(self) -> None:
        """Ask for another day, time or place of the meeting."""
        from pcp_desktop.desktop.dialogs.meeting import MeetingDialog

        if self.view is not None and self._page is not None:
            dialog = MeetingDialog(self.window(), self._appearance, self.view.period, self._page.meeting)
            dialog.chosen.connect(partial(self.deeds.change_meeting, self.view))
            dialog.open()

    # ------------------------------------------------------------ out of the file

    @Slot()
    def _ask_draft(self) -> None:
        if self._page is None:
            return
        suggested = self._page.published.name if self._page.published is not None else self._page.file_name
        name, _kind = QFileDialog.getSaveFileName(self, "Save the pack as PDF", suggested, _PAPERS)
        if name:
            path = Path(name)
            path = path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")
            self.deeds.draft(self.view, self._page, path)

    @Slot()
    def _ask_publish(self) -> None:
        """Ask to publish; where something stops it, show the list instead."""
        from pcp_desktop.desktop.dialogs.publish import PublishDialog

        page, view = self._page, self.view
        if page is None or view is None or page.published is not None:
            return
        if page.counted(Standing.STOPS):
            self.readiness.list.setCurrentIndex(self.readiness.list.lines.index(0))
            self.readiness.list.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        dialog = PublishDialog(self.window(), self._appearance, page)
        dialog.chosen.connect(partial(self.deeds.publish, view, page.meeting.number))
        dialog.open()
