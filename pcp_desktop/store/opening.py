"""Whether a file may be opened as a panel file, and with which settings; a file that may not is never touched."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from urllib.request import pathname2url

from pcp_desktop.errors import UserError

_HEADER_BYTES = 100
_SQLITE = b"SQLite format 3\x00"
_NOTHING_CHANGED = "Nothing was opened and nothing has changed."
_FROM_BACKUP = "Restore the last backup, or ask whoever looks after your computers for an earlier copy of the file."
BUSY_SECONDS = 5.0

# What every connection is set to and, read back, must say.
SETTINGS = (
    ("trusted_schema", "OFF", 0),
    ("journal_mode", "DELETE", "delete"),
    ("synchronous", "FULL", 2),
    ("foreign_keys", "ON", 1),
    ("cell_size_check", "ON", 1),
    ("mmap_size", "0", 0),
    ("secure_delete", "ON", 1),
)


def check_header(path: Path, known_version: int, application_id: int) -> int:
    """The schema version in the file's first bytes.

    Raises UserError where it is no panel file, cannot be read, was cut short, or is of a version after
    `known_version`.
    """
    header, size = _header_and_size(path)
    if size == 0:
        raise _refusal(path, "is empty", "Choose another file, or restore the last backup of your panel file.")
    if not header.startswith(_SQLITE) or len(header) < _HEADER_BYTES:
        raise _refusal(path, "is not a panel file", "Choose a file that PCP Desktop made (its name ends in .pcp).")
    version, application = struct.unpack_from(">I", header, 60)[0], struct.unpack_from(">I", header, 68)[0]
    if application != application_id:
        raise _refusal(path, "is a database of another program", "Choose a file that PCP Desktop made.")
    if version > known_version:
        raise UserError(
            f"“{path.name}” needs {_needed_version(path, version)} or later.",
            f"It was last used with a newer version of the program. {_NOTHING_CHANGED}",
            "Update PCP Desktop on this computer, then open the file again.",
        )
    if version < 1:
        raise _refusal(path, "is damaged", _FROM_BACKUP)
    _check_length(path, header, size)
    return int(version)


def _header_and_size(path: Path) -> tuple[bytes, int]:
    if path.is_dir():
        raise _refusal(path, "is a folder", "Choose the panel file inside it.")
    try:
        with path.open("rb") as file:
            return file.read(_HEADER_BYTES), path.stat().st_size
    except FileNotFoundError:
        raise UserError(
            f"There is no file “{path}”.",
            "Nothing was opened, and no file was made.",
            "Check the name and the folder, or make a new panel file.",
        ) from None
    except PermissionError:
        raise _refusal(
            path, "may not be read by you", "Ask the owner of the file for permission to read it."
        ) from None
    except OSError as error:
        raise _refusal(
            path, f"cannot be read ({error.strerror})", "Check that the drive is connected, then try again."
        ) from error


def _check_length(path: Path, header: bytes, size: int) -> None:
    """Refuse a file with fewer pages than its header promises; a journal beside it may still put that right."""
    page_size = struct.unpack_from(">H", header, 16)[0]
    page_size = 65536 if page_size == 1 else page_size
    pages = struct.unpack_from(">I", header, 28)[0]
    if size < page_size * pages and not path.with_name(f"{path.name}-journal").exists():
        raise _refusal(path, "has been cut short", _FROM_BACKUP)


def _needed_version(path: Path, version: int) -> str:
    try:
        with closing(connect(path, "ro")) as connection:
            found = connection.execute("SELECT value FROM settings WHERE name = 'needs_program_version'").fetchone()
            return f"PCP Desktop {found[0]}"
    except (sqlite3.Error, TypeError):
        return f"a PCP Desktop that knows panel files of version {version}"


def _refusal(path: Path, fault: str, what_to_do: str) -> UserError:
    return UserError(f"“{path.name}” {fault}.", _NOTHING_CHANGED, what_to_do)


def damaged(path: Path) -> UserError:
    """What is said of a panel file whose contents do not hold together."""
    return _refusal(path, "is damaged", _FROM_BACKUP)


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """A connection that makes no file unless `mode` is "rwc", and begins no transaction by itself.

    It may be used from another thread than the one that made it, by one thread at a time.
    """
    address = f"file:{pathname2url(str(path.absolute()))}?mode={mode}"
    return sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)


def set_up(connection: sqlite3.Connection, path: Path) -> None:
    """Apply the settings and read each back; UserError where one could not be had."""
    for name, wanted, expected in SETTINGS:
        connection.execute(f"PRAGMA {name} = {wanted}")
        found = connection.execute(f"PRAGMA {name}").fetchone()
        if found is None or found[0] != expected:
            raise UserError(
                f"“{path.name}” cannot be opened safely: the setting {name} could not be made.",
                _NOTHING_CHANGED,
                "Close every other program that uses the file, then open it again.",
            )


def check_contents(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """Refuse a file whose tables are not exactly ours, or whose pages do not hold together."""
    found = schema(connection)
    expected = expected_schema(version)
    added = sorted(found.keys() - expected.keys())
    if added:
        kind, name = added[0]
        raise _refusal(
            path,
            f"holds something that PCP Desktop did not make: the {kind} “{name}”",
            "Do not use this file; restore the last backup, and tell whoever looks after your computers.",
        )
    if found != expected:
        raise _refusal(path, "does not have the tables of a panel file", _FROM_BACKUP)
    if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise damaged(path)


def schema(connection: sqlite3.Connection) -> dict[tuple[str, str], str]:
    """The SQL of every table, index, trigger and view by kind and name.

    The record of migrations is sqlite-utils' own table: only that it is there is kept.
    """
    return {
        (kind, name): "" if "_sqlite_migrations" in table else sql or ""
        for kind, name, table, sql in connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master")
    }


@cache
def expected_schema(version: int) -> dict[tuple[str, str], str]:
    """The schema of a fresh file of a version, made by the migrations in memory."""
    from sqlite_utils import Database

    from pcp_desktop.store import migrations

    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        database = Database(connection, execute_plugins=False)
        migrations.up_to(database, version)
        return schema(connection)


@contextmanager
def errors_for_people(path: Path) -> Iterator[None]:
    """Turn what SQLite says of damage, a full drive or another user into a UserError; the rest are bugs."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        whole_code = getattr(error, "sqlite_errorcode", None)
        if whole_code is None and isinstance(error, sqlite3.OperationalError):
            # Python's own word for text that is not UTF-8: SQLite read the page without noticing.
            raise damaged(path) from error
        code = (whole_code or 0) & 0xFF
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise damaged(path) from error
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise busy(path) from error
        if code == sqlite3.SQLITE_FULL:
            raise UserError(
                f"There is no room left on the drive of “{path}”.",
                "Nothing has changed.",
                "Make room on the drive, then try again.",
            ) from error
        if whole_code == sqlite3.SQLITE_READONLY_ROLLBACK:
            raise UserError(
                f"“{path.name}” is in the middle of being changed by whoever has it open.",
                "Nothing was opened and nothing has changed.",
                "Try again in a minute; if nobody has it open, a program was stopped half way: open it anyway.",
            ) from error
        if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM):
            raise UserError(
                f"“{path.name}” could not be read or written ({error}).",
                "Nothing has changed.",
                "Check that the drive is connected and that you may write to the folder, then try again.",
            ) from error
        raise


def checked_connection(path: Path, mode: str, version: int) -> sqlite3.Connection:
    """A connection with our settings to a file whose contents are those of a sound panel file of `version`."""
    with errors_for_people(path):
        connection = connect(path, mode)
        try:
            set_up(connection, path)
            check_contents(connection, path, version)
        except BaseException:
            connection.close()
            raise
    return connection


def busy(path: Path) -> UserError:
    """What is said when another program has the file at this moment."""
    return UserError(
        f"“{path.name}” is being used by another program at this moment.",
        "Nothing has changed.",
        "Wait a little, then try again; if it goes on, close other programs that use the file.",
    )


def already_there(path: Path) -> UserError:
    """What is said instead of overwriting a file."""
    return UserError(
        f"There is already a file “{path}”.",
        "It was left as it is, and no panel file was made.",
        "Choose another name or folder.",
    )


def being_made(path: Path, words: str) -> UserError:
    """What is said when somebody else holds the lock of a file that is to be made."""
    return UserError(
        f"“{path}” cannot be made: {words} has a lock on it.",
        "No panel file was made.",
        f"Choose another name, or remove “{path.name}.lock” if you are sure nobody else is making it.",
    )


def folder_refuses(path: Path, error: OSError) -> UserError:
    """What is said when no file can be made in the panel file's folder."""
    return UserError(
        f"“{path.name}” cannot be written in the folder “{path.parent}” ({error.strerror or error}).",
        "Nothing has changed.",
        "Choose a folder that exists and that you may write to, with room on its drive.",
    )
