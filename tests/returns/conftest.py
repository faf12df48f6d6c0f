"""The facts of a new panel file on the shipped plan, and one reading child for all tests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import cache

import pytest

from pcp_desktop import paths
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.plan_file import load
from pcp_desktop.domain.returns import ReturnRecord, ReturnState
from pcp_desktop.returns.files.scan import Reader


@pytest.fixture(scope="session")
def facts() -> Facts:
    return facts_of_a_new_panel()


@cache
def facts_of_a_new_panel() -> Facts:
    """Facts on the shipped plan without any observation."""
    contents = load(paths.resource("plans/2013-17.json").read_text(encoding="utf-8"))
    return Facts(
        "test panel",
        contents.plan,
        contents.measures,
        (),
        (),
        contents.breaks,
        contents.events,
        contents.peer_groups,
        tuple(ReturnRecord(expected, ReturnState.EXPECTED) for expected in contents.expected_returns),
        contents.meetings,
        datetime(2016, 2, 26, 14, 32),
    )


@pytest.fixture(scope="session")
def reader() -> Iterator[Reader]:
    with Reader() as child:
        yield child
