"""Where the parts of a chart go, in pixels: margins, labels moved apart, room for the card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF

from pcp_desktop.desktop.charts.marks import TextWidth, head_of
from pcp_desktop.domain.pages import ChartKind, ChartPoint, ChartSeries, ChartSpec, EndLabel

LINE = 16.0  # the height of a line of chart text at a text size of 100 %
LABEL_GAP = 14.0
SAMPLE = 24.0  # of a year's line before its name
CARD_COLUMNS, CARD_ROWS = 16, 6  # how finely the room is searched for a place without points
BAR_KINDS = frozenset({ChartKind.PEERS, ChartKind.AREAS, ChartKind.SAVINGS})


@dataclass(frozen=True)
class PlotFrame:
    """The plotting area in pixels and the ranges of both axes that fill it."""

    area: QRectF
    x_low: float
    x_high: float
    y_low: float
    y_high: float

    def x(self, position: float) -> float:
        """The pixel of an x position."""
        return self.area.left() + (position - self.x_low) / (self.x_high - self.x_low) * self.area.width()

    def y(self, value: float) -> float:
        """The pixel of a value; values beyond the axis land beyond the area."""
        span = self.y_high - self.y_low or 1.0
        return self.area.bottom() - (value - self.y_low) / span * self.area.height()

    def at(self, position: float, value: float) -> QPointF:
        """The pixel of a point."""
        return QPointF(self.x(position), self.y(value))


def is_bar_chart(spec: ChartSpec) -> bool:
    """Whether the spec is drawn as horizontal bars."""
    return spec.kind in BAR_KINDS


def bars_of(spec: ChartSpec) -> tuple[tuple[ChartSeries, ChartPoint], ...]:
    """The bars in the order given, each with the series it belongs to (whose role says whose bar it is)."""
    if len(spec.series) == 1 or any(len(series.points) == 1 for series in spec.series):
        return tuple((series, point) for series in spec.series for point in series.points)
    bars: list[tuple[ChartSeries, ChartPoint]] = []
    for position in range(spec.length):
        here = [(series, series.points[position]) for series in spec.series if position < len(series.points)]
        bars.extend([bar for bar in here if bar[1].value is not None][:1] or here[:1])
    return tuple(bars)


def margins(
    spec: ChartSpec, width: float, text_width: TextWidth, line: float = LINE, *, keyed: bool = True
) -> tuple[float, float, float, float]:
    """The room left, above, right and below the plotting area of a line chart; `line` is a text line's height.

    `keyed` where the key to the diamonds stands above it.
    """
    left = max((text_width(tick.text, False) for tick in spec.y_ticks), default=0.0) + 9
    sample = SAMPLE if spec.kind is ChartKind.YEAR_ON_YEAR else 0.0
    ends = [sample + text_width(label.text, label.strong) for label in right_labels(spec)]
    right = min(max(ends) + 12, width * 0.45) if ends else 12.0
    rough = PlotFrame(QRectF(left, 0, max(width - left - right, 1), 1), *x_range(spec), 0, 1)
    rows = head_of(spec, rough.x, left, width, text_width, keyed=keyed).rows
    top = line / 2 if rows == 0 else rows * line + 6
    bottom = line + 4 + (line - 1 if spec.years else 0.0)
    return left, top, right, bottom


def x_range(spec: ChartSpec) -> tuple[float, float]:
    """The ends of the x axis: half a position beyond the first and the last."""
    return -0.5, max(spec.length, 1) - 0.5


def right_labels(spec: ChartSpec) -> tuple[EndLabel, ...]:
    """The labels that stand right of the plot."""
    return spec.end_labels + ((spec.reference,) if spec.reference else ())


def moved_apart(heights: Sequence[float], low: float, high: float, least: float = LABEL_GAP) -> list[float]:
    """`heights` (pixels, downwards) moved as little as keeps neighbours `least` apart and all within low to high.

    The order of the labels is kept; where there is no room for all, they still stand `least` apart.
    """
    order = sorted(range(len(heights)), key=lambda index: heights[index])
    placed = [min(max(heights[index], low), high) for index in order]
    for _ in range(len(placed) * 4):
        if not _push_once(placed, least):
            break
        shift = min(high - placed[-1], 0.0) + max(low - placed[0], 0.0)
        if shift and high - low >= least * (len(placed) - 1):
            placed = [min(max(height + shift, low), high) for height in placed]
    for index in range(1, len(placed)):
        placed[index] = max(placed[index], placed[index - 1] + least)
    result = [0.0] * len(placed)
    for index, height in zip(order, placed, strict=True):
        result[index] = height
    return result


def _push_once(placed: list[float], least: float) -> bool:
    """Push every pair that is too close half the missing way apart; whether any was."""
    moved = False
    for index, (above, below) in enumerate(pairwise(placed)):
        missing = least - (below - above)
        if missing > 0.01:
            placed[index] -= missing / 2
            placed[index + 1] += missing / 2
            moved = True
    return moved


def card_place(card: QRectF, area: QRectF, at: QPointF, points: Sequence[QPointF]) -> QPointF:
    """Where the hover card stands: as near the point as it can over the fewest points.

    Args:
        card: the size of the card; area: where it may stand; at: the point it speaks of; points: every point drawn.
    """
    width, height = card.width(), card.height()
    rights, lefts = at.x() + 14, at.x() - width - 14
    choices = [
        (x, y) for x in (rights, lefts) for y in (at.y() - height - 12, at.y() + 12, area.top(), area.bottom())
    ]
    across, down = max(area.width() - width, 0.0), max(area.height() - height, 0.0)
    choices += [
        (area.left() + across * step / CARD_COLUMNS, area.top() + down * row / CARD_ROWS)
        for step in range(CARD_COLUMNS + 1)
        for row in range(CARD_ROWS + 1)
    ]
    best, best_cost = QPointF(area.left(), area.top()), float("inf")
    for x, y in choices:
        left = min(max(x, area.left()), area.right() - width)
        top = min(max(y, area.top()), area.bottom() - height)
        place = QRectF(left, top, width, height).adjusted(-6, -6, 6, 6)
        hidden = sum(1 for point in points if place.contains(point))
        over = 1000 if place.contains(at) else 0
        distance = (place.center() - at).manhattanLength()
        cost = over + hidden * 300 + distance / 8
        if cost < best_cost:
            best, best_cost = QPointF(left, top), cost
    return best


def tick_step(frame: PlotFrame, spec: ChartSpec, line: float = LINE) -> int:
    """Every how many value ticks are labelled so that labels of height `line` keep clear of each other."""
    heights = sorted(frame.y(tick.position) for tick in spec.y_ticks)
    closest = min((below - above for above, below in pairwise(heights)), default=line)
    step = 1
    while closest > 0 and step * closest < line - 2 and step < len(heights):
        step += 1
    return step


def thinned(spans: Sequence[tuple[float, float]], gap: float = 6.0) -> list[int]:
    """The indexes of labels (start, end in pixels, in order) that fit without touching; the last always stays."""
    kept: list[int] = []
    next_start = float("inf")
    for index in range(len(spans) - 1, -1, -1):
        start, end = spans[index]
        if end + gap <= next_start:
            kept.append(index)
            next_start = start
    return kept[::-1]
