"""Structure trees: walking one, and joining those of several papers into the one tree of a pack."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

Key = tuple[int, int]


def walk(above: Any) -> Iterator[Any]:
    """Every structure element below a root or element, in reading order; one that comes again is not walked again."""
    seen: set[Key] = set()
    waiting = [iter(_kids(above))]
    while waiting:
        kid = next(waiting[-1], None)
        if kid is None:
            waiting.pop()
        elif isinstance(kid, Dictionary) and "/S" in kid and kid.objgen not in seen:
            if kid.is_indirect:
                seen.add(kid.objgen)
            yield kid
            waiting.append(iter(_kids(kid)))


def _kids(element: Any) -> list[Any]:
    """What lies directly below an element: elements, and marked content that belongs to it itself."""
    found = element.get("/K")
    if found is None:
        return []
    return list(found) if isinstance(found, Array) else [found]


def marks_by_page(root: Any) -> dict[Key, set[int]]:
    """The marked content that a tree's elements know, by the page that it is on; what is in forms is left out."""
    found: dict[Key, set[int]] = {}
    for element in walk(root):
        for kid in _kids(element):
            mark = _mark(kid, element)
            if mark is not None:
                found.setdefault(mark[0], set()).add(mark[1])
    return found


def linked(root: Any) -> set[Key]:
    """The links and the like that a tree's elements know."""
    kids = (kid for element in walk(root) for kid in _kids(element))
    things = (kid.Obj for kid in kids if isinstance(kid, Dictionary) and "/Obj" in kid)
    return {thing.objgen for thing in things if isinstance(thing, Dictionary)}


def keep_marks(root: Any, marks: Mapping[Key, Container[int]]) -> None:
    """Let a tree's elements know no other marked content on pages than `marks` has."""
    for element in walk(root):
        kids = _kids(element)
        known = [_mark(kid, element) for kid in kids]
        kept = [
            kid for kid, mark in zip(kids, known, strict=True) if mark is None or mark[1] in marks.get(mark[0], ())
        ]
        if len(kept) < len(kids):
            element.K = Array(kept)


def _mark(kid: Any, element: Any) -> tuple[Key, int] | None:
    """The page and number of marked content on a page; None for everything else."""
    is_reference = isinstance(kid, Dictionary) and "/MCID" in kid and "/Stm" not in kid
    if not is_reference and not isinstance(kid, int):
        return None
    page = kid.get("/Pg", element.get("/Pg")) if is_reference else element.get("/Pg")
    return (page.objgen, int(kid.MCID if is_reference else kid)) if isinstance(page, Dictionary) else None


def append(document: Pdf, root: Any, element: Any) -> None:
    """Add an element at the end of a tree, below its only element or beside several."""
    top = _kids(root)
    above = top[0] if len(top) == 1 and "/S" in top[0] else root
    element.P = above
    above.K = Array([*_kids(above), document.make_indirect(element)])


def standard_kind(element: Any, roles: Any) -> str:
    """The standard kind ("/Figure") behind an element's own, through the tree's role map."""
    return _standard(str(element.S), roles)


def _standard(kind: str, roles: Any) -> str:
    for _step in range(10):
        role = roles.get(kind)
        if role is None or role == kind:
            break
        kind = str(role)
    return kind


class JoinedTree:
    """The structure tree of a pack, to which papers are added in order, each as one section.

    It is built on pages, links and trees that have been copied into the pack's document; the parent tree is made anew
    from the elements, so that every piece of marked content has its element and nothing points to a paper's old tree.
    """

    def __init__(self, document: Pdf, language: str) -> None:
        self._document = document
        self._whole = document.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Document, Lang=String(language), K=Array())
        )
        self._language = language
        self._roles: dict[str, Any] = {}
        self._classes: dict[str, Any] = {}
        self._namespaces: list[Any] = []
        self._identifiers: dict[bytes, Any] = {}
        self._contents: dict[Key, dict[int, Any]] = {}
        self._owners: dict[Key, Any] = {}
        self._objects: list[tuple[Any, Any]] = []

    def add(self, root: Any, title: str, prefix: str, language: str) -> Any:
        """Add a paper's tree, copied into the document, as a section; gives the section.

        Args:
            root: the paper's structure tree root.
            title: of the section.
            prefix: makes the paper's identifiers its own ("p3-").
            language: of the paper; it is noted where it is another than the pack's.
        """
        section = self._section(root)
        section.P = self._whole
        section.T = String(title)
        if language and language.lower() != self._language.lower() and "/Lang" not in section:
            section.Lang = String(language)
        self._whole.K.append(section)
        self._namespaces.extend(root.get("/Namespaces", Array()))
        roles = _standard_roles(root.get("/RoleMap", Dictionary()))
        classes = dict(root.get("/ClassMap", Dictionary()).items())
        naming = _Naming(prefix, _merged(roles, self._roles), _merged(classes, self._classes))
        self._take(section, naming)
        return section

    def add_marked(self, section: Any, page: Any, kind: str) -> int:
        """Put a new element at the head of a section for content that is yet to be marked; gives its number."""
        contents = self._contents.setdefault(page.objgen, {})
        self._owners[page.objgen] = page
        number = max(contents, default=-1) + 1
        element = self._document.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name(f"/{kind}"), P=section, Pg=page, K=number)
        )
        contents[number] = element
        section.K = Array([element, *_kids(section)])
        return number

    def finish(self) -> None:
        """Write the root: parent tree, identifiers, role and class maps."""
        nums = Array()
        for key, contents in self._contents.items():
            owner = self._owners[key]
            owner.StructParents = len(nums) // 2
            nums.append(len(nums) // 2)
            nums.append(self._document.make_indirect(Array([contents.get(n) for n in range(max(contents) + 1)])))
        for thing, element in self._objects:
            thing.StructParent = len(nums) // 2
            nums.append(len(nums) // 2)
            nums.append(element)
        root = Dictionary(
            Type=Name.StructTreeRoot,
            K=self._whole,
            ParentTree=self._document.make_indirect(Dictionary(Nums=nums)),
            ParentTreeNextKey=len(nums) // 2,
        )
        if self._roles:
            root.RoleMap = Dictionary(dict(sorted(self._roles.items())))
        if self._classes:
            root.ClassMap = Dictionary(dict(sorted(self._classes.items())))
        if self._namespaces:
            root.Namespaces = Array(self._namespaces)
        if self._identifiers:
            root.IDTree = self._identifier_tree()
        self._document.Root.StructTreeRoot = self._document.make_indirect(root)
        self._whole.P = self._document.Root.StructTreeRoot
        self._document.Root.MarkInfo = Dictionary(Marked=True)

    def _identifier_tree(self) -> Any:
        names = sorted(self._identifiers)
        pairs = Array([part for name in names for part in (String(name), self._identifiers[name])])
        limits = Array([String(names[0]), String(names[-1])])
        return Dictionary(Kids=Array([self._document.make_indirect(Dictionary(Names=pairs, Limits=limits))]))

    def _section(self, root: Any) -> Any:
        """The one element that holds a paper: its only section, its document element, or a new one around all."""
        top = [kid for kid in _kids(root) if isinstance(kid, Dictionary) and "/S" in kid]
        if len(top) == 1:
            below = _kids(top[0])
            is_shell = standard_kind(top[0], root.get("/RoleMap", Dictionary())) == "/Document"
            if is_shell and len(below) == 1 and isinstance(below[0], Dictionary) and below[0].get("/S") == "/Sect":
                return below[0]
            if is_shell or top[0].S == "/Sect":
                top[0].S = Name.Sect
                return top[0]
        section = self._document.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Sect, K=Array(top)))
        for kid in top:
            kid.P = section
        return section

    def _take(self, section: Any, naming: _Naming) -> None:
        """Take every element of a section: its names, and the content and links that belong to it."""
        waiting = [(section, section.get("/Pg"))]
        seen: set[Key] = set()
        headed: list[Any] = []
        while waiting:
            element, page = waiting.pop()
            seen.add(element.objgen)
            page = element.get("/Pg", page)
            self._rename(element, naming, headed)
            kids = _kids(element)
            kept = [kid for kid in kids if self._belongs(kid, element, page, seen)]
            if len(kept) < len(kids):
                element.K = Array(kept)
                if element.S == "/Link" and not any(isinstance(kid, Dictionary) and "/Obj" in kid for kid in kept):
                    element.S = Name.Span  # its words are no longer a link
            below = [kid for kid in kept if isinstance(kid, Dictionary) and "/S" in kid]
            waiting.extend((kid, page) for kid in reversed(below))
        for attributes in headed:
            attributes.Headers = Array([naming.identifier(name) for name in attributes.Headers])

    def _rename(self, element: Any, naming: _Naming, headed: list[Any]) -> None:
        kind = naming.roles.get(str(element.S)) if naming.roles else None
        if kind is not None:
            element.S = Name(kind)
        if "/ID" in element:
            element.ID = naming.new_identifier(element.ID)
            self._identifiers[bytes(element.ID)] = element
        if naming.classes and "/C" in element:
            element.C = naming.with_classes(element.C)
        attributes = element.A if "/A" in element else None
        for one in attributes if isinstance(attributes, Array) else [attributes]:
            if isinstance(one, Dictionary) and "/Headers" in one:
                headed.append(one)

    def _belongs(self, kid: Any, element: Any, page: Any, seen: set[Key]) -> bool:
        """Note what a kid of an element stands for; whether it stays."""
        if isinstance(kid, int):
            return self._note(page, kid, element)
        if not isinstance(kid, Dictionary):
            return False
        if "/S" in kid:
            if kid.objgen in seen:
                return False
            kid.P = element
            return True
        if "/Obj" in kid:
            return self._note_object(kid, element)
        if "/MCID" in kid:
            return self._note(kid.get("/Stm", kid.get("/Pg", page)), int(kid.MCID), element)
        return False

    def _note(self, owner: Any, number: int, element: Any) -> bool:
        """A piece of marked content on a page or in a form."""
        if not isinstance(owner, Dictionary | pikepdf.Stream):
            return False
        self._contents.setdefault(owner.objgen, {})[number] = element
        self._owners[owner.objgen] = owner
        return True

    def _note_object(self, kid: Any, element: Any) -> bool:
        """A link that was kept; a reference to anything that cleaning took out goes."""
        thing = kid.Obj
        if not isinstance(thing, Dictionary) or thing.get("/Subtype") != "/Link":
            return False
        self._objects.append((thing, element))
        return True


def _standard_roles(roles: Any) -> dict[str, Any]:
    """Each kind of a paper's own with the standard kind that it stands for, whatever lies between."""
    return {kind: Name(_standard(kind, roles)) for kind in roles.keys()}  # noqa: SIM118


def _merged(own: dict[str, Any], into: dict[str, Any]) -> dict[str, str]:
    """Add a paper's roles or classes to the pack's; gives new names for those that mean something else there."""
    renamed: dict[str, str] = {}
    for name, meaning in own.items():
        chosen, number = name, 2
        while chosen in into and into[chosen] != meaning:
            chosen, number = f"{name}_{number}", number + 1
        into[chosen] = meaning
        if chosen != name:
            renamed[name] = chosen
    return renamed


class _Naming:
    """New names for a paper's roles, classes and identifiers."""

    def __init__(self, prefix: str, roles: dict[str, str], classes: dict[str, str]) -> None:
        self.roles = roles
        self.classes = classes
        self._prefix = prefix.encode()
        self._given: set[bytes] = set()

    def new_identifier(self, name: Any) -> String:
        given = self._prefix + bytes(name)
        self._given.add(given)
        return String(given)

    def identifier(self, name: Any) -> String:
        """An identifier that a table cell refers to, once only however many cells share the list."""
        old = bytes(name)
        return String(self._prefix + old) if self._prefix + old in self._given else String(old)

    def with_classes(self, names: Any) -> Any:
        if isinstance(names, Array):
            return Array([self._class(one) for one in names])
        return self._class(names)

    def _class(self, name: Any) -> Any:
        return Name(self.classes[str(name)]) if isinstance(name, Name) and str(name) in self.classes else name
