"""The sentence that the report can print, with its heading and a button that copies it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from pcp_desktop.desktop.icons import icon
from pcp_desktop.desktop.theme import Appearance


class ReportSentence(QWidget):
    """Hidden where there is no sentence."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        heading = QLabel("Sentence for the report")
        heading.setProperty("role", "caption_strong")
        heading.setProperty("tone", "second")
        self.words = QLabel()
        self.words.setProperty("role", "body")
        self.words.setObjectName("reportSentence")
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy_button = QPushButton("  Copy")
        self.copy_button.setAccessibleName("Copy the sentence for the report")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(heading)
        column.addWidget(self.words)
        column.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.copy_button.clicked.connect(self._copy)
        appearance.changed.connect(self._dress)
        self._dress()

    def show_sentence(self, sentence: str) -> None:
        """Show a sentence, or nothing."""
        self.words.setText(sentence)
        self.setVisible(bool(sentence))

    @Slot()
    def _dress(self) -> None:
        theme = self._appearance.theme
        size = self._appearance.px(16)
        self.copy_button.setIcon(icon("copy", theme.text2, size=size))
        self.copy_button.setIconSize(QSize(size, size))
        self.words.setStyleSheet(
            f"#reportSentence {{ background: {theme.na_soft.name()};"
            f" border-left: 3px solid {theme.accent.name()}; padding: 8px; }}"
        )

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.words.text())
