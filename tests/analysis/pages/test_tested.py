"""What the tests behind a page promise: those that its audience may know of, and new ones when the facts are new."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from pcp_desktop.analysis.pages import overview
from pcp_desktop.analysis.pages.tested import p_values
from pcp_desktop.domain.clearance import Audience
from tests.analysis.pages.sample import QUARTER, sample_facts


def test_they_are_those_of_the_rows_that_the_audience_sees() -> None:
    facts = sample_facts()
    for audience in Audience:
        rows = overview.build(facts, QUARTER, audience).all_rows
        values = [row.assessment.p_value for row in rows if row.assessment.p_value is not None]
        assert list(p_values(facts, QUARTER, audience)) == values
    assert len(p_values(facts, QUARTER, Audience.PUBLIC)) < len(p_values(facts, QUARTER, Audience.WORKING))


def test_they_are_kept_while_the_facts_stand_and_made_anew_when_a_figure_changes() -> None:
    facts = sample_facts()
    kept = p_values(facts, QUARTER, Audience.WORKING)
    later = replace(facts, now=facts.now + timedelta(minutes=5))
    assert p_values(later, QUARTER, Audience.WORKING) is kept
    last = [one for one in facts.observations if one.key.measure == "domestic-burglary"][40]
    doubled = replace(last, value=2000.0)
    changed = tuple(doubled if one is last else one for one in facts.observations)
    assert p_values(replace(facts, observations=changed), QUARTER, Audience.WORKING) != kept
