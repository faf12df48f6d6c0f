"""Traits of real workbooks, each made small: period blocks, flags beside values, dashes for nil, numbered titles."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pcp_desktop.returns.files.number_formats import of_runs
from pcp_desktop.returns.files.workbook import CellValue, Sheet, Workbook
from pcp_desktop.returns.recognition.recognise import recognise
from pcp_desktop.returns.recognition.report import as_json

Row = list[CellValue]


def series_of(rows: list[Row], **facts: Any) -> list[dict[str, Any]]:
    width = max(len(row) for row in rows)
    sheet = Sheet("Table", tuple((*row, *[None] * (width - len(row))) for row in rows), **facts)
    answer = as_json(recognise(Workbook("a.xlsx", b"", "", (sheet,))))
    return [series for table in answer["sheets"][0]["tables"] for series in table["series"]]


def points_of(rows: list[Row], **facts: Any) -> dict[str, tuple[str | None, float | None, str | None]]:
    return {
        point["cell"]: (point["period"] and point["period"]["label"], point["value"], point["marker"])
        for series in series_of(rows, **facts)
        for point in series["points"]
    }


def test_a_quarter_written_as_its_last_month_is_the_quarter_of_the_title() -> None:
    rows: list[Row] = [
        ["Period:", "October to December 2019"],
        [],
        ["Year", "Period End", "Region", "Beds"],
        ["2019-20", "December", "North", 12.0],
        ["2019-20", "December", "South", 13.0],
    ]
    assert points_of(rows) == {"D4": ("Q3 2019/20", 12, None), "D5": ("Q3 2019/20", 13, None)}


def test_month_ends_under_a_title_that_says_so_are_days() -> None:
    rows: list[Row] = [
        ["Prison population by sex, month end March to April 2018"],
        ["Custody", date(2018, 3, 31), date(2018, 4, 30)],
        ["Males", 10.0, 11.0],
        ["Females", 1.0, 2.0],
    ]
    assert points_of(rows)["C4"] == ("30 April 2018", 2, None)
    rows[1][2] = date(2018, 4, 1)
    assert points_of(rows)["C4"] == ("April 2018", 2, None)


def test_month_ends_under_as_at_are_days() -> None:
    rows: list[Row] = [
        ["Officers"],
        ["As at:"],
        ["Force", date(2015, 9, 30), date(2016, 3, 31)],
        ["Kent", 10.0, 11.0],
        ["Essex", 20.0, 21.0],
    ]
    assert [period for period, _, _ in points_of(rows).values()] == ["30 September 2015", "31 March 2016"] * 2
    assert [period for period, _, _ in points_of(rows[2:]).values()] == ["September 2015", "March 2016"] * 2


def test_a_column_of_flags_without_a_heading_belongs_to_the_values_on_its_left() -> None:
    rows: list[Row] = [
        ["Use of force"],
        ["Kind", 2014.0, None, 2015.0, None, 2016.0],
        ["Drawn", 1.0, None, 4.0, "R", 7.0],
        ["Aimed", 2.0, None, 5.0, None, 8.0],
        ["Fired", 3.0, None, 6.0, "R", 9.0],
    ]
    found = points_of(rows)
    wanted = [("2015", 4, "R"), ("2015", 5, None), ("2016", 7, None)]
    assert [found[cell] for cell in ("D3", "D4", "F3")] == wanted
    assert not {"C3", "E3", "E5"} & set(found)


@pytest.mark.parametrize("form", ['#,##0;-#,##0;"-"', '_-\\ #,##0_-;\\-\\ #,##0_-;_-\\ "-"??_-;_-@_-'])
def test_a_stored_nil_that_is_shown_as_a_dash_is_missing(form: str) -> None:
    rows: list[Row] = [["Place", "Apr-15", "May-15"], ["North", 0.0, 5.0]]
    assert points_of(rows, formats=of_runs([(1, 1, 2, form)])) == {
        "B2": ("April 2015", None, "-"),
        "C2": ("May 2015", 5, None),
    }


def test_a_letter_in_square_brackets_alone_is_missing() -> None:
    rows: list[Row] = [["Place", "Apr-15", "May-15", "Jun-15"], ["North", "[a]", 5.0, 6.0]]
    assert points_of(rows)["B2"] == ("April 2015", None, "[a]")


def test_labels_are_given_as_they_are_written() -> None:
    rows: list[Row] = [["Beds", None, None], ["Force", "Total", "Rate [note 7]"], ["Kent", 5.0, 6.0]]
    assert [series["label"] for series in series_of(rows)] == [["Kent", "Total"], ["Kent", "Rate [note 7]"]]


def test_a_number_before_a_title_is_no_figure() -> None:
    rows: list[Row] = [
        [1.0, "Overseas residents' visits to the country by month and area"],
        [],
        [None, "Place", "Apr-15", "May-15"],
        [None, "North", 4.0, 5.0],
    ]
    assert points_of(rows) == {"C4": ("April 2015", 4, None), "D4": ("May 2015", 5, None)}


def test_a_year_alone_in_a_title_is_the_period_of_what_has_none_and_gives_no_month_its_year() -> None:
    table: list[Row] = [["Force", "Drawn", "Aimed"], ["Kent", 5.0, 6.0]]
    assert points_of([["Use of force, England and Wales, 2015"], *table])["B3"] == ("2015", 5, None)
    assert points_of([["Use of force since 2015"], *table])["B3"] == (None, 5, None)
    months: list[Row] = [["Use of force 2015"], ["Force", "Jan", "Feb"], ["Kent", 5.0, 6.0]]
    assert points_of(months)["B3"] == (None, 5, None)


def test_a_period_over_the_first_of_two_tables_is_not_that_of_the_second() -> None:
    rows: list[Row] = [
        ["2014/15"],
        ["Kind", "Oct", "Nov"],
        ["Drawn", 1.0, 2.0],
        [],
        ["Latest"],
        ["Kind", "Oct", "Nov"],
        ["Drawn", 3.0, 4.0],
    ]
    found = points_of(rows)
    assert [found[cell] for cell in ("B3", "B7")] == [("October 2014", 1, None), (None, 3, None)]
