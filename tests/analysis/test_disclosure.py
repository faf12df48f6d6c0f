"""What disclosure promises: an audience's facts hold nothing that it may not see, so nothing later can leak."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcp_desktop.analysis.disclosure import releasable
from pcp_desktop.analysis.pages.subject import gather
from pcp_desktop.analysis.position import position
from pcp_desktop.analysis.series import build
from pcp_desktop.analysis.small_numbers import published_counts
from pcp_desktop.analysis.status import assess
from pcp_desktop.domain.clearance import Audience, Clearance, ClearanceState
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.measures import Aggregation, Frequency, Kind, Measure
from pcp_desktop.domain.meetings import PublishedPack
from pcp_desktop.domain.observations import Marker, Observation, Part
from pcp_desktop.domain.periods import PeriodKind, calendar_year, financial_year, quarter, span, twelve_months_to
from pcp_desktop.domain.status import Status
from tests.analysis.made_facts import AREA, THROUGH, a_measure, a_proportion, facts_of, monthly, observed, with_base


def everything_of(measure: Measure) -> list[Observation]:
    """Months, text, numerators, parts of the area, peers and the own entry among them."""
    return [
        *monthly(measure, [7.31] * 45),
        *monthly(measure, [3.14] * 45, area="City"),
        *with_base(measure, calendar_year(2015), 55, 66),
        observed(measure, quarter(2015, 3), None, area="Words", text="It went up."),
        observed(measure, calendar_year(2015), 90, area="Ours"),
        observed(measure, calendar_year(2015), 91, area="A"),
    ]


def of(facts: Facts, measure: Measure) -> list[Observation]:
    return [item for item in facts.observations if item.key.measure == measure.code]


@pytest.mark.parametrize(
    ("state", "audience", "seen"),
    [
        (ClearanceState.EMBARGOED, Audience.PUBLIC, False),
        (ClearanceState.EMBARGOED, Audience.RESTRICTED, False),
        (ClearanceState.CONFIDENTIAL, Audience.RESTRICTED, False),
        (ClearanceState.EXEMPT, Audience.RESTRICTED, True),
        (ClearanceState.EXEMPT, Audience.PUBLIC, False),
        (ClearanceState.WAITING, Audience.PUBLIC, False),
        (ClearanceState.EMBARGOED, Audience.WORKING, True),
        (ClearanceState.CLEARED, Audience.PUBLIC, True),
    ],
)
def test_a_held_measure_loses_every_observation_and_others_keep_theirs(
    state: ClearanceState, audience: Audience, seen: bool
) -> None:
    held, free = a_measure("held", areas=("City",)), a_measure("free")
    facts = facts_of(
        [held, free],
        [*everything_of(held), *monthly(free, [5] * 45)],
        clearances=[Clearance("held", state, THROUGH), Clearance("free", ClearanceState.CLEARED, THROUGH)],
    )
    found = releasable(facts, audience, THROUGH)
    assert of(found, held) == (of(facts, held) if seen else [])
    assert of(found, free) == of(facts, free)


def test_a_measure_without_a_clearance_or_cleared_only_earlier_is_held() -> None:
    measure = a_measure()
    items = monthly(measure, [5] * 45)
    for clearances in ([], [Clearance("m", ClearanceState.CLEARED, date(2015, 9, 30))]):
        facts = facts_of([measure], items, clearances=clearances)
        assert releasable(facts, Audience.PUBLIC, THROUGH).observations == ()


def test_nothing_after_the_day_and_nothing_of_an_unknown_measure_is_seen() -> None:
    measure, unknown = a_measure(), a_measure("unknown")
    facts = facts_of([measure], [*monthly(measure, [5] * 48), *monthly(unknown, [5] * 45)])
    found = releasable(facts, Audience.PUBLIC, THROUGH)
    assert len(found.observations) == 45
    assert max(item.key.period.end for item in found.observations) == THROUGH


def test_a_running_total_stated_to_the_plans_end_is_seen_before_that() -> None:
    state = a_measure(aggregation=Aggregation.LATEST, frequency=Frequency.QUARTER, kind=Kind.MONEY)
    items = [observed(state, span(date(2013, 4, 1), date(2017, 3, 31)), 31.0)]
    assert public(state, items) == items
    assert public(state, [observed(state, span(date(2016, 1, 1), date(2017, 3, 31)), 31.0)]) == []


def test_the_working_view_is_untouched() -> None:
    measure = a_measure(sensitive=True)
    facts = facts_of([measure], everything_of(measure), clearances=[])
    assert releasable(facts, Audience.WORKING, THROUGH) is facts


# ---------------------------------------------------------------- sensitive counts


def public(measure: Measure, items: list[Observation]) -> list[Observation]:
    return list(releasable(facts_of([measure], items), Audience.PUBLIC, THROUGH).observations)


def test_a_sensitive_count_is_public_by_complete_financial_years_only() -> None:
    measure = a_measure(sensitive=True)
    found = public(measure, monthly(measure, [10.0] * 12 + [11.0] * 12 + [12.0] * 21))
    assert [(item.key.period, item.value) for item in found] == [
        (financial_year(2012), 120.0),
        (financial_year(2013), 132.0),
        (financial_year(2014), 144.0),
    ]
    assert found[0].source.cell == "V1204 to V1303"


def test_a_year_with_a_missing_month_is_not_public() -> None:
    measure = a_measure(sensitive=True)
    values: list[float | None] = [10.0] * 45
    values[14] = None
    years = [item.key.period.label for item in public(measure, monthly(measure, values))]
    assert years == ["2012/13", "2014/15"]


@pytest.mark.parametrize(
    ("total", "shown", "marker"),
    [(0, 0, Marker.FINAL), (1, None, Marker.SUPPRESSED), (4, None, Marker.SUPPRESSED), (5, 5, Marker.FINAL)],
)
def test_small_years_are_suppressed_and_nil_is_shown(total: int, shown: int | None, marker: Marker) -> None:
    measure = a_measure(sensitive=True)
    found = public(measure, monthly(measure, [float(total)] + [0.0] * 11))
    assert [(item.value, item.marker) for item in found] == [(shown, marker)]


def test_the_threshold_is_the_measures_own() -> None:
    measure = a_measure(sensitive=True, small_number_threshold=10)
    assert public(measure, monthly(measure, [9.0] + [0.0] * 11))[0].value is None
    assert public(measure, monthly(measure, [10.0] + [0.0] * 11))[0].value == 10


def test_rolling_totals_and_the_own_entry_among_peers_are_dropped_but_years_of_parts_and_peers_stay() -> None:
    measure = a_measure(sensitive=True, areas=("City", "County"))
    items = monthly(measure, [3.0] * 45, area="City") + monthly(measure, [4.0] * 45, area="County")
    for force in ("Ours", "A"):
        items.append(observed(measure, twelve_months_to(2015, 12), 90, area=force))
        items.append(observed(measure, twelve_months_to(2015, 12), 1000, Part.DENOMINATOR, force))
    found = public(measure, items)
    assert {item.key.area for item in found} == {AREA, "A", "City", "County"}
    for area, value in ((AREA, 84.0), ("City", 36.0), ("County", 48.0)):
        own = [item for item in found if item.key.area == area]
        assert [(item.key.period.kind, item.value) for item in own] == [(PeriodKind.FINANCIAL_YEAR, value)] * 3
    facts = releasable(facts_of([measure], items), Audience.PUBLIC, THROUGH)
    assert position(facts, measure, THROUGH) is None


PARTS = ("North", "South", "West")


def parts_of_a_year(measure: Measure, *counts: float) -> list[Observation]:
    """A financial year of each part, the whole count in its first month."""
    return [
        item
        for area, count in zip(PARTS, counts, strict=True)
        for item in monthly(measure, [count] + [0.0] * 11, area=area)
    ]


def shown(found: list[Observation]) -> dict[str, float | None]:
    return {item.key.area: item.value for item in found}


def test_a_small_part_takes_another_with_it_so_that_the_total_does_not_give_it_away() -> None:
    measure = a_measure(sensitive=True, areas=PARTS)
    found = public(measure, parts_of_a_year(measure, 3, 8, 20))
    assert shown(found) == {AREA: 31, "North": None, "South": None, "West": 20}
    assert {item.marker for item in found if item.value is None} == {Marker.SUPPRESSED}
    assert shown(public(measure, parts_of_a_year(measure, 0, 8, 20))) == {
        AREA: 28,
        "North": 0,
        "South": 8,
        "West": 20,
    }


def test_what_a_published_pack_hid_is_not_given_away_by_a_later_one() -> None:
    """The north's 3 is revised to 7. Were the south shown now, it would give the 3 away with the total of then."""
    measure = a_measure(sensitive=True, areas=PARTS)
    before = facts_of([measure], parts_of_a_year(measure, 3, 8, 20))
    counts = published_counts(before, THROUGH)
    assert {(one.area, one.value) for one in counts if not one.was_shown} == {("North", 3.0), ("South", 8.0)}
    pack = PublishedPack(0, Audience.PUBLIC, "", "", 0, 0, before.now, "", "", counts=counts)
    after = replace(facts_of([measure], parts_of_a_year(measure, 7, 8, 20)), packs=(pack,))
    now = shown(list(releasable(after, Audience.PUBLIC, THROUGH).observations))
    assert now["South"] is None
    assert now["West"] == 20
    assert [now[AREA], now["North"]].count(None) == 1
    forgetful = shown(list(releasable(replace(after, packs=()), Audience.PUBLIC, THROUGH).observations))
    assert forgetful == {AREA: 35, "North": 7, "South": 8, "West": 20}


def test_an_area_whose_count_is_hidden_has_sent_its_return() -> None:
    measure = a_measure(sensitive=True, areas=PARTS)
    facts = facts_of([measure], parts_of_a_year(measure, 1, 1, 0))
    line = gather(facts, quarter(2015, 3), Audience.PUBLIC).subject(measure)
    assert line.missing_parts == 0
    assert (line.assessment.status, line.latest) == (Status.NOT_ASSESSED, None)


def test_other_sensitive_figures_are_not_public_at_all() -> None:
    share = a_proportion(sensitive=True)
    assert public(share, with_base(share, calendar_year(2015), 3, 40)) == []
    rolling = a_measure(sensitive=True, frequency=Frequency.TWELVE_MONTHS)
    assert public(rolling, [observed(rolling, twelve_months_to(2015, 12), 90)]) == []
    state = a_measure(sensitive=True, aggregation=Aggregation.LATEST, frequency=Frequency.QUARTER, kind=Kind.SCORE)
    assert public(state, [observed(state, quarter(2015, 3), 90)]) == []


def test_the_status_of_a_sensitive_count_follows_from_its_public_years_alone() -> None:
    measure = a_measure(sensitive=True)
    items = monthly(measure, [6.0] * 12 + [2.0] * 33)
    facts = releasable(facts_of([measure], items), Audience.PUBLIC, THROUGH)
    found = assess(facts, measure, AREA, THROUGH, build(facts, measure, AREA, THROUGH))
    assert found.status is Status.IMPROVING
    assert "24 in 2014/15 against 72 in 2012/13" in found.reason
    suppressed = releasable(facts_of([measure], monthly(measure, [6.0] * 24 + [0.25] * 21)), Audience.PUBLIC, THROUGH)
    hidden = assess(suppressed, measure, AREA, THROUGH, build(suppressed, measure, AREA, THROUGH))
    assert (hidden.status, hidden.short_reason) == (Status.NOT_ASSESSED, "Small numbers")


@given(st.lists(st.integers(0, 3), min_size=12, max_size=45))
def test_no_protected_year_can_be_read_from_what_is_public(values: list[int]) -> None:
    measure = a_measure(sensitive=True)
    found = public(measure, monthly(measure, [float(value) for value in values]))
    assert all(item.value is None or item.value == 0 or item.value >= 5 for item in found)
    assert all(item.key.period.kind is PeriodKind.FINANCIAL_YEAR for item in found)
    assert len(found) == len(values) // 12
