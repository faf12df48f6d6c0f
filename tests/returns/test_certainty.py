"""A label is taken for a measure only where it says that measure and nothing else; all else is asked about."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.observations import Part
from pcp_desktop.domain.progress import unwatched
from pcp_desktop.domain.returns import Change, Review, Severity
from pcp_desktop.returns.files.scan import Reader
from pcp_desktop.returns.stage import review

Rows = list[list[object]]
MONTHS = ["Oct-15", "Nov-15", "Dec-15"]
TITLE: list[object] = ["Leicestershire Police recorded crime Q3 2015/16"]
HEADS: list[object] = ["Category", *MONTHS]


def read(rows: Rows, facts: Facts, reader: Reader, folder: Path, name: str = "return.xlsx") -> Review:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(folder / name)
    return review(folder / name, facts, unwatched, reader)


def stored(found: Review) -> list[str]:
    return [str(one.observation.key.measure) for one in found.figures if one.change is not Change.REFUSED]


def questions(found: Review) -> str:
    return " ".join(each.message for each in found.findings if each.severity is Severity.QUESTION)


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Burglary Dwelling detections", "“detections”"),
        ("Burglary Dwelling arrests", "“arrests”"),
        ("All burglary", "“burglary”"),
        ("Burglary Non Dwelling", "“non”"),
        ("Burglary Dwelling last year", "“last”"),
        ("Violence against the person", "“injury”"),
        ("Violence without injury", "“without”"),
        ("Domestic violence", "“injury”"),
        ("Sexual offences", "“serious”"),
        ("Vehicle crime", "“vehicle”"),
        ("Hate incidents", "“incidents”"),
        ("Homophobic hate crime", "“homophobic”"),
    ],
)
def test_a_label_that_says_more_or_less_is_asked_about(
    label: str, said: str, facts: Facts, reader: Reader, tmp_path: Path
) -> None:
    found = read([TITLE, HEADS, [label, 100, 110, 120]], facts, reader, tmp_path)
    assert stored(found) == []
    assert said in questions(found)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Leicester City BCU only", "Leicester City"),
        ("Nottinghamshire Police", "Nottinghamshire"),
        ("England and Wales", "England and Wales"),
        ("Cumulative figures", "running totals"),
        ("Rate per 1,000 population", "rates"),
        ("Figures in thousands", "thousands"),
        ("Forecast", "forecasts"),
        ("Average per day", "averages"),
    ],
)
def test_a_line_above_that_makes_the_numbers_something_else_is_asked_about(
    line: str, reason: str, facts: Facts, reader: Reader, tmp_path: Path
) -> None:
    rows: Rows = [["Recorded crime Q3 2015/16"], [line], HEADS, ["Burglary Dwelling", 100, 110, 120]]
    found = read(rows, facts, reader, tmp_path)
    assert stored(found) == []
    assert reason in questions(found)


def test_a_part_of_the_area_is_not_the_whole(facts: Facts, reader: Reader, tmp_path: Path) -> None:
    rows: Rows = [TITLE, ["Category", "Place", *MONTHS], ["Burglary Dwelling", "Hinckley", 5, 6, 7]]
    found = read(rows, facts, reader, tmp_path)
    assert stored(found) == []
    assert "“hinckley”" in questions(found)


def test_a_measure_kept_by_areas_needs_its_area(facts: Facts, reader: Reader, tmp_path: Path) -> None:
    rows: Rows = [["First time entrants"], ["Quarter", "Number"], ["Q3 2015/16", 30]]
    found = read(rows, facts, reader, tmp_path)
    assert stored(found) == []
    assert "Leicester City" in questions(found)
    named = read([["Leicester City"], *rows], facts, reader, tmp_path)
    assert [one.observation.key.area for one in named.figures] == ["Leicester City"]


def test_a_count_with_an_of_which_below_it_stays_a_count(facts: Facts, reader: Reader, tmp_path: Path) -> None:
    rows: Rows = [TITLE, HEADS, ["Burglary Dwelling", 100, 110, 120], ["of which attempts", 10, 11, 12]]
    found = read(rows, facts, reader, tmp_path)
    assert [one.observation.key.part for one in found.figures] == [Part.VALUE] * 3
    assert [one.observation.value for one in found.figures] == [100, 110, 120]


@pytest.mark.parametrize(
    "label",
    ["Domestic burglary", "BURGLARY DWELLING", "Burglary - dwelling", "Dwelling burglaries", "Burglery dwelling"],
)
def test_every_plain_way_to_say_a_measure_is_taken(label: str, facts: Facts, reader: Reader, tmp_path: Path) -> None:
    found = read([TITLE, HEADS, [label, 100, 110, 120]], facts, reader, tmp_path)
    assert stored(found) == ["domestic-burglary"] * 3


@pytest.mark.parametrize(
    ("heads", "cells", "message"),
    [
        (["Category", "Oct-15", "Jan-17"], [1, 2], "January 2017 is not over"),
        (["Category", "2014/15", "2015/16"], [4014, 3000], "2015/16 is not over"),
        (["Category", "Oct-15", "10/12/2015"], [1, 2], "kept by month"),
        (["Category", "Oct-15", "Q1 2015"], [1, 2], "calendar or of the financial year"),
        (["Category", "Oct-15", "Nov-15"], [1, "1 20"], "no number"),
    ],
)
def test_a_figure_that_cannot_be_is_refused_with_its_cell(
    heads: list[object], cells: list[object], message: str, facts: Facts, reader: Reader, tmp_path: Path
) -> None:
    found = read([["Recorded crime"], heads, ["Burglary Dwelling", *cells]], facts, reader, tmp_path)
    refused = {one.observation.source.cell: one.findings for one in found.figures if one.change is Change.REFUSED}
    assert list(refused) == ["C3"]
    assert any(message in each.message for each in refused["C3"])


def test_the_same_month_is_taken_once_it_is_over(facts: Facts, reader: Reader, tmp_path: Path) -> None:
    rows: Rows = [["Recorded crime"], ["Category", "Jan-16", "Feb-16"], ["Burglary Dwelling", 1, 2]]
    assert len(stored(read(rows, facts, reader, tmp_path))) == 1
    later = replace(facts, now=datetime(2016, 3, 1))
    assert len(stored(read(rows, later, reader, tmp_path))) == 2


def test_a_percentage_that_may_be_a_fraction_is_refused(facts: Facts, reader: Reader, tmp_path: Path) -> None:
    rows: Rows = [
        ["User satisfaction, 12 months to December 2015"],
        ["Measure", "12 months to Dec 15"],
        ["Burglary, satisfaction with service", 0.891],
        ["All users, satisfaction with service", 80.4],
    ]
    found = read(rows, facts, reader, tmp_path)
    assert stored(found) == ["all-user-satisfaction"]
    rows[2][1] = "89.1%"
    taken = read(rows, facts, reader, tmp_path)
    assert sorted(one.observation.value or 0 for one in taken.figures) == [80.4, 89.1]


def test_a_label_that_names_a_measure_whole_is_no_part_of_another(
    facts: Facts, reader: Reader, tmp_path: Path
) -> None:
    """“To date” makes no running total of savings realised to date, and “identified” no base of those identified."""
    heads: list[object] = ["£ million", "1 April 2013 to 31 March 2017"]
    rows: Rows = [
        ["Savings over the plan"],
        heads,
        ["Savings realised to date", 18.1],
        ["Savings identified but not yet realised (est)", 12.9],
        ["Savings realised over the plan", 31.0],
        ["Savings delivered to date", 18.1],
    ]
    found = read(rows, facts, reader, tmp_path)
    assert sorted(stored(found)) == ["savings-identified", "savings-realised", "savings-to-date"]
    assert all(one.observation.key.part is Part.VALUE for one in found.figures)
    assert not questions(found)
