"""The verbs: an embargo holds from the start, clearing opens the public view, undo takes a clearing back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from pcp_desktop.domain.clearance import Audience, ClearanceState
from pcp_desktop.domain.pages import MeasureRow
from pcp_desktop.errors import UserError
from pcp_desktop.paths import sample_workbooks
from pcp_desktop.workspace import Workspace, plan_contents, shipped_plans
from pcp_desktop.workspace.sample import sample_clock

CRIME = sample_workbooks() / "recorded crime Q3.xlsx"
TREATMENT = sample_workbooks() / "drug and alcohol treatment.xlsx"


@pytest.fixture
def panel(tmp_path: Path) -> Path:
    path = tmp_path / "panel.pcp"
    Workspace.create(path, plan_contents("2013-17"), sample_clock).close()
    return path


def row(workspace: Workspace, measure: str, audience: Audience) -> MeasureRow:
    page = workspace.overview(workspace.default_period(), audience)
    return next(row for row in page.all_rows if row.measure == measure)


def test_both_plans_ship() -> None:
    assert dict(shipped_plans()) == {
        "2013-17": "Police and Crime Plan 2013–17",
        "2017-21": "Police and Crime Plan 2017–21",
    }


def test_accepted_figures_wait_for_their_board_until_they_are_cleared(panel: Path) -> None:
    with Workspace.open(panel, sample_clock) as workspace:
        workspace.accept(workspace.review(CRIME))
        waiting = row(workspace, "all-crime", Audience.PUBLIC)
        assert waiting.clearance.state is ClearanceState.WAITING
        assert waiting.latest.value is None
        assert row(workspace, "all-crime", Audience.WORKING).latest.value == 59653
        assert workspace.clear("recorded-crime")
        assert row(workspace, "all-crime", Audience.PUBLIC).latest.shown == "59,653"
        assert "clear" in (workspace.undoable() or "").lower()
        workspace.undo()
        assert row(workspace, "all-crime", Audience.PUBLIC).latest.value is None


def test_clearing_a_return_never_lifts_an_embargo(panel: Path) -> None:
    with Workspace.open(panel, sample_clock) as workspace:
        workspace.accept(workspace.review(TREATMENT))
        assert not workspace.clear("treatment")
        held = row(workspace, "treatment-opiate", Audience.PUBLIC)
        assert held.clearance.state is ClearanceState.EMBARGOED
        assert held.latest.value is None


def test_a_figure_left_out_of_a_review_keeps_what_is_stored(sample_panel: Path) -> None:
    with Workspace.open(sample_panel, sample_clock) as workspace:
        before = row(workspace, "theft-from-vehicle", Audience.WORKING).latest
        review = workspace.review(sample_workbooks() / "revised" / "recorded crime Q3.xlsx")
        left_out = frozenset(
            figure.observation.key
            for figure in review.figures
            if figure.observation.key.measure == "theft-from-vehicle"
        )
        assert workspace.accept(review, left_out)
        assert row(workspace, "theft-from-vehicle", Audience.WORKING).latest == before


def test_a_plan_that_is_nowhere_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="2021-25"):
        plan_contents("2021-25")


def test_the_clock_is_handed_in(panel: Path) -> None:
    with Workspace.open(panel, lambda: datetime(2016, 1, 1, 9, 0)) as workspace:
        assert workspace.facts().now == datetime(2016, 1, 1, 9, 0)


def test_revising_a_cleared_figure_puts_its_measure_back_to_waiting_until_it_is_undone(sample_panel: Path) -> None:
    with Workspace.open(sample_panel, sample_clock) as workspace:
        published = row(workspace, "domestic-burglary", Audience.PUBLIC).latest
        changes = workspace.accept(workspace.review(sample_workbooks() / "revised" / "recorded crime Q3.xlsx"))
        assert "2 measures need clearing again" in changes.summary
        held = row(workspace, "domestic-burglary", Audience.PUBLIC)
        assert (held.clearance.state, held.latest.value) == (ClearanceState.WAITING, None)
        assert row(workspace, "all-crime", Audience.PUBLIC).clearance.state is ClearanceState.CLEARED
        workspace.undo()
        assert row(workspace, "domestic-burglary", Audience.PUBLIC).latest == published
        workspace.redo()
        assert workspace.clear("recorded-crime")
        assert row(workspace, "domestic-burglary", Audience.PUBLIC).clearance.state is ClearanceState.CLEARED
        assert workspace.verify().ok


def test_every_quarter_of_the_plan_up_to_the_newest_can_be_looked_at(sample_panel: Path) -> None:
    with Workspace.open(sample_panel, sample_clock) as workspace:
        labels = [period.label for period in workspace.periods()]
        assert labels[0] == workspace.default_period().label == "Q3 2015/16"
        assert labels[-1] == "Q1 2013/14"
        assert len(labels) == len(set(labels)) == 11
        year_before = workspace.overview(workspace.periods()[4], Audience.WORKING)
    crime = next(row for row in year_before.all_rows if row.measure == "all-crime")
    assert crime.latest.period is not None
    assert crime.latest.period.label == "12 months to December 2014"


def test_a_paper_that_holds_a_held_figure_never_takes_its_place(
    sample_panel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Workspace.open(sample_panel, sample_clock) as workspace:
        period = workspace.default_period()
        held = row(workspace, "treatment-opiate", Audience.WORKING).latest.shown
        folder = tmp_path / "papers"
        folder.mkdir()
        earlier = folder / "Appendix A dashboard Q3 2015-16.pdf"
        earlier.write_bytes(b"the paper of the last run")
        sound = workspace.overview(period, Audience.PUBLIC)
        leaking = replace(sound, sentence=f"{sound.sentence} Treatment stood at {held}.")
        monkeypatch.setattr("pcp_desktop.workspace.reports.overview_page.build", lambda *_arguments: leaking)
        with pytest.raises(UserError) as caught:
            workspace.write_papers(period, folder)
    assert held.rstrip("%") not in str(caught.value)
    assert [path.name for path in folder.iterdir()] == [earlier.name]
    assert earlier.read_bytes() == b"the paper of the last run"
