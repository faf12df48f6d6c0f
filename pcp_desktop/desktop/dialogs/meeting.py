"""Asks for a meeting that looks at a quarter: its date, time and place; writing it is the tab's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from pcp_desktop.desktop.dialogs.decision import DayField, DecisionDialog
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.meetings import NEW_MEETING, Meeting
from pcp_desktop.domain.periods import Period

_WIDTH = 520
_WEEKS_AFTER, _WEDNESDAY = 11, 2
_NEW = "It begins with the standing items and the performance report; the agenda can be changed."
_CHANGED = "The agenda and its papers stay; the date for publication follows the meeting’s."


class MeetingDialog(DecisionDialog):
    """`chosen` gives the Meeting once the person has decided; one that is given is changed."""

    chosen = Signal(object)

    def __init__(
        self, parent: QWidget, appearance: Appearance, period: Period, meeting: Meeting | None = None
    ) -> None:
        words = f"Change the meeting for {period.label}" if meeting else f"Add a meeting for {period.label}"
        means = _CHANGED if meeting else _NEW
        super().__init__(parent, appearance, words, means, "Keep changes" if meeting else "Add meeting", _WIDTH)
        self._meeting = meeting or Meeting(_usual_day(period), "1.00 pm", "", period, NEW_MEETING)
        self.day = DayField(self._meeting.day, "Date of the meeting")
        self.day.setMinimumDate(QDate(period.end.year, period.end.month, period.end.day).addDays(1))
        self.time, self.place = QLineEdit(self._meeting.time), QLineEdit(self._meeting.place)
        self.place.setPlaceholderText("Room and building")
        self.form.addRow("&Date", self.day)
        self.form.addRow("&Time", self.time)
        self.form.addRow("&Place", self.place)
        self.place.textChanged.connect(self._judge)
        self.time.textChanged.connect(self._judge)
        self.keep.clicked.connect(self._choose)
        self._judge()
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)

    def _judge(self) -> None:
        self.keep.setEnabled(bool(self.place.text().strip() and self.time.text().strip()))

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
