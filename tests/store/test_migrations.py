"""Files of every released schema open, and a migrated file is as a fresh one; a broken migration changes nothing."""

from __future__ import annotations

import ast
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pcp_desktop.domain.clearance import NO_TERMS
from pcp_desktop.domain.returns import ReturnState
from pcp_desktop.errors import UserError
from pcp_desktop.store import backups, migrations, opening
from pcp_desktop.store.panel_file import PanelFile
from tests.panel_files import make_schema_3
from tests.store import examples, next_version
from tests.store.examples import BY, NOW

_FIXTURES = Path(__file__).parents[1] / "panel_files"


def _schema(path: Path) -> dict[tuple[str, str], str]:
    with closing(sqlite3.connect(path)) as connection:
        return opening.schema(connection)


def test_there_is_a_fixture_of_every_released_schema() -> None:
    names = [f"schema_{version}.pcp" for version in range(1, migrations.CURRENT_VERSION + 1)]
    assert sorted(path.name for path in _FIXTURES.glob("*.pcp")) == sorted(names)


@pytest.mark.parametrize("fixture", [_FIXTURES / "schema_1.pcp"], ids=lambda path: path.stem)
def test_a_file_of_every_released_schema_opens_and_becomes_as_a_fresh_one(fixture: Path, tmp_path: Path) -> None:
    path, fresh = tmp_path / fixture.name, tmp_path / "fresh.pcp"
    shutil.copyfile(fixture, path)
    PanelFile.create(fresh, examples.contents(), NOW).close()
    with PanelFile.open(path, NOW, backups_folder=tmp_path / "backups") as panel:
        assert panel.verify().ok
        facts = panel.facts(NOW)
        assert [one.value for one in facts.observations] == [100.0, 101.0, 900.0, 901.0]
        assert [one.return_number for one in facts.observations] == [1, 1, 2, 2]
        assert len(facts.measures) == 3
        assert [one.state for one in facts.returns] == [
            ReturnState.ACCEPTED,
            ReturnState.EXPECTED,
            ReturnState.RECEIVED,
        ]
        assert facts.clearances == ()
        assert [plan.code for plan in panel.plans()] == ["2013-17", "2017-21"]
        assert panel.undoable() == "Receiving “money.xlsx”"
        panel.undo(NOW, BY)
        panel.undo(NOW, BY)
        assert [one.value for one in panel.facts(NOW).observations] == [100.0, 101.0, 102.0, 103.0]
    assert _schema(path) == _schema(fresh)


def test_the_fixture_of_the_newest_schema_is_what_its_script_makes(tmp_path: Path) -> None:
    """An older schema's fixture was made so too; now it stands for itself."""
    made = tmp_path / "schema_3.pcp"
    make_schema_3.make(made)
    with PanelFile.open(made, NOW) as new, PanelFile.open(_copy(make_schema_3.PLACE, tmp_path), NOW) as kept:
        assert new.verify().log_head == kept.verify().log_head


def test_commentary_agenda_and_pack_of_an_older_file_are_read(tmp_path: Path) -> None:
    older = _copy(_FIXTURES / "schema_2.pcp", tmp_path)
    with PanelFile.open(older, NOW, backups_folder=tmp_path / "backups") as panel:
        assert panel.verify().ok
        facts = panel.facts(NOW)
        assert [one.text for one in facts.commentaries] == ["It rose to {{m0.latest}}, a little."]
        assert [item.title for item in facts.agendas[0].items][-1] == "Victim services"
        assert facts.agendas[0].items[-1].paper is not None
        assert [pack.name for pack in facts.packs] == ["Pack.pdf"]
        assert [(one.label, one.answer) for one in facts.answers] == [("TFMV", "m1")]
        assert [one.terms for one in facts.clearances] == [NO_TERMS, examples.exempt("m1").terms]
        assert [one.role for one in facts.recipients] == ["Chief Executive"]
        crime = facts.returns[0].expected
        assert crime is not None
        assert crime.board_meets == examples.board_date().day


def _copy(path: Path, folder: Path) -> Path:
    return Path(shutil.copyfile(path, folder / "kept.pcp"))


def test_migrations_import_nothing_of_the_programs_own() -> None:
    tree = ast.parse(Path(migrations.__file__).read_text(encoding="utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert imported == {"__future__", "typing", "sqlite_utils"}


def test_a_clearance_from_before_holds_had_terms_stays_undoable(tmp_path: Path) -> None:
    """The change log of an older file tells clearances without terms."""
    path = tmp_path / "schema_1.pcp"
    shutil.copyfile(_FIXTURES / "schema_1.pcp", path)
    with PanelFile.open(path, NOW, backups_folder=tmp_path / "backups") as panel:
        panel.undo(NOW, BY)  # receiving the finances, done after the clearance was taken back
        panel.record_clearances([examples.clearance("m0")], NOW, BY)
        assert panel.verify().ok
        panel.undo(NOW, BY)
        panel.redo(NOW, BY)
        assert panel.verify().ok
        assert [one.measure for one in panel.facts(NOW).clearances] == ["m0"]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "a.pcp"
    with PanelFile.create(path, examples.contents(), NOW) as panel:
        panel.accept(examples.new(4), NOW, BY)
    return path


def test_an_older_file_is_backed_up_and_brought_up_to_date(old: Path, tmp_path: Path) -> None:
    before, folder, fresh = old.read_bytes(), tmp_path / "backups", tmp_path / "fresh.pcp"
    with PanelFile.open(old, NOW) as panel:
        facts = panel.facts(NOW)
    with next_version.known():
        with PanelFile.open(old, NOW, backups_folder=folder) as panel:
            assert panel.facts(NOW) == facts
            assert (panel.verify().ok, panel.verify().schema_version) == (True, next_version.VERSION)
        PanelFile.create(fresh, examples.contents(), NOW).close()
        assert _schema(old) == _schema(fresh)
        PanelFile.open(old, NOW, backups_folder=folder).close()
    with closing(sqlite3.connect(old)) as connection:
        times = {time for (time,) in connection.execute("SELECT applied_at FROM _sqlite_migrations")}
    assert times == {NOW.isoformat()}
    (backup,) = backups.listed(old, folder)
    assert _schema(backup.path) == opening.expected_schema(next_version.RELEASED)
    assert old.read_bytes() != before
    with pytest.raises(UserError, match="or later"):
        PanelFile.open(old, NOW)


def test_a_broken_migration_leaves_the_file_as_it_was(old: Path, tmp_path: Path) -> None:
    before = _schema(old)
    with next_version.known(fail=True), pytest.raises(RuntimeError, match="the migration broke"):
        PanelFile.open(old, NOW, backups_folder=tmp_path / "backups")
    assert _schema(old) == before
    with PanelFile.open(old, NOW) as panel:
        assert panel.verify().ok


def test_an_older_file_that_may_only_be_read_says_what_to_do(old: Path) -> None:
    before = old.read_bytes()
    with next_version.known(), pytest.raises(UserError, match="brought up to date first") as caught:
        PanelFile.open(old, NOW, read_only=True)
    assert caught.value.what_to_do == "Open it once for writing, then it can be read."
    assert old.read_bytes() == before
