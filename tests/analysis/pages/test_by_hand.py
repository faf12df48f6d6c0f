"""Every limit, label, interval and change of the sample quarter, worked out again with a second, plain hand."""

from __future__ import annotations

import calendar
import itertools
import math
from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction

import numpy as np
import pytest
from scipy import optimize, stats

from pcp_desktop.analysis.series import FloatArray
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.formats import number, percent_change_shown, signed
from pcp_desktop.domain.observations import Part
from pcp_desktop.domain.pages import ChartKind, MeasurePanel, OverviewPage, PriorityPage
from pcp_desktop.domain.periods import PeriodKind

BY_MONTH = [
    "all-crime", "domestic-burglary", "violence-with-injury", "domestic-violence-injury", "theft-from-vehicle",
    "theft-of-vehicle", "serious-sexual-offences", "rape", "hate-crime", "asb-incidents",
    "licensed-premises-incidents", "section-136", "missing-compact", "missing-storm", "missing-nine-locations",
]  # fmt: skip
BY_SURVEY = [
    "asb-satisfaction", "all-user-satisfaction", "confidence", "burglary-satisfaction", "violence-satisfaction",
]  # fmt: skip


def panel_of(pages: Sequence[PriorityPage], measure: str) -> MeasurePanel:
    """A measure's panel."""
    return next(panel for page in pages for panel in page.measures if panel.row.measure == measure)


def values_of(facts: Facts, measure: str, part: Part, kinds: tuple[PeriodKind, ...]) -> list[float]:
    """A measure's values for the whole area in the order of time, parts of the area added up."""
    areas = next(one for one in facts.measures if one.code == measure).areas or (facts.plan.area,)
    found: dict[object, float] = {}
    for one in facts.observations:
        key = one.key
        own = key.measure == measure and key.area in areas and key.part is part and key.period.kind in kinds
        if own and one.value is not None:
            found[key.period.end] = found.get(key.period.end, 0) + one.value
    return [found[end] for end in sorted(found, key=str)]


# ---------------------------------------------------------------- control charts


def limits_by_hand(used: list[float]) -> tuple[float, float, float]:
    """Lower limit, mean and upper limit of neighbouring points, ranges of 3.267 averages and more left out once."""
    ranges = [abs(later - earlier) for earlier, later in itertools.pairwise(used)]
    average = sum(ranges) / len(ranges)
    kept = [one for one in ranges if one < 3.267 * average]
    reach = 2.66 * sum(kept) / len(kept)
    mean = sum(used) / len(used)
    return mean - reach, mean, mean + reach


def share_limits_by_hand(facts: Facts, measure: str, used: slice) -> list[tuple[float, float, float]]:
    """Each month’s limits and mean of a share in percent: all events over all of their base, 3 sigmas of its base."""
    events, base = (
        values_of(facts, measure, part, (PeriodKind.MONTH,)) for part in (Part.NUMERATOR, Part.DENOMINATOR)
    )
    share = sum(events[used]) / sum(base[used])
    reaches = [300 * math.sqrt(share * (1 - share) / one) for one in base]
    return [(100 * share - reach, 100 * share, 100 * share + reach) for reach in reaches]


def labels_by_hand(values: list[float | None], mean: float, reaches: Sequence[float]) -> list[str]:
    """The label of each point, the rules tried in their order and the first that fits kept.

    `reaches` are how far each point's limits are from the mean.
    """
    labels = [""] * len(values)
    sides = (
        (1.0, "above", "Above upper limit", "Rising trend"),
        (-1.0, "below", "Below lower limit", "Falling trend"),
    )

    def give(places: Sequence[int], label: str) -> None:
        for place in places:
            labels[place] = labels[place] or label

    for rule in ("outside", "trend", "two", "shift"):
        for sign, side, outside, trend in sides:
            gaps = [None if value is None else sign * (value - mean) for value in values]
            for at in range(len(values)):
                seven = [gap for gap in gaps[at : at + 7] if gap is not None]
                three = [gap for gap in gaps[at : at + 3] if gap is not None]
                first = gaps[at]
                if rule == "outside" and first is not None and first > reaches[at]:
                    give([at], outside)
                if rule == "trend" and len(seven) == 7 and all(b > a for a, b in itertools.pairwise(seven)):
                    give(range(at, at + 7), trend)
                if rule == "two" and len(three) == 3 and min(three) > 0:
                    near = [at + n for n, gap in enumerate(three) if 2 / 3 < gap / reaches[at + n] < 1]
                    give(near if len(near) > 1 else [], f"Two of three, {side} mean")
                if rule == "shift" and len(seven) == 7 and min(seven) > 0:
                    give(range(at, at + 7), f"Run {side} mean")
    return labels


def season_by_hand(labels: list[str], values: list[float | None]) -> FloatArray | None:
    """What the season and the days take off each month's logarithm; None where the months do not matter."""
    try:
        months = [datetime.strptime(label, "%B %Y") for label in labels]
    except ValueError:
        return None
    if len(months) < 36 or None in values:
        return None
    days = np.log([calendar.monthrange(one.year, one.month)[1] for one in months])
    observed = np.log([(value or 0) + 0.5 for value in values]) - days
    back = np.arange(len(months))[::-1] // 12
    by_block = np.equal.outer(back, range(back.max() + 1)).astype(float)
    by_month = np.equal.outer([one.month for one in months], range(1, 13)).astype(float)
    full = np.hstack([by_month, by_block])
    fitted = np.linalg.pinv(full) @ observed
    residual = float(np.sum((observed - full @ fitted) ** 2))
    without = float(np.sum((observed - by_block @ np.linalg.pinv(by_block) @ observed) ** 2))
    degrees = len(months) - 12 - int(back.max())
    p_value = stats.f.sf((without - residual) / 11 / (residual / degrees), 11, degrees)
    offsets: FloatArray = by_month @ (fitted[:12] - fitted[:12].mean()) + days
    return offsets if p_value < 0.01 else None


def test_every_control_chart_by_hand(facts: Facts, working_tabs: tuple[PriorityPage, ...]) -> None:
    """Limits from the baseline year (from all points where it has none), and the label of each point."""
    seen, seasonal, shares = 0, 0, 0
    for page in working_tabs:
        for panel in page.measures:
            chart = panel.main
            if chart is None or chart.kind is not ChartKind.CONTROL:
                continue
            values = [point.value for point in chart.series[0].points]
            band = (chart.baseline[0], chart.baseline[1] + 1) if chart.baseline else (0, len(values))
            offsets = season_by_hand([point.period for point in chart.series[0].points], values)
            assert chart.subtitle.endswith("), allowing for the season") == (offsets is not None)
            if offsets is not None:
                values = [math.log((value or 0) + 0.5) - off for value, off in zip(values, offsets, strict=True)]
                seasonal += 1
            used = [value for value in values[slice(*band)] if value is not None]
            limits = [limits_by_hand(used)] * chart.length
            if "p control chart" in chart.subtitle:
                limits = share_limits_by_hand(facts, panel.row.measure, slice(*band))
                shares += 1
            (drawn,) = chart.limits
            for at, (lower, mean, upper) in enumerate(limits):
                ends = [max(0.0, lower), mean, upper]
                if offsets is not None:
                    ends = [math.exp(end + offsets[at]) - 0.5 for end in (lower, mean, upper)]
                assert drawn.at(at) == pytest.approx(tuple(ends), rel=1e-9)
            assert drawn.standing == ("trial" if len(used) < 12 else "provisional" if len(used) < 24 else "")
            labels = labels_by_hand(values, limits[0][1], [upper - mean for _, mean, upper in limits])
            assert [row[-1] for row in chart.table.rows] == labels, chart.key
            seen += 1
    assert (seen, seasonal, shares) == (19, 6, 1)


# ---------------------------------------------------------------- the paired test


def phi_by_hand(whole: list[float], season: int) -> float:
    """Lag-one autocorrelation after month and year effects, its bias undone by what an AR(1) process would give."""
    count = len(whole)
    back = count - 1 - np.arange(count)
    columns = [back % season == one for one in range(season)]
    columns += [back // season == one for one in range(int(back.max()) // season + 1)]
    design = np.array(columns, dtype=float).T
    observed = np.log(np.array(whole) + 0.5)
    residuals = observed - design @ np.linalg.lstsq(design, observed, rcond=None)[0]
    ratio = float((residuals[1:] * residuals[:-1]).sum() / (residuals**2).sum())
    keep = np.eye(count) - design @ np.linalg.pinv(design)

    def expected(phi: float) -> float:
        spread = keep @ phi ** np.abs(np.subtract.outer(np.arange(count), np.arange(count))) @ keep
        return float(np.trace(spread, offset=1) / np.trace(spread))

    if ratio <= expected(0.0):
        return 0.0
    return 0.8 if ratio >= expected(0.8) else float(optimize.brentq(lambda phi: expected(phi) - ratio, 0, 0.8))


def interval_by_hand(earlier: list[float], later: list[float], whole: list[float]) -> tuple[float, float, float]:
    """The 95% interval of the percent change and the p-value of the paired quasi-Poisson test."""
    count, phi = len(earlier), phi_by_hand(whole, len(earlier))
    widening = 1 + 2 * sum((1 - lag / count) * phi**lag for lag in range(1, count))
    before, after = sum(earlier), sum(later)
    squares = 0.0
    for one, other in zip(earlier, later, strict=True):
        fitted = [(one + other) * total / (before + after) for total in (before, after)]
        squares += (one - fitted[0]) ** 2 / fitted[0] + (other - fitted[1]) ** 2 / fitted[1]
    dispersion = max(1.0, squares / (count - widening))
    error = math.sqrt(dispersion * widening * (1 / before + 1 / after))
    middle, reach = math.log(after / before), stats.t.ppf(0.975, count - 1) * error
    p_value = 2 * float(stats.t.sf(abs(middle) / error, count - 1))
    return 100 * math.exp(middle - reach) - 100, 100 * math.exp(middle + reach) - 100, p_value


@pytest.mark.parametrize("measure", [*BY_MONTH, "first-time-entrants"])
def test_every_count_by_hand(facts: Facts, working_tabs: tuple[PriorityPage, ...], measure: str) -> None:
    """Totals, change, % change, interval and p-value from the months (or quarters) themselves."""
    season = 4 if measure == "first-time-entrants" else 12
    kind = PeriodKind.QUARTER if season == 4 else PeriodKind.MONTH
    whole = values_of(facts, measure, Part.VALUE, (kind,))
    assert len(whole) == (15 if season == 4 else 45)
    first, latest = whole[:season], whole[-season:]
    lead = season // 4
    paired = [*first[-lead:], *first[:-lead]]
    panel = panel_of(working_tabs, measure)
    row, assessment = panel.row, panel.row.assessment
    before, after = Fraction(int(sum(first))), Fraction(int(sum(latest)))
    assert (row.baseline.shown, row.latest.shown) == (number(before), number(after))
    assert (row.change.shown, row.change_percent.shown) == (
        signed(after - before),
        percent_change_shown(after, before),
    )
    low, high, p_value = interval_by_hand(paired, latest, whole)
    assert assessment.interval == pytest.approx((low, high), abs=0.02)
    assert assessment.p_value == pytest.approx(p_value, rel=0.02)
    assert (assessment.status.value == "no clear change") == (p_value > 0.05)


# ---------------------------------------------------------------- proportions and ranks


def wilson_by_hand(share: float, base: float) -> tuple[float, float]:
    """The two shares that a score test at 5% would just not refuse, from its quadratic equation."""
    z = float(stats.norm.ppf(0.975))
    roots = np.roots([1 + z * z / base, -(2 * share + z * z / base), share * share])
    return float(min(roots.real)), float(max(roots.real))


@pytest.mark.parametrize("measure", BY_SURVEY)
def test_every_proportion_by_hand(facts: Facts, working_tabs: tuple[PriorityPage, ...], measure: str) -> None:
    """The difference with its interval, and the interval of each point, from answers and bases."""
    kinds = (PeriodKind.TWELVE_MONTHS, PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR)
    tops, bases = (values_of(facts, measure, part, kinds) for part in (Part.NUMERATOR, Part.DENOMINATOR))
    panel = panel_of(working_tabs, measure)
    assert panel.main is not None
    ends = [wilson_by_hand(top / base, base) for top, base in zip(tops, bases, strict=True)]
    for (low, high), point in zip(ends, panel.main.series[0].points, strict=True):
        assert (point.low, point.high) == pytest.approx((100 * low, 100 * high), rel=1e-9)
    old, new = tops[0] / bases[0], tops[-1] / bases[-1]
    low = new - old - math.hypot(new - ends[-1][0], ends[0][1] - old)
    high = new - old + math.hypot(ends[-1][1] - new, old - ends[0][0])
    assert panel.row.assessment.interval == pytest.approx((100 * low, 100 * high), rel=1e-9)
    assert panel.row.change.value == pytest.approx(100 * (new - old), rel=1e-12)


def test_every_rank_by_hand(facts: Facts, working: OverviewPage) -> None:
    """One more than the forces with a lower rate."""
    ranked = [row for row in working.all_rows if row.position is not None]
    assert len(ranked) == 5
    for row in ranked:
        rates: dict[str, dict[Part, float]] = {}
        for one in facts.observations:
            if one.key.measure == row.measure and one.source.file == "MSG positions.csv" and one.value is not None:
                rates.setdefault(one.key.area, {})[one.key.part] = one.value
        by_force = {force: parts[Part.VALUE] / parts[Part.DENOMINATOR] for force, parts in rates.items()}
        own = next(rate for force, rate in by_force.items() if force.startswith("Leicester"))
        assert row.position == (1 + sum(rate < own for rate in by_force.values()), len(by_force), False)
