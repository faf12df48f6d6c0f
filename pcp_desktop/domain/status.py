"""Statuses and assessments: the words of the judgement. How one is reached belongs in analysis.status."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Status(StrEnum):
    """The judgement on a measure; targets use the same shapes with their own words.

    Small numbers are a status only where a Panel shows them as amber, which is its convention and no judgement.
    """

    IMPROVING = "improving"
    NO_CLEAR_CHANGE = "no clear change"
    DETERIORATING = "deteriorating"
    TARGET_MET = "target met"
    WITHIN_TOLERANCE = "within tolerance"
    TARGET_MISSED = "target missed"
    SMALL_NUMBERS = "small numbers"
    NOT_ASSESSED = "not assessed"

    @property
    def is_assessed(self) -> bool:
        """Whether a rule or a person has judged, so that something is said of how the measure does."""
        return self not in (Status.SMALL_NUMBERS, Status.NOT_ASSESSED)

    @property
    def word(self) -> str:
        """The status as it is shown."""
        return self.value[0].upper() + self.value[1:]

    @property
    def mark(self) -> Mark:
        """The shape that goes with the word."""
        return _MARKS[self]


class Mark(StrEnum):
    """The shapes: circle with tick, square with bars, diamond, open dashed circle, padlock."""

    IMPROVING = "improving"
    SAME = "same"
    DETERIORATING = "deteriorating"
    NOT_ASSESSED = "not assessed"
    EMBARGOED = "embargoed"


_MARKS = {
    Status.IMPROVING: Mark.IMPROVING,
    Status.TARGET_MET: Mark.IMPROVING,
    Status.NO_CLEAR_CHANGE: Mark.SAME,
    Status.WITHIN_TOLERANCE: Mark.SAME,
    Status.SMALL_NUMBERS: Mark.SAME,
    Status.DETERIORATING: Mark.DETERIORATING,
    Status.TARGET_MISSED: Mark.DETERIORATING,
    Status.NOT_ASSESSED: Mark.NOT_ASSESSED,
}


@dataclass(frozen=True)
class Override:
    """A status that a person has set in place of the computed one, with the reason, which is printed."""

    status: Status
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Assessment:
    """The computed status of a measure at a period, with what led to it.

    `rule` names the rule in words, `reason` is one sentence with the numbers, `short_reason` fits a table cell (why
    it is not assessed; of no clear change, what it could be) and is else empty, `caveats` are further sentences.
    `p_value` and `interval` (in percent change, or points for proportions) are None where the rule gives none.
    `status` is the one shown; where a person has set it, `override` says why, and `computed` keeps the one that the
    rule gave.
    """

    status: Status
    rule: str
    reason: str
    short_reason: str = ""
    caveats: tuple[str, ...] = ()
    p_value: float | None = None
    interval: tuple[float, float] | None = None
    override: Override | None = None
    computed: Status | None = None

    @property
    def by_hand(self) -> str:
        """What is said of a status that a person has set: why, and which one the rule gives; else empty."""
        if self.override is None or self.computed is None:
            return ""
        return f"Set by hand: {self.override.reason.rstrip('.')}. The computed status is “{self.computed.word}”."
