"""A figure to another date than the report's quarter carries that date on every page, for every audience."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pcp_desktop.analysis.pages import overview, priority, report_sentences
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.facts import Facts
from tests.analysis.pages.sample import QUARTER

MAY = date(2015, 5, 31)


@pytest.fixture(scope="module")
def late(facts: Facts) -> Facts:
    """The sample quarter with all crime to May 2015 only."""
    kept = (one for one in facts.observations if one.key.measure != "all-crime" or one.key.period.end <= MAY)
    return replace(facts, observations=tuple(kept))


@pytest.mark.parametrize("audience", Audience)
def test_the_date_stands_with_the_figure(late: Facts, audience: Audience) -> None:
    page = overview.build(late, QUARTER, audience)
    row = next(one for one in page.all_rows if one.measure == "all-crime")
    assert row.latest.period is not None
    assert row.latest.period.end == MAY
    assert "Latest figure: 12 months to May 2015" in row.notes
    assert any(note.text == "All crime. The latest figure is for the 12 months to May 2015." for note in page.notes)
    told = " ".join(report_sentences.summary(late, page))
    assert f"{row.latest.shown} (to May 2015)" in told
    panel = priority.build(late, "SP11", QUARTER, audience).measures[0]
    assert panel.facts[0].label == "12 months to May 2015"
    assert panel.main is not None
    assert "May 2015" in panel.main.title


def test_figures_of_the_quarter_itself_carry_no_date_of_their_own(facts: Facts) -> None:
    page = overview.build(facts, QUARTER, Audience.PUBLIC)
    assert "(58,805 to 59,653, +1.4%)" in " ".join(report_sentences.summary(facts, page))
