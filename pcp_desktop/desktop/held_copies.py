"""Held figures on their way out of the window: recorded first, then copied with their mark, or not at all."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from pcp_desktop.desktop.jobs import Jobs
from pcp_desktop.desktop.panel import Panel
from pcp_desktop.desktop.selectable_label import SelectableLabel
from pcp_desktop.domain.clearance import HELD_MARK
from pcp_desktop.domain.held_access import HeldFigures


def marked(words: str) -> str:
    """Copied words with the mark of held figures as their last line."""
    return f"{words.rstrip()}\n{HELD_MARK}\n"


def copy_held(jobs: Jobs, panel: Panel, what: HeldFigures, put: Callable[[], None]) -> None:
    """Record in the change log that held figures are copied, then `put` them on the clipboard; or say why not."""
    jobs.start(
        lambda _progress: panel.held_copied(what),
        lambda _none: put(),
        words="Recording the copy",
        title="Held figures not copied",
        cancellable=False,
    )


def copy_words(jobs: Jobs, panel: Panel, words: str, what: HeldFigures | None, said: Callable[[], None]) -> None:
    """Copy words, with mark and record where they hold held figures; `said` is called once they are copied."""

    def put() -> None:
        QGuiApplication.clipboard().setText(words if what is None else marked(words))
        said()

    if what is None:
        put()
    else:
        copy_held(jobs, panel, what, put)


def let_select(root: QWidget, *, allowed: bool) -> None:
    """Let the words of labels be selected and so copied, or not: a selection of held figures would carry no mark."""
    for label in root.findChildren(SelectableLabel):
        label.let_select(allowed=allowed)
