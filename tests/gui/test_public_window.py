"""Once the public view is chosen nothing in the window knows a held figure: no text, tool tip, name, model, copy."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QEvent, QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pcp_desktop.desktop.charts.view import ChartView
from pcp_desktop.desktop.command_entries import entries_of
from pcp_desktop.desktop.jobs import Jobs
from pcp_desktop.desktop.main_window import MainWindow
from pcp_desktop.desktop.tabs.priority.tab import PrioritiesTab
from pcp_desktop.domain.clearance import Audience, Clearance, ClearanceState
from pcp_desktop.domain.periods import quarter
from pcp_desktop.workspace import Workspace
from pcp_desktop.workspace.sample import sample_clock
from tests.gui.conftest import OpenWorkspace

Q3 = quarter(2015, 3)
HELD = {"domestic-burglary": ClearanceState.WAITING, "violence-with-injury": ClearanceState.EXEMPT}
ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)


@pytest.fixture
def figures(sample_panel: Path) -> set[str]:
    """The figures of two held measures as printed; none of them is printed of anything public."""
    with Workspace.open(sample_panel, sample_clock) as workspace:
        for code, state in HELD.items():
            holds = [Clearance(code, state, Q3.end, "its time")]
            workspace._changed(workspace._file.record_clearances(holds, sample_clock(), "the test"))
        rows = workspace.overview(Q3, Audience.WORKING).all_rows
        public = repr(workspace.overview(Q3, Audience.PUBLIC))
    held = {one.shown for row in rows if row.measure in HELD for one in (row.latest, row.baseline, row.change)}
    return {shown for shown in held if shown not in public}


@pytest.fixture
def window(
    qtbot: QtBot, open_workspace: OpenWorkspace, sample_panel: Path, figures: set[str], jobs: Jobs
) -> Iterator[MainWindow]:
    """The window on that file, in the working view."""
    opened: list[Workspace] = []
    jobs.start(lambda _progress: Workspace.open(sample_panel, sample_clock), opened.append, words="")
    qtbot.waitUntil(lambda: bool(opened), timeout=20_000)
    yield open_workspace(opened[0])
    QGuiApplication.clipboard().clear()  # the test platform's clipboard must not outlive Python


def everything_said(window: MainWindow) -> Iterator[str]:
    """Every text that any widget of the window holds, shown or hidden."""
    for widget in (window, *window.findChildren(QWidget)):
        yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription(), widget.windowTitle())
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            yield widget.text()
        if isinstance(widget, QTextEdit):
            yield widget.toHtml()
        if isinstance(widget, QComboBox):
            yield from (widget.itemText(at) for at in range(widget.count()))
        if isinstance(widget, QTabBar):
            tabs = range(widget.count())
            yield from (f"{widget.tabText(at)} {widget.tabToolTip(at)} {widget.accessibleTabName(at)}" for at in tabs)
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            yield from _model_texts(widget.model(), QModelIndex())
        if isinstance(widget, ChartView):
            yield repr(widget.spec)
    yield from (f"{entry.words} {entry.detail}" for entry in entries_of(window, window.overview))


def _model_texts(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    for row in range(model.rowCount(parent)):
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
        for column in range(columns):
            index = model.index(row, column, parent)
            yield from (str(model.data(index, role)) for role in ROLES)
            if column == 0:
                yield from _model_texts(model, index)


def settle(qtbot: QtBot, jobs: Jobs) -> None:
    qtbot.waitUntil(lambda: jobs.idle, timeout=30_000)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


def visit(qtbot: QtBot, window: MainWindow, jobs: Jobs) -> None:
    for page, subject in (("priorities", "SP12"), ("priorities", "SP13"), ("overview", "")):
        window.show_page(page, subject)
        settle(qtbot, jobs)


def found(window: MainWindow, figures: set[str]) -> set[str]:
    said = "\n".join(everything_said(window))
    return {figure for figure in figures if re.search(rf"(?<![\d.,]){re.escape(figure)}(?![\d])", said)}


def test_nothing_of_a_held_figure_is_left_in_the_window(
    qtbot: QtBot, window: MainWindow, jobs: Jobs, figures: set[str]
) -> None:
    assert len(figures) >= 4
    window.show_page("priorities", "SP12")
    settle(qtbot, jobs)
    assert "4,014" in found(window, figures)
    visit(qtbot, window, jobs)
    assert len(found(window, figures)) >= 3
    window.switch_audience()
    settle(qtbot, jobs)
    assert found(window, figures) == set()
    visit(qtbot, window, jobs)
    assert found(window, figures) == set()


def test_nothing_of_a_held_figure_is_copied_from_the_public_view(
    qtbot: QtBot, window: MainWindow, jobs: Jobs, figures: set[str]
) -> None:
    window.switch_audience()
    clipboard, copied = QGuiApplication.clipboard(), []
    for subject in ("SP12", "SP13", "SP11"):
        window.show_page("priorities", subject)
        settle(qtbot, jobs)
        tab = window.current
        assert isinstance(tab, PrioritiesTab)
        for chart in tab.area.charts:
            chart.copy_table()
            copied.append(f"{clipboard.text()}{clipboard.mimeData().html()}")
        tab.why.copy_button.click()
        tab.commentary.text.selectAll()
        copied.append(clipboard.text())
        tab.commentary.text.copy()
        copied.append(clipboard.text())
    for entry in entries_of(window, window.overview):
        if entry.section == "Find a figure":
            entry.act()
            copied.append(clipboard.text())
    assert len(copied) > 40
    assert [text for text in copied if any(figure in text for figure in figures)] == []
