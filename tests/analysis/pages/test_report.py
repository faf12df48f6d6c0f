"""The performance report: the form of the papers, sentences from the facts, and nothing of what is held."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from pcp_desktop.analysis.pages import overview, priority, report
from pcp_desktop.domain.clearance import Audience, Clearance, ClearanceState
from pcp_desktop.domain.commentary import Paragraph, Run
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.pages import OverviewPage, PriorityPage
from pcp_desktop.domain.reports import PerformanceReport, ReportSection, standing_texts
from pcp_desktop.domain.returns import ReturnState
from pcp_desktop.domain.status import Override, Status
from tests.analysis.pages.as_text import report_as_text
from tests.analysis.pages.sample import NOW, QUARTER, report_texts
from tests.analysis.pages.test_golden import compare_with_golden


@pytest.fixture(name="told", scope="module")
def _told(facts: Facts, public: OverviewPage, public_tabs: Sequence[PriorityPage]) -> PerformanceReport:
    """The public report, nothing written about any priority yet."""
    return report.build(facts, public, public_tabs, {}, report_texts())


def built(facts: Facts, audience: Audience = Audience.PUBLIC) -> PerformanceReport:
    pages = [priority.build(facts, one.code, QUARTER, audience) for one in facts.plan.priorities]
    return report.build(facts, overview.build(facts, QUARTER, audience), pages, {}, report_texts())


def section(told: PerformanceReport, code: str) -> ReportSection:
    return next(one for theme in told.themes for one in theme.sections if one.code == code)


def test_golden_report_as_text(told: PerformanceReport) -> None:
    """The whole report of the sample quarter."""
    compare_with_golden("report-public", report_as_text(told))


def test_it_is_the_paper_of_its_agenda_item(told: PerformanceReport) -> None:
    assert told.meeting is not None
    assert (told.meeting.day, told.item_number) == (date(2016, 3, 23), 7)
    assert told.report_of == "Police and Crime Commissioner"


def test_a_quarter_without_a_meeting_has_a_report_all_the_same(
    facts: Facts, public: OverviewPage, public_tabs: Sequence[PriorityPage]
) -> None:
    told = report.build(replace(facts, agendas=()), public, public_tabs, {}, report_texts())
    assert told.meeting is None
    assert told.item_number == 0
    assert told.subject == "Performance report, Q3 2015/16"


def test_background_says_which_returns_have_come(told: PerformanceReport) -> None:
    words = "\n".join(told.background)
    assert "Of 16 returns expected for Q3 2015/16, 15 have been received with what they should hold." in words
    assert "two of three returns with these figures have been received" in words
    assert "Rutland County Council has provided a return without performance figures." in words


def test_background_says_that_a_return_is_still_being_checked(facts: Facts) -> None:
    records = [
        replace(one, state=ReturnState.CHECKED) if one.expected and one.expected.code == "cse" else one
        for one in facts.returns
    ]
    words = "\n".join(built(replace(facts, returns=tuple(records))).background)
    assert "“CSE report card” from Safeguarding Children Board has been received and is still being checked" in words


def test_background_names_what_is_not_published_and_no_figure_of_it(told: PerformanceReport) -> None:
    held = [text for text in told.background if text.startswith("Not published before national release")]
    assert len(held) == 1
    assert held[0].count("successful treatment completions") == 3
    text = report_as_text(told)
    assert "36.17" not in text
    assert "mbargo" not in text
    assert section(told, "SP3").charts[0].key.startswith("licensed-premises")


def test_what_waits_for_its_board_is_named_with_the_board_and_its_day(facts: Facts) -> None:
    waiting = Clearance("domestic-burglary", ClearanceState.WAITING, QUARTER.end, until="Performance Delivery Group")
    told = built(replace(facts, clearances=(*facts.clearances, waiting)))
    held = next(text for text in told.background if text.startswith("Not published before it has passed its board"))
    assert (
        "domestic burglary (not yet cleared by the Performance Delivery Group, which met on 3 February 2016)" in held
    )
    assert "4,014" not in report_as_text(told)
    assert [chart.key for chart in section(told, "SP12").charts] == ["burglary-satisfaction-line"]


def test_summary_claims_what_the_tests_support(told: PerformanceReport, public: OverviewPage) -> None:
    rows = [row for theme in public.themes for row in theme.rows]
    for words, status in (
        ("significant improvement", Status.IMPROVING),
        ("significant deterioration", Status.DETERIORATING),
        ("No clear change", Status.NO_CLEAR_CHANGE),
    ):
        sentence = next(text for text in told.summary[1:] if words in text)
        figures = [row.latest.shown for row in rows if row.status is status]
        assert figures
        assert all(figure in sentence for figure in figures)
        assert len(re.findall(r"\d%? to \d", sentence)) == len(figures)


def test_each_priority_has_its_measures_and_areas_in_the_table(told: PerformanceReport, public: OverviewPage) -> None:
    rows = [row for theme in told.themes for one in theme.sections for row in one.rows]
    assert rows == list(public.all_rows)
    assert section(told, "SP12").heading.startswith("Strategic Priority 12 – To reduce domestic burglary")


def test_written_commentary_takes_the_place_of_the_assessments_sentences(
    facts: Facts, public: OverviewPage, public_tabs: Sequence[PriorityPage]
) -> None:
    paragraphs = (Paragraph((Run("There were "), Run("4,014", "domestic-burglary.latest"))), Paragraph((), "Held."))
    told = report.build(facts, public, public_tabs, {"SP12": paragraphs}, report_texts())
    assert section(told, "SP12").paragraphs == paragraphs
    assert section(told, "SP11").paragraphs[0].text.startswith("All crime – no clear change. 59,653")


def test_a_status_set_by_hand_is_printed_with_its_reason(
    facts: Facts, public: OverviewPage, public_tabs: Sequence[PriorityPage]
) -> None:
    override = Override(Status.IMPROVING, "The new recording practice explains the rise", "Performance officer", NOW)
    rows = tuple(
        replace(row, assessment=replace(row.assessment, override=override)) if row.measure == "all-crime" else row
        for row in public.all_rows
    )
    told = report.build(facts, replace(public, all_rows=rows), public_tabs, {}, report_texts())
    notes = section(told, "SP11").notes
    assert "All crime: status set by hand. The new recording practice explains the rise." in notes


def test_standing_texts_are_the_plans_own_where_it_has_them() -> None:
    source = (
        '{"default": {"purpose": ["For {plan}."], "recommendation": [], "background": [], "appendices": [],'
        ' "background_papers": ["None."], "implications": [{"about": "Legal", "text": "None."}]},'
        ' "plans": {"x": {"implications": [{"about": "Legal", "text": "Some."}]}}}'
    )
    assert standing_texts(source, "x").implications[0].text == "Some."
    assert standing_texts(source, "y").implications[0].text == "None."
    assert standing_texts(source.replace('"None."}]}', '"Of {plan}."}]}'), "y").implications[0].text == "Of {plan}."
    with pytest.raises(KeyError):
        standing_texts(source.replace("{plan}", "{figure}"), "x")
