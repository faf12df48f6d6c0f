"""Where a table stands on its sheet does not change how it is read: every layout of `traits/` moved about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pcp_desktop.returns.files.number_formats import of_runs
from pcp_desktop.returns.files.workbook import CellValue, Sheet, Workbook, address, position
from pcp_desktop.returns.recognition.recognise import recognise
from pcp_desktop.returns.recognition.report import as_json
from tests.returns.pictures import Picture
from tests.returns.test_layouts import TRAITS, Trait

SAID = ["Prepared by the data team", "Contact: statistics@example.org", "Published 21 January 2016", "OFFICIAL"]


@dataclass(frozen=True)
class Moved:
    """A sheet that was changed, and how far down and to the right its cells went."""

    sheet: Sheet
    down: int = 0
    right: int = 0


def _sheet(name: str, drawn: Picture) -> Sheet:
    width = max((len(row) for row in drawn.rows), default=0)
    rows: list[tuple[CellValue, ...]] = []
    formats, errors, unvalued = [], {}, set()
    for number, cells in enumerate(drawn.rows):
        rows.append((*(cell.value for cell in cells), *[None] * (width - len(cells))))
        for column, cell in enumerate(cells):
            formats.append((number, column, column, cell.form))
            if cell.error:
                errors[number, column] = cell.error
            if cell.formula:
                unvalued.add((number, column))
    return Sheet(
        name,
        tuple(rows),
        merged=drawn.merged,
        formats=of_runs(formats),
        errors=errors,
        unvalued=frozenset(unvalued),
    )


def _shifted(sheet: Sheet, down: int, right: int) -> Moved:
    blank: tuple[CellValue, ...] = (None,) * (sheet.width + right)
    rows = (*[blank] * down, *((*[None] * right, *row) for row in sheet.rows))
    merged = tuple(
        (top + down, left + right, bottom + down, last + right) for top, left, bottom, last in sheet.merged
    )
    formats = of_runs(
        (row + down, column + right, column + right, sheet.formats.at(row, column))
        for row in range(len(sheet.rows))
        for column in range(sheet.width)
    )
    errors = {(row + down, column + right): words for (row, column), words in sheet.errors.items()}
    unvalued = frozenset((row + down, column + right) for row, column in sheet.unvalued)
    moved = replace(sheet, rows=rows, merged=merged, formats=formats, errors=errors, unvalued=unvalued)
    return Moved(moved, down, right)


def _with(sheet: Sheet, row: int, column: int, words: CellValue) -> Sheet:
    rows = [list(each) for each in sheet.rows]
    while len(rows) <= row:
        rows.append([None] * sheet.width)
    rows[row][column] = words
    return replace(sheet, rows=tuple(tuple(each) for each in rows))


def rows_above(sheet: Sheet) -> Moved:
    return _shifted(sheet, 3, 0)


def columns_before(sheet: Sheet) -> Moved:
    return _shifted(sheet, 0, 2)


def a_line_above(sheet: Sheet) -> Moved:
    moved = _shifted(sheet, 2, 0)
    return replace(moved, sheet=_with(moved.sheet, 0, 0, "Returned by the partner, please read the notes"))


def a_note_below(sheet: Sheet) -> Moved:
    return Moved(
        _with(sheet, len(sheet.rows) + 2, 0, "Note: 12 cases were moved to the next return on 4 March 2016.")
    )


def columns_of_nothing_after(sheet: Sheet) -> Moved:
    return Moved(replace(sheet, rows=tuple((*row, None, None) for row in sheet.rows)))


MOVES: tuple[Callable[[Sheet], Moved], ...] = (
    rows_above, columns_before, a_line_above, a_note_below, columns_of_nothing_after,
)  # fmt: skip


def _read(trait: Trait, moves: list[Callable[[Sheet], Moved]]) -> list[tuple[object, ...]]:
    """What is read of the moved sheets, each point at the address it had before."""
    sheets, shifts = [], {}
    for name, drawn in trait.sheets.items():
        moved = Moved(_sheet(name, drawn))
        for move in moves:
            after = move(moved.sheet)
            moved = Moved(after.sheet, moved.down + after.down, moved.right + after.right)
        sheets.append(moved.sheet)
        shifts[name] = moved
    answer = as_json(recognise(Workbook("received.xlsx", b"", "", tuple(sheets))))
    points = []
    for sheet in answer["sheets"]:
        shift = shifts[sheet["name"]]
        for series in (series for table in sheet["tables"] for series in table["series"]):
            for point in series["points"]:
                row, column = position(point["cell"])
                cell = address(row - shift.down, column - shift.right)
                label = point["period"] and point["period"]["label"]
                points.append((sheet["name"], cell, label, point["value"], point["marker"], tuple(series["label"])))
    return sorted(points, key=str)


@pytest.mark.parametrize("trait", TRAITS, ids=lambda trait: trait.name)
def test_a_table_is_read_the_same_wherever_it_stands(trait: Trait) -> None:
    wanted = _read(trait, [])
    for move in MOVES:
        assert _read(trait, [move]) == wanted, move.__name__


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(TRAITS), st.lists(st.sampled_from(MOVES), min_size=2, max_size=4, unique=True))
def test_several_moves_at_once_change_nothing(trait: Trait, moves: list[Callable[[Sheet], Moved]]) -> None:
    assert _read(trait, moves) == _read(trait, [])
