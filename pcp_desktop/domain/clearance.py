"""Clearance: whether accepted figures may be published, and to whom. How it is shown belongs to the pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pcp_desktop.domain.periods import Period

HELD_MARK = "Working view – contains held figures"
"""What every copy and picture made of held figures carries."""


class Audience(StrEnum):
    """Whom a page is built for."""

    WORKING = "working"
    RESTRICTED = "restricted"
    PUBLIC = "public"


class ClearanceState(StrEnum):
    """Cleared, or held in one of four ways."""

    CLEARED = "cleared"
    WAITING = "waiting"
    EXEMPT = "exempt"
    CONFIDENTIAL = "confidential"
    EMBARGOED = "embargoed"


NOT_PUBLISHED_REASONS = {
    ClearanceState.WAITING: "Not published before it has passed its board",
    ClearanceState.EXEMPT: "Not published: exempt information",
    ClearanceState.CONFIDENTIAL: "Not published: furnished in confidence",
    ClearanceState.EMBARGOED: "Not published before national release",
}


@dataclass(frozen=True)
class HoldTerms:
    """Why figures are held, who says so and when that ends; what is not told is empty.

    `reason` is the reason, and of a confidential hold the terms the figures were furnished on; `source` the board,
    the department or the producer of the statistics that asks for it. An exempt hold names its `paragraph` of
    Schedule 12A, the `public_interest` test and the `resolution`. `ends_on` is the day of release where it is known.
    """

    reason: str = ""
    source: str = ""
    paragraph: int | None = None
    public_interest: str = ""
    resolution: str = ""
    ends_on: date | None = None


NO_TERMS = HoldTerms()


@dataclass(frozen=True)
class BoardDate:
    """When the governing board of an organisation meets on the figures of a quarter; `source` says who told."""

    organisation: str
    board: str
    period: Period
    day: date
    source: str = ""


NEW_RECIPIENT = 0


@dataclass(frozen=True)
class Recipient:
    """Someone told a measure's figures before their release: by role, never by name, from `told_on` to `expires`.

    `number` is `NEW_RECIPIENT` until it is recorded; `purpose` says what the figures were told for.
    """

    measure: str
    role: str
    told_on: date
    expires: date
    number: int = NEW_RECIPIENT
    purpose: str = ""


@dataclass(frozen=True)
class Clearance:
    """What holds for a measure's figures up to and including the day `through`.

    `until` says in words when a hold ends ("national release"), `terms` why it is; `on` is the day it was recorded
    and `by` the role of whoever recorded it. Where several organisations supply the measure, `organisation` names the
    one whose board cleared its own figures; empty means the whole measure. `area` is the part of the plan's area
    whose figures alone are held, or held no longer; empty means all of the measure's figures.
    """

    measure: str
    state: ClearanceState
    through: date
    until: str = ""
    on: date | None = None
    by: str = ""
    terms: HoldTerms = NO_TERMS
    organisation: str = ""
    area: str = ""

    @property
    def is_for_its_board(self) -> bool:
        """Whether its board's word is all that it takes: an exempt, confidential or unreleased figure needs more."""
        return self.state in (ClearanceState.CLEARED, ClearanceState.WAITING)

    @property
    def lacks(self) -> str:
        """What a hold has to say and does not, as a sentence; empty where it says all it must."""
        terms = self.terms
        match self.state:
            case ClearanceState.WAITING if not self.until:
                return "Name the board that the figures wait for."
            case ClearanceState.EXEMPT if not (terms.paragraph and terms.public_interest and terms.resolution):
                return "Give the paragraph of Schedule 12A, the public interest test and the resolution."
            case ClearanceState.CONFIDENTIAL if not (terms.source and terms.reason):
                return "Name the government department and the terms on which it furnished the figures."
            case ClearanceState.EMBARGOED if not (self.until or terms.ends_on):
                return "Give the day of release, or the event that releases the figures."
        return ""

    def may_be_shown(self, audience: Audience) -> bool:
        """Whether figures under this clearance may appear on a page for `audience`."""
        if audience is Audience.WORKING or self.state is ClearanceState.CLEARED:
            return True
        return audience is Audience.RESTRICTED and self.state is ClearanceState.EXEMPT


def clearance_at(
    records: tuple[Clearance, ...], measure: str, day: date, board: str, suppliers: Sequence[str] = ()
) -> Clearance:
    """The clearance of `measure` for figures up to `day`.

    An embargo holds until it is lifted, whatever its day. A clearance counts only if it reaches `day`, and one of an
    organisation's own figures only together with those of all other `suppliers`: an uncleared part makes the total
    over it uncleared. Otherwise the figures wait for `board`. Records later in the tuple replace earlier ones of the
    same measure. Holds on one area's figures are not looked at (see `area_hold`).
    """
    of_measure = [record for record in records if record.measure == measure and not record.area]
    newest = of_measure[-1] if of_measure else None
    still_open = set(suppliers)
    for record in reversed(of_measure):
        if record.state is not ClearanceState.CLEARED:
            if record is newest or record.through >= day:
                return record
        elif record.through >= day:
            still_open.discard(record.organisation)
            if not record.organisation or (suppliers and not still_open):
                return record
    return Clearance(measure, ClearanceState.WAITING, day, until=board)


def area_hold(records: tuple[Clearance, ...], measure: str, area: str) -> Clearance | None:
    """What holds the figures of `measure` for one area alone, whatever their day; None where nothing does."""
    found = [record for record in records if (record.measure, record.area) == (measure, area)]
    return found[-1] if found and found[-1].state is not ClearanceState.CLEARED else None
