"""The data workbook: accessible, numeric, without formulas, and the same every time."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pcp_desktop.domain.pages import OverviewPage, PriorityPage
from pcp_desktop.errors import Cancelled, UserError
from pcp_desktop.papers.xlsx import write_data_workbook
from tests.papers.conftest import HELD_REASON, MOMENT, overview_page, priority_pages

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


def parts(path: Path, pattern: str) -> dict[str, str]:
    """The XML parts of a workbook whose names match."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if re.search(pattern, name)}


def sheet_rows(path: Path, name: str) -> list[tuple[Any, ...]]:
    """All rows of a sheet."""
    book = openpyxl.load_workbook(path)
    rows = [tuple(cell for cell in row) for row in book[name].iter_rows(values_only=True)]
    book.close()
    return rows


def test_has_cover_contents_notes_and_a_sheet_for_each_charted_measure(workbook: Path) -> None:
    book = openpyxl.load_workbook(workbook)
    assert book.sheetnames[:4] == ["Cover", "Contents", "Notes", "Dashboard"]
    assert [name.split(" ")[0] for name in book.sheetnames[4:]] == ["SP12", "SP13", "SP18"]
    assert all(len(sheet.tables) == 1 for sheet in book.worksheets[1:])
    assert all(not sheet.merged_cells.ranges for sheet in book.worksheets)
    assert str(book.properties.created) == "2016-02-26 14:32:00"
    book.close()


def test_figures_are_numbers_and_held_lines_are_words(workbook: Path) -> None:
    rows = {row[2]: row for row in sheet_rows(workbook, "Dashboard") if len(row) > 2 and row[2]}
    burglary = rows["Domestic burglary"]
    assert burglary[5:11] == (3935, "12 months to December 2015", 4014, "None", 79, 2.0)
    held = rows["Alcohol treatment completed"]
    assert held[11] == HELD_REASON
    assert all(isinstance(cell, str) for cell in held)
    assert rows["Satisfaction: serious sexual offences"][7] == "[c]"
    assert rows["Satisfaction: hate crime"][9] == -3.3


def test_shorthand_is_explained(workbook: Path) -> None:
    signs = {row[0] for row in sheet_rows(workbook, "Notes")}
    assert {"[c]", "[p]", "[x]"} <= signs


def test_series_have_their_limits_and_gaps_stay_gaps(workbook: Path) -> None:
    burglary = sheet_rows(workbook, "SP12 Domestic burglary")
    assert ("April 2012", 325, 249, 328, 407, "none") in [row[:6] for row in burglary]
    name = next(name for name in openpyxl.load_workbook(workbook, read_only=True).sheetnames if "SP13" in name)
    april_2014 = next(row for row in sheet_rows(workbook, name) if row[0] == "April 2014")
    assert april_2014[1:3] == (None, None)


def test_each_charted_measure_has_a_native_chart_with_its_alternative(
    workbook: Path, priorities: tuple[PriorityPage, ...]
) -> None:
    assert len(parts(workbook, r"charts/chart\d")) == 3
    drawings = "".join(parts(workbook, r"drawings/drawing\d").values())
    for panel in (priorities[2].measures[0], priorities[3].measures[0], priorities[4].measures[0]):
        assert panel.main is not None
        assert f'descr="{panel.main.alt}"' in drawings


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
    cells = [str(cell) for row in sheet_rows(out, "Dashboard") for cell in row]
    for text in HOSTILE[:6]:
        assert any(text in cell for cell in cells), text


def test_the_priorities_workbook_has_no_formula_either(workbook: Path) -> None:
    assert "<f>" not in "".join(parts(workbook, r"worksheets/sheet\d").values())


def test_text_longer_than_a_cell_is_refused(tmp_path: Path, overview: OverviewPage) -> None:
    whole = "x" * 32_767
    rows = (replace(overview.all_rows[0], label=whole),)
    out = write_data_workbook(replace(overview, all_rows=rows), (), tmp_path / "ok.xlsx", created=MOMENT)
    assert any(whole in row for row in sheet_rows(out, "Dashboard"))
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
