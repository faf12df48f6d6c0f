"""What a person decided about a measure in place of what is computed: a status, and where its limits come from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pcp_desktop.domain.periods import Period, last_day, month, span
from pcp_desktop.domain.status import Override


@dataclass(frozen=True)
class StatusSetByHand:
    """The status that a person gave a measure and area for one quarter."""

    measure: str
    area: str
    period: Period
    override: Override


class LimitsOrigin(StrEnum):
    """What was chosen of limits: the points that make them, where a new level starts, or to screen nothing out."""

    BASELINE = "baseline"
    NEW_LEVEL = "new level"
    ALL_RANGES = "all moving ranges"


@dataclass(frozen=True)
class ChosenLimits:
    """Where a measure's control limits come from, as a person decided, with the reason.

    For a baseline the limits are made by the points from `first` to `last`; a new level has its own limits from
    `first` on and no `last`. All moving ranges make the limits of an XmR chart, far ones too, where a person switched
    screening off; `first` is then the first day of the quarter in which that was done. The comparison with the plan's
    baseline year stands beside them unchanged.
    """

    measure: str
    area: str
    origin: LimitsOrigin
    first: date
    last: date | None
    reason: str
    by: str = ""
    on: datetime | None = None

    @property
    def words(self) -> str:
        """The points of a baseline ("April 2013 to March 2014"), the first month of a new level, or the ranges."""
        if self.origin is LimitsOrigin.ALL_RANGES:
            return self.origin.value
        begins = month(self.first.year, self.first.month).label
        if self.last is None or last_day(self.first) >= self.last:
            return begins
        return f"{begins} to {month(self.last.year, self.last.month).label}"

    @property
    def baseline(self) -> Period | None:
        """The span of a baseline; None of other choices."""
        return None if self.last is None else span(self.first, self.last)
