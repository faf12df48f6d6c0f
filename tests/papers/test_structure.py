"""Joining structure trees: names that mean different things in two papers stay apart, and nothing is lost."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from pcp_desktop.papers.structure import JoinedTree, standard_kind, walk
from tests.papers.pack_reading import assert_sound


def paper(role: str, colour: str, identifier: str) -> bytes:
    """A page with a heading of its own kind and a table of a header and a cell; the cell is in a class of its own."""
    document = Pdf.new()
    page = document.add_blank_page().obj
    page.Contents = document.make_stream(b"".join(b"/Span <</MCID %d>> BDC EMC " % number for number in range(3)))
    root = document.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    whole = element(document, "Document", root, page, Array())
    table = element(document, "Table", whole, page, Array())
    row = element(document, "TR", table, page, Array())
    header, cell = (element(document, kind, row, page, number) for kind, number in (("TH", 1), ("TD", 2)))
    header.ID = String(identifier)
    cell.A = Dictionary(O=Name.Table, Headers=Array([String(identifier)]))
    cell.C = Name.Own
    row.K, table.K = Array([header, cell]), Array([row])
    whole.K = Array([element(document, "Kopf", whole, page, 0), table])
    root.K = whole
    root.RoleMap = Dictionary({"/Kopf": Name.Middle, "/Middle": Name(role)})
    root.ClassMap = Dictionary(Own=Dictionary(O=Name.Layout, Color=String(colour)))
    document.Root.StructTreeRoot = root
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def element(document: Pdf, kind: str, above: Any, page: Any, kids: Any) -> Any:
    return document.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{kind}"), P=above, Pg=page, K=kids))


def joined(*papers: bytes) -> Pdf:
    document = Pdf.new()
    tree = JoinedTree(document, "en-GB")
    for number, content in enumerate(papers, start=1):
        with pikepdf.open(io.BytesIO(content)) as source:
            document.pages.extend(source.pages)
            root = document.copy_foreign(source.Root.StructTreeRoot)
            tree.add(root, f"Paper {number}", f"p{number}-", "de-DE" if number == 2 else "en-GB")
    tree.finish()
    return document


def test_a_kind_that_means_something_else_gets_another_name() -> None:
    document = joined(paper("/H1", "red", "a"), paper("/H2", "red", "a"), paper("/H1", "red", "a"))
    root = document.Root.StructTreeRoot
    kinds = [standard_kind(one, root.RoleMap) for one in walk(root)]
    assert [kind for kind in kinds if kind.startswith("/H")] == ["/H1", "/H2", "/H1"]
    assert {str(kind) for kind in root.RoleMap.keys()} == {"/Kopf", "/Kopf_2", "/Middle", "/Middle_2"}  # noqa: SIM118


def test_a_class_that_looks_otherwise_gets_another_name() -> None:
    document = joined(paper("/H1", "red", "a"), paper("/H1", "blue", "a"))
    root = document.Root.StructTreeRoot
    colours = [str(root.ClassMap[one.C].Color) for one in walk(root) if "/C" in one]
    assert colours == ["red", "blue"]


def test_the_same_identifier_in_two_papers_leads_to_two_cells() -> None:
    document = joined(paper("/H1", "red", "a"), paper("/H1", "red", "a"))
    root = document.Root.StructTreeRoot
    names = pikepdf.NameTree(root.IDTree)
    for cell in (one for one in walk(root) if one.S == "/TD"):
        (header,) = cell.A.Headers
        assert names[str(header)].P.objgen == cell.P.objgen


def test_the_joined_tree_is_sound_and_whole() -> None:
    document = joined(paper("/H1", "red", "a"), paper("/H2", "blue", "b"))
    assert_sound(document)
    sections = list(document.Root.StructTreeRoot.K.K)
    assert [str(one.S) for one in sections] == ["/Sect", "/Sect"]
    assert [str(one.get("/Lang", "")) for one in sections] == ["", "de-DE"]
    assert len(list(walk(document.Root.StructTreeRoot))) == 1 + 2 * 6


@pytest.mark.parametrize("kids", ["loop", "twice", "nothing"])
def test_a_broken_tree_loses_what_is_broken_and_nothing_else(kids: str) -> None:
    with pikepdf.open(io.BytesIO(paper("/H1", "red", "a"))) as document:
        whole = document.Root.StructTreeRoot.K
        extra = {"loop": whole, "twice": whole.K[0], "nothing": Dictionary(Type=Name.OBJR)}[kids]
        whole.K.append(extra)
        saved = io.BytesIO()
        document.save(saved)
    result = joined(saved.getvalue())
    assert_sound(result)
    assert len(list(walk(result.Root.StructTreeRoot))) == 1 + 6
