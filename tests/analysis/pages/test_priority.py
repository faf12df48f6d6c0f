"""What a priority's tab promises: charts that are complete and honest, and a working that can be read out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from pcp_desktop.analysis.pages import priority
from pcp_desktop.domain.clearance import Audience, Clearance, ClearanceState
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.measures import Break
from pcp_desktop.domain.pages import (
    ChartKind,
    ChartSpec,
    MeasurePanel,
    OverviewPage,
    PriorityPage,
    SeriesRole,
    Signal,
)
from pcp_desktop.domain.status import Status
from tests.analysis.pages.sample import QUARTER
from tests.analysis.pages.test_overview import HELD

NUMBER = r"(?<![\d.,]){}(?![\d])"


def charts(pages: Iterable[PriorityPage]) -> list[ChartSpec]:
    """Every chart of some pages."""
    panels = [panel for page in pages for panel in page.measures]
    return [chart for panel in panels for chart in panel.charts]


def panel_of(pages: Iterable[PriorityPage], measure: str) -> MeasurePanel:
    """A measure's panel."""
    return next(panel for page in pages for panel in page.measures if panel.row.measure == measure)


def test_no_held_value_is_anywhere_in_a_public_page(
    facts: Facts, public: OverviewPage, public_tabs: tuple[PriorityPage, ...]
) -> None:
    """Neither the values of embargoed measures nor where they stand, in any field of any public page."""
    written = " ".join([repr(public), *(repr(page) for page in public_tabs)])
    held = [one for one in facts.observations if one.key.measure in HELD]
    assert len(held) == 48
    for one in held:
        assert one.value is not None
        assert not re.search(NUMBER.format(re.escape(f"{one.value:.2f}")), written), one.key
    assert "drug and alcohol treatment.xlsx" not in written
    assert "mbargoed to" not in written


def test_waiting_measures_are_out_of_public_pages_too(facts: Facts) -> None:
    """A measure that has not passed its board is held in the same way, peers and position included."""
    waiting = replace(facts, clearances=tuple(one for one in facts.clearances if one.measure != "domestic-burglary"))
    page = priority.build(waiting, "SP12", QUARTER, Audience.PUBLIC)
    panel = panel_of([page], "domestic-burglary")
    assert panel.row.held_words == "Not published before it has passed its board"
    assert (panel.main, panel.small, panel.text) == (None, (), ())
    assert [fact.label for fact in panel.facts] == ["Clearance"]
    written = repr(panel)
    for value in ("4014", "4,014", "3935", "3,935", "7th", "recorded crime"):
        assert value not in written


def test_the_working_view_judges_what_waits_for_its_board(facts: Facts) -> None:
    """Officers see the status of figures that are not cleared yet; the clearance says what they wait for."""
    waiting = replace(facts, clearances=())
    panel = panel_of([priority.build(waiting, "SP14", QUARTER, Audience.WORKING)], "theft-of-vehicle")
    assert (panel.row.status, panel.row.held_words) == (Status.DETERIORATING, "")
    assert panel.row.clearance.words == "Before Performance Delivery Group"
    assert panel.main is not None
    assert "Not published before it has passed its board" in panel.main.source


def test_exempt_measures_are_for_the_restricted_page_alone(facts: Facts) -> None:
    """The restricted audience sees exempt figures, the public does not."""
    exempt = Clearance("confidence", ClearanceState.EXEMPT, QUARTER.end)
    held = replace(facts, clearances=(*facts.clearances, exempt))
    shown = panel_of([priority.build(held, "SP10", QUARTER, Audience.RESTRICTED)], "confidence")
    absent = panel_of([priority.build(held, "SP10", QUARTER, Audience.PUBLIC)], "confidence")
    assert (shown.row.latest.shown, shown.row.status) == ("85.5%", Status.IMPROVING)
    assert "85.5" not in repr(absent)


def test_every_chart_is_complete(
    working_tabs: tuple[PriorityPage, ...], public_tabs: tuple[PriorityPage, ...]
) -> None:
    """Title of at most 90 characters, text alternative, source, ticks, and a twin table of all that is drawn."""
    found = charts((*working_tabs, *public_tabs))
    assert len(found) > 60
    for chart in found:
        assert 0 < len(chart.title) <= 90, chart.title
        assert chart.alt.endswith(".")
        assert len(chart.alt) > 40
        assert chart.source
        assert chart.subtitle
        drawn = {point.shown for line in chart.series for point in line.points if point.value is not None}
        assert drawn <= {cell for row in chart.table.rows for cell in row}, chart.key
        assert all(len(row) == len(chart.table.columns) == len(chart.table.numeric) for row in chart.table.rows)
        if chart.kind is not ChartKind.FUNNEL:  # its points are forces
            assert all(len(line.points) == chart.length for line in chart.series)
        assert 3 <= len(chart.y_ticks) <= 8
        assert chart.y_low == chart.y_ticks[0].position
        assert chart.y_high == chart.y_ticks[-1].position


def test_everything_drawn_lies_on_the_axis(working_tabs: tuple[PriorityPage, ...]) -> None:
    """Values, intervals, limits and references; percent axes span at least ten points; bars start at nought."""
    for chart in charts(working_tabs):
        points = [point for line in chart.series for point in line.points]
        drawn = [end for point in points for end in (point.value, point.low, point.high) if end is not None]
        drawn += [end for limit in chart.limits for at in range(chart.length) for end in limit.at(at) or ()]
        drawn += [chart.reference.value] if chart.reference is not None else []
        assert chart.y_low <= min(drawn) + 1e-9, chart.key
        assert max(drawn) <= chart.y_high + 1e-9, chart.key
        if chart.unit == "percent":
            assert chart.y_high - chart.y_low >= 10
        if chart.kind in (ChartKind.PEERS, ChartKind.AREAS, ChartKind.SAVINGS):
            assert chart.y_low == 0


def test_a_cut_axis_is_said_in_the_source_line(working_tabs: tuple[PriorityPage, ...]) -> None:
    """ "Axis starts at 200" exactly where it does not start at nought."""
    for chart in charts(working_tabs):
        assert ("Axis starts at" in chart.source) == (chart.y_low != 0), chart.key


def test_keys_of_charts_are_unique(working_tabs: tuple[PriorityPage, ...]) -> None:
    """A chart can be named."""
    keys = [chart.key for chart in charts(working_tabs)]
    assert len(set(keys)) == len(keys)


def test_limits_never_cross_a_break(facts: Facts) -> None:
    """Each segment has its own limits, the line before the break its own series, the mark stands between points."""
    cut = Break("domestic-burglary", date(2014, 4, 1), "Counting rules changed")
    page = priority.build(replace(facts, breaks=(*facts.breaks, cut)), "SP12", QUARTER, Audience.WORKING)
    chart = panel_of([page], "domestic-burglary").main
    assert chart is not None
    assert [mark.position for mark in chart.breaks] == [23.5]
    assert "Counting rules changed" in chart.breaks[0].label
    assert all(limit.last < 23.5 or limit.first > 23.5 for limit in chart.limits)
    assert [line.role for line in chart.series] == [SeriesRole.THIS, SeriesRole.PRIOR]
    this, prior = chart.series
    for place in range(chart.length):
        assert (this.points[place].value is None) == (place < 23.5)
        assert (prior.points[place].value is None) == (place > 23.5)
    assert "2012/13" not in chart.title


def test_rolling_figures_have_no_limits_and_no_signals(working_tabs: tuple[PriorityPage, ...]) -> None:
    """They share eleven months with their neighbours."""
    rolling = [chart for chart in charts(working_tabs) if chart.kind in (ChartKind.ROLLING, ChartKind.TARGET)]
    assert rolling
    for chart in rolling:
        assert not chart.limits
        assert all(point.signal is Signal.NONE for line in chart.series for point in line.points)


def test_intervals_hold_their_value(working_tabs: tuple[PriorityPage, ...]) -> None:
    """A percentage with a known base and a projection lie inside their intervals."""
    seen = 0
    for chart in (one for one in charts(working_tabs) if one.kind is not ChartKind.SAVINGS):
        for point in (one for line in chart.series for one in line.points):
            if point.low is not None and point.high is not None and point.value is not None:
                assert 0 <= point.low <= point.value <= point.high
                assert point.high <= 100 or chart.unit != "percent"
                seen += 1
    assert seen > 100


def test_the_burglary_tab_reads_as_the_picture(working_tabs: tuple[PriorityPage, ...]) -> None:
    """Title, headline, position and why of SP12."""
    panel = panel_of(working_tabs, "domestic-burglary")
    assert panel.main is not None
    assert panel.main.title == "Domestic burglary: no signals since December 2014; no clear change on 2012/13"
    assert panel.main.kind is ChartKind.CONTROL
    assert panel.main.baseline == (0, 11, "Baseline year 2012/13")
    assert panel.main.subtitle.endswith(", allowing for the season")
    assert [(mark.position, mark.label) for mark in panel.main.events] == [(42.0, "Op Tiger Secured")]
    facts = {fact.label: (fact.value, fact.detail) for fact in panel.facts}
    assert facts["12 months to December 2015"] == ("4,014", "[p]")
    assert facts["Change"] == ("+79", "+2.0%")
    assert facts["Position in MSG"] == ("7th", "of 8")
    assert "Q3 2015/16, on Q3 2014/15" in facts
    assert facts["Projection 2016/17"] == ("4,070", "3,820 to 4,330")
    assert panel.why.heading == "Why “No clear change”?"
    assert any("no clear change" in sentence.text and len(sentence.bold) == 2 for sentence in panel.why.explanation)
    assert panel.why.table is not None
    assert panel.why.table.rows[-1] == ("Difference", "+79", "+6.6")


def test_bold_parts_are_in_their_sentences(working_tabs: tuple[PriorityPage, ...]) -> None:
    """A renderer can find every figure it is to embolden."""
    for page in working_tabs:
        for panel in page.measures:
            for sentence in (*panel.why.explanation, *panel.why.beside):
                assert all(bold in sentence.text for bold in sentence.bold)


def test_titles_claim_higher_or_lower_only_where_the_test_does(working_tabs: tuple[PriorityPage, ...]) -> None:
    """ "Higher than in 2012/13" needs a significant change."""
    for page in working_tabs:
        for panel in page.measures:
            if panel.main is not None and re.search(r"\b(higher|lower) than", panel.main.title):
                assert panel.row.status in (Status.IMPROVING, Status.DETERIORATING)
                interval = panel.row.assessment.interval
                assert interval is not None
                assert (interval[0] > 0) == ("higher than" in panel.main.title)


def test_the_group_has_one_bar_a_force_and_the_own_one_apart(working_tabs: tuple[PriorityPage, ...]) -> None:
    """Eight bars in rank order, the rank before the name, the own force on its own series."""
    chart = next(one for one in panel_of(working_tabs, "domestic-burglary").small if one.kind is ChartKind.PEERS)
    assert chart.title == "Within the range expected of its group; 7th of 8"
    assert "95% limits 2.1 to 4.3, allowing for how forces differ" in chart.alt
    this, peers = chart.series
    assert [point.period for point in this.points if point.value is not None] == ["7 Leicestershire"]
    assert sum(1 for point in peers.points if point.value is not None) == 7
    assert [tick.text for tick in chart.x_ticks][6] == "7 Leicestershire"
    assert chart.table.strong_rows == (6,)


def test_text_measures_show_their_words(public_tabs: tuple[PriorityPage, ...]) -> None:
    """Mental health is narrative: the latest quarter's words and no chart."""
    panel = panel_of(public_tabs, "mental-health-assessment")
    assert len(panel.text) == 1
    assert "middle of 2016" in panel.text[0].text
    assert panel.main is None
    assert panel.main_absent == "This measure is reported in words."


def test_an_absent_chart_says_why(
    working_tabs: tuple[PriorityPage, ...], public_tabs: tuple[PriorityPage, ...]
) -> None:
    """Either a chart or one sentence."""
    for page in (*working_tabs, *public_tabs):
        for panel in page.measures:
            assert (panel.main is None) == bool(panel.main_absent), panel.row.label


def test_tabs_carry_the_worst_lead_and_the_held(facts: Facts) -> None:
    """One tab a priority, in the order of the plan."""
    found = priority.tabs(facts, QUARTER, Audience.PUBLIC)
    assert [tab.code for tab in found] == [f"SP{number}" for number in range(1, 19)]
    by_code = {tab.code: tab for tab in found}
    assert (by_code["SP3"].status, by_code["SP3"].held) == (Status.NOT_ASSESSED, True)
    assert by_code["SP14"].status is Status.DETERIORATING
    assert by_code["SP12"].name == "Domestic burglary"
    assert sum(tab.held for tab in found) == 1


def test_an_unknown_priority_is_refused(facts: Facts) -> None:
    """A code that the plan does not have."""
    with pytest.raises(KeyError):
        priority.build(facts, "SP99", QUARTER, Audience.WORKING)


def test_the_passport_names_workbook_cells_return_board_and_clearance(working_tabs: tuple[PriorityPage, ...]) -> None:
    """Everything that a reader needs to find the figure again."""
    passport = dict(panel_of(working_tabs, "first-time-entrants").why.passport)
    assert passport["Latest"].startswith("YOS County and Rutland.xlsx, FTE, cells ")
    assert "YOS City.ods" in passport["Latest"]
    assert "accepted 26 February 2016" in passport["Return"]
    assert passport["Clearance"] == "Cleared on 3 February 2016 by the secretariat"
