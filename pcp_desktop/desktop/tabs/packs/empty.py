"""The Packs page of a quarter that no meeting looks at: why it is empty, and the button that adds a meeting."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout

from pcp_desktop.desktop import icons
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.periods import Period


class NoMeeting(QFrame):
    """`meeting_wanted` asks for the dialog that adds a meeting."""

    meeting_wanted = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.setProperty("card", "true")
        self._words = QLabel()
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words.setWordWrap(True)
        self._words.setProperty("tone", "second")
        self.button = QPushButton("  Add a meeting…")
        self.button.setAccessibleName("Add a meeting…")
        self.button.setProperty("kind", "primary")
        self.button.clicked.connect(self.meeting_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addStretch(2)
        column.addWidget(self._words)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        appearance.changed.connect(self._dress)
        self._dress()

    def show_period(self, period: Period, *, offered: bool) -> None:
        """Say which quarter has no meeting; `offered`: whether one may be added."""
        self._words.setText(f"No meeting looks at {period.label} yet, so there is no agenda and no pack.")
        self.button.setVisible(offered)

    def _dress(self) -> None:
        self.button.setIcon(icons.icon("plus", self._appearance.theme.on_accent))
