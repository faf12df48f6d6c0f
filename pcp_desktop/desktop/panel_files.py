"""Opening, making and choosing panel files: the background work and the dialogs before it; it shows no page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:  # the first window opens before any of these is needed
    from pcp_desktop.desktop.jobs import Jobs
    from pcp_desktop.desktop.panel import Panel
    from pcp_desktop.domain.meetings import Meeting
    from pcp_desktop.domain.periods import Period
    from pcp_desktop.domain.progress import Progress


@dataclass(frozen=True)
class Opened:
    """A panel file just opened, with what the window keeps of it."""

    panel: Panel
    periods: tuple[Period, ...]
    period: Period
    meetings: dict[Period, Meeting | None]


class PanelFiles(QObject):
    """Opens panel files one at a time; the one that is open stays open where opening another fails.

    `open_panel(path)`, `new_panel(path, plan name)` and `example(progress)` give an open Panel and are called on the
    background thread. Signals: `opened` with an Opened; `given_up` when the person cancelled.
    """

    opened = Signal(object)
    given_up = Signal()

    def __init__(
        self,
        window: QWidget,
        jobs: Jobs,
        open_panel: Callable[[Path], Panel],
        new_panel: Callable[[Path, str], Panel],
        example: Callable[[Progress], Panel],
    ) -> None:
        super().__init__(window)
        self._window, self._jobs = window, jobs
        self._open_panel, self._new_panel, self._example = open_panel, new_panel, example
        self._panel: Panel | None = None

    def open(self, path: Path) -> None:
        """Open a panel file."""
        self._start(lambda _progress: self._open_panel(path), f"Opening {path.name}", "Panel file not opened")

    def make(self, path: Path, plan: str) -> None:
        """Make a new panel file with a shipped plan, and open it."""
        words = f"Making {path.name}"
        self._start(lambda _progress: self._new_panel(path, plan), words, "Panel file not made")

    def open_example(self) -> None:
        """Make the sample quarter and open it."""
        self._start(self._example, "Reading the example", "Example not opened")

    def ask_which(self) -> None:
        """Let the person choose a panel file to open."""
        from PySide6.QtWidgets import QFileDialog

        from pcp_desktop.desktop.drop_frame import PANEL_SUFFIX

        name, _kind = QFileDialog.getOpenFileName(
            self._window, "Open a panel file", "", f"Panel files (*{PANEL_SUFFIX})"
        )
        if name:
            self.open(Path(name))

    def ask_for_new(self) -> None:
        """Let the person choose a plan and a place for a new panel file."""
        from pcp_desktop.desktop.dialogs.new_panel import NewPanelDialog

        dialog = NewPanelDialog(self._window)
        dialog.chosen.connect(self.make)
        dialog.open()

    def read_quarters(self, done: Callable[[Opened], None]) -> None:
        """Ask the open panel file again which quarters and meetings it has: a deed may have begun one."""
        panel = self._panel
        if panel is not None:
            self._jobs.start(
                lambda _progress: _opened(panel), done, words="Reading the quarters", replaces="quarters"
            )

    def close(self) -> None:
        """Close the open panel file, on the background thread only."""
        if self._panel is not None:
            self._panel.close()

    def _start(self, work: Callable[[Progress], Panel], words: str, title: str) -> None:
        def read(progress: Progress) -> Opened:
            panel = work(progress)
            try:
                progress(words, 0, 0)  # cancelled, or the window closed, while the file was being opened
                return _opened(panel)
            except BaseException:
                panel.close()
                raise

        self._jobs.start(read, self._take, words=words, title=title, cancelled=self.given_up.emit)

    def _take(self, opened: Opened) -> None:
        earlier, self._panel = self._panel, opened.panel
        if earlier is not None:
            self._jobs.start(
                lambda _progress: earlier.close(), lambda _none: None, words="Closing", cancellable=False
            )
        self.opened.emit(opened)


def _opened(panel: Panel) -> Opened:
    periods = panel.periods()
    return Opened(panel, periods, panel.default_period(), {each: panel.meeting(each) for each in periods})
