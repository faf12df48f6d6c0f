"""A whole quarter in the real window with keys alone: from a partner's workbook to the published pack."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from pcp_desktop import paths
from pcp_desktop.desktop.commands import CommandPalette
from pcp_desktop.desktop.dialogs.agenda_item import AgendaItemDialog
from pcp_desktop.desktop.dialogs.publish import PublishDialog
from pcp_desktop.desktop.jobs import Jobs
from pcp_desktop.desktop.main_window import MainWindow
from pcp_desktop.desktop.tabs.packs.tab import PacksTab
from pcp_desktop.desktop.tabs.priority.tab import PrioritiesTab
from pcp_desktop.desktop.tabs.returns.tab import ReturnsTab
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.commentary import FigureState
from pcp_desktop.domain.packs import Standing
from pcp_desktop.domain.periods import quarter
from pcp_desktop.workspace import Workspace
from pcp_desktop.workspace.sample import sample_clock
from tests.gui.conftest import PATIENCE, OpenWorkspace

CONTROL = Qt.KeyboardModifier.ControlModifier
MOST_STEPS = 60
QUARTER = quarter(2015, 3)


@pytest.fixture
def workspace(sample_panel: Path) -> Iterator[Workspace]:
    """The sample quarter, handed to the window; looked into once the window is done with it."""
    with Workspace.open(sample_panel, sample_clock) as opened:
        yield opened


@pytest.fixture
def window(open_workspace: OpenWorkspace, workspace: Workspace) -> MainWindow:
    return open_workspace(workspace)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keyboard is."""
    QTest.keyClick(focused(), key, modifier)


def typed(text: str) -> None:
    """Type where the keyboard is."""
    QTest.keyClicks(focused(), text)


def focused() -> QWidget:
    found: QWidget | None = QApplication.focusWidget()
    assert found is not None
    return found


def name_of(widget: QWidget) -> str:
    """What a screen reader calls it."""
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")


class Officer:
    """Works on the window with keys alone, and waits until it has done what it was told."""

    def __init__(self, window: MainWindow, jobs: Jobs, qtbot: QtBot) -> None:
        self.window, self.jobs, self.qtbot = window, jobs, qtbot

    def wait(self, until: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(lambda: self.jobs.idle and until(), timeout=PATIENCE)

    def back_in_the_window(self) -> None:
        """After a dialog; a screen that is not there has nothing that activates the window behind it."""
        self.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)

    def tab_to(self, name: str) -> None:
        """Press Tab until the keyboard is on something whose name begins so."""
        for _step in range(MOST_STEPS):
            if name_of(focused()).startswith(name):
                return
            press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not come to {name}")

    def bring_in(self) -> None:
        """Review what the file dialog gives, accept it, and record that its board has cleared it."""
        press(Qt.Key.Key_I, CONTROL)
        returns = self.window.pages.show("returns")
        assert isinstance(returns, ReturnsTab)
        self.wait(lambda: returns.is_reviewing and returns.incoming.review.table.hasFocus())
        press(Qt.Key.Key_Return, CONTROL)
        self.wait(lambda: not returns.is_reviewing and returns.table.hasFocus())
        while returns.inspector.clear_button.isHidden():
            press(Qt.Key.Key_Down)
        self.tab_to("Record clearance")
        press(Qt.Key.Key_Space)
        self.wait(returns.inspector.clear_button.isHidden)

    def open_packs(self) -> PacksTab:
        press(Qt.Key.Key_5, CONTROL)
        packs = self.window.current
        assert isinstance(packs, PacksTab)
        self.wait(lambda: packs.page is not None and packs.page.built and packs.agenda.tree.hasFocus())
        return packs

    def follow_first_line(self, packs: PacksTab) -> PrioritiesTab:
        """Go where the readiness list's first line leads: to the commentary of a priority."""
        press(Qt.Key.Key_F6)
        assert packs.readiness.list.hasFocus()
        press(Qt.Key.Key_Home)
        press(Qt.Key.Key_Return)
        tab = self.window.current
        assert isinstance(tab, PrioritiesTab)
        self.wait(lambda: tab.commentary.page is not None and tab.commentary.page.priority == tab.subject)
        self.qtbot.waitUntil(tab.commentary.text.hasFocus)
        return tab

    def accept_changed_figures(self, tab: PrioritiesTab) -> None:
        """Accept every figure of the commentary that has changed since it was written."""
        while (count := changed_figures(tab)) > 0:
            self.tab_to("Accept")
            press(Qt.Key.Key_Space)
            self.wait(lambda count=count: changed_figures(tab) == count - 1)  # type: ignore[misc]

    def insert_figure(self, tab: PrioritiesTab, words: str) -> None:
        press(Qt.Key.Key_Period, CONTROL)
        chooser = QApplication.activeModalWidget()
        assert isinstance(chooser, CommandPalette)
        QTest.keyClicks(chooser.field, words)
        QTest.keyClick(chooser.field, Qt.Key.Key_Return)
        self.back_in_the_window()
        assert tab.commentary.text.hasFocus()


def changed_figures(tab: PrioritiesTab) -> int:
    page = tab.commentary.page
    return sum(figure.state is FigureState.CHANGED for figure in page.used) if page is not None else 0


def test_a_whole_quarter_by_keyboard(
    window: MainWindow, workspace: Workspace, jobs: Jobs, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = Officer(window, jobs, qtbot)

    # A partner's revised return comes: it is looked at, accepted, and cleared by its board.
    revised = paths.sample_workbooks() / "revised" / "recorded crime Q3.xlsx"
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_arguments: ([str(revised)], ""))
    officer.bring_in()

    # The pack says which sentences it has overtaken; each line leads to its commentary.
    packs = officer.open_packs()
    assert packs.page is not None
    stops = [line.title for line in packs.page.readiness if line.standing is Standing.STOPS]
    assert stops == [
        f"A figure in {code} has changed since it was written" for code in ("SP12", "SP12", "SP14", "SP14")
    ]
    priorities = officer.follow_first_line(packs)
    assert priorities.subject == "SP12"
    officer.accept_changed_figures(priorities)

    # A paragraph with two live figures.
    officer.tab_to("Commentary on SP12")
    press(Qt.Key.Key_End, CONTROL)
    press(Qt.Key.Key_Return)
    typed("After the revised return there were ")
    officer.insert_figure(priorities, "burglary 12 months to December 2015")
    typed(" in the year and ")
    officer.insert_figure(priorities, "burglary Q3 2015/16")
    typed(" in the quarter.")
    press(Qt.Key.Key_Return, CONTROL)
    officer.wait(lambda: priorities.commentary.page is not None and priorities.commentary.page.finished)

    # The other priority whose figures have moved, and then nothing stops publication.
    officer.accept_changed_figures(officer.follow_first_line(officer.open_packs()))
    packs = officer.open_packs()
    assert packs.page is not None
    assert packs.page.counted(Standing.STOPS) == 0

    # An item comes on the agenda.
    press(Qt.Key.Key_Insert)
    dialog = window.findChild(AgendaItemDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.title.hasFocus)
    typed("Regional collaboration")
    press(Qt.Key.Key_Return)
    officer.back_in_the_window()
    officer.wait(lambda: packs.page is not None and packs.page.built and len(packs.page.agenda.items) == 11)

    # It is published, and from then on nothing of the quarter changes.
    officer.tab_to("Publish…")
    press(Qt.Key.Key_Space)
    asking = window.findChild(PublishDialog)
    assert asking is not None
    qtbot.waitUntil(asking.leave.hasFocus)
    press(Qt.Key.Key_Tab)
    assert asking.publish.hasFocus()
    press(Qt.Key.Key_Space)
    officer.wait(lambda: packs.page is not None and packs.page.published is not None and packs.page.built)
    assert packs.strip.text.startswith("Published 26 February 2016. Figures cannot change.")
    assert packs.head.publish_button.isHidden()
    offered = [
        button.text() for button in window.messages.message_bar.findChildren(QPushButton) if button.isVisible()
    ]
    assert "Undo" not in offered, "what was published cannot be taken back"

    assert workspace.verify().ok
    pack = next(pack for pack in workspace.facts().packs if pack.audience is Audience.PUBLIC)
    text = workspace.stored_commentary("SP12", QUARTER).text
    fields = re.findall(r"\{\{(.*?)\}\}", text.split("After the revised return")[1])
    assert len(fields) == 2
    printed = {figure.field for figure in pack.figures if figure.place.startswith("SP12, commentary")}
    assert printed >= set(fields)
