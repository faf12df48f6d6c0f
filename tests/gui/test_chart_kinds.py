"""One ChartSpec for screen and paper: whatever its kind, both show the same numbers, and so does the twin table."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from pcp_desktop.desktop.charts.layout import is_bar_chart
from pcp_desktop.desktop.charts.view import ChartView
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.pages import ChartSpec
from pcp_desktop.papers.charts import chart_data
from tests.papers.sample_pages import all_kinds


def read_on_screen(view: ChartView, spec: ChartSpec) -> set[tuple[str, str]]:
    """Each period (or force, or bar) with its figure as the card beside the point says it."""
    found = set()
    for line, series in enumerate(spec.series):
        for position, point in enumerate(series.points):
            if point.value is None:
                continue
            view.reader.read(position, line)
            first = view.reader.card.words.split("\n")[0]
            period, _, shown = first.rpartition(": ")
            found.add((period, shown))
    return found


@pytest.mark.parametrize("spec", all_kinds(), ids=lambda spec: spec.key)
def test_screen_paper_and_table_show_the_same_numbers(spec: ChartSpec, qtbot: QtBot, appearance: Appearance) -> None:
    view = ChartView(appearance)
    qtbot.addWidget(view)
    view.resize(900, 420)
    view.show_spec(spec)
    view.show()
    drawn = chart_data(spec)
    on_paper = {
        (point["period"], point["shown"])
        for series in drawn["series"]
        for point in series["points"]
        if point["value"] is not None
    }
    assert on_paper
    assert read_on_screen(view, spec) == on_paper
    in_table = {cell for row in spec.table.rows for cell in row}
    assert {shown for _, shown in on_paper} <= in_table
    if not is_bar_chart(spec):
        frame = view.frame
        assert (frame.y_low, frame.y_high) == (drawn["y_low"], drawn["y_high"])
    assert view.accessibleName() == drawn["title"]
    assert view.spec is spec
