"""The performance report of a quarter as a page for paper; its sentences are made in report_sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pcp_desktop.analysis.pages import notes, report_sentences, rows, wording
from pcp_desktop.domain.commentary import Paragraph, Run
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.meetings import Agenda, AgendaItem, Contact, GeneratedPaper
from pcp_desktop.domain.pages import ChartSpec, MeasurePanel, MeasureRow, OverviewPage, PriorityPage
from pcp_desktop.domain.reports import PerformanceReport, ReportSection, ReportTexts, ReportTheme

PANEL = "Police and Crime Panel"


def build(
    facts: Facts,
    overview: OverviewPage,
    priorities: Sequence[PriorityPage],
    commentary: Mapping[str, Sequence[Paragraph]],
    texts: ReportTexts,
) -> PerformanceReport:
    """The report for the audience and quarter of `overview`.

    Args:
        facts: what both pages were built from.
        overview, priorities: the pages of every measure and of every priority of the plan.
        commentary: each priority's paragraphs for the same audience, by its code. A priority without any gets the
            sentences that its assessments support.
        texts: what stays the same from quarter to quarter.
    """
    agenda = next((one for one in facts.agendas if one.meeting.latest_period == overview.period), None)
    item = _item(agenda)
    pages = {page.code: page for page in priorities}
    words = _words(facts, overview)
    return PerformanceReport(
        audience=overview.audience,
        period=overview.period,
        plan=overview.plan,
        meeting=agenda.meeting if agenda is not None else None,
        item_number=agenda.number_of(item.key) if agenda is not None and item is not None else 0,
        report_of=item.report_of if item is not None else "Police and Crime Commissioner",
        subject=item.title if item is not None else f"Performance report, {overview.period.label}",
        author=item.author if item is not None else "Performance officer",
        purpose=_filled(texts.purpose, words),
        recommendation=_filled(texts.recommendation, words),
        background=(*_filled(texts.background, words), *report_sentences.background(facts, overview)),
        summary=report_sentences.summary(facts, overview),
        columns=("Measure", overview.baseline_words, overview.latest_words, "Change", "MSG", "Status"),
        themes=tuple(
            ReportTheme(
                theme.name,
                tuple(
                    _section(pages[priority.code], overview, commentary.get(priority.code, ()))
                    for priority in theme.priorities
                ),
            )
            for theme in facts.plan.themes
        ),
        notes=notes.report_notes(facts, overview.period, overview.all_rows),
        implications=tuple(replace(one, text=one.text.format_map(words)) for one in texts.implications),
        appendices=_filled(texts.appendices, words),
        background_papers=_filled(texts.background_papers, words),
        contact=agenda.contact if agenda is not None else Contact(),
    )


def _item(agenda: Agenda | None) -> AgendaItem | None:
    """The agenda item that the report is the paper of."""
    items = agenda.items if agenda is not None else ()
    return next((item for item in items if item.generated is GeneratedPaper.PERFORMANCE_REPORT), None)


def _words(facts: Facts, overview: OverviewPage) -> dict[str, str]:
    """The words for the fields of the standing texts."""
    return {
        "panel": PANEL,
        "plan": overview.plan,
        "period": overview.period.label,
        "month": wording.month_words(overview.period),
        "baseline": overview.baseline_words,
        "area": facts.plan.area,
    }


def _filled(texts: Sequence[str], words: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(text.format_map(words) for text in texts)


# ---------------------------------------------------------------- one priority


def _section(page: PriorityPage, overview: OverviewPage, commentary: Sequence[Paragraph]) -> ReportSection:
    """A priority with the table of its measures and areas, its paragraphs and the charts of its lead measures."""
    own = tuple(row for row in overview.all_rows if row.priority == page.code)
    return ReportSection(
        code=page.code,
        heading=f"{priority_words(page.code)} – {page.title}",
        rows=own,
        notes=_notes(own),
        paragraphs=tuple(commentary) or tuple(Paragraph((Run(text),)) for text in _sentences(page)),
        charts=_charts(page),
    )


def priority_words(code: str) -> str:
    """A priority's code in full: "Strategic Priority 12" for SP12; another plan's code as it is."""
    number = code.removeprefix("SP")
    return f"Strategic Priority {number}" if code.startswith("SP") and number.isdigit() else code


def _notes(own: Sequence[MeasureRow]) -> tuple[str, ...]:
    """The notes under a priority's table; a latest figure's own period stands in its cell already."""
    found: dict[str, None] = {}
    for row in own:
        override = row.assessment.override
        if override is not None and not row.held_words:
            found[f"{row.label}: status set by hand. {override.reason.rstrip('.')}."] = None
        for note in row.notes:
            if not note.startswith(rows.LATEST_FIGURE):
                found[note if note == rows.ROUNDING else f"{row.label}: {note.rstrip('.')}."] = None
    return tuple(found)


def _sentences(page: PriorityPage) -> list[str]:
    """What the assessments support of each lead measure, for a priority that nobody has written about yet."""
    found = []
    leading = [panel for panel in page.measures if panel.row.lead] or page.measures[:1]
    for panel in (panel for panel in leading if not panel.row.held_words):
        words = [sentence.text for sentence in panel.text] or [panel.row.assessment.reason]
        status = wording.lower_first(panel.row.status.word)
        if panel.row.assessment.override is not None:
            status = f"{status}, set by hand"
        found.append(f"{panel.row.label} – {status}. {' '.join(words)}")
    return found


def _charts(page: PriorityPage) -> tuple[ChartSpec, ...]:
    """The main chart of each lead measure; where none has one, the first chart of any measure that has."""
    shown = [panel for panel in page.measures if not panel.row.held_words]
    leading = tuple(panel.main for panel in shown if panel.row.lead and panel.main is not None)
    if leading:
        return leading
    return next(((chart,) for panel in shown if (chart := _only_chart(panel)) is not None), ())


def _only_chart(panel: MeasurePanel) -> ChartSpec | None:
    """A measure's first chart; one that stood under another on its tab says whose it is."""
    if panel.main is not None or not panel.small:
        return panel.main
    chart = panel.small[0]
    return replace(chart, title=wording.fitted(f"{panel.row.label}, {wording.lower_first(chart.title)}", chart.title))
