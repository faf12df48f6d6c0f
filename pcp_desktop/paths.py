"""Where things are: shipped resources, the person's data folder, log and backups."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _shipped(folder: str) -> Path:
    inside = _PACKAGE / folder
    return inside if inside.is_dir() else _PACKAGE.parent / folder


def resource(name: str) -> Path:
    """The shipped file or folder `name` ("plans/2013-17.json") under resources.

    In a wheel resources lie inside the package, in a checkout beside it. Raises FileNotFoundError where there is
    none.
    """
    path = _shipped("resources") / name
    if not path.exists():
        raise FileNotFoundError(path)
    return path


def sample_workbooks() -> Path:
    """The folder of the sample quarter's workbooks."""
    return _shipped("sample_workbooks")


def data_folder() -> Path:
    """The person's own folder for settings, log and backups; not created here.

    `PCP_DESKTOP_DATA` overrides the system's usual place, for tests and for bundles on a stick.
    """
    chosen = os.environ.get("PCP_DESKTOP_DATA")
    if chosen:
        return Path(chosen)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home() / "AppData" / "Local"))) / "PCP Desktop"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "PCP Desktop"
    return Path(os.environ.get("XDG_DATA_HOME", str(Path.home() / ".local" / "share"))) / "pcp-desktop"


def own_or_shipped(name: str) -> Path:
    """The person's own copy of a resource ("word/report.docx") in the data folder, else the shipped one."""
    own = data_folder() / name
    return own if own.is_file() else resource(name)


def backups_folder() -> Path:
    """Where backups of panel files are kept."""
    return data_folder() / "backups"
