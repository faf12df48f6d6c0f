"""Made the panel file of schema 1, once, when that schema was released; kept to say what is in it."""

from __future__ import annotations

from pathlib import Path

from pcp_desktop.store.panel_file import PanelFile
from tests.store import examples

PLACE = Path(__file__).parent / "schema_1.pcp"


def make(path: Path) -> None:
    """A small panel file in which every verb has left its trace."""
    with PanelFile.create(path, examples.contents(), examples.NOW, examples.BY) as panel:
        panel.add_plan(examples.contents("2017-21"), examples.later(1), examples.BY)
        panel.accept(examples.new(4), examples.later(2), examples.BY)
        panel.accept(examples.revised(2), examples.later(3), examples.BY)
        panel.record_clearances([examples.clearance("m0")], examples.later(4), examples.BY)
        panel.undo(examples.later(5), examples.BY)
        panel.accept(examples.money(), examples.later(6), examples.BY)


if __name__ == "__main__":
    PLACE.unlink(missing_ok=True)
    make(PLACE)
