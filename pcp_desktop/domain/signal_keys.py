"""What the diamonds of a chart mean, in the words that stand beside it on screen, on paper and in the room."""

from __future__ import annotations

from dataclasses import dataclass

from pcp_desktop.domain.pages import ChartKind, ChartPoint, ChartSpec, Direction, Signal

_RULES = {
    Signal.SHIFT: "a run on one side of the mean",
    Signal.TREND: "a trend",
    Signal.TWO_OF_THREE: "two of three near a limit",
}


@dataclass(frozen=True)
class SignalKey:
    """One kind of diamond: filled or hollow, its direction (neutral where it stands for both) and its meaning."""

    filled: bool
    direction: Direction
    words: str


def signal_keys(spec: ChartSpec) -> tuple[SignalKey, ...]:
    """The diamonds that stand in a chart, filled before hollow; none where nothing is marked."""
    marked = [
        point
        for series in spec.series
        for point in series.points
        if point.value is not None and point.signal is not Signal.NONE
    ]
    outside = [point for point in marked if point.signal is Signal.OUTSIDE]
    inside = [point for point in marked if point.signal is not Signal.OUTSIDE]
    beyond = "outside the 95% limits" if spec.kind is ChartKind.FUNNEL else "outside the limits"
    rules = [words for signal, words in _RULES.items() if any(point.signal is signal for point in inside)]
    found = ((True, outside, beyond), (False, inside, _listed(rules)))
    return tuple(SignalKey(filled, _direction(points), words) for filled, points, words in found if points)


def _direction(points: list[ChartPoint]) -> Direction:
    directions = {point.direction for point in points}
    return directions.pop() if len(directions) == 1 else Direction.NEUTRAL


def _listed(rules: list[str]) -> str:
    """ "a trend", "a trend or two of three near a limit", with a comma between more."""
    return " or ".join(part for part in (", ".join(rules[:-1]), rules[-1]) if part) if rules else ""
