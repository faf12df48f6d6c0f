"""Checks of staged figures against each other and against what is stored; each is one function with its own test."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pcp_desktop.domain.clearance import Clearance, ClearanceState
from pcp_desktop.domain.formats import counted, number, value_shown
from pcp_desktop.domain.measures import Frequency, Kind, Measure
from pcp_desktop.domain.observations import Observation, ObservationKey, Part, Source
from pcp_desktop.domain.periods import Period, add_months
from pcp_desktop.domain.returns import ExpectedReturn, Finding, Severity
from pcp_desktop.returns.matching.history import History, limits

_ROUNDING = 0.0501
"""Half a printed decimal place, with a little for floating point: 86.5 may stand for 86.45 to 86.55."""

_LAG = {
    Frequency.MONTH: 3,
    Frequency.QUARTER: 3,
    Frequency.HALF_YEAR: 6,
    Frequency.YEAR: 12,
    Frequency.TWELVE_MONTHS: 3,
}
"""Within how many months of a quarter's end the latest period of a measure ends, given as often as it is kept."""


@dataclass(frozen=True)
class Aside:
    """A number that is checked and not stored: a total, a percentage beside its parts, a rate or a rank."""

    sheet: str
    cell: str
    value: float
    label: str = ""


def _finding(severity: Severity, observation: Observation, message: str) -> Finding:
    return Finding(severity, observation.source.sheet, observation.source.cell, message)


def out_of_range(observation: Observation, measure: Measure) -> Finding | None:
    """An error where a value cannot be: a count below nil or in fractions, a percentage outside 0 to 100."""
    value, part = observation.value, observation.key.part
    if value is None or measure.kind is Kind.MONEY:
        return None
    shown = number(value, 0 if float(value).is_integer() else 2)
    if value < 0:
        return _finding(Severity.ERROR, observation, f"{shown} is below nil, and “{measure.label}” cannot be.")
    is_count = measure.kind is Kind.COUNT or part is not Part.VALUE
    if is_count and not float(value).is_integer():
        return _finding(Severity.ERROR, observation, f"{shown} is not a whole number, and this is a count.")
    if measure.unit == "percent" and part is Part.VALUE and value > 100:
        return _finding(Severity.ERROR, observation, f"{shown}% is above 100%.")
    return None


def jump(observation: Observation, measure: Measure, history: History) -> Finding | None:
    """A warning where a value lies outside the natural limits of its own stored history."""
    if observation.value is None or (measure.kind is Kind.PROPORTION and observation.key.part is not Part.VALUE):
        return None
    if history.stored(observation.key) is not None:
        return None
    before = history.before(observation.key, observation.key.period)
    reach = limits(before)
    if reach is None or reach[0] <= observation.value <= reach[1]:
        return None
    decimals = measure.decimals
    low = max(reach[0], 0.0) if measure.kind is not Kind.MONEY else reach[0]
    between = f"{value_shown(low, measure.unit, decimals)} and {value_shown(reach[1], measure.unit, decimals)}"
    shown = value_shown(observation.value, measure.unit, decimals)
    words = f"{shown} lies outside the usual range of its {len(before)} earlier values, between {between}."
    return _finding(Severity.WARNING, observation, words)


def total_not_sum(total: Aside, parts: Sequence[float]) -> Finding | None:
    """A warning where a total is not the sum of the parts beside it."""
    summed = sum(parts)
    if abs(summed - total.value) < 0.5:
        return None
    words = f"The total says {number(total.value)}; its {counted(len(parts), 'part')} add up to {number(summed)}."
    return Finding(Severity.WARNING, total.sheet, total.cell, words)


def numerator_above_base(numerator: Observation, base: Observation) -> Finding | None:
    """An error where more are counted than there are."""
    if numerator.value is None or base.value is None or numerator.value <= base.value:
        return None
    words = f"{number(numerator.value)} is more than its base of {number(base.value)} (cell {base.source.cell})."
    return _finding(Severity.ERROR, numerator, words)


def percentage_not_share(percentage: Aside, numerator: float, base: float) -> Finding | None:
    """A warning where a printed percentage is not its numerator over its base; `percentage.value` is in points."""
    if base == 0:
        return None
    share = 100 * numerator / base
    if abs(share - percentage.value) <= _ROUNDING or (
        float(percentage.value).is_integer() and abs(share - percentage.value) <= 0.5
    ):
        return None
    words = (
        f"{number(percentage.value, 1)}% is printed; {number(numerator)} of {number(base)} is {number(share, 1)}%. "
        "The numbers are stored."
    )
    return Finding(Severity.WARNING, percentage.sheet, percentage.cell, words)


def rate_not_following(rate: Aside, count: float, population: float) -> Finding | None:
    """A warning where a rate per 1,000 does not follow from its count and population to the printed decimals."""
    if population <= 0:
        return None
    computed = 1000 * count / population
    if abs(computed - rate.value) <= 0.0051:
        return None
    words = f"The rate says {number(rate.value, 2)} per 1,000; the numbers give {number(computed, 2)}."
    return Finding(Severity.WARNING, rate.sheet, rate.cell, words)


def ranks_not_following(ranks: Sequence[tuple[Aside, float]]) -> list[Finding]:
    """Warnings where ranks do not follow from the rates beside them (1 for the lowest); ties share a rank."""
    found = []
    rates = [rate for _rank, rate in ranks]
    for rank, rate in ranks:
        computed = 1 + sum(other < rate for other in rates)
        if computed != rank.value:
            words = f"The rank says {number(rank.value)}; the rates give {computed}."
            found.append(Finding(Severity.WARNING, rank.sheet, rank.cell, words))
    return found


def already_cleared(
    observation: Observation, stored: Observation | None, clearances: Sequence[Clearance]
) -> Finding | None:
    """A warning where accepting would change a figure that its board has cleared already."""
    records = [record for record in clearances if record.measure == observation.key.measure and not record.area]
    if stored is None or not records:
        return None
    standing = records[-1]
    if standing.state is not ClearanceState.CLEARED or observation.key.period.end > standing.through:
        return None
    return _finding(Severity.WARNING, observation, "Already cleared: needs clearing again.")


def withdrawn(observation: Observation, stored: Observation | None) -> Finding | None:
    """A warning where a partner takes back a figure that is stored; `observation` is of it or of a total over it."""
    if stored is None or stored.value is None or observation.value is not None or observation.text is not None:
        return None
    words = f"{_shown(stored)} is stored for {stored.key.period.label} and is taken back: it becomes not available."
    return _finding(Severity.WARNING, observation, words)


def emptied(key: ObservationKey, source: Source, stored: Observation | None) -> Finding | None:
    """A warning where a cell is empty for which a figure is stored: it says nothing, and changes nothing."""
    if stored is None or stored.value is None:
        return None
    words = f"The cell for {key.period.label} is empty, and {_shown(stored)} is stored. The stored figure stays."
    return Finding(Severity.WARNING, source.sheet, source.cell, words)


def unit_changed(observation: Observation, measure: Measure, history: History) -> Finding | None:
    """A warning where a value is about 100 or 1,000 times more or less than the newest stored one."""
    latest = history.latest(observation.key)
    if not latest or not observation.value:
        return None
    ratio = abs(observation.value / latest)
    for factor in (100.0, 1000.0):
        if 0.6 < ratio / factor < 1.6 or 0.6 < ratio * factor < 1.6:
            words = (
                f"{number(observation.value, measure.decimals)} is about {number(factor)} times "
                f"{'more' if ratio > 1 else 'less'} than the last value stored; has the unit changed?"
            )
            return _finding(Severity.WARNING, observation, words)
    return None


def another_quarter(expected: ExpectedReturn, figures: Collection[tuple[Period, Measure]]) -> Finding | None:
    """A warning where the figures all end too early to be of the quarter the return is owed for, or begin after it.

    `figures` are the periods of its figures with their measures. A measure kept by half years or years may end its
    latest period that much before the quarter does; one of rolling twelve months moves with the quarter.
    """
    if not figures:
        return None
    owed, periods = expected.period, {period for period, _ in figures}
    first, latest = min(periods), max(periods)
    if min(period.start for period in periods) > owed.end:
        words = (
            f"Every figure is of a later quarter than {owed.label}: {first.label} to {latest.label}. "
            "Begin that quarter first, so that the return stands under it."
        )
        return Finding(Severity.WARNING, "", "", words)
    last_month = owed.end.replace(day=1)
    if any(period.end >= add_months(last_month, 1 - _LAG[measure.frequency]) for period, measure in figures):
        return None
    words = (
        f"The latest figure is of {latest.label}, and the return is owed for {owed.label}. "
        "It may be an earlier quarter's workbook, sent again."
    )
    return Finding(Severity.WARNING, "", "", words)


def duplicated(first: Observation, second: Observation) -> Finding:
    """The finding for the same figure given twice: a note where both say the same, an error where they differ."""
    place = f"{first.source.sheet} {first.source.cell}".strip()
    if (first.value, first.text) == (second.value, second.text):
        words = f"The same figure stands in {place} as well; it is taken once."
        return _finding(Severity.INFORMATION, second, words)
    values = f"{_shown(first)} in {place}, {_shown(second)} here"
    return _finding(Severity.ERROR, second, f"The same period is given twice with different values: {values}.")


def _shown(observation: Observation) -> str:
    if observation.value is None:
        return observation.marker.value
    return number(observation.value, 0 if float(observation.value).is_integer() else 1)
