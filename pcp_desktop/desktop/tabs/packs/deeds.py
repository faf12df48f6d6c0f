"""What the packs tab has done in the background: agenda, papers, meeting, PDF, publishing, each with its words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from pcp_desktop.desktop.marks import Notice
from pcp_desktop.desktop.tab import Surroundings, View
from pcp_desktop.domain.changes import Changes
from pcp_desktop.domain.meetings import Agenda, Meeting
from pcp_desktop.domain.packs import PackPage
from pcp_desktop.domain.progress import Progress


class PackDeeds(QObject):
    """`altered` hands on the Changes of a verb."""

    altered = Signal(object)

    def __init__(self, parent: QObject, surroundings: Surroundings) -> None:
        super().__init__(parent)
        self._jobs, self._messages = surroundings.jobs, surroundings.messages

    def write_agenda(self, view: View | None, agenda: Agenda) -> None:
        """Make the agenda what is given."""
        if view is not None:
            self._run(lambda _progress: view.panel.write_agenda(agenda), "Writing the agenda", "Agenda not changed")

    def receive_paper(self, view: View | None, meeting: int, item: int, paper: Path) -> None:
        """Attach a received paper to an item."""
        if view is not None:
            self._run(
                lambda progress: view.panel.receive_paper(meeting, item, paper, progress=progress),
                f"Reading {paper.name}",
                "Paper not attached",
                cancellable=True,
            )

    def add_meeting(self, view: View, meeting: Meeting) -> None:
        """Add a meeting."""
        self._run(lambda _progress: view.panel.add_meeting(meeting), "Adding the meeting", "Meeting not added")

    def change_meeting(self, view: View, meeting: Meeting) -> None:
        """Change when and where a meeting is."""
        self._run(lambda _progress: view.panel.change_meeting(meeting), "Changing the meeting", "Meeting not changed")

    def publish(self, view: View, meeting: int, by: str) -> None:
        """Publish a meeting's packs."""
        self._run(
            lambda progress: view.panel.publish(meeting, by, progress),
            "Publishing the pack",
            "Pack not published",
            cancellable=True,
        )

    def draft(self, view: View | None, page: PackPage, out: Path) -> None:
        """Save the pack as a PDF file."""
        if view is None:
            return
        panel, meeting, audience = view.panel, page.meeting.number, page.audience
        self._jobs.start(
            lambda progress: panel.draft_pack(meeting, audience, out, progress),
            self._tell_saved,
            words="Making the pack",
            title="Pack not saved",
        )

    def _tell_saved(self, path: Path) -> None:
        self._messages.bar(f"Saved as “{path}”.", Notice.DONE)

    def _run(
        self, verb: Callable[[Progress], Changes], words: str, title: str, *, cancellable: bool = False
    ) -> None:  # fmt: skip
        self._jobs.start(verb, self._take, words=words, title=title, cancellable=cancellable)

    def _take(self, changes: Changes) -> None:
        self.altered.emit(changes)
