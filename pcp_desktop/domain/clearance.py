"""Clearance: whether accepted figures may be published, and to whom. How it is shown belongs to the pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


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
class Clearance:
    """What holds for a measure's figures up to and including the day `through`.

    `until` says in words when a hold ends ("national release"); `on` is the day it was recorded and `by` the role of
    whoever recorded it.
    """

    measure: str
    state: ClearanceState
    through: date
    until: str = ""
    on: date | None = None
    by: str = ""

    def may_be_shown(self, audience: Audience) -> bool:
        """Whether figures under this clearance may appear on a page for `audience`."""
        if audience is Audience.WORKING or self.state is ClearanceState.CLEARED:
            return True
        return audience is Audience.RESTRICTED and self.state is ClearanceState.EXEMPT


def clearance_at(records: tuple[Clearance, ...], measure: str, day: date, board: str) -> Clearance:
    """The clearance of `measure` for figures up to `day`.

    An embargo holds until it is lifted, whatever its day. A clearance counts only if it reaches `day`; otherwise the
    figures wait for `board`. Records later in the tuple replace earlier ones of the same measure.
    """
    of_measure = [record for record in records if record.measure == measure]
    if of_measure and of_measure[-1].state is not ClearanceState.CLEARED:
        return of_measure[-1]
    for record in reversed(of_measure):
        if record.through >= day:
            return record
    return Clearance(measure, ClearanceState.WAITING, day, until=board)
