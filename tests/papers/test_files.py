"""Safe writing: the new file whole, or the old one unchanged and nothing left behind."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from pcp_desktop.errors import UserError
from pcp_desktop.papers import files
from pcp_desktop.papers.files import drive_of, searched_first, take_place, write_safely


def test_replaces_the_old_file_with_the_new_one(tmp_path: Path) -> None:
    out = tmp_path / "paper.pdf"
    out.write_bytes(b"old")
    assert write_safely(out, b"new" * 1000) == out
    assert out.read_bytes() == b"new" * 1000
    assert [path.name for path in tmp_path.iterdir()] == ["paper.pdf"]


def test_full_disk_names_drive_and_space_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "paper.pdf"
    out.write_bytes(b"old")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError) as caught:
        write_safely(out, b"x" * 2_500_000)
    assert drive_of(tmp_path) in caught.value.what
    assert "2.4 MB" in caught.value.what
    assert out.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["paper.pdf"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the system's always full device")
def test_a_disk_that_is_really_full_is_noticed() -> None:
    with pytest.raises(OSError, match=r"\[Errno 28\]"):
        files._write_through(Path("/dev/full"), b"x")


def test_a_short_write_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fstat

    def short(descriptor: int) -> os.stat_result:
        found = list(real(descriptor))
        found[6] -= 1
        return os.stat_result(found)

    monkeypatch.setattr(os, "fstat", short)
    with pytest.raises(UserError, match="full"):
        write_safely(tmp_path / "paper.pdf", b"x" * 100)
    assert list(tmp_path.iterdir()) == []


def test_a_check_that_fails_keeps_the_old_file(tmp_path: Path) -> None:
    out = tmp_path / "paper.pdf"
    out.write_bytes(b"old")

    def refuse(path: Path) -> None:
        raise OSError(errno.EIO, "not a paper")

    with pytest.raises(UserError, match="not a paper"):
        write_safely(out, b"new", check=refuse)
    assert out.read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is not there") as caught:
        write_safely(tmp_path / "nowhere" / "paper.pdf", b"x")
    assert "nowhere" in caught.value.what


def test_a_folder_in_the_way_is_a_plain_message(tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").mkdir()
    with pytest.raises(UserError, match=r"paper\.pdf"):
        write_safely(tmp_path / "paper.pdf", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["paper.pdf"]


def test_a_file_that_was_searched_takes_its_place_and_the_others_are_gone(tmp_path: Path) -> None:
    out = tmp_path / "papers" / "paper.pdf"
    with searched_first(out.parent) as inner:
        (inner / "paper.pdf").write_bytes(b"new")
        (inner / "stopped.pdf").write_bytes(b"held")
        assert take_place(inner / "paper.pdf", out) == out
    assert [(path.name, path.read_bytes()) for path in out.parent.iterdir()] == [("paper.pdf", b"new")]


def test_a_place_that_cannot_be_taken_is_explained(tmp_path: Path) -> None:
    out = tmp_path / "paper.pdf"
    out.mkdir()
    with searched_first(tmp_path) as inner:
        (inner / "paper.pdf").write_bytes(b"new")
        with pytest.raises(UserError, match=r"paper\.pdf could not be saved"):
            take_place(inner / "paper.pdf", out)
    assert [path.name for path in tmp_path.iterdir()] == ["paper.pdf"]
