"""A return that keeps to no form: names nobody used before, totals between months, a figure withdrawn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from making import surveys
from making.profiles import counts
from making.published import AS_PUBLISHED, MONTHS, ROLLING, totals
from making.sheets import Pen, Style, new_workbook, save_workbook

NAME = "PCC dashboard return Q3 final v2.xlsx"
STYLE = Style(font="Verdana", size=9, fill="FFE2EFDA", title_size=11)
FIRST_MONTH = 36
"""April 2015, counted from April 2012."""
MONTHS_ROW, SURVEYS_ROW = 5, 16
CRIMES: tuple[tuple[str, str], ...] = (
    ("All crime", "all-crime"),
    ("House break-ins", "domestic-burglary"),
    ("Violence with injury", "violence-with-injury"),
    ("Theft MV", "theft-from-vehicle"),
    ("Vehicles taken", "theft-of-vehicle"),
    ("Hate crime", "hate-crime"),
    ("Rape", "rape"),
)
SURVEYS: tuple[tuple[str, str], ...] = (
    ("All user", "all-user-satisfaction"),
    ("Burglary", "burglary-satisfaction"),
    ("Violent crime", "violence-satisfaction"),
    ("ASB", "asb-satisfaction"),
)
RECOUNTED = ("theft-of-vehicle", 3)
"""The figure that the partner withdraws: the fourth month, July 2015."""
WRONG_TOTAL = ("theft-from-vehicle", 1, 10)
"""The quarter's total that is not its months: the second, ten too many."""


def make(folder: Path) -> None:
    """Write the return."""
    folder.mkdir(parents=True, exist_ok=True)
    book = new_workbook("Leicestershire Police", "Dashboard return, Q3 2015/16")
    _dashboard(book)
    _workings(book)
    _look_up(book)
    save_workbook(book, folder / NAME)


def _dashboard(book: Any) -> None:
    """Two tables above each other: months with a total after every third, and rolling percentages as text."""
    pen = Pen(book, "Dashboard", STYLE)
    pen.title(1, "LEICESTERSHIRE POLICE: PCC DASHBOARD RETURN")
    pen.text(2, 1, "Q3 2015/16, figures as at 18/01/16", bold=True)
    _crimes(pen)
    _surveys(pen)
    notes = (
        "n/a: not available, awaiting re-count. p = provisional.",
        f"{AS_PUBLISHED}. Satisfaction from telephone surveys of victims.",
    )
    for offset, note in enumerate(notes):
        pen.text(SURVEYS_ROW + len(SURVEYS) + 2 + offset, 1, note, italic=True)
    pen.widths(24, rest=8, until=13)


def _crimes(pen: Pen) -> None:
    pen.text(MONTHS_ROW - 1, 1, "Recorded offences", bold=True)
    for number in range(3):
        pen.head(MONTHS_ROW - 1, 2 + 4 * number, f"Quarter {number + 1}", span=3)
        pen.head(MONTHS_ROW, 5 + 4 * number, f"Q{number + 1} 15/16 total")
    for index, period in enumerate(MONTHS[FIRST_MONTH:]):
        pen.head(MONTHS_ROW, 2 + index + index // 3, period.start, form="mmm-yy")
    for offset, (label, code) in enumerate(CRIMES):
        row = MONTHS_ROW + 1 + offset
        pen.label(row, 1, label)
        values = counts(code)[FIRST_MONTH:]
        for index, value in enumerate(values):
            provisional = code == "domestic-burglary" and index > 5
            shown = "n/a" if (code, index) == RECOUNTED else f"{value} p" if provisional else value
            pen.number(row, 2 + index + index // 3, shown)
        for number in range(3):
            extra = WRONG_TOTAL[2] if (code, number) == WRONG_TOTAL[:2] else 0
            pen.number(row, 5 + 4 * number, sum(values[3 * number : 3 * number + 3]) + extra, bold=True)


def _surveys(pen: Pen) -> None:
    pen.text(SURVEYS_ROW - 1, 1, "Satisfaction (12 months to)", bold=True)
    for number, period in enumerate(ROLLING[-5:]):
        pen.head(SURVEYS_ROW, 2 + number, f"{period.end:%b %y}")
    for offset, (label, code) in enumerate(SURVEYS):
        pen.label(SURVEYS_ROW + 1 + offset, 1, label)
        answers = surveys.path(code, totals()["satisfaction"][code], len(ROLLING))[-5:]
        for number, each in enumerate(answers):
            pen.number(SURVEYS_ROW + 1 + offset, 2 + number, each.shown)


def _workings(book: Any) -> None:
    """A sheet with nothing to read."""
    pen = Pen(book, "Workings", STYLE)
    pen.title(1, "Workings")
    pen.text(3, 1, "Extract from the crime recording system, 11 January 2016. Counting rules as at April 2015.")


def _look_up(book: Any) -> None:
    """A hidden sheet of codes."""
    pen = Pen(book, "Lookup", STYLE)
    for row, (label, _code) in enumerate(CRIMES, start=1):
        pen.text(row, 1, row)
        pen.text(row, 2, label)
    pen.sheet.sheet_state = "hidden"
