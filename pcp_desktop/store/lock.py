"""The lock file beside a panel file: who may write, on which computer, since when."""

from __future__ import annotations

import contextlib
import errno
import getpass
import json
import os
import platform
import sys
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from pcp_desktop.domain.periods import in_words

_UNKNOWN = "somebody whose name cannot be read from the lock file"


@dataclass(frozen=True)
class Holder:
    """Whoever holds a lock: login name, computer, process, a mark of that process's start, and the time.

    `started` tells a process from a later one of the same number; empty where the system does not say.
    """

    person: str
    computer: str
    process: int
    started: str
    time: str

    @property
    def words(self) -> str:
        """The holder as a sentence names them."""
        moment = datetime.fromisoformat(self.time)
        return f"{self.person} on {self.computer} since {in_words(moment.date())}, {moment:%H:%M}"


class Lock:
    """A lock file that this process holds."""

    def __init__(self, path: Path, content: bytes) -> None:
        self._path = path
        self._content = content

    def is_held(self) -> bool:
        """Whether the lock file still says what this process wrote; False once somebody opened anyway."""
        return _read(self._path) == self._content

    def release(self) -> None:
        """Remove the lock file, unless it is somebody else's by now."""
        if self.is_held():
            self._path.unlink(missing_ok=True)


@dataclass(frozen=True)
class Held:
    """The lock is somebody else's. `words` names them; `is_known` is False where the lock file cannot be read."""

    words: str
    is_known: bool = True


def lock_path(panel: Path) -> Path:
    """The lock file of a panel file, beside the file itself where `panel` is a link to it."""
    own = panel.resolve()
    return own.with_name(f"{own.name}.lock")


def acquire(panel: Path, now: datetime, *, take_over: bool = False) -> Lock | Held:
    """Take the lock of `panel`, recovering at once one that a dead process of this computer left behind.

    A live lock, another computer's lock however old, and a lock file nobody can read are left alone and returned as
    `Held`, unless `take_over` ("open anyway"). Raises OSError where no file can be made beside the panel file.
    """
    path = lock_path(panel)
    content = json.dumps(asdict(_this_process(now))).encode()
    if take_over:
        return _replace(path, content)
    if _create(path, content):
        return Lock(path, content)
    found = _read(path)
    holder = _parse(found)
    if holder is not None and _is_dead(holder) and _clear(path, found) and _create(path, content):
        return Lock(path, content)
    return Held(holder.words) if holder else Held(_UNKNOWN, is_known=False)


def live_holder(panel: Path) -> str | None:
    """Who holds the lock of `panel` at this moment, in words; None for nobody, or a dead process of this computer."""
    found = _read(lock_path(panel))
    holder = _parse(found)
    if holder is None:
        return _UNKNOWN if lock_path(panel).exists() else None
    return None if _is_dead(holder) else holder.words


def _this_process(now: datetime) -> Holder:
    try:
        person = getpass.getuser()
    except (KeyError, OSError, ImportError):
        person = "somebody"
    number = os.getpid()
    return Holder(person, platform.node(), number, _process_start(number), now.isoformat(timespec="seconds"))


def _create(path: Path, content: bytes) -> bool:
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
    except FileExistsError:
        return False
    whole = False
    try:
        written = os.write(handle, content)
        os.fsync(handle)
        whole = written == len(content)
    finally:
        os.close(handle)
        if not whole:
            # On a full drive an empty lock file would stay, and nobody could tell whose it is.
            path.unlink(missing_ok=True)
    if not whole:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
    return True


def _replace(path: Path, content: bytes) -> Lock:
    """Put our lock in place of whatever is there, at one stroke."""
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    beside.unlink(missing_ok=True)
    _create(beside, content)
    beside.replace(path)
    return Lock(path, content)


def _clear(path: Path, dead: bytes) -> bool:
    """Remove the lock of a dead process, but not one that a quicker process has put in its place meanwhile."""
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.rename(aside)
    except OSError:
        return False
    if _read(aside) == dead:
        aside.unlink(missing_ok=True)
        return True
    with contextlib.suppress(OSError):
        aside.rename(path)
    return False


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _parse(content: bytes) -> Holder | None:
    try:
        entries = json.loads(content)
        holder = Holder(**entries)
        datetime.fromisoformat(holder.time)
        os.fspath(holder.computer)
        return holder if isinstance(holder.process, int) else None
    except (ValueError, TypeError):
        return None


def _is_dead(holder: Holder) -> bool:
    if holder.computer != platform.node():
        return False
    return not _is_running(holder.process) or holder.started != _process_start(holder.process)


def _process_start(process: int) -> str:
    """A mark of when a process started, from Linux's own record of it; empty on other systems."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        record = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return f"{boot} {record.rpartition(')')[2].split()[19]}"


def _is_running(process: int) -> bool:
    if sys.platform == "win32":
        import ctypes

        query_limited_information, still_active = 0x1000, 259
        kernel = ctypes.windll.kernel32
        handle = kernel.OpenProcess(query_limited_information, False, process)
        if not handle:
            return False
        code = ctypes.c_ulong()
        kernel.GetExitCodeProcess(handle, ctypes.byref(code))
        kernel.CloseHandle(handle)
        return code.value == still_active
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return process > 0
