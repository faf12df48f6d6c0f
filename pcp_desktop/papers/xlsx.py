"""Writes the data workbook with native charts; what stands in its tables belongs to sheets."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from pcp_desktop.domain.pages import (
    ChartKind,
    ChartSpec,
    OverviewPage,
    PriorityPage,
    SeriesRole,
)
from pcp_desktop.domain.periods import in_words
from pcp_desktop.domain.progress import Progress, unwatched
from pcp_desktop.errors import UserError
from pcp_desktop.papers.files import write_safely
from pcp_desktop.papers.sheets import Cell, Number, Sheet, chart_sheets, dashboard_sheet, notes_sheet

LONGEST_CELL = 32_767
BODY = "Police and Crime Panel"
COVER_WIDTH = 100
LINE_HEIGHT = 16.0
WIDEST_COLUMN = 70
HIGHEST_ROW = 409.0
_BARS = (ChartKind.PEERS, ChartKind.AREAS, ChartKind.TARGET)
_LINE_COLOURS = {
    SeriesRole.THIS: "#12436D",
    SeriesRole.LAST: "#1B857C",
    SeriesRole.OLDER: "#808B96",
    SeriesRole.PRIOR: "#808B96",
    SeriesRole.PEER: "#808B96",
}
_LIMIT_LINES = (("#66727E", "dash"), ("#3F4B57", "solid"), ("#66727E", "dash"))


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
    return write_safely(out, content, check=_opens)


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
    for place, sheet in enumerate(sheets, start=1):
        worksheet = book.get_worksheet_by_name(sheet.name)
        _set_sizes(worksheet, sheet)
        if sheet.chart is not None:
            _add_chart(book, worksheet, sheet, sheet.chart)
        progress("Writing the data workbook", place, len(sheets))
    for worksheet in book.worksheets():
        worksheet.set_landscape()
        worksheet.set_paper(9)
        worksheet.fit_to_pages(1, 0)
    book.close()
    return content.getvalue()


def _cover_lines(overview: OverviewPage) -> tuple[list[str], list[str]]:
    """The paragraphs of the cover: what the workbook is, and how it is laid out."""
    meeting = [f"For the meeting of {in_words(overview.meeting)}."] if overview.meeting else []
    intro = [f"{BODY}. Period: {overview.period.label}.", *meeting, _safe(overview.sentence)]
    about = [
        "The Dashboard worksheet holds every measure; each worksheet after it holds the series of one chart.",
        "Shorthand such as [c], [p] and [x] is explained on the Notes worksheet.",
        f"{_safe(overview.accepted_words)}.",
    ]
    return intro, about


def _cover(gptables: Any, overview: OverviewPage) -> Any:
    intro, about = _cover_lines(overview)
    title = _safe(f"{overview.plan}: data behind the partnership dashboard")
    return gptables.Cover(title=title, intro=intro, about=about, width=COVER_WIDTH)


def _set_cover_heights(cover: Any, overview: OverviewPage) -> None:
    """Room for paragraphs of several lines; not every program finds that out when it opens the file."""
    intro, about = _cover_lines(overview)
    lines = ["title", "heading", *intro, "heading", *about]
    for row, text in enumerate(lines):
        if len(text) > COVER_WIDTH:
            cover.set_row(row, LINE_HEIGHT * -(-len(text) // COVER_WIDTH))


def _table(gptables: Any, pandas: Any, sheet: Sheet, place: int) -> Any:
    """The sheet as gptables has it."""
    frame = pandas.DataFrame(
        [[_written(cell) for cell in row] for row in sheet.rows],
        columns=[_safe(column) for column in sheet.columns],
        dtype=object,
    )
    right = [column for column, numeric in enumerate(sheet.numeric) if numeric]
    every = list(range(len(sheet.columns)))
    formatting: list[dict[str, Any]] = [{"column": {"columns": every, "format": {"valign": "top"}}}]
    if right:
        formatting.append({"column": {"columns": right, "format": {"align": "right"}, "include_names": True}})
    formatting += [
        {"cell": {"cells": place_of, "format": {"num_format": code}}} for place_of, code in _formats(sheet)
    ]
    return gptables.GPTable(
        table=frame,
        table_name=f"table_{place + 1}",
        title=_safe(sheet.title),
        scope=_safe(sheet.scope) if sheet.scope else None,
        source=_safe(sheet.source) if sheet.source else None,
        instructions=sheet.instructions,
        index_columns={2: 0},
        additional_formatting=formatting,
    )


def _written(cell: Cell) -> str | float | None:
    if isinstance(cell, Number):
        return cell.value
    return None if cell is None else _safe(cell)


def _formats(sheet: Sheet) -> list[tuple[tuple[int, int], str]]:
    """The number format of each cell with a number; gptables counts the row of headings as row 0."""
    return [
        ((row, column), cell.code)
        for row, cells in enumerate(sheet.rows, start=1)
        for column, cell in enumerate(cells)
        if isinstance(cell, Number)
    ]


def _set_sizes(worksheet: Any, sheet: Sheet) -> None:
    """Columns as wide as their longest text, within reason, and rows as high as what is wrapped in them."""
    texts = [[str(_written(cell) or "") for cell in row] for row in sheet.rows]
    widths = []
    for column, heading in enumerate(sheet.columns):
        longest = max(len(text) for text in (heading, *(row[column] for row in texts)))
        widths.append(min(WIDEST_COLUMN, longest * 1.1 + 3))
        worksheet.set_column(column, column, widths[-1])
    for place, row in enumerate(texts, start=_first_data_row(worksheet)):
        lines = max(-(-len(text) // int(width * 1.05)) for text, width in zip(row, widths, strict=True))
        if lines > 1:
            worksheet.set_row(place, min(HIGHEST_ROW, LINE_HEIGHT * lines))


def _safe(text: str) -> str:
    """Text that stays text: no link or note markup that gptables would act on, and never cut short.

    Raises UserError where it is longer than a cell holds; Excel's writers cut it without a word.
    """
    if len(text) > LONGEST_CELL:
        raise UserError(
            f"The text that begins “{text[:60]}” is longer than the {LONGEST_CELL:,} characters a cell holds.",
            "The data workbook was not written.",
            "Shorten the text where it was entered.",
        )
    plain = text.replace("](", "] (").replace("$$", "$ $")
    return plain if any(letter.isalnum() for letter in plain) else f"text: {plain}"


def _add_chart(book: Any, worksheet: Any, sheet: Sheet, spec: ChartSpec) -> None:
    """A native chart of the sheet's table to the right of it, with its text alternative."""
    bars = spec.kind in _BARS
    chart = book.add_chart({"type": "bar" if bars else "line"})
    first = _first_data_row(worksheet)
    last = first + len(sheet.rows) - 1
    roles = [series.role for series in spec.series]
    for column, role in enumerate(roles, start=1):
        look: dict[str, Any] = {
            "line": {"color": _LINE_COLOURS[role], "width": 2 if role is SeriesRole.THIS else 1.25}
        }
        if bars:
            look = {"fill": {"color": _LINE_COLOURS[role]}, "gap": 60, "overlap": 100}
        elif role is SeriesRole.OLDER:
            look["line"]["dash_type"] = "dash"
        chart.add_series(_series(sheet, column, first, last) | look)
    if spec.limits:
        for column, (colour, dash) in enumerate(_LIMIT_LINES, start=len(roles) + 1):
            line = {"color": colour, "width": 1.0, "dash_type": dash}
            chart.add_series(_series(sheet, column, first, last) | {"line": line})
    _finish(chart, spec, bars=bars)
    worksheet.insert_chart(first, len(sheet.columns) + 1, chart, {"description": spec.alt, "object_position": 2})


def _series(sheet: Sheet, column: int, first: int, last: int) -> dict[str, Any]:
    return {
        "name": [sheet.name, first - 1, column],
        "categories": [sheet.name, first, 0, last, 0],
        "values": [sheet.name, first, column, last, column],
    }


def _finish(chart: Any, spec: ChartSpec, *, bars: bool) -> None:
    """Title, axes and size; gaps stay gaps."""
    chart.set_title({"name": spec.title, "name_font": {"size": 12}})
    values = {"name": spec.unit[:1].upper() + spec.unit[1:], "min": spec.y_low, "max": spec.y_high}
    grid = {"major_gridlines": {"visible": True, "line": {"color": "#E3E8EC"}}}
    if bars:
        chart.set_x_axis(values | grid | {"label_position": "high"})
        chart.set_y_axis({"reverse": True, "major_gridlines": {"visible": False}})
    else:
        chart.set_x_axis(
            {"name": "Period", "interval_unit": max(1, spec.length // 15), "num_font": {"rotation": -45}}
        )
        chart.set_y_axis(values | grid)
    chart.set_legend({"none": True} if len(spec.series) == 1 and not spec.limits else {"position": "bottom"})
    chart.show_blanks_as("gap")
    chart.set_size({"width": 900, "height": 420})


def _first_data_row(worksheet: Any) -> int:
    """The row (from 0) under the header of the sheet's table."""
    table = next(iter(worksheet.tables))
    address = re.match(r"[A-Z]+(\d+):", table["range"])
    if address is None:
        raise RuntimeError(f"{worksheet.name} has no table")
    return int(address.group(1))


def _opens(path: Path) -> None:
    """Every part of the written archive is whole."""
    with zipfile.ZipFile(path) as archive:
        damaged = archive.testzip()
    if damaged is not None:
        raise OSError(None, f"{damaged} in {path.name} is damaged")
