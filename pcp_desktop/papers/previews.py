"""Pages of a PDF as pictures. It loads a reader of PDFs: only the limited child process draws, see PdfReader."""

from __future__ import annotations

import struct
import zlib
from typing import Any

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
        return png(drawn.render(scale=scale, rev_byteorder=True).to_numpy())
    finally:
        document.close()


def png(pixels: Any) -> bytes:
    """Rows of red, green and blue as a PNG file."""
    height, width = pixels.shape[:2]
    rows = b"".join(b"\0" + row[:, :3].tobytes() for row in pixels)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows, 1)) + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
