"""The verbs that make papers and pictures, each searched before it takes its place."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from pcp_desktop.domain.clearance import Audience, clearance_at
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.formats import value_shown
from pcp_desktop.domain.observations import Part
from pcp_desktop.domain.pages import ChartSpec
from pcp_desktop.domain.periods import Period
from pcp_desktop.domain.progress import Progress, unwatched
from pcp_desktop.workspace.reports import ReportVerbs

if TYPE_CHECKING:
    from datetime import date

    from pcp_desktop.papers.release import HeldText

TELLING_DECIMALS = 2


class PaperVerbs(ReportVerbs):
    """Papers and pictures of an open panel file."""

    def write_papers(self, period: Period, folder: Path, progress: Progress = unwatched) -> list[tuple[Path, str]]:
        """Write the public papers of a quarter into `folder`: report, dashboard, data workbook; each with what it is.

        Every paper is built from public pages alone and opened again before it takes its place: UserError, and
        `folder` as it was, where one of them holds a figure that is held.
        """
        from pcp_desktop.papers import release

        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".papers-", dir=folder) as checking:
            papers = self._public_papers(period, Path(checking), progress)
            release.check_release([paper for paper, _what in papers], _held_texts(self.facts(), period.end))
            return [(paper.replace(folder / paper.name), what) for paper, what in papers]

    def _public_papers(self, period: Period, folder: Path, progress: Progress) -> list[tuple[Path, str]]:
        """Write them, unchecked, into a folder of their own."""
        from pcp_desktop.papers import dashboard, report, xlsx

        now, quarter = self._clock(), period.label.replace("/", "-")
        overview, priorities = self._pages(period, Audience.PUBLIC)
        told = self._report(overview, priorities)
        pdf = folder / f"Performance report {quarter}.pdf"
        report.write_report(told, pdf, timestamp=now, progress=progress)
        appendix = folder / f"Appendix A dashboard {quarter}.pdf"
        dashboard.write_dashboard(overview, priorities, appendix, timestamp=now, progress=progress)
        data = folder / f"Performance data {quarter}.xlsx"
        xlsx.write_data_workbook(overview, priorities, data, created=now, progress=progress)
        return [
            (pdf, "Performance report (tagged PDF)"),
            (appendix, "Appendix A, partnership dashboard (tagged PDF)"),
            (data, "Data workbook (accessible)"),
        ]

    def picture(self, spec: ChartSpec, out: Path, progress: Progress = unwatched) -> Path:
        """Save a chart as a `.png` or `.svg` picture, as the papers draw it; UserError where it cannot be written."""
        from pcp_desktop.papers import charts

        return charts.picture(spec, out, progress=progress)


def _held_texts(facts: Facts, through: date) -> list[HeldText]:
    """What the last gate searches public papers for: the printed text of every held figure with two decimals.

    Whole numbers and single decimals are ordinary numbers elsewhere and would stop sound papers; that none that is
    held is printed is the page builder's promise.
    """
    from pcp_desktop.papers.release import HeldText

    measures = {measure.code: measure for measure in facts.measures}
    texts: list[HeldText] = []
    for observation in facts.observations:
        measure, value = measures[observation.key.measure], observation.value
        clearance = clearance_at(facts.clearances, measure.code, through, measure.board)
        told = value is not None and observation.key.part is Part.VALUE and measure.decimals >= TELLING_DECIMALS
        if value is not None and told and not clearance.may_be_shown(Audience.PUBLIC):
            texts.append(HeldText(value_shown(value, measure.unit, measure.decimals), measure.label, value))
    return texts
