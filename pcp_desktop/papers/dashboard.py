"""Appendix A: the partnership dashboard with its chart pages as a tagged PDF; filtering belongs to the pages."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pikepdf

from pcp_desktop.domain.pages import Figure, MeasurePanel, MeasureRow, OverviewPage, PriorityPage, Sparkline
from pcp_desktop.domain.periods import MONTH_NAMES, in_words
from pcp_desktop.domain.progress import Progress, unwatched
from pcp_desktop.domain.status import Mark, Status
from pcp_desktop.papers import typst
from pcp_desktop.papers.charts import chart_data
from pcp_desktop.papers.files import write_safely

TITLE = "Police and Crime Plan: partnership dashboard"
BODY = "Police and Crime Panel"
NOT_PUBLISHED = "Not published"
_NOT_ASSESSED_OR_HELD = "Not assessed or not published"


def write_dashboard(
    overview: OverviewPage,
    priorities: Sequence[PriorityPage],
    out: Path,
    *,
    timestamp: datetime,
    progress: Progress = unwatched,
    item: str = "Appendix A",
) -> Path:
    """Write the dashboard and a chart page for each priority that has a series to show.

    Args:
        overview: the page whose listed measures make the table.
        priorities: the priorities' pages for the same audience; those without a chart get no page.
        out: the PDF; what is there is replaced.
        timestamp: the document's date.
        progress: told and asked while the pages are set.
        item: what the paper is called in its foot and over its title ("Item 6, Appendix A").

    Raises:
        UserError: the file cannot be written, or its text cannot be set.
        Cancelled: by `progress`; nothing is written.
    """
    data = dashboard_data(overview, priorities, item)
    content = typst.pdf("dashboard.typ", data, timestamp=timestamp, progress=progress, words="Setting the dashboard")
    return write_safely(out, with_row_headers(content), check=_opens)


def dashboard_data(overview: OverviewPage, priorities: Sequence[PriorityPage], item: str) -> dict[str, Any]:
    """Everything that stands on the paper, as JSON for dashboard.typ; held measures carry no figure into it."""
    period = overview.period
    ended = f"{MONTH_NAMES[period.end.month]} {period.end.year}"
    meeting = f", {in_words(overview.meeting)}" if overview.meeting else ""
    return {
        "appendix": item,
        "title": TITLE,
        "period_line": f"Period ended {ended} ({period.label})",
        "panel": BODY,
        "description": f"{TITLE}, period ended {ended} ({period.label}). {overview.sentence}",
        "footer": f"{BODY}{meeting}. {item}. Source: partner returns, {period.label}.",
        "summary": _summary(overview),
        "sentence": overview.sentence,
        "columns": {
            "baseline": f"Baseline {overview.baseline_words.removeprefix('Baseline ')}",
            "latest": overview.latest_words,
            "since": overview.since_words,
        },
        "themes": [
            {"name": theme.theme, "rows": [_row(row, overview) for row in theme.rows]} for theme in overview.themes
        ],
        "key": [{"mark": status.mark.value, "word": status.word, "text": text} for status, text in overview.key],
        "notes": [{"about": note.about, "text": note.text} for note in overview.notes],
        "priorities": [_priority(page) for page in priorities if _has_chart(page)],
    }


def _summary(overview: OverviewPage) -> list[dict[str, str]]:
    """Counts with their marks; whatever has no status, held or not assessed, is one count."""
    listed = sum(len(theme.rows) for theme in overview.themes)
    judged = [(status, count) for status, count in overview.summary if status is not Status.NOT_ASSESSED and count]
    entries = [{"mark": status.mark.value, "count": str(count), "word": status.word} for status, count in judged]
    rest = listed - sum(count for _, count in judged)
    if rest:
        word = _NOT_ASSESSED_OR_HELD if overview.held else Status.NOT_ASSESSED.word
        entries.append({"mark": Mark.NOT_ASSESSED.value, "count": str(rest), "word": word})
    return entries


def _row(row: MeasureRow, overview: OverviewPage) -> dict[str, Any]:
    """One line of the table; of a held measure its label and the reason, and nothing else."""
    if row.held_words:
        return {
            "priority": row.priority,
            "measure": row.label,
            "status": NOT_PUBLISHED,
            "held": row.held_words,
        }
    older = row.latest.period is not None and row.latest.period.end < overview.period.end
    return {
        "priority": row.priority,
        "measure": row.label,
        "held": "",
        "mark": row.status.mark.value,
        "status": row.status.word,
        "baseline": _figure(row.baseline, "", strong=False),
        "latest": _figure(row.latest, row.latest.period.label if older and row.latest.period else "", strong=True),
        "change": row.change.shown,
        "change_percent": row.change_percent.shown,
        "spark": _spark(row.sparkline),
        "line": row.line,
        "position": row.position_shown or "–",
    }


def _figure(figure: Figure, detail: str, *, strong: bool) -> dict[str, Any]:
    shown = f"{figure.shown} {figure.sign}" if figure.sign and figure.sign not in figure.shown else figure.shown
    return {"shown": shown, "detail": detail, "strong": strong}


def _spark(sparkline: Sparkline | None) -> dict[str, Any] | None:
    if sparkline is None or all(value is None for value in sparkline.values):
        return None
    return {"values": list(sparkline.values), "band": list(sparkline.band) if sparkline.band else None}


def _has_chart(page: PriorityPage) -> bool:
    return any(not panel.row.held_words and (panel.main or panel.small) for panel in page.measures)


def _priority(page: PriorityPage) -> dict[str, Any]:
    return {"code": page.code, "title": page.title, "measures": [_panel(panel) for panel in page.measures]}


def _panel(panel: MeasurePanel) -> dict[str, Any]:
    """One measure of a chart page: status, facts, sentences, charts and caveats."""
    row = panel.row
    if row.held_words:
        return {"label": row.label, "held": row.held_words}
    told = {sentence.text for sentence in panel.text}
    reason = [] if row.assessment.reason in told or not row.assessment.reason else [row.assessment.reason]
    caveats = dict.fromkeys((*row.assessment.caveats, *panel.why.caveats))
    return {
        "label": row.label,
        "held": "",
        "mark": row.status.mark.value,
        "status": row.status.word,
        "polarity": panel.polarity,
        "facts": [{"label": fact.label, "value": fact.value, "detail": fact.detail} for fact in panel.facts],
        "text": [{"text": text, "bold": []} for text in reason]
        + [{"text": sentence.text, "bold": list(sentence.bold)} for sentence in panel.text],
        "absent": "" if panel.main else panel.main_absent,
        "main": [chart_data(panel.main)] if panel.main else [],
        "small": [chart_data(chart) for chart in panel.small],
        "caveats": list(caveats),
    }


def with_row_headers(content: bytes) -> bytes:
    """The PDF with the cell that names each row marked as that row's header.

    Typst marks header rows only; a screen reader also needs to say which measure a figure belongs to.
    """
    saved = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        for cell in _naming_cells(document.Root.StructTreeRoot):
            cell.S = pikepdf.Name.TH
            kept = [cell.A] if "/A" in cell and not isinstance(cell.A, pikepdf.Array) else list(cell.get("/A", []))
            scope = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)
            cell.A = pikepdf.Array([*kept, scope])
        document.save(saved, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return saved.getvalue()


def _naming_cells(element: Any) -> list[Any]:
    """The third cell of every body row of the document's tables: the measure."""
    found: list[Any] = []
    kids = element.get("/K", [])
    below = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    elements = [kid for kid in below if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
    if element.get("/S") == "/TR":
        cells = [kid for kid in elements if kid.S in ("/TD", "/TH")]
        if len(cells) > 3 and cells[2].S == "/TD":
            found.append(cells[2])
        return found
    for kid in elements:
        found.extend(_naming_cells(kid))
    return found


def _opens(path: Path) -> None:
    """Open the written file as a PDF with pages."""
    with pikepdf.open(path) as document:
        if not len(document.pages):
            raise OSError(None, f"{path.name} has no pages")
