"""What stands above a plot: every label is inside the chart and on no other, however close the marks are."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from pcp_desktop.desktop.charts.marks import PlacedMark, head_of, placed_marks
from pcp_desktop.domain.pages import ChartMark, ChartSpec, Direction, Signal
from pcp_desktop.domain.signal_keys import SignalKey, signal_keys
from tests.gui import chart_fixtures as fixtures

LEFT, WIDTH, STEP = 40.0, 800.0, 15.0


def at(position: float) -> float:
    """The pixel of a position of the fixture's 45 months."""
    return LEFT + (position + 0.5) * STEP


def text_width(text: str, _bold: bool) -> float:
    """Letters of 7 pixels."""
    return 7.0 * len(text)


def marked(breaks: list[ChartMark], events: list[ChartMark]) -> ChartSpec:
    return replace(fixtures.burglary(), breaks=tuple(breaks), events=tuple(events))


def runs_through(line: PlacedMark, label: PlacedMark) -> bool:
    """Whether a mark's line, which reaches down from its row, runs through another's label."""
    return label.row < line.row and label.left < line.x < label.left + label.width


marks = st.lists(
    st.builds(ChartMark, st.integers(0, 44).map(float), st.text("abc ", min_size=1, max_size=60)), max_size=4
)


@given(marks, marks)
def test_no_label_stands_on_another_or_beyond_the_chart(breaks: list[ChartMark], events: list[ChartMark]) -> None:
    placed = placed_marks(marked(breaks, events), at, WIDTH, text_width)
    assert len(placed) == len(breaks) + len(events)
    for one in placed:
        assert one.left >= 0
        assert one.left + one.width <= WIDTH
    for one, other in combinations(placed, 2):
        if one.row == other.row:
            assert one.spans[1] <= other.spans[0] or other.spans[1] <= one.spans[0]


def test_of_marks_close_together_no_line_runs_through_a_label() -> None:
    close = marked(
        [ChartMark(18.5, "Break: counted by new rules")],
        [ChartMark(20, "Operation Tiger begins"), ChartMark(21, "New system goes live"), ChartMark(43, "Campaign")],
    )
    placed = placed_marks(close, at, WIDTH, text_width)
    assert not any(runs_through(one, other) for one in placed for other in placed)
    assert max(mark.row for mark in placed) < 3


def test_an_event_is_named_left_of_its_line_and_a_break_right_of_it() -> None:
    placed = placed_marks(
        marked([ChartMark(10.5, "Break")], [ChartMark(30, "Event"), ChartMark(0, "Early event")]),
        at,
        WIDTH,
        text_width,
    )
    assert {mark.text: mark.to_left for mark in placed} == {"Break": False, "Event": True, "Early event": False}


@given(marks, marks)
def test_the_key_to_diamonds_stands_where_no_label_and_no_line_is(
    breaks: list[ChartMark], events: list[ChartMark]
) -> None:
    head = head_of(marked(breaks, events), at, LEFT, WIDTH, text_width, keyed=True)
    (key,) = head.keys
    for mark in head.marks:
        if mark.row == head.key_row:
            assert mark.spans[1] <= key.left or key.words_left + key.width <= mark.spans[0]
        elif mark.row > head.key_row:
            assert not key.left < mark.x < key.words_left + key.width
    assert head.rows <= len(head.marks) + 1


def test_a_chart_without_signals_and_one_keyed_elsewhere_have_no_key() -> None:
    assert head_of(fixtures.rolling(), at, LEFT, WIDTH, text_width, keyed=True).keys == ()
    assert head_of(fixtures.burglary(), at, LEFT, WIDTH, text_width, keyed=False).keys == ()


def test_the_key_names_only_the_rules_that_marked_a_point() -> None:
    spec = fixtures.burglary()
    assert signal_keys(spec) == (SignalKey(True, Direction.UNFAVOURABLE, "outside the limits"),)
    given_signals = {3: Signal.TREND, 4: Signal.SHIFT}
    points = tuple(
        replace(point, signal=given_signals.get(place, Signal.NONE), direction=Direction.FAVOURABLE)
        for place, point in enumerate(spec.series[0].points)
    )
    both = replace(spec, series=(replace(spec.series[0], points=points),))
    words = "a run on one side of the mean or a trend"
    assert signal_keys(both) == (SignalKey(False, Direction.FAVOURABLE, words),)
