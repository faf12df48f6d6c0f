"""The verbs about meetings: the agenda, the papers received for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pcp_desktop.domain.changes import Changes
from pcp_desktop.domain.meetings import NEW_MEETING, STANDING_AGENDA, Agenda, Meeting
from pcp_desktop.errors import UserError
from pcp_desktop.workspace.opened import SECRETARIAT, OpenedPanel


class MeetingVerbs(OpenedPanel):
    """Meetings of an open panel file."""

    def agenda(self, meeting: int) -> Agenda:
        """The agenda of the meeting with this number; KeyError where there is none."""
        found = next((one for one in self.facts().agendas if one.meeting.number == meeting), None)
        if found is None:
            raise KeyError(meeting)
        return found

    def add_meeting(self, meeting: Meeting, by: str = SECRETARIAT) -> Changes:
        """Add a meeting with the standing items, and the members, notices and contact of the last one.

        Raises UserError where another meeting looks at its quarter.
        """
        last = self.facts().agendas[-1:]
        agenda = replace(last[0], items=STANDING_AGENDA) if last else Agenda(meeting, STANDING_AGENDA)
        agenda = replace(agenda, meeting=replace(meeting, number=NEW_MEETING))
        return self._changed(self._file.write_meeting(agenda, self._clock(), by))

    def change_meeting(self, meeting: Meeting, by: str = SECRETARIAT) -> Changes:
        """Change the day, time and place of the meeting with this number; UserError where its pack is published."""
        agenda = replace(self.agenda(meeting.number), meeting=meeting)
        return self._changed(self._file.write_meeting(agenda, self._clock(), by))

    def write_agenda(self, agenda: Agenda, by: str = SECRETARIAT) -> Changes:
        """Make a meeting's agenda what is given, in one deed; UserError where its pack is published.

        Items with the key 0 are new; items that are left out are taken off the agenda.
        """
        return self._changed(self._file.write_agenda(agenda, self._clock(), by))

    def receive_paper(self, meeting: int, item: int, paper: Path, by: str = SECRETARIAT) -> Changes:
        """Keep a paper (a PDF file) for an agenda item, in place of one that is there.

        Raises UserError where it cannot be read or the pack is published, KeyError where there is no such item.
        """
        try:
            content = paper.read_bytes()
        except OSError as error:
            raise UserError(
                f"“{paper.name}” could not be read ({error.strerror or error}).",
                "The agenda is as it was.",
                "Check that the file is there and not open elsewhere, then try again.",
            ) from error
        changes = self._file.receive_paper(
            self.agenda(meeting).meeting, item, (paper.name, content), self._clock(), by
        )
        return self._changed(changes)
