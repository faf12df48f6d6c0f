"""Asks for a judgement with its reason: a status in place of the computed one, or where limits come from."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from pcp_desktop.desktop.choice_box import ChoiceBox
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.status import Assessment, Status

_WIDTH = 540
_CHANGES = (Status.IMPROVING, Status.NO_CLEAR_CHANGE, Status.DETERIORATING)
_TARGETS = (Status.TARGET_MET, Status.WITHIN_TOLERANCE, Status.TARGET_MISSED)


class _ReasonDialog(QDialog):
    """A heading, what it means, a form that ends with the reason, and two buttons."""

    def __init__(self, parent: QWidget, appearance: Appearance, words: str, remark: str, verb: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(words)
        self.setAccessibleName(words)
        self.setAccessibleDescription(remark)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("Printed beside it")
        self.confirm, self.leave = QPushButton(verb), QPushButton("Leave")
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(12)
        self.form.setVerticalSpacing(8)
        self._lay_out(words, remark)
        self.setMinimumWidth(appearance.px(_WIDTH))
        self.leave.clicked.connect(self.reject)
        self.reason.textChanged.connect(self._judge)

    def _lay_out(self, words: str, remark: str) -> None:
        heading = QLabel(words)
        heading.setProperty("role", "title")
        heading.setWordWrap(True)
        meaning = QLabel(remark)
        meaning.setProperty("tone", "second")
        meaning.setWordWrap(True)
        self.confirm.setProperty("kind", "primary")
        self.confirm.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.confirm)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(heading)
        column.addWidget(meaning)
        column.addLayout(self.form)
        column.addLayout(buttons)

    def _judge(self) -> None:
        self.confirm.setEnabled(bool(self.reason.text().strip()))


class StatusDialog(_ReasonDialog):
    """`chosen` gives the Status (None for the computed one) and the reason, once the person has decided."""

    chosen = Signal(object, str)

    def __init__(self, parent: QWidget, appearance: Appearance, label: str, assessment: Assessment) -> None:
        computed = assessment.computed or assessment.status
        words = f"Set the status of “{label}” by hand"
        remark = f"The rule gives “{computed.word}”. That stays beside it, and the reason is printed."
        super().__init__(parent, appearance, words, remark, "Set status")
        self.statuses = ChoiceBox()
        against_target = computed in _TARGETS or assessment.status in _TARGETS
        for status in (*(_TARGETS if against_target else _CHANGES), Status.NOT_ASSESSED):
            self.statuses.addItem(status.word, status)
        if assessment.override is not None:
            self.statuses.addItem(f"As computed: {computed.word}", None)
            self.reason.setText(assessment.override.reason)
        self.statuses.setCurrentIndex(max(self.statuses.findData(assessment.status), 0))
        self.form.addRow("&Status", self.statuses)
        self.form.addRow("&Reason", self.reason)
        self.statuses.currentIndexChanged.connect(self._judge)
        self.confirm.clicked.connect(self._choose)
        self._judge()
        self.statuses.setFocus(Qt.FocusReason.OtherFocusReason)

    def _judge(self) -> None:
        as_computed = self.statuses.currentData() is None
        self.reason.setEnabled(not as_computed)
        self.confirm.setEnabled(as_computed or bool(self.reason.text().strip()))

    def _choose(self) -> None:
        status, reason = self.statuses.currentData(), self.reason.text().strip()
        self.accept()
        self.chosen.emit(status, reason)


class LimitsDialog(_ReasonDialog):
    """`chosen` gives the reason for limits from the points or the level that `words` name."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget, appearance: Appearance, words: str, baseline: str) -> None:
        remark = f"Only the limits change: the comparison with {baseline} stays beside them. The reason is printed."
        super().__init__(parent, appearance, words, remark, "Keep limits")
        self.form.addRow("&Reason", self.reason)
        self.confirm.clicked.connect(self._choose)
        self._judge()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self) -> None:
        reason = self.reason.text().strip()
        self.accept()
        self.chosen.emit(reason)
