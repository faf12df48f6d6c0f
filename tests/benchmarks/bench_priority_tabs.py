"""Time to change priority with four charts, beside blank tabs and plain pyqtgraph plots: first visit and return.

`python tests/benchmarks/bench_priority_tabs.py [visits]` prints the CPU time in milliseconds from the page to the
painted window, and its ratios to a blank page of the same size and to a page of nothing but four plots of pyqtgraph
with 72 points each, first made and then given other points. The aim is 60 ms on a first visit, 20 ms on a return.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

import pyqtgraph as pg
from PySide6.QtWidgets import QApplication, QGridLayout, QStackedWidget, QWidget

from pcp_desktop.desktop.jobs import Jobs
from pcp_desktop.desktop.messages import Messages
from pcp_desktop.desktop.tab import Surroundings
from pcp_desktop.desktop.tabs.priority.tab import PrioritiesTab
from pcp_desktop.desktop.theme import Appearance, make_application
from tests.gui import chart_fixtures as fixtures

SIZE = (1190, 714)
PLOTS, POINTS = 4, 72
AIM_FIRST, AIM_RETURN = 60.0, 20.0  # ms


def settle() -> None:
    """Let the layout and the painting happen."""
    for _ in range(3):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def milliseconds(act: Callable[[], None]) -> float:
    """The CPU time of `act` and of everything that it brings about, in milliseconds."""
    start = time.process_time()
    act()
    settle()
    return (time.process_time() - start) * 1000


def blank(visits: int) -> float:
    """The typical time to change between blank pages."""
    stack = QStackedWidget()
    stack.resize(*SIZE)
    for _ in range(2):
        stack.addWidget(QWidget())
    stack.show()
    settle()
    return statistics.median(
        milliseconds(lambda to=visit % 2: stack.setCurrentIndex(to))  # type: ignore[misc]
        for visit in range(visits)
    )


def plain(visits: int) -> tuple[float, float]:
    """The time to make a page of plain pyqtgraph plots, and to give them other points."""
    page = QWidget()
    page.resize(*SIZE)
    grid = QGridLayout(page)
    page.show()
    settle()
    curves: list[pg.PlotDataItem] = []

    def make() -> None:
        for at in range(PLOTS):
            plot = pg.PlotWidget()
            curves.append(plot.plot(range(POINTS), range(POINTS)))
            grid.addWidget(plot, at // 2, at % 2)

    def give(shift: int) -> None:
        for curve in curves:
            curve.setData(range(POINTS), range(shift, shift + POINTS))

    first = milliseconds(make)
    return first, statistics.median(milliseconds(lambda shift=at: give(shift)) for at in range(1, visits))  # type: ignore[misc]


def priorities(visits: int) -> tuple[float, float]:
    """The time of the first visit to a priority with four charts, and of going on to others like it."""
    application = make_application(["pcp-desktop"])
    appearance = Appearance("light")
    appearance.apply(application)
    window = QWidget()
    jobs = Jobs()
    tab = PrioritiesTab(Surroundings(jobs, Messages(window, appearance), appearance))
    tab.resize(*SIZE)
    tab.show_tabs(fixtures.PRIORITY_TABS)
    tab.show()
    settle()
    pages = [replace(fixtures.priority_page(), code=code) for code in ("SP12", "SP13", "SP14")]
    first = milliseconds(lambda: tab.show_page(pages[0]))
    later = [milliseconds(lambda page=pages[at % 3]: tab.show_page(page)) for at in range(1, visits)]  # type: ignore[misc]
    jobs.stop()
    return first, statistics.median(later)


def main() -> None:
    """Print both times and their ratios."""
    visits = int(sys.argv[1]) if len(sys.argv) > 1 else 21
    first, again = priorities(visits)
    empty, plots = blank(visits), plain(visits)
    print(f"first visit {first:.0f} ms (aim {AIM_FIRST:.0f}), return {again:.0f} ms (aim {AIM_RETURN:.0f})")
    print(f"to blank pages ({empty:.1f} ms): ratios {first / empty:.0f} and {again / empty:.0f}")
    print(
        f"to {PLOTS} plain plots ({plots[0]:.0f} and {plots[1]:.0f} ms): "
        f"ratios {first / plots[0]:.2f} and {again / plots[1]:.2f}"
    )


if __name__ == "__main__":
    main()
