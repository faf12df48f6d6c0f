"""The overview's filters: a button for each status with its count, the themes, and words."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QLineEdit, QWidget

from pcp_desktop.desktop import icons
from pcp_desktop.desktop.choice_box import ChoiceBox
from pcp_desktop.desktop.tabs.overview.model import Filter
from pcp_desktop.desktop.tabs.overview.summary_button import SummaryButton
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.pages import OverviewPage
from pcp_desktop.domain.status import Status

ALL_THEMES = "All themes"
LARGE_TEXT = 125  # percent


class OverviewFilters(QWidget):
    """Signal: `changed` when `wanted` is another Filter."""

    changed = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.summary: dict[Status, SummaryButton] = {}
        self.theme = ChoiceBox()
        self.theme.setAccessibleName("Theme")
        self.theme.addItem(ALL_THEMES)
        self.words = QLineEdit()
        self.words.setPlaceholderText("Filter measures")
        self.words.setToolTip("Filter measures by words (Ctrl+F)")
        self.words.setAccessibleName("Filter measures by words")
        self.words.setClearButtonEnabled(True)
        self._search = QAction(icons.icon("search", appearance.theme.text2), "", self.words)
        self.words.addAction(self._search, QLineEdit.ActionPosition.LeadingPosition)
        self._scope = QLabel()
        self._scope.setProperty("role", "caption")
        self._scope.setProperty("tone", "third")
        self._lay_out()
        self.theme.currentIndexChanged.connect(self.changed)
        self.words.textChanged.connect(self.changed)
        appearance.changed.connect(self._dress)
        self._dress()

    @property
    def wanted(self) -> Filter:
        """What the person asks for."""
        theme = self.theme.currentText()
        chosen = frozenset(status for status, button in self.summary.items() if button.isChecked())
        return Filter(chosen, "" if theme == ALL_THEMES else theme, self.words.text())

    def in_order(self) -> tuple[QWidget, ...]:
        """What takes the focus, in the order of reading."""
        return (*self.summary.values(), self.theme, self.words)

    def show_page(self, page: OverviewPage) -> None:
        """Offer the themes of a page and say its scope."""
        self._scope.setText(page.scope.replace(", ", ",\n"))
        wanted = [ALL_THEMES, *(theme.theme for theme in page.themes)]
        if [self.theme.itemText(place) for place in range(self.theme.count())] != wanted:
            self.theme.blockSignals(True)
            self.theme.clear()
            self.theme.addItems(wanted)
            self.theme.blockSignals(False)

    def count(self, counts: dict[Status, int]) -> None:
        """Show how many measures have each status."""
        for status, measures in counts.items():
            button = self.summary.get(status)
            if button is None:
                button = SummaryButton(status, self._appearance)
                button.toggled.connect(self.changed)
                self.summary[status] = button
                self._summary_row.addWidget(button)
            button.count(measures)

    def _lay_out(self) -> None:
        self._summary_row = QHBoxLayout()
        self._summary_row.setSpacing(8)
        right = QHBoxLayout()
        right.setSpacing(8)
        right.addWidget(self._scope)
        right.addWidget(self.theme)
        right.addWidget(self.words)
        self._parts = QHBoxLayout(self)
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.setSpacing(8)
        self._parts.addLayout(self._summary_row)
        self._parts.addStretch(1)
        self._parts.addLayout(right)

    def _dress(self) -> None:
        """Sizes and icons that follow the theme and the text scale; large text makes two lines."""
        px = self._appearance.px
        large = self._appearance.text_scale >= LARGE_TEXT
        self._parts.setDirection(QBoxLayout.Direction.TopToBottom if large else QBoxLayout.Direction.LeftToRight)
        self._summary_row.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.words.setMinimumWidth(px(120))
        self.words.setMaximumWidth(px(210))
        self.theme.setFixedWidth(px(130))
        self.theme.view().setMinimumWidth(px(320))
        self._search.setIcon(icons.icon("search", self._appearance.theme.text2))
        for button in self.summary.values():
            button.updateGeometry()
            button.update()
