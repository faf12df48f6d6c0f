"""A shared copy holds what the public may see: no held figure is in any of its bytes, in whatever form."""

from __future__ import annotations

import sqlite3
import struct
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.observations import Observation
from pcp_desktop.errors import UserError
from pcp_desktop.workspace import Workspace
from pcp_desktop.workspace.sample import sample_clock


@pytest.fixture
def shared(sample_panel: Path, tmp_path: Path) -> Path:
    with Workspace.open(sample_panel, sample_clock) as workspace:
        return workspace.share(tmp_path / "out" / "copy.pcp", workspace.default_period())


def treatment(panel: Path) -> list[Observation]:
    """The figures that are embargoed in the sample quarter."""
    with Workspace.open(panel, sample_clock, read_only=True) as workspace:
        facts = workspace.facts()
    embargoed = {measure.code for measure in facts.measures if measure.embargoed_until}
    return [one for one in facts.observations if one.key.measure in embargoed]


def test_a_copy_opens_as_a_sound_panel_file_that_shows_the_public_the_same(sample_panel: Path, shared: Path) -> None:
    with Workspace.open(shared, sample_clock) as copy, Workspace.open(sample_panel, sample_clock) as original:
        assert copy.verify().ok
        period = original.default_period()
        theirs, ours = (one.overview(period, Audience.PUBLIC) for one in (copy, original))
        assert [(row.label, row.latest.shown, row.status, row.position_shown) for row in theirs.all_rows] == [
            (row.label, row.latest.shown, row.status, row.position_shown) for row in ours.all_rows
        ]
        assert copy.undoable() is None
        assert [len(agenda.items) for agenda in copy.facts().agendas] == [10]


def test_no_held_figure_is_in_its_bytes_as_text_or_as_a_number(sample_panel: Path, shared: Path) -> None:
    content = shared.read_bytes()
    held = treatment(sample_panel)
    assert len(held) > 30
    for one in held:
        assert one.value is not None
        for written in (f"{one.value:.2f}", f"{one.value / 100:.4f}"):
            assert written.encode() not in content
        assert struct.pack(">d", one.value) not in content
    original = sample_panel.read_bytes()
    assert any(struct.pack(">d", one.value) in original for one in held), "the search finds what is there"


def test_small_counts_drafts_answers_workbooks_and_exempt_papers_stay_behind(
    sample_panel: Path, shared: Path, tmp_path: Path
) -> None:
    with Workspace.open(shared, sample_clock, read_only=True) as copy:
        facts = copy.facts()
    assert facts.drafts == () and facts.answers == ()
    assert not [item for agenda in facts.agendas for item in agenda.items if item.exemption and item.paper]
    with closing(sqlite3.connect(shared)) as connection:
        contents = [bytes(content) for (content,) in connection.execute("SELECT content FROM file_contents")]
    assert not [content for content in contents if content.startswith((b"PK", b"\xd0\xcf"))], "no received workbook"
    quarters = [one.key.period.label for one in facts.observations if one.key.measure == "cse-referrals"]
    assert all(label.count("/") and not label.startswith("Q") for label in quarters)


def test_its_log_begins_with_where_it_is_from(sample_panel: Path, shared: Path) -> None:
    with Workspace.open(sample_panel, sample_clock, read_only=True) as original:
        head = original.verify().log_head
    with closing(sqlite3.connect(shared)) as connection:
        entries = connection.execute("SELECT verb, summary FROM change_log").fetchall()
    assert [verb for verb, _ in entries] == ["copy made"]
    assert head in entries[0][1]


def test_a_leak_stops_the_copy_and_leaves_what_was_there(
    sample_panel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "copy.pcp"
    out.write_bytes(b"what was there")
    held = treatment(sample_panel)[0]
    with Workspace.open(sample_panel, sample_clock) as workspace:
        whole = workspace.facts()
        leaking = replace(whole, panel=whole.panel, plan=replace(whole.plan, name=f"Plan {held.value:.2f}%"))
        monkeypatch.setattr("pcp_desktop.analysis.disclosure.releasable", lambda *_arguments: leaking)
        with pytest.raises(UserError) as caught:
            workspace.share(out, workspace.default_period())
    assert f"{held.value:.2f}" not in str(caught.value)
    assert out.read_bytes() == b"what was there"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.pcp", sample_panel.name]


def test_the_panel_file_itself_is_never_replaced(sample_panel: Path) -> None:
    before = sample_panel.read_bytes()
    with (
        Workspace.open(sample_panel, sample_clock, read_only=True) as workspace,
        pytest.raises(UserError, match="the panel file itself"),
    ):
        workspace.share(sample_panel, workspace.default_period())
    assert sample_panel.read_bytes() == before
