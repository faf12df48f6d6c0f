"""Meetings of the Panel: when and where, who sits, the agenda with its papers, and packs that were published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.formats import listed
from pcp_desktop.domain.periods import Period


@dataclass(frozen=True)
class Member:
    """One seat on the Panel by its role ("Chairman", "Councillor") and whom it represents."""

    role: str
    authority: str = ""


@dataclass(frozen=True)
class Contact:
    """Whom to ask, by role; no person is named."""

    role: str = ""
    telephone: str = ""
    email: str = ""


NEW_MEETING = -1
"""The number of a meeting that is still to be added."""


@dataclass(frozen=True)
class Meeting:
    """A meeting of the Panel; `latest_period` is the quarter it looks at, `number` its place in the plan's list."""

    day: date
    time: str
    place: str
    latest_period: Period
    number: int = 0


class ItemKind(StrEnum):
    """What stands behind an agenda item: nothing but its title, a spoken report, or a paper made here or received."""

    STANDING = "standing"
    VERBAL = "verbal"
    GENERATED = "generated"
    RECEIVED = "received"


class GeneratedPaper(StrEnum):
    """The papers that the program makes for an agenda item."""

    PERFORMANCE_REPORT = "performance report"


EXEMPT_INFORMATION = {
    1: "Information relating to any individual",
    2: "Information which is likely to reveal the identity of an individual",
    3: "Information relating to the financial or business affairs of any particular person",
    4: "Information relating to consultations or negotiations in a labour relations matter",
    5: "Information for which legal professional privilege could be maintained",
    6: "Information which reveals that a notice, order or direction is proposed",
    7: "Information relating to the prevention, investigation or prosecution of crime",
}
"""The paragraphs of Part 1 of Schedule 12A, Local Government Act 1972, as they hold in England, in short."""


@dataclass(frozen=True)
class Exemption:
    """Why an item is exempt: its paragraph of Schedule 12A, Local Government Act 1972, and the public interest."""

    paragraph: int
    description: str
    public_interest: str


@dataclass(frozen=True)
class ReceivedPaper:
    """A paper as it was received; its bytes are kept in the panel file under its SHA-256."""

    name: str
    sha256: str
    size: int
    received: datetime


@dataclass(frozen=True)
class AgendaItem:
    """One item of a meeting's agenda.

    `key` tells the items of a meeting apart and stays when they are reordered (0: not yet on an agenda). What the
    agenda prints as the item's number is its place, see `numbered`. `report_of` and `author` are roles; `note` is
    printed under the title (what a verbal update is about). `paper` is None while a received paper is awaited.
    """

    key: int
    kind: ItemKind
    title: str
    report_of: str = ""
    author: str = ""
    note: str = ""
    generated: GeneratedPaper | None = None
    paper: ReceivedPaper | None = None
    exemption: Exemption | None = None

    def may_be_read_by(self, audience: Audience) -> bool:
        """Whether the paper itself may stand in a pack for `audience`; the title always does."""
        return self.exemption is None or audience is not Audience.PUBLIC


STANDING_AGENDA = (
    AgendaItem(0, ItemKind.STANDING, "Minutes of the previous meeting"),
    AgendaItem(0, ItemKind.STANDING, "Public question time"),
    AgendaItem(0, ItemKind.STANDING, "Urgent items"),
    AgendaItem(0, ItemKind.STANDING, "Declarations of interest"),
    AgendaItem(0, ItemKind.GENERATED, "Performance report", generated=GeneratedPaper.PERFORMANCE_REPORT),
    AgendaItem(0, ItemKind.STANDING, "Date of next meeting"),
)
"""What the agenda of an ordinary meeting begins with."""


@dataclass(frozen=True)
class Agenda:
    """The agenda of one meeting with what its front sheet prints beside it; items in their order."""

    meeting: Meeting
    items: tuple[AgendaItem, ...] = ()
    members: tuple[Member, ...] = ()
    notices: tuple[str, ...] = ()
    contact: Contact = Contact()

    def number_of(self, key: int) -> int:
        """The number that the agenda prints for an item, from 1; ValueError where it has no such item."""
        return [item.key for item in self.items].index(key) + 1


@dataclass(frozen=True)
class PrintedFigure:
    """A figure that a published pack printed: where ("SP12, paragraph 3"), which live figure, and its text."""

    place: str
    field: str
    shown: str


@dataclass(frozen=True)
class PublishedCount:
    """A count of a sensitive measure as it stood when the public pack was published, and whether it `was_shown`.

    What was hidden then must not be found out from what is shown later. `value` is the count itself.
    """

    measure: str
    area: str
    period: Period
    value: float
    was_shown: bool


def by_year_in_words(counts: Iterable[PublishedCount], whole: str) -> str:
    """The years and areas of counts: "2012/13 (Melton, Rutland) and 2013/14"; the area `whole` is not named."""
    by_year: dict[Period, list[str]] = {}
    for one in counts:
        by_year.setdefault(one.period, []).append("the whole area" if one.area == whole else one.area)
    return listed(
        [
            year.label if areas == ["the whole area"] else f"{year.label} ({', '.join(areas)})"
            for year, areas in sorted(by_year.items())
        ]
    )


@dataclass(frozen=True)
class PublishedPack:
    """A pack as it was published: frozen, with the SHA-256 of its bytes and the head of the change log it prints.

    `figures` are those that it prints; `counts` those of sensitive measures that it shows or hides. A copy that is
    shared has no `counts`.
    """

    meeting: int
    audience: Audience
    name: str
    sha256: str
    size: int
    pages: int
    published: datetime
    by: str
    log_head: str
    figures: tuple[PrintedFigure, ...] = ()
    counts: tuple[PublishedCount, ...] = ()
