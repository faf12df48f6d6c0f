"""The baseline year: whether the year that everything is held against was itself a usual one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pcp_desktop.analysis.comparison import Amount, baseline, break_between, total
from pcp_desktop.analysis.series import Series
from pcp_desktop.domain.periods import Period, financial_year, financial_year_start

LEAST_OTHER_YEARS = 3


@dataclass(frozen=True)
class UnusualBaseline:
    """A baseline year outside the range of the other years, which are in their order; `above` says on which side."""

    baseline: Amount
    others: tuple[Amount, ...]
    above: bool


def unusual(series: Series, baseline_year: Period, through: date) -> UnusualBaseline | None:
    """Whether the baseline year lies outside the range of the other complete financial years up to `through`.

    Only years that are comparable with it count (no break between, no missing month), and three of them are needed:
    of fewer years one is the highest or the lowest too often to be said to be unusual. None otherwise.
    """
    own = baseline(series, baseline_year, through)
    if own is None or own.period != baseline_year:
        return None
    others = [amount for amount in _financial_years(series, through) if amount.period != own.period]
    comparable = tuple(one for one in others if break_between(series, own.period, one.period) is None)
    if len(comparable) < LEAST_OTHER_YEARS:
        return None
    values = [one.exact for one in comparable]
    if min(values) <= own.exact <= max(values):
        return None
    return UnusualBaseline(own, comparable, above=own.exact > max(values))


def _financial_years(series: Series, through: date) -> list[Amount]:
    """The complete financial years that the series holds, the earliest first."""
    starts = [one.start for one in (*series.periods, *(whole.period for whole in series.wholes))]
    if not starts:
        return []
    years = (financial_year(first) for first in range(financial_year_start(min(starts)), through.year + 1))
    amounts = (total(series, year) for year in years if year.end <= through)
    return [amount for amount in amounts if amount is not None and amount.complete]
