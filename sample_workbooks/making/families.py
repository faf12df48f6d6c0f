"""Supported families: two councils with figures in their own words, and one with finance only."""

from __future__ import annotations

from pathlib import Path

from making.published import AS_PUBLISHED, ILLUSTRATIVE, totals
from making.sheets import Pen, Style, new_workbook, save_workbook
from making.truth import Truth
from pcp_desktop.domain import periods

COUNTY, CITY = "supported families County.xlsx", "supported families City.xlsx"
RUTLAND = "supported families Rutland finance.xlsx"
PERIOD = periods.half_year(2015, 1)
CRIME, ASB = "families-crime-reduced", "families-asb-reduced"
NO_DATA = "No data available"
COUNTY_ROWS: tuple[tuple[str, str, tuple[int, int] | None, str], ...] = (
    (
        "Parents and young people involved in crime and ASB",
        "Families meeting the crime reduction outcome",
        None,
        CRIME,
    ),
    ("", "Young people with no involvement with youth offending", (452, 514), ""),
    ("", "Families meeting the reduced ASB outcome", None, ASB),
    ("", "Reduction in re-offending", None, ""),
    ("Children who need help", "Improved assessment (Family Star)", (243, 476), ""),
    ("", "No further plan or social care involvement for 6 months", (438, 476), ""),
    ("", "Reduction in CSE", None, ""),
    ("", "Reduction in missing episodes", None, ""),
    ("Families affected by domestic violence and abuse", "Family Star outcome", (184, 302), ""),
    ("", "Reduction in incidents of domestic violence and abuse", None, ""),
    ("", "Reduction in CAADA / DASH scores", None, ""),
)


def make(folder: Path) -> list[Truth]:
    """Write the three returns."""
    return [_county(folder), _city(folder), _rutland(folder)]


def _county(folder: Path) -> Truth:
    """Outcomes down; families, cohort and percentage across; words where there are no data."""
    truth, area, sheet = Truth(COUNTY), "Leicestershire", "October 2015 return"
    figures = totals()["families"][area]
    book = new_workbook("Leicestershire County Council", "Supported families, April to September 2015")
    pen = Pen(book, sheet, Style(font="Arial", size=10, fill="FFE7E6E6"))
    pen.title(1, "Supporting Leicestershire Families: contract monitoring return")
    pen.text(2, 1, "Leicestershire County Council")
    pen.text(3, 1, "Period: April 2015 to September 2015")
    pen.text(4, 1, f"{AS_PUBLISHED}. Percentages as published; numbers chosen to give them.", italic=True)
    for column, heading in enumerate(("Qualifier", "Outcome", "Families meeting outcome", "Cohort", "%"), start=1):
        pen.head(6, column, heading)
    for offset, (qualifier, label, known, code) in enumerate(COUNTY_ROWS):
        row = 7 + offset
        pen.label(row, 1, qualifier, bold=True)
        pen.label(row, 2, label)
        counted = tuple(figures[code][:2]) if code else known
        if counted is None:
            for column in (3, 4, 5):
                pen.number(row, column, NO_DATA if column == 3 else "-")
            continue
        met, cohort = counted
        cells = (pen.number(row, 3, met), pen.number(row, 4, cohort), pen.number(row, 5, met / cohort, "0%"))
        if code:
            values = (met, cohort, 100 * met / cohort)
            for part, cell, value in zip(("numerator", "denominator", "value"), cells, values, strict=True):
                truth.add(code, PERIOD, cell, value, sheet=sheet, area=area, part=part, label=label)
    last = 8 + len(COUNTY_ROWS)
    pen.text(last, 1, "824 families received an assessment and at least one review in the period.", italic=True)
    pen.text(
        last + 1, 1, "Cohorts differ by outcome: not every family is included under each qualifier.", italic=True
    )
    pen.widths(52, 52, 18, 10, 8)
    pen.sheet.row_dimensions[6].height = 28
    pen.on_paper()
    save_workbook(book, folder / COUNTY)
    return truth


def _city(folder: Path) -> Truth:
    """The City's layout: one line for each indicator, number 'of' number in words beside the figures."""
    truth, area, sheet = Truth(CITY), "Leicester City", "TF indicators"
    figures = totals()["families"][area]
    book = new_workbook("Leicester City Council", "Think Family indicators, April to September 2015")
    pen = Pen(book, sheet, Style(font="Trebuchet MS", size=10, fill="FFF8CBAD"))
    pen.title(1, "Think Family programme: Leicester City Council")
    pen.text(2, 1, f"{AS_PUBLISHED}.", italic=True)
    pen.head(4, 1, "Indicator")
    pen.head(4, 2, "Apr - Sep 2015", span=3)
    pen.head(5, 1, None)
    pen.sheet.merge_cells("A4:A5")
    for column, heading in enumerate(("Achieved", "Out of", "Rate"), start=2):
        pen.head(5, column, heading)
    lines = (
        ("Families with a suitable reduction in offending by minors", CRIME),
        ("Family members not subject to an ASB intervention", ASB),
        ("Adults moving off out-of-work benefits", ""),
        ("Re-offending by adults in the family", ""),
    )
    for offset, (label, code) in enumerate(lines):
        row = 6 + offset
        pen.label(row, 1, label)
        if not code:
            for column in (2, 3, 4):
                pen.number(row, column, "n/a")
            continue
        met, cohort = figures[code]
        cells = (pen.number(row, 2, met), pen.number(row, 3, cohort), pen.number(row, 4, met / cohort, "0.0%"))
        values = (met, cohort, 100 * met / cohort)
        for part, cell, value in zip(("numerator", "denominator", "value"), cells, values, strict=True):
            truth.add(code, PERIOD, cell, value, sheet=sheet, area=area, part=part, label=label)
    pen.text(11, 1, "622 families were worked with in the period.", italic=True)
    pen.text(12, 1, "Domestic violence and abuse, and children in need: no data this time (n/a).", italic=True)
    pen.widths(56, 11, 11, 11)
    pen.on_paper(landscape=False)
    save_workbook(book, folder / CITY)
    return truth


def _rutland(folder: Path) -> Truth:
    """Income and spending of the grant: received, but it holds no performance figure."""
    book = new_workbook("Rutland County Council", "Changing Lives Rutland, financial return")
    pen = Pen(book, "Finance", Style(font="Calibri", size=11, fill="FFDDEBF7"))
    pen.title(1, "Changing Lives Rutland: financial return 2015/16")
    pen.text(2, 1, "Rutland County Council. Position at 31 December 2015.")
    pen.text(3, 1, f"{ILLUSTRATIVE}. No performance figures are supplied with this return.", italic=True)
    for column, heading in enumerate(("Heading", "Budget £", "Spent to date £", "Forecast £", "Variance £"), start=1):
        pen.head(5, column, heading)
    lines = (
        ("Grant from the Commissioner", 15000, 15000, 15000),
        ("Family support staff", 38400, 28950, 38600),
        ("Training and travel", 2600, 1735, 2350),
        ("Activities and respite", 4000, 2210, 3900),
        ("Premises", 1500, 1125, 1500),
    )
    for offset, (label, budget, spent, forecast) in enumerate(lines):
        pen.label(6 + offset, 1, label)
        for column, value in enumerate((budget, spent, forecast, forecast - budget), start=2):
            pen.number(6 + offset, column, value, "#,##0;(#,##0)")
    pen.widths(32, 14, 16, 14, 14)
    pen.on_paper(landscape=False)
    save_workbook(book, folder / RUTLAND)
    return Truth(RUTLAND)
