"""The inspector beside the table of clearance: why a measure is held, how far it is, who was told, what to do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton

from pcp_desktop.desktop.marks import Notice, notice_pixmap, status_icon
from pcp_desktop.desktop.tabs.clearance.table import clearance_words
from pcp_desktop.desktop.tabs.held_panel import paint_hatched
from pcp_desktop.desktop.tabs.inspector import Inspector, empty
from pcp_desktop.desktop.tabs.report_sentence import ReportSentence
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.clearance import ClearanceState
from pcp_desktop.domain.clearance_page import ClearanceGroup, ClearanceRow
from pcp_desktop.domain.status import Mark

_HATCH = 0.22


class _StateLine(QLabel):
    """The state in words; hatched in purple where the figures are held for good."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.hatched = False
        self.setWordWrap(True)
        self.setProperty("role", "section")
        self.setContentsMargins(6, 4, 6, 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hatched:
            painter = QPainter(self)
            paint_hatched(painter, QRectF(self.rect()), self._appearance.theme, strength=_HATCH)
            painter.end()
        super().paintEvent(event)


class ClearanceInspector(Inspector):
    """Signals: what the person wants done with the measure on show."""

    clear_wanted = Signal()
    hold_wanted = Signal()
    move_wanted = Signal()
    tell_wanted = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(appearance, spacing=6)
        self._row: ClearanceRow | None = None
        self._read_only = False
        self._shape, self._state = QLabel(), _StateLine(appearance)
        self._facts, self._steps, self._told = QGridLayout(), QGridLayout(), QGridLayout()
        self._sentence = ReportSentence(appearance)
        self._told_heading = self._label("caption_strong", "second", "Told before release")
        self.clear_button, self.hold_button = QPushButton("Clear"), QPushButton("Hold…")
        self.move_button, self.tell_button = QPushButton("Move the board’s date…"), QPushButton("Told…")
        self.clear_button.setProperty("kind", "primary")
        self._lay_out()
        for button, wanted in (
            (self.clear_button, self.clear_wanted),
            (self.hold_button, self.hold_wanted),
            (self.move_button, self.move_wanted),
            (self.tell_button, self.tell_wanted),
        ):
            button.clicked.connect(wanted)
        appearance.changed.connect(self._dress)
        self._dress()

    def _lay_out(self) -> None:
        column, left = self._column, Qt.AlignmentFlag.AlignLeft
        state = QHBoxLayout()
        state.addWidget(self._shape, 0, Qt.AlignmentFlag.AlignVCenter)
        state.addWidget(self._state, 1)
        column.addLayout(state)
        column.addLayout(self._facts)
        column.addWidget(self.move_button, 0, left)
        column.addWidget(self._label("caption_strong", "second", "How far it has come"))
        column.addLayout(self._steps)
        column.addWidget(self._sentence)
        column.addWidget(self._told_heading)
        column.addLayout(self._told)
        column.addWidget(self.tell_button, 0, left)
        for grid in (self._facts, self._steps):
            grid.setColumnStretch(1, 1)
        for grid in (self._facts, self._steps, self._told):
            grid.setHorizontalSpacing(12)
            grid.setVerticalSpacing(3)
        self._close(self.clear_button, self.hold_button)

    @Slot()
    def _dress(self) -> None:
        self.show_row(self._row, read_only=self._read_only)

    def show_row(self, row: ClearanceRow | None, *, read_only: bool) -> None:
        """Show a measure; None shows that none is selected. Nothing can be done in a file that is read only."""
        self._row, self._read_only = row, read_only
        self._body.setVisible(row is not None)
        self.clear_button.setVisible(row is not None and row.may_be_cleared and not read_only)
        self.hold_button.setVisible(row is not None and not read_only)
        if row is None:
            self._heading.setText("No measure selected")
            return
        self._heading.setText(f"{row.priority} {row.label}")
        held = not row.clearance.is_for_its_board
        self._state.hatched = held
        self._state.setText(clearance_words(row))
        self._state.setProperty("tone", "embargoed" if held else "")
        self._state.style().polish(self._state)
        self._show_shape(row, held)
        self.clear_button.setText("End the hold and clear" if held else "Clear")
        self.move_button.setVisible(bool(row.boards) and row.clearance.is_for_its_board and not read_only)
        self.tell_button.setVisible(row.clearance.state is not ClearanceState.CLEARED and not read_only)
        self._fill(self._facts, row.facts)
        self._fill(self._steps, [(step.word, step.detail or step.state.capitalize()) for step in row.steps])
        self._sentence.show_sentence(row.sentence)
        self._show_told(row)
        self._told_heading.setVisible(bool(row.told) or not self.tell_button.isHidden())

    def _show_told(self, row: ClearanceRow) -> None:
        """Each role over the days of its access."""
        empty(self._told)
        for line, one in enumerate(row.told):
            days = f"{one.words}, access has ended" if one.ended else one.words
            self._told.addWidget(self._label("body", "", one.role), 2 * line, 0)
            self._told.addWidget(self._label("caption", "third", days), 2 * line + 1, 0)

    def _show_shape(self, row: ClearanceRow, held: bool) -> None:
        theme = self._appearance.theme
        if held:
            self._shape.setPixmap(status_icon(Mark.EMBARGOED, 18, theme).pixmap(18, 18))
            return
        notice = {ClearanceGroup.CLEARED: Notice.DONE, ClearanceGroup.OVERDUE: Notice.LOOK}
        shape = notice.get(row.group, Notice.INFORMATION)
        self._shape.setPixmap(notice_pixmap(shape, 18, theme, self.devicePixelRatioF()))

    def _fill(self, grid: QGridLayout, pairs: Sequence[tuple[str, str]]) -> None:
        """Labels in one column, values beside them."""
        empty(grid)
        for line, (label, value) in enumerate(pairs):
            name = self._label("body", "third", label)
            name.setMinimumWidth(self._appearance.px(84))
            grid.addWidget(name, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._label("body", "", value), line, 1)
