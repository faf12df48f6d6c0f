"""A meeting's agenda changes in whole deeds, its papers are kept, and a published pack is frozen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pcp_desktop.domain.meetings import AgendaItem, ItemKind
from pcp_desktop.errors import UserError
from pcp_desktop.store.panel_file import PanelFile
from tests.store import examples
from tests.store.examples import AGENDA, BY, MEETING, NOW, later

PAPER = ("victims.pdf", b"%PDF-1.7 a paper")


@pytest.fixture
def panel(tmp_path: Path) -> PanelFile:
    return PanelFile.create(tmp_path / "a.pcp", examples.contents(), NOW)


def test_a_new_panel_file_has_the_agenda_its_plan_ships(panel: PanelFile) -> None:
    with panel:
        assert panel.facts(NOW).agendas == (AGENDA,)
        assert panel.undoable() is None
        assert panel.verify().ok


def test_items_move_come_and_go_in_one_deed_that_can_be_undone(panel: PanelFile) -> None:
    with panel:
        first, second, _third, last = AGENDA.items
        added = AgendaItem(0, ItemKind.VERBAL, "A further item")
        wanted = replace(AGENDA, items=(last, first, added, second))
        changes = panel.write_agenda(wanted, later(1), BY)
        assert changes.meetings and not changes.final
        (agenda,) = panel.facts(NOW).agendas
        assert [item.title for item in agenda.items] == [item.title for item in wanted.items]
        assert agenda.items[2].key == 5
        assert agenda.number_of(5) == 3
        assert not panel.write_agenda(agenda, later(2), BY)
        assert panel.verify().ok
        panel.undo(later(3), BY)
        assert panel.facts(NOW).agendas == (AGENDA,)
        panel.redo(later(4), BY)
        assert panel.facts(NOW).agendas == (agenda,)
        assert panel.verify().ok


def test_a_received_paper_is_kept_with_its_item(panel: PanelFile) -> None:
    with panel:
        panel.receive_paper(MEETING, 3, PAPER, later(1), BY)
        paper = panel.facts(NOW).agendas[0].items[2].paper
        assert paper is not None
        assert (paper.name, paper.size, paper.received) == (PAPER[0], len(PAPER[1]), later(1))
        assert panel.received_content(paper.sha256) == PAPER[1]
        agenda = panel.facts(NOW).agendas[0]
        panel.write_agenda(replace(agenda, items=agenda.items[::-1]), later(2), BY)
        assert panel.facts(NOW).agendas[0].items[1].paper == paper
        panel.undo(later(3), BY)
        panel.undo(later(4), BY)
        assert panel.facts(NOW).agendas == (AGENDA,)
        assert panel.verify().ok


def test_a_published_pack_is_frozen_with_its_agenda(panel: PanelFile) -> None:
    pack, content = examples.pack()
    with panel:
        assert panel.publish(pack, content, BY).final
        facts = panel.facts(NOW)
        assert facts.packs == (pack,)
        assert panel.received_content(pack.sha256) == content
        assert panel.verify().ok
        with pytest.raises(UserError, match="published already"):
            panel.publish(pack, content, BY)
        with pytest.raises(UserError, match="is published"):
            panel.write_agenda(replace(AGENDA, items=()), later(1), BY)
        with pytest.raises(UserError, match="is published"):
            panel.receive_paper(MEETING, 3, PAPER, later(1), BY)
        assert panel.facts(NOW) == facts


def test_a_pack_with_other_bytes_than_described_is_a_bug(panel: PanelFile) -> None:
    pack, content = examples.pack()
    with panel:
        with pytest.raises(ValueError, match=r"Pack\.pdf"):
            panel.publish(pack, content + b" ", BY)
        assert panel.facts(NOW).packs == ()
