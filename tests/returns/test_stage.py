"""A review says what accepting would do: new, revised, unchanged, refused, with cells and findings."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from pcp_desktop import paths
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.formats import number
from pcp_desktop.domain.observations import Marker, Part
from pcp_desktop.domain.periods import quarter
from pcp_desktop.domain.progress import unwatched
from pcp_desktop.domain.returns import Change, ReceivedFile, ReturnState, Review, Severity
from pcp_desktop.returns.files.scan import Reader, read_workbook
from pcp_desktop.returns.recognition.recognise import recognise
from pcp_desktop.returns.recognition.report import as_json
from pcp_desktop.returns.stage import review
from tests.returns.pictures import picture, save_xlsx

Rows = list[list[object]]
Make = Callable[[dict[str, Rows]], Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Writes sheets of rows as a workbook."""

    def write(sheets: dict[str, Rows]) -> Path:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        path = tmp_path / "return.xlsx"
        book.save(path)
        return path

    return write


def values(read: Review) -> dict[tuple[str, str, str], float | None]:
    return {
        (one.observation.key.measure, one.observation.key.period.label, one.observation.source.cell): (
            one.observation.value
        )
        for one in read.figures
    }


def accepted(facts: Facts, read: Review) -> Facts:
    """The facts after a review was accepted as it stands."""
    held = {one.key: one for one in facts.observations}
    held |= {one.observation.key: one.observation for one in read.figures if one.change is not Change.REFUSED}
    file = ReceivedFile(read.file, read.sha256, len(read.content), facts.now)
    returns = tuple(
        replace(record, state=ReturnState.ACCEPTED, file=file, accepted=datetime(2016, 2, 26))
        if record.expected is not None and record.expected.code == read.expected_code
        else record
        for record in facts.returns
    )
    return replace(facts, observations=tuple(held.values()), returns=returns)


def test_the_same_quarter_twice_changes_nothing_and_a_revision_is_shown(facts: Facts, reader: Reader) -> None:
    folder = paths.sample_workbooks()
    first = review(folder / "recorded crime Q3.xlsx", facts, unwatched, reader)
    assert {one.change for one in first.figures} == {Change.NEW}
    assert not first.already_accepted
    later = accepted(facts, first)
    again = review(folder / "recorded crime Q3.xlsx", later, unwatched, reader)
    assert {one.change for one in again.figures} == {Change.UNCHANGED}
    assert again.already_accepted
    revised = review(folder / "revised" / "recorded crime Q3.xlsx", later, unwatched, reader)
    changed = [one for one in revised.figures if one.change is Change.REVISED]
    assert revised.figures[: len(changed)] == tuple(changed)
    assert {one.observation.key.measure for one in changed} == {"domestic-burglary", "theft-from-vehicle"}
    assert all(one.stored is not None and one.stored.value != one.observation.value for one in changed)


def test_every_sample_is_clean_of_errors(facts: Facts, reader: Reader) -> None:
    for path in sorted(paths.sample_workbooks().glob("*.*")):
        if path.suffix in (".xlsx", ".xls", ".ods", ".csv"):
            read = review(path, facts, unwatched, reader)
            findings = [*read.findings, *(found for one in read.figures for found in one.findings)]
            wrong = [found for found in findings if found.severity in (Severity.ERROR, Severity.WARNING)]
            assert wrong == [], path.name
            assert {name for name, _rows in read.sheets} == {one.observation.source.sheet for one in read.figures}


def test_a_total_that_is_not_its_parts_is_a_finding(make: Make, facts: Facts, reader: Reader) -> None:
    rows: Rows = [
        ["Category", "Oct-15", "Nov-15", "Dec-15", "Q3 2015/16"],
        ["Burglary Dwelling", 10, 11, 12, 34],
        ["Hate crime", 1, 2, 3, 6],
    ]
    read = review(make({"Crime": rows}), facts, unwatched, reader)
    assert len(read.figures) == 6
    assert [found.cell for found in read.findings if found.severity is Severity.WARNING and found.cell] == ["E2"]


def test_a_year_to_date_beside_its_months_is_checked_and_not_stored(make: Make, facts: Facts, reader: Reader) -> None:
    rows: Rows = [
        ["Category", "Oct-15", "Nov-15", "Oct-15 to date", "LYTD"],
        ["Burglary Dwelling", 10, 11, 21, 40],
        ["Hate crime", 1, 2, 4, 9],
    ]
    read = review(make({"Crime": rows}), facts, unwatched, reader)
    assert {one.observation.source.cell for one in read.figures} == {"B2", "C2", "B3", "C3"}
    assert [found.cell for found in read.findings if found.severity is Severity.WARNING and found.cell] == ["D3"]
    assert [one.label for one in read.recognition.questions if "LYTD" in one.label] == []


def test_a_year_to_date_in_its_first_month_is_the_month_once(make: Make, facts: Facts, reader: Reader) -> None:
    rows: Rows = [["Category", "Apr-15", "YTD"], ["Burglary Dwelling", 10, 10], ["Hate crime", 1, 2]]
    read = review(make({"Crime": rows}), facts, unwatched, reader)
    assert {one.observation.source.cell: one.change for one in read.figures} == {"B2": Change.NEW, "B3": Change.NEW}
    assert [found.cell for found in read.findings if found.severity is Severity.WARNING and found.cell] == ["C3"]


def test_a_letter_explained_on_another_sheet_stands_for_no_figure(make: Make, facts: Facts, reader: Reader) -> None:
    rows: Rows = [["Category", "Oct-15", "Nov-15"], ["Burglary Dwelling", "u", 11], ["Hate crime", "u", "u"]]
    legend: Rows = [["Symbol", "Meaning", "Used in"], ["u", "Data of too low a quality to be shown", "Crime"]]
    read = review(make({"Crime": rows, "Notes": legend}), facts, unwatched, reader)
    markers = {one.observation.source.cell: one.observation.marker for one in read.figures}
    assert markers == {
        "B2": Marker.SUPPRESSED, "C2": Marker.FINAL, "B3": Marker.SUPPRESSED, "C3": Marker.SUPPRESSED,
    }  # fmt: skip
    assert all(not one.findings for one in read.figures)


@pytest.mark.parametrize("sign", [None, "-", "n/a", 0])
def test_months_to_come_are_said_once_and_nothing_is_taken_for_them(
    make: Make, facts: Facts, reader: Reader, sign: object
) -> None:
    """The panel's day is 26 February 2016."""
    rows: Rows = [
        ["Category", "Dec-15", "Jan-16", "Feb-16", "Mar-16"],
        ["Burglary Dwelling", 10, 11, sign, sign],
        ["Hate crime", 1, 0, sign, sign],
    ]
    read = review(make({"Crime": rows}), facts, unwatched, reader)
    assert {one.observation.source.cell: one.change for one in read.figures} == dict.fromkeys(
        ("B2", "C2", "B3", "C3"), Change.NEW
    )
    said = [found.message for found in read.findings if "no figure yet" in found.message]
    wanted = "There is no figure yet for February 2016 to March 2016: nothing was taken for them."
    assert said == ([wanted] if sign is not None else [])


def test_a_figure_for_a_month_that_is_not_over_is_refused(make: Make, facts: Facts, reader: Reader) -> None:
    rows: Rows = [["Category", "Jan-16", "Feb-16"], ["Burglary Dwelling", 11, 4], ["Hate crime", 1, "-"]]
    read = review(make({"Crime": rows}), facts, unwatched, reader)
    changes = {one.observation.source.cell: one.change for one in read.figures}
    assert changes == {"B2": Change.NEW, "C2": Change.REFUSED, "B3": Change.NEW}


def test_a_dash_after_the_quarter_that_is_owed_is_no_figure_not_available(
    make: Make, facts: Facts, reader: Reader
) -> None:
    later = replace(facts, now=datetime(2016, 6, 1, 9, 0))
    rows: Rows = [
        ["Leicestershire Police"],
        ["PCC dashboard return, Q3 2015/16"],
        [],
        ["Category", "Nov-15", "Dec-15", "Jan-16", "Feb-16"],
        ["All crime", 10, "-", "-", "-"],
        ["Burglary Dwelling", 10, 11, "-", "-"],
        ["Hate crime", 1, 2, "-", "-"],
    ]
    read = review(make({"Crime": rows}), later, unwatched, reader)
    assert read.period == quarter(2015, 3)
    assert {one.observation.source.cell for one in read.figures} == {"B5", "C5", "B6", "C6", "B7", "C7"}


def test_one_period_given_twice_with_different_values_is_refused(make: Make, facts: Facts, reader: Reader) -> None:
    rows: Rows = [["Quarter", "FTEs"], ["Q1 2015/16", 38], ["Q1 2015/16", 39], ["Q2 2015/16", 22]]
    read = review(make({"Leicester City": rows}), facts, unwatched, reader)
    changes = {one.observation.source.cell: one.change for one in read.figures}
    assert changes == {"B2": Change.REFUSED, "B3": Change.REFUSED, "B4": Change.NEW}
    assert read.figures[0].change is Change.REFUSED


def test_a_numerator_above_its_base_is_refused(make: Make, facts: Facts, reader: Reader) -> None:
    rows: Rows = [
        ["User group", "12 months to Dec 15", None, None],
        [None, "Satisfied", "Base", "%"],
        ["Burglary", 620, 600, "89.7%"],
        ["Hate crime", 80, 100, "80.0%"],
    ]
    read = review(make({"User satisfaction": rows}), facts, unwatched, reader)
    changes = {one.observation.source.cell: one.change for one in read.figures}
    assert changes == {"B3": Change.REFUSED, "C3": Change.NEW, "B4": Change.NEW, "C4": Change.NEW}
    assert {one.observation.key.measure for one in read.figures} == {"burglary-satisfaction", "hate-satisfaction"}


def test_months_down_years_across_and_blanks_are_not_nil(make: Make, facts: Facts, reader: Reader) -> None:
    rows: Rows = [
        ["Anti-social behaviour incidents"],
        ["Month", "2014/15", "2015/16"],
        ["December", 1500, 1297],
        ["January", 1600, None],
        ["November", 1400, ".."],
    ]
    read = review(make({"ASB": rows}), facts, unwatched, reader)
    assert values(read) == {
        ("asb-incidents", "December 2014", "B3"): 1500,
        ("asb-incidents", "January 2015", "B4"): 1600,
        ("asb-incidents", "November 2014", "B5"): 1400,
        ("asb-incidents", "December 2015", "C3"): 1297,
        ("asb-incidents", "November 2015", "C5"): None,
    }
    markers = {one.observation.source.cell: one.observation.marker for one in read.figures}
    assert markers["C5"] is Marker.NOT_AVAILABLE


def test_a_misspelt_label_is_still_its_measure(make: Make, facts: Facts, reader: Reader) -> None:
    rows: Rows = [["Force", "Oct-15", "Nov-15"], ["Domestic burglery", 348, 340], ["Bicycle theft", 90, 80]]
    read = review(make({"Crime": rows}), facts, unwatched, reader)
    assert set(values(read)) == {
        ("domestic-burglary", "October 2015", "B2"),
        ("domestic-burglary", "November 2015", "C2"),
    }


def test_a_column_of_markers_speaks_for_its_row(make: Make, facts: Facts, reader: Reader) -> None:
    rows: Rows = [["Month", "All crime", "Marker"], ["Oct-15", 5122, None], ["Nov-15", 5015, "[p]"]]
    read = review(make({"Crime": rows}), facts, unwatched, reader)
    assert {one.observation.source.cell: one.observation.marker for one in read.figures} == {
        "B2": Marker.FINAL,
        "B3": Marker.PROVISIONAL,
    }


def test_a_template_is_known_by_its_identifier(facts: Facts, reader: Reader) -> None:
    read = review(paths.sample_workbooks() / "CBS confidence.xlsx", facts, unwatched, reader)
    assert read.expected_code == "confidence"
    assert {one.observation.key.part for one in read.figures} == {Part.NUMERATOR, Part.DENOMINATOR}


def test_hidden_rows_and_formulas_without_a_value_are_reported(make: Make, facts: Facts, reader: Reader) -> None:
    path = make({"Crime": [["Month", "All crime"], ["Oct-15", 5122], ["Nov-15", 5015], ["Dec-15", "=B2+1"]]})
    book = openpyxl.load_workbook(path)
    book["Crime"].row_dimensions[2].hidden = True
    book.save(path)
    read = review(path, facts, unwatched, reader)
    assert values(read) == {("all-crime", "November 2015", "B3"): 5015, ("all-crime", "December 2015", "B4"): None}
    assert [one.observation.source.cell for one in read.figures if one.change is Change.REFUSED] == ["B4"]
    assert ("A2", Severity.INFORMATION) in {(found.cell, found.severity) for found in read.findings}


def test_a_nil_that_is_shown_as_a_dash_is_missing(make: Make, facts: Facts, reader: Reader) -> None:
    path = make({"Crime": [["Month", "All crime"], ["Oct-15", 0], ["Nov-15", 0], ["Dec-15", 5]]})
    book = openpyxl.load_workbook(path)
    book["Crime"]["B2"].number_format = '#,##0;-#,##0;"-"'
    book.save(path)
    read = review(path, facts, unwatched, reader)
    assert [(one.observation.value, one.observation.marker) for one in read.figures] == [
        (None, Marker.NOT_AVAILABLE),
        (0, Marker.FINAL),
        (5, Marker.FINAL),
    ]


def test_a_total_over_areas_is_checked_and_not_stored(make: Make, facts: Facts, reader: Reader) -> None:
    rows: Rows = [
        ["First time entrants (10-17)"],
        ["Area", "Q1 2015/16", "Q2 2015/16"],
        ["Leicestershire and Rutland", 38, 22],
        ["Leicester City", 50, 21],
        ["Total", 88, 44],
    ]
    read = review(make({"FTE": rows}), facts, unwatched, reader)
    areas = {(one.observation.source.cell, one.observation.key.area) for one in read.figures}
    assert areas == {
        ("B3", "Leicestershire and Rutland"),
        ("C3", "Leicestershire and Rutland"),
        ("B4", "Leicester City"),
        ("C4", "Leicester City"),
    }
    assert [found.cell for found in read.findings if found.severity is Severity.WARNING and found.cell] == ["C5"]


def test_a_year_without_its_quarters_is_kept(make: Make, facts: Facts, reader: Reader) -> None:
    rows: Rows = [["Period", "FTEs"], ["2012/13", 407], ["Q1 2013/14", 62], ["Q2 2013/14", 57]]
    read = review(make({"FTE, County and Rutland": rows}), facts, unwatched, reader)
    assert values(read) == {
        ("first-time-entrants", "2012/13", "B2"): 407,
        ("first-time-entrants", "Q1 2013/14", "B3"): 62,
        ("first-time-entrants", "Q2 2013/14", "B4"): 57,
    }


def test_a_number_that_cannot_be_is_refused_with_its_cell(make: Make, facts: Facts, reader: Reader) -> None:
    rows: Rows = [["Month", "All crime"], ["Oct-15", 5122], ["Nov-15", 1e30], ["Dec-15", -4]]
    read = review(make({"Crime": rows}), facts, unwatched, reader)
    assert {one.observation.source.cell: one.change for one in read.figures} == {
        "B2": Change.NEW,
        "B3": Change.REFUSED,
        "B4": Change.REFUSED,
    }
    assert all(one.findings for one in read.figures if one.change is Change.REFUSED)


def test_side_by_side_tables_keep_their_own_titles(make: Make, facts: Facts, reader: Reader) -> None:
    rows: Rows = [
        ["April to September 2014", None, None, "April to September 2015", None],
        ["Indicator", "Number", None, "Indicator", "Number"],
        ["IOM offending 18-24", 103, None, "IOM offending 18-24", 21],
    ]
    read = review(make({"Cohort": rows}), facts, unwatched, reader)
    assert values(read) == {
        ("offending-18-24", "April to September 2014", "B3"): 103,
        ("offending-18-24", "April to September 2015", "E3"): 21,
    }


def test_the_cells_around_a_figure_are_shown_as_the_workbook_shows_them(facts: Facts, reader: Reader) -> None:
    read = review(paths.sample_workbooks() / "recorded crime Q3.xlsx", facts, unwatched, reader)
    crime = dict(read.sheets)["Crime"]
    figure = next(one.observation for one in read.figures if one.observation.source.cell == "C8")
    assert figure.value is not None
    assert crime[7][0] == "Total crime"
    assert crime[7][2] == number(figure.value)


def test_the_json_of_a_reading_has_the_documented_shape(make: Make, reader: Reader) -> None:
    path = make({"Crime": [["Category", "Oct-15", "Nov-15"], ["All crime", 5122, "5,015 [p]"], ["Rape", "..", 3]]})
    shape = as_json(recognise(read_workbook(path, unwatched, reader)))
    json.dumps(shape)
    assert set(shape) == {"file", "sheets", "findings"}
    sheet = shape["sheets"][0]
    assert (sheet["name"], sheet["hidden"], sheet["tables"][0]["range"]) == ("Crime", False, "A1:C3")
    series = sheet["tables"][0]["series"]
    assert [one["label"] for one in series] == [["All crime"], ["Rape"]]
    assert series[0]["points"][1] == {
        "cell": "C2",
        "period": {"kind": "month", "start": "2015-11-01", "end": "2015-11-30", "label": "November 2015"},
        "value": 5015.0,
        "marker": "[p]",
    }
    assert series[1]["points"][0]["value"] is None
    assert series[1]["points"][0]["marker"] == ".."


def test_a_figure_its_partner_takes_back_is_not_available_with_the_total_over_it(
    make: Make, facts: Facts, reader: Reader
) -> None:
    labels: list[object] = ["Offence", "Oct-15", "Nov-15", "Dec-15"]
    first = review(make({"Crime": [labels, ["All crime", 4800, 4900, 5000]]}), facts, unwatched, reader)
    month = first.figures[0].observation
    total = replace(month, key=replace(month.key, period=quarter(2015, 3)), value=14700.0)
    known = accepted(facts, first)
    known = replace(known, observations=(*known.observations, total))
    again = review(make({"Crime": [labels, ["All crime", 4800, "..", None]]}), known, unwatched, reader)
    taken_back = {one.observation.key.period.label: one for one in again.figures if one.change is Change.REVISED}
    assert sorted(taken_back) == ["November 2015", "Q3 2015/16"]
    for one in taken_back.values():
        assert (one.observation.value, one.observation.marker) == (None, Marker.NOT_AVAILABLE)
        assert "taken back" in one.findings[0].message
    assert [found.cell for found in again.findings if "is empty" in found.message] == ["D2"]


@pytest.mark.parametrize(
    ("headings", "words"),
    [
        ("Dec 14 | Mar 15 | Dec 15", "3 periods, 12 months to December 2014 … December 2015"),
        ("Dec 14 | Dec 15", "2 periods, 12 months to December 2014 … December 2015"),
        ("Dec 15", "1 period, 12 months to December 2015"),
    ],
)
def test_a_year_that_runs_on_is_named_by_its_last_month(
    headings: str, words: str, tmp_path: Path, facts: Facts, reader: Reader
) -> None:
    figures = " | ".join("'82.3%" for _ in headings.split("|"))
    text = f"Satisfaction (12 months to)\n|\n | {headings}\nHate crime, satisfaction with service | {figures}"
    path = save_xlsx(tmp_path / "satisfaction.xlsx", {"Sheet": picture(text)})
    (table,) = review(path, facts, unwatched, reader).recognition.tables
    assert table.periods == words
