"""Blank returns to send out: what a partner is asked for in a quarter, with the last figures to look over.

A blank return carries an identifier, so that it is known when it comes back whatever its file is called by then. What
was filled in is read like any other workbook.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.measures import Frequency, Kind, Measure
from pcp_desktop.domain.observations import Marker, Observation, Part
from pcp_desktop.domain.periods import (
    Period,
    PeriodKind,
    financial_year,
    financial_year_start,
    half_year,
    in_words,
    month,
    snapshot,
    twelve_months_to,
)
from pcp_desktop.domain.returns import ExpectedReturn
from pcp_desktop.papers.files import write_safely
from pcp_desktop.papers.sheet_layout import LINE_HEIGHT, set_page
from pcp_desktop.papers.sheet_layout import lines_of as text_lines

COLUMNS = ("Measure", "Area", "Period", "Value", "Unit", "Numerator", "Base", "Marker")
WIDTHS = (56, 36, 26, 14, 12, 12, 12, 10)
NOTES_WIDTH = 100
MARKERS = (
    (Marker.PROVISIONAL, "The figure may still change."),
    (Marker.REVISED, "The figure is other than the one sent before."),
    (Marker.SUPPRESSED, "The figure is confidential because it is small; leave the value blank."),
    (Marker.NOT_AVAILABLE, "There is no figure."),
    (Marker.NOT_APPLICABLE, "A figure would have no meaning here."),
)
HEADING_ROW = 9
"""The row of the headings, counted from 1."""
LOOKED_OVER_MONTHS = 12
_VALUE, _NUMERATOR, _BASE, _MARKER = 3, 5, 6, 7
_KINDS = {
    Frequency.MONTH: PeriodKind.MONTH,
    Frequency.QUARTER: PeriodKind.QUARTER,
    Frequency.HALF_YEAR: PeriodKind.HALF_YEAR,
    Frequency.YEAR: PeriodKind.FINANCIAL_YEAR,
    Frequency.TWELVE_MONTHS: PeriodKind.TWELVE_MONTHS,
}
_BOX = {"border": 1, "border_color": "#BFBFBF", "valign": "vcenter"}
_HEADING_STYLE = {
    "bold": True,
    "bg_color": "#12436D",
    "font_color": "#FFFFFF",
    "text_wrap": True,
    "border": 1,
    "border_color": "#BFBFBF",
}


Stored = dict[Period, dict[Part, Observation]]
"""The stored parts of one measure and area by period."""


@dataclass(frozen=True)
class Line:
    """One figure that is asked for, with what is stored of it by part."""

    measure: Measure
    area: str
    period: Period
    stored: dict[Part, Observation]


def lines_of(expected: ExpectedReturn, facts: Facts) -> list[Line]:
    """The figures that a return asks for: of each measure and area the newest first, back through the year before.

    Where a measure is asked for by month and by year, each has its own run.
    """
    measures = {measure.code: measure for measure in facts.measures}
    given = _given(expected, facts)
    found = []
    for measure in (measures[code] for code in expected.measures if code in measures):
        stored = given.get(measure.code, {})
        places = stored or {area: {} for area in measure.areas or (facts.plan.area,)}
        for area, periods in places.items():
            asked = set(_new_periods(expected.period, measure, periods))
            asked |= {one for one in periods if 0 <= _months_between(one, expected.period) <= LOOKED_OVER_MONTHS}
            kinds = list(PeriodKind)
            for period in sorted(sorted(asked, reverse=True), key=lambda one: kinds.index(one.kind)):
                found.append(Line(measure, area, period, periods.get(period, {})))
    return found


def _given(expected: ExpectedReturn, facts: Facts) -> dict[str, dict[str, Stored]]:
    """What this return has brought before, by measure, area and period."""
    asked = (expected.title, expected.organisation)
    files = {
        record.file.name
        for record in facts.returns
        if record.file and record.expected and (record.expected.title, record.expected.organisation) == asked
    }
    found: dict[str, dict[str, Stored]] = {}
    for one in facts.observations:
        if one.source.file in files:
            periods = found.setdefault(one.key.measure, {}).setdefault(one.key.area, {})
            periods.setdefault(one.key.period, {})[one.key.part] = one
    return found


def _new_periods(quarter: Period, measure: Measure, stored: Stored) -> Iterator[Period]:
    """The periods that a return for a quarter is about: of the kinds it had before, else of the measure's own."""
    end = quarter.end
    kinds = {period.kind for period in stored} or {_KINDS[measure.frequency]}
    for kind in PeriodKind:
        if kind not in kinds:
            continue
        match kind:
            case PeriodKind.MONTH:
                yield from (month(end.year, number) for number in range(end.month - 2, end.month + 1))
            case PeriodKind.QUARTER:
                yield quarter
            case PeriodKind.TWELVE_MONTHS:
                yield twelve_months_to(end.year, end.month)
            case PeriodKind.SNAPSHOT:
                yield snapshot(end)
            case PeriodKind.HALF_YEAR:
                first = financial_year_start(end)
                halves = (half_year(first, 2), half_year(first, 1), half_year(first - 1, 2))
                yield next(one for one in halves if one.end <= end)
            case PeriodKind.FINANCIAL_YEAR:
                running = any(one.kind is kind and one.end > end for one in stored)
                year = financial_year(financial_year_start(end))
                yield year if running or year.end <= end else financial_year(financial_year_start(end) - 1)
            case _:
                yield max(one for one in stored if one.kind is kind)


def _months_between(earlier: Period, later: Period) -> int:
    return (later.end.year - earlier.end.year) * 12 + later.end.month - earlier.end.month


def write_template(expected: ExpectedReturn, identifier: str, facts: Facts, out: Path) -> Path:
    """Write a blank return as an `.xlsx` file.

    Args:
        expected: the return that is asked for; its period is the quarter.
        identifier: what the return is known by when it comes back; it stands on the sheet and in the properties.
        facts: what is stored, for the figures of the last year.
        out: the file; what is there is replaced.

    Raises:
        UserError: the file cannot be written.
    """
    return write_safely(out, template(expected, identifier, facts))


def template(expected: ExpectedReturn, identifier: str, facts: Facts) -> bytes:
    """A blank return as the bytes of an `.xlsx` file; the same for the same facts."""
    from xlsxwriter import Workbook

    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(content, options) as book:
        title = f"{expected.title}: return for {expected.period.label}"
        created = datetime(expected.period.end.year, expected.period.end.month, expected.period.end.day)
        book.set_properties(
            {"title": title, "author": "Office of the Police and Crime Commissioner", "created": created}
        )
        book.set_custom_property("Return", identifier, "text")
        sheet = book.add_worksheet("Return")
        _write_head(book, sheet, expected, identifier, facts)
        lines = lines_of(expected, facts)
        _write_lines(book, sheet, lines)
        _allow(sheet, lines)
        _write_notes(book, expected)
        lists = book.add_worksheet("Lists")
        lists.write_column(0, 0, ["Marker", *(marker.sign for marker, _ in MARKERS)])
        lists.hide()
        lists.protect()
    return content.getvalue()


def _write_head(book: Any, sheet: Any, expected: ExpectedReturn, identifier: str, facts: Facts) -> None:
    title, bold, plain = book.add_format({"bold": True, "font_size": 14}), book.add_format({"bold": True}), None
    sheet.write_string(0, 0, f"{facts.plan.name}: {expected.title}", title)
    sheet.write_string(1, 0, identifier, plain)
    for row, (name, words) in enumerate(
        (
            ("Organisation", expected.organisation),
            ("Period", expected.period.label),
            ("Return to", "Office of the Police and Crime Commissioner"),
            ("Return by", in_words(expected.due)),
        ),
        start=2,
    ):
        sheet.write_string(row, 0, name, bold)
        sheet.write_string(row, 1, words, plain)
    sheet.write_string(6, 0, "Fill in the white cells. How to is on the sheet “Notes”.", plain)
    heading = book.add_format({**_HEADING_STYLE, "align": "left", "indent": 1})
    over_numbers = book.add_format({**_HEADING_STYLE, "align": "right"})
    for column, (words, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True)):
        numeric = column in (_VALUE, _NUMERATOR, _BASE)
        sheet.write_string(HEADING_ROW - 1, column, words, over_numbers if numeric else heading)
        sheet.set_column(column, column, width)
    sheet.freeze_panes(HEADING_ROW, 0)
    set_page(sheet)
    sheet.repeat_rows(HEADING_ROW - 1)
    sheet.protect(options={"sort": True, "autofilter": True, "format_columns": True, "insert_columns": True})


def _write_lines(book: Any, sheet: Any, lines: Sequence[Line]) -> None:
    """Every line: locked words, and open cells that hold what is stored."""
    locked = book.add_format({**_BOX, "bg_color": "#F1F2F4", "text_wrap": True, "indent": 1})
    open_cells = {
        form: book.add_format({**_BOX, "locked": False, "num_format": form})
        for form in {_format(line.measure) for line in lines} | {"@", "#,##0"}
    }
    for row, line in enumerate(lines, start=HEADING_ROW):
        unit = "" if line.measure.kind is Kind.TEXT else line.measure.unit
        for column, words in ((0, line.measure.label), (1, line.area), (2, line.period.label), (4, unit)):
            sheet.write_string(row, column, words, locked)
        for column, part in ((_VALUE, Part.VALUE), (_NUMERATOR, Part.NUMERATOR), (_BASE, Part.DENOMINATOR)):
            form = open_cells[_format(line.measure) if part is Part.VALUE else "#,##0"]
            asked = part is Part.VALUE or part in line.stored or line.measure.kind in (Kind.PROPORTION, Kind.RATE)
            _write_value(sheet, row, column, line.stored.get(part), form if asked else locked, _common_sign(line))
        sign = _common_sign(line)
        sheet.write_string(row, _MARKER, sign, open_cells["@"])


def _common_sign(line: Line) -> str:
    """The marker that stands for the whole line; empty where its parts have different ones."""
    signs = {one.marker.sign for one in line.stored.values()}
    return signs.pop() if len(signs) == 1 else ""


def _write_value(sheet: Any, row: int, column: int, stored: Observation | None, form: Any, sign: str) -> None:
    """A stored part in its cell; a marker that is not the line's stands behind its figure."""
    if stored is None:
        sheet.write_blank(row, column, None, form)
    elif stored.text is not None:
        sheet.write_string(row, column, stored.text, form)
    elif stored.value is None:
        sheet.write_string(row, column, "" if stored.marker.sign == sign else stored.marker.sign, form)
    elif stored.marker.sign != sign:
        sheet.write_string(row, column, f"{stored.value:.15g} {stored.marker.sign}", form)
    else:
        sheet.write_number(row, column, stored.value, form)


def _format(measure: Measure) -> str:
    if measure.kind is Kind.TEXT:
        return "@"
    return "#,##0" + ("." + "0" * measure.decimals if measure.decimals else "")


def _allow(sheet: Any, lines: Sequence[Line]) -> None:
    """What may be entered: a marker from the list, percentages from 0 to 100, counts from 0."""
    if not lines:
        return
    last = HEADING_ROW + len(lines) - 1
    markers = {"validate": "list", "source": f"=Lists!$A$2:$A${len(MARKERS) + 1}", "ignore_blank": True}
    sheet.data_validation(HEADING_ROW, _MARKER, last, _MARKER, markers)
    for first, final, measure in _runs(lines):
        if measure.kind is Kind.TEXT:
            continue
        top = 100 if measure.unit == "percent" else 1e12
        rule = {
            "validate": "decimal",
            "criteria": "between",
            "minimum": -1e12 if measure.kind is Kind.MONEY else 0,
            "maximum": top,
            "ignore_blank": True,
            "error_title": "Not a figure for this measure",
            "error_message": "Enter a number. Where there is none, leave the cell blank and choose a marker.",
        }
        for column in (_VALUE, _NUMERATOR, _BASE):
            limit = {"maximum": 1e12} if column != _VALUE else {}
            sheet.data_validation(first, column, final, column, {**rule, **limit})


def _runs(lines: Sequence[Line]) -> Iterator[tuple[int, int, Measure]]:
    """The rows (from 0) of each measure, first and last, in the order they stand in."""
    first = 0
    for place, line in enumerate(lines):
        if place + 1 == len(lines) or lines[place + 1].measure != line.measure:
            yield HEADING_ROW + first, HEADING_ROW + place, line.measure
            first = place + 1


def _write_notes(book: Any, expected: ExpectedReturn) -> None:
    """How to fill the return in, in plain sentences."""
    sheet = book.add_worksheet("Notes")
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    set_page(sheet)
    sheet.set_column(0, 0, NOTES_WIDTH)
    sentences = (
        f"Please return this workbook by {in_words(expected.due)}.",
        f"New figures are those for {expected.period.label}, the newest first. Figures of the year before stand below"
        " them as they are held; change one where it has changed, and give it the marker [r].",
        "Give percentages in points: 86.5 for 86.5%. Where a numerator and a base are asked for, the value may stay"
        " blank.",
        "A blank cell is not a nought. Where there is no figure, leave the cell blank and choose a marker.",
        "Rows may be sorted and columns may be added. Please leave the words in grey cells as they are.",
        "Figures of persons never belong here: numbers only.",
    )
    sheet.write_string(0, 0, "How to fill in this return", bold)
    for row, words in enumerate(sentences, start=1):
        sheet.write_string(row, 0, words, wrapped)
        sheet.set_row(row, LINE_HEIGHT * text_lines(words, NOTES_WIDTH))
    row = len(sentences) + 2
    sheet.write_string(row, 0, "Markers", bold)
    for marker, words in MARKERS:
        row += 1
        sheet.write_string(row, 0, f"{marker.sign}: {words}", wrapped)
    sheet.protect()
