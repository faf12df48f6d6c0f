"""The page of clearance as it is shown: what waits for which board, what is held, and who was told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pcp_desktop.domain.clearance import Clearance
from pcp_desktop.domain.pages import ClearanceShown
from pcp_desktop.domain.periods import Period


class ClearanceGroup(StrEnum):
    """What becomes of a measure before publication day, the most pressing first."""

    OVERDUE = "To clear now"
    SOON = "Free before publication day"
    WAITING = "Not free before publication day"
    HELD = "Held, no end known"
    AWAITED = "No figures yet"
    CLEARED = "Cleared"


STILL_HELD = (ClearanceGroup.OVERDUE, ClearanceGroup.SOON, ClearanceGroup.WAITING, ClearanceGroup.HELD)


@dataclass(frozen=True)
class ChainStep:
    """One step on the way to clearance: its word, "done", "open" or "stuck", and when and by whom."""

    word: str
    state: str
    detail: str = ""


@dataclass(frozen=True)
class BoardWait:
    """A board that clears a measure's figures for an organisation; `day` is None where no date is known."""

    organisation: str
    board: str
    day: date | None

    @property
    def words(self) -> str:
        """The board with its organisation."""
        return f"{self.board}, {self.organisation}"


@dataclass(frozen=True)
class BoardLine:
    """A board's meeting on the quarter's figures of an organisation, and what of them waits for it.

    `meets` is its day in words and `standing` what that means for publication; `waiting` are the measures' labels,
    empty where nothing waits. `group` orders the lines like measures.
    """

    wait: BoardWait
    meets: str
    waiting: tuple[str, ...]
    standing: str
    group: ClearanceGroup


@dataclass(frozen=True)
class Told:
    """Someone told before release: the role, the two days in words, and whether access has ended."""

    role: str
    words: str
    ended: bool


@dataclass(frozen=True)
class ClearanceRow:
    """One measure: the four steps received, checked, accepted and cleared, its clearance and what can be done.

    `ends` says when the hold ends, `waits_for` what for; `sentence` is for the report and empty where nothing is
    held and no part is missing; `facts` are labels with values for the inspector. `clearance` is the record the row
    is made from. `area` is the part of the area whose figures alone are held, empty for the measure as a whole;
    `areas` are the parts that can be held so.
    """

    measure: str
    priority: str
    label: str
    group: ClearanceGroup
    steps: tuple[ChainStep, ChainStep, ChainStep, ChainStep]
    clearance: Clearance
    shown: ClearanceShown
    waits_for: str
    ends: str
    sentence: str
    facts: tuple[tuple[str, str], ...]
    boards: tuple[BoardWait, ...]
    told: tuple[Told, ...]
    area: str = ""
    areas: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What tells the row from the others: its measure, with the area that it is of."""
        return f"{self.measure}@{self.area}" if self.area else self.measure

    @property
    def may_be_cleared(self) -> bool:
        """Whether there are accepted figures that are not cleared."""
        return self.steps[2].state == "done" and self.steps[3].state != "done"


@dataclass(frozen=True)
class ClearancePage:
    """The measures of a quarter, grouped, as they stand on the day `today`, and the boards that clear them.

    `publish_by` is the last day to publish, None without a meeting.
    """

    period: Period
    today: date
    publish_by: date | None
    rows: tuple[ClearanceRow, ...]
    scope: str
    calendar: tuple[BoardLine, ...] = ()

    def of(self, group: ClearanceGroup) -> tuple[ClearanceRow, ...]:
        """The rows of a group."""
        return tuple(row for row in self.rows if row.group is group)

    @property
    def still_held(self) -> tuple[ClearanceRow, ...]:
        """The rows whose figures have come and may not be published as things stand."""
        return tuple(row for row in self.rows if row.group in STILL_HELD)
