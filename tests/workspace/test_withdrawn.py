"""A partner takes a figure back: it becomes not available, with every total over it, and undo brings both back."""

from __future__ import annotations

from pathlib import Path

from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.formats import NO_VALUE
from pcp_desktop.domain.observations import Marker
from pcp_desktop.domain.periods import month
from pcp_desktop.domain.returns import Change
from pcp_desktop.paths import sample_workbooks
from pcp_desktop.workspace import Workspace
from pcp_desktop.workspace.sample import sample_clock
from tests.returns.answering import answered_first

MESSY = sample_workbooks() / "messy" / "PCC dashboard return Q3 final v2.xlsx"
TAKEN_BACK = "theft-of-vehicle"


def twelve_months(workspace: Workspace) -> str:
    rows = workspace.overview(workspace.default_period(), Audience.WORKING).all_rows
    return next(row.latest.shown for row in rows if row.measure == TAKEN_BACK)


def test_a_withdrawn_figure_takes_its_totals_with_it_and_undo_brings_them_back(sample_panel: Path) -> None:
    with Workspace.open(sample_panel, sample_clock) as workspace:
        before = twelve_months(workspace)
        assert before != NO_VALUE
        review = workspace.review(MESSY, given=answered_first(workspace.review(MESSY)))
        (withdrawn,) = [
            figure
            for figure in review.figures
            if (figure.observation.key.measure, figure.observation.marker) == (TAKEN_BACK, Marker.NOT_AVAILABLE)
        ]
        assert withdrawn.change is Change.REVISED
        assert withdrawn.observation.key.period == month(2015, 7)
        assert "is taken back: it becomes not available" in withdrawn.findings[0].message
        workspace.accept(review)
        stored = {one.key: one for one in workspace.facts().observations}[withdrawn.observation.key]
        assert (stored.value, stored.marker) == (None, Marker.NOT_AVAILABLE)
        assert twelve_months(workspace) == NO_VALUE
        workspace.undo()
        assert twelve_months(workspace) == before


def test_the_answers_and_what_only_figures_told_are_kept_with_the_return_and_go_with_it(sample_panel: Path) -> None:
    with Workspace.open(sample_panel, sample_clock) as workspace:
        review = workspace.review(MESSY, given=answered_first(workspace.review(MESSY)))
        assert review.recognition.questions == ()
        before = {one.key for one in workspace.facts().answers}
        workspace.accept(review)
        kept = {one.label: one for one in workspace.facts().answers if one.key not in before}
        assert kept["House break-ins"].by != kept["Theft MV"].by == "its figures"
        again = workspace.review(MESSY)
        assert again.recognition.questions == ()
        known = {label.label: label.how for table in again.recognition.tables for label in table.labels}
        assert known["House break-ins"] == "answered on 26 February 2016"
        assert known["Theft MV"] == "known by its figures on 26 February 2016"
        workspace.undo()
        assert {one.key for one in workspace.facts().answers} == before
