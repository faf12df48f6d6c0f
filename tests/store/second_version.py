"""A made-up second version of the schema, to try what a real one will have to go through."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlite_utils import Database

VERSION = 2

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
    "PRAGMA user_version = 2",
)


@contextmanager
def known(fail: bool = False) -> Iterator[None]:
    """Within this the program knows the second version; with `fail` its migration breaks at the end."""
    from sqlite_utils import Migrations

    from pcp_desktop.store import migrations, opening

    released = (migrations.STEPS, migrations.NAMES, migrations.CURRENT_VERSION)
    steps: Any = Migrations("panel file")
    steps(name=migrations.NAMES[0])(migrations.first_tables)

    def made_up(database: Database) -> None:
        for statement in _STATEMENTS:
            database.conn.execute(statement)
        if fail:
            raise RuntimeError("the migration broke")

    steps(name="0002 made up")(made_up)
    opening.expected_schema.cache_clear()
    migrations.STEPS, migrations.CURRENT_VERSION = steps, VERSION
    migrations.NAMES = (*released[1], "0002 made up")
    try:
        yield
    finally:
        migrations.STEPS, migrations.NAMES, migrations.CURRENT_VERSION = released
        opening.expected_schema.cache_clear()
