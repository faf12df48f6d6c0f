"""The verbs about packs: the Packs page, the pack itself, its pages as pictures, and publishing it."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from pcp_desktop.analysis import small_numbers
from pcp_desktop.analysis.pages import returns as returns_page
from pcp_desktop.domain.changes import Changes
from pcp_desktop.domain.clearance import Audience, ClearanceState
from pcp_desktop.domain.commentary import CommentaryPage
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.formats import counted
from pcp_desktop.domain.held_access import HeldFigures
from pcp_desktop.domain.meetings import Agenda, PublishedPack
from pcp_desktop.domain.packs import PackPage, ReadinessLine, Standing
from pcp_desktop.domain.pages import OverviewPage, PriorityPage, ReturnsPage
from pcp_desktop.domain.periods import Period, moment_in_words
from pcp_desktop.domain.progress import Progress, unwatched
from pcp_desktop.errors import UserError
from pcp_desktop.papers import pack_page, publication, readiness
from pcp_desktop.store.panel_file import PanelFile
from pcp_desktop.workspace.clearances import ClearanceVerbs
from pcp_desktop.workspace.held_access import HeldAccessVerbs
from pcp_desktop.workspace.held_texts import held_texts
from pcp_desktop.workspace.meetings import MeetingVerbs
from pcp_desktop.workspace.opened import SECRETARIAT, Clock
from pcp_desktop.workspace.pack_orders import PackContents, order_of, printed_figures
from pcp_desktop.workspace.reports import ReportVerbs

if TYPE_CHECKING:
    from pcp_desktop.papers.pack import Pack, PackMaker
    from pcp_desktop.papers.published import PackPlaces


@dataclass(frozen=True)
class _Quarter:
    """The pages that a pack and its readiness are made from, and the facts behind them but for agendas."""

    facts: Facts
    returns: ReturnsPage
    commentaries: tuple[CommentaryPage, ...]
    overview: OverviewPage
    priorities: list[PriorityPage]


@dataclass(frozen=True)
class _Made:
    """A pack with the agenda and the quarter that it was made from."""

    agenda: Agenda
    quarter: _Quarter
    pack: Pack


class PackVerbs(MeetingVerbs, ReportVerbs, ClearanceVerbs, HeldAccessVerbs):
    """Packs of the meetings of an open panel file."""

    def __init__(self, panel_file: PanelFile, clock: Clock) -> None:
        super().__init__(panel_file, clock)
        self._quarters: dict[tuple[Period, Audience], _Quarter] = {}
        self._packs: dict[tuple[int, Audience], _Made] = {}
        self._places: dict[str, PackPlaces] = {}
        self._maker: PackMaker | None = None

    def close(self) -> None:
        """Close the panel file, and end the children that set and read papers."""
        if self._maker is not None:
            self._maker.close()
        super().close()

    # ------------------------------------------------------------ received papers

    def receive_paper(
        self, meeting: int, item: int, paper: Path, by: str = SECRETARIAT, progress: Progress = unwatched
    ) -> Changes:
        """Look at a paper (a PDF file) and keep it for an agenda item, in place of one that is there.

        The summary says what keeps a screen reader from following it, and what will be taken out of it.

        Raises UserError where it cannot stand in a pack or the pack is published, KeyError where there is no such
        item, and Cancelled by `progress`.
        """
        content = _bytes_of(paper)
        clean = self._pack_maker().received(content, paper.name, progress)
        changes = self._file.receive_paper(
            self.agenda(meeting).meeting, item, (paper.name, content), self._clock(), by
        )
        return self._changed(replace(changes, summary=". ".join([changes.summary, *clean.remarks])))

    # ------------------------------------------------------------ looking

    def pack_page(self, meeting: int, audience: Audience) -> PackPage:
        """The Packs page of a meeting's pack for PUBLIC or RESTRICTED; KeyError where there is no such meeting.

        It has pages where the pack was built as it stands now, or is published.
        """
        published = self._published(meeting, audience)
        if published is not None:
            return self._published_page(meeting, audience, published)
        state, made = self._pack_state(meeting, audience), self._made_already(meeting, audience)
        if made is None:
            return pack_page.build(state, readiness.readiness(state), read_only_reason=self.read_only_reason)
        pack = made.pack
        state = replace(state, papers=pack_page.papers_of(pack))
        return pack_page.build(
            state,
            readiness.readiness(state),
            page_numbers=pack_page.numbers_of(pack),
            blank_backs=len(pack.blank_backs),
            honest_line=" ".join(pack.not_accessible),
            read_only_reason=self.read_only_reason,
        )

    def build_pack(self, meeting: int, audience: Audience, progress: Progress = unwatched) -> PackPage:
        """Set a meeting's pack as it stands now, and give its page; Cancelled by `progress`.

        Raises UserError where a received paper cannot stand in a pack, or a text cannot be set.
        """
        if self._published(meeting, audience) is None:
            self._made(meeting, audience, progress)
        return self.pack_page(meeting, audience)

    def page_picture(
        self, meeting: int, audience: Audience, page: int, width: int, progress: Progress = unwatched
    ) -> bytes:
        """The page with this number of the pack that is published, or was built, as a PNG of a width in pixels.

        Raises KeyError where there is neither, and ValueError where the pack has no such page.
        """
        published = self._published(meeting, audience)
        made = self._packs.get((meeting, audience))
        if published is not None:
            content = self._file.received_content(published.sha256)
            numbers = self._places_of(published).numbers
        elif made is not None:
            content, numbers = made.pack.content, pack_page.numbers_of(made.pack)
        else:
            raise KeyError(meeting)
        return self._pack_maker().page_picture(content, numbers.index(page), width, progress)

    # ------------------------------------------------------------ out of the file

    def draft_pack(self, meeting: int, audience: Audience, out: Path, progress: Progress = unwatched) -> Path:
        """Save a meeting's pack to `out`: as it was published, or else as it stands now, searched before it is there.

        Raises UserError where it cannot be made or written, holds a figure that `audience` may not see, or has exempt
        items and that it was saved cannot be recorded.
        """
        from pcp_desktop.papers.files import write_safely

        published = self._published(meeting, audience)
        if published is not None:
            content = self._file.received_content(published.sha256)
        else:
            pack = self._made(meeting, audience, progress).pack
            self._search(pack, self.agenda(meeting), audience, out.name)
            content = pack.content
        if audience is Audience.RESTRICTED and _has_exempt(self.agenda(meeting)):
            self._held_saved(self._exempt_figures(meeting, out.name), SECRETARIAT)
        return write_safely(out, content)

    def _exempt_figures(self, meeting: int, file: str) -> HeldFigures:
        """What a restricted pack has and the public one has not: exempt papers, and exempt figures where it may."""
        quarter = self._quarter_of(meeting, Audience.RESTRICTED)
        rows = [
            row
            for row in quarter.overview.all_rows
            if row.clearance.state is ClearanceState.EXEMPT and not row.held_words and row.latest.value is not None
        ]
        measures = tuple(dict.fromkeys(row.measure for row in rows))
        return HeldFigures(
            "Restricted pack with exempt items", measures, quarter.overview.period.label, len(rows), file
        )

    def publish(self, meeting: int, by: str = SECRETARIAT, progress: Progress = unwatched) -> Changes:
        """Publish a meeting's packs: the public one, and the restricted one where an item is exempt.

        The panel file's soundness is checked first. Both packs print the head of the change log, are searched for
        what is held, and kept with their checksums and every figure that they print, in one transaction; from then
        on agenda and commentary of the quarter cannot change.

        Raises UserError where something stops it, and Cancelled by `progress` before anything is kept.
        """
        agenda = self.agenda(meeting)
        self._refuse_unready(meeting)
        progress("Checking the panel file", 0, 1)
        self._refuse_unsound()
        head, now = self._file.log_head(), self._clock()
        record = _record(head, now)
        frozen = [
            self._frozen(meeting, audience, (record, head, now, by), progress)
            for audience in ((Audience.PUBLIC, Audience.RESTRICTED) if _has_exempt(agenda) else (Audience.PUBLIC,))
        ]
        pack, content = frozen[0]
        return self._changed(self._file.publish(pack, content, by, beside=frozen[1:]))

    def _frozen(
        self, meeting: int, audience: Audience, told: tuple[str, str, datetime, str], progress: Progress
    ) -> tuple[PublishedPack, bytes]:
        """A pack as it is to be kept, made and searched."""
        record, head, now, by = told
        agenda, quarter = self.agenda(meeting), self._quarter_of(meeting, audience)
        contents = self._contents(meeting, audience, quarter)
        pack = self._pack_maker().make(replace(order_of(contents, self._received), record=record), progress)
        name = self.pack_page(meeting, audience).file_name
        self._search(pack, agenda, audience, name)
        figures = printed_figures(contents.report) if contents.report else ()
        through, public = agenda.meeting.latest_period.end, audience is Audience.PUBLIC
        counts = small_numbers.published_counts(self.facts(), through) if public else ()
        kept = PublishedPack(
            meeting, audience, name, pack.sha256, len(pack.content), pack.pages, now, by, head, figures, counts
        )
        return kept, pack.content

    def _refuse_unready(self, meeting: int) -> None:
        if self._published(meeting, Audience.PUBLIC) is not None:
            raise UserError(
                "The pack of this meeting is published already.",
                "It stands as it was published.",
                "Publish a correction notice where one is due.",
            )
        stops = [
            line for line in self.pack_page(meeting, Audience.PUBLIC).readiness if line.standing is Standing.STOPS
        ]
        if stops:
            raise _not_ready(stops)

    def _refuse_unsound(self) -> None:
        report = self._file.verify()
        if not report.ok:
            raise UserError(
                f"The panel file is not sound: {report.problems[0]}",
                "Nothing was published.",
                "Restore the last backup, then publish from it.",
            )

    def _search(self, pack: Pack, agenda: Agenda, audience: Audience, name: str) -> None:
        """The last gate: search a pack for what its audience may not see, before it goes anywhere."""
        from pcp_desktop.papers.release import check_release

        with tempfile.TemporaryDirectory(prefix="pack-") as folder:
            path = Path(folder) / name
            path.write_bytes(pack.content)
            check_release([path], held_texts(self.facts(), agenda.meeting.latest_period.end, audience))

    # ------------------------------------------------------------ what a pack is made of

    def _pack_state(self, meeting: int, audience: Audience) -> readiness.PackState:
        agenda, quarter = self.agenda(meeting), self._quarter_of(meeting, audience)
        return readiness.PackState(
            audience=audience,
            agenda=agenda,
            deadline=publication.deadline(agenda.meeting.day, self.facts().now.date()),
            returns=quarter.returns,
            commentaries=quarter.commentaries,
            rows=quarter.overview.all_rows,
            priorities=quarter.priorities,
            clearance=self.clearance(agenda.meeting.latest_period),
            hidden=small_numbers.hidden_in_words(self.facts(), agenda.meeting.latest_period.end),
        )

    def _quarter_of(self, meeting: int, audience: Audience) -> _Quarter:
        """The pages of a meeting's quarter; built once until something but the agenda has changed.

        They are the public ones in both packs, so that the restricted one adds its exempt items and nothing else,
        unless the report itself is exempt.
        """
        agenda = self.agenda(meeting)
        report_is_exempt = any(item.generated is not None and item.exemption is not None for item in agenda.items)
        audience = audience if report_is_exempt else Audience.PUBLIC
        facts, period = self.facts(), agenda.meeting.latest_period
        facts = replace(facts, agendas=(), now=datetime.combine(facts.now.date(), time()))
        kept = self._quarters.get((period, audience))
        if kept is None or kept.facts != facts:
            overview, priorities = self._pages(period, audience)
            codes = [priority.code for priority in facts.plan.priorities]
            kept = _Quarter(
                facts=facts,
                returns=returns_page.build(self.facts(), period),
                commentaries=tuple(self.commentary(code, period, Audience.WORKING) for code in codes),
                overview=overview,
                priorities=priorities,
            )
            self._quarters[period, audience] = kept
        return kept

    def _made_already(self, meeting: int, audience: Audience) -> _Made | None:
        """The pack as it was built, if it would be built the same now."""
        made = self._packs.get((meeting, audience))
        if made is None or made.agenda != self.agenda(meeting):
            return None
        return made if made.quarter is self._quarter_of(meeting, audience) else None

    def _made(self, meeting: int, audience: Audience, progress: Progress) -> _Made:
        made = self._made_already(meeting, audience)
        if made is None:
            quarter = self._quarter_of(meeting, audience)
            order = order_of(self._contents(meeting, audience, quarter), self._received)
            made = _Made(self.agenda(meeting), quarter, self._pack_maker().make(order, progress))
            self._packs[meeting, audience] = made
        return made

    def _contents(self, meeting: int, audience: Audience, quarter: _Quarter) -> PackContents:
        agenda = self.agenda(meeting)
        has_report = any(item.generated is not None for item in agenda.items)
        return PackContents(
            facts=self.facts(),
            agenda=agenda,
            audience=audience,
            overview=quarter.overview,
            priorities=quarter.priorities,
            report=self._report(quarter.overview, quarter.priorities) if has_report else None,
            received=lambda paper: self._file.received_content(paper.sha256),
        )

    def _received(self, content: bytes, name: str) -> int:
        """How many pages a received paper has."""
        return self._pack_maker().received(content, name).pages

    def _pack_maker(self) -> PackMaker:
        from pcp_desktop.papers.pack import PackMaker

        if self._maker is None:
            self._maker = PackMaker()
        return self._maker

    # ------------------------------------------------------------ what was published

    def _published(self, meeting: int, audience: Audience) -> PublishedPack | None:
        """The published pack that an audience reads; where nothing is exempt, all read the public one."""
        packs = {pack.audience: pack for pack in self.facts().packs if pack.meeting == meeting}
        return packs.get(audience) or packs.get(Audience.PUBLIC)

    def _published_page(self, meeting: int, audience: Audience, pack: PublishedPack) -> PackPage:
        """The page of a pack that is out, read from its bytes; the figures as they are now do not matter."""
        agenda, places = self.agenda(meeting), self._places_of(pack)
        papers = {
            agenda.items[item - 1].key if item else pack_page.FRONT_SHEET: readiness.PaperInPack(first, last)
            for item, (first, last) in places.items.items()
        }
        state = readiness.PackState(
            audience=audience,
            agenda=agenda,
            deadline=publication.deadline(agenda.meeting.day, self.facts().now.date()),
            returns=ReturnsPage(agenda.meeting.latest_period, (), (), ""),
            papers=papers,
        )
        return pack_page.build(
            state,
            pack_page.published_lines(pack),
            page_numbers=places.numbers,
            blank_backs=len(places.blank_backs),
            published=pack,
        )

    def _places_of(self, pack: PublishedPack) -> PackPlaces:
        from pcp_desktop.papers.published import places_of

        if pack.sha256 not in self._places:
            self._places[pack.sha256] = places_of(self._file.received_content(pack.sha256))
        return self._places[pack.sha256]


def _has_exempt(agenda: Agenda) -> bool:
    """Whether an item is exempt, so that there is a restricted pack."""
    return any(item.exemption is not None for item in agenda.items)


def _bytes_of(paper: Path) -> bytes:
    try:
        return paper.read_bytes()
    except OSError as error:
        raise UserError(
            f"“{paper.name}” could not be read ({error.strerror or error}).",
            "The agenda is as it was.",
            "Check that the file is there and not open elsewhere, then try again.",
        ) from error


def _record(head: str, now: datetime) -> str:
    """What a published pack prints of the panel file's state."""
    return (
        f"Figures as they stood in the panel file on {moment_in_words(now)}. "
        f"Head of its change log (SHA-256): {head}."
    )


def _not_ready(stops: Sequence[ReadinessLine]) -> UserError:
    more = f", and {counted(len(stops) - 1, 'thing')} more" if len(stops) > 1 else ""
    return UserError(
        f"The pack is not ready: {stops[0].title}{more}.",
        "Nothing was published.",
        "Open the readiness list on the Packs page; each line leads to its place.",
    )
