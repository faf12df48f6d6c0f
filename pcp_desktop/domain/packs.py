"""Packs: what the Packs page shows of a meeting's papers; the papers themselves are described elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.meetings import Agenda, AgendaItem, Meeting, PublishedPack
from pcp_desktop.domain.periods import in_words


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


_CLOSE = 5  # working days


class StripMark(StrEnum):
    """What an entry of the strip of days is, and so how it is drawn."""

    TODAY = "today"
    WORKING = "working day"
    PUBLISH = "last day to publish"
    CLEAR = "clear days"
    MEETING = "meeting"


@dataclass(frozen=True)
class StripEntry:
    """One entry of the strip from today to the meeting: a day ("Tue 17") or several ("five clear days")."""

    mark: StripMark
    words: str


@dataclass(frozen=True)
class Deadline:
    """By when the pack has to be out: five clear working days before the meeting (s.100B, Local Government Act 1972).

    `day` is the last working day on which it can be published. `working_days_left` counts from the day after today
    to it; once it has passed, the working days since, as a negative number or 0. `words` is the sentence over the
    strip and `detail` what stands beside it; `strip` goes from today to the meeting.
    """

    day: date
    working_days_left: int
    passed: bool
    words: str
    detail: str
    strip: tuple[StripEntry, ...] = ()

    @property
    def is_close(self) -> bool:
        """Whether the last day is at hand, so that the window warns."""
        return self.working_days_left <= _CLOSE


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

    `page_numbers` are those of the whole pack in order, with gaps where exempt pages are withheld; there are none
    while the pack has not been set as it stands now, and lines then have no pages. `published` is the pack as it was
    frozen, None before. `double_sided_words` say how many blank backs were added; `honest_line` is what the pack says
    of received papers that are not accessible, empty where all are.
    """

    meeting: Meeting
    audience: Audience
    agenda: Agenda
    lines: tuple[AgendaLine, ...]
    readiness: tuple[ReadinessLine, ...]
    deadline: Deadline
    page_numbers: tuple[int, ...] = ()
    double_sided_words: str = ""
    honest_line: str = ""
    published: PublishedPack | None = None
    read_only_reason: str = ""

    @property
    def built(self) -> bool:
        """Whether the pack is set as it stands."""
        return bool(self.page_numbers)

    @property
    def file_name(self) -> str:
        """What a copy of the pack is called: "Panel pack 23 March 2016 public.pdf"."""
        return f"Panel pack {in_words(self.meeting.day)} {self.audience.value}.pdf"

    def counted(self, standing: Standing) -> int:
        """How many lines of the readiness list have this standing."""
        return sum(1 for line in self.readiness if line.standing is standing)

    def line_at(self, page: int) -> AgendaLine | None:
        """The agenda line whose paper has this page of the pack; the one before for a blank back, None for none."""
        having = [line for line in self.lines if line.first_page and line.first_page <= page]
        return max(having, key=lambda line: line.first_page, default=None)
