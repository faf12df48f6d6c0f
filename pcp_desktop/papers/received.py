"""A paper received as PDF: what it is, and its clean copy that goes into a pack; joining belongs to assembly."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from pcp_desktop.errors import UserError
from pcp_desktop.papers.assembly import join_on_trial
from pcp_desktop.papers.cleaning import clean, drop
from pcp_desktop.papers.clear_strip import Move, apply_move, extents, move_boxes, move_for, visible_box
from pcp_desktop.papers.page_content import Drawing, balance, drawing_of, wrap_in_one_mark
from pcp_desktop.papers.structure import append, keep_marks, marks_by_page, standard_kind, walk

LARGEST_MEBIBYTES = 100
MOST_PAGES = 500
_NOT_ADDED = "It was not added to the pack."
_ASK_AGAIN = "Ask the sender for the paper again as a PDF, and add that."
# A stranger's file may hold anything in the place of anything: a number where a page should be, nothing where a name.
_DAMAGE = (pikepdf.PdfError, RecursionError, TypeError, ValueError, AttributeError, LookupError)
_PDF_A = re.compile(rb"pdfaid:(part|conformance)\s*(?:=\s*[\"']|>)\s*([123ABUabu])")
_NOT_A_TITLE = re.compile(r"(?i)^(microsoft \w+\s*-|untitled|document\d*$|.*\.(docx?|pdf|pptx?|xlsx?)$)")


class Reading(StrEnum):
    """How a screen reader gets on with a paper."""

    TAGGED = "tagged"
    UNTAGGED = "not tagged"
    SCANNED = "scanned"


@dataclass(frozen=True)
class CleanPaper:
    """A received paper as it goes into a pack.

    Attributes:
        name: of the file it came in.
        content: the clean PDF. Its content keeps clear of the strip where the page number goes, and an untagged page
            is one structure element, read in the order in which it is drawn.
        pages: how many.
        title: from its properties; empty where there is none worth showing.
        language: of its text ("en-GB"); empty where it does not say.
        reading: how a screen reader gets on with it.
        shortcomings: of a tagged paper, what keeps it from being fully accessible, in words that follow
            “but” (“2 pictures have no text alternative”).
        taken_out: what cleaning took out ("1 script").
        moved: how many pages had something in the strip, so that their content was moved or made smaller.
        archivable: the level of PDF/A that it declares and that can hold in a pack: "A", "U", "B" or "".
        structure_elements: how many it has.
    """

    name: str
    content: bytes
    pages: int
    title: str
    language: str
    reading: Reading
    shortcomings: tuple[str, ...]
    taken_out: tuple[str, ...]
    moved: int
    archivable: str
    structure_elements: int

    @property
    def is_accessible(self) -> bool:
        """Whether a pack that holds it can be called accessible."""
        return self.reading is Reading.TAGGED and not self.shortcomings

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the person who adds it should know, in sentences without their full stops."""
        reading = {
            Reading.TAGGED: f"It is tagged, but {joined(self.shortcomings)}" if self.shortcomings else "",
            Reading.UNTAGGED: "It has no tags, so the front sheet will say that a screen reader finds only its text",
            Reading.SCANNED: "It is a scan, so the front sheet will say that a screen reader finds no text in it",
        }[self.reading]
        cleaning = f"Taken out of it for the pack: {joined(self.taken_out)}" if self.taken_out else ""
        return tuple(filter(None, (reading, cleaning)))


def joined(parts: Sequence[str]) -> str:
    """“a”, “a and b”, “a, b and c”."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def read_received(content: bytes, name: str) -> CleanPaper:
    """Look at a received PDF and clean it.

    It reads a stranger's file at length: `PdfReader.received` does the same in a limited process.

    Raises:
        UserError: the file is not a PDF, damaged, protected, too large, empty, or a form that only one program shows.
    """
    with _opened(content, name) as document:
        try:
            return _read(document, name)
        except _DAMAGE as error:
            raise _damaged(content, name) from error


def count_pages(content: bytes, name: str) -> int:
    """How many pages a received PDF has; raises as `read_received` where that can be seen at once."""
    with _opened(content, name) as document:
        try:
            return len(document.pages)
        except _DAMAGE as error:
            raise _damaged(content, name) from error


def _opened(content: bytes, name: str) -> Pdf:
    """The document, refused where nothing sensible can be done with it."""
    if len(content) > LARGEST_MEBIBYTES * 1024 * 1024:
        size = f"it has {len(content) / 1024**2:,.0f} MB, and a pack takes papers up to {LARGEST_MEBIBYTES} MB"
        raise UserError(f"“{name}” is too large: {size}.", _NOT_ADDED, "Ask the sender for a smaller copy.")
    if b"%PDF-" not in content[:1024]:
        what_to_do = "Save it as a PDF in the program it was made with, and add that."
        raise UserError(f"“{name}” is not a PDF, whatever its name says.", _NOT_ADDED, what_to_do)
    try:
        document = pikepdf.open(io.BytesIO(content), suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise _protected(name) from error
    except (*_DAMAGE, RuntimeError) as error:
        raise _damaged(content, name) from error
    if document.is_encrypted:
        raise _protected(name)
    if any("xref" in warning for warning in document.get_warnings()) and _is_cut_short(content):
        raise _damaged(content, name)
    return document


def _protected(name: str) -> UserError:
    return UserError(
        f"“{name}” is protected, with a password or against changes.",
        _NOT_ADDED,
        "Ask the sender for a copy without protection.",
    )


def _is_cut_short(content: bytes) -> bool:
    return b"%%EOF" not in content[-2048:]


def _damaged(content: bytes, name: str) -> UserError:
    if _is_cut_short(content):
        return UserError(f"“{name}” is cut short: the end of the file is missing.", _NOT_ADDED, _ASK_AGAIN)
    return UserError(f"“{name}” could not be read: it is damaged or not really a PDF.", _NOT_ADDED, _ASK_AGAIN)


def _read(document: Pdf, name: str) -> CleanPaper:
    count = len(document.pages)
    if document.Root.get("/NeedsRendering"):
        what = f"“{name}” is a form that only the program it was made with can show."
        raise UserError(what, _NOT_ADDED, "Ask the sender to print it to a PDF, and add that.")
    if not 0 < count <= MOST_PAGES:
        what = f"“{name}” has {count:,} pages; a paper of a pack has 1 to {MOST_PAGES}."
        raise UserError(what, _NOT_ADDED, _ASK_AGAIN)
    title, language = _title(document), str(document.Root.get("/Lang", ""))
    declared, fonts = _declared_level(document), _fonts_not_embedded(document)
    taken_out = clean(document)
    drawings = [drawing_of(page) for page in document.pages]
    cleaned = _saved(document)
    lengths = list(_text_lengths(cleaned))
    reading = _reading(document, drawings, lengths)
    shortcomings: tuple[str, ...] = ()
    if reading is Reading.TAGGED:
        adopted = _adopt_marks(document, drawings)
        shortcomings = tuple(_shortcomings(document, drawings, fonts, taken_out, adopted))
    else:
        _tag_pages(document, drawings, lengths)
    moved = _clear_strips(document, cleaned, drawings)
    elements = sum(1 for _ in walk(document.Root.StructTreeRoot)) if "/StructTreeRoot" in document.Root else 0
    joinable = _saved(document)
    join_on_trial(joinable, count)
    return CleanPaper(
        name=name,
        content=joinable,
        pages=count,
        title=title,
        language=language,
        reading=reading,
        shortcomings=shortcomings,
        taken_out=taken_out,
        moved=moved,
        archivable="" if fonts else _level(declared, reading, shortcomings),
        structure_elements=elements,
    )


def _saved(document: Pdf) -> bytes:
    saved = io.BytesIO()
    document.save(saved, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return saved.getvalue()


# ---------------------------------------------------------------- what it says of itself


def _title(document: Pdf) -> str:
    """The title in its properties, unless a program put a file's name there."""
    info = document.trailer.get("/Info")
    title = str(info.get("/Title", "")).strip() if isinstance(info, Dictionary) else ""
    return "" if _NOT_A_TITLE.match(title) else " ".join(title.split())


def _declared_level(document: Pdf) -> str:
    """The level of PDF/A-1, 2 or 3 that it declares with colours that suit the pack's own: "A", "U", "B" or ""."""
    metadata = document.Root.get("/Metadata")
    if metadata is None:
        return ""
    said = {key: value.upper() for key, value in _PDF_A.findall(metadata.read_bytes())}
    intents = document.Root.get("/OutputIntents", Array())
    profiles = [one.get("/DestOutputProfile") for one in intents]
    suits = all(profile is not None and profile.get("/N") == 3 for profile in profiles)
    return said.get(b"conformance", b"").decode() if said.get(b"part") and suits else ""


def _level(declared: str, reading: Reading, shortcomings: tuple[str, ...]) -> str:
    """The level that can hold in a pack: the highest needs a paper that is tagged throughout."""
    if declared == "A" and (reading is not Reading.TAGGED or shortcomings):
        return "U"
    return declared


def _fonts_not_embedded(document: Pdf) -> int:
    return sum(1 for thing in document.objects if isinstance(thing, Dictionary) and _lacks_its_outlines(thing))


def _lacks_its_outlines(font: Any) -> bool:
    kind = font.get("/Subtype")
    if font.get("/Type") != "/Font" or kind in ("/Type0", "/Type3"):
        return False
    described = font.get("/FontDescriptor", Dictionary())
    return not any(key in described for key in ("/FontFile", "/FontFile2", "/FontFile3"))


# ---------------------------------------------------------------- how it reads


def _text_lengths(cleaned: bytes) -> Iterator[int]:
    """How many letters each page has, as a reader program finds them."""
    import pypdfium2

    document = pypdfium2.PdfDocument(cleaned)
    try:
        for page in document:
            text = page.get_textpage()
            yield len(text.get_text_bounded().strip())
            text.close()
    finally:
        document.close()


def _reading(document: Pdf, drawings: list[Drawing], lengths: list[int]) -> Reading:
    """Tagged where a page's content belongs to a structure; scanned where there is no text at all."""
    is_marked = document.Root.get("/MarkInfo", Dictionary()).get("/Marked")
    root = document.Root.get("/StructTreeRoot")
    tagged = [drawing for drawing in drawings if drawing.paints and not drawing.untagged]
    if is_marked and root is not None and tagged and any(True for _ in walk(root)):
        return Reading.TAGGED
    return Reading.UNTAGGED if any(lengths) else Reading.SCANNED


def _adopt_marks(document: Pdf, drawings: list[Drawing]) -> list[int]:
    """Give marked content that no element knows an element of its own at the end; gives the numbers of such pages.

    Elements let go of content that no page has.
    """
    root = document.Root.StructTreeRoot
    marks = {page.obj.objgen: drawing.marks for page, drawing in zip(document.pages, drawings, strict=True)}
    known = marks_by_page(root)
    if any(numbers - marks.get(page, frozenset()) for page, numbers in known.items()):
        keep_marks(root, marks)
    adopted = []
    for number, (page, drawing) in enumerate(zip(document.pages, drawings, strict=True), start=1):
        lost = sorted(drawing.marks - known.get(page.obj.objgen, set()))
        if lost:
            adopted.append(number)
            append(document, root, Dictionary(Type=Name.StructElem, S=Name.P, Pg=page.obj, K=Array(lost)))
    return adopted


def _shortcomings(
    document: Pdf, drawings: list[Drawing], fonts: int, taken_out: tuple[str, ...], adopted: list[int]
) -> Iterator[str]:
    """What can be seen to keep a tagged paper from PDF/UA (ISO 14289-1, section 7)."""
    untagged = {number for number, drawing in enumerate(drawings, start=1) if drawing.untagged}
    outside = sorted(untagged.union(adopted))
    if outside or bool(document.Root.MarkInfo.get("/Suspects")):
        yield f"part of {_pages(outside) if outside else 'its content'} is outside its tags"
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
    links = [link for page in document.pages for link in page.obj.get("/Annots", Array())]
    if any("/StructParent" not in link for link in links):
        yield "some of its links are outside its tags"


def _pages(numbers: list[int]) -> str:
    """“page 2”, “pages 2, 3 and 5”, “9 pages”."""
    if len(numbers) == 1:
        return f"page {numbers[0]}"
    if len(numbers) > 4:
        return f"{len(numbers)} pages"
    return f"pages {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"


def _tag_pages(document: Pdf, drawings: list[Drawing], lengths: list[int]) -> None:
    """Give an untagged paper one element a page, so that what text there is can be read in the order it is drawn."""
    whole = document.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document))
    elements = Array()
    for number, (page, drawing, length) in enumerate(zip(document.pages, drawings, lengths, strict=True), start=1):
        drop(page.obj, "/StructParents")
        for link in page.obj.get("/Annots", Array()):
            drop(link, "/StructParent")
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


# ---------------------------------------------------------------- room for the page number


def _clear_strips(document: Pdf, cleaned: bytes, drawings: list[Drawing]) -> int:
    """Stand pages upright and keep their content out of the strip; gives how many pages were moved."""
    moves: dict[tuple[int, int], Move] = {}
    for page, extent, drawing in zip(document.pages, extents(cleaned), drawings, strict=True):
        if not drawing.balanced:
            balance(document, page)
        if page.obj.get("/Rotate", 0) % 360:
            page.flatten_rotation()
        move = move_for(extent, visible_box(page))
        if move is not None:
            apply_move(document, page, move)
            moves[page.obj.objgen] = move
    if moves and "/StructTreeRoot" in document.Root:
        for element in walk(document.Root.StructTreeRoot):
            move = moves.get(element.Pg.objgen) if isinstance(element.get("/Pg"), Dictionary) else None
            if move is not None:
                move_boxes(element, move)
    return len(moves)
