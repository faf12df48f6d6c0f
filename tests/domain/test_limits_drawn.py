"""Limits as charts hold them: flat over a segment, or a pair with its mean at each position."""

from __future__ import annotations

from pcp_desktop.domain.pages import LimitSegment


def test_flat_limits_are_the_same_at_every_position_of_their_segment() -> None:
    flat = LimitSegment(3, 5, 20, 10, 30)
    assert [flat.at(position) for position in (2, 3, 5, 6)] == [None, (10, 20, 30), (10, 20, 30), None]
    assert flat.runs == ()


def test_limits_that_vary_have_gaps_where_a_position_has_none() -> None:
    one, two, three = (1.0, 2.0, 3.0), (2.0, 3.0, 4.0), (3.0, 4.0, 5.0)
    varying = LimitSegment(3, 7, 4, 3, 5, varying=(one, None, None, two, three))
    assert [varying.at(position) for position in range(2, 9)] == [None, one, None, None, two, three, None]
    assert varying.runs == (((3, one),), ((6, two), (7, three)))
