"""The working and the commentary beside a priority's charts; with large text each takes the charts' place."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSplitter, QToolButton, QWidget

from pcp_desktop.desktop.tab import GAP
from pcp_desktop.desktop.theme import Appearance

CHARTS, WHY, COMMENTARY = "Charts", "Why?", "Commentary"
LARGE_TEXT = 125  # percent, from which the panels stand in the place of the charts


class PrioritySides(QSplitter):
    """The panels over each other, and which of them are open. `switch` changes between them with large text.

    `placed` says that other panels, or the charts, are on show.
    """

    placed = Signal()

    def __init__(self, appearance: Appearance, charts: QWidget, why: QWidget, commentary: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._appearance = appearance
        self._charts = charts
        self._panels = {WHY: why, COMMENTARY: commentary}
        self._why_allowed = True
        self._large = appearance.text_scale >= LARGE_TEXT
        self._open = set() if self._large else {WHY, COMMENTARY}
        self.switch = _Switch()
        self.switch.hide()  # until `place` says that it is wanted
        self.setHandleWidth(GAP)
        self.setChildrenCollapsible(False)
        for panel in (why, commentary):
            self.addWidget(panel)
        self.setSizes([1000, 1000])
        self.switch.chosen.connect(self._switched)
        appearance.changed.connect(self._follow)

    def is_open(self, name: str) -> bool:
        """Whether a panel is open; the working may be open and yet not on show, while figures are held."""
        return name in self._open

    def toggle(self, name: str) -> None:
        """Open a panel or close it; with large text it takes the place of whatever is on show."""
        if name in self._open:
            self._open.discard(name)
        else:
            self._open = {name} if self._large else self._open | {name}
        self.place(why_allowed=self._why_allowed)

    def place(self, *, why_allowed: bool) -> None:
        """Show what is open; the working only where `why_allowed`, which it is not while figures are held."""
        self._why_allowed = why_allowed
        shown = {name for name in self._open if name != WHY or why_allowed}
        for name, panel in self._panels.items():
            panel.setVisible(name in shown)
        self.setVisible(bool(shown))
        self._charts.setVisible(not (shown and self._large))
        self.switch.setVisible(self._large)
        self.switch.show_state(next(iter(shown), CHARTS), why_allowed=why_allowed)
        self.placed.emit()

    @Slot()
    def _follow(self) -> None:
        large = self._appearance.text_scale >= LARGE_TEXT
        if large != self._large:
            self._large = large
            self._open = set() if large else {WHY, COMMENTARY}
            self.place(why_allowed=self._why_allowed)

    @Slot(str)
    def _switched(self, name: str) -> None:
        self._open = set() if name == CHARTS else {name}
        self.place(why_allowed=self._why_allowed)


class _Switch(QWidget):
    """The tabs over the charts with large text: charts, working, commentary."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._buttons: dict[str, QToolButton] = {}
        group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for name, segment in ((CHARTS, "first"), (WHY, "middle"), (COMMENTARY, "last")):
            button = QToolButton()
            button.setText(name)
            button.setCheckable(True)
            button.setProperty("control", "true")
            button.setProperty("segment", segment)
            button.clicked.connect(partial(self.chosen.emit, name))
            group.addButton(button)
            row.addWidget(button)
            self._buttons[name] = button
        row.addStretch(1)

    def show_state(self, shown: str, *, why_allowed: bool) -> None:
        """Mark what is on show."""
        self._buttons[shown].setChecked(True)
        self._buttons[WHY].setEnabled(why_allowed)
