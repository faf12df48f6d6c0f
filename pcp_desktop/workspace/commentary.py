"""The verbs about commentary: a draft is kept as typed, writing it is one deed that can be undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pcp_desktop.analysis.pages import live_figures as offered_figures
from pcp_desktop.domain.changes import Changes
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.commentary import Commentary, CommentaryPage, Draft, LiveFigure, Paragraph
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.meetings import PublishedPack
from pcp_desktop.domain.periods import Period, in_words
from pcp_desktop.figures import identifying, live_figures
from pcp_desktop.workspace.opened import OFFICER, OpenedPanel

QUARTER_MONTHS = 3


class CommentaryVerbs(OpenedPanel):
    """Commentary of an open panel file."""

    def commentary(self, priority: str, period: Period, audience: Audience) -> CommentaryPage:
        """The commentary on a priority as `audience` reads it, with last quarter's beside it.

        The working page has the draft where one is kept; others have what was written. The figures of a published
        quarter stand as they were printed.
        """
        facts = self.facts()
        working = audience is Audience.WORKING
        written = _written(facts, priority, period)
        draft = _draft(facts, priority, period) if working else None
        text = draft.text if draft is not None else written.text
        figures = self._figures(facts, priority, period, audience, text)
        seen = {**dict(written.seen), **_printed(facts, priority, period, audience)}
        published = [pack for pack in _packs(facts, period) if pack.audience is Audience.PUBLIC]
        before = period.shifted(-QUARTER_MONTHS)
        return CommentaryPage(
            priority=priority,
            period=period,
            audience=audience,
            text=text if working else "",
            paragraphs=live_figures.filled(text, _as_it_read(figures, seen) if published else figures),
            used=live_figures.used(text, figures, seen) if working else (),
            offered=tuple(figures.values()) if working else (),
            suggested=self._suggested(priority, period, figures) if working and not text.strip() else (),
            earlier=self._earlier(facts, priority, before, audience),
            earlier_period=before,
            finished=written.finished and draft is None,
            by=written.by,
            on=written.on,
            draft=draft is not None,
            read_only_reason=_read_only_reason(published) or self.read_only_reason,
            identifying=_identifying(text, figures) if working else (),
        )

    def stored_commentary(self, priority: str, period: Period) -> Commentary:
        """The commentary as it is stored; an empty one where nothing was written yet."""
        return _written(self.facts(), priority, period)

    def keep_draft(self, priority: str, period: Period, text: str) -> None:
        """Keep a commentary as it is being typed; it is no deed, and undo does not know of it."""
        self._file.keep_draft(priority, period, text, self._clock())
        self._facts = None

    def write_commentary(
        self, priority: str, period: Period, text: str, *, finished: bool | None = None, by: str = OFFICER
    ) -> Changes:
        """Write a commentary and drop its draft; `finished` None leaves it finished only if no word has changed.

        A figure that has changed since it was last seen stays marked. UserError where the quarter is published.
        """
        before = self.stored_commentary(priority, period)
        text = "\n\n".join(live_figures.paragraphs(text))
        if finished is None:
            finished = before.finished and text == before.text
        seen = live_figures.seen_now(
            text, self._figures(self.facts(), priority, period, Audience.WORKING, text), dict(before.seen)
        )
        return self._write(Commentary(priority, period, text, seen, finished), by)

    def finish_commentary(self, priority: str, period: Period, finished: bool, by: str = OFFICER) -> Changes:
        """Mark the written commentary as finished, or as not finished. UserError where the pack is published."""
        return self._write(replace(self.stored_commentary(priority, period), finished=finished), by)

    def keep_figure(self, priority: str, period: Period, field: str, by: str = OFFICER) -> Changes:
        """Accept what a figure that has changed shows now; it is current from here on."""
        written = self.stored_commentary(priority, period)
        shown = self._figures(self.facts(), priority, period, Audience.WORKING, written.text)[field].shown
        seen = tuple((one, shown if one == field else was) for one, was in written.seen)
        return self._write(replace(written, seen=seen), by)

    def _write(self, wanted: Commentary, by: str) -> Changes:
        changes = self._changed(self._file.write_commentary(wanted, self._clock(), by))
        self._facts = None  # the draft is gone, even where nothing else has changed
        return changes

    @staticmethod
    def _figures(facts: Facts, priority: str, period: Period, audience: Audience, text: str) -> dict[str, LiveFigure]:
        """Every figure that the priority offers or the text uses, by its field."""
        found = offered_figures.build(facts, priority, period, audience, live_figures.fields(text))
        return {figure.field: figure for figure in found}

    def _suggested(self, priority: str, period: Period, figures: Mapping[str, LiveFigure]) -> tuple[Paragraph, ...]:
        """Opening sentences for a commentary without words, each as a paragraph."""
        sentences = offered_figures.suggested(self.facts(), priority, period)
        return live_figures.filled("\n\n".join(sentences), figures)

    def _earlier(self, facts: Facts, priority: str, period: Period, audience: Audience) -> tuple[Paragraph, ...]:
        """A quarter's commentary as it read then; for others than the writers as it was printed, or reads now."""
        written = _written(facts, priority, period)
        if not written.text:
            return ()
        then = dict(written.seen) if audience is Audience.WORKING else {}
        then |= _printed(facts, priority, period, audience)
        figures = self._figures(facts, priority, period, audience, written.text)
        return live_figures.filled(written.text, _as_it_read(figures, then))


def _written(facts: Facts, priority: str, period: Period) -> Commentary:
    of_priority = (one for one in facts.commentaries if one.priority == priority)
    return next((one for one in of_priority if one.period == period), Commentary(priority, period, ""))


def _draft(facts: Facts, priority: str, period: Period) -> Draft | None:
    return next((one for one in facts.drafts if (one.priority, one.period) == (priority, period)), None)


def _identifying(text: str, figures: Mapping[str, LiveFigure]) -> tuple[str, ...]:
    """The sentences that may point to a person, of the paragraphs that the public could read."""
    public = {field: replace(figure, shown="") if figure.held_words else figure for field, figure in figures.items()}
    return identifying.of_paragraphs(live_figures.filled(text, public))


def is_published(facts: Facts, period: Period) -> bool:
    """Whether the public pack of a quarter is published, which closes its commentary."""
    return any(pack.audience is Audience.PUBLIC for pack in _packs(facts, period))


def _packs(facts: Facts, period: Period) -> list[PublishedPack]:
    """The published packs of the meetings that look at a quarter."""
    meetings = {meeting.number for meeting in facts.meetings if meeting.latest_period == period}
    return [pack for pack in facts.packs if pack.meeting in meetings]


def _printed(facts: Facts, priority: str, period: Period, audience: Audience) -> dict[str, str]:
    """What a priority's figures were printed as: in the packs that this audience may read."""
    readable = [one for one in _packs(facts, period) if one.audience is Audience.PUBLIC or one.audience is audience
                or audience is Audience.WORKING]  # fmt: skip
    places = (priority, f"{priority},")
    return {
        figure.field: figure.shown
        for pack in readable
        for figure in pack.figures
        if figure.place.split(" ", 1)[0] in places
    }


def _as_it_read(figures: Mapping[str, LiveFigure], then: Mapping[str, str]) -> dict[str, LiveFigure]:
    """The figures with the text that they had then, where they may be shown now."""
    return {
        field: replace(figure, shown=then.get(field, figure.shown)) if figure.shown else figure
        for field, figure in figures.items()
    }


def _read_only_reason(published: list[PublishedPack]) -> str:
    """Why the commentary of a quarter with a public pack cannot change."""
    if not published:
        return ""
    return f"Published {in_words(published[0].published.date())}. The commentary cannot change."
