"""What the packs tab promises: an agenda that is written by keyboard or pointer, links that lead, and publishing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from pcp_desktop.desktop.dialogs.agenda_item import AgendaItemDialog
from pcp_desktop.desktop.dialogs.meeting import MeetingDialog
from pcp_desktop.desktop.dialogs.publish import PublishDialog
from pcp_desktop.desktop.jobs import Jobs
from pcp_desktop.desktop.messages import Messages
from pcp_desktop.desktop.tab import Surroundings, View
from pcp_desktop.desktop.tabs.packs.tab import PacksTab
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.meetings import ItemKind
from pcp_desktop.domain.packs import Standing
from pcp_desktop.domain.progress import Progress
from tests.gui.fake_panel import EARLIER, QUARTER
from tests.gui.pack_fixtures import COMPLAINT, ITEMS, MINUTES, PAPER, REPORT, UPDATE, PackPanel

PATIENCE = 20_000  # ms
ALT = Qt.KeyboardModifier.AltModifier
READY = tuple(replace(item, paper=PAPER) if item.key == UPDATE else item for item in ITEMS)


@pytest.fixture
def panel() -> PackPanel:
    """The panel file that the tab looks at; the paper of item 4 is awaited."""
    return PackPanel()


@pytest.fixture
def tab(qtbot: QtBot, appearance: Appearance, jobs: Jobs, panel: PackPanel) -> PacksTab:
    """The tab as it is once the pack is set."""
    return opened(qtbot, appearance, jobs, panel)


def opened(qtbot: QtBot, appearance: Appearance, jobs: Jobs, panel: PackPanel) -> PacksTab:
    window = QWidget()
    qtbot.addWidget(window)
    made = PacksTab(Surroundings(jobs, Messages(window, appearance), appearance))
    qtbot.addWidget(made)
    made.resize(1190, 714)
    made.altered.connect(made.take)
    made.show()
    made.activateWindow()
    made.look(View(panel, QUARTER, Audience.WORKING))
    settle(qtbot, made, jobs)
    made.focus_content()
    qtbot.waitUntil(made.agenda.tree.hasFocus)
    return made


def settle(qtbot: QtBot, tab: PacksTab, jobs: Jobs) -> None:
    def is_still() -> bool:
        return jobs.idle and (tab.page is None or tab.page.built) and not tab._build_soon.isActive()

    qtbot.waitUntil(is_still, timeout=PATIENCE)


def dialog_of(tab: PacksTab) -> QDialog:
    (found,) = tab.findChildren(QDialog)
    return found


def row_words(tab: PacksTab) -> list[str]:
    model = tab.agenda.tree.lines
    return [str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(model.rowCount())]


# ---------------------------------------------------------------- what it shows


def test_every_line_is_read_as_a_sentence(tab: PacksTab) -> None:
    assert row_words(tab) == [
        "Front sheet and agenda. Generated. pages 1–2. done",
        "Item 1: Minutes of the previous meeting",
        "Item 2: Urgent items",
        "Item 3: Declarations of interest",
        "Item 4: Change programme. Chief Constable · Paper awaited. stops publication",
        "Item 5: Performance report. Commissioner · Generated. pages 3–4. done",
        "Item 6: Complaint. Exempt, paragraph 1, not in the public pack · Verbal update",
    ]
    assert tab.strip.text.startswith("Publish by Tuesday 15 March 2016. Five clear working days before the meeting.")
    assert tab.strip.days.accessibleDescription() == "Today, Fri 26, 11 days, Tue 15 Mar, five clear days, Wed 23 Mar"
    assert tab.head.scope.accessibleName() == "Wednesday 1.00 pm, County Hall · 4 pages"
    assert tab.head.publish_button.accessibleName() == "Publish…, 1 to fix"
    assert tab.readiness.heading.text() == "Not ready: 1 thing stops publication"


def test_the_other_version_is_another_pack(tab: PacksTab, panel: PackPanel, jobs: Jobs, qtbot: QtBot) -> None:
    restricted = tab.head.switch.buttons()[1]
    assert restricted.accessibleName() == "Restricted"
    restricted.click()
    settle(qtbot, tab, jobs)
    assert panel.calls[-3:-1] == ["build restricted", "pack restricted"]
    assert tab.position == "Restricted version"
    assert "Exempt, paragraph 1 · " in row_words(tab)[COMPLAINT]


def test_pages_are_turned_with_keys_and_follow_the_item(tab: PacksTab, jobs: Jobs, qtbot: QtBot) -> None:
    assert tab.preview.number == 1
    QTest.keyClick(tab.agenda.tree, Qt.Key.Key_PageDown)
    assert (tab.preview.number, tab.preview.heading.text()) == (2, "Page 2")
    tab.agenda.tree.go_to(REPORT)
    assert tab.preview.number == 3
    tab.preview.picture.setFocus()
    for key, number in (
        (Qt.Key.Key_Right, 4),
        (Qt.Key.Key_PageDown, 4),
        (Qt.Key.Key_Left, 3),
        (Qt.Key.Key_PageUp, 2),
    ):
        QTest.keyClick(tab.preview.picture, key)
        assert tab.preview.number == number
    qtbot.waitUntil(lambda: tab.preview.picture.accessibleName() == "Page 2. front sheet, page 2 of 2")
    qtbot.waitUntil(lambda: jobs.idle)
    assert not tab.preview.back.isHidden()


# ---------------------------------------------------------------- the agenda


def test_alt_and_arrows_move_the_item_and_it_stays_current(
    tab: PacksTab, panel: PackPanel, jobs: Jobs, qtbot: QtBot
) -> None:
    tree = tab.agenda.tree
    tree.go_to(MINUTES)
    QTest.keyClick(tree, Qt.Key.Key_Up, ALT)  # it is the first
    for _press in range(2):
        QTest.keyClick(tree, Qt.Key.Key_Down, ALT)
    assert row_words(tab)[3] == "Item 3: Minutes of the previous meeting"  # at once
    settle(qtbot, tab, jobs)
    assert panel.titles[:3] == ["Urgent items", "Declarations of interest", "Minutes of the previous meeting"]
    assert len(panel.agendas) == 3
    assert tree.current_key == MINUTES
    tree.go_to(0)
    QTest.keyClick(tree, Qt.Key.Key_Down, ALT)  # the front sheet stays where it is
    assert len(panel.agendas) == 3


@pytest.mark.parametrize(("before", "place"), [(1, 0), (3, 2), (4, 3), (6, 4), (7, 5)])
def test_dragging_an_item_between_two_puts_it_there(
    tab: PacksTab, panel: PackPanel, jobs: Jobs, qtbot: QtBot, before: int, place: int
) -> None:
    lines = tab.agenda.tree.lines
    data = lines.mimeData([lines.index(REPORT - 1, 0)])
    assert lines.canDropMimeData(data, Qt.DropAction.MoveAction, before, 0, QModelIndex())
    lines.dropMimeData(data, Qt.DropAction.MoveAction, before, 0, QModelIndex())
    settle(qtbot, tab, jobs)
    assert panel.titles.index("Change programme") == place


def test_a_pdf_dropped_on_its_item_is_attached_and_nowhere_else(
    tab: PacksTab, panel: PackPanel, jobs: Jobs, qtbot: QtBot
) -> None:
    lines, data = tab.agenda.tree.lines, QMimeData()
    data.setUrls([QUrl.fromLocalFile("/papers/update.pdf")])
    assert not lines.canDropMimeData(data, Qt.DropAction.CopyAction, 2, 0, QModelIndex())
    assert Qt.ItemFlag.ItemIsDropEnabled in lines.flags(lines.index(UPDATE, 0))
    assert Qt.ItemFlag.ItemIsDropEnabled not in lines.flags(lines.index(REPORT, 0))
    lines.dropMimeData(data, Qt.DropAction.CopyAction, -1, -1, lines.index(UPDATE, 0))
    settle(qtbot, tab, jobs)
    assert panel.attached == [(UPDATE, Path("/papers/update.pdf"))]
    assert tab.page is not None
    assert tab.page.counted(Standing.STOPS) == 0


def test_an_item_is_added_after_the_current_one(tab: PacksTab, panel: PackPanel, jobs: Jobs, qtbot: QtBot) -> None:
    tab.agenda.tree.go_to(MINUTES)
    QTest.keyClick(tab.agenda.tree, Qt.Key.Key_Insert)
    dialog = dialog_of(tab)
    assert isinstance(dialog, AgendaItemDialog)
    assert not dialog.keep.isEnabled()
    QTest.keyClicks(dialog.title, "Regional collaboration")
    dialog.kind.setCurrentIndex(dialog.kind.findText("Verbal update"))
    QTest.keyClick(dialog.title, Qt.Key.Key_Return)
    settle(qtbot, tab, jobs)
    added = panel.agendas[-1].items[1]
    assert (added.title, added.kind, added.exemption) == ("Regional collaboration", ItemKind.VERBAL, None)


def test_an_item_is_edited_and_made_exempt(tab: PacksTab, panel: PackPanel, jobs: Jobs, qtbot: QtBot) -> None:
    tab.agenda.tree.go_to(REPORT)
    QTest.keyClick(tab.agenda.tree, Qt.Key.Key_F2)
    dialog = dialog_of(tab)
    assert isinstance(dialog, AgendaItemDialog)
    assert dialog.title.text() == "Performance report"
    assert not dialog.interest.isEnabled()
    dialog.exempt.click()
    dialog.paragraph.setCurrentIndex(dialog.paragraph.findData(3))
    QTest.keyClicks(dialog.interest, "Contracts are being let.")
    dialog.keep.click()
    settle(qtbot, tab, jobs)
    exemption = panel.agendas[-1].items[REPORT - 1].exemption
    assert exemption is not None
    assert (exemption.paragraph, exemption.public_interest) == (3, "Contracts are being let.")


def test_the_front_sheet_edits_the_meeting(tab: PacksTab, panel: PackPanel, jobs: Jobs, qtbot: QtBot) -> None:
    tab.agenda.tree.go_to(0)
    QTest.keyClick(tab.agenda.tree, Qt.Key.Key_F2)
    dialog = dialog_of(tab)
    assert isinstance(dialog, MeetingDialog)
    dialog.time.setText("2.00 pm")
    dialog.keep.click()
    settle(qtbot, tab, jobs)
    assert panel.agendas[-1].meeting.time == "2.00 pm"


def test_an_item_is_taken_off(tab: PacksTab, panel: PackPanel, jobs: Jobs, qtbot: QtBot) -> None:
    tab.agenda.tree.go_to(COMPLAINT)
    QTest.keyClick(tab.agenda.tree, Qt.Key.Key_Delete)
    settle(qtbot, tab, jobs)
    assert "Complaint" not in panel.titles


# ---------------------------------------------------------------- readiness


def test_enter_on_a_line_does_what_its_verb_says(
    tab: PacksTab, panel: PackPanel, jobs: Jobs, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: ("/papers/update.pdf", ""))
    listed = tab.readiness.list
    listed.setFocus()
    listed.setCurrentIndex(listed.lines.index(0))
    assert listed.current_line is not None
    assert listed.current_line.action == "Attach"
    QTest.keyClick(listed, Qt.Key.Key_Return)
    settle(qtbot, tab, jobs)
    assert panel.attached == [(UPDATE, Path("/papers/update.pdf"))]


def test_a_line_about_another_page_leads_there(
    qtbot: QtBot, appearance: Appearance, jobs: Jobs, panel: PackPanel
) -> None:
    panel = PackPanel(tuple(item for item in READY if item.key != MINUTES))
    tab = opened(qtbot, appearance, jobs, panel)
    listed = tab.readiness.list
    line = listed.lines.lines[0]
    assert not isinstance(line, int)
    assert line.title == "“Minutes” is not on the agenda"
    listed.setCurrentIndex(listed.lines.index(0))
    QTest.keyClick(listed, Qt.Key.Key_Return)
    dialog = dialog_of(tab)
    assert isinstance(dialog, AgendaItemDialog)
    assert dialog.title.text() == "Minutes"
    dialog.reject()
    with qtbot.waitSignal(tab.wanted) as wanted:
        listed.followed.emit(replace(line, link=("priorities", "SP12 commentary"), action="Write"))
    assert wanted.args == ["priorities", "SP12 commentary"]


def test_what_is_done_folds(tab: PacksTab) -> None:
    listed = tab.readiness.list
    fold = next(row for row, line in enumerate(listed.lines.lines) if isinstance(line, int))
    whole = listed.lines.rowCount()
    listed.setCurrentIndex(listed.lines.index(fold))
    for folded in (True, False):
        QTest.keyClick(listed, Qt.Key.Key_Space)
        assert (listed.lines.rowCount() == fold + 1) is folded
        assert str(listed.lines.index(fold).data()).endswith(", folded" if folded else ", unfolded")
        assert listed.currentIndex().row() == fold
    assert listed.lines.rowCount() == whole


# ---------------------------------------------------------------- making and publishing


def test_publish_opens_the_list_while_something_stops_it(tab: PacksTab, panel: PackPanel, qtbot: QtBot) -> None:
    assert tab.head.publish_button.isEnabled()
    tab.head.publish_button.click()
    qtbot.waitUntil(tab.readiness.list.hasFocus)
    assert tab.findChildren(QDialog) == []
    assert tab.readiness.list.currentIndex().row() == 0


def test_publishing_says_what_happens_asks_for_the_role_and_closes_the_agenda(
    qtbot: QtBot, appearance: Appearance, jobs: Jobs, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    panel = PackPanel(READY)
    tab = opened(qtbot, appearance, jobs, panel)
    tab.head.publish_button.click()
    dialog = dialog_of(tab)
    assert isinstance(dialog, PublishDialog)
    assert "the restricted one with 1 exempt item" in dialog.words[0]
    assert "cannot be undone" in dialog.words[1]
    assert dialog.publish.text() == "Publish 6 pages"
    qtbot.waitUntil(dialog.leave.hasFocus)
    dialog.role.setText("Democratic Services")
    dialog.publish.click()
    qtbot.waitUntil(lambda: jobs.idle and tab.page is not None and tab.page.published is not None)
    assert "publish Democratic Services" in panel.calls
    assert tab.strip.text.startswith("Published 15 March 2016. Figures cannot change. pack.pdf, by")
    assert tab.head.publish_button.isHidden()
    assert tab.head.draft_button.accessibleName() == "Save PDF…"
    written = len(panel.agendas)
    for key, modifier in (
        (Qt.Key.Key_Down, ALT),
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Insert, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier),
    ):
        tab.agenda.tree.go_to(UPDATE)
        QTest.keyClick(tab.agenda.tree, key, modifier)
    assert len(panel.agendas) == written
    assert tab.findChildren(QDialog) in ([], [dialog])
    out = tmp_path / "copy"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(out), ""))
    tab.activateWindow()  # a screen that is not there has nothing that does so after a dialog
    qtbot.waitUntil(tab.isActiveWindow)
    QTest.keyClick(tab.agenda.tree, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: jobs.idle and out.with_name("copy.pdf").exists())


def test_a_pack_that_was_cancelled_can_be_made_again(
    tab: PacksTab, panel: PackPanel, jobs: Jobs, qtbot: QtBot
) -> None:
    def until_cancelled(progress: Progress) -> None:
        while True:
            progress("Making the pack", 0, 1)

    panel.on_build = until_cancelled
    tab.head.switch.buttons()[1].click()
    qtbot.waitUntil(lambda: panel.calls[-1:] == ["build restricted"])
    assert jobs.cancel()
    qtbot.waitUntil(lambda: not tab.preview.make_button.isHidden())
    panel.on_build = lambda _progress: None
    tab.preview.make_button.click()
    settle(qtbot, tab, jobs)
    assert tab.preview.make_button.isHidden()


def test_an_agenda_that_changes_does_not_wait_for_the_pack_of_the_old_one(
    tab: PacksTab, panel: PackPanel, jobs: Jobs, qtbot: QtBot
) -> None:
    made: list[Progress] = []

    def wait(progress: Progress) -> None:
        made.append(progress)
        while len(made) == 1:  # the first making ends only by being cancelled
            progress("Making the pack", 0, 1)

    panel.on_build = wait
    tab.head.switch.buttons()[1].click()
    qtbot.waitUntil(lambda: len(made) == 1, timeout=PATIENCE)
    tab.agenda.tree.go_to(MINUTES)
    tab.agenda.tree.setFocus()
    QTest.keyClick(tab.agenda.tree, Qt.Key.Key_Down, ALT)
    settle(qtbot, tab, jobs)
    assert len(made) == 2
    assert tab.page is not None
    assert [item.key for item in tab.page.agenda.items][1] == MINUTES


def test_leaving_the_page_stops_the_making(tab: PacksTab, panel: PackPanel, jobs: Jobs, qtbot: QtBot) -> None:
    def until_cancelled(progress: Progress) -> None:
        while True:
            progress("Making the pack", 0, 1)

    panel.on_build = until_cancelled
    tab.head.switch.buttons()[1].click()
    qtbot.waitUntil(lambda: panel.calls[-1:] == ["build restricted"])
    tab.hide()
    qtbot.waitUntil(lambda: jobs.idle)
    panel.on_build = lambda _progress: None
    tab.show()
    settle(qtbot, tab, jobs)


def test_a_quarter_without_a_meeting_says_so_and_adds_one(
    tab: PacksTab, panel: PackPanel, jobs: Jobs, qtbot: QtBot
) -> None:
    tab.look(View(panel, EARLIER, Audience.WORKING))
    qtbot.waitUntil(lambda: jobs.idle and tab.page is None)
    tab.focus_content()
    assert tab.empty.button.hasFocus()
    QTest.keyClick(tab.empty.button, Qt.Key.Key_Space)
    dialog = dialog_of(tab)
    assert isinstance(dialog, MeetingDialog)
    assert not dialog.keep.isEnabled()
    dialog.place.setText("City Hall")
    dialog.keep.click()
    settle(qtbot, tab, jobs)
    qtbot.waitUntil(lambda: tab.page is not None)
    assert panel.meetings[EARLIER].place == "City Hall"
    assert panel.meetings[EARLIER].day.weekday() == 2
