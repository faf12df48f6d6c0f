"""The clear strip at the top of a received page, where the page number goes; what is stamped belongs to stamps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Pdf

MILLIMETRE = 72 / 25.4
STRIP = 10.5 * MILLIMETRE
"""From the edge of the page to the first content: the page number stands 6 mm from the edge and is 2.7 mm high."""
LEAST_FOOT = 6 * MILLIMETRE
LOOK_SCALE = 0.5
_WHITE = 250


@dataclass(frozen=True)
class Extent:
    """How far a page's ink is from its top and bottom edges, in points; None where the page is blank."""

    top: float
    bottom: float


@dataclass(frozen=True)
class Move:
    """Content is drawn `scale` times as large and then moved by `right` and `up` points."""

    scale: float
    right: float
    up: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the page goes."""
        return self.scale * x + self.right, self.scale * y + self.up

    def corners(self, values: Any) -> Array:
        """Pairs of x and y (a rectangle, or the corners of four-sided figures) where they go."""
        numbers = [float(value) for value in values]
        moved = [self.point(x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
        return Array([round(one, 3) for pair in moved for one in pair])


def extents(content: bytes) -> Iterator[Extent | None]:
    """The extent of the ink on every page of a PDF, as it is seen."""
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        for page in document:
            drawn = page.render(scale=LOOK_SCALE, grayscale=True)
            inked = [number for number, row in enumerate(rows_of(drawn)) if min(row) < _WHITE]
            yield Extent(inked[0] / LOOK_SCALE, (drawn.height - 1 - inked[-1]) / LOOK_SCALE) if inked else None
    finally:
        document.close()


def rows_of(drawn: Any) -> Iterator[bytes]:
    """The rows of a drawn page without what fills them up in memory."""
    pixels = bytes(drawn.buffer)
    width = drawn.width * drawn.n_channels
    for start in range(0, drawn.height * drawn.stride, drawn.stride):
        yield pixels[start : start + width]


def move_for(extent: Extent | None, box: tuple[float, float, float, float]) -> Move | None:
    """How a page's content must move so that the strip is clear; None where it is clear already.

    It is moved down where there is room at the foot, else made smaller towards the middle of its lower edge. `box`
    is the visible page: left, bottom, right, top.
    """
    if extent is None or extent.top >= STRIP:
        return None
    needed = STRIP - extent.top
    if extent.bottom - needed >= LEAST_FOOT:
        return Move(1, 0, -needed)
    left, bottom, right, top = box
    height = top - bottom
    scale = (height - STRIP) / (height - extent.top)
    return Move(scale, (left + right) / 2 * (1 - scale), bottom * (1 - scale))


def visible_box(page: pikepdf.Page) -> tuple[float, float, float, float]:
    """The part of a page that is seen: left, bottom, right and top in points."""
    media = [float(edge) for edge in page.mediabox]
    crop = [float(edge) for edge in page.cropbox]
    (left, right), (bottom, top) = sorted(crop[::2]), sorted(crop[1::2])
    (least, most), (lowest, highest) = sorted(media[::2]), sorted(media[1::2])
    return max(left, least), max(bottom, lowest), min(right, most), min(top, highest)


def apply_move(document: Pdf, page: pikepdf.Page, move: Move) -> None:
    """Move what a page draws and where its links are."""
    matrix = f"q {move.scale:.6f} 0 0 {move.scale:.6f} {move.right:.3f} {move.up:.3f} cm\n"
    page.contents_add(document.make_stream(matrix.encode()), prepend=True)
    page.contents_add(document.make_stream(b"\nQ"))
    for link in page.obj.get("/Annots", Array()):
        for key in ("/Rect", "/QuadPoints"):
            if key in link:
                link[key] = move.corners(link[key])


def move_boxes(element: Any, move: Move) -> None:
    """Move where a structure element says its picture or table stands."""
    attributes = element.get("/A", Array())
    for one in attributes if isinstance(attributes, Array) else [attributes]:
        if isinstance(one, Dictionary) and "/BBox" in one:
            one.BBox = move.corners(one.BBox)
