"""The inspector beside the board of returns: what happened, what it holds back, the sentence for the report."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton

from pcp_desktop.desktop.marks import Notice, notice_pixmap
from pcp_desktop.desktop.tabs.inspector import Inspector, empty
from pcp_desktop.desktop.tabs.report_sentence import ReportSentence
from pcp_desktop.desktop.tabs.returns.table import clearance_lines
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.clearance import ClearanceState
from pcp_desktop.domain.pages import ReturnRow

_NOTICES = {
    "accepted": Notice.DONE,
    "checked": Notice.QUESTION,
    "queried": Notice.ERROR,
    "missing": Notice.ERROR,
    "expected": Notice.INFORMATION,
}
_TONES = {"accepted": "improving", "queried": "deteriorating", "missing": "deteriorating"}


def waits_for_board(row: ReturnRow) -> bool:
    """Whether the return is accepted and its figures only wait for the board to clear them."""
    waits = row.clearance.state is ClearanceState.WAITING and row.record.figures > 0
    return waits and row.state_group == "accepted" and row.record.expected is not None


class ReturnInspector(Inspector):
    """Everything about one return that its row has no room for."""

    clearance_wanted = Signal(str)
    """The code of the expected return whose board has cleared it."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(appearance, spacing=6)
        self._row: ReturnRow | None = None
        self._shape, self._state = QLabel(), self._label("section")
        self._explanation = self._label("body")
        self._clearance_heading = self._label("caption_strong", "second", "Clearance")
        self._clearance = self._label("body")
        self._holds_heading = self._label("caption_strong", "second", "What it holds back")
        self._holds = self._label("body")
        self._sentence = ReportSentence(appearance)
        self.copy_button = self._sentence.copy_button
        self._history_heading = self._label("caption_strong", "second", "History")
        self._history = QGridLayout()
        self.clear_button = QPushButton("Record clearance")
        self.clear_button.setProperty("kind", "primary")
        self._lay_out()
        self.clear_button.clicked.connect(self._clear)
        appearance.changed.connect(self._dress)
        self._dress()

    def _lay_out(self) -> None:
        column = self._column
        state = QHBoxLayout()
        state.addWidget(self._shape, 0, Qt.AlignmentFlag.AlignTop)
        state.addWidget(self._state, 1)
        column.addLayout(state)
        for widget in (
            self._explanation,
            self._holds_heading,
            self._holds,
            self._clearance_heading,
            self._clearance,
            self._sentence,
        ):
            column.addWidget(widget)
        column.addWidget(self._history_heading)
        column.addLayout(self._history)
        self._history.setColumnStretch(1, 1)
        self._history.setHorizontalSpacing(12)
        self._close(self.clear_button)

    @Slot()
    def _dress(self) -> None:
        self.show_row(self._row)

    def show_row(self, row: ReturnRow | None) -> None:
        """Show a return; None shows that none is selected."""
        self._row = row
        self.clear_button.setVisible(row is not None and waits_for_board(row))
        self._body.setVisible(row is not None)
        if row is None:
            self._heading.setText("No return selected")
            return
        self._heading.setText(f"{row.title}, {row.organisation}")
        notice = _NOTICES.get(row.state_group, Notice.INFORMATION)
        self._shape.setPixmap(notice_pixmap(notice, 18, self._appearance.theme, self.devicePixelRatioF()))
        self._state.setText(row.state)
        self._state.setProperty("tone", _TONES.get(row.state_group, "same"))
        self._state.style().polish(self._state)
        for heading, label, text in (
            (None, self._explanation, row.explanation),
            (self._holds_heading, self._holds, row.holds_back),
            (
                self._clearance_heading,
                self._clearance,
                ". ".join(line for line in clearance_lines(row) if line) + ".",
            ),
        ):
            label.setText(text)
            label.setVisible(bool(text))
            if heading is not None:
                heading.setVisible(bool(text))
        self._sentence.show_sentence(row.sentence)
        self.clear_button.setToolTip(f"{row.board} has cleared these figures for publication")
        self._show_history(row)

    def _show_history(self, row: ReturnRow) -> None:
        empty(self._history)
        self._history_heading.setVisible(bool(row.history))
        for line, (when, what) in enumerate(row.history):
            day = self._label("body", "third", when)
            day.setMinimumWidth(84)
            self._history.addWidget(day, line, 0, Qt.AlignmentFlag.AlignTop)
            self._history.addWidget(self._label("body", "", what), line, 1)

    @Slot()
    def _clear(self) -> None:
        if self._row is not None and self._row.record.expected is not None:
            self.clearance_wanted.emit(self._row.record.expected.code)
