"""The front sheet of a pack and the page that stands for an exempt item; which pages a paper takes is the pack's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.meetings import Agenda, AgendaItem, Contact, Exemption, ItemKind, Member
from pcp_desktop.domain.periods import in_words, with_weekday
from pcp_desktop.domain.progress import Progress, unwatched
from pcp_desktop.papers.dashboard import BODY
from pcp_desktop.papers.tagging import finish_tags
from pcp_desktop.papers.typst import Typesetter

SUBJECT_COLUMN = 1
_ACT = "Part 1 of Schedule 12A to the Local Government Act 1972"


@dataclass(frozen=True)
class ItemPlace:
    """Where an agenda item's papers are in the pack: first and last page, and the section its links lead to.

    All None for an item without a paper in the pack.
    """

    first: int | None = None
    last: int | None = None
    section: int | None = None

    @property
    def words(self) -> str:
        """“(Pages 3 - 10)”, “(Page 3)” or nothing."""
        if self.first is None:
            return ""
        return f"(Page {self.first})" if self.first == self.last else f"(Pages {self.first} - {self.last})"


@dataclass(frozen=True)
class FrontSheet:
    """What a front sheet is made from.

    `body` is the Panel's whole name; `places` has one entry for each item of the agenda, in order; `accessibility`
    are the sentences about papers that a screen reader cannot follow, empty where there are none. `record` says from
    which state of the panel file a published pack was made; empty in a draft.
    """

    body: str
    agenda: Agenda
    audience: Audience
    places: Sequence[ItemPlace]
    accessibility: Sequence[str] = ()
    record: str = ""


def set_front_sheet(
    sheet: FrontSheet, *, timestamp: datetime, typesetter: Typesetter, progress: Progress = unwatched
) -> bytes:
    """The front sheet as a tagged PDF; links lead to "item:" and the number of a section. Raises as `typst.pdf`."""
    return typesetter.pdf(
        "front_sheet.typ",
        front_sheet_data(sheet),
        timestamp=timestamp,
        progress=progress,
        words="Setting the front sheet",
        amend=lambda document: finish_tags(document, SUBJECT_COLUMN),
    )


def front_sheet_data(sheet: FrontSheet) -> dict[str, Any]:
    """Everything that stands on the front sheet, as JSON for front_sheet.typ."""
    meeting = sheet.agenda.meeting
    day = in_words(meeting.day)
    return {
        "title": pack_title(sheet.body, sheet.agenda, sheet.audience),
        "panel": sheet.body,
        "description": f"Agenda and papers of the meeting on {day} at {meeting.time}",
        "kind": "Agenda and papers",
        "restriction": _restriction(sheet),
        "details": _details(sheet.agenda),
        "membership": membership(sheet.agenda.members),
        "notices": list(sheet.agenda.notices),
        "accessibility": list(sheet.accessibility),
        "agenda": [
            _item(number, item, place)
            for number, (item, place) in enumerate(zip(sheet.agenda.items, sheet.places, strict=True), start=1)
        ],
        "record": sheet.record,
        "footer": f"{BODY}, {day}. Agenda.",
    }


def pack_title(body: str, agenda: Agenda, audience: Audience) -> str:
    """The title of the pack as a document."""
    restricted = " (restricted copy, not for publication)" if _has_exempt(agenda, audience) else ""
    return f"{body}: agenda and papers, {in_words(agenda.meeting.day)}{restricted}"


def paragraph_words(exemption: Exemption) -> str:
    """“paragraph 1 of Part 1 of Schedule 12A to the Local Government Act 1972”."""
    return f"paragraph {exemption.paragraph} of {_ACT}"


def _has_exempt(agenda: Agenda, audience: Audience) -> bool:
    return audience is not Audience.PUBLIC and any(item.exemption for item in agenda.items)


def _restriction(sheet: FrontSheet) -> str:
    """What a restricted copy says over its title; empty for the public one."""
    if not _has_exempt(sheet.agenda, sheet.audience):
        return ""
    numbers = [number for number, item in enumerate(sheet.agenda.items, start=1) if item.exemption]
    named = f"item {numbers[0]}" if len(numbers) == 1 else f"items {', '.join(map(str, numbers))}"
    return f"Not for publication. This copy holds the papers of {named}, which are exempt."


def _details(agenda: Agenda) -> list[tuple[str, str]]:
    meeting, contact = agenda.meeting, agenda.contact
    found = [
        ("Date", with_weekday(meeting.day)),
        ("Time", meeting.time),
        ("Place", meeting.place),
        ("Contact", _contact(contact)),
    ]
    return [(label, value) for label, value in found if value]


def _contact(contact: Contact) -> str:
    telephone = f"telephone {contact.telephone}" if contact.telephone else ""
    return ", ".join(filter(None, (contact.role, telephone, contact.email)))


def membership(members: Sequence[Member]) -> list[str]:
    """The seats in their order, those that are alike counted: “Councillor, Leicester City Council (4)”."""
    counts = Counter(f"{member.role}, {member.authority}" if member.authority else member.role for member in members)
    return [seat if count == 1 else f"{seat} ({count})" for seat, count in counts.items()]


def _item(number: int, item: AgendaItem, place: ItemPlace) -> dict[str, Any]:
    lines = [item.note] if item.note else []
    if item.kind is ItemKind.VERBAL and not item.note:
        lines.append("A verbal update will be given.")
    if item.exemption:
        exemption = item.exemption
        lines.append(f"Not for publication: {paragraph_words(exemption)} ({_lower(exemption.description)}).")
    return {
        "number": number,
        "title": item.title,
        "report_by": item.report_of,
        "lines": lines,
        "pages": place.words,
        "section": place.section,
    }


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


# ---------------------------------------------------------------- the page for an exempt item


def set_exempt_item(
    body: str,
    agenda: Agenda,
    item: AgendaItem,
    first_page: int,
    *,
    timestamp: datetime,
    typesetter: Typesetter,
    progress: Progress = unwatched,
) -> bytes:
    """What the public pack prints in the place of an exempt item's papers. Raises as `typst.pdf`."""
    return typesetter.pdf(
        "exempt_item.typ",
        exempt_item_data(body, agenda, item, first_page),
        timestamp=timestamp,
        progress=progress,
        words="Setting the exempt items",
    )


def exempt_item_data(body: str, agenda: Agenda, item: AgendaItem, first_page: int) -> dict[str, Any]:
    """Title, reason and resolution (s.100A(4), Local Government Act 1972), and nothing of the papers themselves."""
    exemption = item.exemption
    if exemption is None:
        raise ValueError(f"Item {agenda.number_of(item.key)} is not exempt.")
    number = agenda.number_of(item.key)
    return {
        "title": item.title,
        "panel": body,
        "description": f"Item {number}, in the place of exempt papers",
        "first_page": first_page,
        "item": f"Item {number}",
        "statement": "The papers for this item are exempt and are not for publication.",
        "reason": [
            f"The papers hold exempt information as defined in {paragraph_words(exemption)}: "
            f"{_lower(exemption.description)}.",
            exemption.public_interest,
        ],
        "resolution_words": "The Panel will be asked to pass the following resolution before it takes this item:",
        "resolution": (
            "That under section 100A(4) of the Local Government Act 1972 the public be excluded from the meeting for "
            f"item {number} on the grounds that it involves the likely disclosure of exempt information as defined "
            f"in {paragraph_words(exemption)}, and that, in all the circumstances of the case, the public interest "
            "in maintaining the exemption outweighs the public interest in disclosing the information."
        ),
        "footer": f"{BODY}, {in_words(agenda.meeting.day)}. Item {number}, {item.title}.",
    }
