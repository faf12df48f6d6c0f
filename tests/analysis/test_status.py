"""What a status promises: the measure's own rule, its numbers in the reason, and no judgement where none is due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcp_desktop.analysis.intervals import byar
from pcp_desktop.analysis.series import build
from pcp_desktop.analysis.status import (
    AMBER_CAVEAT,
    SAMPLE_CAVEAT,
    WEAK_CAVEAT,
    WELCOME_CAVEAT,
    assess,
    held,
    overridden,
    priority_status,
    worst,
)
from pcp_desktop.domain.clearance import Clearance, ClearanceState
from pcp_desktop.domain.measures import Aggregation, Break, Frequency, Kind, Measure, Polarity, StatusRule
from pcp_desktop.domain.observations import Marker, Observation
from pcp_desktop.domain.periods import (
    calendar_year,
    financial_year,
    half_year,
    month,
    quarter,
    span,
    twelve_months_to,
)
from pcp_desktop.domain.status import Assessment, Override, Status
from pcp_desktop.errors import UserError
from tests.analysis.made_facts import (
    AREA,
    BASELINE,
    THROUGH,
    a_measure,
    a_proportion,
    a_rate,
    facts_of,
    monthly,
    observed,
    with_base,
)

SEASON = [92, 97, 108, 111, 104, 99, 103, 96, 94, 101, 98, 97]


def assessed(
    measure: Measure,
    items: Iterable[Observation],
    *breaks: Break,
    through: date = THROUGH,
    amber: bool = False,
) -> Assessment:
    facts = replace(facts_of([measure], items, breaks), small_numbers_are_amber=amber)
    return assess(facts, measure, AREA, through, build(facts, measure, AREA, through))


def counted_months(factor: float, level: int = 1) -> list[float]:
    """45 seasonal months of which the last twelve are `factor` times as high."""
    values = [float(level * SEASON[at % 12]) for at in range(45)]
    return values[:33] + [float(round(factor * value)) for value in values[33:]]


# ---------------------------------------------------------------- counts against the baseline year


@pytest.mark.parametrize(
    ("polarity", "factor", "status"),
    [
        (Polarity.LOWER, 1.5, Status.DETERIORATING),
        (Polarity.LOWER, 0.6, Status.IMPROVING),
        (Polarity.LOWER, 1.0, Status.NO_CLEAR_CHANGE),
        (Polarity.HIGHER, 1.5, Status.IMPROVING),
        (Polarity.HIGHER_REPORTING_WELCOME, 1.5, Status.IMPROVING),
        (Polarity.HIGHER_REPORTING_WELCOME, 0.6, Status.DETERIORATING),
        (Polarity.NEUTRAL, 1.5, Status.NOT_ASSESSED),
        (Polarity.NEUTRAL, 1.0, Status.NO_CLEAR_CHANGE),
    ],
)
def test_a_clear_change_is_judged_by_the_polarity(polarity: Polarity, factor: float, status: Status) -> None:
    measure = a_measure(polarity=polarity)
    found = assessed(measure, monthly(measure, counted_months(factor)))
    assert found.status is status
    assert found.interval is not None
    assert found.p_value is not None
    assert (WELCOME_CAVEAT in found.caveats) == (polarity is Polarity.HIGHER_REPORTING_WELCOME)


def test_the_reason_says_both_totals_the_change_and_what_it_could_be() -> None:
    measure = a_measure()
    found = assessed(measure, monthly(measure, counted_months(1.0, 3)))
    assert found.reason.startswith(
        "3,600 in the 12 months to December 2015 against 3,600 in 2012/13: 0.0%, could be −"
    )
    assert found.interval is not None
    assert "quasi-Poisson" in found.rule
    assert "twelve calendar months" in found.rule
    assert "no change" not in found.reason


@given(st.integers(2, 40))
def test_more_of_the_same_never_turns_a_change_round(level: int) -> None:
    measure = a_measure()
    found = assessed(measure, monthly(measure, counted_months(0.7, level)))
    assert found.status is Status.IMPROVING


def test_quarters_are_paired_and_the_test_is_said_to_be_weak() -> None:
    measure = a_measure(frequency=Frequency.QUARTER, areas=("City", "County"))
    values = {
        "City": [65, 66, 64, 65] * 2 + [60] * 3 + [25, 24, 26, 49],
        "County": [100, 102, 101, 104] * 2 + [90] * 3 + [40, 36, 34, 37],
    }
    items = [
        observed(measure, quarter(2012, 1).shifted(3 * at), value, area=area)
        for area, run in values.items()
        for at, value in enumerate(run)
    ]
    found = assessed(measure, items)
    assert found.status is Status.IMPROVING
    assert "271 in the 12 months to December 2015 against 667 in 2012/13: −59.4%" in found.reason
    assert WEAK_CAVEAT in found.caveats


def test_small_totals_without_months_have_the_exact_test_and_large_ones_none() -> None:
    measure = a_measure()
    latest = monthly(measure, [3] * 12, (2015, 1))
    small = assessed(measure, [*latest, observed(measure, BASELINE, 80)])
    assert small.status is Status.IMPROVING
    assert "exact Poisson" in small.rule
    large = assessed(measure, [*monthly(measure, [30] * 12, (2015, 1)), observed(measure, BASELINE, 800)])
    assert large.status is Status.NOT_ASSESSED
    assert large.short_reason == "Totals only"


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [(99, 60, ""), (100, 60, "Totals only"), (60, 20, ""), (60, 19, "Small numbers"), (19, 60, "Small numbers")],
)
def test_totals_are_tested_from_20_events_to_under_100_a_year(before: int, now: int, said: str) -> None:
    measure = a_measure()
    items = [observed(measure, BASELINE, before), observed(measure, twelve_months_to(2015, 12), now)]
    found = assessed(measure, items)
    assert found.short_reason == said
    assert (found.status is Status.NOT_ASSESSED) == bool(said)


def test_half_years_of_small_counts_are_held_against_the_same_half() -> None:
    measure = a_measure(frequency=Frequency.HALF_YEAR)
    items = [observed(measure, half_year(2012, 1), 49), observed(measure, half_year(2015, 1), 21)]
    found = assessed(measure, items)
    assert found.status is Status.IMPROVING
    assert "21 for April to September 2015 against 49 for April to September 2012: −57.1%" in found.reason


@pytest.mark.parametrize(("per_month", "assessed_at_all"), [(1.5, False), (2.0, True)])
def test_under_twenty_events_a_year_is_small_numbers(per_month: float, assessed_at_all: bool) -> None:
    measure = a_measure()
    found = assessed(measure, monthly(measure, [per_month] * 45))
    assert (found.status is not Status.NOT_ASSESSED) == assessed_at_all
    assert (found.short_reason == "Small numbers") != assessed_at_all


# ---------------------------------------------------------------- proportions and scores


def satisfaction(measure: Measure, top: float, base: float, end: tuple[int, int] = (2015, 12)) -> list[Observation]:
    return with_base(measure, BASELINE, 842, 1000) + with_base(measure, twelve_months_to(*end), top, base)


def test_a_percentage_is_judged_by_newcombes_interval_in_points() -> None:
    measure = a_proportion()
    worse = assessed(measure, satisfaction(measure, 736, 1000))
    assert worse.status is Status.DETERIORATING
    assert (
        "73.6% in the 12 months to December 2015 against 84.2% in 2012/13: −10.6 points, could be −" in worse.reason
    )
    assert worse.interval is not None
    assert worse.interval[1] < 0
    assert worse.p_value is not None
    assert worse.p_value < 0.001
    assert "Newcombe" in worse.rule
    assert assessed(measure, satisfaction(measure, 840, 1000)).status is Status.NO_CLEAR_CHANGE


def test_a_percentage_on_a_small_base_is_not_assessed() -> None:
    measure = a_proportion()
    assert assessed(measure, satisfaction(measure, 20, 29)).short_reason == "Small numbers"
    assert assessed(measure, satisfaction(measure, 20, 30)).status is not Status.NOT_ASSESSED


def test_a_percentage_or_score_without_its_base_is_not_assessed() -> None:
    score = a_proportion(kind=Kind.SCORE, aggregation=Aggregation.LATEST)
    for measure in (a_proportion(), score):
        items = [observed(measure, BASELINE, 84.2), observed(measure, calendar_year(2015), 73.6)]
        found = assessed(measure, items)
        assert (found.status, found.short_reason) == (Status.NOT_ASSESSED, "No base")


def test_an_old_percentage_is_assessed_and_says_its_own_period() -> None:
    measure = a_proportion()
    found = assessed(measure, satisfaction(measure, 865, 1000, (2015, 5)))
    assert found.status is Status.NO_CLEAR_CHANGE
    assert found.caveats[0] == "The latest figure is for the 12 months to May 2015."


# ---------------------------------------------------------------- not assessed


def test_no_baseline_is_no_comparator() -> None:
    measure = a_measure()
    found = assessed(measure, monthly(measure, [50] * 33, (2013, 4)))
    assert (found.status, found.short_reason) == (Status.NOT_ASSESSED, "No baseline")
    assert "2012/13" in found.reason


@pytest.mark.parametrize("has_baseline", [True, False])
def test_a_break_is_named_whether_or_not_there_is_a_baseline(has_baseline: bool) -> None:
    measure = a_measure()
    values: list[float | None] = [50.0 if has_baseline or at > 28 else None for at in range(45)]
    found = assessed(measure, monthly(measure, values), Break("m", date(2014, 9, 1), "added to COMPACT"))
    assert (found.status, found.short_reason) == (Status.NOT_ASSESSED, "Not comparable")
    assert "added to COMPACT" in found.reason


def test_before_the_baseline_year_is_a_year_past_it_is_too_early_and_year_to_date_is_told() -> None:
    measure = a_measure()
    items = monthly(measure, [50] * 30, (2011, 4))
    found = assessed(measure, items, through=date(2013, 9, 30))
    assert (found.status, found.short_reason) == (Status.NOT_ASSESSED, "Too early")
    assert "300 against 300" in found.reason
    past = assessed(measure, monthly(measure, [50] * 45), through=date(2014, 3, 31))
    assert (past.status, past.short_reason) == (Status.NO_CLEAR_CHANGE, "could be −11.9% to +13.6%")


def test_nothing_received_withdrawn_suppressed_and_incomplete_are_said() -> None:
    measure = a_measure()
    assert assessed(measure, []).short_reason == "Not received"
    for marker, words in (
        (Marker.NOT_AVAILABLE, "Withdrawn"),
        (Marker.SUPPRESSED, "Small numbers"),
    ):
        items = [*monthly(measure, [50] * 44), observed(measure, month(2015, 12), None, marker=marker)]
        assert assessed(measure, items).short_reason == words
    gap: list[float | None] = [50.0] * 45
    gap[40] = None
    assert assessed(measure, monthly(measure, gap)).short_reason == "Incomplete"


def test_text_and_measures_judged_by_people_are_never_computed() -> None:
    words = a_measure(kind=Kind.TEXT, polarity=Polarity.NEUTRAL, frequency=Frequency.QUARTER)
    found = assessed(words, [observed(words, quarter(2015, 3), None, text="All went well.")])
    assert (found.status, found.short_reason) == (Status.NOT_ASSESSED, "Judged by people")
    referrals = a_measure(status_rule=StatusRule.BY_PEOPLE)
    assert assessed(referrals, monthly(referrals, counted_months(3.0))).short_reason == "Judged by people"
    assert assessed(words, []).short_reason == "Not received"


# ---------------------------------------------------------------- targets


@pytest.mark.parametrize(
    ("polarity", "value", "status"),
    [
        (Polarity.HIGHER, 31.0, Status.TARGET_MET),
        (Polarity.HIGHER, 27.8, Status.TARGET_MET),
        (Polarity.HIGHER, 26.8, Status.WITHIN_TOLERANCE),
        (Polarity.HIGHER, 26.7, Status.TARGET_MISSED),
        (Polarity.LOWER, 27.8, Status.TARGET_MET),
        (Polarity.LOWER, 28.8, Status.WITHIN_TOLERANCE),
        (Polarity.LOWER, 28.9, Status.TARGET_MISSED),
    ],
)
def test_a_target_is_met_within_tolerance_or_missed_exactly(polarity: Polarity, value: float, status: Status) -> None:
    measure = a_measure(
        kind=Kind.MONEY, unit="£ million", aggregation=Aggregation.LATEST, frequency=Frequency.QUARTER,
        status_rule=StatusRule.AGAINST_TARGET, target=27.8, tolerance=1.0, polarity=polarity, decimals=1,
    )  # fmt: skip
    found = assessed(measure, [observed(measure, quarter(2015, 3), value)])
    assert found.status is status
    assert found.reason.startswith(f"£{value:.1f}m in Q3 2015/16 against a target of £27.8m (tolerance £1.0m)")


def test_savings_over_the_plan_are_told_for_their_span() -> None:
    measure = a_measure(
        kind=Kind.MONEY, unit="£ million", aggregation=Aggregation.LATEST, frequency=Frequency.QUARTER,
        status_rule=StatusRule.AGAINST_TARGET, target=27.8, tolerance=0.0, polarity=Polarity.HIGHER, decimals=1,
    )  # fmt: skip
    found = assessed(measure, [observed(measure, span(date(2013, 4, 1), date(2017, 3, 31)), 31.0)])
    assert found.status is Status.TARGET_MET
    assert found.reason == "£31.0m for April 2013 to March 2017 against a target of £27.8m."
    assert found.caveats == ()


def test_a_percentage_against_its_target_says_its_interval() -> None:
    measure = a_proportion(status_rule=StatusRule.AGAINST_TARGET, target=25.0, tolerance=1.0)
    found = assessed(measure, with_base(measure, calendar_year(2015), 245, 1000))
    assert found.status is Status.WITHIN_TOLERANCE
    assert found.interval == pytest.approx((21.94, 27.26), abs=0.02)
    assert "24.5% in the 12 months to December 2015 against a target of 25.0% (tolerance 1.0 points)" in found.reason


def test_a_surveys_design_effect_widens_the_interval_and_is_said_instead_of_a_simple_sample() -> None:
    plain = a_proportion(status_rule=StatusRule.AGAINST_TARGET, target=25.0, tolerance=1.0)
    drawn = a_proportion(status_rule=StatusRule.AGAINST_TARGET, target=25.0, tolerance=1.0, design_effect=2.0)
    fewer = assessed(plain, with_base(plain, calendar_year(2015), 122.5, 500))
    found = assessed(drawn, with_base(drawn, calendar_year(2015), 245, 1000))
    assert found.interval == pytest.approx(fewer.interval)
    assert "The interval allows for the survey’s design effect of 2." in found.caveats
    against = a_proportion(design_effect=2.0)
    years = [*with_base(against, BASELINE, 800, 1000), *with_base(against, calendar_year(2015), 700, 1000)]
    said = assessed(against, years).caveats
    assert SAMPLE_CAVEAT not in said
    assert "The interval allows for the survey’s design effect of 2." in said


def test_a_rate_is_per_1000_people_and_its_interval_is_byars() -> None:
    measure = a_rate(status_rule=StatusRule.AGAINST_TARGET, target=5.0)
    found = assessed(measure, with_base(measure, calendar_year(2015), 100, 25_000))
    assert found.status is Status.TARGET_MET
    assert found.reason.startswith("4.0 in 2015 against a target of 5.0; the rate behind it could be 3.3 to 4.9")
    assert found.interval == pytest.approx([40 * end for end in byar(100, 1000)])
    few = assessed(measure, with_base(measure, calendar_year(2015), 19, 25_000))
    assert few.short_reason == "Small numbers"


def test_two_rates_are_not_tested_against_each_other() -> None:
    measure = a_rate()
    years = [*with_base(measure, BASELINE, 500, 100), *with_base(measure, financial_year(2014), 300, 100)]
    found = assessed(measure, years)
    assert (found.status, found.short_reason) == (Status.NOT_ASSESSED, "Rates")


def test_more_events_than_their_base_are_no_proportion_and_are_not_tested() -> None:
    measure = a_proportion()
    years = [*with_base(measure, BASELINE, 80, 100), *with_base(measure, calendar_year(2015), 101, 100)]
    assert assessed(measure, years).short_reason == "No proportion"


def test_without_a_target_there_is_nothing_to_meet() -> None:
    measure = a_measure(status_rule=StatusRule.AGAINST_TARGET)
    assert assessed(measure, monthly(measure, [50] * 45)).short_reason == "No target"


# ---------------------------------------------------------------- control chart


def test_a_control_chart_status_follows_the_last_point_and_says_what_it_leaves_out() -> None:
    measure = a_measure(status_rule=StatusRule.CONTROL_CHART)
    steady = ([50.0, 54.0, 52.0, 55.0, 49.0] * 9)[:44]
    high = assessed(measure, monthly(measure, [*steady, 90.0]))
    assert high.status is Status.DETERIORATING
    assert "no season found" in high.reason
    assert "provisional" in high.reason
    assert assessed(measure, monthly(measure, steady)).status is Status.NO_CLEAR_CHANGE
    constant = assessed(measure, monthly(measure, [50.0] * 45))
    assert (constant.status, constant.short_reason) == (Status.NOT_ASSESSED, "No limits")
    gap: list[float | None] = [*steady]
    gap[40] = None
    assert assessed(measure, monthly(measure, gap)).status is Status.NO_CLEAR_CHANGE


def test_a_control_chart_status_is_given_to_no_small_numbers() -> None:
    """Five a quarter are enough for limits, but under 20 a year are not assessed by any rule."""
    measure = a_measure(status_rule=StatusRule.CONTROL_CHART, frequency=Frequency.QUARTER)
    few, enough = ([level, level + 1.0] * 7 for level in (4.0, 5.0))
    by_level = [
        assessed(measure, [observed(measure, quarter(2012, 1).shifted(3 * at), one) for at, one in enumerate(values)])
        for values in (few, enough)
    ]
    assert [one.short_reason for one in by_level] == ["Small numbers", ""]
    assert by_level[0].reason == "Small numbers: 18 in 12 months to September 2015, under 20 a year."
    assert by_level[1].status is Status.NO_CLEAR_CHANGE


def test_a_control_chart_status_is_not_that_of_the_figure_before_a_suppressed_one() -> None:
    measure = a_measure(status_rule=StatusRule.CONTROL_CHART)
    items = monthly(measure, [*[50.0, 54.0, 52.0, 55.0, 49.0] * 8, 50.0, 54.0, 52.0, 90.0])
    hidden = observed(measure, month(2015, 12), None, marker=Marker.SUPPRESSED)
    assert assessed(measure, items).status is Status.DETERIORATING
    assert assessed(measure, [*items, hidden]).short_reason == "Small numbers"


# ---------------------------------------------------------------- small numbers as amber


def test_a_panel_may_show_small_numbers_of_every_rule_as_amber_and_what_the_rule_says_stays() -> None:
    count, by_chart = a_measure(), a_measure(status_rule=StatusRule.CONTROL_CHART)
    share, target = a_proportion(), a_proportion(status_rule=StatusRule.AGAINST_TARGET, target=25.0)
    hidden = observed(count, month(2015, 12), None, marker=Marker.SUPPRESSED)
    small: list[tuple[Measure, list[Observation]]] = [
        (count, monthly(count, [1.5] * 45)),
        (count, [*monthly(count, [50.0] * 44), hidden]),
        (by_chart, monthly(by_chart, [1.0, 2.0, 1.0] * 15)),
        (share, satisfaction(share, 20, 29)),
        (target, satisfaction(target, 20, 29)),
    ]
    for measure, items in small:
        plain, shown = assessed(measure, items), assessed(measure, items, amber=True)
        assert (plain.status, plain.short_reason) == (Status.NOT_ASSESSED, "Small numbers")
        assert (shown.status, shown.status.mark, shown.short_reason) == (
            Status.SMALL_NUMBERS,
            Status.NO_CLEAR_CHANGE.mark,
            "Not assessed",
        )
        assert (shown.rule, shown.reason) == (plain.rule, plain.reason)
        assert shown.caveats == (*plain.caveats, AMBER_CAVEAT)


def test_nothing_else_is_amber_by_convention() -> None:
    measure = a_measure()
    for items in ([], monthly(measure, [50.0] * 30), monthly(measure, counted_months(1.5, 20))):
        assert assessed(measure, items, amber=True) == assessed(measure, items)


def test_small_numbers_outweigh_no_judgement() -> None:
    """A convention says nothing of a priority whose other lead measure is judged."""
    assert worst([Status.SMALL_NUMBERS, Status.IMPROVING]) is Status.IMPROVING
    assert worst([Status.NOT_ASSESSED, Status.SMALL_NUMBERS]) is Status.SMALL_NUMBERS


# ---------------------------------------------------------------- holds and priorities


def test_a_hold_says_its_public_words_and_no_more() -> None:
    found = held(Clearance("m", ClearanceState.EMBARGOED, THROUGH))
    assert found.status is Status.NOT_ASSESSED
    assert found.reason == "Not published before national release"
    assert found.interval is None
    assert "embargo" not in f"{found.rule} {found.reason} {found.short_reason}".lower()


def test_a_priority_shows_the_worst_of_its_lead_measures() -> None:
    assert worst([Status.IMPROVING, Status.DETERIORATING, Status.NOT_ASSESSED]) is Status.DETERIORATING
    assert worst([Status.TARGET_MET, Status.WITHIN_TOLERANCE]) is Status.WITHIN_TOLERANCE
    assert worst([Status.NOT_ASSESSED, Status.IMPROVING]) is Status.IMPROVING
    assert worst([]) is Status.NOT_ASSESSED
    assert priority_status([Assessment(Status.TARGET_MISSED, "", "")]) is Status.TARGET_MISSED


@given(st.lists(st.sampled_from(Status), min_size=1), st.randoms())
def test_the_worst_does_not_depend_on_the_order_and_is_one_of_them(statuses: list[Status], order: object) -> None:
    assert worst(statuses) in statuses
    assert worst(statuses).mark is worst(statuses[::-1]).mark


def override(status: Status, reason: str = "The figures of one station were lost.") -> Override:
    return Override(status, reason, "Performance officer", datetime(2016, 2, 26, 14, 32))


def test_an_override_keeps_the_computed_status_and_its_numbers_beside_its_own() -> None:
    measure = a_measure()
    computed = assessed(measure, monthly(measure, counted_months(1.3)))
    by_hand = override(Status.NO_CLEAR_CHANGE)
    found = overridden(computed, by_hand)
    assert (found.status, found.computed) == (Status.NO_CLEAR_CHANGE, computed.status)
    assert found.override == by_hand
    assert (found.rule, found.reason, found.p_value) == (computed.rule, computed.reason, computed.p_value)
    again = overridden(found, override(Status.IMPROVING))
    assert (again.status, again.computed) == (Status.IMPROVING, computed.status)
    assert overridden(computed, None) == computed


def test_an_override_without_a_reason_or_with_a_status_of_targets_is_refused() -> None:
    measure = a_measure()
    computed = assessed(measure, monthly(measure, counted_months(1.3)))
    for by_hand in (override(Status.IMPROVING, "  "), override(Status.TARGET_MET)):
        with pytest.raises(UserError, match="The status was not changed"):
            overridden(computed, by_hand)


def test_what_is_held_cannot_be_given_a_status_by_hand() -> None:
    clearance = Clearance("m", ClearanceState.EMBARGOED, THROUGH)
    assert overridden(held(clearance), override(Status.IMPROVING)) == held(clearance)


def test_too_early_tells_no_year_to_date_across_a_break() -> None:
    measure = a_measure()
    items = monthly(measure, [50] * 30, (2011, 4))
    found = assessed(measure, items, Break("m", date(2013, 4, 1), "new rules"), through=date(2013, 9, 30))
    assert found.status is Status.NOT_ASSESSED
    assert "against" not in found.reason
