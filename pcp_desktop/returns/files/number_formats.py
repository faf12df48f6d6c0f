"""The number formats of a sheet, kept as runs of cells that stand side by side, so that no cell is done alone."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable

import msgspec

_COLUMNS = 16_384
"""Of a sheet; a cell's place is its row times these and its column, so that places follow the order of reading."""


class NumberFormats(msgspec.Struct):
    """The formats beyond General, each once, and the runs of cells that have one: the places of a run's first and
    last cell and the number of its format, in the order of the first.

    A run may span places that the file says nothing of: they hold nothing that a format could show.
    """

    forms: list[str] = []
    firsts: list[int] = []
    lasts: list[int] = []
    numbers: list[int] = []

    def __post_init__(self) -> None:
        """Raises ValueError where the lists are not of one another."""
        if not len(self.firsts) == len(self.lasts) == len(self.numbers):
            raise ValueError("runs of cells want a first and a last cell and a format")
        if self.numbers and not 0 <= min(self.numbers) <= max(self.numbers) < len(self.forms):
            raise ValueError("a run of cells has an unknown format")

    def at(self, row: int, column: int) -> str:
        """The format of a cell; empty for General."""
        place = row * _COLUMNS + column
        run = bisect(self.firsts, place) - 1
        return self.forms[self.numbers[run]] if run >= 0 and place <= self.lasts[run] else ""


def of_runs(runs: Iterable[tuple[int, int, int, str]]) -> NumberFormats:
    """The formats of runs of cells; each is a row, the first and last column and the format, empty for General."""
    numbers: dict[str, int] = {}
    places = sorted(
        (row * _COLUMNS + left, row * _COLUMNS + right, numbers.setdefault(form, len(numbers)))
        for row, left, right, form in runs
        if form
    )
    return NumberFormats(list(numbers), *(list(column) for column in zip(*places, strict=True)))


class FormatsOfCells:
    """Gathers the formats of cells that are read one after the other."""

    def __init__(self) -> None:
        self._runs: list[tuple[int, int, int, str]] = []

    def add(self, row: int, column: int, form: str) -> None:
        """Take in the format of a cell, empty for General."""
        if self._runs and (last := self._runs[-1])[0] == row and last[2] == column - 1 and last[3] == form:
            self._runs[-1] = row, last[1], column, form
        elif form:
            self._runs.append((row, column, column, form))

    def gathered(self) -> NumberFormats:
        """What was taken in."""
        return of_runs(self._runs)
