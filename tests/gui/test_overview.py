"""The overview: what stands in its cells, held rows, filters, sorting, keys, and what is read aloud."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pcp_desktop.desktop.jobs import Jobs
from pcp_desktop.desktop.main_window import MainWindow
from pcp_desktop.desktop.tabs.overview.model import Column
from pcp_desktop.desktop.tabs.overview.tab import OverviewTab
from pcp_desktop.domain.status import Status
from tests.gui.conftest import OpenWindow
from tests.gui.fake_panel import FakePanel

ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return open_window(FakePanel())


@pytest.fixture
def overview(window: MainWindow) -> OverviewTab:
    tab = window.current
    assert isinstance(tab, OverviewTab)
    return tab


def row(tab: OverviewTab, code: str) -> QModelIndex:
    model = tab.tree.model()
    for top in range(model.rowCount()):
        above = model.index(top, 0)
        for place in range(model.rowCount(above)):
            if model.index(place, Column.CODE, above).data() == code:
                return model.index(place, 0, above)
    raise AssertionError(code)


def texts(tab: OverviewTab, code: str) -> list[str]:
    first = row(tab, code)
    return [str(first.siblingAtColumn(column).data()) for column in Column]


def everything_said(tab: OverviewTab, code: str) -> str:
    """All that a row shows, says aloud or tells in a tool tip."""
    roles = (Qt.ItemDataRole.DisplayRole, ACCESSIBLE, Qt.ItemDataRole.ToolTipRole)
    cells = [row(tab, code).siblingAtColumn(column) for column in Column]
    return " ".join(str(cell.data(role)) for cell in cells for role in roles)


def codes(tab: OverviewTab) -> list[str]:
    model = tab.tree.model()
    tops = [model.index(top, 0) for top in range(model.rowCount())]
    return [str(model.index(n, Column.CODE, top).data()) for top in tops for n in range(model.rowCount(top))]


def test_a_row_shows_its_figures_as_printed(overview: OverviewTab) -> None:
    assert texts(overview, "SP12") == [
        "No clear change", "SP12", "Domestic burglary", "3,935", "4,014", "+79, +2.0%", "", "3,640–4,280", "7th",
        "Cleared 3 Feb",
    ]  # fmt: skip


def test_a_projection_never_stands_without_its_interval(overview: OverviewTab) -> None:
    cell = row(overview, "SP12").siblingAtColumn(Column.PROJECTION)
    assert cell.data(ACCESSIBLE) == "2015/16 projected: 3,960 (80% interval 3,640 to 4,280)"
    assert cell.data(Qt.ItemDataRole.ToolTipRole) == cell.data(ACCESSIBLE)
    assert row(overview, "SP13").siblingAtColumn(Column.PROJECTION).data(ACCESSIBLE).startswith("No projection.")


def test_a_row_reads_as_a_sentence(overview: OverviewTab) -> None:
    said = row(overview, "SP14").data(ACCESSIBLE)
    assert said == "SP14 Theft from motor vehicle: Deteriorating. Rose from 5,236 to 6,691, +27.8%. Cleared 3 Feb."


def test_an_embargoed_row_says_why_and_nothing_else_until_it_is_revealed(
    qtbot: QtBot, overview: OverviewTab, jobs: Jobs
) -> None:
    assert texts(overview, "SP3")[0] == "Embargoed"
    for held in ("7.12", "6.84", "0.28"):
        assert held not in everything_said(overview, "SP3")
    overview.reveal()
    qtbot.waitUntil(lambda: jobs.idle)  # that they are shown is recorded first
    assert "6.84%" in texts(overview, "SP3")
    overview.reveal()
    assert "6.84" not in everything_said(overview, "SP3")


def test_the_public_view_never_reveals_nor_says_embargoed(
    qtbot: QtBot, window: MainWindow, overview: OverviewTab, jobs: Jobs
) -> None:
    overview.reveal()
    window.switch_audience()
    qtbot.waitUntil(lambda: jobs.idle)
    overview.reveal()
    said = everything_said(overview, "SP3")
    assert "Not published before national release" in said
    assert "6.84" not in said
    assert "mbargo" not in said
    assert texts(overview, "SP3")[0] == "Not assessed"


def test_waiting_for_a_board_hides_nothing_at_work(overview: OverviewTab) -> None:
    assert "4,452" in texts(overview, "SP13")


def test_summary_buttons_count_and_filter(overview: OverviewTab) -> None:
    button = overview.filters.summary[Status.DETERIORATING]
    assert button.text() == "3 Deteriorating"
    button.click()
    assert codes(overview) == ["SP8", "SP9", "SP14"]
    overview.filters.summary[Status.TARGET_MET].click()
    assert codes(overview) == ["SP8", "SP9", "SP14", "SP18"]


def test_words_and_theme_filter_together(overview: OverviewTab) -> None:
    overview.filters.words.setText("satisf anti")
    assert codes(overview) == ["SP8"]
    overview.filters.words.clear()
    overview.filters.theme.setCurrentText("Protecting the vulnerable")
    assert codes(overview) == ["SP15", "SP16", "SP17"]


def test_sorting_stays_within_themes_and_puts_missing_figures_last(overview: OverviewTab) -> None:
    overview.tree.header().setSortIndicator(Column.LATEST, Qt.SortOrder.DescendingOrder)
    assert codes(overview)[:4] == ["SP1", "SP4", "SP2", "SP3"]
    assert codes(overview)[9:14] == ["SP11", "SP14", "SP13", "SP12", "SP10"]
    overview.tree.header().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    assert codes(overview)[0] == "SP1"
    assert codes(overview)[-1] == "SP18"


def test_keys_open_a_priority_and_its_why(qtbot: QtBot, overview: OverviewTab) -> None:
    overview.wanted.disconnect()
    overview.window().activateWindow()
    overview.focus_content()
    overview.show_subject("SP11")
    QTest.keyClick(overview.tree, Qt.Key.Key_Down)
    with qtbot.waitSignal(overview.wanted) as opened:
        QTest.keyClick(overview.tree, Qt.Key.Key_Return)
    assert opened.args == ["priorities", "SP12"]
    with qtbot.waitSignal(overview.wanted) as why:
        QTest.keyClick(overview.tree, Qt.Key.Key_W)
    assert why.args == ["priorities", "SP12 why"]


def test_ctrl_f_goes_to_the_filter_and_escape_comes_back(overview: OverviewTab) -> None:
    overview.window().activateWindow()
    overview.focus_content()
    QTest.keyClick(overview.tree, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert overview.filters.words.hasFocus()
    QTest.keyClicks(overview.filters.words, "burg")
    assert codes(overview) == ["SP12"]
    QTest.keyClick(overview.filters.words, Qt.Key.Key_Escape)
    assert overview.tree.hasFocus()
    assert len(codes(overview)) == 18


def test_an_empty_plan_says_so_with_one_thing_to_do(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window(FakePanel(empty=True))
    tab = window.current
    assert isinstance(tab, OverviewTab)
    assert not tab.tree.isVisible()
    assert tab.empty_button.isVisible()
    tab.wanted.disconnect()
    with qtbot.waitSignal(tab.wanted) as asked:
        tab.empty_button.click()
    assert asked.args == ["workbooks", ""]


def test_the_model_answers_for_every_cell(qtbot: QtBot, overview: OverviewTab) -> None:
    from PySide6.QtTest import QAbstractItemModelTester

    QAbstractItemModelTester(overview.tree.model(), QAbstractItemModelTester.FailureReportingMode.Warning)
    overview.filters.words.setText("crime")
    assert codes(overview) == ["SP4", "SP7", "SP11"]


def test_columns_give_way_before_the_names_do_and_nothing_scrolls_sideways(
    qtbot: QtBot, window: MainWindow, overview: OverviewTab
) -> None:
    assert not any(overview.tree.isColumnHidden(column) for column in Column)
    window.scale_text(150)
    window.resize(1280, 660)
    qtbot.wait(20)
    assert overview.tree.isColumnHidden(Column.SERIES)
    assert overview.tree.horizontalScrollBar().maximum() == 0
    assert overview.tree.columnWidth(Column.MEASURE) >= 220 * 1.5
    assert overview.tree.model().headerData(Column.CLEARANCE, Qt.Orientation.Horizontal) == ""
    hint = row(overview, "SP12").siblingAtColumn(Column.MEASURE).data(Qt.ItemDataRole.ToolTipRole)
    assert "7th in the most similar group" in hint
    assert "Cleared 3 Feb" in hint
    window.scale_text(100)
    window.resize(1366, 738)
    qtbot.wait(20)
    assert not any(overview.tree.isColumnHidden(column) for column in Column)
