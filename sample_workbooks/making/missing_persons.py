"""The force's missing persons return: four tables one above the other, years down and months across."""

from __future__ import annotations

from pathlib import Path

from making.profiles import monthly
from making.published import AS_PUBLISHED, MONTHS
from making.sheets import Pen, Style, new_workbook, save_workbook
from making.truth import Truth
from pcp_desktop.domain import periods

NAME = "missing persons.xlsx"
STYLE = Style(font="Tahoma", size=10, fill="FFE2EFDA", title_size=13)
MONTH_HEADINGS = ("Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar")
TABLES = (
    ("missing-storm", "Missing person reports (STORM)", "STORM is the incident system: an incident may be closed "
     "before a report is raised on COMPACT if the person is traced in the meantime."),
    ("missing-compact", "Missing person reports (COMPACT)", "COMPACT is the case management system."),
    ("missing-nine-locations", "Missing reports from the nine key locations", "The nine addresses with most reports "
     "in 2012/13 (COMPACT)."),
    ("absent-compact", "“Absent” reports (COMPACT)", "Category used since April 2013 and added to COMPACT in "
     "September 2014: no comparator. [z] = category not in use."),
)  # fmt: skip
PROVISIONAL_MONTH = 44


def make(folder: Path) -> list[Truth]:
    """Write the one sheet."""
    truth = Truth(NAME)
    book = new_workbook("Leicestershire Police", "Missing persons return, Q3 2015/16")
    pen = Pen(book, "Missing", STYLE)
    pen.title(1, "Missing persons: return for Q3 2015/16")
    pen.text(2, 1, "Leicestershire Police, Missing from Home team. Position at 31 December 2015.")
    pen.text(3, 1, f"{AS_PUBLISHED}. Years without a published total illustrative.", italic=True)
    row = 5
    for code, title, note in TABLES:
        row = _table(pen, truth, row, code, title, note)
    pen.text(row, 1, "p = provisional", italic=True)
    pen.widths(14, rest=7.5, until=13)
    pen.sheet.column_dimensions["N"].width = 9
    pen.on_paper()
    save_workbook(book, folder / NAME)
    return [truth]


def _table(pen: Pen, truth: Truth, row: int, code: str, title: str, note: str) -> int:
    """One table from `row` on; gives the row where the next one begins."""
    pen.text(row, 1, title, bold=True)
    pen.head(row + 1, 1, "Year")
    for offset, heading in enumerate((*MONTH_HEADINGS, "Total")):
        pen.head(row + 1, 2 + offset, heading)
    values = monthly(code)
    first_year = 2014 if code == "absent-compact" else 2012
    row += 2
    for year in range(first_year, 2016):
        first = 12 * (year - 2012)
        period = periods.financial_year(year)
        pen.label(row, 1, period.label)
        for column in range(2, 14):
            index = first + column - 2
            if index < len(MONTHS):
                _month(pen, truth, (row, column), (code, title, index), values[index])
            else:
                pen.number(row, column, None)
        known = [value for value in values[first : first + 12] if value is not None]
        cell = pen.number(row, 14, sum(known), bold=True)
        whole = period if year < 2015 else periods.span(period.start, MONTHS[-1].end)
        truth.add(code, whole, cell, sum(known), sheet="Missing", label=title, total=True)
        row += 1
    pen.text(row, 1, note, italic=True)
    return row + 2


def _month(pen: Pen, truth: Truth, place: tuple[int, int], what: tuple[str, str, int], value: int | None) -> None:
    """One month: a number, a number with p for the last month, or the sign that it does not apply."""
    code, title, index = what
    marker, written = "final", value if value is not None else "[z]"
    if value is None:
        marker = "not applicable"
    elif index == PROVISIONAL_MONTH:
        marker, written = "provisional", f"{value} p"
    cell = pen.number(*place, written)
    truth.add(code, MONTHS[index], cell, value, sheet="Missing", marker=marker, label=title)
