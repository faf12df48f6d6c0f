"""Which kinds of thing a verb altered; tabs decide from this whether they care."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Changes:
    """What one verb did to the panel file; falsy when it did nothing. `summary` is one sentence for the person.

    `final` says that undo does not reach it: what was published has left the file.
    """

    summary: str
    observations: int = 0
    returns: bool = False
    clearances: bool = False
    plan: bool = False
    commentary: bool = False
    meetings: bool = False
    judgements: bool = False
    final: bool = False

    def __bool__(self) -> bool:
        altered = (self.returns, self.clearances, self.plan, self.commentary, self.meetings, self.judgements)
        return bool(self.observations) or any(altered)
