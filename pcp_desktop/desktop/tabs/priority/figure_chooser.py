"""The list that Ctrl+. opens over the commentary: every figure the priority offers, found by typing its words."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from pcp_desktop.desktop.commands import CommandPalette, Entry, Prompt
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.commentary import LiveFigure

EMBARGOED = "embargoed"
INSERT = Prompt(
    name="Insert a live figure",
    question="Type words of the figure: latest, change, quarter, rank, status …",
    field="Live figure",
    keys=(("↑↓", "move"), ("Enter", "insert"), ("Esc", "close")),
    most=60,
)
HOLD = Prompt(
    name="Hold the paragraph",
    question="Why is the paragraph held from the public?",
    field="Why it is held",
    keys=(("↑↓", "move"), ("Enter", "hold"), ("Esc", "close")),
    most=10,
)


def shown_of(figure: LiveFigure, revealed: bool) -> str:
    """What stands for a figure on the screen: its text, or that it is embargoed."""
    return EMBARGOED if figure.covered and not revealed else figure.shown


def choose_figure(
    parent: QWidget,
    appearance: Appearance,
    offered: tuple[LiveFigure, ...],
    choose: Callable[[LiveFigure], None],
    *,
    revealed: bool,
    instead_of: str = "",
    prompt: Prompt = INSERT,
) -> CommandPalette:
    """Open the list over `parent`; `choose` gets the figure, and nothing happens where Esc closes it.

    `instead_of` is the field that stands there now; its measure comes first.
    """
    own = instead_of.rpartition(".")[0]
    ordered = sorted(offered, key=lambda figure: figure.field.rpartition(".")[0] != own) if own else offered
    entries = [
        Entry(
            section=figure.group,
            words=figure.words,
            act=partial(choose, figure),
            detail=shown_of(figure, revealed),
            icon="lock" if figure.held_words else "chart-line",
            also=f"{figure.group} {figure.field.rpartition('.')[2].replace('_', ' ')}",
        )
        for figure in ordered
    ]
    chooser = CommandPalette(parent, appearance, entries, prompt)
    chooser.open()
    return chooser
