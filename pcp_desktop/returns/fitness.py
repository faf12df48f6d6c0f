"""Checks of a staged figure by itself: is its cell a number, its period one that the measure is kept by, and over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pcp_desktop.domain.measures import Frequency, Kind, Measure
from pcp_desktop.domain.observations import Observation, Part
from pcp_desktop.domain.periods import Period, PeriodKind, in_words
from pcp_desktop.domain.returns import Finding, Severity

_MONTHS = {
    Frequency.MONTH: 1,
    Frequency.QUARTER: 3,
    Frequency.HALF_YEAR: 6,
    Frequency.YEAR: 12,
    Frequency.TWELVE_MONTHS: 12,
}
_FAR_ABOVE = 20


def _error(observation: Observation, words: str) -> Finding:
    return Finding(Severity.ERROR, observation.source.sheet, observation.source.cell, words)


def words_for_number(observation: Observation, measure: Measure) -> Finding | None:
    """An error where a cell that should hold a number holds words: `1 20`, `48O8`, `see note`."""
    if observation.text is None or measure.kind is Kind.TEXT:
        return None
    return _error(observation, f"The cell says “{observation.text[:60]}”, which is no number.")


def period_not_over(observation: Observation, measure: Measure, today: date) -> Finding | None:
    """An error where figures are given for a period that has not ended: a forecast, or a part of it so far."""
    end = observation.key.period.end
    if end <= today or measure.kind in (Kind.MONEY, Kind.TEXT):
        return None
    label = observation.key.period.label
    words = f"{label} is not over: it ends on {in_words(end)}, so its figures cannot be whole."
    return _error(observation, words)


def is_still_to_come(observation: Observation, measure: Measure, today: date, owed: Period | None) -> bool:
    """Whether a cell only waits for its figure: a dash or nil for a period not over, or a dash after the one owed."""
    if measure.kind in (Kind.MONEY, Kind.TEXT) or observation.text is not None or observation.value:
        return False
    period = observation.key.period
    return period.end > today or (observation.value is None and owed is not None and period.start > owed.end)


def none_yet(waiting: Sequence[Observation]) -> list[Finding]:
    """One note for each sheet on the periods that have no figure yet."""
    found = []
    for sheet in dict.fromkeys(one.source.sheet for one in waiting):
        periods = sorted({one.key.period for one in waiting if one.source.sheet == sheet})
        names = periods[0].label if len(periods) == 1 else f"{periods[0].label} to {periods[-1].label}"
        words = f"There is no figure yet for {names}: nothing was taken for {'it' if len(periods) == 1 else 'them'}."
        found.append(Finding(Severity.INFORMATION, sheet, "", words))
    return found


def unfitting_period(observation: Observation, measure: Measure) -> Finding | None:
    """An error where a count is of one day, or a share of a length that the measure is not kept by."""
    period = observation.key.period
    if measure.kind in (Kind.MONEY, Kind.TEXT) or _fits(period, measure):
        return None
    words = f"The figure is of {period.label}; “{measure.label}” is kept by {measure.frequency.value}."
    return _error(observation, words)


def _fits(period: Period, measure: Measure) -> bool:
    snapshot = period.kind is PeriodKind.SNAPSHOT
    if measure.kind is Kind.COUNT:
        return not snapshot or measure.frequency is not Frequency.MONTH
    return period.months == _MONTHS[measure.frequency] or (snapshot and measure.frequency is Frequency.QUARTER)


def bare_fraction(
    observation: Observation, measure: Measure, percent_as: str | None, largest: float
) -> Finding | None:
    """An error where nothing says whether 0.89 is 0.89% or 89%.

    `percent_as` is how the series is known to be written, `largest` the greatest number in it.
    """
    value = observation.value
    if measure.unit != "percent" or observation.key.part is not Part.VALUE or value is None or not 0 < value <= 1:
        return None
    if percent_as is not None and largest < _FAR_ABOVE * value:
        return None
    words = f"Nothing says whether {value:g} is {value:g}% or {100 * value:g}%. Write it with a % sign."
    return _error(observation, words)
