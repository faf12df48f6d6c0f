"""The colours: every pair of the design's table keeps its contrast in every theme."""

from __future__ import annotations

import math
from dataclasses import fields

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from pcp_desktop.desktop.theme import THEME_NAMES, Appearance, Theme

GROUNDS = ("window", "surface", "sunken", "sidebar", "select")
TEXT, MARK = 4.5, 3.0
# The design's table: for each token its kind, and for light, dark and high contrast the contrast on surface with, in
# brackets there, the lowest on any ground; None where the table states no figure.
Stated = tuple[float | None, float | None]
TABLE: dict[str, tuple[float, Stated, Stated, Stated]] = {
    "control": (MARK, (4.0, 3.1), (4.7, 3.0), (21, None)),
    "text": (TEXT, (16.5, 12.9), (14.5, 9.4), (21, 11.0)),
    "text2": (TEXT, (8.9, 6.9), (10.0, 6.5), (None, None)),
    "text3": (TEXT, (6.0, 4.6), (7.0, 4.6), (None, None)),
    "accent": (TEXT, (7.6, 5.9), (7.5, 4.9), (16.6, 8.6)),
    "accent_hover": (TEXT, (None, None), (None, None), (None, None)),
    "focus": (MARK, (None, None), (9.6, 6.3), (None, None)),
    "imp": (MARK, (5.4, 4.2), (8.1, None), (16.7, 8.7)),
    "imp_text": (TEXT, (7.6, 5.9), (9.8, None), (16.7, 8.7)),
    "same": (MARK, (4.3, 3.3), (7.7, None), (13.1, 6.8)),
    "same_text": (TEXT, (7.3, 5.7), (9.2, None), (13.1, 6.8)),
    "det": (MARK, (6.5, 5.1), (6.5, None), (10.5, 5.5)),
    "det_text": (TEXT, (8.1, 6.3), (7.7, None), (10.5, 5.5)),
    "na": (MARK, (4.9, 3.8), (6.4, None), (None, None)),
    "na_text": (TEXT, (7.3, 5.7), (8.7, None), (None, None)),
    "emb": (MARK, (8.2, 6.4), (6.9, None), (12.8, None)),
    "emb_text": (TEXT, (10.2, None), (8.6, None), (12.8, None)),
}
# On surface only: the ink of charts.
ON_SURFACE: dict[str, tuple[float | None, float | None, float | None]] = {
    "data": (10.2, 8.9, None),
    "prior": (3.5, 3.7, None),
    "mean": (None, None, None),
    "limit": (4.9, 5.4, None),
    "c2": (None, None, None),
    "c3": (None, None, None),
    "c4": (None, None, None),
}
REGIONS = ("title", "measure", "period", "total", "note")
# Text on a fill of its own: the least, and what the table states.
ON_FILL: dict[tuple[str, str], tuple[float, tuple[float | None, float | None, float | None]]] = {
    ("on_accent", "accent"): (TEXT, (7.6, 8.6, 16.6)),
    ("imp_text", "imp_soft"): (6.4, (None, None, None)),
    ("same_text", "same_soft"): (6.4, (None, None, None)),
    ("det_text", "det_soft"): (6.4, (None, None, None)),
    ("na_text", "na_soft"): (6.4, (None, None, None)),
    ("emb_text", "emb_soft"): (6.4, (None, None, None)),
    ("live_text", "live"): (6.4, (9.3, 8.6, None)),
    **{(f"sheet_{each}_text", f"sheet_{each}"): (6.4, (None, None, None)) for each in REGIONS},
    ("accent", "accent_soft"): (TEXT, (None, None, None)),
    ("text", "accent_soft"): (TEXT, (None, None, None)),
}
ROUNDING = 0.06  # the table states one decimal, cut or rounded
DIFFERENT = 20.0  # CIE 1976 colour difference
# Machado, Oliveira and Fernandes (2009), table 1, severity 1.0, for linear light.
SIGHT = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}


def linear(colour: QColor) -> tuple[float, float, float]:
    """Red, green and blue as light, after WCAG 2.2."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return red, green, blue


def luminance(colour: QColor) -> float:
    """Relative luminance after WCAG 2.2."""
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio of two colours after WCAG 2.2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lab(light: tuple[float, float, float]) -> tuple[float, float, float]:
    """CIE L*a*b* of linear light, for the white of sRGB (D65)."""
    red, green, blue = light
    x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883
    fx, fy, fz = (part ** (1 / 3) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116 for part in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def seen(colour: QColor, sight: str) -> tuple[float, float, float]:
    """A colour as it is seen with a colour vision deficiency, in L*a*b*."""
    light = linear(colour)
    rows = [sum(weight * part for weight, part in zip(row, light, strict=True)) for row in SIGHT[sight]]
    red, green, blue = (min(max(part, 0.0), 1.0) for part in rows)
    return lab((red, green, blue))


def colour(theme: Theme, token: str) -> QColor:
    found = getattr(theme, token)
    assert isinstance(found, QColor)
    return found


def test_the_tests_know_every_token() -> None:
    fills = {token for pair in ON_FILL for token in pair}
    decoration = {"hair", "grid", "band"}
    named = {field.name for field in fields(Theme)} - {"name"}
    assert named == {*GROUNDS, *TABLE, *ON_SURFACE, *fills, *decoration}


@pytest.mark.parametrize("name", THEME_NAMES)
@pytest.mark.parametrize("token", TABLE)
def test_text_and_marks_stand_out_on_every_ground(name: str, token: str) -> None:
    theme = Theme.named(name)
    least, *stated = TABLE[token]
    on_surface, lowest = stated[THEME_NAMES.index(name)]
    found = {ground: contrast(colour(theme, token), colour(theme, ground)) for ground in GROUNDS}
    assert min(found.values()) >= least - ROUNDING, found
    if on_surface is not None:
        assert found["surface"] == pytest.approx(on_surface, abs=ROUNDING)
    if lowest is not None:
        assert min(found.values()) == pytest.approx(lowest, abs=ROUNDING)


@pytest.mark.parametrize("name", THEME_NAMES)
@pytest.mark.parametrize("token", ON_SURFACE)
def test_lines_of_charts_stand_out_on_their_card(name: str, token: str) -> None:
    theme = Theme.named(name)
    found, stated = contrast(colour(theme, token), theme.surface), ON_SURFACE[token][THEME_NAMES.index(name)]
    assert found >= MARK
    if stated is not None:
        assert found == pytest.approx(stated, abs=ROUNDING)


@pytest.mark.parametrize("name", THEME_NAMES)
@pytest.mark.parametrize("pair", ON_FILL)
def test_text_is_readable_on_its_own_fill(name: str, pair: tuple[str, str]) -> None:
    theme = Theme.named(name)
    least, printed = ON_FILL[pair]
    found, stated = contrast(*(colour(theme, token) for token in pair)), printed[THEME_NAMES.index(name)]
    assert found >= least - ROUNDING
    if stated is not None:
        assert found == pytest.approx(stated, abs=ROUNDING)


@pytest.mark.parametrize("name", THEME_NAMES)
@pytest.mark.parametrize("sight", SIGHT)
def test_improving_differs_from_deteriorating_for_every_eye(name: str, sight: str) -> None:
    theme = Theme.named(name)
    assert math.dist(seen(theme.imp, sight), seen(theme.det, sight)) >= DIFFERENT


def test_the_theme_follows_the_system_and_its_contrast_at_once(
    qapp: QApplication, appearance: Appearance, monkeypatch: pytest.MonkeyPatch
) -> None:
    hints = qapp.styleHints()
    system = {"scheme": Qt.ColorScheme.Light, "contrast": Qt.ContrastPreference.NoPreference}
    # The screen of the tests has no settings of its own that could be changed.
    monkeypatch.setattr(type(hints), "colorScheme", lambda _hints: system["scheme"])
    monkeypatch.setattr(type(hints.accessibility()), "contrastPreference", lambda _hints: system["contrast"])
    told: list[str] = []
    appearance.changed.connect(lambda: told.append(appearance.theme.name))
    appearance.choose("system")
    system["scheme"] = Qt.ColorScheme.Dark
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    system["contrast"] = Qt.ContrastPreference.HighContrast
    hints.accessibility().contrastPreferenceChanged.emit(Qt.ContrastPreference.HighContrast)
    assert qapp.palette().color(QPalette.ColorRole.Window) == appearance.theme.window
    appearance.choose("light")
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert told == ["dark", "contrast", "light"]


def test_text_scale_keeps_within_its_bounds_and_tells(qapp: QApplication) -> None:
    appearance = Appearance("light")
    told: list[int] = []
    appearance.changed.connect(lambda: told.append(appearance.font("body").pixelSize()))
    appearance.scale_text(150)
    appearance.scale_text(400)
    appearance.scale_text(10)
    assert told == [20, 12]


def test_a_chosen_theme_is_told_once(qapp: QApplication) -> None:
    appearance = Appearance("light")
    told: list[str] = []
    appearance.changed.connect(lambda: told.append(appearance.theme.name))
    appearance.choose("dark")
    appearance.choose("dark")
    assert told == ["dark"]
