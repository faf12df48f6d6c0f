"""Protecting the vulnerable: the CSE scorecard and the mental health update, words and counts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from making.profiles import counts
from making.published import ILLUSTRATIVE, MONTHS, QUARTERS, short_month
from making.sheets import Pen, Style, new_workbook, save_workbook
from making.truth import Truth
from pcp_desktop.domain import periods

CSE, MENTAL_HEALTH = "CSE scorecard.xlsx", "mental health update.xlsx"
REFERRALS = (None, None, None, None, 31, 36, 29, 38, 44, 52, 49, 57, 63, 71, 78)
"""By quarter from Q1 2012/13; the first year was not counted."""
OTHER_ROWS: tuple[tuple[str, tuple[object, ...]], ...] = (
    ("Investigations related to exploitation", ("..", "..", "..", "..", 6, 9, 7, 11, 12, 14, 13, 17, 16, 19, 21)),
    ("Prosecutions", ("..", "..", "..", "..", "*", "*", "[c]", "*", 3, 4, "*", 3, 5, 4, 6)),
    ("Child abduction warning notices", ("-", "-", "-", "-", 4, "*", 3, 4, "[c]", 5, 7, 6, 8, 9, 8)),
)
TRENDS = (
    "Reduction in the number of children reported missing and in repeat incidences of children going missing.",
    "Increase in the number of CSE referrals, highlighting improved and heightened awareness amongst professionals.",
    "Reported increase in awareness of CSE amongst professionals, children and young people.",
    "Increase in the number of CSE related investigations and prosecutions.",
)
ASSESSMENT = "Conveyance, training and joint policies"
ASSESSMENT_BEFORE = (
    "Conveyance: the ambulance service's offer is under review with commissioners. Training: personality disorder "
    "awareness courses planned with the Partnership Trust. Policies: review of the joint policies under way."
)
ASSESSMENT_NOW = (
    "Conveyance: the ambulance service is in talks with commissioners to improve its provision; delivery is expected "
    "by the middle of 2016. Training: personality disorder awareness training is being delivered to a multi-agency "
    "audience. Policies: the review of joint policies continues. Assessment: progress as planned."
)
Q3 = periods.quarter(2015, 3)


def make(folder: Path) -> list[Truth]:
    """Write both returns."""
    return [_scorecard(folder), _mental_health(folder)]


def _scorecard(folder: Path) -> Truth:
    """Bullets on the first sheet, counts by quarter on the second, small numbers as markers."""
    truth = Truth(CSE)
    book = new_workbook("Safeguarding Children Board", "CSE scorecard, Q3 2015/16")
    look = Style(font="Calibri", size=11, fill="FFE4DFEC")
    pen = Pen(book, "Summary", look)
    pen.title(1, "Joint CSE, Trafficking and Missing Sub Group: report card")
    pen.text(2, 1, "Safeguarding Children Board. Q3 2015/16.")
    pen.text(3, 1, f"{ILLUSTRATIVE}.", italic=True)
    pen.text(5, 1, "Q3 data is showing evidence of the following trends:", bold=True)
    for offset, trend in enumerate(TRENDS):
        pen.paragraph(6 + offset, 1, f"• {trend}", height=32)
    pen.widths(76)
    pen.on_paper(landscape=False)
    counted = Pen(book, "Counts", look)
    counted.title(1, "Counts by quarter")
    counted.text(2, 1, "Restricted: contains small numbers. Figures are for the whole area.")
    counted.head(4, 1, "Indicator")
    for number, period in enumerate(QUARTERS):
        counted.head(4, 2 + number, period.label)
    label = "Child sexual exploitation referrals"
    counted.label(5, 1, label, bold=True)
    for number, (period, value) in enumerate(zip(QUARTERS, REFERRALS, strict=True)):
        cell = counted.number(5, 2 + number, value if value is not None else "..")
        marker = "final" if value is not None else "not available"
        truth.add("cse-referrals", period, cell, value, sheet="Counts", marker=marker, label=label)
    for offset, (name, values) in enumerate(OTHER_ROWS):
        counted.label(6 + offset, 1, name)
        for number, shown in enumerate(values):
            counted.number(6 + offset, 2 + number, shown)
    counted.text(10, 1, ".. not available   - none   * or [c] number under three, not shown", italic=True)
    counted.widths(38, rest=11.5, until=16)
    counted.sheet.freeze_panes = "B5"
    counted.on_paper()
    save_workbook(book, folder / CSE)
    return truth


def _mental_health(folder: Path) -> Truth:
    truth = Truth(MENTAL_HEALTH)
    book = new_workbook("Mental Health Partnership", "Mental health update, Q3 2015/16")
    look = Style(font="Calibri", size=11, fill="FFDEEBF7")
    pen = Pen(book, "Update", look)
    pen.title(1, "Mental Health Partnership: written update for the Executive Group")
    pen.text(2, 1, f"{ILLUSTRATIVE}.", italic=True)
    pen.head(4, 1, "Assessment")
    pen.head(4, 2, "Q2 2015/16")
    pen.head(4, 3, "Q3 2015/16")
    pen.label(5, 1, ASSESSMENT, bold=True)
    before = pen.paragraph(5, 2, ASSESSMENT_BEFORE, height=110, boxed=True)
    now = pen.paragraph(5, 3, ASSESSMENT_NOW, height=110, boxed=True)
    for period, cell, words in ((Q3.shifted(-3), before, ASSESSMENT_BEFORE), (Q3, now, ASSESSMENT_NOW)):
        truth.add("mental-health-assessment", period, cell, None, sheet="Update", label=ASSESSMENT, text=words)
    pen.text(7, 1, "The triage car works every day of the week, jointly with the Partnership Trust.")
    pen.widths(30, 50, 50)
    pen.on_paper()
    _detentions(book, truth, look)
    save_workbook(book, folder / MENTAL_HEALTH)
    return truth


def _detentions(book: Any, truth: Truth, look: Style) -> None:
    """The second sheet: one month a row."""
    pen = Pen(book, "S136", look)
    pen.title(1, "Section 136 detentions by month")
    pen.text(2, 1, f"{ILLUSTRATIVE}: about 81% fewer than in 2012, on average just under 7 a month.", italic=True)
    pen.head(4, 1, "Month")
    label = "Section 136 detentions"
    pen.head(4, 2, label)
    pen.head(4, 3, "Comment")
    for offset, (period, value) in enumerate(zip(MONTHS, counts("section-136"), strict=True)):
        row = 5 + offset
        pen.label(row, 1, short_month(period))
        cell = pen.number(row, 2, value)
        pen.label(row, 3, "Awaiting validation" if offset == len(MONTHS) - 1 else "")
        truth.add("section-136", period, cell, value, sheet="S136", label=label)
    pen.widths(14, 24, 24)
    pen.sheet.freeze_panes = "A5"
    pen.on_paper(landscape=False)
