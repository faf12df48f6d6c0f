"""Blank returns and the beginning of a quarter, from the returns page: asked for here, done in the background."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pcp_desktop.desktop.marks import Notice
from pcp_desktop.desktop.tab import Command, Surroundings, View
from pcp_desktop.domain.changes import Changes
from pcp_desktop.domain.formats import counted
from pcp_desktop.domain.pages import ReturnsPage
from pcp_desktop.domain.periods import Period
from pcp_desktop.domain.progress import Progress

_QUARTER = 3  # months
Written = tuple[Changes, int]
"""What beginning the quarter changed, and how many workbooks were written."""


class BlankReturns(QWidget):
    """`altered` hands on the Changes of a quarter that has begun. It is never on show itself."""

    altered = Signal(object)

    def __init__(self, parent: QWidget, surroundings: Surroundings) -> None:
        super().__init__(parent)
        self.hide()
        self._surroundings = surroundings
        self._view: View | None = None
        self._organisations: tuple[str, ...] = ()

    def follow(self, view: View, page: ReturnsPage) -> None:
        """Offer the organisations that owe figures on a board."""
        expected = [row.record.expected for row in page.rows if row.record.expected is not None]
        self._view = view
        self._organisations = tuple(dict.fromkeys(one.organisation for one in expected if one.holds_figures))

    @property
    def is_possible(self) -> bool:
        """Whether anyone owes a return here, and the panel file may be changed."""
        return self._view is not None and bool(self._organisations) and not self._view.panel.read_only_reason

    def commands(self) -> tuple[Command, ...]:
        """What can be done now."""
        if self._view is None or not self.is_possible:
            return ()
        after = self._view.period.shifted(_QUARTER)
        return (
            Command("Send blank returns…", self.ask, icon="file-plus"),
            Command(f"Begin {after.label}", lambda: self.begin(after), icon="plus"),
        )

    def ask(self) -> None:
        """Ask for whom, for which quarter and into which folder."""
        if self._view is None or not self.is_possible:
            return
        from pcp_desktop.desktop.dialogs.blank_returns import BlankReturnsDialog

        period = self._view.period
        quarters = (period.shifted(_QUARTER), period)
        window, appearance = self.window(), self._surroundings.appearance
        dialog = BlankReturnsDialog(window, appearance, self._organisations, quarters)
        dialog.chosen.connect(self.write)
        dialog.open()

    def begin(self, quarter: Period) -> None:
        """Expect for a quarter what was expected for the one before."""
        if self._view is not None:
            panel = self._view.panel
            self._surroundings.jobs.start(
                lambda _progress: panel.begin_quarter(quarter),
                self._begun,
                words=f"Beginning {quarter.label}",
                title=f"{quarter.label} not begun",
                cancellable=False,
            )

    def write(self, organisations: tuple[str, ...], quarter: Period, folder: Path) -> None:
        """Write the blank returns of organisations, beginning the quarter where needed."""
        if self._view is None:
            return
        panel = self._view.panel

        def work(progress: Progress) -> Written:
            changes, count = panel.begin_quarter(quarter), 0
            for at, organisation in enumerate(organisations):
                progress(f"Blank returns of {organisation}", at, len(organisations))
                count += len(panel.write_templates(organisation, quarter, folder))
            return changes, count

        self._surroundings.jobs.start(
            work,
            lambda written: self._written(written, folder),
            words="Writing blank returns",
            title="Blank returns not written",
        )

    def _begun(self, changes: Changes) -> None:
        if changes:
            self.altered.emit(changes)
        else:
            self._surroundings.messages.bar(changes.summary, Notice.INFORMATION)

    def _written(self, written: Written, folder: Path) -> None:
        changes, count = written
        words = f"{counted(count, 'blank return')} written to “{folder}”."
        if changes:
            self.altered.emit(replace(changes, summary=f"{changes.summary} {words}"))
        else:
            self._surroundings.messages.bar(words, Notice.DONE)
