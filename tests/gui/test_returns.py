"""What the returns tab promises: every return with its state, and workbooks reviewed one after another."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from pcp_desktop.desktop.jobs import Jobs
from pcp_desktop.desktop.messages import Messages
from pcp_desktop.desktop.tab import Surroundings, View
from pcp_desktop.desktop.tabs.returns.tab import ReturnsTab
from pcp_desktop.desktop.tabs.returns.table import STATE, clearance_lines
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.clearance import Audience, ClearanceState
from tests.gui.chart_fixtures import QUARTER
from tests.gui.return_fixtures import FixturePanel, returns_page


@pytest.fixture
def panel() -> FixturePanel:
    """The panel file that the tab looks at."""
    return FixturePanel()


@pytest.fixture
def tab(qtbot: QtBot, appearance: Appearance, jobs: Jobs, panel: FixturePanel) -> ReturnsTab:
    """The tab with the board of the fixtures on it."""
    window = QWidget()
    qtbot.addWidget(window)
    made = ReturnsTab(Surroundings(jobs, Messages(window, appearance), appearance))
    qtbot.addWidget(made)
    made.resize(1190, 714)
    made.show()
    made.activateWindow()
    made.look(View(panel, QUARTER, Audience.WORKING))
    qtbot.waitUntil(lambda: made.table.rows.rowCount() == 7)
    made.focus_content()
    qtbot.waitUntil(made.table.hasFocus)
    return made


def test_counts_are_buttons_that_filter(tab: ReturnsTab) -> None:
    assert [button.accessibleName() for button in tab.bar.buttons.values()] == [
        "Show 3 returns accepted",
        "Show 1 return checked, waiting to be accepted",
        "Show 1 return queried",
        "Show 1 return missing",
        "Show 1 return expected",
    ]
    tab.bar.buttons["missing"].click()
    assert tab.table.rows.rowCount() == 1
    tab.bar.buttons["accepted"].click()
    assert tab.table.rows.rowCount() == 3
    assert not tab.bar.buttons["missing"].isChecked()
    tab.bar.buttons["accepted"].click()
    assert tab.table.rows.rowCount() == 7


def test_a_row_is_read_as_a_sentence(tab: ReturnsTab) -> None:
    index = tab.table.rows.index(5, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == (
        "Supported Families, October, Rutland County Council. Due 29 Jan 2016. Missing, finance only. "
        "Nothing to clear yet, Lives Board."
    )
    assert tab.table.rows.index(5, 2).data() == "1 of 4 steps done: expected; stuck at received"


def test_keys_move_through_the_board(tab: ReturnsTab, qtbot: QtBot) -> None:
    for key, row in (
        (Qt.Key.Key_J, 1),
        (Qt.Key.Key_K, 0),
        (Qt.Key.Key_N, 2),
        (Qt.Key.Key_N, 4),
        (Qt.Key.Key_Down, 5),
    ):
        QTest.keyClick(tab.table, key)
        assert tab.table.currentIndex().row() == row


def test_the_sentence_for_the_report_is_copied(tab: ReturnsTab) -> None:
    tab.table.go_to(5)
    tab.inspector.copy_button.click()
    assert QGuiApplication.clipboard().text().startswith("Two of three returns")


def test_clearance_is_recorded_only_where_a_board_is_waited_for(
    tab: ReturnsTab, panel: FixturePanel, qtbot: QtBot
) -> None:
    offered = []
    for row in range(tab.table.rows.rowCount()):
        tab.table.go_to(row)
        if not tab.inspector.clear_button.isHidden():
            offered.append(row)
    assert offered == [1]
    tab.table.go_to(1)
    with qtbot.waitSignal(tab.altered):
        tab.inspector.clear_button.click()
    assert panel.cleared == ["R1"]


def test_several_workbooks_are_reviewed_one_after_another(tab: ReturnsTab, panel: FixturePanel, qtbot: QtBot) -> None:
    tab.bring_in((Path("one.xls"), Path("two.xls"), Path("three.xls")))
    qtbot.waitUntil(lambda: tab.is_reviewing)
    assert tab.position == "Workbook 1 of 3. Nothing stored yet"
    assert panel.stored == []
    with qtbot.waitSignal(tab.altered) as altered:
        QTest.keyClick(tab.incoming.review.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert altered.args is not None
    assert altered.args[0].summary == "6 figures accepted."
    qtbot.waitUntil(lambda: tab.position.startswith("Workbook 2 of 3") and tab.incoming.review.review is not None)
    qtbot.waitUntil(lambda: tab.incoming.review.review is not None and tab.incoming.review.review.file == "two.xls")
    tab.incoming.review.aside_button.click()
    qtbot.waitUntil(lambda: tab.incoming.review.review is not None and tab.incoming.review.review.file == "three.xls")
    tab.incoming.review.accept_button.click()
    qtbot.waitUntil(lambda: not tab.is_reviewing)
    assert [file for file, _ in panel.stored] == ["one.xls", "three.xls"]


def test_labels_of_measures_are_shown_in_the_review(tab: ReturnsTab, qtbot: QtBot) -> None:
    tab.bring_in((Path("one.xls"),))
    qtbot.waitUntil(lambda: tab.is_reviewing)
    assert tab.incoming.review.table.rows.index(1, 1).data() == "All crime"
    qtbot.waitUntil(tab.incoming.review.table.hasFocus)


def test_bring_in_asks_the_window_for_workbooks(tab: ReturnsTab, qtbot: QtBot) -> None:
    with qtbot.waitSignal(tab.wanted) as wanted:
        tab.bring_in_button.click()
    assert wanted.args == ["workbooks", ""]


def test_the_same_return_stays_selected_when_the_board_is_read_again(tab: ReturnsTab, qtbot: QtBot) -> None:
    tab.table.go_to(4)
    assert tab.view is not None
    with qtbot.waitSignal(tab.table.rows.modelReset):
        tab.look(tab.view)
    assert tab.table.currentIndex().row() == 4


def test_a_board_that_the_clearance_names_is_not_said_twice() -> None:
    row = next(row for row in returns_page().rows if row.clearance.state is ClearanceState.EMBARGOED)
    assert clearance_lines(row) == ("Embargoed to national release", "Substance Misuse Board")
    same = replace(row, board="national release")
    assert clearance_lines(same) == ("Embargoed to national release", "")


def test_the_inspector_names_the_clearance_and_the_board_in_full(tab: ReturnsTab) -> None:
    tab.table.go_to(3)
    texts = [label.text() for label in tab.inspector.findChildren(QLabel)]
    assert "Embargoed to national release. Substance Misuse Board." in texts


@pytest.mark.parametrize("width", [1072, 1158, 1712])
def test_the_columns_fill_the_board_and_no_state_is_cut(tab: ReturnsTab, appearance: Appearance, width: int) -> None:
    tab.resize(width + 32, 714)
    table = tab.table
    assert sum(table.columnWidth(column) for column in range(5)) == table.viewport().width()
    metrics = QFontMetrics(appearance.font("section"))
    for at in range(table.rows.rowCount()):
        row = table.rows.row(at)
        assert row is not None
        assert metrics.horizontalAdvance(row.state) <= (table.columnWidth(STATE) - 12) * 1.8
