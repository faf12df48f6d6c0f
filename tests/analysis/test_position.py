"""What a position promises: rank by rate among the forces that have one, ties, and which end is first."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from pcp_desktop.analysis.funnel import Standing
from pcp_desktop.analysis.position import group_at, position
from pcp_desktop.domain.measures import Measure, PeerGroup, Polarity
from pcp_desktop.domain.observations import Observation, Part
from pcp_desktop.domain.periods import Period, twelve_months_to
from tests.analysis.made_facts import (
    AREA,
    GROUP,
    THROUGH,
    a_measure,
    a_proportion,
    a_rate,
    facts_of,
    monthly,
    observed,
    with_base,
)

YEAR = twelve_months_to(2015, 12)


def crimes(
    measure: Measure, rates: dict[str, tuple[float, float]], period: Period = YEAR, own_area: str = "Ours"
) -> list[Observation]:
    found = []
    for force, (count, people) in rates.items():
        area = own_area if force == "Ours" else force
        found.append(observed(measure, period, count, area=area))
        found.append(observed(measure, period, people, Part.DENOMINATOR, area))
    return found


def test_the_lowest_rate_per_1000_is_first() -> None:
    measure = a_measure()
    rates = {"A": (100.0, 1000.0), "B": (50.0, 2000.0), "Ours": (60.0, 1000.0), "C": (90.0, 1000.0)}
    found = position(facts_of([measure], crimes(measure, rates)), measure, THROUGH)
    assert found is not None
    assert (found.rank, found.of, found.tied, found.best_first) == (2, 4, False, True)
    assert [(rate.force, rate.rate) for rate in found.rates] == [
        ("B", 25.0),
        ("Ours", 60.0),
        ("C", 90.0),
        ("A", 100.0),
    ]
    assert found.key == "1st = lowest rate"
    assert found.period == YEAR
    assert len(found.sources) == 8
    assert found.note == "membership of 2015/16"


def test_the_own_figures_may_stand_under_the_plans_area_beside_its_months() -> None:
    measure = a_measure()
    items = crimes(measure, {"A": (100.0, 1000.0), "Ours": (60.0, 1000.0)}, own_area=AREA) + monthly(
        measure, [5] * 45
    )
    found = position(facts_of([measure], items), measure, THROUGH)
    assert found is not None
    assert (found.rank, found.of) == (1, 2)


def test_equal_rates_share_a_rank_exactly() -> None:
    measure = a_measure()
    rates = {"A": (1.0, 3000.0), "Ours": (2.0, 6000.0), "B": (3.0, 9000.0), "C": (9.0, 9000.0)}
    found = position(facts_of([measure], crimes(measure, rates)), measure, THROUGH)
    assert found is not None
    assert (found.rank, found.of, found.tied) == (1, 4, True)


def test_a_force_without_a_rate_is_not_counted() -> None:
    measure = a_measure()
    items = crimes(measure, {"A": (100.0, 1000.0), "Ours": (60.0, 1000.0), "B": (1.0, 1000.0)})
    items = [item for item in items if item.key.area != "B" or item.key.part is Part.VALUE]
    found = position(facts_of([measure], items), measure, THROUGH)
    assert found is not None
    assert found.of == 2


def test_without_the_own_rate_or_without_peers_there_is_no_position() -> None:
    measure = a_measure()
    alone = crimes(measure, {"Ours": (60.0, 1000.0)})
    others = crimes(measure, {"A": (60.0, 1000.0), "B": (60.0, 1000.0)})
    for items in (alone, others, []):
        assert position(facts_of([measure], items), measure, THROUGH) is None
    assert position(facts_of([measure], alone + others, groups=()), measure, THROUGH) is None


def test_for_satisfaction_the_highest_is_first() -> None:
    measure = a_proportion()
    items = [
        observed(measure, YEAR, value, area=force) for force, value in (("A", 70.0), ("Ours", 80.0), ("B", 75.0))
    ]
    found = position(facts_of([measure], items), measure, THROUGH)
    assert found is not None
    assert (found.rank, found.key, found.best_first) == (1, "1st = highest", True)


def test_where_reporting_is_welcome_first_is_neither_good_nor_bad() -> None:
    measure = a_measure(polarity=Polarity.HIGHER_REPORTING_WELCOME)
    found = position(
        facts_of([measure], crimes(measure, {"A": (9.0, 1000.0), "Ours": (6.0, 1000.0)})), measure, THROUGH
    )
    assert found is not None
    assert (found.rank, found.best_first) == (1, False)


def test_the_latest_figures_by_the_day_are_used() -> None:
    measure = a_measure()
    older = crimes(measure, {"A": (1.0, 1000.0), "Ours": (2.0, 1000.0)}, twelve_months_to(2015, 9))
    newer = crimes(measure, {"A": (2.0, 1000.0), "Ours": (1.0, 1000.0)})
    facts = facts_of([measure], older + newer)
    latest, before = position(facts, measure, THROUGH), position(facts, measure, date(2015, 11, 30))
    assert latest is not None
    assert before is not None
    assert (latest.rank, before.rank) == (1, 2)


def test_the_group_of_the_figures_year_is_used_and_the_earliest_before_any() -> None:
    later = PeerGroup(date(2016, 4, 1), ("Ours", "Z"), "Ours")
    assert group_at((later, GROUP), YEAR) is GROUP
    assert group_at((later,), YEAR) is later


@given(st.lists(st.integers(1, 20), min_size=4, max_size=4), st.integers(2, 9))
def test_rank_and_ties_follow_the_rates_whatever_their_scale(counts: list[int], scale: int) -> None:
    measure = a_measure()
    forces = ("Ours", "A", "B", "C")
    for factor in (1, scale):
        rates = {force: (float(factor * count), 1000.0) for force, count in zip(forces, counts, strict=True)}
        found = position(facts_of([measure], crimes(measure, rates)), measure, THROUGH)
        assert found is not None
        assert found.rank == 1 + sum(count < counts[0] for count in counts)
        assert found.tied == (counts.count(counts[0]) > 1)


@given(
    st.lists(st.tuples(st.integers(0, 6), st.sampled_from([1000, 3000, 7000])), min_size=2, max_size=8),
    st.booleans(),
)
def test_ranks_with_ties_are_those_of_exact_rates_seen_from_every_force(
    forces: list[tuple[int, int]], share: bool
) -> None:
    """One more than are before it, and equal rates of different size tied ("=3rd of 8"), whichever force asks."""
    measure = a_proportion() if share else a_measure()
    names = [f"F{at}" for at in range(len(forces))]
    exact_rates = [Fraction(people * top, people * 7) for top, people in forces]
    for own, rate in zip(names, exact_rates, strict=True):
        items = []
        for name, (top, people) in zip(names, forces, strict=True):
            events, base = float(people * top), float(people * 7)
            if share:
                items += with_base(measure, YEAR, events, base, name)
            else:
                items += crimes(measure, {name: (events, base)})
        group = PeerGroup(date(2015, 4, 1), tuple(names), own, "")
        found = position(facts_of([measure], items, groups=(group,)), measure, THROUGH)
        assert found is not None
        before = [one > rate if share else one < rate for one in exact_rates]
        assert (found.rank, found.of) == (1 + sum(before), len(forces))
        assert found.tied == (exact_rates.count(rate) > 1)
        assert [one.exact for one in found.rates] == sorted((one.exact for one in found.rates), reverse=share)


def test_a_rate_returned_with_its_events_and_people_is_ranked_per_1000() -> None:
    measure = a_rate()
    items = [
        *with_base(measure, YEAR, 60, 1000, "Ours"), *with_base(measure, YEAR, 50, 2000, "A"),
        observed(measure, YEAR, 70.0, area="B"),
    ]  # fmt: skip
    found = position(facts_of([measure], items), measure, THROUGH)
    assert found is not None
    assert [(one.force, one.rate) for one in found.rates] == [("A", 25.0), ("Ours", 60.0), ("B", 70.0)]


def group_of_six(own: float) -> dict[str, tuple[float, float]]:
    others = {force: (3000.0 + 40 * at, 1_000_000.0) for at, force in enumerate("ABCDE")}
    return {"Ours": (own, 1_000_000.0), **others}


SIX = PeerGroup(date(2015, 4, 1), ("Ours", "A", "B", "C", "D", "E"), "Ours", "membership of 2015/16")


def test_the_funnel_says_whether_the_own_rate_is_to_be_expected_of_the_group() -> None:
    measure = a_measure()
    for own, standing in ((3060.0, Standing.WITHIN), (9000.0, Standing.FAR_HIGH)):
        found = position(facts_of([measure], crimes(measure, group_of_six(own)), groups=(SIX,)), measure, THROUGH)
        assert found is not None
        assert found.standing is standing
        assert found.own.events == own
        assert found.funnel is not None
        assert (found.funnel.standing(own, 1_000_000.0)) is standing


def test_a_small_group_or_percentages_without_their_base_have_a_rank_and_no_funnel() -> None:
    measure = a_measure()
    small = position(
        facts_of([measure], crimes(measure, {"A": (9.0, 1000.0), "Ours": (6.0, 1000.0)})), measure, THROUGH
    )
    share = a_proportion()
    items = [observed(share, YEAR, 70.0 + at, area=force) for at, force in enumerate(SIX.forces)]
    bare = position(facts_of([share], items, groups=(SIX,)), share, THROUGH)
    for found in (small, bare):
        assert found is not None
        assert (found.funnel, found.standing) == (None, None)


def test_the_position_in_last_years_group_stands_beside_this_years_where_membership_changed() -> None:
    measure = a_measure()
    rates = {"A": (1.0, 1000.0), "B": (2.0, 1000.0), "Ours": (5.0, 1000.0), "Z": (9.0, 1000.0)}
    items = crimes(measure, rates)
    last = PeerGroup(date(2014, 4, 1), ("Ours", "A", "Z"), "Ours")
    now = PeerGroup(date(2015, 4, 1), ("Ours", "A", "B"), "Ours")
    found = position(facts_of([measure], items, groups=(last, now)), measure, THROUGH)
    assert found is not None
    assert (found.rank, found.of) == (3, 3)
    assert found.last_group is not None
    assert (found.last_group.rank, found.last_group.of) == (2, 3)
    assert found.last_group.period == found.period
    same = PeerGroup(date(2014, 4, 1), ("B", "A"), "Ours")
    unchanged = position(facts_of([measure], items, groups=(same, now)), measure, THROUGH)
    assert unchanged is not None
    assert unchanged.last_group is None
