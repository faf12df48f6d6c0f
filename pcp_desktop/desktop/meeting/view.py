"""The meeting view: the public pages of a quarter on the whole screen, a finding, a chart and five facts at a time.

It asks for pages that are built for the public and for nothing else; keys alone lead through it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from pcp_desktop.desktop.announcing import announce
from pcp_desktop.desktop.charts.layout import is_bar_chart
from pcp_desktop.desktop.charts.view import ChartView
from pcp_desktop.desktop.meeting.parts import (
    FactsColumn,
    KeysLine,
    KeyToSignals,
    PublicFrame,
    TypedFrame,
    line,
    words,
)
from pcp_desktop.desktop.meeting.search import meant, typed_on
from pcp_desktop.desktop.style_sheet import style_sheet
from pcp_desktop.desktop.theme import MEETING_FONTS, Appearance, palette
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.pages import ChartSpec, MeasurePanel, PriorityPage, PriorityTab

if TYPE_CHECKING:
    from pcp_desktop.desktop.jobs import Job, Jobs
    from pcp_desktop.desktop.panel import Panel
    from pcp_desktop.domain.periods import Period
    from pcp_desktop.domain.progress import Progress

LINES, COLUMNS = 1080, 1920  # the screen that the sizes are made for
CHART_ZOOM, BAR_ZOOM = 1.5, 2.2  # the first makes the words of a chart the least size; bars have room for more
POINTER_REST = 3000  # ms
FACTS_WIDTH = 370
_ENDS_TYPING = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True)
class Slide:
    """One picture of the meeting view: a measure, with one of its charts or what stands in its place."""

    panel: MeasurePanel
    spec: ChartSpec | None

    @property
    def held(self) -> bool:
        """Whether the measure has only its plain line."""
        return bool(self.panel.row.held_words)

    @property
    def finding(self) -> str:
        """The words in the largest type."""
        return self.spec.title if self.spec is not None else self.panel.row.label

    @property
    def instead(self) -> str:
        """What is said where no chart is."""
        if self.held:
            return self.panel.row.held_words
        return "\n".join(sentence.text for sentence in self.panel.text) or self.panel.main_absent


def slides_of(page: PriorityPage) -> tuple[Slide, ...]:
    """The pictures of a priority: each measure's charts, or one without a chart."""
    found: list[Slide] = []
    for panel in page.measures:
        specs = () if panel.row.held_words else tuple(spec for spec in (panel.main, *panel.small) if spec)
        found += [Slide(panel, spec) for spec in specs] or [Slide(panel, None)]
    return tuple(found)


class MeetingView(QWidget):
    """Fills the screen from F11 to Esc.

    ← → go through the charts of a priority, ↑ ↓ through the priorities, typing jumps, a full stop blanks the screen.
    Signals: `closed` with the code of the priority that was shown last; `failed` with the UserError that ended it.
    """

    closed = Signal(str)
    failed = Signal(object)

    def __init__(self, panel: Panel, period: Period, jobs: Jobs, theme: str, code: str) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Meeting view")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setObjectName("meeting")
        self._panel, self._period, self._jobs = panel, period, jobs
        self._appearance = Appearance(theme)
        self._code, self._at = code, 0
        self._tabs: tuple[PriorityTab, ...] = ()
        self._pages: dict[str, PriorityPage] = {}
        self._page: PriorityPage | None = None
        self._typed = ""
        self._factor = 0.0
        self._blank = False
        self._job: Job | None = None
        self._content: QWidget | None = None
        self.chart: ChartView | None = None
        self.typed_frame = TypedFrame(self)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(POINTER_REST)
        self._rest.timeout.connect(self._hide_pointer)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)
        self._rest.start()
        self._ask(code)

    # ------------------------------------------------------------ what is shown

    @property
    def page(self) -> PriorityPage | None:
        """The priority on the screen; None before the first has come."""
        return self._page

    @property
    def slides(self) -> tuple[Slide, ...]:
        """The pictures of the priority on the screen."""
        return slides_of(self._page) if self._page is not None else ()

    @property
    def slide(self) -> Slide | None:
        """The picture on the screen."""
        return self.slides[self._at] if self._at < len(self.slides) else None

    @property
    def is_blank(self) -> bool:
        """Whether the screen shows nothing."""
        return self._blank

    @property
    def typed(self) -> str:
        """What has been typed so far."""
        return self._typed

    def _ask(self, code: str) -> None:
        """Show the priority `code`, or the first where there is no such code."""
        self._code = code
        if code in self._pages:
            self._take((self._tabs, self._pages[code]))
            return
        panel, period, known = self._panel, self._period, self._tabs

        def read(_progress: Progress) -> tuple[tuple[PriorityTab, ...], PriorityPage | None]:
            tabs = known or panel.priority_tabs(period, Audience.PUBLIC)
            codes = [tab.code for tab in tabs]
            wanted = code if code in codes else codes[0] if codes else ""
            return tabs, panel.priority(wanted, period, Audience.PUBLIC) if wanted else None

        words = "Reading the priority"
        self._job = self._jobs.start(read, self._take, words=words, replaces="meeting", failed=self._fail)

    def _take(self, found: tuple[tuple[PriorityTab, ...], PriorityPage | None]) -> None:
        self._tabs, page = found
        if page is None:
            return
        self._pages[page.code] = page
        self._page, self._code, self._at = page, page.code, 0
        self._show_slide()

    def _fail(self, error: object) -> None:
        self.failed.emit(error)
        self.close()

    # ------------------------------------------------------------ drawing

    def px(self, length: float) -> int:
        """A length of the screen of 1080 lines, on this screen."""
        return max(round(length * self._factor), 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        factor = min(self.height() / LINES, self.width() / COLUMNS)
        if factor != self._factor:
            self._factor = factor
            self._dress()
        self._place_content()

    def _dress(self) -> None:
        """Take the colours of the theme and the sizes of the screen."""
        theme = self._appearance.theme
        sizes = {role: (self.px(size), weight) for role, (size, weight) in MEETING_FONTS.items()}
        sizes["caption"] = sizes["meeting_least"]
        frame = (
            f"#meeting {{ background: {theme.surface.name()}; }}"
            f"QLabel {{ color: {theme.text.name()}; }}"  # not the window's, whose theme may be another
            f"#publicFrame {{ border: {self.px(2)}px solid {theme.imp.name()}; border-radius: {self.px(6)}px; }}"
            f"#codeChip {{ background: {theme.accent.name()}; color: {theme.on_accent.name()};"
            f" border-radius: {self.px(6)}px; padding: {self.px(6)}px {self.px(16)}px; }}"
            f"#typedFrame {{ background: {theme.surface.name()}; border: {self.px(3)}px solid {theme.accent.name()};"
            f" border-radius: {self.px(8)}px; }}"
        )
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setPalette(palette(theme))
        self.setStyleSheet(style_sheet(theme.tokens(), sizes, self.px) + frame)
        self._show_slide()

    def _show_slide(self) -> None:
        slide, page = self.slide, self._page
        if slide is None or page is None or not self._factor:
            return
        before, self._content = self._content, self._picture(slide, page)
        if before is not None:
            before.hide()
            before.deleteLater()
        self._place_content()
        self._content.setVisible(not self._blank)
        self.typed_frame.raise_()
        self._tell(slide, page)

    def _place_content(self) -> None:
        if self._content is not None:
            self._content.setGeometry(self.rect())

    def _picture(self, slide: Slide, page: PriorityPage) -> QWidget:
        content = QWidget(self)
        column = QVBoxLayout(content)
        column.setContentsMargins(self.px(56), self.px(36), self.px(56), self.px(22))
        column.setSpacing(self.px(20))
        column.addLayout(self._head(page))
        middle = QHBoxLayout()
        middle.setSpacing(self.px(44))
        middle.addLayout(self._body(slide), 1)
        if not slide.held:
            facts = FactsColumn(slide.panel, self._appearance.theme, self.px)
            facts.setFixedWidth(self.px(FACTS_WIDTH))
            middle.addWidget(line(upright=True))
            middle.addWidget(facts)
        column.addLayout(middle, 1)
        column.addWidget(line())
        column.addLayout(self._foot(slide))
        return content

    def _head(self, page: PriorityPage) -> QHBoxLayout:
        chip = words(page.code, "meeting_lead_strong")
        chip.setObjectName("codeChip")
        row = QHBoxLayout()
        row.setSpacing(self.px(24))
        row.addWidget(chip)
        row.addWidget(words(page.title, "meeting_lead", "second", wraps=True), 1)
        row.addWidget(PublicFrame(self._appearance.theme, self.px))
        return row

    def _body(self, slide: Slide) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(self.px(8))
        column.addWidget(words(slide.finding, "meeting_title", wraps=True))
        self.chart = None
        if slide.spec is None:
            column.addSpacing(self.px(24))
            column.addWidget(words(slide.instead, "meeting_lead", "second", wraps=True))
            column.addStretch(1)
            return column
        column.addWidget(words(slide.spec.subtitle, "meeting_body", "second", wraps=True))
        column.addWidget(KeyToSignals(slide.spec, self._appearance.theme, self.px))
        column.addSpacing(self.px(16))
        self.chart = ChartView(self._appearance)
        self.chart.show_bare((BAR_ZOOM if is_bar_chart(slide.spec) else CHART_ZOOM) * self._factor)
        self.chart.show_spec(slide.spec)
        column.addWidget(self.chart, 1)
        return column

    def _foot(self, slide: Slide) -> QHBoxLayout:
        source = slide.spec.source if slide.spec is not None else ""
        row = QHBoxLayout()
        row.setSpacing(self.px(40))
        row.addWidget(words(source, "meeting_least", "third", wraps=True), 1)
        row.addWidget(KeysLine(self._at + 1, len(self.slides), self.px), 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _tell(self, slide: Slide, page: PriorityPage) -> None:
        """Say what is on the screen to those who cannot see it."""
        self.setAccessibleName(f"{page.code} {page.title}. {slide.finding}")
        self.setAccessibleDescription(slide.spec.alt if slide.spec is not None else slide.instead)
        status = "" if slide.held else slide.panel.row.status.word
        announce(self, f"{self.accessibleName()}. {status}".strip())

    # ------------------------------------------------------------ keys and pointer

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        acts: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_Right: partial(self.step_chart, 1),
            Qt.Key.Key_Left: partial(self.step_chart, -1),
            Qt.Key.Key_Down: partial(self.step_priority, 1),
            Qt.Key.Key_Up: partial(self.step_priority, -1),
            Qt.Key.Key_PageDown: self.go_on,
            Qt.Key.Key_PageUp: partial(self.step_chart, -1),
            Qt.Key.Key_F11: self.close,
        }
        if self._blank:
            self.show_nothing(False)
        elif key == Qt.Key.Key_Escape and not self._typed:
            self.close()
        elif key == Qt.Key.Key_Period:
            self.show_nothing(True)
        elif key in acts or key in _ENDS_TYPING:
            self._type("")
            if key in acts:
                acts[key]()
        elif key == Qt.Key.Key_Backspace:
            self._type(self._typed[:-1])
        elif event.text().isprintable() and event.text():
            self._type(typed_on(self._tabs, self._typed, event.text()))
        else:
            super().keyPressEvent(event)

    def step_chart(self, step: int) -> None:
        """Show the next chart of the priority (-1: the one before), as far as there is one."""
        at = min(max(self._at + step, 0), len(self.slides) - 1)
        if at != self._at:
            self._at = at
            self._show_slide()

    def step_priority(self, step: int) -> None:
        """Show the next priority (-1: the one before), from the last to the first."""
        codes = [tab.code for tab in self._tabs]
        if self._code in codes:
            self._ask(codes[(codes.index(self._code) + step) % len(codes)])

    def go_on(self) -> None:
        """Show the next chart, after the last the next priority: what the button of a presenter sends."""
        if self._at + 1 < len(self.slides):
            self.step_chart(1)
        else:
            self.step_priority(1)

    def show_nothing(self, blank: bool) -> None:
        """Blank the screen, or show it again."""
        self._blank = blank
        self._type("")
        if self._content is not None:
            self._content.setVisible(not blank)

    def _type(self, typed: str) -> None:
        """Take what is typed and go to what it means first."""
        self._typed = typed
        found = meant(self._tabs, typed)
        self.typed_frame.show_typed(typed, found, self.px)
        if found and found[0].code != self._code:
            self._ask(found[0].code)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseMove and isinstance(watched, QWidget) and watched.window() is self:
            self.unsetCursor()
            self._rest.start()
        return super().eventFilter(watched, event)

    def _hide_pointer(self) -> None:
        self.setCursor(Qt.CursorShape.BlankCursor)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._rest.stop()
        if self._job is not None:
            self._job.dropped = True  # an answer that is still to come finds nobody here
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self.closed.emit(self._code)
        super().closeEvent(event)
