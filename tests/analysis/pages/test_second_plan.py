"""A plan of another shape, with another baseline year, has its pages too: the crime table to March 2018."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from pcp_desktop.analysis.pages import overview, priority
from pcp_desktop.domain import plan_file
from pcp_desktop.domain.clearance import Audience, Clearance, ClearanceState
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.formats import number, signed
from pcp_desktop.domain.observations import Marker, Observation, ObservationKey, Source
from pcp_desktop.domain.pages import ChartKind
from pcp_desktop.domain.periods import PeriodKind, month, quarter
from tests.analysis.pages.sample import ROOT

PERIOD = quarter(2017, 4)
PRINTED = json.loads((Path(__file__).parent / "crime_table_to_march_2018.json").read_text(encoding="utf-8"))


def over_months(total: int, first_year: int) -> list[int]:
    """A total spread over the twelve months of a financial year by days and a mild season, with nothing lost."""
    months = [month(first_year + (at > 8), at % 12 + 4 if at < 9 else at - 8) for at in range(12)]
    weights = [one.days * (1 + 0.1 * math.sin(at)) for at, one in enumerate(months)]
    upto = [round(total * sum(weights[:at]) / sum(weights)) for at in range(13)]
    return [later - earlier for earlier, later in pairwise(upto)]


@pytest.fixture(scope="module")
def second(facts: Facts) -> Facts:
    """The plan of 2017 to 2021 with two years of invented months that have the printed totals, all cleared."""
    contents = plan_file.load((ROOT / "resources/plans/2017-21.json").read_text(encoding="utf-8"))
    by_label = {measure.label: measure for measure in contents.measures}
    observations = []
    for row, printed in enumerate(PRINTED):
        measure = by_label[printed["measure"]]
        values = [*over_months(printed["baseline"], 2016), *over_months(printed["latest"], 2017)]
        for at, value in enumerate(values):
            key = ObservationKey(measure.code, contents.plan.area, month(2016, 4).shifted(at))
            source = Source("crime table.xlsx", "Months", f"{chr(ord('B') + at)}{row + 2}")
            observations.append(Observation(key, float(value), Marker.FINAL, source))
    cleared = (Clearance(one.code, ClearanceState.CLEARED, PERIOD.end) for one in contents.measures)
    return replace(
        facts,
        plan=contents.plan,
        measures=contents.measures,
        observations=tuple(sorted(observations, key=lambda one: (one.key.measure, one.key.period))),
        clearances=tuple(cleared),
        breaks=contents.breaks,
        events=contents.events,
        peer_groups=contents.peer_groups,
        returns=(),
        meetings=contents.meetings,
    )


@pytest.mark.parametrize("audience", list(Audience))
def test_all_fifteen_rows_come_out_as_printed(second: Facts, audience: Audience) -> None:
    """Latest, baseline, change and % change of the printed table, for the public as well."""
    labels = {measure.code: measure.label for measure in second.measures}
    rows = {labels[row.measure]: row for row in overview.build(second, PERIOD, audience).all_rows}
    assert len(PRINTED) == len(rows) == 15
    for printed in PRINTED:
        row = rows[printed["measure"]]
        assert row.latest.shown == number(printed["latest"])
        assert row.baseline.shown == number(printed["baseline"])
        assert row.change.shown == signed(printed["change"])
        assert row.change_percent.shown == f"{signed(printed['percent'], 1)}%"
        assert len(row.change.sources) == (2 if row.latest.sources[0].cell.count("to") else 24)


def test_the_plan_gives_the_words(second: Facts) -> None:
    """Five themes, its own baseline year, and nothing of the first plan."""
    page = overview.build(second, PERIOD, Audience.PUBLIC)
    assert page.scope == f"5 priorities, {len([one for one in second.measures if one.lead])} measures"
    assert (page.baseline_words, page.latest_words) == ("2016/17", "12 months to March 2018")
    assert page.themes[0].theme == "Visible policing"
    assert "2012/13" not in repr(page)
    assert "SP" not in {row.priority[:2] for row in page.all_rows}
    assert page.sentence.startswith("Of 4 measures, ")


def test_each_priority_has_its_charts(second: Facts) -> None:
    """Control charts with limits from 2016/17, and titles that fit."""
    for one in second.plan.priorities:
        page = priority.build(second, one.code, PERIOD, Audience.WORKING)
        for panel in page.measures:
            assert panel.main is not None
            assert panel.main.kind is ChartKind.CONTROL
            assert panel.main.baseline == (0, 11, "Baseline year 2016/17")
            assert "limits from 2016/17 (provisional: 12 points)" in panel.main.subtitle
            assert len(panel.main.title) <= 90


def test_rape_is_published_as_years(second: Facts) -> None:
    """A sensitive count of a plan with two complete years has both of them, and no month."""
    rows = overview.build(second, PERIOD, Audience.PUBLIC).all_rows
    rape = next(row for row in rows if row.measure == "rape")
    kinds = {one.period.kind for one in (rape.latest, rape.baseline) if one.period is not None}
    assert kinds == {PeriodKind.FINANCIAL_YEAR}
    assert rape.sparkline is None
