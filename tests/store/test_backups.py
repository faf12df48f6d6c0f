"""Backups are whole and verified, are thinned out with age, and come back without losing the present file."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pcp_desktop.errors import UserError
from pcp_desktop.store import backups
from pcp_desktop.store.panel_file import PanelFile
from tests.store import examples
from tests.store.examples import BY, NOW, later


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "panel" / "a.pcp"
    made.parent.mkdir()
    PanelFile.create(made, examples.contents(), NOW).close()
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def test_a_backup_holds_what_the_file_holds(path: Path, folder: Path, tmp_path: Path) -> None:
    with PanelFile.open(path, NOW) as panel:
        panel.accept(examples.new(9), NOW, BY)
        backup = panel.back_up(folder, NOW)
        assert backup is not None
        facts, head = panel.facts(NOW), panel.verify().log_head
    backups.check(backup)
    copy = tmp_path / "a.pcp"
    copy.write_bytes(backup.read_bytes())
    with PanelFile.open(copy, NOW) as panel:
        assert panel.facts(NOW) == facts
        assert panel.verify().log_head == head
    told = backups.preview(backup)
    assert (told.taken, told.plans, told.returns, told.figures) == (NOW, ("Police and Crime Plan 2013-17",), 1, 9)
    assert told.last_change == "Accepted “c.xlsx”: 9 figures, all new."


def test_a_backup_is_made_at_most_every_half_hour_where_asked(path: Path, folder: Path) -> None:
    with PanelFile.open(path, NOW) as panel:
        made = [panel.back_up(folder, later(minutes), backups.AT_MOST_EVERY) for minutes in (0, 10, 29, 30, 45)]
        assert [one is not None for one in made] == [True, False, False, True, False]
        assert panel.back_up(folder, later(46)) is not None, "before a migration or a restoration always"
        earlier = NOW - timedelta(days=3650)
        assert panel.back_up(folder, earlier, backups.AT_MOST_EVERY) is not None, "a clock that was set back"
    assert [one.taken for one in backups.listed(path, folder)][:3] == [later(46), later(30), NOW]


def test_backups_of_one_moment_do_not_overwrite_one_another(path: Path, folder: Path) -> None:
    with PanelFile.open(path, NOW) as panel:
        made = {panel.back_up(folder, NOW) for _ in range(3)}
    assert len(made) == 3
    assert {one.path for one in backups.listed(path, folder)} == made


def test_a_file_open_for_reading_can_be_backed_up_and_stays_so(path: Path, folder: Path) -> None:
    with PanelFile.open(path, NOW), PanelFile.open(path, NOW, read_only=True) as panel:
        assert panel.back_up(folder, NOW) is not None
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            panel._connection.execute("DELETE FROM clearances")
    with PanelFile.open(path, NOW, read_only=True) as panel:
        assert panel.back_up(folder, NOW) is not None
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            panel._connection.execute("DELETE FROM clearances")


def test_two_files_of_one_name_keep_their_backups_apart(path: Path, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "a.pcp"
    for place in (path, other):
        if not place.exists():
            PanelFile.create(place, examples.contents(), NOW).close()
        with PanelFile.open(place, NOW) as panel:
            panel.back_up(folder, NOW)
        assert len(backups.listed(place, folder)) == 1


def test_the_files_own_folder_is_refused(path: Path) -> None:
    with PanelFile.open(path, NOW) as panel, pytest.raises(UserError, match="cannot be kept in its own folder"):
        panel.back_up(path.parent, NOW)


def test_a_folder_that_cannot_be_written_is_a_plain_message(path: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be", encoding="utf-8")
    with PanelFile.open(path, NOW) as panel, pytest.raises(UserError, match=r"No backup of “a\.pcp” could be made"):
        panel.back_up(blocked, NOW)


def test_a_single_changed_bit_in_a_backup_is_noticed(path: Path, folder: Path) -> None:
    with PanelFile.open(path, NOW) as panel:
        backup = panel.back_up(folder, NOW)
    assert backup is not None
    content = backup.read_bytes()
    for place in range(100, len(content), 1999):
        flipped = bytearray(content)
        flipped[place] ^= 1
        backup.write_bytes(flipped)
        with pytest.raises(UserError, match="is damaged"):
            backups.check(backup)


def test_old_backups_are_thinned_out() -> None:
    hourly = [NOW - timedelta(hours=hours) for hours in range(24 * 500)]
    kept = sorted(backups.to_keep(hourly, NOW), reverse=True)
    assert {moment for moment in hourly if NOW - moment <= timedelta(days=2)} <= set(kept)
    older = [moment for moment in kept if NOW - moment > timedelta(days=2)]
    last_of_day = {moment.replace(hour=23) if moment.date() != NOW.date() else NOW for moment in hourly}
    assert {moment.date() for moment in kept} >= {(NOW - timedelta(days=days)).date() for days in range(12)}
    assert len({moment.isocalendar()[:2] for moment in kept}) >= 10
    assert {(moment.year, moment.month) for moment in kept} == {
        *((2016, month) for month in (1, 2)),
        *((2015, month) for month in range(6, 13)),
    }
    assert all(moment.replace(minute=32) in {one.replace(minute=32) for one in last_of_day} for moment in older)
    assert len(older) <= 10 + 9 + 8


def test_thinning_out_twice_removes_nothing_more() -> None:
    taken = [NOW - timedelta(hours=7 * place) for place in range(900)]
    once = backups.to_keep(taken, NOW)
    assert backups.to_keep(list(once), NOW) == once


def test_thinning_out_removes_the_files(path: Path, folder: Path) -> None:
    with PanelFile.open(path, NOW) as panel:
        for days in (30, 29, 28, 0):
            for hour in (9, 10):
                panel.back_up(folder, datetime(2016, 2, 26, hour) - timedelta(days=days))
    names = [one.taken for one in backups.listed(path, folder)]
    assert names == [
        datetime(2016, 2, 26, 10),
        datetime(2016, 2, 26, 9),
        datetime(2016, 1, 29, 10),
        datetime(2016, 1, 28, 10),
        datetime(2016, 1, 27, 10),
    ]
    own = next(folder.iterdir())
    assert len(list(own.iterdir())) == 10, "each with its sum, and nothing else"


def test_restoring_brings_back_the_backup_and_keeps_the_present_file_aside(path: Path, folder: Path) -> None:
    with PanelFile.open(path, NOW) as panel:
        panel.accept(examples.new(3), NOW, BY)
        then = panel.facts(NOW)
        backup = panel.back_up(folder, NOW)
        panel.accept(examples.revised(2), NOW, BY)
        present = panel.facts(NOW)
        assert backup is not None
        with pytest.raises(UserError, match="has it open"):
            backups.restore(backup, path, NOW)
    aside = backups.restore(backup, path, later(1))
    assert aside == path.with_name("a before restoring 2016-02-26 14.33.00.pcp")
    with PanelFile.open(path, NOW) as panel:
        assert panel.facts(NOW) == then
    with PanelFile.open(aside, NOW) as panel:
        assert panel.facts(NOW).observations == present.observations
    assert {entry.name for entry in path.parent.iterdir()} == {path.name, aside.name}


def test_a_damaged_file_and_its_journal_are_kept_aside_too(path: Path, folder: Path) -> None:
    with PanelFile.open(path, NOW) as panel:
        backup = panel.back_up(folder, NOW)
        facts = panel.facts(NOW)
    assert backup is not None
    path.write_bytes(b"ruined")
    journal = path.with_name("a.pcp-journal")
    journal.write_bytes(b"half done")
    aside = backups.restore(backup, path, NOW)
    assert aside is not None
    assert (aside.read_bytes(), aside.with_name(f"{aside.name}-journal").read_bytes()) == (b"ruined", b"half done")
    assert not journal.exists()
    with PanelFile.open(path, NOW) as panel:
        assert panel.facts(NOW) == facts


def test_a_damaged_backup_is_not_restored(path: Path, folder: Path) -> None:
    with PanelFile.open(path, NOW) as panel:
        backup = panel.back_up(folder, NOW)
    assert backup is not None
    before = path.read_bytes()
    backup.write_bytes(backup.read_bytes()[:-1])
    with pytest.raises(UserError, match=r"cut short|damaged"):
        backups.restore(backup, path, NOW)
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == ["a.pcp"]
