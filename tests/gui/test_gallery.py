"""What every kind of chart promises the eye, on a laptop and on a large screen, in each theme and without colour."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter
from pytestqt.qtbot import QtBot

from pcp_desktop.desktop.charts.layout import PlotFrame, is_bar_chart
from pcp_desktop.desktop.charts.pencil import LineStyle, Pencil
from pcp_desktop.desktop.charts.view import ChartView
from pcp_desktop.desktop.theme import THEME_NAMES, Appearance, Theme
from pcp_desktop.domain.pages import ChartKind, ChartSpec
from tests.gallery.charts import charts
from tests.gallery.draw import PLACES, SMALL, in_grey, standing_in
from tests.gui.test_theme import contrast

HALF_INK = 5.0  # letters take this much above and below the middle of their line
Word = tuple[str, QRectF, QRectF]


@pytest.fixture
def words(monkeypatch: pytest.MonkeyPatch) -> list[Word]:
    """Every text of a chart as it is drawn, with its own ink and the room that it was given."""
    found: list[Word] = []
    plain = Pencil.text

    def recorded(
        self: Pencil, rect: QRectF, align: Qt.AlignmentFlag, text: str, colour: QColor, bold: bool = False
    ) -> None:
        plain(self, rect, align, text, colour, bold)
        width = QFontMetricsF(self.bold if bold else self.font).horizontalAdvance(text)
        left = rect.left()
        if align & Qt.AlignmentFlag.AlignRight:
            left = rect.right() - width
        elif align & Qt.AlignmentFlag.AlignHCenter:
            left = rect.center().x() - width / 2
        found.append((text, QRectF(left, rect.center().y() - HALF_INK, width, 2 * HALF_INK), QRectF(self.bounds)))

    monkeypatch.setattr(Pencil, "text", recorded)
    return found


def drawn(qtbot: QtBot, appearance: Appearance, spec: ChartSpec, place: str) -> QImage:
    """A chart in one of its places."""
    view = ChartView(appearance, small=place in SMALL)
    qtbot.addWidget(view)
    view.resize(*PLACES[place])
    view.show_spec(spec)
    view.show()
    return view.grab().toImage()


def test_the_gallery_has_every_kind() -> None:
    kinds = {spec.kind for spec in charts().values()}
    assert kinds == set(ChartKind)
    methods = " ".join(spec.subtitle for spec in charts().values())
    for method in ("XmR", "p control", "u control", "c control", "Laney p′", "run chart", "allowing for the season"):
        assert method in methods


@pytest.mark.parametrize("place", PLACES)
def test_no_words_of_a_chart_are_clipped_or_stand_on_others(
    qtbot: QtBot, appearance: Appearance, words: list[Word], place: str
) -> None:
    for name, spec in standing_in(charts(), small=place in SMALL).items():
        words.clear()
        drawn(qtbot, appearance, spec, place)
        assert words or is_bar_chart(spec)
        for text, ink, bounds in words:
            assert bounds.adjusted(-0.5, 0, 0.5, 0).contains(ink), (name, text)
        for (one, its_ink, _), (other, other_ink, _) in combinations(words, 2):
            assert not its_ink.intersects(other_ink), (name, one, other)


@pytest.mark.parametrize("theme", THEME_NAMES)
def test_words_and_lines_stand_out_from_every_ground_in_a_chart(appearance: Appearance, theme: str) -> None:
    """Words inside a plot have 4.5:1 also over the baseline's band and both ranges of a funnel; lines have 3:1."""
    appearance.choose(theme)
    colours = appearance.theme
    grounds = [colours.surface, colours.band]
    for ground in (colours.surface, colours.band):
        grounds.append(over(colours.limit, ground, 0.13))
        grounds.append(over(colours.limit, grounds[-1], 0.13))
    for token in ("text", "text2", "data"):
        assert min(contrast(getattr(colours, token), ground) for ground in grounds) >= 4.5, token
    assert contrast(colours.text3, colours.surface) >= 4.5
    for token in ("data", "prior", "c2", "mean", "limit", "det", "imp", "focus"):
        assert contrast(getattr(colours, token), colours.surface) >= 3, token


def over(colour: QColor, ground: QColor, alpha: float) -> QColor:
    """A colour laid thinly over another."""
    image = painted(ground)
    thin = QColor(colour)
    thin.setAlphaF(alpha)
    painter = QPainter(image)
    painter.fillRect(image.rect(), thin)
    painter.end()
    return image.pixelColor(0, 0)


@pytest.mark.parametrize("theme", THEME_NAMES)
def test_years_are_told_apart_without_colour(qtbot: QtBot, appearance: Appearance, theme: str) -> None:
    """By dash or by weight, and each has a piece of its line before its name."""
    appearance.choose(theme)
    styles = year_styles(charts()["year on year"], appearance.theme)
    assert len(styles) == 4
    for one, other in combinations(styles, 2):
        assert one.dash != other.dash or abs(one.width - other.width) >= 0.8


def year_styles(spec: ChartSpec, theme: Theme) -> list[LineStyle]:
    nowhere = PlotFrame(QRectF(), 0, 1, 0, 1)
    pencil = Pencil(QPainter(), spec, nowhere, QRectF(), theme, QFont(), QFont())
    return [pencil.style(series) for series in spec.series]


def test_the_own_bar_is_told_apart_in_grey(qtbot: QtBot, appearance: Appearance) -> None:
    theme = appearance.theme
    image = in_grey(drawn(qtbot, appearance, charts()["most similar group"], "laptop"))
    found = {image.pixelColor(x, y).lightness() for x in range(0, 811, 7) for y in range(60, 280, 3)}
    own, others = (in_grey(painted(colour)).pixelColor(0, 0) for colour in (theme.data, theme.prior))
    assert {own.lightness(), others.lightness()} <= found
    assert contrast(own, others) >= 2


def painted(colour: QColor) -> QImage:
    image = QImage(1, 1, QImage.Format.Format_RGB32)
    image.fill(colour)
    return image
