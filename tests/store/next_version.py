"""A made-up next version of the schema, to try what a real one will have to go through."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pcp_desktop.store import migrations

if TYPE_CHECKING:
    from sqlite_utils import Database

RELEASED = len(migrations.NAMES)
VERSION = RELEASED + 1
NAME = f"{VERSION:04} made up"

_STATEMENTS = (
    "CREATE TABLE new_events (plan TEXT NOT NULL REFERENCES plans (code), position INTEGER NOT NULL CHECK"
    " (position >= 0), day TEXT NOT NULL, label TEXT NOT NULL, measures TEXT NOT NULL, PRIMARY KEY (plan, position))"
    " STRICT, WITHOUT ROWID",
    "INSERT INTO new_events SELECT plan, position, day, label, measures FROM events",
    "DROP TABLE events",
    "ALTER TABLE new_events RENAME TO events",
    "CREATE TABLE answers (number INTEGER PRIMARY KEY, words TEXT NOT NULL) STRICT",
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
    " INSERT INTO answers SELECT i, printf('%0200d', i) FROM n",
    f"PRAGMA user_version = {VERSION}",
)


@contextmanager
def known(fail: bool = False) -> Iterator[None]:
    """Within this the program knows the next version; with `fail` its migration breaks at the end."""
    from sqlite_utils import Migrations

    from pcp_desktop.store import opening

    released = (migrations.STEPS, migrations.NAMES, migrations.CURRENT_VERSION)
    steps: Any = Migrations("panel file")
    for name, step in zip(migrations.NAMES, _released_steps(), strict=True):
        steps(name=name)(step)

    def made_up(database: Database) -> None:
        for statement in _STATEMENTS:
            database.conn.execute(statement)
        if fail:
            raise RuntimeError("the migration broke")

    steps(name=NAME)(made_up)
    opening.expected_schema.cache_clear()
    migrations.STEPS, migrations.CURRENT_VERSION = steps, VERSION
    migrations.NAMES = (*released[1], NAME)
    try:
        yield
    finally:
        migrations.STEPS, migrations.NAMES, migrations.CURRENT_VERSION = released
        opening.expected_schema.cache_clear()


def _released_steps() -> tuple[Callable[[Database], None], ...]:
    return (migrations.first_tables, migrations.commentary_meetings_answers_and_holds, migrations.published_counts)
