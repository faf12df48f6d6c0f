"""What the priorities tab promises: status, facts, charts and working; held figures only when asked for."""

from __future__ import annotations

import weakref
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from pcp_desktop.desktop.jobs import Jobs
from pcp_desktop.desktop.messages import Messages
from pcp_desktop.desktop.tab import Surroundings, View
from pcp_desktop.desktop.tabs.priority.bar import BAR_EDGE
from pcp_desktop.desktop.tabs.priority.tab import WHY_WIDTH, PrioritiesTab
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.clearance import Audience
from tests.gui import chart_fixtures as fixtures
from tests.gui.return_fixtures import FixturePanel

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
HELD = "Not published before national release"


@pytest.fixture
def tab(qtbot: QtBot, appearance: Appearance, jobs: Jobs) -> PrioritiesTab:
    """The tab with SP12 of the fixtures on it."""
    window = QWidget()
    qtbot.addWidget(window)
    made = PrioritiesTab(Surroundings(jobs, Messages(window, appearance), appearance))
    qtbot.addWidget(made)
    made.resize(1190, 714)
    made.show_tabs(fixtures.PRIORITY_TABS)
    made.show_page(fixtures.priority_page())
    made.show()
    made.activateWindow()
    made.focus_content()
    qtbot.waitUntil(made.area.charts[0].hasFocus)
    return made


def words(widget: QWidget) -> list[str]:
    """Every text that can be seen on a widget."""
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible() and label.text()]


def test_tabs_are_named_with_measure_and_status(tab: PrioritiesTab) -> None:
    assert tab.bar.count() == 18
    assert tab.bar.tabText(11) == "SP12"
    assert tab.bar.accessibleTabName(11) == "SP12 Domestic burglary, no clear change"
    assert tab.bar.accessibleTabName(2) == "SP3 Lead measure of priority 3, embargoed"


def test_eighteen_tabs_fit_a_small_laptop(tab: PrioritiesTab) -> None:
    first = tab.bar.mapTo(tab, tab.bar.tabRect(0).topLeft()).x()
    last = tab.bar.mapTo(tab, tab.bar.tabRect(17).topRight()).x()
    assert first == BAR_EDGE
    assert tab.width() - 1 - last == BAR_EDGE
    tab.resize(1104, 606)
    assert tab.bar.tabRect(17).right() < tab.bar.width() == 1104 - 2 * BAR_EDGE


@pytest.mark.parametrize("scale", [125, 150])
def test_eighteen_tabs_fit_with_large_text_too(tab: PrioritiesTab, appearance: Appearance, scale: int) -> None:
    appearance.scale_text(scale)
    tab.resize(1302, 714)
    for at in range(18):
        assert tab.bar.rect().contains(tab.bar.tabRect(at))
        assert tab.bar.tabText(at) == (f"SP{at + 1}" if scale == 125 else str(at + 1))
    assert tab.bar.accessibleTabName(11) == "SP12 Domestic burglary, no clear change"
    tab.resize(1904, 980)
    assert tab.bar.tabText(11) == "SP12"


def test_facts_can_be_selected_and_are_named(tab: PrioritiesTab) -> None:
    seen = words(tab.facts)
    assert {"No clear change", "12 months to December 2015", "4,014", "+79", "+2.0%", "7th", "of 8"} <= set(seen)
    value = next(label for label in tab.facts.findChildren(QLabel) if label.text() == "4,014")
    QTest.mousePress(value, Qt.MouseButton.LeftButton, pos=QPoint(0, 8))
    QTest.mouseMove(value, QPoint(value.width() - 1, 8))
    assert value.selectedText() == "4,014"
    box = value.parentWidget()
    assert box is not None
    assert box.accessibleName() == "12 months to December 2015: 4,014"


def test_one_main_and_three_small_charts(tab: PrioritiesTab) -> None:
    specs = [chart.spec for chart in tab.area.charts]
    assert [spec.key for spec in specs if spec is not None] == ["burglary", "year on year", "peers", "satisfaction"]


def test_no_chart_is_kept_when_another_page_or_tab_is_shown(tab: PrioritiesTab, qtbot: QtBot) -> None:
    charts = [weakref.ref(chart) for chart in tab.area.charts]
    tab.show_page(fixtures.priority_page(fixtures.text_panel()))
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert all(chart() is None for chart in charts)
    tab.show_page(fixtures.priority_page())
    charts = [weakref.ref(chart) for chart in tab.area.charts]
    tab.hide()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not tab.area.charts
    assert all(chart() is None for chart in charts)
    tab.show()
    assert len(tab.area.charts) == 4


def test_w_on_a_chart_closes_and_opens_the_working(tab: PrioritiesTab, qtbot: QtBot) -> None:
    assert tab.why.isVisible()
    QTest.keyClick(tab.area.charts[0], Qt.Key.Key_W)
    assert not tab.why.isVisible()
    QTest.keyClick(tab.area.charts[0], Qt.Key.Key_W)
    assert tab.why.isVisible()
    tab.why.close_button.click()
    assert not tab.why.isVisible()


def test_the_working_is_shown_in_full_and_copied(tab: PrioritiesTab) -> None:
    seen = words(tab.why)
    assert "Why “No clear change”?" in seen
    assert any('<span style="font-weight:600">−2.7%</span> to ' in text for text in seen)
    assert {"3,935", "+79", "Leicestershire Police", "Monthly chart, not allowing for the season."} <= set(seen)
    tab.why.copy_button.click()
    copied = QGuiApplication.clipboard().text()
    assert "Difference\t+79\t+6.6" in copied
    assert "quasi-Poisson" in copied


def test_a_held_measure_shows_nothing_until_asked(tab: PrioritiesTab, qtbot: QtBot) -> None:
    tab.show_page(fixtures.priority_page(fixtures.measure_panel(held=HELD)))
    assert not tab.area.charts
    held = tab.area.held
    assert held is not None
    assert held.words[:2] == ("Embargoed", "Until national release.")
    assert not any("4,014" in text or "79" in text for text in words(tab))
    assert not tab.facts.isVisible()
    assert not tab.why.isVisible()
    tab.bar.setFocus()
    QTest.keyClick(tab.bar, Qt.Key.Key_E, CONTROL | SHIFT)
    assert len(tab.area.charts) == 4
    assert "4,014" in words(tab)
    assert "Embargoed until national release. Shown in this view only." in words(tab)
    QTest.keyClick(tab.bar, Qt.Key.Key_E, CONTROL | SHIFT)
    assert not tab.area.charts


def test_the_public_sees_the_plain_line_only(tab: PrioritiesTab, appearance: Appearance) -> None:
    panel = fixtures.measure_panel(held=HELD, public=True)
    tab.show_tabs(fixtures.PRIORITY_TABS, Audience.PUBLIC)
    tab.show_page(fixtures.priority_page(panel, audience=Audience.PUBLIC))
    assert tab.area.held is not None
    assert tab.area.held.words == (HELD,)
    tab.reveal()
    assert not tab.area.charts
    assert not any("mbargoed" in text or "4,014" in text for text in words(tab))
    assert tab.bar.accessibleTabName(2).endswith("not published")
    image = tab.area.held.grab().toImage()
    emb = {appearance.theme.emb.rgb(), appearance.theme.emb_soft.rgb()}
    assert not emb & {image.pixel(x, y) for x in range(image.width()) for y in range(0, image.height(), 2)}


def test_a_revealed_measure_is_covered_again_on_the_next_page(tab: PrioritiesTab) -> None:
    tab.show_page(
        fixtures.priority_page(fixtures.measure_panel(held=HELD), fixtures.measure_panel("Other", held=HELD))
    )
    tab.reveal()
    tab.head.measures.activated.emit(1)
    assert not tab.area.charts


def test_a_text_measure_is_paragraphs(tab: PrioritiesTab) -> None:
    tab.show_page(fixtures.priority_page(fixtures.text_panel()))
    assert not tab.area.charts
    assert "All three partners have signed the joint protocol." in words(tab.area)


def test_another_measure_of_the_priority(tab: PrioritiesTab, qtbot: QtBot) -> None:
    assert tab.head.measures.count() == 2
    tab.head.measures.activated.emit(1)
    qtbot.waitUntil(lambda: "Burglary other than in a dwelling" in words(tab))


def test_ctrl_tab_goes_round_the_priorities(tab: PrioritiesTab, qtbot: QtBot) -> None:
    chart = tab.area.charts[0]
    with qtbot.waitSignal(tab.priority_wanted) as wanted:
        QTest.keyClick(chart, Qt.Key.Key_Tab, CONTROL)
    assert wanted.args == ["SP13"]
    with qtbot.waitSignal(tab.priority_wanted) as wanted:
        QTest.keyClick(chart, Qt.Key.Key_Backtab, CONTROL | SHIFT)
    assert wanted.args == ["SP12"]
    tab.bar.setCurrentIndex(17)
    tab.next_priority()
    assert tab.bar.currentIndex() == 0


def test_the_tab_reads_its_pages_from_the_panel_file(tab: PrioritiesTab, qtbot: QtBot) -> None:
    panel = FixturePanel()
    tab.look(View(panel, fixtures.QUARTER, Audience.WORKING))
    qtbot.waitUntil(lambda: "priority SP12" in panel.calls)
    tab.show_subject("SP8")
    qtbot.waitUntil(lambda: "priority SP8" in panel.calls and tab._page is not None and tab._page.code == "SP8")
    assert tab.bar.currentIndex() == 7


def test_the_point_that_is_read_is_the_position(tab: PrioritiesTab, qtbot: QtBot) -> None:
    with qtbot.waitSignal(tab.keys_changed):
        QTest.keyClick(tab.area.charts[0], Qt.Key.Key_End)
    assert tab.position == "December 2015, 351. Provisional. Within limits."


def test_charts_that_fit_are_kept_and_given_other_figures(tab: PrioritiesTab) -> None:
    before = tab.area.charts
    other = fixtures.measure_panel("Burglary other than in a dwelling")
    tab.show_page(fixtures.priority_page(other))
    assert tab.area.charts == before
    seen = words(tab.facts)
    assert {"12 months to December 2015", "4,014"} <= set(seen)
    assert len(words(tab.why)) == len(set(words(tab.why)))


def test_the_working_is_as_wide_as_the_window_allows_until_it_is_dragged(tab: PrioritiesTab, qtbot: QtBot) -> None:
    tab.resize(1190, 714)
    assert abs(tab.why.width() - WHY_WIDTH) <= 2
    tab.resize(1744, 1000)
    assert abs(tab.why.width() - 480) <= 2
    with qtbot.waitSignal(tab.splitter.width_chosen) as chosen:
        tab.splitter.moveSplitter(1200, 1)
    assert chosen.args == [tab.why.width()]
    kept = tab.why.width()
    tab.resize(1500, 900)
    assert abs(tab.why.width() - kept) <= 2


def test_large_text_puts_the_working_in_the_place_of_the_charts(
    tab: PrioritiesTab, appearance: Appearance, qtbot: QtBot
) -> None:
    appearance.scale_text(150)
    assert tab.area.isVisible()
    assert not tab.why.isVisible()
    tab.area.charts[0].setFocus()
    QTest.keyClick(tab.area.charts[0], Qt.Key.Key_W)
    assert tab.why.isVisible()
    assert not tab.area.isVisible()
    qtbot.waitUntil(tab.why.close_button.hasFocus)
    QTest.keyClick(tab.why.close_button, Qt.Key.Key_Escape)
    assert tab.area.isVisible()
    qtbot.waitUntil(tab.area.charts[0].hasFocus)
    appearance.scale_text(100)
    assert tab.why.isVisible()


def test_show_why_opens_the_working_and_leaves_it_open(tab: PrioritiesTab) -> None:
    tab.toggle_why()
    tab.show_why()
    assert tab.why.isVisible()
    tab.show_why()
    assert tab.why.isVisible()


@pytest.mark.parametrize("scale", [100, 150])
def test_no_source_line_loses_a_word(tab: PrioritiesTab, appearance: Appearance, qtbot: QtBot, scale: int) -> None:
    appearance.scale_text(scale)
    qtbot.waitUntil(lambda: tab.area.charts[0].height() > 100)
    QCoreApplication.processEvents()
    for chart in tab.area.charts:
        assert chart.spec is not None
        label = next(label for label in chart.findChildren(QLabel) if label.text() == chart.spec.source)
        assert label.height() >= label.heightForWidth(label.width())
        assert chart.rect().contains(label.geometry())


def test_a_long_title_elides_and_says_the_whole_in_its_tooltip(tab: PrioritiesTab, qtbot: QtBot) -> None:
    tab.head.subtitle.resize(300, 20)
    assert tab.head.subtitle.text().endswith("…")
    assert tab.head.subtitle.toolTip().endswith("victims of burglary offences")


def test_a_kind_of_chart_is_chosen_from_a_list_and_stays(tab: PrioritiesTab) -> None:
    """The chosen kind takes the main place, also of the next measure that has it; the list keeps the keyboard."""
    box = tab.area.kinds
    assert box is not None
    assert box.accessibleName() == "Kind of chart"
    assert [box.itemText(at) for at in range(box.count())][:2] == ["Control chart", "Year on year"]
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)
    chosen = tab.area.charts[0].spec
    assert chosen is not None
    assert chosen.key == "year on year"
    assert [chart.spec.key for chart in tab.area.charts[1:] if chart.spec is not None] == ["peers", "satisfaction"]
    assert tab.area.kinds is not None
    assert tab.area.kinds.hasFocus()
    tab.show_page(replace(fixtures.priority_page(), code="SP13"))
    again = tab.area.charts[0].spec
    assert again is not None
    assert again.key == "year on year"
    assert tab.area.kinds.currentText() == "Year on year"
