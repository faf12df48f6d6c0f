"""The sorts that cells are taken for."""

from __future__ import annotations

from enum import StrEnum


class Sort(StrEnum):
    """What a cell is taken for."""

    NOTHING = ""
    FIGURE = "figure"
    MISSING = "missing"
    PERIOD = "period"
    WORDS = "words"
