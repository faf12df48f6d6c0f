"""What the overview and the dashboard promise: the printed figures, honest words, and nothing that is held."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pcp_desktop.analysis.pages import overview
from pcp_desktop.domain.clearance import Audience, ClearanceState
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.pages import NO_FIGURE, MeasureRow, OverviewPage
from pcp_desktop.domain.periods import PeriodKind
from pcp_desktop.domain.status import Status
from tests.analysis.pages.sample import QUARTER, without

PUBLISHED = json.loads((Path(__file__).parent / "published.json").read_text(encoding="utf-8"))
HELD = ("treatment-opiate", "treatment-non-opiate", "treatment-alcohol", "treatment-representations")


def row(page: OverviewPage, measure: str) -> MeasureRow:
    """The whole-area row of a measure."""
    return next(one for one in page.all_rows if one.measure == measure and "Rutland" in one.area and "," in one.area)


def listed(page: OverviewPage) -> list[MeasureRow]:
    """The rows that the overview lists."""
    return [one for theme in page.themes for one in theme.rows]


@pytest.mark.parametrize("printed", PUBLISHED, ids=lambda printed: printed["measure"])
def test_figures_appear_as_the_papers_printed_them(working: OverviewPage, printed: dict[str, str]) -> None:
    """Baseline, latest, change and position of every line of the December 2015 dashboard."""
    found = row(working, printed["measure"])
    assert (found.baseline.shown, found.latest.shown) == (printed["baseline"], printed["latest"])
    assert (found.change.shown, found.change_percent.shown) == (printed["change"], printed["percent"])
    assert found.position_shown == printed.get("position", "–")
    assert found.latest.period is not None
    assert found.latest.period.end == date.fromisoformat(printed.get("to", "2015-12-31"))


@pytest.mark.parametrize("printed", PUBLISHED, ids=lambda printed: printed["measure"])
def test_the_public_reads_the_same_figures(
    working: OverviewPage, public: OverviewPage, printed: dict[str, str]
) -> None:
    """Cleared figures do not depend on the audience."""
    assert row(public, printed["measure"]).latest == row(working, printed["measure"]).latest


def test_every_figure_has_its_cells(working: OverviewPage) -> None:
    """No figure without a source."""
    for one in working.all_rows:
        for figure in (one.baseline, one.latest, one.change):
            assert (figure.value is None) == (not figure.sources), one.label


def test_lead_measures_are_listed_and_everything_is_in_all_rows(facts: Facts, working: OverviewPage) -> None:
    """The overview lists lead measures for the whole area; all_rows has every measure and part."""
    leads = [measure.code for measure in facts.measures if measure.lead]
    assert sorted(one.measure for one in listed(working)) == sorted(leads)
    assert {one.area for one in listed(working)} == {facts.plan.area}
    expected = {(measure.code, area) for measure in facts.measures for area in (facts.plan.area, *measure.areas)}
    assert {(one.measure, one.area) for one in working.all_rows} == expected
    assert len(working.all_rows) == len(expected)


def test_a_priority_without_a_lead_shows_its_first_measure(facts: Facts) -> None:
    """No priority disappears because nobody said which measure leads."""
    nobody = replace(facts, measures=tuple(replace(one, lead=False) for one in facts.measures))
    page = overview.build(nobody, QUARTER, Audience.WORKING)
    assert {one.priority for one in listed(page)} == {one.code for one in facts.plan.priorities}


def test_public_line_of_a_held_measure_says_only_that(public: OverviewPage) -> None:
    """No figure, status, sparkline, position or note of an embargoed measure."""
    for one in public.all_rows:
        if one.measure not in HELD:
            continue
        assert {one.baseline, one.latest, one.change, one.change_percent} == {NO_FIGURE}
        assert one.status is Status.NOT_ASSESSED
        assert (one.sparkline, one.position, one.line, one.notes) == (None, None, "", ())
        assert one.held_words == "Not published before national release"
        assert one.clearance.state is ClearanceState.EMBARGOED
        assert "mbargo" not in one.clearance.words
    assert not [note for note in public.notes if note.about == "SP3"]


def test_working_line_of_a_held_measure_has_figures_but_no_status(working: OverviewPage) -> None:
    """The widget can reveal the figures; no copy of the row carries an indication of performance."""
    found = row(working, "treatment-opiate")
    assert found.latest.shown == "7.29%"
    assert found.held_words == "Not published before national release"
    assert found.status is Status.NOT_ASSESSED
    assert found.sparkline is None
    assert found.clearance.words == "Embargoed to national release"


def test_summary_counts_measures_without_the_held(public: OverviewPage, working: OverviewPage) -> None:
    """The counts and the held make up the listed measures, for every audience and in the sentence."""
    for page in (public, working):
        assert sum(count for _status, count in page.summary) + page.held == len(listed(page)) == 19
        assert page.sentence.startswith("Of 19 measures, ")
        assert "and 1 is not published." in page.sentence
        assert page.scope == "18 priorities, 19 measures"


def test_only_significant_deterioration_is_named_and_the_furthest_first(public: OverviewPage) -> None:
    """The sentence names the two deteriorating measures with the largest relative change."""
    assert (
        "Theft of motor vehicles (1,428) and theft from motor vehicles (6,691) have moved furthest" in public.sentence
    )
    for one in listed(public):
        if one.status is not Status.DETERIORATING:
            assert f"({one.latest.shown})" not in public.sentence


def test_sensitive_counts_are_public_as_financial_years_only(public: OverviewPage, facts: Facts) -> None:
    """No public month, quarter or rolling total of a sensitive count; no sparkline of it."""
    sensitive = {one.code for one in facts.measures if one.sensitive}
    for one in public.all_rows:
        if one.measure in sensitive:
            for figure in (one.baseline, one.latest):
                assert figure.period is None or figure.period.kind is PeriodKind.FINANCIAL_YEAR
            assert one.sparkline is None


def test_a_target_measure_says_its_target_and_has_no_baseline(working: OverviewPage, public: OverviewPage) -> None:
    """SP18 shows its requirement in words, not as a value of 2012/13, and its figure names its own span."""
    for page in (working, public):
        found = row(page, "savings-realised")
        assert (found.baseline, found.change) == (NO_FIGURE, NO_FIGURE)
        assert (found.latest.shown, found.line, found.status) == ("£31.0m", "Target £27.8m met", Status.TARGET_MET)
        assert found.latest.period is not None
        assert found.latest.period.label == "April 2013 to March 2017"


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        ("domestic-satisfaction", "No baseline yet"),
        ("theft-of-vehicle-satisfaction", "No comparator: survey changed"),
        ("sexual-offences-satisfaction", "Small numbers"),
        ("families-crime-reduced", "2 of 3 returns"),
        ("mental-health-assessment", "Narrative only"),
        ("offending-18-24", "No baseline yet"),
    ],
)
def test_a_row_without_a_small_series_says_why(working: OverviewPage, measure: str, words: str) -> None:
    """The place of the sparkline is never blank."""
    found = row(working, measure)
    assert (found.sparkline, found.line) == (None, words)


def test_sparklines_start_with_the_baseline_year(working: OverviewPage) -> None:
    """Monthly counts have 45 points in a band, rolling percentages none."""
    burglary, users = row(working, "domestic-burglary").sparkline, row(working, "all-user-satisfaction").sparkline
    assert burglary is not None
    assert users is not None
    assert len(burglary.values) == 45
    assert len(burglary.band) == len(burglary.values)
    assert users.band == ()


def test_a_return_that_has_not_come_leaves_a_line_that_says_so(facts: Facts) -> None:
    """A measure without any figure is not assessed, not received."""
    found = row(overview.build(without(facts, "all-crime"), QUARTER, Audience.WORKING), "all-crime")
    assert (found.latest, found.status, found.line) == (NO_FIGURE, Status.NOT_ASSESSED, "Not received")


def test_notes_explain_what_is_on_the_page(public: OverviewPage) -> None:
    """Position, provisional figures, what chance does, and the measures' own notes by priority."""
    texts = " ".join(note.text for note in public.notes)
    for words in ("1st = lowest rate", "uses the 2017/18 names", "[p] Provisional", "by chance alone", "COMPACT"):
        assert words in texts
    assert [note.about for note in public.notes if "April 2013 to March 2017" in note.text] == ["SP18"]


def test_the_key_uses_the_words_of_the_plan(public: OverviewPage) -> None:
    """Every status of a listed row is explained."""
    key = dict(public.key)
    assert key[Status.IMPROVING] == "Statistically significant improvement as compared to end of 2012/13"
    assert {one.status for one in listed(public)} <= set(key)


def test_words_over_the_columns(public: OverviewPage) -> None:
    """The headings that depend on the quarter and the plan."""
    assert public.latest_words == "12 months to December 2015"
    assert (public.baseline_words, public.since_words) == ("2012/13", "Since April 2012")
    assert public.accepted_words == "Data as accepted on 26 February 2016, 2.32 pm"
    assert public.meeting == date(2016, 3, 23)
