"""The strip of facts over a priority's charts: the status, then a label over a value each, all of it selectable."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from pcp_desktop.desktop.elided_label import ElidedLabel
from pcp_desktop.desktop.marks import paint_status
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.clearance import ClearanceState
from pcp_desktop.domain.pages import HeadlineFact, MeasurePanel
from pcp_desktop.domain.status import Mark, Status

CLEARANCE = "Clearance"
TONES = {
    Mark.IMPROVING: "improving",
    Mark.SAME: "same",
    Mark.DETERIORATING: "deteriorating",
    Mark.NOT_ASSESSED: "second",
    Mark.EMBARGOED: "embargoed",
}


class FactsStrip(QFrame):
    """Shows the status and the facts of one measure."""

    why_wanted = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._panel: MeasurePanel | None = None
        self.setProperty("card", "true")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        appearance.changed.connect(self._again)

    def show_panel(self, panel: MeasurePanel) -> None:
        """Show the status and facts of a measure."""
        self._panel = panel
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        facts = [self._fact(fact) for fact in panel.facts]
        if not any(fact.label == CLEARANCE for fact in panel.facts):
            facts.append(self._clearance(panel))
        for widget in (self._status(panel), *facts):
            if self._row.count():
                self._row.addWidget(self._divider())
            self._row.addWidget(widget, max(widget.sizeHint().width(), 1))

    def _again(self) -> None:
        if self._panel is not None:
            self.show_panel(self._panel)

    def _divider(self) -> QFrame:
        line = QFrame()
        line.setProperty("line", "true")
        line.setFixedWidth(1)
        return line

    def _label(self, text: str, role: str, tone: str = "") -> QLabel:
        label = QLabel(text)
        label.setProperty("role", role)
        label.setProperty("tone", tone)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        return label

    def _box(self, name: str) -> tuple[QWidget, QVBoxLayout]:
        box = QWidget()
        box.setAccessibleName(name)
        column = QVBoxLayout(box)
        column.setContentsMargins(10, 5, 8, 5)
        column.setSpacing(0)
        return box, column

    def _fact(self, fact: HeadlineFact) -> QWidget:
        box, column = self._box(f"{fact.label}: {fact.value} {fact.detail}".strip())
        caption = ElidedLabel()
        caption.setProperty("role", "caption")
        caption.setProperty("tone", "second")
        caption.show_text(fact.label)
        column.addWidget(caption)
        line = QHBoxLayout()
        line.setSpacing(5)
        is_figure = fact.label != CLEARANCE
        line.addWidget(
            self._label(fact.value, "figure" if is_figure else "section"), 0, Qt.AlignmentFlag.AlignBaseline
        )
        if fact.detail:
            line.addWidget(self._label(fact.detail, "caption", "second"), 0, Qt.AlignmentFlag.AlignBaseline)
        line.addStretch(1)
        column.addLayout(line)
        return box

    def _status(self, panel: MeasurePanel) -> QWidget:
        status: Status = panel.row.status
        box, column = self._box(status.word)
        line = QHBoxLayout()
        line.setSpacing(7)
        shape = QLabel()
        shape.setPixmap(self._mark(status.mark))
        line.addWidget(shape)
        line.addWidget(self._label(status.word, "section", TONES[status.mark]))
        line.addStretch(1)
        column.addLayout(line)
        short = panel.row.assessment.short_reason
        below = QHBoxLayout()
        below.setSpacing(4)
        why = QPushButton("Why?")
        why.setProperty("kind", "link")
        why.setStyleSheet("padding: 0px; min-height: 0px; border-width: 1px;")
        why.setToolTip("W")
        why.setAccessibleName(f"Why “{status.word}”?")
        why.clicked.connect(self.why_wanted)
        key = QLabel("W")
        key.setProperty("key", "true")
        key.setProperty("role", "caption")
        below.addWidget(why)
        below.addWidget(key)
        if short:
            below.addWidget(self._label(short, "caption", "second"))
        below.addStretch(1)
        column.addLayout(below)
        return box

    def _clearance(self, panel: MeasurePanel) -> QWidget:
        shown = panel.row.clearance
        box, column = self._box(f"Clearance: {shown.words}")
        column.addWidget(self._label(CLEARANCE, "caption", "second"))
        tone = "improving" if shown.state is ClearanceState.CLEARED else "same"
        if shown.state is ClearanceState.EMBARGOED:
            tone = "embargoed"
        column.addWidget(self._label(shown.words, "section", tone))
        return box

    def _mark(self, mark: Mark) -> QPixmap:
        size, ratio = 18, self.devicePixelRatioF()
        image = QPixmap(round(size * ratio), round(size * ratio))
        image.setDevicePixelRatio(ratio)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        paint_status(painter, QRectF(0, 0, size, size), mark, self._appearance.theme)
        painter.end()
        return image
