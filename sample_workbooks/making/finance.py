"""The Commissioner's own workbooks: savings with the medium-term plan, and commissioning intentions."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from making.published import AS_PUBLISHED, totals
from making.sheets import Pen, Style, new_workbook, save_workbook
from making.truth import Truth
from pcp_desktop.domain import periods

SAVINGS, COMMISSIONING = "savings and medium-term plan.xlsx", "commissioning intentions.xlsx"
OFFICE = "Office of the Police and Crime Commissioner"
LOOK = Style(font="Arial", size=10, fill="FFD6DCE4")
PLAN = periods.span(date(2013, 4, 1), date(2017, 3, 31))
DELIVERED = (("2013/14", 9.4), ("2014/15", 8.7), ("2015/16", 7.8), ("2016/17", 5.1))
YEARS_REALISED = 2
"""Of the years of the plan those that are closed; the savings of the others are identified, not yet realised."""


def make(folder: Path) -> list[Truth]:
    """Write both workbooks."""
    return [_savings(folder), _commissioning(folder)]


def _savings(folder: Path) -> Truth:
    truth, figures = Truth(SAVINGS), totals()["savings_million"]
    book = new_workbook(OFFICE, "Savings and medium-term plan")
    pen = Pen(book, "Savings", LOOK)
    pen.title(1, "Savings over the Police and Crime Plan, £ million")
    pen.text(2, 1, "Change Board, February 2016")
    pen.text(3, 1, f"{AS_PUBLISHED}. Amounts by year, realised to date and identified illustrative.", italic=True)
    pen.head(5, 1, "£ million")
    pen.head(5, 2, "1 April 2013 to 31 March 2017")
    for offset, (label, code, amount) in enumerate(_lines(figures)):
        bold = code == "savings-realised"
        pen.label(6 + offset, 1, label, bold=bold)
        cell = pen.number(6 + offset, 2, amount, "0.0", bold=bold)
        if code:
            truth.add(code, PLAN, cell, amount, sheet="Savings", label=label)
    pen.text(13, 1, "By financial year, £ million", bold=True)
    pen.head(14, 1, "£ million")
    for number, (year, amount) in enumerate(DELIVERED):
        pen.head(14, 2 + number, year)
        pen.number(15, 2 + number, amount, "0.0")
        pen.number(16, 2 + number, round(sum(each for _, each in DELIVERED[: number + 1]), 1), "0.0")
    pen.label(15, 1, "Delivered in the year")
    pen.label(16, 1, "Delivered so far")
    pen.text(18, 1, "2015/16 and 2016/17 are forecasts.", italic=True)
    pen.widths(42, 31, 12, 12, 12)
    pen.on_paper()
    _medium_term(book)
    save_workbook(book, folder / SAVINGS)
    return truth


def _lines(figures: dict[str, float]) -> tuple[tuple[str, str, float], ...]:
    """Each line of the savings with its measure, where it is one, and its amount."""
    amounts = [amount for _, amount in DELIVERED]
    realised, identified = (round(sum(part), 1) for part in (amounts[:YEARS_REALISED], amounts[YEARS_REALISED:]))
    return (
        ("Original shortfall", "", figures["shortfall"]),
        ("Latest estimate of savings required", "", figures["required"]),
        ("Savings realised to date", "savings-to-date", realised),
        ("Savings identified but not yet realised (est)", "savings-identified", identified),
        ("Savings realised over the plan", "savings-realised", figures["realised"]),
    )


def _medium_term(book: Any) -> None:
    """The second sheet, in thousands; what is still to be found is negative and in brackets."""
    pen = Pen(book, "MTFP", LOOK)
    pen.title(1, "Medium-term financial plan")
    pen.text(2, 1, "£'000. Amounts in brackets are negative.")
    pen.head(4, 1, "£'000")
    labels = ("Net budget requirement", "Net funding", "Surplus / (gap)")
    for offset, label in enumerate(labels):
        pen.label(5 + offset, 1, label, bold=offset == 2)
    for number, (year, (budget, funding, gap)) in enumerate(totals()["funding_gap_million"].items()):
        pen.head(4, 2 + number, year)
        pen.number(5, 2 + number, round(budget * 1000))
        pen.number(6, 2 + number, round(funding * 1000))
        pen.number(7, 2 + number, -round(gap * 1000), "#,##0;(#,##0);-", bold=True)
    pen.text(9, 1, "Totals as published.", italic=True)
    pen.widths(28, 12, 12, 12, 12, 12)
    pen.on_paper()


def _commissioning(folder: Path) -> Truth:
    """Codes, priorities, what is intended, how, and amounts in two years; ranges as words."""
    book = new_workbook(OFFICE, "Commissioning intentions")
    pen = Pen(book, "Intentions", LOOK)
    pen.title(1, "Commissioning intentions 2015/16 and 2016/17")
    pen.text(2, 1, f"{AS_PUBLISHED}.", italic=True)
    headings = ("Code", "Strategic priorities", "Commissioning intention", "Mechanism", "2015/16 £", "2016/17 £")
    for column, heading in enumerate(headings, start=1):
        pen.head(4, column, heading)
    for offset, (code, priorities, intention, mechanism, amount) in enumerate(totals()["commissioning"]):
        row = 5 + offset
        for column, words in enumerate((code, priorities, intention, mechanism), start=1):
            pen.label(row, column, words, bold=column == 1)
        shown = amount[0] if len(amount) == 1 else f"£{amount[0]:,} - £{amount[1]:,}"
        for column in (5, 6):
            pen.number(row, column, shown, '"£"#,##0')
        pen.sheet.row_dimensions[row].height = 42
    pen.text(13, 1, "Co-Com: co-commissioned with partners. TBC: to be confirmed.", italic=True)
    pen.widths(9, 20, 58, 20, 19, 19)
    pen.sheet.freeze_panes = "A5"
    pen.on_paper()
    save_workbook(book, folder / COMMISSIONING)
    return Truth(COMMISSIONING)
