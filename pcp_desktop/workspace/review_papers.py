"""The verb that saves a review as a paper: a working document, searched for what is covered before it is there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pcp_desktop.analysis import impact
from pcp_desktop.analysis.pages import review as review_page
from pcp_desktop.analysis.pages.wording import run_words
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.held_access import HeldFigures
from pcp_desktop.domain.observations import ObservationKey
from pcp_desktop.domain.progress import Progress, unwatched
from pcp_desktop.domain.returns import Review, StagedFigure
from pcp_desktop.workspace.held_access import HeldAccessVerbs
from pcp_desktop.workspace.held_texts import held_texts
from pcp_desktop.workspace.opened import OFFICER

if TYPE_CHECKING:
    from pcp_desktop.papers import release


class ReviewPaperVerbs(HeldAccessVerbs):
    """Reviews of returns as papers; accepting them is another verb."""

    def write_review(
        self,
        review: Review,
        left_out: frozenset[ObservationKey],
        out: Path,
        progress: Progress = unwatched,
        by: str = OFFICER,
    ) -> Path:
        """Save a review to `out` as a tagged PDF that says on every page that it is not for publication.

        Confidential and unreleased figures are left out of it; others that are held stand in it, marked, and that
        they were saved is recorded. Raises UserError where it cannot be recorded or written, or where something that
        is left out is found in it; `out` is then as it was.
        """
        from pcp_desktop.papers import release
        from pcp_desktop.papers.files import searched_first, take_place
        from pcp_desktop.papers.review_paper import write_review

        facts = self.facts()
        page = review_page.build(review, facts, by, left_out)
        with searched_first(out.parent) as folder:
            made = write_review(page, folder / out.name, timestamp=facts.now, progress=progress)
            release.check_release([made], self._covered_texts(review))
            held = review_page.held_figures(review, facts)
            if held:
                self._held_saved(_held(held, out.name), by)
            return take_place(made, out)

    def _covered_texts(self, review: Review) -> list[release.HeldText]:
        """The printed text of what is covered, as it is stored and as the return gives it."""
        facts = self.facts()
        covered = [one.observation for one in review.figures if review_page.is_covered(one, facts)]
        codes = {one.key.measure for one in covered}
        after = impact.applied(facts, covered)
        known = {one.key for one in after.observations if one.key.measure not in codes}
        day = review_page.through(review, facts)
        return [
            *held_texts(after, day, Audience.RESTRICTED, known),
            *held_texts(facts, day, Audience.RESTRICTED, known),
        ]


def _held(figures: tuple[StagedFigure, ...], file: str) -> HeldFigures:
    keys = [one.observation.key for one in figures]
    periods = sorted(key.period for key in keys)
    measures = tuple(dict.fromkeys(key.measure for key in keys))
    return HeldFigures("Review of a return", measures, run_words(periods[0], periods[-1]), len(keys), file)
