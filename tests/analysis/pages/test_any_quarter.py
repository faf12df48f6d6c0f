"""Pages can be built for any quarter and any state of a panel file: empty, half filled, or with another plan."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pcp_desktop.analysis.pages import overview, priority, returns
from pcp_desktop.domain import plan_file
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.measures import StatusRule
from pcp_desktop.domain.observations import Marker
from pcp_desktop.domain.periods import Period, quarter
from pcp_desktop.domain.status import Status
from tests.analysis.pages.sample import QUARTER, ROOT

QUARTERS = [quarter(year, number) for year in range(2012, 2017) for number in range(1, 5)]


@pytest.mark.parametrize("period", QUARTERS, ids=lambda period: period.label)
def test_every_quarter_has_its_pages(facts: Facts, period: Period) -> None:
    """From the first quarter of the baseline year to one that has not come."""
    for audience in Audience:
        page = overview.build(facts, period, audience)
        assert sum(count for _status, count in page.summary) + page.held == 19
        for row in page.all_rows:
            figure = row.latest
            assert figure.period is None or figure.period.start <= period.end
        for one in ("SP1", "SP12", "SP18"):
            assert priority.build(facts, one, period, audience).measures
    assert returns.build(facts, period).period == period


def test_baseline_is_not_compared_while_it_overlaps(facts: Facts) -> None:
    """Until the latest 12 months begin after the baseline year: too early."""
    for period in QUARTERS[3:7]:
        rows = overview.build(facts, period, Audience.WORKING).all_rows
        tested = [row for row in rows if row.status in (Status.IMPROVING, Status.DETERIORATING)]
        assert not tested, period.label


@pytest.mark.parametrize("name", ["2013-17", "2017-21"])
@pytest.mark.parametrize("audience", list(Audience))
def test_an_empty_panel_has_pages_that_say_so(facts: Facts, name: str, audience: Audience) -> None:
    """A new panel file with either shipped plan, before any return."""
    contents = plan_file.load((ROOT / f"resources/plans/{name}.json").read_text(encoding="utf-8"))
    empty = replace(
        facts,
        plan=contents.plan,
        measures=contents.measures,
        observations=(),
        clearances=(),
        breaks=contents.breaks,
        events=contents.events,
        peer_groups=contents.peer_groups,
        returns=(),
        meetings=(),
        last_accepted=None,
    )
    page = overview.build(empty, QUARTER, audience)
    assert page.accepted_words == "No figures accepted yet"
    assert {row.status for row in page.all_rows} == {Status.NOT_ASSESSED}
    for one in contents.plan.priorities:
        for panel in priority.build(empty, one.code, QUARTER, audience).measures:
            assert panel.main is None
            assert panel.main_absent
    assert returns.build(empty, QUARTER).rows == ()


def test_a_month_that_is_missing_is_a_gap(facts: Facts) -> None:
    """Never a nought: the point has no value, the table says so, and no total over it is shown."""
    gone = {("domestic-burglary", quarter(2015, 3).start)}
    observations = tuple(
        replace(one, value=None, marker=Marker.NOT_AVAILABLE)
        if (one.key.measure, one.key.period.start) in gone and one.key.area == facts.plan.area
        else one
        for one in facts.observations
    )
    panel = priority.build(replace(facts, observations=observations), "SP12", QUARTER, Audience.WORKING).measures[0]
    assert panel.main is not None
    point = panel.main.series[0].points[42]
    assert (point.period, point.value, point.shown) == ("October 2015", None, "not available")
    assert panel.main.table.rows[42][1] == "not available"
    assert panel.row.latest.shown == "–"
    assert panel.row.status is Status.NOT_ASSESSED


@pytest.mark.parametrize("rule", list(StatusRule))
def test_any_status_rule_makes_a_page(facts: Facts, rule: StatusRule) -> None:
    """A plan may choose another rule for each measure."""
    measures = tuple(
        replace(one, status_rule=rule, target=one.target or 100.0, tolerance=one.tolerance or 1.0)
        for one in facts.measures
    )
    changed = replace(facts, measures=measures)
    for one in facts.plan.priorities:
        page = priority.build(changed, one.code, QUARTER, Audience.WORKING)
        assert all(panel.main is None or len(panel.main.title) <= 90 for panel in page.measures)
