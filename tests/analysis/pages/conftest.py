"""Facts and pages of the sample quarter, made once for all tests of pages."""

from __future__ import annotations

import pytest

from pcp_desktop.analysis.pages import overview, priority
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.pages import OverviewPage, PriorityPage
from tests.analysis.pages.sample import QUARTER, sample_facts


@pytest.fixture(scope="session")
def facts() -> Facts:
    """Everything accepted and, but for the treatment measures, cleared."""
    return sample_facts()


@pytest.fixture(scope="session")
def working(facts: Facts) -> OverviewPage:
    """The working overview."""
    return overview.build(facts, QUARTER, Audience.WORKING)


@pytest.fixture(scope="session")
def public(facts: Facts) -> OverviewPage:
    """The public overview: the dashboard."""
    return overview.build(facts, QUARTER, Audience.PUBLIC)


@pytest.fixture(scope="session")
def public_tabs(facts: Facts) -> tuple[PriorityPage, ...]:
    """Every priority's page for the public."""
    return tuple(priority.build(facts, one.code, QUARTER, Audience.PUBLIC) for one in facts.plan.priorities)


@pytest.fixture(scope="session")
def working_tabs(facts: Facts) -> tuple[PriorityPage, ...]:
    """Every priority's page in the working view."""
    return tuple(priority.build(facts, one.code, QUARTER, Audience.WORKING) for one in facts.plan.priorities)
