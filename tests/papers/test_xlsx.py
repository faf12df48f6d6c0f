"""The data workbook: accessible, numeric, without formulas, and the same every time."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
import pytest
from openpyxl import Workbook

from pcp_desktop.domain.pages import ChartKind, ChartSpec, MeasurePanel, OverviewPage, PriorityPage, Signal
from pcp_desktop.errors import Cancelled, UserError
from pcp_desktop.papers.xlsx import write_data_workbook
from tests.papers.sample_pages import (
    MOMENT,
    charts,
    charts_of,
    control_chart,
    overview_page,
    panels,
    priority_pages,
)

HOSTILE = (
    "=1+1",
    "{=1+1}",
    "+1",
    "-1+1",
    "@SUM(A1)",
    '=HYPERLINK("http://x.test","y")',
    "[a](http://x.test)",
    "$$n$$",
    "http://x.test/",
    "–",
    "mailto:a@b.test",
    "=cmd|' /C calc'!A0",
    "\t=1",
)


@pytest.fixture(name="workbook", scope="module")
def _workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("data") / "data.xlsx"
    return write_data_workbook(overview_page(), priority_pages(), out, created=MOMENT)


@pytest.fixture(name="book", scope="module")
def _book(workbook: Path) -> Workbook:
    """The workbook as openpyxl reads it, for tests that only look."""
    return openpyxl.load_workbook(workbook)


def parts(path: Path, pattern: str) -> dict[str, str]:
    """The XML parts of a workbook whose names match."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if re.search(pattern, name)}


def sheet_rows(book: Workbook, name: str) -> list[tuple[Any, ...]]:
    """All rows of a sheet."""
    return [tuple(cell for cell in row) for row in book[name].iter_rows(values_only=True)]


def test_has_cover_contents_notes_and_a_sheet_for_each_chart(
    book: Workbook, priorities: tuple[PriorityPage, ...]
) -> None:
    assert book.sheetnames[:4] == ["Cover", "Contents", "Notes", "Dashboard"]
    charts = [chart for panel in panels(priorities) for chart in own_charts(panel)]
    assert len(book.sheetnames) == 4 + len(charts)
    assert all(len(sheet.tables) == 1 for sheet in book.worksheets[1:])
    assert all(not sheet.merged_cells.ranges for sheet in book.worksheets)
    assert [sheet["A1"].value.split(" ")[0] for sheet in book.worksheets[4:]] == [
        page.code for page in priorities for panel in panels((page,)) for _ in own_charts(panel)
    ]


def own_charts(panel: MeasurePanel) -> list[ChartSpec]:
    """The charts of a measure that hold figures no other of its charts has."""
    charts = charts_of(panel)
    return [chart for chart in charts if chart.kind is not ChartKind.YEAR_ON_YEAR] or list(charts[:1])


def test_the_file_names_the_plan_and_no_person(book: Workbook, overview: OverviewPage) -> None:
    properties = book.properties
    assert properties.title == f"{overview.plan}: data"
    assert properties.creator == "Police and Crime Panel"
    assert not properties.lastModifiedBy or properties.lastModifiedBy == properties.creator
    assert str(properties.created) == "2016-02-26 14:32:00"


def test_every_sheet_prints_across_and_keeps_its_headings(book: Workbook) -> None:
    for sheet in book.worksheets:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth in (None, 1)  # one page is what its absence means
        assert sheet.page_setup.fitToHeight == 0
    for sheet in book.worksheets[2:]:
        (table,) = sheet.tables.values()
        heading = int(re.findall(r"\d+", table.ref)[0])
        assert sheet.print_title_rows == f"${heading}:${heading}"
        assert sheet.freeze_panes.endswith(str(heading + 1))


def test_no_text_or_figure_is_wider_than_its_column(book: Workbook) -> None:
    for sheet in book.worksheets[2:]:
        (table,) = sheet.tables.values()
        for row in sheet[table.ref]:
            for cell in row:
                longest = max(len(word) for word in f"{cell.value or ''}".split(" "))
                assert longest <= sheet.column_dimensions[cell.column_letter].width, (sheet.title, cell.coordinate)


def test_figures_are_numbers_and_held_lines_are_words(book: Workbook, overview: OverviewPage) -> None:
    rows = {row[2]: row for row in sheet_rows(book, "Dashboard") if len(row) > 2 and row[2]}
    for row in overview.all_rows:
        cells = rows[row.label]
        if row.held_words:
            assert row.held_words in cells
            assert all(isinstance(cell, str) for cell in cells)
            continue
        figures = (row.baseline, row.latest, row.change, row.change_percent)
        for figure, cell in zip(figures, (cells[5], cells[7], cells[9], cells[10]), strict=True):
            if any(letter.isdigit() for letter in figure.shown) and figure.value is not None:
                assert isinstance(cell, int | float)
                assert f"{abs(cell):,}" in figure.shown, (row.label, figure.shown, cell)
            else:
                assert isinstance(cell, str)
        assert cells[8] == (row.latest.sign or "None")


def test_shorthand_is_explained(book: Workbook) -> None:
    signs = {row[0] for row in sheet_rows(book, "Notes")}
    assert {"[c]", "[p]", "[x]"} <= signs


def sheet_of(spec: ChartSpec, book: Workbook) -> list[tuple[Any, ...]]:
    """The table of the sheet that was made from a chart, its headings first."""
    sheet = next(one for one in book.worksheets[4:] if str(one["A4"].value).startswith(f"{spec.title}. "))
    (table,) = sheet.tables.values()
    return [tuple(cell.value for cell in row) for row in sheet[table.ref]]


def test_series_have_their_limits_and_signals(book: Workbook) -> None:
    spec = control_chart()
    headings, *rows = sheet_of(spec, book)
    assert headings[2:] == ("Lower limit", "Mean", "Upper limit", "Signal")
    points, limits = spec.series[0].points, spec.limits[0]
    assert [row[:2] for row in rows] == [(point.period, point.value) for point in points]
    for place, row in enumerate(rows):
        assert row[2:5] == tuple(round(end, 1) for end in limits.at(place) or ())
    assert [row[5] != "none" for row in rows] == [point.signal is not Signal.NONE for point in points]


def test_gaps_stay_gaps_and_intervals_are_given(book: Workbook) -> None:
    spec = next(one for one in charts() if one.breaks)
    headings, *rows = sheet_of(spec, book)
    assert "95% interval, lower end" in headings
    for place, row in enumerate(rows):
        assert [cell is None for cell in row[1:3]] == [series.points[place].value is None for series in spec.series]


def test_a_target_has_its_line(book: Workbook) -> None:
    for spec in (one for one in charts() if one.kind is ChartKind.TARGET):
        headings, *rows = sheet_of(spec, book)
        assert spec.reference is not None
        assert headings[-1] == "Target"
        assert all(row[-1] == spec.reference.value for row in rows)


def test_a_waterfall_says_where_each_bar_begins_and_stands_on_it(book: Workbook, workbook: Path) -> None:
    """Its ends are no 95% interval, every bar has its name, and the native chart stacks bars on where they begin."""
    spec = next(one for one in charts() if one.kind is ChartKind.SAVINGS)
    headings, *rows = sheet_of(spec, book)
    assert (headings[0], headings[-1]) == ("Savings", "Begins at")
    assert not any("interval" in heading for heading in headings)
    bars = [next(line.points[at] for line in spec.series if line.points[at].period) for at in range(spec.length)]
    assert [row[0] for row in rows] == [bar.period for bar in bars]
    for row, bar in zip(rows, bars, strict=True):
        assert (row[-1], next(cell for cell in row[1:-1] if cell is not None)) == (bar.low, bar.value)
    (drawn,) = (text for text in parts(workbook, r"charts/chart\d").values() if escape(spec.title) in text)
    assert '<c:grouping val="stacked"/>' in drawn
    first = drawn.index("<c:ser>")
    assert "<a:noFill/>" in drawn[first : drawn.index("</c:ser>", first)]


def test_each_charted_measure_has_a_native_chart_with_its_alternative(
    workbook: Path, priorities: tuple[PriorityPage, ...]
) -> None:
    expected = [chart.alt for panel in panels(priorities) for chart in own_charts(panel)]
    assert len(parts(workbook, r"charts/chart\d")) == len(expected)
    drawings = "".join(parts(workbook, r"drawings/drawing\d").values())
    for alternative in expected:
        assert f'descr="{escape(alternative)}"' in drawings


def test_no_cell_is_a_formula_or_outside_link(tmp_path: Path, overview: OverviewPage) -> None:
    base = overview.all_rows[0]
    rows = tuple(replace(base, label=text, line=text, unit=text, notes=(text,)) for text in HOSTILE)
    notes = tuple(replace(overview.notes[0], text=text) for text in HOSTILE)
    out = write_data_workbook(
        replace(overview, all_rows=rows, notes=notes, sentence="=1+1", plan="=1+1"),
        (),
        tmp_path / "x.xlsx",
        created=MOMENT,
    )
    sheets = "".join(parts(out, r"worksheets/sheet\d").values())
    assert "<f>" not in sheets
    assert "<f " not in sheets
    assert 'TargetMode="External"' not in "".join(parts(out, r"_rels").values())
    cells = [str(cell) for row in sheet_rows(openpyxl.load_workbook(out), "Dashboard") for cell in row]
    for text in HOSTILE[:6]:
        assert any(text in cell for cell in cells), text


def test_the_priorities_workbook_has_no_formula_either(workbook: Path) -> None:
    assert "<f>" not in "".join(parts(workbook, r"worksheets/sheet\d").values())


def test_text_longer_than_a_cell_is_refused(tmp_path: Path, overview: OverviewPage) -> None:
    whole = "x" * 32_767
    rows = (replace(overview.all_rows[0], label=whole),)
    out = write_data_workbook(replace(overview, all_rows=rows), (), tmp_path / "ok.xlsx", created=MOMENT)
    assert any(whole in row for row in sheet_rows(openpyxl.load_workbook(out), "Dashboard"))
    before = out.read_bytes()
    rows = (replace(overview.all_rows[0], label=whole + "x"),)
    with pytest.raises(UserError, match="32,767"):
        write_data_workbook(replace(overview, all_rows=rows), (), out, created=MOMENT)
    assert out.read_bytes() == before


def test_two_runs_are_byte_identical(tmp_path: Path, workbook: Path) -> None:
    again = write_data_workbook(overview_page(), priority_pages(), tmp_path / "data.xlsx", created=MOMENT)
    assert again.read_bytes() == workbook.read_bytes()


def test_cancelled_writing_leaves_nothing(tmp_path: Path, overview: OverviewPage) -> None:
    def stop(words: str, done: int, of: int) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_data_workbook(overview, (), tmp_path / "data.xlsx", created=MOMENT, progress=stop)
    assert list(tmp_path.iterdir()) == []
