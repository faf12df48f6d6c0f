"""How long pages take to build on the sample quarter; the window waits for them."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

import pytest

from pcp_desktop.analysis.pages import overview, priority
from pcp_desktop.domain.clearance import Audience
from tests.analysis.pages.sample import QUARTER, sample_facts

OVERVIEW_SECONDS = 0.1
PRIORITY_SECONDS = 0.04


def best_of_three(build: Callable[[], object]) -> float:
    """The least processor time of three runs in seconds, after one that fills the caches."""
    build()
    times = []
    for _run in range(3):
        start = time.process_time()
        build()
        times.append(time.process_time() - start)
    return min(times)


@pytest.mark.benchmark
def test_the_overview_is_there_at_once() -> None:
    """All measures and areas of the plan."""
    facts = sample_facts()
    assert best_of_three(lambda: overview.build(facts, QUARTER, Audience.PUBLIC)) < OVERVIEW_SECONDS


@pytest.mark.benchmark
def test_no_tab_keeps_the_reader_waiting() -> None:
    """The slowest priority."""
    facts = sample_facts()
    codes = [one.code for one in facts.plan.priorities]
    times = [best_of_three(partial(priority.build, facts, code, QUARTER, Audience.WORKING)) for code in codes]
    assert max(times) < PRIORITY_SECONDS
