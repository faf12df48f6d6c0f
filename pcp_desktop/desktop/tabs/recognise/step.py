"""Recognise: a sheet as it came, what it was taken for, and one question at a time. It reads nothing itself."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from pcp_desktop.desktop.announcing import announce
from pcp_desktop.desktop.elided_label import ElidedLabel
from pcp_desktop.desktop.side_splitter import SidePanes, SideSplitter
from pcp_desktop.desktop.tab import Tab
from pcp_desktop.desktop.tabs.recognise.answer_popover import AnswerPopover
from pcp_desktop.desktop.tabs.recognise.frame import SheetFrame
from pcp_desktop.desktop.tabs.recognise.marking import Corners, answered_words, range_words, region_question
from pcp_desktop.desktop.tabs.recognise.rows import (
    Line,
    answer_to,
    first_sheet,
    given_by_person,
    go_on_words,
    lines_of,
    open_questions,
    question_about,
    scope_words,
    with_answer,
    wrong_cells,
)
from pcp_desktop.desktop.tabs.recognise.side import RecogniseSide
from pcp_desktop.desktop.tabs.review.inspector import column_letters
from pcp_desktop.desktop.tabs.step_strip import RECOGNISE, StepStrip
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.formats import counted
from pcp_desktop.domain.recognition import Answer, Choice, Question, QuestionKind
from pcp_desktop.domain.returns import Review

SIDE_WIDTH = 338


class RecognisePane(QWidget):
    """One workbook as it was understood. It only sends back what the person answered."""

    answered = Signal(object)
    """All answers given so far for this workbook, as a tuple: it is to be read again with them."""
    go_on = Signal()
    set_aside = Signal()
    moved = Signal()
    """Another question or cell is current."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._review: Review | None = None
        self._given: tuple[Answer, ...] = ()
        self._reading = False
        self._marks_by_hand = False
        self.notices = QVBoxLayout()
        self.frame = SheetFrame(appearance)
        self.sheet = self.frame.sheet
        self.side = RecogniseSide(appearance)
        self.aside_button, self.go_on_button = QPushButton("Set aside"), QPushButton()
        self._title, self._scope = ElidedLabel(), ElidedLabel()
        self.popover = AnswerPopover(self.frame, appearance)
        self._lay_out()
        self._connect()

    # ------------------------------------------------------------ making

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 12)
        layout.setSpacing(10)
        layout.addLayout(self._head())
        layout.addLayout(self.notices)
        self.side.setMinimumWidth(280)
        splitter = SideSplitter("recogniseSide", self.frame, self.side, SIDE_WIDTH)
        self.sides = SidePanes(splitter, self._appearance, ("Sheet", "Questions"))
        layout.addWidget(self.sides, 1)

    def _head(self) -> QHBoxLayout:
        self._title.setProperty("role", "title")
        self._scope.setProperty("role", "caption")
        self._scope.setProperty("tone", "third")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._scope)
        self.go_on_button.setProperty("kind", "primary")
        self.go_on_button.setToolTip("Ctrl+Enter")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addLayout(words, 1)
        row.addWidget(StepStrip(self._appearance, RECOGNISE))
        row.addSpacing(8)
        row.addWidget(self.aside_button)
        row.addWidget(self.go_on_button)
        return row

    def _connect(self) -> None:
        self.go_on_button.clicked.connect(self._go_on)
        self.aside_button.clicked.connect(self.set_aside)
        self.popover.used.connect(self._use)
        self.popover.closed.connect(self._leave_question)
        self.frame.undo_button.clicked.connect(self.undo_answer)
        self.frame.mark_button.clicked.connect(self.mark_region)
        self.frame.another_shown.connect(self._show_sheet)
        self.frame.moved.connect(self._place_popover)
        self.sheet.cell_chosen.connect(self._ask_about_cell)
        self.sheet.region_chosen.connect(self._ask_about_region)
        self.sheet.marking.connect(self.moved)
        self.side.questions.wanted.connect(self.ask_current)
        self.side.lines.label_wanted.connect(self._ask_about_line)
        for table in (self.side.questions, self.side.lines):
            table.mark_wanted.connect(self.mark_region)
        for keys, act in (
            ("Ctrl+Return", self._go_on),
            ("Ctrl+Enter", self._go_on),
            ("Alt+Down", self.next_question),
            ("Alt+Up", partial(self.next_question, -1)),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # ------------------------------------------------------------ showing

    @property
    def review(self) -> Review | None:
        """The reading on show."""
        return self._review

    @property
    def given(self) -> tuple[Answer, ...]:
        """The answers given so far for this workbook."""
        return self._given

    @property
    def open_questions(self) -> tuple[Question, ...]:
        """What is still to be answered."""
        return open_questions(self._review.recognition, self._given) if self._review is not None else ()

    @property
    def is_marking(self) -> bool:
        """Whether a region is being marked and it was not yet asked what it is."""
        return self.sheet.is_marking and self.popover.question is None

    @property
    def position(self) -> str:
        """The cell that is current, for the status bar."""
        question = self.popover.question
        if self.is_marking and self.sheet.region is not None:
            return f"Marking {range_words(self.sheet.region)}"
        return f"Cell {question.cell}" if question is not None and question.cell else ""

    def show_workbook(self, review: Review, position: tuple[int, int] = (1, 1)) -> None:
        """Show a workbook that was read; `position` says which of how many it is."""
        self._review, self._given = review, given_by_person(review)
        self._title.show_text(review.file)
        self._scope.show_text(scope_words(review, position))
        self.popover.hide()
        self.frame.show_tabs(review.recognition, first_sheet(review.recognition, self.open_questions))
        self._show_state()
        self._order_focus()

    def _order_focus(self) -> None:
        """Tab goes from the head to the sheet, the question beside its cell, the other sheets and the side."""
        head = (self.aside_button, self.go_on_button, self.sides.tabs)
        tools = (self.frame.mark_button, self.frame.undo_button)
        Tab.order_focus(*head, *tools, self.sheet, *self.popover.stops, self.frame.tabs, self.side)

    def show_reading(self, review: Review) -> None:
        """Show the same workbook read again with the answers given so far."""
        asked = self.popover.question
        was_open = asked is not None and asked in self.open_questions
        self._review, self._reading = review, False
        if asked is not None and was_open and asked not in self.open_questions:
            self.popover.hide()  # read with the last answer, it is asked no more, or asked otherwise
        self._show_state()
        if self._marks_by_hand and self.sheet.hasFocus():
            self._say_what_is_left()
        else:
            self._ask_first()

    def take_back(self) -> None:
        """Go back to the answers that the reading on show was made with: reading with later ones was cancelled."""
        self._reading = False
        if self._review is not None:
            self._given = given_by_person(self._review)
            self._show_state()

    def _show_state(self) -> None:
        """What is open, what was recognised, and the sheet with its outlines."""
        if self._review is None:
            return
        asked = self.open_questions
        self.side.show_questions(asked)
        self.side.show_lines(
            lines_of(self._review, frozenset(one.key for one in asked)), self._review.recognition.tables
        )
        self.go_on_button.setText(go_on_words(len(asked)))
        self.frame.undo_button.setEnabled(bool(self._given))
        self._show_sheet()

    @Slot()
    def _show_sheet(self) -> None:
        """The chosen sheet, its open questions and errors outlined."""
        if self._review is None:
            return
        self.frame.show_chosen(self._review.recognition, wrong_cells(self._review), self.open_questions)
        asked = self.popover.question
        if asked is not None and asked.sheet not in ("", self.frame.picture.name):
            self.popover.hide()

    def focus_content(self) -> None:
        """Ask the first open question; where there is none, put the keyboard on what was recognised."""
        self._ask_first()

    @Slot()
    def _leave_question(self) -> None:
        """Back to the sheet from what was asked about a region of it; else to the list of questions."""
        if self._marks_by_hand:
            self.sheet.setFocus(Qt.FocusReason.OtherFocusReason)
            self.moved.emit()
        else:
            self._focus_side()

    @Slot()
    def _focus_side(self) -> None:
        target = self.side.questions if self.open_questions else self.side.lines
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        self.moved.emit()

    # ------------------------------------------------------------ asking

    def _ask_first(self) -> None:
        """Go on with the question that is asked, else the first open one; then to the button that goes on."""
        asked = self.popover.question
        if asked is not None:
            return
        if self.open_questions:
            self.side.questions.go_to(0)
            self.ask_current()
        else:
            self.go_on_button.setFocus(Qt.FocusReason.OtherFocusReason)
            self.moved.emit()

    @Slot()
    def ask_current(self) -> None:
        """Ask the selected question beside its cell."""
        question = self.side.questions.current_row()
        if question is not None:
            self.ask(question)

    @Slot()
    def next_question(self, step: int = 1) -> None:
        """Ask the next open question (-1: the one before), going round."""
        count = self.side.questions.rows.rowCount()
        if count:
            here = self.side.questions.currentIndex().row()
            at = (here + step) % count if self.popover.question is not None else max(here, 0)
            self.side.questions.go_to(at)
            self.ask_current()

    def ask(self, question: Question) -> None:
        """Ask a question beside its cell, with its sheet on show."""
        if self._review is None:
            return
        self.popover.hide()
        self._marks_by_hand = question.kind is QuestionKind.REGION and question not in self.open_questions
        self.sides.tabs.setCurrentIndex(0)
        self.frame.go_to_sheet(question.sheet, self._review.recognition)
        if not (self._marks_by_hand and self.sheet.is_marking):
            self.frame.go_to_cell(question.cell)
        if self._marks_by_hand:
            self.frame.say_no_more()
        self.popover.ask(question, self._review.recognition.measures, self.frame.beside(question))
        self._order_focus()
        QTimer.singleShot(0, self, self._place_popover)  # where the sheet has just come on show, it is laid out then
        self.moved.emit()

    @Slot()
    def _place_popover(self) -> None:
        question = self.popover.question
        if question is not None:
            self.popover.place(self.frame.beside(question))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._place_popover)

    @Slot(int, int)
    def _ask_about_cell(self, row: int, column: int) -> None:
        """Ask what the label in a cell is, whether or not it was asked about."""
        cell = f"{column_letters(column)}{row + 1}"
        sheet = self.frame.picture.name
        for line in self.side.lines.rows.shown_rows:
            if line.label is not None and (line.sheet, line.cell) == (sheet, cell):
                self._ask_about_line(line)
                return

    @Slot(object)
    def _ask_about_line(self, line: Line) -> None:
        if self._review is None:
            return
        if line.region:
            self.ask(region_question(line.sheet, line.region, self._review.recognition))
        elif line.label is not None:
            self.ask(question_about(line.label, line.sheet, self._review.recognition))
        elif line.cell:
            self.frame.go_to_cell(line.cell)

    # ------------------------------------------------------------ marking by hand

    @Slot()
    def mark_region(self) -> None:
        """Begin to mark a region from the current cell, or say what the chosen cells are."""
        self.popover.hide()
        self.sides.tabs.setCurrentIndex(0)
        self.sheet.begin_marking()

    @Slot(object)
    def _ask_about_region(self, corners: Corners) -> None:
        """Ask what a region is, likeliest first."""
        if self._review is not None:
            sheet = self.frame.picture.name
            self.ask(region_question(sheet, range_words(corners), self._review.recognition))

    def _say_what_is_left(self) -> None:
        words = f"{counted(len(self.open_questions), 'question')} to answer" if self.open_questions else "Read again"
        announce(self.sheet, words)
        self.moved.emit()

    # ------------------------------------------------------------ answering

    @Slot(object, object)
    def _use(self, question: Question, choice: Choice) -> None:
        self._take(with_answer(self._given, answer_to(question, choice)))
        if self._marks_by_hand:
            announce(self.sheet, answered_words(question, choice))

    @Slot()
    def undo_answer(self) -> None:
        """Take the last answer back."""
        if self._given:
            self._marks_by_hand = self._given[-1].kind is QuestionKind.REGION and self.sheet.hasFocus()
            self._take(self._given[:-1])

    def _take(self, given: tuple[Answer, ...]) -> None:
        """Go on with these answers at once; the reading with them follows in the background.

        After a mark the keyboard stays on the sheet: what is open is another list once it is read again.
        """
        self._given, self._reading = given, True
        self.popover.hide()
        self.sheet.leave_marking()
        self._show_state()
        self.answered.emit(given)
        if self._marks_by_hand:
            self.sheet.setFocus(Qt.FocusReason.OtherFocusReason)
            self.moved.emit()
        else:
            self._ask_first()

    @Slot()
    def _go_on(self) -> None:
        """Go on to the review, or to the first question that is open."""
        if self.open_questions:
            self.popover.hide()
            self._ask_first()
        else:
            self.go_on.emit()

    @property
    def is_reading(self) -> bool:
        """Whether the reading on show is not yet that of the answers given so far."""
        return self._reading

    def event(self, event: QEvent) -> bool:
        """Ctrl+Z takes an answer back here, as it takes typing back in a field."""
        if isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.undo_answer()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """R marks a region from a question as well; Enter presses the button that goes on, where an answer leads."""
        if event.key() == Qt.Key.Key_R and not event.modifiers():
            self.mark_region()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.go_on_button.hasFocus():
            self._go_on()
        else:
            super().keyPressEvent(event)
