"""Commentaries are kept as written, undone and redone like everything else; a draft is kept as typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from pcp_desktop.errors import UserError
from pcp_desktop.store.panel_file import PanelFile
from tests.store import examples
from tests.store.examples import BY, MEETING, NOW, commentary, later


@pytest.fixture
def panel(tmp_path: Path) -> PanelFile:
    return PanelFile.create(tmp_path / "a.pcp", examples.contents(), NOW)


def test_writing_a_commentary_is_one_deed_that_can_be_undone_and_redone(panel: PanelFile) -> None:
    with panel:
        assert panel.write_commentary(commentary(), later(1), BY).commentary
        panel.write_commentary(commentary("Otherwise."), later(2), BY)
        assert panel.undo(later(3), BY).commentary
        (kept,) = panel.facts(NOW).commentaries
        assert (kept.text, kept.seen, kept.by, kept.on) == (commentary().text, commentary().seen, BY, later(1))
        panel.undo(later(4), BY)
        assert panel.facts(NOW).commentaries == ()
        panel.redo(later(5), BY)
        assert panel.facts(NOW).commentaries == (kept,)
        assert panel.verify().ok


def test_the_same_again_changes_nothing_and_no_words_take_it_away(panel: PanelFile) -> None:
    with panel:
        panel.write_commentary(commentary(), later(1), BY)
        assert not panel.write_commentary(commentary(), later(2), BY)
        assert panel.write_commentary(commentary("  \n"), later(3), BY).summary.startswith("Cleared")
        assert panel.facts(NOW).commentaries == ()


def test_marking_as_finished_says_so(panel: PanelFile) -> None:
    with panel:
        panel.write_commentary(commentary(), later(1), BY)
        changes = panel.write_commentary(commentary(finished=True), later(2), BY)
        assert changes.summary == "Marked the commentary on P1 for Q3 2015/16 as finished."
        assert panel.undoable() == "Marking the commentary on P1 for Q3 2015/16 as finished"


def test_a_draft_is_kept_as_typed_until_the_commentary_is_written(panel: PanelFile) -> None:
    with panel:
        panel.keep_draft("P1", MEETING.latest_period, "Half a sent", later(1))
        panel.keep_draft("P1", MEETING.latest_period, "Half a sentence ", later(2))
        assert [(one.text, one.on) for one in panel.facts(NOW).drafts] == [("Half a sentence ", later(2))]
        assert panel.undoable() is None
        panel.write_commentary(commentary(), later(3), BY)
        assert panel.facts(NOW).drafts == ()


def test_the_commentary_of_a_published_quarter_cannot_change(panel: PanelFile) -> None:
    with panel:
        panel.write_commentary(commentary(), later(1), BY)
        panel.publish(*examples.pack(), BY)
        with pytest.raises(UserError, match="Q3 2015/16 is published"):
            panel.write_commentary(commentary("Afterwards."), later(2), BY)
        assert panel.undoable() is None
        assert panel.facts(NOW).commentaries[0].text == commentary().text


def test_a_commentary_changed_behind_the_log_is_found(panel: PanelFile) -> None:
    with panel:
        panel.write_commentary(commentary(), later(1), BY)
        panel._connection.execute("UPDATE commentaries SET text = 'Forged.'")
        assert panel.verify().problems == (
            "1 of the commentaries, agenda items, packs, answers, board dates, recipients and judgements are not"
            " those that were written.",
        )
