"""The colours, type sizes and palette of the window; the only module that holds a colour's value."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from pcp_desktop.desktop.style_sheet import style_sheet
from pcp_desktop.paths import resource

LIGHT, DARK, CONTRAST, SYSTEM = "light", "dark", "contrast", "system"
THEME_NAMES: Final = (LIGHT, DARK, CONTRAST)
STYLE: Final = "Fusion"
_STYLED = "styled_by_argument"
FONT_FAMILY: Final = "IBM Plex Sans"
_CUTS_AT_START = ("Regular", "SemiBold")  # Medium follows when it is first asked for; Italic is for the papers
_MEDIUM = 500

# One row a token: light, dark, high contrast.
_TOKENS: Final[dict[str, tuple[str, str, str]]] = {
    "window": ("#F3F5F7", "#12161B", "#000000"),
    "surface": ("#FFFFFF", "#1A2027", "#000000"),
    "sunken": ("#EAEEF1", "#0E1216", "#000000"),
    "sidebar": ("#E9EDF1", "#151A20", "#000000"),
    "select": ("#D5E5F4", "#21405F", "#003A80"),
    "hair": ("#D5DBE1", "#303943", "#FFFFFF"),
    "control": ("#75808B", "#7D8A97", "#FFFFFF"),
    "text": ("#14202B", "#EDF1F5", "#FFFFFF"),
    "text2": ("#3F4B57", "#C2CBD4", "#FFFFFF"),
    "text3": ("#586572", "#9FABB7", "#FFFFFF"),
    "accent": ("#17568F", "#74B4F2", "#FFE600"),
    "accent_hover": ("#0F3F6B", "#9CCBF7", "#FFFFFF"),
    "accent_soft": ("#E1ECF6", "#1D344B", "#000000"),
    "on_accent": ("#FFFFFF", "#0B1117", "#000000"),
    "focus": ("#17568F", "#9CCBF7", "#FFE600"),
    "imp": ("#00776C", "#3CCBB6", "#4DFFE0"),
    "imp_text": ("#005F57", "#62DBC8", "#4DFFE0"),
    "imp_soft": ("#DDF2EE", "#123632", "#000000"),
    "same": ("#B06A00", "#E5A63A", "#FFC24A"),
    "same_text": ("#7F4A00", "#F0B95A", "#FFC24A"),
    "same_soft": ("#FBF0DC", "#3A2B10", "#000000"),
    "det": ("#B4232F", "#FF7A76", "#FF9C9C"),
    "det_text": ("#9C1B27", "#FF9490", "#FF9C9C"),
    "det_soft": ("#FBE6E6", "#431D1F", "#000000"),
    "na": ("#66727E", "#97A3AF", "#FFFFFF"),
    "na_text": ("#4C5864", "#B4BEC8", "#FFFFFF"),
    "na_soft": ("#EDF0F3", "#262E36", "#000000"),
    "emb": ("#5C3E91", "#B79BEA", "#D9BFFF"),
    "emb_text": ("#4D327D", "#C7B1F0", "#D9BFFF"),
    "emb_soft": ("#EEE8F7", "#2D2343", "#000000"),
    "data": ("#12436D", "#8CC4F7", "#66D9FF"),
    "prior": ("#808B96", "#6C7986", "#BDBDBD"),
    "mean": ("#3F4B57", "#C2CBD4", "#FFFFFF"),
    "limit": ("#66727E", "#8996A3", "#FFFFFF"),
    "grid": ("#E3E8EC", "#28313A", "#6B6B6B"),
    "band": ("#EDF2F7", "#1F2832", "#000000"),
    "c2": ("#1B857C", "#4FC9BD", "#5CFFB0"),
    "c3": ("#801650", "#F08CC0", "#FFB0E0"),
    "c4": ("#C4500F", "#FF9D66", "#FFC24A"),
    "live": ("#E6EFF8", "#1D344B", "#000000"),
    "live_text": ("#0F3F6B", "#B5D8FA", "#66D9FF"),
    "sheet_title": ("#E9E4DB", "#37322A", "#000000"),
    "sheet_title_text": ("#33302A", "#E9E0D0", "#FFFFFF"),
    "sheet_measure": ("#E3E9F6", "#22304F", "#000000"),
    "sheet_measure_text": ("#1D2F66", "#C3D2F7", "#FFFFFF"),
    "sheet_period": ("#DDF2EE", "#143A36", "#000000"),
    "sheet_period_text": ("#0B4B45", "#9FE3D8", "#FFFFFF"),
    "sheet_total": ("#F1F2F4", "#262E36", "#000000"),
    "sheet_total_text": ("#4C5864", "#B4BEC8", "#FFFFFF"),
    "sheet_note": ("#F6F0FA", "#32273D", "#000000"),
    "sheet_note_text": ("#4B3A63", "#DCC8F0", "#FFFFFF"),
}

# Sizes in px before the text scale, and weights.
_FONTS: Final[dict[str, tuple[int, int]]] = {
    "title": (20, 600),
    "finding": (15, 600),
    "body": (13, 400),
    "medium": (13, 500),
    "section": (13, 600),
    "caption": (12, 400),
    "caption_strong": (12, 600),
    "big": (20, 600),
    "figure": (17, 600),
    "commentary": (14, 400),
    "welcome": (28, 600),
    "lead": (15, 400),
}
# The meeting view's own, in px on a screen of 1080 lines; nothing there is smaller than "least".
MEETING_FONTS: Final[dict[str, tuple[int, int]]] = {
    "meeting_title": (46, 600),
    "meeting_figure": (68, 600),
    "meeting_value": (40, 600),
    "meeting_status": (36, 600),
    "meeting_lead": (26, 400),
    "meeting_lead_strong": (26, 600),
    "meeting_body": (22, 400),
    "meeting_body_strong": (22, 600),
    "meeting_least": (18, 400),
    "meeting_least_strong": (18, 600),
}
SMALLEST_SCALE, LARGEST_SCALE = 90, 150
LARGE_TEXT = 125


@dataclass(frozen=True, eq=False, repr=False, match_args=False)  # what nobody uses is not made at start
class Theme:
    """One set of colours, by token name."""

    name: str
    window: QColor
    surface: QColor
    sunken: QColor
    sidebar: QColor
    select: QColor
    hair: QColor
    control: QColor
    text: QColor
    text2: QColor
    text3: QColor
    accent: QColor
    accent_hover: QColor
    accent_soft: QColor
    on_accent: QColor
    focus: QColor
    imp: QColor
    imp_text: QColor
    imp_soft: QColor
    same: QColor
    same_text: QColor
    same_soft: QColor
    det: QColor
    det_text: QColor
    det_soft: QColor
    na: QColor
    na_text: QColor
    na_soft: QColor
    emb: QColor
    emb_text: QColor
    emb_soft: QColor
    data: QColor
    prior: QColor
    mean: QColor
    limit: QColor
    grid: QColor
    band: QColor
    c2: QColor
    c3: QColor
    c4: QColor
    live: QColor
    live_text: QColor
    sheet_title: QColor
    sheet_title_text: QColor
    sheet_measure: QColor
    sheet_measure_text: QColor
    sheet_period: QColor
    sheet_period_text: QColor
    sheet_total: QColor
    sheet_total_text: QColor
    sheet_note: QColor
    sheet_note_text: QColor

    @classmethod
    def named(cls, name: str) -> Theme:
        """The theme "light", "dark" or "contrast"; ValueError for any other name."""
        column = THEME_NAMES.index(name)
        return cls(name=name, **{token: QColor(values[column]) for token, values in _TOKENS.items()})

    @property
    def outlined(self) -> bool:
        """Whether soft fills are replaced by outlines (high contrast)."""
        return self.name == CONTRAST

    def tokens(self) -> dict[str, str]:
        """Every token with its value as `#rrggbb`, for the style sheet."""
        return {field.name: getattr(self, field.name).name() for field in fields(self) if field.name != "name"}


def make_application(arguments: list[str]) -> QApplication:
    """The application in the style that the palette is made for.

    The style is asked for by argument: setting it later loads all of Qt's style enumerations before the first window.
    """
    application = QApplication([*arguments, "-style", STYLE])
    application.setProperty(_STYLED, True)
    return application


class Appearance(QObject):
    """The theme, fonts and text scale in use; tells who draws by hand when they change.

    `choice` is "system", "light", "dark" or "contrast"; "system" follows the colour scheme and the contrast
    preference of the desktop. `text_scale` is in percent, 90 to 150.
    """

    changed = Signal()

    def __init__(self, choice: str = SYSTEM, text_scale: int = 100, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice = choice
        self._text_scale = _within_scale(text_scale)
        self.theme = Theme.named(self._wanted())
        self._application: QApplication | None = None

    @property
    def choice(self) -> str:
        """What the person chose: "system" or a theme's name."""
        return self._choice

    @property
    def text_scale(self) -> int:
        """The size of all text in percent."""
        return self._text_scale

    @property
    def large_text(self) -> bool:
        """Whether text is so large that what stands side by side no longer fits: from 125 percent."""
        return self._text_scale >= LARGE_TEXT

    def choose(self, choice: str) -> None:
        """Take "system" or a theme's name."""
        if choice != self._choice:
            self._choice = choice
            self._refresh()

    def scale_text(self, percent: int) -> None:
        """Set the size of all text, kept within 90 to 150 percent."""
        if _within_scale(percent) != self._text_scale:
            self._text_scale = _within_scale(percent)
            self._refresh(even_if_same=True)

    def apply(self, application: QApplication) -> None:
        """Dress the whole application, and follow the system from now on."""
        for cut in _CUTS_AT_START:
            _load(cut)
        self._application = application
        if not application.property(_STYLED):
            application.setStyle(STYLE)
        hints = application.styleHints()
        hints.colorSchemeChanged.connect(self._follow_system)
        hints.accessibility().contrastPreferenceChanged.connect(self._follow_system)
        self._dress()

    def px(self, size: float) -> int:
        """A length in px times the text scale."""
        return round(size * self._text_scale / 100)

    def font(self, role: str) -> QFont:
        """The font of a role ("title", "finding", "body", "medium", "section", "caption", "big", "figure", …)."""
        size, weight = _FONTS[role]
        if weight == _MEDIUM:
            _load("Medium")
        font = QFont(FONT_FAMILY)
        font.setPixelSize(self.px(size))
        font.setWeight(QFont.Weight(weight))
        return font

    def _wanted(self) -> str:
        if self._choice != SYSTEM:
            return self._choice
        application = QGuiApplication.instance()
        if not isinstance(application, QGuiApplication):
            return LIGHT
        hints = application.styleHints()
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            return CONTRAST
        return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT

    def _follow_system(self) -> None:
        if self._choice == SYSTEM:
            self._refresh()

    def _refresh(self, even_if_same: bool = False) -> None:
        name = self._wanted()
        if name == self.theme.name and not even_if_same:
            return
        self.theme = Theme.named(name)
        self._dress()
        self.changed.emit()

    def _dress(self) -> None:
        if self._application is None:
            return
        self._application.setPalette(palette(self.theme))
        self._application.setFont(self.font("body"))
        sizes = {role: (self.px(size), weight) for role, (size, weight) in _FONTS.items()}
        self._application.setStyleSheet(style_sheet(self.theme.tokens(), sizes, self.px))


@cache
def _load(cut: str) -> int:
    return QFontDatabase.addApplicationFont(str(resource(f"fonts/IBMPlexSans-{cut}.ttf")))


def palette(theme: Theme) -> QPalette:
    """The Qt palette of a theme."""
    made = QPalette()
    role = QPalette.ColorRole
    for colour, roles in (
        (theme.window, (role.Window,)),
        (theme.surface, (role.Base, role.Button, role.Light, role.Midlight)),
        (theme.sunken, (role.AlternateBase,)),
        (theme.text, (role.WindowText, role.Text, role.ButtonText, role.BrightText, role.ToolTipText)),
        (theme.text3, (role.PlaceholderText,)),
        (theme.surface, (role.ToolTipBase,)),
        (theme.select, (role.Highlight,)),
        (theme.text, (role.HighlightedText,)),
        (theme.accent, (role.Link, role.LinkVisited, role.Accent)),
        (theme.hair, (role.Mid, role.Dark)),
        (theme.control, (role.Shadow,)),
    ):
        for each in roles:
            made.setColor(each, colour)
    for each in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, each, theme.text3)
    return made


def _within_scale(percent: int) -> int:
    return max(SMALLEST_SCALE, min(LARGEST_SCALE, percent))
