"""The verbs about who saw held figures and took them out, each recorded in the change log before it happens.

What is covered in the working view (confidential and unreleased figures) is recorded when it is uncovered: once for
each measure in a session, for the question afterwards is who knew a figure and from when, not how often they looked.
Figures that wait for their board, and exempt ones, are what the officers work on; they are recorded when they leave:
each copy, picture and file, with what it holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from pcp_desktop.analysis.pages import told as told_page
from pcp_desktop.domain.changes import Changes
from pcp_desktop.domain.clearance import Recipient
from pcp_desktop.domain.held_access import Access, HeldFigures, ToldPage
from pcp_desktop.domain.periods import Period
from pcp_desktop.domain.progress import Progress, unwatched
from pcp_desktop.errors import UserError
from pcp_desktop.store.panel_file import PanelFile
from pcp_desktop.workspace.opened import OFFICER, Clock, OpenedPanel

SHOWN_FORM = "Working view"


class HeldAccessVerbs(OpenedPanel):
    """Who has been told what of an open panel file."""

    def __init__(self, panel_file: PanelFile, clock: Clock) -> None:
        super().__init__(panel_file, clock)
        self._uncovered: set[tuple[str, str]] = set()

    def held_shown(self, measures: Iterable[str], period: Period, by: str = OFFICER) -> None:
        """Record that the figures of covered measures are about to be shown, those not yet shown in this session.

        Raises UserError where it cannot be recorded; they are then not to be shown.
        """
        new = tuple(dict.fromkeys(code for code in measures if (code, by) not in self._uncovered))
        if not new:
            return
        count = sum(1 for one in self.facts().observations if one.key.measure in new and one.value is not None)
        what = HeldFigures(SHOWN_FORM, new, f"to {period.label}", count)
        self._record(Access.SHOWN, what, by)
        self._uncovered |= {(code, by) for code in new}

    def held_copied(self, what: HeldFigures, by: str = OFFICER) -> None:
        """Record that held figures are about to be copied; UserError where it cannot be, and they are not to be."""
        self._record(Access.COPIED, what, by)

    def _held_saved(self, what: HeldFigures, by: str = OFFICER) -> None:
        """Record that held figures are about to leave in a file; UserError where it cannot be recorded."""
        self._record(Access.SAVED, what, by)

    def _record(self, access: Access, what: HeldFigures, by: str) -> None:
        if self.read_only_reason:
            raise UserError(
                f"“{self.name}” cannot be changed, so it cannot be recorded who saw held figures. "
                f"{self.read_only_reason}.",
                f"Nothing was {access.value.lower()}.",
                "Open the file so that it can be written, then try again.",
            )
        self._file.record_access(access, what, self._clock(), by)

    def told(self) -> ToldPage:
        """Who was told figures before their release, and every time that held figures were shown, copied or saved."""
        return told_page.build(self.facts(), self._file.held_accesses())

    def forget_recipient(self, unwanted: Recipient, by: str = OFFICER) -> Changes:
        """Take someone who was recorded wrongly out of the list of those told."""
        return self._changed(self._file.forget_recipient(unwanted, self._clock(), by))

    def write_told(self, out: Path, progress: Progress = unwatched) -> Path:
        """Write the list of who has been told what to a workbook, without a figure; UserError where it cannot be."""
        from pcp_desktop.papers.told_xlsx import write_told_workbook

        now: datetime = self._clock()
        return write_told_workbook(self.told(), self.facts().plan.name, out, created=now, progress=progress)
