"""Limits of XmR charts, for one series or ten thousand at once; the rules that read them are in control_rules.

Wheeler, Understanding Variation (1993): the mean ± 2.66 average moving ranges, the nearer pair at two thirds of that.
Moving ranges not below 3.267 times their average are screened out once (Nelson, "Control Charts for Individual
Measurements", Journal of Quality Technology 14, 1982), and the average is taken again; the mean stays.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pcp_desktop.analysis.control_rules import TIE, Edges, Labels, labels
from pcp_desktop.analysis.series import FloatArray

LIMITS_FACTOR = 2.66
SCREENING_FACTOR = 3.267
NEARER = 2 / 3
CHUNK = 256
"""How many series are reckoned at a time, so that what is made on the way stays in the processor's own memory."""

BoolArray = NDArray[np.bool_]


@dataclass(frozen=True)
class Spread:
    """What the limits of series follow from, one number for each: nan mean or average where there is nothing known.

    `steady` says that the average range is no more than rounding: the series gives no limits.
    """

    mean: FloatArray
    average_range: FloatArray
    ranges: NDArray[np.intp]

    @property
    def steady(self) -> BoolArray:
        """Whether a series has no average range, or none beyond rounding."""
        return ~(self.average_range > TIE * np.abs(self.mean))


UNSCREENED = ", no range screened out"
"""What a chart says where screening is switched off."""


def spread(sample: FloatArray, screening: bool = True) -> Spread:
    """Mean and average moving range of each row of `sample`, nan where missing or not used.

    A moving range is taken only between neighbours both there. Screening that would leave no range at all leaves none
    out.
    """
    ranges = np.abs(np.diff(sample, axis=1))
    mean, _ = _means(sample, ~np.isnan(sample))
    known = ~np.isnan(ranges)
    average, count = _means(ranges, known)
    if not screening:
        return Spread(mean, average, count)
    screened, kept = _means(ranges, ranges < SCREENING_FACTOR * average[:, None])
    none_left = kept == 0
    return Spread(mean, np.where(none_left, average, screened), count)


def _means(rows: FloatArray, chosen: BoolArray) -> tuple[FloatArray, NDArray[np.intp]]:
    """Mean of what is chosen in each row and how much that is; nan for a row of which nothing is."""
    counts = np.count_nonzero(chosen, axis=1)
    if counts.min(initial=rows.shape[1]) < rows.shape[1]:
        rows = np.where(chosen, rows, 0.0)
    return np.where(counts == 0, np.nan, rows.sum(axis=1) / np.maximum(counts, 1)), counts


def edges(found: Spread) -> Edges:
    """Mean and limits of each series, one column; nan where the series is steady."""
    mean = np.where(found.steady, np.nan, found.mean)[:, None]
    return around(mean, (LIMITS_FACTOR * found.average_range)[:, None])


def around(mean: FloatArray, reach: FloatArray) -> Edges:
    """Limits `reach` from the mean, the nearer pair at two thirds of that."""
    near = NEARER * reach
    return Edges(mean, mean - reach, mean + reach, mean - near, mean + near)


def judged(values: FloatArray, screening: bool = True) -> tuple[Edges, Labels, Labels]:
    """Limits from all points, labels and directions of many series of the same length, one a row."""
    found = [_judged(values[at : at + CHUNK], screening) for at in range(0, len(values), CHUNK)]
    names = ("mean", "lower", "upper", "near_lower", "near_upper")
    joined = Edges(*(np.concatenate([getattr(one, name) for one, _, _ in found]) for name in names))
    return (
        joined,
        np.concatenate([codes for _, codes, _ in found]),
        np.concatenate([rising for _, _, rising in found]),
    )


def _judged(values: FloatArray, screening: bool) -> tuple[Edges, Labels, Labels]:
    limits = edges(spread(values, screening))
    codes, rising = labels(values, limits)
    return limits, codes, rising
