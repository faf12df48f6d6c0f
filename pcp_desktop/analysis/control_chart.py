"""Control charts: mean and limits of a series, and the labels its points earn.

XmR charts after Shewhart and Wheeler (Understanding Variation, 1993): limits are the mean ± 2.66 average moving
ranges, the nearer pair at two thirds of that. The labels are those of the NHS "plot the dots" tools.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from pcp_desktop.analysis.series import FloatArray, Series
from pcp_desktop.domain.formats import counted
from pcp_desktop.domain.measures import Kind, Polarity
from pcp_desktop.domain.pages import Direction, Signal
from pcp_desktop.domain.periods import Period, PeriodKind

NOT_SEASONAL = "not allowing for the season"
PROVISIONAL = "provisional"
TRIAL = "trial"
TOO_FEW = "too few to judge"

LIMITS_FACTOR = 2.66
SCREENING_FACTOR = 3.267
NEARER = 2 / 3
FULL_POINTS = 24
PROVISIONAL_POINTS = 12
LEAST_POINTS = 4
LEAST_MEDIAN_EVENTS = 3
RUN_LENGTHS = range(6, 9)

ROLLING_ABSENT = "Rolling 12-month figures share eleven months with their neighbours, so they have no control limits."
CONSTANT_ABSENT = "The figures do not vary, so there are no limits."
STEPS_ABSENT = "The figures hardly move from one period to the next, so there are no limits."

BoolArray = NDArray[np.bool_]


class Variation(StrEnum):
    """What the label of the last point means with the measure's polarity."""

    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    NEUTRAL = "neutral"
    COMMON_CAUSE = "common cause"


class Assurance(StrEnum):
    """Whether a target will be met, by the last group's limits."""

    PASSES = "passes"
    FAILS = "fails"
    HIT_OR_MISS = "hit or miss"


@dataclass(frozen=True)
class ControlPoint:
    """One point; mean and limits are None in a group without limits. `rising` is +1, −1, or 0 without a signal."""

    value: float | None
    mean: float | None
    lower: float | None
    upper: float | None
    near_lower: float | None
    near_upper: float | None
    signal: Signal
    rising: int
    group: int

    def direction(self, polarity: Polarity) -> Direction:
        """Whether the point's signal is good news under `polarity`."""
        return direction_of(self.rising, polarity)


@dataclass(frozen=True)
class ControlGroup:
    """A segment with its limits: `first` and `last` are positions, both included; `used` points made the limits.

    `standing` is "", "provisional", "trial" or "too few to judge"; `absent` says in a sentence why there are no
    limits (mean, limits and average range are then None, and no point has a label).
    """

    first: int
    last: int
    used: int
    mean: float | None
    lower: float | None
    upper: float | None
    near_lower: float | None
    near_upper: float | None
    average_range: float | None
    ranges_left_out: int
    standing: str
    absent: str = ""


@dataclass(frozen=True)
class ControlChart:
    """A control chart with the words for its method and settings; `absent` says why none was made (rolling)."""

    points: tuple[ControlPoint, ...]
    groups: tuple[ControlGroup, ...]
    method: str
    settings: str
    absent: str = ""

    @property
    def last(self) -> ControlPoint | None:
        """The last point that has a value."""
        return next((point for point in reversed(self.points) if point.value is not None), None)


# ---------------------------------------------------------------- making a chart


def xmr(
    values: Sequence[float | None] | FloatArray,
    *,
    segments: Sequence[tuple[int, int]] | None = None,
    used: slice | Iterable[int] | None = None,
    screening: bool = True,
    run_length: int = 7,
    trend_length: int = 7,
    events: bool = False,
) -> ControlChart:
    """The XmR chart of `values` in order, None or nan where missing.

    `segments` are (first, last) positions of the groups, all in one by default. `used` are the positions whose points
    make the limits; a group that holds none of them uses all its points. `events` says that the values count events,
    so that a median under 3 is too few. Run and trend lengths are 6 to 8; others, and segments that overlap or
    leave points out, raise ValueError.
    """
    if run_length not in RUN_LENGTHS or trend_length not in RUN_LENGTHS:
        raise ValueError("runs and trends of 6, 7 or 8 points can be chosen")
    array = np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    chosen = _chosen(used, len(array))
    groups: list[ControlGroup] = []
    points: list[ControlPoint] = []
    for first, last in _checked(segments, len(array)):
        in_group = chosen[first : last + 1]
        part = array[first : last + 1]
        group = _group(part, in_group if in_group.any() else np.ones_like(in_group), first, screening, events)
        points.extend(_labelled(part, group, len(groups), run_length, trend_length))
        groups.append(group)
    settings = (
        f"limits at the mean ± {LIMITS_FACTOR} average moving ranges, screening {'on' if screening else 'off'}, "
        f"shifts of {run_length} points, trends of {trend_length} points"
    )
    return ControlChart(tuple(points), tuple(groups), "XmR control chart", settings)


def for_series(series: Series, baseline_year: Period, *, screening: bool = True) -> ControlChart:
    """The control chart of a series: limits from the baseline year in its segment, from all points in others.

    A baseline year with under four known figures makes no limits: all points do. Rolling figures and words have no
    control chart; `absent` then says why.
    """
    if series.rolling:
        return ControlChart((), (), "no control chart", "", ROLLING_ABSENT)
    if series.measure.kind is Kind.TEXT or not series.periods:
        return ControlChart((), (), "no control chart", "", "There are no figures to chart.")
    within = baseline_positions(series, baseline_year)
    chart = xmr(
        series.array,
        segments=series.segments,
        used=within,
        screening=screening,
        events=series.measure.kind is Kind.COUNT,
    )
    source = f"limits from {baseline_year.label}" if within else "limits from all points"
    seasonal = f", {NOT_SEASONAL}" if series.frequency in (PeriodKind.MONTH, PeriodKind.QUARTER) else ""
    return ControlChart(chart.points, chart.groups, f"{chart.method}, {source}{seasonal}", chart.settings)


def baseline_positions(series: Series, baseline_year: Period) -> list[int]:
    """The positions of the baseline year that make limits; none where too few of its figures are known for that."""
    within = [at for at, period in enumerate(series.periods) if baseline_year.contains(period)]
    known = sum(series.entries[at].value is not None for at in within)
    return within if known >= LEAST_POINTS else []


def _chosen(used: slice | Iterable[int] | None, length: int) -> BoolArray:
    chosen = np.zeros(length, dtype=np.bool_)
    if isinstance(used, slice):
        chosen[used] = True
    elif used is not None:
        chosen[list(used)] = True
    return chosen


def _checked(segments: Sequence[tuple[int, int]] | None, length: int) -> Sequence[tuple[int, int]]:
    """The segments, which must follow each other and cover every point."""
    found = segments if segments is not None else ([(0, length - 1)] if length else [])
    ends = [-1, *(last for _, last in found)]
    if [first for first, _ in found] != [end + 1 for end in ends[:-1]] or ends[-1] != length - 1:
        raise ValueError("segments follow each other and cover every point")
    return found


# ---------------------------------------------------------------- limits


def _group(part: FloatArray, used: BoolArray, offset: int, screening: bool, events: bool) -> ControlGroup:
    """Mean and limits of one group from its used points."""
    last = offset + len(part) - 1
    sample = np.where(used, part, np.nan)
    known = sample[np.isfinite(sample)]
    absent = _too_few(known, events)
    if absent:
        return _without_limits(offset, last, len(known), TOO_FEW, absent)
    average, left_out = _average_range(sample, screening)
    if known.min() == known.max() or not average > 0:
        words = CONSTANT_ABSENT if known.min() == known.max() else STEPS_ABSENT
        return _without_limits(offset, last, len(known), standing_of(len(known)), words)
    mean = float(known.mean())
    reach = LIMITS_FACTOR * average
    near = NEARER * reach
    return ControlGroup(
        offset, last, len(known), mean, mean - reach, mean + reach, mean - near, mean + near,
        average, left_out, standing_of(len(known)),
    )  # fmt: skip


def _without_limits(first: int, last: int, used: int, standing: str, absent: str) -> ControlGroup:
    return ControlGroup(first, last, used, None, None, None, None, None, None, 0, standing, absent)


def _too_few(known: FloatArray, events: bool) -> str:
    if len(known) < LEAST_POINTS:
        return f"Too few to judge: {counted(len(known), 'point')}, and limits need {LEAST_POINTS}."
    if events and float(np.median(known)) < LEAST_MEDIAN_EVENTS:
        return f"Too few to judge: the middle figure is below {LEAST_MEDIAN_EVENTS} events."
    return ""


def standing_of(used: int) -> str:
    """What limits from so many points are called: full from 24, provisional from 12, trial below."""
    if used < PROVISIONAL_POINTS:
        return TRIAL
    return PROVISIONAL if used < FULL_POINTS else ""


def _average_range(sample: FloatArray, screening: bool) -> tuple[float, int]:
    """The average moving range between neighbours both present, and how many ranges screening left out."""
    ranges = np.abs(np.diff(sample))
    ranges = ranges[np.isfinite(ranges)]
    if not len(ranges):
        return 0.0, 0
    average = float(ranges.mean())
    kept = ranges[ranges < SCREENING_FACTOR * average]
    if not screening or not len(kept):
        return average, 0
    return float(kept.mean()), len(ranges) - len(kept)


# ---------------------------------------------------------------- labels


def _labelled(part: FloatArray, group: ControlGroup, number: int, run: int, trend: int) -> list[ControlPoint]:
    limits = (group.mean, group.lower, group.upper, group.near_lower, group.near_upper)
    labels = _labels(part, group, run, trend)
    return [
        ControlPoint(None if np.isnan(value) else float(value), *limits, signal, rising, number)
        for value, (signal, rising) in zip(part, labels, strict=True)
    ]


def _labels(part: FloatArray, group: ControlGroup, run: int, trend: int) -> list[tuple[Signal, int]]:
    """One label a point, in the order of the rules: outside, trend, two of three, shift."""
    labels = [(Signal.NONE, 0)] * len(part)
    if group.mean is None or group.upper is None or group.lower is None:
        return labels
    side = np.nan_to_num(np.sign(part - group.mean)).astype(np.int64)
    outside = (part > group.upper).astype(np.int64) - (part < group.lower).astype(np.int64)
    steps = np.nan_to_num(np.sign(np.diff(part))).astype(np.int64)
    rules = (
        (Signal.OUTSIDE, outside),
        (Signal.TREND, _runs_of_steps(steps, trend, len(part))),
        (Signal.TWO_OF_THREE, _two_of_three(part, side, group)),
        (Signal.SHIFT, _runs(side, run)),
    )
    for signal, found in rules:
        for at in np.flatnonzero(found):
            if labels[at][0] is Signal.NONE:
                labels[at] = (signal, int(found[at]))
    return labels


def _runs(side: NDArray[np.int64], length: int) -> NDArray[np.int64]:
    """+1 or −1 on every point of a run of at least `length` on one side; a missing point (0) breaks it."""
    found = np.zeros_like(side)
    for at in range(len(side) - length + 1):
        window = side[at : at + length]
        if window[0] != 0 and (window == window[0]).all():
            found[at : at + length] = window[0]
    return found


def _runs_of_steps(steps: NDArray[np.int64], length: int, points: int) -> NDArray[np.int64]:
    """+1 or −1 on all `length` points of strict steps one way; where two trends meet the earlier one counts."""
    found = np.zeros(points, dtype=np.int64)
    for at in range(points - length + 1):
        window = steps[at : at + length - 1]
        if window[0] != 0 and (window == window[0]).all():
            part = found[at : at + length]
            part[part == 0] = window[0]
    return found


def _two_of_three(part: FloatArray, side: NDArray[np.int64], group: ControlGroup) -> NDArray[np.int64]:
    """Points strictly between the nearer and the outer limit, two of any three neighbours on one side of the mean."""
    found = np.zeros_like(side)
    if group.near_upper is None or group.upper is None or group.near_lower is None or group.lower is None:
        return found
    between_high = (part > group.near_upper) & (part < group.upper)
    between_low = (part < group.near_lower) & (part > group.lower)
    for at in range(len(part) - 2):
        window = slice(at, at + 3)
        for sign, between in ((1, between_high), (-1, between_low)):
            if (side[window] == sign).all() and between[window].sum() >= 2:
                found[window][between[window]] = sign
    return found


# ---------------------------------------------------------------- meaning


def direction_of(rising: int, polarity: Polarity) -> Direction:
    """Whether a movement (+1 up, −1 down, 0 none) is good news; a rise is where higher reporting is welcome."""
    if rising == 0 or polarity is Polarity.NEUTRAL:
        return Direction.NEUTRAL
    good = -1 if polarity is Polarity.LOWER else 1
    return Direction.FAVOURABLE if rising == good else Direction.UNFAVOURABLE


def variation(chart: ControlChart, polarity: Polarity) -> Variation:
    """What the last point's label means: improvement, concern, neutral, or common cause without a label."""
    last = chart.last
    if last is None or last.signal is Signal.NONE:
        return Variation.COMMON_CAUSE
    return {
        Direction.FAVOURABLE: Variation.IMPROVEMENT,
        Direction.UNFAVOURABLE: Variation.CONCERN,
        Direction.NEUTRAL: Variation.NEUTRAL,
    }[last.direction(polarity)]


def assurance(chart: ControlChart, target: float, polarity: Polarity) -> Assurance | None:
    """Whether the target will be met by the last group's limits; None without limits or without a good direction.

    A target exactly on a limit is hit or miss.
    """
    group = chart.groups[-1] if chart.groups else None
    if group is None or group.lower is None or group.upper is None or polarity is Polarity.NEUTRAL:
        return None
    if group.lower <= target <= group.upper:
        return Assurance.HIT_OR_MISS
    above = target > group.upper
    lower_is_better = polarity is Polarity.LOWER
    return Assurance.PASSES if above == lower_is_better else Assurance.FAILS
