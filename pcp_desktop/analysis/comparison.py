"""Comparisons: exact totals of periods, and the change from one period to another where they are comparable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from pcp_desktop.analysis.series import YEAR_MONTHS, Entry, Series, combined, is_ratio, marker_of
from pcp_desktop.domain.formats import percent_change
from pcp_desktop.domain.measures import Aggregation, Break, Kind
from pcp_desktop.domain.observations import Marker, Source
from pcp_desktop.domain.periods import (
    Period,
    PeriodKind,
    financial_year_start,
    in_words,
    quarter,
    quarter_number,
    span,
    twelve_months_to,
)

QUARTER_MONTHS = 3


@dataclass(frozen=True)
class Amount:
    """A measure's value for a period.

    `exact` is in the measure's unit (percentages in points); `numerator` and `denominator` are there where the base
    is known. `complete` is False where a part of the period is missing (`missing`): then the value is the sum of what
    is there and must not be compared. `whole` says it was returned for the period as a whole, without parts.
    """

    exact: Fraction
    period: Period
    sources: tuple[Source, ...]
    marker: Marker
    complete: bool = True
    missing: tuple[Period, ...] = ()
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    whole: bool = False

    @property
    def value(self) -> float:
        """The value as a float, unrounded."""
        return float(self.exact)


@dataclass(frozen=True)
class Change:
    """The change from `old` to `new`: `amount` in the measure's unit, `percent` None from nil; both exact."""

    old: Amount
    new: Amount
    amount: Fraction
    percent: Fraction | None


@dataclass(frozen=True)
class NotComparable:
    """Why two periods are not compared: `short` fits a table cell, `reason` is a sentence."""

    short: str
    reason: str


@dataclass(frozen=True)
class Comparisons:
    """The amounts a page shows of a measure; None where a period is missing, incomplete or cut by a break.

    `latest` is that of `latest12`, `before` that of `before12`; `latest_period` is the latest complete quarter (the
    latest half-year, year or rolling figure for measures that have no quarters).
    """

    baseline: Amount | None
    latest: Amount | None
    before: Amount | None
    latest_period: Amount | None
    previous_period: Amount | None
    same_period_last_year: Amount | None
    year_to_date: Amount | None
    year_to_date_last_year: Amount | None


# ---------------------------------------------------------------- amounts


def total(series: Series, period: Period) -> Amount | None:
    """The value for `period`: a sum, a ratio of sums, or the observation with these dates.

    Rolling figures are matched by their dates and never added. An amount with a part missing is not `complete`. None
    where nothing is held for the period, or a break falls inside it and no figure was returned for the whole of it.
    """
    if not adds_up(series):
        return _observed(series, period)
    inside = positions(series, period)
    entries = [series.entries[at] for at in inside]
    tiled = _tiles(series, inside, period) and not _breaks_inside(series, period)
    entry = combined(entries, series.measure) if tiled else None
    if entry is not None:
        return _amount(entry, period, whole=len(inside) == 1 and period.months > series.step)
    return _returned_whole(series, period) or _incomplete(series, inside, period)


def adds_up(series: Series) -> bool:
    """Whether shorter periods of the series make longer ones (sums, or ratios with a known base).

    Rates do not: the people of one month are those of the next.
    """
    if series.rolling or series.measure.aggregation is Aggregation.LATEST or series.measure.kind is Kind.RATE:
        return False
    return not is_ratio(series.measure) or series.denominators is not None


def positions(series: Series, period: Period) -> list[int]:
    """The positions of the series' periods that lie in `period`."""
    return [at for at, part in enumerate(series.periods) if period.contains(part)]


def _tiles(series: Series, inside: list[int], period: Period) -> bool:
    if not inside:
        return False
    return series.periods[inside[0]].start == period.start and series.periods[inside[-1]].end == period.end


def _amount(entry: Entry, period: Period, whole: bool = False) -> Amount | None:
    if entry.value is None:
        return None
    marker = marker_of((entry.marker,))
    return Amount(
        entry.value, entry.stated or period, entry.sources, marker,
        numerator=entry.numerator, denominator=entry.denominator, whole=whole,
    )  # fmt: skip


def _observed(series: Series, period: Period) -> Amount | None:
    """The observation of exactly these days; of a running state, the one at the period's end."""
    for at, part in enumerate(series.periods):
        if (part.start, part.end) == (period.start, period.end):
            return _amount(series.entries[at], period)
    whole = _returned_whole(series, period)
    if whole is not None or series.rolling or series.measure.aggregation is not Aggregation.LATEST:
        return whole
    inside = [at for at in positions(series, period) if series.periods[at].end == period.end]
    return _amount(series.entries[inside[-1]], series.periods[inside[-1]]) if inside else None


def _returned_whole(series: Series, period: Period) -> Amount | None:
    for whole in series.wholes:
        if (whole.period.start, whole.period.end) == (period.start, period.end):
            return _amount(whole.entry, period, whole=True)
    return None


def _incomplete(series: Series, inside: list[int], period: Period) -> Amount | None:
    known = [at for at in inside if series.entries[at].value is not None]
    entry = combined([series.entries[at] for at in known], series.measure)
    if entry is None or entry.value is None or _breaks_inside(series, period):
        return None
    missing = tuple(series.periods[at] for at in inside if at not in known)
    return Amount(entry.value, period, entry.sources, marker_of((entry.marker,)), complete=False, missing=missing)


def _complete(series: Series, period: Period) -> Amount | None:
    amount = total(series, period)
    return amount if amount is not None and amount.complete else None


# ---------------------------------------------------------------- the periods a page shows


def latest12(series: Series, through: date) -> Amount | None:
    """The latest 12 months with a figure, ending no later than `through`; they carry their own period.

    Half-yearly, yearly, rolling and running measures have their latest observation instead. None where a month is
    missing, a break falls inside, or the latest figure was withdrawn or suppressed.
    """
    last = _last_known(series, through)
    if last is None:
        return _latest_whole(series, through, None)
    part = series.periods[last]
    if series.step > QUARTER_MONTHS or series.rolling or not adds_up(series):
        return _later(_amount(series.entries[last], part), _latest_whole(series, through, part))
    window = twelve_months_to(part.end.year, part.end.month)
    return _later(_complete(series, window), _latest_whole(series, through, part))


def _last_known(series: Series, through: date) -> int | None:
    """The last position with a value; None too where the last figure by `through` was withdrawn or suppressed."""
    reached = [at for at, period in enumerate(series.periods) if period.end <= through]
    if not reached:
        return None
    entry = series.entries[reached[-1]]
    if entry.value is None and entry.marker in (Marker.NOT_AVAILABLE, Marker.SUPPRESSED):
        return None
    return next((at for at in reversed(reached) if series.entries[at].value is not None), None)


def _latest_whole(series: Series, through: date, than: Period | None) -> Amount | None:
    """The latest 12-month figure returned as a whole, if later than the period `than`; none beside half-years."""
    if series.withdrawn or (than is not None and QUARTER_MONTHS < than.months < YEAR_MONTHS):
        return None
    for whole in reversed(series.wholes):
        later = than is None or whole.period.end > than.end
        if whole.period.months == YEAR_MONTHS and whole.period.end <= through and later:
            return _amount(whole.entry, whole.period, whole=True)
    return None


def _later(first: Amount | None, second: Amount | None) -> Amount | None:
    if first is None or second is None:
        return first or second
    return second if second.period.end > first.period.end else first


def before12(series: Series, through: date) -> Amount | None:
    """The 12 months before those of `latest12`; for half-yearly measures the same half a year before."""
    latest = latest12(series, through)
    return None if latest is None else _complete(series, latest.period.shifted(-YEAR_MONTHS))


def baseline(series: Series, baseline_year: Period, through: date) -> Amount | None:
    """The complete value of the baseline year; of half-yearly measures, of the half that matches the latest one."""
    if series.frequency is not PeriodKind.HALF_YEAR:
        return _complete(series, baseline_year)
    latest = latest12(series, through)
    if latest is None:
        return None
    halves = [latest.period.shifted(-YEAR_MONTHS * years) for years in range(1, 50)]
    return next((_complete(series, half) for half in halves if baseline_year.contains(half)), None)


def latest_period(series: Series, through: date) -> Amount | None:
    """The latest complete quarter of monthly and quarterly measures; the latest observation of others."""
    last = _last_known(series, through)
    if last is None:
        return None
    part = series.periods[last]
    if series.step > QUARTER_MONTHS or series.rolling or not adds_up(series):
        return _amount(series.entries[last], part)
    end = part.end
    latest = quarter(financial_year_start(end), quarter_number(end))
    return _complete(series, latest if latest.end == end else latest.shifted(-QUARTER_MONTHS))


def previous_quarter(series: Series, quarter_shown: Period) -> Amount | None:
    """The complete quarter before `quarter_shown`."""
    return _complete(series, quarter_shown.shifted(-QUARTER_MONTHS))


def same_quarter_last_year(series: Series, quarter_shown: Period) -> Amount | None:
    """The complete quarter (or half-year) a year before `quarter_shown`."""
    return _complete(series, quarter_shown.shifted(-YEAR_MONTHS))


def year_to_date(series: Series, through: date) -> Amount | None:
    """From 1 April to the end of the latest known period of that financial year; None for figures that do not add."""
    last = _last_known(series, through)
    if last is None or series.step > QUARTER_MONTHS or not adds_up(series):
        return None
    end = series.periods[last].end
    return _complete(series, span(date(financial_year_start(end), 4, 1), end))


def year_to_date_last_year(series: Series, through: date) -> Amount | None:
    """The same months of the financial year before."""
    this = year_to_date(series, through)
    return None if this is None else _complete(series, this.period.shifted(-YEAR_MONTHS))


def compare(series: Series, baseline_year: Period, through: date) -> Comparisons:
    """Every amount a page shows, as of `through`."""
    shown = latest_period(series, through)
    quarterly = shown is not None and shown.period.kind is PeriodKind.QUARTER
    return Comparisons(
        baseline=baseline(series, baseline_year, through),
        latest=latest12(series, through),
        before=before12(series, through),
        latest_period=shown,
        previous_period=previous_quarter(series, shown.period) if shown is not None and quarterly else None,
        same_period_last_year=same_quarter_last_year(series, shown.period) if shown is not None else None,
        year_to_date=year_to_date(series, through),
        year_to_date_last_year=year_to_date_last_year(series, through),
    )


# ---------------------------------------------------------------- changes


def change(series: Series, old: Amount | None, new: Amount | None) -> Change | NotComparable:
    """The exact change from `old` to `new`, or why they are not compared (missing, incomplete, overlap, break)."""
    refusal = refused(series, old, new)
    if refusal is not None or old is None or new is None:
        return refusal or NotComparable("Not received", "There is no figure.")
    return Change(old, new, new.exact - old.exact, percent_change(new.exact, old.exact))


def refused(series: Series, old: Amount | None, new: Amount | None) -> NotComparable | None:
    """Why two amounts may not be compared; None where they may."""
    if new is None:
        return NotComparable("Not received", "No complete latest figure has been received.")
    if old is None:
        return NotComparable("No comparator", "There is no earlier figure to compare with.")
    for amount in (old, new):
        if not amount.complete:
            return NotComparable("Incomplete", f"The figure for {amount.period.label} is incomplete.")
    if old.period.overlaps(new.period):
        both = f"{old.period.label} and {new.period.label}"
        return NotComparable("Periods overlap", f"{both} share months, so they are not compared.")
    found = break_between(series, old.period, new.period)
    if found is not None:
        note = found.note.rstrip(".")
        since = f"The series is not comparable before {in_words(found.first_day)}"
        return NotComparable("Not comparable", f"{since}: {note}." if note else f"{since}.")
    return None


def break_between(series: Series, first: Period, second: Period) -> Break | None:
    """The break between (or inside) two periods that keeps them from being compared; None where there is none."""
    start = min(first.start, second.start)
    end = max(first.end, second.end)
    return next((item for item in series.breaks if start < item.first_day <= end), None)


def _breaks_inside(series: Series, period: Period) -> bool:
    return break_between(series, period, period) is not None
