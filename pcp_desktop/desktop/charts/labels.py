"""Where the words inside a plot stand, so that no line and no point runs through them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF

from pcp_desktop.desktop.charts.layout import LINE, PlotFrame
from pcp_desktop.desktop.charts.marks import TextWidth
from pcp_desktop.domain.pages import ChartSpec, LimitSegment

INSET = 5.0
STEP = 4.0
GRID, DATA, LIMIT, WORDS = 1.0, 6.0, 10.0, 30.0
POINT_ROOM = 6.0
NEAR_ROOMS, FAR = 8, 0.75  # the first of a name's rooms are near its point; how much the others are disliked


@dataclass(frozen=True)
class Obstacle:
    """Something drawn over a stretch of heights (pixels) that words had better not cover; `weight` says how much."""

    top: float
    bottom: float
    weight: float


def standing_places(
    spec: ChartSpec, frame: PlotFrame, widths: Sequence[float], line: float = LINE
) -> list[QRectF | None]:
    """Where each segment's words ("provisional limits") stand: along one of its limits; None where it has no word.

    Args:
        spec: the chart; frame: its plotting area; widths: the width in pixels of each segment's word;
            line: the height of a line of text.
    """
    places: list[QRectF | None] = []
    for segment, width in zip(spec.limits, widths, strict=True):
        if not segment.standing:
            places.append(None)
            continue
        first = max(frame.x(segment.first - 0.5), frame.area.left()) + INSET
        last = min(frame.x(segment.last + 0.5), frame.area.right()) - INSET - width
        choices = [
            QRectF(left, top, width, line)
            for left in (first, max(last, first))
            for top in _tops_along(segment, frame, left, left + width, line)
        ]
        places.append(_quietest(choices, spec, frame, [place for place in places if place is not None]))
    return places


def baseline_place(spec: ChartSpec, frame: PlotFrame, room: QRectF, taken: Iterable[QRectF | None] = ()) -> QRectF:
    """Where the name of the baseline year stands in its band: as low as no line allows.

    `room` has the left end, width and height of its words; `taken` are the places of other words.
    """
    lowest = QRectF(room.left() + INSET, frame.area.bottom() - room.height() - 2, room.width(), room.height())
    choices = [lowest]
    while choices[-1].top() - STEP >= frame.area.top() + 1:
        choices.append(choices[-1].translated(0, -STEP))
    return _quietest(choices, spec, frame, [place for place in taken if place is not None])


def _quietest(choices: Sequence[QRectF], spec: ChartSpec, frame: PlotFrame, taken: Sequence[QRectF]) -> QRectF:
    """The choice that covers least; of equals the first."""
    best, least = choices[0], float("inf")
    known: dict[float, list[Obstacle]] = {}
    for choice in choices:
        if choice.left() not in known:
            known[choice.left()] = _obstacles(spec, frame, choice.left(), choice.right())
        cost = sum(WORDS for place in taken if place.intersects(choice))
        if choice.top() < frame.area.top() or choice.bottom() > frame.area.bottom():
            cost += WORDS
        # The letters leave a little of their line free above and below.
        top, bottom = choice.top() + 2, choice.bottom() - 1
        cost += sum(each.weight for each in known[choice.left()] if each.top < bottom and each.bottom > top)
        if cost < least:
            best, least = choice, cost
    return best


def _obstacles(spec: ChartSpec, frame: PlotFrame, left: float, right: float) -> list[Obstacle]:
    """What is drawn between two x pixels: grid, mean, limits, reference and the lines and points of the data."""
    found = [_across(frame.y(tick.position), GRID) for tick in spec.y_ticks]
    if spec.reference is not None:
        found.append(_across(frame.y(spec.reference.value), LIMIT))
    for segment in spec.limits:
        if frame.x(segment.last + 0.5) >= left and frame.x(segment.first - 0.5) <= right:
            found += [_across(frame.y(value), LIMIT) for value in _limits_between(segment, frame, left, right)]
    for series in spec.series:
        points = [
            (frame.x(at), frame.y(point.value)) for at, point in enumerate(series.points) if point.value is not None
        ]
        found += [
            Obstacle(y - POINT_ROOM, y + POINT_ROOM, DATA)
            for x, y in points
            if left - POINT_ROOM <= x <= right + POINT_ROOM
        ]
        for (x, y), (next_x, next_y) in pairwise(points):
            if next_x < left or x > right:
                continue
            slope = (next_y - y) / (next_x - x)
            ends = (y + slope * (max(left, x) - x), y + slope * (min(right, next_x) - x))
            found.append(Obstacle(min(ends) - 1, max(ends) + 1, DATA))
    return found


def _tops_along(segment: LimitSegment, frame: PlotFrame, left: float, right: float, line: float) -> list[float]:
    """The tops of words above and below each limit; clear of the whole stretch of a limit that varies."""
    if not segment.varying:
        ends = [frame.y(limit) for limit in (segment.upper, segment.lower)]
        return [top for end in ends for top in (end - line - 1, end + 1)]
    step = frame.x(1) - frame.x(0)
    near = [ends for run in segment.runs for at, ends in run if left - step <= frame.x(at) <= right + step]
    uppers, lowers = ([frame.y(ends[end]) for ends in near] or [frame.area.top()] for end in (2, 0))
    return [min(uppers) - line - 1, max(lowers) + 1, max(uppers) + 1, min(lowers) - line - 1]


def _limits_between(segment: LimitSegment, frame: PlotFrame, left: float, right: float) -> list[float]:
    """The mean and limits of a segment at the positions between two x pixels; once where they are flat."""
    if not segment.varying:
        return [segment.mean, segment.upper, segment.lower]
    return [end for run in segment.runs for at, ends in run if left <= frame.x(at) <= right for end in ends]


def _across(height: float, weight: float) -> Obstacle:
    return Obstacle(height - 1, height + 1, weight)


def beside_points(
    spec: ChartSpec, frame: PlotFrame, names: Sequence[tuple[QPointF, str, bool]], text_width: TextWidth, line: float
) -> list[QRectF]:
    """The place of each point's name: beside, above or below it, where it hides the least.

    `names` are each point's pixel, its name and whether that is bold; the last ones choose first, and then each once
    more, knowing where the others stand.
    """
    limits = _limit_places(spec, frame)
    marks = [QRectF(place.x() - 5, place.y() - 5, 10, 10) for place, _, _ in names]
    choices = [_rooms(place, text_width(name, bold) + 2, line) for place, name, bold in names]
    found: dict[int, QRectF] = {}
    for index in 2 * [*reversed(range(len(names)))]:
        others = [mark for at, mark in enumerate(marks) if at != index]
        others += [room for at, room in found.items() if at != index]
        hidden = [
            _hidden(room, others, limits, frame.area) + (FAR if place >= NEAR_ROOMS else 0)
            for place, room in enumerate(choices[index])
        ]
        found[index] = choices[index][hidden.index(min(hidden))]
    return [found[index] for index in range(len(names))]


def _rooms(place: QPointF, wide: float, line: float) -> list[QRectF]:
    """Where a name of this width may stand, best first: close to its point, then a line farther above or below."""
    corners = [(x, y) for y in (-line / 2, -line - 5, 5.0) for x in (8.0, -wide - 8)]
    corners += [
        (-wide / 2, -line - 5),
        (-wide / 2, 5.0),
        (8.0, -line),
        (8.0, 0.0),
        (-wide - 8, -line),
        (-wide - 8, 0),
    ]
    corners += [(x, y) for y in (-2 * line - 3, line + 3) for x in (-wide / 2, 0.0, -wide)]
    return [QRectF(place.x() + x, place.y() + y, wide, line) for x, y in corners]


def _limit_places(spec: ChartSpec, frame: PlotFrame) -> list[QRectF]:
    """The limits that vary, cut into the pieces between positions."""
    wide = frame.x(1) - frame.x(0)
    ends = [(at, end) for limits in spec.limits for run in limits.runs for at, all_three in run for end in all_three]
    return [QRectF(frame.x(at) - wide / 2, frame.y(end) - 1, wide, 2) for at, end in ends]


def _hidden(room: QRectF, others: Sequence[QRectF], limits: Sequence[QRectF], area: QRectF) -> float:
    """How badly a name stands: beyond the plot, over points or other names, or over limits."""
    over = sum(room.intersects(other) for other in others)
    crossed = any(room.intersects(limit) for limit in limits)
    return over + 0.5 * crossed + (0 if area.contains(room) else len(others) + 1)
