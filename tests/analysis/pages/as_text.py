"""A page as plain text, so that pages are compared by what they say and a change of them is read as a diff."""

from __future__ import annotations

from collections.abc import Iterator

from pcp_desktop.domain.pages import (
    ChartSpec,
    MeasurePanel,
    MeasureRow,
    OverviewPage,
    Page,
    PriorityPage,
    ReturnRow,
    TableSpec,
    Why,
)
from pcp_desktop.domain.reports import PerformanceReport


def as_text(page: Page) -> str:
    """The whole page as lines of text."""
    if isinstance(page, OverviewPage):
        return "\n".join(_overview(page)) + "\n"
    if isinstance(page, PriorityPage):
        return "\n".join(_priority(page)) + "\n"
    lines = [f"Returns, {page.period.label}: {page.scope}"]
    lines += [f"{count} {group}" for group, count in page.counts]
    for row in page.rows:
        lines += _return_row(row)
    return "\n".join(lines) + "\n"


def report_as_text(report: PerformanceReport) -> str:
    """The whole report as lines of text; of its charts the titles."""
    return "\n".join(_report(report)) + "\n"


def _report(report: PerformanceReport) -> Iterator[str]:
    day = report.meeting.day.isoformat() if report.meeting else "no meeting"
    yield f"{report.plan}, {report.period.label}, {report.audience.value}; item {report.item_number}, {day}"
    yield f"Report of {report.report_of}; subject: {report.subject}; author: {report.author}"
    for title in ("purpose", "recommendation", "background", "summary"):
        yield f"\n{title}"
        yield from getattr(report, title)
    for theme in report.themes:
        yield f"\n== {theme.title}"
        for section in theme.sections:
            yield f"\n{section.heading}"
            yield " | ".join(report.columns)
            yield from (_row(row) for row in section.rows)
            yield from (f"note: {note}" for note in section.notes)
            yield from (f"paragraph: {one.text}{one.held_words}" for one in section.paragraphs)
            yield from (f"chart: {chart.title}" for chart in section.charts)
    yield "\nnotes"
    yield from report.notes
    yield "\nimplications"
    yield from (f"{one.about}: {one.text}" for one in report.implications)
    yield from ("\nappendices", *report.appendices, "background papers", *report.background_papers)
    yield f"contact: {report.contact.role}"


def _overview(page: OverviewPage) -> Iterator[str]:
    yield f"{page.plan}, {page.period.label}, {page.audience.value}; {page.scope}; {page.accepted_words}"
    yield page.sentence
    yield "; ".join(f"{count} {status.value}" for status, count in page.summary) + f"; {page.held} held"
    yield f"columns: {page.baseline_words} | {page.latest_words} | {page.since_words}"
    for theme in page.themes:
        counts = ", ".join(f"{count} {status.value}" for status, count in theme.counts)
        yield f"\n{theme.theme} ({counts})"
        yield from (_row(row) for row in theme.rows)
    yield "\nEvery measure and area"
    yield from (_row(row) for row in page.all_rows)
    yield "\nKey"
    yield from (f"{status.word}: {text}" for status, text in page.key)
    yield "\nNotes"
    yield from (f"{note.about or '*'} {note.text}" for note in page.notes)


def _row(row: MeasureRow) -> str:
    spark = row.line
    if row.sparkline is not None:
        spark = f"{len(row.sparkline.values)} points{' in a band' if row.sparkline.band else ''}"
    figures = [f"{one.shown}{one.sign}" for one in (row.baseline, row.latest, row.change, row.change_percent)]
    parts = [row.priority, row.label, row.status.word, *figures, row.position_shown, spark, row.clearance.words]
    parts.append(row.projection.interval if row.projection is not None else row.unprojected)
    return " | ".join([*parts, row.held_words, *row.notes])


def _priority(page: PriorityPage) -> Iterator[str]:
    yield f"{page.code} {page.title}: {page.status.word}{', held' if page.held else ''} ({page.audience.value})"
    for panel in page.measures:
        yield from _panel(panel)


def _panel(panel: MeasurePanel) -> Iterator[str]:
    yield f"\n=== {_row(panel.row)}"
    yield f"{panel.polarity}; {panel.organisation}"
    yield from (f"fact: {fact.label}: {fact.value} {fact.detail}".rstrip() for fact in panel.facts)
    yield from (f"text: {sentence.text}" for sentence in panel.text)
    if panel.main is not None:
        yield from _chart(panel.main)
    else:
        yield f"no chart: {panel.main_absent}"
    for chart in panel.small:
        yield from _chart(chart)
    yield from _why(panel.why)


def _chart(chart: ChartSpec) -> Iterator[str]:
    yield f"--- {chart.kind.value} {chart.key}"
    yield f"title: {chart.title}"
    yield f"subtitle: {chart.subtitle}"
    yield f"alt: {chart.alt}"
    yield chart.source
    yield f"axis: {' '.join(tick.text for tick in chart.y_ticks)}"
    yield f"below: {' '.join(tick.text for tick in chart.x_ticks)} / {' '.join(year.text for year in chart.years)}"
    for limit in chart.limits:
        ends = f"{limit.lower:.2f} {limit.mean:.2f} {limit.upper:.2f}"
        varying = f", {len(limit.runs)} run that follows year or base" if limit.runs else ""
        yield f"limits {limit.first}-{limit.last}: {ends} {limit.standing}{varying}"
    if chart.baseline is not None:
        yield f"baseline band: {chart.baseline}"
    yield from (f"mark: {mark.position} {mark.label}" for mark in (*chart.breaks, *chart.events))
    yield from (f"end label: {label.value:.2f} {label.text}" for label in chart.end_labels)
    if chart.reference is not None:
        yield f"reference: {chart.reference.value:.2f} {chart.reference.text}"
    for line in chart.series:
        last = [point for point in line.points if point.value is not None][-1:]
        ending = f"; last {last[0].period} {last[0].shown} {last[0].note} {last[0].source}" if last else ""
        yield f"series: {line.name} ({line.role.value}){ending}"
    yield from _table(chart.table)


def _table(table: TableSpec) -> Iterator[str]:
    yield f"table: {table.caption}, {len(table.rows)} rows"
    yield " | ".join(table.columns)
    shown = table.rows if len(table.rows) <= 12 else (*table.rows[:2], *table.rows[-3:])
    yield from (" | ".join(row) for row in shown)


def _why(why: Why) -> Iterator[str]:
    yield f"--- {why.heading}"
    for sentence in why.explanation:
        yield f"{sentence.text} {list(sentence.bold)}"
    if why.table is not None:
        yield from _table(why.table)
    yield from (f"beside: {sentence.text} {list(sentence.bold)}" for sentence in why.beside)
    yield why.rule
    yield f"signals: {why.signals}"
    yield from (f"caveat: {caveat}" for caveat in why.caveats)
    yield from (f"passport: {name}: {words}" for name, words in why.passport)


def _return_row(row: ReturnRow) -> list[str]:
    clearance = f"{row.clearance.words} / {row.board}"
    lines = [f"\n{row.title}, {row.organisation} | {row.due} | {' '.join(row.steps)} | {row.state} | {clearance}"]
    texts = (row.state_group, row.explanation, row.holds_back, row.sentence)
    return [*lines, *(f"  {text}" for text in texts if text)]
