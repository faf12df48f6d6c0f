"""What a table says against itself is a finding with its cell, and all it says is still read."""

from __future__ import annotations

import pytest

from pcp_desktop.domain.returns import Finding
from pcp_desktop.returns.files.workbook import Sheet, Workbook
from pcp_desktop.returns.recognition.recognise import recognise
from tests.returns.pictures import picture, reading


def found_in(text: str) -> tuple[list[Finding], list[str]]:
    drawn = picture(text)
    width = max(len(row) for row in drawn.rows)
    rows = tuple((*(cell.value for cell in row), *[None] * (width - len(row))) for row in drawn.rows)
    found = recognise(Workbook("a.xlsx", b"", "", (Sheet("Table", rows, merged=drawn.merged),)))
    return list(found.findings), reading(found)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("Force | 2013/14 | 2014/15 | 2014/15\nKent | 1 | 2 | 3", "D2"),
        ("Month | Calls\nApr-15 | 10\nMay-15 | 11\nApr-15 | 12", "B4"),
        ("Force | Total 2014/15 | Total 2014/15\nKent | 20 | 21", "C2"),
        ("Force | 2013/14 | 2014/15\nKent | 1 | 2\nEssex | 3 | 4\nKent | 1 | 5", "C4"),
    ],
    ids=["a year twice across", "a month twice down", "two totals for one year", "a row twice"],
)
def test_two_values_for_one_period_are_a_finding_and_both_are_read(text: str, cell: str) -> None:
    findings, points = found_in(text)
    assert [found.cell for found in findings] == [cell]
    assert "has two values for" in findings[0].message
    assert len(points) == sum(line.count("|") for line in text.split("\n")[1:])


def test_the_same_value_twice_is_no_contradiction() -> None:
    findings, _ = found_in("Month | Calls\nApr-15 | 10\nMay-15 | 11\nApr-15 | 10")
    assert findings == []


def test_a_quarter_of_fifteen_months_is_a_finding() -> None:
    findings, points = found_in("Quarter | Calls\nQ2 (Jul 15 - Sep 15) | 10\nQ3 (Oct 14 - Dec 15) | 12")
    assert [(found.cell, "covers 15 months" in found.message) for found in findings] == [("A3", True)]
    assert points[0] == "B2 | Q2 2015/16 | 10 | Calls"


def test_quarters_are_not_suspected_of_their_years() -> None:
    findings, _ = found_in("Quarter | Calls\nQ2 2015/16 | 10\nQ3 2015/16 | 12\nQuarter to Dec 2015 | 5")
    assert all("covers" not in found.message for found in findings)
