"""The strip of facts over a priority's charts: the status, then a label over a value each, all of it selectable."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from pcp_desktop.desktop.icons import pixmap
from pcp_desktop.desktop.marks import status_pixmap
from pcp_desktop.desktop.selectable_label import SelectableLabel
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.clearance import ClearanceState
from pcp_desktop.domain.pages import HeadlineFact, MeasurePanel
from pcp_desktop.domain.status import Mark, Status

CLEARANCE = "Clearance"
MARK = 18  # px
SHARE_OF_TWO_LINES = 0.6  # of a label's length, so that two lines hold it
SIDES, BESIDE, DIVIDER = 14, 5, 1  # px: a box's own margins, between a value and its detail, between boxes
SLACK = 6  # px for what a label takes beside its words
TONES = {
    Mark.IMPROVING: "improving",
    Mark.SAME: "same",
    Mark.DETERIORATING: "deteriorating",
    Mark.NOT_ASSESSED: "second",
    Mark.EMBARGOED: "embargoed",
}


def value_label(parent: QWidget, role: str, tone: str = "") -> QLabel:
    """A label of the strip, which can be selected and copied."""
    label = SelectableLabel(parent=parent)
    label.setProperty("role", role)
    label.setProperty("tone", tone)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    return label


def framed(box: QWidget) -> QVBoxLayout:
    """The column inside a box of the strip."""
    column = QVBoxLayout(box)
    column.setContentsMargins(9, 5, 5, 5)
    column.setSpacing(0)
    return column


class Fold(IntEnum):
    """How the facts make do with the room there is: all on two lines, labels on two, details under their values."""

    FLAT = 0
    LABELS = 1
    DETAILS = 2


def width_needed(appearance: Appearance, fact: HeadlineFact, fold: Fold) -> int:
    """The pixels in which a fact's words stand uncut."""
    small = QFontMetricsF(appearance.font("caption"))
    caption = small.horizontalAdvance(fact.label) * (SHARE_OF_TWO_LINES if fold is not Fold.FLAT else 1)
    value = QFontMetricsF(appearance.font(_role(fact))).horizontalAdvance(fact.value)
    detail = small.horizontalAdvance(fact.detail)
    line = max(value, detail) if fold is Fold.DETAILS else value + (BESIDE + detail if fact.detail else 0)
    return round(max(caption, line)) + SIDES + SLACK


def _role(fact: HeadlineFact) -> str:
    return "section" if fact.label == CLEARANCE else "figure"


class FactBox(QWidget):
    """One fact: its label over its value with a smaller second part, beside or under it."""

    def __init__(self, appearance: Appearance, strip: QWidget, fold: Fold) -> None:
        super().__init__(strip)
        self._appearance, self._fold = appearance, fold
        column = framed(self)
        self._caption = value_label(self, "caption", "second")
        if fold is not Fold.FLAT:
            self._caption.setWordWrap(True)
            self._caption.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
            self._caption.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        column.addWidget(self._caption)
        self._value, self._detail = value_label(self, "figure"), value_label(self, "caption", "second")
        if fold is not Fold.FLAT:  # the state of clearance is smaller than a figure and stands on the same line
            self._value.setMinimumHeight(QFontMetrics(appearance.font("figure")).height())
        if fold is Fold.DETAILS:
            column.addWidget(self._value)
            column.addWidget(self._detail)
            return
        line = QHBoxLayout()
        line.setSpacing(BESIDE)
        for label in (self._value, self._detail):
            line.addWidget(label, 0, Qt.AlignmentFlag.AlignBaseline)
        line.addStretch(1)
        column.addLayout(line)

    def show_fact(self, fact: HeadlineFact, panel: MeasurePanel) -> None:
        """Show a fact of `panel`; its clearance takes the colour of its state."""
        self.setAccessibleName(f"{fact.label}: {fact.value} {fact.detail}".strip())
        self._caption.setText(fact.label)
        self.setMinimumWidth(width_needed(self._appearance, fact, self._fold))
        _show_in_tone(self._value, _role(fact), _clearance_tone(panel) if fact.label == CLEARANCE else "")
        self._value.setText(fact.value)
        self._detail.setText(fact.detail)
        # Under their values, empty details keep the values of all boxes on one line.
        self._detail.setVisible(bool(fact.detail) or self._fold is Fold.DETAILS)


def _clearance_tone(panel: MeasurePanel) -> str:
    match panel.row.clearance.state:
        case ClearanceState.CLEARED:
            return "improving"
        case ClearanceState.EMBARGOED:
            return "embargoed"
    return "same"


class StatusBox(QWidget):
    """The status of a measure: mark and word over the link to its working and the short reason."""

    why_wanted = Signal()

    def __init__(self, appearance: Appearance, strip: QWidget) -> None:
        super().__init__(strip)
        self._appearance = appearance
        column = framed(self)
        self._shape, self._word = QLabel(self), value_label(self, "section")
        column.addLayout(_line((self._shape, self._word), 7))
        self._why = QPushButton("Why?", self)
        self._why.setProperty("kind", "link")
        self._why.setProperty("inline", "true")
        self._why.setToolTip("W")
        self._why.clicked.connect(self.why_wanted)
        key = QLabel("W", self)
        key.setProperty("key", "true")
        key.setProperty("role", "caption")
        key.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._by_hand, self._reason = QLabel(self), value_label(self, "caption", "second")
        column.addLayout(_line((self._why, key, self._by_hand, self._reason), 4))

    def show_status(self, panel: MeasurePanel) -> None:
        """Show the status of `panel`, with a pencil where it was set by hand."""
        status, assessment, theme = panel.row.status, panel.row.assessment, self._appearance.theme
        self.setAccessibleName(status.word)
        self._shape.setPixmap(status_pixmap(status.mark, MARK, theme, self.devicePixelRatioF()))
        _show_in_tone(self._word, "section", TONES[status.mark])
        self._word.setText(status.word)
        self._why.setAccessibleName(f"Why “{status.word}”?")
        self._by_hand.setVisible(assessment.override is not None)
        if assessment.override is not None:
            self._by_hand.setPixmap(pixmap("pencil", theme.text2, 12, self.devicePixelRatioF()))
        # What no clear change could be is said by Why? beside the strip, which has no room for it.
        reason = "" if status is Status.NO_CLEAR_CHANGE else assessment.short_reason
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))

    def clear(self) -> None:
        """Let go of the status."""
        self._shape.clear()
        for named in (self, self._why):
            named.setAccessibleName("")
        for label in (self._word, self._reason):
            label.setText("")


def _line(parts: tuple[QWidget, ...], spacing: int) -> QHBoxLayout:
    """Parts side by side at the left."""
    line = QHBoxLayout()
    line.setSpacing(spacing)
    for part in parts:
        line.addWidget(part)
    line.addStretch(1)
    return line


def _show_in_tone(label: QLabel, role: str, tone: str) -> None:
    """Give a label the look of another role and tone, where it has not got it."""
    if (role, tone) != (label.property("role"), label.property("tone")):
        label.setProperty("role", role)
        label.setProperty("tone", tone)
        label.style().unpolish(label)
        label.style().polish(label)


def _facts_of(panel: MeasurePanel) -> tuple[HeadlineFact, ...]:
    """The facts of a measure, its clearance among them."""
    if any(fact.label == CLEARANCE for fact in panel.facts):
        return panel.facts
    return (*panel.facts, HeadlineFact(CLEARANCE, panel.row.clearance.words))


class FactsStrip(QFrame):
    """Shows the status and the facts of one measure."""

    why_wanted = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._panel: MeasurePanel | None = None
        self._status = StatusBox(appearance, self)
        self._status.why_wanted.connect(self.why_wanted)
        self._boxes: list[FactBox] = []
        self._scale, self._fold = 0, Fold.FLAT
        self.setProperty("card", "true")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self._status)
        appearance.changed.connect(self._again)

    def show_panel(self, panel: MeasurePanel) -> None:
        """Show the status and facts of a measure."""
        self._panel = panel
        self._status.show_status(panel)
        facts, fold = _facts_of(panel), self._fold_for(panel)
        if fold is self._fold and self._takes_over(panel, facts):
            return
        self._fold = fold
        self._clear_boxes()
        for fact in facts:
            box = FactBox(self._appearance, self, fold)
            box.show_fact(fact, panel)
            self._boxes.append(box)
            self._row.addWidget(self._divider())
            self._row.addWidget(box)
        self._scale = self._appearance.text_scale
        self._share_out()

    def clear(self) -> None:
        """Let go of the status and of every fact."""
        self._panel = None
        self._status.clear()
        self._clear_boxes()

    def _clear_boxes(self) -> None:
        self._boxes = []
        while (item := self._row.takeAt(1)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _takes_over(self, panel: MeasurePanel, facts: tuple[HeadlineFact, ...]) -> bool:
        """Give the boxes that stand other words, where there are as many; making them anew is slow."""
        same_size = self._scale == self._appearance.text_scale
        if not self._boxes or len(self._boxes) != len(facts) or not same_size:
            return False
        for box, fact in zip(self._boxes, facts, strict=True):
            box.show_fact(fact, panel)
        self._share_out()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._panel is not None and self._fold_for(self._panel) is not self._fold:
            self.show_panel(self._panel)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the most folded facts, or a wide window could not be made narrow again."""
        hint = super().minimumSizeHint()
        return hint if self._panel is None else QSize(self._width(self._panel, Fold.DETAILS), hint.height())

    def _fold_for(self, panel: MeasurePanel) -> Fold:
        """The least fold in which no words are cut; the largest where even that has too little room."""
        return next((fold for fold in Fold if self._width(panel, fold) <= self._room), Fold.DETAILS)

    @property
    def _room(self) -> int:
        """The strip's width; until it is laid out, what its page will give it: folding again moves every chart."""
        page = self.parentWidget()
        layout = page.layout() if page is not None else None
        if page is None or layout is None or self.isVisible():
            return self.width()
        margins = layout.contentsMargins()
        return page.width() - margins.left() - margins.right()

    def _width(self, panel: MeasurePanel, fold: Fold) -> int:
        """The pixels that the status and every fact of `panel` need."""
        needed = [DIVIDER + width_needed(self._appearance, fact, fold) for fact in _facts_of(panel)]
        return self._status.sizeHint().width() + sum(needed)

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
        line = QFrame(self)
        line.setProperty("line", "true")
        line.setFixedWidth(DIVIDER)
        return line
