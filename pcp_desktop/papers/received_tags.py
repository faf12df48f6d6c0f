"""The tags of a received paper: what they leave out is given elements where it can be, and what is wrong is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, Pdf, String

from pcp_desktop.domain.formats import listed
from pcp_desktop.papers.clear_strip import visible_box
from pcp_desktop.papers.page_content import Drawing, wrap_in_one_mark
from pcp_desktop.papers.structure import append, keep_marks, linked, marks_by_page, standard_kind, walk


@dataclass(frozen=True)
class Outside:
    """What a tagged paper has outside its tags: the numbers of pages with such content, and how many links."""

    pages: list[int]
    links: int


def adopted(document: Pdf, drawings: list[Drawing]) -> Outside:
    """Give what the tags forgot elements of its own where that can be done, and say what there was."""
    untagged = {number for number, drawing in enumerate(drawings, start=1) if drawing.untagged}
    return Outside(sorted(untagged.union(_adopt_marks(document, drawings))), _adopt_links(document))


def shortcomings(document: Pdf, outside: Outside, fonts: int, taken_out: tuple[str, ...]) -> Iterator[str]:
    """What can be seen to keep a tagged paper from PDF/UA (ISO 14289-1, section 7)."""
    if outside.pages or bool(document.Root.MarkInfo.get("/Suspects")):
        yield f"part of {_pages(outside.pages) if outside.pages else 'its content'} is outside its tags"
    roles = document.Root.StructTreeRoot.get("/RoleMap", Dictionary())
    silent = tables = level = skipped = 0
    for element in walk(document.Root.StructTreeRoot):
        kind = standard_kind(element, roles)
        silent += kind in ("/Figure", "/Formula") and not any(element.get(key) for key in ("/Alt", "/ActualText"))
        if heading := re.fullmatch(r"/H([1-6])", kind):
            skipped += int(heading[1]) > level + 1
            level = int(heading[1])
        tables += kind == "/Table" and not any(standard_kind(one, roles) == "/TH" for one in walk(element))
    if silent:
        yield "1 picture has no text alternative" if silent == 1 else f"{silent} pictures have no text alternative"
    if tables:
        yield "1 table has no headings" if tables == 1 else f"{tables} tables have no headings"
    if skipped:
        yield "its headings skip a level"
    if fonts:
        yield "it does not bring all its fonts with it"
    if any("form field" in words for words in taken_out):
        yield "its form fields are read as plain parts of the page"
    if outside.links:
        yield "some of its links are outside its tags"


def tag_pages(document: Pdf, drawings: list[Drawing], lengths: list[int]) -> None:
    """Give an untagged paper one element a page, so that what text there is can be read in the order it is drawn."""
    whole = document.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document))
    elements = Array()
    for number, (page, drawing, length) in enumerate(zip(document.pages, drawings, lengths, strict=True), start=1):
        if not drawing.paints:
            continue
        kind = "P" if length else "Figure"
        wrap_in_one_mark(document, page, kind)
        element = Dictionary(Type=Name.StructElem, S=Name(f"/{kind}"), P=whole, Pg=page.obj, K=0)
        if not length:
            element.Alt = String(f"Page {number} of {len(lengths)}: a picture of a page, without text.")
            box = Array([round(edge, 3) for edge in visible_box(page)])
            element.A = Dictionary(O=Name.Layout, BBox=box, Placement=Name.Block)
        elements.append(document.make_indirect(element))
    whole.K = elements
    document.Root.StructTreeRoot = document.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=whole))
    document.Root.MarkInfo = Dictionary(Marked=True)
    _adopt_links(document)


def _adopt_marks(document: Pdf, drawings: list[Drawing]) -> list[int]:
    """Give marked content that no element knows an element of its own at the end; gives the numbers of such pages.

    Elements let go of content that no page has.
    """
    root = document.Root.StructTreeRoot
    marks = {page.obj.objgen: drawing.marks for page, drawing in zip(document.pages, drawings, strict=True)}
    known = marks_by_page(root)
    if any(numbers - marks.get(page, frozenset()) for page, numbers in known.items()):
        keep_marks(root, marks)
    found = []
    for number, (page, drawing) in enumerate(zip(document.pages, drawings, strict=True), start=1):
        lost = sorted(drawing.marks - known.get(page.obj.objgen, set()))
        if lost:
            found.append(number)
            append(document, root, Dictionary(Type=Name.StructElem, S=Name.P, Pg=page.obj, K=Array(lost)))
    return found


def _adopt_links(document: Pdf) -> int:
    """Give links that no element knows an element of their own at the end; gives how many there were."""
    root = document.Root.StructTreeRoot
    known = linked(root)
    found = 0
    for page in document.pages:
        for link in page.obj.get("/Annots", Array()):
            if link.objgen not in known:
                found += 1
                reference = Dictionary(Type=Name.OBJR, Obj=link, Pg=page.obj)
                append(document, root, Dictionary(Type=Name.StructElem, S=Name.Link, Pg=page.obj, K=reference))
    return found


def _pages(numbers: list[int]) -> str:
    """“page 2”, “pages 2, 3 and 5”, “9 pages”."""
    if len(numbers) == 1:
        return f"page {numbers[0]}"
    if len(numbers) > 4:
        return f"{len(numbers)} pages"
    return f"pages {listed([str(one) for one in numbers])}"
