"""A control chart's limits as they are drawn: flat or following the year, from nought, and named at the right end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pcp_desktop.analysis.control_chart import ControlChart, ControlGroup, ControlPoint
from pcp_desktop.analysis.pages.signals import limit_shown
from pcp_desktop.domain.formats import PERCENT, number, value_shown
from pcp_desktop.domain.pages import EndLabel, LimitSegment

Ends = tuple[float, float, float]


def segments(
    chart: ControlChart, floor: float | None = 0.0, ceiling: float | None = None
) -> tuple[LimitSegment, ...]:
    """The limits of each group that has them; what lies beyond `floor` or `ceiling` cannot be and is drawn there."""
    found = (_segment(group, chart.points[group.first : group.last + 1], floor, ceiling) for group in chart.groups)
    return tuple(one for one in found if one is not None)


def _segment(
    group: ControlGroup, points: Sequence[ControlPoint], floor: float | None, ceiling: float | None
) -> LimitSegment | None:
    ends = [ends_at(point, floor, ceiling) for point in points]
    last = next((one for one in reversed(ends) if one is not None), None)
    if last is None:
        return None
    lower, mean, upper = last
    varying = () if all(one == last for one in ends) else tuple(ends)
    return LimitSegment(group.first, group.last, mean, lower, upper, group.standing, varying)


def ends_at(point: ControlPoint, floor: float | None = 0.0, ceiling: float | None = None) -> Ends | None:
    """A point's lower limit, mean and upper limit as they are drawn; None where it has none."""
    if point.lower is None or point.mean is None or point.upper is None:
        return None
    lower = point.lower if floor is None else max(floor, point.lower)
    return lower, point.mean, point.upper if ceiling is None else min(ceiling, point.upper)


def in_cells(
    point: ControlPoint, floor: float | None = 0.0, ceiling: float | None = None, decimals: int = 1
) -> list[str]:
    """A point's mean, lower and upper limit for the twin table, as they are drawn; an en dash for what is not."""
    ends = ends_at(point, floor, ceiling)
    lower, mean, upper = (None, point.mean, None) if ends is None else ends
    return ["–" if end is None else number(end, decimals) for end in (mean, lower, upper)]


def ends_of(limits: Sequence[LimitSegment]) -> list[float]:
    """Everything that is drawn of the limits, for the value axis."""
    flat = [end for one in limits if not one.varying for end in (one.lower, one.upper)]
    return flat + [end for one in limits for run in one.runs for _, ends in run for end in ends]


def end_labels(limits: Sequence[LimitSegment], unit: str, least: int = 0) -> tuple[EndLabel, ...]:
    """The last group's mean and limits; a limit drawn at 0 has no label, and one that varies is the last point's.

    Percentages have one decimal, others at `least` so many.
    """
    if not limits:
        return ()
    last = limits[-1]
    follows_year = len({ends[1] for run in last.runs for _, ends in run}) > 1
    names = ("Upper limit", "Expected" if follows_year else "Mean", "Lower limit")
    ends = (last.upper, last.mean, last.lower)
    shown = [value_shown(end, unit, 1) if unit == PERCENT else limit_shown(end, least) for end in ends]
    labels = [EndLabel(end, f"{name} {text}") for end, name, text in zip(ends, names, shown, strict=True)]
    labels[1] = replace(labels[1], strong=True)
    return tuple(labels if last.lower else labels[:2])
