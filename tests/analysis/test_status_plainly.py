"""A status is the one that the rules give, worked out a second time in plain Python from the figures themselves.

Only the autocorrelation is the package's own (test_significance holds it). The measures are awkward ones: gaps,
breaks, few events, series that begin late or stop early.
"""

from __future__ import annotations

import calendar
import math
import random
from datetime import date

import numpy as np
import pytest
from scipy import stats

from pcp_desktop.analysis.series import build
from pcp_desktop.analysis.significance import lag_one
from pcp_desktop.analysis.status import assess
from pcp_desktop.domain.measures import Break, Frequency, Kind, Measure, Polarity, StatusRule
from pcp_desktop.domain.observations import Observation
from pcp_desktop.domain.periods import month, quarter
from pcp_desktop.domain.status import Assessment
from tests.analysis.made_facts import AREA, THROUGH, a_measure, a_proportion, facts_of, observed, with_base

Answer = tuple[str, str | None, tuple[float, float] | None]
"""The status, its short reason (None where it is not compared) and its interval."""
Z = float(stats.norm.ppf(0.975))
BASELINE = range(2012 * 12 + 3, 2013 * 12 + 3)
"""April 2012 to March 2013 as months since the year 0."""


def refused(short: str) -> Answer:
    return "not assessed", short, None


def paired(earlier: list[float], later: list[float], whole: list[float | None]) -> tuple[bool, tuple[float, float]]:
    """Whether the paired test shows a change, and its interval in percent."""
    count, before, after = len(earlier), sum(earlier), sum(later)
    phi = float(lag_one(np.array([math.nan if one is None else one for one in whole]), count))
    squares = 0.0
    for pair in zip(earlier, later, strict=True):
        for value, total in zip(pair, (before, after), strict=True):
            fitted = sum(pair) * total / (before + after)
            squares += (value - fitted) ** 2 / fitted if fitted else 0.0
    f = 1 + 2 * sum((1 - k / count) * phi**k for k in range(1, count))
    error = math.sqrt(max(1.0, squares / (count - f)) * f * (1 / before + 1 / after))
    middle, reach = math.log(after / before), float(stats.t.ppf(0.975, count - 1)) * error
    p_value = 2 * float(stats.t.sf(abs(middle) / error, count - 1))
    return p_value < 0.05, (100 * (math.exp(middle - reach) - 1), 100 * (math.exp(middle + reach) - 1))


def wilson(events: float, base: float) -> tuple[float, float]:
    share, size = events / base, 1 + Z * Z / base
    middle, reach = share + Z * Z / 2 / base, Z * math.sqrt(share * (1 - share) / base + Z * Z / 4 / base / base)
    return (middle - reach) / size, (middle + reach) / size


def change(found: bool, rise: bool, polarity: Polarity, interval: tuple[float, float]) -> Answer:
    if not found:
        return "no clear change", None, interval
    if polarity is Polarity.NEUTRAL:
        return "not assessed", "Higher" if rise else "Lower", None
    return "improving" if rise != (polarity is Polarity.LOWER) else "deteriorating", "", interval


def assessed(measure: Measure, items: list[Observation], cuts: list[Break]) -> Assessment:
    facts = facts_of([measure], items, cuts)
    return assess(facts, measure, AREA, THROUGH, build(facts, measure, AREA, THROUGH))


def agrees(found: Assessment, expected: Answer) -> None:
    status, short, interval = expected
    assert found.status.value == status, found.reason
    assert short is None or found.short_reason == short
    if interval is not None:
        assert found.interval == pytest.approx(interval, rel=1e-9, abs=1e-9)


# ---------------------------------------------------------------- months, with gaps and breaks


def of_months(months: dict[int, float], cuts: list[Break], polarity: Polarity) -> Answer:
    last = max(months)
    latest = range(last - 11, last + 1)
    end = date(last // 12, last % 12 + 1, calendar.monthrange(last // 12, last % 12 + 1)[1])
    cutting = [cut.first_day for cut in cuts if not cut.totals_comparable]

    def cut_after(first: int) -> bool:
        return any(date(first // 12, first % 12 + 1, 1) < day <= end for day in cutting)

    if any(at not in months for at in latest) or cut_after(latest[0]):
        return refused("Incomplete")
    if latest[0] <= BASELINE[-1]:
        return refused("Too early")
    if cut_after(BASELINE[0]):
        return refused("Not comparable")
    if any(at not in months for at in BASELINE):
        return refused("No baseline")
    earlier, by_month = [months[at] for at in BASELINE], {at % 12: months[at] for at in latest}
    later = [by_month[at % 12] for at in BASELINE]
    if min(sum(earlier), sum(later)) < 20:
        return refused("Small numbers")
    comparable = max([min(months), *(day.year * 12 + day.month - 1 for day in cutting)])
    found, interval = paired(earlier, later, [months.get(at) for at in range(comparable, last + 1)])
    return change(found, sum(later) > sum(earlier), polarity, interval)


@pytest.mark.parametrize("seed", range(60))
def test_the_status_of_monthly_counts(seed: int) -> None:
    chance = random.Random(seed)
    start = chance.choice((2010, 2011, 2012, 2012)) * 12 + 3
    count = min(chance.choice((10, 26, 33, 45, 45, 60)), 2016 * 12 - start)
    level, step, gaps = chance.choice((1.7, 3, 30, 300)), chance.choice((1, 1.3, 0.7)), chance.choice((0, 0, 0.02))
    draws = np.random.default_rng(seed).poisson([level * (step if at > count - 13 else 1) for at in range(count)])
    months = {start + at: float(one) for at, one in enumerate(draws) if not at or chance.random() >= gaps}
    cuts = []
    if seed % 3 == 0:
        at = start + chance.randrange(1, count)
        first_day = date(at // 12, at % 12 + 1, chance.choice((1, 15)))
        cuts = [Break("m", first_day, "new rules", totals_comparable=chance.random() < 0.4)]
    measure = a_measure(polarity=chance.choice(list(Polarity)))
    items = [observed(measure, month(at // 12, at % 12 + 1), one) for at, one in months.items()]
    agrees(assessed(measure, items, cuts), of_months(months, cuts, measure.polarity))


# ---------------------------------------------------------------- quarters: counts, percentages, targets


def of_quarters(quarters: dict[int, tuple[float, float]], measure: Measure) -> Answer:
    """The status of quarters from 2012/13 on, by place, each with its events and their base (nought of a count)."""
    latest = range(max(quarters) - 3, max(quarters) + 1)
    if any(at not in quarters for at in latest):
        return refused("Incomplete")
    target = measure.status_rule is StatusRule.AGAINST_TARGET
    if target and measure.polarity is Polarity.NEUTRAL:
        return refused("No target")
    if not target and latest[0] < 4:
        return refused("Too early")
    if not target and any(at not in quarters for at in range(4)):
        return refused("No baseline")
    years = [range(4), latest] if not target else [latest]
    events, bases = ([sum(quarters[at][part] for at in year) for year in years] for part in (0, 1))
    if measure.kind is Kind.COUNT:
        if min(events) < 20:
            return refused("Small numbers")
        later = [next(quarters[at][0] for at in latest if at % 4 == place) for place in range(4)]
        whole = [quarters[at][0] if at in quarters else None for at in range(min(quarters), max(quarters) + 1)]
        found, interval = paired([quarters[at][0] for at in range(4)], later, whole)
        return change(found, events[1] > events[0], measure.polarity, interval)
    if min(bases) < 30:
        return refused("Small numbers")
    ends = [
        wilson(top / measure.design_effect, base / measure.design_effect)
        for top, base in zip(events, bases, strict=True)
    ]
    if target:
        gap = round(100 * events[0] / bases[0] - (measure.target or 0), 9)
        gap = -gap if measure.polarity is Polarity.LOWER else gap
        within = "within tolerance" if gap >= -(measure.tolerance or 0) else "target missed"
        return "target met" if gap >= 0 else within, None, (100 * ends[0][0], 100 * ends[0][1])
    (one, two), ((low1, high1), (low2, high2)) = (
        [top / base for top, base in zip(events, bases, strict=True)],
        ends,
    )
    low = two - one - math.hypot(two - low2, high1 - one)
    high = two - one + math.hypot(high2 - two, one - low1)
    return change(low > 0 or high < 0, two > one, measure.polarity, (100 * low, 100 * high))


@pytest.mark.parametrize("seed", range(60))
def test_the_status_of_quarters(seed: int) -> None:
    chance, draws = random.Random(seed), np.random.default_rng(seed)
    count, gaps = chance.choice((4, 8, 12, 15, 15)), chance.choice((0, 0, 0.05))
    polarity, wanted = chance.choice(list(Polarity)), ("count", "share", "target")[seed % 3]
    if wanted == "count":
        measure = a_measure(polarity=polarity, frequency=Frequency.QUARTER)
    else:
        measure = a_proportion(
            polarity=polarity, frequency=Frequency.QUARTER, design_effect=chance.choice((1.0, 1.7)),
            status_rule=StatusRule.AGAINST_TARGET if wanted == "target" else StatusRule.AGAINST_BASELINE,
            target=75.0, tolerance=chance.choice((None, 2.0)),
        )  # fmt: skip
    quarters, items = dict[int, tuple[float, float]](), list[Observation]()
    level, base, better = chance.choice((4, 6, 30, 300)), chance.choice((7, 8, 40, 400)), chance.choice((1, 1.3))
    for at in range(count):
        if at and chance.random() < gaps:
            continue
        late = better if at > count - 5 else 1
        period = quarter(2012, 1).shifted(3 * at)
        if wanted == "count":
            quarters[at] = float(draws.poisson(level * late)), 0.0
            items.append(observed(measure, period, quarters[at][0]))
        else:
            quarters[at] = float(draws.binomial(base, min(0.95, 0.68 * late))), float(base)
            items += with_base(measure, period, *quarters[at])
    agrees(assessed(measure, items, []), of_quarters(quarters, measure))
