"""Undo and redo: takes back the last accepted return, does it again, and names both in the menu."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:  # the first window opens before any of these is needed
    from pcp_desktop.desktop.jobs import Jobs
    from pcp_desktop.desktop.menus import Menus
    from pcp_desktop.desktop.messages import Messages
    from pcp_desktop.desktop.panel import Panel
    from pcp_desktop.domain.changes import Changes

UNDO, REDO = "Undo", "Redo"
UNDO_KEYS, REDO_KEYS = "Ctrl+Z", "Ctrl+Y"


class Undoing(QObject):
    """Follows one panel file; `changed` gives the Changes of every verb that altered it."""

    changed = Signal(object)

    def __init__(self, parent: QObject, jobs: Jobs, messages: Messages) -> None:
        super().__init__(parent)
        self._jobs, self._messages = jobs, messages
        self._panel: Panel | None = None
        self.menus: Menus | None = None

    def follow(self, panel: Panel) -> None:
        """Undo and redo in this panel file from now on."""
        self._panel = panel
        self._ask()

    def undo(self) -> None:
        """Take back the last accepted return or edit."""
        if self._panel is not None:
            self._run(self._panel.undo, self._tell_undone, "Taking it back", "Nothing was taken back")

    def redo(self) -> None:
        """Do again what was taken back last."""
        if self._panel is not None:
            self._run(self._panel.redo, self.take, "Doing it again", "Nothing was done again")

    @Slot(object)
    def take(self, changes: Changes) -> None:
        """Say what a verb did and offer to undo it, where it can be undone."""
        self._tell(changes, None if changes.final else (UNDO, self.undo))

    def _tell_undone(self, changes: Changes) -> None:
        self._tell(changes, (REDO, self.redo))

    def _run(self, verb: Callable[[], Changes], done: Callable[[Changes], None], words: str, title: str) -> None:
        self._jobs.start(lambda _progress: verb(), done, words=words, title=title, cancellable=False)

    def _tell(self, changes: Changes, offer: tuple[str, Callable[[], None]] | None) -> None:
        from pcp_desktop.desktop.marks import Notice

        if not changes:
            self._messages.bar(changes.summary)
            return
        self._messages.bar(changes.summary, Notice.DONE, offer)
        self.changed.emit(changes)
        self._ask()

    def _ask(self) -> None:
        panel = self._panel
        if panel is not None:
            self._jobs.start(
                lambda _progress: (panel.undoable(), panel.redoable()),
                self._name,
                words="Reading what was done",
                replaces="undoing",
            )

    def _name(self, found: tuple[str | None, str | None]) -> None:
        """Write into the menu what undo and redo are about."""
        if self.menus is not None:
            for verb, about in zip((UNDO, REDO), found, strict=True):
                self.menus.reword(verb, f"{verb}: {_begun_small(about)}" if about else verb)


def _begun_small(words: str) -> str:
    """The words with a small first letter, unless they begin with a name in capitals."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]
