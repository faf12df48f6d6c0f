"""What the kinds of chart beside the control chart promise: totals that add up, limits that are the funnel's."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from pcp_desktop.analysis.disclosure import releasable
from pcp_desktop.analysis.pages import funnel_chart, main_charts, priority, rolling_chart, savings_chart, why
from pcp_desktop.analysis.pages.subject import Subject, gather
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.measures import Break, Frequency, Measure, StatusRule
from pcp_desktop.domain.observations import Observation
from pcp_desktop.domain.pages import ChartKind, ChartPoint, ChartSpec, PriorityPage, SeriesRole, Signal
from pcp_desktop.domain.periods import month
from tests.analysis.made_facts import a_measure, a_proportion, a_rate, facts_of, monthly, months_from, with_base
from tests.analysis.pages.sample import QUARTER
from tests.gallery.charts import charts

OURS = [100 + 7 * (at % 12) + at for at in range(45)]


def subject_of(facts: Facts, code: str = "m", audience: Audience = Audience.WORKING) -> Subject:
    """A measure of the whole area at the quarter of the samples."""
    measure = next(one for one in facts.measures if one.code == code)
    return gather(facts, QUARTER, audience).subject(measure)


def chart_of(found: ChartSpec | None) -> ChartSpec:
    """A chart that is there."""
    assert found is not None
    return found


def values(chart: ChartSpec, role: SeriesRole) -> list[float]:
    """What is drawn in one role."""
    line = next(one for one in chart.series if one.role is role)
    return [point.value for point in line.points if point.value is not None]


def test_no_measure_has_two_charts_of_one_kind(working_tabs: tuple[PriorityPage, ...]) -> None:
    """A kind chosen by its name is one chart; all kinds are there in the sample quarter but the plain line."""
    found = [[chart.kind for chart in panel.charts] for page in working_tabs for panel in page.measures]
    assert all(len(set(kinds)) == len(kinds) for kinds in found)
    assert {kind for kinds in found for kind in kinds} == set(ChartKind)


def test_a_monthly_rate_is_charted_between_its_own_figures_and_has_no_total() -> None:
    """The people of a month are those of the next: its rates make no total and no mean a month."""
    measure = a_rate(frequency=Frequency.MONTH)
    events = [410.0, 395.0, 402.0, 388.0, 420.0] * 9
    months = months_from((2012, 4), 45)
    items = [one for at, top in zip(months, events, strict=True) for one in with_base(measure, at, top, 100_000)]
    subject = subject_of(facts_of([measure], items), "rate")
    chart = chart_of(main_charts.main_chart(subject))
    assert (chart.y_low, chart.y_high) == (3.25, 4.75)
    assert chart.series[0].points[0].shown == "4.1"
    table = why.table(subject)
    assert table is not None
    assert (table.columns, table.rows) == (("", "Value"), (("December 2015", "4.2"),))


def test_every_rolling_total_is_the_sum_of_its_twelve_months() -> None:
    measure = a_measure()
    chart = chart_of(rolling_chart.rolling_chart(subject_of(facts_of([measure], monthly(measure, OURS)))))
    sums = [sum(OURS[at - 11 : at + 1]) for at in range(11, 45)]
    assert values(chart, SeriesRole.THIS) == sums
    assert chart.limits == ()
    assert chart.series[0].points[0].period == "12 months to March 2013"
    assert [row[1].replace(",", "") for row in chart.table.rows[:34]] == [str(total) for total in sums]


def test_a_missing_month_leaves_a_gap_of_twelve() -> None:
    measure = a_measure()
    known: list[float | None] = [*OURS]
    known[20] = None
    chart = chart_of(rolling_chart.rolling_chart(subject_of(facts_of([measure], monthly(measure, known)))))
    gaps = [at for at, point in enumerate(chart.series[0].points[:34]) if point.value is None]
    assert gaps == list(range(9, 21))


def test_no_total_holds_months_of_both_sides_of_a_break() -> None:
    measure = a_measure()
    cut = Break(measure.code, month(2014, 4).start, "counted anew", totals_comparable=False)
    chart = chart_of(rolling_chart.rolling_chart(subject_of(facts_of([measure], monthly(measure, OURS), [cut]))))
    points = chart.series[0].points
    known = [point.period for point in points if point.value is not None]
    assert "12 months to March 2014" in known
    assert "12 months to March 2015" in known
    assert not any(f"12 months to {name}" in known for name in ("April 2014", "February 2015"))
    assert [mark.position for mark in chart.breaks] == [12.5]


def test_rings_are_the_projections_with_their_intervals(facts: Facts) -> None:
    """Value, interval and year of each, at the month in which the year ends; known totals come before."""
    subject = subject_of(facts, "domestic-burglary")
    chart = chart_of(rolling_chart.rolling_chart(subject))
    rings = [
        point for line in chart.series if line.role is SeriesRole.PROJECTED for point in line.points if point.value
    ]
    expected = [(one.value, one.low, one.high, one.period.label) for one in subject.projections]
    assert [(ring.value, ring.low, ring.high, ring.period) for ring in rings] == expected
    assert len(expected) == 2
    assert chart.length == len(chart.series[0].points)
    assert chart.series[0].points[-1].note == "Still to come."
    assert all("80% interval" in ring.note and ring.shown in chart.alt for ring in rings)


def test_what_does_not_add_up_has_no_rolling_chart_of_its_own(facts: Facts) -> None:
    """Rolling returns keep their own line; a running total and words have none."""
    for code in ("all-user-satisfaction", "savings-realised", "mental-health-assessment"):
        assert rolling_chart.rolling_chart(subject_of(facts, code)) is None


def test_a_funnel_draws_the_limits_that_judge_the_forces(facts: Facts) -> None:
    """Each force at its population and rate; its limits there are the funnel's, and a diamond is beyond 95%."""
    subject = subject_of(facts, "domestic-burglary")
    found = subject.position
    chart = chart_of(funnel_chart.funnel_chart(subject))
    assert found is not None
    assert found.funnel is not None
    outer, inner = chart.limits
    bases = {rate.force: float(rate.base or 0) for rate in found.rates}
    points = [point for line in chart.series for point in line.points if point.value is not None]
    assert {point.period: point.value for point in points} == {rate.force: rate.rate for rate in found.rates}
    ordered = sorted(points, key=lambda point: bases[point.period])
    assert [point.at for point in ordered] == sorted(point.at or 0 for point in points)
    for point in points:
        low, high = (found.per * end for end in found.funnel.limits(bases[point.period]))
        limits = inner.at(round(point.at or 0))
        assert limits is not None
        assert (limits[0], limits[2]) == pytest.approx((low, high), rel=0.02)
        assert (point.signal is Signal.OUTSIDE) == (not low <= (point.value or 0) <= high)
    for (lower, _, upper), (near_low, _, near_high) in zip(
        filter(None, outer.varying), filter(None, inner.varying), strict=True
    ):
        assert lower <= near_low < near_high < upper
    widths = [ends[2] - ends[0] for ends in inner.varying if ends is not None]
    assert all(first > second for first, second in pairwise(widths))
    own = next(line for line in chart.series if line.role is SeriesRole.THIS)
    assert [point.period for point in own.points if point.value is not None] == ["Leicestershire"]


SAVINGS = ("savings-to-date", "savings-identified", "savings-realised")


def savings(facts: Facts, *amounts: float | None, audience: Audience = Audience.WORKING) -> ChartSpec:
    """The waterfall with other amounts to date, identified and over the plan; None for one that never came."""
    told = dict(zip(SAVINGS, amounts, strict=True))
    kept = [one for one in facts.observations if told.get(one.key.measure, 0) is not None]
    found = tuple(replace(one, value=told.get(one.key.measure, one.value)) for one in kept)
    gathered = gather(replace(facts, observations=found), QUARTER, audience)
    lead = next(one for one in facts.measures if one.code == "savings-realised")
    return chart_of(savings_chart.savings_chart(gathered, gathered.subject(lead)))


def bars(chart: ChartSpec) -> list[ChartPoint]:
    """The bars of a waterfall, whichever series they belong to."""
    return [next(line.points[at] for line in chart.series if line.points[at].period) for at in range(chart.length)]


@pytest.mark.parametrize(
    ("to_date", "identified", "last", "title"),
    [
        (
            18.1,
            12.9,
            "More than required",
            "£18.1m realised to date and £12.9m identified, not yet realised: £3.2m more",
        ),
        (
            18.1,
            2.2,
            "Still to find",
            "£18.1m realised to date and £2.2m identified, not yet realised: £7.5m still to",
        ),
    ],
)
def test_a_waterfall_goes_from_what_is_realised_over_what_is_identified_to_the_requirement(
    facts: Facts, to_date: float, identified: float, last: str, title: str
) -> None:
    """Each bar begins where the one before it ends; what is left lies between the total and the requirement."""
    total = round(to_date + identified, 1)
    chart = savings(facts, to_date, identified, total)
    required, first, second, rest = bars(chart)
    assert [first.period, second.period] == ["Savings realised to date", "Savings identified, not yet realised"]
    assert (required.low, required.high) == (0, 27.8)
    assert (first.low, first.high) == (0, to_date)
    assert (second.low, second.high) == (to_date, total)
    assert (rest.period, {rest.low, rest.high}) == (last, {27.8, total})
    assert rest.value == pytest.approx(abs(27.8 - total))
    assert [one.source.cell for one in (first, second) if one.source is not None] == ["B8", "B9"]
    assert chart.title.startswith(title)
    assert [row[1] for row in chart.table.rows] == [bar.shown for bar in bars(chart)]
    assert all(f"{bar.period[1:]} {bar.shown}" in chart.alt for bar in bars(chart))


@pytest.mark.parametrize("amounts", [(None, None, 31.0), (18.1, None, 31.0), (18.1, 9.9, 31.0), (18.1, 9.9, 20.3)])
def test_savings_that_do_not_add_up_to_the_total_are_not_drawn_as_its_parts(
    facts: Facts, amounts: tuple[float | None, float | None, float]
) -> None:
    chart = savings(facts, *amounts)
    required, realised, rest = bars(chart)
    total = amounts[-1]
    assert [required.period, realised.period] == ["Required", "Realised"]
    assert (realised.low, realised.high) == (0, total)
    assert (rest.period, {rest.low, rest.high}) == (
        "More than required" if total > 27.8 else "Still to find",
        {27.8, total},
    )


def test_savings_of_which_a_part_is_held_are_held_whole(facts: Facts) -> None:
    """The total less what is realised to date would tell what is identified, and the other way about."""
    lead = next(one for one in facts.measures if one.code == "savings-realised")
    held = replace(facts, clearances=tuple(one for one in facts.clearances if one.measure != "savings-identified"))
    shown = releasable(held, Audience.PUBLIC, QUARTER.end).observations
    assert {one.key.measure for one in shown if one.key.measure in SAVINGS} == {"savings-to-date"}
    public = gather(held, QUARTER, Audience.PUBLIC)
    assert savings_chart.savings_chart(public, public.subject(lead)) is None
    assert [one.period for one in bars(savings(held, 18.1, 12.9, 31.0))][1] == "Realised"


def test_the_mark_on_a_held_waterfall_names_every_part_in_it(facts: Facts) -> None:
    waiting = replace(facts, clearances=tuple(one for one in facts.clearances if one.measure not in SAVINGS))
    panel = priority.build(waiting, "SP18", QUARTER, Audience.WORKING).measures[0]
    marked = next(chart for chart in panel.small if chart.kind is ChartKind.SAVINGS)
    assert marked.held is not None
    assert set(marked.held.measures) == set(SAVINGS)


@pytest.mark.parametrize(
    ("target", "said"),
    [(25.0, "may meet the target of 25.0% or miss it"), (90.0, "misses the target"), (5.0, "meets the target")],
)
def test_a_monthly_share_has_limits_from_its_base_with_its_target_across_them(target: float, said: str) -> None:
    """A larger base has narrower limits; Why? says what follows for a single figure, the status for the year."""
    measure = a_proportion("m", frequency=Frequency.MONTH, status_rule=StatusRule.AGAINST_TARGET, target=target)
    bases = [100 + 40 * (at % 5) for at in range(45)]
    shares = [one for at, base in enumerate(bases) for one in _share(measure, at, base)]
    subject = subject_of(facts_of([measure], shares))
    chart = chart_of(main_charts.main_chart(subject))
    assert (chart.kind, chart.reference and chart.reference.value) == (ChartKind.CONTROL, target)
    assert "p control chart" in chart.subtitle
    assert chart.y_low <= target <= chart.y_high
    (limits,) = chart.limits
    widths = [ends[2] - ends[1] for ends in limits.varying if ends is not None]
    narrower = [widths[at + 1] < widths[at] for at in range(44)]
    assert narrower == [bases[at + 1] > bases[at] for at in range(44)]
    assert said in why.signal_sentences(subject)
    assert chart.title == f"M: 22.5% over 12 months, target of {target:.1f}% {'met' if target < 22 else 'missed'}"
    rolling = chart_of(rolling_chart.rolling_chart(subject))
    assert rolling.reference == chart.reference


def _share(measure: Measure, month_from_april: int, base: int) -> list[Observation]:
    """Nine in forty of a month's base, a few more or fewer by turns."""
    top = round(base * 0.225) + (-2, 1, 1)[month_from_april % 3]
    return with_base(measure, month(2012, 4).shifted(month_from_april), top, base)


def test_the_target_of_a_year_is_not_drawn_across_its_months() -> None:
    """Of a count the target is a total of 12 months: it stands on the rolling chart alone."""
    measure = a_measure(status_rule=StatusRule.AGAINST_TARGET, target=1500.0)
    subject = subject_of(facts_of([measure], monthly(measure, OURS)))
    chart, rolling = (chart_of(make(subject)) for make in (main_charts.main_chart, rolling_chart.rolling_chart))
    assert (chart.kind, chart.reference) == (ChartKind.CONTROL, None)
    assert rolling.reference is not None
    assert rolling.reference.value == 1500
    assert "target" not in why.signal_sentences(subject)


def test_the_public_sees_no_kind_of_a_held_measure(facts: Facts) -> None:
    waiting = replace(facts, clearances=tuple(one for one in facts.clearances if one.measure != "domestic-burglary"))
    page = priority.build(waiting, "SP12", QUARTER, Audience.PUBLIC)
    held = next(panel for panel in page.measures if panel.row.measure == "domestic-burglary")
    assert held.charts == ()


@pytest.mark.parametrize("name", charts())
def test_a_text_alternative_says_what_the_eye_sees(name: str) -> None:
    """Marks, how sure the limits are, missing figures and the target; a chart without limits is no control chart."""
    spec = charts()[name]
    from_file = spec.key == "series"  # its method says the limits, and its command the dates of new ones
    for mark in () if from_file else (*spec.breaks, *spec.events):
        assert mark.label.rstrip(".") in spec.alt
    if spec.limits and spec.limits[-1].standing and not from_file:
        assert f"{spec.limits[-1].words}, from" in spec.alt.lower()
    if spec.kind is ChartKind.TARGET and spec.reference is not None:
        assert spec.reference.text in spec.alt
    if spec.kind is ChartKind.CONTROL:
        assert ("Run chart" in spec.alt) == (not spec.limits)
        missing = sum(point.shown == "not available" for line in spec.series for point in line.points)
        assert (f"{missing} of {spec.length} periods" in spec.alt) == (missing > 0)
