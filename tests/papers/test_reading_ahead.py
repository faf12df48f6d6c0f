"""Received papers are read while others are set, and whatever goes wrong comes out where it is asked for."""

from __future__ import annotations

import threading

import pytest

from pcp_desktop.domain.progress import unwatched
from pcp_desktop.errors import Cancelled, UserError
from pcp_desktop.papers.pdf_reader import PdfReader
from pcp_desktop.papers.reading_ahead import ReadingAhead, ReceivedFile
from tests.papers import pack_orders as orders


def background_threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("received papers")]


def test_pages_and_papers_are_those_of_the_reader() -> None:
    files = [orders.victim_services(), orders.force_change()]
    with PdfReader() as reader:
        with ReadingAhead(reader, files, unwatched) as ahead:
            assert [ahead.pages(file) for file in files] == [3, 4]
            papers = [ahead.paper(file) for file in files]
        assert [reader.received(file.content, file.name) for file in files] == papers
    assert background_threads() == []


def test_a_refusal_is_raised_where_the_file_is_asked_for() -> None:
    bad = ReceivedFile("Letter", "letter.pdf", b"Dear all")
    with PdfReader() as reader, ReadingAhead(reader, [orders.victim_services(), bad], unwatched) as ahead:
        assert ahead.pages(orders.victim_services()) == 3
        with pytest.raises(UserError, match=r"“letter\.pdf” is not a PDF"):
            ahead.pages(bad)


def test_the_person_is_told_of_the_work_in_front_and_may_cancel_the_one_behind() -> None:
    said: list[str] = []
    stopped = threading.Event()

    def progress(words: str, done: int, of: int) -> None:
        said.append(words)
        if stopped.is_set():
            raise Cancelled

    with PdfReader() as reader, ReadingAhead(reader, [orders.complaint()], progress) as ahead:
        ahead.progress("Setting the report", 0, 1)
        at = len(said)
        stopped.set()
        with pytest.raises(Cancelled):
            ahead.paper(orders.complaint())
    assert set(said[at:]) <= {"Setting the report"}


def test_an_error_in_front_stops_the_work_behind() -> None:
    with PdfReader() as reader:
        with pytest.raises(RuntimeError), ReadingAhead(reader, [orders.victim_services()], unwatched):
            raise RuntimeError("something else went wrong")
        assert background_threads() == []
        assert reader.received(orders.victim_services().content, "v.pdf").pages == 3
