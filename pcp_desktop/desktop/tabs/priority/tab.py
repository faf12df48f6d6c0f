"""The priorities tab: one priority at a time, with its measures, facts, charts and the working behind the status."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from pcp_desktop.desktop.held_copies import let_select
from pcp_desktop.desktop.meeting_button import MeetingButton
from pcp_desktop.desktop.side_splitter import SideSplitter
from pcp_desktop.desktop.tab import PAGE_EDGE, Command, Surroundings, Tab, View
from pcp_desktop.desktop.tabs.priority.bar import BarGround, PriorityBar
from pcp_desktop.desktop.tabs.priority.chart_pictures import COPY_KEYS
from pcp_desktop.desktop.tabs.priority.charts import ChartArea, is_held
from pcp_desktop.desktop.tabs.priority.commentary_desk import CommentaryDesk
from pcp_desktop.desktop.tabs.priority.commentary_panel import (
    FINISH_KEYS,
    HOLD_KEYS,
    INSERT_KEYS,
    WRITE_KEYS,
    CommentaryPanel,
)
from pcp_desktop.desktop.tabs.priority.copy_desk import CopyDesk
from pcp_desktop.desktop.tabs.priority.facts_strip import FactsStrip
from pcp_desktop.desktop.tabs.priority.head import PriorityHead
from pcp_desktop.desktop.tabs.priority.judgement_desk import JudgementDesk
from pcp_desktop.desktop.tabs.priority.sides import COMMENTARY, WHY, PrioritySides
from pcp_desktop.desktop.tabs.priority.why_panel import WhyPanel
from pcp_desktop.domain.changes import Changes
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.observations import Source
from pcp_desktop.domain.pages import MeasurePanel, PriorityPage, PriorityTab, Why
from pcp_desktop.domain.progress import Progress

WHY_WIDTH = 336


_NO_WORKING = Why("Why?", (), None, "", "", (), ())


class PrioritiesTab(Tab):
    """The tab bar over one priority's page. `show_tabs` and `show_page` fill it."""

    priority_wanted = Signal(str)
    source_wanted = Signal(object)

    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__(surroundings)
        self._appearance = surroundings.appearance
        self._audience = Audience.WORKING
        self._page: PriorityPage | None = None
        self._panel: MeasurePanel | None = None
        self._code = ""
        self._focus_wanted = False
        self._tabs_view: View | None = None
        self._revealed = False
        self._point = ""
        self.bar = PriorityBar(self._appearance)
        self.meeting = MeetingButton(self._appearance)
        self.facts = FactsStrip(self._appearance)
        self.area = ChartArea(self._appearance)
        self.why = WhyPanel(self._appearance)
        self.commentary = CommentaryPanel(self._appearance)
        self.desk = CommentaryDesk(self.commentary, surroundings)
        self.sides = PrioritySides(self._appearance, self.area, self.why, self.commentary)
        self.judging = JudgementDesk(self, surroundings, self.why, self.area)
        self.copies = CopyDesk(self, surroundings, self.area, self.why)
        self.head = PriorityHead(self._appearance, (*self.copies.buttons, self.meeting))
        self._lay_out()
        self._connect()

    # ------------------------------------------------------------ making

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(BarGround(self.bar, self._appearance))
        page = QVBoxLayout()
        page.setContentsMargins(PAGE_EDGE, 8, PAGE_EDGE, 10)
        page.setSpacing(8)
        layout.addLayout(page, 1)
        page.addWidget(self.head)
        page.addLayout(self.notices)
        page.addWidget(self.facts)
        self.facts.hide()  # until there are facts
        page.addWidget(self.sides.switch)
        self.splitter = SideSplitter("priorityWhy", self.area, self.sides, WHY_WIDTH)
        page.addWidget(self.splitter, 1)

    def _connect(self) -> None:
        self.bar.chosen.connect(self._tab_chosen)
        self.bar.why_wanted.connect(self.toggle_why)
        self.head.measure_chosen.connect(self._measure_chosen)
        self.facts.why_wanted.connect(self.toggle_why)
        self.area.why_wanted.connect(self.toggle_why)
        self.area.source_wanted.connect(self._source)
        self.area.point_read.connect(self._point_read)
        self.area.rearranged.connect(self._order)
        self.why.close_wanted.connect(self.toggle_why)
        self.commentary.close_wanted.connect(self.toggle_commentary)
        self.commentary.escaped.connect(self._back_to_charts)
        self.desk.altered.connect(self.altered)
        self.judging.altered.connect(self.altered)
        self.priority_wanted.connect(self._ask_page)
        self.meeting.clicked.connect(lambda: self.wanted.emit("meeting", self._code))
        for keys, act in (
            ("Ctrl+Tab", self.next_priority),
            ("Ctrl+Shift+Tab", self.previous_priority),
            ("Ctrl+Shift+Backtab", self.previous_priority),
            ("Ctrl+Shift+E", self.reveal),
            (COPY_KEYS, self.copies.copy_picture),
            (INSERT_KEYS, self.insert_figure),
            (HOLD_KEYS, self.hold_paragraph),
            (WRITE_KEYS, self.desk.write),
            (FINISH_KEYS, self.desk.finish),
            ("Ctrl+Return", self.desk.finish),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self._appearance.changed.connect(self._dress)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)

    @Slot(QWidget, QWidget)
    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        """Other keys matter in the commentary than elsewhere on the page."""
        inside = [widget is not None and self.commentary.isAncestorOf(widget) for widget in (old, new)]
        if inside[0] != inside[1]:
            self.keys_changed.emit()

    @Slot()
    def _dress(self) -> None:
        if self._panel is not None and self.isVisible():
            self._show_content()

    # ------------------------------------------------------------ what the window asks

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """The keys that matter here."""
        if self.commentary.isAncestorOf(QApplication.focusWidget() or self):
            return ((INSERT_KEYS, "insert figure"), ("F2", "change figure"), (FINISH_KEYS, "finish"))
        return (("← →", "read points"), ("Ctrl+Tab", "next priority"), ("W", "why"))

    @property
    def position(self) -> str:
        """The point being read."""
        return self._point

    @property
    def subject(self) -> str:
        """The priority on show."""
        return self._code

    def look(self, view: View) -> None:
        """Show the tabs and the current priority for another quarter or audience."""
        super().look(view)
        self._revealed = False
        panel, period, audience, wanted = view.panel, view.period, view.audience, self._code

        def read(_progress: Progress) -> tuple[tuple[PriorityTab, ...], PriorityPage | None, Audience]:
            tabs = panel.priority_tabs(period, audience)
            codes = [tab.code for tab in tabs]
            code = wanted if wanted in codes else codes[0] if codes else ""
            return tabs, panel.priority(code, period, audience) if code else None, audience

        self.surroundings.jobs.start(read, self._take, words="Reading the priority", replaces="priority")

    def _take(self, found: tuple[tuple[PriorityTab, ...], PriorityPage | None, Audience]) -> None:
        tabs, page, audience = found
        self._tabs_view = self.view
        self.show_tabs(tabs, audience)
        if page is not None:
            self.show_page(page, self._panel.row.measure if self._panel is not None else None)

    def cover(self) -> None:
        """Let go of every figure of the measure that was on show last."""
        self._page, self._panel, self._tabs_view, self.view = None, None, None, None
        self.area.clear()
        self.facts.clear()
        self.why.show_why(_NO_WORKING)
        self.desk.cover()

    def show_subject(self, subject: str) -> None:
        """Show the priority with the code `subject`."""
        if not subject:
            return
        if subject in self.bar.codes:
            self.bar.setCurrentIndex(self.bar.codes.index(subject))
        else:
            self._code = subject
            if self.view is not None:
                self.look(self.view)

    def panes(self) -> tuple[QWidget, ...]:
        """The tabs, the measures, the charts, the working, the commentary."""
        why = (self.why.copy_button,) if not self.why.isHidden() else ()
        commentary = (self.commentary.text,) if not self.commentary.isHidden() else ()
        return (self.bar, self.head.measures, *self.area.charts, *why, *commentary)

    def commands(self) -> tuple[Command, ...]:
        """What can be done with this priority."""
        found = [
            Command("Next priority", self.next_priority, "Ctrl+Tab"),
            Command("Previous priority", self.previous_priority, "Ctrl+Shift+Tab"),
            Command("Why this status?", self.toggle_why, "W", "circle-help"),
            Command("Go to the commentary", self.show_commentary, "", "message-square"),
        ]
        if self._audience is Audience.WORKING and self.commentary.is_open_to_change:
            found.append(Command("Insert a live figure", self.insert_figure, INSERT_KEYS, "plus"))
            found.append(Command("Hold the paragraph", self.hold_paragraph, HOLD_KEYS, "lock"))
            found.append(Command("Write the commentary", self.desk.write, WRITE_KEYS, "message-square"))
            found.append(Command("Finish the commentary", self.desk.finish, FINISH_KEYS, "check"))
        if self.judging.allowed:
            found.append(Command("Set the status by hand…", self.judging.set_status, "", "pencil"))
        if self.area.charts:
            found.append(Command("Copy the chart as a table", self.area.charts[0].copy_table, "Ctrl+Shift+T", "copy"))
            found.append(Command("Copy the chart as a picture", self.copies.copy_picture, COPY_KEYS, "copy"))
            found.append(Command("Save the chart as a picture…", self.copies.save_picture, "", "download"))
            found.append(Command("Show the chart as a table", self.area.charts[0].show_table, "T", "table"))
        if self._panel is not None and is_held(self._panel, self._audience) and self._audience is Audience.WORKING:
            words = "Hide the held figures" if self._revealed else "Show the held figures"
            found.append(Command(words, self.reveal, "Ctrl+Shift+E", "lock"))
        return tuple(found)

    def focus_content(self) -> None:
        """Put the keyboard on the main chart, or on the tabs where there is none."""
        self._focus_wanted = not self.area.charts  # then the charts take it when they are made
        first: QWidget = self.area.charts[0] if self.area.charts else self.bar
        if self.why.isVisible() and not self.area.isVisible():
            first = self.why.close_button
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------ showing

    def show_tabs(self, tabs: tuple[PriorityTab, ...], audience: Audience = Audience.WORKING) -> None:
        """Show the tabs of all priorities; the current one stays current."""
        self._audience = audience
        self.bar.show_tabs(tabs, audience)

    def show_page(self, page: PriorityPage, measure_code: str | None = None) -> None:
        """Show a priority, with the measure `measure_code` or else its first."""
        if page.code != self._code:
            self._revealed = False
        focus = QApplication.focusWidget()
        keep_focus = self._focus_wanted or (focus is not None and self.area.isAncestorOf(focus))
        self._page, self._code, self._audience = page, page.code, page.audience
        self.bar.show_code(page.code)
        wanted = [at for at, panel in enumerate(page.measures) if panel.row.measure == measure_code]
        at = wanted[0] if wanted else 0
        self.head.show_page(page, at)
        self._show_panel(page.measures[at] if page.measures else None)
        if self.view is not None:
            self.desk.look(self.view, page.code)
        if keep_focus and self.isVisible():
            self.focus_content()
            self._focus_wanted = False

    def _show_panel(self, panel: MeasurePanel | None) -> None:
        self._panel, self._point = panel, ""
        self.judging.look(self.view, panel)
        self.copies.look(self.view, panel, held=panel is not None and is_held(panel, self._audience))
        if panel is None:
            self.area.clear()
            return
        self.head.show_panel(panel)
        self._show_content()
        self.keys_changed.emit()

    def _show_content(self) -> None:
        """The facts, charts and working, unless they are held or the tab is not on show."""
        if self._panel is None:
            return
        covered = self._covered()
        # Not only hidden: nothing of what stood there before may be left in the window.
        self.why.show_why(self._panel.why)
        if covered:
            self.facts.clear()
        else:
            self.facts.show_panel(self._panel)
        self.facts.setVisible(not covered)
        self.sides.place(why_allowed=not covered)
        if self.isVisible():
            layout = self.layout()
            if layout is not None:
                layout.activate()  # so that the charts are made in the room that they will have
            self._show_charts(self._panel)

    def _show_charts(self, panel: MeasurePanel) -> None:
        self.area.show_panel(panel, self._audience, self._revealed)
        self.copies.offer()
        self._order()

    @Slot()
    def _order(self) -> None:
        """Let Tab go through the page in the order of reading, and no held figure be copied without its mark."""
        for part in (self.facts, self.area, self.why):
            let_select(part, allowed=self._panel is None or self._panel.held is None)
        head = (self.bar, self.head, self.facts, self.sides.switch)
        self.order_focus(*head, self.area, self.why, self.commentary)

    def _covered(self) -> bool:
        """Whether held figures are on show and covered; then there is no working either."""
        return self._panel is not None and is_held(self._panel, self._audience) and not self._revealed

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._panel is not None and not self.area.charts:
            self._show_charts(self._panel)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self.area.clear()
            self.desk.leave()

    def leave(self) -> None:
        """Write the commentary that is being typed."""
        self.desk.leave()

    def take(self, changes: Changes) -> None:
        """Read the page again; after a change of commentary alone the charts stay as they are."""
        others = replace(changes, commentary=False)
        if changes.commentary and not others and self.view is not None and self._page is not None:
            self.desk.look(self.view, self._page.code)
        else:
            super().take(changes)

    # ------------------------------------------------------------ acting

    @Slot()
    def toggle_why(self) -> None:
        """Open the working, or close it; it stays closed while figures are held."""
        self._toggle(WHY)

    @Slot()
    def toggle_commentary(self) -> None:
        """Open the commentary, or close it."""
        self._toggle(COMMENTARY)

    def _toggle(self, name: str) -> None:
        focused = self.focusWidget()
        inside = focused is not None and (self.sides.isAncestorOf(focused) or self.area.isAncestorOf(focused))
        self.sides.toggle(name)
        if inside and focused is not None and not focused.isVisible():
            self.focus_content()

    @Slot()
    def insert_figure(self) -> None:
        """Choose a live figure for the commentary, which opens where it is closed."""
        if not self.sides.is_open(COMMENTARY):
            self.toggle_commentary()
        self.commentary.insert()

    @Slot()
    def hold_paragraph(self) -> None:
        """Hold the paragraph at the caret of the commentary, or hold it no longer."""
        if self.sides.is_open(COMMENTARY):
            self.commentary.hold()

    @Slot()
    def _back_to_charts(self) -> None:
        """Take the keyboard out of the commentary; with large text the charts come back."""
        if not self.area.isVisible():
            self.sides.toggle(COMMENTARY)
        self.focus_content()

    def show_why(self) -> None:
        """Open the working, if it is not open; held figures keep it closed."""
        if not self.sides.is_open(WHY):
            self.toggle_why()

    def show_commentary(self) -> None:
        """Open the commentary, if it is not open, and put the keyboard into it."""
        if not self.sides.is_open(COMMENTARY):
            self.toggle_commentary()
        self._focus_wanted = False
        self.commentary.text.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def reveal(self) -> None:
        """Show held figures in the working view, or cover them again; in other views nothing happens."""
        if self._panel is None or self._audience is not Audience.WORKING or not is_held(self._panel, self._audience):
            return
        if self._revealed or self.view is None:
            self._uncover(not self._revealed)
            return
        panel, period, measure = self.view.panel, self.view.period, self._panel.row.measure
        self.surroundings.jobs.start(
            lambda _progress: panel.held_shown([measure], period),
            lambda _none: self._uncover_measure(measure),
            words="Recording who is shown held figures",
            title="Held figures not shown",
            cancellable=False,
        )

    def _uncover_measure(self, measure: str) -> None:
        """Show the held figures of a measure, if it is still the one on show."""
        if self._panel is not None and self._panel.row.measure == measure:
            self._uncover(True)

    def _uncover(self, revealed: bool) -> None:
        self._revealed = revealed
        self._show_content()
        self.desk.reveal(revealed)

    @Slot()
    def next_priority(self) -> None:
        """Go to the next priority, from the last to the first."""
        self.bar.step(1)

    @Slot()
    def previous_priority(self) -> None:
        """Go to the priority before, from the first to the last."""
        self.bar.step(-1)

    @Slot(str)
    def _tab_chosen(self, code: str) -> None:
        if code != self._code:
            self.priority_wanted.emit(code)

    @Slot(str)
    def _ask_page(self, code: str) -> None:
        self._code, self._revealed = code, False
        if self.view is None:
            return
        if self.view != self._tabs_view:  # the tabs are still those of another view: read them too
            self.look(self.view)
            return
        panel, period, audience = self.view.panel, self.view.period, self.view.audience
        self.surroundings.jobs.start(
            lambda _progress: panel.priority(code, period, audience),
            self.show_page,
            words=f"Reading {code}",
            replaces="priority",
        )

    @Slot(int)
    def _measure_chosen(self, at: int) -> None:
        if self._page is not None and 0 <= at < len(self._page.measures):
            self._revealed = False
            self._show_panel(self._page.measures[at])

    @Slot(object)
    def _source(self, source: Source) -> None:
        """Say where a figure stands; the workbook itself is shown by a later version."""
        self._point = source.label
        self.source_wanted.emit(source)
        self.keys_changed.emit()

    @Slot(str)
    def _point_read(self, words: str) -> None:
        self._point = words
        self.keys_changed.emit()
