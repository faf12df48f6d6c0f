"""The public pages of the sample quarter and their charts, which the papers' tests write and bend."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from pcp_desktop.analysis.pages import overview, priority, report
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.commentary import Paragraph, Run
from pcp_desktop.domain.pages import ChartKind, ChartSpec, MeasurePanel, MeasureRow, OverviewPage, PriorityPage
from pcp_desktop.domain.reports import PerformanceReport
from tests.analysis.pages.sample import QUARTER, report_texts, sample_facts

MOMENT = datetime(2016, 2, 26, 14, 32)
WORDS = "Partners go on with what they have begun, and the Panel will hear of it in the next report of this kind. "


@lru_cache(maxsize=1)
def overview_page() -> OverviewPage:
    """The public overview: the dashboard."""
    return overview.build(sample_facts(), QUARTER, Audience.PUBLIC)


@lru_cache(maxsize=1)
def priority_pages() -> tuple[PriorityPage, ...]:
    """Every priority's page for the public."""
    facts = sample_facts()
    return tuple(priority.build(facts, one.code, QUARTER, Audience.PUBLIC) for one in facts.plan.priorities)


def pages_of(*codes: str) -> tuple[PriorityPage, ...]:
    """The pages of some priorities, for papers of few pages."""
    return tuple(page for page in priority_pages() if page.code in codes)


def panels(pages: tuple[PriorityPage, ...]) -> Iterator[MeasurePanel]:
    """The measures of some pages that show figures."""
    return (panel for page in pages for panel in page.measures if not panel.row.held_words)


@lru_cache(maxsize=1)
def performance_report() -> PerformanceReport:
    """The public performance report with commentary on every priority, some of it long."""
    return report.build(sample_facts(), overview_page(), priority_pages(), commentary(), report_texts())


def commentary() -> dict[str, tuple[Paragraph, ...]]:
    """Paragraphs of different lengths for each priority."""
    return {
        page.code: tuple(
            Paragraph((Run(f"{page.code}, paragraph {place}: "), Run(WORDS * length)))
            for place, length in enumerate((2, 3, 1, 2), start=1)
        )
        for page in priority_pages()
    }


def charts_of(panel: MeasurePanel) -> tuple[ChartSpec, ...]:
    """The charts of a measure that the dashboard prints."""
    return ((panel.main,) if panel.main else ()) + panel.small


def charts() -> Iterator[ChartSpec]:
    """All charts of all priorities."""
    return (chart for panel in panels(priority_pages()) for chart in panel.charts)


def row_of(label: str) -> MeasureRow:
    """The dashboard's line with a label."""
    return next(row for row in overview_page().all_rows if row.label == label)


def held_words() -> str:
    """What stands in the place of a held measure's figures."""
    return next(row.held_words for row in overview_page().all_rows if row.held_words)


def chart(kind: ChartKind) -> ChartSpec:
    """The sample quarter's first chart of a kind that has something to say of: burglary's where it has one."""
    burglary = [one for panel in panels(pages_of("SP12")) for one in charts_of(panel)]
    return next(one for one in (*burglary, *charts()) if one.kind is kind)


def control_chart() -> ChartSpec:
    """Domestic burglary, 45 months, with limits, signals and an event."""
    return chart(ChartKind.CONTROL)


def all_kinds() -> tuple[ChartSpec, ...]:
    """One chart of every kind, one with a break, and one target with a single figure."""
    broken = next(one for one in charts() if one.breaks)
    single = next(one for one in charts() if one.kind is ChartKind.TARGET and one.length == 1)
    line = replace(control_chart(), key="line", kind=ChartKind.LINE, limits=(), end_labels=(), baseline=None)
    drawn = [chart(kind) for kind in ChartKind if kind is not ChartKind.LINE]
    return (*drawn, broken, single, line)
