"""Pages of a PDF as pictures. It loads a reader of PDFs: only the limited child process draws, see PdfReader."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable

from pcp_desktop.papers.clear_strip import rows_of

WIDEST = 4000
_TALLEST_TIMES = 4


def draw_page(content: bytes, page: int, width: int) -> bytes:
    """A page (from 0) as a PNG of a width in pixels; at most four times as high as it is wide.

    Raises IndexError where there is no such page, and pypdfium2's PdfiumError where it cannot be read.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        if not 0 <= page < len(document):
            raise IndexError(page)
        drawn = document[page]
        across, high = drawn.get_size()
        pixels = min(width, WIDEST)
        scale = min(pixels / across, pixels * _TALLEST_TIMES / high)
        picture = drawn.render(scale=scale, rev_byteorder=True)
        return _png(picture.width, picture.height, rows_of(picture))
    finally:
        document.close()


def _png(width: int, height: int, rows: Iterable[bytes]) -> bytes:
    """Rows of red, green and blue as a PNG file."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row for row in rows), 1)
    chunks = ((b"IHDR", head), (b"IDAT", body), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in chunks)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
