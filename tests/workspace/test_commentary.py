"""Commentary from the typed draft to the published quarter: it follows the data and keeps what its writer saw."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from pcp_desktop.domain.clearance import Audience, ClearanceState
from pcp_desktop.domain.commentary import FigureState, hold_mark
from pcp_desktop.domain.meetings import PrintedFigure, PublishedPack
from pcp_desktop.domain.periods import Period, quarter
from pcp_desktop.errors import UserError
from pcp_desktop.workspace import OFFICER, Workspace, plan_contents
from pcp_desktop.workspace.held_texts import held_texts
from pcp_desktop.workspace.sample import sample_clock
from tests.workspace.burglary import BURGLARY, review_of

Q3 = quarter(2015, 3)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """A panel file of the shipped plan with one accepted return of domestic burglary."""
    made = Workspace.create(tmp_path / "panel.pcp", plan_contents("2013-17"), lambda: datetime(2016, 2, 26, 14, 32))
    made.accept(review_of(made, december_2015=351))
    made.clear_measures([BURGLARY], Q3.end)
    yield made
    made.close()


def read(workspace: Workspace, audience: Audience = Audience.WORKING, period: Period = Q3) -> list[str]:
    return [one.text for one in workspace.commentary("SP12", period, audience).paragraphs]


def test_it_follows_the_data_and_marks_what_changed(workspace: Workspace) -> None:
    workspace.write_commentary("SP12", Q3, "There were {{domestic-burglary.quarter}} offences.")
    assert read(workspace) == read(workspace, Audience.PUBLIC) == ["There were 951 offences."]
    workspace.accept(review_of(workspace, december_2015=354))
    assert read(workspace) == ["There were 954 offences."]
    (figure,) = workspace.commentary("SP12", Q3, Audience.WORKING).used
    assert (figure.state, figure.before, figure.shown) == (FigureState.CHANGED, "951", "954")


def test_a_changed_figure_stays_marked_until_it_is_accepted(workspace: Workspace) -> None:
    text = "There were {{domestic-burglary.quarter}} offences."
    workspace.write_commentary("SP12", Q3, text)
    workspace.accept(review_of(workspace, december_2015=354))
    workspace.write_commentary("SP12", Q3, f"{text} More.")
    state = workspace.commentary("SP12", Q3, Audience.WORKING).used[0].state
    assert state is FigureState.CHANGED
    assert workspace.keep_figure("SP12", Q3, "domestic-burglary.quarter").commentary
    workspace.clear_measures([BURGLARY], Q3.end)  # a revised figure waits for its board again
    assert workspace.commentary("SP12", Q3, Audience.WORKING).used[0].state is FigureState.CURRENT
    workspace.undo()
    assert "changed figures" in (workspace.undoable() or "")
    workspace.undo()
    assert workspace.commentary("SP12", Q3, Audience.WORKING).used[0].state is FigureState.CHANGED


@pytest.mark.parametrize(
    ("state", "read_by"),
    [
        (ClearanceState.WAITING, {Audience.WORKING}),
        (ClearanceState.EXEMPT, {Audience.WORKING, Audience.RESTRICTED}),
        (ClearanceState.CONFIDENTIAL, {Audience.WORKING}),
        (ClearanceState.EMBARGOED, {Audience.WORKING}),
    ],
)
def test_a_paragraph_can_be_held_by_hand_in_four_ways(
    workspace: Workspace, state: ClearanceState, read_by: set[Audience]
) -> None:
    words = "The review of the shift pattern is still before its board."
    workspace.write_commentary("SP12", Q3, f"Open.\n\n{{{{{hold_mark(state)}}}}} {words}")
    for audience in Audience:
        first, second = workspace.commentary("SP12", Q3, audience).paragraphs
        assert first.text == "Open."
        assert (words in second.text) is (audience in read_by)
        assert bool(second.held_words) is (audience not in read_by)
    held = held_texts(workspace.facts(), Q3.end, Audience.PUBLIC)
    assert any(words.startswith(one.text) for one in held), "the last gate does not search for the paragraph"
    known = held_texts(workspace.facts(), Q3.end, Audience.RESTRICTED)
    assert any(words.startswith(one.text) for one in known) is (Audience.RESTRICTED not in read_by)


def test_a_sentence_that_may_point_to_a_person_is_told_to_the_writer_until_it_is_held(workspace: Workspace) -> None:
    words = "All 99 reports came from one person."
    workspace.write_commentary("SP12", Q3, words)
    assert workspace.commentary("SP12", Q3, Audience.WORKING).identifying == (words,)
    assert workspace.commentary("SP12", Q3, Audience.PUBLIC).identifying == ()
    workspace.write_commentary("SP12", Q3, f"{{{{{hold_mark(ClearanceState.WAITING)}}}}} {words}")
    assert workspace.commentary("SP12", Q3, Audience.WORKING).identifying == ()


def test_what_is_typed_is_kept_beside_what_is_written(workspace: Workspace) -> None:
    workspace.write_commentary("SP12", Q3, "Written.", finished=True)
    workspace.keep_draft("SP12", Q3, "Written, and half a")
    page = workspace.commentary("SP12", Q3, Audience.WORKING)
    assert (page.text, page.draft, page.finished) == ("Written, and half a", True, False)
    assert read(workspace, Audience.PUBLIC) == ["Written."]
    workspace.write_commentary("SP12", Q3, "Written.")
    page = workspace.commentary("SP12", Q3, Audience.WORKING)
    assert (page.text, page.draft, page.finished) == ("Written.", False, True)


def test_finished_is_undone_by_other_words(workspace: Workspace) -> None:
    workspace.write_commentary("SP12", Q3, "Done.")
    workspace.finish_commentary("SP12", Q3, finished=True, by="Performance officer")
    page = workspace.commentary("SP12", Q3, Audience.WORKING)
    assert (page.finished, page.by, page.on) == (True, "Performance officer", datetime(2016, 2, 26, 14, 32))
    workspace.write_commentary("SP12", Q3, "Done. Or not.")
    assert not workspace.commentary("SP12", Q3, Audience.WORKING).finished


def test_last_quarter_reads_as_it_read_then(workspace: Workspace) -> None:
    workspace.write_commentary("SP12", Q3.shifted(-3), "There were {{domestic-burglary.quarter}}.")
    workspace.accept(review_of(workspace, july_2015=310))
    page = workspace.commentary("SP12", Q3, Audience.WORKING)
    assert [one.text for one in page.earlier] == ["There were 900."]
    assert page.earlier_period == Q3.shifted(-3)


def test_a_published_quarter_reads_as_printed_and_says_what_changed_since(workspace: Workspace) -> None:
    workspace.write_commentary("SP12", Q3, "There were {{domestic-burglary.quarter}} offences.")
    meeting = workspace.meeting(Q3)
    assert meeting is not None
    pack = PublishedPack(
        meeting.number, Audience.PUBLIC, "pack.pdf", hashlib.sha256(b"%PDF").hexdigest(), 4, 1,
        datetime(2016, 3, 15, 9), "Secretariat officer",
        workspace._file.log_head(), (PrintedFigure("SP12, paragraph 3", "domestic-burglary.quarter", "951"),),
    )  # fmt: skip
    workspace._changed(workspace._file.publish(pack, b"%PDF", "Secretariat officer"))
    workspace.accept(review_of(workspace, december_2015=354))
    page = workspace.commentary("SP12", Q3, Audience.WORKING)
    assert page.read_only_reason == "Published 15 March 2016. The commentary cannot change."
    assert [one.text for one in page.paragraphs] == ["There were 951 offences."]
    assert (page.used[0].before, page.used[0].shown) == ("951", "954")
    with pytest.raises(UserError, match="is published"):
        workspace.write_commentary("SP12", Q3, "Otherwise.")


def test_a_paragraph_with_a_held_figure_is_for_the_writers_alone(workspace: Workspace) -> None:
    workspace.accept(review_of(workspace, "licensed-premises-incidents", december_2015=310))
    workspace.write_commentary("SP3", Q3, "Open.\n\nThere were {{licensed-premises-incidents.quarter}} incidents.")
    public = workspace.commentary("SP3", Q3, Audience.PUBLIC)
    assert [one.text for one in public.paragraphs] == ["Open.", ""]
    assert public.paragraphs[1].held_words == "Not published before it has passed its board"
    assert (public.text, public.offered, public.used, public.suggested) == ("", (), (), ())
    working = workspace.commentary("SP3", Q3, Audience.WORKING)
    assert working.paragraphs[1].text == "There were 910 incidents."


def test_the_sample_quarter_has_finished_commentary_on_every_priority(sample_panel: Path) -> None:
    with Workspace.open(sample_panel, sample_clock, read_only=True) as opened:
        period = opened.default_period()
        priorities = [one.code for one in opened.facts().plan.priorities]
        pages = [opened.commentary(code, period, Audience.WORKING) for code in priorities]
        earlier = [opened.commentary(code, period.shifted(-3), Audience.WORKING) for code in priorities]
    assert len(pages) == 18
    assert all(page.finished and page.by == OFFICER for page in pages)
    states = {figure.state for page in (*pages, *earlier) for figure in page.used}
    assert states == {FigureState.CURRENT, FigureState.HELD}
    assert all(page.used for page in pages)
    assert sum(1 for page in pages if page.earlier) >= 3


def test_the_sample_tells_the_public_nothing_of_the_embargoed_figures(sample_panel: Path) -> None:
    with Workspace.open(sample_panel, sample_clock, read_only=True) as opened:
        page = opened.commentary("SP3", opened.default_period(), Audience.PUBLIC)
        written = opened.commentary("SP3", opened.default_period(), Audience.WORKING)
    assert [bool(one.held_words) for one in page.paragraphs] == [False, True, False]
    assert page.paragraphs[1].held_words == "Not published before national release"
    held = [figure.shown for figure in written.used if figure.covered]
    assert held
    assert not any(shown in one.text for shown in held for one in page.paragraphs)
