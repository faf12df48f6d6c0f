"""The sample returns as partners would send them next: moved, renamed, sorted, pasted over, a quarter longer.

The same figures come out of every variation, and none is wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from pcp_desktop import paths
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.observations import ObservationKey
from pcp_desktop.domain.progress import unwatched
from pcp_desktop.domain.returns import Change
from pcp_desktop.returns.files.scan import Reader
from pcp_desktop.returns.stage import review

Values = dict[ObservationKey, tuple[float | None, str | None]]
CRIME = "recorded crime Q3.xlsx"
OUTCOMES = "burglary-outcomes"  # on a sheet of its own
FILES = (CRIME, "missing persons.xlsx", "supported families County.xlsx", "CBS confidence.xlsx")


def values(path: Path, facts: Facts, reader: Reader) -> Values:
    """What would be stored, percentages to nine decimals."""
    return {
        one.observation.key: (
            None if one.observation.value is None else round(one.observation.value, 9),
            one.observation.text,
        )
        for one in review(path, facts, unwatched, reader).figures
        if one.change is not Change.REFUSED
    }


def _moved(sheet: Worksheet, rows: int, columns: int) -> None:
    merged = [str(cells) for cells in sheet.merged_cells.ranges]
    for cells in merged:
        sheet.unmerge_cells(cells)
    if rows:
        sheet.insert_rows(1, rows)
        sheet["A1"] = "Second version, please use this one"
    if columns:
        sheet.insert_cols(1, columns)
    for cells in merged:
        moved = CellRange(cells)
        moved.shift(columns, rows)
        sheet.merge_cells(moved.coord)


def a_title_above(sheet: Worksheet) -> None:
    _moved(sheet, 2, 0)


def a_column_before(sheet: Worksheet) -> None:
    _moved(sheet, 0, 1)


def renamed(sheet: Worksheet) -> None:
    sheet.title = f"{sheet.title[:24]} (v2)"


def pasted_as_text(sheet: Worksheet) -> None:
    for row in sheet.iter_rows():
        for cell in row:
            if not isinstance(cell.value, int | float) or isinstance(cell.value, bool):
                continue
            number = cell.value
            cell.value = f" {number * 100:.12g}% " if "%" in cell.number_format else f" {number:,} "
            cell.number_format = "@"


def without_merged_cells(sheet: Worksheet) -> None:
    for cells in [str(each) for each in sheet.merged_cells.ranges]:
        sheet.unmerge_cells(cells)


def hard_spaces(sheet: Worksheet) -> None:
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str):
                cell.value = cell.value.replace(" ", "\u00a0") + " "


def notes_below(sheet: Worksheet) -> None:
    sheet.cell(sheet.max_row + 3, 1).value = "The 2014/15 figure of 412 was wrong. Produced 12 January 2016."


VARIATIONS: tuple[Callable[[Worksheet], None], ...] = (
    a_title_above, a_column_before, renamed, pasted_as_text, without_merged_cells, hard_spaces, notes_below,
)  # fmt: skip


def _varied(name: str, vary: Callable[[Worksheet], None], folder: Path) -> Path:
    book = openpyxl.load_workbook(paths.sample_workbooks() / name)
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            vary(sheet)
    book.save(folder / name)
    return folder / name


@pytest.mark.parametrize("vary", VARIATIONS)
@pytest.mark.parametrize("name", FILES)
def test_the_same_figures_come_out(
    name: str, vary: Callable[[Worksheet], None], facts: Facts, reader: Reader, tmp_path: Path
) -> None:
    wanted = values(paths.sample_workbooks() / name, facts, reader)
    assert wanted
    assert values(_varied(name, vary, tmp_path), facts, reader) == wanted


def _next_quarter(sheet: Worksheet) -> None:
    """Three more months and their total to the right of the table, under the quarter's heading."""
    if sheet.title != "Crime":
        return
    column = sheet.max_column + 1
    sheet.cell(5, column).value = "Q4 2015/16"
    for number, head in enumerate([datetime(2016, 1, 1), datetime(2016, 2, 1), datetime(2016, 3, 1), "Q4 total"]):
        sheet.cell(6, column + number).value = head
    for row in range(7, sheet.max_row + 1):
        if isinstance(sheet.cell(row, 3).value, int):
            for number in range(3):
                sheet.cell(row, column + number).value = 100 * row + number
            sheet.cell(row, column + 3).value = 300 * row + 3


def test_a_quarter_more_adds_its_months_and_changes_nothing(facts: Facts, reader: Reader, tmp_path: Path) -> None:
    later = replace(facts, now=datetime(2016, 5, 20))
    before = values(paths.sample_workbooks() / CRIME, later, reader)
    after = values(_varied(CRIME, _next_quarter, tmp_path), later, reader)
    assert {key: value for key, value in after.items() if key in before} == before
    added = {key: value for key, value in after.items() if key not in before}
    assert {key.period.label for key in added} == {"January 2016", "February 2016", "March 2016"}
    measures = {key.measure for key in before if key.period.label == "December 2015"}
    assert {key.measure for key in added} == measures - {OUTCOMES}
    assert len(added) == 3 * len({key.measure for key in added})
    assert len({value for value, _ in added.values()}) == len(added)


def test_a_month_left_out_leaves_only_that_month_out(facts: Facts, reader: Reader, tmp_path: Path) -> None:
    def without_may(sheet: Worksheet) -> None:
        if sheet.title == "Crime":
            for row in range(7, sheet.max_row + 1):
                sheet.cell(row, 4).value = None

    before = values(paths.sample_workbooks() / CRIME, facts, reader)
    after = values(_varied(CRIME, without_may, tmp_path), facts, reader)
    left = {key: value for key, value in before.items() if key.period.label != "May 2012" or key.measure == OUTCOMES}
    assert after == left
