"""Every check speaks where it should and is silent where it should be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pcp_desktop.domain.clearance import Clearance, ClearanceState
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.measures import Frequency, Measure
from pcp_desktop.domain.observations import Marker, Observation, ObservationKey, Part, Source
from pcp_desktop.domain.periods import Period, add_months, half_year, month, quarter, twelve_months_to
from pcp_desktop.domain.returns import ExpectedReturn, Severity
from pcp_desktop.returns import checks
from pcp_desktop.returns.checks import Aside
from pcp_desktop.returns.matching.history import History, limits

DECEMBER = month(2015, 12)


def measure(facts: Facts, code: str) -> Measure:
    return next(one for one in facts.measures if one.code == code)


def observed(
    value: float | None, code: str = "all-crime", period: Period = DECEMBER, part: Part = Part.VALUE, cell: str = "B2"
) -> Observation:
    key = ObservationKey(code, "Leicester, Leicestershire and Rutland", period, part)
    return Observation(key, value, Marker.FINAL, Source("a.xlsx", "Crime", cell))


def history(values: list[float], code: str = "all-crime") -> History:
    first = add_months(DECEMBER.start, -len(values))
    months = [add_months(first, number) for number in range(len(values))]
    return History(
        observed(value, code, month(day.year, day.month)) for day, value in zip(months, values, strict=True)
    )


@pytest.mark.parametrize(
    ("code", "part", "value", "words"),
    [
        ("all-crime", Part.VALUE, -1.0, "below nil"),
        ("all-crime", Part.VALUE, 4.5, "not a whole number"),
        ("all-crime", Part.VALUE, 0.0, None),
        ("confidence", Part.VALUE, 100.1, "above 100%"),
        ("confidence", Part.VALUE, 85.5, None),
        ("confidence", Part.NUMERATOR, 1893.0, None),
        ("confidence", Part.DENOMINATOR, 2214.5, "not a whole number"),
        ("savings-realised", Part.VALUE, -3.4, None),
    ],
)
def test_a_value_that_cannot_be_is_an_error(facts: Facts, code: str, part: Part, value: float, words: str) -> None:
    found = checks.out_of_range(observed(value, code, part=part), measure(facts, code))
    assert (found is None) == (words is None)
    if found is not None:
        assert found.severity is Severity.ERROR
        assert words in found.message
        assert (found.sheet, found.cell) == ("Crime", "B2")


def test_limits_are_the_mean_and_the_moving_range() -> None:
    assert limits([10, 12] * 6) == pytest.approx((11 - 5.32, 11 + 5.32))
    assert limits([10.0] * 11) is None


def test_a_jump_is_measured_by_the_measures_own_history(facts: Facts) -> None:
    crime = measure(facts, "all-crime")
    past = history([100, 102, 98, 101, 99, 100, 103, 97, 100, 101, 99, 100])
    found = checks.jump(observed(150.0), crime, past)
    assert found is not None
    assert found.severity is Severity.WARNING
    assert "12 earlier values" in found.message
    assert checks.jump(observed(101.0), crime, past) is None
    assert checks.jump(observed(150.0), crime, history([100.0] * 5)) is None


def test_a_total_is_the_sum_of_its_parts() -> None:
    assert checks.total_not_sum(Aside("Crime", "E9", 901), [299, 319, 283]) is None
    found = checks.total_not_sum(Aside("Crime", "E9", 910), [299, 319, 283])
    assert found is not None
    assert "910" in found.message
    assert "901" in found.message


def test_a_numerator_is_no_more_than_its_base() -> None:
    numerator = observed(620.0, "burglary-satisfaction", part=Part.NUMERATOR)
    base = observed(619.0, "burglary-satisfaction", part=Part.DENOMINATOR, cell="C2")
    found = checks.numerator_above_base(numerator, base)
    assert found is not None
    assert found.severity is Severity.ERROR
    assert checks.numerator_above_base(base, base) is None


def test_a_percentage_is_its_numerator_over_its_base() -> None:
    assert checks.percentage_not_share(Aside("S", "E7", 89.7), 555, 619) is None
    assert checks.percentage_not_share(Aside("S", "E7", 90), 555, 619) is None
    assert checks.percentage_not_share(Aside("S", "E7", 89.2), 555, 619) is not None
    assert checks.percentage_not_share(Aside("S", "E7", 89.2), 0, 0) is None


def test_a_rate_follows_from_its_count_and_population() -> None:
    assert checks.rate_not_following(Aside("", "E7", 55.91), 64565, 1154800) is None
    assert checks.rate_not_following(Aside("", "E7", 56.91), 64565, 1154800) is not None


def test_ranks_follow_from_rates_and_ties_share_one() -> None:
    right = [(Aside("", "F1", 1), 2.0), (Aside("", "F2", 2), 3.0), (Aside("", "F3", 2), 3.0)]
    assert checks.ranks_not_following(right) == []
    wrong = [(Aside("", "F1", 2), 2.0), (Aside("", "F2", 1), 3.0)]
    assert [found.cell for found in checks.ranks_not_following(wrong)] == ["F1", "F2"]


def owed(facts: Facts, code: str) -> ExpectedReturn:
    return next(
        record.expected
        for record in facts.returns
        if record.expected is not None
        and code in record.expected.measures
        and record.expected.period == quarter(2015, 3)
    )


@pytest.mark.parametrize(
    ("code", "periods", "words"),
    [
        ("all-crime", [month(2015, 9), month(2015, 8)], "The latest figure is of September 2015"),
        ("all-crime", [month(2015, 9), month(2015, 10)], None),
        ("all-crime", [month(2016, 1), month(2016, 3)], "later quarter than Q3 2015/16: January 2016 to March 2016"),
        ("all-crime", [DECEMBER, month(2016, 1)], None),
        ("confidence", [twelve_months_to(2015, 9)], "12 months to September 2015"),
        ("confidence", [twelve_months_to(2015, 12)], None),
        ("all-crime", [], None),
    ],
)
def test_a_return_of_another_quarter_is_said(
    facts: Facts, code: str, periods: list[Period], words: str | None
) -> None:
    """The workbook of last quarter, sent again by mistake, would leave the quarter's own figures stale."""
    found = checks.another_quarter(owed(facts, code), [(period, measure(facts, code)) for period in periods])
    assert (found is None) == (words is None)
    if found is not None and words is not None:
        assert found.severity is Severity.WARNING
        assert words in found.message


def test_a_measure_kept_by_half_years_may_lag_the_quarter_by_one(facts: Facts) -> None:
    by_half_years = replace(measure(facts, "all-crime"), frequency=Frequency.HALF_YEAR)
    expected = owed(facts, "all-crime")
    assert checks.another_quarter(expected, [(half_year(2015, 1), by_half_years)]) is None
    assert checks.another_quarter(expected, [(half_year(2014, 2), by_half_years)]) is not None


def test_changing_a_cleared_period_is_said() -> None:
    cleared = (Clearance("all-crime", ClearanceState.CLEARED, date(2015, 9, 30)),)
    earlier = observed(5.0, period=month(2015, 9))
    assert checks.already_cleared(earlier, earlier, cleared) is not None
    assert checks.already_cleared(observed(5.0), observed(6.0), cleared) is None
    assert checks.already_cleared(earlier, None, cleared) is None
    waiting = (*cleared, Clearance("all-crime", ClearanceState.WAITING, date(2015, 9, 30)))
    assert checks.already_cleared(earlier, earlier, waiting) is None


def test_a_changed_unit_is_seen(facts: Facts) -> None:
    past = history([5000.0, 5100.0])
    crime = measure(facts, "all-crime")
    assert checks.unit_changed(observed(5.1), crime, past) is not None
    assert checks.unit_changed(observed(510_000.0), crime, past) is not None
    assert checks.unit_changed(observed(7000.0), crime, past) is None


def test_the_same_figure_twice_is_a_note_and_a_different_one_an_error() -> None:
    first = observed(5.0)
    assert checks.duplicated(first, observed(5.0, cell="C2")).severity is Severity.INFORMATION
    assert checks.duplicated(first, observed(6.0, cell="C2")).severity is Severity.ERROR


def test_quarters_are_compared_with_quarters_only() -> None:
    past = history([100.0] * 12)
    assert past.before(observed(1.0, period=quarter(2015, 3)).key, quarter(2015, 3)) == []


def test_a_figure_that_is_taken_back_is_said() -> None:
    stored = observed(4808.0)
    found = checks.withdrawn(observed(None), stored)
    assert found is not None
    assert found.severity is Severity.WARNING
    assert "4,808 is stored for December 2015" in found.message
    assert checks.withdrawn(observed(4808.0), stored) is None
    assert checks.withdrawn(observed(None), None) is None
    assert checks.withdrawn(observed(None), observed(None)) is None


def test_an_empty_cell_is_said_where_a_figure_is_stored() -> None:
    key, source = observed(None).key, Source("a.xlsx", "Crime", "L7")
    found = checks.emptied(key, source, observed(4808.0))
    assert found is not None
    assert (found.cell, found.severity) == ("L7", Severity.WARNING)
    assert "stays" in found.message
    assert checks.emptied(key, source, None) is None


def test_the_stored_totals_over_a_month_are_those_that_hold_it() -> None:
    past = History([observed(12.0), observed(30.0, period=quarter(2015, 3)), observed(9.0, period=quarter(2015, 2))])
    assert [one.value for one in past.over(observed(1.0).key)] == [30.0]
