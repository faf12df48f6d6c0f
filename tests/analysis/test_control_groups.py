"""Re-basing and the points that make limits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcp_desktop.analysis.control_groups import checked, rebased, within
from pcp_desktop.domain.periods import financial_year, month
from pcp_desktop.errors import UserError

LABELS = [month(2014 + at // 12, at % 12 + 1).label for at in range(30)]
ALL = np.ones(30, dtype=np.bool_)


def test_a_new_start_cuts_the_segment_that_holds_it() -> None:
    assert rebased([(0, 9), (10, 29)], [15, 20], ALL, LABELS) == [(0, 9), (10, 14), (15, 19), (20, 29)]


def test_a_start_at_a_break_or_at_the_beginning_cuts_nothing() -> None:
    assert rebased([(0, 9), (10, 29)], [0, 10], ALL, LABELS) == [(0, 9), (10, 29)]


@pytest.mark.parametrize(("start", "named"), [(1, "February 2014"), (29, "June 2016")])
def test_a_group_of_one_is_refused_by_its_date(start: int, named: str) -> None:
    with pytest.raises(UserError, match=f"{named}.*group with 1 figure"):
        rebased([(0, 29)], [start], ALL, LABELS)


def test_a_group_without_known_figures_is_refused() -> None:
    known = ALL.copy()
    known[20:] = False
    with pytest.raises(UserError, match="no figure"):
        rebased([(0, 29)], [20], known, LABELS)


@given(st.sets(st.integers(1, 29)))
def test_groups_cover_every_point_once(starts: set[int]) -> None:
    try:
        groups = rebased([(0, 29)], starts, ALL, LABELS)
    except UserError:
        ordered = sorted({0, 30, *starts})
        assert 1 in np.diff(ordered)
        return
    assert checked(groups, 30) == groups
    assert {first for first, _ in groups} == {0, *starts}


def test_a_named_year_chooses_its_months() -> None:
    periods = [month(2014 + at // 12, at % 12 + 1) for at in range(30)]
    assert list(np.flatnonzero(within(periods, financial_year(2014)))) == list(range(3, 15))
