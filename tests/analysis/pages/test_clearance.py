"""What the page of clearance promises: each measure in one group, its chain, what ends its hold, its sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from pcp_desktop.analysis.pages import clearance
from pcp_desktop.domain.clearance import Clearance, ClearanceState, HoldTerms, Recipient
from pcp_desktop.domain.clearance_page import BoardWait, ClearanceGroup, ClearancePage, ClearanceRow
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.periods import quarter
from tests.analysis.pages.sample import QUARTER

PUBLISH_BY = date(2016, 3, 15)
END = date(2015, 12, 31)


def built(facts: Facts, **changes: object) -> ClearancePage:
    """The page of the sample quarter after something has changed."""
    return clearance.build(replace(facts, **changes), QUARTER, PUBLISH_BY)  # type: ignore[arg-type]


def row(page: ClearancePage, measure: str) -> ClearanceRow:
    """One measure's row."""
    return next(one for one in page.rows if one.measure == measure)


def meeting_on(facts: Facts, code: str, day: date | None) -> dict[str, object]:
    """The facts' returns with another day for the board of one of them."""
    return {
        "returns": tuple(
            replace(one, expected=replace(one.expected, board_meets=day))
            if one.expected is not None and one.expected.code == code
            else one
            for one in facts.returns
        )
    }


def waiting(facts: Facts, *measures: str) -> dict[str, object]:
    """The facts' clearances without those of some measures."""
    return {"clearances": tuple(one for one in facts.clearances if one.measure not in measures)}


def test_every_measure_of_the_quarter_is_there_once_in_one_group(facts: Facts) -> None:
    page = built(facts)
    asked = {code for one in facts.returns if one.expected for code in one.expected.measures}
    assert sorted(one.measure for one in page.rows) == sorted(asked)
    assert sum(len(page.of(group)) for group in ClearanceGroup) == len(page.rows)
    assert page.scope == "Q3 2015/16: 41 measures, 37 cleared, 4 held"
    assert {one.priority for one in page.of(ClearanceGroup.HELD)} == {"SP3"}


def test_a_cleared_measure_tells_its_chain_with_days_and_who(facts: Facts) -> None:
    found = row(built(facts), "all-crime")
    assert [(step.word, step.state, step.detail) for step in found.steps] == [
        ("Received", "done", "20 Jan 2016, Leicestershire Police"),
        ("Checked", "done", ""),
        ("Accepted", "done", "26 Feb 2016"),
        ("Cleared", "done", "3 Feb 2016, secretariat"),
    ]
    assert (found.sentence, found.may_be_cleared) == ("", False)


def test_a_measure_with_a_part_that_did_not_come_is_not_cleared_as_a_whole_and_says_what_is_missing(
    facts: Facts,
) -> None:
    found = row(built(facts), "families-crime-reduced")
    assert [(step.word, step.state) for step in found.steps] == [
        ("Received", "done"),
        ("Checked", "stuck"),
        ("Accepted", "open"),
        ("Cleared", "open"),
    ]
    assert (found.steps[3].detail, found.shown.words) == ("2 of 3 returns", "Cleared, 2 of 3 returns")
    assert found.sentence.startswith("Two of three returns with these figures have been received.")
    assert "Rutland County Council has provided a return without performance figures." in found.sentence
    to_come = "Rutland County Council: received, holds no performance figure"
    assert ("Still to come", to_come) in found.facts
    assert not found.may_be_cleared


@pytest.mark.parametrize(
    ("day", "group", "ends", "words"),
    [
        (date(2016, 2, 3), ClearanceGroup.OVERDUE, "Board met 3 Feb 2016", "not yet cleared by the Joint CSE"),
        (date(2016, 3, 9), ClearanceGroup.SOON, "After 9 Mar 2016", "available after the board meeting on 9 March"),
        (date(2016, 9, 19), ClearanceGroup.WAITING, "After 19 Sep 2016", "after the board meeting on 19 September"),
        (None, ClearanceGroup.WAITING, "No date known", "whose date is not known"),
    ],
)
def test_what_waits_is_grouped_by_the_day_of_its_board(
    facts: Facts, day: date | None, group: ClearanceGroup, ends: str, words: str
) -> None:
    page = built(facts, **waiting(facts, "cse-referrals"), **meeting_on(facts, "cse", day))
    found = row(page, "cse-referrals")
    assert (found.group, found.ends, found.may_be_cleared) == (group, ends, True)
    assert words in found.sentence
    assert found in page.still_held


def test_figures_that_two_boards_clear_wait_for_the_later_one(facts: Facts) -> None:
    changed = meeting_on(facts, "first-time-entrants-city", date(2016, 3, 9))
    page = built(facts, **waiting(facts, "first-time-entrants"), **changed)
    found = row(page, "first-time-entrants")
    assert [wait.day for wait in found.boards] == [date(2016, 2, 10), date(2016, 3, 9)]
    assert (found.group, found.ends) == (ClearanceGroup.SOON, "After 9 Mar 2016")
    assert "available after the board meeting on 9 March 2016 (Youth Offending Management Board (City))" in (
        found.sentence
    )


def test_nothing_waits_before_it_has_come(facts: Facts) -> None:
    page = clearance.build(facts, quarter(2015, 4), None)
    assert {one.group for one in page.rows} == {ClearanceGroup.HELD}
    absent = tuple(replace(one, file=None, figures=0, accepted=None) for one in facts.returns)
    found = row(built(facts, returns=absent, clearances=()), "all-crime")
    assert (found.group, found.sentence, found.ends) == (ClearanceGroup.AWAITED, "", "–")


@pytest.mark.parametrize(
    ("state", "terms", "waits_for", "label", "group"),
    [
        (ClearanceState.EXEMPT, HoldTerms("", "", 3, "Outweighed", "Resolved"), "Exempt, paragraph 3", "Resolution",
         ClearanceGroup.HELD),
        (ClearanceState.CONFIDENTIAL, HoldTerms("Not to be passed on", "Home Office"),
         "In confidence from Home Office", "Terms", ClearanceGroup.HELD),
        (ClearanceState.EMBARGOED, HoldTerms(ends_on=date(2016, 3, 10)), "National release", "Ends",
         ClearanceGroup.SOON),
        (ClearanceState.EMBARGOED, HoldTerms(ends_on=date(2016, 2, 26)), "National release", "Ends",
         ClearanceGroup.OVERDUE),
        (ClearanceState.EMBARGOED, HoldTerms(ends_on=date(2016, 4, 1)), "National release", "Ends",
         ClearanceGroup.WAITING),
    ],
)  # fmt: skip
def test_a_hold_says_what_it_is_and_ends_by_nobody_but_a_person(
    facts: Facts, state: ClearanceState, terms: HoldTerms, waits_for: str, label: str, group: ClearanceGroup
) -> None:
    held = Clearance("all-crime", state, END, "national release", date(2016, 2, 20), "officer", terms)
    found = row(built(facts, clearances=(*facts.clearances, held)), "all-crime")
    assert (found.waits_for, found.group) == (waits_for, group)
    assert label in dict(found.facts)
    assert dict(found.facts)["Recorded"] == "20 February 2016, officer"
    assert "not published" in found.sentence.lower()
    assert "59,653" not in str(found)


def test_who_was_told_stands_with_the_measure_until_and_after_it_ends(facts: Facts) -> None:
    told = (
        Recipient("all-crime", "Chief Executive", date(2016, 2, 1), date(2016, 2, 20)),
        Recipient("all-crime", "Commissioner", date(2016, 2, 1), date(2016, 3, 31)),
        Recipient("rape", "Somebody else", date(2016, 2, 1), date(2016, 3, 31)),
    )
    found = row(built(facts, recipients=told), "all-crime").told
    assert [(one.role, one.words, one.ended) for one in found] == [
        ("Chief Executive", "1 Feb 2016 to 20 Feb 2016", True),
        ("Commissioner", "1 Feb 2016 to 31 Mar 2016", False),
    ]


def test_the_words_for_several_boards() -> None:
    today = date(2016, 2, 26)
    boards = [BoardWait("A", "Youth Board", date(2016, 9, 19)), BoardWait("B", "City Board", date(2016, 9, 19))]
    assert clearance.available_words(boards, today) == (
        "available after the board meeting on 19 September 2016 (Youth Board and City Board)"
    )
    assert clearance.available_words([], today) == ""


def test_the_day_of_the_board_itself_is_not_yet_after_it(facts: Facts) -> None:
    page = built(
        facts,
        now=datetime(2016, 2, 19, 9, 0),
        **waiting(facts, "cse-referrals"),
        **meeting_on(facts, "cse", date(2016, 2, 19)),
    )
    assert row(page, "cse-referrals").group is ClearanceGroup.SOON
