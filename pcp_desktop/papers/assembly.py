"""One PDF from several: pages stamped, structure joined, bookmarks and links carried; which papers is the pack's."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from pcp_desktop.domain.progress import Progress, unwatched
from pcp_desktop.papers.bookmarks import Bookmark, bookmarks_of, set_page_links, take_page_links, write_bookmarks
from pcp_desktop.papers.cleaning import drop
from pcp_desktop.papers.stamps import StampFont, Stamps, blank_font, blank_page
from pcp_desktop.papers.structure import JoinedTree

ITEM_LINK = "item:"
"""What a link of the front sheet begins with, before the number of the section that it leads to."""
PROGRAM = "PCP Desktop"
LANGUAGE = "en-GB"


@dataclass(frozen=True)
class Section:
    """One paper in its place in a pack.

    Attributes:
        title: of its section in the structure.
        content: a tagged PDF, one of our own or one that was cleaned.
        first: the number of its first page, which is odd.
        numbers: how many numbers are kept for it, its blank back not counted; more than its pages where pages are
            withheld.
        language: of its text.
        marking: what is stamped on each of its pages beside the number, and read out before it.
    """

    title: str
    content: bytes
    first: int
    numbers: int
    language: str = LANGUAGE
    marking: str = ""


@dataclass(frozen=True)
class Heading:
    """A bookmark of the pack: an agenda item, and the sections that are its papers (none: it leads to page 1)."""

    title: str
    sections: tuple[int, ...]


@dataclass(frozen=True)
class Claims:
    """What the pack may say of itself: that it is PDF/UA-1, and the level of PDF/A-2 ("A", "U", "B" or "")."""

    accessible: bool
    archivable: str


@dataclass(frozen=True)
class Properties:
    """What the document says it is."""

    title: str
    author: str
    subject: str
    timestamp: datetime
    claims: Claims


def assemble(
    sections: Sequence[Section],
    headings: Sequence[Heading],
    properties: Properties,
    font: StampFont,
    progress: Progress = unwatched,
) -> bytes:
    """One PDF of all sections, each on an odd page with a blank back where it needs one; the same bytes every time.

    Raises Cancelled by `progress`, which is asked before each section.
    """
    with Pdf.new() as document:
        joining = _Joining(document, font)
        for number, section in enumerate(sections):
            progress("Joining the papers", number, len(sections) + 1)
            joining.add(section, is_last=number == len(sections) - 1)
        progress("Saving the pack", len(sections), len(sections) + 1)
        joining.finish(sections, headings, properties)
        saved = io.BytesIO()
        document.save(
            saved,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            force_version="1.7",
            fix_metadata_version=False,  # it would write the metadata anew; ours says all there is to say
        )
    return saved.getvalue()


def join_on_trial(content: bytes, pages: int) -> None:
    """Join a paper alone, so that one that cannot be joined is known when it comes and not when the pack is made.

    Raises whatever is wrong with it.
    """
    nothing = Properties("", "", "", datetime(1970, 1, 1, tzinfo=UTC), Claims(accessible=False, archivable=""))
    assemble([Section("", content, 1, pages)], [Heading("", (0,))], nothing, blank_font())


class _Joining:
    """A pack's document while papers are added to it."""

    def __init__(self, document: Pdf, font: StampFont) -> None:
        self._document = document
        self._tree = JoinedTree(document, LANGUAGE)
        self._stamps = Stamps(document, font)
        self._numbers: list[int] = []
        self._starts: list[int] = []
        self._bookmarks: list[tuple[Bookmark, ...]] = []
        self._programs: dict[bytes, Any] = {}
        self._layers: list[Any] = []
        self._hidden_layers: list[Any] = []
        self._intents: Any = None

    def add(self, section: Section, *, is_last: bool) -> None:
        """Add a paper's pages, structure, bookmarks and links, and its blank back."""
        start = len(self._numbers)
        self._starts.append(start)
        with pikepdf.open(io.BytesIO(section.content)) as paper:
            links = take_page_links(paper)
            self._document.pages.extend(paper.pages)
            count = len(paper.pages)
            set_page_links(self._document, links, start)
            root = self._document.copy_foreign(paper.Root.StructTreeRoot)
            self._bookmarks.append(bookmarks_of(paper, start))
            self._take_layers(paper)
            if self._intents is None and "/OutputIntents" in paper.Root:
                self._intents = self._document.copy_foreign(paper.make_indirect(paper.Root.OutputIntents))
        self._numbers.extend(range(section.first, section.first + count))
        pages = self._document.pages[start : start + count]
        self._share_fonts(pages)
        _forget_old_parents(pages)
        held = self._tree.add(root, section.title, f"p{len(self._starts)}-", section.language)
        marked = self._tree.add_marked(held, pages[0].obj, "P") if section.marking else None
        for step, page in enumerate(pages):
            self._stamps.stamp(page, section.first + step, section.marking, marked if step == 0 else None)
        if count % 2 and not is_last:
            blank_page(self._document, self._document.pages[-1])
            self._numbers.append(section.first + count)
            self._stamps.stamp(self._document.pages[-1], section.first + count)

    def finish(self, sections: Sequence[Section], headings: Sequence[Heading], properties: Properties) -> None:
        """Write everything that concerns the pack as a whole."""
        self._lead_item_links(sections)
        self._tree.finish()
        write_bookmarks(self._document, tuple(self._heading(one, sections) for one in headings))
        root = self._document.Root
        root.Lang = String(LANGUAGE)
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True, Direction=Name.L2R)
        root.PageMode = Name.UseOutlines
        root.PageLabels = Dictionary(Nums=self._page_labels())
        if self._layers:
            shown = Dictionary(OFF=Array(self._hidden_layers), Order=Array(), Name=String("As received"))
            root.OCProperties = Dictionary(OCGs=Array(self._layers), D=shown)
        if self._intents is not None:
            root.OutputIntents = self._intents
        _write_properties(self._document, properties)

    def _heading(self, heading: Heading, sections: Sequence[Section]) -> Bookmark:
        """An item's bookmark with its papers below it; of an only paper what is below its own title."""
        if not heading.sections:
            return Bookmark(heading.title, 0)
        first = self._starts[heading.sections[0]]
        if len(heading.sections) == 1:
            own = self._bookmarks[heading.sections[0]]
            return Bookmark(heading.title, first, None, own[0].below if len(own) == 1 else own)
        papers = (Bookmark(sections[n].title, self._starts[n], None, self._bookmarks[n]) for n in heading.sections)
        return Bookmark(heading.title, first, None, tuple(papers))

    def _lead_item_links(self, sections: Sequence[Section]) -> None:
        """Let the front sheet's links lead to the sections that they name."""
        for page in self._document.pages[: self._starts[1] if len(self._starts) > 1 else None]:
            for link in page.obj.get("/Annots", Array()):
                address = str(link.get("/A", Dictionary()).get("/URI", ""))
                if address.startswith(ITEM_LINK):
                    number = int(address.removeprefix(ITEM_LINK))
                    del link["/A"]
                    link.Dest = Array([self._document.pages[self._starts[number]].obj, Name.Fit])
                    link.Contents = String(f"{sections[number].title}, page {sections[number].first}")

    def _page_labels(self) -> Array:
        """Page labels: decimal numbers that go on from each place where one is left out."""
        labels = Array()
        for index, number in enumerate(self._numbers):
            if index == 0 or number != self._numbers[index - 1] + 1:
                labels.append(index)
                labels.append(Dictionary(S=Name.D, St=number))
        return labels

    def _take_layers(self, paper: Pdf) -> None:
        layers = paper.Root.get("/OCProperties")
        if isinstance(layers, Dictionary):
            copied = self._document.copy_foreign(paper.make_indirect(layers))
            self._layers.extend(copied.OCGs)
            self._hidden_layers.extend(copied.get("/D", Dictionary()).get("/OFF", Array()))

    def _share_fonts(self, pages: Sequence[pikepdf.Page]) -> None:
        """Keep one copy of a font's outlines that several papers bring with them."""
        for page in pages:
            for font in page.obj.get("/Resources", Dictionary()).get("/Font", Dictionary()).values():
                for one in font.get("/DescendantFonts", [font]):
                    self._share_outlines(one.get("/FontDescriptor", Dictionary()))

    def _share_outlines(self, described: Any) -> None:
        for key in ("/FontFile", "/FontFile2", "/FontFile3"):
            outlines = described.get(key)
            if outlines is not None:
                raw = outlines.read_raw_bytes()
                described[key] = self._programs.setdefault(raw, outlines)


def _forget_old_parents(pages: Sequence[pikepdf.Page]) -> None:
    """Take from pages and links their places in their paper's own parent tree; those of the pack's come instead."""
    for page in pages:
        drop(page.obj, "/StructParents")
        for link in page.obj.get("/Annots", Array()):
            page.obj.Tabs = Name.S
            drop(link, "/StructParent")


# ---------------------------------------------------------------- what the pack says of itself


def _write_properties(document: Pdf, properties: Properties) -> None:
    """Title, author, subject and dates, alike in the information dictionary and in the metadata."""
    moment = properties.timestamp
    zoned = (moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)).astimezone(UTC)
    stamp = String(zoned.strftime("D:%Y%m%d%H%M%SZ"))
    document.trailer.Info = document.make_indirect(
        Dictionary(
            Title=String(properties.title),
            Author=String(properties.author),
            Subject=String(properties.subject),
            Creator=String(PROGRAM),
            Producer=String(PROGRAM),
            CreationDate=stamp,
            ModDate=stamp,
        )
    )
    metadata = document.make_stream(_metadata(properties, zoned.strftime("%Y-%m-%dT%H:%M:%SZ")).encode())
    metadata.Type, metadata.Subtype = Name.Metadata, Name.XML
    document.Root.Metadata = metadata


def _metadata(properties: Properties, moment: str) -> str:
    """The metadata packet (ISO 16684-1), with the claims to PDF/UA-1 and PDF/A-2 where they hold."""
    claims = ""
    if properties.claims.accessible:
        claims += "<pdfuaid:part>1</pdfuaid:part>"
    if properties.claims.archivable:
        level = properties.claims.archivable
        claims += f"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>{level}</pdfaid:conformance>"
        claims += _EXTENSION if properties.claims.accessible else ""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
        ' xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"'
        ' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
        ' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
        ' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
        f"<dc:title><rdf:Alt>{_alternative(properties.title)}</rdf:Alt></dc:title>"
        f"<dc:description><rdf:Alt>{_alternative(properties.subject)}</rdf:Alt></dc:description>"
        f"<dc:creator><rdf:Seq><rdf:li>{escape(properties.author)}</rdf:li></rdf:Seq></dc:creator>"
        f"<dc:language><rdf:Bag><rdf:li>{LANGUAGE}</rdf:li></rdf:Bag></dc:language>"
        "<dc:format>application/pdf</dc:format>"
        f"<xmp:CreatorTool>{PROGRAM}</xmp:CreatorTool><pdf:Producer>{PROGRAM}</pdf:Producer>"
        f"<xmp:CreateDate>{moment}</xmp:CreateDate><xmp:ModifyDate>{moment}</xmp:ModifyDate>{claims}"
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    )


def _alternative(text: str) -> str:
    return f'<rdf:li xml:lang="x-default">{escape(text)}</rdf:li>'


# PDF/A knows the property of PDF/UA only where it is described (ISO 19005-2, 6.6.2.3.3).
_EXTENSION = (
    '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    "<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    "<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>"
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>"
)
