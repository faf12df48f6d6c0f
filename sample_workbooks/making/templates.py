"""The two returns on the template that the Commissioner's office issues: confidence and treatment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl.styles import Protection
from openpyxl.worksheet.datavalidation import DataValidation

from making import surveys
from making.published import AS_PUBLISHED, ILLUSTRATIVE, QUARTERS, RETURN_PERIOD, ROLLING, WHOLE_AREA, totals
from making.sheets import Pen, Style, address, new_workbook, save_workbook
from making.truth import Truth

STYLE = Style(font="Calibri", size=11, fill="FF1F4E79", ink="FFFFFFFF")
COLUMNS = ("Measure", "Area", "Period", "Value", "Unit", "Numerator", "Base", "Marker")
HEADING_ROW = 9
CONFIDENCE = "CBS confidence.xlsx"
TREATMENT = "drug and alcohol treatment.xlsx"
TREATMENT_MEASURES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("treatment-opiate", "Successful treatment completions, opiates", (
        "8.22", "8.18", "8.41", "8.09", "7.94", "7.61", "7.83", "7.59", "7.37", "7.46", "7.18", "7.29")),
    ("treatment-non-opiate", "Successful treatment completions, non-opiates", (
        "41.63", "41.27", "42.08", "40.91", "40.36", "39.72", "39.94", "39.18", "38.84", "39.07", "38.62", "38.47")),
    ("treatment-alcohol", "Successful treatment completions, alcohol", (
        "36.71", "37.14", "37.58", "37.92", "38.26", "38.71", "38.04", "39.43", "39.86", "40.17", "40.73", "41.08")),
    ("treatment-representations", "Re-presentations within six months of completing treatment", (
        "14.67", "14.31", "13.96", "14.12", "13.78", "13.53", "13.87", "13.21", "13.06", "12.93", "13.17", "12.74")),
)  # fmt: skip
TREATMENT_QUARTERS = QUARTERS[3:]


def make(folder: Path) -> list[Truth]:
    """Write both returns."""
    return [_confidence(folder), _treatment(folder)]


def _confidence(folder: Path) -> Truth:
    truth = Truth(CONFIDENCE)
    book = new_workbook("Leicestershire Police", f"Return {RETURN_PERIOD}")
    pen = _front(book, "Leicestershire Police", "LEICESTERSHIRE-POLICE", AS_PUBLISHED)
    label = "Confidence that the police are doing a good job"
    figures = surveys.path("confidence", totals()["confidence"], len(ROLLING))
    for number, (period, found) in enumerate(zip(ROLLING, figures, strict=True)):
        row = HEADING_ROW + 1 + number
        _line(pen, row, label, period.label)
        cells = (
            pen.number(row, 4, found.tenths / 10, "0.0"),
            pen.number(row, 6, found.satisfied),
            pen.number(row, 7, found.base),
        )
        values = (found.tenths / 10, found.satisfied, found.base)
        for part, cell, value in zip(("value", "numerator", "denominator"), cells, values, strict=True):
            truth.add("confidence", period, cell, value, sheet="Return", part=part, label=label)
    note = "Community Based Survey, about 2,200 answers in 12 months. Numerator: agree or strongly agree."
    _finish(book, pen, HEADING_ROW + 1 + len(ROLLING), note)
    save_workbook(book, folder / CONFIDENCE)
    return truth


def _treatment(folder: Path) -> Truth:
    truth = Truth(TREATMENT)
    book = new_workbook("Public Health", f"Return {RETURN_PERIOD}")
    pen = _front(book, "Public Health", "PUBLIC-HEALTH", ILLUSTRATIVE)
    pen.text(7, 1, "Not for publication, nor any indication of performance, before the national release.", bold=True)
    row = HEADING_ROW
    for code, label, values in TREATMENT_MEASURES:
        for period, value in zip(TREATMENT_QUARTERS, values, strict=True):
            row += 1
            _line(pen, row, label, period.label)
            cell = pen.number(row, 4, float(value), "0.00")
            truth.add(code, period, cell, float(value), sheet="Return", label=label)
    _finish(book, pen, row + 1, "Percentages to two decimals. Never to be added up or averaged across substances.")
    save_workbook(book, folder / TREATMENT)
    return truth


def _front(book: Any, organisation: str, identifier: str, sentence: str) -> Pen:
    """The head of the template, with the identifier by which it is known when it comes back."""
    pen = Pen(book, "Return", STYLE)
    pen.title(1, "Police and Crime Plan 2013-2017: quarterly return")
    pen.text(2, 1, f"PCP-RETURN {RETURN_PERIOD} {identifier}")
    pen.text(3, 1, "Organisation", bold=True)
    pen.text(3, 2, organisation)
    pen.text(4, 1, "Period", bold=True)
    pen.text(4, 2, RETURN_PERIOD)
    pen.text(5, 1, "Return to", bold=True)
    pen.text(5, 2, "Office of the Police and Crime Commissioner")
    pen.text(6, 1, f"{sentence}.", italic=True)
    for column, heading in enumerate(COLUMNS, start=1):
        pen.head(HEADING_ROW, column, heading)
    pen.widths(56, 36, 30, 11, 10, 12, 10, 10)
    pen.sheet.freeze_panes = address(HEADING_ROW + 1, 1)
    pen.on_paper()
    return pen


def _line(pen: Pen, row: int, label: str, period: str) -> None:
    """The locked part of one line and its boxes to fill in."""
    pen.label(row, 1, label)
    pen.label(row, 2, WHOLE_AREA)
    pen.label(row, 3, period)
    pen.label(row, 5, "percent")
    for column in (4, 6, 7, 8):
        pen.number(row, column, None)
        pen.sheet.cell(row, column).protection = Protection(locked=False)


def _finish(book: Any, pen: Pen, row: int, note: str) -> None:
    """Drop-downs, protection, the closing note and the hidden list of markers."""
    last = row - 1
    markers = DataValidation(type="list", formula1="Lists!$A$2:$A$6", allow_blank=True)
    markers.add(f"H{HEADING_ROW + 1}:H{last}")
    values = DataValidation(type="decimal", operator="between", formula1="0", formula2="100", allow_blank=True)
    values.add(f"D{HEADING_ROW + 1}:D{last}")
    pen.sheet.add_data_validation(markers)
    pen.sheet.add_data_validation(values)
    pen.sheet.protection.sheet = True
    pen.text(row + 1, 1, note, italic=True)
    lists = Pen(book, "Lists", STYLE)
    for offset, words in enumerate(("Marker", "[p]", "[r]", "[c]", "[x]", "[z]")):
        lists.text(1 + offset, 1, words)
    lists.sheet.sheet_state = "hidden"
