"""Making a panel file whole beside its place, adding plans to it, and bringing an older one up to date."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from pcp_desktop.domain.clearance import Clearance
from pcp_desktop.domain.plans import PlanContents
from pcp_desktop.errors import UserError
from pcp_desktop.store import backups, clearances, history, meetings, opening, plans
from pcp_desktop.store.history import Verb


def make(path: Path, write: Callable[[sqlite3.Connection], None], now: datetime) -> None:
    """Make a whole panel file beside `path`, filled by `write` in one transaction, then move it there."""
    from sqlite_utils import Database

    from pcp_desktop.store import migrations

    beside = path.with_name(f".{path.name}.making")
    try:
        # A journal left by a file of this name that was deleted since would be rolled back into the new one.
        for leftover in (beside, beside.with_name(f"{beside.name}-journal"), path.with_name(f"{path.name}-journal")):
            leftover.unlink(missing_ok=True)
        with opening.errors_for_people(path), closing(opening.connect(beside, "rwc")) as connection:
            opening.set_up(connection, path)
            database = Database(connection, execute_plugins=False)
            migrations.up_to(database, migrations.CURRENT_VERSION)
            with database.atomic():
                migrations.stamp(database, now.isoformat())
                write(connection)
        beside.replace(path)
        backups.sync_folder(path.parent)
    except OSError as error:
        raise opening.folder_refuses(path, error) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def add_plan(
    connection: sqlite3.Connection,
    contents: PlanContents,
    held: tuple[Clearance, ...],
    verb: Verb,
    now: datetime,
    by: str,
) -> None:
    """Write a plan with the clearances it begins with, and log that."""
    try:
        plans.add(connection, contents)
        rows = clearances.new_rows(connection, contents.plan.code, held, now.date(), by)
        clearances.write(connection, rows)
        agendas = meetings.begin(connection, contents.plan.code, contents.agendas)
    except sqlite3.IntegrityError as error:
        raise UserError(
            f"The plan “{contents.plan.name}” contradicts itself: a measure or return names a priority, board or"
            f" organisation that it does not list, or something is listed twice ({error}).",
            "Nothing was stored.",
            "Correct the plan’s file, then try again.",
        ) from error
    words = f"the plan “{contents.plan.name}”"
    title, summary = ("Making the panel file", f"Panel file made with {words}.")
    if verb is Verb.PLAN_ADDED:
        title, summary = (f"Adding {words}", f"Added {words}.")
    details: dict[str, object] = {"plan": contents.plan.code, "clearances": rows}
    if agendas:
        details["rows"] = agendas
    history.append(connection, verb, now, by, title=title, summary=summary, details=details)


def bring_up_to_date(path: Path, version: int, reason: str, backups_folder: Path, now: datetime) -> None:
    """Back up a file of an older version, then take it through the later migrations, each one transaction."""
    from sqlite_utils import Database

    from pcp_desktop.store import migrations

    if reason:
        raise UserError(
            f"“{path.name}” was made by an earlier PCP Desktop and has to be brought up to date first. {reason}.",
            "Nothing was opened and nothing has changed.",
            "Open it once for writing, then it can be read.",
        )
    with opening.errors_for_people(path), closing(opening.checked_connection(path, "rw", version)) as connection:
        backups.back_up(connection, path, backups_folder, now)
        # Tables are changed by new table and copy, which references would forbid; each step checks them itself.
        connection.execute("PRAGMA foreign_keys = OFF")
        database = Database(connection, execute_plugins=False)
        migrations.up_to(database, migrations.CURRENT_VERSION)
        migrations.stamp(database, now.isoformat(), after=version)
