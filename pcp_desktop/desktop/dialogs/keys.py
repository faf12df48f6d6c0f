"""The keys dialog (F1): every key of the window in one table."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

KEYS = (
    ("Ctrl+K", "Commands, go to, find a figure"),
    ("Ctrl+1, 2, 3", "Overview, Priorities, Returns"),
    ("Ctrl+Tab, Ctrl+Shift+Tab", "Next, previous priority"),
    ("F6, Shift+F6", "Next, previous pane"),
    ("Enter, Esc", "Open; close, cancel, or back to the overview"),
    ("W", "Why? (with a table or chart in focus)"),
    ("T", "Chart or its table"),
    ("Ctrl+Shift+C, T", "Copy the chart as a picture, as a table"),
    ("Ctrl+F", "Filter this page"),
    ("Ctrl+Shift+E", "Show or hide held figures (working view)"),
    ("Ctrl+Shift+P", "Public view or working view"),
    ("Ctrl+I", "Bring in workbooks"),
    ("Ctrl+Enter", "Accept what is under review"),
    ("Ctrl+Z, Ctrl+Y", "Undo, redo, across accepted returns"),
    ("Ctrl+B", "Fold the sidebar"),
    ("Ctrl+N, Ctrl+O", "New panel file, open a panel file"),
    ("Ctrl++, Ctrl+−", "Larger, smaller text"),
    ("Alt, F10", "Show or hide the menus"),
)


class KeysDialog(QDialog):
    """All keys with what they do."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Keys")
        self.setAccessibleName("Keys")
        self.setAccessibleDescription(". ".join(f"{keys}: {words}" for keys, words in KEYS))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        title = QLabel("Keys")
        title.setProperty("role", "title")
        column.addWidget(title)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        for row, (keys, words) in enumerate(KEYS):
            key = QLabel(keys)
            key.setProperty("key", True)
            key.setProperty("role", "caption_strong")
            grid.addWidget(key, row, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(QLabel(words), row, 1)
        column.addLayout(grid)
        close = QPushButton("Close")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
