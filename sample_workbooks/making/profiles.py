"""Monthly values made from yearly totals: seasonal, over-dispersed, autocorrelated and the same every time."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from making.published import MONTHS, totals

AUTOCORRELATION = 0.35
SHARED = 0.9
"""How much of its noise a measure shares with the one that it follows."""
BLOCKS = {"2012/13": range(0, 12), "2013/14": range(12, 24), "Q1 2014/15": range(24, 27), "2015": range(33, 45)}
"""The months of each total, counted from April 2012."""
LEVEL_MONTHS = {"2012/13": 5.5, "2013/14": 17.5, "2015": 38.5}
ABSENT_BEGINS = 29
"""September 2014, when the category was added to COMPACT."""

# January to December, each about 1 on average.
FLAT = (1.0,) * 12
CRIME = (0.95, 0.92, 0.99, 0.97, 1.03, 1.03, 1.06, 1.03, 1.01, 1.05, 1.01, 0.95)
BURGLARY = (1.12, 1.02, 1.02, 0.94, 0.93, 0.89, 0.90, 0.92, 0.95, 1.08, 1.14, 1.09)
VIOLENCE = (0.92, 0.92, 0.98, 0.98, 1.05, 1.07, 1.09, 1.06, 0.99, 1.00, 0.96, 0.98)
VEHICLE = (1.05, 0.99, 1.00, 0.95, 0.95, 0.93, 0.94, 0.96, 1.00, 1.09, 1.10, 1.04)
SUMMER = (0.72, 0.74, 0.92, 1.05, 1.16, 1.20, 1.30, 1.24, 1.08, 1.02, 0.86, 0.71)
HATE = (0.86, 0.88, 0.96, 1.00, 1.05, 1.10, 1.17, 1.10, 1.04, 1.02, 0.94, 0.88)
SUMMER_SLIGHT = (0.93, 0.92, 0.98, 1.00, 1.04, 1.05, 1.06, 1.02, 1.04, 1.03, 0.99, 0.94)
NIGHT_TIME = (0.93, 0.93, 0.98, 0.98, 1.02, 1.02, 1.04, 1.04, 0.98, 1.00, 0.98, 1.10)


@dataclass(frozen=True)
class Shape:
    """How a measure moves within a year, how many times the Poisson variance its months have, and with what.

    A measure that `follows` another shares most of its noise: reports on one system are mostly those on the other.
    `draw` picks one of the possible series; burglary's is one whose third quarter stands below the last, as the paper
    says.
    """

    season: tuple[float, ...]
    dispersion: float
    follows: str | None = None
    draw: int = 0


SHAPES = {
    "all-crime": Shape(CRIME, 6.0),
    "domestic-burglary": Shape(BURGLARY, 1.9, draw=7),
    "violence-with-injury": Shape(VIOLENCE, 1.9),
    "domestic-violence-injury": Shape(VIOLENCE, 1.5, "violence-with-injury"),
    "theft-from-vehicle": Shape(VEHICLE, 3.0),
    "theft-of-vehicle": Shape(VEHICLE, 1.6),
    "serious-sexual-offences": Shape(SUMMER_SLIGHT, 1.5),
    "rape": Shape(SUMMER_SLIGHT, 1.2, "serious-sexual-offences"),
    "hate-crime": Shape(HATE, 1.4),
    "asb-incidents": Shape(SUMMER, 5.0),
    "licensed-premises-incidents": Shape(NIGHT_TIME, 1.6),
    "missing-storm": Shape(SUMMER_SLIGHT, 2.0),
    "missing-compact": Shape(SUMMER_SLIGHT, 1.9, "missing-storm"),
    "missing-nine-locations": Shape(FLAT, 1.6),
    "absent-compact": Shape(SUMMER_SLIGHT, 1.4),
    "section-136": Shape(FLAT, 1.2),
}


@cache
def monthly(measure: str) -> tuple[int | None, ...]:
    """The 45 months of a measure from April 2012 on; None before the measure existed."""
    known = {name: total for name, total in totals()["monthly_counts"][measure].items() if name != "published"}
    expected = _expected(measure, known)
    drawn = _noisy(measure, expected, SHAPES[measure].dispersion)
    values: list[int | None] = [round(value) for value in drawn]
    for name, total in known.items():
        months = BLOCKS[name]
        for index, value in zip(months, _to_total([drawn[index] for index in months], total), strict=True):
            values[index] = value
    if measure == "absent-compact":
        values[:ABSENT_BEGINS] = [None] * ABSENT_BEGINS
    return tuple(values)


def counts(measure: str) -> tuple[int, ...]:
    """The months of a measure that has a value in every month."""
    return tuple(value for value in monthly(measure) if value is not None)


def _expected(measure: str, known: dict[str, int]) -> list[float]:
    """Level times season: the level runs straight between the middles of the years with a total."""
    knots = [(LEVEL_MONTHS[name], known[name] / 12) for name in LEVEL_MONTHS if name in known]
    season = SHAPES[measure].season
    expected = []
    for index, period in enumerate(MONTHS):
        value = _level(knots, index) * season[period.end.month - 1]
        if measure == "domestic-burglary" and 18 <= index <= 22:
            value *= 1.25  # the winter of 2013/14 stood out
        if measure == "missing-nine-locations" and 24 <= index <= 32:
            value *= 0.72  # lowest in the summer of 2014, rising slowly since
        expected.append(value)
    return expected


def _level(knots: list[tuple[float, float]], index: float) -> float:
    """Straight line through the knots, flat outside them."""
    if index <= knots[0][0]:
        return knots[0][1]
    for (first, low), (last, high) in pairwise(knots):
        if index <= last:
            return low + (high - low) * (index - first) / (last - first)
    return knots[-1][1]


def _noisy(measure: str, expected: list[float], dispersion: float) -> list[float]:
    """Expected values with log-normal noise of the wanted variance that remembers the month before."""
    noise = _noise(measure)
    followed = SHAPES[measure].follows
    if followed is not None:
        pairs = zip(_noise(followed), noise, strict=True)
        noise = [SHARED * shared + math.sqrt(1 - SHARED**2) * own for shared, own in pairs]
    values = []
    for mean, step in zip(expected, noise, strict=True):
        spread = math.sqrt(math.log1p(dispersion / mean))
        values.append(mean * math.exp(spread * step - spread**2 / 2))
    return values


def _noise(measure: str) -> list[float]:
    """Standard normal steps, each remembering the one before; always the same for one measure."""
    draw = SHAPES[measure].draw
    chance = random.Random(f"sample quarter: {measure}{f', {draw}' if draw else ''}")
    fresh = math.sqrt(1 - AUTOCORRELATION**2)
    steps = [chance.gauss(0, 1)]
    for _ in MONTHS[1:]:
        steps.append(AUTOCORRELATION * steps[-1] + fresh * chance.gauss(0, 1))
    return steps


def _to_total(values: list[float], total: int) -> list[int]:
    """Whole numbers in proportion to `values` that add up to `total` (largest remainder)."""
    scaled = [value * total / sum(values) for value in values]
    whole = [math.floor(value) for value in scaled]
    by_remainder = sorted(range(len(values)), key=lambda index: (whole[index] - scaled[index], index))
    for index in by_remainder[: total - sum(whole)]:
        whole[index] += 1
    return whole
