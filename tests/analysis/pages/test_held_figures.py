"""Nothing that an audience may not see has any influence on its pages, whatever is held and whatever its values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from random import Random

import pytest

from pcp_desktop.analysis.pages import overview, priority
from pcp_desktop.domain.clearance import Audience, Clearance, ClearanceState
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.observations import Marker, Observation, Source
from pcp_desktop.domain.periods import financial_year_start
from tests.analysis.pages.sample import QUARTER

PLANTED = 700_000_000
PAPERS = (Audience.PUBLIC, Audience.RESTRICTED)


def pages_of(facts: Facts, audience: Audience) -> tuple[object, ...]:
    """Everything an audience is shown: overview, tab bar and every priority."""
    codes = [one.code for one in facts.plan.priorities]
    tabs = tuple(priority.build(facts, code, QUARTER, audience) for code in codes)
    return overview.build(facts, QUARTER, audience), priority.tabs(facts, QUARTER, audience), *tabs


def with_random_clearances(facts: Facts, random: Random) -> Facts:
    """Each measure cleared or held in one of the four ways; a waiting measure has no record."""
    states = {measure.code: random.choice([*ClearanceState, ClearanceState.CLEARED]) for measure in facts.measures}
    waiting = ClearanceState.WAITING
    records = (Clearance(code, state, QUARTER.end) for code, state in states.items() if state is not waiting)
    return replace(facts, clearances=tuple(records))


def held_from(facts: Facts, audience: Audience) -> set[str]:
    """The measures whose figures the audience may not see: what is not cleared, exempt matters only in public."""
    seen = {ClearanceState.CLEARED} | ({ClearanceState.EXEMPT} if audience is Audience.RESTRICTED else set())
    return {one.code for one in facts.measures} - {one.measure for one in facts.clearances if one.state in seen}


def changed(facts: Facts, codes: Iterable[str], change: Callable[[Observation], Observation]) -> Facts:
    """The facts with every observation of some measures replaced."""
    which = set(codes)
    found = tuple(change(one) if one.key.measure in which else one for one in facts.observations)
    return replace(facts, observations=found)


@pytest.mark.parametrize("audience", PAPERS)
@pytest.mark.parametrize("seed", range(2))
def test_held_figures_leave_no_trace(facts: Facts, audience: Audience, seed: int) -> None:
    """Pages are the same whatever the held values, words, markers and cells are, and with none received at all."""
    random = Random(seed)
    held_back = with_random_clearances(facts, random)
    codes = held_from(held_back, audience)
    planted: list[float] = []

    def plant(one: Observation) -> Observation:
        planted.append(float(PLANTED + random.randrange(PLANTED)) + random.random())
        words = f"planted {planted[-1]}" if one.text else None
        source = Source("planted.xlsx", "Planted", "ZZ9")
        return replace(one, value=planted[-1], text=words, marker=random.choice(list(Marker)), source=source)

    pages = pages_of(changed(held_back, codes, plant), audience)
    assert planted
    written = repr(pages)
    assert "lanted" not in written
    for value in planted:
        for text in (repr(value), f"{value:.0f}", f"{value:,.0f}", f"{value:,.1f}"):
            assert text not in written
    kept = tuple(one for one in held_back.observations if one.key.measure not in codes)
    assert pages == pages_of(held_back, audience)
    assert pages == pages_of(replace(held_back, observations=kept), audience)


@pytest.mark.parametrize("seed", range(2))
def test_the_public_learns_years_of_sensitive_counts_and_nothing_else(facts: Facts, seed: int) -> None:
    """Spread over the months in any way, and with any current year, a sensitive count has the same public pages."""
    random = Random(seed)
    sensitive = {one.code for one in facts.measures if one.sensitive}
    years: dict[tuple[str, str, int], list[int]] = defaultdict(list)
    for place, one in enumerate(facts.observations):
        if one.key.measure in sensitive and one.value is not None:
            years[one.key.measure, one.key.area, financial_year_start(one.key.period.end)].append(place)
    shifted = list(facts.observations)
    for (_code, _area, year), places in years.items():
        values = [int(shifted[place].value or 0) for place in places]
        if financial_year_start(QUARTER.end) == year:
            values = [random.randrange(1000) for _place in places]
        else:
            for _step in range(50):
                less, more = random.randrange(len(values)), random.randrange(len(values))
                taken = random.randrange(values[less] + 1)
                values[less] -= taken
                values[more] += taken
        for place, value in zip(places, values, strict=True):
            shifted[place] = replace(shifted[place], value=float(value))
    assert shifted != list(facts.observations)
    assert pages_of(replace(facts, observations=tuple(shifted)), Audience.PUBLIC) == pages_of(facts, Audience.PUBLIC)


def test_what_is_not_published_is_not_said_to_be_missing(facts: Facts) -> None:
    """A sensitive percentage has no public line, and no word on whether its figures came."""
    measures = tuple(
        replace(one, sensitive=True) if one.code == "asb-satisfaction" else one for one in facts.measures
    )
    guarded = replace(facts, measures=measures)
    panel = priority.build(guarded, "SP8", QUARTER, Audience.PUBLIC).measures[0]
    assert panel.row.measure == "asb-satisfaction"
    assert panel.row.line == "Not published"
    assert panel.main is None
    assert panel.main_absent == "Not published, so that small numbers cannot point to a person."
    assert "received" not in repr(panel)
    without = tuple(one for one in guarded.observations if one.key.measure != "asb-satisfaction")
    again = priority.build(replace(guarded, observations=without), "SP8", QUARTER, Audience.PUBLIC)
    assert again.measures[0] == panel
