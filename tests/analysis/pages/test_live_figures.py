"""Live figures are the figures of the pages, held where the reader may not see them or would read others."""

from __future__ import annotations

from pcp_desktop.analysis.pages import live_figures
from pcp_desktop.analysis.pages.priority import PROJECTION, headline
from pcp_desktop.analysis.pages.subject import PROTECTED_REASON, gather
from pcp_desktop.domain.clearance import NOT_PUBLISHED_REASONS, Audience, Clearance, ClearanceState
from pcp_desktop.domain.commentary import LiveFigure, Quantity, field_name, held_by, measure_of
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.measures import Measure
from pcp_desktop.domain.periods import quarter
from tests.analysis.made_facts import THROUGH, a_measure, facts_of, monthly

QUARTER = quarter(2015, 3)
VALUES = [100.0 + place for place in range(45)]


def by_field(facts: Facts, audience: Audience, fields: tuple[str, ...] = ()) -> dict[str, LiveFigure]:
    """The figures by field, without the marks that hold a paragraph."""
    found = live_figures.build(facts, "SP1", QUARTER, audience, fields)
    return {figure.field: figure for figure in found if held_by(figure.field) is None}


def one_measure(measure: Measure, state: ClearanceState = ClearanceState.CLEARED) -> Facts:
    cleared = [Clearance(measure.code, state, THROUGH)]
    return facts_of([measure], monthly(measure, VALUES), clearances=cleared)


def test_the_figures_are_those_of_the_headline_strip() -> None:
    facts = one_measure(a_measure())
    shown = {figure.shown for figure in by_field(facts, Audience.WORKING).values()}
    subject = gather(facts, QUARTER, Audience.WORKING).subject(facts.measures[0])
    strip = [fact for fact in headline(subject) if fact.label != "Clearance"]
    projected = [fact for fact in strip if fact.label.startswith(PROJECTION)]
    assert len(strip) >= 4
    assert {fact.value for fact in strip if fact not in projected} <= shown
    assert {f"{fact.value} ({fact.detail})" for fact in projected} <= shown
    assert len(projected) == 1


def test_every_figure_that_is_a_number_of_observations_has_its_cells() -> None:
    found = by_field(one_measure(a_measure()), Audience.WORKING)
    assert len(found["m.latest"].sources) == 12
    assert len(found["m.change_words"].sources) == 24
    assert len(found["m.quarter"].sources) == 3


def test_a_difference_in_words_gives_its_direction() -> None:
    measure = a_measure()
    rising = facts_of([measure], monthly(measure, [10.0] * 33 + [20.0] * 12))
    assert by_field(rising, Audience.WORKING)["m.change_words"].shown == "120 (100.0%) more"
    falling = facts_of([measure], monthly(measure, [20.0] * 33 + [10.0] * 12))
    assert by_field(falling, Audience.WORKING)["m.change_words"].shown == "120 (50.0%) fewer"


def test_a_part_of_the_area_has_figures_of_its_own() -> None:
    measure = a_measure(areas=("City", "County"))
    observations = [*monthly(measure, VALUES, area="City"), *monthly(measure, VALUES, area="County")]
    found = by_field(facts_of([measure], observations), Audience.WORKING)
    name = field_name("m", Quantity.QUARTER, "City")
    assert name == "m@City.quarter"
    assert measure_of(name) == "m"
    assert found[name].group == "m, City"


def test_held_figures_are_there_for_the_writer_and_have_no_text_for_the_public() -> None:
    for state in (ClearanceState.EMBARGOED, ClearanceState.WAITING):
        facts = one_measure(a_measure(), state)
        working, public = by_field(facts, Audience.WORKING), by_field(facts, Audience.PUBLIC)
        assert working["m.latest"].shown
        assert working["m.latest"].held_words == NOT_PUBLISHED_REASONS[state]
        assert working["m.latest"].covered is (state is ClearanceState.EMBARGOED)
        assert set(public) == set(working)
        assert {figure.shown for figure in public.values()} == {""}
        assert {figure.held_words for figure in public.values()} == {NOT_PUBLISHED_REASONS[state]}
        assert all(figure.sources == () for figure in public.values())


def test_the_public_never_reads_another_figure_than_was_written() -> None:
    """Of a sensitive count the public sees whole financial years: another "latest" than the writer's is held."""
    facts = one_measure(a_measure(sensitive=True))
    working, public = by_field(facts, Audience.WORKING), by_field(facts, Audience.PUBLIC)
    assert public["m.latest"].shown == ""
    assert public["m.latest"].held_words == PROTECTED_REASON
    assert public["m.baseline"].shown == working["m.baseline"].shown
    for field, figure in public.items():
        assert figure.shown in ("", working[field].shown)


def test_a_measure_of_another_priority_is_there_where_the_text_names_it() -> None:
    measures = [a_measure(), a_measure("other", priority="SP2")]
    facts = facts_of(measures, [*monthly(measures[0], VALUES), *monthly(measures[1], VALUES)])
    assert not any(field.startswith("other") for field in by_field(facts, Audience.WORKING))
    assert "other.latest" in by_field(facts, Audience.WORKING, ("other.latest", "nothing.latest", "}"))


def test_opening_sentences_use_figures_that_are_offered_and_none_of_a_held_measure() -> None:
    facts = one_measure(a_measure())
    sentences = live_figures.suggested(facts, "SP1", QUARTER)
    assert sentences[0].startswith("M: {{m.latest}} offences in the {{m.period}}, {{m.change_words}} than in")
    offered = by_field(facts, Audience.WORKING)
    named = [part.split("}}")[0] for sentence in sentences for part in sentence.split("{{")[1:]]
    assert named
    assert set(named) <= set(offered)
    assert live_figures.suggested(one_measure(a_measure(), ClearanceState.EMBARGOED), "SP1", QUARTER) == ()
