"""A published pack read back from its bytes: the numbers of its pages, and which of them each item's papers have."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

import pikepdf
from pikepdf import Pdf

_ITEM = re.compile(r"(\d+)\. ")


@dataclass(frozen=True)
class PackPlaces:
    """The pages of a pack.

    `numbers` are the page numbers in order; `items` the first and last page of each item that has papers, by the
    number that the agenda prints (0: the front sheet); `blank_backs` the numbers of blank pages.
    """

    numbers: tuple[int, ...]
    items: dict[int, tuple[int, int]]
    blank_backs: tuple[int, ...]


def places_of(content: bytes) -> PackPlaces:
    """Where everything is in a pack that the program made, from its page labels and bookmarks."""
    with pikepdf.open(io.BytesIO(content)) as document:
        numbers = tuple(_numbers(document))
        starts = _starts(document)
        written = ["/StructParents" in page.obj for page in document.pages]
    items = {}
    for item, start in starts.items():
        end = min((other for other in starts.values() if other > start), default=len(numbers))
        last = max(index for index in range(start, end) if written[index])
        items[item] = (numbers[start], numbers[last])
    blank = tuple(number for number, has_text in zip(numbers, written, strict=True) if not has_text)
    return PackPlaces(numbers, items, blank)


def _numbers(document: Pdf) -> list[int]:
    """The number of every page, from the page labels (ISO 32000-1, 12.4.2)."""
    labels = list(document.Root.PageLabels.Nums)
    ranges = [(int(labels[at]), int(labels[at + 1].St)) for at in range(0, len(labels), 2)]
    found: list[int] = []
    for index in range(len(document.pages)):
        start, first = max((one for one in ranges if one[0] <= index), key=lambda one: one[0])
        found.append(first + index - start)
    return found


def _starts(document: Pdf) -> dict[int, int]:
    """The index of the first page of each item's papers, by the item's number, from the bookmarks."""
    pages = {page.obj.objgen: index for index, page in enumerate(document.pages)}
    found = {0: 0}
    with document.open_outline() as outline:
        for entry in outline.root[1:]:
            named = _ITEM.match(entry.title)
            place = entry.destination
            if named and isinstance(place, pikepdf.Array) and (index := pages[place[0].objgen]):
                found[int(named.group(1))] = index
    return found
