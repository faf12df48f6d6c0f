"""Makes the panel file of schema 3; run once when that schema was released, never again after it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pcp_desktop.domain.held_access import Access
from pcp_desktop.store.panel_file import PanelFile
from tests.store import examples

PLACE = Path(__file__).parent / "schema_3.pcp"


def make(path: Path) -> None:
    """A small panel file in which every verb has left its trace, a draft among them."""
    with PanelFile.create(path, examples.contents(), examples.NOW, examples.BY) as panel:
        panel.accept(replace(examples.new(4), given=(examples.ANSWER,)), examples.later(1), examples.BY)
        panel.write_commentary(examples.commentary(), examples.later(2), examples.BY)
        panel.write_commentary(
            examples.commentary("It rose to {{m0.latest}}, a little."), examples.later(3), examples.BY
        )
        panel.keep_draft("P2", examples.MEETING.latest_period, "Not yet", examples.later(4))
        panel.receive_paper(examples.MEETING, 3, ("victims.pdf", b"%PDF-1.7 a paper"), examples.later(5), examples.BY)
        agenda = panel.facts(examples.later(6)).agendas[0]
        first, second, third, last = agenda.items
        moved = replace(agenda, items=(first, last, second, third))
        panel.write_agenda(moved, examples.later(6), examples.BY)
        panel.record_clearances([examples.clearance("m0"), examples.exempt("m1")], examples.later(7), examples.BY)
        panel.move_board(examples.board_date(), examples.later(8), examples.BY)
        panel.tell([examples.recipient()], examples.later(9), examples.BY)
        panel.record_access(Access.COPIED, examples.HELD_TABLE, examples.later(9), examples.BY)
        panel.set_status(examples.status_set())
        panel.choose_limits(examples.limits(), examples.later(11), examples.BY)
        panel.publish(*examples.pack(), examples.BY)


if __name__ == "__main__":
    PLACE.unlink(missing_ok=True)
    make(PLACE)
