"""The verbs that give partners their own figures back, each workbook searched before it takes its place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pcp_desktop.analysis.pages import partner as partner_page
from pcp_desktop.analysis.pages.wording import run_words
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.held_access import HeldFigures
from pcp_desktop.domain.periods import Period
from pcp_desktop.domain.progress import Progress, unwatched
from pcp_desktop.errors import UserError
from pcp_desktop.workspace.held_access import HeldAccessVerbs
from pcp_desktop.workspace.held_texts import held_texts

if TYPE_CHECKING:
    from pcp_desktop.domain.partners import PartnerPage


class PartnerVerbs(HeldAccessVerbs):
    """What partners are sent back of an open panel file."""

    def partner(self, organisation: str, period: Period) -> PartnerPage:
        """What an organisation is sent back for a quarter; UserError where it supplies nothing."""
        facts = self.facts()
        try:
            return partner_page.build(facts, organisation, period)
        except KeyError as error:
            raise UserError(
                f"No measure and no return comes from “{organisation}”.",
                "No workbook was written.",
                f"Choose one of {', '.join(partner_page.organisations(facts))}.",
            ) from error

    def write_partner_workbook(
        self, organisation: str, period: Period, folder: Path, progress: Progress = unwatched
    ) -> list[tuple[Path, str]]:
        """Write an organisation's own figures into `folder` as a workbook; gives the file with what it is.

        Raises UserError where the organisation supplies nothing, or where the workbook would hold a held figure of
        another organisation; nothing is written then, nor where a held figure of its own leaves and that cannot be
        recorded in the change log.
        """
        return self._write_each([self.partner(organisation, period)], folder, progress)

    def write_partner_workbooks(
        self, period: Period, folder: Path, progress: Progress = unwatched
    ) -> list[tuple[Path, str]]:
        """Write the workbook of every organisation whose figures may all be passed on.

        One that holds figures which may not goes out by itself, to a recipient whom the sender knows.
        """
        pages = [self.partner(name, period) for name in partner_page.organisations(self.facts())]
        return self._write_each([page for page in pages if not page.held], folder, progress)

    def _write_each(self, pages: list[PartnerPage], folder: Path, progress: Progress) -> list[tuple[Path, str]]:
        """Write, search and only then put in place; each workbook is searched for what is not its organisation's."""
        from pcp_desktop.papers import partner_xlsx, release
        from pcp_desktop.papers.files import searched_first, take_place

        facts, now, written = self.facts(), self._clock(), []
        with searched_first(folder) as checking:
            for page in pages:
                own = partner_page.own_observations(facts, page.organisation)
                theirs = frozenset(one.key for found in own.values() for one in found)
                path = checking / f"{page.organisation} figures {page.period.label.replace('/', '-')}.xlsx"
                partner_xlsx.write_partner_workbook(page, path, created=now, progress=progress)
                release.check_release([path], held_texts(facts, page.period.end, Audience.PUBLIC, theirs))
                written.append((path, f"{page.organisation}: its own figures, {page.period.label}"))
            for page, (path, _what) in zip(pages, written, strict=True):
                if page.held:
                    self._held_saved(_held_figures(page, path.name))
            return [(take_place(path, folder / path.name), what) for path, what in written]


def _held_figures(page: PartnerPage, file: str) -> HeldFigures:
    """What of an organisation's own figures in its workbook is held."""
    figures = [one for series in page.held for one in series.figures if one.observation.value is not None]
    periods = sorted(one.observation.key.period for one in figures)
    words = run_words(periods[0], periods[-1]) if periods else page.period.label
    measures = tuple(dict.fromkeys(series.measure for series in page.held))
    return HeldFigures(f"Workbook for {page.organisation}", measures, words, len(figures), file)
