"""The background: one thread, answers on the main thread, cancel, refusals, bugs, and silence after the end."""

from __future__ import annotations

import threading
import time

import pytest
from pytestqt.qtbot import QtBot

from pcp_desktop.desktop.jobs import Busy, Jobs
from pcp_desktop.domain.progress import Progress
from pcp_desktop.errors import UserError


def test_work_runs_in_one_thread_and_answers_on_the_main_one(qtbot: QtBot, jobs: Jobs) -> None:
    threads: list[threading.Thread] = []
    answers: list[tuple[int, bool]] = []

    def work(_progress: Progress) -> int:
        threads.append(threading.current_thread())
        return len(threads)

    for _time in range(3):
        jobs.start(
            work, lambda n: answers.append((n, threading.current_thread() is threading.main_thread())), words=""
        )
    qtbot.waitUntil(lambda: jobs.idle)
    assert answers == [(1, True), (2, True), (3, True)]
    assert len(set(threads)) == 1
    assert threads[0] is not threading.main_thread()


def test_cancelled_work_answers_nothing_and_says_so(qtbot: QtBot, jobs: Jobs) -> None:
    begun = threading.Event()
    told: list[str] = []

    def work(progress: Progress) -> None:
        begun.set()
        while True:
            progress("Counting", 1, 2)
            time.sleep(0.005)

    jobs.start(work, lambda _none: told.append("done"), words="Counting", cancelled=lambda: told.append("cancelled"))
    assert begun.wait(2)
    assert jobs.cancel()
    qtbot.waitUntil(lambda: jobs.idle)
    assert told == ["cancelled"]


def test_long_work_says_what_it_does_and_how_far_it_is(qtbot: QtBot, jobs: Jobs) -> None:
    seen: list[Busy | None] = []
    jobs.busy.connect(seen.append)

    def work(progress: Progress) -> None:
        progress("Reading sheet 2 of 3", 1, 3)
        time.sleep(0.8)

    jobs.start(work, lambda _none: None, words="Reading")
    qtbot.waitUntil(lambda: jobs.idle, timeout=3000)
    assert Busy("Reading sheet 2 of 3", 1, 3, False, True) in seen  # first only the cursor
    assert Busy("Reading sheet 2 of 3", 1, 3, True, True) in seen
    assert seen[-1] is None


def test_quick_work_shows_nothing(qtbot: QtBot, jobs: Jobs) -> None:
    seen: list[Busy | None] = []
    jobs.busy.connect(seen.append)
    jobs.start(lambda _progress: None, lambda _none: None, words="Quick")
    qtbot.waitUntil(lambda: jobs.idle)
    assert seen == [None]


def test_refusals_and_bugs_go_their_own_ways(qtbot: QtBot, jobs: Jobs) -> None:
    refused: list[tuple[UserError, str]] = []
    broken: list[BaseException] = []
    own: list[UserError] = []
    jobs.refused.connect(lambda error, title: refused.append((error, title)))
    jobs.broken.connect(broken.append)
    refusal, bug = UserError("It is locked.", "Nothing was stored.", "Close it."), ZeroDivisionError()

    def raising(error: Exception) -> None:
        def work(_progress: Progress) -> None:
            raise error

        jobs.start(work, lambda _none: None, words="", title="Not opened")

    raising(refusal)
    raising(bug)

    def refuse(_progress: Progress) -> None:
        raise refusal

    jobs.start(refuse, lambda _none: None, words="", failed=own.append)
    qtbot.waitUntil(lambda: jobs.idle)
    assert refused == [(refusal, "Not opened")]
    assert broken == [bug]
    assert own == [refusal]


def test_only_the_latest_of_replacing_jobs_answers(qtbot: QtBot, jobs: Jobs) -> None:
    answers: list[int] = []
    gate = threading.Event()
    jobs.start(lambda _progress: gate.wait(2), lambda _set: None, words="")
    for number in range(4):
        jobs.start(lambda _progress, number=number: number, answers.append, words="", replaces="page")  # type: ignore[misc]  # a default binds the loop's value
    gate.set()
    qtbot.waitUntil(lambda: jobs.idle)
    assert answers == [3]


def test_after_the_end_no_answer_comes_and_the_last_act_was_done(qtbot: QtBot) -> None:
    jobs = Jobs()
    answers: list[str] = []
    closed: list[bool] = []
    jobs.start(lambda _progress: "late", answers.append, words="")
    assert jobs.stop(lambda: closed.append(threading.current_thread() is not threading.main_thread()))
    jobs.start(lambda _progress: "later", answers.append, words="")
    qtbot.wait(50)
    assert answers == []
    assert closed == [True]


@pytest.mark.parametrize("times", [1, 2])
def test_stopping_twice_is_stopping_once(qtbot: QtBot, times: int) -> None:
    jobs = Jobs()
    assert all(jobs.stop() for _time in range(times))
