"""What holds for a measure at a day: holds until lifted, clearances as far as they reach, parts only together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from pcp_desktop.domain.clearance import Clearance, ClearanceState, HoldTerms, area_hold, clearance_at

Q2, Q3, Q4 = date(2015, 9, 30), date(2015, 12, 31), date(2016, 3, 31)
CLEARED, WAITING, EMBARGOED = ClearanceState.CLEARED, ClearanceState.WAITING, ClearanceState.EMBARGOED
SUPPLIERS = ("County", "City", "Rutland")


def record(state: ClearanceState, through: date = Q3, organisation: str = "") -> Clearance:
    return Clearance("m", state, through, organisation=organisation)


def state_of(*records: Clearance, day: date = Q3, suppliers: tuple[str, ...] = ()) -> ClearanceState:
    return clearance_at(records, "m", day, "the board", suppliers).state


def test_a_clearance_counts_as_far_as_it_reaches() -> None:
    assert state_of(record(CLEARED)) is CLEARED
    assert state_of(record(CLEARED), day=Q2) is CLEARED
    assert state_of(record(CLEARED), day=Q4) is WAITING
    assert state_of(replace(record(CLEARED), measure="another")) is WAITING


def test_a_hold_stands_until_it_is_lifted_whatever_its_day() -> None:
    assert state_of(record(CLEARED), record(EMBARGOED), day=Q4) is EMBARGOED
    assert state_of(record(EMBARGOED, Q4), record(CLEARED)) is CLEARED
    assert state_of(record(EMBARGOED, Q4), record(CLEARED), day=Q4) is EMBARGOED


@pytest.mark.parametrize("order", list(permutations(SUPPLIERS)))
def test_the_total_is_cleared_with_its_last_part_and_not_before(order: tuple[str, ...]) -> None:
    records = [record(CLEARED, organisation=name) for name in order]
    for count in range(len(records)):
        assert state_of(*records[:count], suppliers=SUPPLIERS) is WAITING
    assert state_of(*records, suppliers=SUPPLIERS) is CLEARED
    assert state_of(*records, suppliers=(*SUPPLIERS, "Another")) is WAITING
    assert state_of(*records) is WAITING  # nothing says who supplies it


def test_every_part_has_to_reach_the_day() -> None:
    two = SUPPLIERS[:2]
    county, city = record(CLEARED, Q4, "County"), record(CLEARED, Q3, "City")
    assert state_of(county, city, suppliers=two) is CLEARED
    assert state_of(county, city, day=Q4, suppliers=two) is WAITING
    assert state_of(record(CLEARED), county, day=Q4, suppliers=two) is WAITING
    assert state_of(county, day=Q4, suppliers=("County",)) is CLEARED


def test_parts_cleared_before_a_hold_do_not_count_after_it() -> None:
    two = SUPPLIERS[:2]
    county, city = (record(CLEARED, organisation=name) for name in two)
    assert state_of(county, city, record(WAITING), suppliers=two) is WAITING
    assert state_of(county, record(WAITING), city, suppliers=two) is WAITING
    assert state_of(record(WAITING), county, city, suppliers=two) is CLEARED
    assert state_of(record(WAITING), county, record(CLEARED), suppliers=two) is CLEARED


def test_a_hold_on_one_areas_figures_ends_with_its_own_clearing_alone() -> None:
    north = replace(record(ClearanceState.EXEMPT), area="North")
    records = (record(CLEARED), north)
    assert clearance_at(records, "m", Q3, "").state is CLEARED
    assert area_hold(records, "m", "North") == north
    assert area_hold(records, "m", "South") is None
    assert area_hold((*records, record(CLEARED, Q4)), "m", "North") == north
    assert area_hold((*records, replace(record(CLEARED), area="North")), "m", "North") is None


@pytest.mark.parametrize(
    ("hold", "enough"),
    [
        (Clearance("m", WAITING, Q3, until="the board"), True),
        (Clearance("m", WAITING, Q3), False),
        (Clearance("m", ClearanceState.EXEMPT, Q3, terms=HoldTerms("", "", 3, "Outweighed", "Resolved")), True),
        (Clearance("m", ClearanceState.EXEMPT, Q3, terms=HoldTerms("", "", 3, "Outweighed")), False),
        (Clearance("m", ClearanceState.CONFIDENTIAL, Q3, terms=HoldTerms("On terms", "Home Office")), True),
        (Clearance("m", ClearanceState.CONFIDENTIAL, Q3, terms=HoldTerms("On terms")), False),
        (Clearance("m", EMBARGOED, Q3, terms=HoldTerms(ends_on=Q4)), True),
        (Clearance("m", EMBARGOED, Q3), False),
        (Clearance("m", CLEARED, Q3), True),
    ],
)
def test_a_hold_says_what_one_of_its_kind_must(hold: Clearance, enough: bool) -> None:
    assert (hold.lacks == "") is enough
