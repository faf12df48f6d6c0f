"""The verbs about clearance: one step each, undoable, seen by the public view; a board clears nothing but its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pcp_desktop.domain.clearance import (
    NO_TERMS,
    Audience,
    BoardDate,
    Clearance,
    ClearanceState,
    HoldTerms,
    Recipient,
)
from pcp_desktop.domain.clearance_page import ClearanceGroup, ClearanceRow
from pcp_desktop.errors import UserError
from pcp_desktop.paths import sample_workbooks
from pcp_desktop.store.panel_file import PanelFile
from pcp_desktop.workspace import Workspace, plan_contents
from pcp_desktop.workspace.sample import sample_clock

END = date(2015, 12, 31)
EXEMPT = HoldTerms("About one person", "Head of Law", 1, "Privacy outweighs", "Resolved on 23 March 2016")


@pytest.fixture
def workspace(sample_panel: Path) -> Iterator[Workspace]:
    with Workspace.open(sample_panel, sample_clock) as opened:
        yield opened


def row(workspace: Workspace, measure: str) -> ClearanceRow:
    """A measure's row of the clearance page."""
    return next(one for one in workspace.clearance(workspace.default_period()).rows if one.measure == measure)


def public_value(workspace: Workspace, measure: str) -> float | None:
    """What the public sees of a measure."""
    rows = workspace.overview(workspace.default_period(), Audience.PUBLIC).all_rows
    return next(one for one in rows if one.measure == measure).latest.value


def test_holding_and_clearing_change_what_the_public_sees_and_are_undone(workspace: Workspace) -> None:
    assert public_value(workspace, "all-crime") == 59653
    workspace.hold(Clearance("all-crime", ClearanceState.EXEMPT, END, terms=EXEMPT))
    assert public_value(workspace, "all-crime") is None
    assert row(workspace, "all-crime").group is ClearanceGroup.HELD
    workspace.clear_measure("all-crime", workspace.default_period())
    assert public_value(workspace, "all-crime") == 59653
    workspace.undo()
    assert public_value(workspace, "all-crime") is None
    workspace.undo()
    assert public_value(workspace, "all-crime") == 59653


def test_an_embargo_is_lifted_only_by_clearing_the_measure_itself(workspace: Workspace) -> None:
    assert not workspace.clear("treatment")
    assert public_value(workspace, "treatment-opiate") is None
    workspace.clear_measure("treatment-opiate", workspace.default_period())
    assert public_value(workspace, "treatment-opiate") is not None
    following = workspace.default_period().shifted(3)
    held = next(one for one in workspace.clearance(following).rows if one.measure == "treatment-opiate")
    assert held.clearance.state is ClearanceState.EMBARGOED


def test_clearing_a_whole_return_leaves_what_is_held_otherwise(workspace: Workspace) -> None:
    workspace.hold(Clearance("all-crime", ClearanceState.EXEMPT, END, terms=EXEMPT))
    workspace.clear("recorded-crime")
    assert public_value(workspace, "all-crime") is None


@pytest.mark.parametrize(
    ("state", "until", "terms", "what_to_do"),
    [
        (ClearanceState.WAITING, "", NO_TERMS, "Name the board"),
        (ClearanceState.EXEMPT, "", HoldTerms(paragraph=1), "public interest test"),
        (ClearanceState.CONFIDENTIAL, "", HoldTerms(source="Home Office"), "terms on which"),
        (ClearanceState.EMBARGOED, "", NO_TERMS, "day of release"),
    ],
)
def test_a_hold_that_does_not_say_what_it_must_is_refused(
    workspace: Workspace, state: ClearanceState, until: str, terms: HoldTerms, what_to_do: str
) -> None:
    before = workspace.undoable()
    with pytest.raises(UserError) as caught:
        workspace.hold(Clearance("all-crime", state, END, until, terms=terms))
    assert what_to_do in caught.value.what_to_do
    assert workspace.undoable() == before


def test_moving_a_boards_date_is_seen_on_the_page(workspace: Workspace) -> None:
    workspace.hold(Clearance("cse-referrals", ClearanceState.WAITING, END, until="the sub group"))
    before = row(workspace, "cse-referrals")
    (wait,) = before.boards
    moved = BoardDate(wait.organisation, wait.board, workspace.default_period(), date(2016, 9, 19))
    workspace.move_board(moved)
    after = row(workspace, "cse-referrals")
    assert "available after the board meeting on 19 September 2016" in after.sentence
    workspace.undo()
    assert row(workspace, "cse-referrals") == before


def test_moving_a_boards_date_in_the_calendar_moves_every_measure_that_waits_for_it(workspace: Workspace) -> None:
    period = workspace.default_period()
    for code in ("all-crime", "domestic-burglary"):
        workspace.hold(Clearance(code, ClearanceState.WAITING, END, until="its board"))
    before = workspace.clearance(period)
    (line,) = (one for one in before.calendar if {"All crime", "Domestic burglary"} <= set(one.waiting))
    boards = [(one.wait.organisation, one.wait.board) for one in before.calendar]
    assert len(boards) == len(set(boards))
    moved = BoardDate(line.wait.organisation, line.wait.board, period, date(2016, 9, 19))
    workspace.move_board(moved)
    after = workspace.clearance(period)
    (late,) = (one for one in after.calendar if one.wait.board == line.wait.board)
    assert (late.meets, late.standing) == ("19 September 2016", "Not free before publication day")
    for code in ("all-crime", "domestic-burglary"):
        assert row(workspace, code).group is ClearanceGroup.WAITING
        assert "19 September 2016" in row(workspace, code).sentence
    workspace.move_board(replace(moved, day=date(2016, 3, 1)))
    (soon,) = (one for one in workspace.clearance(period).calendar if one.wait.board == line.wait.board)
    assert soon.standing == "Free before publication day, 15 March 2016"
    workspace.move_board(replace(moved, day=date(2016, 2, 1)))
    first = workspace.clearance(period).calendar[0]
    assert (first.wait.board, first.group) == (line.wait.board, ClearanceGroup.OVERDUE)
    for _step in range(3):
        workspace.undo()
    assert workspace.clearance(period) == before


def test_recipients_are_told_by_role(workspace: Workspace) -> None:
    told = Recipient("treatment-opiate", "Director of Public Health", date(2016, 2, 20), date(2016, 3, 31))
    workspace.tell([told])
    assert [one.role for one in row(workspace, "treatment-opiate").told] == ["Director of Public Health"]
    with pytest.raises(KeyError):
        workspace.tell([Recipient("no-such-measure", "Somebody", END, END)])


def test_a_copy_to_share_does_not_say_why_figures_are_held_nor_who_was_told(
    workspace: Workspace, tmp_path: Path
) -> None:
    workspace.hold(Clearance("all-crime", ClearanceState.EXEMPT, END, terms=EXEMPT))
    workspace.tell([Recipient("all-crime", "Leader of the Council", date(2016, 2, 20), date(2016, 3, 31))])
    workspace.share(tmp_path / "copy.pcp", workspace.default_period())
    with PanelFile.open(tmp_path / "copy.pcp", sample_clock()) as copy:
        facts = copy.facts(sample_clock())
        assert facts.recipients == ()
        assert {one.terms for one in facts.clearances} == {NO_TERMS}
        assert copy.verify().ok
    content = (tmp_path / "copy.pcp").read_bytes()
    assert b"Privacy outweighs" not in content
    assert b"Leader of the Council" not in content


def test_a_board_clears_its_own_organisations_figures_and_the_total_only_with_the_others(
    workspace: Workspace,
) -> None:
    workspace.hold(Clearance("first-time-entrants", ClearanceState.WAITING, END, until="both boards"))
    assert public_value(workspace, "first-time-entrants") is None
    workspace.clear("first-time-entrants-county")
    assert public_value(workspace, "first-time-entrants") is None
    waits = row(workspace, "first-time-entrants")
    assert dict(waits.facts)["Cleared so far"] == "Leicestershire County Council, 26 Feb 2016"
    board = {one.title: one for one in workspace.returns(workspace.default_period()).rows}
    states = {one.organisation: one.clearance.state for one in board.values() if "entrants" in one.title}
    assert states["Leicestershire County Council"] is ClearanceState.CLEARED
    assert states["Leicester City Council"] is ClearanceState.WAITING
    workspace.clear("first-time-entrants-city")
    assert public_value(workspace, "first-time-entrants") is not None
    workspace.undo()
    assert public_value(workspace, "first-time-entrants") is None
    assert workspace.verify().ok


def test_a_part_that_comes_after_the_clearing_makes_the_total_wait_again(tmp_path: Path) -> None:
    county, city = (sample_workbooks() / name for name in ("YOS County and Rutland.xlsx", "YOS City.ods"))
    with Workspace.create(tmp_path / "panel.pcp", plan_contents("2013-17"), sample_clock) as workspace:
        workspace.accept(workspace.review(county))
        workspace.clear("first-time-entrants-county")
        assert row(workspace, "first-time-entrants").clearance.state is ClearanceState.CLEARED
        assert public_value(workspace, "first-time-entrants") is None  # one of two returns makes no total
        workspace.accept(workspace.review(city))
        assert row(workspace, "first-time-entrants").clearance.state is ClearanceState.WAITING
        assert public_value(workspace, "first-time-entrants") is None
        workspace.clear("first-time-entrants-city")
        assert public_value(workspace, "first-time-entrants") is not None
