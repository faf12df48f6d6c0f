"""A paper received as PDF: what it is, and its clean copy that goes into a pack; joining belongs to assembly."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Pdf

from pcp_desktop.domain.formats import listed
from pcp_desktop.errors import UserError
from pcp_desktop.papers.assembly import join_on_trial
from pcp_desktop.papers.cleaning import clean
from pcp_desktop.papers.clear_strip import Move, apply_move, extents, move_boxes, move_for, visible_box
from pcp_desktop.papers.page_content import Drawing, balance, drawing_of
from pcp_desktop.papers.received_tags import adopted, shortcomings, tag_pages
from pcp_desktop.papers.structure import walk

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
            Reading.TAGGED: f"It is tagged, but {listed(self.shortcomings)}" if self.shortcomings else "",
            Reading.UNTAGGED: "It has no tags, so the front sheet will say that a screen reader finds only its text",
            Reading.SCANNED: "It is a scan, so the front sheet will say that a screen reader finds no text in it",
        }[self.reading]
        cleaning = f"Taken out of it for the pack: {listed(self.taken_out)}" if self.taken_out else ""
        return tuple(filter(None, (reading, cleaning)))


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
    faults: tuple[str, ...] = ()
    if reading is Reading.TAGGED:
        outside = adopted(document, drawings)
        faults = tuple(shortcomings(document, outside, fonts, taken_out))
    else:
        tag_pages(document, drawings, lengths)
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
        shortcomings=faults,
        taken_out=taken_out,
        moved=moved,
        archivable="" if fonts else _level(declared, reading, faults),
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
