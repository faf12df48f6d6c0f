"""Asks how the panel file shows measures whose numbers are too small to assess."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pcp_desktop.desktop.choice_box import ChoiceBox
from pcp_desktop.desktop.dialogs.decision import DecisionDialog
from pcp_desktop.desktop.jobs import Jobs
from pcp_desktop.desktop.panel import Panel
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.changes import Changes

_WIDTH = 540
_MEANING = (
    "Under 20 events a year or 30 answers a measure is not assessed. A Panel may show it as amber by convention: it "
    "is still counted apart, and Why? says that it is no finding. This holds for the whole panel file and its papers."
)


class SmallNumbersDialog(DecisionDialog):
    """`chosen` says whether they are amber, once the person has decided otherwise than it is."""

    chosen = Signal(bool)

    def __init__(self, parent: QWidget, appearance: Appearance, *, amber: bool) -> None:
        super().__init__(parent, appearance, "Small numbers", _MEANING, "Keep choice", _WIDTH)
        self._amber = amber
        self.shown = ChoiceBox()
        self.shown.addItem("Not assessed", False)
        self.shown.addItem("Small numbers, amber by convention", True)
        self.shown.setCurrentIndex(self.shown.findData(amber))
        self.form.addRow("&Show them as", self.shown)
        self.shown.currentIndexChanged.connect(self._judge)
        self.keep.clicked.connect(self._choose)
        self._judge()
        self.shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def _judge(self) -> None:
        self.keep.setEnabled(self.shown.currentData() != self._amber)

    def _choose(self) -> None:
        amber: bool = self.shown.currentData()
        self.accept()
        self.chosen.emit(amber)


def ask_small_numbers(
    parent: QWidget, appearance: Appearance, jobs: Jobs, panel: Panel, altered: Callable[[Changes], None]
) -> None:
    """Ask it of an open panel file, and hand on what the answer changed."""

    def keep(amber: bool) -> None:
        jobs.start(
            lambda _progress: panel.show_small_numbers(amber),
            altered,
            words="Keeping the decision",
            title="Small numbers not changed",
            cancellable=False,
        )

    def ask(amber: bool) -> None:
        dialog = SmallNumbersDialog(parent, appearance, amber=amber)
        dialog.chosen.connect(keep)
        dialog.open()

    jobs.start(
        lambda _progress: panel.small_numbers_are_amber(),
        ask,
        words="Reading how small numbers are shown",
        replaces="small numbers",
    )
