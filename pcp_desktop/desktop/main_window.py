"""The main window: it holds the sidebar, the pages and the view they follow; pages and figures are made elsewhere.

`app` makes it with `MainWindow(open_panel, new_panel, example, jobs, appearance, settings)`:
`open_panel(path)`, `new_panel(path, plan name)` and `example(progress)` give an open Panel and are called on the
background thread; `jobs`, `appearance` (already applied) and `settings` are the only ones of their kind.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from pcp_desktop.desktop.drop_frame import PANEL_SUFFIX, WORKBOOK_SUFFIXES, DropFrame, dropped
from pcp_desktop.desktop.forms.ui_main_window import Ui_MainWindow
from pcp_desktop.desktop.jobs import Busy, Jobs
from pcp_desktop.desktop.marks import Notice
from pcp_desktop.desktop.menus import Item, Menus
from pcp_desktop.desktop.messages import Messages
from pcp_desktop.desktop.settings import Settings
from pcp_desktop.desktop.sidebar import Room, Sidebar
from pcp_desktop.desktop.status_line import StatusLine
from pcp_desktop.desktop.tab import Surroundings, Tab, View
from pcp_desktop.desktop.theme import CONTRAST, DARK, LIGHT, SYSTEM, Appearance
from pcp_desktop.domain.clearance import Audience, ClearanceState
from pcp_desktop.errors import UserError

if TYPE_CHECKING:  # the first window opens before any of these is needed
    from pcp_desktop.desktop.panel import Panel
    from pcp_desktop.domain.changes import Changes
    from pcp_desktop.domain.pages import OverviewPage, ReturnsPage
    from pcp_desktop.domain.periods import Period
    from pcp_desktop.domain.plans import Meeting
    from pcp_desktop.domain.progress import Progress

LEAST_SIZE = (1280, 660)
WHY = " why"  # after a subject: show its working as well
_THEMES = {SYSTEM: "Theme of the system", LIGHT: "Light theme", DARK: "Dark theme", CONTRAST: "High contrast theme"}
_FOLD_FROM_SCALE = 125
_WELCOME_AFTER = 20  # ms: the window itself is painted first, and a panel file given at start may come before


@dataclass(frozen=True)
class _Opened:
    """A panel file just opened, with what the window keeps of it."""

    panel: Panel
    periods: tuple[Period, ...]
    period: Period
    meetings: dict[Period, Meeting | None]


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
        self._open_panel, self._new_panel, self._example = open_panel, new_panel, example
        self._jobs, self._appearance, self._settings = jobs, appearance, settings
        self._opened: _Opened | None = None
        self.overview: OverviewPage | None = None
        self._tabs: dict[str, Tab] = {}
        self._welcome: QWidget | None = None
        self.view: View | None = None
        self._form = Ui_MainWindow()
        self._form.setupUi(self)  # type: ignore[no-untyped-call]  # compiled forms are not annotated
        self.setCentralWidget(self._form.centre)
        self.setMenuBar(self._form.menu_bar)
        self.setStatusBar(self._form.status_bar)
        self.messages = Messages(self, appearance)
        self.sidebar = Sidebar(self._form.sidebar, self._form.sidebar_column, appearance)
        self.status = StatusLine(self._form.status_bar, appearance)
        self.menus = Menus(self, self._form.menu_bar, self._menu_items())
        self._drop_frame = DropFrame(self)
        self._stop_work = QAction(self)
        self._connect()
        self._restore()
        self.menus.set_panel_open(False)
        self._show_status()
        QTimer.singleShot(_WELCOME_AFTER, self, self._welcome_unless_opening)

    # ------------------------------------------------------------ panel files

    def open(self, path: Path) -> None:
        """Open a panel file; the one that is open stays open where this fails."""
        self._start_opening(lambda _progress: self._open_panel(path), f"Opening {path.name}", "Panel file not opened")

    def make(self, path: Path, plan: str) -> None:
        """Make a new panel file with a shipped plan, and open it."""
        words = f"Making {path.name}"
        self._start_opening(lambda _progress: self._new_panel(path, plan), words, "Panel file not made")

    def open_example(self) -> None:
        """Open the sample quarter."""
        self._start_opening(self._example, "Reading the example", "Example not opened")

    def ask_for_panel(self) -> None:
        """Let the person choose a panel file to open."""
        from PySide6.QtWidgets import QFileDialog

        name, _kind = QFileDialog.getOpenFileName(self, "Open a panel file", "", f"Panel files (*{PANEL_SUFFIX})")
        if name:
            self.open(Path(name))

    def ask_for_new_panel(self) -> None:
        """Let the person choose a plan and a place for a new panel file."""
        from pcp_desktop.desktop.dialogs.new_panel import NewPanelDialog

        dialog = NewPanelDialog(self)
        dialog.chosen.connect(self.make)
        dialog.open()

    def ask_for_workbooks(self) -> None:
        """Let the person choose workbooks to bring in."""
        kinds = " ".join(f"*{suffix}" for suffix in WORKBOOK_SUFFIXES)
        from PySide6.QtWidgets import QFileDialog

        names, _kind = QFileDialog.getOpenFileNames(
            self, "Bring in workbooks", "", f"Workbooks ({kinds});;Any file (*)"
        )
        if names:
            self.bring_in(tuple(Path(name) for name in names))

    def bring_in(self, paths: tuple[Path, ...]) -> None:
        """Review workbooks on the returns page; nothing is stored before a person accepts."""
        if self.view is None:
            self.messages.bar("Workbooks go into a panel file. Open or make one first.", Notice.LOOK)
        elif self.view.panel.read_only_reason:
            self.messages.bar(f"{self.view.panel.read_only_reason} Nothing can be brought in.", Notice.INFORMATION)
        else:
            self.show_page("returns")
            self._tabs["returns"].bring_in(paths)

    def undo(self) -> None:
        """Take back the last accepted return or edit."""
        if self.view is not None:
            panel = self.view.panel
            self._jobs.start(
                lambda _progress: panel.undo(),
                self._show_undone,
                words="Taking it back",
                title="Nothing was taken back",
            )

    def _start_opening(self, work: Callable[[Progress], Panel], words: str, title: str) -> None:
        def opened(progress: Progress) -> _Opened:
            panel = work(progress)
            periods = panel.periods()
            return _Opened(panel, periods, panel.default_period(), {each: panel.meeting(each) for each in periods})

        self._jobs.start(opened, self._take_panel, words=words, title=title, cancelled=self._welcome_unless_opening)

    def _take_panel(self, opened: _Opened) -> None:
        if self._opened is not None:
            self._jobs.start(_closing(self._opened.panel), lambda _none: None, words="Closing", cancellable=False)
        self._opened = opened
        self.overview = None
        self.messages.clear_bar()
        self.setWindowTitle(f"{opened.panel.name} · PCP Desktop")
        self._settings.last_panel = opened.panel.path
        self.sidebar.model.set_open(True)
        self.menus.set_panel_open(True)
        self._set_view(View(opened.panel, opened.period, Audience.WORKING))
        self.show_page("overview")
        if opened.panel.read_only_reason:
            self.messages.bar(opened.panel.read_only_reason, Notice.INFORMATION)

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
        if self.view is not None:
            public = self.view.audience is Audience.PUBLIC
            self.look_as(Audience.WORKING if public else Audience.PUBLIC)

    def show_page(self, page: str, subject: str = "") -> None:
        """Show a page of the sidebar, and one thing on it; without a panel file nothing happens."""
        if page == "workbooks":
            self.ask_for_workbooks()
            return
        if self.view is None:
            return
        tab = self._tab(page)
        self._form.pages.setCurrentWidget(tab)
        self.messages.stand_in(tab.notices)
        if tab.view != self.view:
            tab.look(self.view)
        if subject:
            tab.show_subject(subject.removesuffix(WHY))
        if subject.endswith(WHY):
            tab.show_why()
        self.sidebar.show_page(page)
        tab.focus_content()
        self._show_status()

    @property
    def current(self) -> Tab | None:
        """The tab on show; None on the welcome page."""
        shown = self._form.pages.currentWidget()
        return shown if isinstance(shown, Tab) else None

    def _tab(self, page: str) -> Tab:
        if page not in self._tabs:
            tab = _make_tab(page, Surroundings(self._jobs, self.messages, self._appearance))
            tab.wanted.connect(self.show_page)
            tab.audience_wanted.connect(self.look_as)
            tab.altered.connect(self.take_changes)
            tab.keys_changed.connect(self._show_status)
            if page == "overview":
                tab.shown.connect(self._take_overview)  # type: ignore[attr-defined]  # only this tab tells its page
            self._tabs[page] = tab
            self._form.pages.addWidget(tab)
        return self._tabs[page]

    def _set_view(self, view: View) -> None:
        assert self._opened is not None
        self.view = view
        self.sidebar.periods.show_periods(self._opened.periods, view.period, self._opened.meetings.get(view.period))
        for tab in (self.current, self._tabs.get("overview")):
            if tab is not None and tab.view != view:
                tab.look(view)
        self._ask_for_badges()

    @Slot()
    def _welcome_unless_opening(self) -> None:
        """Show the welcome page, unless a panel file is open or on its way."""
        if self.view is None and self._jobs.idle and self._welcome is None:
            self._show_welcome()

    def _show_welcome(self) -> None:
        from pcp_desktop.desktop.tabs.welcome import WelcomePage

        welcome = WelcomePage(self._appearance)
        welcome.new_wanted.connect(self.ask_for_new_panel)
        welcome.open_wanted.connect(self.ask_for_panel)
        welcome.example_wanted.connect(self.open_example)
        self._welcome = welcome
        self._form.pages.addWidget(welcome)
        self.messages.stand_in(welcome.notices)
        welcome.focus_content()

    # ------------------------------------------------------------ what has changed

    @Slot(object)
    def take_changes(self, changes: Changes) -> None:
        """Say what a verb did, offer to undo it, and have every tab that cares read again."""
        self._tell_changes(changes, undoable=True)

    def _show_undone(self, changes: Changes) -> None:
        self._tell_changes(changes, undoable=False)

    def _tell_changes(self, changes: Changes, undoable: bool) -> None:
        if not changes:
            self.messages.bar(changes.summary, Notice.INFORMATION)
            return
        self.messages.bar(changes.summary, Notice.DONE, ("Undo", self.undo) if undoable else None)
        for tab in self._tabs.values():
            tab.take(changes)
        self._ask_for_badges()

    def _take_overview(self, page: OverviewPage) -> None:
        self.overview = page
        self.sidebar.model.set_badge("priorities", str(len({row.priority for row in page.all_rows}) or ""), False)
        self._show_status()

    def _ask_for_badges(self) -> None:
        if self.view is not None:
            panel, period = self.view.panel, self.view.period
            self._jobs.start(
                lambda _progress: panel.returns(period),
                self._take_returns,
                words="Counting returns",
                replaces="badges",
            )

    def _take_returns(self, page: ReturnsPage) -> None:
        accepted = dict(page.counts).get("accepted", 0)
        whole = len(page.rows)
        self.sidebar.model.set_badge("returns", f"{accepted} of {whole}" if whole else "", accepted < whole)

    def _show_status(self) -> None:
        tab = self.current
        if tab is None or self.view is None:
            self.status.show_facts((("", "No file open"),))
            self.status.show_keys((("Tab", "move"), ("Enter", "choose"), ("F1", "help")))
            return
        saved = "Read only" if self.view.panel.read_only_reason else "All changes saved"
        facts = [("check", saved)]
        if self.view.audience is Audience.PUBLIC:
            facts.append(("eye", "Public view"))
        if self.overview is not None:
            from pcp_desktop.domain.formats import counted

            embargoed = _embargoed(self.overview)
            if embargoed and self.view.audience is not Audience.PUBLIC:
                facts.append(("lock", f"{counted(embargoed, 'measure')} embargoed"))
            facts.append(("", self.overview.accepted_words))
        if tab.position:
            facts.append(("", tab.position))
        self.status.show_facts(tuple(facts))
        self.status.show_keys((*tab.keys[:3], ("Ctrl K", "commands")))

    # ------------------------------------------------------------ commands

    def show_commands(self) -> None:
        """Open the command palette."""
        from pcp_desktop.desktop.command_entries import entries_of
        from pcp_desktop.desktop.commands import CommandPalette

        CommandPalette(self, self._appearance, entries_of(self, self.overview)).open()

    def show_keys(self) -> None:
        """Open the table of all keys."""
        from pcp_desktop.desktop.dialogs.keys import KeysDialog

        KeysDialog(self).open()

    def fold_sidebar(self) -> None:
        """Show the sidebar as icons, or with words again."""
        self.sidebar.fold(not self.sidebar.folded)
        self._settings.sidebar_folded = self.sidebar.folded

    def next_pane(self, step: int = 1) -> None:
        """Put the focus on the next pane of the window (-1: the previous one)."""
        content = self.current.panes() if self.current is not None else (self._welcome,)
        panes: list[QWidget] = [
            self.sidebar.rooms,
            *(pane for pane in content if pane is not None and pane.isVisible()),
        ]
        focus = QApplication.focusWidget()
        at = next((place for place, pane in enumerate(panes) if _holds(pane, focus)), 0 if step < 0 else -1)
        target = panes[(at + step) % len(panes)]
        (target.focusProxy() or target).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def choose_theme(self, choice: str) -> None:
        """Take "system", "light", "dark" or "contrast" and keep it."""
        self._appearance.choose(choice)
        self._settings.theme = choice
        self.menus.check(_THEMES[choice])

    def scale_text(self, percent: int) -> None:
        """Set the size of text and keep it; from 125 percent the sidebar folds."""
        self._appearance.scale_text(percent)
        self._settings.text_scale = self._appearance.text_scale
        if self._appearance.text_scale >= _FOLD_FROM_SCALE and not self.sidebar.folded:
            self.sidebar.fold(True)

    def _menu_items(self) -> tuple[Item, ...]:
        scale = self._appearance
        return (
            Item("&File", "Make a new panel file…", self.ask_for_new_panel, "Ctrl+N", icon="plus"),
            Item("&File", "Open a panel file…", self.ask_for_panel, "Ctrl+O", icon="folder-open"),
            Item("&File", "Look round with the example", self.open_example, "Ctrl+E", icon="book-open"),
            Item("&File", "Bring in workbooks…", self.ask_for_workbooks, "Ctrl+I", True, icon="download"),
            Item("&File", "Quit", self._quit, "Ctrl+Q", icon="log-out"),
            Item("&Edit", "Undo the last accepted return", self.undo, "Ctrl+Z", True, icon="undo-2"),
            Item("&Go", "Overview", lambda: self.show_page("overview"), "Ctrl+1", True, icon="layout-dashboard"),
            Item("&Go", "Priorities", lambda: self.show_page("priorities"), "Ctrl+2", True, icon="target"),
            Item("&Go", "Returns", lambda: self.show_page("returns"), "Ctrl+3", True, icon="inbox"),
            Item("&Go", "Next pane", self.next_pane, "F6"),
            Item("&Go", "Previous pane", lambda: self.next_pane(-1), "Shift+F6"),
            Item("&Go", "Commands…", self.show_commands, "Ctrl+K", icon="search"),
            Item("&View", "Public or working view", self.switch_audience, "Ctrl+Shift+P", True, icon="eye"),
            Item("&View", "Fold the sidebar", self.fold_sidebar, "Ctrl+B", icon="panel-left"),
            Item("&View", "Larger text", lambda: self.scale_text(scale.text_scale + 10), "Ctrl++"),
            Item("&View", "Smaller text", lambda: self.scale_text(scale.text_scale - 10), "Ctrl+-"),
            *(
                Item("&View", words, partial(self.choose_theme, name), group="theme", icon="contrast")
                for name, words in _THEMES.items()
            ),
            Item("&Help", "Keys", self.show_keys, "F1", icon="keyboard"),
            Item("&Help", "Show or hide the menus", self._toggle_menus, "F10"),
        )

    def _toggle_menus(self) -> None:
        self.menus.toggle()

    def _quit(self) -> None:
        self.close()

    # ------------------------------------------------------------ joining and Qt's events

    def _connect(self) -> None:
        self._jobs.busy.connect(self._show_busy)
        self._jobs.refused.connect(self._show_refused)
        self._jobs.broken.connect(self._show_broken)
        self._form.busy_cancel.clicked.connect(self._jobs.cancel)
        self._stop_work.setShortcut(QKeySequence("Esc"))
        self._stop_work.triggered.connect(self._jobs.cancel)
        self._stop_work.setEnabled(False)
        self.addAction(self._stop_work)
        self._form.busy_bar.hide()
        self.sidebar.help.clicked.connect(self.show_keys)
        self.sidebar.periods.chosen.connect(self.look_at)
        self.sidebar.rooms.clicked.connect(self._choose_room)
        self.sidebar.rooms.activated.connect(self._choose_room)

    def _restore(self) -> None:
        self.setMinimumSize(*LEAST_SIZE)
        if not self.restoreGeometry(self._settings.geometry):
            self.resize(1366, 738)
        self.sidebar.fold(self._settings.sidebar_folded or self._appearance.text_scale >= _FOLD_FROM_SCALE)
        self.menus.check(_THEMES[self._appearance.choice])

    @Slot(object)
    def _show_busy(self, busy: Busy | None) -> None:
        bar = busy is not None and busy.bar
        self._stop_work.setEnabled(busy is not None and busy.cancellable)
        self._form.busy_bar.setVisible(bar)
        if busy is None:
            self._form.pages.unsetCursor()
            return
        self._form.pages.setCursor(Qt.CursorShape.BusyCursor)
        self._form.busy_words.setText(busy.words)
        self._form.busy_progress.setRange(0, busy.of)
        self._form.busy_progress.setValue(busy.done)
        self._form.busy_cancel.setVisible(busy.cancellable)

    @Slot(object, str)
    def _show_refused(self, error: UserError, title: str) -> None:
        self._welcome_unless_opening()
        self.messages.show_error(error, title)

    @Slot(object)
    def _show_broken(self, error: BaseException) -> None:
        self._welcome_unless_opening()
        self.messages.show_bug(error)

    def _choose_room(self) -> None:
        room = self.sidebar.rooms.currentIndex().data(int(Qt.ItemDataRole.UserRole))
        if isinstance(room, Room):
            self.show_page(room.page)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        what = dropped(event.mimeData())
        if what:
            self._drop_frame.offer(what)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._drop_frame.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._drop_frame.hide()
        what = dropped(event.mimeData())
        event.acceptProposedAction()
        if what.panel is not None:
            self.open(what.panel)
        elif what.workbooks:
            self.bring_in(what.workbooks)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Alt and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.menus.toggle()
        super().keyReleaseEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._settings.geometry = self.saveGeometry()
        self._jobs.stop(self._opened.panel.close if self._opened is not None else None)
        super().closeEvent(event)


def _make_tab(page: str, surroundings: Surroundings) -> Tab:
    """Import and make a tab when it is first wanted, so that the first window does not wait for it."""
    match page:
        case "overview":
            from pcp_desktop.desktop.tabs.overview import OverviewTab

            return OverviewTab(surroundings)
        case "priorities":
            from pcp_desktop.desktop.tabs.priority import PrioritiesTab

            return PrioritiesTab(surroundings)
        case "returns":
            from pcp_desktop.desktop.tabs.returns import ReturnsTab

            return ReturnsTab(surroundings)
    raise ValueError(page)


def _closing(panel: Panel) -> Callable[[Progress], None]:
    def close(_progress: Progress) -> None:
        panel.close()

    return close


def _embargoed(page: OverviewPage) -> int:
    rows = (row for theme in page.themes for row in theme.rows)
    return sum(1 for row in rows if row.clearance.state is ClearanceState.EMBARGOED)


def _holds(pane: QWidget, focus: QWidget | None) -> bool:
    return focus is not None and (pane is focus or pane.isAncestorOf(focus))
