"""A chart is copied and saved as the papers draw it; a held measure's chart never leaves the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from pcp_desktop.desktop.jobs import Jobs
from pcp_desktop.desktop.messages import Messages
from pcp_desktop.desktop.tab import Surroundings, View
from pcp_desktop.desktop.tabs.priority.tab import PrioritiesTab
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.workspace import Workspace
from pcp_desktop.workspace.sample import sample_clock


@pytest.fixture
def tab(qtbot: QtBot, appearance: Appearance, jobs: Jobs, sample_panel: Path) -> PrioritiesTab:
    """The tab on the sample quarter, which the background thread opens."""
    window = QWidget()
    qtbot.addWidget(window)
    made = PrioritiesTab(Surroundings(jobs, Messages(window, appearance), appearance))
    qtbot.addWidget(made)
    made.show()
    opened: list[Workspace] = []
    jobs.start(lambda _progress: Workspace.open(sample_panel, sample_clock), opened.append, words="")
    qtbot.waitUntil(lambda: bool(opened), timeout=10_000)
    made.show_subject("SP12")
    jobs.start(
        lambda _progress: opened[0].default_period(),
        lambda period: made.look(View(opened[0], period, Audience.WORKING)),
        words="",
    )
    qtbot.waitUntil(lambda: bool(made.area.charts), timeout=10_000)
    return made


def test_a_chart_is_copied_as_a_picture(tab: PrioritiesTab, qtbot: QtBot) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    tab.copies.copy_picture()
    qtbot.waitUntil(lambda: clipboard.image().width() > 600, timeout=20_000)
    assert tab.surroundings.messages.message_bar.text == "The chart was copied as a picture."
    clipboard.clear()


@pytest.mark.parametrize(("kind", "begins"), [("png", b"\x89PNG"), ("svg", b"<svg")])
def test_a_chart_is_saved_with_its_text_alternative(
    tab: PrioritiesTab, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, begins: bytes
) -> None:
    out = tmp_path / f"burglary.{kind}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_arguments: (str(out), ""))
    tab.copies.save_picture()
    qtbot.waitUntil(out.is_file, timeout=20_000)
    content = out.read_bytes()
    assert content.lstrip().startswith(begins)
    assert "Control chart of domestic burglary" in content.decode("utf-8", errors="replace")
    qtbot.waitUntil(lambda: out.name in tab.surroundings.messages.message_bar.text, timeout=5_000)


def test_a_held_chart_is_not_copied_even_when_it_is_shown(tab: PrioritiesTab, qtbot: QtBot) -> None:
    tab.show_subject("SP3")
    qtbot.waitUntil(lambda: tab.area.held is not None, timeout=10_000)
    tab.reveal()
    qtbot.waitUntil(lambda: bool(tab.area.charts), timeout=10_000)
    assert not any(button.isEnabled() for button in tab.copies.buttons)
    qtbot.waitUntil(lambda: tab.surroundings.jobs.idle)
    tab.copies.copy_picture()
    assert tab.surroundings.jobs.idle
