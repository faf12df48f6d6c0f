"""The verbs about meetings: the agenda, the papers received for it."""

from __future__ import annotations

from dataclasses import replace

from pcp_desktop.domain.changes import Changes
from pcp_desktop.domain.meetings import NEW_MEETING, STANDING_AGENDA, Agenda, Meeting
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
