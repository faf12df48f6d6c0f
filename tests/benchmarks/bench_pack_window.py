"""How the window lives while the sample quarter's pack is built in it: the longest pauses of its main loop.

`python -m tests.benchmarks.bench_pack_window` opens the sample quarter, builds its public pack, and measures how late
a timer of the main loop comes meanwhile; an idle window of the same length is the comparison, so that a busy machine
slows both alike. A second build is cancelled half way, and the time until the window is free is printed.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from pcp_desktop.app import make_window
from pcp_desktop.desktop.jobs import Jobs
from pcp_desktop.desktop.settings import Settings
from pcp_desktop.desktop.tabs.packs.tab import PacksTab
from pcp_desktop.desktop.theme import make_application
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.packs import PackPage
from pcp_desktop.domain.progress import Progress
from pcp_desktop.workspace import sample

EVERY = 5  # ms: how often the timer should come
ALIVE = 100.0  # ms: a pause that a person notices
PATIENCE = 300.0  # seconds


def main() -> None:
    """Print the pauses and the time of cancelling."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PCP_DESKTOP_DATA"] = folder
        panel = Path(folder) / "panel.pcp"
        sample.make_sample_panel(panel).close()
        application, jobs = make_application(["bench"]), Jobs()
        settings = Settings(QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat))
        window = make_window(application, settings, sample.sample_clock, jobs)
        window.show()
        window.files.open(panel)
        run_until(lambda: window.overview is not None and jobs.idle)
        window.show_page("packs")
        tab = window.current
        assert isinstance(tab, PacksTab)
        report(tab, jobs)
        window.close()


def report(tab: PacksTab, jobs: Jobs) -> None:
    """Measure a build, an idle window for as long, and a build that is cancelled."""
    began = time.monotonic()
    building = pauses(lambda: tab.page is not None and tab.page.built and jobs.idle)
    taken = time.monotonic() - began
    assert tab.page is not None
    idle = pauses(lambda: time.monotonic() - began > 2 * taken)
    print(f"{len(tab.page.page_numbers)} pages built in {taken:.1f} s with the window open")
    for name, found in (("building", building), ("idle", idle)):
        longest = ", ".join(f"{each:.0f}" for each in sorted(found)[-3:])
        noticed = sum(each > ALIVE for each in found)
        median = statistics.median(found)
        print(f"  {name}: median {median:.1f} ms, longest {longest} ms, {noticed} over {ALIVE:.0f} ms")
    print(f"  cancelled: free again after {cancelled(tab, jobs) * 1000:.0f} ms")


def pauses(until: Callable[[], bool]) -> list[float]:
    """How long the main loop did not come round, each time, in ms, until something holds."""
    found: list[float] = []
    last = time.monotonic()

    def note() -> None:
        nonlocal last
        now = time.monotonic()
        found.append((now - last) * 1000 - EVERY)
        last = now

    timer = QTimer()
    timer.setInterval(EVERY)
    timer.timeout.connect(note)
    timer.start()
    run_until(until)
    timer.stop()
    return found


def cancelled(tab: PacksTab, jobs: Jobs) -> float:
    """Seconds from cancelling a build that is under way to an idle window.

    The restricted pack is built by a workspace of its own, so that no paper is set already.
    """
    assert tab.view is not None
    with tempfile.TemporaryDirectory() as folder:
        workspace = sample.make_sample_panel(Path(folder) / "another.pcp")
        began: list[str] = []

        def build(progress: Progress) -> PackPage:
            def told(words: str, done: int, of: int) -> None:
                began.append(words)
                progress(words, done, of)

            return workspace.build_pack(0, Audience.RESTRICTED, told)

        jobs.start(build, lambda _page: None, words="Making the pack")
        run_until(lambda: any("report" in words for words in began))
        asked = time.monotonic()
        jobs.cancel()
        run_until(lambda: jobs.idle)
        taken = time.monotonic() - asked
        workspace.close()
    return taken


def run_until(until: Callable[[], bool]) -> None:
    """Let the window work until something holds."""
    deadline = time.monotonic() + PATIENCE
    while not until():
        QApplication.processEvents()
        time.sleep(0.001)
        assert time.monotonic() < deadline, "The window did not come to rest."


if __name__ == "__main__":
    main()
