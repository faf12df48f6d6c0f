"""Files handed over are written whole or not at all; what stands in them belongs to the writers."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pcp_desktop.errors import UserError

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_UNCHANGED = "Nothing was written; a file of that name that was there before is unchanged."
MEBIBYTE = 1024 * 1024


def write_safely(out: Path, content: bytes, check: Callable[[Path], None] | None = None) -> Path:
    """Write `content` to `out` so that the old file is replaced by the whole new one or stays as it was.

    A temporary file in the same folder is written, its length checked, flushed to the disk, read back and compared,
    and only then takes the place of `out`.

    Args:
        out: where the file goes; its folder must exist.
        content: every byte of it.
        check: opens the temporary file as what it claims to be and raises where it is not that.

    Returns:
        `out`.

    Raises:
        UserError: the disk is full (naming the drive and the space needed), or the folder or file cannot be written.
    """
    part = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        _write_through(part, content)
        if part.read_bytes() != content:
            raise OSError(errno.EIO, "the file read back differs from what was written")
        if check is not None:
            check(part)
        part.replace(out)
        _flush_folder(out.parent)
    except OSError as error:
        raise _explained(error, out, len(content)) from error
    finally:
        part.unlink(missing_ok=True)
    return out


@contextmanager
def searched_first(folder: Path) -> Iterator[Path]:
    """A folder within `folder`, which is made where it is not there, for files that are searched before they go out.

    From there `take_place` moves them; what was not moved is gone with it at the end.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".searching-", dir=folder) as inner:
        yield Path(inner)


def take_place(made: Path, out: Path) -> Path:
    """Let a whole file on the same drive take the place of `out`, and give `out`.

    Raises UserError where it cannot, as when another program has the file open; `out` is then as it was.
    """
    try:
        return made.replace(out)
    except OSError as error:
        raise _explained(error, out, made.stat().st_size) from error


def _write_through(part: Path, content: bytes) -> None:
    """Write and flush `content`, and refuse a file that is shorter than what was handed over."""
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
        written = os.fstat(stream.fileno()).st_size
    if written != len(content):
        raise OSError(errno.ENOSPC, f"{written} of {len(content)} bytes were kept")


def _flush_folder(folder: Path) -> None:
    """Flush the new name itself, where the system lets a folder be opened."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError:
        pass  # some network file systems cannot flush a folder; the file itself is on the disk
    finally:
        os.close(descriptor)


def drive_of(path: Path) -> str:
    """The drive that `path` is on, as its user knows it: `C:` on Windows, else where it is mounted."""
    place = path.absolute()
    if place.drive:
        return place.drive
    while not os.path.ismount(place):
        place = place.parent
    return str(place)


def _space_words(size: int) -> str:
    """A size for people, rounded up: `1 MB`, `0.3 MB`."""
    tenths = -(-size * 10 // MEBIBYTE)
    return f"{max(tenths, 1) / 10:.1f} MB"


def _explained(error: OSError, out: Path, size: int) -> UserError:
    """The error as a person can act on it."""
    if error.errno in _NO_ROOM:
        return UserError(
            f"{out.name} could not be saved because {drive_of(out.parent)} is full; it needs {_space_words(size)}.",
            _UNCHANGED,
            "Free some space there, or choose another folder, and try again.",
        )
    if isinstance(error, FileNotFoundError):
        return UserError(
            f"{out.name} could not be saved because the folder {out.parent} is not there.",
            _UNCHANGED,
            "Make the folder, or choose another one.",
        )
    if isinstance(error, PermissionError | IsADirectoryError):
        return UserError(
            f"{out.name} could not be saved in {out.parent}.",
            _UNCHANGED,
            "Close the file if another program has it open, or choose a folder that you may write to.",
        )
    return UserError(
        f"{out.name} could not be saved in {out.parent}: {error.strerror}.", _UNCHANGED, "Choose another folder."
    )
