"""Facts: everything a page is built from, read from the panel file at one moment and then left alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from pcp_desktop.domain.clearance import Clearance, ClearanceState, Recipient, area_hold, clearance_at
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
    `agendas` has one for each of `meetings`. `small_numbers_are_amber` says that the Panel shows measures whose
    numbers are too small to assess as amber.
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
    small_numbers_are_amber: bool = False

    def clearance(self, measure: Measure, day: date, area: str = "") -> Clearance:
        """The clearance of a measure's figures up to `day`: of the whole area, or of one of its parts.

        A held part makes the total over it held: an area, and a measure that is part of it. A measure that is held by
        itself holds those that are parts of it, which add up to it.
        """
        own = self._own_clearance(measure, day)
        if own.state is not ClearanceState.CLEARED:
            return own
        hold = self._hold_above(measure, day)
        if hold is None and area in measure.areas:
            hold = area_hold(self.clearances, measure.code, area)
        elif hold is None:
            hold = next(self._holds_of_parts(measure, day), None)
        return own if hold is None else replace(hold, measure=measure.code, area="")

    def _own_clearance(self, measure: Measure, day: date) -> Clearance:
        """The clearance of a measure by itself, with every organisation that supplied some of its figures."""
        return clearance_at(
            self.clearances, measure.code, day, measure.board, self._suppliers(measure, day)
        )  # fmt: skip

    def _suppliers(self, measure: Measure, day: date) -> list[str]:
        return [
            record.expected.organisation
            for record in self.returns
            if record.expected is not None
            and record.figures
            and measure.code in record.expected.measures
            and record.expected.period.end <= day
        ]

    def _hold_above(self, measure: Measure, day: date) -> Clearance | None:
        """The recorded hold on a measure that this one is part of; None where there is none."""
        for total in self.measures:
            if total.code == measure.part_of:
                own = self._own_clearance(total, day)
                held = own.state is not ClearanceState.CLEARED and own in self.clearances
                return own if held else self._hold_above(total, day)
        return None

    def _holds_of_parts(self, measure: Measure, day: date) -> Iterator[Clearance]:
        """What holds an area of a measure, or a measure that is part of it and has figures, or parts of that."""
        for area in measure.areas:
            hold = area_hold(self.clearances, measure.code, area)
            if hold is not None:
                yield hold
        for part in self.measures:
            if part.part_of == measure.code:
                own = self._own_clearance(part, day)
                if own.state is ClearanceState.CLEARED:
                    yield from self._holds_of_parts(part, day)
                elif own in self.clearances or self._suppliers(part, day):
                    yield own
