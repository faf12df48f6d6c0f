"""Ten thousand series of ten years at once, beside one bare pass of numpy over them and beside plain Python."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from pcp_desktop.analysis.control_limits import judged
from pcp_desktop.analysis.control_rules import CODES
from pcp_desktop.analysis.series import FloatArray
from pcp_desktop.domain.pages import Signal

SERIES, MONTHS = 10_000, 120
MOST_PASSES = 6.0
LEAST_GAIN = 40.0


def made() -> FloatArray:
    """Counts about 300 of which some wander, so that every rule has something to find."""
    generator = np.random.default_rng(20151231)
    wander = np.cumsum(generator.normal(0, 0.01, size=(SERIES, MONTHS)), axis=1)
    wander[::2] = 0
    return generator.poisson(300 * np.exp(wander)).astype(np.float64)


def bare_pass(values: FloatArray) -> NDArray[np.bool_]:
    """What numpy needs for no more than mean, average range, limits and the points outside them."""
    mean = values.mean(axis=1, keepdims=True)
    reach = 2.66 * np.abs(np.diff(values, axis=1)).mean(axis=1, keepdims=True)
    outside: NDArray[np.bool_] = (values > mean + reach) | (values < mean - reach)
    return outside


def plain_labels(values: list[float]) -> list[Signal]:
    """Limits and labels of one series in plain Python, rule by rule as they are written down."""
    count = len(values)
    mean = sum(values) / count
    ranges = [abs(values[at] - values[at - 1]) for at in range(1, count)]
    average = sum(ranges) / len(ranges)
    kept = [one for one in ranges if one < 3.267 * average]
    reach = 2.66 * sum(kept) / len(kept)
    upper, lower = mean + reach, mean - reach
    near_upper, near_lower = mean + 2 / 3 * reach, mean - 2 / 3 * reach
    found = [Signal.NONE] * count

    def give(places: range | list[int], signal: Signal) -> None:
        for at in places:
            if found[at] is Signal.NONE:
                found[at] = signal

    give([at for at, one in enumerate(values) if one > upper or one < lower], Signal.OUTSIDE)
    for at in range(count - 6):
        steps = [values[at + step + 1] - values[at + step] for step in range(6)]
        if all(step > 0 for step in steps) or all(step < 0 for step in steps):
            give(range(at, at + 7), Signal.TREND)
    for at in range(count - 2):
        three = values[at : at + 3]
        if all(one > mean for one in three):
            near = [at + place for place, one in enumerate(three) if near_upper < one < upper]
        elif all(one < mean for one in three):
            near = [at + place for place, one in enumerate(three) if lower < one < near_lower]
        else:
            continue
        if len(near) >= 2:
            give(near, Signal.TWO_OF_THREE)
    for at in range(count - 6):
        seven = values[at : at + 7]
        if all(one > mean for one in seven) or all(one < mean for one in seven):
            give(range(at, at + 7), Signal.SHIFT)
    return found


def seconds(work: Callable[[], object], times: int) -> float:
    """The least processor time of several runs, after one that fills the caches."""
    work()
    taken = []
    for _run in range(times):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


@pytest.mark.benchmark
def test_ten_thousand_series_take_a_few_passes_and_agree_with_plain_python() -> None:
    """Limits and labels of all series; the labels of every point are those of plain Python."""
    values = made()
    bare, ours = seconds(lambda: bare_pass(values), 9), seconds(lambda: judged(values), 9)
    rows = values.tolist()
    start = time.process_time()
    plain = [plain_labels(row) for row in rows]
    slow = time.process_time() - start
    print(
        f"{SERIES:,} series of {MONTHS}: {ours * 1000:.1f} ms, {ours / bare:.1f} bare passes of "
        f"{bare * 1000:.1f} ms, {slow / ours:.0f} times faster than plain Python"
    )
    _, codes, _ = judged(values)
    assert [[CODES[code] for code in row] for row in codes.tolist()] == plain
    assert {signal for row in plain for signal in row} == set(Signal)
    assert ours <= MOST_PASSES * bare
    assert slow >= LEAST_GAIN * ours
