"""Multiplicity: what many tests at once make of each; the tests themselves belong in significance."""

from __future__ import annotations

from collections.abc import Sequence

from pcp_desktop.analysis.significance import ALPHA


def expected_by_chance(tests: int, level: float = ALPHA) -> float:
    """How many of `tests` would show a change although nothing changed: 2 of 40 at the 5% level."""
    return tests * level


def adjusted(p_values: Sequence[float]) -> tuple[float, ...]:
    """The p-values adjusted for their number, in their own order.

    Benjamini and Hochberg 1995 (Journal of the Royal Statistical Society B 57, 289–300, section 3.1): one at or under
    5% stands when no more than one in twenty of those that stand is expected to be false.
    """
    ranked = sorted(range(len(p_values)), key=lambda at: p_values[at], reverse=True)
    found = [1.0] * len(p_values)
    least = 1.0
    for place, at in enumerate(ranked):
        least = min(least, p_values[at] * (len(p_values) / (len(p_values) - place)))
        found[at] = least
    return tuple(found)
