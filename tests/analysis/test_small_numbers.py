"""What the public reads of counts that add up by area and by category, and of what was published before."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from pcp_desktop.analysis.disclosure import releasable
from pcp_desktop.analysis.small_numbers import family, published_counts
from pcp_desktop.domain.clearance import Audience, Clearance, ClearanceState
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.measures import Measure
from pcp_desktop.domain.meetings import PublishedPack
from pcp_desktop.domain.observations import Observation
from tests.analysis.made_facts import AREA, THROUGH, a_measure, facts_of, monthly

PARTS = ("North", "South", "West")
ALL = a_measure("all", sensitive=True, areas=PARTS)
HATE = a_measure("hate", sensitive=True, areas=PARTS, part_of="all")
OTHER = a_measure("other", sensitive=True, areas=PARTS, part_of="all")


def year_of(measure: Measure, **counts: int) -> list[Observation]:
    """The counts of 2012/13 by area, each in its first month."""
    return [
        item for area, count in counts.items() for item in monthly(measure, [float(count)] + [0.0] * 11, area=area)
    ]


def public(facts: Facts) -> dict[tuple[str, str], float | None]:
    found = releasable(facts, Audience.PUBLIC, THROUGH).observations
    return {(item.key.measure, item.key.area): item.value for item in found}


def hidden(facts: Facts) -> set[tuple[str, str]]:
    return {place for place, value in public(facts).items() if value is None}


def test_a_family_is_whatever_adds_up_with_a_measure() -> None:
    apart = a_measure("apart")
    facts = facts_of([HATE, ALL, apart, OTHER], [])
    assert [one.code for one in family(facts, HATE)] == ["hate", "all", "other"]
    assert family(facts, apart) == (apart,)


def test_a_small_count_of_one_category_takes_others_with_it_across_the_table() -> None:
    """The north's 3 follows from its categories' total and from the areas' total: both ways are closed."""
    items = [
        *year_of(ALL, North=23, South=28, West=40),
        *year_of(HATE, North=3, South=8, West=10),
        *year_of(OTHER, North=20, South=20, West=30),
    ]
    gone = hidden(facts_of([ALL, HATE, OTHER], items))
    assert ("hate", "North") in gone
    assert len({area for code, area in gone if code == "hate"}) > 1
    assert len({code for code, area in gone if area == "North"}) > 1


def test_a_total_that_is_not_sensitive_stays_and_a_part_goes_instead() -> None:
    whole = a_measure("all", areas=PARTS)
    items = [*year_of(whole, North=23), *year_of(HATE, North=3), *year_of(OTHER, North=20)]
    assert hidden(facts_of([whole, HATE, OTHER], items)) == {("hate", "North"), ("other", "North")}


def test_parts_that_nobody_returned_cannot_be_less_than_nothing() -> None:
    """The whole is 5 and the south 4: even without the west's return, 1 is all that is left for the north."""
    measure = replace(ALL, code="m")
    items = [*year_of(measure, North=1, South=4), *monthly(measure, [6.0] + [0.0] * 11)]
    assert hidden(facts_of([measure], items)) == {("m", "North"), ("m", "South")}
    items = [*year_of(measure, North=1, South=5), *monthly(measure, [6.0] + [0.0] * 11)]
    assert hidden(facts_of([measure], items)) == {("m", "North"), ("m", "South")}


def test_what_may_not_be_published_gives_nothing_away_and_is_not_kept_as_published() -> None:
    items = [*year_of(ALL, North=23), *year_of(HATE, North=3), *year_of(OTHER, North=20)]
    clearances = [Clearance(code, ClearanceState.CLEARED, THROUGH) for code in ("hate", "other")]
    facts = facts_of([ALL, HATE, OTHER], items, clearances=clearances)
    assert hidden(facts) == {("hate", "North")}
    assert {(one.measure, one.was_shown) for one in published_counts(facts, THROUGH)} == {
        ("hate", False),
        ("other", True),
    }


def test_a_total_that_comes_later_does_not_undo_what_was_hidden_before() -> None:
    items = [*year_of(HATE, North=3), *year_of(OTHER, North=20)]
    before = facts_of([ALL, HATE, OTHER], items)
    pack = PublishedPack(
        0, Audience.PUBLIC, "", "", 0, 0, before.now, "", "", counts=published_counts(before, THROUGH)
    )
    facts = replace(facts_of([ALL, HATE, OTHER], [*items, *year_of(ALL, North=23)]), packs=(pack,))
    assert public(facts)["all", "North"] is None, "with the 20 that is out already it would give the 3 away"


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=6, max_size=6), st.data())
def test_the_decision_is_kept_whatever_is_revised_later(counts: list[int], data: st.DataObject) -> None:
    def items_of(numbers: list[int]) -> list[Observation]:
        hate, other = dict(zip(PARTS, numbers[:3], strict=True)), dict(zip(PARTS, numbers[3:], strict=True))
        both = {area: hate[area] + other[area] for area in PARTS}
        return [*year_of(ALL, **both), *year_of(HATE, **hate), *year_of(OTHER, **other)]

    measures = [ALL, HATE, OTHER]
    before = facts_of(measures, items_of(counts))
    first = published_counts(before, THROUGH)
    pack = PublishedPack(0, Audience.PUBLIC, "", "", 0, 0, before.now, "", "", counts=first)
    revised = list(counts)
    revised[data.draw(st.integers(0, 5))] += data.draw(st.integers(1, 4))
    after = replace(facts_of(measures, items_of(revised)), packs=(pack,))
    settled = {(one.measure, one.area, one.value): one.was_shown for one in first}
    for one in published_counts(after, THROUGH):
        key = (one.measure, one.area, one.value)
        assert one.was_shown == settled.get(key, one.was_shown), key
    assert (AREA in {one.area for one in first}) is True
