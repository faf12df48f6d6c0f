"""The sample quarter as Facts, from the shipped plan and the sample workbooks' known contents, without reading."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from pcp_desktop.domain import plan_file
from pcp_desktop.domain.clearance import Clearance, ClearanceState
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.observations import Marker, Observation, ObservationKey, Part, Source
from pcp_desktop.domain.periods import Period, PeriodKind, quarter
from pcp_desktop.domain.plans import PlanContents
from pcp_desktop.domain.reports import ReportTexts, standing_texts
from pcp_desktop.domain.returns import ReceivedFile, ReturnRecord, ReturnState

ROOT = Path(__file__).resolve().parents[3]
NOW = datetime(2016, 2, 26, 14, 32)
QUARTER = quarter(2015, 3)

ALL = "Illustrative"
MONTHS = "Monthly profile illustrative; totals as published"
FILES = {
    "recorded-crime": "recorded crime Q3.xlsx",
    "user-satisfaction": "user satisfaction 12m to Dec 15.xls",
    "confidence": "CBS confidence.xlsx",
    "msg-positions": "MSG positions.csv",
    "missing-persons": "missing persons.xlsx",
    "first-time-entrants-county": "YOS County and Rutland.xlsx",
    "first-time-entrants-city": "YOS City.ods",
    "iom": "IOM performance.xlsx",
    "treatment": "drug and alcohol treatment.xlsx",
    "families-county": "supported families County.xlsx",
    "families-city": "supported families City.xlsx",
    "families-rutland": "supported families Rutland finance.xlsx",
    "cse": "CSE scorecard.xlsx",
    "mental-health": "mental health update.xlsx",
    "savings": "savings and medium-term plan.xlsx",
    "commissioning": "commissioning intentions.xlsx",
}


@lru_cache(maxsize=1)
def plan_contents() -> PlanContents:
    """The shipped plan of 2013–17."""
    return plan_file.load((ROOT / "resources/plans/2013-17.json").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def report_texts() -> ReportTexts:
    """The standing texts of the report under the shipped plan."""
    return standing_texts((ROOT / "resources/report/texts.json").read_text(encoding="utf-8"), "2013-17")


@lru_cache(maxsize=1)
def sample_facts() -> Facts:
    """Everything accepted, everything cleared on 3 February 2016 but the embargoed treatment measures."""
    contents = plan_contents()
    truth = json.loads((ROOT / "tests/sample_workbooks/truth.json").read_text(encoding="utf-8"))
    observations = [_observation(name, entry) for name in FILES.values() for entry in truth[name]]
    observations.sort(key=lambda one: (one.key.measure, one.key.area, one.key.period, one.key.part))
    return Facts(
        panel="leicestershire-panel.pcp",
        plan=contents.plan,
        measures=contents.measures,
        observations=tuple(observations),
        clearances=tuple(_clearance(measure.code, measure.embargoed_until) for measure in contents.measures),
        breaks=contents.breaks,
        events=contents.events,
        peer_groups=contents.peer_groups,
        returns=tuple(_record(code, len(truth[FILES[code]])) for code in FILES),
        meetings=contents.meetings,
        now=NOW,
        last_accepted=NOW,
        agendas=contents.agendas,
    )


def _observation(file: str, entry: dict[str, Any]) -> Observation:
    """One entry of the known contents as an accepted observation."""
    period = entry["period"]
    days = Period(date.fromisoformat(period["end"]), date.fromisoformat(period["start"]), PeriodKind(period["kind"]))
    return Observation(
        key=ObservationKey(entry["measure"], entry["area"], days, Part(entry["part"])),
        value=entry["value"],
        marker=Marker(entry["marker"]),
        source=Source(file, entry["sheet"], entry["cell"]),
        text=entry.get("text"),
        return_number=1,
    )


def _clearance(code: str, embargoed_until: str | None) -> Clearance:
    """Cleared for the quarter, or embargoed where the plan says so."""
    if embargoed_until:
        return Clearance(code, ClearanceState.EMBARGOED, QUARTER.end, until=embargoed_until)
    return Clearance(code, ClearanceState.CLEARED, QUARTER.end, on=date(2016, 2, 3), by="secretariat")


def _record(code: str, figures: int) -> ReturnRecord:
    """An accepted return; Rutland's came without a figure."""
    expected = next(one for one in plan_contents().expected_returns if one.code == code)
    file = ReceivedFile(FILES[code], "0" * 64, 1000, datetime(2016, 1, 20, 9, 0), illustrative(FILES[code]))
    state = ReturnState.ACCEPTED if figures or not expected.measures else ReturnState.RECEIVED
    return ReturnRecord(expected, state, file, NOW if state is ReturnState.ACCEPTED else None, figures)


def illustrative(file: str) -> tuple[tuple[str, str], ...]:
    """What a sample workbook's sheets say of their figures."""
    truth = json.loads((ROOT / "tests/sample_workbooks/truth.json").read_text(encoding="utf-8"))
    sheets = dict.fromkeys(entry["sheet"] for entry in truth[file])
    wholly = file in ("CSE scorecard.xlsx", "drug and alcohol treatment.xlsx", "mental health update.xlsx")
    return tuple((sheet, ALL if wholly or sheet == "Outcomes" else MONTHS) for sheet in sheets)


def without(facts: Facts, measure: str) -> Facts:
    """The same facts without any observation of one measure."""
    kept = tuple(one for one in facts.observations if one.key.measure != measure)
    return replace(facts, observations=kept)
