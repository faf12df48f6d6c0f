"""What a pack is made of: each agenda item's papers in their order, and the figures that they print."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING

from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.commentary import held_by
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.meetings import Agenda, AgendaItem, GeneratedPaper, PrintedFigure, ReceivedPaper
from pcp_desktop.domain.pages import MeasureRow, OverviewPage, PriorityPage
from pcp_desktop.domain.progress import Progress
from pcp_desktop.domain.reports import PerformanceReport

if TYPE_CHECKING:
    from pcp_desktop.papers.pack import PackOrder, PaperSource
    from pcp_desktop.papers.typst import Typesetter

PANEL = "Police and Crime Panel"
_APPENDIX = "Appendix A: partnership dashboard"


@dataclass(frozen=True)
class PackContents:
    """The pages and the report of one meeting's pack for one audience.

    `report` is None where it is not on the agenda; `received` gives a received paper's bytes.
    """

    facts: Facts
    agenda: Agenda
    audience: Audience
    overview: OverviewPage
    priorities: Sequence[PriorityPage]
    report: PerformanceReport | None
    received: Callable[[ReceivedPaper], bytes]


def order_of(contents: PackContents, page_count: Callable[[bytes, str], int]) -> PackOrder:
    """The order for a pack; `page_count` tells how many pages a received paper (its bytes and name) has."""
    from pcp_desktop.papers.pack import PackOrder

    agenda, audience = contents.agenda, contents.audience
    withheld = {
        item.key: page_count(contents.received(item.paper), item.paper.name)
        for item in agenda.items
        if item.paper is not None and not item.may_be_read_by(audience)
    }
    return PackOrder(
        body=f"{contents.facts.plan.area} {PANEL}",
        agenda=agenda,
        audience=audience,
        timestamp=contents.facts.now,
        papers={item.key: sources for item in agenda.items if (sources := tuple(_sources(contents, item)))},
        withheld=withheld,
    )


def _sources(contents: PackContents, item: AgendaItem) -> Iterator[PaperSource]:
    """The papers of an item, as far as the audience may read them."""
    from pcp_desktop.papers.pack import OwnPaper, ReceivedFile

    if not item.may_be_read_by(contents.audience):
        return
    if item.generated is GeneratedPaper.PERFORMANCE_REPORT and contents.report is not None:
        yield OwnPaper(item.title, _report_setter(contents, contents.report))
        yield OwnPaper(_APPENDIX, _dashboard_setter(contents, item))
    elif item.paper is not None:
        yield ReceivedFile(item.title, item.paper.name, contents.received(item.paper))


def _report_setter(contents: PackContents, report: PerformanceReport) -> Callable[[int, Typesetter, Progress], bytes]:
    """The date of the papers inside is the day's, so that what has not changed is not set again."""
    from pcp_desktop.papers.report import set_report

    day = datetime.combine(contents.facts.now.date(), time())

    def set_from(first_page: int, typesetter: Typesetter, progress: Progress) -> bytes:
        return set_report(report, timestamp=day, typesetter=typesetter, progress=progress, first_page=first_page)

    return set_from


def _dashboard_setter(contents: PackContents, item: AgendaItem) -> Callable[[int, Typesetter, Progress], bytes]:
    from pcp_desktop.papers.dashboard import set_dashboard

    day = datetime.combine(contents.facts.now.date(), time())
    name = f"Item {contents.agenda.number_of(item.key)}, Appendix A"

    def set_from(first_page: int, typesetter: Typesetter, progress: Progress) -> bytes:
        return set_dashboard(
            contents.overview,
            contents.priorities,
            timestamp=day,
            typesetter=typesetter,
            progress=progress,
            item=name,
            first_page=first_page,
        )

    return set_from


# ---------------------------------------------------------------- what it prints


def printed_figures(report: PerformanceReport) -> tuple[PrintedFigure, ...]:
    """Every figure of the report's tables and every live figure in its commentary, with its place."""
    found: list[PrintedFigure] = []
    for theme in report.themes:
        for section in theme.sections:
            for row in section.rows:
                found += _row_figures(section.code, row)
            for number, paragraph in enumerate(section.paragraphs, 1):
                place = f"{section.code}, commentary paragraph {number}"
                figures = (run for run in paragraph.runs if run.field and held_by(run.field) is None)
                found += [PrintedFigure(place, run.field, run.text) for run in figures]
    return tuple(found)


def _row_figures(code: str, row: MeasureRow) -> Iterator[PrintedFigure]:
    """The figures of one line of a table; none of a line that is held."""
    part = f"{row.measure}@{row.area}"
    for name, figure in (
        ("baseline", row.baseline),
        ("latest", row.latest),
        ("change", row.change),
        ("percent_change", row.change_percent),
    ):
        if figure.value is not None:
            yield PrintedFigure(f"Table of {code}: {row.label}", f"{part}.{name}", figure.shown)
