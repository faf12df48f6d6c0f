"""Plan files: the JSON in which a Police and Crime Plan is shipped or written by a panel, read into the domain."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from pcp_desktop.domain.measures import (
    Aggregation,
    Break,
    Event,
    Frequency,
    Kind,
    Measure,
    PeerGroup,
    Polarity,
    RecordingAudit,
    StatusRule,
)
from pcp_desktop.domain.meetings import (
    Agenda,
    AgendaItem,
    Contact,
    Exemption,
    GeneratedPaper,
    ItemKind,
    Meeting,
    Member,
)
from pcp_desktop.domain.periods import Period, PeriodKind, financial_year
from pcp_desktop.domain.plans import Plan, PlanContents, Priority, Theme
from pcp_desktop.domain.returns import ExpectedReturn, Organisation
from pcp_desktop.errors import UserError

T = TypeVar("T")
Entry = Mapping[str, Any]


def load(text: str, name: str = "The plan file") -> PlanContents:
    """Read a plan file's text.

    Raises UserError naming the entry that could not be read, or the code that two measures share or that a
    priority lacks.
    """
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise _unreadable(name, f"line {error.lineno} is not JSON") from error
    if not isinstance(data, dict) or "plan" not in data:
        raise _unreadable(name, "it has no entry “plan”")
    given = _each(name, "meetings", data, _agenda)
    agendas = tuple(
        replace(agenda, meeting=replace(agenda.meeting, number=place)) for place, agenda in enumerate(given)
    )
    contents = PlanContents(
        plan=_read(name, "plan", data["plan"], _plan),
        measures=_each(name, "measures", data, _measure),
        organisations=tuple(Organisation(str(entry)) for entry in data.get("organisations", ())),
        expected_returns=_each(name, "expected_returns", data, _expected_return),
        breaks=_each(name, "breaks", data, _break),
        events=_each(name, "events", data, _event),
        peer_groups=_each(name, "peer_groups", data, _peer_group),
        meetings=tuple(agenda.meeting for agenda in agendas),
        agendas=agendas,
    )
    _refuse_contradictions(name, contents)
    return contents


def _unreadable(name: str, why: str) -> UserError:
    return UserError(
        f"{name} could not be read: {why}.",
        "No panel file was made.",
        "Start from a shipped plan and change it, or ask whoever wrote the file to look at that entry.",
    )


def _read(name: str, what: str, entry: Entry, build: Callable[[Entry], T]) -> T:
    try:
        return build(entry)
    except (KeyError, ValueError, TypeError, IndexError) as error:
        code = entry.get("code") if isinstance(entry, dict) else None
        place = f"{what}, {code}" if code else what
        raise _unreadable(name, f"the entry “{place}” is wrong or incomplete ({error})") from error


def _each(name: str, key: str, data: Entry, build: Callable[[Entry], T]) -> tuple[T, ...]:
    return tuple(_read(name, key, entry, build) for entry in data.get(key, ()))


def _refuse_contradictions(name: str, contents: PlanContents) -> None:
    priorities = {priority.code for priority in contents.plan.priorities}
    codes: set[str] = set()
    for measure in contents.measures:
        if measure.code in codes:
            raise _unreadable(name, f"two measures have the code “{measure.code}”")
        if measure.priority not in priorities:
            raise _unreadable(name, f"the measure “{measure.code}” names a priority, {measure.priority}, it lacks")
        codes.add(measure.code)
    for measure in contents.measures:
        if measure.part_of and not _is_part(measure, {one.code: one for one in contents.measures}):
            raise _unreadable(
                name,
                f"the measure “{measure.code}” is not part of a count or an amount of money, “{measure.part_of}”",
            )


def _is_part(measure: Measure, measures: Mapping[str, Measure]) -> bool:
    """Whether a measure is a count or an amount, part of another of its kind, and no part of itself in turn."""
    above, seen = measure, {measure.code}
    while above.part_of:
        found = measures.get(above.part_of)
        if found is None or found.code in seen or {above.kind, found.kind} not in ({Kind.COUNT}, {Kind.MONEY}):
            return False
        seen.add(found.code)
        above = found
    return True


def _financial_year(label: str) -> Period:
    found = re.fullmatch(r"(\d{4})/(\d{2})", label)
    if not found or (int(found[1]) + 1) % 100 != int(found[2]):
        raise ValueError(f"{label} is not a financial year such as 2012/13")
    return financial_year(int(found[1]))


def _period(entry: Entry) -> Period:
    return Period(date.fromisoformat(entry["end"]), date.fromisoformat(entry["start"]), PeriodKind(entry["kind"]))


def _plan(entry: Entry) -> Plan:
    themes = tuple(
        Theme(
            theme["theme"],
            tuple(Priority(priority["code"], priority["title"]) for priority in theme["priorities"]),
        )
        for theme in entry["themes"]
    )
    return Plan(
        code=entry["code"],
        name=entry["name"],
        area=entry["area"],
        force=entry["force"],
        baseline=_financial_year(entry["baseline"]),
        first_day=date.fromisoformat(entry["first_day"]),
        last_day=date.fromisoformat(entry["last_day"]),
        themes=themes,
    )


def _measure(entry: Entry) -> Measure:
    return Measure(
        code=entry["code"],
        priority=entry["priority"],
        label=entry["label"],
        kind=Kind(entry["kind"]),
        unit=entry["unit"],
        polarity=Polarity(entry["polarity"]),
        aggregation=Aggregation(entry["aggregation"]),
        frequency=Frequency(entry["frequency"]),
        status_rule=StatusRule(entry["status_rule"]),
        lead=bool(entry["lead"]),
        organisations=tuple(entry["organisations"]),
        board=entry.get("board", ""),
        synonyms=tuple(entry.get("synonyms", ())),
        areas=tuple(entry.get("areas", ())),
        note=entry.get("note", ""),
        target=entry.get("target"),
        tolerance=entry.get("tolerance"),
        sensitive=bool(entry.get("sensitive", False)),
        small_number_threshold=int(entry.get("small_number_threshold", 5)),
        decimals=int(entry.get("decimals", 0)),
        embargoed_until=entry.get("embargoed_until"),
        short_label=entry.get("short_label", ""),
        part_of=entry.get("part_of", ""),
        design_effect=float(entry.get("design_effect", 1.0)),
        audits=tuple(sorted((_audit(one) for one in entry.get("audits", ())), key=lambda one: one.day)),
    )


def _audit(entry: Entry) -> RecordingAudit:
    return RecordingAudit(
        date.fromisoformat(entry["day"]), float(entry["compliance"]), entry["by"], entry.get("margin")
    )


def _expected_return(entry: Entry) -> ExpectedReturn:
    meets = entry.get("board_meets")
    return ExpectedReturn(
        code=entry["code"],
        title=entry["title"],
        organisation=entry["organisation"],
        period=_period(entry["period"]),
        due=date.fromisoformat(entry["due"]),
        measures=tuple(entry["measures"]),
        board=entry.get("board", ""),
        board_meets=date.fromisoformat(meets) if meets else None,
        holds_figures=bool(entry.get("holds_figures", True)),
    )


def _break(entry: Entry) -> Break:
    first_day = date.fromisoformat(entry["first_day"])
    return Break(entry["measure"], first_day, entry["note"], bool(entry.get("totals_comparable", False)))


def _event(entry: Entry) -> Event:
    return Event(date.fromisoformat(entry["day"]), entry["label"], tuple(entry.get("measures", ())))


def _peer_group(entry: Entry) -> PeerGroup:
    return PeerGroup(
        date.fromisoformat(entry["first_day"]), tuple(entry["forces"]), entry["own"], entry.get("note", "")
    )


def _agenda(entry: Entry) -> Agenda:
    """A meeting with the agenda it begins with; its place among the meetings is set by the caller."""
    meeting = Meeting(
        date.fromisoformat(entry["day"]), entry["time"], entry["place"], _period(entry["latest_period"])
    )
    contact = entry.get("contact", {})
    return Agenda(
        meeting=meeting,
        items=tuple(_item(key, item) for key, item in enumerate(entry.get("agenda", ()), start=1)),
        members=tuple(Member(member["role"], member.get("authority", "")) for member in entry.get("members", ())),
        notices=tuple(entry.get("notices", ())),
        contact=Contact(contact.get("role", ""), contact.get("telephone", ""), contact.get("email", "")),
    )


def _item(key: int, entry: Entry) -> AgendaItem:
    generated, exempt = entry.get("generated"), entry.get("exemption")
    return AgendaItem(
        key=key,
        kind=ItemKind(entry["kind"]),
        title=entry["title"],
        report_of=entry.get("report_of", ""),
        author=entry.get("author", ""),
        note=entry.get("note", ""),
        generated=GeneratedPaper(generated) if generated else None,
        exemption=Exemption(int(exempt["paragraph"]), exempt["description"], exempt["public_interest"])
        if exempt
        else None,
    )
