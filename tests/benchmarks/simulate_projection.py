"""Simulation of projections: how often their 80% interval holds the total, and errors beside the seasonal naive's.

Monthly counts with a season and Poisson noise whose level stays about one place (AR(1)), wanders (a random walk), or
grows by 6% a year. Run it with `python -m tests.benchmarks.simulate_projection [FOLDER]`; with a folder of workbooks
the monthly series that the program recognises in them are forecast too, from every fourth month on. It prints tables.
"""

from __future__ import annotations

import calendar
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from pcp_desktop.analysis.forecast import LEVEL, forecast
from pcp_desktop.analysis.series import YEAR_MONTHS, FloatArray
from pcp_desktop.workspace import recognised

KINDS = ("steady", "wandering", "growing")
LEVELS = (30, 330, 5000)
# Known months, months ahead, of which the first are left out of the total: the year's end and the plan's.
REACHES = ((45, 3, 0), (45, 15, 3), (60, 12, 0), (36, 12, 0))
RUNS = 60
SEED = 20160226
SEASON_SIZE = 0.15
LEAST_COUNT = 20
LEAST_MONTHS = 60
WITHIN = 0.05
SHOWN = 4


@dataclass(frozen=True)
class Score:
    """Over many forecasts: share held by the interval, months' errors scaled by the seasonal naive's in sample.

    `naive` is the scaled error of taking the same months of the last year; `widened` the mean widening.
    """

    forecasts: int
    coverage: float
    error: float
    naive: float
    widened: float


@dataclass(frozen=True)
class Trial:
    """One forecast held against what came."""

    held: bool
    error: float
    naive: float
    widened: float


def counts(generator: np.random.Generator, kind: str, level: float, months: int) -> FloatArray:
    """One series of monthly counts of a kind, beginning in April."""
    at = np.arange(months)
    noise = generator.normal(size=months)
    if kind == "steady":
        wander = np.empty(months)
        wander[0] = noise[0]
        for place in range(1, months):
            wander[place] = 0.5 * wander[place - 1] + np.sqrt(0.75) * noise[place]
        wander *= 0.05
    elif kind == "wandering":
        wander = np.cumsum(noise) * 0.05 / 3
    else:
        wander = 0.05 * noise + 0.06 * at / YEAR_MONTHS
    season = 1 + SEASON_SIZE * np.cos(2 * np.pi * (at - 8) / YEAR_MONTHS)
    return generator.poisson(level * season * np.exp(wander)).astype(np.float64)


def days_from(first: date, months: int) -> FloatArray:
    """The days of the calendar months from `first` on."""
    index = first.year * 12 + first.month - 1 + np.arange(months)
    return np.array([calendar.monthrange(int(at) // 12, int(at) % 12 + 1)[1] for at in index], dtype=np.float64)


def trial(values: FloatArray, days: FloatArray, known: int, ahead: int, skip: int) -> Trial | None:
    """One forecast after `known` months, held against the months that followed."""
    past, months = values[:known], slice(known, known + ahead)
    found = forecast(past, days[: known + ahead], ahead, skip)
    if found is None:
        return None
    scale = float(np.abs(past[YEAR_MONTHS:] - past[:-YEAR_MONTHS]).mean())
    same = past[known - YEAR_MONTHS + np.arange(ahead) % YEAR_MONTHS]
    total = values[months][skip:].sum()
    return Trial(
        held=bool(found.low <= total <= found.high),
        error=float(np.abs(values[months] - found.path).mean()) / scale,
        naive=float(np.abs(values[months] - same).mean()) / scale,
        widened=found.widened,
    )


def scored(trials: Iterable[Trial | None]) -> Score:
    """The means over trials."""
    made = [one for one in trials if one is not None]
    coverage, error, naive, widened = (
        float(np.mean([getattr(one, name) for one in made])) for name in ("held", "error", "naive", "widened")
    )
    return Score(len(made), coverage, error, naive, widened)


def simulated(kind: str, level: int, reach: tuple[int, int, int], runs: int = RUNS) -> list[Trial | None]:
    """The trials of one cell of the table; the same every time."""
    known, ahead, _ = reach
    generator = np.random.default_rng((SEED, KINDS.index(kind), level, known, ahead))
    days = days_from(date(2012, 4, 1), known + ahead)
    return [trial(counts(generator, kind, level, known + ahead), days, *reach) for _ in range(runs)]


# ---------------------------------------------------------------- real series


def monthly_series(folder: Path) -> Iterator[tuple[str, str, date, FloatArray]]:
    """The monthly series of counts or amounts that are recognised in a folder's workbooks, without a gap.

    Those with at least 60 months and none under 20; each with its place ("workbook, sheet"), label and first month.
    """
    for workbook in sorted(folder.glob("*.xlsx")):
        for sheet in recognised(workbook)["sheets"]:
            for table in sheet["tables"]:
                for series in table["series"]:
                    points = [
                        (date.fromisoformat(point["period"]["start"]), point["value"])
                        for point in series["points"]
                        if point["period"] and point["period"]["kind"] == "month" and point["value"] is not None
                    ]
                    found = _unbroken(points)
                    if found is not None:
                        yield f"{workbook.stem}, {sheet['name']}", series["label"][0], *found


def _unbroken(points: list[tuple[date, float]]) -> tuple[date, FloatArray] | None:
    """First month and values where the months follow each other and none is small; else None."""
    months = [day.year * 12 + day.month for day, _ in points]
    values = np.array([value for _, value in points], dtype=np.float64)
    following = months == list(range(months[0], months[0] + len(months))) if months else False
    if not following or len(months) < LEAST_MONTHS or values.min() < LEAST_COUNT:
        return None
    return points[0][0], values


def real(folder: Path, ahead: int, every: int = 4) -> dict[tuple[str, str], list[Trial | None]]:
    """By place and label: trials of `ahead` months from every fourth month on, three years in at the earliest."""
    found: dict[tuple[str, str], list[Trial | None]] = defaultdict(list)
    for place, label, first, values in monthly_series(folder):
        days = days_from(first, len(values))
        for known in range(max(3 * YEAR_MONTHS, 2 * ahead), len(values) - ahead + 1, every):
            found[place, label].append(trial(values, days, known, ahead, 0))
    return dict(found)


# ---------------------------------------------------------------- tables


def line(name: str, score: Score) -> str:
    """One line of a table."""
    errors = f"{score.error:10.2f}{score.naive:10.2f}{score.widened:9.2f}"
    return f"{name:52}{score.forecasts:7}{score.coverage:10.1%}{errors}"


def simulated_table(runs: int = RUNS) -> tuple[str, Score]:
    """The table of simulated series, and the score over all of them."""
    lines, every = [], []
    for kind in KINDS:
        for reach in REACHES:
            trials = [one for level in LEVELS for one in simulated(kind, level, reach, runs)]
            known, ahead, skip = reach
            lines.append(line(f"{kind}, {known} months, {ahead - skip} of {ahead} ahead", scored(trials)))
            every += trials
    overall = scored(every)
    return "\n".join([*lines, line("all simulated series", overall)]), overall


def real_table(folder: Path) -> str:
    """The table of the real series of a folder by place, with how many series are within five points of 80%."""
    lines, every = [], []
    for ahead in (3, YEAR_MONTHS):
        by_series = real(folder, ahead)
        for place in dict.fromkeys(place for place, _ in by_series):
            trials = [one for (where, _), found in by_series.items() if where == place for one in found]
            lines.append(line(f"{place}, {ahead} ahead", scored(trials)))
            every += trials
        scores = {name: scored(trials) for name, trials in by_series.items()}
        close = {name: score for name, score in scores.items() if abs(score.coverage - LEVEL) <= WITHIN}
        lines.append(f"{len(close)} of {len(scores)} series are within five points of 80%, {ahead} ahead; such are:")
        lines += [
            line(f"  {place[-9:]}: {label[:36]}", score) for (place, label), score in list(close.items())[:SHOWN]
        ]
    return "\n".join([*lines, line("all real series", scored(every))])


def main() -> None:
    """Print the tables."""
    head = f"{'':52}{'number':>7}{'in 80%':>10}{'scaled':>10}{'naive':>10}{'widened':>9}\n"
    sys.stdout.write(head + simulated_table()[0] + "\n")
    if len(sys.argv) > 1:
        sys.stdout.write("\n" + head + real_table(Path(sys.argv[1])) + "\n")


if __name__ == "__main__":
    main()
