"""What the readiness list says: every kind of line, with its place and where its link leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

import pytest

from pcp_desktop.domain import periods
from pcp_desktop.domain.clearance import Audience, Clearance, ClearanceState
from pcp_desktop.domain.clearance_page import ChainStep, ClearanceGroup, ClearancePage, ClearanceRow
from pcp_desktop.domain.commentary import CommentaryPage, FigureState, UsedFigure
from pcp_desktop.domain.meetings import (
    STANDING_AGENDA,
    Agenda,
    AgendaItem,
    Exemption,
    ItemKind,
    Meeting,
    PublishedPack,
    ReceivedPaper,
)
from pcp_desktop.domain.packs import ReadinessLine, Standing
from pcp_desktop.domain.pages import (
    NO_FIGURE,
    ClearanceShown,
    MeasurePanel,
    MeasureRow,
    PriorityPage,
    ReturnRow,
    ReturnsPage,
    Sentence,
    Why,
)
from pcp_desktop.domain.returns import ExpectedReturn, ReceivedFile, ReturnRecord, ReturnState
from pcp_desktop.domain.status import Assessment, Status
from pcp_desktop.papers import pack_page
from pcp_desktop.papers.publication import deadline
from pcp_desktop.papers.readiness import PackState, PaperInPack, readiness
from tests.gui.chart_fixtures import burglary

QUARTER = periods.quarter(2015, 3)
MEETING = Meeting(date(2016, 3, 23), "1.00 pm", "County Hall", QUARTER)
PAPER = ReceivedPaper("update.pdf", "0" * 64, 10, datetime(2016, 2, 26))
ITEMS = (
    *(replace(item, key=key) for key, item in enumerate(STANDING_AGENDA, 1)),
    AgendaItem(7, ItemKind.RECEIVED, "Update", "Chief Constable", paper=PAPER),
    AgendaItem(8, ItemKind.VERBAL, "Complaint", exemption=Exemption(1, "An individual", "It outweighs.")),
)
REPORT = 5


def commentary(code: str, **changes: object) -> CommentaryPage:
    page = CommentaryPage(code, QUARTER, Audience.WORKING, "It fell to {{a.latest}}.", (), finished=True)
    return replace(page, **changes)  # type: ignore[arg-type]


def used(state: FigureState, held_words: str = "") -> UsedFigure:
    covered = bool(held_words)
    return UsedFigure("a.latest", "Burglary, 12 months", "1,092", "1,089", state, held_words, covered)


def return_row(group: str, sentence: str = "") -> ReturnRow:
    expected = ExpectedReturn("crime", "Recorded crime", "The force", QUARTER, date(2016, 1, 29), ("a",), "Board")
    clearance = ClearanceShown(ClearanceState.WAITING, "After 3 February")
    steps = ("done", "open", "open", "open")
    return ReturnRow(
        ReturnRecord(expected, ReturnState.EXPECTED), "Recorded crime", "The force", "29 Jan", steps, group, group,
        clearance, "Board", "It was queried.", "", sentence,
    )  # fmt: skip


def measure_row(held_words: str = "") -> MeasureRow:
    state = ClearanceState.EMBARGOED if held_words else ClearanceState.CLEARED
    clearance = ClearanceShown(
        state, "Not published" if held_words else "Cleared", "national release" * bool(held_words)
    )
    assessment = Assessment(Status.NOT_ASSESSED, "", "")
    return MeasureRow(
        "treatment", "SP3", "", "Treatment completed", "percent", True, assessment, NO_FIGURE, NO_FIGURE, NO_FIGURE,
        NO_FIGURE, None, "", None, "", clearance, held_words,
    )  # fmt: skip


def clearance_row(measure: str, group: ClearanceGroup, ends: str) -> ClearanceRow:
    step = ChainStep("Accepted", "done")
    held = Clearance(measure, ClearanceState.WAITING, QUARTER.end)
    shown = ClearanceShown(ClearanceState.WAITING, "Before The Board")
    return ClearanceRow(
        measure, "SP1", measure, group, (step, step, step, step), held, shown, "The Board", ends, "", (), (), ()
    )


def priority(alt: str) -> PriorityPage:
    chart = replace(burglary(), alt=alt)
    why = Why("", (Sentence(""),), None, "", "", (), ())
    panel = MeasurePanel(measure_row(), "", "", (), chart, "", (chart,), why)
    return PriorityPage(Audience.PUBLIC, QUARTER, "SP3", "Treatment", Status.NOT_ASSESSED, False, (panel,))


def state(items: Sequence[AgendaItem] = ITEMS, today: date = date(2016, 2, 26), **changes: object) -> PackState:
    """A pack with nothing in its way, but for what is given."""
    ready = PackState(
        audience=Audience.PUBLIC,
        agenda=Agenda(MEETING, tuple(items)),
        deadline=deadline(MEETING.day, today),
        returns=ReturnsPage(QUARTER, (return_row("accepted"),), (), ""),
        commentaries=(commentary("SP1", used=(used(FigureState.CURRENT),)), commentary("SP3")),
        rows=(measure_row(),),
        priorities=(priority("A chart."),),
        papers={0: PaperInPack(1, 2), REPORT: PaperInPack(3, 9), 7: PaperInPack(11, 12)},
    )
    return replace(ready, **changes)  # type: ignore[arg-type]


def lines(standing: Standing, found: PackState) -> list[ReadinessLine]:
    return [line for line in readiness(found) if line.standing is standing]


def stopping(found: Sequence[ReadinessLine]) -> list[str]:
    """What stops publication."""
    return [line.title for line in found if line.standing is Standing.STOPS]


def only(standing: Standing, found: PackState) -> ReadinessLine:
    (line,) = lines(standing, found)
    return line


def test_a_pack_with_nothing_in_its_way_has_only_what_is_done() -> None:
    found = readiness(state())
    assert {line.standing for line in found} == {Standing.DONE}
    assert [line.title for line in found] == [
        "1 received paper attached",
        "Every received paper can be read with a screen reader",
        "1 exempt item with paragraph and public-interest test",
        "Agenda has the standing items",
        "Commentary finished for every priority",
        "Every live figure in the commentary is current",
        "Every expected return is accepted",
        "Every figure may stand in the public pack",
        "2 charts with a text alternative",
    ]
    assert stopping(found) == []


def test_an_awaited_paper_stops_publication() -> None:
    awaited = state(tuple(replace(item, paper=None) for item in ITEMS))
    line = only(Standing.STOPS, awaited)
    assert line.title == "The paper of item 7 has not been received"
    assert (line.action, line.link, line.item, line.where) == ("Attach", ("packs", "7"), 7, "Item 7, page 11")
    assert stopping(readiness(awaited)) == [line.title]


def test_a_paper_that_is_not_accessible_is_decided_on() -> None:
    papers = {7: PaperInPack(11, 12, "It is pictures of its pages.")}
    line = only(Standing.DECIDE, state(papers=papers))
    assert line.title == "The paper of item 7 is not accessible"
    assert line.text.startswith("It is pictures of its pages. The pack says so on its front sheet.")
    assert (line.where, line.page, line.link) == ("Item 7, page 11", 11, ("packs", "7"))


@pytest.mark.parametrize(
    ("exemption", "lacks"),
    [
        (Exemption(0, "", "It outweighs."), "its paragraph of Schedule 12A"),
        (Exemption(8, "", "It outweighs."), "its paragraph of Schedule 12A"),
        (Exemption(1, "An individual", "  "), "its public-interest test"),
        (Exemption(9, "", ""), "its paragraph of Schedule 12A and its public-interest test"),
    ],
)
def test_an_exempt_item_without_its_reason_stops_publication(exemption: Exemption, lacks: str) -> None:
    line = only(Standing.STOPS, state((*ITEMS[:-1], replace(ITEMS[-1], exemption=exemption))))
    assert (line.title, line.link, line.action) == (f"Exempt item 8 lacks {lacks}", ("packs", "8"), "Edit")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Minutes of the previous meeting", "Minutes"),
        ("Declarations of interest", "Declarations of interest"),
        ("Urgent items", "Urgent items"),
    ],
)
def test_a_standing_item_that_is_missing_is_decided_on(title: str, name: str) -> None:
    line = only(Standing.DECIDE, state(tuple(item for item in ITEMS if item.title != title)))
    assert (line.title, line.link) == (f"“{name}” is not on the agenda", ("packs", f"add {name}"))


def test_without_the_report_nothing_of_the_figures_is_asked_for() -> None:
    bare = state(tuple(item for item in ITEMS if item.generated is None), commentaries=(commentary("SP1", text=""),))
    line = only(Standing.DECIDE, bare)
    assert (line.title, line.link) == (
        "The performance report is not on the agenda",
        ("packs", "add Performance report"),
    )
    assert lines(Standing.STOPS, bare) == []


def test_missing_commentary_is_one_line_that_leads_to_the_first_priority() -> None:
    codes = [f"SP{number}" for number in range(1, 9)]
    line = only(Standing.STOPS, state(commentaries=[commentary(code, text=" ") for code in codes]))
    assert line.title == "8 priorities have no commentary"
    assert line.text == "Nothing is written yet for SP1, SP2, SP3, SP4, SP5, SP6 and 2 more."
    assert (line.action, line.link, line.item) == ("Write", ("priorities", "SP1 commentary"), REPORT)
    assert line.where == "Item 5, page 3"


@pytest.mark.parametrize("changes", [{"finished": False}, {"draft": True}])
def test_commentary_that_is_not_finished_stops_publication(changes: dict[str, bool]) -> None:
    line = only(Standing.STOPS, state(commentaries=(commentary("SP1"), commentary("SP3", **changes))))
    assert (line.title, line.link) == ("SP3 has unfinished commentary", ("priorities", "SP3 commentary"))


def test_a_live_figure_that_has_changed_stops_publication_and_says_how() -> None:
    line = only(Standing.STOPS, state(commentaries=(commentary("SP12", used=(used(FigureState.CHANGED),)),)))
    assert line.title == "A figure in SP12 has changed since it was written"
    assert line.text == "Burglary, 12 months: 1,089 is now 1,092. Does the sentence still hold?"
    assert line.link == ("priorities", "SP12 commentary")


def test_of_a_held_figure_that_has_changed_no_value_is_said() -> None:
    changed = used(FigureState.CHANGED, "Not published before national release")
    found = state(commentaries=(commentary("SP3", used=(changed,)),))
    assert "1,0" not in only(Standing.STOPS, found).text
    assert only(Standing.DECIDE, found).title == "SP3 has a paragraph that is held"


def test_a_sentence_that_may_point_to_a_person_is_to_be_decided_on() -> None:
    told = replace(commentary("SP1"), identifying=("All 99 reports came from one person.",))
    line = only(Standing.DECIDE, state(commentaries=(told,)))
    assert line.title == "A sentence in SP1 may point to a person"
    assert "All 99 reports came from one person." in line.text
    assert line.link == ("priorities", "SP1 commentary")


def test_what_small_numbers_hide_is_on_the_list() -> None:
    found = readiness(state(hidden=(("SP12 Domestic burglary", "2012/13 (Melton)"),)))
    title = "SP12 Domestic burglary prints [c] for 2012/13 (Melton), so that small numbers are not found out"
    assert [line.standing for line in found if line.title == title] == [Standing.DONE]


def test_a_live_figure_that_is_gone_stops_publication() -> None:
    line = only(Standing.STOPS, state(commentaries=(commentary("SP12", used=(used(FigureState.MISSING),)),)))
    assert line.title == "A figure in SP12 is not there any more"


@pytest.mark.parametrize("group", ["checked", "queried"])
def test_a_return_that_came_and_is_not_accepted_stops_publication(group: str) -> None:
    line = only(Standing.STOPS, state(returns=ReturnsPage(QUARTER, (return_row(group),), (), "")))
    assert (line.title, line.link) == ("“Recorded crime” is not accepted", ("returns", "crime"))
    assert line.where == "Returns, The force"


@pytest.mark.parametrize("group", ["missing", "expected"])
def test_a_return_that_has_not_come_is_decided_on_with_its_sentence(group: str) -> None:
    rows = (return_row(group, "The return for recorded crime has not been received."),)
    line = only(Standing.DECIDE, state(returns=ReturnsPage(QUARTER, rows, (), "")))
    assert line.text == "The return for recorded crime has not been received."
    assert line.title == "“Recorded crime” has not been received"


def test_a_return_that_came_without_its_figures_is_not_called_missing() -> None:
    row = return_row("missing", "The council has provided a return without performance figures.")
    workbook = ReceivedFile("figures.xlsx", "0" * 64, 1, datetime(2016, 1, 29, 9, 0))
    came = replace(row, record=replace(row.record, file=workbook))
    line = only(Standing.DECIDE, state(returns=ReturnsPage(QUARTER, (came,), (), "")))
    assert line.title == "“Recorded crime” came without its figures"


def test_a_held_measure_is_decided_on_with_until_when() -> None:
    line = only(Standing.DECIDE, state(rows=(measure_row("Not published before national release"),)))
    assert line.title == "Treatment completed is held until national release"
    assert line.text.startswith("Not published before national release. The public pack prints that")
    assert line.link == ("clearance", "treatment")


def test_measures_of_a_priority_that_are_held_alike_are_counted_in_one_line() -> None:
    held = measure_row("Not published before national release")
    area = replace(held, label="Treatment completed, Rutland")
    line = only(Standing.DECIDE, state(rows=(held, area, replace(held, measure="re-presentations"))))
    assert line.title == "2 measures of SP3 are held until national release"


def test_what_waits_is_told_by_what_it_waits_for_and_leads_to_the_clearance_page() -> None:
    rows = (
        clearance_row("burglary", ClearanceGroup.OVERDUE, "Board met 3 Feb 2016"),
        clearance_row("robbery", ClearanceGroup.OVERDUE, "Board met 3 Feb 2016"),
        clearance_row("savings", ClearanceGroup.WAITING, "After 19 Sep 2016"),
        clearance_row("done", ClearanceGroup.CLEARED, "Cleared 3 Feb 2016"),
        clearance_row("absent", ClearanceGroup.AWAITED, "–"),
    )
    first, second = lines(Standing.DECIDE, state(clearance=ClearancePage(QUARTER, date(2016, 2, 26), None, rows, "")))
    assert (first.title, second.title) == ("2 measures to clear now", "1 measure not cleared yet")
    assert first.text.startswith("The Board: board met 3 Feb 2016. The public pack prints no figure of SP1")
    assert (first.link, second.link) == (("clearance", "burglary"), ("clearance", "savings"))


def test_a_chart_without_text_alternative_stops_publication() -> None:
    line = only(Standing.STOPS, state(priorities=(priority(" "),)))
    assert (line.title, line.link) == ("2 charts without a text alternative", ("priorities", "SP3"))


def test_a_date_that_has_passed_is_decided_on_and_stops_nothing() -> None:
    found = state(today=date(2016, 3, 17))
    assert only(Standing.DECIDE, found).title == "The date for publication has passed"
    assert stopping(readiness(found)) == []


def test_a_date_that_is_close_is_said_only_while_something_stops_publication() -> None:
    today = date(2016, 3, 14)
    assert lines(Standing.DECIDE, state(today=today)) == []
    stopped = state(today=today, commentaries=(commentary("SP1", text=""),))
    assert only(Standing.DECIDE, stopped).title == "Only 1 working day left to publish"
    last = state(today=date(2016, 3, 15), commentaries=(commentary("SP1", text=""),))
    assert only(Standing.DECIDE, last).title == "Today is the last day to publish"


# ---------------------------------------------------------------- the page that shows it


def test_the_agenda_says_pages_kind_and_how_each_item_stands() -> None:
    items = (*ITEMS[:6], replace(ITEMS[6], paper=None), ITEMS[7])
    found = state(items, papers={0: PaperInPack(1, 2), REPORT: PaperInPack(3, 9), 8: PaperInPack(11, 11)})
    page = pack_page.build(found, readiness(found), page_numbers=tuple(range(1, 12)), blank_backs=1)
    assert [(line.number, line.pages, line.standing) for line in page.lines] == [
        ("", "1–2", Standing.DONE),
        ("1", "", None),
        ("2", "", None),
        ("3", "", None),
        ("4", "", None),
        ("5", "3–9", Standing.DONE),
        ("6", "", None),
        ("7", "", Standing.STOPS),
        ("8", "11", Standing.DONE),
    ]
    assert page.lines[7].detail == "Chief Constable · Paper awaited"
    assert page.lines[8].detail == "Exempt, paragraph 1, not in the public pack · Verbal update"
    assert (
        page.double_sided_words == "Double-sided: 1 blank back is added, so that every paper starts on an odd page."
    )
    owners = [page.line_at(number) for number in (1, 9, 10, 11)]
    assert [line.number for line in owners if line is not None] == ["", "5", "5", "8"]


def test_a_published_page_is_read_only_and_says_when() -> None:
    pack = PublishedPack(0, Audience.PUBLIC, "p.pdf", "0" * 64, 1, 2, datetime(2016, 3, 15, 10), "Secretariat", "")
    page = pack_page.build(state(), (), published=pack)
    assert page.read_only_reason == "Published 15 March 2016. Figures cannot change."
