"""The four steps of a return that is brought in, and which of them it is at; it does none of them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from pcp_desktop.desktop.marks import Notice, notice_pixmap
from pcp_desktop.desktop.theme import Appearance

STEPS = ("Read", "Recognise", "Review", "Accept")
RECOGNISE, REVIEW = 1, 2


class StepStrip(QWidget):
    """Steps behind are ticked, the one it is at stands out; from Review one can go back to Recognise."""

    back_wanted = Signal()

    def __init__(self, appearance: Appearance, at: int) -> None:
        super().__init__()
        self._appearance = appearance
        self._ticks: list[QLabel] = []
        self.back_button = QToolButton()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for step, words in enumerate(STEPS):
            done, here = step < at, step == at
            if done:
                tick = QLabel()
                self._ticks.append(tick)
                row.addWidget(tick, 0, Qt.AlignmentFlag.AlignVCenter)
            if done and step == RECOGNISE:
                row.addWidget(self._back(words))
            else:
                label = QLabel(words if done else f"{step + 1} {words}")
                label.setProperty("step", "here" if here else "other")
                said = ", current" if here else ", done" if done else ""
                label.setAccessibleName(f"Step {step + 1}, {words}{said}")
                row.addWidget(label, 0, Qt.AlignmentFlag.AlignVCenter)
            row.addSpacing(6)
        appearance.changed.connect(self._dress)
        self._dress()

    def _back(self, words: str) -> QToolButton:
        self.back_button.setText(words)
        self.back_button.setAutoRaise(True)
        self.back_button.setProperty("autoRaise", "true")
        self.back_button.setProperty("step", "back")
        self.back_button.setToolTip("Back to what was recognised")
        self.back_button.setAccessibleName("Back to Recognise")
        self.back_button.clicked.connect(self.back_wanted)
        return self.back_button

    @Slot()
    def _dress(self) -> None:
        for tick in self._ticks:
            tick.setPixmap(notice_pixmap(Notice.DONE, 14, self._appearance.theme, self.devicePixelRatioF()))
