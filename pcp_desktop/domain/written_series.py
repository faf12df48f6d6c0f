"""A dated series as a file gives it, one point a row; it is read in returns and judged in analysis."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class WrittenPoint:
    """One row: its number in the file, its first day, and its figures, None where the cell is empty or a marker."""

    row: int
    day: date
    value: float | None
    numerator: float | None = None
    denominator: float | None = None


@dataclass(frozen=True)
class WrittenSeries:
    """The points of a file in the order of their days, which are all different; `name` is the file's, without ending.

    `in_order` says whether the rows stood in that order.
    """

    name: str
    file: str
    points: tuple[WrittenPoint, ...]
    in_order: bool = True
