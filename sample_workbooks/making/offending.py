"""Young people and offender management: two youth offending services and the IOM programme."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from making.open_document import Cell, save_sheet
from making.published import AS_PUBLISHED, QUARTERS, totals
from making.sheets import Pen, Style, address, new_workbook, save_workbook
from making.truth import Truth
from pcp_desktop.domain import periods

COUNTY, CITY, IOM = "YOS County and Rutland.xlsx", "YOS City.ods", "IOM performance.xlsx"
ENTRANTS = "first-time-entrants"


def make(folder: Path) -> list[Truth]:
    """Write the three returns."""
    return [_county(folder), _city(folder), _iom(folder)]


def _county(folder: Path) -> Truth:
    """Quarters down with a line for each year's total, notes below."""
    truth, area = Truth(COUNTY), "Leicestershire and Rutland"
    label = "First time entrants (10-17)"
    values = totals()["first_time_entrants"][area]["quarters"]
    book = new_workbook("Leicestershire County Council", "First time entrants, Q3 2015/16")
    pen = Pen(book, "FTE", Style(font="Arial", size=11, fill="FFFCE4D6"))
    pen.title(1, "Leicestershire and Rutland Youth Offending Service")
    pen.text(2, 1, "First time entrants to the criminal justice system, young people aged 10-17")
    pen.text(3, 1, f"{AS_PUBLISHED}.", italic=True)
    pen.head(5, 1, "Quarter")
    pen.head(5, 2, label)
    row = 6
    for number, (period, value) in enumerate(zip(QUARTERS, values, strict=True)):
        pen.label(row, 1, f"{period.label}¹" if number == len(values) - 1 else period.label)
        truth.add(ENTRANTS, period, pen.number(row, 2, value), value, sheet="FTE", area=area, label=label)
        row += 1
        if number % 4 == 3:
            year = periods.financial_year(2012 + number // 4)
            total = sum(values[number - 3 : number + 1])
            pen.label(row, 1, f"{year.label} total", bold=True)
            cell = pen.number(row, 2, total, bold=True)
            truth.add(ENTRANTS, year, cell, total, sheet="FTE", area=area, label=label, total=True)
            row += 1
    notes = (
        "¹ Young people in the police national computer extract of 8 January 2016.",
        "A first time entrant is a young person who receives a first substantive outcome.",
        "Published: years 2012/13 and 2013/14, Q3 2014/15, Q2 and Q3 2015/16, and with the City the 12 months to "
        "December 2015. Other quarters illustrative.",
    )
    for offset, note in enumerate(notes):
        pen.paragraph(row + 1 + offset, 1, note, span=4, height=30)
    pen.widths(20, 28, 18, 18)
    pen.on_paper(landscape=False)
    save_workbook(book, folder / COUNTY)
    return truth


def _city(folder: Path) -> Truth:
    """An .ods with quarters across under their years and a footnote mark on the last figure."""
    truth, area, label = Truth(CITY), "Leicester City", "FTEs"
    values = totals()["first_time_entrants"][area]["quarters"]
    years = [
        Cell(periods.financial_year(2012 + first // 4).label, "head", min(4, len(QUARTERS) - first))
        for first in range(0, len(QUARTERS), 4)
    ]
    figures: list[Cell] = []
    for number, (period, value) in enumerate(zip(QUARTERS, values, strict=True)):
        last = number == len(values) - 1
        figures.append(Cell(f"{value}*" if last else value, "number"))
        truth.add(ENTRANTS, period, address(7, number + 2), value, sheet="FTE return", area=area, label=label)
    rows = [
        [Cell("Leicester City Youth Offending Service", "title")],
        [Cell("First time entrants (10-17), return for Q3 2015/16")],
        [Cell(f"{AS_PUBLISHED}.")],
        [Cell(None)],
        [Cell(None, "head"), *years],
        [Cell("Number of young people", "head"), *(Cell(period.label[:2], "head") for period in QUARTERS)],
        [Cell(label, "label"), *figures],
        [Cell(None)],
        [Cell("* Includes young people dealt with for one incident in October 2015.")],
        [Cell("Published: years 2012/13 and 2013/14, Q3 2014/15, Q2 and Q3 2015/16. Other quarters illustrative.")],
    ]
    save_sheet(folder / CITY, "FTE return", ["5.4cm", *["1.5cm"] * len(QUARTERS)], rows)
    return truth


def _iom(folder: Path) -> Truth:
    """Two half-years side by side, and the charges of 18-24 year olds by calendar year."""
    truth = Truth(IOM)
    book = new_workbook("Integrated Offender Management programme", "IOM performance, April to September 2015")
    pen = Pen(book, "Cohort", Style(font="Calibri", size=11, fill="FFFFF2CC"))
    pen.title(1, "Integrated Offender Management: offending by the cohort")
    pen.text(2, 1, f"{AS_PUBLISHED}. Cohort sizes and older offenders illustrative.", italic=True)
    offences = totals()["offending_18_24"]
    blocks = ((1, 2014, (57, offences["2014"], 164, 391)), (5, 2015, (57, offences["2015"], 164, 302)))
    rows = (
        "Offenders aged 18-24 on the cohort",
        "IOM offending 18-24 (offences)",
        "Offenders aged 25 and over on the cohort",
        "IOM offending 25 and over (offences)",
    )
    for column, year, values in blocks:
        pen.head(4, column, f"April {year} to September {year}", span=2)
        pen.head(5, column, "Indicator")
        pen.head(5, column + 1, "Number")
        for offset, (label, value) in enumerate(zip(rows, values, strict=True)):
            pen.label(6 + offset, column, label)
            cell = pen.number(6 + offset, column + 1, value)
            if offset == 1:
                truth.add("offending-18-24", periods.half_year(year, 1), cell, value, sheet="Cohort", label=label)
    pen.text(11, 1, "The same offenders are followed in both half-years.", italic=True)
    pen.widths(42, 11, 3, 3, 42, 11)
    pen.on_paper()
    _charges(book, truth)
    save_workbook(book, folder / IOM)
    return truth


def _charges(book: Any, truth: Truth) -> None:
    """The second sheet: people charged, and how many of them were charged again the year after."""
    figures = totals()["charged_18_24"]
    pen = Pen(book, "Charges 18-24", Style(font="Calibri", size=11, fill="FFFFF2CC"))
    pen.title(1, "People aged 18-24 charged with an offence")
    pen.text(2, 1, "Charges only, no out of court disposals. Calendar years. Totals as published.")
    pen.head(4, 1, "Indicator")
    pen.head(4, 2, "2014")
    pen.head(4, 3, "2015")
    again, charged = figures["of 2014 also charged in 2015"], figures["2014"]
    lines = (
        ("People aged 18-24 charged", charged, figures["2015"], "#,##0", "denominator", float(charged)),
        ("Of these, charged again the next year", again, "..", "#,##0", "numerator", float(again)),
        ("Charged again the next year, %", again / charged, "..", "0%", "value", 100 * again / charged),
    )
    for offset, (label, first, second, form, part, value) in enumerate(lines):
        pen.label(5 + offset, 1, label)
        cell = pen.number(5 + offset, 2, first, form)
        later = pen.number(5 + offset, 3, second, form)
        sheet = "Charges 18-24"
        truth.add("reoffending-18-24", periods.calendar_year(2014), cell, value, sheet=sheet, part=part, label=label)
        known = float(second) if isinstance(second, int) else None
        marker = "final" if known is not None else "not available"
        truth.add(
            "reoffending-18-24", periods.calendar_year(2015), later, known,
            sheet=sheet, part=part, marker=marker, label=label,
        )  # fmt: skip
    pen.text(9, 1, ".. = not yet available: those charged in 2015 can be followed when 2016 has ended.", italic=True)
    pen.widths(42, 11, 11)
    pen.on_paper(landscape=False)
