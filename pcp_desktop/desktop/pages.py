"""The stack of pages: makes a tab when it is first wanted, puts it on show, and holds the welcome page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from pcp_desktop.desktop.tab import Surroundings, Tab

if TYPE_CHECKING:  # the first window opens before any of these is needed
    from pcp_desktop.desktop.panel_files import PanelFiles


class Pages(QObject):
    """Signal: `made` gives each tab with its page's name when it is made, for the window to join it."""

    made = Signal(str, object)

    def __init__(self, stack: QStackedWidget, surroundings: Surroundings) -> None:
        super().__init__(stack)
        self._stack, self._surroundings = stack, surroundings
        self._tabs: dict[str, Tab] = {}
        self.welcome: QWidget | None = None

    @property
    def current(self) -> Tab | None:
        """The tab on show; None on the welcome page."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Tab) else None

    @property
    def name(self) -> str:
        """The name of the page on show; empty on the welcome page."""
        shown = self.current
        return next((name for name, tab in self._tabs.items() if tab is shown), "")

    @property
    def made_so_far(self) -> dict[str, Tab]:
        """The tabs made so far, by page."""
        return dict(self._tabs)

    def step_pane(self, first: QWidget, step: int) -> None:
        """Put the focus on the next (-1: the previous) pane, going round `first` and those of the page on show."""
        found = self.current.panes() if self.current is not None else (self.welcome,)
        panes = [first, *(pane for pane in found if pane is not None and pane.isVisible())]
        focus = QApplication.focusWidget()
        at = next((place for place, pane in enumerate(panes) if _holds(pane, focus)), 0 if step < 0 else -1)
        target = panes[(at + step) % len(panes)]
        (target.focusProxy() or target).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def all(self) -> tuple[Tab, ...]:
        """The tabs made so far."""
        return tuple(self._tabs.values())

    def following(self) -> tuple[Tab, ...]:
        """The tabs that follow the view at once: the one on show, and the overview, which the palette reads."""
        found = (self.current, self._tabs.get("overview"))
        return tuple(dict.fromkeys(tab for tab in found if tab is not None))

    def show(self, page: str) -> Tab:
        """Put the tab of a page on show and give it; ValueError where there is no such page."""
        if page not in self._tabs:
            tab = _kind(page)(self._surroundings)
            self._tabs[page] = tab
            self._stack.addWidget(tab)
            self.made.emit(page, tab)
        tab = self._tabs[page]
        self._stack.setCurrentWidget(tab)
        self._surroundings.messages.stand_in(tab.notices)
        return tab

    def show_welcome(self, files: PanelFiles, recent: Sequence[Path]) -> None:
        """Put the welcome page on show, in front of a window without a panel file; `recent` files are offered."""
        from pcp_desktop.desktop.tabs.welcome import WelcomePage

        welcome = WelcomePage(self._surroundings.appearance, recent)
        welcome.new_wanted.connect(files.ask_for_new)
        welcome.open_wanted.connect(files.ask_which)
        welcome.example_wanted.connect(files.open_example)
        welcome.recent_wanted.connect(files.open)
        self.welcome = welcome
        self._stack.addWidget(welcome)
        self._surroundings.messages.stand_in(welcome.notices)
        welcome.focus_content()


def _kind(page: str) -> Callable[[Surroundings], Tab]:
    """Import a tab when it is first wanted, so that the first window does not wait for it."""
    match page:
        case "overview":
            from pcp_desktop.desktop.tabs.overview.tab import OverviewTab

            return OverviewTab
        case "priorities":
            from pcp_desktop.desktop.tabs.priority.tab import PrioritiesTab

            return PrioritiesTab
        case "returns":
            from pcp_desktop.desktop.tabs.returns.tab import ReturnsTab

            return ReturnsTab
        case "clearance":
            from pcp_desktop.desktop.tabs.clearance.tab import ClearanceTab

            return ClearanceTab
        case "packs":
            from pcp_desktop.desktop.tabs.packs.tab import PacksTab

            return PacksTab
    raise ValueError(page)


def _holds(pane: QWidget, focus: QWidget | None) -> bool:
    return focus is not None and (pane is focus or pane.isAncestorOf(focus))
