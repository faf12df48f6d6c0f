"""Appendix A: the partnership dashboard with its chart pages as a tagged PDF; filtering belongs to the pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from pcp_desktop.domain.pages import Figure, MeasurePanel, MeasureRow, Note, OverviewPage, PriorityPage, Sparkline
from pcp_desktop.domain.periods import MONTH_NAMES, Period, PeriodKind, in_words
from pcp_desktop.domain.progress import Progress, unwatched
from pcp_desktop.domain.status import Mark, Status
from pcp_desktop.papers.charts import chart_data
from pcp_desktop.papers.files import write_safely
from pcp_desktop.papers.tagging import finish_tags
from pcp_desktop.papers.typst import Typesetter

TITLE = "Police and Crime Plan: partnership dashboard"
BODY = "Police and Crime Panel"
NOT_PUBLISHED = "Not published"
NAMING_COLUMN = 2
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
    with Typesetter() as typesetter:
        content = set_dashboard(
            overview, priorities, timestamp=timestamp, typesetter=typesetter, progress=progress, item=item
        )
    return write_safely(out, content)


def set_dashboard(
    overview: OverviewPage,
    priorities: Sequence[PriorityPage],
    *,
    timestamp: datetime,
    typesetter: Typesetter,
    progress: Progress = unwatched,
    item: str = "Appendix A",
    first_page: int = 1,
) -> bytes:
    """The dashboard as a PDF whose foot prints page numbers from `first_page`; as `write_dashboard` else."""
    return typesetter.pdf(
        "dashboard.typ",
        dashboard_data(overview, priorities, item, first_page),
        timestamp=timestamp,
        progress=progress,
        words="Setting the dashboard",
        amend=lambda document: finish_tags(document, NAMING_COLUMN),
    )


def dashboard_data(
    overview: OverviewPage, priorities: Sequence[PriorityPage], item: str, first_page: int = 1
) -> dict[str, Any]:
    """Everything that stands on the paper, as JSON for dashboard.typ; held measures carry no figure into it."""
    period = overview.period
    ended = f"{MONTH_NAMES[period.end.month]} {period.end.year}"
    meeting = f", {in_words(overview.meeting)}" if overview.meeting else ""
    return {
        "appendix": item,
        "first_page": first_page,
        "title": TITLE,
        "period_line": f"Period ended {ended} ({period.label})",
        "panel": BODY,
        "description": f"{TITLE}, period ended {ended} ({period.label}). {overview.sentence}",
        "footer": f"{BODY}{meeting}. {item}. {TITLE}, {period.label}.",
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
        "notes": _notes(overview),
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
    return {
        "priority": row.priority,
        "measure": row.label,
        "held": "",
        "mark": row.status.mark.value,
        "status": row.status.word,
        "by_hand": row.assessment.override is not None,
        "baseline": _figure(row.baseline, "", strong=False),
        "latest": _figure(row.latest, own_period(row.latest.period, overview.period), strong=True),
        "change": row.change.shown,
        "change_percent": row.change_percent.shown,
        "spark": _spark(row.sparkline),
        "line": row.line,
        "position": row.position_shown or "–",
    }


def own_period(period: Period | None, reported: Period) -> str:
    """The period of a figure older than the column's, short: "to May 2015" for 12 months, "Apr to Sep 2015"."""
    if period is None or period.end >= reported.end:
        return ""
    if period.kind is PeriodKind.TWELVE_MONTHS:
        return f"to {MONTH_NAMES[period.end.month]} {period.end.year}"
    return " ".join(word[:3] if word in MONTH_NAMES else word for word in period.label.split(" "))


def _notes(overview: OverviewPage) -> list[dict[str, str]]:
    """The notes, those about one priority that begin alike as one, and last where the figures come from.

    "Satisfaction. To May only." after "Satisfaction. Base 200." goes on as "To May only.": the name is said once.
    """
    found: list[Note] = []
    for note in overview.notes:
        name, _, rest = note.text.partition(". ")
        before = found[-1] if found else None
        if before and note.about and before.about == note.about and rest and before.text.startswith(f"{name}. "):
            found[-1] = replace(before, text=f"{before.text} {rest}")
        else:
            found.append(note)
    source = f"Source: partner returns, {overview.period.label}. {overview.accepted_words}."
    return [{"about": note.about, "text": note.text} for note in (*found, Note("", source))]


def _figure(figure: Figure, detail: str, *, strong: bool) -> dict[str, Any]:
    sign = "" if figure.sign in figure.shown else figure.sign
    return {"shown": figure.shown, "sign": sign, "detail": detail, "strong": strong}


def _spark(sparkline: Sparkline | None) -> dict[str, Any] | None:
    if sparkline is None or all(value is None for value in sparkline.values):
        return None
    return {"values": list(sparkline.values), "band": [list(ends) if ends else None for ends in sparkline.band]}


def _has_chart(page: PriorityPage) -> bool:
    return any(not panel.row.held_words and (panel.main or panel.small) for panel in page.measures)


def _priority(page: PriorityPage) -> dict[str, Any]:
    return {"code": page.code, "title": page.title, "measures": [_panel(panel) for panel in page.measures]}


def _panel(panel: MeasurePanel) -> dict[str, Any]:
    """One measure of a chart page: status, facts, sentences, charts and caveats."""
    row = panel.row
    if row.held_words:
        return {"label": row.label, "held": row.held_words}
    by_hand = panel.why.explanation[:1] if row.assessment.override is not None else ()
    sentences = {sentence.text: sentence.bold for sentence in by_hand}
    sentences |= {row.assessment.reason: (), **{sentence.text: sentence.bold for sentence in panel.text}}
    sentences |= {sentence.text: sentence.bold for sentence in panel.why.beside}
    if not panel.main:
        sentences.setdefault(panel.main_absent, ())
    caveats = dict.fromkeys((*row.assessment.caveats, *panel.why.caveats))
    return {
        "label": row.label,
        "held": "",
        "mark": row.status.mark.value,
        "status": row.status.word,
        "by_hand": row.assessment.override is not None,
        "polarity": panel.polarity,
        "facts": [{"label": fact.label, "value": fact.value, "detail": fact.detail} for fact in panel.facts],
        "text": [{"text": text, "bold": list(bold)} for text, bold in sentences.items() if text],
        "main": [chart_data(panel.main)] if panel.main else [],
        "small": [chart_data(chart) for chart in panel.small],
        "caveats": [caveat for caveat in caveats if caveat not in sentences],
    }
