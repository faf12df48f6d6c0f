"""The figures that the Panel's papers printed come out of the program's own arithmetic."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from pcp_desktop.analysis.comparison import Change, before12, change, latest12
from pcp_desktop.analysis.recording import recording_effect
from pcp_desktop.analysis.series import build
from pcp_desktop.domain.formats import change_shown, exact, percent_change_shown, rounded
from pcp_desktop.domain.measures import Frequency, Measure
from pcp_desktop.domain.observations import Observation
from pcp_desktop.domain.periods import financial_year
from tests.analysis.made_facts import AREA, a_measure, facts_of, observed

FIGURES = json.loads((Path(__file__).parent.parent / "fixtures" / "published_figures.json").read_text("utf-8"))
CRIME_TABLE = FIGURES["crime_table_12_months_to_march_2018"]["rows"]
DASHBOARD = FIGURES["dashboard_to_december_2015"]
COMPLIANCE = FIGURES["crime_recording_compliance"]


def change_of(measure: Measure, items: list[Observation], through: date) -> Change:
    series = build(facts_of([measure], items), measure, AREA, through)
    assert series is not None
    found = change(series, before12(series, through), latest12(series, through))
    assert isinstance(found, Change)
    return found


@pytest.mark.parametrize("row", CRIME_TABLE, ids=[row[0] for row in CRIME_TABLE])
def test_the_table_of_2018_comes_out_as_printed(row: list[Any]) -> None:
    """Change and % change of the 12 months to March 2018 on the 12 before: all fifteen rows agree with the paper."""
    name, latest, previous, printed_change, printed_percent = row[:5]
    measure = a_measure(name, frequency=Frequency.YEAR)
    items = [observed(measure, financial_year(2016), previous), observed(measure, financial_year(2017), latest)]
    found = change_of(measure, items, date(2018, 3, 31))
    assert found.amount == printed_change
    assert found.percent is not None
    assert float(rounded(found.percent, 1)) == printed_percent


def test_all_fifteen_rows_were_there_and_the_rest_of_crime_is_not_in_them() -> None:
    assert len(CRIME_TABLE) == 15
    total, *parts = CRIME_TABLE
    assert sum(row[1] for row in parts) < total[1]


def test_the_crimes_that_better_recording_added_come_out() -> None:
    """81,877 (1 − 75.8 / 81.6) = 5,820 of 13,171 (report of 25 July 2018, paragraphs 45 and 46)."""
    count = CRIME_TABLE[0][1]
    found = recording_effect(count, COMPLIANCE["before_percent"], COMPLIANCE["after_percent"])
    assert rounded(found.amount, 0) == COMPLIANCE["attributable_to_recording"]
    assert (exact(COMPLIANCE["before_percent"]) + exact(COMPLIANCE["after_percent"])) / 2 == exact(
        COMPLIANCE["average_percent"]
    )
    assert COMPLIANCE["total_increase"] == CRIME_TABLE[0][3]


def compared() -> list[dict[str, Any]]:
    return [row for row in DASHBOARD if row["baseline_2012_13"] is not None]


CHANGES = {
    "First time entrants 10-17, both youth offending services": ("−396", "−59.4%"),
    "Hate crime, satisfaction with service": ("−3.3 points", ""),
    "ASB, satisfaction with service": ("−9.3 points", ""),
    "All user satisfaction with service": ("−4.1 points", ""),
    "Confidence that the police are doing a good job (Community Based Survey)": ("+10.2 points", ""),
    "All crime": ("+848", "+1.4%"),
    "Domestic burglary": ("+79", "+2.0%"),
    "Burglary, satisfaction with service": ("−0.6 points", ""),
    "Violence against the person with injury": ("+87", "+2.0%"),
    "All violent crime, satisfaction with service": ("−0.8 points", ""),
    "Theft from motor vehicle": ("+1,455", "+27.8%"),
    "Theft of motor vehicle": ("+377", "+35.9%"),
    "Theft from motor vehicle, satisfaction (all vehicle crime from 2015)": ("−11.1 points", ""),
    "Theft of motor vehicle, satisfaction (all vehicle crime from 2015)": ("−0.7 points", ""),
    "Missing reports (STORM)": ("−1,435", "−24.2%"),
    "Missing reports (COMPACT)": ("−2,590", "−47.8%"),
    "Reports from the nine key locations": ("−765", "−65.8%"),
}


@pytest.mark.parametrize("row", compared(), ids=[row["measure"] for row in compared()])
def test_the_changes_of_the_dashboard_come_out(row: dict[str, Any]) -> None:
    """The dashboard printed its percentages whole; −59, −24, −48 and −66 are what one decimal place rounds to.

    Its extracted text sets 667 → 271 beside another measure; 667 is 407 + 260, the two youth offending services.
    """
    old, new = exact(row["baseline_2012_13"]), exact(row["latest_12_months"])
    unit = row.get("unit", "offences")
    shown, percent = CHANGES[row["measure"]]
    assert change_shown(new - old, unit, 1 if unit == "percent" else 0) == shown
    if percent:
        assert percent_change_shown(new, old) == percent
    if "printed_change_percent" in row:
        assert rounded((new - old) * 100 / old, 0) == row["printed_change_percent"]


def test_fourteen_of_forty_eight_is_29_percent_where_the_paper_printed_30() -> None:
    """The report on Q3 2015/16 says "a decrease … (30% or 14 FTE)" of the county's 48 first-time entrants.

    14 of 48 is 29.2%: the paper's 30% does not follow from its own counts.
    """
    quarterly = FIGURES["quarterly"]
    county = next(row["values"] for row in quarterly if row.get("area") == "Leicestershire and Rutland")
    old, new = (Fraction(county[quarter]) for quarter in ("Q3 2014/15", "Q3 2015/16"))
    assert new - old == -14
    assert percent_change_shown(new, old) == "−29.2%"
    assert rounded(100 * (new - old) / old, 0) != -30
