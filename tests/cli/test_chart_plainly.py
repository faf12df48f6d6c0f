"""`chart` gives what the rules of the method give, worked out a second time in plain Python, one point after another.

Nothing of the package reckons here but the command itself: limits agree to 1e-9, groups, labels and directions are
the same. The series are awkward ones: gaps, ties, noughts, bases that vary, a season, several groups, first points.
"""

from __future__ import annotations

import calendar
import json
import math
import random
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats

from pcp_desktop.cli import run

Figures = list[float | None]
Limits = tuple[float | None, ...]
SEVEN = 7


def months(count: int) -> list[date]:
    return [date(2012 + (at + 3) // 12, (at + 3) % 12 + 1, 1) for at in range(count)]


def around(mean: float, reach: float) -> Limits:
    return mean, mean - reach, mean + reach, mean - reach * 2 / 3, mean + reach * 2 / 3


def xmr(used: Figures, screening: bool) -> Limits:
    known = [one for one in used if one is not None]
    ranges = [abs(two - one) for one, two in pairwise(used) if one is not None and two is not None]
    average = math.fsum(ranges) / len(ranges)
    kept = [one for one in ranges if one < 3.267 * average]
    if screening and kept:
        average = math.fsum(kept) / len(kept)
    return around(math.fsum(known) / len(known), 2.66 * average)


def shares(kind: str, events: Figures, bases: Figures, used: Sequence[bool]) -> tuple[Figures, list[Limits]]:
    """Values and limits of one group of a p, u, p′ or u′ chart."""
    per = 100.0 if kind in ("p", "pp") else 1.0
    pairs = [(top, base) if top is not None and base else None for top, base in zip(events, bases, strict=True)]
    chosen = [pair for pair, use in zip(pairs, used, strict=True) if pair and use]
    line = sum(top for top, _ in chosen) / sum(base for _, base in chosen)
    variance = line * (1 - line) if per > 1 else line
    factor = 1.0
    if kind in ("pp", "uu"):
        z = [
            (pair[0] / pair[1] - line) / math.sqrt(variance / pair[1]) if pair and use else None
            for pair, use in zip(pairs, used, strict=True)
        ]
        ranges = [abs(two - one) for one, two in pairwise(z) if one is not None and two is not None]
        factor = sum(ranges) / len(ranges) / 1.128
    limits = [
        around(line * per, 3 * math.sqrt(variance / base) * factor * per) if base else (line * per, *[None] * 4)
        for base in bases
    ]
    return [pair[0] / pair[1] * per if pair else None for pair in pairs], limits


def season(days: Sequence[date], values: Figures) -> list[float] | None:
    """What the season and the length of each month take off the logarithm; None where the months do not matter.

    Only counts have one: figures with decimals do not grow with the days of the month.
    """
    known = [at for at, one in enumerate(values) if one is not None]
    if len(known) < 36 or any((values[at] or 0.0) % 1 for at in known):
        return None
    length = [calendar.monthrange(day.year, day.month)[1] for day in days]
    logs = np.array([math.log(((values[at] or 0.0) + 0.5) / length[at]) for at in known])
    blocks = sorted({(known[-1] - at) // 12 for at in known})
    by_block = np.array([[float((known[-1] - at) // 12 == one) for one in blocks] for at in known])
    by_month = np.array([[float(days[at].month == one) for one in range(1, 13)] for at in known])
    both = np.hstack((by_month, by_block[:, 1:]))
    fit = np.linalg.lstsq(both, logs, rcond=None)[0]
    alone = np.linalg.lstsq(by_block, logs, rcond=None)[0]
    with_months = float(((logs - both @ fit) ** 2).sum())
    without = float(((logs - by_block @ alone) ** 2).sum())
    free = len(logs) - both.shape[1]
    if stats.f.sf((without - with_months) / 11 / (with_months / free), 11, free) >= 0.01:
        return None
    return [float(fit[day.month - 1]) + math.log(long) for day, long in zip(days, length, strict=True)]


def labelled(values: Figures, limits: Sequence[Limits]) -> list[tuple[str, str | None]]:
    """The first rule that flags each point of a group, and its direction."""
    count = len(values)
    rules: list[list[set[str]]] = [[set() for _ in values] for _ in range(4)]

    def all_on(side: str, first: int, last: int) -> bool:
        found = [(values[at], limits[at][0]) for at in range(first, last)]
        pairs = [(one, mean) for one, mean in found if one is not None and mean is not None]
        return len(pairs) == last - first and all(
            (one > mean) == (side == "up") and one != mean for one, mean in pairs
        )

    for at, value in enumerate(values):
        _, lower, upper, _, _ = limits[at]
        if value is not None and lower is not None and upper is not None:
            rules[0][at] |= {"up"} if value > upper else {"down"} if value < lower else set()
    for side, sign in (("up", 1), ("down", -1)):
        for first in range(count - SEVEN + 1):
            run_of = [one for one in values[first : first + SEVEN] if one is not None]
            if len(run_of) == SEVEN and all(sign * two > sign * one for one, two in pairwise(run_of)):
                for at in range(first, first + SEVEN):
                    rules[1][at].add(side)
            if all_on(side, first, first + SEVEN):
                for at in range(first, first + SEVEN):
                    rules[3][at].add(side)
        for first in range(count - 2):
            near = [at for at in range(first, first + 3) if is_near(side, values[at], limits[at])]
            if len(near) > 1 and all_on(side, first, first + 3):
                for at in near:
                    rules[2][at].add(side)
    found: list[tuple[str, str | None]] = []
    for at in range(count):
        names = zip(("outside", "trend", "two_of_three", "shift"), rules, strict=True)
        name, sides = next(((name, rule[at]) for name, rule in names if rule[at]), ("none", set()))
        if len(sides) == 2:  # a turning point belongs to the later trend
            one, two = values[at], values[at + 1]
            assert one is not None
            assert two is not None
            sides = {"down" if two < one else "up"}
        found.append((name, next(iter(sides), None)))
    return found


def is_near(side: str, value: float | None, limits: Limits) -> bool:
    _, lower, upper, near_lower, near_upper = limits
    if value is None or lower is None or upper is None or near_lower is None or near_upper is None:
        return False
    return near_upper < value < upper if side == "up" else lower < value < near_lower


def plainly(
    values: Figures, bases: Figures | None, kind: str, cuts: Sequence[int], first: int | None, screening: bool
) -> list[tuple[Any, ...]]:
    days, found = months(len(values)), list[tuple[Any, ...]]()
    taken = season(days, values) if kind == "xmr" else None
    for number, (start, end) in enumerate(pairwise([0, *cuts, len(values)]), 1):
        own = values[start:end]
        used = [first is None or at < first for at in range(len(own))]
        if kind != "xmr":
            assert bases is not None
            shown, limits = shares(kind, own, bases[start:end], used)
            scaled = shown
        else:
            off = taken[start:end] if taken else [0.0] * len(own)
            scaled = [
                None if one is None else math.log(one + 0.5) - by if taken else one
                for one, by in zip(own, off, strict=True)
            ]
            same = xmr([one if use else None for one, use in zip(scaled, used, strict=True)], screening)
            shown, limits = own, [same] * len(own)
        labels = labelled(scaled, limits)
        if taken:
            limits = [tuple(math.exp(one + by) - 0.5 for one in same if one is not None) for by in off]
        found += [(one, *ends, number, *label) for one, ends, label in zip(shown, limits, labels, strict=True)]
    return found


def made(seed: int) -> tuple[Figures, Figures | None, str]:
    """An awkward series: its values (events for shares), its bases, and the kind of chart to ask for."""
    chance = random.Random(seed)
    count = chance.choice((8, 9, 24, 36, 37, 48, 72))
    kind = ("xmr", "xmr", "xmr", "p", "u", "pp", "uu")[seed % 7]
    bases: Figures | None = None
    if kind != "xmr":
        bases = [float(chance.randint(40, 400)) for _ in range(count)]
        values: Figures = [round((base or 0.0) * chance.uniform(0.2, 0.5)) for base in bases]
    elif seed % 3 == 0:
        values = [float(chance.choice((0, 0, 4, 5, 5, 6, 9))) for _ in range(count)]
    elif seed % 3 == 1:
        values = [round(chance.gauss(80, 4), 1) for _ in range(count)]
    else:
        values = [round(chance.gauss(300 + 60 * math.sin(day.month), 15)) for day in months(count)]
    if kind == "xmr" and seed % 4 == 1:  # a rise that turns into a fall
        values[:13] = [float(300 + 4 * min(at, 12 - at)) for at in range(min(count, 13))]
    gaps = chance.choice((0.0, 0.1)) if seed % 4 != 1 else 0.0
    for at in range(count):
        if chance.random() < gaps:
            values[at] = None
    if sum(one or 0 for one in values[: count // 3]) < 1:
        values[0] = 7.0
    return values, bases, kind


@pytest.mark.parametrize("seed", [*range(42), 497])  # the last has a peak at which two trends meet within the limits
def test_the_answer_agrees_with_plain_arithmetic(
    seed: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    values, bases, kind = made(seed)
    cuts = [len(values) // 2] if len(values) >= 24 and seed % 4 == 0 else []
    first, screening = (6 if seed % 5 == 0 else None), seed % 2 == 0
    days = months(len(values))
    path = tmp_path / "series.csv"
    if bases is None:
        lines = [f"{day},{'' if one is None else one!r}" for day, one in zip(days, values, strict=True)]
    else:
        lines = [
            f"{day},,{'' if top is None else top},{base}" for day, top, base in zip(days, values, bases, strict=True)
        ]
    path.write_text("\n".join(["date,value" + ("" if bases is None else ",numerator,denominator"), *lines]))
    options = [
        "--kind",
        kind,
        *(["--first", str(first)] if first else []),
        *([] if screening else ["--no-screening"]),
    ]
    options += [part for cut in cuts for part in ("--rebase", days[cut].isoformat())]
    assert run(["chart", str(path), *options, "--json"]) == 0
    points = json.loads(capsys.readouterr().out)["points"]
    expected = plainly(values, bases, kind, cuts, first, screening)
    numbers = ("value", "mean", "lower", "upper", "near_lower", "near_upper")
    for wanted, point in zip(expected, points, strict=True):
        for name, one in zip(numbers, wanted[:6], strict=True):
            assert point[name] == (one if one is None else pytest.approx(one, rel=1e-9, abs=1e-9)), name
        assert (point["group"], point["label"], point["direction"]) == wanted[6:]
