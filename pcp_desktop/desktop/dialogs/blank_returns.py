"""Asks for whom, for which quarter and into which folder blank returns are to be written; it writes none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from pcp_desktop.desktop.choice_box import ChoiceBox
from pcp_desktop.desktop.dialogs.decision import DecisionDialog
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.periods import Period

EVERYONE = "Every organisation"
_WIDTH = 560
_MEANS = (
    "Each workbook holds the last figures to look over, and comes back without a question. "
    "A quarter that has not begun begins with them."
)


class BlankReturnsDialog(DecisionDialog):
    """`chosen` gives the organisations as a tuple, the quarter and the folder."""

    chosen = Signal(object, object, object)

    def __init__(
        self, parent: QWidget, appearance: Appearance, organisations: Sequence[str], quarters: Sequence[Period]
    ) -> None:
        super().__init__(parent, appearance, "Send blank returns", _MEANS, "Write blank returns", _WIDTH)
        self._organisations, self._quarters = tuple(organisations), tuple(quarters)
        self.organisation, self.quarter, self.folder = ChoiceBox(), ChoiceBox(), QLineEdit()
        self.organisation.addItems([EVERYONE, *self._organisations])
        self.quarter.addItems([period.label for period in self._quarters])
        self.folder.setPlaceholderText("Folder for the workbooks")
        self.browse = QPushButton("Choose…")
        self.browse.setAccessibleName("Choose the folder")
        self._lay_out()
        self.folder.textChanged.connect(self._judge)
        self.browse.clicked.connect(self._browse)
        self.keep.clicked.connect(self._choose)
        self._judge()
        self.organisation.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        place = QHBoxLayout()
        place.setSpacing(8)
        place.addWidget(self.folder, 1)
        place.addWidget(self.browse)
        self.form.addRow("&Organisation", self.organisation)
        self.form.addRow("&Quarter", self.quarter)
        label = QLabel("&Folder")
        label.setBuddy(self.folder)
        self.form.addRow(label, place)

    @Slot()
    def _judge(self) -> None:
        self.keep.setEnabled(bool(self.folder.text().strip()))

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
