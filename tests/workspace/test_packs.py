"""A meeting's pack from the sample quarter: set, searched, published whole, and then left alone."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pikepdf
import pytest

from pcp_desktop import paths
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.meetings import NEW_MEETING, AgendaItem, ItemKind, Meeting
from pcp_desktop.domain.packs import PackPage, Standing
from pcp_desktop.domain.periods import quarter
from pcp_desktop.errors import Cancelled, UserError
from pcp_desktop.papers.parts import parts_of
from pcp_desktop.workspace import Workspace
from pcp_desktop.workspace.sample import SAMPLE_NOW, sample_clock

PUBLIC, RESTRICTED = Audience.PUBLIC, Audience.RESTRICTED
MEETING = 0
EXEMPT, RECEIVED, REPORT = 8, 5, 7


@pytest.fixture(scope="module")
def made(sample_panel_as_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The sample quarter with both packs built; the tests that share it change nothing."""
    path = tmp_path_factory.mktemp("packs") / "panel.pcp"
    shutil.copyfile(sample_panel_as_made, path)
    with Workspace.open(path, sample_clock) as workspace:
        for audience in (PUBLIC, RESTRICTED):
            workspace.build_pack(MEETING, audience)
        yield workspace


@pytest.fixture
def workspace(sample_panel: Path) -> Iterator[Workspace]:
    with Workspace.open(sample_panel, sample_clock) as opened:
        yield opened


def text_of(path: Path) -> str:
    return "\n".join(part.text for part in parts_of(path))


def ranges(page: PackPage) -> dict[str, str]:
    return {line.title: line.pages for line in page.lines if line.pages}


# ---------------------------------------------------------------- the pack as it stands


def test_before_it_is_built_a_pack_has_its_agenda_and_no_pages(workspace: Workspace) -> None:
    page = workspace.pack_page(MEETING, PUBLIC)
    assert not page.built
    assert len(page.lines) == 11
    assert ranges(page) == {}
    assert page.deadline.day == date(2016, 3, 15)


def test_both_packs_give_an_item_the_same_pages(made: Workspace) -> None:
    public, restricted = made.pack_page(MEETING, PUBLIC), made.pack_page(MEETING, RESTRICTED)
    assert {line.key: line.first_page for line in public.lines} == {
        line.key: line.first_page for line in restricted.lines
    }
    exempt = {page.audience: page.lines[EXEMPT] for page in (public, restricted)}
    assert exempt[PUBLIC].first_page == exempt[PUBLIC].last_page  # one page stands for the papers
    assert exempt[RESTRICTED].last_page > exempt[RESTRICTED].first_page
    assert len(restricted.page_numbers) > len(public.page_numbers)


def test_the_page_says_of_a_received_paper_that_it_is_not_accessible(made: Workspace) -> None:
    page = made.pack_page(MEETING, PUBLIC)
    standings = {line.key: line.standing for line in page.lines}
    assert standings[RECEIVED] is Standing.DONE
    assert standings[RECEIVED + 1] is Standing.DECIDE
    assert "Force change programme update" in page.honest_line
    assert page.counted(Standing.STOPS) == 0


def test_every_page_has_its_picture(made: Workspace) -> None:
    page = made.pack_page(MEETING, PUBLIC)
    for number in (page.page_numbers[0], page.page_numbers[-1]):
        assert made.page_picture(MEETING, PUBLIC, number, 200).startswith(b"\x89PNG")
    with pytest.raises(ValueError, match="not in tuple"):
        made.page_picture(MEETING, PUBLIC, 99, 200)


def test_a_draft_of_the_public_pack_holds_nothing_of_the_exempt_item(made: Workspace, tmp_path: Path) -> None:
    public = text_of(made.draft_pack(MEETING, PUBLIC, tmp_path / "public.pdf"))
    restricted = text_of(made.draft_pack(MEETING, RESTRICTED, tmp_path / "restricted.pdf"))
    told = "Not for publication: Schedule 12A, paragraph 1"
    assert told in restricted
    assert told not in public
    assert "Strategic Priority 12" in public


def test_moving_an_item_moves_its_pages_and_undo_puts_them_back(workspace: Workspace) -> None:
    agenda = workspace.agenda(MEETING)
    items = [item for item in agenda.items if item.key != REPORT]
    workspace.write_agenda(replace(agenda, items=tuple(items)))
    before = ranges(workspace.build_pack(MEETING, PUBLIC))
    items.insert(4, items.pop(5))
    workspace.write_agenda(replace(agenda, items=tuple(items)))
    assert not workspace.pack_page(MEETING, PUBLIC).built
    after = ranges(workspace.build_pack(MEETING, PUBLIC))
    assert before["Victim services update"].startswith("3")
    assert after["Force change programme update"].startswith("3")
    workspace.undo()
    assert ranges(workspace.build_pack(MEETING, PUBLIC)) == before


def test_a_build_that_is_cancelled_leaves_nothing(workspace: Workspace) -> None:
    def cancelled(words: str, done: int, of: int) -> None:
        assert done <= of
        if "report" in words:
            raise Cancelled

    with pytest.raises(Cancelled):
        workspace.build_pack(MEETING, PUBLIC, cancelled)
    assert not workspace.pack_page(MEETING, PUBLIC).built


def test_a_pack_that_holds_what_is_held_is_not_written(workspace: Workspace, tmp_path: Path) -> None:
    measure = next(one for one in workspace.facts().measures if one.embargoed_until and one.decimals == 2)
    held = next(one for one in workspace.facts().observations if one.key.measure == measure.code and one.value)
    agenda = workspace.agenda(MEETING)
    leak = f"{held.value:.{measure.decimals}f}%"
    told = AgendaItem(0, ItemKind.VERBAL, "Treatment", note=f"Treatment completed stood at {leak}.")
    workspace.write_agenda(replace(agenda, items=(told,)))
    out = tmp_path / "pack.pdf"
    with pytest.raises(UserError, match="may not be published") as stopped:
        workspace.draft_pack(MEETING, PUBLIC, out)
    assert leak not in str(stopped.value)
    assert not out.exists()


# ---------------------------------------------------------------- published


@pytest.fixture(scope="module")
def published(sample_panel_as_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The sample quarter with its packs published."""
    path = tmp_path_factory.mktemp("published") / "panel.pcp"
    shutil.copyfile(sample_panel_as_made, path)
    with Workspace.open(path, sample_clock) as workspace:
        head = workspace._file.log_head()
        changes = workspace.publish(MEETING, "Democratic Services")
        assert changes.meetings
        assert {pack.log_head for pack in workspace.facts().packs} == {head}
        yield workspace


def test_publishing_keeps_both_packs_with_checksum_role_and_figures(published: Workspace) -> None:
    packs = {pack.audience: pack for pack in published.facts().packs}
    assert set(packs) == {PUBLIC, RESTRICTED}
    for pack in packs.values():
        content = published._file.received_content(pack.sha256)
        assert hashlib.sha256(content).hexdigest() == pack.sha256
        with pikepdf.open(io.BytesIO(content)) as document:
            assert len(document.pages) == pack.pages
        assert (pack.by, pack.published) == ("Democratic Services", SAMPLE_NOW)
    figures = {(figure.place, figure.field): figure.shown for figure in packs[PUBLIC].figures}
    in_text = [place for place, _field in figures if re.fullmatch(r"SP\d+, commentary paragraph \d+", place)]
    assert len({place.split(",")[0] for place in in_text}) >= 15
    assert any(place.startswith("Table of SP12") for place, _field in figures)
    assert published.verify().ok


def test_a_published_pack_prints_the_head_of_the_log(published: Workspace, tmp_path: Path) -> None:
    text = text_of(published.draft_pack(MEETING, PUBLIC, tmp_path / "copy.pdf"))
    (pack,) = [pack for pack in published.facts().packs if pack.audience is PUBLIC]
    assert pack.log_head in re.sub(r"\s", "", text)


def test_a_published_pack_is_shown_from_its_bytes(published: Workspace, made: Workspace, tmp_path: Path) -> None:
    for audience in (PUBLIC, RESTRICTED):
        page, draft = published.pack_page(MEETING, audience), made.pack_page(MEETING, audience)
        assert page.published is not None
        assert page.read_only_reason == "Published 26 February 2016. Figures cannot change."
        assert page.page_numbers == draft.page_numbers
        assert ranges(page) == ranges(draft)
        assert {line.standing for line in page.readiness} == {Standing.DONE}
        assert page.published.sha256 in "".join(line.title.replace(" ", "") for line in page.readiness)
        copy = published.draft_pack(MEETING, audience, tmp_path / f"{audience}.pdf").read_bytes()
        assert hashlib.sha256(copy).hexdigest() == page.published.sha256
        assert published.page_picture(MEETING, audience, 1, 100).startswith(b"\x89PNG")


def test_a_paper_is_looked_at_when_it_comes(workspace: Workspace, tmp_path: Path) -> None:
    before = workspace.agenda(MEETING)
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(b"Dear all")
    with pytest.raises(UserError, match="is not a PDF"):
        workspace.receive_paper(MEETING, RECEIVED, letter)
    assert workspace.agenda(MEETING) == before
    paper = paths.sample_workbooks() / "received" / "force change programme update.pdf"
    changes = workspace.receive_paper(MEETING, RECEIVED, paper)
    assert changes.summary.endswith(
        ". It has no tags, so the front sheet will say that a screen reader finds only its text"
    )


def test_after_publishing_agenda_papers_and_commentary_cannot_change(published: Workspace, tmp_path: Path) -> None:
    agenda = published.agenda(MEETING)
    paper = paths.sample_workbooks() / "received" / "victim services update.pdf"
    with pytest.raises(UserError, match="published"):
        published.write_agenda(replace(agenda, items=agenda.items[1:]))
    with pytest.raises(UserError, match="published"):
        published.receive_paper(MEETING, RECEIVED, paper)
    with pytest.raises(UserError, match="published"):
        published.write_commentary("SP12", quarter(2015, 3), "Another text.")
    with pytest.raises(UserError, match="published"):
        published.change_meeting(replace(agenda.meeting, time="2.00 pm"))
    with pytest.raises(UserError, match="published already"):
        published.publish(MEETING)
    assert published.undoable() is None


def test_what_is_not_ready_is_not_published(workspace: Workspace) -> None:
    agenda = workspace.agenda(MEETING)
    awaited = [replace(item, paper=None) if item.key == RECEIVED else item for item in agenda.items]
    workspace.write_agenda(replace(agenda, items=tuple(awaited)))
    with pytest.raises(UserError, match="not ready: The paper of item 5 has not been received"):
        workspace.publish(MEETING)
    assert workspace.facts().packs == ()


def test_a_panel_file_that_is_not_sound_publishes_nothing(workspace: Workspace) -> None:
    with closing(sqlite3.connect(workspace.path)) as connection:
        connection.execute("DROP TRIGGER change_log_is_never_updated")
        connection.execute("UPDATE change_log SET summary = 'Nothing.' WHERE number = 3")
        connection.commit()
    with pytest.raises(UserError, match="The panel file is not sound"):
        workspace.publish(MEETING)
    assert workspace.facts().packs == ()


# ---------------------------------------------------------------- meetings


def test_a_meeting_is_added_with_standing_items_members_and_contact(workspace: Workspace) -> None:
    period = quarter(2015, 2)
    meeting = Meeting(date(2015, 12, 16), "1.00 pm", "City Hall", period, NEW_MEETING)
    workspace.add_meeting(meeting)
    found = workspace.meeting(period)
    assert found == replace(meeting, number=1)
    agenda, first = workspace.agenda(1), workspace.agenda(MEETING)
    assert (agenda.members, agenda.notices, agenda.contact) == (first.members, first.notices, first.contact)
    assert agenda.items[0].title == "Minutes of the previous meeting"
    assert len({item.key for item in agenda.items}) == len(agenda.items)
    assert workspace.verify().ok
    workspace.undo()
    assert workspace.meeting(period) is None
    assert workspace.verify().ok
    workspace.redo()
    assert workspace.meeting(period) == found


def test_a_meeting_moves_to_another_day_and_back(workspace: Workspace) -> None:
    meeting = workspace.agenda(MEETING).meeting
    workspace.change_meeting(replace(meeting, day=date(2016, 3, 29)))
    assert workspace.pack_page(MEETING, PUBLIC).deadline.day == date(2016, 3, 17)  # over Easter
    assert workspace.verify().ok
    workspace.undo()
    assert workspace.agenda(MEETING).meeting == meeting
    assert datetime.combine(meeting.day, datetime.min.time()) > SAMPLE_NOW


def test_a_quarter_has_one_meeting(workspace: Workspace) -> None:
    second = replace(workspace.agenda(MEETING).meeting, day=date(2016, 4, 6), number=NEW_MEETING)
    with pytest.raises(UserError, match="looks at Q3 2015/16 already"):
        workspace.add_meeting(second)
