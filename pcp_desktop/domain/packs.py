"""Packs: what the Packs page shows of a meeting's papers; the papers themselves are described elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.meetings import Agenda, AgendaItem, Meeting, PublishedPack


class Standing(StrEnum):
    """How much a line of the readiness list matters."""

    STOPS = "stops publication"
    DECIDE = "to decide"
    DONE = "done"


@dataclass(frozen=True)
class ReadinessLine:
    """One line of the readiness list.

    `where` says the place ("Item 7, page 57"), `action` is the verb of its link ("Go to", "Write"), `link` the
    sidebar page and subject it leads to ("priorities", "SP12"); empty where there is nowhere to go. `item` is the
    agenda item it is about, 0 for the pack as a whole, and `page` the pack's page, 0 where it has none.
    """

    standing: Standing
    title: str
    text: str = ""
    where: str = ""
    action: str = ""
    link: tuple[str, str] = ("", "")
    item: int = 0
    page: int = 0


@dataclass(frozen=True)
class Deadline:
    """By when the pack has to be out: five clear working days before the meeting (s.100B, Local Government Act 1972).

    `day` is the last day on which it can be published, `working_days_left` counts from the day after today to it
    (negative once it has passed), `days` are the dates of the strip from today to the meeting with their words, and
    `words` the sentence over it.
    """

    day: date
    working_days_left: int
    words: str
    days: tuple[tuple[date, str], ...] = ()


@dataclass(frozen=True)
class AgendaLine:
    """One line of the Packs page's agenda: the item with its number, pages ("3–10") and how it stands.

    `key` is the item's, 0 for the front sheet. `first_page` and `last_page` are pages of the pack, 0 for an item
    without a paper in it. `standing` is None for a line that cannot be wrong.
    """

    key: int
    number: str
    title: str
    detail: str
    pages: str
    first_page: int = 0
    last_page: int = 0
    standing: Standing | None = None
    item: AgendaItem | None = None


@dataclass(frozen=True)
class PackPage:
    """The Packs page: one meeting's pack for one audience (public or restricted).

    `page_count` is of the whole pack. `built` is False while the pack has not been set yet: lines then have no
    pages. `published` is the pack as it was frozen, None before. `honest_line` is what the pack says of received
    papers that are not accessible, empty where all are.
    """

    meeting: Meeting
    audience: Audience
    agenda: Agenda
    lines: tuple[AgendaLine, ...]
    readiness: tuple[ReadinessLine, ...]
    deadline: Deadline
    page_count: int = 0
    built: bool = False
    double_sided_words: str = ""
    honest_line: str = ""
    published: PublishedPack | None = None
    read_only_reason: str = ""

    def counted(self, standing: Standing) -> int:
        """How many lines of the readiness list have this standing."""
        return sum(1 for line in self.readiness if line.standing is standing)
