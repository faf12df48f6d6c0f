"""The window's tests run without a screen, each with its own settings, and leave no thread behind."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pcp_desktop.desktop.jobs import Jobs
from pcp_desktop.desktop.main_window import MainWindow
from pcp_desktop.desktop.settings import Settings
from pcp_desktop.desktop.tabs.welcome import WelcomePage
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.periods import quarter
from pcp_desktop.workspace import Workspace
from pcp_desktop.workspace.sample import sample_clock
from tests.gui.fake_panel import ChartPanel, FakePanel

OpenWindow = Callable[[FakePanel | None], MainWindow]
OpenPage = Callable[[str], MainWindow]
OpenWorkspace = Callable[[Workspace], MainWindow]
PATIENCE = 60_000  # ms


@pytest.fixture
def appearance(qapp: QApplication) -> Iterator[Appearance]:
    """The light theme, applied to the test application."""
    made = Appearance("light")
    made.apply(qapp)
    yield made
    qapp.styleHints().colorSchemeChanged.disconnect(made._follow_system)
    qapp.styleHints().accessibility().contrastPreferenceChanged.disconnect(made._follow_system)


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    """The background thread; stopped at the end, whatever the test did."""
    before = set(threading.enumerate())
    made = Jobs()
    yield made
    assert made.stop()
    assert set(threading.enumerate()) <= before


@pytest.fixture
def open_window(qtbot: QtBot, appearance: Appearance, jobs: Jobs, tmp_path: Path) -> OpenWindow:
    """Makes a shown window, on the given panel file or on the welcome page, once its work is done."""

    def make(panel: FakePanel | None) -> MainWindow:
        settings = Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
        window = MainWindow(
            lambda path: panel or FakePanel(path),
            lambda path, plan: FakePanel(path),
            lambda progress: FakePanel(),
            jobs,
            appearance,
            settings,
        )
        qtbot.addWidget(window)
        window.resize(1366, 738)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        if panel is not None:
            window.files.open(panel.path)
            qtbot.waitUntil(lambda: window.overview is not None and jobs.idle)
        else:
            qtbot.waitUntil(lambda: window.findChild(WelcomePage) is not None)
        return window

    return make


@pytest.fixture
def open_page(qtbot: QtBot, open_window: OpenWindow, jobs: Jobs) -> OpenPage:
    """Makes a window with a page of it on show, read to the end; without a name the welcome page."""

    def make(page: str) -> MainWindow:
        window = open_window(ChartPanel() if page else None)
        if page:
            window.show_page(page)
            qtbot.waitUntil(lambda: jobs.idle)
            QApplication.processEvents()
        return window

    return make


@pytest.fixture
def next_quarter(sample_panel: Path) -> Iterator[Workspace]:
    """The sample quarter, with the quarter after it begun; a return of either can be brought in."""
    with Workspace.open(sample_panel, sample_clock) as opened:
        opened.begin_quarter(quarter(2015, 4))
        yield opened


@pytest.fixture
def open_workspace(qtbot: QtBot, appearance: Appearance, jobs: Jobs, tmp_path: Path) -> OpenWorkspace:
    """Makes a shown window on a real panel file, once it is read."""

    def refuse(*_arguments: object) -> Workspace:
        raise AssertionError("No other panel file is wanted.")

    def make(workspace: Workspace) -> MainWindow:
        settings = Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
        window = MainWindow(lambda _path: workspace, refuse, refuse, jobs, appearance, settings)
        qtbot.addWidget(window)
        window.resize(1366, 738)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        window.files.open(workspace.path)
        qtbot.waitUntil(lambda: window.overview is not None and jobs.idle, timeout=PATIENCE)
        return window

    return make
