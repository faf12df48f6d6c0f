"""The verb that gathers a quarter's performance report: the pages, the commentary and the standing texts."""

from __future__ import annotations

from pcp_desktop import paths
from pcp_desktop.analysis.pages import overview as overview_page
from pcp_desktop.analysis.pages import priority as priority_page
from pcp_desktop.analysis.pages import report as report_page
from pcp_desktop.domain import reports
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.pages import OverviewPage, PriorityPage
from pcp_desktop.domain.periods import Period
from pcp_desktop.workspace.commentary import CommentaryVerbs

STANDING_TEXTS = "report/texts.json"


class ReportVerbs(CommentaryVerbs):
    """The performance report of an open panel file."""

    def report(self, period: Period, audience: Audience) -> reports.PerformanceReport:
        """The performance report of a quarter as `audience` may read it."""
        return self._report(*self._pages(period, audience))

    def _pages(self, period: Period, audience: Audience) -> tuple[OverviewPage, list[PriorityPage]]:
        """The pages that every paper of a quarter is made from: of all measures and of each priority."""
        facts = self.facts()
        codes = [priority.code for priority in facts.plan.priorities]
        priorities = [priority_page.build(facts, code, period, audience) for code in codes]
        return overview_page.build(facts, period, audience), priorities

    def _report(self, overview: OverviewPage, priorities: list[PriorityPage]) -> reports.PerformanceReport:
        facts = self.facts()
        texts = reports.standing_texts(paths.resource(STANDING_TEXTS).read_text(encoding="utf-8"), facts.plan.code)
        commentary = {
            page.code: self.commentary(page.code, overview.period, overview.audience).paragraphs
            for page in priorities
        }
        return report_page.build(facts, overview, priorities, commentary, texts)
