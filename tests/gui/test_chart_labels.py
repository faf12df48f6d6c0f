"""Where the words inside a plot stand: clear of limits and data, whatever the size of the chart."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QRectF

from pcp_desktop.desktop.charts.labels import baseline_place, standing_places
from pcp_desktop.desktop.charts.layout import PlotFrame, tick_step
from pcp_desktop.domain.pages import ChartSpec, LimitSegment
from tests.gui import chart_fixtures as fixtures

WORD = 104.0  # px, "provisional limits"
YEAR = 124.0  # px, "Baseline year 2012/13"


def provisional(low: float = 249.0) -> ChartSpec:
    """The burglary chart with provisional limits, the lower one at `low`."""
    spec = fixtures.burglary()
    segment = LimitSegment(0, spec.length - 1, 328.0, low, 407.0, "provisional")
    return replace(spec, limits=(segment,), breaks=(), baseline=(0, 11, "Baseline year 2012/13"))


def framed(spec: ChartSpec, height: float) -> PlotFrame:
    """A plotting area 650 pixels wide."""
    return PlotFrame(QRectF(40, 20, 650, height), -0.5, spec.length - 0.5, spec.y_low, spec.y_high)


@pytest.mark.parametrize("height", [120.0, 210.0, 400.0])
@pytest.mark.parametrize("low", [205.0, 213.0, 249.0])
def test_no_limit_runs_through_a_word(height: float, low: float) -> None:
    spec = provisional(low)
    frame = framed(spec, height)
    (standing,) = standing_places(spec, frame, [WORD])
    assert standing is not None
    year = baseline_place(spec, frame, QRectF(frame.x(-0.5), 0, YEAR, 16), [standing])
    assert not standing.intersects(year)
    for place in (standing, year):
        assert frame.area.contains(place)
        letters = place.adjusted(0, 2, 0, -2)
        for value in (328.0, low, 407.0):
            assert not letters.top() < frame.y(value) < letters.bottom()


def test_words_keep_clear_of_the_data_where_there_is_room() -> None:
    spec = provisional()
    frame = framed(spec, 400)
    year = baseline_place(spec, frame, QRectF(frame.x(-0.5), 0, YEAR, 16))
    points = [frame.at(at, point.value) for at, point in enumerate(spec.series[0].points) if point.value is not None]
    assert not any(year.contains(point) for point in points)


def test_a_limit_without_standing_has_no_word() -> None:
    spec = fixtures.burglary()
    plain = replace(spec, limits=tuple(replace(segment, standing="") for segment in spec.limits))
    assert standing_places(plain, framed(plain, 200), [0.0] * len(plain.limits)) == [None] * len(plain.limits)


def test_value_ticks_are_labelled_as_often_as_their_words_have_room() -> None:
    spec = provisional()
    steps = [tick_step(framed(spec, height), spec, 16) for height in (400.0, 80.0, 40.0)]
    assert steps[0] == 1
    assert steps == sorted(steps)
    assert steps[-1] > 1
