"""Whatever a held figure is, every public page, sentence and answer stays the same to the last letter.

This finds what no search for a number can: a status, a count of measures, a rank, an order, an axis, a note or a test
made stricter that would tell something of a figure without printing it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pcp_desktop.cli.shapes import status_shape
from pcp_desktop.domain.clearance import Audience, Clearance, ClearanceState
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.observations import Observation
from pcp_desktop.domain.periods import quarter
from pcp_desktop.workspace import Workspace
from pcp_desktop.workspace.sample import sample_clock

Q3 = quarter(2015, 3)
GROUPS = 2
"""Every measure is held in one of so many turns, with those beside it public."""
KINDS = (ClearanceState.WAITING, ClearanceState.CONFIDENTIAL, ClearanceState.EMBARGOED, ClearanceState.EXEMPT)
CITY = "Leicester City"
SUPPLIERS = ("Leicester City Council", "Leicestershire Police")


@pytest.fixture(scope="module")
def workspace(sample_panel_as_made: Path) -> Iterator[Workspace]:
    with Workspace.open(sample_panel_as_made, sample_clock, read_only=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def facts(workspace: Workspace) -> Facts:
    """The sample quarter, with nothing held."""
    found = workspace.facts()
    return replace(
        found,
        clearances=tuple(Clearance(one.code, ClearanceState.CLEARED, Q3.end, on=Q3.end) for one in found.measures),
    )


def everything(workspace: Workspace, facts: Facts, audience: Audience) -> dict[str, str]:
    """All that an audience is shown of some facts, by what it is."""
    workspace._facts = facts
    overview, priorities = workspace._pages(Q3, audience)
    return {
        "overview": repr(overview),
        "status": repr(status_shape(overview)),
        "report": repr(workspace._report(overview, priorities)),
        **{page.code: repr(page) for page in priorities},
        **(partners(workspace, facts) if audience is Audience.PUBLIC else {}),
    }


def partners(workspace: Workspace, facts: Facts) -> dict[str, str]:
    """What two suppliers are sent back."""
    workspace._facts = facts
    return {f"{name}’s workbook": repr(workspace.partner(name, Q3)) for name in SUPPLIERS}


def altered(facts: Facts, is_held: Callable[[Observation], bool]) -> Facts:
    """The facts with every held figure another one: larger, smaller, gone, or other words."""

    def other(at: int, one: Observation) -> Observation:
        if one.text:
            return replace(one, text="Something else altogether was written here.")
        if one.value is None or at % 7 == 0:
            return replace(one, value=None)
        return replace(one, value=one.value * 3 + 1 if at % 2 else one.value / 3)

    observations = (other(at, one) if is_held(one) else one for at, one in enumerate(facts.observations))
    return replace(facts, observations=tuple(observations))


@pytest.mark.parametrize("turn", range(GROUPS))
def test_held_measures_have_no_part_in_anything_public(workspace: Workspace, facts: Facts, turn: int) -> None:
    held = [one.code for one in facts.measures[turn::GROUPS]]
    theirs = {one.code for one in facts.measures if set(SUPPLIERS) & set(one.organisations)}
    holds = tuple(Clearance(code, KINDS[at % 4], Q3.end, "its time", on=Q3.end) for at, code in enumerate(held))
    standing = replace(facts, clearances=(*facts.clearances, *holds))
    changed = altered(standing, lambda one: one.key.measure in held)
    before, after = (everything(workspace, one, Audience.PUBLIC) for one in (standing, changed))
    told = [name for name in before if before[name] != after[name] and "workbook" not in name]
    assert told == []
    changed = altered(standing, lambda one: one.key.measure in held and one.key.measure not in theirs)
    others = partners(workspace, changed)
    assert [name for name in others if before[name] != others[name]] == []


def test_a_closed_door_makes_nobody_a_recipient(workspace: Workspace, facts: Facts) -> None:
    """The restricted page adds exempt figures; of the other three kinds of hold nothing is in it."""
    held = [one.code for one in facts.measures[::2]]
    holds = tuple(Clearance(code, KINDS[at % 3], Q3.end, "its time", on=Q3.end) for at, code in enumerate(held))
    standing = replace(facts, clearances=(*facts.clearances, *holds))
    changed = altered(standing, lambda one: one.key.measure in held)
    before, after = (everything(workspace, one, Audience.RESTRICTED) for one in (standing, changed))
    assert [name for name in before if before[name] != after[name]] == []


def test_a_held_area_has_no_part_in_anything_public(workspace: Workspace, facts: Facts) -> None:
    measures = [one.code for one in facts.measures if CITY in one.areas]
    holds = tuple(Clearance(code, ClearanceState.EXEMPT, Q3.end, on=Q3.end, area=CITY) for code in measures)
    standing = replace(facts, clearances=(*facts.clearances, *holds))
    changed = altered(standing, lambda one: one.key.measure in measures and one.key.area == CITY)
    before, after = (everything(workspace, one, Audience.PUBLIC) for one in (standing, changed))
    told = [name for name in before if before[name] != after[name]]
    assert told == ["Leicester City Council’s workbook"]  # its own figures


def test_the_comparison_would_tell_a_difference(workspace: Workspace, facts: Facts) -> None:
    changed = altered(facts, lambda one: one.key.measure == "domestic-burglary")
    before, after = (everything(workspace, one, Audience.PUBLIC) for one in (facts, changed))
    told = {name for name in before if before[name] != after[name]}
    assert {"overview", "status", "report", "SP12", "Leicestershire Police’s workbook"} <= told
