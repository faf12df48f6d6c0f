"""Tested: the p-values of all tests that gave a status to anything an audience is told of, kept for its pages."""

from __future__ import annotations

from functools import lru_cache

from pcp_desktop.analysis.pages.subject import gather
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.periods import Period

PAGES_KEPT = 8


def p_values(facts: Facts, period: Period, audience: Audience) -> tuple[float, ...]:
    """The p-values of every measure and area that `audience` may see at the quarter `period`, in the plan's order.

    Every page of a quarter asks for all of them: they are kept while the facts are those that they were made from.
    """
    return _p_values(_SameFacts(facts), period, audience)


class _SameFacts:
    """Facts told apart by the very objects they hold, which never change: comparing their values takes longer."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._held = (facts.plan, facts.measures, facts.observations, facts.clearances, facts.breaks)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _SameFacts) and all(
            mine is theirs for mine, theirs in zip(self._held, other._held, strict=True)
        )

    def __hash__(self) -> int:
        return hash(tuple(map(id, self._held)))


@lru_cache(maxsize=PAGES_KEPT)
def _p_values(same: _SameFacts, period: Period, audience: Audience) -> tuple[float, ...]:
    values = (subject.assessment.p_value for subject in gather(same.facts, period, audience).every())
    return tuple(value for value in values if value is not None)
