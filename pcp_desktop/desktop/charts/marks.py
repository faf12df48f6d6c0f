"""What stands above a plot: the names of breaks and events beside their lines, and the key to the diamonds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pcp_desktop.domain.pages import ChartSpec
from pcp_desktop.domain.signal_keys import SignalKey, signal_keys

TextWidth = Callable[[str, bool], float]
"""The width in pixels of a text, in bold if the second argument says so."""

BESIDE = 8.0  # from a line to its label
SYMBOL = 6.0  # half the width of the triangle or the slashes on a line
BETWEEN = 6.0  # labels of one row
KEY_DIAMOND, BETWEEN_KEYS = 14.0, 16.0


@dataclass(frozen=True)
class PlacedMark:
    """A break or event: its line, and its label with left end, width, side and row (0 is next to the plot)."""

    x: float
    text: str
    row: int
    to_left: bool
    is_break: bool
    left: float
    width: float

    @property
    def spans(self) -> tuple[float, float]:
        """From the left to the right end of label and symbol."""
        return min(self.left, self.x - SYMBOL), max(self.left + self.width, self.x + SYMBOL)


@dataclass(frozen=True)
class PlacedKey:
    """An entry of the key to the diamonds: where its diamond and its words begin, and how wide these are."""

    key: SignalKey
    left: float
    words_left: float
    width: float


@dataclass(frozen=True)
class Head:
    """All that stands above a plot, in `rows` rows of which 0 is next to it."""

    marks: tuple[PlacedMark, ...] = ()
    keys: tuple[PlacedKey, ...] = ()
    key_row: int = 0

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return max((*(mark.row for mark in self.marks), self.key_row if self.keys else -1), default=-1) + 1


@dataclass(frozen=True)
class _Mark:
    """A break or event with the label it has room for on either side of its line."""

    x: float
    text: str
    is_break: bool
    length: float
    room_left: float
    room_right: float

    @property
    def liked_left(self) -> bool:
        """An event is named left of its line and a break right of it, where that side has the room."""
        if self.is_break:
            return self.room_right < self.length and self.room_left > self.room_right
        return self.room_left >= self.length or self.room_left > self.room_right

    def placed(self, to_left: bool, row: int) -> PlacedMark:
        """The label on a side, cut where it is longer than its room."""
        width = max(min(self.length, self.room_left if to_left else self.room_right), 0.0)
        left = self.x - BESIDE - width if to_left else self.x + BESIDE
        return PlacedMark(self.x, self.text, row, to_left, self.is_break, left, width)


def head_of(
    spec: ChartSpec, at: Callable[[float], float], left: float, width: float, text_width: TextWidth, *, keyed: bool
) -> Head:
    """What stands above the plot of a chart; `keyed` where the key to its diamonds does.

    Args:
        spec: the chart; at: the pixel of an x position; left: the plot's left edge; width: of the whole chart.
    """
    marks = placed_marks(spec, at, width, text_width)
    keys = _placed_keys(signal_keys(spec), left, width, text_width) if keyed else ()
    if not keys:
        return Head(marks)
    low, high = keys[0].left - BETWEEN, keys[-1].words_left + keys[-1].width + BETWEEN

    def free(row: int) -> bool:
        """Neither a label of the row nor a line from above it."""
        over = any(mark.row == row and mark.spans[0] < high and low < mark.spans[1] for mark in marks)
        return not over and not any(mark.row > row and low < mark.x < high for mark in marks)

    return Head(marks, keys, next(row for row in range(len(marks) + 1) if free(row)))


def _placed_keys(
    keys: Sequence[SignalKey], left: float, width: float, text_width: TextWidth
) -> tuple[PlacedKey, ...]:
    """The entries one after another from `left`; what does not fit is cut."""
    placed = []
    for key in keys:
        words = left + KEY_DIAMOND
        room = max(min(text_width(key.words, False) + 2, width - words), 0.0)
        placed.append(PlacedKey(key, left, words, room))
        left = words + room + BETWEEN_KEYS
    return tuple(placed)


def placed_marks(
    spec: ChartSpec, at: Callable[[float], float], width: float, text_width: TextWidth
) -> tuple[PlacedMark, ...]:
    """Each break and event with its label where no other label stands and, if it can be, no other's line runs.

    Args:
        spec: the chart; at: the pixel of an x position; width: of the whole chart in pixels.
    """
    marks = [
        _Mark(x, mark.label, is_break, text_width(mark.label, False) + 2, x - BESIDE, width - x - BESIDE)
        for given, is_break in ((spec.breaks, True), (spec.events, False))
        for mark in given
        for x in (at(mark.position),)
    ]
    marks.sort(key=lambda mark: mark.x)
    sides = [mark.liked_left for mark in marks]
    best, cost = _in_rows(marks, sides)
    # One label after another changes sides while that helps: three and more marks close together find no row
    # otherwise where no line runs through a label.
    better = len(marks) > 1
    while better:
        better = False
        for turned in range(len(marks)):
            trial = [side != (place == turned) for place, side in enumerate(sides)]
            found, its_cost = _in_rows(marks, trial)
            if its_cost < cost:
                best, cost, sides, better = found, its_cost, trial, True
    return best


def _in_rows(marks: Sequence[_Mark], sides: Sequence[bool]) -> tuple[tuple[PlacedMark, ...], tuple[float, int]]:
    """The labels on the given sides in the lowest rows that are free, and how bad that is.

    Bad is what is cut or run through by a line, then the number of rows. Labels left of their lines come from the
    left and those right of them from the right: each then spans only lines of labels that stand lower.
    """
    placed: dict[int, PlacedMark] = {}
    lefts = [place for place, side in enumerate(sides) if side]
    rights = [place for place, side in enumerate(sides) if not side]
    bad = 0.0
    for place in (*lefts, *reversed(rights)):
        tried = [marks[place].placed(sides[place], row) for row in range(len(placed) + 1)]
        free = [one for one in tried if all(_clear(one, other) for other in placed.values())]
        placed[place] = free[0] if free else tried[-1]
        bad += (not free) + (marks[place].length - placed[place].width) / marks[place].length
    rows = max((one.row for one in placed.values()), default=-1) + 1
    return tuple(placed[place] for place in range(len(marks))), (bad, rows)


def _clear(one: PlacedMark, other: PlacedMark) -> bool:
    """Whether two labels neither touch nor are run through by each other's line, which reaches down from its row."""
    (low, high), (other_low, other_high) = one.spans, other.spans
    if one.row == other.row:
        return high + BETWEEN <= other_low or other_high + BETWEEN <= low
    upper, lower = (one, other) if one.row > other.row else (other, one)
    return not lower.left - 2 < upper.x < lower.left + lower.width + 2
