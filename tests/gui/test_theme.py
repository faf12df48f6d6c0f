"""The colours: every pair of the design's table keeps its contrast in every theme."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from pcp_desktop.desktop.theme import THEME_NAMES, Appearance, Theme

GROUNDS = ("window", "surface", "sunken", "sidebar", "select")
TEXTS = ("text", "text2", "text3", "accent", "imp_text", "same_text", "det_text", "na_text", "emb_text")
MARKS = ("control", "focus", "imp", "same", "det", "na", "emb")
ON_SURFACE = ("data", "prior", "mean", "limit", "c2", "c3", "c4")
ON_FILL = (
    ("on_accent", "accent", 4.5),
    ("imp_text", "imp_soft", 6.4),
    ("same_text", "same_soft", 6.4),
    ("det_text", "det_soft", 6.4),
    ("na_text", "na_soft", 6.35),
    ("emb_text", "emb_soft", 6.4),
    ("live_text", "live", 6.4),
)
PRINTED = (  # token, theme, contrast on surface, lowest on any ground, as the design states them
    ("control", "light", 4.0, 3.1),
    ("control", "dark", 4.7, 3.0),
    ("text", "light", 16.5, 12.9),
    ("text", "dark", 14.5, 9.4),
    ("text", "contrast", 21.0, 11.0),
    ("text2", "light", 8.9, 6.9),
    ("text3", "light", 6.0, 4.6),
    ("text3", "dark", 7.0, 4.6),
    ("accent", "light", 7.6, 5.9),
    ("accent", "dark", 7.5, 4.9),
    ("accent", "contrast", 16.6, 8.6),
    ("imp", "light", 5.4, 4.2),
    ("same", "light", 4.3, 3.3),
    ("det", "light", 6.5, 5.1),
    ("na", "light", 4.9, 3.8),
    ("emb", "light", 8.2, 6.4),
)


def luminance(colour: QColor) -> float:
    """Relative luminance after WCAG 2.2."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio of two colours after WCAG 2.2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def colour(theme: Theme, token: str) -> QColor:
    found = getattr(theme, token)
    assert isinstance(found, QColor)
    return found


@pytest.mark.parametrize("name", THEME_NAMES)
def test_text_is_readable_on_every_ground(name: str) -> None:
    theme = Theme.named(name)
    for token in TEXTS:
        for ground in GROUNDS:
            assert contrast(colour(theme, token), colour(theme, ground)) >= 4.5, (name, token, ground)


@pytest.mark.parametrize("name", THEME_NAMES)
def test_marks_and_controls_stand_out_on_every_ground(name: str) -> None:
    theme = Theme.named(name)
    for token in MARKS:
        for ground in GROUNDS:
            assert contrast(colour(theme, token), colour(theme, ground)) >= 2.95, (name, token, ground)


@pytest.mark.parametrize("name", THEME_NAMES)
def test_lines_of_charts_stand_out_on_their_card(name: str) -> None:
    theme = Theme.named(name)
    for token in ON_SURFACE:
        assert contrast(colour(theme, token), theme.surface) >= 3.0, (name, token)


@pytest.mark.parametrize("name", THEME_NAMES)
def test_text_is_readable_on_its_own_fill(name: str) -> None:
    theme = Theme.named(name)
    for text, fill, least in ON_FILL:
        assert contrast(colour(theme, text), colour(theme, fill)) >= least, (name, text, fill)


@pytest.mark.parametrize(("token", "name", "on_surface", "lowest"), PRINTED)
def test_contrast_is_what_the_design_states(token: str, name: str, on_surface: float, lowest: float) -> None:
    theme = Theme.named(name)
    found = [contrast(colour(theme, token), colour(theme, ground)) for ground in GROUNDS]
    assert contrast(colour(theme, token), theme.surface) == pytest.approx(on_surface, abs=0.06)
    assert min(found) == pytest.approx(lowest, abs=0.06)


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
