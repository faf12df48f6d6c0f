"""What a file says, part by part: the texts that anyone could take out of it, shown or hidden. It judges nothing."""

from __future__ import annotations

import html
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

from pcp_desktop.errors import UserError

DEEPEST = 4
_ZIP = b"PK\x03\x04"
_PDF = b"%PDF"
_PNG = b"\x89PNG\r\n\x1a\n"
_SHARED = "xl/sharedStrings.xml"
_CELL = re.compile(r"<c\b([^>]*)>.*?<v>([^<]*)</v>", re.DOTALL)
_ATTRIBUTE = re.compile(r"""([\w:.-]+)\s*=\s*("([^"]*)"|'([^']*)')""")
_TAG = re.compile(r"<[^>]*>")
# Tags inside one piece of text: taken out without a trace, so that a number cut into runs is found whole.
_WITHIN_TEXT = re.compile(
    r"</?(?:\w+:)?(?:r|t|rPr|b|i|u|sz|color|rFont|family|scheme|span|tspan|vertAlign)(?:\s[^>]*)?/?>"
)
_GEOMETRY = frozenset(
    [
        "d",
        "x",
        "y",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "x1",
        "x2",
        "y1",
        "y2",
        "dx",
        "dy",
        "w",
        "h",
        "width",
        "height",
        "ht",
        "points",
        "transform",
        "viewBox",
        "customWidth",
        "defaultRowHeight",
        "baseColWidth",
        "left",
        "right",
        "top",
        "bottom",
        "header",
        "footer",
        "stroke-width",
        "stroke-dasharray",
        "font-size",
        "opacity",
        "offset",
        "gradientTransform",
    ]
)


@dataclass(frozen=True)
class Part:
    """One part of a file (`name` is empty for the file as a whole) and the text in it."""

    name: str
    text: str


def parts_of(path: Path) -> Iterator[Part]:
    """Every part of a file with its text: the file's name, then what is in it.

    Archives (and so Office files) are unpacked, also one inside another; PDFs give their pages' text through the
    fonts' own tables, every string and every stream that is not a picture or a font; PNG files their text chunks.

    Raises:
        UserError: the file cannot be opened as what it is, so that it cannot be searched.
    """
    yield Part("its name", path.name)
    try:
        yield from _content(path.read_bytes(), "", 0)
    except (OSError, zipfile.BadZipFile, pikepdf.PdfError, zlib.error, struct.error) as error:
        raise UserError(
            f"{path.name} could not be opened to search it before release.",
            "The export was stopped.",
            "Make the papers again.",
        ) from error


def _content(content: bytes, name: str, depth: int) -> Iterator[Part]:
    """The parts of one piece of content, by what its first bytes say it is."""
    if content.startswith(_ZIP) and depth < DEEPEST:
        yield from _archive(content, name, depth)
    elif content.lstrip().startswith(_PDF) and depth < DEEPEST:
        yield from _pdf(content, name, depth)
    elif content.startswith(_PNG):
        yield from _png(content, name)
    else:
        yield from _plain(content, name)


def _below(name: str, inner: str) -> str:
    return f"{name} › {inner}" if name else inner


def _archive(content: bytes, name: str, depth: int) -> Iterator[Part]:
    """Every file of an archive, with its name and the archive's own comment."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        yield Part(
            _below(name, "the archive's list"), "\n".join([*archive.namelist(), archive.comment.decode("latin-1")])
        )
        for entry in archive.infolist():
            yield from _content(archive.read(entry), _below(name, entry.filename), depth + 1)
        yield from _rows(archive, name)


def _rows(archive: zipfile.ZipFile, name: str) -> Iterator[Part]:
    """The rows of a workbook's sheets with their shared texts put in, so that a label stands beside its number."""
    names = set(archive.namelist())
    shared: list[str] = []
    if _SHARED in names:
        source = archive.read(_SHARED).decode("utf-8", errors="replace")
        shared = [
            html.unescape(_TAG.sub("", _WITHIN_TEXT.sub("", item)))
            for item in re.findall(r"<si>(.*?)</si>", source, flags=re.DOTALL)
        ]
    for sheet in sorted(one for one in names if one.startswith("xl/worksheets/") and one.endswith(".xml")):
        source = archive.read(sheet).decode("utf-8", errors="replace")
        rows = [
            " ".join(_cell(kind, value, shared) for kind, value in _CELL.findall(row))
            for row in re.findall(r"<row\b.*?</row>", source, flags=re.DOTALL)
        ]
        yield Part(_below(name, f"{sheet}, row by row"), "\n".join(rows))


def _cell(attributes: str, value: str, shared: list[str]) -> str:
    """What one cell says: a shared text by its number, else the value itself."""
    if 't="s"' in attributes and value.isdigit() and int(value) < len(shared):
        return shared[int(value)]
    return html.unescape(value)


def _plain(content: bytes, name: str) -> Iterator[Part]:
    """Text, markup or unknown bytes: read as what they may be."""
    text = _decoded(content)
    if text is None:
        yield Part(name, content.decode("latin-1"))
        yield Part(name, content.decode("utf-16-le", errors="replace"))
    elif text.lstrip("\ufeff \r\n\t").startswith("<"):
        yield Part(name, marked_up(text))
    else:
        yield Part(name, text)


def _decoded(content: bytes) -> str | None:
    """The text of bytes that are text, else None."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def marked_up(source: str) -> str:
    """The text and the telling attributes of XML or HTML; those that only say where something stands are left out."""
    said = [
        html.unescape(match.group(3) if match.group(3) is not None else match.group(4))
        for tag in _TAG.findall(source)
        for match in _ATTRIBUTE.finditer(tag)
        if match.group(1).rsplit(":", 1)[-1] not in _GEOMETRY
    ]
    comments = re.findall(r"<!--(.*?)-->|<!\[CDATA\[(.*?)\]\]>", source, flags=re.DOTALL)
    text = html.unescape(_TAG.sub("\n", _WITHIN_TEXT.sub("", source)))
    return "\n".join([text, *said, *("".join(pair) for pair in comments)])


# ---------------------------------------------------------------- pictures


def _png(content: bytes, name: str) -> Iterator[Part]:
    """The text chunks of a PNG file (tEXt, zTXt, iTXt and eXIf)."""
    place = len(_PNG)
    while place + 8 <= len(content):
        (length,) = struct.unpack(">I", content[place : place + 4])
        kind = content[place + 4 : place + 8]
        body = content[place + 8 : place + 8 + length]
        if kind in (b"tEXt", b"zTXt", b"iTXt", b"eXIf"):
            yield Part(_below(name, f"the picture's {kind.decode()} text"), _chunk_text(kind, body))
        place += length + 12


def _chunk_text(kind: bytes, body: bytes) -> str:
    """A text chunk's words, unpacked where they are compressed (PNG specification 11.3.4)."""
    keyword, _, rest = body.partition(b"\0")
    if kind == b"zTXt":
        rest = zlib.decompress(rest[1:])
    elif kind == b"iTXt":
        packed, after = rest[:1] == b"\x01", rest[2:]
        _language, _translated, words = after.split(b"\0", 2)
        rest = zlib.decompress(words) if packed else words
    return f"{keyword.decode('latin-1')}\n{rest.decode('utf-8', errors='replace')}"


# ---------------------------------------------------------------- PDF


def _pdf(content: bytes, name: str, depth: int) -> Iterator[Part]:
    """Page text, all strings, all readable streams and attachments of a PDF."""
    with pikepdf.open(io.BytesIO(content)) as document:
        for number, page in enumerate(document.pages, start=1):
            yield Part(_below(name, f"page {number}"), drawn_text(page))
        strings: list[str] = []
        for thing in document.objects:
            _collect(thing, strings)
        _collect(document.trailer, strings)
        yield Part(_below(name, "its properties, bookmarks and text alternatives"), "\n".join(strings))
        for place, thing in enumerate(document.objects):
            if isinstance(thing, pikepdf.Stream):
                yield from _stream(thing, _below(name, f"stream {place}"), depth)


def _collect(thing: Any, strings: list[str], depth: int = 0) -> None:
    """Every string in an object, its indirect parts left to their own turn."""
    if isinstance(thing, pikepdf.String):
        strings.append(str(thing))
    elif isinstance(thing, pikepdf.Array):
        for item in thing:
            if depth == 0 or not _is_indirect(item):
                _collect(item, strings, depth + 1)
    elif isinstance(thing, pikepdf.Stream | pikepdf.Dictionary):
        for key in thing.keys():  # noqa: SIM118 - a stream iterates over nothing
            item = thing[key]
            if key != "/Parent" and not _is_indirect(item):
                _collect(item, strings, depth + 1)


def _is_indirect(item: Any) -> bool:
    return isinstance(item, pikepdf.Object) and item.is_indirect


def _stream(stream: Any, name: str, depth: int) -> Iterator[Part]:
    """The decoded bytes of a stream that may hold words: metadata, scripts, attachments, form data."""
    kind, sort = stream.get("/Type"), stream.get("/Subtype")
    if (
        sort == "/Image"
        or kind in ("/XRef", "/ObjStm")
        or "/Length1" in stream
        or sort in ("/Type1C", "/CIDFontType0C", "/OpenType")
    ):
        return
    if sort == "/Form" or "/N" in stream:
        return
    try:
        content = stream.read_bytes()
    except pikepdf.PdfError:
        return
    if kind == "/Metadata" or kind == "/EmbeddedFile" or _looks_like_words(content):
        yield from _content(content, name, depth + 1)


def _looks_like_words(content: bytes) -> bool:
    """Whether a stream is neither drawing operators nor a font's tables, but something a person could read."""
    start = content[:2048]
    drawing = re.search(rb"(?m)(?:^|\s)(?:BT|ET|re|cm|Tj|TJ|rg|RG|scn?|SCN?|BDC|BMC)\s", start)
    return drawing is None and b"begincmap" not in start and _decoded(content) is not None


def drawn_text(page: pikepdf.Page) -> str:
    """All text drawn on a page, of any colour or size, through each font's own table of characters.

    Pieces of one text object are joined as they come, text objects stand on lines of their own.
    """
    pieces: list[str] = []
    _draw(page, page.obj.get("/Resources", pikepdf.Dictionary()), pieces, 0)
    return "".join(pieces)


def _draw(source: Any, resources: Any, pieces: list[str], depth: int) -> None:
    """Follow the drawing operators, into forms as well."""
    fonts = {key: characters(font) for key, font in resources.get("/Font", pikepdf.Dictionary()).items()}
    current: tuple[dict[bytes, str], int] = ({}, 1)
    for instruction in pikepdf.parse_content_stream(source):
        operator, operands = str(instruction.operator), instruction.operands
        if operator == "Tf":
            current = fonts.get(str(operands[0]), ({}, 1))
        elif operator in ("Tj", "'", '"'):
            pieces.append(_shown(bytes(operands[-1]), current))
        elif operator == "TJ":
            pieces.extend(_shown(bytes(item), current) for item in operands[0] if isinstance(item, pikepdf.String))
        elif operator in ("ET", "T*", "Td", "TD", "Tm"):
            pieces.append("\n")
        elif operator == "BDC":
            words: list[str] = []
            _collect(operands[-1], words)
            pieces.extend(f"\n{word}\n" for word in words)
        elif operator == "Do" and depth < DEEPEST:
            form = resources.get("/XObject", pikepdf.Dictionary()).get(str(operands[0]))
            if form is not None and form.get("/Subtype") == "/Form":
                _draw(form, form.get("/Resources", resources), pieces, depth + 1)


def _shown(codes: bytes, font: tuple[dict[bytes, str], int]) -> str:
    """Character codes as text; codes a font has no table for are read as they are."""
    table, width = font
    found = (codes[place : place + width] for place in range(0, len(codes), width))
    return "".join(table.get(code, code.decode("latin-1")) for code in found)


def characters(font: Any) -> tuple[dict[bytes, str], int]:
    """A font's table from codes to text, and the length of its codes."""
    width = 2 if font.get("/Subtype") == "/Type0" else 1
    if "/ToUnicode" not in font:
        return {}, width
    source = font.ToUnicode.read_bytes().decode("latin-1")
    table: dict[bytes, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", source, flags=re.DOTALL):
        for code, text in re.findall(r"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]+)>", block):
            table[bytes.fromhex(code)] = _utf16(text)
    for block in re.findall(r"beginbfrange(.*?)endbfrange", source, flags=re.DOTALL):
        for low, high, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            first = int(text, 16)
            for step in range(int(high, 16) - int(low, 16) + 1):
                code = (int(low, 16) + step).to_bytes(len(low) // 2, "big")
                table[code] = _utf16(f"{first + step:0{len(text)}x}")
        for low, _, texts in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*\[(.*?)\]", block, flags=re.DOTALL):
            for step, text in enumerate(re.findall(r"<([0-9A-Fa-f]+)>", texts)):
                table[(int(low, 16) + step).to_bytes(len(low) // 2, "big")] = _utf16(text)
    return table, width


def _utf16(hexadecimal: str) -> str:
    return bytes.fromhex(hexadecimal).decode("utf-16-be", errors="replace")
