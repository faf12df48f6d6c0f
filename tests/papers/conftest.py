"""The sample quarter's public pages as fixtures."""

from __future__ import annotations

import pytest

from pcp_desktop.domain.pages import OverviewPage, PriorityPage
from tests.papers.sample_pages import overview_page, priority_pages


@pytest.fixture(name="overview", scope="session")
def _overview() -> OverviewPage:
    return overview_page()


@pytest.fixture(name="priorities", scope="session")
def _priorities() -> tuple[PriorityPage, ...]:
    return priority_pages()
