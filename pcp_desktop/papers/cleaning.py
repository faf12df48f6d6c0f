"""Takes out of a received PDF what acts, hides or leads elsewhere, and leaves pages, structure and bookmarks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name, NameTree, Pdf, Stream, String


def _keys(words: str) -> frozenset[str]:
    return frozenset(f"/{word}" for word in words.split())


_ROOT = _keys("Type Pages StructTreeRoot MarkInfo Lang OCProperties OutputIntents Outlines")
_PAGE = _keys("Type Parent MediaBox CropBox Rotate UserUnit Resources Contents Group StructParents Tabs Annots")
_TREE_ROOT = _keys("Type K RoleMap ClassMap Namespaces")
_LINK = _keys("Type Subtype Rect QuadPoints Border BS C H F Contents StructParent")
_BOOKMARK = _keys("Title Parent Prev Next First Last Count")
_NEVER = _keys("AA JS OpenAction Metadata PieceInfo LastModified AF Alternates OPI Ref EmbeddedFiles Thumb")
_PRINTED = 4  # the flag of an annotation that is printed with the page
_OUTSIDE_STREAM = ("/F", "/FFilter", "/FDecodeParms")
_SHOWN_AS_IT_LOOKS = _keys(
    "Widget FreeText Stamp Ink Line Square Circle Polygon PolyLine Highlight Underline StrikeOut Squiggly"
)
_ACTIONS = {
    "/JavaScript": "script",
    "/Launch": "command to start a program",
    "/SubmitForm": "command to send a form",
    "/ImportData": "command to read a file",
    "/GoToR": "link to another file",
    "/GoToE": "link to another file",
}
MOST_BOOKMARKS = 2000
DEEPEST = 20


def clean(document: Pdf) -> tuple[str, ...]:
    """Clean a document in place, and say in words what was taken out ("2 scripts", "1 attached file").

    Scripts, actions, attachments, comments, metadata, thumbnails, private data and references to outside files go.
    Form fields and drawings over the page become part of the page as they look. Links stay where they lead to a page
    of the document or to an http or https address. Only what is known to be needed stays in the catalogue and on the
    pages. The structure tree stays whole; its parent tree is left out, as the pack makes its own.

    Raises pikepdf.PdfError where the document is damaged.
    """
    taken_out: Counter[str] = Counter()
    _count_hidden(document, taken_out)
    places = _named_places(document)
    _flatten(document, taken_out)
    _clean_bookmarks(document, places)
    for page in document.pages:
        _keep_only(page.obj, _PAGE)
        _clean_links(document, page.obj, places, taken_out)
    _keep_only(document.Root, _ROOT)
    if "/StructTreeRoot" in document.Root:
        _keep_only(document.Root.StructTreeRoot, _TREE_ROOT)
    _keep_layers_as_shown(document)
    if "/Info" in document.trailer:
        del document.trailer.Info
    _sweep(document)
    return tuple(f"{count} {words if count == 1 else _plural(words)}" for words, count in sorted(taken_out.items()))


def _plural(words: str) -> str:
    """“2 scripts”, “2 links to another file”."""
    first, space, rest = words.partition(" ")
    if first in ("attached", "reviewer’s", "removed"):
        return f"{words}s"
    return f"{first}s{space}{rest}"


def drop(thing: Any, key: str) -> None:
    """Take a key out of a dictionary where it is there."""
    if key in thing:
        del thing[key]


def _keep_only(thing: Any, keys: frozenset[str]) -> None:
    for key in [key for key in thing.keys() if key not in keys]:  # noqa: SIM118 - a stream iterates over nothing
        del thing[key]


def _count_hidden(document: Pdf, taken_out: Counter[str]) -> None:
    """Count actions and attached files wherever they are, reachable or not."""
    for thing in document.objects:
        for one in _dictionaries(thing):
            action = str(one.get("/S", ""))
            if action in _ACTIONS:
                taken_out[_ACTIONS[action]] += 1
            if one.get("/Type") == "/EmbeddedFile" and isinstance(one, Stream):
                taken_out["attached file"] += 1


def _dictionaries(thing: Any, depth: int = 0) -> Iterator[Any]:
    """A dictionary or stream and those that lie directly in it."""
    if depth > DEEPEST or not isinstance(thing, Dictionary | Stream | Array):
        return
    if not isinstance(thing, Array):
        yield thing
    below = list(thing) if isinstance(thing, Array) else [thing.get(key) for key in thing.keys()]  # noqa: SIM118
    for one in below:
        if isinstance(one, Dictionary | Array) and not one.is_indirect:
            yield from _dictionaries(one, depth + 1)


def _sweep(document: Pdf) -> None:
    """Take what never belongs in a pack out of every object, and pictures' content that lies outside the file."""
    for thing in document.objects:
        for one in _dictionaries(thing):
            for key in _NEVER & set(one.keys()):
                del one[key]
            if isinstance(one, Stream):
                for key in _OUTSIDE_STREAM:
                    if key in one:
                        del one[key]
            if one.get("/Subtype") == "/PS" and one.get("/Type") == "/XObject":
                one.Subtype = Name.Form
                one.BBox = Array([0, 0, 0, 0])
                one.write(b"")


# ---------------------------------------------------------------- where links lead


def _named_places(document: Pdf) -> dict[str, Any]:
    """The document's named destinations, from both of the places where a PDF may keep them."""
    found: dict[str, Any] = {}
    names = document.Root.get("/Names", Dictionary()).get("/Dests")
    if isinstance(names, Dictionary):
        found.update({str(name): place for name, place in NameTree(names).items()})
    old = document.Root.get("/Dests")
    if isinstance(old, Dictionary):
        found.update({str(name).lstrip("/"): place for name, place in old.items()})
    return found


def _place(document: Pdf, holder: Any, places: dict[str, Any]) -> Array | None:
    """Where a link or bookmark leads within the document, as [page, how, …]; None where it leads nowhere in it."""
    place: Any = holder.get("/Dest")
    action = holder.get("/A")
    if place is None and isinstance(action, Dictionary) and action.get("/S") == "/GoTo":
        place = action.get("/D")
    if isinstance(place, String | Name):
        place = places.get(str(place).lstrip("/") if isinstance(place, Name) else str(place))
    if isinstance(place, Dictionary):
        place = place.get("/D")
    if not isinstance(place, Array) or len(place) == 0:
        return None
    target: Any = place[0]
    if isinstance(target, int) and 0 <= target < len(document.pages):
        return Array([document.pages[target].obj, *list(place)[1:]])
    is_ours = isinstance(target, Dictionary) and any(page.obj.objgen == target.objgen for page in document.pages)
    return place if is_ours else None


def _clean_links(document: Pdf, page: Any, places: dict[str, Any], taken_out: Counter[str]) -> None:
    kept = []
    for link in page.get("/Annots", Array()):
        if not isinstance(link, Dictionary) or link.get("/Subtype") != "/Link":
            if isinstance(link, Dictionary) and link.get("/Subtype") not in ("/Popup", "/Widget"):
                taken_out["reviewer’s comment"] += 1
            continue
        place, address = _place(document, link, places), _address(link)
        if place is None and not address:
            _keep_only(link, frozenset())  # the structure may still know it, and must find nothing
            continue
        _keep_only(link, _LINK)
        if place is not None:
            link.Dest = place
        else:
            link.A = Dictionary(S=Name.URI, URI=String(address))
        link.F = _PRINTED
        if not str(link.get("/Contents", "")):
            link.Contents = String(
                address if place is None else f"Page {_page_number(document, place)} of this paper"
            )
        kept.append(link)
    if kept:
        page.Annots = Array([link if link.is_indirect else document.make_indirect(link) for link in kept])
    elif "/Annots" in page:
        del page["/Annots"]


def _page_number(document: Pdf, place: Any) -> int:
    return next(number for number, page in enumerate(document.pages, start=1) if page.obj.objgen == place[0].objgen)


def _address(link: Any) -> str:
    """The web address that a link leads to; empty where it leads anywhere else."""
    action = link.get("/A")
    if not isinstance(action, Dictionary) or action.get("/S") != "/URI":
        return ""
    address = str(action.get("/URI", "")).strip()
    return address if address.lower().startswith(("http://", "https://")) else ""


def _clean_bookmarks(document: Pdf, places: dict[str, Any]) -> None:
    """Leave of each bookmark its title and its place; a list that loops or is endless is cut."""
    outlines = document.Root.get("/Outlines")
    if not isinstance(outlines, Dictionary):
        return
    seen: set[tuple[int, int]] = set()

    def keep(bookmark: Any) -> None:
        place = _place(document, bookmark, places)
        _keep_only(bookmark, _BOOKMARK)
        if place is not None:
            bookmark.Dest = place

    _through_bookmarks(outlines, keep, seen, 0)


def _through_bookmarks(above: Any, keep: Callable[[Any], None], seen: set[tuple[int, int]], depth: int) -> None:
    bookmark, before = above.get("/First"), None
    while isinstance(bookmark, Dictionary):
        if bookmark.objgen in seen or len(seen) >= MOST_BOOKMARKS or depth >= DEEPEST:
            holder, key = (above, "/First") if before is None else (before, "/Next")
            del holder[key]
            return
        seen.add(bookmark.objgen)
        keep(bookmark)
        _through_bookmarks(bookmark, keep, seen, depth + 1)
        before, bookmark = bookmark, bookmark.get("/Next")


# ---------------------------------------------------------------- forms, comments, layers


def _flatten(document: Pdf, taken_out: Counter[str]) -> None:
    """Draw filled-in fields and marks on the page as part of the page; notes, films and the like are dropped."""
    found = False
    for page in document.pages:
        annotations = page.obj.get("/Annots")
        if annotations is None:
            continue
        kept = []
        for one in annotations:
            kind = str(one.get("/Subtype", "")) if isinstance(one, Dictionary) else ""
            if kind in _SHOWN_AS_IT_LOOKS:
                found = True
                taken_out["form field or mark, kept as it looks"] += 1
                kept.append(one)
            elif kind == "/Link":
                kept.append(one)
            elif kind not in ("", "/Popup"):
                taken_out["reviewer’s comment"] += 1
        page.obj.Annots = Array(kept)
    if found:
        document.flatten_annotations("print")


def _keep_layers_as_shown(document: Pdf) -> None:
    """Layers stay as they are shown when the document is opened, and can no longer be switched by an event."""
    layers = document.Root.get("/OCProperties")
    if not isinstance(layers, Dictionary) or "/OCGs" not in layers:
        drop(document.Root, "/OCProperties")
        return
    default = layers.get("/D", Dictionary())
    hidden = list(default.get("/OFF", Array()))
    if default.get("/BaseState") == "/OFF":
        shown = {one.objgen for one in default.get("/ON", Array())}
        hidden = [one for one in layers.OCGs if one.objgen not in shown]
    document.Root.OCProperties = Dictionary(
        OCGs=layers.OCGs, D=Dictionary(OFF=Array(hidden), Order=Array(), Name=String("As received"))
    )
