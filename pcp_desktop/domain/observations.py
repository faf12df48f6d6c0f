"""Observations: one value of one measure, area and period, with its marker and where it came from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pcp_desktop.domain.periods import Period


class Marker(StrEnum):
    """What is said of a value beside it."""

    FINAL = "final"
    PROVISIONAL = "provisional"
    REVISED = "revised"
    SUPPRESSED = "suppressed"
    NOT_AVAILABLE = "not available"
    NOT_APPLICABLE = "not applicable"

    @property
    def sign(self) -> str:
        """The marker as papers print it; empty for a final value."""
        return {
            Marker.FINAL: "",
            Marker.PROVISIONAL: "[p]",
            Marker.REVISED: "[r]",
            Marker.SUPPRESSED: "[c]",
            Marker.NOT_AVAILABLE: "[x]",
            Marker.NOT_APPLICABLE: "[z]",
        }[self]


class Part(StrEnum):
    """Which part of a measure a stored number is.

    A count, score, sum of money or text has a `VALUE`; a proportion may come as numerator and denominator, as a
    value, or as all three; a rate for a force has its count as `VALUE` and its population as `DENOMINATOR`.
    """

    VALUE = "value"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"


@dataclass(frozen=True, order=True)
class Source:
    """Where a value stands: the received file's name, the sheet (empty in a .csv file) and the cell ("L7")."""

    file: str
    sheet: str
    cell: str

    @property
    def label(self) -> str:
        """The source as a hover card shows it."""
        sheet = f", {self.sheet}" if self.sheet else ""
        return f"{self.file}{sheet}, cell {self.cell}"


@dataclass(frozen=True)
class ObservationKey:
    """What a stored value is a value of; two observations with one key are the same thing at different times."""

    measure: str
    area: str
    period: Period
    part: Part = Part.VALUE


@dataclass(frozen=True)
class Observation:
    """One value of one measure, area, period and part.

    `area` is the plan's area, one of the measure's parts, or a peer force. `value` is unrounded and in the measure's
    unit (percentages in points, so 86.5 for 86.5%); None where the marker says why. `text` is the words of a text
    measure. `return_number` is the accepted return that brought it, 0 while it is only staged.
    """

    key: ObservationKey
    value: float | None
    marker: Marker
    source: Source
    text: str | None = None
    return_number: int = 0
