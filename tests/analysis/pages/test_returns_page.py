"""What the board of returns promises: true states, counted once, with what a missing return holds back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from pcp_desktop.analysis.pages import returns
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.pages import ReturnRow, ReturnsPage
from pcp_desktop.domain.periods import quarter
from pcp_desktop.domain.returns import ReceivedFile, ReturnRecord, ReturnState
from tests.analysis.pages.sample import QUARTER


@pytest.fixture(scope="module")
def page(facts: Facts) -> ReturnsPage:
    """The board of the sample quarter."""
    return returns.build(facts, QUARTER)


def row(page: ReturnsPage, code: str) -> ReturnRow:
    """One return's row."""
    return next(one for one in page.rows if one.record.expected is not None and one.record.expected.code == code)


def with_record(facts: Facts, code: str, **changes: object) -> ReturnsPage:
    """The board after something else became of one return."""
    records = [
        replace(one, **changes) if one.expected is not None and one.expected.code == code else one  # type: ignore[arg-type]
        for one in facts.returns
    ]
    return returns.build(replace(facts, returns=tuple(records)), QUARTER)


def test_counts_and_scope(page: ReturnsPage) -> None:
    """Every return is counted in one of five groups."""
    assert dict(page.counts) == {"accepted": 15, "checked": 0, "queried": 0, "missing": 1, "expected": 0}
    assert page.scope == "16 returns expected from 9 organisations"


def test_an_accepted_return(page: ReturnsPage) -> None:
    """State, steps, what came, and its clearance."""
    found = row(page, "recorded-crime")
    assert (found.state, found.state_group) == ("Accepted 26 Feb", "accepted")
    assert found.steps == ("done", "done", "done", "done")
    assert found.due == "22 Jan 2016"
    assert "630 figures accepted on 26 February 2016" in found.explanation
    assert (found.clearance.words, found.board) == ("Cleared 3 Feb", "Performance Delivery Group")
    assert found.holds_back == ""


def test_a_return_without_a_figure_stays_missing(page: ReturnsPage) -> None:
    """Rutland sent its finances: the board says so, what it holds back, and the sentence for the report."""
    found = row(page, "families-rutland")
    assert (found.state, found.state_group) == ("Received, holds no performance figure", "missing")
    assert found.holds_back.startswith("SP4: supported families meeting")
    assert found.sentence == (
        "Two of three returns with these figures have been received. Leicester City Council and Leicestershire County"
        " Council have provided their figures. Rutland County Council has provided a return without performance"
        " figures."
    )


def test_a_return_kept_as_received_is_done(page: ReturnsPage) -> None:
    """Commissioning intentions hold no measure and are not missing."""
    found = row(page, "commissioning")
    assert (found.state_group, found.steps[3]) == ("accepted", "done")
    assert "none is expected" in found.explanation


def test_days_late_are_counted_from_the_due_date(facts: Facts) -> None:
    """The 119 days of the picture."""
    page = with_record(facts, "families-rutland", file=None, state=ReturnState.MISSING)
    found = row(page, "families-rutland")
    assert found.state == "Missing, 119 days after the due date"
    assert found.steps == ("done", "stuck", "open", "open")
    assert "Rutland County Council has not sent its return." in found.sentence


@pytest.mark.parametrize(
    ("state", "words", "group"),
    [
        (ReturnState.EXPECTED, "Expected, due today", "expected"),
        (ReturnState.CHECKED, "Checked, waiting to be accepted", "checked"),
        (ReturnState.QUERIED, "Queried", "queried"),
    ],
)
def test_other_states_in_words(facts: Facts, state: ReturnState, words: str, group: str) -> None:
    """The card of the CSE report, due on the day of the sample."""
    file = None if state is ReturnState.EXPECTED else ReceivedFile("CSE.xlsx", "0" * 64, 1, datetime(2016, 2, 25, 9))
    found = row(with_record(facts, "cse", state=state, file=file, accepted=None), "cse")
    assert (found.state, found.state_group) == (words, group)
    assert found.holds_back == "SP15: child sexual exploitation referrals."


def test_an_expected_return_past_its_date_is_missing(facts: Facts) -> None:
    """Whatever the store last said of it."""
    page = with_record(facts, "iom", state=ReturnState.EXPECTED, file=None, figures=0, accepted=None)
    assert row(page, "iom").state_group == "missing"
    assert dict(page.counts)["missing"] == 2


def test_an_embargoed_return_says_until_when(page: ReturnsPage) -> None:
    """In the working view only, which this page is."""
    assert row(page, "treatment").clearance.words == "Embargoed to national release"


def test_an_unexpected_workbook_is_listed_last(facts: Facts) -> None:
    """It is not counted among the returns expected."""
    file = ReceivedFile("extra.xlsx", "1" * 64, 1, datetime(2016, 2, 1, 9))
    extra = ReturnRecord(None, ReturnState.RECEIVED, file)
    page = returns.build(replace(facts, returns=(extra, *facts.returns)), QUARTER)
    assert page.rows[-1].title == "extra.xlsx"
    assert page.scope == "16 returns expected from 9 organisations"


def test_another_quarter_has_its_own_board(facts: Facts) -> None:
    """No return of the sample quarter is expected in the one before."""
    assert returns.build(facts, quarter(2015, 2)).scope == "0 returns expected from 0 organisations"
