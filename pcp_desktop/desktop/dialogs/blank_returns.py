"""Asks for whom, for which quarter and into which folder blank returns are to be written; it writes none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.periods import Period

EVERYONE = "Every organisation"
_WIDTH = 560


class BlankReturnsDialog(QDialog):
    """`chosen` gives the organisations as a tuple, the quarter and the folder."""

    chosen = Signal(object, object, object)

    def __init__(
        self, parent: QWidget, appearance: Appearance, organisations: Sequence[str], quarters: Sequence[Period]
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Send blank returns")
        self.setAccessibleName("Send blank returns")
        self._organisations, self._quarters = tuple(organisations), tuple(quarters)
        self.organisation, self.quarter, self.folder = QComboBox(), QComboBox(), QLineEdit()
        self.organisation.addItems([EVERYONE, *self._organisations])
        self.quarter.addItems([period.label for period in self._quarters])
        self.folder.setPlaceholderText("Folder for the workbooks")
        self.browse, self.write = QPushButton("Choose…"), QPushButton("Write blank returns")
        self.browse.setAccessibleName("Choose the folder")
        self.leave = QPushButton("Leave")
        self._lay_out(appearance)
        self.folder.textChanged.connect(self._judge)
        self.browse.clicked.connect(self._browse)
        self.write.clicked.connect(self._choose)
        self.leave.clicked.connect(self.reject)
        self._judge()
        self.organisation.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self, appearance: Appearance) -> None:
        heading = QLabel("Send blank returns")
        heading.setProperty("role", "title")
        remark = QLabel(
            "Each workbook holds the last figures to look over, and comes back without a question. "
            "A quarter that has not begun begins with them."
        )
        remark.setProperty("role", "caption")
        remark.setProperty("tone", "second")
        remark.setWordWrap(True)
        place = QHBoxLayout()
        place.addWidget(self.folder, 1)
        place.addWidget(self.browse)
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.addRow("&Organisation", self.organisation)
        form.addRow("&Quarter", self.quarter)
        label = QLabel("&Folder")
        label.setBuddy(self.folder)
        form.addRow(label, place)
        self.write.setProperty("kind", "primary")
        self.write.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.write)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(heading)
        column.addWidget(remark)
        column.addLayout(form)
        column.addLayout(buttons)
        self.setMinimumWidth(appearance.px(_WIDTH))

    @Slot()
    def _judge(self) -> None:
        self.write.setEnabled(bool(self.folder.text().strip()))

    @Slot()
    def _browse(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "Folder for the blank returns", self.folder.text())
        if name:
            self.folder.setText(name)

    @Slot()
    def _choose(self) -> None:
        at = self.organisation.currentIndex()
        wanted = self._organisations if at == 0 else (self._organisations[at - 1],)
        period, folder = self._quarters[self.quarter.currentIndex()], Path(self.folder.text().strip())
        self.accept()
        self.chosen.emit(wanted, period, folder)
