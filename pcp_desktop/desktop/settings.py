"""The person's settings, each declared once with its kind, default and description; where they are kept is given."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Generic, TypeVar, overload

from PySide6.QtCore import QByteArray, QSettings

from pcp_desktop.desktop.theme import CONTRAST, DARK, LARGEST_SCALE, LIGHT, SMALLEST_SCALE, SYSTEM

T = TypeVar("T")
MOST_RECENT = 8
_BETWEEN = "\n"  # recent files are kept as lines


class Setting(Generic[T]):
    """One setting of `Settings`: read from it like an attribute, and kept when it is given a value.

    `words` name it for the person and `description` says what it does; `choices` are the only values it takes, with
    their words. What cannot be read as a value of its kind is taken for the default.
    """

    def __init__(
        self,
        default: T,
        words: str,
        description: str,
        kind: Kind[T],
        choices: dict[T, str] | None = None,
    ) -> None:
        self.default, self.words, self.description = default, words, description
        self.kind, self.choices = kind, choices or {}
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, settings: None, owner: type) -> Setting[T]: ...
    @overload
    def __get__(self, settings: Settings, owner: type) -> T: ...
    def __get__(self, settings: Settings | None, owner: type) -> Setting[T] | T:
        if settings is None:
            return self
        kept = settings.store.value(self.name)
        try:
            found = self.default if kept is None else self.kind.read(kept)
        except ValueError:
            return self.default
        return self.default if self.choices and found not in self.choices else found

    def __set__(self, settings: Settings, value: T) -> None:
        settings.store.setValue(self.name, self.kind.write(value))


class Kind(Generic[T]):
    """How values of a setting are read from what is kept and written to it; `read` may raise ValueError."""

    def __init__(self, read: Callable[[Any], T], write: Callable[[T], Any]) -> None:
        self.read, self.write = read, write


def _truth(kept: object) -> bool:
    if kept not in ("yes", "no"):
        raise ValueError(kept)
    return kept == "yes"


def _bytes(kept: object) -> QByteArray:
    if not isinstance(kept, QByteArray):
        raise ValueError(kept)
    return kept


_WORD: Kind[str] = Kind(str, str)
_PERCENT: Kind[int] = Kind(lambda kept: max(SMALLEST_SCALE, min(LARGEST_SCALE, int(str(kept)))), str)
_TRUTH: Kind[bool] = Kind(_truth, lambda value: "yes" if value else "no")
_BYTES: Kind[QByteArray] = Kind(_bytes, lambda value: value)
_PATH: Kind[Path | None] = Kind(
    lambda kept: Path(str(kept)) if kept else None, lambda path: str(path) if path else ""
)
_PATHS: Kind[tuple[Path, ...]] = Kind(
    lambda kept: tuple(Path(line) for line in str(kept).split(_BETWEEN) if line),
    lambda paths: _BETWEEN.join(str(path) for path in paths),
)
_THEMES = {LIGHT: "Light", DARK: "Dark", CONTRAST: "High contrast"}


class Settings:
    """Reads and writes the settings in a QSettings store that `app` opens."""

    theme = Setting(SYSTEM, "Theme", "The colours of the window.", _WORD, {SYSTEM: "As the system is set", **_THEMES})
    text_scale = Setting(
        100,
        "Text size",
        "From 125% the sidebar folds, and what stands beside a table or chart takes its place in turn.",
        _PERCENT,
    )
    meeting_theme = Setting(
        LIGHT, "Meeting view theme", "The colours on the screen of the room, whatever the window’s.", _WORD, _THEMES
    )
    sidebar_folded = Setting(False, "Fold the sidebar to icons", "Folded anyway from 125% text size.", _TRUTH)
    menu_bar_kept = Setting(False, "Keep the menu bar in view", "Otherwise Alt or F10 shows it.", _TRUTH)
    letter_keys = Setting(
        True,
        "Single letters are keys",
        "W, T, J and others act while a list, table or chart has the keyboard.",
        _TRUTH,
    )
    changed_keys = Setting("", "Changed keys", "Keys that are not as shipped, a line each.", _WORD)
    geometry = Setting(QByteArray(), "Window", "Its place and size when it was closed.", _BYTES)
    last_panel = Setting(None, "Last panel file", "Opened again at start.", _PATH)
    last_page = Setting("overview", "Last page", "Shown again when the last panel file is opened again.", _WORD)
    last_priority = Setting("", "Last priority", "Shown again with its page.", _WORD)
    recent_panels: Setting[tuple[Path, ...]] = Setting(
        (), "Recent panel files", "The newest first, in the File menu and on the first page.", _PATHS
    )

    def __init__(self, store: QSettings) -> None:
        self.store = store

    @classmethod
    def declared(cls) -> tuple[Setting[Any], ...]:
        """Every setting, in order."""
        return tuple(each for each in vars(cls).values() if isinstance(each, Setting))

    def remember(self, panel: Path) -> None:
        """Take a panel file as the last and the most recent one."""
        self.last_panel = panel
        others = [path for path in self.recent_panels if path != panel]
        self.recent_panels = (panel, *others)[:MOST_RECENT]

    def pane_width(self, name: str) -> int:
        """The width in pixels that the person gave a side pane; 0 at first: it follows the window."""
        kept = str(self.store.value(f"panes/{name}", "0"))
        return int(kept) if kept.isdigit() else 0

    def keep_pane_width(self, name: str, width: int) -> None:
        """Keep the width of a side pane in pixels."""
        self.store.setValue(f"panes/{name}", str(width))
