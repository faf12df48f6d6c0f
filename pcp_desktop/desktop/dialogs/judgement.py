"""Asks for a judgement with its reason: a status in place of the computed one, or where limits come from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from pcp_desktop.desktop.choice_box import ChoiceBox
from pcp_desktop.desktop.dialogs.decision import DecisionDialog
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.pages import NewLevel
from pcp_desktop.domain.status import Assessment, Status

_WIDTH = 540
_CHANGES = (Status.IMPROVING, Status.NO_CLEAR_CHANGE, Status.DETERIORATING)
_TARGETS = (Status.TARGET_MET, Status.WITHIN_TOLERANCE, Status.TARGET_MISSED)


class _ReasonDialog(DecisionDialog):
    """A form that ends with the reason."""

    def __init__(self, parent: QWidget, appearance: Appearance, words: str, meaning: str, verb: str) -> None:
        super().__init__(parent, appearance, words, meaning, verb, _WIDTH)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("Printed beside it")
        self.reason.textChanged.connect(self._judge)

    def _judge(self) -> None:
        self.keep.setEnabled(bool(self.reason.text().strip()))


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
        self.keep.clicked.connect(self._choose)
        self._judge()
        self.statuses.setFocus(Qt.FocusReason.OtherFocusReason)

    def _judge(self) -> None:
        as_computed = self.statuses.currentData() is None
        self.reason.setEnabled(not as_computed)
        self.keep.setEnabled(as_computed or bool(self.reason.text().strip()))

    def _choose(self) -> None:
        status, reason = self.statuses.currentData(), self.reason.text().strip()
        self.accept()
        self.chosen.emit(status, reason)


def _only_limits(baseline: str) -> str:
    return f"Only the limits change: the comparison with {baseline} stays beside them. The reason is printed."


class LimitsDialog(_ReasonDialog):
    """`chosen` gives the reason for limits from the points or the level that `words` name."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget, appearance: Appearance, words: str, baseline: str) -> None:
        super().__init__(parent, appearance, words, _only_limits(baseline), "Keep limits")
        self.form.addRow("&Reason", self.reason)
        self.keep.clicked.connect(self._choose)
        self._judge()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self) -> None:
        reason = self.reason.text().strip()
        self.accept()
        self.chosen.emit(reason)


class LevelDialog(_ReasonDialog):
    """`chosen` gives the start of a new level and its reason; the starts are all that leave enough figures."""

    chosen = Signal(object, str)

    def __init__(
        self, parent: QWidget, appearance: Appearance, label: str, baseline: str, starts: Sequence[NewLevel]
    ) -> None:
        words = f"Begin a new level at a date: {label}"
        super().__init__(parent, appearance, words, _only_limits(baseline), "Keep limits")
        self.starts = ChoiceBox()
        for one in starts:
            self.starts.addItem(one.words, one)
        self.starts.setCurrentIndex(len(starts) - 1)
        self.form.addRow("&Begins with", self.starts)
        self.form.addRow("&Reason", self.reason)
        self.keep.clicked.connect(self._choose)
        self._judge()
        self.starts.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self) -> None:
        level, reason = self.starts.currentData(), self.reason.text().strip()
        self.accept()
        self.chosen.emit(level, reason)
