"""Ten kinds of wrong file: each gets its own plain message, and not a byte is changed."""

from __future__ import annotations

import os
import re
import sqlite3
import struct
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from pcp_desktop.errors import UserError
from pcp_desktop.store import migrations
from pcp_desktop.store.panel_file import PanelFile
from tests.store import examples
from tests.store.examples import BY, NOW


def _sound(path: Path) -> None:
    with PanelFile.create(path, examples.contents(measures=20), NOW) as panel:
        panel.accept(examples.new(100), NOW, BY)


def _altered(path: Path, *statements: str) -> None:
    """A sound file to which another program did something."""
    _sound(path)
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def _nothing(path: Path) -> None:
    """No file at all."""


def _other_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE plans (code TEXT)")
        connection.commit()


def _truncated(path: Path) -> None:
    _sound(path)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def _corrupt(path: Path) -> None:
    """Every page but the first is rubbish."""
    _sound(path)
    content = bytearray(path.read_bytes())
    for place in range(4096, len(content), 512):
        content[place : place + 256] = b"\xa5" * 256
    path.write_bytes(content)


def _rubbish_schema(path: Path) -> None:
    _sound(path)
    content = bytearray(path.read_bytes())
    content[100:4096] = b"\xff" * 3996
    path.write_bytes(content)


_TRIGGER = "CREATE TRIGGER quiet AFTER INSERT ON observations BEGIN DELETE FROM observations; END"
_NEWER = ("PRAGMA user_version = 99", "UPDATE settings SET value = '7.3' WHERE name = 'needs_program_version'")

_WRONG: list[tuple[str, Callable[[Path], object], str]] = [
    ("missing", _nothing, r"There is no file “.*a\.pcp”\. Nothing was opened, and no file was made\."),
    ("folder", Path.mkdir, r"“a\.pcp” is a folder\."),
    ("empty", Path.touch, r"“a\.pcp” is empty\."),
    ("text", lambda path: path.write_text("code,value\n" * 50, encoding="utf-8"), r"“a\.pcp” is not a panel file\."),
    ("short", lambda path: path.write_bytes(b"SQLite format 3\x00"), r"“a\.pcp” is not a panel file\."),
    ("another program's", _other_database, r"“a\.pcp” is a database of another program\."),
    ("truncated", _truncated, r"“a\.pcp” has been cut short\."),
    ("corrupt", _corrupt, r"“a\.pcp” is damaged\."),
    ("corrupt schema", _rubbish_schema, r"“a\.pcp” is damaged\."),
    ("newer", lambda path: _altered(path, *_NEWER), r"“a\.pcp” needs PCP Desktop 7\.3 or later\."),
    (
        "newer, nothing known",
        lambda path: _altered(path, _NEWER[0], "DROP TABLE settings"),
        "panel files of version 99",
    ),
    ("without version", lambda path: _altered(path, "PRAGMA user_version = 0"), r"“a\.pcp” is damaged\."),
    ("foreign trigger", lambda path: _altered(path, _TRIGGER), "PCP Desktop did not make: the trigger “quiet”"),
    ("foreign view", lambda path: _altered(path, "CREATE VIEW v AS SELECT 1"), "did not make: the view “v”"),
    ("foreign table", lambda path: _altered(path, "CREATE TABLE t (a)"), "did not make: the table “t”"),
    (
        "log unguarded",
        lambda path: _altered(path, "DROP TRIGGER change_log_is_never_updated"),
        "does not have the tables",
    ),
]


def _bytes_under(folder: Path) -> dict[str, bytes | None]:
    return {entry.name: entry.read_bytes() if entry.is_file() else None for entry in folder.iterdir()}


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize(("make", "message"), [case[1:] for case in _WRONG], ids=[case[0] for case in _WRONG])
def test_a_wrong_file_is_refused_in_plain_words(
    tmp_path: Path, make: Callable[[Path], object], message: str, read_only: bool
) -> None:
    path = tmp_path / "a.pcp"
    make(path)
    before = _bytes_under(tmp_path)
    with pytest.raises(UserError, match=message) as caught:
        PanelFile.open(path, NOW, read_only=read_only)
    assert caught.value.what_to_do
    assert "Nothing was opened" in caught.value.where
    assert _bytes_under(tmp_path) == before


@contextmanager
def _as_somebody_else() -> Iterator[None]:
    """Run as a user without rights, where the tests run as one who may read everything."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_file_that_may_not_be_read_is_refused_in_plain_words() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        path = folder / "a.pcp"
        _sound(path)
        before = _bytes_under(folder)
        path.chmod(0o000)
        with _as_somebody_else(), pytest.raises(UserError, match="may not be read by you"):
            PanelFile.open(path, NOW)
        path.chmod(0o644)
        assert _bytes_under(folder) == before


def test_a_file_in_a_folder_that_may_not_be_written_is_opened_for_reading() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "a.pcp"
        _sound(path)
        path.chmod(0o666)
        folder.chmod(0o555)
        try:
            with _as_somebody_else(), PanelFile.open(path, NOW) as panel:
                assert "nothing can be written into its folder" in panel.read_only_reason
                assert len(panel.facts(NOW).observations) == 100
        finally:
            folder.chmod(0o755)


def test_a_flipped_bit_is_a_plain_message_or_a_finding_never_a_crash(tmp_path: Path) -> None:
    path = tmp_path / "a.pcp"
    _sound(path)
    content = path.read_bytes()
    noticed = 0
    for place in range(100, len(content), len(content) // 60):
        flipped = bytearray(content)
        flipped[place] ^= 1 << place % 8
        path.write_bytes(flipped)
        try:
            with PanelFile.open(path, NOW) as panel:
                noticed += not panel.verify().ok
                with suppress(UserError, ValueError, KeyError):
                    panel.facts(NOW)
        except UserError:
            noticed += 1
    assert noticed > 10, "most of the other bits lie in free space"


def test_a_flipped_bit_in_a_stored_figure_is_always_noticed(tmp_path: Path) -> None:
    path = tmp_path / "a.pcp"
    _sound(path)
    content = path.read_bytes()
    places = [found.start() for found in re.finditer(b"m0Whole2", content)]
    assert len(places) >= 200, "each figure and its entry in an index"
    for number, place in enumerate(places[::5]):
        flipped = bytearray(content)
        flipped[place + 7 + number % 30] ^= 1 << number % 7
        path.write_bytes(flipped)
        try:
            with PanelFile.open(path, NOW) as panel:
                assert not panel.verify().ok
        except UserError:
            pass


def test_the_header_says_whose_file_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.pcp"
    _sound(path)
    header = path.read_bytes()[:100]
    assert header[68:72] == b"PCPD"
    assert struct.unpack_from(">I", header, 60) == (migrations.CURRENT_VERSION,)
    assert header[18:20] == b"\x01\x01", "a rollback journal, never a write-ahead log"
