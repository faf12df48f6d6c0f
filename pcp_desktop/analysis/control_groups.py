"""Which points stand together and which of them make limits: segments, re-basing, a year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from pcp_desktop.analysis.control_limits import BoolArray
from pcp_desktop.domain.formats import counted
from pcp_desktop.domain.periods import Period
from pcp_desktop.errors import UserError

Groups = list[tuple[int, int]]


def checked(segments: Sequence[tuple[int, int]] | None, length: int) -> Groups:
    """The segments as (first, last) positions, all points in one by default.

    Segments that overlap or leave points out raise ValueError.
    """
    found = list(segments) if segments is not None else ([(0, length - 1)] if length else [])
    ends = [-1, *(last for _, last in found)]
    if [first for first, _ in found] != [end + 1 for end in ends[:-1]] or ends[-1] != length - 1:
        raise ValueError("segments follow each other and cover every point")
    return found


def rebased(
    segments: Sequence[tuple[int, int]], starts: Iterable[int], known: BoolArray, labels: Sequence[str]
) -> Groups:
    """`segments` cut again at the positions `starts`, each the first of its new group.

    `known` says where there is a figure, `labels` names the positions. A cut that leaves a group with a single
    figure, or none, is refused: UserError.
    """
    cuts = set(starts)
    found: Groups = []
    for first, last in segments:
        edges = [first, *sorted(at for at in cuts if first < at <= last), last + 1]
        for one, two in pairwise(edges):
            if len(edges) > 2 and known[one:two].sum() < 2:
                raise _group_of_one(labels[one if one != first else two], int(known[one:two].sum()))
            found.append((one, two - 1))
    return found


def _group_of_one(label: str, figures: int) -> UserError:
    left = counted(figures, "figure") if figures else "no figure"
    return UserError(
        f"The limits cannot start again at {label}: that would leave a group with {left}, and limits need several.",
        "No chart was made.",
        "Choose a start with more figures on both sides of it, or leave it out.",
    )


def within(periods: Sequence[Period], year: Period) -> BoolArray:
    """The positions whose periods lie in `year`."""
    return np.array([year.contains(period) for period in periods], dtype=np.bool_)
