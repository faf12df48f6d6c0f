"""Holds with their terms, board dates and recipients: each one deed, logged, verified, undone and done again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pcp_desktop.domain.changes import Changes
from pcp_desktop.domain.clearance import ClearanceState
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.held_access import Access, HeldAccess
from pcp_desktop.domain.periods import quarter
from pcp_desktop.errors import UserError
from pcp_desktop.store import clearances
from pcp_desktop.store.panel_file import PanelFile
from tests.store import examples
from tests.store.examples import BY, NOW, later


@pytest.fixture
def panel(tmp_path: Path) -> Iterator[PanelFile]:
    with PanelFile.create(tmp_path / "panel.pcp", examples.contents(), NOW) as made:
        yield made


Deed = Callable[[PanelFile], Changes]
DEEDS: dict[str, tuple[Deed, str]] = {
    "hold": (
        lambda panel: panel.record_clearances([examples.exempt("m1")], later(1), BY),
        "Holding “Measure m1 – “quoted””",
    ),
    "clear": (
        lambda panel: panel.record_clearances([examples.clearance("m0")], later(1), BY),
        "Clearing “Measure m0 – “quoted””",
    ),
    "board": (
        lambda panel: panel.move_board(examples.board_date(), later(1), BY),
        f"Moving the date of “{examples.BOARD}” to 18 March 2016",
    ),
    "told": (
        lambda panel: panel.tell([examples.recipient(), examples.recipient("Head of Paid Service")], later(1), BY),
        "Recording who was told: Chief Executive, Head of Paid Service",
    ),
}


@pytest.mark.parametrize("name", DEEDS)
def test_each_is_one_step_that_is_logged_and_undone_and_done_again(panel: PanelFile, name: str) -> None:
    deed, title = DEEDS[name]
    before, entries = panel.facts(NOW), panel.verify().log_entries
    assert deed(panel).clearances
    after = panel.facts(NOW)
    assert after != before
    assert panel.verify().log_entries == entries + 1
    assert panel.undoable() == title
    for turn, facts in ((panel.undo, before), (panel.redo, after), (panel.undo, before)):
        assert turn(later(2), BY).clearances
        assert panel.facts(NOW) == facts
        assert panel.verify().ok


def test_a_hold_keeps_its_reason_source_and_end(panel: PanelFile) -> None:
    panel.record_clearances([examples.exempt("m1")], NOW, BY)
    (kept,) = panel.facts(NOW).clearances
    assert kept == replace(examples.exempt("m1"), on=NOW.date(), by=BY)
    other = replace(kept, terms=replace(kept.terms, reason="Another reason"))
    assert panel.record_clearances([other], later(1), BY)
    assert panel.facts(NOW).clearances[-1].terms.reason == "Another reason"


def test_a_clearance_told_without_terms_is_read_as_one_without_them() -> None:
    row = (1, "2013-17", "m0", "cleared", "2015-12-31", "", "2016-02-26", BY)
    assert clearances.whole(row) == (*row, "", "", None, "", "", None, "", "")
    assert clearances.whole(clearances.whole(row)) == clearances.whole(row)


def test_moving_a_boards_date_moves_every_return_that_waits_for_it(panel: PanelFile) -> None:
    assert _days(panel.facts(NOW)) == [examples.BOARD_MEETS, None, None]
    panel.move_board(examples.board_date(), NOW, BY)
    assert _days(panel.facts(NOW)) == [date(2016, 3, 18), None, None]
    assert not panel.move_board(examples.board_date(), NOW, BY)
    panel.move_board(examples.board_date(date(2016, 4, 1)), NOW, BY)
    panel.undo(NOW, BY)
    assert _days(panel.facts(NOW)) == [date(2016, 3, 18), None, None]


def _days(facts: Facts) -> list[date | None]:
    return [one.expected.board_meets for one in facts.returns if one.expected is not None]


def test_a_board_that_nothing_waits_for_is_refused(panel: PanelFile) -> None:
    entries = panel.verify().log_entries
    with pytest.raises(UserError, match="No return of Police for Q4 2015/16"):
        panel.move_board(replace(examples.board_date(), period=quarter(2015, 4)), NOW, BY)
    assert panel.verify().log_entries == entries


def test_recipients_are_kept_by_role_and_can_be_given_another_end(panel: PanelFile) -> None:
    panel.tell([examples.recipient(), examples.recipient("Head of Paid Service")], NOW, BY)
    first, second = panel.facts(NOW).recipients
    assert (first.role, first.told_on, first.expires) == ("Chief Executive", date(2016, 2, 20), date(2016, 3, 31))
    panel.tell([replace(second, expires=date(2016, 3, 1))], NOW, BY)
    assert [one.expires for one in panel.facts(NOW).recipients] == [date(2016, 3, 31), date(2016, 3, 1)]
    with pytest.raises(UserError, match="end of access"):
        panel.tell([replace(first, expires=date(2016, 1, 1))], NOW, BY)


def test_recording_a_recipient_again_changes_nothing_and_one_recorded_wrongly_is_taken_out(panel: PanelFile) -> None:
    panel.tell([examples.recipient(), examples.recipient("Head of Paid Service")], NOW, BY)
    first, second = before = panel.facts(NOW).recipients
    assert not panel.tell([first], later(1), "another")
    assert panel.tell([replace(first, purpose="To answer questions")], later(1), BY)
    assert panel.facts(NOW).recipients[0].purpose == "To answer questions"
    assert panel.forget_recipient(second, later(2), BY)
    assert [one.role for one in panel.facts(NOW).recipients] == ["Chief Executive"]
    assert panel.verify().ok
    panel.undo(later(3), BY)
    panel.undo(later(3), BY)
    assert panel.facts(NOW).recipients == before
    assert not panel.forget_recipient(replace(first, number=9), later(4), BY)


def test_each_access_to_held_figures_stays_in_the_log_and_is_no_deed_to_undo(panel: PanelFile) -> None:
    panel.tell([examples.recipient()], NOW, BY)
    undoable = panel.undoable()
    panel.record_access(Access.COPIED, examples.HELD_TABLE, later(1), BY)
    panel.record_access(Access.SAVED, replace(examples.HELD_TABLE, file="m1.png"), later(2), "another")
    assert panel.undoable() == undoable
    saved, copied = panel.held_accesses()
    assert copied == HeldAccess(Access.COPIED, examples.HELD_TABLE, later(1), BY)
    assert (saved.access, saved.what.file, saved.by) == (Access.SAVED, "m1.png", "another")
    assert panel.verify().held_accesses == 2
    assert panel.verify().ok


def test_an_access_that_cannot_be_recorded_is_refused(panel: PanelFile) -> None:
    with (
        PanelFile.open(panel.path, NOW, read_only=True) as closed,
        pytest.raises(UserError, match="cannot be changed"),
    ):
        closed.record_access(Access.COPIED, examples.HELD_TABLE, NOW, BY)


def test_figures_that_are_revised_wait_for_their_board_whatever_terms_stood_before(panel: PanelFile) -> None:
    panel.accept(examples.new(4), NOW, BY)
    panel.record_clearances([examples.clearance("m0")], later(1), BY)
    panel.accept(examples.revised(2), later(2), BY)
    assert panel.facts(NOW).clearances[-1].state is ClearanceState.WAITING


def test_a_later_clearing_that_reaches_less_far_hides_no_revision(panel: PanelFile) -> None:
    panel.accept(examples.new(4), NOW, BY)
    whole = examples.clearance("m0")
    part = replace(whole, through=date(2015, 6, 30), organisation="Police")
    panel.record_clearances([whole], later(1), BY)
    panel.record_clearances([part], later(2), BY)
    assert panel.facts(NOW).clearances[-1].organisation == "Police"
    panel.accept(examples.revised(2), later(3), BY)
    waiting = panel.facts(NOW).clearances[-1]
    assert (waiting.state, waiting.through) == (ClearanceState.WAITING, whole.through)
    assert panel.verify().ok
