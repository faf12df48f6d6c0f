"""The small frame beside a cell that asks one question: its answers by number, the likeliest first."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from pcp_desktop.desktop.commands import CommandPalette, Entry, Prompt
from pcp_desktop.desktop.tabs.inspector import empty
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.recognition import LEAVE_OUT, Choice, Question, QuestionKind

WIDTH, MOST_WIDTH = 320, 440
_FREE = 8
"""Between the frame and the cell that it asks about."""
_ANOTHER = "Another measure…"
_PROMPT = Prompt(
    name="Another measure",
    question="Type words of the measure, or of the area",
    field="Measure",
    keys=(("↑↓", "move"), ("Enter", "use"), ("Esc", "close")),
    most=200,
)


class AnswerPopover(QFrame):
    """One question. It is no dialog: everything behind it stays usable.

    Digits choose, Enter uses, F2 lists every measure, Esc closes.
    """

    used = Signal(object, object)
    """The Question and the Choice that answers it."""
    closed = Signal()

    def __init__(self, parent: QWidget, appearance: Appearance) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._question: Question | None = None
        self._measures: tuple[Choice, ...] = ()
        self._choices: tuple[Choice, ...] = ()
        self.buttons: list[QRadioButton] = []
        self.stops: tuple[QWidget, ...] = ()
        """Where Tab stops, in the order of reading."""
        self.setObjectName("answerPopover")
        self._words, self._detail = QLabel(), QLabel()
        self._words.setProperty("role", "section")
        self._detail.setProperty("role", "caption")
        self._detail.setProperty("tone", "third")
        for label in (self._words, self._detail):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._group = QButtonGroup(self)
        self.use_button = QPushButton("Use this")
        self.use_button.setProperty("kind", "primary")
        self.use_button.clicked.connect(self._use)
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(4)
        column.addWidget(self._words)
        column.addWidget(self._detail)
        column.addLayout(self._rows)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        remembered = QLabel("Remembered for the next return")
        remembered.setProperty("role", "caption")
        remembered.setProperty("tone", "third")
        foot.addWidget(self.use_button)
        foot.addWidget(remembered, 1)
        column.addSpacing(4)
        column.addLayout(foot)

    @property
    def question(self) -> Question | None:
        """What is asked; None where nothing is."""
        return self._question if not self.isHidden() else None

    def ask(self, question: Question, measures: tuple[Choice, ...], beside: QRect) -> None:
        """Ask a question beside a cell, whose place is given in the parent's pixels; the keyboard comes here."""
        self._question, self._measures = question, measures
        self.setAccessibleName(question.words)
        self._words.setText(question.words)
        names_place = question.cell and question.kind is not QuestionKind.REGION
        where = f"Cell {question.cell}. " if names_place else ""
        self._detail.setText(f"{where}{question.detail}")
        self._choices = question.choices
        self._show_choices()
        self.place(beside)
        self.show()
        self.raise_()
        self.buttons[0].setChecked(True)
        self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _room(self) -> QRect:
        parent = self.parentWidget()
        return parent.rect() if parent is not None else QRect()

    def place(self, beside: QRect) -> None:
        """Stand under the cell, over it where there is no room, and always within the parent."""
        layout, room = self.layout(), self._room()
        self.setFixedWidth(min(self._wanted_width(), max(room.width() - 2 * _FREE, 100)))
        if layout is not None:
            layout.activate()
        height = self.heightForWidth(self.width()) if self.hasHeightForWidth() else self.sizeHint().height()
        height = max(height, self.minimumSizeHint().height())
        top = beside.bottom() + _FREE
        if top + height > room.bottom():
            top = beside.top() - height - _FREE
        left = beside.right() + _FREE
        if top < 0:  # neither under nor over: at its side
            top = max(room.bottom() - height - _FREE, 0)
        left = max(min(left, room.right() - self.width() - _FREE), _FREE)
        self.setGeometry(left, top, self.width(), height)

    def _wanted_width(self) -> int:
        """Wide enough for every answer in one line, within bounds."""
        px, metrics = self._appearance.px, QFontMetrics(self.font())
        longest = max((metrics.horizontalAdvance(choice.words) for choice in self._choices), default=0)
        return min(max(longest + self._beside_words, px(WIDTH)), px(MOST_WIDTH))

    @property
    def _beside_words(self) -> int:
        """What stands beside the words of an answer: its circle, its key and the edges."""
        return 24 + 2 * self._appearance.px(38)

    def _show_choices(self) -> None:
        for button in self.buttons:
            self._group.removeButton(button)
        empty(self._rows)
        self.buttons = []
        rows = []
        for number, choice in enumerate(self._choices, start=1):
            if choice.answer == LEAVE_OUT and self._offers_measures:
                rows.append(self._another())
            rows.append(self._row(choice, str(number)))
        for row in rows:
            self._rows.addWidget(row)
        self.stops = (*rows, self.use_button)

    @property
    def _offers_measures(self) -> bool:
        return self._question is not None and self._question.kind is QuestionKind.MEASURE

    def _row(self, choice: Choice, key: str) -> QWidget:
        row, layout = self._line(key)
        button = QRadioButton()
        room = self._wanted_width() - self._beside_words
        button.setText(QFontMetrics(self.font()).elidedText(choice.words, Qt.TextElideMode.ElideRight, room))
        button.setToolTip(choice.words)
        button.setAccessibleName(f"{key}: {choice.words}. {choice.evidence}".rstrip(" ."))
        self._group.addButton(button)
        self.buttons.append(button)
        layout.insertWidget(0, button, 1)
        if choice.evidence:
            words = QLabel(choice.evidence)
            words.setProperty("role", "caption")
            words.setProperty("tone", "third")
            words.setWordWrap(True)
            words.setContentsMargins(self._appearance.px(26), 0, 0, 4)
            outer = QWidget()
            column = QVBoxLayout(outer)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            column.addWidget(row)
            column.addWidget(words)
            row = outer
        row.setProperty("choice", "true")
        row.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        button.toggled.connect(partial(_mark, row))
        return row

    def _another(self) -> QWidget:
        row, layout = self._line("F2")
        button = QPushButton(_ANOTHER)
        button.setProperty("kind", "link")
        button.setToolTip("F2")
        button.clicked.connect(self.show_measures)
        layout.insertWidget(0, button)
        layout.insertStretch(1, 1)
        return row

    @staticmethod
    def _line(key: str) -> tuple[QWidget, QHBoxLayout]:
        row, cap = QWidget(), QLabel(key)
        cap.setProperty("key", True)
        cap.setProperty("role", "caption_strong")
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 4, 0)
        layout.addWidget(cap, 0, Qt.AlignmentFlag.AlignVCenter)
        return row, layout

    @Slot()
    def show_measures(self) -> None:
        """List every measure with its areas, to be found by typing."""
        question = self._question
        if question is None or not self._offers_measures:
            return
        entries = [
            Entry("Measures of the plan", choice.words, partial(self._answer, question, choice), icon="target")
            for choice in self._measures
        ]
        CommandPalette(self.window(), self._appearance, entries, _PROMPT).open()

    @Slot()
    def _use(self) -> None:
        chosen = next((at for at, button in enumerate(self.buttons) if button.isChecked()), None)
        if self._question is not None and chosen is not None:
            self._answer(self._question, self._choices[chosen])

    def _answer(self, question: Question, choice: Choice) -> None:
        self.hide()
        self.used.emit(question, choice)

    def close_question(self) -> None:
        """Ask nothing any more."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = event.key() - Qt.Key.Key_1
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif 0 <= number < len(self.buttons):
            self.buttons[number].setChecked(True)
            self.buttons[number].setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._use()
        elif event.key() == Qt.Key.Key_F2:
            self.show_measures()
        elif event.key() == Qt.Key.Key_Escape:
            self.close_question()
        else:
            super().keyPressEvent(event)


def _mark(row: QWidget, on: bool) -> None:
    """Show which answer is chosen."""
    row.setProperty("choice", "on" if on else "true")
    row.style().polish(row)
