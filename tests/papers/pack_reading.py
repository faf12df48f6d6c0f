"""What a pack says to a screen reader, and whether its structure holds together: read from the PDF itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from pcp_desktop.papers.parts import characters
from pcp_desktop.papers.structure import walk

Key = tuple[int, int]


def read_out(document: Pdf) -> list[tuple[str, str]]:
    """Every element that has content of its own, in reading order: its kind and what is read out for it."""
    texts = {page.obj.objgen: marked_texts(page) for page in document.pages}
    found = []
    for element in walk(document.Root.StructTreeRoot):
        said = str(element.Alt) if "/Alt" in element else "".join(_own_text(element, texts))
        if said.strip():
            found.append((str(element.S).lstrip("/"), " ".join(said.split())))
    return found


def _own_text(element: Any, texts: dict[Key, dict[int, str]]) -> Iterator[str]:
    kids = element.get("/K", Array())
    for kid in list(kids) if isinstance(kids, Array) else [kids]:
        if isinstance(kid, int):
            yield texts[element.Pg.objgen][kid]
        elif isinstance(kid, Dictionary) and "/MCID" in kid:
            yield texts[kid.get("/Pg", element.get("/Pg")).objgen][int(kid.MCID)]


def marked_texts(page: pikepdf.Page) -> dict[int, str]:
    """The text of each piece of marked content of a page, by its number."""
    fonts = {name: characters(font) for name, font in _fonts(page).items()}
    found: dict[int, str] = {}
    stack: list[int | None] = []
    table: tuple[dict[bytes, str], int] = ({}, 1)
    for instruction in pikepdf.parse_content_stream(page):
        operator, operands = str(instruction.operator), instruction.operands
        if operator in ("BMC", "BDC"):
            stack.append(_number(operands))
            if stack[-1] is not None:
                found.setdefault(stack[-1], "")
        elif operator == "EMC":
            stack.pop()
        elif operator == "Tf":
            table = fonts[str(operands[0])]
        elif operator in ("Tj", "TJ") and stack and stack[-1] is not None:
            shown = operands[0] if operator == "TJ" else [operands[0]]
            codes = b"".join(bytes(one) for one in shown if isinstance(one, pikepdf.String))
            width = table[1]
            pieces = (codes[place : place + width] for place in range(0, len(codes), width))
            found[stack[-1]] += "".join(table[0].get(piece, "?") for piece in pieces)
        elif operator in ("ET", "T*", "Td") and stack and stack[-1] is not None:
            found[stack[-1]] += " "
    return found


def _fonts(page: pikepdf.Page) -> Any:
    return page.obj.get("/Resources", Dictionary()).get("/Font", Dictionary())


def _number(operands: Any) -> int | None:
    properties = operands[1] if len(operands) > 1 else None
    return int(properties.MCID) if isinstance(properties, Dictionary) and "/MCID" in properties else None


def assert_sound(document: Pdf) -> None:
    """The structural rules of tagged PDF (ISO 32000-1, 14.7): every piece of content has its one element and back."""
    root = document.Root.StructTreeRoot
    elements = list(walk(root))
    by_key = {element.objgen: element for element in elements}
    assert len(by_key) == len(elements), "every element is an object of its own"
    for element in elements:
        assert element.P.objgen in by_key or element.P.objgen == root.objgen
        assert any(kid.objgen == element.objgen for kid in _elements_below(element.P)), "its parent knows it"
    nums = list(root.ParentTree.Nums)
    parents = {int(key): value for key, value in zip(nums[::2], nums[1::2], strict=True)}
    assert sorted(parents) == list(range(len(parents)))
    assert root.ParentTreeNextKey == len(parents)
    used: list[int] = []
    for page in document.pages:
        numbers = marked_texts(page)
        if "/StructParents" in page.obj:
            used.append(int(page.obj.StructParents))
            owners = list(parents[used[-1]])
            assert {n for n, one in enumerate(owners) if one is not None} == set(numbers), "no mark without element"
            for number in numbers:
                assert owners[number].objgen in by_key, "no orphan"
                assert number in _content_of(owners[number], page.obj.objgen)
        else:
            assert not numbers, "a page without parents has only artifacts"
        for link in page.obj.get("/Annots", Array()):
            assert page.obj.Tabs == Name.S
            assert str(link.Contents)
            used.append(int(link.StructParent))
            assert parents[used[-1]].objgen in by_key
            assert any("/Obj" in kid and kid.Obj.objgen == link.objgen for kid in _dictionaries(parents[used[-1]]))
    assert sorted(used) == sorted(parents), "each key is used once"


def _elements_below(element: Any) -> list[Any]:
    return [kid for kid in _dictionaries(element) if "/S" in kid]


def _dictionaries(element: Any) -> list[Any]:
    kids = element.get("/K", Array())
    return [kid for kid in (list(kids) if isinstance(kids, Array) else [kids]) if isinstance(kid, Dictionary)]


def _content_of(element: Any, page: Key) -> set[int]:
    kids = element.get("/K", Array())
    kids = list(kids) if isinstance(kids, Array) else [kids]
    own = {kid for kid in kids if isinstance(kid, int)} if element.get("/Pg") and element.Pg.objgen == page else set()
    references = {
        int(kid.MCID)
        for kid in kids
        if isinstance(kid, Dictionary) and "/MCID" in kid and kid.get("/Pg", element.get("/Pg")).objgen == page
    }
    return own | references


def links_of(document: Pdf) -> list[tuple[int, str, int | str]]:
    """Every link: the index of its page, what it says, and the index of the page or the address it leads to."""
    pages = {page.obj.objgen: index for index, page in enumerate(document.pages)}
    return [
        (index, str(link.Contents), pages[link.Dest[0].objgen] if "/Dest" in link else str(link.A.URI))
        for index, page in enumerate(document.pages)
        for link in page.obj.get("/Annots", Array())
    ]
