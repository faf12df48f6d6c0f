"""The chart of any dated series: the kind that suits it, groups, gaps, and refusals that say what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcp_desktop.analysis.attribute_charts import ChartType
from pcp_desktop.analysis.control_chart import xmr
from pcp_desktop.analysis.control_meaning import Assurance, Variation
from pcp_desktop.analysis.dated_chart import DatedChart, Seasonal, Wanted, chart_of
from pcp_desktop.analysis.pages.dated_chart import build
from pcp_desktop.domain.measures import Polarity
from pcp_desktop.domain.periods import add_months
from pcp_desktop.domain.written_series import WrittenPoint, WrittenSeries
from pcp_desktop.errors import UserError
from tests.analysis.test_seasonality import WAVE, counts

START = date(2011, 4, 1)
PLAIN = Wanted()
STEADY = [10.0, 12.0] * 12


def series(
    values: Sequence[float | None],
    numerators: Sequence[float | None] = (),
    denominators: Sequence[float | None] = (),
    skip: Sequence[int] = (),
) -> WrittenSeries:
    points = [
        WrittenPoint(
            at + 2, add_months(START, at), value, numerators[at] if numerators else None,
            denominators[at] if denominators else None,
        )
        for at, value in enumerate(values)
        if at not in skip
    ]  # fmt: skip
    return WrittenSeries("made", "made.csv", tuple(points))


def with_bases(
    events: Sequence[float | None], bases: Sequence[float | None], per: float | None = None
) -> WrittenSeries:
    values = [None if per is None or e is None or not b else per * e / b for e, b in zip(events, bases, strict=True)]
    return series(values, events, bases)


def kind(dated: DatedChart) -> ChartType:
    return dated.chart.kind


# ---------------------------------------------------------------- the kind that suits the figures


def test_values_alone_get_an_xmr_chart() -> None:
    assert kind(chart_of(series(STEADY), PLAIN)) is ChartType.XMR


def test_percentages_with_their_bases_get_a_p_chart_in_percent() -> None:
    events, bases = [20.0, 24, 18, 22, 21, 19] * 3, [100.0, 110, 90, 105, 100, 95] * 3
    for per in (None, 100):
        dated = chart_of(with_bases(events, bases, per), PLAIN)
        assert kind(dated) is ChartType.P
        assert dated.points[0].value == pytest.approx(20)
        assert dated.points[0].mean == pytest.approx(100 * sum(events) / sum(bases))


@pytest.mark.parametrize(("per", "shown"), [(1000, 1000), (1, 1)])
def test_rates_with_their_exposure_get_a_u_chart_in_their_own_unit(per: float, shown: float) -> None:
    events, bases = [20.0, 24, 18, 22, 21, 19] * 3, [1000.0, 1100, 900, 1050, 1000, 950] * 3
    dated = chart_of(with_bases(events, bases, per), PLAIN)
    assert kind(dated) is ChartType.U
    assert dated.points[0].mean == pytest.approx(shown * sum(events) / sum(bases))


def test_more_events_than_exposure_get_a_u_chart() -> None:
    dated = chart_of(with_bases([20.0, 24, 18, 22, 21], [10.0, 11, 9, 10, 10]), PLAIN)
    assert kind(dated) is ChartType.U
    assert dated.points[0].value == 2


def test_swings_beyond_chance_get_laneys_chart_from_24_points() -> None:
    swinging = [400.0, 600.0] * 20
    assert kind(chart_of(with_bases(swinging[:24], [1000.0] * 24), PLAIN)) is ChartType.LANEY_P
    assert kind(chart_of(with_bases(swinging[:22], [1000.0] * 22), PLAIN)) is ChartType.P
    assert kind(chart_of(with_bases(swinging, [1000.0] * 40), Wanted(first=12))) is ChartType.P


def test_a_value_without_its_base_leaves_an_xmr_chart() -> None:
    dated = chart_of(series([20.0, 21, 22, 20, 23], [20, 21, 22, 20, None], [100.0] * 5), PLAIN)
    assert kind(dated) is ChartType.XMR


def test_a_count_on_a_c_chart_is_its_numerator_or_its_value() -> None:
    named = Wanted(kind=ChartType.C)
    assert chart_of(series(STEADY), named).points[0].mean == 11
    assert chart_of(with_bases([20.0, 24, 18, 22], [100.0] * 4), named).points[0].value == 20


def test_an_xmr_chart_is_of_the_values_as_they_are_written_and_of_the_bases_where_there_is_none() -> None:
    events, bases = [20.0, 24, 18, 22, 21, 19], [101.0, 110, 90, 105, 100, 95]
    values = [round(100 * top / base, 1) for top, base in zip(events, bases, strict=True)]
    dated = chart_of(series([None, *values[1:]], events, bases), Wanted(kind=ChartType.XMR))
    assert [point.value for point in dated.points] == [pytest.approx(100 * 20 / 101), *values[1:]]
    unbased = chart_of(series(values, events, [*bases[:5], None]), PLAIN)
    assert [point.value for point in unbased.points] == values


def test_fractions_on_a_p_chart_are_their_numerator_over_denominator() -> None:
    events, bases = [20.0, 24, 18, 22, 21, 19], [100.0, 110, 90, 105, 100, 95]
    dated = chart_of(with_bases(events, bases, per=1), Wanted(kind=ChartType.P))
    assert dated.points[0].value == 20
    assert not any("is not the numerator" in words for words in dated.caveats)


def test_values_that_are_not_their_numerator_over_denominator_are_said() -> None:
    dated = chart_of(series([50.0, 21, 22, 20, 23], [20, 21, 22, 20, 23], [100.0] * 5), Wanted(kind=ChartType.P))
    assert dated.points[0].value == 20
    assert any("In 1 row the value is not" in words for words in dated.caveats)


# ---------------------------------------------------------------- rows, gaps and groups


def test_a_period_without_a_row_is_a_missing_figure() -> None:
    values = [*STEADY, 11.5, 12.5, 11.5, 12.5, 11.5, 12.5, 11.5, 12.5]
    whole = chart_of(series(values), PLAIN)
    holed = chart_of(series(values, skip=(27,)), PLAIN)
    expected = xmr([None if at == 27 else value for at, value in enumerate(values)])
    assert len(holed.points) == len(values) - 1
    assert [point.signal for point in holed.points] == [p.signal for at, p in enumerate(expected.points) if at != 27]
    assert any("1 month without a row, the first July 2013" in words for words in holed.caveats)
    assert not any("without a row" in words for words in whole.caveats)


def test_the_first_points_of_each_group_are_rows() -> None:
    values = [10.0, 12, 10, 12, 30, 32, 30, 32, 50, 52, 50, 52, 90, 92, 90, 92]
    wanted = Wanted(first=4, rebase=(add_months(START, 8),))
    dated = chart_of(series(values), wanted)
    assert [group.mean for group in dated.chart.groups] == [11, 51]
    assert chart_of(series(values, skip=(1,)), wanted).chart.groups[0].mean == pytest.approx((10 + 10 + 12 + 30) / 4)
    assert "the first 4 points of each group" in dated.chart.method


def test_a_new_group_needs_a_row_and_more_than_one_figure() -> None:
    with pytest.raises(UserError, match=r"has no row of that date.*2011-05-01"):
        chart_of(series(STEADY), Wanted(rebase=(date(2011, 5, 2),)))
    with pytest.raises(UserError, match="1 March 2013: that would leave a group with 1 figure"):
        chart_of(series(STEADY), Wanted(rebase=(add_months(START, 23),)))


def test_rows_out_of_order_are_said() -> None:
    dated = chart_of(replace(series(STEADY), in_order=False), PLAIN)
    assert any("order of their dates" in words for words in dated.caveats)


@given(
    st.lists(st.one_of(st.none(), st.integers(-40, 40)), min_size=4, max_size=34),
    st.integers(2, 9),
    st.integers(-100, 100),
)
def test_signals_do_not_depend_on_unit_or_zero_and_limits_follow_them(
    values: list[int | None], factor: int, shift: int
) -> None:
    """XmR limits move and stretch with the figures (Wheeler 1993): scale and shift change no label."""
    if all(value is None for value in values):
        return
    plain = chart_of(series(values), Wanted(kind=ChartType.XMR)).points
    moved = [None if value is None else float(factor * value + shift) for value in values]
    other = chart_of(series(moved), Wanted(kind=ChartType.XMR)).points
    assert [(one.signal, one.rising) for one in plain] == [(one.signal, one.rising) for one in other]
    for one, two in zip(plain, other, strict=True):
        for before, after in ((one.mean, two.mean), (one.lower, two.lower), (one.near_upper, two.near_upper)):
            assert after == (None if before is None else pytest.approx(factor * before + shift, abs=1e-9 * 500))


# ---------------------------------------------------------------- the season


def test_a_season_is_allowed_for_where_it_matters_and_as_it_is_asked() -> None:
    waving, calm = series(list(counts(48, 300, WAVE))), series(list(counts(48, 300, [0.0] * 12, 8)))
    assert chart_of(waving, PLAIN).chart.seasonal
    assert "no season found" in chart_of(calm, PLAIN).chart.method
    assert chart_of(calm, Wanted(seasonal=Seasonal.ON)).chart.seasonal
    off = chart_of(waving, Wanted(seasonal=Seasonal.OFF))
    assert "not allowing for the season" in off.chart.method
    assert off.points[0].upper == off.points[5].upper


def test_figures_that_are_no_counts_are_not_held_against_the_days_of_their_months() -> None:
    """A score does not grow with the days of a month: per day it would fall each January and rise each February."""
    chance = np.random.default_rng(5)
    scores = [round(float(one), 1) for one in chance.normal(80, 1, 48)]
    plain = chart_of(series(scores), PLAIN)
    assert not plain.chart.seasonal
    assert "not allowing for the season" in plain.chart.method
    assert plain.chart.points == xmr(scores).points
    assert chart_of(series(scores), Wanted(seasonal=Seasonal.ON)).chart.seasonal


@pytest.mark.parametrize(
    ("made", "wanted", "said"),
    [
        (series(STEADY), PLAIN, "36 months, and 24 are known"),
        (series([-1.0, *STEADY, *STEADY]), PLAIN, "below nought"),
        (series(STEADY), Wanted(kind=ChartType.C), "only an XmR chart"),
    ],
)
def test_a_season_that_cannot_be_had_is_refused(made: WrittenSeries, wanted: Wanted, said: str) -> None:
    with pytest.raises(UserError, match=said):
        chart_of(made, replace(wanted, seasonal=Seasonal.ON))


# ---------------------------------------------------------------- what it means


def test_the_last_points_label_and_the_target_are_judged_by_what_is_better() -> None:
    values = [*STEADY, 30.0]
    for better, meaning, sure in (
        (Polarity.LOWER, Variation.CONCERN, Assurance.PASSES),
        (Polarity.HIGHER, Variation.IMPROVEMENT, Assurance.FAILS),
        (Polarity.NEUTRAL, Variation.NEUTRAL, None),
    ):
        dated = chart_of(series(values), Wanted(better=better, target=100, first=24))
        assert (dated.variation, dated.assurance) == (meaning, sure)


def test_few_figures_get_a_run_chart_unless_a_kind_is_named() -> None:
    few = series([3.0, 5.0, 4.0])
    assert chart_of(few, PLAIN).chart.method == "run chart without limits"
    named = chart_of(few, Wanted(kind=ChartType.XMR))
    assert named.points[0].upper is not None
    assert any("Too few to judge" in words for words in named.caveats)
    rare = series([0.0, 1, 0, 2, 1, 0, 3, 1])
    assert any("below 3 events" in words for words in chart_of(rare, PLAIN).caveats)


def test_a_kind_without_its_base_is_refused_by_the_row() -> None:
    with pytest.raises(UserError, match=r"Row 2 of made\.csv has a value without"):
        chart_of(series(STEADY), Wanted(kind=ChartType.P))
    with pytest.raises(UserError, match=r"Row 3 of made\.csv has more events"):
        chart_of(with_bases([1.0, 9.0, 2.0], [5.0, 5.0, 5.0]), Wanted(kind=ChartType.LANEY_P))


def test_a_step_is_suggested_with_the_option_that_would_apply_it() -> None:
    values = list(np.random.default_rng(1).poisson([300] * 24 + [380] * 24).astype(float))
    dated = chart_of(series(values), PLAIN)
    (said,) = [words for words in dated.caveats if "suggested, not applied" in words]
    assert "--rebase 2013-0" in said
    assert len(dated.chart.groups) == 1


# ---------------------------------------------------------------- as it is drawn


def test_the_drawing_shows_the_same_numbers_with_gaps_and_the_target() -> None:
    dated = chart_of(series([*STEADY, None, 30.0]), Wanted(target=20, better=Polarity.LOWER))
    spec = build(dated)
    assert [point.value for point in spec.series[0].points] == [point.value for point in dated.points]
    assert spec.limits[0].upper == dated.points[0].upper
    assert spec.reference is not None
    assert spec.reference.text == "Target 20"
    assert spec.title == "Made: May 2013 is above the upper limit"
    assert "1 outside the limits" in spec.alt


def test_limits_that_follow_the_base_are_drawn_for_each_point_and_not_beyond_what_can_be() -> None:
    dated = chart_of(with_bases([1.0, 2, 3, 4, 9, 3], [30.0, 20, 40, 60, 100, 30]), PLAIN)
    (limits,) = build(dated).limits
    assert limits.varying
    for at, point in enumerate(dated.points):
        lower, mean, upper = limits.at(at) or (0, 0, 0)
        assert (mean, upper) == (point.mean, point.upper)
        assert lower == max(0.0, point.lower or 0.0)
    assert min(point.lower or 0.0 for point in dated.points) < 0


def test_a_lower_limit_below_nought_is_named_where_the_figures_go_there() -> None:
    below = build(chart_of(series([one - 12 for one in STEADY]), PLAIN))
    above = build(chart_of(series([one / 10 for one in [1.0, 9.0] * 12]), PLAIN))
    assert [label.text.split()[0] for label in below.end_labels] == ["Upper", "Mean", "Lower"]
    assert [label.text.split()[0] for label in above.end_labels] == ["Upper", "Mean"]


def test_the_title_claims_no_more_than_that_figures_without_spread_have_no_limits() -> None:
    assert build(chart_of(series([100.0] * 30), PLAIN)).title == "Made: no limits, the figures do not vary"
    assert build(chart_of(series([10.0, 12.0, 11.0]), PLAIN)).title == "Made: too few to judge by limits"
    apart = build(chart_of(series([10.0, None, 12.0, None, 11.0, None, 13.0]), PLAIN))
    assert apart.title == "Made: no limits, no two neighbouring figures are known"


def test_small_figures_are_told_apart_on_the_axis_and_in_the_labels() -> None:
    small = [one / 10_000_000 for one in STEADY]
    spec = build(chart_of(series(small), PLAIN))
    assert len({tick.text for tick in spec.y_ticks}) == len(spec.y_ticks)
    assert [label.text for label in spec.end_labels][1] == "Mean 0.00000110"
    assert spec.series[0].points[0].shown == "0.0000010"


def test_the_chart_says_that_no_range_was_screened_out() -> None:
    jump = [*STEADY, 40.0, 12.0]
    off = chart_of(series(jump), Wanted(screening=False))
    assert "no range screened out" in build(off).subtitle
    assert "screened" not in build(chart_of(series(jump), PLAIN)).subtitle
    assert "screened" not in chart_of(series(STEADY), Wanted(screening=False, kind=ChartType.C)).chart.method


def test_days_over_many_years_are_named_by_their_months_and_years() -> None:
    def of(count: int, step: int) -> WrittenSeries:
        days = (START + timedelta(step * at) for at in range(count))
        points = (WrittenPoint(at + 2, day, 10.0 + at % 3) for at, day in enumerate(days))
        return WrittenSeries("made", "made.csv", tuple(points))

    weeks, decades = build(chart_of(of(100, 7), PLAIN)), build(chart_of(of(600, 7), PLAIN))
    assert (weeks.x_ticks[0].text, [year.text for year in weeks.years]) == ("1 Apr", ["2011/12", "2012/13"])
    assert (decades.x_ticks[0].text, decades.x_ticks[-1].text, decades.years) == ("Apr 2011", "Aug 2021", ())
