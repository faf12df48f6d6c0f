"""A panel file keeps a plan whole, opens with the safe settings, and costs nothing until one is opened."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pcp_desktop.domain.returns import Change
from pcp_desktop.errors import UserError
from pcp_desktop.store import lock, opening
from pcp_desktop.store.panel_file import PanelFile
from tests.store import examples
from tests.store.examples import BY, NOW, later


def test_everything_a_plan_ships_with_is_read_back_as_it_was(tmp_path: Path) -> None:
    shipped = examples.contents()
    defaults = {field.name: field.default for field in dataclasses.fields(shipped.measures[0])}
    for name, default in defaults.items():
        assert getattr(shipped.measures[0], name) != default, f"{name} is not tried"
    with PanelFile.create(tmp_path / "a.pcp", shipped, NOW) as panel:
        facts = panel.facts(NOW)
    assert facts.panel == "a.pcp"
    assert facts.now == NOW
    assert facts.plan == shipped.plan
    assert facts.measures == shipped.measures
    assert tuple(record.expected for record in facts.returns) == shipped.expected_returns
    assert facts.breaks == shipped.breaks
    assert facts.events == shipped.events
    assert facts.peer_groups == shipped.peer_groups
    assert facts.meetings == shipped.meetings
    assert (facts.observations, facts.clearances, facts.last_accepted) == ((), (), None)
    assert facts.read_only_reason == ""


def test_what_was_stored_is_there_after_closing_and_opening(tmp_path: Path) -> None:
    path = tmp_path / "a.pcp"
    with PanelFile.create(path, examples.contents(), NOW) as panel:
        panel.accept(examples.new(5), NOW, BY)
        panel.record_clearances([examples.clearance("m1")], NOW, BY)
        before = panel.facts(NOW)
    with PanelFile.open(path, NOW) as panel:
        assert panel.facts(NOW) == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.pcp"], "nothing is left beside the file"


def test_creating_never_overwrites(tmp_path: Path) -> None:
    path = tmp_path / "a.pcp"
    path.write_bytes(b"precious")
    with pytest.raises(UserError, match="already a file"):
        PanelFile.create(path, examples.contents(), NOW)
    assert path.read_bytes() == b"precious"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.pcp"]


def test_creating_in_a_folder_that_is_not_there_is_a_plain_message(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be written in the folder"):
        PanelFile.create(tmp_path / "gone" / "a.pcp", examples.contents(), NOW)


def test_a_plan_that_contradicts_itself_makes_no_file(tmp_path: Path) -> None:
    shipped = dataclasses.replace(examples.contents(), organisations=())
    with pytest.raises(UserError, match="contradicts itself"):
        PanelFile.create(tmp_path / "a.pcp", shipped, NOW)
    assert list(tmp_path.iterdir()) == []


def test_two_files_made_alike_are_alike_in_every_byte(tmp_path: Path) -> None:
    for name in ("a.pcp", "b.pcp"):
        with PanelFile.create(tmp_path / name, examples.contents(), NOW) as panel:
            panel.accept(examples.new(5), later(1), BY)
            panel.undo(later(2), BY)
    assert (tmp_path / "a.pcp").read_bytes() == (tmp_path / "b.pcp").read_bytes()


def test_a_further_plan_has_its_own_figures(tmp_path: Path) -> None:
    with PanelFile.create(tmp_path / "a.pcp", examples.contents(), NOW) as panel:
        assert panel.add_plan(examples.contents("2017-21"), NOW, BY).plan
        panel.accept(examples.new(2), NOW, BY)
        panel.accept(examples.new(3), NOW, BY, plan_code="2017-21")
        assert [plan.code for plan in panel.plans()] == ["2013-17", "2017-21"]
        assert panel.facts(NOW).plan.code == "2013-17"
        assert len(panel.facts(NOW).observations) == 2
        assert len(panel.facts(NOW, "2017-21").observations) == 3
        panel.undo(NOW, BY)
        assert len(panel.facts(NOW).observations) == 2
        assert panel.facts(NOW, "2017-21").observations == ()
        with pytest.raises(UserError, match="already holds the plan"):
            panel.add_plan(examples.contents("2017-21"), NOW, BY)


def test_every_safety_setting_is_made(tmp_path: Path) -> None:
    with PanelFile.create(tmp_path / "a.pcp", examples.contents(), NOW) as panel:
        for name, _, expected in opening.SETTINGS:
            assert panel._connection.execute(f"PRAGMA {name}").fetchone()[0] == expected, name
        tables = panel._connection.execute("SELECT name, strict FROM pragma_table_list WHERE type = 'table'")
        loose = {name for name, strict in tables if not strict}
    assert loose <= {"sqlite_schema", "sqlite_temp_schema", "_sqlite_migrations"}


def test_a_setting_that_cannot_be_had_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.pcp"
    PanelFile.create(path, examples.contents(), NOW).close()
    monkeypatch.setattr(opening, "SETTINGS", (("synchronous", "FULL", 99),))
    with pytest.raises(UserError, match="cannot be opened safely: the setting synchronous"):
        PanelFile.open(path, NOW)


def test_writing_inside_a_transaction_begun_elsewhere_is_a_bug(tmp_path: Path) -> None:
    with PanelFile.create(tmp_path / "a.pcp", examples.contents(), NOW) as panel:
        panel._connection.execute("BEGIN")
        with pytest.raises(AssertionError):
            panel.accept(examples.new(1), NOW, BY)
        panel._connection.execute("ROLLBACK")


def test_a_file_opened_for_reading_refuses_every_write(tmp_path: Path) -> None:
    path = tmp_path / "a.pcp"
    PanelFile.create(path, examples.contents(), NOW).close()
    before = path.read_bytes()
    with PanelFile.open(path, NOW, read_only=True) as panel:
        assert panel.facts(NOW).read_only_reason == "Opened for reading only"
        with pytest.raises(UserError, match=r"cannot be changed\. Opened for reading only"):
            panel.accept(examples.new(1), NOW, BY)
        assert panel.verify().ok
        assert not (tmp_path / "a.pcp.lock").exists()
    assert path.read_bytes() == before


def _hot_journal(path: Path, copy: Path) -> None:
    """A copy of the file as a program killed in the middle of a transaction leaves it: half written, with journal."""
    with PanelFile.open(path, NOW) as panel:
        panel._connection.execute("PRAGMA cache_size = 1")
        panel._connection.execute("BEGIN")
        panel._connection.execute("UPDATE observations SET value = -1")
        copy.write_bytes(path.read_bytes())
        copy.with_name(f"{copy.name}-journal").write_bytes(path.with_name(f"{path.name}-journal").read_bytes())
        panel._connection.execute("ROLLBACK")


@pytest.mark.parametrize("read_only", [False, True])
def test_what_a_killed_program_left_half_done_is_rolled_back(tmp_path: Path, read_only: bool) -> None:
    path, copy = tmp_path / "a.pcp", tmp_path / "b.pcp"
    with PanelFile.create(path, examples.contents(), NOW) as panel:
        panel.accept(examples.new(400), NOW, BY)
        before = panel.facts(NOW).observations
    _hot_journal(path, copy)
    assert copy.read_bytes() != path.read_bytes()
    with PanelFile.open(copy, NOW, read_only=read_only) as panel:
        assert panel.facts(NOW).observations == before
        assert panel.verify().ok
    assert not copy.with_name("b.pcp-journal").exists()


def test_a_half_done_file_that_somebody_else_has_is_left_to_them(tmp_path: Path) -> None:
    path, copy = tmp_path / "a.pcp", tmp_path / "b.pcp"
    with PanelFile.create(path, examples.contents(), NOW) as panel:
        panel.accept(examples.new(400), NOW, BY)
    _hot_journal(path, copy)
    lock.lock_path(copy).write_bytes(b"somebody")
    before = {entry.name: entry.read_bytes() for entry in tmp_path.iterdir()}
    with pytest.raises(UserError, match="in the middle of being changed") as caught:
        PanelFile.open(copy, NOW)
    assert "open it anyway" in caught.value.what_to_do
    assert {entry.name: entry.read_bytes() for entry in tmp_path.iterdir()} == before
    with PanelFile.open(copy, NOW, take_lock=True) as panel:
        assert panel.verify().ok


def test_a_journal_of_a_deleted_file_does_not_reach_into_a_new_one(tmp_path: Path) -> None:
    path, copy = tmp_path / "a.pcp", tmp_path / "b.pcp"
    with PanelFile.create(path, examples.contents(), NOW) as panel:
        panel.accept(examples.new(400), NOW, BY)
    _hot_journal(path, copy)
    copy.unlink()
    with PanelFile.create(copy, examples.contents(), NOW) as panel:
        assert panel.facts(NOW).observations == ()
        assert panel.verify().ok


def test_a_write_protected_file_is_opened_for_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.pcp"
    PanelFile.create(path, examples.contents(), NOW).close()
    monkeypatch.setattr(os, "access", lambda *_: False)
    with PanelFile.open(path, NOW) as panel:
        assert "write-protected" in panel.read_only_reason


def test_a_full_drive_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    with PanelFile.create(tmp_path / "a.pcp", examples.contents(), NOW) as panel:
        before = panel.facts(NOW)
        pages = panel._connection.execute("PRAGMA page_count").fetchone()[0]
        panel._connection.execute(f"PRAGMA max_page_count = {pages + 1}")
        with pytest.raises(UserError, match="no room left on the drive"):
            panel.accept(examples.new(400), NOW, BY)
        assert panel.facts(NOW) == before
        assert panel.verify().ok


def test_five_thousand_observations_are_read_in_order_and_at_once(tmp_path: Path) -> None:
    values = [
        (Change.NEW, examples.observation(float(place), f"m{code}", period))
        for code in reversed(range(50))
        for place, period in enumerate(reversed(examples.months(100)))
    ]
    with PanelFile.create(tmp_path / "a.pcp", examples.contents(measures=50), NOW) as panel:
        panel.accept(examples.review(*values), NOW, BY)
        start = time.perf_counter()
        found = panel.facts(NOW).observations
        took = time.perf_counter() - start
    keys = [(one.key.measure, one.key.area, one.key.period, one.key.part) for one in found]
    assert len(keys) == 5000
    assert keys == sorted(keys)
    assert took < 1.0, "a generous limit for a busy machine; some 60 ms on an idle one"


def test_importing_the_store_imports_nothing_heavy() -> None:
    program = (
        "import sys, pcp_desktop.store.panel_file;"
        "print(sorted({'sqlite_utils', 'pandas', 'numpy', 'PySide6'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")
