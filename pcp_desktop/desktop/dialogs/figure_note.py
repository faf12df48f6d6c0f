"""Asks for a note beside one figure of a return; keeping it is the review's."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from pcp_desktop.desktop.dialogs.decision import DecisionDialog
from pcp_desktop.desktop.theme import Appearance

_WIDTH, _HEIGHT = 520, 96


class FigureNoteDialog(DecisionDialog):
    """`chosen` gives the words of the note; empty ones take an earlier note away."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget, appearance: Appearance, figure: str, words: str) -> None:
        means = f"{figure}. The note is kept when the return is accepted, and shown beside the figure and in Why?."
        super().__init__(parent, appearance, "Note on a figure", means, "Keep note", _WIDTH)
        self.words = QPlainTextEdit(words)
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(appearance.px(_HEIGHT))
        self.form.addRow("&Note", self.words)
        self._earlier = words
        self.words.textChanged.connect(self._judge)
        self.keep.clicked.connect(self._choose)
        self._judge()
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _judge(self) -> None:
        said = self.words.toPlainText().strip()
        self.keep.setEnabled(said != self._earlier)
        self.keep.setText("Take the note away" if self._earlier and not said else "Keep note")

    def _choose(self) -> None:
        said = " ".join(self.words.toPlainText().split())
        self.accept()
        self.chosen.emit(said)
