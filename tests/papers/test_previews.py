"""Pages as pictures, drawn in a child process of the width that is asked for."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

import pytest

from pcp_desktop.errors import Cancelled, UserError
from pcp_desktop.papers.pdf_reader import PdfReader
from pcp_desktop.papers.received import Reading
from tests.papers import pack_orders as orders


@pytest.fixture(name="reader", scope="module")
def _reader() -> Iterator[PdfReader]:
    with PdfReader() as reader:
        yield reader


def size_of(picture: bytes) -> tuple[int, int]:
    assert picture.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def test_a_page_is_drawn_as_wide_as_asked(reader: PdfReader) -> None:
    content = orders.victim_services().content
    for width in (120, 351):
        across, high = size_of(reader.page_picture(content, 0, width))
        assert across == width
        assert high == pytest.approx(width * 2**0.5, abs=1)


def test_a_picture_shows_the_page(reader: PdfReader) -> None:
    first, second = (reader.page_picture(orders.victim_services().content, page, 200) for page in (0, 1))
    assert first != second
    pixels = zlib.decompress(first[first.index(b"IDAT") + 4 : -16])
    assert 0 < sum(value < 128 for value in pixels) < len(pixels) / 10


def test_another_document_takes_the_place_of_the_last(reader: PdfReader) -> None:
    one, other = orders.victim_services().content, orders.force_change().content
    before = reader.page_picture(one, 0, 100)
    assert reader.page_picture(other, 0, 100) != before
    assert reader.page_picture(one, 0, 100) == before


def test_a_page_that_is_not_there_ends_the_child_and_not_the_program(reader: PdfReader) -> None:
    with pytest.raises(UserError, match="could not be"):
        reader.page_picture(orders.victim_services().content, 99, 100)
    assert reader.page_picture(orders.victim_services().content, 0, 100)


def test_a_received_paper_is_read_in_the_child_and_only_once(reader: PdfReader) -> None:
    source = orders.force_change()
    paper = reader.received(source.content, source.name)
    assert paper.reading is Reading.UNTAGGED

    def fail(words: str, done: int, of: int) -> None:
        raise AssertionError("it is read again")

    assert reader.received(source.content, source.name, fail) is paper


def test_a_refusal_comes_through_as_it_is(reader: PdfReader) -> None:
    with pytest.raises(UserError) as caught:
        reader.received(b"no PDF", "letter.doc")
    assert caught.value.what == "“letter.doc” is not a PDF, whatever its name says."


def test_reading_can_be_cancelled_and_goes_on_afterwards(reader: PdfReader) -> None:
    def stop(words: str, done: int, of: int) -> None:
        raise Cancelled

    source = orders.complaint()
    with pytest.raises(Cancelled):
        reader.received(source.content, source.name, stop)
    assert reader.received(source.content, source.name).pages == 3
