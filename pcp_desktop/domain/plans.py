"""A Police and Crime Plan as data: themes, priorities, and what a plan file ships with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pcp_desktop.domain.measures import Break, Event, Measure, PeerGroup
from pcp_desktop.domain.meetings import Agenda, Meeting
from pcp_desktop.domain.periods import Period
from pcp_desktop.domain.returns import ExpectedReturn, Organisation


@dataclass(frozen=True)
class Priority:
    """One strategic priority: its code ("SP12") and its title in the plan's words."""

    code: str
    title: str


@dataclass(frozen=True)
class Theme:
    """A group of priorities under the plan's own heading."""

    name: str
    priorities: tuple[Priority, ...]


@dataclass(frozen=True)
class Plan:
    """A plan with its whole-area name, baseline year and last day."""

    code: str
    name: str
    area: str
    force: str
    baseline: Period
    first_day: date
    last_day: date
    themes: tuple[Theme, ...]

    @property
    def priorities(self) -> tuple[Priority, ...]:
        """All priorities in the order of the plan."""
        return tuple(priority for theme in self.themes for priority in theme.priorities)


@dataclass(frozen=True)
class PlanContents:
    """Everything a shipped plan puts into a new panel file."""

    plan: Plan
    measures: tuple[Measure, ...]
    organisations: tuple[Organisation, ...]
    expected_returns: tuple[ExpectedReturn, ...] = ()
    breaks: tuple[Break, ...] = ()
    events: tuple[Event, ...] = ()
    peer_groups: tuple[PeerGroup, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    agendas: tuple[Agenda, ...] = ()
