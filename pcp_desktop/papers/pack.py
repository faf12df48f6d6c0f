"""The pack of a meeting: its papers in the agenda's order with their pages, for the public or with exempt items."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import TracebackType

from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.formats import listed
from pcp_desktop.domain.meetings import Agenda, AgendaItem
from pcp_desktop.domain.periods import in_words
from pcp_desktop.domain.progress import Progress, unwatched
from pcp_desktop.papers.assembly import LANGUAGE, Claims, Heading, Properties, Section, assemble
from pcp_desktop.papers.front_sheet import FrontSheet, ItemPlace, pack_title, set_exempt_item, set_front_sheet
from pcp_desktop.papers.pdf_reader import PdfReader, page_count
from pcp_desktop.papers.reading_ahead import ReadingAhead
from pcp_desktop.papers.reading_ahead import ReceivedFile as ReceivedFile
from pcp_desktop.papers.received import CleanPaper, Reading
from pcp_desktop.papers.stamps import stamp_font
from pcp_desktop.papers.typst import Typesetter

FRONT_SHEET = "Front sheet and agenda"
_USUAL_FRONT_PAGES = 2
_MOST_PASSES = 4
_ASK = "Ask the contact for another copy."


@dataclass(frozen=True)
class OwnPaper:
    """A paper that the program sets itself.

    `set_from` is given the number of its first page in the pack, a typesetter and progress, and gives a tagged PDF
    (PDF/UA-1 and PDF/A-2a, as the typesetter makes it) whose foot prints numbers from there.
    """

    title: str
    set_from: Callable[[int, Typesetter, Progress], bytes]


PaperSource = OwnPaper | ReceivedFile


@dataclass(frozen=True)
class PackOrder:
    """What a pack is to be made of.

    Attributes:
        body: the Panel's whole name.
        agenda: the meeting's agenda.
        audience: PUBLIC or RESTRICTED.
        timestamp: the document's date.
        papers: the papers of each item, by the item's key; items without any are left out. For the public nothing
            of an exempt item is given.
        withheld: for the public: how many pages the papers of an exempt item take in the restricted pack, by the
            item's key, so that page numbers are the same in both.
        record: what the front sheet says of the panel file's state, for a pack that is published.
    """

    body: str
    agenda: Agenda
    audience: Audience
    timestamp: datetime
    papers: Mapping[int, Sequence[PaperSource]]
    withheld: Mapping[int, int] = field(default_factory=dict)
    record: str = ""


@dataclass(frozen=True)
class PaperPages:
    """One paper in the pack: its item's key (0: the front sheet), title, first and last page, and how it reads."""

    item: int
    title: str
    first: int
    last: int
    reading: Reading
    shortcomings: tuple[str, ...] = ()
    taken_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pack:
    """A pack that was made.

    Attributes:
        content: the PDF.
        pages: how many pages it has, blank backs included.
        papers: every paper in order, the front sheet first.
        blank_backs: the numbers of the blank pages.
        claims: what it says of itself: PDF/UA-1, and the level of PDF/A-2.
        not_accessible: a sentence for each received paper that a screen reader cannot follow, as the front sheet
            prints it.
    """

    content: bytes
    pages: int
    papers: tuple[PaperPages, ...]
    blank_backs: tuple[int, ...]
    claims: Claims
    not_accessible: tuple[str, ...]

    @property
    def sha256(self) -> str:
        """The checksum of its bytes."""
        return hashlib.sha256(self.content).hexdigest()

    def pages_of(self, item: int) -> tuple[int, int] | None:
        """First and last page of an item's papers, by its key; None where it has none."""
        found = [paper for paper in self.papers if paper.item == item]
        return (found[0].first, found[-1].last) if found else None


@dataclass(frozen=True)
class _Laid:
    """A paper with its pages, before the front sheet knows of it; of a received one the content comes later."""

    item: int
    title: str
    content: bytes
    first: int
    pages: int
    numbers: int
    marking: str
    file: ReceivedFile | None = None
    received: CleanPaper | None = None


class PackMaker:
    """Makes packs, and keeps what it can use again: a warm typesetter, set papers, and received ones cleaned."""

    def __init__(self, typesetter: Typesetter | None = None) -> None:
        self._typesetter = typesetter or Typesetter()
        self._reader = PdfReader()

    def __enter__(self) -> PackMaker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop the child processes; what was kept stays, and they start again when they are needed."""
        self._typesetter.close()
        self._reader.close()

    def received(self, content: bytes, name: str, progress: Progress = unwatched) -> CleanPaper:
        """What a received paper is, and its clean copy; looked at once however often it is asked for.

        Raises UserError where it cannot stand in a pack, and Cancelled by `progress`.
        """
        return self._reader.received(content, name, progress)

    def page_picture(self, content: bytes, page: int, width: int, progress: Progress = unwatched) -> bytes:
        """A page (from 0) of a PDF as a PNG of a width in pixels; raises as `PdfReader.page_picture`."""
        return self._reader.page_picture(content, page, width, progress)

    def make(self, order: PackOrder, progress: Progress = unwatched) -> Pack:
        """The pack as it is ordered.

        The same order gives the same bytes. Of a second order only the papers that changed are set again.

        Raises:
            UserError: a received paper cannot stand in a pack, or a text cannot be set.
            Cancelled: by `progress`; nothing is kept but the papers that were already set.
            ValueError: a public order holds papers of an exempt item.
        """
        _refuse_exempt(order)
        self._typesetter.warm()
        sources = [source for papers in order.papers.values() for source in papers]
        files = [source for source in sources if isinstance(source, ReceivedFile)]
        with ReadingAhead(self._reader, list(dict.fromkeys(files)), progress) as ahead:
            return self._settled(order, ahead)

    def _settled(self, order: PackOrder, ahead: ReadingAhead) -> Pack:
        """The pack whose front sheet gives the pages that it has itself made room for."""
        front_pages = _USUAL_FRONT_PAGES
        for _pass in range(_MOST_PASSES):
            laid = [_with_content(paper, ahead) for paper in list(self._laid(order, front_pages, ahead))]
            sheet = self._front_sheet(order, laid, ahead.progress)
            counted = page_count(sheet)
            if _next_odd(counted + 1) == _next_odd(front_pages + 1):
                return self._assembled(order, sheet, counted, laid, ahead.progress)
            front_pages = counted
        raise RuntimeError(f"The front sheet does not settle: it has {counted} pages.")

    def _laid(self, order: PackOrder, front_pages: int, ahead: ReadingAhead) -> Iterator[_Laid]:
        """Every paper with the number of its first page, for a front sheet of so many pages."""
        following = _next_odd(front_pages + 1)
        for item in order.agenda.items:
            sources = order.papers.get(item.key, ())
            if item.exemption and order.audience is Audience.PUBLIC:
                sources = (self._exempt_item(order, item),)
            for source in sources:
                paper = self._one(order, item, source, following, ahead)
                yield paper
                following = _next_odd(following + paper.numbers)

    def _exempt_item(self, order: PackOrder, item: AgendaItem) -> OwnPaper:
        def set_from(first: int, typesetter: Typesetter, progress: Progress) -> bytes:
            return set_exempt_item(
                order.body,
                order.agenda,
                item,
                first,
                timestamp=order.timestamp,
                typesetter=typesetter,
                progress=progress,
            )

        return OwnPaper(item.title, set_from)

    def _one(self, order: PackOrder, item: AgendaItem, source: PaperSource, first: int, ahead: ReadingAhead) -> _Laid:
        file, content = None, b""
        if isinstance(source, ReceivedFile):
            file, pages = source, ahead.pages(source)
        else:
            content = source.set_from(first, self._typesetter, ahead.progress)
            pages = page_count(content)
        is_public = order.audience is Audience.PUBLIC
        numbers = max(pages, order.withheld.get(item.key, 0)) if is_public else pages
        marking = ""
        if item.exemption and not is_public:
            marking = f"Not for publication: Schedule 12A, paragraph {item.exemption.paragraph}"
        return _Laid(item.key, source.title, content, first, pages, numbers, marking, file)

    def _front_sheet(self, order: PackOrder, laid: Sequence[_Laid], progress: Progress) -> bytes:
        places = [_place(item, laid) for item in order.agenda.items]
        accessibility = _not_accessible(order.agenda, laid)
        sheet = FrontSheet(order.body, order.agenda, order.audience, places, accessibility, order.record)
        return set_front_sheet(sheet, timestamp=order.timestamp, typesetter=self._typesetter, progress=progress)

    def _assembled(
        self, order: PackOrder, sheet: bytes, front_pages: int, laid: Sequence[_Laid], progress: Progress
    ) -> Pack:
        front = _Laid(0, FRONT_SHEET, sheet, 1, front_pages, front_pages, "")
        papers = [front, *laid]
        claims = _claims(laid)
        properties = Properties(
            title=pack_title(order.body, order.agenda, order.audience),
            author=order.body,
            subject=f"Meeting on {in_words(order.agenda.meeting.day)}",
            timestamp=order.timestamp,
            claims=claims,
        )
        font = stamp_font(self._typesetter, tuple({paper.marking for paper in papers}), progress)
        content = assemble(
            [_section(order.agenda, paper) for paper in papers],
            _headings(order.agenda, papers),
            properties,
            font,
            progress,
        )
        blanks = tuple(paper.first + paper.pages for paper in papers[:-1] if paper.pages % 2)
        return Pack(
            content=content,
            pages=sum(paper.pages for paper in papers) + len(blanks),
            papers=tuple(_pages(paper) for paper in papers),
            blank_backs=blanks,
            claims=claims,
            not_accessible=_not_accessible(order.agenda, laid),
        )


def _refuse_exempt(order: PackOrder) -> None:
    if order.audience is not Audience.PUBLIC:
        return
    for item in order.agenda.items:
        if item.exemption and order.papers.get(item.key):
            raise ValueError(f"Papers of the exempt item “{item.title}” were given for a public pack.")


def _with_content(paper: _Laid, ahead: ReadingAhead) -> _Laid:
    """A received paper with its clean copy, as soon as that is there; others as they are."""
    if paper.file is None:
        return paper
    clean = ahead.paper(paper.file)
    return replace(paper, content=clean.content, received=clean)


def _next_odd(number: int) -> int:
    return number if number % 2 else number + 1


def _place(item: AgendaItem, laid: Sequence[_Laid]) -> ItemPlace:
    """Where an item's papers are; the front sheet is section 0."""
    found = [(section, paper) for section, paper in enumerate(laid, start=1) if paper.item == item.key]
    if not found:
        return ItemPlace()
    (section, first), (_, last) = found[0], found[-1]
    return ItemPlace(first.first, last.first + last.numbers - 1, section)


def _section(agenda: Agenda, paper: _Laid) -> Section:
    title = f"Item {agenda.number_of(paper.item)}: {paper.title}" if paper.item else paper.title
    language = paper.received.language if paper.received else LANGUAGE
    return Section(title, paper.content, paper.first, paper.numbers, language, paper.marking)


def _headings(agenda: Agenda, papers: Sequence[_Laid]) -> list[Heading]:
    """The bookmarks: the front sheet, and every item, also one without a paper."""
    found = [Heading(FRONT_SHEET, (0,))]
    for number, item in enumerate(agenda.items, start=1):
        sections = tuple(section for section, paper in enumerate(papers) if paper.item == item.key)
        found.append(Heading(f"{number}. {item.title}", sections))
    return found


def _pages(paper: _Laid) -> PaperPages:
    received = paper.received
    return PaperPages(
        paper.item,
        paper.title,
        paper.first,
        paper.first + paper.pages - 1,
        received.reading if received else Reading.TAGGED,
        received.shortcomings if received else (),
        received.taken_out if received else (),
    )


# ---------------------------------------------------------------- what it may say of itself


def _claims(laid: Sequence[_Laid]) -> Claims:
    """PDF/UA-1 where every paper is tagged and nothing is known to be wrong; the level of PDF/A that all reach."""
    received = [paper.received for paper in laid if paper.received is not None]
    levels = [paper.archivable for paper in received]
    level = next((level for level in ("", "B", "U") if level in levels), "A")
    return Claims(all(paper.is_accessible for paper in received), level)


def _not_accessible(agenda: Agenda, laid: Sequence[_Laid]) -> tuple[str, ...]:
    """A plain sentence for every received paper that a screen reader cannot follow."""
    return tuple(
        _honest_words(agenda.number_of(paper.item), paper.title, paper.received)
        for paper in laid
        if paper.received is not None and not paper.received.is_accessible
    )


def _honest_words(number: int, title: str, paper: CleanPaper) -> str:
    about = f"Item {number}, {title}, was received"
    if paper.reading is Reading.SCANNED:
        return f"{about} as pictures of its pages. A screen reader finds no text in it. {_ASK}"
    if paper.reading is Reading.UNTAGGED:
        finds = "A screen reader finds its text, but no headings, lists or tables, and may read it out of order."
        return f"{about} without tags. {finds} {_ASK}"
    return f"{about} with tags, but {listed(paper.shortcomings)}. {_ASK}"
