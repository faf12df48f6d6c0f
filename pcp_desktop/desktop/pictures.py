"""Pictures of every screen, drawn from the real window without a display; for looking at, and for the demo."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QRect, QSettings, Qt
from PySide6.QtGui import QCursor, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QDialog

from pcp_desktop.desktop.commands import PALETTE_TOP, CommandPalette
from pcp_desktop.desktop.jobs import Jobs
from pcp_desktop.desktop.main_window import MainWindow
from pcp_desktop.desktop.settings import Settings
from pcp_desktop.desktop.tabs.clearance.tab import BOARDS_VIEW, TOLD_VIEW, ClearanceTab
from pcp_desktop.desktop.tabs.priority.tab import PrioritiesTab
from pcp_desktop.desktop.tabs.returns.tab import ReturnsTab
from pcp_desktop.errors import UserError
from pcp_desktop.paths import sample_workbooks

PATIENCE = 60.0  # seconds until a screen must stand
_QUIET = 0.15  # seconds without work after which a screen is taken to stand
_POINTER = (4000, 4000)  # where it points at nothing
MEETING_SIZE = (1920, 1080)
_MEETING = (("SP14", "a control chart"), ("SP3", "a held measure"))
_PRIORITIES = (
    ("SP12", "a monthly count"),
    ("SP9", "a rolling survey"),
    ("SP3", "embargoed"),
    ("SP16", "text"),
    ("SP18", "savings"),
)
_SHARE = ("SP12", "burglary-outcomes")

OpenWindow = Callable[[Settings, Jobs], MainWindow]


@dataclass(frozen=True)
class _Studio:
    """A window under way, and where its pictures go."""

    window: MainWindow
    jobs: Jobs
    out: Path
    made: list[tuple[Path, str]]

    def settle(self) -> None:
        """Let the window work until it has been quiet for a moment."""
        deadline = time.monotonic() + PATIENCE
        quiet_since = time.monotonic()
        # Asked anew each time: on a busy machine a single sleep may take longer than the whole quiet.
        while not self.jobs.idle or time.monotonic() - quiet_since < _QUIET:
            QApplication.processEvents()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            if not self.jobs.idle:
                quiet_since = time.monotonic()
            if time.monotonic() > deadline:
                raise UserError(
                    "A screen took more than a minute to draw.",
                    "The pictures are not complete.",
                    "Close other programs and try again.",
                )
            time.sleep(0.005)
        QApplication.sendPostedEvents()

    def take(self, name: str, what: str) -> None:
        """Draw the window as it stands, with a dialog over it where one is open."""
        self.settle()
        picture = QPixmap(self.window.size())
        self.window.render(picture)
        for dialog in self.window.findChildren(QDialog):
            if dialog.isVisible():
                _draw_over(picture, dialog, self.window)
        path = self.out / f"{name}.png"
        picture.save(str(path), "PNG")
        self.made.append((path, what))

    def take_meeting(self, code: str, name: str, what: str) -> None:
        """Draw the meeting view at a priority, on a screen of 1920 × 1080."""
        view = self.window.show_meeting(code)
        if view is None:
            return
        view.showNormal()
        view.resize(*MEETING_SIZE)
        self.settle()
        path = self.out / f"{name}.png"
        view.grab().save(str(path), "PNG")
        self.made.append((path, what))
        view.close()
        self.settle()

    def set_aside(self) -> None:
        """Set aside the workbook that is at hand."""
        tab = self.window.current
        if isinstance(tab, ReturnsTab):
            tab.incoming.recognise.aside_button.click()
        self.settle()

    def close_dialogs(self) -> None:
        """Close whatever dialog is open."""
        for dialog in self.window.findChildren(QDialog):
            dialog.reject()
        self.window.activateWindow()
        self.settle()


def draw_screens(
    open_window: OpenWindow, panel: Path, out: Path, size: tuple[int, int], theme: str, text_scale: int
) -> list[tuple[Path, str]]:
    """Draw every screen of the window on a copy of `panel` at `size` pixels into the folder `out`.

    `open_window` makes the window from settings and jobs. Gives each picture with what it shows. Raises UserError
    where the panel file cannot be opened or a screen does not come to rest.
    """
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / panel.name
        try:
            shutil.copyfile(panel, copy)
        except OSError as error:
            raise UserError(
                f"The panel file {panel.name} could not be read ({error.strerror}).",
                "No picture was made.",
                "Check the name and that the file may be read.",
            ) from error
        settings = Settings(QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat))
        settings.theme, settings.text_scale = theme, text_scale
        with _studio(open_window, settings, out, size) as studio:
            _visit(studio, copy)
        return studio.made


@contextmanager
def _studio(open_window: OpenWindow, settings: Settings, out: Path, size: tuple[int, int]) -> Iterator[_Studio]:
    jobs = Jobs()
    window = open_window(settings, jobs)
    try:
        window.resize(*size)
        window.show()
        QCursor.setPos(*_POINTER)
        yield _Studio(window, jobs, out, [])
    finally:
        window.close()
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _visit(studio: _Studio, panel: Path) -> None:
    window = studio.window
    _visit_without_a_file(studio)
    refusals: list[BaseException] = []
    studio.jobs.refused.connect(lambda error, _title: refusals.append(error))
    studio.jobs.broken.connect(refusals.append)
    window.files.open(panel)
    studio.settle()
    if window.view is None:
        raise (
            refusals[0]
            if refusals
            else UserError(
                f"The panel file {panel.name} was not opened, and nothing said why.",
                "No picture was made.",
                "Try again; if it happens again, report it with what the log says.",
            )
        )
    window.show_page("overview")
    studio.take("01-overview", "Overview, working view")
    window.switch_audience()
    studio.take("01-overview-public", "Overview, public view")
    window.switch_audience()
    for code, kind in _PRIORITIES:
        if code in _codes(window):
            window.show_page("priorities", code)
            studio.take(f"02-priority-{code.lower()}", f"Priority {code}, {kind}")
    _visit_share(studio)
    _visit_commentary(studio)
    window.show_page("returns")
    studio.take("03-returns", "Returns board")
    _visit_review(studio)
    _visit_clearance(studio)
    window.show_page("packs")
    studio.take("07-pack", "The meeting's pack: agenda, readiness, pages")
    for code, kind in _MEETING:
        if code in _codes(window):
            studio.take_meeting(code, f"08-meeting-{code.lower()}", f"Meeting view, {code}, {kind}")
    window.show_page("priorities", "SP12")
    window.show_commands()
    for palette in window.findChildren(CommandPalette):
        palette.field.setText("burg")
    studio.take("14-commands", "Command palette, “burg” typed")
    studio.close_dialogs()
    window.show_page("overview")
    window.show_help()
    studio.take("15-help", "Help on the overview")
    studio.close_dialogs()
    window.show_keys()
    studio.take("16-keys", "All keys")
    studio.close_dialogs()
    window.ask_small_numbers()
    studio.take("18-small-numbers", "How small numbers are shown")
    studio.close_dialogs()


def _visit_without_a_file(studio: _Studio) -> None:
    studio.take("10a-welcome", "Welcome page")
    studio.window.files.ask_for_new()
    studio.take("10c-new-panel", "Making a new panel file")
    studio.close_dialogs()
    studio.window.show_settings()
    studio.take("17-settings", "Settings")
    studio.close_dialogs()


def _visit_share(studio: _Studio) -> None:
    """A measure beside the leading one: a share whose limits follow its base."""
    code, measure = _SHARE
    studio.window.show_page("priorities", code)
    studio.settle()
    tab = studio.window.current
    at = tab.head.measures.findData(measure) if isinstance(tab, PrioritiesTab) else -1
    if isinstance(tab, PrioritiesTab) and at >= 0:
        tab.head.measures.setCurrentIndex(at)
        tab.head.measures.activated.emit(at)
        studio.take("02-priority-sp12-share", f"Priority {code}, a share with its base")


def _visit_commentary(studio: _Studio) -> None:
    """The list of live figures over the commentary, and the commentary where large text gives it a tab of its own."""
    studio.window.show_page("priorities", _PRIORITIES[0][0])
    studio.settle()
    tab = studio.window.current
    if not isinstance(tab, PrioritiesTab):
        return
    tab.insert_figure()
    studio.take("02-insert-figure", "Inserting a live figure into the commentary")
    studio.close_dialogs()
    studio.take("02-commentary", "Commentary")


def _visit_clearance(studio: _Studio) -> None:
    """What is held and what is cleared, and the question why something is held."""
    studio.window.show_page("clearance")
    studio.take("06-clearance", "Clearance: what waits, what is held, what is cleared")
    tab = studio.window.current
    if isinstance(tab, ClearanceTab) and tab.table.current_row() is not None:
        tab.ask_hold()
        studio.take("06-clearance-hold", "Holding a measure")
        studio.close_dialogs()
        tab.views.setCurrentIndex(BOARDS_VIEW)
        studio.take("06-clearance-boards", "Clearance: the calendar of boards")
        tab.views.setCurrentIndex(TOLD_VIEW)
        studio.take("06-clearance-told", "Clearance: who has been told what")
        tab.views.setCurrentIndex(0)


def _visit_review(studio: _Studio) -> None:
    """The error comes before the review, which would keep a second workbook waiting."""
    protected = sample_workbooks() / "wrong" / "password protected.xlsx"
    if protected.is_file():
        studio.window.bring_in((protected,))
        studio.take("10b-error", "Error: a workbook that is protected")
        studio.close_dialogs()
    messy = sample_workbooks() / "messy" / "PCC dashboard return Q3 final v2.xlsx"
    if messy.is_file():
        studio.window.bring_in((messy,))
        studio.take("04-recognise", "What was recognised in a messy return, with its first question")
        studio.set_aside()
    revised = sample_workbooks() / "revised" / "recorded crime Q3.xlsx"
    if revised.is_file():
        studio.window.bring_in((revised,))
        studio.take("05-review", "Review of a revised return, before it is accepted")


def _codes(window: MainWindow) -> list[str]:
    overview = window.overview
    return sorted({row.priority for row in overview.all_rows}) if overview is not None else []


def _draw_over(picture: QPixmap, dialog: QDialog, window: MainWindow) -> None:
    """Draw a dialog in the middle of the window, or the palette at its place, with a thin edge."""
    painter = QPainter(picture)
    place = QRect(QPoint((window.width() - dialog.width()) // 2, PALETTE_TOP), dialog.size())
    if not dialog.windowFlags() & Qt.WindowType.FramelessWindowHint:
        place.moveTop((window.height() - dialog.height()) // 2)
    dialog.render(painter, place.topLeft())
    painter.setPen(dialog.palette().color(QPalette.ColorRole.Shadow))
    painter.drawRect(place.adjusted(-1, -1, 0, 0))
    painter.end()
