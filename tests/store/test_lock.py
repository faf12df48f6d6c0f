"""One writer at a time; the second is told who has the file, and a dead process never keeps anybody out."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pcp_desktop.errors import UserError
from pcp_desktop.store import lock
from pcp_desktop.store.panel_file import PanelFile
from tests.store import examples
from tests.store.examples import BY, NOW, later


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "a.pcp"
    PanelFile.create(made, examples.contents(), NOW).close()
    return made


def _leave(path: Path, **changes: Any) -> bytes:
    """A lock file such as some other process would have left."""
    own = {
        "person": "ann",
        "computer": platform.node(),
        "process": os.getpid(),
        "started": "",
        "time": NOW.isoformat(),
    }
    content = json.dumps(own | changes).encode()
    lock.lock_path(path).write_bytes(content)
    return content


def _dead_process() -> int:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return ended.pid


def test_the_lock_says_who_where_and_since_when(path: Path) -> None:
    with PanelFile.open(path, NOW):
        told = json.loads(lock.lock_path(path).read_bytes())
        assert (told["computer"], told["process"], told["time"]) == (
            platform.node(),
            os.getpid(),
            "2016-02-26T14:32:00",
        )
        assert told["person"]
    assert not lock.lock_path(path).exists()


def test_the_second_reads_and_is_told_who_has_it(path: Path) -> None:
    with PanelFile.open(path, NOW) as first, PanelFile.open(path, later(5)) as second:
        assert first.read_only_reason == ""
        reason = second.read_only_reason
        assert reason.startswith("Open for reading only: ")
        assert reason.endswith(f" on {platform.node()} since 26 February 2016, 14:32 has the file open")
        assert second.facts(NOW).read_only_reason == reason
        with pytest.raises(UserError, match="cannot be changed"):
            second.undo(NOW, BY)
        first.accept(examples.new(2), NOW, BY)
        assert len(second.facts(NOW).observations) == 2
        second.close()
        assert lock.lock_path(path).exists(), "closing the second leaves the first its lock"


def test_a_dead_process_of_this_computer_is_recovered_at_once(path: Path) -> None:
    _leave(path, process=_dead_process())
    with PanelFile.open(path, NOW) as panel:
        assert panel.read_only_reason == ""


def test_a_later_process_of_the_same_number_is_not_taken_for_the_dead_one(path: Path) -> None:
    _leave(path, started="some earlier start")
    with PanelFile.open(path, NOW) as panel:
        assert panel.read_only_reason == ""


def test_another_computers_lock_is_respected_however_old(path: Path) -> None:
    content = _leave(path, computer="elsewhere", process=_dead_process(), time="2009-01-01T09:00:00")
    with PanelFile.open(path, NOW) as panel:
        assert "ann on elsewhere since 1 January 2009, 09:00" in panel.read_only_reason
    assert lock.lock_path(path).read_bytes() == content


@pytest.mark.parametrize("content", [b"", b"\x00\xff", b"[]", b'{"person": 1}', b"null"])
def test_a_lock_nobody_can_read_offers_to_open_anyway(path: Path, content: bytes) -> None:
    lock.lock_path(path).write_bytes(content)
    with PanelFile.open(path, NOW) as panel:
        assert "somebody whose name cannot be read" in panel.read_only_reason
    with PanelFile.open(path, NOW, take_lock=True) as panel:
        assert panel.read_only_reason == ""
        assert panel.accept(examples.new(1), NOW, BY)
    assert not lock.lock_path(path).exists()


def test_whoever_lost_the_lock_cannot_write_and_leaves_the_new_one_alone(path: Path) -> None:
    first = PanelFile.open(path, NOW)
    with PanelFile.open(path, later(1), take_lock=True) as second:
        with pytest.raises(UserError, match=r"Somebody else has opened “a\.pcp” for writing"):
            first.accept(examples.new(1), NOW, BY)
        first.close()
        assert second.accept(examples.new(1), NOW, BY)


def test_a_quicker_process_is_not_robbed_of_the_lock_it_just_took(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _leave(path, process=_dead_process())
    taken = json.dumps({"person": "bob"}).encode()
    is_dead = lock._is_dead

    def taken_meanwhile(holder: lock.Holder) -> bool:
        dead = is_dead(holder)
        lock.lock_path(path).write_bytes(taken)
        return dead

    monkeypatch.setattr(lock, "_is_dead", taken_meanwhile)
    assert isinstance(lock.acquire(path, NOW), lock.Held)
    assert lock.lock_path(path).read_bytes() == taken


def test_two_cannot_make_the_same_file(tmp_path: Path) -> None:
    path = tmp_path / "new.pcp"
    _leave(path, computer="elsewhere")
    with pytest.raises(UserError, match="ann on elsewhere since"):
        PanelFile.create(path, examples.contents(), NOW)
    assert not path.exists()
    lock.lock_path(path).write_bytes(b"")
    PanelFile.create(path, examples.contents(), NOW).close()
    assert [entry.name for entry in tmp_path.iterdir()] == ["new.pcp"]


def test_a_link_to_a_panel_file_has_the_lock_of_the_file_itself(path: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link.pcp"
    link.symlink_to(path)
    with PanelFile.open(path, NOW), PanelFile.open(link, NOW) as second:
        assert "has the file open" in second.read_only_reason


def test_a_full_drive_leaves_no_empty_lock_behind(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "write", lambda _handle, _content: 0)
    with PanelFile.open(path, NOW) as opened:
        assert opened.read_only_reason
    assert not lock.lock_path(path).exists()
