"""The typesetter keeps what it has set, and its compiler is replaced when it ends."""

from __future__ import annotations

import pytest

from pcp_desktop.child_process import Child, ChildDied
from pcp_desktop.domain.progress import Progress, unwatched
from pcp_desktop.papers.typst import Typesetter
from tests.papers.sample_pages import MOMENT

TYPST = "pcp_desktop.papers.typst_child"
STAMP = {"letters": "0123456789"}


def counted(calls: list[str]) -> Progress:
    def told(words: str, done: int, of: int) -> None:
        calls.append(words)

    return told


def test_a_compiler_that_ends_on_a_job_is_replaced() -> None:
    with Child(TYPST) as child:
        for _time in range(2):
            with pytest.raises(ChildDied):
                child.ask({"no": "job"}, b"", unwatched, "Waiting", 10)


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
