"""The Packs page's head: title, scope, the switch between the packs, Draft PDF and Publish with what is to fix."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton

from pcp_desktop.desktop import icons
from pcp_desktop.desktop.audience_switch import PACKS, AudienceSwitch
from pcp_desktop.desktop.tab import PageHead
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.formats import counted
from pcp_desktop.domain.packs import PackPage, Standing
from pcp_desktop.domain.periods import WEEKDAY_NAMES, in_words


class PublishButton(QPushButton):
    """ "Publish…" with a chip that counts what is to fix; it can always be pressed."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._shape, self._words, self._chip = QLabel(), QLabel("Publish…"), QLabel()
        self._chip.setObjectName("toFix")
        self._chip.setProperty("role", "caption_strong")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 0, 8, 0)
        self._row.setSpacing(8)
        for label in (self._shape, self._words, self._chip):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._row.addWidget(label, alignment=Qt.AlignmentFlag.AlignVCenter)
        self.show_count(0)
        appearance.changed.connect(self._dress)

    def show_count(self, stops: int) -> None:
        """Show how many things are to fix before it can be published."""
        self._chip.setVisible(bool(stops))
        self._chip.setText(f"{stops} to fix")
        self.setAccessibleName(f"Publish…, {stops} to fix" if stops else "Publish…")
        self._dress()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(self._row.sizeHint().width() + 4, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _dress(self) -> None:
        theme = self._appearance.theme
        self._shape.setPixmap(
            icons.pixmap("badge-check", theme.text, self._appearance.px(16), self.devicePixelRatioF())
        )
        self._chip.setStyleSheet(
            f"#toFix {{ background: {theme.det_soft.name()}; color: {theme.det_text.name()}; border-radius: 3px;"
            f" border: 1px solid {(theme.det if theme.outlined else theme.det_soft).name()}; padding: 1px 6px; }}"
        )


class PackHead(PageHead):
    """The head with its actions."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__("Packs")
        self._appearance = appearance
        self.switch = AudienceSwitch(appearance, PACKS, "the version that is shown")
        self.draft_button = QPushButton()
        self.draft_button.setToolTip("Ctrl+P")
        self.publish_button = PublishButton(appearance)
        for widget in (self.switch, self.draft_button, self.publish_button):
            self.buttons.addWidget(widget)
            widget.hide()
        appearance.changed.connect(self._dress)
        self._dress()

    def show_none(self, period: str) -> None:
        """No meeting looks at the quarter."""
        self.title.setText("Packs")
        self.scope.show_text(period)
        for widget in (self.switch, self.draft_button, self.publish_button):
            widget.hide()

    def show_page(self, page: PackPage) -> None:
        """Say which meeting's pack this is."""
        meeting = page.meeting
        self.title.setText(f"Pack, {in_words(meeting.day)}")
        pages = f" · {counted(len(page.page_numbers), 'page')}" if page.built else ""
        self.scope.show_text(f"{WEEKDAY_NAMES[meeting.day.weekday()]} {meeting.time}, {meeting.place}{pages}")
        published = page.published is not None
        for widget in (self.switch, self.draft_button):
            widget.show()
        self.publish_button.setVisible(not published)
        self.switch.show_audience(page.audience)
        words = "Save PDF…" if published else "Draft PDF…"
        self.draft_button.setText(f"  {words}")
        self.draft_button.setAccessibleName(words)
        self.publish_button.show_count(page.counted(Standing.STOPS))

    def _dress(self) -> None:
        self.draft_button.setIcon(icons.icon("printer", self._appearance.theme.text, self._appearance.theme.text3))
