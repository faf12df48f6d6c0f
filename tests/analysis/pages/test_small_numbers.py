"""What those who prepare the papers are told of the counts that the public reads as [c], and what the public is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pcp_desktop.analysis.pages import priority
from pcp_desktop.analysis.pages.wording import SMALL_IN_PUBLIC, SMALL_NUMBERS
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.pages import ChartSpec, MeasurePanel
from pcp_desktop.domain.periods import quarter
from pcp_desktop.domain.plans import Priority, Theme
from tests.analysis.made_facts import PLAN, a_measure, facts_of, monthly

FOURTH = quarter(2014, 4)
COUNTS = {"North": 3, "South": 9, "West": 40}


@pytest.fixture(scope="module")
def facts() -> Facts:

    measure = a_measure(sensitive=True, areas=tuple(COUNTS))
    items = [
        item
        for area, count in COUNTS.items()
        for item in monthly(measure, ([float(count)] + [0.0] * 11) * 3, area=area)
    ]
    plan = replace(PLAN, themes=(Theme("A theme", (Priority("SP1", "A priority"),)),))
    return replace(facts_of([measure], items), plan=plan)


def panel(facts: Facts, audience: Audience) -> MeasurePanel:
    return priority.build(facts, "SP1", FOURTH, audience).measures[0]


def by_area(facts: Facts, audience: Audience) -> ChartSpec:
    return next(one for one in panel(facts, audience).small if one.key == "m-areas")


def labels(chart: ChartSpec) -> dict[str, str]:
    return {point.period: point.shown for point in chart.series[0].points}


def test_the_working_view_shows_the_numbers_with_the_mark_and_says_what_it_means(facts: Facts) -> None:
    chart = by_area(facts, Audience.WORKING)
    assert labels(chart) == {"North": "3 [c]", "South": "9 [c]", "West": "40"}
    assert SMALL_IN_PUBLIC in chart.source
    assert SMALL_IN_PUBLIC in chart.alt


def test_the_public_reads_the_mark_alone_with_its_legend_and_no_bar(facts: Facts) -> None:
    chart = by_area(facts, Audience.PUBLIC)
    assert labels(chart) == {"North": "[c]", "South": "[c]", "West": "40"}
    assert [point.value for point in chart.series[0].points] == [None, None, 40]
    assert SMALL_NUMBERS in chart.source
    assert chart.table.rows == (("North", "[c]"), ("South", "[c]"), ("West", "40"))
    assert SMALL_IN_PUBLIC not in str(panel(facts, Audience.PUBLIC))


def test_why_and_the_row_name_the_years_and_areas_to_those_who_prepare_the_papers(facts: Facts) -> None:
    said = "Public papers print [c] for 2012/13 (North, South), 2013/14 (North, South) and 2014/15 (North, South)"
    working = panel(facts, Audience.WORKING)
    assert any(caveat.startswith(said) for caveat in working.why.caveats)
    assert any(note.startswith(said) for note in working.row.notes)
    assert "Public papers" not in str(panel(facts, Audience.PUBLIC))


def test_a_hidden_count_of_the_whole_area_is_marked_in_words_over_the_charts() -> None:

    measure = a_measure(sensitive=True)
    facts = facts_of([measure], monthly(measure, ([4.0] + [0.0] * 11) * 3))
    plan = replace(PLAN, themes=(Theme("A theme", (Priority("SP1", "A priority"),)),))
    working = panel(replace(facts, plan=plan), Audience.WORKING)
    marked = {fact.label: (fact.value, fact.detail) for fact in working.facts if fact.detail == "[c] in public"}
    assert marked == {
        "12 months to March 2015": ("4", "[c] in public"),
        "Baseline 2012/13": ("4", "[c] in public"),
    }
    assert (working.row.latest.shown, working.row.latest.sign) == ("4", "[c]")
    public = panel(replace(facts, plan=plan), Audience.PUBLIC)
    assert (public.row.latest.value, public.row.latest.shown) == (None, "[c]")
