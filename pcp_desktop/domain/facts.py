"""Facts: everything a page is built from, read from the panel file at one moment and then left alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from pcp_desktop.domain.clearance import Clearance, Recipient, clearance_at
from pcp_desktop.domain.commentary import Commentary, Draft
from pcp_desktop.domain.judgements import ChosenLimits, StatusSetByHand
from pcp_desktop.domain.measures import Break, Event, Measure, PeerGroup
from pcp_desktop.domain.meetings import Agenda, Meeting, PublishedPack
from pcp_desktop.domain.observations import Observation
from pcp_desktop.domain.plans import Plan
from pcp_desktop.domain.recognition import Answer
from pcp_desktop.domain.returns import ReturnRecord


@dataclass(frozen=True)
class Facts:
    """One plan of a panel file with its stored observations.

    `panel` is the panel file's name; `now` the moment the facts were read, from the clock that `app` hands in;
    `last_accepted` when figures were last accepted. Observations are in the order of measure, area, period, part.
    `agendas` has one for each of `meetings`.
    """

    panel: str
    plan: Plan
    measures: tuple[Measure, ...]
    observations: tuple[Observation, ...]
    clearances: tuple[Clearance, ...]
    breaks: tuple[Break, ...]
    events: tuple[Event, ...]
    peer_groups: tuple[PeerGroup, ...]
    returns: tuple[ReturnRecord, ...]
    meetings: tuple[Meeting, ...]
    now: datetime
    last_accepted: datetime | None = None
    read_only_reason: str = ""
    commentaries: tuple[Commentary, ...] = ()
    drafts: tuple[Draft, ...] = ()
    agendas: tuple[Agenda, ...] = ()
    packs: tuple[PublishedPack, ...] = ()
    answers: tuple[Answer, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    statuses_set: tuple[StatusSetByHand, ...] = ()
    limits: tuple[ChosenLimits, ...] = ()

    def clearance(self, measure: Measure, day: date) -> Clearance:
        """The clearance of a measure for figures up to `day`, with every organisation that supplied some of them."""
        suppliers = [
            record.expected.organisation
            for record in self.returns
            if record.expected is not None
            and record.figures
            and measure.code in record.expected.measures
            and record.expected.period.end <= day
        ]
        return clearance_at(self.clearances, measure.code, day, measure.board, suppliers)
