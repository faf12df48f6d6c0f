"""The force's recorded crime return: months across under quarter groups, outcomes beside it, a hidden look-up."""

from __future__ import annotations

import math
import random
from pathlib import Path
from typing import Any

from making.profiles import counts
from making.published import AS_PUBLISHED, MONTHS, QUARTERS, totals
from making.sheets import Pen, Style, address, new_workbook, save_workbook
from making.surveys import Answers
from making.truth import Truth
from pcp_desktop.domain import periods

NAME = "recorded crime Q3.xlsx"
STYLE = Style(font="Arial", size=9, fill="FFBDD7EE", title_size=12)
FIRST_COLUMN = 3
GROUP_ROW = 5
PROVISIONAL_FROM = 42
"""October 2015: the last quarter is still being checked against the crime system."""
ROWS: tuple[tuple[str, str, str, int], ...] = (
    ("Recorded crime (offences)", "", "", 0),
    ("Total crime", "SP11", "all-crime", 0),
    ("Burglary Dwelling", "SP12", "domestic-burglary", 0),
    ("VAP with injury", "SP13", "violence-with-injury", 0),
    ("DV with injury", "SP5", "domestic-violence-injury", 2),
    ("Theft from MV", "SP14", "theft-from-vehicle", 0),
    ("Theft of MV", "SP14", "theft-of-vehicle", 0),
    ("Serious sexual offences", "SP6", "serious-sexual-offences", 0),
    ("Rape", "SP6", "rape", 2),
    ("Hate crime", "SP7", "hate-crime", 0),
    ("Recorded incidents", "", "", 0),
    ("ASB incidents", "SP8", "asb-incidents", 0),
    ("NTE incidents", "SP3", "licensed-premises-incidents", 0),
)
NOTES = (
    f"{AS_PUBLISHED}. Years without a published total (DV with injury, rape, ASB and NTE incidents; serious sexual "
    "offences and hate crime in 2015) are illustrative.",
    "[p] Provisional: offences still to be validated on the crime recording system.",
    "VAP: violence against the person. DV with injury and Rape are included in the lines above them.",
    "NTE incidents: in or near licensed premises, 7pm to 7am.",
    "Source: crime and incident recording systems, extracted 11 January 2016.",
)
REVISIONS = {("domestic-burglary", 40): 6, ("domestic-burglary", 41): -3, ("theft-from-vehicle", 41): 7}
"""What the revised return changes, by measure and month from April 2012: August and September 2015."""


def make(folder: Path) -> list[Truth]:
    """Write the first return and, in the folder `revised`, the return that corrects three months of it."""
    first, second = Truth(NAME), Truth(f"revised/{NAME}")
    save_workbook(_workbook(first, {}), folder / NAME)
    save_workbook(_workbook(second, REVISIONS), folder / "revised" / NAME)
    return [first, second]


def month_column(index: int) -> int:
    """The column of a month: a quarter's total stands after its three months."""
    return FIRST_COLUMN + index + index // 3


def _workbook(truth: Truth, revisions: dict[tuple[str, int], int]) -> Any:
    book = new_workbook("Leicestershire Police", "Recorded crime return, Q3 2015/16")
    pen = Pen(book, "Crime", STYLE)
    pen.title(1, "Leicestershire Police: recorded crime and incidents")
    pen.text(2, 1, "Return to the Office of the Police and Crime Commissioner for Q3 2015/16 (to 31 December 2015)")
    pen.text(3, 1, AS_PUBLISHED, italic=True)
    _headings(pen)
    for offset, (label, priority, code, indent) in enumerate(ROWS):
        row = GROUP_ROW + 2 + offset
        pen.label(row, 1, label, bold=not indent, indent=indent)
        pen.label(row, 2, priority)
        if code:
            _months(pen, truth, row, label, code, revisions)
    notes = (*NOTES, "r Revised since the return of 18 January 2016.") if revisions else NOTES
    for offset, note in enumerate(notes):
        pen.text(GROUP_ROW + 3 + len(ROWS) + offset, 1, note, italic=True)
    pen.widths(27, 6, rest=8.5, until=month_column(44) + 1)
    pen.sheet.freeze_panes = address(GROUP_ROW + 2, FIRST_COLUMN)
    pen.on_paper()
    _outcomes(book, truth)
    _look_up(book)
    return book


def _headings(pen: Pen) -> None:
    """Two rows: quarters merged over their months and total, and the months as dates or, provisional, as words."""
    pen.head(GROUP_ROW, 1, "Category")
    pen.head(GROUP_ROW, 2, "Ref")
    pen.head(GROUP_ROW + 1, 1, None)
    pen.head(GROUP_ROW + 1, 2, None)
    pen.sheet.merge_cells(start_row=GROUP_ROW, end_row=GROUP_ROW + 1, start_column=1, end_column=1)
    pen.sheet.merge_cells(start_row=GROUP_ROW, end_row=GROUP_ROW + 1, start_column=2, end_column=2)
    for number, quarter in enumerate(QUARTERS):
        pen.head(GROUP_ROW, month_column(3 * number), quarter.label, span=4)
        pen.head(GROUP_ROW + 1, month_column(3 * number) + 3, f"{quarter.label[:2]} total")
    for index in range(len(MONTHS)):
        _month_head(pen, GROUP_ROW + 1, month_column(index), index)


def _month_head(pen: Pen, row: int, column: int, index: int) -> None:
    """A month as a date or, provisional, in words."""
    period = MONTHS[index]
    if index >= PROVISIONAL_FROM:
        pen.head(row, column, f"{period.short_label.replace(' ', '-')} [p]")
    else:
        pen.head(row, column, period.start, form="mmm-yy")


def _months(pen: Pen, truth: Truth, row: int, label: str, code: str, revisions: dict[tuple[str, int], int]) -> None:
    """One category: its months and the totals of its quarters."""
    values = [value + revisions.get((code, index), 0) for index, value in enumerate(counts(code))]
    for index, (period, value) in enumerate(zip(MONTHS, values, strict=True)):
        revised = (code, index) in revisions
        cell = pen.number(row, month_column(index), f"{value} r" if revised else value)
        marker = "provisional" if index >= PROVISIONAL_FROM else "revised" if revised else "final"
        truth.add(code, period, cell, value, sheet="Crime", marker=marker, label=label)
    for number, quarter in enumerate(QUARTERS):
        total = sum(values[3 * number : 3 * number + 3])
        cell = pen.number(row, month_column(3 * number) + 3, total, bold=True)
        truth.add(code, quarter, cell, total, sheet="Crime", label=label, total=True)


def outcomes() -> list[Answers]:
    """Positive outcomes of domestic burglary in each month, on the offences of the month: chance around a trend."""
    figures = totals()["burglary_outcomes"]
    chance = random.Random("sample outcomes: burglary")
    found = []
    for index, base in enumerate(counts("domestic-burglary")):
        rate = (figures["first"] + (figures["last"] - figures["first"]) * _along(index)) / 100
        spread = math.sqrt(rate * (1 - rate) / base)
        found.append(Answers(round(base * (rate + chance.gauss(0, spread))), base))
    return found


def _along(index: int) -> float:
    """How far a month is from the middle of 2012/13 to the middle of the last 12 months."""
    middle = len(MONTHS) - 6.5
    return min(1.0, max(0.0, (index - 5.5) / (middle - 5.5)))


def _outcomes(book: Any, truth: Truth) -> None:
    """The second sheet: months across, count, base and rate down."""
    pen = Pen(book, "Outcomes", STYLE)
    pen.title(1, "Burglary Dwelling: positive outcome rate")
    pen.text(2, 1, "By month. Target 25%. Illustrative.", italic=True)
    pen.head(4, 1, "Burglary Dwelling, positive outcome rate")
    labels = ("Positive outcomes", "Offences (base)", "Positive outcome rate")
    for offset, label in enumerate(labels):
        pen.label(5 + offset, 1, label, bold=offset == 2)
    for index, (period, found) in enumerate(zip(MONTHS, outcomes(), strict=True)):
        column = 2 + index
        _month_head(pen, 4, column, index)
        cells = (
            pen.number(5, column, found.satisfied),
            pen.number(6, column, found.base),
            pen.number(7, column, found.satisfied / found.base, "0.0%", bold=True),
        )
        values = (found.satisfied, found.base, 100 * found.satisfied / found.base)
        marker = "provisional" if index >= PROVISIONAL_FROM else "final"
        for part, cell, value, label in zip(
            ("numerator", "denominator", "value"), cells, values, labels, strict=True
        ):
            truth.add(
                "burglary-outcomes", period, cell, value, sheet="Outcomes", part=part, marker=marker, label=label
            )
    pen.text(9, 1, "Offences are those of the sheet Crime in the same month, as first returned.", italic=True)
    pen.text(10, 1, "Outcomes are counted in the month in which they are given.", italic=True)
    pen.widths(38, rest=8.5, until=1 + len(MONTHS))
    pen.sheet.freeze_panes = "B5"
    pen.on_paper()


def _look_up(book: Any) -> None:
    """The hidden sheet that the force's own macros use."""
    pen = Pen(book, "LookUp", STYLE)
    pen.head(1, 1, "HO group")
    pen.head(1, 2, "Dashboard category")
    pen.head(1, 3, "Strategic priority")
    for offset, (label, priority, code, _indent) in enumerate(row for row in ROWS if row[2]):
        pen.text(2 + offset, 1, f"G{offset + 1:02d}")
        pen.text(2 + offset, 2, label)
        pen.text(2 + offset, 3, priority)
        pen.text(2 + offset, 5, code[:3].upper())
    for offset, period in enumerate(MONTHS):
        pen.text(2 + offset, 7, period.start)
        pen.sheet.cell(2 + offset, 7).number_format = "mmm-yy"
        pen.text(2 + offset, 8, periods.quarter_number(period.end))
    pen.sheet.sheet_state = "hidden"
