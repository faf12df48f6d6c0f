"""The verb that says what accepting a return would change, before it is accepted."""

from __future__ import annotations

from collections.abc import Iterator

from pcp_desktop.analysis import impact as page_impact
from pcp_desktop.analysis.pages import overview as overview_page
from pcp_desktop.analysis.pages import priority as priority_page
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.commentary import Commentary, Run, measure_of
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.impact import ChangedPart, ChangedSentence, Impact
from pcp_desktop.domain.observations import ObservationKey
from pcp_desktop.domain.periods import Period
from pcp_desktop.domain.returns import Change, Review
from pcp_desktop.figures import live_figures
from pcp_desktop.workspace.commentary import CommentaryVerbs, is_published

DASHBOARD, REPORT = "the dashboard", "the performance report"
_STORED = (Change.NEW, Change.REVISED)


class ImpactVerbs(CommentaryVerbs):
    """What a review would change in an open panel file; nothing is written."""

    def impact(self, review: Review, period: Period, left_out: frozenset[ObservationKey] = frozenset()) -> Impact:
        """What accepting `review` without `left_out` would change.

        Sentences are those of every quarter that is not published; charts, tables and papers those of `period`, as
        the officers see them: a hold on the figures hides from this list nothing that they are in.
        """
        wanted = [one.observation for one in review.figures if one.change in _STORED]
        wanted = [one for one in wanted if one.key not in left_out]
        if not wanted:
            return Impact()
        before = self.facts()
        after = page_impact.applied(before, wanted)
        measures = {one.key.measure for one in wanted}
        charts, rows = _changed_parts(before, after, period, measures)
        sentences = tuple(self._changed_sentences(before, after, measures))
        written = any(one.period == period for one in sentences)
        papers = _papers(before, after, period, in_report=bool(charts or rows) or written)
        return Impact(sentences, charts, rows, papers)

    def _changed_sentences(self, before: Facts, after: Facts, measures: set[str]) -> Iterator[ChangedSentence]:
        """The sentences in which a figure would show something else."""
        for commentary in before.commentaries:
            named = {measure_of(field) for field in live_figures.fields(commentary.text)}
            if named & measures and not is_published(before, commentary.period):
                yield from self._changed_in(commentary, before, after)

    def _changed_in(self, commentary: Commentary, before: Facts, after: Facts) -> Iterator[ChangedSentence]:
        filled = [
            live_figures.filled(
                commentary.text,
                self._figures(facts, commentary.priority, commentary.period, Audience.WORKING, commentary.text),
            )
            for facts in (before, after)
        ]
        for old_paragraph, new_paragraph in zip(*filled, strict=True):
            sentences = zip(live_figures.sentences(old_paragraph), live_figures.sentences(new_paragraph), strict=True)
            for old, new in sentences:
                moved = [run.field for run, other in zip(old, new, strict=True) if run.text != other.text]
                if moved:
                    changed = tuple(dict.fromkeys(measure_of(field) for field in moved))
                    yield ChangedSentence(commentary.priority, commentary.period, _text(old), _text(new), changed)


def _changed_parts(
    before: Facts, after: Facts, period: Period, measures: set[str]
) -> tuple[tuple[ChangedPart, ...], tuple[ChangedPart, ...]]:
    """The charts and the table rows of every priority that has one of `measures`."""
    charts: list[ChangedPart] = []
    rows: list[ChangedPart] = []
    touched = {measure.priority for measure in before.measures if measure.code in measures}
    for priority in before.plan.priorities:
        if priority.code in touched:
            pages = [priority_page.build(facts, priority.code, period, Audience.WORKING) for facts in (before, after)]
            charts += page_impact.changed_charts(*pages)
            rows += page_impact.changed_rows(*pages)
    return tuple(charts), tuple(rows)


def _papers(before: Facts, after: Facts, period: Period, *, in_report: bool) -> tuple[str, ...]:
    """The papers of the quarter that would read otherwise; a published pack stays as it is."""
    if is_published(before, period):
        return ()
    old, new = (overview_page.build(facts, period, Audience.WORKING) for facts in (before, after))
    return tuple(name for name, changed in ((DASHBOARD, old != new), (REPORT, in_report)) if changed)


def _text(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs).strip()
