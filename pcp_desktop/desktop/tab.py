"""What every page of the window has in common: its head, its place for messages, and what the window asks of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

if TYPE_CHECKING:  # the first window opens before any of these is needed
    from pcp_desktop.desktop.jobs import Jobs
    from pcp_desktop.desktop.messages import Messages
    from pcp_desktop.desktop.panel import Panel
    from pcp_desktop.desktop.theme import Appearance
    from pcp_desktop.domain.changes import Changes
    from pcp_desktop.domain.clearance import Audience
    from pcp_desktop.domain.periods import Period

PAGE_EDGE = 16
GAP = 10


@dataclass(frozen=True)
class Surroundings:
    """What the window hands to every tab."""

    jobs: Jobs
    messages: Messages
    appearance: Appearance


@dataclass(frozen=True)
class View:
    """What the window looks at: a panel file, a quarter and an audience; every tab follows it."""

    panel: Panel
    period: Period
    audience: Audience


@dataclass(frozen=True)
class Command:
    """Something the person can do, for the command palette: its words, key and icon, and what it calls."""

    words: str
    act: Callable[[], None]
    keys: str = ""
    icon: str = "chevron-right"


class PageHead(QWidget):
    """A page's title, its scope beside it, and its actions at the right."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = QLabel(title)
        self.title.setProperty("role", "title")
        from pcp_desktop.desktop.elided_label import ElidedLabel  # no page is made before the first window

        self.scope = ElidedLabel()  # gives way to the buttons
        self.scope.setProperty("tone", "third")
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.title)
        row.addWidget(self.scope, 1)
        row.addLayout(self.buttons)


class Tab(QWidget):
    """A page of the window: `OverviewTab`, `PrioritiesTab`, `ReturnsTab`, each in its own module of tabs.

    The constructor takes Surroundings only. The layout is made by the tab; it puts `self.notices`, an empty vertical
    layout for the message bar, under its head. The tab asks `view.panel` for its page through
    `surroundings.jobs.start(..., replaces="<its name>")`.

    Signals: `wanted` asks the window for another page ("priorities", "SP12", or with " why" for its working,
    " commentary" to write; "returns", ""), for its dialog to choose workbooks ("workbooks", ""), or for the meeting
    view ("meeting", "SP12"); `audience_wanted` asks for another Audience; `altered` hands on the Changes of a verb:
    the window shows its summary with Undo and has every tab read again; `keys_changed` when `keys` or `position` are
    others.
    """

    wanted = Signal(str, str)
    audience_wanted = Signal(object)
    altered = Signal(object)
    keys_changed = Signal()

    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__()
        self.surroundings = surroundings
        self.view: View | None = None
        self.notices = QVBoxLayout()

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """The keys that matter here and what they do, at most three, for the status bar."""
        return ()

    @property
    def position(self) -> str:
        """Where the person is on the page ("Point 57 of 57"), for the status bar; may be empty."""
        return ""

    @property
    def help_topic(self) -> str:
        """The help on what the page shows now; empty for the help on the page itself."""
        return ""

    @property
    def subject(self) -> str:
        """The code of the priority that is current here; empty where none is."""
        return ""

    def look(self, view: View) -> None:
        """Show the page of another panel file, quarter or audience, or the same read again after a change."""
        self.view = view

    def cover(self) -> None:
        """Let go of what the audience before might see and the next may not; `look` shows the page again.

        Otherwise a page that is not on show would show its old figures until it is read anew.
        """

    def show_subject(self, subject: str) -> None:
        """Show one thing of the page ("SP12"); a tab without such things does nothing."""

    def show_why(self) -> None:
        """Show the working behind what is on show; only the priorities' tab has one."""

    def show_commentary(self) -> None:
        """Put the keyboard into the commentary on what is on show; only the priorities' tab has one."""

    def take(self, changes: Changes) -> None:
        """A verb altered the panel file: read the page again if it cares."""
        if changes and self.view is not None:
            self.look(self.view)

    def leave(self) -> None:
        """Keep what is being typed: the window closes."""

    def bring_in(self, paths: tuple[Path, ...]) -> None:
        """Review workbooks that were dropped or chosen; only the returns tab does."""

    def panes(self) -> tuple[QWidget, ...]:
        """The widgets that F6 goes round, in the order of reading."""
        return (self,)

    def commands(self) -> tuple[Command, ...]:
        """What can be done with the thing that is current here, for the command palette."""
        return ()

    @staticmethod
    def order_focus(*areas: QWidget) -> None:
        """Let Tab go through these in the order of reading; of an area, through all in it that takes the focus."""
        reached = Qt.FocusPolicy.TabFocus.value
        within = [each for area in areas for each in (area, *area.findChildren(QWidget))]
        takers = [each for each in within if each.focusPolicy().value & reached and each.focusProxy() is None]
        for before, after in pairwise(each for each in takers if each.window() is areas[0].window()):
            QWidget.setTabOrder(before, after)

    def focus_content(self) -> None:
        """Put the focus on the page's main list or chart."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def minimumSizeHint(self) -> QSize:
        """A page never makes the window larger than a small laptop's screen."""
        return QSize(0, 0)
