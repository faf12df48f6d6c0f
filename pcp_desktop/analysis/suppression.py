"""Suppression: which counts that are published together must go, so that no small one can be found out.

A count from 1 to one below its threshold is protected. Taking it away is not enough where it follows from what is
left: further cells are taken away until, for every protected cell, at least two values fit all that was ever
published, even for somebody who knows that it and the other protected ones lie in that range (Hundepool and others,
*Statistical Disclosure Control*, 2012, chapter 4: the auditing problem, solved here as an integer programme).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

ENOUGH_VALUES = 2


@dataclass(frozen=True)
class Cell:
    """One count under a key of the caller's; `threshold` is the least count that is shown of its measure, 0 for none.

    What was published before is settled: a cell that `was_shown` cannot be taken back, one that `was_hidden` must not
    come out now.
    """

    key: Hashable
    value: int
    threshold: int = 0
    was_shown: bool = False
    was_hidden: bool = False

    @property
    def protected(self) -> bool:
        """Whether it is a small count, which nobody may find out."""
        return is_small(self.value, self.threshold)


@dataclass(frozen=True)
class Sum:
    """What everybody knows besides: the cell `total` is the sum of the cells `parts`."""

    parts: tuple[Hashable, ...]
    total: Hashable

    @property
    def keys(self) -> tuple[Hashable, ...]:
        """Every cell that stands in it."""
        return (*self.parts, self.total)


def is_small(value: float, threshold: int) -> bool:
    """Whether a count is to be protected: from 1 to one below the threshold; zero is shown."""
    return 0 < value < threshold


@lru_cache(maxsize=4096)
def suppressed(cells: tuple[Cell, ...], sums: tuple[Sum, ...]) -> frozenset[Hashable]:
    """The keys of the cells that are not published: the protected ones, those hidden before, and as few others.

    `cells` are all of one system that were ever published or would be now, each key once; `sums` how they add up.

    The smallest cells go first, parts before totals, and every one that turns out not to be needed comes back. Where
    nothing that can still be taken away helps (a part that others gave away before, four parts of 1 under a total
    of 4), all that adds up with the protected cell is taken away, which is the most that can be done.
    """
    system = _System({cell.key: cell for cell in cells}, sums)
    settled = {cell.key for cell in cells if (cell.protected or cell.was_hidden) and not cell.was_shown}
    hidden = set(settled)
    while found_out := system.found_out(hidden):
        candidates = system.beside(found_out, hidden)
        if not candidates:
            return frozenset(hidden)
        hidden.add(candidates[0])
    for key in reversed(system.ordered(hidden - settled)):
        if not system.found_out(hidden - {key}):
            hidden.remove(key)
    return frozenset(hidden)


@dataclass(frozen=True)
class _System:
    """Cells by key, and how they add up."""

    cells: Mapping[Hashable, Cell]
    sums: Sequence[Sum]

    def ordered(self, keys: Iterable[Hashable]) -> list[Hashable]:
        """The keys with the smallest first: parts before totals, zeros (which tell nothing of anybody) last."""
        totals = {one.total for one in self.sums}
        return sorted(
            keys, key=lambda key: (key in totals, self.cells[key].value == 0, self.cells[key].value, str(key))
        )

    def found_out(self, hidden: set[Hashable]) -> list[Hashable]:
        """The protected cells that only one value fits."""
        summed = {key for one in self.sums for key in one.keys}
        return [
            key
            for key in self.ordered(hidden & summed)
            if self.cells[key].protected and len(set(self.possible(key, hidden))) < ENOUGH_VALUES
        ]

    def beside(self, found_out: Iterable[Hashable], hidden: set[Hashable]) -> list[Hashable]:
        """The cells that may still be taken away and add up with one found out, or with what adds up with it."""
        near = set(found_out)
        while True:
            joined = near | {key for one in self.sums if near.intersection(one.keys) for key in one.keys}
            shown = [key for key in joined - hidden if not self.cells[key].was_shown]
            if shown or joined == near:
                return self.ordered(shown)
            near = joined

    def possible(self, key: Hashable, hidden: set[Hashable]) -> tuple[int, int]:
        """Least and greatest value of a hidden cell, by integer programming over all sums that hold a hidden cell."""
        from scipy.optimize import Bounds, LinearConstraint, milp

        unknown = self.ordered(hidden)
        place = {one: number for number, one in enumerate(unknown)}
        held = [self.cells[one] for one in unknown]
        bounds = Bounds(
            np.array([1.0 if cell.protected else 0.0 for cell in held]),
            np.array([cell.threshold - 1.0 if cell.protected else np.inf for cell in held]),
        )
        rows, right = self._equations(place)
        constraints = [LinearConstraint(rows, right, right)] if len(rows) else []
        wanted = np.zeros(len(unknown))
        wanted[place[key]] = 1.0
        found = []
        for direction in (1.0, -1.0):
            solved = milp(
                direction * wanted, integrality=np.ones(len(unknown)), bounds=bounds, constraints=constraints
            )
            # Without a bound above, every greater value fits; there is no other end, since the true values fit.
            found.append(self.cells[key].value + 1 if solved.x is None else round(float(solved.x[place[key]])))
        return found[0], found[1]

    def _equations(self, place: Mapping[Hashable, int]) -> tuple[np.ndarray, np.ndarray]:
        """A row for each sum with a hidden cell: the hidden cells' signs, and what the others leave for them."""
        rows: list[np.ndarray] = []
        right: list[float] = []
        for one in self.sums:
            if not any(key in place for key in one.keys):
                continue
            row, left = np.zeros(len(place)), 0.0
            for key, sign in (*((part, 1.0) for part in one.parts), (one.total, -1.0)):
                if key in place:
                    row[place[key]] += sign
                else:
                    left -= sign * self.cells[key].value
            rows.append(row)
            right.append(left)
        return (np.array(rows), np.array(right)) if rows else (np.empty((0, len(place))), np.empty(0))
