"""What goes back to a partner: its own figures whole, and of everybody else nothing that is held."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pcp_desktop.analysis.pages import partner
from pcp_desktop.domain.clearance import Clearance, ClearanceState
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.observations import Marker
from pcp_desktop.domain.pages import NO_FIGURE
from pcp_desktop.domain.partners import PartnerPage
from pcp_desktop.domain.returns import ReturnState
from tests.analysis.pages.sample import QUARTER

COUNTY, CITY, RUTLAND = "Leicestershire County Council", "Leicester City Council", "Rutland County Council"


def held_back(facts: Facts, measure: str) -> Facts:
    """The same facts with a measure that waits for its board."""
    return replace(facts, clearances=(*facts.clearances, Clearance(measure, ClearanceState.WAITING, QUARTER.end)))


def values(page: PartnerPage) -> set[tuple[str, str]]:
    return {(series.label, used.observation.key.area) for series in page.series for used in series.figures}


def test_every_stored_figure_goes_back_to_whoever_supplied_it(facts: Facts) -> None:
    sent = [
        used.observation
        for name in partner.organisations(facts)
        for series in partner.build(facts, name, QUARTER).series
        for used in series.figures
    ]
    assert len(sent) == len(set(map(id, sent)))
    assert {one.key for one in sent} == {one.key for one in facts.observations}


def test_of_a_shared_measure_each_gets_its_own_part(facts: Facts) -> None:
    label = "First-time entrants to the justice system, aged 10–17"
    assert (label, "Leicester City") in values(partner.build(facts, CITY, QUARTER))
    assert (label, "Leicestershire and Rutland") not in values(partner.build(facts, CITY, QUARTER))
    assert (label, "Leicestershire and Rutland") in values(partner.build(facts, COUNTY, QUARTER))


def test_while_a_shared_measure_is_held_its_other_parts_and_its_total_stay_away(facts: Facts) -> None:
    rows = {row.area: row for row in partner.build(held_back(facts, "first-time-entrants"), CITY, QUARTER).rows[:3]}
    assert rows["Leicester City"].latest.shown == "141"
    for area in ("Leicestershire and Rutland", facts.plan.area):
        assert rows[area].latest == NO_FIGURE  # the whole less one's own part would be the other's
        assert rows[area].change == NO_FIGURE
        assert rows[area].held_words


def test_a_file_name_that_two_organisations_use_tells_nothing(facts: Facts) -> None:
    city = next(one for one in facts.returns if one.file is not None and one.file.name == "YOS City.ods")
    same = tuple(
        replace(one, file=city.file) if one.expected and one.expected.code == "first-time-entrants-county" else one
        for one in facts.returns
    )
    page = partner.build(replace(facts, returns=same), CITY, QUARTER)
    assert not [one for one in page.series if one.label.startswith("First-time")]


def test_held_figures_of_its_own_come_with_the_reason_why_they_may_not_be_passed_on(facts: Facts) -> None:
    page = partner.build(facts, "Public Health", QUARTER)
    assert len(page.held) == len(page.series) == 4
    assert {one.held_words for one in page.series} == {"Not published before national release"}
    assert all(row.held_words for row in page.rows)


def test_figures_are_given_as_stored_and_as_shown_with_their_cell(facts: Facts) -> None:
    page = partner.build(facts, "Leicestershire Police", QUARTER)
    series = next(one for one in page.series if one.label == "Domestic burglary")
    assert len(series.figures) == 45 + 16  # and the counts and populations of eight forces
    own = [one for one in series.figures if one.observation.key.area == facts.plan.area]
    assert (own[-1].shown, own[-1].observation.source.cell) == ("370", "BI9")
    survey = next(one for one in page.series if one.label.startswith("Burglary, satisfaction"))
    assert survey.figures[0].shown.endswith("%")


def test_what_is_missing_is_said(facts: Facts) -> None:
    lines = partner.build(facts, RUTLAND, QUARTER).to_come
    assert lines[0].about == "Supported families, October"
    assert lines[0].words.startswith("Received, holds no performance figure.")
    assert "Held back: SP4" in lines[0].words
    assert [one.words for one in lines[1:]] == ["No figure is stored."] * 2


def test_a_query_an_older_figure_and_a_cell_without_one_are_said(facts: Facts) -> None:
    queried = tuple(
        replace(one, state=ReturnState.QUERIED) if one.expected and one.expected.code == "user-satisfaction" else one
        for one in facts.returns
    )
    observations = tuple(
        replace(one, value=None, marker=Marker.NOT_AVAILABLE)
        if (one.key.measure, one.key.area, one.key.period.end) == ("all-crime", facts.plan.area, QUARTER.end)
        and one.key.period.months == 1
        else one
        for one in facts.observations
    )
    changed = replace(facts, returns=queried, observations=observations)
    lines = partner.build(changed, "Leicestershire Police", QUARTER).to_come
    words = [f"{one.about}: {one.words}" for one in lines]
    assert any(one.startswith("User satisfaction: Queried") for one in words)
    assert any("The newest figure is for 12 months to May 2015." in one for one in words)
    assert any(one.startswith("All crime") and "Not available: recorded crime Q3.xlsx" in one for one in words)


def test_an_organisation_that_supplies_nothing_is_unknown(facts: Facts) -> None:
    with pytest.raises(KeyError):
        partner.build(facts, "Nobody", QUARTER)
