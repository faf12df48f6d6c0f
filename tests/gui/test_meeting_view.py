"""The meeting view: public pages only, led by keys alone, and a held measure has nothing but its line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from pcp_desktop.desktop.jobs import Jobs
from pcp_desktop.desktop.meeting.parts import facts_for_the_room
from pcp_desktop.desktop.meeting.search import meant, typed_on
from pcp_desktop.desktop.meeting.view import LINES, MeetingView
from pcp_desktop.desktop.theme import MEETING_FONTS, THEME_NAMES, Theme
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.pages import HeadlineFact, PriorityPage
from pcp_desktop.domain.periods import Period
from pcp_desktop.errors import UserError
from tests.gui.chart_fixtures import burglary, peers
from tests.gui.conftest import OpenWindow
from tests.gui.fake_panel import QUARTER, ChartPanel, FakePanel
from tests.gui.test_theme import TEXT, contrast

Show = Callable[[str], MeetingView]


@pytest.fixture
def panel() -> ChartPanel:
    return ChartPanel()


@pytest.fixture
def show(qtbot: QtBot, jobs: Jobs, panel: ChartPanel) -> Iterator[Show]:
    """Opens the view on a screen of 1920 × 1080, at a priority."""
    made: list[MeetingView] = []

    def open_at(code: str) -> MeetingView:
        view = MeetingView(panel, QUARTER, jobs, "light", code)
        made.append(view)
        view.resize(1920, 1080)
        view.show()
        qtbot.waitUntil(lambda: view.page is not None and jobs.idle)
        return view

    yield open_at
    for view in made:
        view.close()
    QApplication.processEvents()


def said(view: MeetingView) -> str:
    """Every word on the screen."""
    return "\n".join(label.text() for label in view.findChildren(QLabel) if label.isVisibleTo(view))


def code_of(view: MeetingView) -> str:
    return view.page.code if view.page is not None else ""


def test_it_shows_a_finding_its_chart_and_the_facts(show: Show) -> None:
    view = show("SP12")
    assert view.slide is not None
    assert view.slide.finding in said(view)
    assert "Public information only" in said(view)
    assert "4,014" in said(view)
    assert "No clear change" in said(view)
    assert view.chart is not None
    assert view.chart.spec == burglary()


def test_it_asks_for_pages_made_for_the_public_and_no_others(
    show: Show, panel: ChartPanel, jobs: Jobs, qtbot: QtBot
) -> None:
    view = show("SP12")
    QTest.keyClick(view, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: code_of(view) == "SP13")
    assert set(panel.audiences) == {Audience.PUBLIC}
    assert {call.split()[-1] for call in panel.calls if call.startswith("overview")} == {"public"}


def test_a_held_measure_shows_its_plain_line_and_nothing_else(show: Show) -> None:
    view = show("SP3")
    assert view.slide is not None
    assert view.chart is None
    assert len(view.slides) == 1
    words = said(view)
    assert view.slide.panel.row.held_words in words
    assert "6.84" not in words
    assert "Not assessed" not in words
    assert "mbargo" not in words


def test_arrows_go_through_charts_and_priorities(show: Show, qtbot: QtBot) -> None:
    view = show("SP12")
    findings = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        QTest.keyClick(view, key)
        assert view.slide is not None
        findings.append(view.slide.finding)
    assert findings == [peers().title, peers().title, burglary().title]
    QTest.keyClick(view, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: code_of(view) == "SP11")
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: code_of(view) == "SP12")


@pytest.mark.parametrize(
    ("typed", "code"), [("14", "SP14"), ("burg", "SP12"), ("anti-social", "SP8"), ("sp1", "SP1")]
)
def test_typing_jumps_and_shows_what_is_typed(show: Show, qtbot: QtBot, typed: str, code: str) -> None:
    view = show("SP5")
    QTest.keyClicks(view, typed)
    qtbot.waitUntil(lambda: code_of(view) == code)
    assert view.typed == typed
    assert view.typed_frame.isVisible()
    assert view.typed_frame.text.startswith(typed)
    assert code in view.typed_frame.text
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert not view.typed_frame.isVisible()
    assert view.isVisible()


def test_a_full_stop_blanks_the_screen_and_any_key_shows_it_again(show: Show) -> None:
    view = show("SP12")
    blank = []
    for key in (Qt.Key.Key_Period, Qt.Key.Key_Right):
        QTest.keyClick(view, key)
        blank.append((view.is_blank, said(view).strip() == ""))
    assert blank == [(True, True), (False, False)]
    assert view.slide is not None
    assert view.slide.finding == burglary().title


def test_the_pointer_hides_when_it_rests(show: Show, qtbot: QtBot) -> None:
    view = show("SP12")
    view._rest.start(1)
    qtbot.waitUntil(lambda: view.cursor().shape() == Qt.CursorShape.BlankCursor)
    QTest.mouseMove(view, view.rect().center())
    QApplication.processEvents()
    assert view.cursor().shape() != Qt.CursorShape.BlankCursor


@pytest.mark.parametrize("theme", THEME_NAMES)
def test_its_theme_is_its_own_whatever_the_windows(qtbot: QtBot, jobs: Jobs, panel: ChartPanel, theme: str) -> None:
    view = MeetingView(panel, QUARTER, jobs, theme, "SP12")
    view.resize(1920, 1080)
    view.show()
    qtbot.waitUntil(lambda: view.page is not None and jobs.idle)
    view._type("burg")
    colours = Theme.named(theme)
    for label in view.findChildren(QLabel):
        label.ensurePolished()
        ink = label.palette().color(label.foregroundRole())
        ground = colours.accent if label.objectName() == "codeChip" else colours.surface
        assert contrast(ink, ground) >= TEXT, label.text()
    view.close()


@pytest.mark.parametrize("height", [720, 1080, 2160])
def test_nothing_is_smaller_than_the_least_size_for_the_screen(show: Show, height: int) -> None:
    view = show("SP12")
    view.resize(height * 16 // 9, height)
    QApplication.processEvents()
    least = MEETING_FONTS["meeting_least"][0] * height / LINES
    labels = [label for label in view.findChildren(QLabel) if label.isVisibleTo(view) and label.text()]
    for label in labels:
        label.ensurePolished()
        assert label.fontInfo().pixelSize() >= round(least) - 1, label.text()
    assert view.chart is not None
    assert view.chart._chart_font().pixelSize() * view.chart._item.scale() >= least - 1


def test_f11_opens_it_at_the_current_priority_and_escape_closes_it(
    qtbot: QtBot, open_window: OpenWindow, jobs: Jobs
) -> None:
    window = open_window(FakePanel())
    window.show_page("priorities", "SP14")
    qtbot.waitUntil(lambda: jobs.idle)
    QTest.keyClick(window, Qt.Key.Key_F11)
    view = window.meeting
    assert view is not None
    qtbot.waitUntil(lambda: code_of(view) == "SP14")
    assert view.isFullScreen()
    with qtbot.waitSignal(view.closed):
        QTest.keyClick(view, Qt.Key.Key_Escape)


def test_it_closes_where_its_pages_cannot_be_read(qtbot: QtBot, jobs: Jobs) -> None:
    class Unreadable(FakePanel):
        def priority(self, code: str, period: Period, audience: Audience) -> PriorityPage:
            raise UserError("It could not be read.", "Nothing is shown.", "Open it again.")

    view = MeetingView(Unreadable(), QUARTER, jobs, "light", "SP1")
    with qtbot.waitSignals([view.failed, view.closed]):
        pass


def test_of_many_facts_the_first_four_and_the_position_are_kept(panel: ChartPanel) -> None:
    measure = panel.priority("SP12", QUARTER, Audience.PUBLIC).measures[0]
    labels = ("Level", "Baseline", "Change", "Quarter", "Year to date", "Position", "Clearance")
    many = replace(measure, facts=tuple(HeadlineFact(label, "1") for label in labels))
    assert [fact.label for fact in facts_for_the_room(many)] == ["Level", "Baseline", "Change", "Quarter", "Position"]


def test_a_number_means_its_priority_before_those_that_begin_so(panel: ChartPanel) -> None:
    tabs = panel.priority_tabs(QUARTER, Audience.PUBLIC)
    assert [tab.code for tab in meant(tabs, "1")][:3] == ["SP1", "SP10", "SP11"]
    assert meant(tabs, "") == ()
    assert meant(tabs, "no such words") == ()


def test_a_key_that_leads_nowhere_begins_anew(panel: ChartPanel) -> None:
    tabs = panel.priority_tabs(QUARTER, Audience.PUBLIC)
    assert typed_on(tabs, "14", "b") == "b"
    assert typed_on(tabs, "bur", "g") == "burg"
    assert typed_on(tabs, "", " ") == ""
