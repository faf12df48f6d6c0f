"""The force's user satisfaction return, an old .xls: 12 months to each quarter, satisfied and base side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import xlwt

from making import surveys
from making.published import AS_PUBLISHED, ROLLING, rolling_label, totals
from making.sheets import address
from making.truth import Truth
from pcp_desktop.domain import periods
from pcp_desktop.domain.periods import Period

NAME = "user satisfaction 12m to Dec 15.xls"
ROWS = (
    ("All user satisfaction with service", "SP9", "all-user-satisfaction"),
    ("Burglary: satisfaction with service", "SP12", "burglary-satisfaction"),
    ("All violent crime: satisfaction with service", "SP13", "violence-satisfaction"),
    ("Theft from MV: satisfaction with service (2)", "SP14", "theft-from-vehicle-satisfaction"),
    ("Theft of MV: satisfaction with service (2)", "SP14", "theft-of-vehicle-satisfaction"),
    ("Hate crime: satisfaction with service (1)", "SP7", "hate-satisfaction"),
    ("ASB: satisfaction with service", "SP8", "asb-satisfaction"),
    ("Serious sexual offences: satisfaction with service", "SP6", "sexual-offences-satisfaction"),
)
NOTES = (
    AS_PUBLISHED
    + ". Survey counts are chosen to give the published percentages; serious sexual offences illustrative.",
    "Satisfied: completely, very or fairly satisfied with the whole experience. Base: all who gave an answer.",
    "(1) From April 2015 all hate crime types are surveyed; before, racist incidents only. Break in series.",
    "(2) From April 2015 one survey covers all vehicle crime, shown on both lines. Break in series: not comparable "
    "with earlier periods.",
)
DOMESTIC_ROW = "Domestic abuse: satisfaction with service"
DOMESTIC_NOTES = (
    AS_PUBLISHED + ". Survey counts are chosen to give the published percentage.",
    "Not supplied after May 2015. No figure for 2012/13.",
)
DOMESTIC: tuple[Period, ...] = (
    *(periods.twelve_months_to(2014, 3).shifted(3 * number) for number in range(5)),
    periods.twelve_months_to(2015, 5),
)
VEHICLE = ("theft-from-vehicle-satisfaction", "theft-of-vehicle-satisfaction")
FACE = "font: name Verdana, height 160"
PLAIN = xlwt.easyxf(f"{FACE}; borders: left thin, right thin, top thin, bottom thin", num_format_str="#,##0")
PERCENT = xlwt.easyxf(f"{FACE}; borders: left thin, right thin, top thin, bottom thin; align: horiz right")
HEADING = xlwt.easyxf(
    f"{FACE}, bold on; borders: left thin, right thin, top thin, bottom thin; align: horiz center, wrap on; "
    "pattern: pattern solid, fore_colour pale_blue"
)
WORDS = xlwt.easyxf(FACE)
TITLE = xlwt.easyxf("font: name Verdana, height 220, bold on")


def make(folder: Path) -> list[Truth]:
    """Write the workbook of two sheets: all user groups, and domestic abuse with its own dates."""
    truth = Truth(NAME)
    book = xlwt.Workbook(encoding="utf-8")
    book.set_owner("Leicestershire Police")
    answers = {code: surveys.path(code, totals()["satisfaction"][code], len(ROLLING)) for _, _, code in ROWS}
    for number in (-3, -2):
        answers[VEHICLE[1]][number] = answers[VEHICLE[0]][number]
    _sheet(
        book,
        truth,
        "Satisfaction",
        "User satisfaction with service, rolling 12 months",
        ROLLING,
        ROWS,
        answers,
        NOTES,
    )
    code = "domestic-satisfaction"
    answers = {code: surveys.path(code, totals()["satisfaction"][code], len(DOMESTIC))}
    rows = ((DOMESTIC_ROW, "SP5", code),)
    title = "Domestic abuse: satisfaction with service, rolling 12 months to May 2015"
    _sheet(book, truth, "Domestic abuse", title, DOMESTIC, rows, answers, DOMESTIC_NOTES)
    book.save(str(folder / NAME))
    return [truth]


def _sheet(
    book: Any,
    truth: Truth,
    name: str,
    title: str,
    columns: tuple[Period, ...],
    rows: tuple[tuple[str, str, str], ...],
    answers: dict[str, list[surveys.Answers]],
    notes: tuple[str, ...],
) -> None:
    """A title, two heading rows with each period merged over its three columns, the measures, the notes."""
    sheet = book.add_sheet(name)
    sheet.write(0, 0, title, TITLE)
    sheet.write(1, 0, "Leicestershire Police, survey team. Return for Q3 2015/16.", WORDS)
    sheet.write_merge(3, 4, 0, 0, "User group", HEADING)
    sheet.write_merge(3, 4, 1, 1, "Ref", HEADING)
    for number, period in enumerate(columns):
        first = 2 + 3 * number
        sheet.write_merge(3, 3, first, first + 2, rolling_label(period), HEADING)
        for offset, heading in enumerate(("Satisfied", "Base", "%")):
            sheet.write(4, first + offset, heading, HEADING)
            sheet.col(first + offset).width = 256 * 9
    for offset, (label, priority, code) in enumerate(rows):
        sheet.write(5 + offset, 0, label, PLAIN)
        sheet.write(5 + offset, 1, priority, PLAIN)
        for number, period in enumerate(columns):
            _three_cells(sheet, truth, name, 5 + offset, 2 + 3 * number, answers[code][number], (code, period, label))
    for offset, note in enumerate(notes):
        sheet.write(6 + len(rows) + offset, 0, note, WORDS)
    sheet.col(0).width = 256 * 48
    sheet.col(1).width = 256 * 6
    sheet.set_panes_frozen(True)
    sheet.set_horz_split_pos(5)
    sheet.set_vert_split_pos(2)
    sheet.set_portrait(False)
    sheet.set_fit_num_pages(1)


def _three_cells(
    sheet: Any,
    truth: Truth,
    name: str,
    row: int,
    column: int,
    found: surveys.Answers,
    measure: tuple[str, Period, str],
) -> None:
    """Satisfied and base as numbers, the percentage as text."""
    code, period, label = measure
    sheet.write(row, column, found.satisfied, PLAIN)
    sheet.write(row, column + 1, found.base, PLAIN)
    sheet.write(row, column + 2, found.shown, PERCENT)
    values = (("numerator", float(found.satisfied)), ("denominator", float(found.base)), ("value", found.tenths / 10))
    for offset, (part, value) in enumerate(values):
        cell = address(row + 1, column + offset + 1)
        truth.add(code, period, cell, value, sheet=name, part=part, label=label)
