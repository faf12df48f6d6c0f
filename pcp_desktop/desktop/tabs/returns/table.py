"""The board of returns as a table: two lines a row, four steps of progress, the state in words, the clearance."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from pcp_desktop.desktop.icons import paint_icon
from pcp_desktop.desktop.marks import Notice, paint_notice, paint_status
from pcp_desktop.desktop.tables import LEAST, RowsDelegate, RowsModel, RowsTable
from pcp_desktop.desktop.tabs.progress_steps import STEPS_WIDTH, paint_steps
from pcp_desktop.desktop.theme import Appearance, Theme
from pcp_desktop.domain.clearance import ClearanceState
from pcp_desktop.domain.pages import ReturnRow
from pcp_desktop.domain.status import Mark

RETURN, DUE, PROGRESS, STATE, CLEARANCE = range(5)
HEADERS = ("Return", "Due", "Progress", "State", "Clearance")
WIDTHS = (262, 92, 104, 140, 226)
ONE_LINE_STATE = 116  # px: a longer state has two lines
CLEARANCE_MARK, MOST_CLEARANCE = 37, 0.48  # room beside the words in px; share of what the other columns leave
STEP_WORDS = ("Expected", "Received", "Checked", "Accepted")


def steps_words(row: ReturnRow) -> str:
    """The four steps as a sentence: "Expected and received, stuck at checked"."""
    done = [word.lower() for word, step in zip(STEP_WORDS, row.steps, strict=True) if step == "done"]
    stuck = [word.lower() for word, step in zip(STEP_WORDS, row.steps, strict=True) if step == "stuck"]
    text = f"{len(done)} of 4 steps done" + (f": {', '.join(done)}" if done else "")
    return f"{text}; stuck at {stuck[0]}" if stuck else text


def clearance_lines(row: ReturnRow) -> tuple[str, str]:
    """The clearance and, under it, the board; the board is left out where the clearance has named it already."""
    named = row.board.lower() in row.clearance.words.lower()
    return row.clearance.words, "" if named else row.board


class ReturnsModel(RowsModel[ReturnRow]):
    """The returns of a quarter, all or those of one state."""

    headers = HEADERS

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[ReturnRow, ...] = ()
        self.group = ""

    def show_rows(self, rows: tuple[ReturnRow, ...], group: str = "") -> None:
        """Show `rows`, only those of the state `group` unless it is empty."""
        self.beginResetModel()
        self._all, self.group = rows, group
        self._rows = tuple(row for row in rows if not group or row.state_group == group)
        self.endResetModel()

    def filter(self, group: str) -> None:
        """Show the returns of one state, or all."""
        self.show_rows(self._all, group)

    def find(self, wanted: ReturnRow | None) -> int:
        """The table row of the same expected return, or of the same workbook; the first row where it is gone."""
        if wanted is None:
            return 0
        for at, row in enumerate(self._rows):
            same = (row.record.expected, row.title) == (wanted.record.expected, wanted.title)
            if same and row.organisation == wanted.organisation:
                return at
        return 0

    def words(self, row: ReturnRow, column: int) -> str:
        """The words of a cell."""
        clearance = ", ".join(line for line in clearance_lines(row) if line)
        return (f"{row.title}, {row.organisation}", row.due, steps_words(row), row.state, clearance)[column]

    def sentence(self, row: ReturnRow) -> str:
        """The whole return as it is read aloud."""
        return f"{self.words(row, RETURN)}. Due {row.due}. {row.state}. {self.words(row, CLEARANCE)}."


class ReturnsDelegate(RowsDelegate[ReturnRow]):
    """Paints the two-line rows of the board."""

    row_height = 42
    right_edge = 4

    def _cell(self, painter: QPainter, rect: QRect, row: ReturnRow, column: int) -> None:
        theme = self._appearance.theme
        match column:
            case 0:
                self._two_lines(painter, rect, row.title, row.organisation, theme.text, "section")
            case 1:
                self._text(painter, rect, row.due, theme.text2)
            case 2:
                paint_steps(painter, rect, row.steps, theme)
            case 3:
                colour, bold = _state_colour(row, theme)
                self._wrapped(painter, rect, row.state, colour, "section" if bold else "body")
            case _:
                self._clearance(painter, rect, row)

    def _clearance(self, painter: QPainter, rect: QRect, row: ReturnRow) -> None:
        theme = self._appearance.theme
        words, board = clearance_lines(row)
        beside = rect.adjusted(21, 0, 0, 0)
        if QFontMetrics(self._appearance.font("body")).horizontalAdvance(words) > beside.width():
            board = ""  # the clearance needs both lines; the inspector names the board
        square = QRectF(rect.left(), rect.center().y() - (14 if board else 7), 14, 14)
        colour = theme.text
        match row.clearance.state:
            case ClearanceState.CLEARED:
                paint_notice(painter, square, Notice.DONE, theme)
            case ClearanceState.WAITING:
                if row.state_group == "accepted":
                    paint_icon(painter, square, "clock", theme.same)
            case _:
                paint_status(painter, square, Mark.EMBARGOED, theme)
                colour = theme.emb_text
        if board:
            self._two_lines(painter, beside, words, board, colour)
        else:
            self._wrapped(painter, beside, words, colour)


def _state_colour(row: ReturnRow, theme: Theme) -> tuple[QColor, bool]:
    """The colour of the state's words, and whether they are bold: what needs someone is."""
    match row.state_group:
        case "accepted":
            return theme.text, False
        case "missing" | "queried":
            return theme.det_text, True
    return theme.same_text, True


class ReturnsTable(RowsTable[ReturnRow]):
    """The board; N goes to the next return that is not accepted."""

    rows: ReturnsModel

    def __init__(self, appearance: Appearance) -> None:
        rows = ReturnsModel()
        super().__init__(appearance, rows, ReturnsDelegate(appearance, rows), "Returns of the quarter")

    def _asks(self, row: ReturnRow) -> bool:
        return row.state_group != "accepted"

    def _widths(self) -> tuple[int, ...]:
        """The clearance has the room that its boards need, and the return's name the rest."""
        px = self._appearance.px
        due, state = px(WIDTHS[DUE]), self._state_width()
        room = self.viewport().width() - due - STEPS_WIDTH - state
        words, caption = QFontMetrics(self._appearance.font("body")), QFontMetrics(self._appearance.font("caption"))
        lines = map(clearance_lines, self.rows.shown_rows)
        needed = [max(words.horizontalAdvance(one), caption.horizontalAdvance(two)) for one, two in lines]
        clearance = min(
            max([px(WIDTHS[CLEARANCE]), *(each + CLEARANCE_MARK for each in needed)]),
            round(room * MOST_CLEARANCE),
        )
        return max(room - clearance, LEAST), due, STEPS_WIDTH, state, max(clearance, LEAST)

    def _state_width(self) -> int:
        """The width that the states need, the long ones on two lines."""
        metrics, px = QFontMetrics(self._appearance.font("section")), self._appearance.px
        lengths = [metrics.horizontalAdvance(row.state) for row in self.rows.shown_rows]
        one_line = px(ONE_LINE_STATE)
        needed = [length if length <= one_line else round(length * 0.58) for length in lengths]
        return min(max([px(80), *needed]) + 20, px(WIDTHS[STATE]))
