"""Writes the data workbook with native charts; what stands in its tables belongs to sheets."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from pcp_desktop.domain.pages import OverviewPage, PriorityPage
from pcp_desktop.domain.periods import in_words
from pcp_desktop.domain.progress import Progress, unwatched
from pcp_desktop.papers.files import write_safely
from pcp_desktop.papers.native_charts import HEIGHT_PIXELS, WIDTH_PIXELS, add_chart
from pcp_desktop.papers.sheet_layout import LINE_HEIGHT, lines_of, opens, safe, set_page, set_sizes
from pcp_desktop.papers.sheets import DASHBOARD, Cell, Number, Sheet, chart_sheets, dashboard_sheet, notes_sheet

BODY = "Police and Crime Panel"
COVER_WIDTH = 100
_PIXELS_A_ROW = 20
_NAMING_COLUMN = 2


def write_data_workbook(
    overview: OverviewPage,
    priorities: Sequence[PriorityPage],
    out: Path,
    *,
    created: datetime,
    progress: Progress = unwatched,
) -> Path:
    """Write the workbook: cover, contents, notes, the dashboard and one sheet for each measure with a chart.

    It follows the Analysis Function's guidance on spreadsheets: one table a sheet marked as such, no merged cells,
    shorthand explained, charts with a text alternative. No cell is a formula or an outside link.

    Args:
        overview: the dashboard's page; all of its rows are written, held ones with the reason in place of figures.
        priorities: the priorities' pages for the same audience.
        out: the .xlsx file; what is there is replaced.
        created: the date in the file's properties.

    Raises:
        UserError: a text longer than a cell holds, or the file cannot be written.
        Cancelled: by `progress`; nothing is written.
    """
    sheets = [dashboard_sheet(overview), *chart_sheets(priorities)]
    progress("Writing the data workbook", 0, len(sheets))
    content = _workbook(overview, [notes_sheet(overview), *sheets], created, progress)
    return write_safely(out, content, check=opens)


# ---------------------------------------------------------------- writing


def _workbook(overview: OverviewPage, sheets: Sequence[Sheet], created: datetime, progress: Progress) -> bytes:
    """The workbook's bytes; the same input gives the same bytes."""
    content = io.BytesIO()
    with warnings.catch_warnings():
        # What gptables and pandas say to each other's authors, and an unclosed file while gptables is imported.
        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.simplefilter("ignore", ResourceWarning)
        # Blank cells are explained in the instructions; our own Notes sheet keeps its signs, theirs numbers them.
        warnings.filterwarnings("ignore", message="(?s).*Empty or null cell found.*")
        warnings.filterwarnings("ignore", message="No note text provided")
        import gptables
        import pandas

        book = gptables.produce_workbook(
            content,
            sheets={sheet.name: _table(gptables, pandas, sheet, place) for place, sheet in enumerate(sheets)},
            cover=_cover(gptables, overview),
            workbook_options={"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True},
        )
    book.set_properties({"title": f"{overview.plan}: data", "author": BODY, "created": created})
    _set_cover_heights(book.get_worksheet_by_name("Cover"), overview)
    for worksheet in book.worksheets():
        set_page(worksheet)
    for place, sheet in enumerate(sheets, start=1):
        worksheet = book.get_worksheet_by_name(sheet.name)
        first = _first_data_row(worksheet)
        widths = set_sizes(worksheet, sheet, first)
        worksheet.freeze_panes(first, _NAMING_COLUMN + 1 if sheet.name == DASHBOARD else 1)
        worksheet.repeat_rows(first - 1)
        if sheet.chart is not None:
            add_chart(book, worksheet, sheet, sheet.chart, first)
            _set_print_area(worksheet, sheet, widths, first)
        progress("Writing the data workbook", place, len(sheets))
    book.close()
    return content.getvalue()


def _set_print_area(worksheet: Any, sheet: Sheet, widths: Sequence[float], first: int) -> None:
    """Table and chart, so that long lines over the table do not make the page wider."""
    columns = -(-WIDTH_PIXELS // 64) + 1
    rows = first + max(len(sheet.rows), HEIGHT_PIXELS // _PIXELS_A_ROW + 1)
    worksheet.print_area(0, 0, rows, len(widths) + columns)


def _coverlines_of(overview: OverviewPage) -> tuple[list[str], list[str]]:
    """The paragraphs of the cover: what the workbook is, and how it is laid out."""
    meeting = [f"For the meeting of {in_words(overview.meeting)}."] if overview.meeting else []
    intro = [f"{BODY}. Period: {overview.period.label}.", *meeting, safe(overview.sentence)]
    about = [
        "The Dashboard worksheet holds every measure; each worksheet after it holds the series of one chart.",
        "Shorthand such as [c], [p] and [x] is explained on the Notes worksheet.",
        f"{safe(overview.accepted_words)}.",
    ]
    return intro, about


def _cover(gptables: Any, overview: OverviewPage) -> Any:
    intro, about = _coverlines_of(overview)
    title = safe(f"{overview.plan}: data behind the partnership dashboard")
    return gptables.Cover(title=title, intro=intro, about=about, width=COVER_WIDTH)


def _set_cover_heights(cover: Any, overview: OverviewPage) -> None:
    """Room for paragraphs of several lines; not every program finds that out when it opens the file."""
    intro, about = _coverlines_of(overview)
    lines = ["title", "heading", *intro, "heading", *about]
    for row, text in enumerate(lines):
        needed = lines_of(text, COVER_WIDTH * 1.3)
        if needed > 1:
            cover.set_row(row, LINE_HEIGHT * needed)


def _table(gptables: Any, pandas: Any, sheet: Sheet, place: int) -> Any:
    """The sheet as gptables has it."""
    frame = pandas.DataFrame(
        [[_written(cell) for cell in row] for row in sheet.rows],
        columns=[safe(column) for column in sheet.columns],
        dtype=object,
    )
    right = [column for column, numeric in enumerate(sheet.numeric) if numeric]
    every = list(range(len(sheet.columns)))
    formatting: list[dict[str, Any]] = [
        {"column": {"columns": every, "format": {"valign": "top"}}},
        {"row": {"rows": [0], "format": {"valign": "bottom"}, "include_names": True}},
    ]
    left = [column for column in every[1:] if column not in right]
    if left:
        # A text stands clear of the figure to its left.
        formatting.append({"column": {"columns": left, "format": {"indent": 1}, "include_names": True}})
    if right:
        formatting.append({"column": {"columns": right, "format": {"align": "right"}, "include_names": True}})
    formatting += [
        {"cell": {"cells": place_of, "format": {"num_format": code}}} for place_of, code in _formats(sheet)
    ]
    return gptables.GPTable(
        table=frame,
        table_name=f"table_{place + 1}",
        title=safe(sheet.title),
        scope=safe(sheet.scope) if sheet.scope else None,
        source=safe(sheet.source) if sheet.source else None,
        instructions=sheet.instructions,
        index_columns={2: 0},
        additional_formatting=formatting,
    )


def _written(cell: Cell) -> str | float | None:
    if isinstance(cell, Number):
        return cell.value
    return None if cell is None else safe(cell)


def _formats(sheet: Sheet) -> list[tuple[tuple[int, int], str]]:
    """The number format of each cell with a number; gptables counts the row of headings as row 0."""
    return [
        ((row, column), cell.code)
        for row, cells in enumerate(sheet.rows, start=1)
        for column, cell in enumerate(cells)
        if isinstance(cell, Number)
    ]


def _first_data_row(worksheet: Any) -> int:
    """The row (from 0) under the header of the sheet's table."""
    table = next(iter(worksheet.tables))
    address = re.match(r"[A-Z]+(\d+):", table["range"])
    if address is None:
        raise RuntimeError(f"{worksheet.name} has no table")
    return int(address.group(1))
