"""The verb that makes a copy of the panel file to share, which holds what the public may see and nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pcp_desktop.analysis import disclosure
from pcp_desktop.domain.clearance import NO_TERMS, Audience
from pcp_desktop.domain.commentary import Commentary
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.meetings import AgendaItem
from pcp_desktop.domain.periods import Period
from pcp_desktop.figures import live_figures
from pcp_desktop.store.sharing import SharedCopy
from pcp_desktop.workspace.commentary import CommentaryVerbs
from pcp_desktop.workspace.held_texts import held_texts
from pcp_desktop.workspace.opened import SECRETARIAT


class SharingVerbs(CommentaryVerbs):
    """A copy of an open panel file for others."""

    def share(self, out: Path, period: Period, by: str = SECRETARIAT) -> Path:
        """Write a copy without anything that may not be public in papers of the quarter `period` to `out`.

        It is made afresh: figures as the public may see them, commentary without held paragraphs, agendas without
        exempt papers, public packs, and a change log that begins with where it is from. Received workbooks, drafts,
        remembered answers, why figures are held and who was told them stay behind. It is searched before it takes the
        place of what is there. Raises UserError where it cannot be written, or something held is found in it.
        """
        from pcp_desktop.papers import release
        from pcp_desktop.papers.files import searched_first, take_place

        facts = self.facts()
        public = disclosure.releasable(facts, Audience.PUBLIC, period.end)
        agendas = tuple(
            replace(agenda, items=tuple(_public_item(item) for item in agenda.items)) for agenda in facts.agendas
        )
        copy = SharedCopy(
            replace(
                public,
                commentaries=self._public_commentaries(facts),
                drafts=(),
                answers=(),
                recipients=(),
                clearances=tuple(replace(one, terms=NO_TERMS) for one in facts.clearances),
                agendas=agendas,
                packs=tuple(pack for pack in facts.packs if pack.audience is Audience.PUBLIC),
            ),
            tuple(item.paper for agenda in agendas for item in agenda.items if item.paper is not None),
        )
        with searched_first(out.parent) as folder:
            made = self._file.share(copy, folder / out.name, out, self._clock(), by)
            release.check_release([made], held_texts(facts, period.end, Audience.PUBLIC))
            return take_place(made, out)

    def _public_commentaries(self, facts: Facts) -> tuple[Commentary, ...]:
        found = (self._public_commentary(facts, one) for one in facts.commentaries)
        return tuple(one for one in found if one.text)

    def _public_commentary(self, facts: Facts, written: Commentary) -> Commentary:
        """A commentary with only the paragraphs that the public may read, and nothing of the figures of others."""
        figures = self._figures(facts, written.priority, written.period, Audience.PUBLIC, written.text)
        parts = live_figures.paragraphs(written.text)
        shown = live_figures.filled(written.text, figures)
        text = "\n\n".join(part for part, read in zip(parts, shown, strict=True) if not read.held_words)
        kept = live_figures.fields(text)
        return replace(written, text=text, seen=tuple(pair for pair in written.seen if pair[0] in kept))


def _public_item(item: AgendaItem) -> AgendaItem:
    """An agenda item without the paper that the public may not read."""
    return item if item.may_be_read_by(Audience.PUBLIC) else replace(item, paper=None)
