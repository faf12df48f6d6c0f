"""Asks for a meeting that looks at a quarter: its date, time and place; writing it is the tab's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from pcp_desktop.desktop.dialogs.decision import DayField
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.meetings import NEW_MEETING, Meeting
from pcp_desktop.domain.periods import Period

_WIDTH = 520
_WEEKS_AFTER, _WEDNESDAY = 11, 2


class MeetingDialog(QDialog):
    """`chosen` gives the Meeting once the person has decided; one that is given is changed."""

    chosen = Signal(object)

    def __init__(
        self, parent: QWidget, appearance: Appearance, period: Period, meeting: Meeting | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._meeting = meeting or Meeting(_usual_day(period), "1.00 pm", "", period, NEW_MEETING)
        words = f"Change the meeting for {period.label}" if meeting else f"Add a meeting for {period.label}"
        self.setWindowTitle(words)
        self.setAccessibleName(words)
        self.day = DayField(self._meeting.day, "Date of the meeting")
        self.day.setMinimumDate(QDate(period.end.year, period.end.month, period.end.day).addDays(1))
        self.time, self.place = QLineEdit(self._meeting.time), QLineEdit(self._meeting.place)
        self.place.setPlaceholderText("Room and building")
        self.add, self.leave = QPushButton("Keep changes" if meeting else "Add meeting"), QPushButton("Leave")
        self._lay_out(words, appearance)
        self.place.textChanged.connect(self._judge)
        self.time.textChanged.connect(self._judge)
        self.add.clicked.connect(self._choose)
        self.leave.clicked.connect(self.reject)
        self._judge()
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self, words: str, appearance: Appearance) -> None:
        heading = QLabel(words)
        heading.setProperty("role", "title")
        new = self._meeting.number == NEW_MEETING
        remark = QLabel(
            "It begins with the standing items and the performance report; the agenda can be changed."
            if new
            else "The agenda and its papers stay; the date for publication follows the meeting’s."
        )
        remark.setProperty("role", "caption")
        remark.setProperty("tone", "second")
        remark.setWordWrap(True)
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.addRow("&Date", self.day)
        form.addRow("&Time", self.time)
        form.addRow("&Place", self.place)
        self.add.setProperty("kind", "primary")
        self.add.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(heading)
        column.addLayout(form)
        column.addWidget(remark)
        column.addLayout(buttons)
        self.setMinimumWidth(appearance.px(_WIDTH))

    def _judge(self) -> None:
        self.add.setEnabled(bool(self.place.text().strip() and self.time.text().strip()))

    def _choose(self) -> None:
        meeting = replace(
            self._meeting, day=self.day.day, time=self.time.text().strip(), place=self.place.text().strip()
        )
        self.accept()
        self.chosen.emit(meeting)


def _usual_day(period: Period) -> date:
    """A Wednesday some weeks after the quarter, as a beginning."""
    day = period.end + timedelta(weeks=_WEEKS_AFTER)
    return day + timedelta(days=(_WEDNESDAY - day.weekday()) % 7)
