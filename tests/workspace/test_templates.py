"""A blank return goes out with the last figures, and comes back without a question whatever was done to it."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pcp_desktop.domain.observations import Marker
from pcp_desktop.domain.periods import Period, month, quarter
from pcp_desktop.domain.returns import Change, Review
from pcp_desktop.errors import UserError
from pcp_desktop.workspace import Workspace, may_be_accepted
from tests.returns.pictures import Cell, Picture, save_ods, save_xls

POLICE = "Leicestershire Police"
Q4 = quarter(2015, 4)
NEW = 330.0
Rows = list[list[Any]]


@pytest.fixture
def workspace(sample_panel: Path, tmp_path: Path) -> Workspace:
    copy = tmp_path / "panel.pcp"
    copy.write_bytes(sample_panel.read_bytes())
    return Workspace.open(copy, lambda: datetime(2016, 4, 20, 9, 0))


def issued(workspace: Workspace, folder: Path, title: str, period: Period = Q4) -> Path:
    written = workspace.write_templates(POLICE, period, folder)
    return next(path for path, what in written if title in what)


def filled(blank: Path) -> dict[str, Rows]:
    """The sheets of a form with the new months of burglary filled in, one of them with a marker."""
    book = openpyxl.load_workbook(blank)
    sheets = {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book.worksheets}
    for row in sheets["Return"]:
        if row[0] == "Domestic burglary" and row[2] in ("January 2016", "February 2016", "March 2016"):
            row[3] = NEW
            row[7] = "[p]" if row[2] == "March 2016" else None
    return sheets


def sorted_rows(sheets: dict[str, Rows]) -> dict[str, Rows]:
    rows = sheets["Return"]
    head = next(number for number, row in enumerate(rows) if row[0] == "Measure") + 1
    below = rows[head:]
    random.Random(7).shuffle(below)
    return {**sheets, "Return": rows[:head] + below}


def with_a_column(sheets: dict[str, Rows]) -> dict[str, Rows]:
    rows = [
        [*row[:2], "checked by the analyst" if row[0] == "Measure" else None, *row[2:]] for row in sheets["Return"]
    ]
    return {**sheets, "Return": rows}


def pasted_over(sheets: dict[str, Rows]) -> dict[str, Rows]:
    """Values pasted as text, with commas, as another program gives them."""
    rows = [
        [f"{value:,.15g}" if isinstance(value, int | float) and number > 8 else value for value in row]
        for number, row in enumerate(sheets["Return"])
    ]
    return {**sheets, "Return": rows}


def as_sent(sheets: dict[str, Rows]) -> dict[str, Rows]:
    return sheets


def save(path: Path, sheets: dict[str, Rows]) -> Path:
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        book.save(path)
        return path
    drawn = {
        name: Picture(tuple(tuple(_cell(value) for value in row) for row in rows), ())
        for name, rows in sheets.items()
    }
    return (save_ods if path.suffix == ".ods" else save_xls)(path, drawn)


def _cell(value: Any) -> Cell:
    return Cell(float(value) if isinstance(value, int | float) else value)


def test_the_months_of_a_measure_stand_in_one_order_the_newest_first(workspace: Workspace, tmp_path: Path) -> None:
    with workspace:
        sheets = filled(issued(workspace, tmp_path, "Recorded crime"))
    months = [row[2] for row in sheets["Return"] if row[0] == "Domestic burglary"]
    newest = [month(2016, 3).shifted(-back).label for back in range(len(months))]
    assert len(months) > 12
    assert months == newest


@pytest.mark.parametrize("ending", [".xlsx", ".ods", ".xls"])
@pytest.mark.parametrize("done", [as_sent, sorted_rows, with_a_column, pasted_over])
def test_a_form_comes_back_without_a_question(
    workspace: Workspace, tmp_path: Path, ending: str, done: Callable[[dict[str, Rows]], dict[str, Rows]]
) -> None:
    with workspace:
        blank = issued(workspace, tmp_path / "out", "Recorded crime")
        back = save(tmp_path / f"whatever it is called now{ending}", done(filled(blank)))
        review = workspace.review(back)
        assert may_be_accepted(review)
        assert review.recognition.questions == ()
        assert review.expected_code == "recorded-crime-2015-q4"
        assert changes(review) == {Change.NEW: 3, Change.UNCHANGED: review.counted(Change.UNCHANGED)}
        new = {figure.observation.key.period: figure.observation for figure in review.figures
               if figure.change is Change.NEW}  # fmt: skip
        assert [new[month(2016, number)].value for number in (1, 2, 3)] == [NEW] * 3
        assert new[month(2016, 3)].marker is Marker.PROVISIONAL
        workspace.accept(review)
        state = {one.expected.code: one.state.value for one in workspace.facts().returns if one.expected}
        assert state["recorded-crime-2015-q4"] == "accepted"


def changes(review: Review) -> dict[Change, int]:
    return {change: review.counted(change) for change in Change if review.counted(change)}


def test_every_form_sent_back_as_it_went_out_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    with workspace:
        organisations = sorted({one.expected.organisation for one in workspace.facts().returns if one.expected})
        for organisation in organisations:
            for path, _what in workspace.write_templates(organisation, quarter(2015, 3), tmp_path / organisation):
                review = workspace.review(path)
                assert set(changes(review)) <= {Change.UNCHANGED}, path.name
                assert review.recognition.questions == ()


def test_a_form_that_was_not_filled_in_is_said_to_be_so(workspace: Workspace, tmp_path: Path) -> None:
    with workspace:
        blank = issued(workspace, tmp_path / "out", "Recorded crime")
        said = [one.message for one in workspace.review(blank).findings]
        assert "The form has not been filled in: it holds only figures that were on it when it was sent out." in said
        sheets = filled(blank)
        assert not [one for one in workspace.review(save(tmp_path / "filled.xlsx", sheets)).findings
                    if "not been filled in" in one.message]  # fmt: skip
        emptied = {name: [[None if isinstance(value, int | float) else value for value in row] for row in rows]
                   for name, rows in sheets.items()}  # fmt: skip
        for row in emptied["Return"]:
            row[7] = None if str(row[7]).startswith("[") else row[7]
        review = workspace.review(save(tmp_path / "emptied.xlsx", emptied))
        assert [one.message for one in review.findings][:1] == [
            "The form has not been filled in: it holds no figure."
        ]


def test_a_line_whose_words_were_altered_is_asked_about_and_left_out(workspace: Workspace, tmp_path: Path) -> None:
    with workspace:
        sheets = filled(issued(workspace, tmp_path / "out", "Recorded crime"))
        altered = next(row for row in sheets["Return"] if row[0] == "Domestic burglary" and row[3] == NEW)
        altered[1] = "Narborough Road"
        review = workspace.review(save(tmp_path / "back.xlsx", sheets))
        assert not may_be_accepted(review)
        assert any(
            "“Narborough Road” is not what this form was sent out with" in one.message for one in review.findings
        )
        assert review.counted(Change.NEW) == 2


def test_sending_forms_for_a_new_quarter_begins_it(workspace: Workspace, tmp_path: Path) -> None:
    with workspace:
        assert Q4 not in workspace.periods()
        issued(workspace, tmp_path, "User satisfaction")
        assert workspace.periods()[0] == Q4
        owed = {one.code: one for one in workspace.owed(POLICE, Q4)}
        assert owed["confidence-2015-q4"].due.month == workspace.owed(POLICE, quarter(2015, 3))[0].due.month + 3
        assert not workspace.begin_quarter(Q4)
        assert workspace.verify().ok


def test_who_owes_nothing_gets_no_form(workspace: Workspace, tmp_path: Path) -> None:
    with workspace:
        with pytest.raises(UserError, match="No return is expected from “Nobody”"):
            workspace.write_templates("Nobody", Q4, tmp_path)
        with pytest.raises(UserError, match="before Q1 2012/13"):
            workspace.write_templates(POLICE, quarter(2012, 1), tmp_path)


def test_a_form_is_the_same_byte_for_byte(workspace: Workspace, tmp_path: Path) -> None:
    with workspace:
        first = issued(workspace, tmp_path / "a", "Recorded crime").read_bytes()
        assert issued(workspace, tmp_path / "b", "Recorded crime").read_bytes() == first


def test_a_form_holds_locked_words_open_cells_and_what_may_be_entered(workspace: Workspace, tmp_path: Path) -> None:
    with workspace:
        book = openpyxl.load_workbook(issued(workspace, tmp_path, "User satisfaction"))
    sheet = book["Return"]
    assert sheet.protection.sheet
    row = next(row for row in sheet.iter_rows(min_row=10) if row[0].value)
    assert [cell.protection.locked for cell in row] == [True, True, True, False, True, False, False, False]
    kinds = {rule.type for rule in sheet.data_validations.dataValidation}
    assert kinds == {"list", "decimal"}
    assert book["Lists"].sheet_state == "hidden"
    notes = book["Notes"]
    assert notes.sheet_properties.pageSetUpPr.fitToPage
    long = [cell.row for (cell,) in notes.iter_rows() if cell.value and len(cell.value) > 100]
    assert long
    assert all(notes.row_dimensions[row].height > notes.sheet_format.defaultRowHeight * 2 - 1 for row in long)
    assert not [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.data_type == "f"]
