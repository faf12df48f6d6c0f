"""Everything drawn from illustrative figures says so, on screen and paper, and nothing else does."""

from __future__ import annotations

from dataclasses import replace

from pcp_desktop.analysis.pages import overview, priority
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.pages import OverviewPage, PriorityPage
from tests.analysis.pages.sample import ALL, MONTHS, QUARTER


def test_every_chart_says_that_its_figures_are_illustrative(
    working_tabs: tuple[PriorityPage, ...], public_tabs: tuple[PriorityPage, ...]
) -> None:
    """In its source line, in the measure's own way: the months, or all of it."""
    seen = 0
    for panel in (panel for page in (*working_tabs, *public_tabs) for panel in page.measures):
        for chart in (panel.main, *panel.small):
            if chart is not None:
                words = MONTHS if MONTHS in chart.source else ALL
                assert f". {words}." in chart.source, chart.source
                seen += 1
    assert seen > 60
    by_code = {panel.row.measure: panel for page in working_tabs for panel in page.measures}
    for measure, words in (("domestic-burglary", MONTHS), ("section-136", ALL), ("burglary-outcomes", ALL)):
        main = by_code[measure].main
        assert main is not None
        assert f". {words}." in main.source
        assert dict(by_code[measure].why.passport)["Workbook says"] == words


def test_the_dashboard_says_so_in_one_note(working: OverviewPage, public: OverviewPage) -> None:
    """What is said of most first, then the priorities that differ; a held measure has no part in it."""
    for page in (working, public):
        said = [note.text for note in page.notes if "as the workbooks say" in note.text]
        assert said == [f"{MONTHS}. SP15 illustrative, as the workbooks say."]


def test_figures_that_are_not_illustrative_do_not_say_so(facts: Facts) -> None:
    """The words come from the received file, not from the program."""
    plain = tuple(
        replace(one, file=replace(one.file, illustrative=()) if one.file is not None else None)
        for one in facts.returns
    )
    real = replace(facts, returns=plain)
    assert "llustrative" not in repr(overview.build(real, QUARTER, Audience.WORKING))
    for one in real.plan.priorities:
        assert "llustrative" not in repr(priority.build(real, one.code, QUARTER, Audience.WORKING))
