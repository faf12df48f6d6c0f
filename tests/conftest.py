"""What holds for every test: no screen, no network, a data folder of its own.

Properties are tried on the same examples every time, however busy the machine is.
"""

from __future__ import annotations

import os
import shutil
import socket
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, log and backups of a test go to a folder of its own."""
    folder = tmp_path_factory.mktemp("data")
    monkeypatch.setenv("PCP_DESKTOP_DATA", str(folder))
    return folder


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any attempt to reach another machine fails the test."""

    def refuse(_socket: socket.socket, address: Any) -> None:
        raise AssertionError(f"A connection to {address} was attempted; the program works offline")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)


@pytest.fixture(scope="session")
def sample_panel_as_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample quarter's panel file, made once for all tests; look at it, do not change it."""
    from pcp_desktop.workspace import sample

    path = tmp_path_factory.mktemp("sample") / "leicestershire-panel.pcp"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PCP_DESKTOP_DATA", str(tmp_path_factory.mktemp("sample-data")))
        sample.make_sample_panel(path).close()
    return path


@pytest.fixture
def sample_panel(sample_panel_as_made: Path, tmp_path: Path) -> Path:
    """A copy of the sample quarter's panel file that a test may change."""
    copy = tmp_path / sample_panel_as_made.name
    shutil.copyfile(sample_panel_as_made, copy)
    return copy
