"""Judgements on a priority's page: a status by hand and chosen limits need a reason; a trial keeps nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from pcp_desktop.desktop.charts.view import ChartView
from pcp_desktop.desktop.commands import CommandPalette
from pcp_desktop.desktop.dialogs.judgement import LevelDialog, LimitsDialog, StatusDialog
from pcp_desktop.desktop.dialogs.small_numbers import SmallNumbersDialog
from pcp_desktop.desktop.jobs import Jobs
from pcp_desktop.desktop.main_window import MainWindow
from pcp_desktop.desktop.tabs.priority.tab import PrioritiesTab
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.judgements import ChosenLimits, LimitsOrigin
from pcp_desktop.domain.pages import NewLevel, PriorityPage
from pcp_desktop.domain.periods import Period
from pcp_desktop.domain.status import Status
from tests.gui.chart_fixtures import burglary, year_on_year
from tests.gui.conftest import OpenWindow
from tests.gui.fake_panel import FakePanel

SHIFT = Qt.KeyboardModifier.ShiftModifier
D = TypeVar("D", bound=QDialog)
TRIAL = "Trial: limits from April 2013 to March 2014. Nothing is kept until you confirm"


class ChartedPanel(FakePanel):
    """A panel file whose measures have a control chart and a step that a new level is offered for."""

    def priority(self, code: str, period: Period, audience: Audience) -> PriorityPage:
        page = super().priority(code, period, audience)
        level, other = NewLevel(date(2014, 4, 1), "April 2014"), NewLevel(date(2014, 7, 1), "July 2014")
        charted = (
            replace(
                one, main=burglary(), small=(year_on_year(),),
                why=replace(one.why, levels=(level,), starts=(level, other), screened=True),
            )
            for one in page.measures
        )  # fmt: skip
        return replace(page, measures=tuple(charted))


@pytest.fixture
def panel() -> FakePanel:
    return ChartedPanel()


@pytest.fixture
def window(panel: FakePanel, open_window: OpenWindow, jobs: Jobs, qtbot: QtBot) -> MainWindow:
    made = open_window(panel)
    made.show_page("priorities", "SP12")
    qtbot.waitUntil(lambda: jobs.idle and bool(tab_of(made).area.charts))
    return made


def tab_of(window: MainWindow) -> PrioritiesTab:
    tab = window.current
    assert isinstance(tab, PrioritiesTab)
    return tab


def main_chart(window: MainWindow) -> ChartView:
    return tab_of(window).area.charts[0]


def dialog_of(window: MainWindow, kind: type[D], qtbot: QtBot) -> D:
    """The dialog of a kind that is open."""
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(kind)))
    return next(one for one in window.findChildren(kind) if one.isVisible())


def _judged(panel: FakePanel, jobs: Jobs, times: int) -> bool:
    """Whether so many judgements have been kept, and nothing is under way."""
    return len(panel.judged) == times and jobs.idle


def mark_a_year(window: MainWindow) -> ChartView:
    """April 2013 to March 2014, by keyboard."""
    chart = main_chart(window)
    chart.setFocus()
    chart.reader.read(12)
    for _ in range(11):
        QTest.keyClick(chart, Qt.Key.Key_Right, SHIFT)
    assert chart.marker.ends == (12, 23)
    return chart


def test_a_status_is_set_by_hand_with_its_reason(
    window: MainWindow, panel: FakePanel, jobs: Jobs, qtbot: QtBot
) -> None:
    QTest.mouseClick(tab_of(window).why.judge_button, Qt.MouseButton.LeftButton)
    dialog = dialog_of(window, StatusDialog, qtbot)
    assert dialog.statuses.currentText() == "No clear change"
    assert not dialog.keep.isEnabled()
    dialog.statuses.setCurrentIndex(dialog.statuses.findData(Status.IMPROVING))
    QTest.keyClicks(dialog.reason, "June is known to be wrong")
    QTest.keyClick(dialog.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(panel.judged) and jobs.idle)
    assert [one[1:] for one in panel.judged if isinstance(one, tuple)] == [
        (Status.IMPROVING, "June is known to be wrong")
    ]


def test_marked_points_are_tried_by_keyboard_and_esc_drops_them(
    window: MainWindow, panel: FakePanel, jobs: Jobs, qtbot: QtBot
) -> None:
    chart, area = mark_a_year(window), tab_of(window).area
    before = chart.spec
    QTest.keyClick(chart, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: area.trial is not None and area.trial.isVisible())
    assert area.trial is not None
    assert area.trial.accessibleName() == TRIAL
    assert chart.spec is not None
    assert chart.spec.title == TRIAL
    QTest.keyClick(chart, Qt.Key.Key_Escape)
    assert area.trial.isHidden()
    assert chart.spec is before
    assert panel.judged == []


def test_a_trial_is_kept_with_a_reason(window: MainWindow, panel: FakePanel, jobs: Jobs, qtbot: QtBot) -> None:
    chart, area = mark_a_year(window), tab_of(window).area
    QTest.keyClick(chart, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: area.trial is not None and area.trial.isVisible())
    assert area.trial is not None
    QTest.mouseClick(area.trial.keep, Qt.MouseButton.LeftButton)
    dialog = dialog_of(window, LimitsDialog, qtbot)
    assert not dialog.keep.isEnabled()
    QTest.keyClicks(dialog.reason, "A year like any other")
    QTest.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(panel.judged) and jobs.idle)
    (kept,) = panel.judged
    assert isinstance(kept, ChosenLimits)
    assert (kept.origin, kept.first, kept.last) == (LimitsOrigin.BASELINE, date(2013, 4, 1), date(2014, 3, 31))
    assert kept.reason == "A year like any other"
    assert area.trial is None or area.trial.isHidden()


def test_a_stretch_is_dragged_too(window: MainWindow, qtbot: QtBot) -> None:
    chart, area = main_chart(window), tab_of(window).area
    viewport = chart.plot.viewport()  # type: ignore[attr-defined]
    middle = round(chart.frame.area.center().y())
    start, end = (QPoint(round(chart.frame.x(at)), middle) for at in (12, 23))
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(viewport, end)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
    qtbot.waitUntil(lambda: area.trial is not None and area.trial.isVisible())
    assert area.trial is not None
    assert area.trial.accessibleName() == TRIAL


def test_a_new_level_is_offered_and_taken_with_a_reason(
    window: MainWindow, panel: FakePanel, jobs: Jobs, qtbot: QtBot
) -> None:
    offer, _at_a_date, _ranges = tab_of(window).why.offers
    assert offer.text() == "Take the new level from April 2014…"
    offer.click()
    dialog = dialog_of(window, LimitsDialog, qtbot)
    QTest.keyClicks(dialog.reason, "A new unit")
    QTest.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(panel.judged) and jobs.idle)
    (kept,) = panel.judged
    assert isinstance(kept, ChosenLimits)
    assert (kept.origin, kept.first, kept.last) == (LimitsOrigin.NEW_LEVEL, date(2014, 4, 1), None)


def test_a_new_level_begins_at_any_date_by_keyboard_and_needs_a_reason(
    window: MainWindow, panel: FakePanel, jobs: Jobs, qtbot: QtBot
) -> None:
    at_a_date = tab_of(window).why.offers[1]
    assert at_a_date.text() == "Begin a new level at a date…"
    at_a_date.setFocus()
    QTest.keyClick(at_a_date, Qt.Key.Key_Space)
    dialog = dialog_of(window, LevelDialog, qtbot)
    assert not dialog.keep.isEnabled()
    assert [dialog.starts.itemText(at) for at in range(dialog.starts.count())] == ["April 2014", "July 2014"]
    QTest.keyClick(dialog.starts, Qt.Key.Key_Up)
    QTest.keyClick(dialog.starts, Qt.Key.Key_Down)
    QTest.keyClicks(dialog.reason, "A new way of recording")
    QTest.keyClick(dialog.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(panel.judged) and jobs.idle)
    (kept,) = panel.judged
    assert isinstance(kept, ChosenLimits)
    assert (kept.origin, kept.first, kept.last) == (LimitsOrigin.NEW_LEVEL, date(2014, 7, 1), None)
    assert kept.reason == "A new way of recording"


def test_screening_is_switched_off_with_a_reason_and_on_again(
    window: MainWindow, panel: FakePanel, jobs: Jobs, qtbot: QtBot
) -> None:
    why = tab_of(window).why
    ranges = why.offers[-1]
    assert ranges.text() == "Take every moving range into the limits…"
    ranges.setFocus()
    QTest.keyClick(ranges, Qt.Key.Key_Space)
    dialog = dialog_of(window, LimitsDialog, qtbot)
    QTest.keyClicks(dialog.reason, "The jumps are real")
    QTest.keyClick(dialog.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(panel.judged) and jobs.idle)
    (kept,) = panel.judged
    assert isinstance(kept, ChosenLimits)
    assert (kept.origin, kept.reason) == (LimitsOrigin.ALL_RANGES, "The jumps are real")
    why.drop_wanted.emit(kept)
    qtbot.waitUntil(lambda: len(panel.judged) > 1 and jobs.idle)
    assert panel.judged[-1] == kept


def test_nothing_is_decided_in_the_public_view(window: MainWindow, jobs: Jobs, qtbot: QtBot) -> None:
    tab = tab_of(window)
    assert tab.view is not None
    tab.look(replace(tab.view, audience=Audience.PUBLIC))
    qtbot.waitUntil(lambda: jobs.idle)
    assert not tab.judging.allowed
    assert tab.why.judge_button.isHidden()
    assert tab.why.offers == ()


def test_small_numbers_are_shown_as_amber_by_a_command_and_back(
    window: MainWindow, panel: FakePanel, jobs: Jobs, qtbot: QtBot
) -> None:
    """The dialog says what holds now, keeps nothing that is so already, and the bar offers to undo."""
    for times, amber in enumerate((True, False), start=1):
        window.show_commands()
        palette = next(one for one in window.findChildren(CommandPalette) if one.isVisible())
        QTest.keyClicks(palette.field, "small numbers amber")
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
        dialog = dialog_of(window, SmallNumbersDialog, qtbot)
        assert dialog.shown.currentData() is not amber
        assert not dialog.keep.isEnabled()
        dialog.shown.setCurrentIndex(dialog.shown.findData(amber))
        QTest.keyClick(dialog.shown, Qt.Key.Key_Return)
        qtbot.waitUntil(partial(_judged, panel, jobs, times))
        assert window.messages.message_bar.text.startswith("Small numbers are shown as")
    assert panel.judged == [True, False]


def test_a_file_that_cannot_change_is_not_asked_how_it_shows_small_numbers(
    window: MainWindow, panel: FakePanel, jobs: Jobs, qtbot: QtBot
) -> None:
    panel.read_only_reason = "Opened read only: someone else has had it open since 14:05."
    window.ask_small_numbers()
    qtbot.waitUntil(lambda: jobs.idle)
    assert "How small numbers are shown cannot change." in window.messages.message_bar.text
    assert not window.findChildren(SmallNumbersDialog)
