"""What a control chart's labels mean for a measure: good or bad news, and whether a target will be met."""

from __future__ import annotations

from enum import StrEnum

from pcp_desktop.analysis.control_chart import CONSTANT_ABSENT, ControlChart, ControlPoint
from pcp_desktop.analysis.control_rules import TIE
from pcp_desktop.analysis.series import YEAR_MONTHS
from pcp_desktop.domain.measures import Polarity
from pcp_desktop.domain.pages import Direction, Signal


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
    }[direction_of(last.rising, polarity)]


def assurance(chart: ControlChart, target: float, polarity: Polarity) -> Assurance | None:
    """Whether the target will be met by the last group's limits; None without limits or without a good direction.

    A target exactly on a limit is hit or miss. So is one that a series stands on which does not vary (all figures at
    100% and a target of 100%: both limits would be the target); any other target has no answer there. Limits that
    follow the base are those of the last point that has them; limits that follow the year, the widest of its twelve
    months.
    """
    if polarity is Polarity.NEUTRAL or not chart.groups:
        return None
    limits = last_limits(chart)
    if limits is None:
        return _on_a_constant(chart, target)
    lower, upper = limits
    tie = TIE * max(abs(lower), abs(upper))
    if lower - tie <= target <= upper + tie:
        return Assurance.HIT_OR_MISS
    lower_is_better = polarity is Polarity.LOWER
    return Assurance.PASSES if (target > upper) == lower_is_better else Assurance.FAILS


def _last_points(chart: ControlChart) -> tuple[ControlPoint, ...]:
    group = chart.groups[-1]
    return chart.points[group.first : group.last + 1]


def last_limits(chart: ControlChart) -> tuple[float, float] | None:
    """Between what the limits that a target is held against lie; None where the last group has none."""
    limits = [
        (one.lower, one.upper) for one in _last_points(chart) if one.lower is not None and one.upper is not None
    ]
    latest = limits[-(YEAR_MONTHS if chart.seasonal else 1) :]
    return (min(lower for lower, _ in latest), max(upper for _, upper in latest)) if latest else None


def _on_a_constant(chart: ControlChart, target: float) -> Assurance | None:
    """Hit or miss for a target that a group without any variation stands on."""
    values = {point.value for point in _last_points(chart) if point.value is not None}
    return Assurance.HIT_OR_MISS if chart.groups[-1].absent == CONSTANT_ABSENT and values == {target} else None
