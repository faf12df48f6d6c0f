"""The change log is only added to, and any later alteration of it is found."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pcp_desktop.store import migrations
from pcp_desktop.store.panel_file import PanelFile
from tests.store import examples
from tests.store.examples import BY, NOW, later

_TRIGGERS = ("change_log_is_never_updated", "change_log_is_never_deleted")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "a.pcp"
    with PanelFile.create(made, examples.contents(), NOW) as panel:
        panel.accept(examples.new(3), later(1), BY)
        panel.accept(examples.revised(1), later(2), BY)
        panel.undo(later(3), BY)
    return made


def test_every_verb_leaves_one_entry_and_the_chain_holds(path: Path) -> None:
    with PanelFile.open(path, NOW) as panel:
        report = panel.verify()
    assert (report.ok, report.schema_version, report.integrity, report.log_entries) == (
        True,
        migrations.CURRENT_VERSION,
        "ok",
        4,
    )
    assert len(report.log_head) == 64
    assert report.problems == ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE change_log SET summary = 'nothing' WHERE number = 1",
        "DELETE FROM change_log",
        "INSERT OR REPLACE INTO change_log SELECT number, at, by, verb, 'x', summary, return_number, about, details,"
        " previous_hash, hash FROM change_log WHERE number = 2",
    ],
)
def test_the_file_itself_refuses_to_alter_the_log(path: Path, statement: str) -> None:
    with PanelFile.open(path, NOW) as panel, pytest.raises(sqlite3.IntegrityError, match="only added to"):
        panel._connection.execute(statement)


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        (
            "UPDATE change_log SET by = 'nobody' WHERE number = 2",
            "Entry 2 of the change log is not as it was written.",
        ),
        ("UPDATE change_log SET details = '{}' WHERE number = 3", "Entry 3 of the change log is not as"),
        ("UPDATE change_log SET return_number = NULL WHERE number = 4", "Entry 4 of the change log is not as"),
        ("DELETE FROM change_log WHERE number = 2", "Entry 2 of the change log is missing."),
        ("UPDATE file_contents SET content = x'00'", "A received file is not as it came"),
        ("DELETE FROM file_contents", "A row of received_files refers to something that is not there."),
        (
            "UPDATE observations SET return_number = 77",
            "A row of observations refers to something that is not there.",
        ),
    ],
)
def test_whatever_was_altered_from_outside_is_found(path: Path, statement: str, found: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        guards = [
            connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0]
            for name in _TRIGGERS
        ]
        for name in _TRIGGERS:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(statement)
        for guard in guards:
            connection.execute(guard)
        connection.commit()
    with PanelFile.open(path, NOW, read_only=True) as panel:
        report = panel.verify()
    assert not report.ok
    assert any(problem.startswith(found) for problem in report.problems), report.problems


def test_the_head_depends_on_everything_before_it(tmp_path: Path) -> None:
    heads = set()
    for by in ("the secretariat", "the clerk"):
        with PanelFile.create(tmp_path / f"{by}.pcp", examples.contents(), NOW, by) as panel:
            panel.accept(examples.new(3), later(1), BY)
            heads.add(panel.verify().log_head)
    assert len(heads) == 2
