"""The main window: it holds the sidebar, the pages and the view they follow; pages and figures are made elsewhere.

`app` makes it with `MainWindow(open_panel, new_panel, example, jobs, appearance, settings)`:
`open_panel(path)`, `new_panel(path, plan name)` and `example(progress)` give an open Panel and are called on the
background thread; `jobs`, `appearance` (already applied) and `settings` are the only ones of their kind.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QMainWindow
from shiboken6 import isValid

from pcp_desktop.desktop.badges import Badges
from pcp_desktop.desktop.busy_bar import BusyBar
from pcp_desktop.desktop.forms.ui_main_window import Ui_MainWindow
from pcp_desktop.desktop.jobs import Jobs
from pcp_desktop.desktop.menus import PAGE_MENU, RECENT_MENU, AltAlone, Menus
from pcp_desktop.desktop.messages import Messages
from pcp_desktop.desktop.pages import Pages
from pcp_desktop.desktop.panel_files import Opened, PanelFiles
from pcp_desktop.desktop.settings import Settings
from pcp_desktop.desktop.sidebar import Room, Sidebar
from pcp_desktop.desktop.status_line import StatusLine, facts_of
from pcp_desktop.desktop.tab import Surroundings, Tab, View
from pcp_desktop.desktop.undoing import Undoing

if TYPE_CHECKING:  # the first window opens before any of these is needed
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent

    from pcp_desktop.desktop.drop_frame import DropFrame
    from pcp_desktop.desktop.keymap import Keymap
    from pcp_desktop.desktop.meeting.view import MeetingView
    from pcp_desktop.desktop.panel import Panel
    from pcp_desktop.desktop.theme import Appearance
    from pcp_desktop.desktop.window_menu import Item
    from pcp_desktop.domain.changes import Changes
    from pcp_desktop.domain.clearance import Audience
    from pcp_desktop.domain.pages import OverviewPage
    from pcp_desktop.domain.periods import Period
    from pcp_desktop.domain.progress import Progress

LEAST_SIZE = (1280, 660)
WHY, COMMENTARY = " why", " commentary"  # after a subject: show its working, write its commentary
_WELCOME_AFTER = 20  # ms: the window itself is painted first, and a panel file given at start may come before


class MainWindow(QMainWindow):
    """The window on one panel file, or the welcome page without one."""

    def __init__(
        self,
        open_panel: Callable[[Path], Panel],
        new_panel: Callable[[Path, str], Panel],
        example: Callable[[Progress], Panel],
        jobs: Jobs,
        appearance: Appearance,
        settings: Settings,
    ) -> None:
        super().__init__()
        self.jobs, self._appearance, self.settings = jobs, appearance, settings
        self._opened: Opened | None = None
        self.overview: OverviewPage | None = None
        self.view: View | None = None
        self.meeting: MeetingView | None = None
        self._form = Ui_MainWindow()
        self._form.setupUi(self)  # type: ignore[no-untyped-call]  # compiled forms are not annotated
        self.setCentralWidget(self._form.centre)
        self.setMenuBar(self._form.menu_bar)
        self.setStatusBar(self._form.status_bar)
        self.messages = Messages(self, appearance)
        self.sidebar = Sidebar(self._form.sidebar, self._form.sidebar_column, appearance)
        self.badges = Badges(self.sidebar.model, jobs)
        self.status = StatusLine(self._form.status_bar, appearance)
        self.pages = Pages(self._form.pages, Surroundings(jobs, self.messages, appearance))
        self.files = PanelFiles(self, jobs, open_panel, new_panel, example)
        self.undoing = Undoing(self, jobs, self.messages)
        self.menus = Menus(self, self._form.menu_bar, self._menu_items, self._live_menus())
        self.undoing.menus = self.menus
        self._alt = AltAlone(self, self.menus.toggle)
        self._drop_frame: DropFrame | None = None
        self._busy_bar = BusyBar(self, self._form, jobs)
        self._connect()
        self._restore()
        self._show_status()
        QTimer.singleShot(_WELCOME_AFTER, self, self._finish)

    @Slot()
    def _finish(self) -> None:
        """What the first painting did not wait for."""
        self.menus.fill()
        if self.settings.menu_bar_kept:
            self.menus.keep(True)
        self._apply_keys()
        self.keymap.changed.connect(self._apply_keys)
        self._welcome_unless_opening()

    @cached_property
    def keymap(self) -> Keymap:
        """The keys as the person has them; the first painting does not wait for them."""
        from pcp_desktop.desktop.keymap import Keymap

        return Keymap(self, self.settings)

    @Slot()
    def _apply_keys(self) -> None:
        self.keymap.apply(self)
        self._show_status()

    def _live_menus(self) -> dict[str, Callable[[], tuple[Item, ...]]]:
        def of_page() -> tuple[Item, ...]:
            from pcp_desktop.desktop.window_menu import page_items

            return page_items(self)

        def recent() -> tuple[Item, ...]:
            from pcp_desktop.desktop.window_menu import recent_items

            return recent_items(self)

        return {PAGE_MENU: of_page, RECENT_MENU: recent}

    def _menu_items(self) -> tuple[Item, ...]:
        from pcp_desktop.desktop.window_menu import menu_items

        return menu_items(self, self._appearance.choice)

    # ------------------------------------------------------------ what is brought in

    def ask_for_workbooks(self) -> None:
        """Let the person choose workbooks to bring in."""
        from PySide6.QtWidgets import QFileDialog

        from pcp_desktop.desktop.drop_frame import WORKBOOK_KINDS

        names, _kind = QFileDialog.getOpenFileNames(self, "Bring in workbooks", "", WORKBOOK_KINDS)
        if names:
            self.bring_in(tuple(Path(name) for name in names))

    def bring_in(self, paths: tuple[Path, ...]) -> None:
        """Review workbooks on the returns page; nothing is stored before a person accepts."""
        if self.view is None:
            from pcp_desktop.desktop.marks import Notice

            self.messages.bar("Workbooks go into a panel file. Open or make one first.", Notice.LOOK)
        elif self.view.panel.read_only_reason:
            self.messages.bar(f"{self.view.panel.read_only_reason} Nothing can be brought in.")
        else:
            self.show_page("returns")
            self.pages.show("returns").bring_in(paths)

    @Slot(object)
    def _take_panel(self, opened: Opened) -> None:
        from pcp_desktop.domain.clearance import Audience

        self._opened = opened
        self.overview = None
        self.messages.clear_bar()
        self.setWindowTitle(f"{opened.panel.name} · PCP Desktop")
        again = opened.panel.path == self.settings.last_panel
        self.settings.remember(opened.panel.path)
        self.sidebar.open_pages()
        self.menus.offer_panel()
        self.undoing.follow(opened.panel)
        self._set_view(View(opened.panel, opened.period, Audience.WORKING))
        self._show_last_page(again)
        if opened.panel.read_only_reason:
            self.messages.bar(opened.panel.read_only_reason)

    def _show_last_page(self, again: bool) -> None:
        """Go on where the person left off in the same panel file; in any other begin with the overview."""
        page, priority = self.settings.last_page, self.settings.last_priority
        self.show_page("overview")  # also behind another page: the palette and the status line read it
        if again and page in self.sidebar.model.pages and page != "overview":
            self.show_page(page, priority if page == "priorities" else "")

    # ------------------------------------------------------------ what is looked at

    def look_at(self, period: Period) -> None:
        """Look at another quarter."""
        if self.view is not None and period != self.view.period:
            self._set_view(View(self.view.panel, period, self.view.audience))

    def look_as(self, audience: Audience) -> None:
        """Look at what another audience may see."""
        if self.view is not None and audience != self.view.audience:
            self._set_view(View(self.view.panel, self.view.period, audience))

    def switch_audience(self) -> None:
        """Go from the working view to the public one, or back."""
        from pcp_desktop.domain.clearance import Audience

        if self.view is not None:
            public = self.view.audience is Audience.PUBLIC
            self.look_as(Audience.WORKING if public else Audience.PUBLIC)

    def show_page(self, page: str, subject: str = "") -> None:
        """Show a page of the sidebar, and one thing on it; without a panel file nothing happens."""
        if page == "workbooks":
            self.ask_for_workbooks()
            return
        if page == "meeting":
            self.show_meeting(subject)
            return
        if self.view is None:
            return
        tab = self.pages.show(page)
        if tab.view != self.view:
            tab.look(self.view)
        if subject:
            tab.show_subject(subject.removesuffix(WHY).removesuffix(COMMENTARY))
        if subject.endswith(WHY):
            tab.show_why()
        self.sidebar.show_page(page)
        self.settings.last_page = page
        tab.focus_content()
        if subject.endswith(COMMENTARY):
            tab.show_commentary()
        self._show_status()
        self._tell_page(page)

    def _tell_page(self, page: str) -> None:
        """Have the title of the page read aloud where a screen reader runs."""
        from pcp_desktop.desktop.announcing import announce

        room = self.sidebar.model.lines[self.sidebar.model.row_of(page)]
        if isinstance(room, Room) and self.view is not None:
            announce(self, f"{room.words}, {self.view.period.label}")

    def show_meeting(self, code: str = "") -> MeetingView | None:
        """Open the meeting view on the whole screen, at the priority `code` or else at the current one."""
        if self.view is None:
            return None
        from pcp_desktop.desktop.meeting.view import MeetingView

        code = code or (self.current.subject if self.current is not None else "")
        view = MeetingView(self.view.panel, self.view.period, self.jobs, self.settings.meeting_theme, code)
        view.failed.connect(lambda error: self.messages.show_error(error, "Meeting view not shown"))
        view.closed.connect(self.activateWindow)
        self.meeting = view
        view.setScreen(self.screen())
        view.setGeometry(self.screen().geometry())  # also where no window manager fills the screen
        view.showFullScreen()
        return view

    @property
    def current(self) -> Tab | None:
        """The tab on show; None on the welcome page."""
        return self.pages.current

    @Slot(str, object)
    def _join_tab(self, page: str, tab: Tab) -> None:
        from pcp_desktop.desktop.side_splitter import remember_widths

        remember_widths(tab, self.settings)
        self.keymap.apply(tab)
        tab.wanted.connect(self.show_page)
        tab.audience_wanted.connect(self.look_as)
        tab.altered.connect(self.undoing.take)
        tab.keys_changed.connect(self._show_status)
        if page == "overview":
            tab.shown.connect(self._take_overview)  # type: ignore[attr-defined]  # only this tab tells its page
        if page == "packs":
            tab.shown.connect(self.badges.take_pack)  # type: ignore[attr-defined]  # as above

    def _set_view(self, view: View) -> None:
        assert self._opened is not None
        if self.view is not None and self.view.audience is not view.audience:
            for tab in self.pages.all():
                if tab not in self.pages.following():
                    tab.cover()
        self.view = view
        self.sidebar.periods.show_periods(self._opened.periods, view.period, self._opened.meetings.get(view.period))
        for tab in self.pages.following():
            if tab.view != view:
                tab.look(view)
        self.badges.count_returns(view)
        self.badges.count_holds(view)

    @Slot()
    def _welcome_unless_opening(self) -> None:
        """Show the welcome page, unless a panel file is open or on its way."""
        if self.view is None and self.jobs.idle and self.pages.welcome is None:
            self.pages.show_welcome(self.files, [path for path in self.settings.recent_panels if path.is_file()])

    def ask_small_numbers(self) -> None:
        """Ask how the panel file shows measures whose numbers are too small to assess."""
        from pcp_desktop.desktop.dialogs.small_numbers import ask_small_numbers

        panel = self.view.panel if self.view is not None else None
        if panel is None:
            return
        if panel.read_only_reason:
            self.messages.bar(f"{panel.read_only_reason} How small numbers are shown cannot change.")
        else:
            ask_small_numbers(self, self._appearance, self.jobs, panel, self.undoing.take)

    # ------------------------------------------------------------ what has changed

    @Slot(object)
    def _take_changes(self, changes: Changes) -> None:
        """Have every tab that cares read again."""
        for tab in self.pages.all():
            tab.take(changes)
        if self.view is not None:
            self.badges.count_returns(self.view)
            self.badges.count_holds(self.view)
        if changes.returns or changes.meetings:
            self.files.read_quarters(self._take_quarters)

    def _take_quarters(self, opened: Opened) -> None:
        """Offer the quarters there are now; where the one looked at is no longer there, look at the newest."""
        if self.view is None or opened.panel is not self.view.panel:
            return
        self._opened, view = opened, self.view
        if view.period in opened.periods:
            self.sidebar.periods.show_periods(opened.periods, view.period, opened.meetings.get(view.period))
        else:
            self.look_at(opened.period)

    def _take_overview(self, page: OverviewPage) -> None:
        self.overview = page
        self.badges.take_overview(page)
        if self.view is not None and "packs" not in self.pages.made_so_far:  # else that page tells of itself
            self.badges.count_pack(self.view)
        self._show_status()

    def _show_status(self) -> None:
        tab = self.current
        if tab is None or self.view is None:
            self.status.show_facts((("", "No file open"),))
            self.status.show_keys((("Tab", "move"), ("Enter", "choose"), ("F1", "help")))
            return
        from pcp_desktop.desktop.keys import spaced

        self.status.show_facts(facts_of(self.view, self.overview, tab.position))
        keys = (*tab.keys[:3], ("Ctrl+K", "commands"))
        self.status.show_keys(tuple((spaced(self.keymap.of(key)), words) for key, words in keys))

    # ------------------------------------------------------------ commands

    def show_commands(self) -> None:
        """Open the command palette."""
        from pcp_desktop.desktop.command_entries import entries_of
        from pcp_desktop.desktop.commands import CommandPalette

        CommandPalette(self, self._appearance, entries_of(self, self.overview)).open()

    def show_help(self) -> None:
        """Open the help on the page on show."""
        from pcp_desktop.desktop.help_texts import WELCOME

        topic = self.current.help_topic if self.current is not None else ""
        self._open_help(topic or self.pages.name or WELCOME)

    def show_keys(self) -> None:
        """Open the table of all keys, where they can be changed."""
        from pcp_desktop.desktop.dialogs.help import ALL_KEYS

        self._open_help(ALL_KEYS)

    def _open_help(self, topic: str) -> None:
        from pcp_desktop.desktop.dialogs.help import HelpDialog

        HelpDialog(self, self._appearance, self.keymap, self.sidebar.model.pages, topic).open()

    def show_settings(self) -> None:
        """Open the settings."""
        from pcp_desktop.desktop.dialogs.settings import SettingsDialog

        SettingsDialog(self).open()

    def keep_menus(self) -> None:
        """Keep the menu bar in view, or hide it again until it is asked for."""
        self.menus.keep(not self.menus.kept)
        self.settings.menu_bar_kept = self.menus.kept

    def fold_sidebar(self) -> None:
        """Show the sidebar as icons, or with words again."""
        self.sidebar.fold(not self.sidebar.folded)
        self.settings.sidebar_folded = self.sidebar.folded

    def next_pane(self, step: int = 1) -> None:
        """Put the focus on the next pane of the window (-1: the previous one)."""
        self.pages.step_pane(self.sidebar.rooms, step)

    def choose_theme(self, choice: str) -> None:
        """Take "system", "light", "dark" or "contrast" and keep it."""
        self._appearance.choose(choice)
        self.settings.theme = choice
        from pcp_desktop.desktop.window_menu import THEME_WORDS

        self.menus.check(THEME_WORDS[choice])

    def scale_text(self, percent: int) -> None:
        """Set the size of text and keep it; from 125 percent the sidebar folds."""
        self._appearance.scale_text(percent)
        self.settings.text_scale = self._appearance.text_scale
        if self._appearance.large_text and not self.sidebar.folded:
            self.sidebar.fold(True)

    def scale_text_by(self, percent: int) -> None:
        """Make text larger or, with a negative number, smaller."""
        self.scale_text(self._appearance.text_scale + percent)

    # ------------------------------------------------------------ joining and Qt's events

    def _connect(self) -> None:
        for failed, show in (
            (self.jobs.refused, self.messages.show_error),
            (self.jobs.broken, self.messages.show_bug),
        ):
            failed.connect(self._welcome_unless_opening)
            failed.connect(show)
        self.pages.made.connect(self._join_tab)
        self.files.opened.connect(self._take_panel)
        self.files.given_up.connect(self._welcome_unless_opening)
        self.undoing.changed.connect(self._take_changes)
        self.setTabOrder(self.sidebar.help, self._form.busy_cancel)
        self.sidebar.help.clicked.connect(self.show_help)
        self.sidebar.settings.clicked.connect(self.show_settings)
        self.sidebar.periods.chosen.connect(self.look_at)
        self.sidebar.rooms.clicked.connect(self._choose_room)
        self.sidebar.rooms.activated.connect(self._choose_room)

    def _restore(self) -> None:
        self.setMinimumSize(*LEAST_SIZE)
        if not self.restoreGeometry(self.settings.geometry):
            self.resize(1366, 738)
        self.sidebar.fold(self.settings.sidebar_folded or self._appearance.large_text)

    def _choose_room(self) -> None:
        room = self.sidebar.rooms.currentIndex().data(int(Qt.ItemDataRole.UserRole))
        if isinstance(room, Room):
            self.show_page(room.page)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        from pcp_desktop.desktop.drop_frame import DropFrame, dropped

        what = dropped(event.mimeData())
        if what:
            self._drop_frame = self._drop_frame or DropFrame(self)
            self._drop_frame.offer(what)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._end_drag()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        from pcp_desktop.desktop.drop_frame import dropped

        self._end_drag()
        what = dropped(event.mimeData())
        event.acceptProposedAction()
        if what.panel is not None:
            self.files.open(what.panel)
        elif what.workbooks:
            self.bring_in(what.workbooks)

    def _end_drag(self) -> None:
        if self._drop_frame is not None:
            self._drop_frame.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Alt:
            self._alt.pressed()
        elif event.key() == Qt.Key.Key_Escape and self.pages.current is not None:
            self.show_page("overview")
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Alt:
            self._alt.released()
        super().keyReleaseEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.settings.geometry = self.saveGeometry()
        priorities = self.pages.made_so_far.get("priorities")
        if priorities is not None and priorities.subject:
            self.settings.last_priority = priorities.subject
        if self.meeting is not None and isValid(self.meeting):
            self.meeting.close()
        for tab in self.pages.made_so_far.values():
            tab.leave()
        self.jobs.stop(self.files.close)
        super().closeEvent(event)
