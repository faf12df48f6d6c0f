"""A status set by hand and chosen limits: printed with their reasons, undone, and no claim that no test supports."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pcp_desktop.cli.shapes import status_shape
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.judgements import ChosenLimits, LimitsOrigin
from pcp_desktop.domain.pages import MeasurePanel
from pcp_desktop.domain.periods import month, quarter
from pcp_desktop.domain.status import Status
from pcp_desktop.errors import UserError
from pcp_desktop.papers.dashboard import dashboard_data
from pcp_desktop.workspace import Workspace, plan_contents
from pcp_desktop.workspace.sample import sample_clock
from tests.store.examples import NOW
from tests.workspace.burglary import BURGLARY, MONTHS, review_of

AREA = "Leicester, Leicestershire and Rutland"
Q3 = quarter(2015, 3)
REASON = "June’s figure is known to be wrong"
LEVEL = ChosenLimits(BURGLARY, AREA, LimitsOrigin.NEW_LEVEL, date(2014, 4, 1), None, "A new unit began")
BASELINE = ChosenLimits(
    BURGLARY, AREA, LimitsOrigin.BASELINE, date(2013, 4, 1), date(2014, 3, 31), "A year like any other"
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Months around 300 to March 2014 and around 400 afterwards, cleared."""
    made = Workspace.create(tmp_path / "a.pcp", plan_contents("2013-17"), lambda: NOW)
    months = [month(2012, 4).shifted(at) for at in range(MONTHS)]
    level = {
        one.label.replace(" ", "_").lower(): (300.0, 400.0)[at >= 24] + 7 * (at % 4) for at, one in enumerate(months)
    }
    made.accept(review_of(made, BURGLARY, **level))
    made.clear_measures([BURGLARY], Q3.end)
    return made


def panel_of(workspace: Workspace, audience: Audience = Audience.WORKING) -> MeasurePanel:
    """Burglary as its tab shows it."""
    page = workspace.priority("SP12", Q3, audience)
    return next(panel for panel in page.measures if panel.row.measure == BURGLARY)


def test_a_status_set_by_hand_stands_beside_the_computed_one(workspace: Workspace) -> None:
    """Shown in every view with its reason; titles, tests and caveats stay what they were."""
    with workspace:
        before = panel_of(workspace)
        assert before.row.status is Status.DETERIORATING
        assert workspace.set_status(BURGLARY, AREA, Q3, Status.NO_CLEAR_CHANGE, REASON).judgements
        for audience in (Audience.WORKING, Audience.PUBLIC):
            after = panel_of(workspace, audience)
            assert after.row.status is Status.NO_CLEAR_CHANGE
            assert after.row.assessment.computed is Status.DETERIORATING
            assert after.row.assessment.short_reason == "Set by hand"
            assert after.why.explanation[0].text == f"Set by hand: {REASON}. The computed status is “Deteriorating”."
            assert before.main is not None
            assert after.main is not None
            assert after.main.title == before.main.title
            assert after.main.alt.endswith("Status: no clear change, set by hand.")
        assert workspace.priority("SP12", Q3.shifted(-3), Audience.WORKING).status is not Status.NO_CLEAR_CHANGE
        workspace.undo()
        assert panel_of(workspace) == before


def test_the_report_says_who_set_what_apart_from_the_tests(workspace: Workspace) -> None:
    with workspace:
        workspace.set_status(BURGLARY, AREA, Q3, Status.IMPROVING, REASON)
        report = workspace.report(Q3, Audience.PUBLIC)
        summary = " ".join(report.summary)
        assert f"Set by hand: domestic burglary (improving: {REASON})." in summary
        assert "significant improvement" not in summary


def test_every_list_says_that_a_status_was_set_by_hand(workspace: Workspace) -> None:
    """The note under the dashboard, the pencil beside the status on paper, and the answer of `status --json`."""
    said = f"Set by hand: {REASON}. The computed status is “Deteriorating”."
    with workspace:
        workspace.set_status(BURGLARY, AREA, Q3, Status.IMPROVING, REASON)
        page = workspace.overview(Q3, Audience.PUBLIC)
        assert f"Domestic burglary. {said}" in [note.text for note in page.notes]
        rows = [row for theme in dashboard_data(page, [], "A")["themes"] for row in theme["rows"]]
        by_hand = [row["measure"] for row in rows if row.get("by_hand")]
        assert by_hand == ["Domestic burglary"]
        told = {entry["measure"]: entry["set_by_hand"] for entry in status_shape(page)["measures"]}
        assert told[BURGLARY] == said
        assert {words for measure, words in told.items() if measure != BURGLARY} == {None}


def test_a_status_needs_a_reason_and_a_rule_that_knows_it(workspace: Workspace) -> None:
    with workspace:
        with pytest.raises(UserError, match="not changed"):
            workspace.set_status(BURGLARY, AREA, Q3, Status.IMPROVING, "  ")
        with pytest.raises(UserError, match="not changed"):
            workspace.set_status(BURGLARY, AREA, Q3, Status.TARGET_MET, REASON)
        with pytest.raises(UserError, match="not changed"):
            workspace.set_status("treatment-opiate", AREA, Q3, Status.IMPROVING, REASON)
        assert panel_of(workspace).row.assessment.override is None


def test_a_suggested_step_is_offered_and_taken_only_when_a_person_says_so(workspace: Workspace) -> None:
    """The new level has limits of its own; the comparison with the baseline year stays what it was."""
    with workspace:
        before = panel_of(workspace)
        assert [one.words for one in before.why.levels] == ["April 2014"]
        assert before.main is not None
        assert len(before.main.limits) == 1
        assert workspace.choose_limits(LEVEL, Q3).judgements
        after = panel_of(workspace)
        assert after.main is not None
        assert [(one.first, one.last) for one in after.main.limits] == [(0, 23), (24, 44)]
        assert after.main.limits[1].lower > before.main.limits[0].upper
        assert after.why.levels == ()
        assert after.row.assessment == before.row.assessment
        assert "New level from April 2014: A new unit began." in after.why.caveats
        assert "New level: A new unit began" in [mark.label for mark in after.main.events]
        workspace.undo()
        assert panel_of(workspace) == before


def test_a_new_level_can_begin_wherever_enough_figures_stand_on_both_sides_of_it(workspace: Workspace) -> None:
    """Four on each side, of the plan's start as of a level that is there already; each is undone by itself."""
    with workspace:
        before = panel_of(workspace)
        assert [before.why.starts[at].words for at in (0, -1)] == ["August 2012", "September 2015"]
        workspace.choose_limits(LEVEL, Q3)
        named = [one.words for one in panel_of(workspace).why.starts]
        assert "December 2013" in named
        assert not {"January 2014", "April 2014", "July 2014"} & set(named)
        with pytest.raises(UserError):
            workspace.choose_limits(replace(LEVEL, first=date(2014, 3, 1)), Q3)
        workspace.choose_limits(replace(LEVEL, first=date(2015, 4, 1)), Q3)
        main = panel_of(workspace).main
        assert main is not None
        assert [one.first for one in main.limits] == [0, 24, 36]
        workspace.undo()
        workspace.undo()
        assert panel_of(workspace) == before


def test_a_trial_is_marked_and_kept_only_when_confirmed(workspace: Workspace) -> None:
    with workspace:
        before = panel_of(workspace)
        trial = workspace.trial_chart(BASELINE, Q3)
        assert trial.title == "Trial: limits from April 2013 to March 2014. Nothing is kept until you confirm"
        assert trial.baseline == (12, 23, "Limits from 2013/14")
        assert panel_of(workspace) == before
        workspace.choose_limits(BASELINE, Q3)
        after = panel_of(workspace)
        assert after.main is not None
        assert after.main.limits == trial.limits
        assert "limits from 2013/14, chosen by hand" in after.main.subtitle
        kept = after.why.chosen[0]
        workspace.drop_limits(kept)
        assert panel_of(workspace) == before


def test_limits_that_the_figures_cannot_make_are_refused(workspace: Workspace) -> None:
    """Too few points for a baseline, a level too near an end, a measure without a control chart, no reason."""
    refused = (
        replace(BASELINE, last=date(2013, 6, 30)),
        replace(LEVEL, first=date(2015, 11, 1)),
        replace(LEVEL, measure="mental-health-assessment"),
        replace(LEVEL, reason=" "),
    )
    with workspace:
        for wanted in refused:
            with pytest.raises(UserError):
                workspace.choose_limits(wanted, Q3)
        assert workspace.facts().limits == ()


def test_small_numbers_are_shown_as_the_panel_decides_until_that_is_undone(tmp_path: Path) -> None:
    """One and a half a month are too few to assess; a copy that is shared shows them as the original does."""
    with Workspace.create(tmp_path / "few.pcp", plan_contents("2013-17"), lambda: NOW) as made:
        months = [month(2012, 4).shifted(at) for at in range(MONTHS)]
        few = {one.label.replace(" ", "_").lower(): 1.0 + at % 2 for at, one in enumerate(months)}
        made.accept(review_of(made, BURGLARY, **few))
        made.clear_measures([BURGLARY], Q3.end)
        before = panel_of(made)
        assert before.row.status is Status.NOT_ASSESSED
        assert made.show_small_numbers(True).judgements
        for audience in (Audience.WORKING, Audience.PUBLIC):
            assert panel_of(made, audience).row.status is Status.SMALL_NUMBERS
        with Workspace.open(made.share(tmp_path / "copy.pcp", Q3), lambda: NOW) as copy:
            assert copy.verify().ok
            assert copy.small_numbers_are_amber()
        assert made.undoable() == "Showing small numbers as amber"
        made.undo()
        assert not made.small_numbers_are_amber()
        assert panel_of(made) == before


def test_screening_switched_off_is_said_on_every_chart_with_its_reason_and_undone(workspace: Workspace) -> None:
    wanted = replace(LEVEL, origin=LimitsOrigin.ALL_RANGES, first=Q3.start, reason="The jumps are real")
    with workspace:
        before = panel_of(workspace)
        assert before.why.screened
        with pytest.raises(UserError, match="none was given"):
            workspace.choose_limits(replace(wanted, reason=" "), Q3)
        assert workspace.choose_limits(wanted, Q3).judgements
        for audience in (Audience.WORKING, Audience.PUBLIC):
            after = panel_of(workspace, audience)
            assert after.main is not None
            assert after.main.subtitle.count("no range screened out") == 1
            assert "Limits from all moving ranges, none screened out: The jumps are real." in after.why.caveats
            assert not after.why.screened
        (kept,) = panel_of(workspace).why.chosen
        workspace.drop_limits(kept)
        assert panel_of(workspace) == before
        workspace.undo()
        assert not panel_of(workspace).why.screened


def test_limits_that_come_from_bases_have_no_screening_to_switch_off(sample_panel: Path) -> None:
    wanted = replace(LEVEL, measure="burglary-outcomes", origin=LimitsOrigin.ALL_RANGES, first=Q3.start)
    with Workspace.open(sample_panel, sample_clock) as workspace:
        outcomes = next(
            panel
            for panel in workspace.priority("SP12", Q3, Audience.WORKING).measures
            if panel.row.measure == "burglary-outcomes"
        )
        assert not outcomes.why.screened
        with pytest.raises(UserError, match="no moving range is screened out"):
            workspace.choose_limits(wanted, Q3)
