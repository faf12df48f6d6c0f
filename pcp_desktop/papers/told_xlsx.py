"""Writes the list of who has been told what as a workbook: recipients, every access to held figures, no figure."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from pcp_desktop.domain.held_access import ToldPage
from pcp_desktop.domain.periods import moment_in_words
from pcp_desktop.domain.progress import Progress, unwatched
from pcp_desktop.papers.files import write_safely
from pcp_desktop.papers.sheet_layout import opens
from pcp_desktop.papers.sheets import Cell, Sheet
from pcp_desktop.papers.table_book import ONE_TABLE, table_book

TOLD, ACCESSES = "Told before release", "Shown, copied, saved"
_NOBODY, _NOTHING = "Nobody", "Nothing"
_WORDS = "Writing the list"


def write_told_workbook(
    page: ToldPage, plan: str, out: Path, *, created: datetime, progress: Progress = unwatched
) -> Path:
    """Write the list to `out`, an .xlsx file; what is there is replaced.

    Raises UserError where it cannot be written or a text is longer than a cell holds, Cancelled by `progress`.
    """
    cover = (
        f"Who was told figures of the {plan} before their release;"
        " when held figures were shown, copied or saved, and by whom.",
        f"As it stood on {moment_in_words(created)}: {page.scope}.",
        "People are named by role. The list holds no figure.",
    )
    title = f"{plan}: who has been told what"
    content = table_book(
        title, cover, (_told(page), _accesses(page)), created=created, words=_WORDS, progress=progress
    )
    return write_safely(out, content, check=opens)


def _told(page: ToldPage) -> Sheet:
    columns = ("Role", "Priority", "Measure", "Told on", "Access ends on", "What for", "Standing")
    rows: list[tuple[Cell, ...]] = [
        (
            row.recipient.role,
            row.priority,
            row.label,
            row.told,
            row.expires,
            row.recipient.purpose or "Not stated",
            row.standing,
        )
        for row in page.recipients
    ]
    return _sheet(TOLD, columns, rows or [(_NOBODY, *("",) * 6)])


def _accesses(page: ToldPage) -> Sheet:
    columns = ("When", "By", "What", "Measures", "Periods", "Figures", "File")
    rows: list[tuple[Cell, ...]] = [
        (row.when, row.by, row.what, row.measures, row.periods, row.count, row.file or "No file")
        for row in page.accesses
    ]
    return _sheet(ACCESSES, columns, rows or [(_NOTHING, *("",) * 6)])


def _sheet(name: str, columns: tuple[str, ...], rows: list[tuple[Cell, ...]]) -> Sheet:
    filled = tuple(tuple(cell if cell != "" else None for cell in row) for row in rows)
    return Sheet(name, name, ONE_TABLE, "", "", columns, filled, (False,) * len(columns))
