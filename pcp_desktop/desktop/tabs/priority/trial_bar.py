"""The bar over a chart whose limits are on trial: what is tried, and the choice to keep or drop it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton


class TrialBar(QFrame):
    """Hidden until something is tried; Esc drops it."""

    kept = Signal()
    dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "sunken")
        self._words = QLabel()
        self._words.setProperty("role", "section")
        self._words.setWordWrap(True)
        self.keep, self.drop = QPushButton("Keep these limits…"), QPushButton("Drop the trial")
        self.drop.setToolTip("Esc")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 6, 4)
        row.addWidget(self._words, 1)
        row.addWidget(self.drop)
        row.addWidget(self.keep)
        self.keep.clicked.connect(self.kept)
        self.drop.clicked.connect(self.dropped)
        self.hide()

    def show_words(self, words: str) -> None:
        """Say what is on trial."""
        self._words.setText(f"{words}.")
        self.setAccessibleName(words)
        self.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dropped.emit()
        else:
            super().keyPressEvent(event)
