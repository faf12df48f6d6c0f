"""The switch between two audiences: working and public view, or the public and the restricted pack."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from pcp_desktop.desktop import icons
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.clearance import Audience

VIEWS = {Audience.WORKING: "Working view", Audience.PUBLIC: "Public view"}
PACKS = {Audience.PUBLIC: "Public", Audience.RESTRICTED: "Restricted"}
_ICONS = {Audience.WORKING: "eye", Audience.RESTRICTED: "lock"}


class AudienceSwitch(QWidget):
    """Two buttons side by side, one of them checked; `chosen` gives the Audience that the person wants."""

    chosen = Signal(object)

    def __init__(
        self, appearance: Appearance, words: Mapping[Audience, str] = VIEWS, tip: str = "Ctrl+Shift+P changes it"
    ) -> None:
        super().__init__()
        self._appearance = appearance
        self._buttons: dict[Audience, QToolButton] = {}
        self._shown = Audience.WORKING
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for (audience, name), segment in zip(words.items(), ("first", "last"), strict=True):
            button = QToolButton()
            button.setText(f" {name}" if audience in _ICONS else name)  # room after the icon
            button.setAccessibleName(name)
            button.setCheckable(True)
            button.setProperty("control", True)
            button.setProperty("segment", segment)
            button.setToolTip(f"{name} ({tip})")
            button.setToolButtonStyle(button.toolButtonStyle().ToolButtonTextBesideIcon)
            button.clicked.connect(lambda _checked=False, audience=audience: self._choose(audience))
            row.addWidget(button)
            self._buttons[audience] = button
        appearance.changed.connect(self._dress)
        self._dress()

    def buttons(self) -> tuple[QToolButton, ...]:
        """The two buttons from left to right."""
        return tuple(self._buttons.values())

    def show_audience(self, audience: Audience) -> None:
        """Mark the audience whose view is shown."""
        # Not a button group: that takes the button which is not checked out of the Tab key's way.
        self._shown = audience
        for each, button in self._buttons.items():
            button.setChecked(each is audience)

    def _choose(self, audience: Audience) -> None:
        self.show_audience(self._shown)  # until the page of the other audience has come
        self.chosen.emit(audience)

    def _dress(self) -> None:
        size = self._appearance.px(16)
        for audience, button in self._buttons.items():
            if audience in _ICONS:
                button.setIcon(icons.icon(_ICONS[audience], self._appearance.theme.text, size=size))
                button.setIconSize(QSize(size, size))
