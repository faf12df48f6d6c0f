"""Survey counts whose percentages come out to the printed decimal, half away from zero."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Answers:
    """How many of those asked were satisfied (or confident)."""

    satisfied: int
    base: int

    @property
    def tenths(self) -> int:
        """The percentage in tenths of a point, half away from zero."""
        return (2000 * self.satisfied + self.base) // (2 * self.base)

    @property
    def shown(self) -> str:
        """The percentage as text: `80.9%`."""
        return f"{self.tenths // 10}.{self.tenths % 10}%"


def answers_for(tenths: int, base: int) -> Answers:
    """Counts with a base of at least `base` whose percentage prints as `tenths` of a point."""
    while True:
        found = Answers(round(tenths * base / 1000), base)
        if found.tenths == tenths:
            return found
        base += 1


def path(code: str, figures: dict[str, Any], count: int) -> list[Answers]:
    """`count` answers that wander from the first published percentage to the last."""
    chance = random.Random(f"sample survey: {code}")
    first, last = round(figures["first"] * 10), round(figures["last"] * 10)
    answers = []
    wander = 0.0
    for number in range(count):
        share = number / (count - 1)
        wander = 0.7 * wander + chance.gauss(0, 6)
        ends = min(1.0, 3 * min(share, 1 - share))
        tenths = round(first + (last - first) * share + wander * ends)
        base = round(figures["base"] + (figures["last_base"] - figures["base"]) * share)
        if 0 < share < 1:
            base += chance.randint(-base // 60, base // 60)
        answers.append(_close_to(tenths, base))
    return answers


def _close_to(tenths: int, base: int) -> Answers:
    """As `answers_for` for a large base; for a small one the nearest percentage that the base allows."""
    exact = answers_for(tenths, base)
    return exact if exact.base <= base * 1.05 else Answers(round(tenths * base / 1000), base)
