"""The verbs about commentary: a draft is kept as typed, writing it is one deed that can be undone."""

from __future__ import annotations

from pcp_desktop.domain.changes import Changes
from pcp_desktop.domain.commentary import Commentary
from pcp_desktop.domain.periods import Period
from pcp_desktop.workspace.opened import OFFICER, OpenedPanel


class CommentaryVerbs(OpenedPanel):
    """Commentary of an open panel file."""

    def stored_commentary(self, priority: str, period: Period) -> Commentary:
        """The commentary as it is stored; an empty one where nothing was written yet."""
        of_priority = (one for one in self.facts().commentaries if one.priority == priority)
        return next((one for one in of_priority if one.period == period), Commentary(priority, period, ""))

    def keep_draft(self, priority: str, period: Period, text: str) -> None:
        """Keep a commentary as it is being typed; it is no deed, and undo does not know of it."""
        self._file.keep_draft(priority, period, text, self._clock())
        self._facts = None

    def write_commentary(self, commentary: Commentary, by: str = OFFICER) -> Changes:
        """Write a commentary (its draft is dropped); UserError where the pack of its quarter is published."""
        changes = self._changed(self._file.write_commentary(commentary, self._clock(), by))
        self._facts = None
        return changes
