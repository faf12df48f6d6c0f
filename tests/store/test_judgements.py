"""Statuses set by hand and chosen limits are kept with their reasons, one deed each, undone and done again."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pcp_desktop.domain.judgements import LimitsOrigin
from pcp_desktop.store.panel_file import PanelFile
from tests.store import examples
from tests.store.examples import BY, NOW, later


@pytest.fixture
def panel(tmp_path: Path) -> PanelFile:
    return PanelFile.create(tmp_path / "a.pcp", examples.contents(), NOW)


def test_a_status_set_by_hand_is_one_deed_with_its_reason(panel: PanelFile) -> None:
    wanted = examples.status_set()
    with panel:
        assert panel.set_status(wanted).judgements
        assert panel.facts(NOW).statuses_set == (wanted,)
        assert not panel.set_status(wanted)
        assert panel.undoable() == "Setting the status of “Measure m0 – “quoted”” for Q3 2015/16 by hand"
        assert panel.undo(later(11), BY).judgements
        assert panel.facts(NOW).statuses_set == ()
        panel.redo(later(12), BY)
        assert panel.facts(NOW).statuses_set == (wanted,)
        assert panel.verify().ok


def test_the_computed_status_comes_back_as_a_deed_too(panel: PanelFile) -> None:
    wanted = examples.status_set()
    with panel:
        panel.set_status(wanted)
        assert panel.compute_status(wanted.measure, wanted.area, wanted.period, later(11), BY).judgements
        assert panel.facts(NOW).statuses_set == ()
        assert not panel.compute_status(wanted.measure, wanted.area, wanted.period, later(12), BY)
        panel.undo(later(13), BY)
        assert panel.facts(NOW).statuses_set == (wanted,)


def test_a_baseline_takes_the_place_of_the_one_before_and_levels_stand_beside_it(panel: PanelFile) -> None:
    first, second = examples.limits(), examples.limits(date(2013, 4, 1), date(2014, 3, 31))
    level = examples.limits(date(2015, 4, 1), None)
    with panel:
        for at, one in enumerate((first, level, second)):
            assert panel.choose_limits(one, later(at), BY).judgements
        expected = (replace(second, by=BY, on=later(2)), replace(level, by=BY, on=later(1)))
        assert panel.facts(NOW).limits == expected
        panel.undo(later(3), BY)
        assert panel.facts(NOW).limits == (replace(first, by=BY, on=later(0)), replace(level, by=BY, on=later(1)))
        panel.redo(later(4), BY)
        assert panel.facts(NOW).limits == expected
        assert panel.drop_limits(level, later(5), BY).summary.startswith("Dropped: April 2015 as the new level of")
        assert panel.facts(NOW).limits == expected[:1]
        assert not panel.drop_limits(level, later(6), BY)
        assert panel.verify().ok


def test_switching_screening_off_is_a_deed_beside_the_other_limits(panel: PanelFile) -> None:
    baseline = examples.limits()
    ranges = replace(baseline, origin=LimitsOrigin.ALL_RANGES, first=date(2015, 10, 1), last=None)
    with panel:
        panel.choose_limits(baseline, later(0), BY)
        assert panel.choose_limits(ranges, later(1), BY).summary.startswith("Taken: limits of “")
        expected = (replace(baseline, by=BY, on=later(0)), replace(ranges, by=BY, on=later(1)))
        assert panel.facts(NOW).limits == expected
        assert not panel.choose_limits(ranges, later(2), BY)
        panel.undo(later(3), BY)
        assert panel.facts(NOW).limits == expected[:1]
        panel.redo(later(4), BY)
        assert panel.facts(NOW).limits == expected
        assert panel.drop_limits(ranges, later(5), BY)
        assert panel.facts(NOW).limits == expected[:1]
        panel.undo(later(6), BY)
        assert panel.facts(NOW).limits == expected
        assert panel.verify().ok


def test_how_small_numbers_are_shown_is_one_deed_for_all_plans_of_the_file(panel: PanelFile) -> None:
    with panel:
        assert not panel.facts(NOW).small_numbers_are_amber
        assert not panel.show_small_numbers(False, later(1), BY)
        changes = panel.show_small_numbers(True, later(2), BY)
        assert (changes.summary, changes.judgements) == ("Small numbers are shown as amber.", True)
        assert not panel.show_small_numbers(True, later(3), BY)
        panel.add_plan(examples.contents("2017-21"), later(4), BY)
        assert all(panel.facts(NOW, plan.code).small_numbers_are_amber for plan in panel.plans())
        assert panel.undoable() == "Showing small numbers as amber"
        assert panel.undo(later(5), BY).judgements
        assert not panel.facts(NOW).small_numbers_are_amber
        panel.redo(later(6), BY)
        assert panel.show_small_numbers(False, later(7), BY).summary == "Small numbers are shown as not assessed."
        panel.undo(later(8), BY)
        assert panel.facts(NOW).small_numbers_are_amber
        assert panel.verify().ok


def test_a_way_of_showing_that_nobody_chose_is_found(panel: PanelFile) -> None:
    with panel:
        panel._connection.execute("INSERT INTO settings VALUES ('small_numbers_are_amber', 'yes')")
        assert panel.verify().problems


def test_none_is_kept_without_a_reason(panel: PanelFile) -> None:
    """The reason is printed; the file itself refuses one that is not there."""
    with panel, pytest.raises(sqlite3.IntegrityError):
        panel.choose_limits(replace(examples.limits(), reason=" "), later(1), BY)
