"""Child processes are kept warm, stopped when they should be, replaced, and held to their limits."""

from __future__ import annotations

import sys
import threading

import pytest

from pcp_desktop.child_process import Child, ChildDied, ChildTooSlow
from pcp_desktop.domain.progress import unwatched
from pcp_desktop.errors import Cancelled

STUBBORN = "tests.stubborn_child"


def _no_thread_is_left() -> bool:
    return not [thread for thread in threading.enumerate() if thread.name == "child process"]


def test_one_child_answers_request_after_request() -> None:
    with Child(STUBBORN) as child:
        for content in (b"", b"bytes\n{with} lines", bytes(300_000)):
            head, answer = child.ask({"do": "echo", "n": len(content)}, content, unwatched, "Waiting", 10)
            assert (head["n"], answer) == (len(content), content)


def test_a_child_that_dies_is_said_and_replaced() -> None:
    with Child("pcp_desktop.no_such_module") as child, pytest.raises(ChildDied):
        child.ask({}, b"", unwatched, "Waiting", 10)
    with Child(STUBBORN) as child:
        with pytest.raises(ChildDied):
            child.ask({"do": "vanish"}, b"", unwatched, "Waiting", 10)
        assert child.ask({"do": "echo"}, b"again", unwatched, "Waiting", 10)[1] == b"again"


def test_a_child_that_takes_too_long_is_stopped() -> None:
    with Child(STUBBORN) as child, pytest.raises(ChildTooSlow):
        child.ask({"do": "sleep"}, b"", unwatched, "Waiting", 0.3)
    assert _no_thread_is_left()


def test_a_child_is_stopped_when_the_person_cancels() -> None:
    calls = 0

    def stop(words: str, done: int, of: int) -> None:
        nonlocal calls
        calls += 1
        if calls > 2:
            raise Cancelled

    with Child(STUBBORN) as child, pytest.raises(Cancelled):
        child.ask({"do": "sleep"}, b"", stop, "Waiting", 60)
    assert _no_thread_is_left()


if sys.platform == "linux":

    def test_a_child_that_asks_for_more_memory_than_it_may_have_is_refused() -> None:
        with Child(STUBBORN) as child:
            assert child.ask({"do": "grow"}, b"", unwatched, "Waiting", 20)[0]["refused"]

    def test_a_child_that_calculates_for_longer_than_it_may_is_too_slow_whatever_the_clock_says() -> None:
        with Child(STUBBORN) as child:
            with pytest.raises(ChildTooSlow):
                child.ask({"do": "calculate"}, b"", unwatched, "Waiting", 300)
            assert child.ask({"do": "echo"}, b"next", unwatched, "Waiting", 10)[1] == b"next"
