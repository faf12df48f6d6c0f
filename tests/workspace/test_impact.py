"""What accepting a return will change is named before, and that is exactly what changes: nothing stays behind."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.commentary import FigureState
from pcp_desktop.domain.impact import Impact
from pcp_desktop.domain.pages import PriorityPage
from pcp_desktop.domain.returns import Change, Review
from pcp_desktop.figures import live_figures
from pcp_desktop.paths import sample_workbooks
from pcp_desktop.workspace import Workspace
from pcp_desktop.workspace.impact import DASHBOARD, REPORT
from pcp_desktop.workspace.sample import sample_clock

REVISED = sample_workbooks() / "revised" / "recorded crime Q3.xlsx"


def one_revised(review: Review) -> Review:
    """The review with the first of its revised figures alone."""
    revised = [one for one in review.figures if one.change is Change.REVISED]
    return replace(review, figures=tuple(revised[:1]))


def pages(workspace: Workspace) -> list[PriorityPage]:
    codes = [one.code for one in workspace.facts().plan.priorities]
    return [workspace.priority(code, workspace.default_period(), Audience.WORKING) for code in codes]


def sentences(workspace: Workspace) -> list[str]:
    """Every sentence of every commentary as it reads now."""
    found = []
    for one in workspace.facts().commentaries:
        page = workspace.commentary(one.priority, one.period, Audience.WORKING)
        for paragraph in page.paragraphs:
            found += ["".join(run.text for run in runs).strip() for runs in live_figures.sentences(paragraph)]
    return found


def charts(found: list[PriorityPage]) -> dict[tuple[str, str, str], object]:
    return {
        (page.code, panel.row.measure, chart.key): chart
        for page in found
        for panel in page.measures
        for chart in (panel.main, *panel.small)
        if chart is not None
    }


def test_one_revised_figure_changes_exactly_what_was_named_before(sample_panel: Path) -> None:
    with Workspace.open(sample_panel, sample_clock) as workspace:
        review = one_revised(workspace.review(REVISED))
        (figure,) = review.figures
        period, measure = workspace.default_period(), figure.observation.key.measure
        named = workspace.impact(review, period)
        before, texts, overview = pages(workspace), sentences(workspace), workspace.overview(period, Audience.WORKING)
        workspace.accept(review)
        workspace.clear_measures([measure], period.end)  # a cleared figure that is revised waits for its board
        after, now = pages(workspace), sentences(workspace)
        old, new = charts(before), charts(after)
        assert {(one.priority, one.measure) for one in named.charts} == {
            key[:2] for key in old if old[key] != new[key]
        }
        assert len(named.charts) == sum(1 for key in old if old[key] != new[key])
        rows = [(a.row, b.row) for x, y in zip(before, after, strict=True)
                for a, b in zip(x.measures, y.measures, strict=True)]  # fmt: skip
        assert [one.measure for one in named.rows] == [one.measure for one, other in rows if one != other]
        moved = [(one, other) for one, other in zip(texts, now, strict=True) if one != other]
        assert [(one.before, one.after) for one in named.sentences] == moved
        assert moved
        assert named.papers == (DASHBOARD, REPORT)
        assert workspace.overview(period, Audience.WORKING) != overview
        states = [
            used.state
            for one in workspace.facts().commentaries
            for used in workspace.commentary(one.priority, one.period, Audience.WORKING).used
        ]
        assert states.count(FigureState.CHANGED) >= len(moved)


def test_what_is_left_out_changes_nothing(sample_panel: Path) -> None:
    with Workspace.open(sample_panel, sample_clock) as workspace:
        review = workspace.review(REVISED)
        keys = frozenset(one.observation.key for one in review.figures)
        assert workspace.impact(review, workspace.default_period(), keys) == Impact()
        everything = workspace.impact(review, workspace.default_period())
        assert {one.priority for one in everything.sentences} >= {"SP12"}
        assert everything.of_measure("domestic-burglary").sentences
        assert not everything.of_measure("rape").sentences


def test_the_list_is_said_in_one_sentence(sample_panel: Path) -> None:
    with Workspace.open(sample_panel, sample_clock) as workspace:
        impact = workspace.impact(workspace.review(REVISED), workspace.default_period())
    assert impact.words.startswith(f"Changes {len(impact.sentences)} sentences of the commentary, ")
    assert impact.words.endswith(" the dashboard and the performance report.")
    assert Impact().words == "Changes nothing that is shown, written or printed."
