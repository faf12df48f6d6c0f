"""The only place where the window's objects are made and joined: the window itself, and pictures of its screens."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from pcp_desktop import paths
from pcp_desktop.desktop.jobs import Jobs
from pcp_desktop.desktop.main_window import MainWindow
from pcp_desktop.desktop.settings import Settings
from pcp_desktop.desktop.theme import Appearance, make_application

if TYPE_CHECKING:
    from types import TracebackType

    from PySide6.QtCore import QMessageLogContext, QtMsgType

    from pcp_desktop.desktop.panel import Panel
    from pcp_desktop.domain.progress import Progress

Clock = Callable[[], datetime]
LOG_BYTES = 1_000_000


def now() -> datetime:
    """The time as the computer has it."""
    return datetime.now().replace(microsecond=0)


def make_window(application: QApplication, settings: Settings, clock: Clock, jobs: Jobs) -> MainWindow:
    """The window with all it needs; the rooms below are imported when a panel file is first opened."""
    appearance = Appearance(settings.theme, settings.text_scale, application)
    appearance.apply(application)

    def open_panel(path: Path) -> Panel:
        from pcp_desktop.workspace import Workspace

        return Workspace.open(path, clock)

    def new_panel(path: Path, plan: str) -> Panel:
        from pcp_desktop.workspace import Workspace, plan_contents

        return Workspace.create(path, plan_contents(plan), clock)

    def example(progress: Progress) -> Panel:
        from pcp_desktop.workspace.sample import make_sample_panel

        path = _free_example()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        return make_sample_panel(path, progress)

    return MainWindow(open_panel, new_panel, example, jobs, appearance, settings)


def _free_example() -> Path:
    """Where the next example goes: never over one that is open, in this window or another."""
    from pcp_desktop.store.lock import lock_path

    folder = paths.data_folder()
    names = chain(["example.pcp"], (f"example {number}.pcp" for number in count(2)))
    return next(path for path in (folder / name for name in names) if not lock_path(path).exists())


def first_window(settings_file: Path, jobs: Jobs) -> tuple[QApplication, MainWindow, Settings]:
    """The application and its window, painted for the first time; the benchmark of the start measures this."""
    with _collecting_later():
        application = make_application(sys.argv[:1])
        application.setApplicationName("PCP Desktop")
        application.setApplicationDisplayName("")
        settings = Settings(QSettings(str(settings_file), QSettings.Format.IniFormat))
        window = make_window(application, settings, now, jobs)
        window.show()
        while not window.windowHandle().isExposed():  # the window paints itself as soon as it is
            application.processEvents()
    return application, window, settings


def show_window(panel: Path | None) -> int:
    """Show the window on `panel`, else on the panel file that was open last, else the welcome page.

    Gives the exit status once the window is closed; 1, with a plain sentence, where there is no screen.
    """
    if _no_screen():
        print("There is no screen to show the window on.", file=sys.stderr)
        print("Run “pcp-desktop demo” for the whole job without one.", file=sys.stderr)
        return 1
    jobs = Jobs()
    application, window, settings = first_window(paths.data_folder() / "settings.ini", jobs)
    _keep_a_log()
    _show_bugs(window)
    last = settings.last_panel
    start = panel or (last if last is not None and last.is_file() else None)
    if start is not None:
        QTimer.singleShot(0, window, lambda: window.files.open(start))
    return application.exec()


def render_screens(
    panel: Path, out: Path, size: tuple[int, int], theme: str, text_scale: int, clock: Clock
) -> list[tuple[Path, str]]:
    """Draw every screen on a copy of `panel` into `out` without a display; gives each picture with what it shows.

    Raises UserError where the panel file cannot be opened.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import qInstallMessageHandler

    from pcp_desktop.desktop.pictures import draw_screens

    application = QApplication.instance() or make_application(["pcp-desktop"])
    assert isinstance(application, QApplication)

    def open_window(settings: Settings, jobs: Jobs) -> MainWindow:
        return make_window(application, settings, clock, jobs)

    earlier = qInstallMessageHandler(_keep_message)
    try:
        return draw_screens(open_window, panel, out, size, theme, text_scale)
    finally:
        qInstallMessageHandler(earlier)


def _keep_message(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    """Keep what Qt says in the log; the offscreen platform speaks of window hints that it has no use for."""
    if "propagateSizeHints" not in message:
        import logging

        logging.getLogger("pcp_desktop.qt").warning(message)


@contextmanager
def _collecting_later() -> Iterator[None]:
    """Start without collecting garbage: nothing made until the first window is up can be let go yet."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _no_screen() -> bool:
    chosen = os.environ.get("QT_QPA_PLATFORM") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return sys.platform.startswith("linux") and not chosen


def _keep_a_log() -> None:
    import logging
    from logging.handlers import RotatingFileHandler

    folder = paths.data_folder()
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(folder / "log.txt", maxBytes=LOG_BYTES, backupCount=2, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)


def _show_bugs(window: MainWindow) -> None:
    def show(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        import logging

        logging.getLogger("pcp_desktop").error("Unexpected error", exc_info=(kind, error, trace))
        window.messages.show_bug(error)

    sys.excepthook = show
