"""Whatever stands in its cells, a sheet is reviewed and never breaks the reading."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from pcp_desktop.returns.files.number_formats import of_runs
from pcp_desktop.returns.files.workbook import CellValue, Sheet, Workbook, position
from pcp_desktop.returns.recognition.recognise import recognise
from pcp_desktop.returns.recognition.report import as_json
from pcp_desktop.returns.stage import review_workbook
from tests.returns.conftest import facts_of_a_new_panel

CELLS: st.SearchStrategy[CellValue] = st.one_of(
    st.none(),
    st.none(),
    st.floats(allow_nan=True, allow_infinity=True),
    st.integers(1990, 2030).map(float),
    st.dates(date(1950, 1, 1), date(2090, 1, 1)),
    st.booleans(),
    st.text(max_size=8),
    st.sampled_from(
        ["All crime", "Hate crime", "2015/16", "Q3 2015/16", "Apr-15", "Total", "%", "Base", "Satisfied", "..", "[p]",
         "First time entrants (10-17)", "Leicester City", "Burglary, satisfaction", "12 months to Dec 15"]
    ),
)  # fmt: skip


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    width = draw(st.integers(1, 6))
    rows = draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=9))
    places = st.tuples(st.integers(0, 9), st.integers(0, 6))
    return Sheet(
        draw(st.sampled_from(["Crime", "Sheet1", "Q3", ""])),
        tuple(tuple(row) for row in rows),
        merged=tuple((row, column, row, column + 1) for row, column in draw(st.lists(places, max_size=3))),
        hidden_rows=frozenset(draw(st.lists(st.integers(0, 9), max_size=2))),
        hidden_columns=frozenset(draw(st.lists(st.integers(0, 9), max_size=2))),
        formats=of_runs((row, column, column, '0;-0;"-"') for row, column in draw(st.lists(places, max_size=3))),
        errors=dict.fromkeys(draw(st.lists(places, max_size=2)), "#N/A"),
        unvalued=frozenset(draw(st.lists(places, max_size=2))),
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(sheets(), min_size=1, max_size=2))
def test_no_grid_breaks_the_reading(drawn: list[Sheet]) -> None:
    workbook = Workbook("any.xlsx", b"", "0", tuple(drawn))
    as_json(recognise(workbook))
    read = review_workbook(workbook, facts_of_a_new_panel())
    for figure in read.figures:
        source = figure.observation.source
        row, column = position(source.cell)
        value = next(sheet.value(row, column) for sheet in drawn if sheet.name == source.sheet)
        inside = any(sheet.value(row, column) is not None for sheet in drawn if sheet.name == source.sheet)
        assert inside or figure.observation.value is None, value
        assert figure.observation.value is None or figure.observation.value == figure.observation.value
