"""The strip of facts over a priority's charts: the status, then a label over a value each, all of it selectable."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from pcp_desktop.desktop.elided_label import ElidedLabel
from pcp_desktop.desktop.icons import pixmap
from pcp_desktop.desktop.marks import paint_status
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.clearance import ClearanceState
from pcp_desktop.domain.pages import HeadlineFact, MeasurePanel
from pcp_desktop.domain.status import Mark, Status

CLEARANCE = "Clearance"
LARGE_TEXT = 125  # percent
SHARE_OF_TWO_LINES = 0.6  # of a label's length, so that two lines hold it
TONES = {
    Mark.IMPROVING: "improving",
    Mark.SAME: "same",
    Mark.DETERIORATING: "deteriorating",
    Mark.NOT_ASSESSED: "second",
    Mark.EMBARGOED: "embargoed",
}


def value_label(text: str, role: str, tone: str = "") -> QLabel:
    """A label of the strip, which can be selected and copied."""
    label = QLabel(text)
    label.setProperty("role", role)
    label.setProperty("tone", tone)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    return label


def framed(box: QWidget, name: str) -> QVBoxLayout:
    """The column inside a box of the strip."""
    box.setAccessibleName(name)
    column = QVBoxLayout(box)
    column.setContentsMargins(9, 5, 5, 5)
    column.setSpacing(0)
    return column


class FactBox(QWidget):
    """One fact: its label over its value with a smaller second part."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._large = appearance.text_scale >= LARGE_TEXT
        column = framed(self, "")
        self._caption = self._make_caption()
        column.addWidget(self._caption)
        line = QHBoxLayout()
        line.setSpacing(5)
        self._value, self._detail = value_label("", "figure"), value_label("", "caption", "second")
        for label in (self._value, self._detail):
            line.addWidget(label, 0, Qt.AlignmentFlag.AlignBaseline)
        line.addStretch(1)
        column.addLayout(line)

    def show_fact(self, fact: HeadlineFact, panel: MeasurePanel) -> None:
        """Show a fact of `panel`; its clearance takes the colour of its state."""
        self.setAccessibleName(f"{fact.label}: {fact.value} {fact.detail}".strip())
        if isinstance(self._caption, ElidedLabel):
            self._caption.show_text(fact.label)
        else:
            self._caption.setText(fact.label)
            self._caption.ensurePolished()
            length = self._caption.fontMetrics().horizontalAdvance(fact.label)
            self._caption.setMinimumWidth(round(length * SHARE_OF_TWO_LINES))
        role, tone = ("section", _clearance_tone(panel)) if fact.label == CLEARANCE else ("figure", "")
        if (role, tone) != (self._value.property("role"), self._value.property("tone")):
            self._value.setProperty("role", role)
            self._value.setProperty("tone", tone)
            self._value.style().unpolish(self._value)
            self._value.style().polish(self._value)
        self._value.setText(fact.value)
        self._detail.setText(fact.detail)
        self._detail.setVisible(bool(fact.detail))

    def _make_caption(self) -> QLabel:
        """On one line; with large text on as many as its words need."""
        if not self._large:
            caption = ElidedLabel()
            caption.setProperty("role", "caption")
            caption.setProperty("tone", "second")
            return caption
        wrapped = value_label("", "caption", "second")
        wrapped.setWordWrap(True)
        wrapped.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
        wrapped.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        return wrapped


def _clearance_tone(panel: MeasurePanel) -> str:
    match panel.row.clearance.state:
        case ClearanceState.CLEARED:
            return "improving"
        case ClearanceState.EMBARGOED:
            return "embargoed"
    return "same"


class FactsStrip(QFrame):
    """Shows the status and the facts of one measure."""

    why_wanted = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._panel: MeasurePanel | None = None
        self._boxes: list[FactBox] = []
        self._scale = 0
        self.setProperty("card", "true")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        appearance.changed.connect(self._again)

    def show_panel(self, panel: MeasurePanel) -> None:
        """Show the status and facts of a measure."""
        self._panel = panel
        facts = panel.facts
        if not any(fact.label == CLEARANCE for fact in facts):
            facts = (*facts, HeadlineFact(CLEARANCE, panel.row.clearance.words))
        if self._takes_over(panel, facts):
            return
        self.clear()
        self._panel = panel
        self._row.addWidget(self._status(panel))
        for fact in facts:
            box = FactBox(self._appearance)
            box.show_fact(fact, panel)
            self._boxes.append(box)
            self._row.addWidget(self._divider())
            self._row.addWidget(box)
        self._scale = self._appearance.text_scale
        self._share_out()

    def clear(self) -> None:
        """Let go of every fact."""
        self._panel, self._boxes = None, []
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _takes_over(self, panel: MeasurePanel, facts: tuple[HeadlineFact, ...]) -> bool:
        """Give the boxes that stand other words, where there are as many; making them anew is slow."""
        same_size = self._scale == self._appearance.text_scale
        if not self._boxes or len(self._boxes) != len(facts) or not same_size:
            return False
        item = self._row.takeAt(0)
        old = item.widget() if item is not None else None
        if old is not None:
            old.hide()
            old.deleteLater()
        self._row.insertWidget(0, self._status(panel))
        for box, fact in zip(self._boxes, facts, strict=True):
            box.show_fact(fact, panel)
        self._share_out()
        return True

    def _share_out(self) -> None:
        """Give each box room by what its words need."""
        for at in range(0, self._row.count(), 2):
            item = self._row.itemAt(at)
            widget = item.widget() if item is not None else None
            if widget is not None:
                self._row.setStretch(at, max(widget.sizeHint().width(), 1))

    def _again(self) -> None:
        if self._panel is not None:
            self.show_panel(self._panel)

    def _divider(self) -> QFrame:
        line = QFrame()
        line.setProperty("line", "true")
        line.setFixedWidth(1)
        return line

    def _status(self, panel: MeasurePanel) -> QWidget:
        status: Status = panel.row.status
        box = QWidget()
        column = framed(box, status.word)
        line = QHBoxLayout()
        line.setSpacing(7)
        shape = QLabel()
        shape.setPixmap(self._mark(status.mark))
        line.addWidget(shape)
        line.addWidget(value_label(status.word, "section", TONES[status.mark]))
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
        key.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        below.addWidget(why)
        below.addWidget(key)
        if panel.row.assessment.override is not None:
            by_hand = QLabel()
            by_hand.setPixmap(pixmap("pencil", self._appearance.theme.text2, 12, self.devicePixelRatioF()))
            below.addWidget(by_hand)
        if short:
            below.addWidget(value_label(short, "caption", "second"))
        below.addStretch(1)
        column.addLayout(below)
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
