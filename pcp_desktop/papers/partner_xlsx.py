"""Writes a partner's workbook; what is in its tables belongs to partner_sheets, how they are set to table_book."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from pcp_desktop.domain.partners import PartnerPage
from pcp_desktop.domain.progress import Progress, unwatched
from pcp_desktop.papers.files import write_safely
from pcp_desktop.papers.partner_sheets import sheets_of
from pcp_desktop.papers.sheet_layout import opens
from pcp_desktop.papers.table_book import table_book

_WORDS = "Writing the partner workbook"


def write_partner_workbook(
    page: PartnerPage, out: Path, *, created: datetime, progress: Progress = unwatched
) -> Path:
    """Write the workbook of one organisation.

    Args:
        page: what the organisation is sent back.
        out: the .xlsx file; what is there is replaced.
        created: the date in the file's properties.
        progress: told and asked before every sheet.

    Raises:
        UserError: a text longer than a cell holds, or the file cannot be written.
        Cancelled: by `progress`; nothing is written.
    """
    return write_safely(out, partner_workbook(page, created=created, progress=progress), check=opens)


def partner_workbook(page: PartnerPage, *, created: datetime, progress: Progress = unwatched) -> bytes:
    """The workbook's bytes; the same for the same page and date."""
    title = f"{page.plan}: {page.organisation}, {page.period.label}"
    return table_book(
        title, _cover_lines(page), sheets_of(page), created=created, words=_WORDS, progress=progress
    )  # fmt: skip


def _cover_lines(page: PartnerPage) -> tuple[str, ...]:
    """What the workbook is, and what may not be done with it."""
    held = [f"{one.priority} {one.label} ({one.held_words[:1].lower()}{one.held_words[1:]})" for one in page.held]
    warning = (
        f"These figures of yours may not be passed on: {'; '.join(held)}. They are here because you supplied them.",
    )
    return (
        f"For {page.organisation}. Period: {page.period.label}.",
        "What the Panel’s office holds of your returns: each figure as it was read and as it is shown, the cell it"
        " was read from, what became of it, and what is still missing.",
        "It holds no unpublished figure of another organisation.",
        *(warning if held else ()),
        "If a figure is wrong, send the return again; the new figure takes the place of the old one.",
        f"{page.accepted_words}.",
    )
