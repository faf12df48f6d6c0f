"""The cards beside the sheet: what is to be answered, and what was recognised; the answers are given elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from pcp_desktop.desktop.marks import Notice, paint_notice
from pcp_desktop.desktop.tables import RIGHT, RowsDelegate, RowsModel, RowsTable
from pcp_desktop.desktop.tabs.recognise.rows import Level, Line
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.formats import counted
from pcp_desktop.domain.recognition import Question, RecognisedTable

QUESTION_HEIGHT, LINE_HEIGHT = 50, 24
_MOST_SHOWN = 4
_MARK = 16
_BESIDE = 6  # px between the words of a line and what stands at its right
_OPENING: tuple[int, ...] = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)


class QuestionRows(RowsModel[Question]):
    """The open questions."""

    headers = ("To answer",)

    def show_rows(self, questions: Sequence[Question]) -> None:
        """Show the questions in their order."""
        self.beginResetModel()
        self._rows = questions
        self.endResetModel()

    def words(self, row: Question, column: int) -> str:  # noqa: ARG002 - one column
        return row.words

    def sentence(self, row: Question) -> str:
        return f"{row.words} {place_words(row)}. {row.detail}"


def place_words(question: Question) -> str:
    """Where a question is about."""
    return f"Cell {question.cell}" if question.cell else "The whole workbook"


class _QuestionDelegate(RowsDelegate[Question]):
    row_height = QUESTION_HEIGHT

    def _cell(self, painter: QPainter, rect: QRect, row: Question, column: int) -> None:  # noqa: ARG002
        px, theme = self._appearance.px, self._appearance.theme
        size = px(_MARK)
        box = QRectF(rect.left() + 4, rect.top() + px(9), size, size)
        paint_notice(painter, box, Notice.QUESTION, theme)
        words = rect.adjusted(size + 14, px(6), 0, -rect.height() // 2 + px(3))
        self._text(painter, words, row.words, theme.text, "section")
        below = rect.adjusted(size + 14, rect.height() // 2, 0, -px(6))
        first = row.choices[0]
        likely = f". Likely: {first.words}" if first.evidence else ""
        self._text(painter, below, f"{place_words(row)}{likely}", theme.text3, "caption")


class QuestionTable(RowsTable[Question]):
    """The open questions; the selected one is asked beside its cell."""

    rows: QuestionRows
    wanted = Signal()
    mark_wanted = Signal()

    def __init__(self, appearance: Appearance) -> None:
        rows = QuestionRows()
        super().__init__(appearance, rows, _QuestionDelegate(appearance, rows), "To answer")
        self.horizontalHeader().hide()
        self.clicked.connect(lambda _index: self.wanted.emit())

    def _asks(self, row: Question) -> bool:  # noqa: ARG002 - each of them does
        return True

    def _widths(self) -> Sequence[int]:
        return [self.viewport().width()]

    def _acts(self, here: int) -> dict[int, Callable[[], None]]:
        acts = super()._acts(here) | {Qt.Key.Key_R: self.mark_wanted.emit}
        return acts | dict.fromkeys(_OPENING, self.wanted.emit)

    @Slot()
    def _fit(self) -> None:
        super()._fit()
        shown = min(max(self.rows.rowCount(), 1), _MOST_SHOWN)
        self.setFixedHeight(shown * self._appearance.px(QUESTION_HEIGHT) + 2)


class LineRows(RowsModel[Line]):
    """The lines of what was recognised."""

    headers = ("What was recognised",)

    def show_rows(self, lines: Sequence[Line]) -> None:
        """Show the lines in their order."""
        self.beginResetModel()
        self._rows = lines
        self.endResetModel()

    def words(self, row: Line, column: int) -> str:  # noqa: ARG002 - one column
        return f"{row.words}\n{row.place}" if row.place else row.words

    def sentence(self, row: Line) -> str:
        said = (
            {Notice.QUESTION: "To answer: ", Notice.ERROR: "Error: ", Notice.LOOK: "To look at: "}.get(row.notice, "")
            if row.notice
            else ""
        )
        return f"{said}{row.words}{', ' if row.place else ''}{row.place}"


class _LineDelegate(RowsDelegate[Line]):
    row_height = LINE_HEIGHT

    def _cell(self, painter: QPainter, rect: QRect, row: Line, column: int) -> None:  # noqa: ARG002
        theme, px = self._appearance.theme, self._appearance.px
        caption = QFontMetrics(self._appearance.font("caption"))
        rect = rect.adjusted(0, 0, -4, 0)
        left = rect.left()
        if row.level is Level.LABEL:
            size = px(13)
            if row.notice is not None:
                box = QRectF(rect.left() + 6, rect.center().y() - size / 2 + 0.5, size, size)
                paint_notice(painter, box, row.notice, theme)
            left += size + 14
        role, colour = {
            Level.TABLE: ("section", theme.text),
            Level.COUNT: ("body", theme.text),
            Level.LABEL: ("body", theme.text),
        }[row.level]
        if row.notice in (Notice.QUESTION, Notice.LOOK):
            role, colour = "section", theme.same_text
        elif row.notice is Notice.ERROR:
            role, colour = "section", theme.det_text
        words = QFontMetrics(self._appearance.font(role)).horizontalAdvance(row.words)
        room = rect.right() - left - words - 10
        least = min(caption.horizontalAdvance(row.place) + _BESIDE + 4, rect.width() * 2 // 5)
        place = max(room, least) if row.place else 0
        edge = rect.right() - place
        self._text(painter, QRect(left, rect.top(), edge - left, rect.height()), row.words, colour, role)
        beside = QRect(edge + _BESIDE, rect.top(), place - _BESIDE, rect.height())
        self._text(painter, beside, row.place, theme.text3, "caption", RIGHT)


class LineTable(RowsTable[Line]):
    """What was recognised; Enter, F2 or a click on a label puts it right."""

    rows: LineRows
    label_wanted = Signal(object)
    """The Line whose label is to be put right."""
    mark_wanted = Signal()

    def __init__(self, appearance: Appearance) -> None:
        rows = LineRows()
        super().__init__(appearance, rows, _LineDelegate(appearance, rows), "What was recognised")
        self.horizontalHeader().hide()
        self.clicked.connect(lambda _index: self._choose())

    def _asks(self, row: Line) -> bool:
        return row.notice in (Notice.QUESTION, Notice.ERROR, Notice.LOOK)

    def _widths(self) -> Sequence[int]:
        return [self.viewport().width()]

    def _choose(self) -> None:
        row = self.current_row()
        if row is not None:
            self.label_wanted.emit(row)

    def _acts(self, here: int) -> dict[int, Callable[[], None]]:
        acts = super()._acts(here) | {Qt.Key.Key_R: self.mark_wanted.emit}
        return acts | dict.fromkeys(_OPENING, self._choose)


class Card(QFrame):
    """A card with a heading, a count at its right, and one list under it."""

    def __init__(self, words: str, content: QWidget) -> None:
        super().__init__()
        self.setProperty("card", "true")
        heading = QFrame()
        heading.setProperty("card", "sunken")
        title = QLabel(words)
        title.setProperty("role", "section")
        self.count = QLabel()
        self.count.setProperty("role", "caption")
        self.count.setProperty("tone", "third")
        row = QHBoxLayout(heading)
        row.setContentsMargins(12, 8, 12, 8)
        row.addWidget(title, 1)
        row.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(heading)
        column.addWidget(content, 1)


class RecogniseSide(QWidget):
    """Both cards, the questions above while there are any."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self.appearance = appearance
        self.questions = QuestionTable(appearance)
        self.lines = LineTable(appearance)
        for table in (self.questions, self.lines):
            table.setProperty("bare", "true")
        self._asked = Card("To answer", self.questions)
        self._found = Card("What was recognised", self.lines)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._asked)
        column.addWidget(self._found, 1)

    def show_questions(self, questions: Sequence[Question]) -> None:
        """List what is open; the card goes when nothing is."""
        self.questions.rows.show_rows(questions)
        self._asked.count.setText(f"{len(questions):,}")
        self._asked.setVisible(bool(questions))

    def show_lines(self, lines: Sequence[Line], tables: Sequence[RecognisedTable]) -> None:
        """List what was recognised, with the same line selected as before."""
        at = self.lines.currentIndex().row()
        self.lines.rows.show_rows(lines)
        self.lines.blockSignals(True)
        self.lines.go_to(max(at, 0))
        self.lines.blockSignals(False)
        self._found.count.setText(counted(len(tables), "table"))
