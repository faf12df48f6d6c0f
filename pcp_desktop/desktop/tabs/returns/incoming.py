"""Workbooks that are brought in, one after another: read, recognised, reviewed, accepted or set aside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from pcp_desktop.desktop.marks import Notice
from pcp_desktop.desktop.tab import Command, Surroundings, View
from pcp_desktop.desktop.tabs.recognise.step import RecognisePane
from pcp_desktop.desktop.tabs.review.step import ReviewPane
from pcp_desktop.domain.changes import Changes
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.observations import ObservationKey
from pcp_desktop.domain.progress import Progress
from pcp_desktop.domain.recognition import Answer
from pcp_desktop.domain.returns import Review
from pcp_desktop.errors import UserError

Read = tuple[Review, Mapping[str, str]]
"""A review with the labels of the measures by code."""
_AGAIN = "recognising"


class Incoming(QStackedWidget):
    """The steps of the workbook that is at hand. `view` says which panel file it goes into.

    Signals: `opened` when a workbook comes on show, `finished` after the last, `altered` with the Changes of a verb,
    `moved` when the keys or the place in the work are others.
    """

    opened = Signal()
    finished = Signal()
    altered = Signal(object)
    moved = Signal()

    def __init__(self, surroundings: Surroundings, view: Callable[[], View | None]) -> None:
        super().__init__()
        self._jobs, self._messages, self._view = surroundings.jobs, surroundings.messages, view
        self._waiting: list[Path] = []
        self._path = Path()
        self._labels: Mapping[str, str] = {}
        self._reviewed, self._of = 0, 0
        self._open = False
        self._go_on_after = False
        self.recognise = RecognisePane(surroundings.appearance)
        self.review = ReviewPane(surroundings.appearance)
        self.addWidget(self.recognise)
        self.addWidget(self.review)
        self.recognise.answered.connect(self._read_again)
        self.recognise.go_on.connect(self._go_on)
        self.recognise.set_aside.connect(self._next)
        self.recognise.moved.connect(self.moved)
        self.review.accepted.connect(self._accept)
        self.review.set_aside.connect(self._next)
        self.review.paper_wanted.connect(self._save_paper)
        self.review.decided.connect(self._find_impact)
        self.review.steps.back_wanted.connect(self.go_back)

    # ------------------------------------------------------------ what is on show

    @property
    def is_open(self) -> bool:
        """Whether a workbook is at hand."""
        return self._open

    @property
    def is_recognising(self) -> bool:
        """Whether the workbook at hand is in its second step."""
        return self._open and self.currentWidget() is self.recognise

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """The keys that matter in the step on show."""
        if self.is_recognising:
            if self.recognise.is_marking:
                return (("Arrows", "make it larger"), ("Enter", "say what it is"), ("Esc", "leave it"))
            if self.recognise.open_questions:
                return (("Alt+Down", "next question"), ("1 2 …", "choose"), ("Enter", "use"))
            return (("Ctrl+Z", "undo"), ("F2", "correct"), ("R", "mark"), ("Ctrl+Enter", "go on"))
        return (("N", "next to look at"), ("U", "keep stored"), ("Ctrl+Enter", "accept"))

    @property
    def position(self) -> str:
        """Which workbook of how many is at hand, and where in it."""
        here = self.recognise.position if self.is_recognising else ""
        return f"Workbook {self._reviewed} of {self._of}. Nothing stored yet{f'. {here}' if here else ''}"

    def panes(self) -> tuple[QWidget, ...]:
        """The widgets that F6 goes round in the step on show."""
        if self.is_recognising:
            return (self.recognise.sheet, self.recognise.side.questions, self.recognise.side.lines)
        return (self.review.table, self.review.inspector.note)

    def commands(self) -> tuple[Command, ...]:
        """What can be done with the workbook at hand."""
        if self.is_recognising:
            found = [
                Command("Next question", self.recognise.next_question, "Alt+Down"),
                Command("Mark a region of the sheet by hand", self.recognise.mark_region, "R", "pencil"),
            ]
            if self.recognise.given:
                found.append(Command("Take the last answer back", self.recognise.undo_answer, icon="undo-2"))
            return (*found, Command("Set this workbook aside", self.recognise.aside_button.click, icon="x"))
        back = Command("Back to what was recognised", self.go_back, icon="chevron-left")
        note = Command("Note on this figure…", self.review.ask_note, icon="pencil")
        paper = Command("Save this review as a PDF…", self.review.want_paper, icon="download")
        return (back, note, paper, Command("Set this workbook aside", self.review.aside_button.click, icon="x"))

    def focus_content(self) -> None:
        """Put the keyboard into the step on show."""
        (self.recognise if self.is_recognising else self.review).focus_content()

    # ------------------------------------------------------------ one after another

    def bring_in(self, paths: tuple[Path, ...]) -> None:
        """Take workbooks one after another; those that come while one is at hand come after it."""
        start = not self._waiting and not self._open
        if start:
            self._reviewed, self._of = 0, 0
        self._waiting.extend(paths)
        self._of += len(paths)
        if start:
            self._next()
        else:
            self.moved.emit()

    @Slot()
    def _next(self) -> None:
        """Read the next workbook; after the last there is none at hand."""
        view = self._view()
        if not self._waiting or view is None:
            self._close()
            return
        path = self._path = self._waiting.pop(0)
        self._reviewed += 1
        self._jobs.start(
            lambda progress: _read(view, path, progress),
            self._show,
            words=f"Reading {path.name}",
            title="Return not brought in",
            failed=self._refused,
            cancelled=self._cancelled,
        )

    def _show(self, read: Read) -> None:
        review, self._labels = read
        self._open, self._go_on_after = True, False
        self.review.forget_notes()
        self.recognise.show_workbook(review, (self._reviewed, self._of))
        if review.recognition.questions:
            self._show_step(self.recognise)
        else:
            self._show_review()
        self.opened.emit()

    def _show_review(self) -> None:
        review = self.recognise.review
        if review is not None:
            self.review.show_review(review, self._labels, (self._reviewed, self._of))
            self._show_step(self.review)

    def _show_step(self, step: RecognisePane | ReviewPane) -> None:
        self.setCurrentWidget(step)
        self._messages.stand_in(step.notices)
        step.focus_content()
        self.moved.emit()

    def _refused(self, error: UserError) -> None:
        self._messages.show_error(error, "Return not brought in")
        self._next()

    def _cancelled(self) -> None:
        self._waiting.clear()
        self._close()

    def _close(self) -> None:
        self._open = False
        self.finished.emit()

    # ------------------------------------------------------------ recognising

    @Slot(object)
    def _read_again(self, given: tuple[Answer, ...]) -> None:
        """Read the workbook with the answers given so far; an earlier such reading is dropped."""
        view = self._view()
        if view is None:
            return
        path = self._path
        self._jobs.start(
            lambda progress: view.panel.review(path, progress, given),
            self._take_reading,
            words=f"Reading {path.name} with your answers",
            failed=self._not_read,
            cancelled=self._answers_taken_back,
            replaces=_AGAIN,
        )

    def _take_reading(self, review: Review) -> None:
        if not self.is_recognising:
            return
        self.recognise.show_reading(review)
        self.moved.emit()
        if self._go_on_after:
            self._go_on()

    def _not_read(self, error: UserError) -> None:
        self._answers_taken_back()
        self._messages.show_error(error, "The answer was not used")

    def _answers_taken_back(self) -> None:
        self._go_on_after = False
        self.recognise.take_back()

    @Slot()
    def _go_on(self) -> None:
        """Show the review, as soon as the reading with the last answer is there."""
        self._go_on_after = self.recognise.is_reading
        if not self._go_on_after and not self.recognise.open_questions:
            self._show_review()

    @Slot()
    def go_back(self) -> None:
        """Go back from the review to what was recognised."""
        self._show_step(self.recognise)

    # ------------------------------------------------------------ reviewing

    @Slot(object, object)
    def _find_impact(self, review: Review, left_out: frozenset[ObservationKey]) -> None:
        """Find out what accepting would change, and let the review say it."""
        view = self._view()
        if view is not None:
            self._jobs.start(
                lambda _progress: view.panel.impact(review, view.period, left_out),
                lambda impact: self.review.show_impact(review, left_out, impact),
                words="Finding what would change",
                replaces="impact",
            )

    @Slot(object, object)
    def _save_paper(self, review: Review, left_out: frozenset[ObservationKey]) -> None:
        """Ask for a file, and save the review there as a working document."""
        view = self._view()
        if view is None:
            return
        suggested = f"Review of {Path(review.file).stem}.pdf"
        name, _kind = QFileDialog.getSaveFileName(self, "Save the review", suggested, "PDF (*.pdf)")
        if not name:
            return
        out = Path(name) if name.lower().endswith(".pdf") else Path(f"{name}.pdf")
        self._jobs.start(
            lambda progress: view.panel.write_review(review, left_out, out, progress),
            self._paper_saved,
            words="Setting the review",
            title="Review not saved",
        )

    def _paper_saved(self, out: Path) -> None:
        self._messages.bar(
            f"The review was saved as “{out.name}” in {out.parent}. It is not for publication.", Notice.DONE
        )

    @Slot(object, object)
    def _accept(self, review: Review, left_out: frozenset[ObservationKey]) -> None:
        view = self._view()
        if view is not None:
            self.review.setEnabled(False)
            self._jobs.start(
                lambda _progress: view.panel.accept(review, left_out),
                self._accepted,
                words="Storing the figures",
                failed=self._not_stored,
                cancellable=False,
            )

    def _accepted(self, changes: Changes) -> None:
        self.review.setEnabled(True)
        self._next()
        if changes:
            self.altered.emit(changes)
        else:
            self._messages.bar(changes.summary, Notice.INFORMATION)

    def _not_stored(self, error: UserError) -> None:
        self.review.setEnabled(True)
        self._messages.show_error(error, "Nothing was stored")


def _read(view: View, path: Path, progress: Progress) -> Read:
    review = view.panel.review(path, progress)
    rows = view.panel.overview(view.period, Audience.WORKING).all_rows
    return review, {row.measure: row.label for row in rows}
