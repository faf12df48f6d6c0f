"""The person's settings: each declared once with its type and default; where they are kept is handed in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from pcp_desktop.desktop.theme import CONTRAST, DARK, LIGHT, SYSTEM, THEME_NAMES


class Settings:
    """Reads and writes the settings in a QSettings store that `app` opens."""

    def __init__(self, store: QSettings) -> None:
        self._store = store

    @property
    def theme(self) -> str:
        """ "system", "light", "dark" or "contrast"; the system's at first."""
        kept = str(self._store.value("theme", SYSTEM))
        return kept if kept in (SYSTEM, LIGHT, DARK, CONTRAST) else SYSTEM

    @theme.setter
    def theme(self, name: str) -> None:
        self._store.setValue("theme", name)

    @property
    def meeting_theme(self) -> str:
        """The meeting view's theme: "light" at first, whatever the window's."""
        kept = str(self._store.value("meeting_theme", LIGHT))
        return kept if kept in THEME_NAMES else LIGHT

    @meeting_theme.setter
    def meeting_theme(self, name: str) -> None:
        self._store.setValue("meeting_theme", name)

    @property
    def text_scale(self) -> int:
        """The size of text in percent, 90 to 150; 100 at first."""
        kept = str(self._store.value("text_scale", "100"))
        return int(kept) if kept.isdigit() else 100

    @text_scale.setter
    def text_scale(self, percent: int) -> None:
        self._store.setValue("text_scale", str(percent))

    @property
    def sidebar_folded(self) -> bool:
        """Whether the sidebar shows icons only; it does not at first."""
        return str(self._store.value("sidebar_folded", "no")) == "yes"

    @sidebar_folded.setter
    def sidebar_folded(self, folded: bool) -> None:
        self._store.setValue("sidebar_folded", "yes" if folded else "no")

    def pane_width(self, name: str) -> int:
        """The width in pixels that the person gave a side pane; 0 at first: it follows the window."""
        kept = str(self._store.value(f"panes/{name}", "0"))
        return int(kept) if kept.isdigit() else 0

    def keep_pane_width(self, name: str, width: int) -> None:
        """Keep the width of a side pane in pixels."""
        self._store.setValue(f"panes/{name}", str(width))

    @property
    def geometry(self) -> QByteArray:
        """The window's place and size; empty at first."""
        kept = self._store.value("geometry")
        return kept if isinstance(kept, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, place: QByteArray) -> None:
        self._store.setValue("geometry", place)

    @property
    def last_panel(self) -> Path | None:
        """The panel file that was open last; None at first."""
        kept = str(self._store.value("last_panel", ""))
        return Path(kept) if kept else None

    @last_panel.setter
    def last_panel(self, path: Path | None) -> None:
        self._store.setValue("last_panel", str(path) if path else "")
