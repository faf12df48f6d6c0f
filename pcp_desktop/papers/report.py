"""The performance report as a tagged PDF; what stands in it belongs to its blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from pcp_desktop.domain.progress import Progress, unwatched
from pcp_desktop.domain.reports import PerformanceReport
from pcp_desktop.papers.charts import chart_data
from pcp_desktop.papers.dashboard import BODY
from pcp_desktop.papers.files import write_safely
from pcp_desktop.papers.report_blocks import (
    Block,
    Cell,
    Details,
    Drawing,
    Heading,
    MeasureLine,
    MeasureTable,
    Numbered,
    Plain,
    TextTable,
    blocks_of,
    footer_of,
    title_of,
)
from pcp_desktop.papers.tagging import finish_tags
from pcp_desktop.papers.typst import Typesetter

NAMING_COLUMN = 0


def write_report(
    report: PerformanceReport, out: Path, *, timestamp: datetime, progress: Progress = unwatched
) -> Path:
    """Write the report as a PDF/UA-1 and PDF/A-2a file of its own.

    Args:
        report: the report for one audience.
        out: the PDF; what is there is replaced.
        timestamp: the document's date.
        progress: told and asked while the pages are set.

    Raises:
        UserError: the file cannot be written, or its text cannot be set.
        Cancelled: by `progress`; nothing is written.
    """
    with Typesetter() as typesetter:
        content = set_report(report, timestamp=timestamp, typesetter=typesetter, progress=progress)
    return write_safely(out, content)


def set_report(
    report: PerformanceReport,
    *,
    timestamp: datetime,
    typesetter: Typesetter,
    progress: Progress = unwatched,
    first_page: int = 1,
) -> bytes:
    """The report as a PDF whose foot prints page numbers from `first_page`; as `write_report` else."""
    return typesetter.pdf(
        "report.typ",
        report_data(report, first_page),
        timestamp=timestamp,
        progress=progress,
        words="Setting the performance report",
        amend=lambda document: finish_tags(document, NAMING_COLUMN),
    )


def report_data(report: PerformanceReport, first_page: int = 1) -> dict[str, Any]:
    """Everything that stands on the paper, as JSON for report.typ."""
    title = title_of(report)
    return {
        "title": title,
        "panel": BODY,
        "description": f"{title}. {report.summary[0] if report.summary else ''}".strip(),
        "footer": footer_of(report),
        "first_page": first_page,
        "blocks": list(_grouped(blocks_of(report))),
    }


def _grouped(blocks: Sequence[Block]) -> Iterator[dict[str, Any]]:
    """The blocks as data; what is told in numbered paragraphs, with its charts, is one entry, and so are small notes.

    Where among its paragraphs a chart stands is left to the template, which knows what fits the page.
    """
    for kind, group in groupby(blocks, _told):
        together = list(group)
        if kind is Numbered:
            paragraphs = [block for block in together if isinstance(block, Numbered)]
            charts = [_chart(block) for block in together if isinstance(block, Drawing)]
            start = paragraphs[0].number if paragraphs else 1
            items = [block.text for block in paragraphs]
            yield {"kind": "told", "start": start, "items": items, "charts": charts}
        elif kind is Plain:
            yield {"kind": "notes", "items": [block.text for block in together if isinstance(block, Plain)]}
        else:
            yield from (_block(block) for block in together)


def _told(block: Block) -> type[Block] | None:
    """What a block is set together with: paragraphs and charts, small notes, or nothing."""
    match block:
        case Numbered() | Drawing():
            return Numbered
        case Plain(_, small) if small:
            return Plain
    return None


def _chart(drawing: Drawing) -> dict[str, Any]:
    return chart_data(replace(drawing.chart, title=drawing.caption))


def _block(block: Block) -> dict[str, Any]:
    """A block that stands alone, as data."""
    match block:
        case Heading(level, text):
            return {"kind": "heading", "level": level, "text": text}
        case Details(rows):
            return {"kind": "details", "rows": [list(row) for row in rows]}
        case Plain(text, _):
            return {"kind": "plain", "text": text}
        case MeasureTable(columns, lines):
            return {"kind": "measures", "columns": list(columns), "lines": [_line(line) for line in lines]}
        case TextTable(columns, rows):
            return {"kind": "texts", "columns": list(columns), "rows": [list(row) for row in rows]}
        case Numbered() | Drawing():
            raise TypeError(f"{type(block).__name__} is set with its neighbours")


def _line(line: MeasureLine) -> dict[str, Any]:
    return {
        "cells": [_cell(cell) for cell in line.cells],
        "mark": line.mark,
        "by_hand": line.by_hand,
        "held": line.held,
    }


def _cell(cell: Cell) -> dict[str, str]:
    return {"text": cell.text, "detail": cell.detail}
