"""The window: opening, pages, quarter, audience, keys, names, drops, and what it leaves behind."""

from __future__ import annotations

import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenuBar, QWidget
from pytestqt.qtbot import QtBot

from pcp_desktop.desktop.commands import CommandPalette, matching
from pcp_desktop.desktop.dialogs.error import ErrorDialog
from pcp_desktop.desktop.dialogs.help import HelpDialog
from pcp_desktop.desktop.drop_frame import dropped
from pcp_desktop.desktop.jobs import Jobs
from pcp_desktop.desktop.main_window import MainWindow
from pcp_desktop.desktop.side_splitter import SideSplitter
from pcp_desktop.desktop.sidebar import Room
from pcp_desktop.desktop.tabs.overview.tab import OverviewTab
from pcp_desktop.desktop.tabs.priority.tab import WHY_WIDTH
from pcp_desktop.desktop.tabs.welcome import WelcomePage
from pcp_desktop.domain.changes import Changes
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.packs import PackPage, ReadinessLine, Standing
from pcp_desktop.errors import UserError
from tests.gui.conftest import OpenWindow
from tests.gui.fake_panel import EARLIER, QUARTER, FakePanel
from tests.gui.test_accessibility import focusable, named

ROOT = Path(__file__).parents[2]
NOT_BEFORE_THE_WINDOW = (
    "pandas", "statsmodels", "pyqtgraph", "openpyxl", "sqlite_utils", "numpy", "scipy", "typst", "pikepdf",
    "pcp_desktop.workspace", "pcp_desktop.store", "pcp_desktop.analysis", "pcp_desktop.papers", "pcp_desktop.returns",
    "pcp_desktop.desktop.tabs.overview", "pcp_desktop.desktop.charts",
)  # fmt: skip
FIRST_WINDOW = """
import sys
from pathlib import Path
from pcp_desktop.app import first_window
from pcp_desktop.desktop.jobs import Jobs
_application, window, _settings = first_window(Path(sys.argv[1]), Jobs())
print("\\n".join(sys.modules))
window.close()
"""


def test_nothing_heavy_is_imported_before_the_first_window(tmp_path: Path) -> None:
    made = subprocess.run(
        [sys.executable, "-c", FIRST_WINDOW, str(tmp_path / "settings.ini")],
        cwd=ROOT, check=True, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    imported = set(made.stdout.split())
    assert "pcp_desktop.desktop.main_window" in imported
    assert imported.isdisjoint(NOT_BEFORE_THE_WINDOW)


class StoppedPanel(FakePanel):
    """A panel file with a pack that two things stop."""

    def pack_page(self, meeting: int, audience: Audience) -> PackPage:
        lines = [ReadinessLine(Standing.STOPS, f"Paper {number} is awaited") for number in (5, 6)]
        return replace(super().pack_page(meeting, audience), readiness=tuple(lines))


def test_the_sidebar_says_what_stops_the_pack_before_its_page_is_opened(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(StoppedPanel())
    rooms = window.sidebar.model

    def packs() -> Room:
        return next(line for line in rooms.lines if isinstance(line, Room) and line.page == "packs")

    qtbot.waitUntil(lambda: packs().badge == "2")
    assert packs().waiting
    assert "packs" not in window.pages.made_so_far


def test_without_a_file_the_welcome_page_offers_three_things_by_keyboard(
    qtbot: QtBot, open_window: OpenWindow
) -> None:
    window = open_window(None)
    welcome = window.findChild(WelcomePage)
    assert welcome is not None
    assert [button.text() for button in welcome.buttons] == [
        "Make a new panel file",
        "Open a panel file",
        "Look round with the example",
    ]
    assert window.status.text() == "No file open"
    window.activateWindow()
    with qtbot.waitSignal(welcome.example_wanted):
        QTest.keyClick(welcome.buttons[2], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.overview is not None)
    assert window.windowTitle() == "leicestershire-panel.pcp · PCP Desktop"


def test_opening_shows_the_overview_with_its_facts(open_window: OpenWindow) -> None:
    window = open_window(FakePanel())
    assert isinstance(window.current, OverviewTab)
    assert "1 measure embargoed" in window.status.text()
    assert "All changes saved" in window.status.text()
    assert window.sidebar.periods.text() == "Q3 2015/16"
    assert "23 March 2016" in window.sidebar.periods.accessibleName()


def test_a_file_that_cannot_be_opened_leaves_the_open_one_and_says_why(
    qtbot: QtBot, open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(FakePanel())
    before = window.view

    def refuse(path: Path) -> FakePanel:
        raise UserError(
            f"“{path.name}” is from a newer version.", "It was not changed.", "Install the newer version."
        )

    monkeypatch.setattr(window.files, "_open_panel", refuse)
    window.files.open(Path("newer.pcp"))
    qtbot.waitUntil(lambda: window.findChild(ErrorDialog) is not None)
    dialog = window.findChild(ErrorDialog)
    assert dialog is not None
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    for part in ("What happened.", "newer.pcp", "What it means.", "What to do.", "Install the newer version."):
        assert part in said
    assert "newer.pcp" in dialog.details
    dialog.accept()
    assert window.view == before


def test_quarter_and_audience_are_followed_by_the_pages(qtbot: QtBot, open_window: OpenWindow, jobs: Jobs) -> None:
    panel = FakePanel()
    window = open_window(panel)
    window.sidebar.periods.chosen.emit(EARLIER)
    qtbot.waitUntil(lambda: jobs.idle)
    assert panel.calls[-1] == "overview Q2 2015/16 working"
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: jobs.idle)
    assert panel.calls[-1] == "overview Q2 2015/16 public"
    assert window.view is not None
    assert window.view.audience is Audience.PUBLIC
    assert "Public view" in window.status.text()
    assert "embargoed" not in window.status.text()


def test_a_first_file_that_cannot_be_opened_leads_to_the_welcome_page(
    qtbot: QtBot, open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(None)

    def break_down(path: Path) -> FakePanel:
        raise RuntimeError(path)

    monkeypatch.setattr(window.files, "_open_panel", break_down)
    window.files.open(Path("broken.pcp"))
    qtbot.waitUntil(lambda: window.findChild(ErrorDialog) is not None)
    assert window.findChild(WelcomePage) is not None
    assert window.view is None


def test_changes_are_told_and_can_be_undone(qtbot: QtBot, open_window: OpenWindow, jobs: Jobs) -> None:
    panel = FakePanel()
    window = open_window(panel)
    window.undoing.take(Changes("26 figures accepted.", observations=26))
    assert window.messages.message_bar.text == "26 figures accepted."
    assert window.messages.message_bar.isVisible()
    window.undoing.undo()
    qtbot.waitUntil(lambda: jobs.idle)
    assert window.messages.message_bar.text == "26 figures taken back."
    assert "undo" in panel.calls


def test_what_was_undone_can_be_done_again(qtbot: QtBot, open_window: OpenWindow, jobs: Jobs) -> None:
    panel = FakePanel()
    window = open_window(panel)
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: jobs.idle)
    assert window.messages.message_bar.text == "26 figures taken back."
    QTest.keyClick(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: jobs.idle)
    assert window.messages.message_bar.text == "26 figures accepted again."
    assert [call for call in panel.calls if "do" in call] == ["undo", "redo"]


def test_the_menu_says_what_undo_takes_back(qtbot: QtBot, open_window: OpenWindow, jobs: Jobs) -> None:
    window = open_window(FakePanel())
    words = [window.menus.words_of(item) for item in window.menus.items if item.menu == "&Edit"]
    assert words[:2] == ["Undo: accepting “crime.xlsx”, 26 figures", "Redo"]
    window.show_commands()
    palette = window.findChild(CommandPalette)
    assert palette is not None
    palette.field.setText("undo accept")
    assert [entry.words for entry in palette.results()] == words[:1]
    palette.reject()


def test_a_bug_is_shown_without_the_figures_of_its_message(open_window: OpenWindow) -> None:
    window = open_window(None)
    window.messages.show_bug(ValueError("4014 is not in the table"))
    dialog = window.findChild(ErrorDialog)
    assert dialog is not None
    assert "ValueError" in dialog.details
    assert "4014" not in dialog.details
    dialog.accept()


def test_the_palette_finds_pages_priorities_commands_and_figures(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window(FakePanel())
    window.show_commands()
    palette = window.findChild(CommandPalette)
    assert palette is not None
    palette.field.setText("burg dom")
    sections = [entry.section for entry in palette.results()]
    assert sections == sorted(sections, key=("Go to", "Do", "Find a figure").index)
    assert {"Go to", "Find a figure"} <= set(sections)
    palette.field.setText("treatment")
    assert "Find a figure" not in [entry.section for entry in palette.results()]  # held figures cannot be copied
    palette.field.setText("domestic burglary 4,014")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert QApplication.clipboard().text() == "4,014"
    assert matching([], "anything") == []


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_keys_reach_everything(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window(FakePanel())
    control = Qt.KeyboardModifier.ControlModifier
    folded = []
    for _time in range(2):
        QTest.keyClick(window, Qt.Key.Key_B, control)
        folded.append(window.sidebar.folded)
    assert folded == [True, False]
    QTest.keyClick(window, Qt.Key.Key_F1)
    keys = window.findChild(HelpDialog)
    assert keys is not None
    keys.accept()
    QTest.keyClick(window, Qt.Key.Key_K, control)
    palette = window.findChild(CommandPalette)
    assert palette is not None
    palette.reject()
    bar = window.findChild(QMenuBar)
    assert bar is not None
    shown = [bar.isVisible()]
    for _time in range(2):
        window.menus.toggle()
        shown.append(bar.isVisible())
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
    assert shown == [False, True, False]


def test_f6_goes_round_the_panes_and_back(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window(FakePanel())
    overview = window.current
    assert isinstance(overview, OverviewTab)
    window.activateWindow()
    overview.focus_content()
    places = []
    for _time in range(3):
        window.next_pane()
        places.append(QApplication.focusWidget())
    assert places == [window.sidebar.rooms, overview.filters.words, overview.tree]
    window.next_pane(-1)
    assert QApplication.focusWidget() is overview.filters.words


def test_tab_goes_through_the_overview_in_the_order_of_reading(open_window: OpenWindow) -> None:
    window = open_window(FakePanel())
    tab = window.current
    assert isinstance(tab, OverviewTab)
    reached = set(focusable(window))
    order: list[QWidget] = [window.sidebar.periods]
    while (following := order[-1].nextInFocusChain()) is not None and following is not order[0]:
        order.append(following)
    visible = [each for each in order if each in reached and each.isVisible()]
    buttons = [button for button in tab.filters.summary.values() if button.isVisible()]
    first = [
        window.sidebar.periods,
        window.sidebar.rooms,
        window.sidebar.settings,
        window.sidebar.help,
        *tab.switch.buttons(),
        tab.meeting,
    ]
    wanted = [*first, *buttons, tab.filters.theme, tab.filters.words, tab.tree]
    assert [named(each) for each in visible] == [named(each) for each in wanted]


def test_escape_comes_back_to_the_overview(qtbot: QtBot, open_window: OpenWindow, jobs: Jobs) -> None:
    window = open_window(FakePanel())
    window.show_page("returns")
    qtbot.waitUntil(lambda: jobs.idle)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert isinstance(window.current, OverviewTab)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_alt_alone_shows_the_menus_and_alt_with_another_key_does_not(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window(FakePanel())
    bar = window.findChild(QMenuBar)
    assert bar is not None
    QTest.keyPress(window, Qt.Key.Key_Alt)
    QTest.keyClick(window, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    QTest.keyRelease(window, Qt.Key.Key_Alt)
    assert not bar.isVisible()
    focus = QApplication.focusWidget()
    window.menus.toggle()
    assert bar.isVisible()
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()
    window.menus.toggle()
    assert not bar.isVisible()
    assert QApplication.focusWidget() is focus


def test_a_file_opened_after_the_person_cancelled_is_closed_again(qtbot: QtBot, jobs: Jobs) -> None:
    from pcp_desktop.desktop.panel_files import PanelFiles

    panel = FakePanel()
    begun, go_on = threading.Event(), threading.Event()

    def open_slowly(path: Path) -> FakePanel:
        begun.set()
        go_on.wait(5)
        return panel

    owner = QWidget()
    qtbot.addWidget(owner)
    files = PanelFiles(owner, jobs, open_slowly, lambda path, plan: panel, lambda progress: panel)
    files.open(Path("large.pcp"))
    assert begun.wait(5)
    jobs.cancel()
    with qtbot.waitSignal(files.given_up):
        go_on.set()
    assert panel.closed


def test_pages_that_are_not_built_are_not_offered(open_window: OpenWindow) -> None:
    window = open_window(FakePanel())
    lines = [window.sidebar.model.index(row).data() for row in range(window.sidebar.model.rowCount())]
    assert lines == ["Look", "Overview", "Priorities", "Data", "Returns", "Clearance", "Meeting", "Packs"]


def test_dropping_a_panel_file_opens_it(qtbot: QtBot, open_window: OpenWindow, jobs: Jobs, tmp_path: Path) -> None:
    window = open_window(None)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "other.pcp"))])
    drop = QDropEvent(
        QPointF(QPoint(50, 50)), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    window.dropEvent(drop)
    qtbot.waitUntil(lambda: window.view is not None and jobs.idle)
    assert window.windowTitle() == "other.pcp · PCP Desktop"


def test_a_dropped_folder_is_its_workbooks_in_order_without_what_lies_beside_an_open_one(tmp_path: Path) -> None:
    for name in ("b.XLSX", "a.ods", "~$b.XLSX", "._a.ods", ".~lock.a.ods#", "letter.docx"):
        (tmp_path / name).touch()
    (tmp_path / "older.xlsx").mkdir()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    assert [path.name for path in dropped(data).workbooks] == ["a.ods", "b.XLSX"]


def test_a_read_only_file_takes_no_workbooks(qtbot: QtBot, open_window: OpenWindow, tmp_path: Path) -> None:
    panel = FakePanel()
    panel.read_only_reason = "Opened read only: someone else has had it open since 14:05."
    window = open_window(panel)
    window.bring_in((tmp_path / "return.xlsx",))
    assert "Nothing can be brought in" in window.messages.message_bar.text
    assert "Read only" in window.status.text()


def test_closing_closes_the_file_and_leaves_nothing_running(qtbot: QtBot, open_window: OpenWindow) -> None:
    panel = FakePanel()
    window = open_window(panel)
    window.close()
    assert panel.closed
    assert [timer for timer in window.findChildren(QTimer) if timer.isActive()] == []


def test_every_theme_and_large_text_fit_the_least_window(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(FakePanel())
    for theme in ("dark", "contrast", "light"):
        window.choose_theme(theme)
    window.scale_text(150)
    window.resize(1280, 660)
    qtbot.wait(10)
    assert window.sidebar.folded
    assert window.width() == 1280
    window.scale_text(100)
    assert window.minimumSizeHint().width() <= 1280


def test_the_current_quarter_is_marked(open_window: OpenWindow) -> None:
    window = open_window(FakePanel())
    menu = window.sidebar.periods.menu()
    assert [(action.text(), action.isChecked()) for action in menu.actions()] == [
        (QUARTER.label, True),
        (EARLIER.label, False),
    ]


def test_windows_share_nothing(open_window: OpenWindow) -> None:
    assert isinstance(open_window(None), MainWindow)
    assert open_window(None).view is None


def test_an_inspector_keeps_the_width_it_was_dragged_to(open_window: OpenWindow, tmp_path: Path) -> None:
    window = open_window(FakePanel())
    window.show_page("priorities")
    splitter = window.findChild(SideSplitter, "priorityWhy")
    assert splitter is not None
    splitter.moveSplitter(splitter.width() - 420, 1)
    splitter.splitterMoved.emit(splitter.width() - 420, 1)
    dragged = splitter.parts[1].width()
    assert dragged > WHY_WIDTH
    again = open_window(FakePanel())
    again.show_page("priorities")
    restored = again.findChild(SideSplitter, "priorityWhy")
    assert restored is not None
    assert restored.parts[1].width() == dragged
