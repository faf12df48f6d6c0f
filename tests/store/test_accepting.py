"""Accepting is whole, the same again changes nothing, and undo puts back exactly what was there before."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pcp_desktop.domain.clearance import ClearanceState
from pcp_desktop.domain.observations import Marker
from pcp_desktop.domain.periods import month
from pcp_desktop.domain.returns import Change, ReturnState, Review
from pcp_desktop.errors import UserError
from pcp_desktop.store.panel_file import PanelFile
from tests.store import examples
from tests.store.examples import BY, NOW, later


@pytest.fixture
def panel(tmp_path: Path) -> Iterator[PanelFile]:
    with PanelFile.create(tmp_path / "a.pcp", examples.contents(), NOW) as made:
        yield made


def test_new_figures_are_stored_with_their_source_and_return(panel: PanelFile) -> None:
    changes = panel.accept(examples.new(3), NOW, BY)
    assert (changes.observations, changes.returns, changes.clearances) == (3, True, False)
    assert changes.summary == "Accepted “c.xlsx”: 3 figures, all new."
    staged = [figure.observation for figure in examples.new(3).figures]
    assert panel.facts(NOW).observations == tuple(dataclasses.replace(one, return_number=1) for one in staged)
    assert panel.facts(NOW).last_accepted == NOW
    assert panel.received_content(examples.new(3).sha256) == b"one"
    with pytest.raises(KeyError):
        panel.received_content("0" * 64)


def test_the_same_content_again_changes_nothing_and_says_so(panel: PanelFile) -> None:
    panel.accept(examples.new(3), NOW, BY)
    before, log = panel.facts(NOW), panel.verify().log_entries
    again = panel.accept(examples.new(3), later(60), BY)
    assert not again
    assert again.summary == "“c.xlsx” was already accepted on 26 February 2016; nothing has changed."
    renamed = dataclasses.replace(examples.new(3), file="copy of c.xlsx")
    assert not panel.accept(renamed, later(61), BY)
    assert panel.facts(NOW) == before
    assert panel.verify().log_entries == log


def test_refused_and_unchanged_figures_are_not_written(panel: PanelFile) -> None:
    panel.accept(examples.new(1), NOW, BY)
    review = examples.review(
        (Change.UNCHANGED, examples.observation(1.0)),
        (Change.REFUSED, examples.observation(2.0, "m1")),
        (Change.NEW, examples.observation(3.0, "m2")),
        content=b"more",
    )
    assert panel.accept(review, NOW, BY).summary == "Accepted “c.xlsx”: 1 figure, new."
    assert [(one.key.measure, one.value) for one in panel.facts(NOW).observations] == [("m0", 100.0), ("m2", 3.0)]


def test_undo_brings_back_the_old_value_marker_source_and_return(panel: PanelFile) -> None:
    panel.accept(examples.new(5), NOW, BY)
    before = panel.facts(NOW)
    gap = dataclasses.replace(examples.observation(None, file="r.xlsx", cell="Q9"), marker=Marker.SUPPRESSED)
    review = examples.review(
        (Change.REVISED, gap),
        (Change.NEW, examples.observation(7.5, "m1", file="r.xlsx")),
        file="r.xlsx",
        content=b"two",
    )
    assert panel.accept(review, later(1), BY).summary == "Accepted “r.xlsx”: 2 figures, 1 new and 1 revised."
    assert panel.undoable() == "Accepting “r.xlsx”, 2 figures"
    changes = panel.undo(later(2), BY)
    assert (changes.observations, changes.returns) == (2, True)
    assert changes.summary == "Undone: accepting “r.xlsx”, 2 figures."
    after = panel.facts(NOW)
    assert after.observations == before.observations
    assert after.last_accepted == before.last_accepted
    assert [(one.state, one.file, one.figures) for one in after.returns] == [
        (one.state, one.file, one.figures) for one in before.returns
    ]
    assert panel.undoable() == "Accepting “c.xlsx”, 5 figures"
    panel.undo(later(3), BY)
    assert panel.facts(NOW).observations == ()
    assert panel.facts(NOW).returns[0].state is ReturnState.MISSING
    assert panel.undoable() is None
    nothing = panel.undo(later(4), BY)
    assert (bool(nothing), nothing.summary) == (False, "There is nothing to undo.")
    assert panel.verify().ok


def test_what_was_undone_can_be_accepted_again(panel: PanelFile) -> None:
    panel.accept(examples.new(2), NOW, BY)
    panel.undo(NOW, BY)
    assert panel.accept(examples.new(2), NOW, BY).observations == 2
    assert [one.return_number for one in panel.facts(NOW).observations] == [2, 2]


def test_redo_does_it_again_until_something_else_is_done(panel: PanelFile) -> None:
    panel.accept(examples.new(2), NOW, BY)
    done = panel.facts(NOW)
    panel.undo(later(1), BY)
    assert panel.redoable() == "Accepting “c.xlsx”, 2 figures"
    assert panel.redo(later(2), BY).observations == 2
    assert panel.facts(NOW).observations == done.observations
    assert panel.redoable() is None
    panel.undo(later(3), BY)
    panel.record_clearances([examples.clearance("m0")], later(4), BY)
    assert not panel.redo(later(5), BY)


def test_an_older_file_accepted_again_after_a_revision_revises_back(panel: PanelFile) -> None:
    panel.accept(examples.new(1), NOW, BY)
    panel.accept(examples.revised(1), NOW, BY)
    first = examples.new(1)
    back = examples.review((Change.REVISED, first.figures[0].observation))
    assert panel.accept(back, NOW, BY).observations == 1
    assert panel.facts(NOW).observations[0].value == 100.0


def test_a_return_without_figures_is_kept_as_received(panel: PanelFile) -> None:
    changes = panel.accept(examples.money(), NOW, BY)
    assert (changes.observations, changes.returns) == (0, True)
    record = panel.facts(NOW).returns[2]
    assert (record.state, record.accepted, record.figures) == (ReturnState.RECEIVED, None, 0)
    assert record.file is not None
    assert (record.file.name, record.file.size, record.file.received) == ("money.xlsx", 5, NOW)
    assert record.history == ((NOW, "Received “money.xlsx”; it holds no figures to store."),)
    assert panel.facts(NOW).last_accepted is None
    assert not panel.accept(examples.money(), later(1), BY)
    assert panel.undoable() == "Receiving “money.xlsx”"
    panel.undo(NOW, BY)
    assert panel.facts(NOW).returns[2].state is ReturnState.MISSING


def test_the_board_of_returns_tells_what_came_and_what_is_missing(panel: PanelFile) -> None:
    assert [record.state.value for record in panel.facts(NOW).returns] == ["missing", "expected", "missing"]
    due = panel.facts(NOW).returns[0].expected
    assert due is not None
    on_the_day = NOW.replace(month=due.due.month, day=due.due.day, hour=23)
    assert panel.facts(on_the_day).returns[0].state is ReturnState.EXPECTED
    panel.accept(examples.new(4), NOW, BY)
    panel.accept(examples.revised(2), later(5), BY)
    record = panel.facts(NOW).returns[0]
    assert (record.state, record.accepted, record.figures) == (ReturnState.ACCEPTED, later(5), 4)
    assert record.history == (
        (later(5), "Accepted “r.xlsx”: 2 figures, all revised."),
        (NOW, "Accepted “c.xlsx”: 4 figures, all new."),
    )
    assert record.file is not None
    assert record.file.name == "r.xlsx"


def test_a_workbook_nobody_expected_has_a_record_of_its_own(panel: PanelFile) -> None:
    panel.accept(examples.review((Change.NEW, examples.observation(1.0)), code=None), NOW, BY)
    record = panel.facts(NOW).returns[-1]
    assert (record.expected, record.state, record.figures) == (None, ReturnState.ACCEPTED, 1)


def _refused() -> list[tuple[str, Review]]:
    one = examples.observation(1.0)
    twice = examples.review((Change.NEW, one), (Change.NEW, dataclasses.replace(one, value=2.0)))
    infinite = examples.review((Change.NEW, examples.observation(float("inf"), cell="C7")))
    nan = examples.review((Change.NEW, examples.observation(float("nan"), cell="C7")))
    return [
        ("holds no figures that can be stored", examples.review((Change.REFUSED, one), code=None)),
        ("holds a second value", twice),
        ("c.xlsx, Sheet 1, cell C7, does not hold a finite number", infinite),
        ("c.xlsx, Sheet 1, cell C7, does not hold a finite number", nan),
    ]


@pytest.mark.parametrize(("message", "review"), _refused())
def test_what_cannot_be_stored_is_refused_whole(panel: PanelFile, message: str, review: Review) -> None:
    before, log = panel.facts(NOW), panel.verify().log_entries
    with pytest.raises(UserError, match=message):
        panel.accept(review, NOW, BY)
    assert panel.facts(NOW) == before
    assert panel.verify().log_entries == log


def test_a_failure_half_way_leaves_nothing(panel: PanelFile, monkeypatch: pytest.MonkeyPatch) -> None:
    before = panel.facts(NOW)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("half way")

    with monkeypatch.context() as patched:
        patched.setattr("pcp_desktop.store.history.append", fail)
        with pytest.raises(RuntimeError, match="half way"):
            panel.accept(examples.new(3), NOW, BY)
    assert panel.facts(NOW) == before
    with pytest.raises(KeyError):
        panel.received_content(examples.new(3).sha256)


def test_clearances_are_kept_in_order_and_undone(panel: PanelFile) -> None:
    held = examples.clearance("m1", ClearanceState.EMBARGOED)
    assert panel.record_clearances([held, examples.clearance("m0")], NOW, BY).summary == "Recorded 2 clearances."
    assert panel.undoable() == "Recording 2 clearances"
    stored = panel.facts(NOW).clearances
    assert [(one.measure, one.state, one.on, one.by) for one in stored] == [
        ("m1", ClearanceState.EMBARGOED, date(2016, 2, 26), BY),
        ("m0", ClearanceState.CLEARED, date(2016, 2, 26), BY),
    ]
    again = panel.record_clearances([held], later(9), BY)
    assert (bool(again), panel.facts(NOW).clearances) == (False, stored)
    lifted = dataclasses.replace(examples.clearance("m1"), on=date(2016, 2, 1), by="the board")
    assert panel.record_clearances([lifted], later(10), BY).clearances
    assert panel.facts(NOW).clearances == (*stored, lifted)
    assert panel.undo(later(11), BY).clearances
    assert panel.facts(NOW).clearances == stored
    panel.redo(later(12), BY)
    assert panel.facts(NOW).clearances == (*stored, lifted)


def test_what_a_plan_holds_from_the_start_cannot_be_undone(tmp_path: Path) -> None:
    held = examples.clearance("m1", ClearanceState.EMBARGOED)
    with PanelFile.create(tmp_path / "held.pcp", examples.contents(), NOW, "Plan", held=[held]) as panel:
        kept = (dataclasses.replace(held, on=NOW.date(), by="Plan"),)
        assert panel.facts(NOW).clearances == kept
        assert panel.undoable() is None
        assert not panel.undo(NOW, BY)
        panel.add_plan(examples.contents("2017-21"), NOW, BY, held=[held])
        assert not panel.undo(NOW, BY)
        panel.record_clearances([examples.clearance("m1")], NOW, BY)
        panel.undo(NOW, BY)
        assert panel.facts(NOW).clearances == kept
        assert len(panel.facts(NOW, "2017-21").clearances) == 1
        assert panel.verify().ok


_VALUES = st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(st.dictionaries(st.integers(1, 12), _VALUES, min_size=1), min_size=1, max_size=5))
def test_undoing_goes_back_through_every_state(
    tmp_path_factory: pytest.TempPathFactory, deeds: list[dict[int, float | None]]
) -> None:
    path = tmp_path_factory.mktemp("states") / "a.pcp"
    with PanelFile.create(path, examples.contents(), NOW) as panel:
        states = []
        for number, deed in enumerate(deeds):
            before = panel.facts(NOW).observations
            figures = [
                (Change.NEW, examples.observation(value, period=month(2015, place))) for place, value in deed.items()
            ]
            if panel.accept(examples.review(*figures, content=str(number).encode()), NOW, BY):
                states.append(before)
        last = panel.facts(NOW).observations
        for place, before in enumerate(reversed(states)):
            panel.undo(NOW + timedelta(minutes=place), BY)
            assert panel.facts(NOW).observations == before
        for _ in states:
            panel.redo(NOW, BY)
        assert panel.facts(NOW).observations == last
        assert panel.verify().ok


def test_what_a_file_says_of_its_figures_is_kept_with_it(panel: PanelFile) -> None:
    said = (("Crime", "Monthly profile illustrative; totals as published"), ("Outcomes", "Illustrative"))
    panel.accept(dataclasses.replace(examples.new(3), illustrative=said), NOW, BY)
    panel.accept(examples.money(), later(1), BY)
    files = {one.file.name: one.file for one in panel.facts(NOW).returns if one.file is not None}
    assert files["c.xlsx"].illustrative == said
    assert files["money.xlsx"].illustrative == ()
