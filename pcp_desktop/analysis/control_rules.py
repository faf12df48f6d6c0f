"""The four rules of a control chart, for one series or ten thousand at once; it makes no limits.

The rules and their order are those of the NHS "plot the dots" tools (Making Data Count, NHS England): outside a
limit, trend, two of three, shift. Both directions are reckoned at once: a byte for each point, bit 1 for high or
rising and bit 2 for low or falling, so that a window agrees where the bytes of its points have a bit in common.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pcp_desktop.analysis.series import FloatArray
from pcp_desktop.domain.pages import Signal

HIGH, LOW = np.uint8(1), np.uint8(2)
BOTH = HIGH | LOW
NEXT = np.uint8(1)
RUN_LENGTHS = range(6, 9)
GAP = RUN_LENGTHS.stop
CODES = tuple(Signal)
"""What a label's number means: 0 none, then the rules in their order."""
TIE = 2.0**-44
"""A distance below this share of the limit's size is rounding: the point is on the line."""

Bits = NDArray[np.uint8]
Labels = NDArray[np.int8]


@dataclass(frozen=True)
class Edges:
    """Mean and limits, each an array that spreads over series × points: one for a series or one for each point."""

    mean: FloatArray
    lower: FloatArray
    upper: FloatArray
    near_lower: FloatArray
    near_upper: FloatArray


def labels(values: FloatArray, edges: Edges, run_length: int = 7, trend_length: int = 7) -> tuple[Labels, Labels]:
    """The label of each point and its direction.

    `values` are series × points of one group each, nan where missing, and a missing value breaks every run; a point
    whose limits are nan has no label. Gives two arrays of the same shape: a place in CODES, and +1 up, −1 down, 0
    none. Run and trend lengths are 6 to 8; others raise ValueError.
    """
    if run_length not in RUN_LENGTHS or trend_length not in RUN_LENGTHS:
        raise ValueError("runs and trends of 6, 7 or 8 points can be chosen")
    tie = TIE * np.fmax(np.abs(edges.lower), np.abs(edges.upper))
    outside = _beyond(values, edges.lower - tie, edges.upper + tie)
    side = _beyond(values, edges.mean - tie, edges.mean + tie)
    near = _beyond(values, edges.near_lower - tie, edges.near_upper + tie)
    near &= ~_beyond(values, edges.lower + tie, edges.upper - tie)
    steps = _beyond(values[:, 1:], values[:, :-1], values[:, :-1], gap=GAP + 1)
    rules = (
        outside,
        _trends(steps, trend_length),
        _two_of_three(side, near),
        _spread(_agreeing(side, run_length), run_length),
    )
    bits = np.zeros_like(outside)
    codes = np.zeros_like(outside)
    for code, rule in enumerate(rules, 1):
        free = (bits != 0).view(np.uint8) - NEXT
        new = rule & free
        bits |= new
        codes |= (new != 0).view(np.uint8) * np.uint8(code)
    rising = (bits & HIGH).view(np.int8) - (bits >> NEXT).view(np.int8)
    judged = np.isfinite(edges.upper)
    return _cut(codes.view(np.int8), values, judged), _cut(rising, values, judged)


def _beyond(values: FloatArray, lower: FloatArray, upper: FloatArray, gap: int = GAP) -> Bits:
    """Bit 1 where a value lies above `upper`, bit 2 where below `lower`; neither for nan.

    The series stand one behind the other with gaps between, so that no window of neighbours holds points of two.
    """
    series, points = values.shape
    above, below = np.zeros((2, series, points + gap), dtype=np.uint8)
    np.greater(values, upper, out=above[:, :points].view(np.bool_))
    np.less(values, lower, out=below[:, :points].view(np.bool_))
    below += below
    above |= below
    bits: Bits = above.reshape(-1)
    return bits


def _cut(numbers: Labels, values: FloatArray, judged: NDArray[np.bool_]) -> Labels:
    """What stands one behind the other as series × points again, without the gaps, 0 where not judged."""
    series, points = values.shape
    found: Labels = numbers.reshape(series, points + GAP)[:, :points] * judged
    return found


def _agreeing(bits: Bits, length: int) -> Bits:
    """For each window of `length` neighbours, at its first, the bits that all of them have."""
    while length > 1:
        half = length // 2
        found = np.zeros_like(bits)
        np.bitwise_and(bits[:-half], bits[half:], out=found[:-half])
        bits = found
        length -= half
    return bits


def _spread(windows: Bits, length: int) -> Bits:
    """The bits of each window of `length` on every point that it covers."""
    while length > 1:
        half = length // 2
        covered = windows.copy()
        covered[half:] |= windows[:-half]
        windows = covered
        length -= half
    return windows


def _trends(steps: Bits, length: int) -> Bits:
    """Points of `length` in strict steps one way; where a rise meets a fall the turning point counts to the later."""
    trend = _spread(_agreeing(steps, length - 1), length)
    turning = trend == BOTH
    trend[turning] = steps[turning]
    return trend


def _two_of_three(side: Bits, near: Bits) -> Bits:
    """Points between the nearer and the outer limit, two of any three neighbours on one side of the mean."""
    one, two, three = near[:-2], near[1:-1], near[2:]
    windows = _agreeing(side, 3)
    windows[:-2] &= (one & two) | (one & three) | (two & three)
    return _spread(windows, 3) & near
