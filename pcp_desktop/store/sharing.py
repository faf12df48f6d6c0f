"""A copy of a panel file to give away: made afresh from what may be public, never by deleting from the original."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.meetings import ReceivedPaper
from pcp_desktop.domain.plans import PlanContents
from pcp_desktop.domain.returns import Organisation, ReturnRecord, ReturnState
from pcp_desktop.store import clearances, commentaries, history, judgements, kept_rows, meetings, observations, plans
from pcp_desktop.store.history import Verb
from pcp_desktop.store.kept_rows import Alteration, Row

LEFT_OUT = b"This workbook was left out of the copy that is shared."


@dataclass(frozen=True)
class SharedCopy:
    """What a copy holds: facts without anything that may not be public, and the received papers that come with it."""

    facts: Facts
    papers: tuple[ReceivedPaper, ...] = ()


@dataclass(frozen=True)
class Origin:
    """The file a copy was made of, and the head of its change log at that moment."""

    name: str
    log_head: str


def fill(
    connection: sqlite3.Connection,
    copy: SharedCopy,
    organisations: tuple[Organisation, ...],
    kept: Mapping[str, bytes],
    origin: Origin,
    now: datetime,
    by: str,
) -> None:
    """Write a copy into an empty panel file; its change log begins with where it is from.

    `kept` are the bytes of its papers and packs by SHA-256.
    """
    facts = copy.facts
    plan = facts.plan.code
    expected = tuple(record.expected for record in facts.returns if record.expected is not None)
    plans.add(
        connection,
        PlanContents(
            plan=facts.plan,
            measures=facts.measures,
            organisations=organisations,
            expected_returns=expected,
            breaks=facts.breaks,
            events=facts.events,
            peer_groups=facts.peer_groups,
            meetings=facts.meetings,
        ),
    )
    altered = _figures(connection, facts)
    recorded = clearances.new_rows(connection, plan, facts.clearances, now.date(), by)
    clearances.write(connection, recorded)
    rows = [*_papers(connection, copy, kept), *_commentaries(connection, facts), *_packs(connection, facts, kept)]
    rows += _judgements(connection, facts)
    words = f"Copy of “{origin.name}” to be shared, without figures that may not be public. "
    history.append(
        connection,
        Verb.SHARED,
        now,
        by,
        title="Making a copy to share",
        summary=f"{words}The change log of the original stood at {origin.log_head}.",
        details={"plan": plan, "altered": altered, "clearances": recorded, "rows": rows},
    )


def _figures(connection: sqlite3.Connection, facts: Facts) -> list[tuple[Row, None, Row]]:
    """Write the observations under their returns; the workbooks they came from are named and left out."""
    sha256 = meetings.keep_content(connection, LEFT_OUT)
    numbers = {}
    for record in facts.returns:
        if record.file is not None and record.state in (ReturnState.ACCEPTED, ReturnState.RECEIVED):
            numbers[record.file.name] = _return(connection, facts, record, sha256)
    altered: list[tuple[Row, None, Row]] = []
    for one in facts.observations:
        name = one.source.file
        if name not in numbers:
            numbers[name] = _unexpected(connection, facts, name, sha256)
        altered.append((observations.key_row(one.key), None, observations.as_row(one, numbers[name])))
    observations.write(connection, facts.plan.code, [row for _key, _none, row in altered])
    return altered


def _file(connection: sqlite3.Connection, name: str, sha256: str, received: datetime) -> int:
    number: int = connection.execute(
        "INSERT INTO received_files (name, sha256, received, illustrative) VALUES (?, ?, ?, '[]') RETURNING number",
        (name, sha256, received.isoformat()),
    ).fetchone()[0]
    return number


def _return(connection: sqlite3.Connection, facts: Facts, record: ReturnRecord, sha256: str) -> int:
    """The number under which a copy keeps one return."""
    assert record.file is not None
    file = _file(connection, record.file.name, sha256, record.file.received)
    expected = record.expected
    period = plans.period_columns(expected.period) if expected else (None, None, None)
    number: int = connection.execute(
        "INSERT INTO accepted_returns (plan, expected_code, organisation, period_kind, period_start, period_end,"
        " file, state, accepted, accepted_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '') RETURNING number",
        (
            *(facts.plan.code, expected.code if expected else None, expected.organisation if expected else None),
            *(*period, file, record.state.value, (record.accepted or record.file.received).isoformat()),
        ),
    ).fetchone()[0]
    return number


def _unexpected(connection: sqlite3.Connection, facts: Facts, name: str, sha256: str) -> int:
    """The number for figures whose file is not that of a return any more: an earlier version of one."""
    number: int = connection.execute(
        "INSERT INTO accepted_returns (plan, file, state, accepted, accepted_by)"
        " VALUES (?, ?, 'accepted', ?, '') RETURNING number",
        (facts.plan.code, _file(connection, name, sha256, facts.now), facts.now.isoformat()),
    ).fetchone()[0]
    return number


def _papers(connection: sqlite3.Connection, copy: SharedCopy, kept: Mapping[str, bytes]) -> list[Alteration]:
    """The agendas with the papers that come along."""
    for paper in copy.papers:
        meetings.keep_content(connection, kept[paper.sha256])
        _file(connection, paper.name, paper.sha256, paper.received)
    return meetings.begin(connection, copy.facts.plan.code, copy.facts.agendas)


def _commentaries(connection: sqlite3.Connection, facts: Facts) -> list[Alteration]:
    rows = [commentaries.row(facts.plan.code, one, one.on or facts.now, one.by) for one in facts.commentaries]
    return _kept(kept_rows.put(connection, "commentaries", row) for row in rows)


def _packs(connection: sqlite3.Connection, facts: Facts, kept: Mapping[str, bytes]) -> list[Alteration]:
    for pack in facts.packs:
        meetings.keep_content(connection, kept[pack.sha256])
    rows = [meetings.pack_row(facts.plan.code, pack, pack.by) for pack in facts.packs]
    return _kept(kept_rows.put(connection, "published_packs", row) for row in rows)


def _judgements(connection: sqlite3.Connection, facts: Facts) -> list[Alteration]:
    plan = facts.plan.code
    statuses = [(judgements.STATUSES, judgements.status_row(plan, one)) for one in facts.statuses_set]
    limits = [judgements.limits_row(plan, one, one.on or facts.now, one.by) for one in facts.limits]
    shown = [(judgements.SETTINGS, judgements.AMBER_ROW)] if facts.small_numbers_are_amber else []
    return _kept(kept_rows.put(connection, table, row) for table, row in (*statuses, *limits, *shown))


def _kept(altered: Iterable[Alteration | None]) -> list[Alteration]:
    return [one for one in altered if one is not None]
