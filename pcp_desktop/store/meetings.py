"""Meetings with their agendas, the papers received for them, and the packs that were published."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from pcp_desktop.domain.changes import Changes
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.meetings import (
    NEW_MEETING,
    Agenda,
    AgendaItem,
    Contact,
    Exemption,
    GeneratedPaper,
    ItemKind,
    Meeting,
    Member,
    PrintedFigure,
    PublishedCount,
    PublishedPack,
    ReceivedPaper,
)
from pcp_desktop.domain.periods import in_words
from pcp_desktop.errors import UserError
from pcp_desktop.store import history, kept_rows, plans
from pcp_desktop.store.history import Verb
from pcp_desktop.store.kept_rows import Alteration, Row

_ITEMS = "agenda_items"
_PARTICULARS = "meeting_particulars"


# ---------------------------------------------------------------- reading


def meetings(connection: sqlite3.Connection, plan: str) -> tuple[Meeting, ...]:
    """The Panel's meetings under a plan."""
    rows = connection.execute(
        "SELECT day, time, place, period_kind, period_start, period_end, position FROM meetings"
        " WHERE plan = ? ORDER BY position",
        (plan,),
    )
    return tuple(
        Meeting(date.fromisoformat(row[0]), row[1], row[2], plans.period(row[3], row[4], row[5]), row[6])
        for row in rows
    )


def agendas(connection: sqlite3.Connection, plan: str) -> tuple[Agenda, ...]:
    """The agenda of each meeting of a plan, in the order of the meetings."""
    found = []
    for meeting in meetings(connection, plan):
        row = kept_rows.read(connection, _PARTICULARS, (plan, meeting.number))
        members, notices, contact = (json.loads(text) for text in row[2:5]) if row else ([], [], ["", "", ""])
        found.append(
            Agenda(
                meeting,
                _items(connection, plan, meeting.number),
                tuple(Member(role, authority) for role, authority in members),
                tuple(notices),
                Contact(*contact),
            )
        )
    return tuple(found)


def _items(connection: sqlite3.Connection, plan: str, meeting: int) -> tuple[AgendaItem, ...]:
    rows = connection.execute(
        "SELECT i.item, i.kind, i.title, i.report_of, i.author, i.note, i.generated, i.exempt_paragraph,"
        " i.exempt_description, i.public_interest, f.name, f.sha256, c.size, f.received FROM agenda_items i"
        " LEFT JOIN received_files f ON f.number = i.paper LEFT JOIN file_contents c ON c.sha256 = f.sha256"
        " WHERE i.plan = ? AND i.meeting = ? ORDER BY i.position, i.item",
        (plan, meeting),
    )
    return tuple(
        AgendaItem(
            key=row[0],
            kind=ItemKind(row[1]),
            title=row[2],
            report_of=row[3],
            author=row[4],
            note=row[5],
            generated=GeneratedPaper(row[6]) if row[6] else None,
            paper=ReceivedPaper(row[10], row[11], row[12], datetime.fromisoformat(row[13])) if row[10] else None,
            exemption=Exemption(row[7], row[8], row[9]) if row[7] is not None else None,
        )
        for row in rows
    )


def packs(connection: sqlite3.Connection, plan: str) -> tuple[PublishedPack, ...]:
    """The packs of a plan's meetings as they were published."""
    counts = _published_counts(connection, plan)
    rows = connection.execute(
        "SELECT p.meeting, p.audience, p.name, p.sha256, c.size, p.pages, p.published, p.published_by, p.log_head,"
        " p.figures FROM published_packs p JOIN file_contents c ON c.sha256 = p.sha256"
        " WHERE p.plan = ? ORDER BY p.meeting, p.audience",
        (plan,),
    )
    return tuple(
        PublishedPack(
            meeting=row[0],
            audience=Audience(row[1]),
            name=row[2],
            sha256=row[3],
            size=row[4],
            pages=row[5],
            published=datetime.fromisoformat(row[6]),
            by=row[7],
            log_head=row[8],
            figures=tuple(PrintedFigure(*figure) for figure in json.loads(row[9])),
            counts=tuple(counts[row[0]]) if row[1] == Audience.PUBLIC.value else (),
        )
        for row in rows
    )


def _published_counts(connection: sqlite3.Connection, plan: str) -> dict[int, list[PublishedCount]]:
    """The counts of sensitive measures as they were published, by the number of the meeting."""
    found: dict[int, list[PublishedCount]] = defaultdict(list)
    rows = connection.execute(
        "SELECT meeting, measure, area, period_kind, period_start, period_end, value, was_shown FROM published_counts"
        " WHERE plan = ? ORDER BY meeting, measure, area, period_start",
        (plan,),
    )
    for meeting, measure, area, kind, start, end, value, was_shown in rows:
        count = PublishedCount(measure, area, plans.period(kind, start, end), value, bool(was_shown))
        found[meeting].append(count)
    return found


# ---------------------------------------------------------------- writing


def begin(connection: sqlite3.Connection, plan: str, agendas: Sequence[Agenda]) -> list[Alteration]:
    """Write the agendas that a plan's meetings begin with; gives what was altered, for the log."""
    rows = [(_PARTICULARS, _particulars_row(plan, agenda)) for agenda in agendas]
    rows += [
        (_ITEMS, _item_row(plan, agenda.meeting.number, place, item, _file_number(connection, item.paper)))
        for agenda in agendas
        for place, item in enumerate(agenda.items)
    ]
    altered = [kept_rows.put(connection, table, row) for table, row in rows]
    return [one for one in altered if one is not None]


def write_meeting(connection: sqlite3.Connection, plan: str, agenda: Agenda, now: datetime, by: str) -> Changes:
    """Add a meeting with the agenda it begins with, or change when and where one is, as one deed of the log.

    A meeting with the number `NEW_MEETING` is added as the plan's next. Of one that is there only the day, time and
    place change. Raises UserError, having changed nothing, where its pack is published, or another meeting looks at
    its quarter.
    """
    meeting = agenda.meeting
    there = meetings(connection, plan)
    _refuse_second(there, meeting)
    if meeting.number == NEW_MEETING:
        meeting = replace(meeting, number=max((one.number for one in there), default=-1) + 1)
        altered = [kept_rows.put(connection, "meetings", plans.meeting_row(plan, meeting))]
        altered.append(
            kept_rows.put(connection, _PARTICULARS, _particulars_row(plan, replace(agenda, meeting=meeting)))
        )
        for place, item in enumerate(_with_keys(agenda.items, {})):
            altered.append(kept_rows.put(connection, _ITEMS, _item_row(plan, meeting.number, place, item, None)))
        return _log(connection, plan, altered, meeting, "Adding a meeting", "Meeting added", now, by)
    _refuse_published(connection, plan, meeting)
    altered = [kept_rows.put(connection, "meetings", plans.meeting_row(plan, meeting))]
    return _log(connection, plan, altered, meeting, "Changing a meeting", "Meeting changed", now, by)


def _refuse_second(there: Sequence[Meeting], meeting: Meeting) -> None:
    other = next((one for one in there if one.latest_period == meeting.latest_period), meeting)
    if other.number != meeting.number:
        raise UserError(
            f"A meeting looks at {meeting.latest_period.label} already.",
            "No meeting was added.",
            "Change that meeting, or choose another quarter.",
        )


def write_agenda(connection: sqlite3.Connection, plan: str, agenda: Agenda, now: datetime, by: str) -> Changes:
    """Make a meeting's agenda what is given, inside the caller's transaction, as one deed of the log.

    Items keep their keys; one with the key 0 gets a new one; papers that are there already stay with their items.
    Raises UserError, having changed nothing, where the meeting's pack is published.
    """
    meeting = agenda.meeting
    _refuse_published(connection, plan, meeting)
    before = {item.key: item for item in _items(connection, plan, meeting.number)}
    items = _with_keys(agenda.items, before)
    altered = [
        kept_rows.take_away(connection, _ITEMS, (plan, meeting.number, key))
        for key in before.keys() - {item.key for item in items}
    ]
    altered.append(kept_rows.put(connection, _PARTICULARS, _particulars_row(plan, agenda)))
    for place, item in enumerate(items):
        row = _item_row(plan, meeting.number, place, item, _file_number(connection, item.paper))
        altered.append(kept_rows.put(connection, _ITEMS, row))
    return _log(connection, plan, altered, meeting, "Changing the agenda", "Agenda changed", now, by)


def receive_paper(
    connection: sqlite3.Connection,
    plan: str,
    meeting: Meeting,
    item: int,
    file: tuple[str, bytes],
    now: datetime,
    by: str,
) -> Changes:
    """Keep a received paper (its name and bytes) for an item, in place of one that is there.

    Raises UserError, having changed nothing, where the pack is published, and KeyError for an unknown item.
    """
    _refuse_published(connection, plan, meeting)
    row = kept_rows.read(connection, _ITEMS, (plan, meeting.number, item))
    if row is None:
        raise KeyError(item)
    name, content = file
    sha256 = keep_content(connection, content)
    number = connection.execute(
        "INSERT INTO received_files (name, sha256, received, illustrative) VALUES (?, ?, ?, '[]') RETURNING number",
        (name, sha256, now.isoformat()),
    ).fetchone()[0]
    altered = [kept_rows.put(connection, _ITEMS, (*row[:10], number, *row[11:]))]
    title, summary = f"Receiving the paper “{name}”", f"Received the paper “{name}” for “{row[5]}”"
    return _log(connection, plan, altered, meeting, title, summary, now, by)


def publish(connection: sqlite3.Connection, plan: str, wanted: PublishedPack, content: bytes, by: str) -> Changes:
    """Freeze a pack with its bytes; nothing from before it can be undone.

    Raises UserError where this pack is published already, and ValueError where the bytes are not those described.
    """
    if hashlib.sha256(content).hexdigest() != wanted.sha256 or len(content) != wanted.size:
        raise ValueError(wanted.name)
    key = (plan, wanted.meeting, wanted.audience.value)
    if kept_rows.read(connection, "published_packs", key) is not None:
        raise UserError(
            f"The {wanted.audience.value} pack of this meeting is published already.",
            "It stands as it was published.",
            "Publish a correction notice where one is due.",
        )
    keep_content(connection, content)
    altered = [
        kept_rows.put(connection, "published_packs", pack_row(plan, wanted, by)),
        *(kept_rows.put(connection, "published_counts", _count_row(plan, wanted, one)) for one in wanted.counts),
    ]
    summary = f"Published “{wanted.name}”, {wanted.pages} pages, SHA-256 {wanted.sha256}."
    history.append(
        connection,
        Verb.PUBLISHED,
        wanted.published,
        by,
        title=f"Publishing “{wanted.name}”",
        summary=summary,
        details={"plan": plan, "rows": [one for one in altered if one is not None]},
    )
    return Changes(summary, meetings=True, final=True)


def _count_row(plan: str, pack: PublishedPack, count: PublishedCount) -> Row:
    key = (plan, pack.meeting, count.measure, count.area, *plans.period_columns(count.period))
    return (*key, count.value, int(count.was_shown))


def pack_row(plan: str, pack: PublishedPack, by: str) -> Row:
    """A published pack as the row that keeps it."""
    figures = json.dumps([[one.place, one.field, one.shown] for one in pack.figures], ensure_ascii=False)
    frozen = (pack.name, pack.sha256, pack.pages, pack.published.isoformat(), by, pack.log_head, figures)
    return (plan, pack.meeting, pack.audience.value, *frozen)


def keep_content(connection: sqlite3.Connection, content: bytes) -> str:
    """Keep bytes once for each SHA-256, and give it."""
    sha256 = hashlib.sha256(content).hexdigest()
    connection.execute(
        "INSERT INTO file_contents (sha256, size, content) VALUES (?, ?, ?) ON CONFLICT (sha256) DO NOTHING",
        (sha256, len(content), content),
    )
    return sha256


def published_meeting(connection: sqlite3.Connection, plan: str, number: int) -> bool:
    """Whether a meeting's public pack is published, which closes its agenda and its quarter's commentary."""
    key = (plan, number, Audience.PUBLIC.value)
    return kept_rows.read(connection, "published_packs", key) is not None


def _refuse_published(connection: sqlite3.Connection, plan: str, meeting: Meeting) -> None:
    if published_meeting(connection, plan, meeting.number):
        raise UserError(
            "The pack of this meeting is published.",
            "Its agenda and papers cannot change, and nothing has.",
            "What has to be put right goes into a correction notice or to the next meeting.",
        )


def _with_keys(items: Sequence[AgendaItem], before: dict[int, AgendaItem]) -> list[AgendaItem]:
    """The items with a key each: new ones get the next that was never used on this agenda as it stands."""
    following = max([0, *before, *(item.key for item in items)]) + 1
    found = []
    for item in items:
        found.append(item if item.key else replace(item, key=following))
        following += item.key == 0
    return found


def _file_number(connection: sqlite3.Connection, paper: ReceivedPaper | None) -> int | None:
    """The number of a received paper's file, the first of its name, bytes and moment."""
    if paper is None:
        return None
    row = connection.execute(
        "SELECT min(number) FROM received_files WHERE name = ? AND sha256 = ? AND received = ?",
        (paper.name, paper.sha256, paper.received.isoformat()),
    ).fetchone()
    if row[0] is None:
        raise KeyError(paper.name)
    number: int = row[0]
    return number


def _particulars_row(plan: str, agenda: Agenda) -> Row:
    members = json.dumps([[one.role, one.authority] for one in agenda.members], ensure_ascii=False)
    contact = agenda.contact
    contacts = json.dumps([contact.role, contact.telephone, contact.email], ensure_ascii=False)
    return (plan, agenda.meeting.number, members, plans.as_text(agenda.notices), contacts)


def _item_row(plan: str, meeting: int, place: int, item: AgendaItem, file: int | None) -> Row:
    exempt = item.exemption
    return (
        *(plan, meeting, item.key, place, item.kind.value, item.title, item.report_of, item.author, item.note),
        item.generated.value if item.generated else None,
        file,
        *((exempt.paragraph, exempt.description, exempt.public_interest) if exempt else (None, "", "")),
    )


def _log(
    connection: sqlite3.Connection,
    plan: str,
    altered: Sequence[Alteration | None],
    meeting: Meeting,
    title: str,
    summary: str,
    now: datetime,
    by: str,
) -> Changes:
    """Log what was altered of a meeting as one deed; nothing altered is nothing done."""
    rows = [one for one in altered if one is not None]
    if not rows:
        return Changes("It says this already; nothing has changed.")
    summary = f"{summary}, meeting of {in_words(meeting.day)}."
    details = {"plan": plan, "rows": rows}
    history.append(connection, Verb.AGENDA, now, by, title=title, summary=summary, details=details)
    return Changes(summary, meetings=True)
