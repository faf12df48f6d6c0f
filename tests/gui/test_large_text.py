"""Text at 150 percent: panels take turns with what is beside them, and no words on any page are cut."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from pcp_desktop.desktop.elided_label import ElidedLabel
from pcp_desktop.desktop.jobs import Jobs
from pcp_desktop.desktop.main_window import MainWindow
from pcp_desktop.desktop.sidebar import PAGES, PeriodButton, Room
from pcp_desktop.desktop.tabs.returns.tab import ReturnsTab
from tests.gui.conftest import OpenPage, OpenWindow
from tests.gui.return_fixtures import FixturePanel

SHOWN_PAGES = tuple(line.page for line in PAGES if isinstance(line, Room))


def cut(window: QWidget) -> list[str]:
    """The words of labels and buttons that are on show and do not fit."""
    found = []
    for each in window.findChildren(QWidget):
        if not each.isVisible() or isinstance(each, ElidedLabel | PeriodButton):  # these say the whole
            continue
        if (
            isinstance(each, QLabel)
            and each.text()
            and not each.wordWrap()
            and each.width() < each.sizeHint().width()
        ) or (isinstance(each, QAbstractButton) and each.text() and each.width() < each.minimumSizeHint().width()):
            found.append(each.text())
    return found


def large(window: MainWindow) -> None:
    window.scale_text(150)
    QApplication.processEvents()


@pytest.mark.parametrize("size", [(1280, 660), (1366, 738)])
@pytest.mark.parametrize("page", ["", *SHOWN_PAGES])
def test_no_words_are_cut(open_page: OpenPage, page: str, size: tuple[int, int]) -> None:
    window = open_page(page)
    large(window)
    window.resize(*size)
    QApplication.processEvents()
    found = cut(window)
    window.scale_text(100)
    assert found == []


def test_an_inspector_takes_turns_with_its_table(qtbot: QtBot, open_window: OpenWindow, jobs: Jobs) -> None:
    window = open_window(FixturePanel())
    window.show_page("returns")
    qtbot.waitUntil(lambda: jobs.idle)
    tab = window.current
    assert isinstance(tab, ReturnsTab)
    shown = [(tab.sides.tabs.isVisible(), tab.table.isVisible(), tab.inspector.isVisible())]
    large(window)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
        shown.append((tab.sides.tabs.isVisible(), tab.table.isVisible(), tab.inspector.isVisible()))
        QTest.keyClick(tab.sides.tabs, key)
    window.scale_text(100)
    shown.append((tab.sides.tabs.isVisible(), tab.table.isVisible(), tab.inspector.isVisible()))
    beside, table_alone, inspector_alone = (False, True, True), (True, True, False), (True, False, True)
    assert shown == [beside, table_alone, inspector_alone, beside]


def test_the_buttons_of_the_head_have_larger_icons(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window(FixturePanel())
    large(window)
    size = window.sidebar.help.iconSize()
    drawn = window.sidebar.help.icon().actualSize(size)
    window.scale_text(100)
    assert (size.width(), drawn) == (24, size)


def test_a_review_fits(qtbot: QtBot, open_window: OpenWindow, jobs: Jobs) -> None:
    window = open_window(FixturePanel())
    window.bring_in((Path("revised.xls"),))
    tab = window.current
    assert isinstance(tab, ReturnsTab)
    qtbot.waitUntil(lambda: tab.is_reviewing and jobs.idle)
    large(window)
    found = cut(window)
    window.scale_text(100)
    assert found == []
