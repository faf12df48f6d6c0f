"""Reads a priority's commentary and keeps it: the draft while it is typed, the text when it is left or finished."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from pcp_desktop.desktop.tab import Surroundings, View
from pcp_desktop.desktop.tabs.commentary_panel import CommentaryPanel
from pcp_desktop.domain.changes import Changes
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.commentary import CommentaryPage

KEEP_AFTER = 800  # ms without a key


class CommentaryDesk(QObject):
    """Stands between the panel of the commentary and the panel file; `altered` hands on what a verb changed."""

    altered = Signal(object)

    def __init__(self, panel: CommentaryPanel, surroundings: Surroundings) -> None:
        super().__init__(panel)
        self.panel = panel
        self._surroundings = surroundings
        self._view: View | None = None
        self._code = ""
        self._revealed = False
        self._unkept = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(KEEP_AFTER)
        self._pause.timeout.connect(self.keep)
        panel.edited.connect(self._take_edit)
        panel.finish_wanted.connect(self.finish)
        panel.figure_accepted.connect(self._accept)

    # ------------------------------------------------------------ reading

    def look(self, view: View, code: str) -> None:
        """Show the commentary on a priority; what is typed into another is written first, into the same kept."""
        if (view, code) != (self._view, self._code):
            self.leave()
            self._revealed = False
        else:
            self.keep()
        self._view, self._code = view, code
        panel, period, audience = view.panel, view.period, view.audience
        self._surroundings.jobs.start(
            lambda _progress: panel.commentary(code, period, audience),
            self._show,
            words="Reading the commentary",
            replaces="commentary",
        )

    def reveal(self, revealed: bool) -> None:
        """Show embargoed figures in the text, or cover them again."""
        self._revealed = revealed
        self.panel.reveal(revealed)

    def _show(self, page: CommentaryPage) -> None:
        self.panel.show_page(page, revealed=self._revealed)

    # ------------------------------------------------------------ keeping

    @Slot()
    def _take_edit(self) -> None:
        self._unkept = True
        self._pause.start()

    @Slot()
    def keep(self) -> None:
        """Keep what is typed as a draft now."""
        self._pause.stop()
        view, code = self._view, self._code
        if not self._unkept or view is None or view.audience is not Audience.WORKING:
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
        view, code = self._view, self._code
        if finished and not self.panel.text.toPlainText().strip():
            self._surroundings.messages.bar("Nothing is written yet. Write the commentary, then finish it.")
        elif finished:
            self._write(finished=True)
        elif view is not None:
            self._run(lambda: view.panel.finish_commentary(code, view.period, False))

    def _write(self, finished: bool | None) -> None:
        view, code, page = self._view, self._code, self.panel.page
        if view is None or page is None or self.panel.text.isReadOnly():
            return
        self._pause.stop()
        self._unkept = False
        text, period, panel = self.panel.text.stored(), page.period, view.panel
        self.panel.take_written()

        def verb() -> Changes:
            panel.keep_draft(code, period, text)  # what was typed is kept, also where it cannot be written
            return panel.write_commentary(code, period, text, finished=finished)

        self._run(verb)

    @Slot(str)
    def _accept(self, field: str) -> None:
        view, code = self._view, self._code
        self.leave()  # accepting writes the text, and what is typed beside it is not to be lost
        if view is not None:
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
        elif self._view is not None:
            self.look(self._view, self._code)
