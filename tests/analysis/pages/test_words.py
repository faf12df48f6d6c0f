"""Every word of every page reads as a person would write it: nothing said twice, nothing claimed without a test."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

import pytest

from pcp_desktop.analysis.pages import notes, overview, passport, priority
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.formats import rounded
from pcp_desktop.domain.observations import Source
from pcp_desktop.domain.pages import ChartSpec, MeasurePanel, OverviewPage, PriorityPage
from pcp_desktop.domain.periods import Period, twelve_months_to
from pcp_desktop.domain.status import Status
from tests.analysis.pages.sample import QUARTER

COLOURS = re.compile(r"\b(red|amber|green|grey|gray)\b", re.IGNORECASE)
WE = re.compile(r"\b(we|our|us)\b", re.IGNORECASE)
ONE_OF_MANY = re.compile(r"(?<![\d,.–-])1 (points|months|quarters|figures|measures|areas|signals|returns|forces)\b")
MANY_OF_ONE = re.compile(r"(?<![\d,.])(?:[2-9]|\d\d+) (point|month|quarter|figure|measure|area|signal|return)\b")


def panels(pages: Iterable[PriorityPage]) -> list[MeasurePanel]:
    """Every measure of some pages."""
    return [panel for page in pages for panel in page.measures]


def panel_of(pages: Iterable[PriorityPage], measure: str) -> MeasurePanel:
    """A measure's panel."""
    return next(panel for panel in panels(pages) if panel.row.measure == measure)


def why_texts(panel: MeasurePanel) -> list[str]:
    """The sentences of a working, one a line."""
    why = panel.why
    return [*(one.text for one in (*why.explanation, *why.beside)), why.rule, why.signals, *why.caveats]


def chart_texts(chart: ChartSpec) -> list[str]:
    """The words over, under and behind a chart."""
    return [chart.title, chart.subtitle, chart.alt, chart.source]


def texts(panel: MeasurePanel) -> Iterator[str]:
    """Everything that is said about a measure, but for the partners' own words."""
    yield from why_texts(panel)
    for chart in panel.charts:
        yield from chart_texts(chart)
    yield from (panel.main_absent, panel.row.line, panel.row.held_words, *panel.row.notes)


def test_no_colours_no_we_and_the_right_number(
    working_tabs: tuple[PriorityPage, ...], public_tabs: tuple[PriorityPage, ...], public: OverviewPage
) -> None:
    """A status is a word; nobody speaks of themselves; one month, two months."""
    said = [text for panel in panels((*working_tabs, *public_tabs)) for text in texts(panel)]
    said += [public.sentence, *(note.text for note in public.notes), *(text for _status, text in public.key)]
    assert len(said) > 1000
    for text in said:
        for wrong in (COLOURS, WE, ONE_OF_MANY, MANY_OF_ONE):
            assert not wrong.search(text), text
        assert "  " not in text
        assert ".." not in text
        assert " ," not in text


def test_a_working_says_nothing_twice(
    working_tabs: tuple[PriorityPage, ...], public_tabs: tuple[PriorityPage, ...]
) -> None:
    """No sentence, no count of returns, no month of a late figure and no note of a break stands twice."""
    for panel in panels((*working_tabs, *public_tabs)):
        lines = [line for line in why_texts(panel) if line]
        assert max(Counter(lines).values()) == 1, panel.row.label
        whole = " ".join(lines)
        for once in ("returns hold figures", "surveyed", "May 2015", "small numbers"):
            assert whole.lower().count(once.lower()) <= 1 + ("survey" in once), (panel.row.label, once)
        for line in lines:
            assert line.endswith("."), line


def test_a_late_figure_is_dated_once(working: OverviewPage, public: OverviewPage) -> None:
    """The row's own note names the period; the measure's note does not name it again."""
    for page in (working, public):
        row = next(one for one in page.all_rows if one.measure == "domestic-satisfaction")
        assert row.notes == ("Latest figure: 12 months to May 2015",)
        savings = next(one for one in page.all_rows if one.measure == "savings-realised")
        assert savings.notes == ("Latest figure: April 2013 to March 2017", "The estimate is as at February 2016.")
        said = [note.text for note in page.notes if note.about in ("SP5", "SP18")]
        assert said == [
            "Satisfaction: domestic abuse. The latest figure is for the 12 months to May 2015.",
            "Savings realised over the plan. The latest figure is for April 2013 to March 2017.",
            "Savings realised over the plan. The estimate is as at February 2016.",
        ]


def test_a_break_is_told_in_one_place(working_tabs: tuple[PriorityPage, ...]) -> None:
    """Where the reason names the break, neither a caveat nor the measure's note says it again."""
    for code in ("hate-satisfaction", "theft-from-vehicle-satisfaction", "theft-of-vehicle-satisfaction"):
        why = panel_of(working_tabs, code).why
        assert "not comparable before 1 April 2015" in why.explanation[0].text
        assert why.caveats == ()


def test_limits_say_where_they_come_from(working_tabs: tuple[PriorityPage, ...]) -> None:
    """From the baseline year only where it has figures: without them no band is drawn and all points are named."""
    referrals = panel_of(working_tabs, "cse-referrals").main
    burglary = panel_of(working_tabs, "domestic-burglary").main
    assert referrals is not None
    assert burglary is not None
    assert "limits from all its 11 points (trial)" in referrals.subtitle
    assert (referrals.baseline, "2012/13 (" in referrals.subtitle) == (None, False)
    assert "limits from 2012/13 (provisional: 12 points)" in burglary.subtitle
    assert burglary.baseline is not None


def test_the_chance_note_counts_the_tests(facts: Facts, working: OverviewPage, public: OverviewPage) -> None:
    """One for each measure and area whose latest figure was tested on the baseline; a target is not a test."""
    for page, tests, signals in ((working, 23, "1.2"), (public, 20, "1")):
        note = next(note.text for note in page.notes if "5% level" in note.text)
        assert note.startswith(
            f"{tests} measures and areas of the plan were tested at the 5% level: about {signals} of"
        )
        assert notes.tested(page.all_rows) == tests
    by_target = [row for row in working.all_rows if row.status is Status.TARGET_MISSED]
    assert [row.measure for row in by_target] == ["burglary-outcomes"]
    assert by_target[0].assessment.interval is not None
    audited = sum(
        1
        for one in facts.plan.priorities
        for panel in priority.build(facts, one.code, QUARTER, Audience.WORKING).measures
        if re.search(r"quasi-Poisson|exact Poisson|Newcombe", panel.why.rule)
    )
    parts = [row for row in working.all_rows if row.area != facts.plan.area and row.assessment.p_value is not None]
    assert audited + len(parts) == 23


def test_a_change_that_rounding_bends_says_so(facts: Facts, working: OverviewPage) -> None:
    """Where the printed change is not the difference of the printed figures, the row says why, and only there."""
    places = {measure.code: measure.decimals for measure in facts.measures}
    bent = []
    for row in working.all_rows:
        values = (row.latest.value, row.baseline.value, row.change.value)
        if None not in values:
            new, old, gap = (rounded(value or 0.0, places[row.measure]) for value in values)
            bent += [row.measure] if new - old != gap else []
        assert any("rounding" in note for note in row.notes) == (row.measure in bent)
    assert bent == ["burglary-satisfaction"]
    row = next(one for one in working.all_rows if one.measure == "burglary-satisfaction")
    assert (row.baseline.shown, row.latest.shown, row.change.shown) == ("89.7%", "89.1%", "−0.5 points")


def test_recorded_counts_are_called_recorded(working_tabs: tuple[PriorityPage, ...]) -> None:
    """A rise of what is recorded is not a rise of what happened."""
    main = panel_of(working_tabs, "rape").main
    assert main is not None
    assert main.title == "Recorded rape is higher than in 2012/13; December 2015 is in a run above the mean"


def test_signals_are_counted_by_kind(working_tabs: tuple[PriorityPage, ...]) -> None:
    """The kinds add up to the signals, in words and in the order of the rules."""
    assert panel_of(working_tabs, "rape").why.signals.startswith(
        "12 signals in the last 12 months: five above the upper limit, two near the upper limit (two of three) "
        "and five in a run above the mean."
    )
    assert panel_of(working_tabs, "cse-referrals").why.signals.startswith(
        "Two signals in the last four quarters: all above the upper limit. Over the whole chart: two above the upper "
        "limit of 68, Q2 2015/16 and Q3 2015/16;"
    )


def test_intervals_are_not_given_as_certain(working_tabs: tuple[PriorityPage, ...]) -> None:
    """A change "could be" within its interval; points are named once for both ends."""
    said = [one.text for panel in panels(working_tabs) for one in panel.why.explanation if "The change" in one.text]
    assert len(said) > 15
    for text in said:
        assert "could be anything from" in text
        assert text.endswith(("no clear change.", "that chance alone does not explain."))
        assert not re.search(r"points (and|to) ", text)


def test_satisfaction_at_irregular_dates_is_one_line(facts: Facts, working_tabs: tuple[PriorityPage, ...]) -> None:
    """Rolling figures returned at uneven dates: every position is a returned period, each tick says its month."""
    chart = panel_of(working_tabs, "domestic-satisfaction").main
    assert chart is not None
    assert chart.length == 6
    assert [tick.text for tick in chart.x_ticks] == ["Mar", "Jun", "Sep", "Dec", "Mar", "May"]
    assert [year.text for year in chart.years] == ["2013/14", "2014/15", "2015/16"]
    (line,) = chart.series
    assert all(point.value is not None and point.low is not None for point in line.points)
    assert "rolling 12 months at the dates returned" in chart.subtitle
    gone = twelve_months_to(2014, 12)
    kept = tuple(
        one
        for one in facts.observations
        if (one.key.measure, one.key.period.end) != ("all-user-satisfaction", gone.end)
    )
    page = priority.build(replace(facts, observations=kept), "SP9", QUARTER, Audience.WORKING)
    regular = page.measures[0].main
    assert regular is not None
    assert regular.length == 12
    assert [point.value is None for point in regular.series[0].points].count(True) == 1
    assert "dates returned" not in regular.subtitle


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (("C7",), "cell C7"),
        (("C7", "D7"), "cells C7, D7"),
        (("AU9", "AV9", "AW9", "AY9", "AZ9", "BA9"), "cells AU9 to AW9, AY9 to BA9"),
        (("B38", "B39", "B40", "B41"), "cells B38 to B41"),
        (("D7", "C7", "D8", "C8", "D9", "C9"), "cells C7 to D9"),
        (("Y1", "Z1", "AA1", "AB1"), "cells Y1 to AB1"),
        (("K9", "L9", "M9", "B10", "C10", "D10", "E10"), "cells B10 to E10, K9 to M9"),
        (("C5 to C16",), "cells C5 to C16"),
        (("C5 to C16", "B1", "B2", "B3"), "cells C5 to C16, B1 to B3"),
    ],
)
def test_neighbouring_cells_are_written_as_runs(cells: tuple[str, ...], words: str) -> None:
    """Exactly the cells that went in, no total between them."""
    sources = [Source("crime.xlsx", "Crime", cell) for cell in cells]
    assert passport.cells_words(sources) == f"crime.xlsx, Crime, {words}"


def test_passports_are_short(working_tabs: tuple[PriorityPage, ...]) -> None:
    """No list of more than eight pieces, and the role of whoever cleared it inside the sentence."""
    for panel in panels(working_tabs):
        for name, words in panel.why.passport:
            if name in ("Latest", "Baseline", "Position"):
                assert words.count(", ") <= 9, words
        clearance = dict(panel.why.passport)["Clearance"]
        assert clearance in ("Cleared on 3 February 2016 by the secretariat", "Not published before national release")


def test_the_summary_names_only_what_clearly_moved_the_wrong_way(facts: Facts) -> None:
    """In every quarter: the named are deteriorating and none deteriorated further; the counts add up."""
    names = {measure.code: measure for measure in facts.measures}
    for first in (2013, 2014, 2015):
        for audience in Audience:
            page = overview.build(facts, replace_quarter(first), audience)
            listed = [row for theme in page.themes for row in theme.rows]
            counted = sum(int(count) for count in re.findall(r"(\d+) (?:is|are|shows?|meets?|miss)", page.sentence))
            assert counted == len(listed), page.sentence
            worse = [row for row in listed if row.status is Status.DETERIORATING and row.change.value is not None]
            assert ("wrong direction" in page.sentence) == bool(worse), page.sentence
            for row in listed:
                if f"{names[row.measure].label.lower()} (" in page.sentence.lower():
                    assert row in worse


def replace_quarter(first_year: int) -> Period:
    """The third quarter of a financial year."""
    return QUARTER.shifted(12 * (first_year - 2015))


def test_figures_for_a_span_are_for_it(working_tabs: tuple[PriorityPage, ...]) -> None:
    """ "£31.0m for April 2013 to March 2017", not "in"."""
    panel = panel_of(working_tabs, "savings-realised")
    assert panel.why.explanation[0].text == "£31.0m for April 2013 to March 2017 against a target of £27.8m."
    assert date(2015, 12, 31) == QUARTER.end


def test_ranks_that_differ_do_not_print_the_same_rate(working_tabs: tuple[PriorityPage, ...]) -> None:
    """Two decimal places where one would show a tie that there is not."""
    for panel in panels(working_tabs):
        for chart in panel.small:
            if chart.key.endswith("-peers"):
                ranks = {(rank, rate) for rank, _force, rate in chart.table.rows}
                assert len({rank for rank, _rate in ranks}) == len({rate for _rank, rate in ranks})


def test_an_early_quarter_says_what_it_waits_for(facts: Facts) -> None:
    """Before the baseline year is over nothing is compared, and a break to come is not told of."""
    first_year = QUARTER.shifted(-12 * 2 - 9)
    assert first_year.label == "Q4 2012/13"
    for audience in Audience:
        pages = [priority.build(facts, one.code, first_year, audience) for one in facts.plan.priorities]
        assert (
            panel_of(pages, "rape").row.assessment.reason == "Too early: the latest figure is that of 2012/13 itself."
        )
        assert "April 2015" not in " ".join(
            caveat for panel in panels(pages) for caveat in panel.why.caveats if caveat.startswith("Break")
        )
    overlapping = priority.build(facts, "SP12", QUARTER.shifted(-12 * 2), Audience.WORKING).measures[0].row.assessment
    assert overlapping.reason.startswith(
        "Too early: the 12 months to December 2013 begin before 2012/13 ends; April to"
    )
    few = priority.build(facts, "SP12", QUARTER.shifted(-12 * 3 - 6), Audience.WORKING)
    assert few.period.label == "Q1 2012/13"
    assert few.measures[0].why.signals == "Too few to judge: 3 points, and limits need 4."


SIGNALS_IN_TITLES = {
    "Above upper limit": "above the upper limit",
    "Below lower limit": "below the lower limit",
    "Rising trend": "on a rising trend",
    "Falling trend": "on a falling trend",
    "Two of three": "near the",
    "Run": "in a run",
}


def test_no_title_of_a_control_chart_contradicts_the_signals_drawn(facts: Facts) -> None:
    """The latest point's signal is named, else the last of earlier ones dated; only without any nothing is said."""
    own, earlier, none = 0, 0, 0
    for back in (18, 15, 9, 6, 3, 0):
        for one in facts.plan.priorities:
            for panel in priority.build(facts, one.code, QUARTER.shifted(-back), Audience.WORKING).measures:
                main = panel.main
                if main is None or not main.limits or main.reference is not None:  # a target's title is about that
                    continue
                known = [row for row in main.table.rows if row[1] != "not available"]
                last, labelled = known[-1][-1], [row[0].split(" [")[0] for row in known if row[-1]]
                if last:
                    words = next(said for name, said in SIGNALS_IN_TITLES.items() if last.startswith(name))
                    assert words in main.title or main.title.endswith("than in 2012/13"), main.title
                    own += words in main.title
                elif "than in" not in main.title:
                    since = f"no signals since {labelled[-1]}" if labelled else "within"
                    assert since in main.title, main.title
                    earlier, none = earlier + bool(labelled), none + (not labelled)
    assert min(own, earlier, none) > 0
