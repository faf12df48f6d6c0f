"""Pages compared as text with the golden files; GOLDEN_UPDATE=1 writes them anew, to be read as a diff."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pcp_desktop.analysis.pages import overview, priority, returns
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.pages import Page
from tests.analysis.pages.as_text import as_text
from tests.analysis.pages.sample import QUARTER

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "pages"


def compare_with_golden(name: str, text: str) -> None:
    """Hold a page's text against its golden file, or write the file where GOLDEN_UPDATE is set."""
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("GOLDEN_UPDATE"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    assert path.exists(), f"{path.name} is missing: run with GOLDEN_UPDATE=1 and read the diff"
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("audience", [Audience.WORKING, Audience.PUBLIC])
def test_overview_as_text(facts: Facts, audience: Audience) -> None:
    """The whole overview for both views."""
    compare_with_golden(f"overview-{audience.value}", as_text(overview.build(facts, QUARTER, audience)))


@pytest.mark.parametrize("code", ["SP1", "SP3", "SP5", "SP6", "SP12", "SP14", "SP15", "SP18"])
@pytest.mark.parametrize("audience", [Audience.WORKING, Audience.PUBLIC])
def test_priority_as_text(facts: Facts, code: str, audience: Audience) -> None:
    """Areas, embargo, uneven dates, small numbers, the picture's priority, breaks, a target, limits of its own."""
    page = priority.build(facts, code, QUARTER, audience)
    compare_with_golden(f"{code.lower()}-{audience.value}", as_text(page))


def test_returns_as_text(facts: Facts) -> None:
    """The board of the sample quarter."""
    compare_with_golden("returns", as_text(returns.build(facts, QUARTER)))


def test_pages_are_built_from_facts_alone(facts: Facts) -> None:
    """The same facts give the same page."""
    pages: list[Page] = [overview.build(facts, QUARTER, Audience.PUBLIC) for _again in range(2)]
    assert pages[0] == pages[1]
