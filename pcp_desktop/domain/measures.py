"""Measures and what belongs to them: their attributes, breaks, events and peers. No values, no rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What sort of quantity a measure is."""

    COUNT = "count"
    PROPORTION = "proportion"
    RATE = "rate"
    SCORE = "score"
    MONEY = "money"
    TEXT = "text"


class Polarity(StrEnum):
    """Which direction is good."""

    LOWER = "lower"
    HIGHER = "higher"
    HIGHER_REPORTING_WELCOME = "higher reporting is welcome"
    NEUTRAL = "neutral"

    @property
    def words(self) -> str:
        """The polarity as a chip shows it."""
        return {
            Polarity.LOWER: "Lower is better",
            Polarity.HIGHER: "Higher is better",
            Polarity.HIGHER_REPORTING_WELCOME: "Higher reporting is welcome",
            Polarity.NEUTRAL: "Neither direction is better",
        }[self]


class Aggregation(StrEnum):
    """How values of shorter periods or of areas make one of a longer period or the whole area."""

    SUM = "sum"
    RATIO = "ratio"
    LATEST = "latest"


class Frequency(StrEnum):
    """How often a measure is returned; `12 months` is a rolling figure."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    YEAR = "year"
    TWELVE_MONTHS = "12 months"


class StatusRule(StrEnum):
    """The rule that gives a measure its status."""

    AGAINST_BASELINE = "against baseline"
    AGAINST_TARGET = "against target"
    CONTROL_CHART = "control chart"
    BY_PEOPLE = "by people"


@dataclass(frozen=True)
class RecordingAudit:
    """An audit of recording practice: `compliance` is the percentage of what was reported that was recorded.

    `margin` is two standard errors in points, None where the audit gave none; `by` says who audited and when, as it
    is printed ("HMICFRS, spring 2017").
    """

    day: date
    compliance: float
    by: str
    margin: float | None = None


@dataclass(frozen=True)
class Measure:
    """One quantity followed for a priority.

    `unit` is what is counted ("offences"), "percent", or "£ million". `board` is the governing board that clears
    it. `areas` are the parts it is returned by, empty where it comes for the whole area. `target` and `tolerance` are
    in the measure's unit. `small_number_threshold` is the least count shown of a sensitive measure. `decimals` are
    the decimal places the papers print. `embargoed_until` names the release before which neither the figures nor any
    indication of performance may be published; None where there is no such rule. `part_of` is the code of the measure
    whose count or amount this one's is a part of: with its other parts and by area the two give each other away.
    `design_effect` is that of the survey a percentage comes from, 1 for a simple random sample; `audits` of recording
    practice are in order of time.
    """

    code: str
    priority: str
    label: str
    kind: Kind
    unit: str
    polarity: Polarity
    aggregation: Aggregation
    frequency: Frequency
    status_rule: StatusRule
    lead: bool
    organisations: tuple[str, ...]
    board: str
    synonyms: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    note: str = ""
    target: float | None = None
    tolerance: float | None = None
    sensitive: bool = False
    small_number_threshold: int = 5
    decimals: int = 0
    embargoed_until: str | None = None
    short_label: str = ""
    part_of: str = ""
    design_effect: float = 1.0
    audits: tuple[RecordingAudit, ...] = ()

    @property
    def name(self) -> str:
        """The label that fits a table row."""
        return self.short_label or self.label

    @property
    def is_rolling(self) -> bool:
        """Whether neighbouring values share months, so that no limits or paired tests are allowed."""
        return self.frequency is Frequency.TWELVE_MONTHS


@dataclass(frozen=True)
class Break:
    """A point where a measure's series stops being comparable: `first_day` is the first day of the new series."""

    measure: str
    first_day: date
    note: str
    totals_comparable: bool = False


@dataclass(frozen=True)
class Event:
    """A dated annotation on the charts of `measures` (all charts where empty)."""

    day: date
    label: str
    measures: tuple[str, ...] = ()


@dataclass(frozen=True)
class PeerGroup:
    """The forces a force is compared with in a financial year, the own force included.

    `own` is the name under which the own force appears; `note` says where the membership is from.
    """

    first_day: date
    forces: tuple[str, ...]
    own: str
    note: str = ""
