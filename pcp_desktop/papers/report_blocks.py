"""The performance report as a row of blocks with its numbers, which the PDF and the Word paper both set in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pcp_desktop.domain.commentary import Paragraph
from pcp_desktop.domain.pages import ChartSpec, Figure, MeasureRow
from pcp_desktop.domain.periods import Period, in_words
from pcp_desktop.domain.reports import PerformanceReport, ReportSection
from pcp_desktop.papers.dashboard import BODY, own_period

NOT_YET_FIXED = "Not yet fixed"
SET_BY_HAND = "Set by hand"


@dataclass(frozen=True)
class Heading:
    """A heading: level 1 is the paper's subject, 2 its parts and themes, 3 the priorities."""

    level: int
    text: str


@dataclass(frozen=True)
class Details:
    """What stands under the paper's subject: whose report, the meeting's date, the author."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Numbered:
    """A numbered paragraph."""

    number: int
    text: str


@dataclass(frozen=True)
class Plain:
    """A paragraph without a number; `small` for the notes under a table."""

    text: str
    small: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell of a measures' table: what it says, and in smaller type what belongs to it."""

    text: str
    detail: str = ""


@dataclass(frozen=True)
class MeasureLine:
    """A line of a measures' table: a cell for each column and the mark of its status.

    A measure that may not be published has its name and `held` in place of all other cells.
    """

    cells: tuple[Cell, ...]
    mark: str = ""
    held: str = ""
    by_hand: bool = False


@dataclass(frozen=True)
class MeasureTable:
    """The table of a priority's measures; the first column names the measure, the last is the status."""

    columns: tuple[str, ...]
    lines: tuple[MeasureLine, ...]


@dataclass(frozen=True)
class TextTable:
    """A table of texts whose first column names the row."""

    columns: tuple[str, str]
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Drawing:
    """A chart with its number; title, source line and text alternative are the chart's."""

    number: int
    chart: ChartSpec

    @property
    def caption(self) -> str:
        """The title with its number: "Figure 6. Domestic burglary is within …"."""
        return f"Figure {self.number}. {self.chart.title}"


Block = Heading | Details | Numbered | Plain | MeasureTable | TextTable | Drawing


def blocks_of(report: PerformanceReport) -> tuple[Block, ...]:
    """The whole report in its order; paragraphs and figures are numbered through."""
    return tuple(_numbered(_unnumbered(report)))


def title_of(report: PerformanceReport) -> str:
    """The document's title, as its properties give it."""
    return f"{report.subject}: {report.plan}"


def footer_of(report: PerformanceReport) -> str:
    """What stands at the foot of every page: panel, meeting, item and subject."""
    meeting = f", {in_words(report.meeting.day)}" if report.meeting is not None else ""
    item = f"Item {report.item_number}, " if report.item_number else ""
    subject = f"{item}{report.subject}"
    return f"{BODY}{meeting}. {subject[:1].upper()}{subject[1:]}"


def _numbered(blocks: Iterator[Block]) -> Iterator[Block]:
    paragraph = figure = 0
    for block in blocks:
        if isinstance(block, Numbered):
            paragraph += 1
            yield replace(block, number=paragraph)
        elif isinstance(block, Drawing):
            figure += 1
            yield replace(block, number=figure)
        else:
            yield block


def _unnumbered(report: PerformanceReport) -> Iterator[Block]:
    """Every block in order, paragraphs and figures still with the number 0."""
    day = in_words(report.meeting.day) if report.meeting is not None else NOT_YET_FIXED
    yield Heading(1, report.subject)
    details = (
        ("Report of", report.report_of),
        ("Date", day),
        ("Subject", report.subject),
        ("Author", report.author),
    )
    yield Details(details)
    yield from _part("Purpose of report", report.purpose)
    yield from _part("Recommendation", report.recommendation)
    yield from _part("Background", report.background)
    yield from _part("Executive summary", report.summary)
    for theme in report.themes:
        yield Heading(2, theme.title)
        for section in theme.sections:
            yield from _section(section, report)
    if report.notes:
        yield Heading(2, "Notes to the tables and figures")
        yield from (Plain(note) for note in report.notes)
    yield Heading(2, "Implications")
    yield TextTable(("About", "Implication"), tuple((one.about, one.text) for one in report.implications))
    yield Heading(2, "List of appendices")
    yield from (Plain(text) for text in report.appendices)
    yield Heading(2, "Background papers")
    yield from (Plain(text) for text in report.background_papers)
    yield Heading(2, "Contact")
    yield Plain(_contact_words(report))


def _part(title: str, paragraphs: Sequence[str]) -> Iterator[Block]:
    yield Heading(2, title)
    yield from (Numbered(0, text) for text in paragraphs)


def _contact_words(report: PerformanceReport) -> str:
    """Whom to ask, by role; the author where the meeting names nobody."""
    contact = report.contact
    telephone = f"Telephone {contact.telephone}" if contact.telephone else ""
    return ". ".join(part for part in (contact.role or report.author, telephone, contact.email) if part)


def _section(section: ReportSection, report: PerformanceReport) -> Iterator[Block]:
    """A priority: heading, table with notes, its first paragraph, its charts, the rest of its paragraphs."""
    yield Heading(3, section.heading)
    if section.rows:
        yield MeasureTable(report.columns, tuple(_line(row, report.period) for row in section.rows))
    yield from (Plain(note, small=True) for note in section.notes)
    paragraphs = [Numbered(0, text) for text in dict.fromkeys(_words(one) for one in section.paragraphs) if text]
    yield from paragraphs[:1]
    yield from (Drawing(0, chart) for chart in section.charts)
    yield from paragraphs[1:]


def _words(paragraph: Paragraph) -> str:
    """A paragraph as it is printed; of one that may not be, that it is left out and why."""
    if not paragraph.held_words:
        return paragraph.text
    why = paragraph.held_words.rstrip(".")
    return f"A paragraph is left out here: {why[:1].lower()}{why[1:]}."


def _line(row: MeasureRow, reported: Period) -> MeasureLine:
    """One line of the table; of a held measure its label and the reason, and nothing else."""
    if row.held_words:
        return MeasureLine((Cell(row.label),), held=row.held_words)
    reason = SET_BY_HAND if row.assessment.override is not None else row.assessment.short_reason or _target(row)
    return MeasureLine(
        (
            Cell(row.label),
            Cell(_figure(row.baseline)),
            Cell(_figure(row.latest), own_period(row.latest.period, reported)),
            Cell(_change(row)),
            Cell(row.position_shown),
            Cell(row.status.word, reason),
        ),
        mark=row.status.mark.value,
        by_hand=row.assessment.override is not None,
    )


def _target(row: MeasureRow) -> str:
    """The target of a measure that is held against one, as its line says it ("Target £27.8m met")."""
    return row.line if row.line.startswith("Target") else ""


def _figure(figure: Figure) -> str:
    """A figure with its marker."""
    return f"{figure.shown} {figure.sign}" if figure.sign and figure.sign not in figure.shown else figure.shown


def _change(row: MeasureRow) -> str:
    """The change in the measure's unit and, where it has one, in percent: "+79 (+2.0%)"."""
    if row.change_percent.shown in ("", "–"):
        return row.change.shown
    return f"{row.change.shown} ({row.change_percent.shown})"
