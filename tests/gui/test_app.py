"""Where the window is made: the example never goes over a panel file that is open."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pcp_desktop import app
from pcp_desktop.desktop.jobs import Jobs
from pcp_desktop.desktop.settings import Settings


def test_the_example_is_made_beside_one_that_is_open_and_cancelling_leaves_no_file(
    qtbot: QtBot, qapp: QApplication, jobs: Jobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PCP_DESKTOP_DATA", str(tmp_path))
    settings = Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
    window = app.make_window(qapp, settings, app.now, jobs)
    qtbot.addWidget(window)
    window.files.open_example()
    qtbot.waitUntil(lambda: window.overview is not None and jobs.idle, timeout=30_000)
    opened = (tmp_path / "example.pcp").read_bytes()
    with qtbot.waitSignal(window.files.given_up, timeout=30_000):
        window.files.open_example()
        qtbot.waitUntil((tmp_path / "example 2.pcp").exists, timeout=30_000)
        assert jobs.cancel()
    assert window.windowTitle().startswith("example.pcp")
    assert (tmp_path / "example.pcp").read_bytes() == opened
    window.close()
    assert sorted(path.name for path in tmp_path.glob("example*")) == ["example.pcp"]
