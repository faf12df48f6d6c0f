"""How a worksheet is laid out and printed, whoever writes it: widths, heights, pages, and text that stays text."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pcp_desktop.errors import UserError
from pcp_desktop.papers.sheets import Cell, Number, Sheet

LONGEST_CELL = 32_767
LINE_HEIGHT = 16.0
WIDEST_COLUMN = 40
WIDEST_NOTE = 90
NARROWEST_COLUMN = 9
MANY_COLUMNS = 9
HIGHEST_ROW = 409.0
A4 = 9
_UNITS_A_LETTER = 1.15  # a column's width counts digits of the default font; the tables' font is wider


def set_page(worksheet: Any) -> None:
    """How a sheet prints: across A4, as wide as the page, with its name and number at the foot."""
    worksheet.set_landscape()
    worksheet.set_paper(A4)
    worksheet.set_margins(left=0.5, right=0.5, top=0.5, bottom=0.7)
    worksheet.fit_to_pages(1, 0)
    worksheet.set_footer("&L&A&RPage &P of &N")


def set_sizes(worksheet: Any, sheet: Sheet, first: int) -> list[float]:
    """Columns as wide as their figures and longest words need, rows as high as what is wrapped; gives the widths.

    Not every program finds the height of a row out for itself when it opens the file.
    """
    texts = [[as_shown(cell) for cell in row] for row in sheet.rows]
    widths = []
    for column, heading in enumerate(sheet.columns):
        cells = [row[column] for row in texts]
        widths.append(_letters(heading, cells, len(sheet.columns)) * _UNITS_A_LETTER + 1)
        worksheet.set_column(column, column, widths[-1])
    for place, row in enumerate([list(sheet.columns), *texts], start=first - 1):
        lines = max(lines_of(text, width) for text, width in zip(row, widths, strict=True))
        if lines > 1:
            worksheet.set_row(place, min(HIGHEST_ROW, LINE_HEIGHT * lines))
    return widths


def _letters(heading: str, cells: Sequence[str], columns: int) -> int:
    """How many letters wide a column is: its longest word at least; long texts wrap, sooner among many columns.

    A number is one word, so figures never wrap.
    """
    longest = max((len(cell) for cell in cells), default=0)
    word = max(len(word) for text in (heading, *cells) for word in text.split(" "))
    wrapped = 6 + longest // 5 if columns > MANY_COLUMNS else 20 + longest // 2
    widest = WIDEST_NOTE if columns == 2 else WIDEST_COLUMN
    return max(NARROWEST_COLUMN, min(word + 1, widest), min(longest, wrapped if columns > 2 else widest, widest))


def lines_of(text: str, width: float) -> int:
    """Lines a text takes when it is wrapped by words, at most one too many."""
    room = max(1, int((width - 1) / _UNITS_A_LETTER))
    lines, used = 1, 0
    for word in text.split(" "):
        if used and used + 1 + len(word) > room:
            lines, used = lines + 1, 0
        used += len(word) + (1 if used else 0)
        lines += (used - 1) // room
        used = min(used, room)
    return lines


def as_shown(cell: Cell) -> str:
    """The text of a cell as a reader sees it."""
    if isinstance(cell, Number):
        return f"{cell.value:.15g}" if cell.places is None else f"{cell.value:,.{cell.places}f}"
    return "" if cell is None else safe(cell)


def safe(text: str) -> str:
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


def opens(path: Path) -> None:
    """Every part of the written archive is whole."""
    with zipfile.ZipFile(path) as archive:
        damaged = archive.testzip()
    if damaged is not None:
        raise OSError(None, f"{damaged} in {path.name} is damaged")
