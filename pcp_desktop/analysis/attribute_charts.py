"""Sigmas of p, u and c charts and of Laney's p′ and u′: how far chance alone takes each point from the centre line.

Montgomery, Introduction to Statistical Quality Control, 6th ed.: p charts 7.2.1, c charts 7.3.1, u charts 7.3.2.
Laney, "Improved control charts for attributes", Quality Engineering 14(4), 2002: where the spread between periods is
wider than chance within them, each sigma is multiplied by the average moving range of the z scores over 1.128.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from pcp_desktop.analysis.control_limits import BoolArray, spread
from pcp_desktop.analysis.series import FloatArray

RANGE_TO_SIGMA = 1.128
"""The average range of two over their standard deviation (d2 for samples of two; Montgomery, appendix VI)."""
SIGMAS = 3.0
LANEY_RATIO = 1.3
LANEY_POINTS = 24


class ChartType(StrEnum):
    """The kinds of control chart, by the names of the command line."""

    XMR = "xmr"
    P = "p"
    U = "u"
    C = "c"
    LANEY_P = "pp"
    LANEY_U = "uu"

    @property
    def words(self) -> str:
        """The kind as charts name it."""
        return {
            ChartType.XMR: "XmR control chart",
            ChartType.P: "p control chart",
            ChartType.U: "u control chart",
            ChartType.C: "c control chart",
            ChartType.LANEY_P: "Laney p′ control chart",
            ChartType.LANEY_U: "Laney u′ control chart",
        }[self]

    @property
    def laney(self) -> ChartType:
        """Laney's kind beside a p or u chart; every other kind itself."""
        return {ChartType.P: ChartType.LANEY_P, ChartType.U: ChartType.LANEY_U}.get(self, self)

    @property
    def plain(self) -> ChartType:
        """The p or u chart beside one of Laney's; every other kind itself."""
        return {ChartType.LANEY_P: ChartType.P, ChartType.LANEY_U: ChartType.U}.get(self, self)


@dataclass(frozen=True)
class Counts:
    """Events and their base in period order, nan where missing; a c chart's base is 1 throughout."""

    events: FloatArray
    base: FloatArray

    @property
    def known(self) -> BoolArray:
        """Where both are known and the base is not nought."""
        known: BoolArray = np.isfinite(self.events) & (self.base > 0)
        return known

    @property
    def shares(self) -> FloatArray:
        """Events over base, nan where either is missing or the base is nought."""
        nothing = np.full(len(self.base), np.nan)
        found: FloatArray = np.divide(self.events, self.base, out=nothing, where=self.known)
        return found

    def part(self, first: int, last: int) -> Counts:
        """Those at positions `first` to `last`, both included."""
        return Counts(self.events[first : last + 1], self.base[first : last + 1])


def centre(counts: Counts, used: BoolArray) -> float:
    """Total over total of the points used; nan where none is known."""
    chosen = used & counts.known
    return float(counts.events[chosen].sum() / counts.base[chosen].sum()) if chosen.any() else np.nan


def sigma(kind: ChartType, centre_line: float, base: FloatArray) -> FloatArray:
    """One standard deviation of each point around the centre line by chance alone; nan where the base is unknown."""
    variance = centre_line * (1 - centre_line) if kind.plain is ChartType.P else centre_line
    sigmas: FloatArray = np.sqrt(max(variance, 0.0) / np.where(base > 0, base, np.nan))
    return sigmas


def scores(kind: ChartType, counts: Counts, used: BoolArray) -> FloatArray:
    """The distance of each used point from the centre line in sigmas, nan where unknown, unused or without spread."""
    line = centre(counts, used)
    one = sigma(kind, line, counts.base)
    usable = used & counts.known & (one > 0)
    found: FloatArray = np.divide(counts.shares - line, one, out=np.full(len(one), np.nan), where=usable)
    return found


def sigma_ratio(kind: ChartType, counts: Counts, used: BoolArray) -> float:
    """Laney's ratio of the spread between periods to that within: average moving range of z over 1.128, not screened.

    nan where no two neighbours are known.
    """
    found = spread(scores(kind, counts, used)[None, :], screening=False)
    return float(found.average_range[0]) / RANGE_TO_SIGMA


def is_overdispersed(kind: ChartType, counts: Counts, groups: list[tuple[int, int]], among: BoolArray) -> bool:
    """Whether Laney's chart is called for: at least 24 points `among` the positions, and a ratio above 1.3.

    The ratio is that of all moving ranges inside the `groups` (first and last position), each around its own centre
    line, so that one answer holds for the whole measure. For the answer to stay the same from quarter to quarter the
    caller asks it of the same points each time.
    """
    if np.count_nonzero(among & counts.known) < LANEY_POINTS:
        return False
    parts = [scores(kind, counts.part(first, last), among[first : last + 1]) for first, last in groups]
    ranges = np.concatenate([np.abs(np.diff(part)) for part in parts])
    ranges = ranges[np.isfinite(ranges)]
    return bool(len(ranges)) and float(ranges.mean()) / RANGE_TO_SIGMA > LANEY_RATIO
