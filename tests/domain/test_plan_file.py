"""Plans are data: two of different shape ship, and a plan file that cannot be read says which entry is wrong."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pcp_desktop.domain import plan_file
from pcp_desktop.errors import UserError
from pcp_desktop.paths import resource


def shipped(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(resource(f"plans/{name}.json").read_text(encoding="utf-8"))
    return data


def test_the_first_plan_has_five_themes_and_eighteen_priorities() -> None:
    contents = plan_file.load(json.dumps(shipped("2013-17")))
    assert len(contents.plan.themes) == 5
    assert [priority.code for priority in contents.plan.priorities] == [f"SP{number}" for number in range(1, 19)]
    assert contents.plan.baseline.label == "2012/13"
    assert {measure.priority for measure in contents.measures} == {f"SP{number}" for number in range(1, 19)}


def test_the_second_plan_has_another_shape_and_needs_no_code() -> None:
    contents = plan_file.load(json.dumps(shipped("2017-21")))
    assert [len(theme.priorities) for theme in contents.plan.themes] == [1] * 5
    assert len(contents.measures) == 15
    assert contents.plan.baseline.label == "2016/17"


@pytest.mark.parametrize("name", ["2013-17", "2017-21"])
def test_every_name_in_a_plan_refers_to_something_in_it(name: str) -> None:
    contents = plan_file.load(json.dumps(shipped(name)))
    codes = {measure.code for measure in contents.measures}
    organisations = {organisation.name for organisation in contents.organisations}
    assert {code for expected in contents.expected_returns for code in expected.measures} <= codes
    assert {expected.organisation for expected in contents.expected_returns} <= organisations
    assert {organisation for measure in contents.measures for organisation in measure.organisations} <= organisations
    assert {a_break.measure for a_break in contents.breaks} <= codes
    assert {measure for event in contents.events for measure in event.measures} <= codes


def test_treatment_figures_are_under_embargo_from_the_start() -> None:
    contents = plan_file.load(json.dumps(shipped("2013-17")))
    embargoed = {measure.code for measure in contents.measures if measure.embargoed_until}
    assert embargoed == {
        "treatment-opiate",
        "treatment-non-opiate",
        "treatment-alcohol",
        "treatment-representations",
    }


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda plan: plan["measures"][3].pop("unit"), "treatment-opiate"),
        (lambda plan: plan["measures"][0].update(kind="number"), "first-time-entrants"),
        (lambda plan: plan["measures"][0].update(priority="SP99"), "SP99"),
        (lambda plan: plan["measures"][1].update(code="first-time-entrants"), "two measures"),
        (lambda plan: plan["plan"].update(baseline="2012/14"), "2012/14"),
        (lambda plan: plan.pop("plan"), "plan"),
    ],
)
def test_a_faulty_plan_file_is_refused_by_naming_the_entry(change: Any, named: str) -> None:
    data = shipped("2013-17")
    change(data)
    with pytest.raises(UserError) as caught:
        plan_file.load(json.dumps(data), "our plan.json")
    assert named in caught.value.what
    assert "our plan.json" in caught.value.what


def test_a_file_that_is_not_json_is_refused_with_its_line() -> None:
    with pytest.raises(UserError, match="line 2"):
        plan_file.load('{"plan":\n nothing}', "our plan.json")


@pytest.mark.parametrize("whole", ["no such measure", "rape", "asb-satisfaction", "savings-realised"])
def test_a_measure_is_part_of_another_of_its_kind_or_the_file_is_refused(whole: str) -> None:
    data = shipped("2013-17")
    next(one for one in data["measures"] if one["code"] == "rape")["part_of"] = whole
    with pytest.raises(UserError, match="“rape” is not part of a count"):
        plan_file.load(json.dumps(data))


def test_two_measures_cannot_be_parts_of_each_other() -> None:
    data = shipped("2013-17")
    measures = {one["code"]: one for one in data["measures"]}
    measures["rape"]["part_of"], measures["section-136"]["part_of"] = "section-136", "rape"
    with pytest.raises(UserError, match="is not part of a count"):
        plan_file.load(json.dumps(data))
