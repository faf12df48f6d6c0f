"""Bookmarks and links of a pack: those of each paper, carried to where its pages went."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pikepdf import Array, Dictionary, NameTree, OutlineItem, Pdf, String

DEEPEST = 6


@dataclass(frozen=True)
class Bookmark:
    """A title, the index of its page, how far up the page it stands in points, and those below it."""

    title: str
    page: int
    top: float | None = None
    below: tuple[Bookmark, ...] = field(default=())


def bookmarks_of(document: Pdf, shift: int) -> tuple[Bookmark, ...]:
    """A paper's bookmarks, with `shift` added to the index of each page."""
    outlines = document.Root.get("/Outlines")
    pages = {page.obj.objgen: index for index, page in enumerate(document.pages)}
    return tuple(_below(outlines, pages, shift, 0)) if isinstance(outlines, Dictionary) else ()


def _below(above: Any, pages: dict[tuple[int, int], int], shift: int, depth: int) -> Iterator[Bookmark]:
    item = above.get("/First")
    while isinstance(item, Dictionary):
        below = tuple(_below(item, pages, shift, depth + 1)) if depth < DEEPEST else ()
        place: Any = item.get("/Dest")
        found = pages.get(place[0].objgen) if isinstance(place, Array) else None
        if found is None:
            yield from below
        else:
            top = place[3] if len(place) > 3 and place[1] == "/XYZ" else None
            yield Bookmark(str(item.get("/Title", "")), found + shift, None if top is None else float(top), below)
        item = item.get("/Next")


def write_bookmarks(document: Pdf, bookmarks: tuple[Bookmark, ...]) -> None:
    """Write a pack's bookmarks; those below an item are folded away at first."""
    with document.open_outline() as outline:
        outline.root.extend(_item(one) for one in bookmarks)


def _item(bookmark: Bookmark) -> OutlineItem:
    if bookmark.top is None:
        item = OutlineItem(bookmark.title, bookmark.page, "Fit")
    else:
        item = OutlineItem(bookmark.title, bookmark.page, "XYZ", top=bookmark.top)
    item.children.extend(_item(one) for one in bookmark.below)
    item.is_closed = True
    return item


@dataclass(frozen=True)
class PageLink:
    """A link of a paper to one of its own pages: where it is, the page it leads to, and the rest of its place."""

    page: int
    link: int
    to_page: int
    how: tuple[Any, ...]


def take_page_links(document: Pdf) -> list[PageLink]:
    """Take from a paper's links the pages they lead to; they are set again when all its pages have been copied."""
    pages = {page.obj.objgen: index for index, page in enumerate(document.pages)}
    names = document.Root.get("/Names", Dictionary()).get("/Dests")
    places = NameTree(names) if isinstance(names, Dictionary) else {}
    found = []
    for number, page in enumerate(document.pages):
        for index, link in enumerate(page.obj.get("/Annots", Array())):
            place = link.get("/Dest")
            if isinstance(place, String):
                place = places[str(place)]
            if isinstance(place, Array):
                found.append(PageLink(number, index, pages[place[0].objgen], tuple(list(place)[1:])))
                del link["/Dest"]
    return found


def set_page_links(document: Pdf, links: list[PageLink], shift: int) -> None:
    """Let a paper's links lead to its pages where they are now: `shift` pages on."""
    for one in links:
        link = document.pages[one.page + shift].obj.Annots[one.link]
        link.Dest = Array([document.pages[one.to_page + shift].obj, *one.how])
