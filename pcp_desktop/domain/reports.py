"""The performance report as a page for paper, and the standing texts in it; its sentences are made in analysis."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.commentary import Paragraph
from pcp_desktop.domain.meetings import Contact, Meeting
from pcp_desktop.domain.pages import ChartSpec, MeasureRow
from pcp_desktop.domain.periods import Period

TEXT_FIELDS = ("panel", "plan", "period", "month", "baseline", "area")
"""What may stand in braces in a standing text; analysis puts the words of the report's quarter in its place."""


@dataclass(frozen=True)
class ReportSection:
    """One priority in the report: its measures as a table with notes under it, its commentary and its charts.

    `heading` names the priority in full ("Strategic Priority 12 – To reduce …").
    """

    code: str
    heading: str
    rows: tuple[MeasureRow, ...]
    notes: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]
    charts: tuple[ChartSpec, ...]


@dataclass(frozen=True)
class ReportTheme:
    """A theme's heading over its priorities."""

    title: str
    sections: tuple[ReportSection, ...]


@dataclass(frozen=True)
class Implication:
    """A row of the implications table: "Legal" and what there is to say."""

    about: str
    text: str


@dataclass(frozen=True)
class ReportTexts:
    """The texts of a report that stay the same from quarter to quarter, with TEXT_FIELDS in braces."""

    purpose: tuple[str, ...]
    recommendation: tuple[str, ...]
    background: tuple[str, ...]
    implications: tuple[Implication, ...]
    appendices: tuple[str, ...]
    background_papers: tuple[str, ...]


@dataclass(frozen=True)
class PerformanceReport:
    """The performance report of a quarter for one audience, in the form of the Panel's papers.

    `item_number` is the item's number on the agenda, 0 where it is on none; `meeting` is None where the quarter has
    none yet. `columns` are the headings of every priority's table. Paragraph and figure numbers run through the whole
    report and are the writers'; everything else is resolved.
    """

    audience: Audience
    period: Period
    plan: str
    meeting: Meeting | None
    item_number: int
    report_of: str
    subject: str
    author: str
    purpose: tuple[str, ...]
    recommendation: tuple[str, ...]
    background: tuple[str, ...]
    summary: tuple[str, ...]
    columns: tuple[str, ...]
    themes: tuple[ReportTheme, ...]
    notes: tuple[str, ...]
    implications: tuple[Implication, ...]
    appendices: tuple[str, ...]
    background_papers: tuple[str, ...]
    contact: Contact


def standing_texts(source: str, plan: str) -> ReportTexts:
    """The texts for the plan with the code `plan` from the JSON of a texts file.

    Each entry is the default's, or the plan's own where `plans` gives one. Raises KeyError or ValueError where an
    entry is missing or a text has other fields than TEXT_FIELDS.
    """
    data = json.loads(source)
    entries: dict[str, Any] = data["default"] | data.get("plans", {}).get(plan, {})
    texts = ReportTexts(
        purpose=tuple(entries["purpose"]),
        recommendation=tuple(entries["recommendation"]),
        background=tuple(entries["background"]),
        implications=tuple(Implication(one["about"], one["text"]) for one in entries["implications"]),
        appendices=tuple(entries["appendices"]),
        background_papers=tuple(entries["background_papers"]),
    )
    blank = dict.fromkeys(TEXT_FIELDS, "")
    said = (*texts.purpose, *texts.recommendation, *texts.background, *texts.appendices, *texts.background_papers)
    for text in (*said, *(one.text for one in texts.implications)):
        text.format_map(blank)
    return texts
