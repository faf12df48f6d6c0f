"""Every figure of the sample quarter is read right, and nothing beside it is stored."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pcp_desktop import paths
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.observations import Observation
from pcp_desktop.domain.progress import unwatched
from pcp_desktop.returns.files.scan import Reader
from pcp_desktop.returns.stage import review

TRUTH: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parents[1] / "sample_workbooks" / "truth.json").read_text(encoding="utf-8")
)
ANSWERS = {
    "recorded crime Q3.xlsx": "recorded-crime",
    "revised/recorded crime Q3.xlsx": "recorded-crime",
    "user satisfaction 12m to Dec 15.xls": "user-satisfaction",
    "CBS confidence.xlsx": "confidence",
    "MSG positions.csv": "msg-positions",
    "missing persons.xlsx": "missing-persons",
    "YOS County and Rutland.xlsx": "first-time-entrants-county",
    "YOS City.ods": "first-time-entrants-city",
    "IOM performance.xlsx": "iom",
    "drug and alcohol treatment.xlsx": "treatment",
    "supported families County.xlsx": "families-county",
    "supported families City.xlsx": "families-city",
    "supported families Rutland finance.xlsx": "families-rutland",
    "CSE scorecard.xlsx": "cse",
    "mental health update.xlsx": "mental-health",
    "savings and medium-term plan.xlsx": "savings",
    "commissioning intentions.xlsx": "commissioning",
}


def wanted(file: str) -> dict[tuple[str, ...], tuple[Any, ...]]:
    """The figures to be stored: percentages that follow from a numerator and base beside them are not."""
    entries = TRUTH[file]
    parts = {(one["measure"], one["area"], one["period"]["end"], one["part"]) for one in entries}
    found: dict[tuple[str, ...], tuple[Any, ...]] = {}
    for one in entries:
        same = (one["measure"], one["area"], one["period"]["end"])
        if one["part"] == "value" and {(*same, "numerator"), (*same, "denominator")} <= parts:
            continue
        period = one["period"]
        key = (one["measure"], one["area"], period["kind"], period["start"], period["end"], one["part"])
        found[key] = (one["sheet"], one["cell"], one["value"], one["marker"], one.get("text"))
    return found


def staged(one: Observation) -> tuple[tuple[str, ...], tuple[Any, ...]]:
    period = one.key.period
    key = (
        one.key.measure,
        one.key.area,
        period.kind.value,
        period.start.isoformat(),
        period.end.isoformat(),
        one.key.part.value,
    )
    return key, (one.source.sheet, one.source.cell, one.value, one.marker.value, one.text)


@pytest.mark.parametrize("file", TRUTH)
def test_every_figure_of_a_sample_is_read_and_nothing_else(file: str, facts: Facts, reader: Reader) -> None:
    read = review(paths.sample_workbooks() / file, facts, unwatched, reader)
    found = dict(staged(figure.observation) for figure in read.figures)
    assert found == wanted(file)
    assert read.expected_code == ANSWERS[file]
    assert len(found) == len(read.figures)


def test_a_label_that_was_taken_is_not_listed_as_left_out(facts: Facts, reader: Reader) -> None:
    """Quarter totals stand under the same labels as the months; they are checks and no labels of their own."""
    read = review(paths.sample_workbooks() / "recorded crime Q3.xlsx", facts, unwatched, reader)
    assert not [one.message for one in read.findings if "Burglary Dwelling" in one.message]
