"""What goes back to a partner: its own measures, what was used of its returns, and what is still to come."""

from __future__ import annotations

from dataclasses import dataclass

from pcp_desktop.domain.observations import Observation
from pcp_desktop.domain.pages import MeasureRow, ReturnRow
from pcp_desktop.domain.periods import Period
from pcp_desktop.domain.status import Status


@dataclass(frozen=True)
class UsedFigure:
    """A figure as it is stored, with the text it is shown as ("4,014", "86.5%")."""

    observation: Observation
    shown: str


@dataclass(frozen=True)
class PartnerSeries:
    """Every stored figure of one measure that the partner supplied, in the order of area, period and part.

    `name` is the label that fits a sheet's name. `held_words` says why the figures may not be passed on; empty where
    they may. `measure` is the measure's code.
    """

    priority: str
    label: str
    name: str
    unit: str
    figures: tuple[UsedFigure, ...]
    measure: str
    held_words: str = ""


@dataclass(frozen=True)
class StillToCome:
    """Something that is missing, queried or not available: of which return or measure, for when, and what."""

    about: str
    period: str
    words: str


@dataclass(frozen=True)
class PartnerPage:
    """Everything that one organisation is sent back for a quarter.

    `rows` are its measures: those it alone supplies as the officers see them, those that it supplies a part of with
    its own part, and of the rest what everybody may see. Nothing in the page is another organisation's held figure.
    """

    organisation: str
    plan: str
    period: Period
    baseline_words: str
    accepted_words: str
    rows: tuple[MeasureRow, ...]
    returns: tuple[ReturnRow, ...]
    to_come: tuple[StillToCome, ...]
    series: tuple[PartnerSeries, ...]
    key: tuple[tuple[Status, str], ...]

    @property
    def held(self) -> tuple[PartnerSeries, ...]:
        """The series that may not be passed on."""
        return tuple(one for one in self.series if one.held_words)
