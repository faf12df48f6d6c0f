"""A received PDF is looked at for what it is, cleaned of what acts or hides, and refused in plain words."""

from __future__ import annotations

import contextlib
import io
import random
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, String

from pcp_desktop.errors import UserError
from pcp_desktop.papers.parts import drawn_text
from pcp_desktop.papers.received import CleanPaper, Reading, read_received
from pcp_desktop.papers.structure import walk
from tests.papers import pack_orders as orders
from tests.papers.pack_reading import links_of, read_out

FORBIDDEN = ("/JavaScript", "/JS", "/Launch", "/AA", "/OpenAction", "/EmbeddedFiles", "/Metadata", "/Filespec", "/AF")


def changed(change: Callable[[Pdf], None], content: bytes | None = None) -> bytes:
    """The tagged sample paper, or another one, with a change made to it."""
    saved = io.BytesIO()
    with pikepdf.open(io.BytesIO(content or orders.victim_services().content)) as document:
        change(document)
        document.save(saved)
    return saved.getvalue()


def read(content: bytes) -> CleanPaper:
    return read_received(content, "paper.pdf")


def refused(content: bytes) -> UserError:
    with pytest.raises(UserError) as caught:
        read(content)
    assert "“paper.pdf”" in caught.value.what
    assert caught.value.where == "It was not added to the pack."
    return caught.value


def written(content: bytes) -> str:
    """The whole document as text, so that nothing in it is overlooked."""
    saved = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        document.save(saved, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
    return saved.getvalue().decode("latin-1")


def annotated(page: int, **keys: Any) -> Callable[[Pdf], None]:
    """Adds an annotation in the corner of a page."""

    def change(document: Pdf) -> None:
        annotation = document.make_indirect(Dictionary(Type=Name.Annot, Rect=Array([20, 20, 80, 40]), **keys))
        document.pages[page].obj.Annots = Array([annotation])

    return change


# ---------------------------------------------------------------- what it is


def test_a_tagged_paper_says_what_it_is() -> None:
    paper = read(orders.victim_services().content)
    assert paper.reading is Reading.TAGGED
    assert paper.is_accessible
    assert (paper.title, paper.language, paper.pages) == ("Victim services update", "en-GB", 3)
    assert paper.structure_elements > 100
    assert (paper.archivable, paper.taken_out, paper.moved) == ("A", (), 0)


def test_an_untagged_paper_can_still_be_read_page_by_page() -> None:
    paper = read(orders.force_change().content)
    assert paper.reading is Reading.UNTAGGED
    assert not paper.is_accessible
    assert paper.archivable == "U"
    with pikepdf.open(io.BytesIO(paper.content)) as document:
        said = read_out(document)
    assert [kind for kind, _ in said] == ["P"] * 4
    assert "Leicestershire Police Change Programme Office Force change programme update" in said[0][1]


def test_a_scan_is_known_by_its_pictures_without_text() -> None:
    def to_picture(document: Pdf) -> None:
        del document.Root.StructTreeRoot
        picture = document.make_stream(b"\x80" * 64)
        picture.Type, picture.Subtype = Name.XObject, Name.Image
        picture.Width = picture.Height = 8
        picture.ColorSpace, picture.BitsPerComponent = Name.DeviceGray, 8
        for page in document.pages:
            page.obj.Resources = Dictionary(XObject=Dictionary(Scan=picture))
            page.obj.Contents = document.make_stream(b"q 500 0 0 700 40 60 cm /Scan Do Q")

    paper = read(changed(to_picture))
    assert paper.reading is Reading.SCANNED
    with pikepdf.open(io.BytesIO(paper.content)) as document:
        said = read_out(document)
    assert said[1] == ("Figure", "Page 2 of 3: a picture of a page, without text.")


def test_marks_without_a_tree_do_not_make_a_tagged_paper() -> None:
    def without_tree(document: Pdf) -> None:
        del document.Root.StructTreeRoot

    paper = read(changed(without_tree))
    assert paper.reading is Reading.UNTAGGED
    with pikepdf.open(io.BytesIO(paper.content)) as document:
        for page in document.pages:
            marks = [one for one in pikepdf.parse_content_stream(page) if str(one.operator) == "BDC"]
            assert len(marks) == 1
        assert "Purpose of report" in read_out(document)[0][1]


def without_alternatives(document: Pdf) -> None:
    for element in walk(document.Root.StructTreeRoot):
        if "/Alt" in element:
            del element["/Alt"]


def without_headings(document: Pdf) -> None:
    for element in walk(document.Root.StructTreeRoot):
        if element.S == "/TH":
            element.S = Name.TD


def with_text_outside(document: Pdf) -> None:
    document.pages[1].contents_add(b"0 0 m 50 50 l S")


def with_skipped_level(document: Pdf) -> None:
    for element in walk(document.Root.StructTreeRoot):
        if element.S == "/H2":
            element.S = Name.H4


def with_foreign_font(document: Pdf) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    document.pages[0].obj.Resources.Font["/Plain"] = document.make_indirect(font)


def with_lost_element(document: Pdf) -> None:
    whole = document.Root.StructTreeRoot.K[0]
    whole.K = Array([kid for kid in whole.K if kid.objgen != whole.K[3].objgen])


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (with_lost_element, "part of page 1 is outside its tags"),
        (without_alternatives, "1 picture has no text alternative"),
        (without_headings, "3 tables have no headings"),
        (with_text_outside, "part of page 2 is outside its tags"),
        (with_skipped_level, "its headings skip a level"),
        (with_foreign_font, "it does not bring all its fonts with it"),
    ],
)
def test_a_tagged_paper_with_a_known_fault_is_not_called_accessible(spoil: Callable[[Pdf], None], words: str) -> None:
    paper = read(changed(spoil))
    assert paper.reading is Reading.TAGGED
    assert paper.shortcomings == (words,)
    assert not paper.is_accessible


def test_a_title_that_is_a_file_name_is_not_taken() -> None:
    def named_by_a_program(document: Pdf) -> None:
        document.docinfo["/Title"] = String("Microsoft Word - final v3.docx")

    assert read(changed(named_by_a_program)).title == ""


# ---------------------------------------------------------------- what is taken out


def with_script(document: Pdf) -> None:
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert('held');"))
    document.Root.OpenAction = script
    document.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("go"), script])))
    document.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS=String("app.launchURL('http://x')")))


def with_attachment(document: Pdf) -> None:
    document.attachments["names.csv"] = b"a list of names"


def with_launch(document: Pdf) -> None:
    annotated(
        0, Subtype=Name.Link, A=Dictionary(S=Name.Launch, F=Dictionary(Type=Name.Filespec, F=String("calc.exe")))
    )(document)


def with_link_to_a_file(document: Pdf) -> None:
    annotated(0, Subtype=Name.Link, A=Dictionary(S=Name.GoToR, F=String("other.pdf"), D=Array([0, Name.Fit])))(
        document
    )


def with_script_address(document: Pdf) -> None:
    annotated(0, Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("javascript:alert(1)")))(document)


def with_comment(document: Pdf) -> None:
    annotated(0, Subtype=Name.Text, Contents=String("Do not show the Panel this"))(document)


def with_private_data(document: Pdf) -> None:
    page = document.pages[0].obj
    page.PieceInfo = Dictionary(Editor=Dictionary(Private=String("author: a name")))
    page.Metadata = document.make_stream(b"<x:xmpmeta>a name</x:xmpmeta>")
    document.docinfo["/Author"] = String("a name")


def with_outside_stream(document: Pdf) -> None:
    outside = document.make_stream(b"")
    outside.F = Dictionary(Type=Name.Filespec, F=String("http://example.org/watch"))
    outside.Type, outside.Subtype, outside.BBox = Name.XObject, Name.Form, Array([0, 0, 1, 1])
    document.pages[0].obj.Resources.XObject = Dictionary(Outside=outside)


@pytest.mark.parametrize(
    ("plant", "said", "gone"),
    [
        (with_script, ("3 scripts",), ("app.alert", "launchURL")),
        (with_attachment, ("1 attached file",), ("a list of names", "names.csv")),
        (with_launch, ("1 command to start a program",), ("calc.exe",)),
        (with_link_to_a_file, ("1 link to another file",), ("other.pdf",)),
        (with_script_address, (), ("javascript:",)),
        (with_comment, ("1 reviewer’s comment",), ("Do not show",)),
        (with_private_data, (), ("a name",)),
        (with_outside_stream, (), ("example.org",)),
    ],
)
def test_what_acts_or_hides_is_taken_out_and_said(
    plant: Callable[[Pdf], None], said: tuple[str, ...], gone: tuple[str, ...]
) -> None:
    paper = read(changed(plant))
    assert paper.taken_out == said
    text = written(paper.content)
    for words in (*FORBIDDEN, *gone):
        assert words not in text
    assert paper.structure_elements == read(orders.victim_services().content).structure_elements


def test_remarks_say_what_whoever_adds_a_paper_should_know() -> None:
    assert read(orders.victim_services().content).remarks == ()
    assert read(orders.force_change().content).remarks == (
        "It has no tags, so the front sheet will say that a screen reader finds only its text",
    )
    spoilt = changed(with_attachment, changed(without_alternatives))
    assert read(spoilt).remarks == (
        "It is tagged, but 1 picture has no text alternative",
        "Taken out of it for the pack: 1 attached file",
    )


def test_web_links_and_links_to_pages_stay() -> None:
    def linked(document: Pdf) -> None:
        page, third = document.pages[0].obj, document.pages[2].obj
        document.Root.Names = Dictionary(
            Dests=Dictionary(Names=Array([String("end"), Array([third, Name.XYZ, 0, 700, 0])]))
        )
        box = Array([20, 20, 80, 40])
        links = [
            Dictionary(A=Dictionary(S=Name.URI, URI=String("https://www.gov.uk/victims-code"))),
            Dictionary(Dest=String("end")),
            Dictionary(A=Dictionary(S=Name.GoTo, D=Array([1, Name.Fit]))),
        ]
        for link in links:
            link.Type, link.Subtype, link.Rect = Name.Annot, Name.Link, box
        page.Annots = Array([document.make_indirect(link) for link in links])

    paper = read(changed(linked))
    with pikepdf.open(io.BytesIO(paper.content)) as document:
        assert links_of(document) == [
            (0, "https://www.gov.uk/victims-code", "https://www.gov.uk/victims-code"),
            (0, "Page 3 of this paper", 2),
            (0, "Page 2 of this paper", 1),
        ]
    assert paper.shortcomings == ("some of its links are outside its tags",)


def test_a_filled_in_field_stays_as_it_looks() -> None:
    def with_field(document: Pdf) -> None:
        look = document.make_stream(b"BT /F0 12 Tf 5 5 Td (Agreed) Tj ET")
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, 60, 20])
        look.Resources = Dictionary(Font=Dictionary(F0=font))
        annotated(0, Subtype=Name.Widget, FT=Name.Tx, T=String("decision"), F=4, AP=Dictionary(N=look))(document)
        document.Root.AcroForm = Dictionary(Fields=document.pages[0].obj.Annots)

    paper = read(changed(with_field))
    with pikepdf.open(io.BytesIO(paper.content)) as document:
        assert "Agreed" in drawn_text(document.pages[0])
        assert "/AcroForm" not in document.Root
        assert "/Annots" not in document.pages[0].obj
    assert not paper.is_accessible


def test_hidden_layers_stay_hidden() -> None:
    def with_layers(document: Pdf) -> None:
        layers = [document.make_indirect(Dictionary(Type=Name.OCG, Name=String(name))) for name in ("a", "b")]
        default = Dictionary(BaseState=Name.OFF, ON=Array([layers[0]]), AS=Array([Dictionary(Event=Name.View)]))
        document.Root.OCProperties = Dictionary(OCGs=Array(layers), D=default)

    paper = read(changed(with_layers))
    with pikepdf.open(io.BytesIO(paper.content)) as document:
        default = document.Root.OCProperties.D
        assert [str(one.Name) for one in default.OFF] == ["b"]
        assert "/AS" not in default


def test_bookmarks_that_loop_are_cut() -> None:
    def looping(document: Pdf) -> None:
        with document.open_outline() as outline:
            outline.root.clear()
            outline.root.extend([OutlineItem("One", 0), OutlineItem("Two", 1)])
        first = document.Root.Outlines.First
        first.Next.Next = first

    paper = read(changed(looping))
    with pikepdf.open(io.BytesIO(paper.content)) as document:
        first = document.Root.Outlines.First
        assert str(first.Next.Title) == "Two"
        assert "/Next" not in first.Next


# ---------------------------------------------------------------- room for the number


def test_a_page_turned_on_its_side_is_stood_upright() -> None:
    def turned(document: Pdf) -> None:
        document.pages[1].obj.Rotate = 90

    paper = read(changed(turned))
    with pikepdf.open(io.BytesIO(paper.content)) as document:
        page = document.pages[1]
        assert page.obj.get("/Rotate", 0) == 0
        left, bottom, right, top = (float(edge) for edge in page.mediabox)
        assert right - left > top - bottom
        assert drawn_text(page)


def test_content_at_the_top_edge_is_moved_down_with_its_links_and_boxes() -> None:
    def at_the_top(document: Pdf) -> None:
        page = document.pages[1]
        page.contents_add(b"q 1 0 0 1 0 60 cm", prepend=True)
        page.contents_add(b"Q")

    plain = read(orders.victim_services().content)
    moved = read(changed(at_the_top))
    assert (plain.moved, moved.moved) == (0, 1)
    with pikepdf.open(io.BytesIO(moved.content)) as document:
        (figure,) = [one for one in walk(document.Root.StructTreeRoot) if one.S == "/Figure"]
        after = [float(edge) for one in figure.A if "/BBox" in one for edge in one.BBox]
    with pikepdf.open(io.BytesIO(plain.content)) as document:
        (figure,) = [one for one in walk(document.Root.StructTreeRoot) if one.S == "/Figure"]
        before = [float(edge) for one in figure.A if "/BBox" in one for edge in one.BBox]
    assert after[0] == pytest.approx(before[0], abs=0.01)
    assert before[1] - 40 < after[1] < before[1]


def test_a_page_filled_to_its_edges_is_made_smaller() -> None:
    def filled(document: Pdf) -> None:
        document.pages[0].contents_add(b"/Artifact BMC 0.9 g 0 0 596 842 re f EMC ", prepend=True)

    paper = read(changed(filled))
    assert paper.moved == 1
    assert paper.is_accessible
    with pikepdf.open(io.BytesIO(paper.content)) as document:
        matrix = next(one for one in pikepdf.parse_content_stream(document.pages[0]) if str(one.operator) == "cm")
    assert 0.95 < float(matrix.operands[0]) < 0.97


def test_states_that_are_not_restored_do_not_leak_into_the_stamp() -> None:
    def unbalanced(document: Pdf) -> None:
        document.pages[0].contents_add(b"Q Q ", prepend=True)
        document.pages[1].contents_add(b" q q")

    paper = read(changed(unbalanced))
    with pikepdf.open(io.BytesIO(paper.content)) as document:
        for page in document.pages:
            operators = [str(one.operator) for one in pikepdf.parse_content_stream(page)]
            assert operators.count("q") == operators.count("Q")
    assert paper.structure_elements == read(orders.victim_services().content).structure_elements


# ---------------------------------------------------------------- what is refused


def test_protected_papers_are_refused() -> None:
    for owner, user in (("owner", "user"), ("owner", "")):
        saved = io.BytesIO()
        with pikepdf.open(io.BytesIO(orders.victim_services().content)) as document:
            document.save(saved, encryption=pikepdf.Encryption(owner=owner, user=user))
        assert "protected" in refused(saved.getvalue()).what


def test_a_paper_that_was_cut_short_is_refused() -> None:
    whole = orders.victim_services().content
    for part in (0.1, 0.3, 0.6, 0.95, 0.99):
        assert "cut short" in refused(whole[: int(len(whole) * part)]).what


def test_other_files_are_refused() -> None:
    assert "is not a PDF" in refused(b"").what
    assert "is not a PDF" in refused(b"PK\x03\x04 a Word file").what
    assert "damaged" in refused(b"%PDF-1.7\nnothing of a PDF follows\n%%EOF\n").what


def test_a_page_tree_that_loops_is_refused() -> None:
    def looping(document: Pdf) -> None:
        pages = document.Root.Pages
        pages.Kids.append(pages)

    saved = io.BytesIO()
    with pikepdf.open(io.BytesIO(orders.victim_services().content)) as document:
        looping(document)
        content = document.Root.Pages
        assert len(content.Kids) == 4
        document.save(saved)
    assert "damaged" in refused(saved.getvalue()).what


def test_whatever_is_broken_in_a_paper_it_is_read_or_refused() -> None:
    chance = random.Random(1972)
    spread = io.BytesIO()
    with pikepdf.open(io.BytesIO(orders.victim_services().content)) as document:
        document.save(spread, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    for _attempt in range(40):
        content = bytearray(spread.getvalue())
        for _damage in range(chance.choice((1, 5, 30))):
            place, other = chance.randrange(len(content)), chance.randrange(len(content))
            content[place : place + chance.randrange(40)] = content[other : other + chance.randrange(40)]
        with contextlib.suppress(UserError):
            assert read(bytes(content)).pages > 0


def test_a_structure_that_loops_is_read_once() -> None:
    def looping(document: Pdf) -> None:
        whole = document.Root.StructTreeRoot.K[0]
        whole.K.append(whole)
        whole.K.append(whole.K[0])

    assert read(changed(looping)).structure_elements == read(orders.victim_services().content).structure_elements


def test_a_paper_without_pages_and_a_form_for_one_program_are_refused() -> None:
    def no_pages(document: Pdf) -> None:
        del document.pages[:]

    def dynamic_form(document: Pdf) -> None:
        document.Root.NeedsRendering = True

    assert "0 pages" in refused(changed(no_pages)).what
    assert "a form that only the program it was made with can show" in refused(changed(dynamic_form)).what
