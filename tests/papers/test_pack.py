"""The pack: one sound, tagged document whose pages, numbers, links and bookmarks agree, and which claims no more."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.meetings import AgendaItem, ItemKind
from pcp_desktop.errors import Cancelled, UserError
from pcp_desktop.papers.pack import Pack, PackMaker, ReceivedFile
from pcp_desktop.papers.parts import drawn_text
from pcp_desktop.papers.received import Reading
from pcp_desktop.papers.structure import walk
from tests.papers import pack_orders as orders
from tests.papers.pack_reading import assert_sound, links_of, marked_texts, read_out

MILLIMETRE = 72 / 25.4


@pytest.fixture(name="maker", scope="module")
def _maker() -> Iterator[PackMaker]:
    with PackMaker() as maker:
        yield maker


@pytest.fixture(name="public", scope="module")
def _public(maker: PackMaker) -> Pack:
    return maker.make(orders.order())


@pytest.fixture(name="restricted", scope="module")
def _restricted(maker: PackMaker) -> Pack:
    return maker.make(orders.order(Audience.RESTRICTED))


@pytest.fixture(name="tagged_only", scope="module")
def _tagged_only(maker: PackMaker) -> Pack:
    papers: orders.Papers = {orders.VICTIMS: [orders.victim_services()], orders.REPORT: [orders.short_dashboard()]}
    return maker.make(orders.order(papers=papers))


def opened(pack: Pack) -> Pdf:
    return pikepdf.open(io.BytesIO(pack.content))


def printed_numbers(pack: Pack, folder: Path) -> list[str]:
    """The number at the top of each page, as it is seen."""
    file = folder / "pack.pdf"
    file.write_bytes(pack.content)
    command = ["pdftotext", "-bbox", str(file), "-"]
    found = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
    numbers = []
    for page in found.split("<page ")[1:]:
        words = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)<', page)
        middle = [w for w in words if 290 < (float(w[0]) + float(w[2])) / 2 < 305 and float(w[3]) < 12 * MILLIMETRE]
        assert len(middle) == 1, "one number, and nothing else in the strip"
        numbers.append(middle[0][4])
    return numbers


# ---------------------------------------------------------------- pages


def test_every_paper_starts_on_an_odd_page_and_blank_backs_are_blank(public: Pack) -> None:
    assert all(paper.first % 2 for paper in public.papers)
    assert public.blank_backs
    with opened(public) as document:
        labels = {str(page.label): page for page in document.pages}
        for number in public.blank_backs:
            page = labels[str(number)]
            assert marked_texts(page) == {}
            drawn = [str(one.operands[0]) for one in pikepdf.parse_content_stream(page) if str(one.operator) == "BDC"]
            assert drawn == ["/Artifact"]


def test_the_number_on_a_page_is_its_label_and_what_the_agenda_says(public: Pack, tmp_path: Path) -> None:
    numbers = printed_numbers(public, tmp_path)
    with opened(public) as document:
        assert [str(page.label) for page in document.pages] == numbers
        agenda = [text for _, text in read_out(document) if text.startswith("(Page")]
    assert agenda == ["(Pages 3 - 5)", "(Pages 7 - 10)", "(Pages 11 - 13)", "(Pages 15 - 17)"]
    starts = [numbers.index(str(paper.first)) for paper in public.papers]
    assert starts == sorted(starts)
    assert public.pages == len(numbers)
    assert public.pages_of(orders.CHANGE) == (7, 10)
    assert public.pages_of(1) is None


def test_numbers_go_over_withheld_pages_so_that_both_versions_agree(public: Pack, restricted: Pack) -> None:
    def places(pack: Pack) -> list[tuple[int, int]]:
        return [(paper.item, paper.first) for paper in pack.papers]

    assert places(public) == places(restricted)
    later = AgendaItem(key=20, kind=ItemKind.RECEIVED, title="Later paper")
    agenda = replace(orders.sample_agenda(), items=(*orders.sample_agenda().items, later))
    with PackMaker() as maker:
        papers: orders.Papers = {20: [orders.victim_services()]}
        after = maker.make(orders.order(agenda=agenda, papers=papers))
    assert [(paper.first, paper.last) for paper in after.papers][-2:] == [(3, 3), (7, 9)]
    with opened(after) as document:
        labels = [str(page.label) for page in document.pages]
    assert labels[-5:] == ["3", "4", "7", "8", "9"]


def test_printed_feet_of_our_papers_count_with_the_pack(public: Pack, tmp_path: Path) -> None:
    (tmp_path / "pack.pdf").write_bytes(public.content)
    command = ["pdftotext", "-f", "11", "-l", "13", str(tmp_path / "pack.pdf"), "-"]
    text = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
    assert [f"Page {number}" in text for number in (11, 12, 13)] == [True, True, True]
    assert "Page 1\n" not in text


def test_a_paper_that_fills_the_strip_is_moved_out_of_it_and_keeps_its_foot(public: Pack, tmp_path: Path) -> None:
    printed_numbers(public, tmp_path)  # finds one word in each strip
    command = ["pdftotext", "-f", "7", "-l", "7", str(tmp_path / "pack.pdf"), "-"]
    text = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
    assert "Change Programme Office" in text
    assert "Change programme 1 of 4" in text


# ---------------------------------------------------------------- structure


def test_the_structure_is_sound(public: Pack, restricted: Pack, tagged_only: Pack) -> None:
    for pack in (public, restricted, tagged_only):
        with opened(pack) as document:
            assert_sound(document)
            assert document.check_pdf_syntax() == []


def test_qpdf_finds_nothing_wrong(public: Pack, tmp_path: Path) -> None:
    (tmp_path / "pack.pdf").write_bytes(public.content)
    tool = shutil.which("qpdf")
    if tool is not None:  # a bare machine has the library only, see the test above
        subprocess.run([tool, "--check", str(tmp_path / "pack.pdf")], check=True, capture_output=True)


def test_all_elements_of_a_tagged_received_paper_are_kept(public: Pack) -> None:
    def kinds(root: pikepdf.Object) -> list[str]:
        return [str(element.S) for element in walk(root)]

    with pikepdf.open(io.BytesIO(orders.victim_services().content)) as paper:
        given = kinds(paper.Root.StructTreeRoot)
    with opened(public) as document:
        sections = list(document.Root.StructTreeRoot.K.K)
        section = next(one for one in sections if str(one.T) == "Item 5: Victim services update")
        kept = [str(section.S), *kinds(section)]
    assert len(given) > 100
    assert given[0] == "/Document"
    assert kept == ["/Sect", *given[1:]]


def test_one_document_with_a_section_for_every_paper(public: Pack) -> None:
    with opened(public) as document:
        whole = document.Root.StructTreeRoot.K
        assert whole.S == "/Document"
        titles = [str(section.T) for section in whole.K]
        assert all(section.S == "/Sect" for section in whole.K)
    assert titles == [
        "Front sheet and agenda",
        "Item 5: Victim services update",
        "Item 6: Force change programme update",
        "Item 7: Appendix A: partnership dashboard",
        "Item 8: Complaint about the Commissioner: referral",
    ]


def test_cells_still_find_their_headers(public: Pack) -> None:
    with opened(public) as document:
        root = document.Root.StructTreeRoot
        identifiers = pikepdf.NameTree(root.IDTree)
        names = list(identifiers)
        assert all(identifiers[name].S == "/TH" for name in names)
        referred = [
            str(name)
            for element in walk(root)
            if "/A" in element
            for one in (list(element.A) if isinstance(element.A, pikepdf.Array) else [element.A])
            for name in one.get("/Headers", [])
        ]
        assert len(names) == sum(1 for element in walk(root) if "/ID" in element)
    assert referred
    assert set(referred) <= set(names)


def test_the_pack_is_read_from_the_front_sheet_to_the_last_page(restricted: Pack) -> None:
    with opened(restricted) as document:
        said = [text for _, text in read_out(document)]
    whole = "\n".join(said)
    expected = [
        "Not for publication. This copy holds the papers of item 8, which are exempt.",
        orders.BODY,
        "Wednesday 23 March 2016",
        "Sparkenhow Committee Room, County Hall",
        "Membership",
        "Chairman, Leicestershire County Council",
        "Independent member (2)",
        "Please note",
        "How these papers can be read",
        "Item 6, Force change programme update, was received without tags.",
        "Agenda",
        "Report by",
        "Minutes of the previous meeting",
        "(Pages 3 - 5)",
        "Any other items which the Chairman has decided to take as urgent",
        "Report to the Police and Crime Panel",
        "Purpose of report",
        "What was commissioned",
        "Victims offered and accepting support, April to December 2015",
        "Bar chart of victims who accepted support",
        "Areas for development",
        "Leicestershire Police Change Programme Office",
        "Force change programme update",
        "All strands",
        "Police and Crime Plan: partnership dashboard",
        "SP12",
        "Not for publication: Schedule 12A, paragraph 1",
        "Complaint about the Commissioner: referral",
        "Why this report is exempt",
        "the complaint in it never took place",
    ]
    place = 0
    for words in expected:
        found = whole.find(words, place)
        assert found >= 0, f"{words} is not read after {whole[max(0, place - 60) : place]!r}"
        place = found + len(words)
    assert not re.search(r"Page \d+$", whole, re.MULTILINE), "feet are not read out"


# ---------------------------------------------------------------- links and bookmarks


def test_the_agenda_leads_to_every_paper(public: Pack) -> None:
    with opened(public) as document:
        leads = {said: to for page, said, to in links_of(document) if page == 0}
        labels = [str(page.label) for page in document.pages]
    assert {said: labels[int(to)] for said, to in leads.items()} == {
        "Item 5: Victim services update, page 3": "3",
        "Item 6: Force change programme update, page 7": "7",
        "Item 7: Appendix A: partnership dashboard, page 11": "11",
        "Item 8: Complaint about the Commissioner: referral, page 15": "15",
    }


def test_every_item_has_a_bookmark_and_papers_keep_their_own(public: Pack) -> None:
    with opened(public) as document, document.open_outline() as outline:
        titles = [item.title for item in outline.root]
        victims = outline.root[5]
        below = [child.title for child in victims.children]
        first = victims.destination[0].objgen  # type: ignore[index]
        assert first == document.pages[2].obj.objgen
    items = orders.sample_agenda().items
    assert titles == ["Front sheet and agenda", *(f"{n}. {item.title}" for n, item in enumerate(items, start=1))]
    assert below[:3] == ["Purpose of report", "Recommendation", "Background"]


# ---------------------------------------------------------------- what it says of itself


def metadata(pack: Pack) -> str:
    with opened(pack) as document:
        return document.Root.Metadata.read_bytes().decode()


def test_says_what_it_is(public: Pack) -> None:
    with opened(public) as document:
        assert str(document.Root.Lang) == "en-GB"
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert document.Root.MarkInfo.Marked
        title = f"{orders.BODY}: agenda and papers, 23 March 2016"
        assert str(document.docinfo.Title) == title
    assert title in metadata(public)


def test_claims_to_be_accessible_only_where_every_paper_is_tagged(public: Pack, tagged_only: Pack) -> None:
    assert tagged_only.claims.accessible
    assert tagged_only.not_accessible == ()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata(tagged_only)
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in metadata(tagged_only)
    assert not public.claims.accessible
    assert "pdfuaid:part>" not in metadata(public)
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>" in metadata(public)


def test_says_plainly_which_paper_is_not_accessible(public: Pack) -> None:
    (line,) = public.not_accessible
    assert line.startswith("Item 6, Force change programme update, was received without tags.")
    with opened(public) as document:
        assert line in [text for _, text in read_out(document)]
    readings = {paper.item: paper.reading for paper in public.papers}
    assert readings[orders.CHANGE] is Reading.UNTAGGED
    assert readings[orders.VICTIMS] is Reading.TAGGED


def test_all_fonts_are_embedded_and_none_twice(public: Pack, tmp_path: Path) -> None:
    (tmp_path / "pack.pdf").write_bytes(public.content)
    command = ["pdffonts", str(tmp_path / "pack.pdf")]
    lines = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout.splitlines()[2:]
    assert lines
    assert all(line.split()[-5] == "yes" for line in lines)
    with opened(public) as document:
        outlines = [
            thing.read_raw_bytes()
            for thing in document.objects
            if isinstance(thing, pikepdf.Stream)
            and ("/Length1" in thing or thing.get("/Subtype") in ("/CIDFontType0C", "/OpenType"))
        ]
    assert outlines
    assert len(outlines) == len(set(outlines))


# ---------------------------------------------------------------- public and restricted


def test_the_public_pack_has_a_stub_and_nothing_of_the_exempt_paper(public: Pack, restricted: Pack) -> None:
    with opened(public) as document:
        said = "\n".join(text for _, text in read_out(document))
    assert "Information relating to any individual".lower() in said.lower()
    assert "That under section 100A(4) of the Local Government Act 1972 the public be excluded" in said
    assert "the public interest in maintaining the exemption outweighs" in said
    assert "apology" not in said
    with opened(restricted) as document:
        said = "\n".join(text for _, text in read_out(document))
        exempt = [page for page in document.pages if str(page.label) in ("15", "16", "17")]
        texts = [drawn_stamp(page) for page in exempt]
    assert "apology" in said
    assert all("Not for publication: Schedule 12A, paragraph 1" in text for text in texts)


def drawn_stamp(page: pikepdf.Page) -> str:
    return " ".join(drawn_text(page).split())


def test_papers_of_an_exempt_item_are_refused_for_the_public(maker: PackMaker) -> None:
    with pytest.raises(ValueError, match="exempt item"):
        maker.make(orders.order(papers={orders.COMPLAINT: [orders.complaint()]}))


# ---------------------------------------------------------------- building


def test_the_same_order_gives_the_same_bytes(public: Pack, maker: PackMaker) -> None:
    assert maker.make(orders.order()).content == public.content
    with PackMaker() as fresh:
        assert fresh.make(orders.order()).sha256 == public.sha256


def test_a_long_agenda_moves_every_page_and_the_front_sheet_says_so(maker: PackMaker) -> None:
    long = AgendaItem(key=0, kind=ItemKind.STANDING, title="A standing item", note="With a note of its own. " * 12)
    items = [replace(long, key=100 + n) for n in range(14)]
    agenda = replace(orders.sample_agenda(), items=(*orders.sample_agenda().items, *items))
    pack = maker.make(orders.order(agenda=agenda))
    front = pack.papers[0]
    assert front.last > 2
    assert pack.papers[1].first == front.last + 1 + front.last % 2
    with opened(pack) as document:
        first = next(text for _, text in read_out(document) if text.startswith("(Pages"))
    assert first == f"(Pages {pack.papers[1].first} - {pack.papers[1].last})"


def test_a_cancelled_build_stops_and_the_next_one_is_whole(public: Pack) -> None:
    with PackMaker() as maker:
        for after in (1, 4, 9):
            calls = 0

            def stop(words: str, done: int, of: int) -> None:
                nonlocal calls
                calls += 1
                if calls > after:  # noqa: B023 - called within the loop
                    raise Cancelled

            with pytest.raises(Cancelled):
                maker.make(orders.order(), stop)
        assert maker.make(orders.order()).content == public.content


def test_a_received_file_that_is_no_pdf_names_itself(maker: PackMaker) -> None:
    with pytest.raises(UserError, match=r"“letter\.pdf” is not a PDF"):
        maker.make(orders.order(papers={orders.VICTIMS: [ReceivedFile("Letter", "letter.pdf", b"Dear all")]}))


def test_a_pack_of_verbal_items_is_a_front_sheet(maker: PackMaker) -> None:
    agenda = replace(orders.sample_agenda(), items=orders.sample_agenda().items[:4])
    pack = maker.make(orders.order(agenda=agenda, papers={}))
    assert pack.pages == 1
    assert pack.blank_backs == ()
    with opened(pack) as document:
        assert_sound(document)


# ---------------------------------------------------------------- received papers with faults


def joined_with(maker: PackMaker, change: Callable[[Pdf], None]) -> Pack:
    """A pack of the tagged received paper with a change made to it."""
    saved = io.BytesIO()
    with pikepdf.open(io.BytesIO(orders.victim_services().content)) as document:
        change(document)
        document.save(saved)
    changed = ReceivedFile("Victim services update", "changed.pdf", saved.getvalue())
    return maker.make(orders.order(papers={orders.VICTIMS: [changed]}))


def link_in_heading(document: Pdf, action: Dictionary) -> None:
    """Make the paper's first heading a link."""
    page = document.pages[0].obj
    link = document.make_indirect(
        Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([60, 700, 200, 720]), A=action, StructParent=90)
    )
    page.Annots = Array([link])
    heading = next(element for element in walk(document.Root.StructTreeRoot) if element.S == "/H2")
    heading.S = Name.Link
    heading.K = Array([*heading.K, Dictionary(Type=Name.OBJR, Obj=link, Pg=page)])


def test_a_link_that_is_tagged_stays_one(maker: PackMaker) -> None:
    address = "https://www.gov.uk/victims-code"
    pack = joined_with(maker, lambda paper: link_in_heading(paper, Dictionary(S=Name.URI, URI=String(address))))
    with opened(pack) as document:
        assert_sound(document)
        assert (2, address, address) in links_of(document)
        assert sum(element.S == "/Link" for element in walk(document.Root.StructTreeRoot.K.K[1])) == 1


def test_links_of_a_paper_without_tags_are_read_out_too(maker: PackMaker) -> None:
    def linked(paper: Pdf) -> None:
        link_in_heading(paper, Dictionary(S=Name.URI, URI=String("https://www.gov.uk")))
        del paper.Root.StructTreeRoot

    pack = joined_with(maker, linked)
    with opened(pack) as document:
        assert_sound(document)
        assert (2, "https://www.gov.uk", "https://www.gov.uk") in links_of(document)


def test_a_link_that_was_taken_out_leaves_its_words(maker: PackMaker) -> None:
    launch = Dictionary(S=Name.Launch, F=String("calc.exe"))
    pack = joined_with(maker, lambda paper: link_in_heading(paper, launch))
    with opened(pack) as document:
        assert_sound(document)
        assert ("Span", "Purpose of report") in read_out(document)
        assert all(page == 0 for page, _, _ in links_of(document))


def test_marked_content_that_lost_its_element_is_still_read(maker: PackMaker) -> None:
    def lose(paper: Pdf) -> None:
        whole = paper.Root.StructTreeRoot.K[0]
        del whole.K[2]

    pack = joined_with(maker, lose)
    with opened(pack) as document:
        assert_sound(document)
        whole = "\n".join(text for _, text in read_out(document))
    assert "Purpose of report" in whole
    assert not pack.claims.accessible


def test_a_page_without_any_tagged_content_has_no_place_in_the_parent_tree(maker: PackMaker) -> None:
    def with_cover(paper: Pdf) -> None:
        paper.add_blank_page(page_size=(595, 842))
        cover = paper.pages[-1].obj
        cover.Contents = paper.make_stream(b"/Artifact BMC 0.8 g 100 100 50 50 re f EMC")
        cover.StructParents = 0

    pack = joined_with(maker, with_cover)
    assert pack.claims.accessible
    with opened(pack) as document:
        assert_sound(document)
