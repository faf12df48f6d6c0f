"""A hold on one area's figures: the area keeps its line for the public, and nothing of the papers gives it away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pcp_desktop.domain.clearance import Audience, Clearance, ClearanceState, HoldTerms
from pcp_desktop.domain.clearance_page import ClearanceRow
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.measures import Measure
from pcp_desktop.domain.pages import MeasureRow
from pcp_desktop.domain.periods import quarter
from pcp_desktop.workspace import Workspace
from pcp_desktop.workspace.held_texts import held_texts
from pcp_desktop.workspace.sample import sample_clock

Q3 = quarter(2015, 3)
ENTRANTS, CITY, COUNTY = "first-time-entrants", "Leicester City", "Leicestershire and Rutland"
AREA = "Leicester, Leicestershire and Rutland"
EXEMPT = HoldTerms("A few young people", "Head of Law", 2, "Privacy outweighs", "Resolved on 23 March 2016")
HOLD = Clearance(ENTRANTS, ClearanceState.EXEMPT, Q3.end, terms=EXEMPT, area=CITY)


@pytest.fixture
def workspace(sample_panel: Path) -> Iterator[Workspace]:
    with Workspace.open(sample_panel, sample_clock) as opened:
        opened.hold(HOLD)
        yield opened


def lines(workspace: Workspace, audience: Audience) -> dict[str, MeasureRow]:
    """The lines of the measure by area."""
    return {row.area: row for row in workspace.overview(Q3, audience).all_rows if row.measure == ENTRANTS}


def held_rows(workspace: Workspace) -> dict[str, ClearanceRow]:
    rows = workspace.clearance(Q3).rows
    return {row.area: row for row in rows if row.measure == ENTRANTS}


def test_the_public_reads_the_other_area_and_why_there_is_nothing_of_this_one(workspace: Workspace) -> None:
    public, working = lines(workspace, Audience.PUBLIC), lines(workspace, Audience.WORKING)
    for area in (CITY, AREA):
        row = public[area]
        assert row.held_words == "Not published: exempt information"
        assert {one.value for one in (row.latest, row.baseline, row.change, row.change_percent)} == {None}
        assert (row.position, row.sparkline, row.status.value) == (None, None, "not assessed")
        assert working[area].latest.value is not None
    assert public[COUNTY].latest == working[COUNTY].latest
    assert public[COUNTY].latest.value is not None
    assert public[COUNTY].held_words == ""
    page = workspace.priority("SP1", Q3, Audience.PUBLIC)
    (panel,) = (one for one in page.measures if one.row.measure == ENTRANTS)
    assert panel.charts == ()
    assert page.held


def test_commentary_about_the_area_or_the_total_is_held_and_about_the_other_area_is_not(workspace: Workspace) -> None:
    text = "\n\n".join(f"There were {{{{{ENTRANTS}{area}.latest}}}}." for area in (f"@{CITY}", f"@{COUNTY}", ""))
    workspace.write_commentary("SP1", Q3, text)
    paragraphs = workspace.commentary("SP1", Q3, Audience.PUBLIC).paragraphs
    assert [bool(one.held_words) for one in paragraphs] == [True, False, True]


def test_the_restricted_page_shows_an_exempt_area_and_the_total(workspace: Workspace) -> None:
    restricted = lines(workspace, Audience.RESTRICTED)
    assert all(restricted[area].latest.value is not None for area in (CITY, COUNTY, AREA))
    workspace.hold(replace(HOLD, state=ClearanceState.CONFIDENTIAL, terms=HoldTerms("On terms", "Ministry")))
    restricted = lines(workspace, Audience.RESTRICTED)
    assert [restricted[area].latest.value is None for area in (CITY, COUNTY, AREA)] == [True, False, True]


def test_the_gate_searches_for_the_area_and_the_total_but_not_for_what_the_public_reads(workspace: Workspace) -> None:
    facts, working = workspace.facts(), lines(workspace, Audience.WORKING)
    searched = {one.text for one in held_texts(facts, Q3.end, Audience.PUBLIC) if "entrants" in one.what.lower()}
    assert {working[CITY].latest.shown, working[AREA].latest.shown} <= searched
    assert working[COUNTY].latest.shown not in searched


def test_the_page_of_clearance_has_a_row_for_the_area_which_is_cleared_by_itself_or_with_the_measure(
    workspace: Workspace,
) -> None:
    rows = held_rows(workspace)
    assert rows[CITY].label.endswith(f", {CITY}")
    assert rows[CITY].sentence.endswith(f" in {CITY}. Not published: exempt information.")
    assert ("Held for", CITY) in rows[""].facts
    assert rows[""].clearance.state is ClearanceState.EXEMPT
    before = lines(workspace, Audience.PUBLIC)
    for area in (CITY, ""):
        workspace.clear_measure(ENTRANTS, Q3, area=area)
        assert set(held_rows(workspace)) == {""}
        assert lines(workspace, Audience.PUBLIC)[AREA].latest.value is not None
        workspace.undo()
        assert lines(workspace, Audience.PUBLIC) == before
    workspace.clear("first-time-entrants-city")  # its board's word ends no hold of another kind
    assert lines(workspace, Audience.PUBLIC) == before


def test_only_an_area_of_the_measure_can_be_held(workspace: Workspace) -> None:
    with pytest.raises(KeyError):
        workspace.hold(replace(HOLD, area="Kent"))


# ---------------------------------------------------------------- measures that are parts of others


def parts(facts: Facts, *holds: Clearance) -> dict[str, ClearanceState]:
    """The clearance of a total, its two parts and a part of a part, all cleared but for some holds."""
    first = facts.measures[0]
    of = {"total": "", "one": "total", "two": "total", "half": "one"}
    measures = tuple(replace(first, code=code, part_of=above, areas=()) for code, above in of.items())
    cleared = tuple(Clearance(code, ClearanceState.CLEARED, Q3.end, on=date(2016, 2, 3)) for code in of)
    made = replace(facts, measures=measures, clearances=(*cleared, *holds))

    def state(measure: Measure) -> ClearanceState:
        return made.clearance(measure, Q3.end).state

    return {measure.code: state(measure) for measure in measures}


@pytest.mark.parametrize(
    ("held", "with_it"),
    [("half", {"half", "one", "total"}), ("two", {"two", "total"}), ("one", {"one", "half", "total"}),
     ("total", {"total", "one", "two", "half"})],
)  # fmt: skip
def test_a_held_part_holds_the_totals_over_it_and_a_held_total_its_parts(
    sample_panel: Path, held: str, with_it: set[str]
) -> None:
    with Workspace.open(sample_panel, sample_clock, read_only=True) as workspace:
        states = parts(workspace.facts(), Clearance(held, ClearanceState.CONFIDENTIAL, Q3.end, on=date(2016, 2, 4)))
    assert {code for code, state in states.items() if state is not ClearanceState.CLEARED} == with_it
