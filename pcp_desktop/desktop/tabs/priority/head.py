"""The head of a priority's page: its title and chips, the list of its measures, and what is done with them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from pcp_desktop.desktop.elided_label import ElidedLabel
from pcp_desktop.desktop.icons import paint_icon
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.pages import MeasurePanel, PriorityPage

NUMBERED = "SP"
CHIP_EDGES = 16
MOST_TITLE, MOST_MEASURE = 480, 230  # px at a text size of 100 %


class PriorityHead(QWidget):
    """Says which priority and measure are on show, and lets another measure be chosen; `buttons` stand beside it."""

    measure_chosen = Signal(int)

    def __init__(self, appearance: Appearance, buttons: tuple[QWidget, ...]) -> None:
        super().__init__()
        self._appearance = appearance
        self.measures = MeasureBox(appearance)
        self.title, self.subtitle = ElidedLabel(), ElidedLabel()
        self._polarity, self._organisation = QLabel(), ElidedLabel(CHIP_EDGES)
        self._lay_out(buttons)
        self.measures.activated.connect(self.measure_chosen)
        appearance.changed.connect(self._dress)
        self._dress()

    def _lay_out(self, buttons: tuple[QWidget, ...]) -> None:
        self.title.setProperty("role", "title")
        self.subtitle.setProperty("tone", "third")
        first = QHBoxLayout()
        first.setSpacing(10)
        first.addWidget(self.title)
        for chip in (self._polarity, self._organisation):
            chip.setProperty("chip", "true")
            chip.setProperty("role", "caption")
            first.addWidget(chip)
        self._polarity.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        first.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addLayout(first)
        words.addWidget(self.subtitle)
        self.measures.setAccessibleName("Measure")
        self.measures.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(words, 1)
        for part in (self.measures, *buttons):
            row.addWidget(part)

    def show_page(self, page: PriorityPage, at: int) -> None:
        """Say which priority is on show, and offer its measures, the one at place `at` as the current one."""
        self.measures.clear()
        for panel in page.measures:
            self.measures.addItem(_measure_words(panel, page), panel.row.measure)
        self.measures.setVisible(len(page.measures) > 1)
        self.measures.setCurrentIndex(at)
        number = page.code.removeprefix(NUMBERED)
        named = page.title.startswith("Strategic Priority") or not number.isdigit()
        self.subtitle.show_text(page.title if named else f"Strategic Priority {number}: {page.title}")

    def show_panel(self, panel: MeasurePanel) -> None:
        """Say which measure is on show, which way it is good and whose it is."""
        self.title.show_text(panel.row.label)
        self.title.setMinimumWidth(min(self.title.sizeHint().width(), self._appearance.px(MOST_TITLE)))
        self._polarity.setText(panel.polarity)
        self._polarity.setVisible(bool(panel.polarity))
        self._organisation.show_text(panel.organisation)
        self._organisation.setVisible(bool(panel.organisation))

    @Slot()
    def _dress(self) -> None:
        self.measures.setMaximumWidth(self._appearance.px(MOST_MEASURE))
        self.subtitle.setFont(self._appearance.font("body"))


class MeasureBox(QComboBox):
    """A list of measures with the chevron that says it opens."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        field = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        # The style cuts a text that is too long; a reader should see that it goes on.
        shown = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, field.width() - 4)
        option.currentText = shown
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        self.setToolTip(self.currentText() if shown != self.currentText() else "")
        square = QRectF(self.width() - 24, self.height() / 2 - 7, 14, 14)
        paint_icon(painter, square, "chevron-down", self._appearance.theme.text2)


def _measure_words(panel: MeasurePanel, page: PriorityPage) -> str:
    """A measure's entry: its label, with its area where the page has the label more than once."""
    same = [other for other in page.measures if other.row.label == panel.row.label]
    return f"{panel.row.label}, {panel.row.area}" if len(same) > 1 and panel.row.area else panel.row.label
