"""Small numbers as amber: what a Panel's convention changes on the pages, and that they are still counted apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pcp_desktop.analysis.pages import overview, priority, report_sentences
from pcp_desktop.analysis.status import AMBER_CAVEAT
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.observations import Observation, Part
from pcp_desktop.domain.pages import MeasurePanel
from pcp_desktop.domain.status import Mark, Status
from tests.analysis.pages.sample import QUARTER

SURVEY = "asb-satisfaction"
FEW = {Part.NUMERATOR: 15.0, Part.DENOMINATOR: 20.0}


@pytest.fixture
def plain(facts: Facts) -> Facts:
    """The sample quarter with twenty answers on anti-social behaviour, which leads its priority."""

    def fewer(one: Observation) -> Observation:
        latest = one.key.measure == SURVEY and one.key.period.end == QUARTER.end
        return replace(one, value=FEW[one.key.part]) if latest and one.key.part in FEW else one

    return replace(facts, observations=tuple(fewer(one) for one in facts.observations))


@pytest.fixture
def amber(plain: Facts) -> Facts:
    return replace(plain, small_numbers_are_amber=True)


def panel_of(facts: Facts, audience: Audience) -> MeasurePanel:
    page = priority.build(facts, "SP8", QUARTER, audience)
    return next(one for one in page.measures if one.row.measure == SURVEY)


@pytest.mark.parametrize("audience", Audience)
def test_they_are_amber_with_their_own_word_everywhere_and_why_says_what_that_is(
    plain: Facts, amber: Facts, audience: Audience
) -> None:
    assert priority.build(plain, "SP8", QUARTER, audience).status is Status.NOT_ASSESSED
    page = priority.build(amber, "SP8", QUARTER, audience)
    assert (page.status, page.status.mark) == (Status.SMALL_NUMBERS, Mark.SAME)
    assert {tab.code: tab.status for tab in priority.tabs(amber, QUARTER, audience)}["SP8"] is page.status
    found = panel_of(amber, audience)
    assert (found.row.status.word, found.row.assessment.short_reason) == ("Small numbers", "Not assessed")
    assert found.why.heading == "Why “Small numbers”?"
    assert found.why.explanation[0].text.startswith("Small numbers: a base of")
    assert AMBER_CAVEAT in found.why.caveats
    assert AMBER_CAVEAT not in panel_of(plain, audience).why.caveats
    assert found.row.sparkline is None


def test_the_summary_counts_them_apart_from_what_shows_no_clear_change(plain: Facts, amber: Facts) -> None:
    before, after = (overview.build(one, QUARTER, Audience.PUBLIC) for one in (plain, amber))
    counts = dict(after.summary)
    assert counts[Status.SMALL_NUMBERS] == 1
    assert counts[Status.NO_CLEAR_CHANGE] == dict(before.summary)[Status.NO_CLEAR_CHANGE]
    assert counts[Status.NOT_ASSESSED] == dict(before.summary)[Status.NOT_ASSESSED] - 1
    assert "1 is amber because of small numbers" in after.sentence
    key = dict(after.key)
    assert "convention" in key[Status.SMALL_NUMBERS]
    assert "small numbers" not in key[Status.NOT_ASSESSED]
    assert "small numbers" in dict(before.key)[Status.NOT_ASSESSED]
    said = " ".join(report_sentences.summary(amber, after))
    opening = "Amber by convention because of small numbers, and not assessed: satisfaction with service for"
    assert opening in said
    assert "Amber" not in " ".join(report_sentences.summary(plain, before))


def test_no_other_measure_changes(plain: Facts, amber: Facts) -> None:
    before, after = (overview.build(one, QUARTER, Audience.WORKING).all_rows for one in (plain, amber))
    changed = {one.measure for one, other in zip(before, after, strict=True) if one != other}
    assert changed == {SURVEY, "sexual-offences-satisfaction"}
