"""Child processes are kept warm, stopped when they should be, and replaced; the typesetter keeps what it has set."""

from __future__ import annotations

import threading

import pytest

from pcp_desktop.domain.progress import Progress, unwatched
from pcp_desktop.errors import Cancelled
from pcp_desktop.papers.child import Child, ChildDied, ChildTooSlow
from pcp_desktop.papers.typst import Typesetter
from tests.papers.sample_pages import MOMENT

TYPST = "pcp_desktop.papers.typst_child"
STAMP = {"letters": "0123456789"}


def counted(calls: list[str]) -> Progress:
    def told(words: str, done: int, of: int) -> None:
        calls.append(words)

    return told


def test_a_child_that_dies_is_said_and_replaced() -> None:
    with Child("pcp_desktop.no_such_module") as child, pytest.raises(ChildDied):
        child.ask({}, b"", unwatched, "Waiting", 10)
    with Child(TYPST) as child:
        for _time in range(2):
            with pytest.raises(ChildDied):
                child.ask({"no": "job"}, b"", unwatched, "Waiting", 10)


def test_a_child_that_takes_too_long_is_stopped() -> None:
    with Child("tests.papers.slow_child") as child, pytest.raises(ChildTooSlow):
        child.ask({}, b"", unwatched, "Waiting", 0.3)
    assert not [thread for thread in threading.enumerate() if thread.name == "paper child"]


def test_a_child_is_stopped_when_the_person_cancels() -> None:
    calls = 0

    def stop(words: str, done: int, of: int) -> None:
        nonlocal calls
        calls += 1
        if calls > 2:
            raise Cancelled

    with Child("tests.papers.slow_child") as child, pytest.raises(Cancelled):
        child.ask({}, b"", stop, "Waiting", 60)
    assert not [thread for thread in threading.enumerate() if thread.name == "paper child"]


def test_the_same_paper_is_set_once() -> None:
    with Typesetter() as typesetter:
        first = typesetter.pdf("stamp.typ", STAMP, timestamp=MOMENT)
        calls: list[str] = []
        assert typesetter.pdf("stamp.typ", STAMP, timestamp=MOMENT, progress=counted(calls), words="Setting") is first
        assert calls == ["Setting"]
        assert typesetter.pdf("stamp.typ", {"letters": "0"}, timestamp=MOMENT) != first


def test_a_typesetter_goes_on_after_it_was_closed() -> None:
    typesetter = Typesetter()
    first = typesetter.pdf("stamp.typ", STAMP, timestamp=MOMENT)
    typesetter.close()
    assert typesetter.pdf("stamp.typ", STAMP, timestamp=MOMENT) is first
    assert typesetter.pdf("stamp.typ", {"letters": "7"}, timestamp=MOMENT)
    typesetter.close()
