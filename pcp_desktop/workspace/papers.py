"""The verbs that make papers and pictures, each searched before it takes its place."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.pages import ChartSpec
from pcp_desktop.domain.periods import Period
from pcp_desktop.domain.progress import Progress, unwatched
from pcp_desktop.workspace.held_access import HeldAccessVerbs
from pcp_desktop.workspace.held_texts import held_texts
from pcp_desktop.workspace.reports import ReportVerbs

PUBLIC_PAPERS = (
    "Performance report (tagged PDF)",
    "Performance report (Word)",
    "Appendix A, partnership dashboard (tagged PDF)",
    "Data workbook (accessible)",
)


class PaperVerbs(ReportVerbs, HeldAccessVerbs):
    """Papers and pictures of an open panel file."""

    def write_papers(self, period: Period, folder: Path, progress: Progress = unwatched) -> list[tuple[Path, str]]:
        """Write the public papers of a quarter into `folder`: report, dashboard, data workbook; each with what it is.

        Every paper is built from public pages alone and opened again before it takes its place: UserError, and
        `folder` as it was, where one of them holds a figure that is held.
        """
        from pcp_desktop.papers import release
        from pcp_desktop.papers.files import searched_first, take_place

        with searched_first(folder) as checking:
            papers = self._public_papers(period, checking, progress)
            held = held_texts(self.facts(), period.end, Audience.PUBLIC)
            release.check_release([paper for paper, _what in papers], held)
            return [(take_place(paper, folder / paper.name), what) for paper, what in papers]

    def _public_papers(self, period: Period, folder: Path, progress: Progress) -> list[tuple[Path, str]]:
        """Write them, unchecked, into a folder of their own."""
        from pcp_desktop.papers import xlsx
        from pcp_desktop.papers.dashboard import set_dashboard
        from pcp_desktop.papers.files import write_safely
        from pcp_desktop.papers.report import set_report
        from pcp_desktop.papers.report_docx import set_report_docx
        from pcp_desktop.papers.typst import Typesetter

        now, quarter = self._clock(), period.label.replace("/", "-")
        overview, priorities = self._pages(period, Audience.PUBLIC)
        told = self._report(overview, priorities)
        with Typesetter() as typesetter:
            how: Any = {"timestamp": now, "typesetter": typesetter, "progress": progress}
            contents = {
                f"Performance report {quarter}.pdf": set_report(told, **how),
                f"Performance report {quarter}.docx": set_report_docx(told, **how),
                f"Appendix A dashboard {quarter}.pdf": set_dashboard(overview, priorities, **how),
            }
        papers = [write_safely(folder / name, content) for name, content in contents.items()]
        data = folder / f"Performance data {quarter}.xlsx"
        papers.append(xlsx.write_data_workbook(overview, priorities, data, created=now, progress=progress))
        return list(zip(papers, PUBLIC_PAPERS, strict=True))

    def picture(self, spec: ChartSpec, out: Path, progress: Progress = unwatched) -> Path:
        """Save a chart as a `.png` or `.svg` picture, as the papers draw it; UserError where it cannot be written.

        One with held figures carries their mark; UserError also where that it was saved cannot be recorded.
        """
        from pcp_desktop.papers import charts

        if spec.held is not None:
            self._held_saved(replace(spec.held, form="Chart as a picture", file=out.name))
        return charts.picture(spec, out, progress=progress)

    def drawn(self, spec: ChartSpec, progress: Progress = unwatched) -> bytes:
        """A chart as a PNG picture for the clipboard; as in `picture` where it has held figures."""
        from pcp_desktop.papers import charts

        if spec.held is not None:
            self.held_copied(replace(spec.held, form="Chart as a picture"))
        with tempfile.TemporaryDirectory(prefix="picture-") as folder:
            return charts.picture(spec, Path(folder) / "chart.png", progress=progress).read_bytes()
