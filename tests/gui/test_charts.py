"""What a chart on screen promises: it draws the spec, is read by keys and mouse, and has a twin table."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from pcp_desktop.desktop.charts.layout import card_place, moved_apart, thinned
from pcp_desktop.desktop.charts.reading import year_length
from pcp_desktop.desktop.charts.twin import as_tsv
from pcp_desktop.desktop.charts.view import ChartView
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.pages import ChartMark, ChartSpec, EndLabel, YearSpan
from tests.gui import chart_fixtures as fixtures

# The screenless platform has no size hints to pass on, and says so.

ALL = (
    fixtures.burglary(),
    fixtures.burglary(missing=(0, 20, 21, 44)),
    fixtures.with_break(),
    fixtures.seasonal(),
    fixtures.year_on_year(),
    fixtures.peers(),
    fixtures.rolling(),
    fixtures.target(),
    fixtures.by_area(),
)


def shown(qtbot: QtBot, appearance: Appearance, spec: ChartSpec) -> ChartView:
    """A chart on screen with the keyboard in it."""
    view = ChartView(appearance)
    qtbot.addWidget(view)
    view.resize(760, 360)
    view.show_spec(spec)
    view.show()
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    return view


def counted(image: QImage, colour: QColor) -> int:
    """How many pixels of an image have exactly a colour."""
    rgb = colour.rgb()
    return sum(image.pixel(x, y) == rgb for x in range(image.width()) for y in range(image.height()))


def press(qtbot: QtBot, view: ChartView, *keys: Qt.Key) -> None:
    """Press keys on a chart, one after another."""
    for key in keys:
        QTest.keyClick(view, key)


@pytest.mark.parametrize("spec", ALL, ids=lambda spec: f"{spec.kind} {spec.key}")
@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_every_kind_of_chart_is_drawn_in_every_theme(
    qtbot: QtBot, appearance: Appearance, spec: ChartSpec, theme: str
) -> None:
    appearance.choose(theme)
    view = shown(qtbot, appearance, spec)
    image = view.plot.grab().toImage()
    assert counted(image, appearance.theme.data) > 30
    assert image.pixelColor(1, 1) == appearance.theme.surface


def test_title_subtitle_and_source_can_be_read_and_selected(qtbot: QtBot, appearance: Appearance) -> None:
    spec = fixtures.burglary()
    view = shown(qtbot, appearance, spec)
    labels = {label.text(): label for label in view.findChildren(QLabel)}
    for text in (spec.title, spec.subtitle, spec.source):
        QTest.mouseDClick(labels[text], Qt.MouseButton.LeftButton, pos=QPoint(6, 8))
        assert labels[text].selectedText() == text.split()[0]


def test_a_chart_is_named_by_its_finding_and_described_by_its_alternative(
    qtbot: QtBot, appearance: Appearance
) -> None:
    spec = fixtures.burglary()
    view = shown(qtbot, appearance, spec)
    assert view.accessibleName() == spec.title
    assert view.accessibleDescription() == spec.alt


def test_signals_are_diamonds_filled_outside_a_limit_and_hollow_in_a_run(
    qtbot: QtBot, appearance: Appearance
) -> None:
    theme = appearance.theme
    view = shown(qtbot, appearance, fixtures.with_break())
    image = view.plot.grab().toImage()
    # Five filled diamonds of about 45 solid pixels each; seven hollow ones have their colour on the rim only.
    assert counted(image, theme.det) > 5 * 30
    frame = view.frame
    filled, hollow = frame.at(19, 452).toPoint(), frame.at(27, 306).toPoint()
    assert image.pixelColor(filled) == theme.det
    assert image.pixelColor(hollow) == theme.surface
    without = shown(qtbot, appearance, fixtures.rolling())
    assert counted(without.plot.grab().toImage(), theme.det) == 0


def test_a_range_that_follows_the_year_is_a_band_with_a_gap_where_there_is_none(
    qtbot: QtBot, appearance: Appearance
) -> None:
    """Its ground differs from the surface inside the range, and nowhere where a month has none."""
    spec = replace(fixtures.seasonal(), series=(), baseline=None, events=(), y_ticks=(), end_labels=())
    view = shown(qtbot, appearance, spec)
    bare = shown(qtbot, appearance, replace(spec, limits=()))
    drawn, empty = view.grab().toImage(), bare.grab().toImage()
    inside = range(12, drawn.width() - 12)  # the ring around the chart with the keyboard is no part of it
    heights = {x: sum(drawn.pixel(x, y) != empty.pixel(x, y) for y in range(12, drawn.height() - 12)) for x in inside}
    filled = [x for x in inside if heights[x] > 40]
    holes = [x for x in range(filled[0], filled[-1]) if heights[x] == 0]
    step = (filled[-1] - filled[0]) / 45
    assert 0.5 * step < len(holes) < 1.5 * step
    assert filled[0] + 20 * step - 2 < holes[0] < holes[-1] < filled[0] + 21 * step + 2


def test_a_missing_month_is_a_gap(qtbot: QtBot, appearance: Appearance) -> None:
    whole = shown(qtbot, appearance, fixtures.burglary())
    gaps = shown(qtbot, appearance, fixtures.burglary(missing=(30,)))
    between = whole.frame.at(29.5, (322 + 351) / 2).toPoint()
    assert whole.plot.grab().toImage().pixelColor(between) != appearance.theme.surface
    assert gaps.plot.grab().toImage().pixelColor(between) == appearance.theme.surface


def test_no_line_crosses_a_break(qtbot: QtBot, appearance: Appearance) -> None:
    spec = fixtures.with_break()
    broken, whole = shown(qtbot, appearance, spec), shown(qtbot, appearance, fixtures.burglary())
    assert counted(broken.plot.grab().toImage(), appearance.theme.prior) > 30
    assert counted(whole.plot.grab().toImage(), appearance.theme.prior) < 10
    # Just before the break, half way to the point after it, there is neither the line of the one nor of the other.
    beside = broken.frame.at(11.3, 325 + 0.3 * (322 - 325)).toPoint()
    assert broken.plot.grab().toImage().pixelColor(beside) == appearance.theme.band


def test_arrows_read_the_points(qtbot: QtBot, appearance: Appearance) -> None:
    view = shown(qtbot, appearance, fixtures.burglary())
    with qtbot.waitSignal(view.point_read) as read:
        press(qtbot, view, Qt.Key.Key_Right)
    assert read.args == ["December 2015, 351. Provisional. Within limits."]
    assert view.accessibleDescription().startswith("December 2015, 351. Provisional. Within limits.")
    assert view.reader.card.words.splitlines() == [
        "December 2015: 351",
        "Provisional. Within limits.",
        f"{fixtures.FILE}, Dashboard, cell S7",
    ]
    for keys, period in (
        ((Qt.Key.Key_Left,), "November 2015"),
        ((Qt.Key.Key_PageUp,), "November 2014"),
        ((Qt.Key.Key_Home,), "April 2012"),
        ((Qt.Key.Key_Left,), "April 2012"),
        ((Qt.Key.Key_PageDown,), "April 2013"),
        ((Qt.Key.Key_End,), "December 2015"),
    ):
        press(qtbot, view, *keys)
        assert view.reader.point is not None
        assert view.reader.point.period == period
    press(qtbot, view, Qt.Key.Key_Escape)
    assert view.reader.point is None
    assert not view.reader.card.isVisible()


def test_a_missing_month_is_read_as_missing(qtbot: QtBot, appearance: Appearance) -> None:
    view = shown(qtbot, appearance, fixtures.burglary(missing=(43,)))
    press(qtbot, view, Qt.Key.Key_End, Qt.Key.Key_Left)
    assert view.reader.card.words.startswith("November 2015: not available")


def test_breaks_and_events_are_read_with_the_point_they_stand_at(qtbot: QtBot, appearance: Appearance) -> None:
    """A break stands half a step before the first point after it, an event at its own point."""
    spec = replace(fixtures.with_break(), events=(ChartMark(41.0, "Op Tiger Secured"),))
    view = shown(qtbot, appearance, spec)
    said: list[str] = []
    view.point_read.connect(said.append)
    for position in (11, 12, 41):
        view.reader.read(position)
    assert [words.split(". ", 1)[1] for words in said] == [
        "Within limits.",
        "Within limits. Break: counting rules changed, April 2013.",
        "Within limits. Op Tiger Secured.",
    ]
    assert "Op Tiger Secured." in view.reader.card.words


def test_other_years_are_read_with_up_and_down(qtbot: QtBot, appearance: Appearance) -> None:
    view = shown(qtbot, appearance, fixtures.year_on_year())
    press(qtbot, view, Qt.Key.Key_End)
    assert view.reader.card.words.startswith("December 2015: 351")
    press(qtbot, view, Qt.Key.Key_Down)
    assert view.reader.card.words.startswith("December 2014: 366")


def test_bars_are_read_from_top_to_bottom(qtbot: QtBot, appearance: Appearance) -> None:
    view = shown(qtbot, appearance, fixtures.peers())
    press(qtbot, view, Qt.Key.Key_Home)
    names = []
    for _ in fixtures.PEERS:
        assert view.reader.point is not None
        names.append(view.reader.point.period)
        press(qtbot, view, Qt.Key.Key_Down)
    assert [name.split("  ")[1] for name in names] == [name for name, _ in fixtures.PEERS]


def test_enter_asks_for_the_source_cell(qtbot: QtBot, appearance: Appearance) -> None:
    view = shown(qtbot, appearance, fixtures.burglary())
    press(qtbot, view, Qt.Key.Key_End)
    with qtbot.waitSignal(view.source_wanted) as wanted:
        press(qtbot, view, Qt.Key.Key_Return)
    assert wanted.args is not None
    assert wanted.args[0].cell == "S7"


def test_the_mouse_reads_the_nearest_point(qtbot: QtBot, appearance: Appearance) -> None:
    view = shown(qtbot, appearance, fixtures.burglary())
    view.reader.hover(view.frame.at(10.2, 340))
    assert view.reader.point is not None
    assert view.reader.point.period == "February 2013"


@pytest.mark.parametrize("position", range(0, 45, 4))
def test_the_card_hides_neither_its_point_nor_the_axis(qtbot: QtBot, appearance: Appearance, position: int) -> None:
    view = shown(qtbot, appearance, fixtures.burglary())
    view.reader.read(position)
    place = QRectF(view.reader.card.geometry())
    assert not place.contains(view.frame.at(position, fixtures.BURGLARY[position]))
    assert view.frame.area.adjusted(-1, -1, 1, 1).contains(place)


def test_t_switches_to_a_twin_with_the_same_numbers(qtbot: QtBot, appearance: Appearance) -> None:
    spec = fixtures.burglary(missing=(7,))
    view = shown(qtbot, appearance, spec)
    press(qtbot, view, Qt.Key.Key_T)
    twin = view.twin
    assert twin is not None
    model = twin.model()
    found = [[model.index(row, column).data() for column in range(3)] for row in range(model.rowCount())]
    assert [row[:2] for row in found] == [[point.period, point.shown] for point in spec.series[0].points]
    assert found[7][1] == "not available"
    assert twin.accessibleName() == spec.table.caption
    QTest.keyClick(twin, Qt.Key.Key_T)
    assert view.twin is None


def test_the_table_is_copied_as_text_and_html(qtbot: QtBot, appearance: Appearance) -> None:
    spec = fixtures.burglary()
    view = shown(qtbot, appearance, spec)
    QTest.keyClick(view, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.text() == as_tsv(spec.table)
    assert mime.text().splitlines()[1].split("\t")[:2] == ["April 2012", "325"]
    assert '<th scope="col">Month</th>' in mime.html()
    assert '<th scope="row">April 2012</th><td style="text-align: right">325</td>' in mime.html()
    # The test platform's clipboard must not outlive Python with this in it.
    QGuiApplication.clipboard().clear()


def test_page_keys_move_by_a_year_of_months_or_quarters() -> None:
    monthly = fixtures.burglary()
    assert year_length(monthly) == 12
    quarterly = replace(monthly, years=(YearSpan(-0.5, 1.5, "2012/13"), YearSpan(1.5, 5.5, "2013/14")))
    assert year_length(quarterly) == 4
    assert year_length(fixtures.year_on_year()) == 12
    assert year_length(replace(monthly, years=())) == 1  # each position is a year


def test_end_labels_stand_apart_in_their_order() -> None:
    heights = [100.0, 102.0, 103.0, 180.0]
    placed = moved_apart(heights, 0, 200)
    assert all(below - above >= 13 for above, below in pairwise(placed))
    assert placed[3] == 180.0
    assert moved_apart([198.0, 199.0], 0, 200)[1] <= 200
    assert moved_apart([], 0, 1) == []


def test_labels_without_room_are_left_out_and_the_last_stays() -> None:
    assert thinned([(0, 20), (15, 35), (38, 60)]) == [0, 2]
    assert thinned([(0, 30), (31, 60)], gap=6) == [1]


def test_the_card_prefers_a_free_place() -> None:
    points = [QPointF(x, 90) for x in range(0, 300, 10)]
    place = card_place(QRectF(0, 0, 80, 40), QRectF(0, 0, 300, 180), QPointF(150, 90), points)
    assert not any(QRectF(place.x(), place.y(), 80, 40).contains(point) for point in points)


def test_long_labels_are_elided_not_clipped(qtbot: QtBot, appearance: Appearance) -> None:
    spec = replace(fixtures.target(), reference=EndLabel(31.0, "Required by the plan " * 8))
    view = shown(qtbot, appearance, spec)
    assert view.frame.area.width() > 300
