"""Commentary on the tab of a priority, by keyboard: write, insert, keep, finish; nothing that is typed is lost."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from pcp_desktop.desktop.commands import CommandPalette
from pcp_desktop.desktop.jobs import Jobs
from pcp_desktop.desktop.main_window import MainWindow
from pcp_desktop.desktop.tabs.priority.figures_used import heading
from pcp_desktop.desktop.tabs.priority.sides import COMMENTARY, WHY
from pcp_desktop.desktop.tabs.priority.tab import PrioritiesTab
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.changes import Changes
from tests.gui.conftest import OpenWindow
from tests.gui.fake_panel import FakePanel

TEXT = "Burglary stood at {{burglary.latest}}, {{burglary.rank}} in its group."
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def panel() -> FakePanel:
    made = FakePanel()
    made.write_commentary("SP12", made.default_period(), TEXT, finished=True)
    made.written.clear()
    return made


@pytest.fixture
def window(panel: FakePanel, open_window: OpenWindow, jobs: Jobs, qtbot: QtBot) -> MainWindow:
    made = open_window(panel)
    made.show_page("priorities", "SP12")
    qtbot.waitUntil(lambda: jobs.idle and tab_of(made).commentary.page is not None)
    return made


def tab_of(window: MainWindow) -> PrioritiesTab:
    tab = window.current
    assert isinstance(tab, PrioritiesTab)
    return tab


def begin(window: MainWindow, qtbot: QtBot) -> PrioritiesTab:
    """Put the keyboard at the end of the text."""
    tab = tab_of(window)
    tab.commentary.text.setFocus()
    qtbot.waitUntil(tab.commentary.text.hasFocus)
    QTest.keyClick(tab.commentary.text, Qt.Key.Key_End, CONTROL)
    return tab


def words_in(tab: PrioritiesTab) -> str:
    return " ".join(label.text() for label in tab.commentary.findChildren(QLabel))


def test_it_shows_figures_in_the_text_and_what_they_are(window: MainWindow) -> None:
    tab = tab_of(window)
    assert tab.commentary.text.toPlainText() == "Burglary stood at 4,014, 7th in its group."
    assert "Figures used, all current" in words_in(tab)
    assert "26 February 2016" in tab.commentary._standing.accessibleName()
    assert "4,014, current" in tab.commentary.used.accessibleDescription()
    assert tab.commentary.text.accessibleName() == "Commentary on SP12, Q3 2015/16"


def test_a_figure_is_inserted_with_the_keyboard_alone(
    window: MainWindow, panel: FakePanel, jobs: Jobs, qtbot: QtBot
) -> None:
    tab = begin(window, qtbot)
    QTest.keyClicks(tab.commentary.text, " In the quarter ")
    QTest.keyClick(tab.commentary.text, Qt.Key.Key_Period, CONTROL)
    chooser = window.findChild(CommandPalette)
    assert chooser is not None
    assert len(chooser.results()) == 4
    QTest.keyClicks(chooser.field, "burglary quarter")
    assert [entry.words for entry in chooser.results()] == ["Q3 2015/16"]
    QTest.keyClick(chooser.field, Qt.Key.Key_Return)
    qtbot.waitUntil(tab.commentary.text.hasFocus)
    QTest.keyClicks(tab.commentary.text, ".")
    QTest.keyClick(tab.commentary.text, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: jobs.idle and bool(panel.written))
    assert panel.written == [f"{TEXT} In the quarter {{{{burglary.quarter}}}}."]
    assert "SP12" in panel.finished


def test_f2_changes_the_figure_beside_the_caret(window: MainWindow, qtbot: QtBot) -> None:
    tab = begin(window, qtbot)
    tab.commentary.text.show_paragraphs(tab.commentary.text.paragraphs(), tab.commentary._shown(tab.commentary.page))  # type: ignore[arg-type]
    for _ in range(len("Burglary stood at ") + 1):
        QTest.keyClick(tab.commentary.text, Qt.Key.Key_Right)
    QTest.keyClick(tab.commentary.text, Qt.Key.Key_F2)
    chooser = window.findChild(CommandPalette)
    assert chooser is not None
    QTest.keyClicks(chooser.field, "q3 burglary")
    QTest.keyClick(chooser.field, Qt.Key.Key_Return)
    assert tab.commentary.text.toPlainText() == "Burglary stood at 1,053, 7th in its group."


def test_a_paragraph_is_held_by_hand_and_no_longer(
    window: MainWindow, panel: FakePanel, jobs: Jobs, qtbot: QtBot
) -> None:
    tab = begin(window, qtbot)
    shift = CONTROL | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(tab.commentary.text, Qt.Key.Key_H, shift)
    chooser = window.findChild(CommandPalette)
    assert chooser is not None
    QTest.keyClicks(chooser.field, "exempt")
    QTest.keyClick(chooser.field, Qt.Key.Key_Return)
    qtbot.waitUntil(tab.commentary.text.hasFocus)
    assert tab.commentary.text.stored() == f"{{{{hold.exempt}}}} {TEXT}"
    assert tab.commentary.text.toPlainText().strip().startswith("Held, exempt information: Burglary stood at 4,014")
    QTest.keyClick(tab.commentary.text, Qt.Key.Key_H, shift)
    assert tab.commentary.text.stored() == TEXT


def test_what_is_typed_is_kept_as_a_draft_and_written_on_leaving(
    window: MainWindow, panel: FakePanel, jobs: Jobs, qtbot: QtBot
) -> None:
    tab = begin(window, qtbot)
    QTest.keyClicks(tab.commentary.text, " More.")
    qtbot.waitUntil(lambda: panel.drafts.get("SP12") == f"{TEXT} More.", timeout=3000)
    assert panel.written == []
    QTest.keyClick(tab.commentary.text, Qt.Key.Key_Tab, CONTROL)
    qtbot.waitUntil(lambda: jobs.idle and tab.commentary.page is not None and tab.commentary.page.priority == "SP13")
    assert panel.written == [f"{TEXT} More."]
    assert panel.drafts == {}
    assert "SP12" not in panel.finished


def test_words_typed_while_another_priority_is_read_belong_to_the_one_on_show(
    window: MainWindow, panel: FakePanel, jobs: Jobs, qtbot: QtBot
) -> None:
    tab = begin(window, qtbot)
    assert tab.view is not None
    reading = threading.Event()
    jobs.start(lambda _progress: reading.wait(), lambda _done: None, words="Making the pack")
    tab.desk.look(tab.view, "SP13")
    QTest.keyClicks(tab.commentary.text, " More.")
    tab.desk.keep()
    reading.set()
    qtbot.waitUntil(lambda: jobs.idle and bool(panel.written))
    assert panel.written == [f"{TEXT} More."]
    assert "SP13" not in panel.drafts


def test_ctrl_s_writes_and_the_caret_stays(window: MainWindow, panel: FakePanel, jobs: Jobs, qtbot: QtBot) -> None:
    tab = begin(window, qtbot)
    QTest.keyClicks(tab.commentary.text, " More.")
    place = tab.commentary.text.textCursor().position()
    QTest.keyClick(tab.commentary.text, Qt.Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: jobs.idle and bool(panel.written))
    qtbot.waitUntil(lambda: "Not finished" in tab.commentary._standing.accessibleName())
    assert tab.commentary.text.textCursor().position() == place
    assert not tab.commentary.typed


def test_closing_the_window_writes_what_is_typed(window: MainWindow, panel: FakePanel, qtbot: QtBot) -> None:
    tab = begin(window, qtbot)
    QTest.keyClicks(tab.commentary.text, " Last words.")
    window.close()
    assert panel.written == [f"{TEXT} Last words."]


def test_a_changed_figure_says_old_and_new_until_it_is_accepted(
    window: MainWindow, panel: FakePanel, jobs: Jobs, qtbot: QtBot
) -> None:
    tab = begin(window, qtbot)
    panel.figures["burglary.latest"] = replace(panel.figures["burglary.latest"], shown="4,017")
    tab.take(Changes("Accepted.", observations=1))
    qtbot.waitUntil(lambda: "4,017" in tab.commentary.text.toPlainText())
    assert "4,014 is now 4,017" in tab.commentary.used.accessibleDescription()
    assert "1 changed" in words_in(tab)
    accept = next(one for one in tab.commentary.findChildren(QPushButton) if one.text() == "Accept")
    QTest.keyClick(accept, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: jobs.idle and "all current" in words_in(tab))
    assert panel.seen["burglary.latest"] == "4,017"


def test_nothing_can_be_finished_that_is_not_written(
    window: MainWindow, panel: FakePanel, jobs: Jobs, qtbot: QtBot
) -> None:
    tab = tab_of(window)
    tab.next_priority()
    qtbot.waitUntil(lambda: jobs.idle and tab.commentary.page is not None and tab.commentary.page.priority == "SP13")
    tab.desk.finish()
    assert "Nothing is written yet" in window.messages.message_bar.text
    assert panel.written == []


def test_typing_goes_on_while_the_data_change(window: MainWindow, panel: FakePanel, qtbot: QtBot) -> None:
    tab = begin(window, qtbot)
    QTest.keyClicks(tab.commentary.text, " Half a sent")
    panel.figures["burglary.latest"] = replace(panel.figures["burglary.latest"], shown="4,017")
    tab.take(Changes("Accepted.", observations=1))
    qtbot.waitUntil(lambda: "4,017" in tab.commentary.text.toPlainText())
    QTest.keyClicks(tab.commentary.text, "ence.")
    assert tab.commentary.text.toPlainText().endswith("4,017, 7th in its group. Half a sentence.")


def test_embargoed_figures_are_covered_until_they_are_revealed(window: MainWindow, qtbot: QtBot) -> None:
    tab = begin(window, qtbot)
    QTest.keyClick(tab.commentary.text, Qt.Key.Key_Period, CONTROL)
    chooser = window.findChild(CommandPalette)
    assert chooser is not None
    QTest.keyClicks(chooser.field, "treatment")
    assert [entry.detail for entry in chooser.results()] == ["embargoed"]
    QTest.keyClick(chooser.field, Qt.Key.Key_Return)
    assert "embargoed" in tab.commentary.text.toPlainText()
    assert "7.29" not in tab.commentary.text.toPlainText()
    tab.desk.write()
    qtbot.waitUntil(lambda: "1 held" in words_in(tab))
    assert "embargoed" in tab.commentary.used.accessibleDescription()
    tab.desk.reveal(True)
    assert "7.29%" in tab.commentary.text.toPlainText()


def test_the_public_reads_whole_paragraphs_and_never_a_held_one(
    window: MainWindow, panel: FakePanel, jobs: Jobs, qtbot: QtBot
) -> None:
    panel.write_commentary("SP12", panel.default_period(), f"{TEXT}\n\nTreatment: {{{{treatment.latest}}}}.")
    window.switch_audience()
    tab = tab_of(window)
    qtbot.waitUntil(lambda: jobs.idle and "national release" in tab.commentary.text.toPlainText())
    assert "7.29" not in tab.commentary.text.toPlainText()
    assert "Treatment" not in tab.commentary.text.toPlainText()
    assert tab.commentary.text.isReadOnly()
    assert not tab.commentary.insert_button.isVisible()


def test_last_quarter_stands_on_a_second_tab_and_cannot_be_changed(window: MainWindow, qtbot: QtBot) -> None:
    tab = begin(window, qtbot)
    tab.commentary.last_quarter.setFocus()
    QTest.keyClick(tab.commentary.last_quarter, Qt.Key.Key_Space)
    assert tab.commentary.earlier.isVisible()
    assert tab.commentary.earlier.toPlainText() == "It was 4,142."
    QTest.keyClicks(tab.commentary.earlier, "x")
    assert tab.commentary.earlier.toPlainText() == "It was 4,142."


def test_suggested_sentences_start_an_empty_commentary(window: MainWindow, jobs: Jobs, qtbot: QtBot) -> None:
    tab = tab_of(window)
    tab.next_priority()
    qtbot.waitUntil(lambda: jobs.idle and tab.commentary.page is not None and tab.commentary.page.priority == "SP13")
    assert tab.commentary.start_button.isVisible()
    QTest.keyClick(tab.commentary.start_button, Qt.Key.Key_Space)
    assert tab.commentary.text.stored() == "It stood at {{burglary.latest}}."
    assert not tab.commentary.start_button.isVisible()


def test_a_published_quarter_can_be_read_and_not_changed(window: MainWindow, panel: FakePanel, qtbot: QtBot) -> None:
    tab = begin(window, qtbot)
    panel.published = "Published 15 March 2016. The commentary cannot change."
    tab.take(Changes("Published.", meetings=True))
    qtbot.waitUntil(tab.commentary.text.isReadOnly)
    assert "Published 15 March 2016" in words_in(tab)
    assert not tab.commentary.finish_button.isVisible()
    QTest.keyClick(tab.commentary.text, Qt.Key.Key_F2)
    assert window.findChild(CommandPalette) is None


def test_undo_in_the_editor_first_and_then_in_the_panel_file(
    window: MainWindow, panel: FakePanel, jobs: Jobs, qtbot: QtBot
) -> None:
    tab = begin(window, qtbot)
    QTest.keyClicks(tab.commentary.text, "!")
    QTest.keyClick(tab.commentary.text, Qt.Key.Key_Z, CONTROL)
    assert tab.commentary.text.stored() == TEXT
    assert "undo" not in panel.calls
    QTest.keyClick(tab.commentary.text, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: jobs.idle and "undo" in panel.calls)


def test_esc_takes_the_keyboard_back_to_the_page(window: MainWindow, qtbot: QtBot) -> None:
    tab = begin(window, qtbot)
    assert tab.keys[0] == ("Ctrl+.", "insert figure")
    QTest.keyClick(tab.commentary.text, Qt.Key.Key_Escape)
    assert window.current is tab
    assert not tab.commentary.text.hasFocus()
    assert tab.keys[0] != ("Ctrl+.", "insert figure")


def test_large_text_gives_each_panel_the_place_of_the_charts(
    window: MainWindow, appearance: Appearance, qtbot: QtBot
) -> None:
    tab = tab_of(window)
    appearance.scale_text(150)
    assert tab.sides.switch.isVisible()
    assert not tab.sides.isVisible()
    tab.toggle_commentary()
    assert tab.commentary.isVisible()
    assert not tab.area.isVisible()
    tab.toggle_why()
    assert tab.why.isVisible()
    assert not tab.commentary.isVisible()
    appearance.scale_text(100)
    assert tab.sides.is_open(WHY)
    assert tab.sides.is_open(COMMENTARY)
    assert tab.area.isVisible()


def test_the_heading_counts_what_is_not_current() -> None:
    assert heading(()) == "No live figures used"
