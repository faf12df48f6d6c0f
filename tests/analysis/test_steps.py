"""Steps nobody declared: found where there is one, with date, size and evidence, and never where there is none."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from pcp_desktop.analysis import seasonality
from pcp_desktop.analysis.series import FloatArray
from pcp_desktop.analysis.steps import LEAST_SIDE, suggested
from tests.analysis.test_seasonality import WAVE, counts, months


def stepped(seed: int, before: float = 300, after: float = 380, at: int = 25, count: int = 50) -> FloatArray:
    generator = np.random.default_rng(seed)
    return generator.poisson([before] * at + [after] * (count - at)).astype(np.float64)


def test_a_step_has_its_date_its_size_and_its_evidence() -> None:
    values = stepped(1)
    (step,) = suggested(values, [(0, 49)])
    assert abs(step.position - 25) <= 1
    assert (step.before, step.after) == pytest.approx(
        (values[: step.position].mean(), values[step.position :].mean())
    )
    assert step.change_percent == pytest.approx(100 * (step.after / step.before - 1))
    assert step.points_after == 50 - step.position
    assert step.p_value < 1e-6


def test_the_evidence_of_a_step_is_reckoned_by_hand() -> None:
    """Twelve points at 10 and 12, then twelve at 20 and 22: t of the two means, one t a place looked at."""
    values = np.array([10.0, 12.0] * 6 + [20.0, 22.0] * 6)
    (step,) = suggested(values, [(0, 23)])
    within = 24 * 1.0  # every point lies 1 from its mean; residuals swing, so nothing is widened
    t = 10 / np.sqrt(within / 22 * (1 / 12 + 1 / 12))
    assert (step.position, step.before, step.after) == (12, 11, 21)
    assert step.p_value == pytest.approx(13 * 2 * scipy.stats.t.sf(t, 22))
    assert step.confirmed


def test_steady_series_seldom_suggest_a_step() -> None:
    found = [bool(suggested(stepped(seed, 300, 300), [(0, 49)])) for seed in range(300)]
    assert sum(found) <= 9  # 3 expected at most at p < 0.01


def test_a_steady_rise_is_no_step() -> None:
    values = np.random.default_rng(2).poisson(np.linspace(200, 400, 60)).astype(np.float64)
    assert suggested(values, [(0, 59)]) == ()


def test_two_steps_are_told_in_their_order() -> None:
    values = np.concatenate([stepped(4, 300, 150, 20, 40), stepped(5, 185, 185, 10, 20)])
    steps = suggested(values, [(0, 59)])
    assert [step.change > 0 for step in steps] == [False, True]
    assert abs(steps[0].position - 20) <= 1
    assert abs(steps[1].position - 40) <= 1
    assert steps[0].after == steps[1].before


def test_a_declared_break_is_no_suggestion() -> None:
    assert suggested(stepped(1), [(0, 24), (25, 49)]) == ()


def test_a_season_is_no_step_and_hides_none() -> None:
    calm = counts(60, 300, WAVE)
    season = seasonality.find(calm, months(60))
    assert season is not None
    assert suggested(calm, [(0, 59)], [season]) == ()
    moved = calm * np.where(np.arange(60) < 30, 1.0, 1.4)
    season = seasonality.find(moved, months(60))
    assert season is not None
    (step,) = suggested(moved, [(0, 59)], [season])
    assert abs(step.position - 30) <= 1
    assert step.change_percent == pytest.approx(40, abs=6)


def test_a_step_among_the_last_points_is_left_to_the_rules() -> None:
    values = stepped(3, at=50 - LEAST_SIDE + 1)
    assert all(step.position <= 50 - LEAST_SIDE for step in suggested(values, [(0, 49)]))


def test_a_new_level_is_confirmed_by_twelve_points() -> None:
    for at, confirmed in ((30, True), (44, False)):
        (step,) = suggested(stepped(6, 300, 420, at), [(0, 49)])
        assert step.confirmed is confirmed


@given(st.lists(st.integers(0, 60), min_size=2, max_size=60), st.integers(1, 7), st.integers(-40, 40))
def test_steps_follow_scale_and_shift(values: list[int], scale: int, shift: int) -> None:
    plain = np.array(values, dtype=np.float64)
    one, two = suggested(plain, [(0, len(plain) - 1)]), suggested(scale * plain + shift, [(0, len(plain) - 1)])
    assert [step.position for step in one] == [step.position for step in two]
    for first, second in zip(one, two, strict=True):
        assert second.change == pytest.approx(scale * first.change)


@given(st.lists(st.integers(0, 60), min_size=12, max_size=40), st.sets(st.integers(0, 39)))
def test_missing_figures_are_left_out(values: list[int], missing: set[int]) -> None:
    plain = np.array(values, dtype=np.float64)
    holed = plain.copy()
    holed[[at for at in missing if at < len(values)]] = np.nan
    known = np.flatnonzero(np.isfinite(holed))
    whole = suggested(holed[known], [(0, len(known) - 1)]) if len(known) else ()
    assert [step.position for step in suggested(holed, [(0, len(holed) - 1)])] == [known[s.position] for s in whole]


@pytest.mark.parametrize("values", [[], [5.0], [5.0] * 40, [np.nan] * 20])
def test_nothing_is_suggested_of_short_and_constant_series(values: list[float]) -> None:
    assert suggested(np.array(values), [(0, len(values) - 1)] if values else []) == ()
