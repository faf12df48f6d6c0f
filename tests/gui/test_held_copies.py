"""What leaves the working view with held figures carries their mark and is in the change log, on every way out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from pcp_desktop.desktop.jobs import Jobs
from pcp_desktop.desktop.messages import Messages
from pcp_desktop.desktop.tab import Surroundings, View
from pcp_desktop.desktop.tabs.priority.tab import PrioritiesTab
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.clearance import HELD_MARK, Audience, Clearance, ClearanceState
from pcp_desktop.domain.periods import quarter
from pcp_desktop.workspace import Workspace
from pcp_desktop.workspace.sample import sample_clock

Q3 = quarter(2015, 3)
Ask = Callable[[Callable[[Workspace], object]], object]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def ask(qtbot: QtBot, jobs: Jobs, sample_panel: Path) -> Iterator[Ask]:
    """Asks the open panel file, in the thread that owns it."""
    opened: list[Workspace] = []

    def asked(question: Callable[[Workspace], object]) -> object:
        answers: list[object] = []
        jobs.start(lambda _progress: question(opened[0]), answers.append, words="")
        qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
        return answers[0]

    jobs.start(lambda _progress: Workspace.open(sample_panel, sample_clock), opened.append, words="")
    qtbot.waitUntil(lambda: bool(opened), timeout=10_000)
    asked(lambda panel: panel.hold(Clearance("domestic-burglary", ClearanceState.WAITING, Q3.end, "its board")))
    yield asked
    asked(lambda panel: panel.close())
    QGuiApplication.clipboard().clear()  # the test platform's clipboard must not outlive Python


@pytest.fixture
def tab(qtbot: QtBot, window: QWidget, appearance: Appearance, jobs: Jobs, ask: Ask) -> PrioritiesTab:
    """Domestic burglary, held, in the working view."""
    made = PrioritiesTab(Surroundings(jobs, Messages(window, appearance), appearance))
    qtbot.addWidget(made)
    made.resize(1190, 714)
    made.show()
    made.activateWindow()
    look(qtbot, made, ask, "SP12")
    return made


def look(qtbot: QtBot, tab: PrioritiesTab, ask: Ask, code: str, audience: Audience = Audience.WORKING) -> None:
    panel = ask(lambda panel: panel)
    assert isinstance(panel, Workspace)
    tab.show_subject(code)
    tab.look(View(panel, Q3, audience))
    qtbot.waitUntil(lambda: tab.subject == code and tab.surroundings.jobs.idle, timeout=20_000)


def copied(qtbot: QtBot, act: Callable[[], object]) -> str:
    """The words that are on the clipboard after something was copied."""
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    act()
    qtbot.waitUntil(lambda: bool(clipboard.text()) or not clipboard.image().isNull(), timeout=20_000)
    return clipboard.text()


def recorded(ask: Ask) -> list[str]:
    """What the change log tells of held figures, the newest first."""
    found = ask(lambda panel: [row.what for row in panel.told().accesses])
    assert isinstance(found, list)
    return found


def press_table(tab: PrioritiesTab) -> None:
    chart = tab.area.charts[0]
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)


def test_a_table_a_picture_and_the_working_carry_the_mark_and_are_recorded(
    qtbot: QtBot, tab: PrioritiesTab, ask: Ask
) -> None:
    table = copied(qtbot, lambda: press_table(tab))
    assert table.splitlines()[-1] == HELD_MARK
    assert f"<caption>{HELD_MARK}" in QGuiApplication.clipboard().mimeData().html()
    working = copied(qtbot, tab.why.copy_button.click)
    assert working.splitlines()[-1] == HELD_MARK
    copied(qtbot, tab.copies.copy_picture)
    forms = ["Copied: Chart as a picture", "Copied: Working of a status", "Copied: Chart as a table"]
    assert recorded(ask) == forms


def test_the_name_offered_for_a_picture_says_nothing_of_a_held_figure(
    tab: PrioritiesTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[str] = []

    def chosen(_page: QWidget, _words: str, suggested: str, _kinds: str) -> tuple[str, str]:
        offered.append(suggested)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    tab.area.charts[1].setFocus()  # its title says two of the figures
    tab.copies.save_picture()
    assert offered == ["year on year, contains held figures.png"]


def test_words_of_a_held_measure_cannot_be_selected_where_no_mark_would_go_along(
    qtbot: QtBot, tab: PrioritiesTab, ask: Ask
) -> None:
    def selected() -> list[str]:
        labels = [label for part in (tab.facts, tab.area, tab.why) for label in part.findChildren(QLabel)]
        for label in labels:
            QTest.mouseDClick(label, Qt.MouseButton.LeftButton, pos=QPoint(6, 8))
        return [label.selectedText() for label in labels if label.hasSelectedText()]

    assert selected() == []
    look(qtbot, tab, ask, "SP11")
    assert len(selected()) > 10
    assert HELD_MARK not in copied(qtbot, lambda: press_table(tab))
    assert recorded(ask) == []
    look(qtbot, tab, ask, "SP12")
    assert selected() == [], "also in labels that had been selected while they showed another measure"
    tab.hide()
    tab.show()
    assert tab.area.charts
    assert selected() == [], "nor in charts that were made anew because the page came back"


def test_nothing_of_a_measure_that_the_public_may_not_see_is_copied_from_its_view(
    qtbot: QtBot, tab: PrioritiesTab, ask: Ask
) -> None:
    look(qtbot, tab, ask, "SP12", Audience.PUBLIC)
    assert tab.area.charts == ()
    QGuiApplication.clipboard().clear()
    tab.copies.copy_picture()
    tab.why.copy_button.click()
    qtbot.waitUntil(lambda: tab.surroundings.jobs.idle)
    assert "4,014" not in QGuiApplication.clipboard().text()
    assert QGuiApplication.clipboard().image().isNull()


def test_covered_figures_are_shown_only_once_that_is_recorded(qtbot: QtBot, tab: PrioritiesTab, ask: Ask) -> None:
    look(qtbot, tab, ask, "SP3")
    assert tab.area.held is not None
    for _time in range(2):
        tab.reveal()
        qtbot.waitUntil(lambda: bool(tab.area.charts), timeout=10_000)
        tab.reveal()
        assert not tab.area.charts
    assert recorded(ask) == ["Shown: Working view"]
