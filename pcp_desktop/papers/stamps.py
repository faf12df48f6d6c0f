"""Stamps on a pack's pages: the running page number, and the marking of exempt papers; which is assembly's."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from pcp_desktop.domain.progress import Progress, unwatched
from pcp_desktop.papers.clear_strip import MILLIMETRE, visible_box
from pcp_desktop.papers.parts import characters
from pcp_desktop.papers.typst import Typesetter

NUMBER_SIZE = 11.0
MARKING_SIZE = 8.5
FROM_EDGE = 6 * MILLIMETRE
SIDE = 16 * MILLIMETRE
_CAPITAL_HEIGHT = 0.698  # of IBM Plex Sans, in ems
_INK = "0.0784 0.1255 0.1686 rg"
_FONT = "/PackStamp"
_DIGITS = "0123456789"


@dataclass(frozen=True)
class StampFont:
    """The papers' semi-bold font with the letters of the stamps, as a PDF that it can be copied from."""

    source: bytes
    codes: dict[str, bytes]
    widths: dict[str, float]

    def width(self, text: str, size: float) -> float:
        """How wide a text is, in points."""
        return sum(self.widths[letter] for letter in text) * size / 1000

    def shown(self, text: str) -> bytes:
        """The text as the operand that shows it."""
        return b"<%s>" % b"".join(self.codes[letter] for letter in text).hex().encode()


def stamp_font(typesetter: Typesetter, markings: tuple[str, ...] = (), progress: Progress = unwatched) -> StampFont:
    """The font with the digits and the letters of some markings. Raises as `typst.pdf` does."""
    letters = "".join(sorted({*_DIGITS, *"".join(markings)}))
    source = typesetter.pdf(
        "stamp.typ",
        {"letters": letters},
        timestamp=datetime(1970, 1, 1, tzinfo=UTC),
        progress=progress,
        words="Setting the page numbers",
    )
    with pikepdf.open(io.BytesIO(source)) as document:
        (font,) = document.pages[0].obj.Resources.Font.values()
        table, _length = characters(font)
        codes = {text: code for code, text in table.items() if text in letters}
        widths = _widths(font.DescendantFonts[0])
    return StampFont(source, codes, {letter: widths[int.from_bytes(code)] for letter, code in codes.items()})


@cache
def blank_font() -> StampFont:
    """A font without letters, with which a paper is joined on trial."""
    saved = io.BytesIO()
    with Pdf.new() as document:
        font = document.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type3))
        document.add_blank_page().obj.Resources = Dictionary(Font=Dictionary(F0=font))
        document.save(saved)
    return StampFont(saved.getvalue(), dict.fromkeys(_DIGITS, b"\0"), dict.fromkeys(_DIGITS, 0.0))


def _widths(font: Any) -> dict[int, float]:
    """Each glyph's width in thousandths of an em (ISO 32000-1, 9.7.4.3: first [widths] or first last width)."""
    found: dict[int, float] = {}
    entries = list(font.W)
    place = 0
    while place < len(entries):
        first, second = int(entries[place]), entries[place + 1]
        if isinstance(second, Array):
            found.update({first + step: float(width) for step, width in enumerate(second)})
            place += 2
        else:
            found.update(dict.fromkeys(range(first, int(second) + 1), float(entries[place + 2])))
            place += 3
    return found


class Stamps:
    """Puts stamps on the pages of one document."""

    def __init__(self, document: Pdf, font: StampFont) -> None:
        self._document = document
        self._font = font
        with pikepdf.open(io.BytesIO(font.source)) as source:
            (own,) = source.pages[0].obj.Resources.Font.values()
            self._copied = document.copy_foreign(own)
        self._save = document.make_stream(b"q\n")

    def stamp(self, page: pikepdf.Page, number: int, marking: str = "", marked_content: int | None = None) -> None:
        """Stamp a page's number at its top, and a marking at the left of it.

        Both are artifacts; a marking whose `marked_content` is given is content of the element that has that number.
        """
        unit = float(page.obj.get("/UserUnit", 1))
        left, _bottom, right, top = visible_box(page)
        number_words = str(number)
        size = NUMBER_SIZE / unit
        baseline = top - (FROM_EDGE + _CAPITAL_HEIGHT * NUMBER_SIZE) / unit
        middle = (left + right - self._font.width(number_words, size)) / 2
        pieces = [b"/Artifact <</Type /Pagination /Subtype /Header /Attached [/Top]>> BDC"]
        pieces += [self._text(number_words, size, middle, baseline), b"EMC"]
        if marking:
            mark = b"/Artifact BMC" if marked_content is None else b"/P <</MCID %d>> BDC" % marked_content
            pieces += [mark, self._text(marking, MARKING_SIZE / unit, left + SIDE / unit, baseline), b"EMC"]
        self._add(page, b"\n".join(pieces))

    def _text(self, words: str, size: float, x: float, y: float) -> bytes:
        start = f"q BT {_INK} {_FONT} {size:.2f} Tf 1 0 0 1 {x:.3f} {y:.3f} Tm ".encode()
        return start + self._font.shown(words) + b" Tj ET Q"

    def _add(self, page: pikepdf.Page, stamp: bytes) -> None:
        """Draw after the page's own content, whatever state that leaves behind."""
        if "/Resources" not in page.obj:
            page.obj.Resources = Dictionary()
        resources = page.obj.Resources
        if "/Font" not in resources:
            resources.Font = Dictionary()
        resources.Font[_FONT] = self._copied
        own = page.obj.get("/Contents", Array())
        contents = list(own) if isinstance(own, Array) else [own]
        after = self._document.make_stream(b"\nQ\n" + stamp if contents else stamp)
        page.obj.Contents = Array([self._save, *contents, after]) if contents else after


def blank_page(document: Pdf, before: pikepdf.Page) -> None:
    """Add a blank back of the size of the page before it."""
    left, bottom, right, top = visible_box(before)
    document.add_blank_page(page_size=(right - left, top - bottom))
    page = document.pages[-1].obj
    if "/UserUnit" in before.obj:
        page.UserUnit = before.obj.UserUnit
    page.Resources = Dictionary(Font=Dictionary())
    page.Type = Name.Page
