"""What a workbook says of its own figures is noticed, and only in fixed words."""

from __future__ import annotations

from pathlib import Path

import pytest

from pcp_desktop.domain.progress import unwatched
from pcp_desktop.returns.files.scan import read_workbook
from pcp_desktop.returns.recognition import remarks
from pcp_desktop.returns.recognition.found import FoundSheet, FoundTable, Recognised
from pcp_desktop.returns.recognition.recognise import recognise
from pcp_desktop.returns.recognition.remarks import ALL, MONTHS

SAMPLES = Path(__file__).resolve().parents[2] / "sample_workbooks"


def said(**lines: str) -> tuple[tuple[str, str], ...]:
    """What is noticed in a workbook of one line a sheet."""
    sheets = tuple(FoundSheet(name, False, (), (line,)) for name, line in lines.items())
    return remarks.illustrative(Recognised("a.xlsx", sheets, ()))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Monthly profile illustrative; totals as published", MONTHS),
        ("MONTHLY FIGURES ARE ILLUSTRATIVE: totals as published in March.", MONTHS),
        ("Illustrative: about 81% fewer than in 2012.", ALL),
        ("All figures are for illustrative purposes.", ALL),
    ],
)
def test_a_note_is_noticed_without_its_figures(line: str, words: str) -> None:
    assert said(Data=line) == (("Data", words),)


@pytest.mark.parametrize(
    "line", ["Recorded crime", "These figures are not illustrative.", "Illustrator: A. Clerk", ""]
)
def test_nothing_is_read_into_other_words(line: str) -> None:
    assert said(Data=line) == ()


def test_a_note_on_the_front_sheet_holds_for_silent_sheets() -> None:
    assert said(Summary="Illustrative.", Counts="Referrals") == (("Summary", ALL), ("Counts", ALL))


def test_a_title_counts_and_a_hidden_sheet_does_not() -> None:
    table = FoundTable("A1:B2", ("Illustrative.",), ())
    assert remarks.illustrative(Recognised("a.xlsx", (FoundSheet("A", False, (table,)),), ())) == (("A", ALL),)
    assert remarks.illustrative(Recognised("a.xlsx", (FoundSheet("A", True, (table,)),), ())) == ()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("recorded crime Q3.xlsx", {"Crime": MONTHS, "Outcomes": ALL}),
        ("CSE scorecard.xlsx", {"Summary": ALL, "Counts": ALL}),
        ("user satisfaction 12m to Dec 15.xls", {"Satisfaction": MONTHS, "Domestic abuse": MONTHS}),
        ("MSG positions.csv", {"": MONTHS}),
    ],
)
def test_the_sample_workbooks_say_it(name: str, expected: dict[str, str]) -> None:
    assert dict(remarks.illustrative(recognise(read_workbook(SAMPLES / name, unwatched)))) == expected
