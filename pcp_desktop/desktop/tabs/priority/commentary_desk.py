"""Reads a priority's commentary and keeps it: the draft while it is typed, the text when it is left or finished."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from pcp_desktop.desktop.tab import Surroundings, View
from pcp_desktop.desktop.tabs.priority.commentary_panel import CommentaryPanel
from pcp_desktop.domain.changes import Changes
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.commentary import CommentaryPage, held_by, measure_of
from pcp_desktop.domain.held_access import HeldFigures

KEEP_AFTER = 800  # ms without a key


class CommentaryDesk(QObject):
    """Stands between the panel of the commentary and the panel file; `altered` hands on what a verb changed."""

    altered = Signal(object)

    def __init__(self, panel: CommentaryPanel, surroundings: Surroundings) -> None:
        super().__init__(panel)
        self.panel = panel
        self._surroundings = surroundings
        self._wanted: tuple[View, str] | None = None
        # What stands in the text: until the wanted page is read, what is typed still belongs to the one before.
        self._shown: tuple[View, str] | None = None
        self._revealed = False
        self._unkept = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(KEEP_AFTER)
        self._pause.timeout.connect(self.keep)
        panel.edited.connect(self._take_edit)
        panel.finish_wanted.connect(self.finish)
        panel.figure_accepted.connect(self._accept)
        for text in (panel.text, panel.earlier):
            text.held_copied.connect(self._record_copy)

    # ------------------------------------------------------------ reading

    def look(self, view: View, code: str) -> None:
        """Show the commentary on a priority; what is typed into another is written first, into the same kept."""
        if (view, code) != self._wanted:
            self.leave()
            self._revealed = False
        else:
            self.keep()
        self._wanted = view, code
        panel, period, audience = view.panel, view.period, view.audience
        self._surroundings.jobs.start(
            lambda _progress: panel.commentary(code, period, audience),
            partial(self._show, (view, code)),
            words="Reading the commentary",
            replaces="commentary",
        )

    def cover(self) -> None:
        """Let go of the text on show, once what is typed is written."""
        self.leave()
        self._shown = self._wanted = None
        self.panel.cover()

    def reveal(self, revealed: bool) -> None:
        """Show embargoed figures in the text, or cover them again."""
        self._revealed = revealed
        self.panel.reveal(revealed)

    def _show(self, place: tuple[View, str], page: CommentaryPage) -> None:
        if place != self._shown:
            self.leave()
        self._shown = place
        for text in (self.panel.text, self.panel.earlier):
            text.may_copy_held = not place[0].panel.read_only_reason
        self.panel.show_page(page, revealed=self._revealed)

    @Slot(object)
    def _record_copy(self, fields: tuple[str, ...]) -> None:
        """Record that held figures of the commentary were copied."""
        if self._shown is None:
            return
        view, code = self._shown
        figures = [field for field in fields if held_by(field) is None]
        measures = tuple(dict.fromkeys(measure_of(field) for field in figures))
        what = HeldFigures(f"Commentary on {code}", measures, view.period.label, len(figures))
        self._surroundings.jobs.start(
            lambda _progress: view.panel.held_copied(what),
            lambda _none: None,
            words="Recording the copy",
            title="The copy was not recorded",
            cancellable=False,
        )

    # ------------------------------------------------------------ keeping

    @Slot()
    def _take_edit(self) -> None:
        self._unkept = True
        self._pause.start()

    @Slot()
    def keep(self) -> None:
        """Keep what is typed as a draft now."""
        self._pause.stop()
        if not self._unkept or self._shown is None:
            return
        view, code = self._shown
        if view.audience is not Audience.WORKING:
            return
        self._unkept = False
        text = self.panel.text.stored()
        self._surroundings.jobs.start(
            lambda _progress: view.panel.keep_draft(code, view.period, text),
            lambda _none: None,
            words="Keeping the draft",
            title="Draft not kept",
            cancellable=False,
        )

    @Slot()
    def leave(self) -> None:
        """Write what was typed, because the person goes elsewhere."""
        if self.panel.typed:
            self.write()

    @Slot()
    def write(self) -> None:
        """Write the text as it stands; one deed that can be undone."""
        self._write(None)

    @Slot(bool)
    def finish(self, finished: bool = True) -> None:
        """Write the text and mark it as finished; or take the mark back."""
        if finished and not self.panel.text.toPlainText().strip():
            self._surroundings.messages.bar("Nothing is written yet. Write the commentary, then finish it.")
        elif finished:
            self._write(finished=True)
        elif self._shown is not None:
            view, code = self._shown
            self._run(lambda: view.panel.finish_commentary(code, view.period, False))

    def _write(self, finished: bool | None) -> None:
        if self._shown is None or self.panel.text.isReadOnly():
            return
        view, code = self._shown
        self._pause.stop()
        self._unkept = False
        text, period, panel = self.panel.text.stored(), view.period, view.panel
        self.panel.take_written()

        def verb() -> Changes:
            panel.keep_draft(code, period, text)  # what was typed is kept, also where it cannot be written
            return panel.write_commentary(code, period, text, finished=finished)

        self._run(verb)

    @Slot(str)
    def _accept(self, field: str) -> None:
        self.leave()  # accepting writes the text, and what is typed beside it is not to be lost
        if self._shown is not None:
            view, code = self._shown
            self._run(lambda: view.panel.keep_figure(code, view.period, field))

    def _run(self, verb: Callable[[], Changes]) -> None:
        self._surroundings.jobs.start(
            lambda _progress: verb(),
            self._take,
            words="Writing the commentary",
            title="Commentary not written",
            cancellable=False,
        )

    def _take(self, changes: Changes) -> None:
        """Hand on what was changed; where nothing was, the page is read again, because the draft is gone."""
        if changes:
            self.altered.emit(changes)
        elif self._wanted is not None:
            self.look(*self._wanted)
