"""Time to the first window, as a ratio to a bare Qt window with the same number of tabs, in paired runs.

`python tests/benchmarks/bench_first_window.py [pairs]` prints one line; each run is a fresh process, and the two
kinds take turns so that a busy machine slows both alike. A window is painted when it is exposed. The aim is a ratio
of at most 1.5.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
AIM = 1.5
BARE = """
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QTabWidget
application = QApplication([])
window = QMainWindow()
tabs = QTabWidget()
for name in ("Overview", "Priorities", "Returns"):
    tabs.addTab(QLabel(name), name)
window.setCentralWidget(tabs)
window.resize(1366, 738)
window.show()
while not window.windowHandle().isExposed():
    application.processEvents()
"""
OURS = """
import sys
from pathlib import Path
from pcp_desktop.app import first_window
from pcp_desktop.desktop.jobs import Jobs
jobs = Jobs()
first_window(Path(sys.argv[1]), jobs)
jobs.stop()
"""


def surroundings(folder: Path) -> dict[str, str]:
    """The environment of both windows: no screen, and compiled modules kept, as they are in an installed program."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {"QT_QPA_PLATFORM": "offscreen", **kept, "PYTHONPYCACHEPREFIX": str(folder)}


def seconds(program: str, folder: Path) -> float:
    """How long a fresh process takes from its start to its end, which follows the first painting at once."""
    begun = time.perf_counter()
    # Leaving at once keeps the taking down of either window out of the comparison.
    command = [sys.executable, "-c", f"{program}\nimport os\nos._exit(0)", str(folder / "settings.ini")]
    subprocess.run(command, cwd=ROOT, check=True, env=surroundings(folder))
    return time.perf_counter() - begun


def ratio(pairs: int) -> tuple[float, float, float]:
    """Median seconds of the bare window and of ours over `pairs` paired runs, and the median of the pairs' ratios."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        seconds(BARE, folder)
        seconds(OURS, folder)
        found = [(seconds(BARE, folder), seconds(OURS, folder)) for _pair in range(pairs)]
    bare, ours = (statistics.median(column) for column in zip(*found, strict=True))
    return bare, ours, statistics.median(mine / plain for plain, mine in found)


def main() -> int:
    """Print the medians and the ratio; 1 where the aim is missed."""
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    bare, ours, times = ratio(pairs)
    print(f"first window: bare {bare * 1000:.0f} ms, ours {ours * 1000:.0f} ms, ratio {times:.2f} (aim {AIM})")
    return 0 if times <= AIM else 1


if __name__ == "__main__":
    sys.exit(main())
