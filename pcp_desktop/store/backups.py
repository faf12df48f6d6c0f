"""Backups of a panel file: made whole, verified, thinned out as they age, previewed and restored."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Hashable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pcp_desktop.errors import UserError
from pcp_desktop.store import lock, opening

AT_MOST_EVERY = timedelta(minutes=30)

_ALL_OF = timedelta(days=2)
_SUFFIX = ".pcp"
_MOMENT = "%Y-%m-%d %H.%M.%S"
_MOMENT_LENGTH = 19
# How many days, weeks and months keep their last backup.
_KEPT: tuple[tuple[int, Callable[[datetime], Hashable]], ...] = (
    (12, lambda taken: taken.date()),
    (10, lambda taken: taken.isocalendar()[:2]),
    (9, lambda taken: (taken.year, taken.month)),
)


@dataclass(frozen=True)
class Backup:
    """One backup and when it was taken."""

    path: Path
    taken: datetime


@dataclass(frozen=True)
class Preview:
    """What a backup holds, shown before it is restored; `last_change` is the last line of its change log."""

    taken: datetime
    plans: tuple[str, ...]
    returns: int
    figures: int
    last_change: str


def back_up(
    connection: sqlite3.Connection,
    panel: Path,
    folder: Path,
    now: datetime,
    *,
    at_most_every: timedelta = timedelta(0),
) -> Path | None:
    """Copy the panel file as it stands into its own folder under `folder`, verify the copy, and thin out old ones.

    Gives the backup's path, or None where the last one is younger than `at_most_every`. Raises UserError where
    `folder` is the panel file's own or the copy cannot be made whole.
    """
    if folder.resolve() == panel.resolve().parent:
        raise UserError(
            f"Backups of “{panel.name}” cannot be kept in its own folder.",
            "No backup was made.",
            "Choose another folder, on another drive if you can.",
        )
    if any(timedelta(0) <= now - backup.taken < at_most_every for backup in listed(panel, folder)):
        return None
    own = _own_folder(panel, folder)
    try:
        own.mkdir(parents=True, exist_ok=True)
        backup = _copy(connection, own, now)
    except (OSError, sqlite3.Error) as error:
        raise UserError(
            f"No backup of “{panel.name}” could be made in “{own}” ({error}).",
            "The panel file itself is as it was.",
            "Check that the drive is connected and has room, then try again.",
        ) from error
    thin_out(panel, folder, now)
    return backup


def _copy(connection: sqlite3.Connection, own: Path, now: datetime) -> Path:
    beside = own / "making.part"
    beside.unlink(missing_ok=True)
    # A file open for reading only may be copied too, but SQLite takes the copy for a writing.
    reading_only = connection.execute("PRAGMA query_only").fetchone()[0]
    connection.execute("PRAGMA query_only = OFF")
    try:
        connection.execute("VACUUM INTO ?", (str(beside),))
    finally:
        connection.execute(f"PRAGMA query_only = {reading_only}")
    _sync_file(beside)
    with closing(opening.connect(beside, "ro")) as copy:
        if copy.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise OSError("the copy is not sound")
    path, again = own / f"{now.strftime(_MOMENT)}{_SUFFIX}", 1
    while path.exists():
        again += 1
        path = own / f"{now.strftime(_MOMENT)} ({again}){_SUFFIX}"
    # The sum stands first, so that no backup is ever without one.
    _sum_path(path).write_text(f"{_sha256(beside)}  {path.name}\n", encoding="utf-8")
    beside.replace(path)
    sync_folder(own)
    return path


def listed(panel: Path, folder: Path) -> tuple[Backup, ...]:
    """The backups of a panel file, newest first."""
    found = []
    for path in _own_folder(panel, folder).glob(f"*{_SUFFIX}"):
        with suppress(ValueError):
            found.append(Backup(path, datetime.strptime(path.name[:_MOMENT_LENGTH], _MOMENT)))
    return tuple(
        sorted(found, key=lambda backup: (backup.taken, len(backup.path.name), backup.path.name), reverse=True)
    )


def to_keep(taken: list[datetime], now: datetime) -> set[datetime]:
    """Which moments keep their backup: all of two days, and the last of 12 days, 10 weeks and 9 months."""
    newest_first = sorted(set(taken), reverse=True)
    kept = {moment for moment in newest_first if now - moment <= _ALL_OF}
    for count, bucket in _KEPT:
        seen: dict[Hashable, datetime] = {}
        for moment in newest_first:
            seen.setdefault(bucket(moment), moment)
        kept.update(list(seen.values())[:count])
    return kept


def thin_out(panel: Path, folder: Path, now: datetime) -> None:
    """Remove the backups that `to_keep` does not keep."""
    backups = listed(panel, folder)
    kept = to_keep([backup.taken for backup in backups], now)
    for backup in backups:
        if backup.taken not in kept:
            backup.path.unlink(missing_ok=True)
            _sum_path(backup.path).unlink(missing_ok=True)


def check(backup: Path) -> None:
    """Raise UserError where a backup is not bit for bit what was made, or not a sound panel file."""
    from pcp_desktop.store import migrations

    version = opening.check_header(backup, migrations.CURRENT_VERSION, migrations.APPLICATION_ID)
    told = _sum_path(backup).read_text(encoding="utf-8").split(" ")[0] if _sum_path(backup).exists() else ""
    if told != _sha256(backup):
        raise opening.damaged(backup)
    opening.checked_connection(backup, "ro", version).close()


def preview(backup: Path) -> Preview:
    """What a backup holds; UserError where it is not sound."""
    check(backup)
    with opening.errors_for_people(backup), closing(opening.connect(backup, "ro")) as connection:
        plans = tuple(name for (name,) in connection.execute("SELECT name FROM plans ORDER BY position"))
        returns = connection.execute("SELECT count(*) FROM accepted_returns WHERE NOT withdrawn").fetchone()[0]
        figures = connection.execute("SELECT count(*) FROM observations").fetchone()[0]
        last = connection.execute("SELECT summary FROM change_log ORDER BY number DESC LIMIT 1").fetchone()[0]
    taken = datetime.strptime(backup.name[:_MOMENT_LENGTH], _MOMENT)
    return Preview(taken, plans, returns, figures, last)


def restore(backup: Path, panel: Path, now: datetime) -> Path | None:
    """Put a sound backup in the place of a closed panel file, and give where the present file was kept aside.

    None where there was no present file. Raises UserError, having changed nothing, where the backup is not sound or
    somebody has the panel file open.
    """
    check(backup)
    try:
        held = lock.acquire(panel, now)
    except OSError as error:
        raise opening.folder_refuses(panel, error) from error
    if isinstance(held, lock.Held):
        raise UserError(
            f"“{panel.name}” cannot be restored: {held.words} has it open.",
            "Nothing has changed.",
            "Close it everywhere, then restore again.",
        )
    beside = panel.with_name(f".{panel.name}.restoring")
    try:
        shutil.copyfile(backup, beside)
        _sync_file(beside)
        if _sha256(beside) != _sha256(backup):
            raise opening.damaged(backup)
        aside = _keep_aside(panel, now)
        beside.replace(panel)
        sync_folder(panel.parent)
        return aside
    except OSError as error:
        raise opening.folder_refuses(panel, error) from error
    finally:
        beside.unlink(missing_ok=True)
        held.release()


def _keep_aside(panel: Path, now: datetime) -> Path | None:
    """Copy the present file, and the journal of a killed program with it, under a name that says when."""
    if not panel.exists():
        return None
    words, again = f"{panel.stem} before restoring {now.strftime(_MOMENT)}", 1
    aside = panel.with_name(f"{words}{panel.suffix}")
    while aside.exists():
        again += 1
        aside = panel.with_name(f"{words} ({again}){panel.suffix}")
    journal = panel.with_name(f"{panel.name}-journal")
    if journal.exists():
        # Left beside the restored file it would be rolled back into it.
        shutil.copyfile(journal, aside.with_name(f"{aside.name}-journal"))
    shutil.copyfile(panel, aside)
    _sync_file(aside)
    journal.unlink(missing_ok=True)
    return aside


def _own_folder(panel: Path, folder: Path) -> Path:
    """Two panel files of one name in different places do not share their backups."""
    place = hashlib.sha256(str(panel.resolve()).encode()).hexdigest()[:8]
    return folder / f"{panel.stem} {place}"


def _sum_path(backup: Path) -> Path:
    return backup.with_name(f"{backup.name}.sha256")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync_file(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make a renaming last through a power cut, where the system allows it."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
