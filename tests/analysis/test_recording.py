"""What the effect of recording practice promises: the published share, its margins, and the words without them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcp_desktop.analysis.recording import recording_effect

rates = st.floats(40, 99)


def test_the_audits_margins_make_about_5800_of_4100_to_7600() -> None:
    found = recording_effect(81877, 75.8, 87.4, (2.5, 2.5))
    assert found.interval is not None
    assert [round(end, -1) for end in found.interval] == [4080, 7570]
    assert found.words == "about 5,800 (4,100 to 7,600)"


def test_without_margins_the_words_say_so() -> None:
    found = recording_effect(81877, 75.8, 87.4)
    assert found.interval is None
    assert found.words == "5,820, without a margin: the audits gave none"


def test_the_interval_holds_nineteen_of_twenty_pairs_of_audits() -> None:
    generator = np.random.default_rng(4)
    before, now = (generator.normal(rate, 1.25, 200_000) for rate in (75.8, 87.4))
    shares = 81877 * (1 - before / ((before + now) / 2))
    found = recording_effect(81877, 75.8, 87.4, (2.5, 2.5))
    assert found.interval is not None
    assert found.interval == pytest.approx(tuple(np.quantile(shares, (0.025, 0.975))), rel=0.01)


@given(st.integers(1, 200_000), rates, rates)
def test_the_effect_scales_with_the_count_and_turns_with_the_rates(count: int, before: float, now: float) -> None:
    plain = recording_effect(count, before, now).amount
    assert recording_effect(3 * count, before, now).amount == 3 * plain
    assert recording_effect(count, now, before).amount == -plain
    assert math.copysign(1, plain) == math.copysign(1, now - before) or plain == 0
    assert recording_effect(count, before, before).amount == 0


@given(st.integers(1000, 200_000), rates, rates, st.floats(0.5, 3), st.floats(0.5, 3), st.floats(1.1, 2))
def test_the_interval_holds_the_effect_and_widens_with_the_margins(
    count: int, before: float, now: float, first: float, second: float, factor: float
) -> None:
    near = recording_effect(count, before, now, (first, second))
    far = recording_effect(count, before, now, (first * factor, second * factor))
    assert near.interval is not None
    assert far.interval is not None
    assert far.interval[0] < near.interval[0] < near.amount < near.interval[1] < far.interval[1]


def test_what_is_no_compliance_or_no_margin_is_refused() -> None:
    for before, now in ((0.0, 80.0), (80.0, 101.0)):
        with pytest.raises(ValueError, match="compliance"):
            recording_effect(100, before, now)
    with pytest.raises(ValueError, match="margin"):
        recording_effect(100, 70, 80, (0.0, 2.5))
    with pytest.raises(ValueError, match="wider"):
        recording_effect(100, 2, 3, (40, 40))
