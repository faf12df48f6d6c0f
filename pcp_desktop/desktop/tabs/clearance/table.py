"""The measures of a quarter by what becomes of their clearance: groups, two lines a row, held ones hatched."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from pcp_desktop.desktop.icons import paint_icon
from pcp_desktop.desktop.marks import Notice, paint_notice, paint_status
from pcp_desktop.desktop.tables import LEAST, NO_PARENT, Index, RowsDelegate, RowsModel, RowsTable
from pcp_desktop.desktop.tabs.held_panel import paint_hatched
from pcp_desktop.desktop.tabs.progress_steps import STEPS_WIDTH, paint_steps
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.clearance import ClearanceState
from pcp_desktop.domain.clearance_page import ClearanceGroup, ClearancePage, ClearanceRow
from pcp_desktop.domain.periods import in_words
from pcp_desktop.domain.status import Mark

MEASURE, WAITS, PROGRESS, CLEARANCE, TOLD = range(5)
HEADERS = ("Measure", "Waits for", "Progress", "Clearance", "Told")
WIDTHS = (0, 232, STEPS_WIDTH, 196, 48)
_HATCH, _HEADING_HEIGHT = 0.22, 26


def clearance_words(row: ClearanceRow) -> str:
    """The clearance in a few words: what it waits for has a column of its own."""
    if row.group is ClearanceGroup.AWAITED:
        return "Nothing to clear yet"
    match row.clearance.state:
        case ClearanceState.CLEARED:
            return row.shown.words
        case ClearanceState.WAITING:
            return "Not cleared"
    return row.clearance.state.value.capitalize()


def steps_words(row: ClearanceRow) -> str:
    """How far a measure has come: "Received 20 Jan 2016, Leicestershire Police; not yet cleared"."""
    done = [f"{step.word} {step.detail}".strip() for step in row.steps if step.state == "done"]
    following = next((step.word.lower() for step in row.steps if step.state != "done"), "")
    return "; ".join([*done, f"not yet {following}"] if following else done)


class ClearanceModel(RowsModel[ClearanceRow]):
    """The rows of a page, each group under its heading; a heading cannot be chosen."""

    headers = HEADERS

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[ClearanceRow | str] = []

    def show_page(self, page: ClearancePage) -> None:
        """Show another page."""
        self.beginResetModel()
        self._rows = page.rows
        self._lines = []
        for group in ClearanceGroup:
            rows = page.of(group)
            if rows:
                self._lines += [_heading(group, len(rows), page), *rows]
        self.endResetModel()

    def row(self, at: int) -> ClearanceRow | None:
        line = self._lines[at] if 0 <= at < len(self._lines) else None
        return line if isinstance(line, ClearanceRow) else None

    def heading(self, at: int) -> str:
        """The words of a group's heading; empty where the line is a measure's."""
        line = self._lines[at] if 0 <= at < len(self._lines) else ""
        return line if isinstance(line, str) else ""

    def find(self, measure: str) -> int:
        """The line of a measure, or of a measure's area; of the first measure where it has none."""
        lines = [line.key if isinstance(line, ClearanceRow) else "" for line in self._lines]
        return lines.index(measure) if measure and measure in lines else 1

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.NoItemFlags if self.heading(index.row()) else super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        heading = self.heading(index.row())
        if heading:
            told = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            return heading if told and index.column() == MEASURE else None
        return super().data(index, role)

    def words(self, row: ClearanceRow, column: int) -> str:
        told = str(len(row.told)) if row.told else ""
        waits = f"{row.waits_for}, {row.ends}"
        return (f"{row.label}, {row.priority}", waits, steps_words(row), clearance_words(row), told)[column]

    def sentence(self, row: ClearanceRow) -> str:
        told = f" Told to {len(row.told)} before release." if row.told else ""
        return f"{row.priority}, {row.label}. {clearance_words(row)}. {row.waits_for}, {row.ends}.{told}"


def _heading(group: ClearanceGroup, count: int, page: ClearancePage) -> str:
    day = f", {in_words(page.publish_by)}" if group is ClearanceGroup.SOON and page.publish_by else ""
    return f"{group.value}{day}: {count}"


class ClearanceDelegate(RowsDelegate[ClearanceRow]):
    """Paints the two-line rows and the headings of the groups."""

    row_height = 42
    right_edge = 4
    _rows: ClearanceModel

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        heading = self._rows.heading(index.row())
        if heading:
            painter.save()
            self._heading(painter, option.rect, heading)
            painter.restore()
        else:
            super().paint(painter, option, index)

    def _heading(self, painter: QPainter, rect: QRect, words: str) -> None:
        """A group's heading over the whole width."""
        theme = self._appearance.theme
        painter.fillRect(rect, theme.sunken)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.hair)
        self._text(painter, rect.adjusted(10, 0, -8, 0), words, theme.text2, "caption_strong")

    def _cell(self, painter: QPainter, rect: QRect, row: ClearanceRow, column: int) -> None:
        theme = self._appearance.theme
        match column:
            case 0:
                self._two_lines(painter, rect, row.label, row.priority, theme.text, "section")
            case 1:
                self._two_lines(painter, rect, row.waits_for, row.ends, theme.text)
            case 2:
                paint_steps(painter, rect, [step.state for step in row.steps], theme)
            case 3:
                self._clearance(painter, rect, row)
            case _:
                self._text(painter, rect, str(len(row.told)) if row.told else "", theme.text2)

    def _clearance(self, painter: QPainter, rect: QRect, row: ClearanceRow) -> None:
        theme = self._appearance.theme
        colour: QColor = theme.text
        square = QRectF(rect.left() + 2, rect.center().y() - 7, 14, 14)
        match row.clearance.state:
            case ClearanceState.CLEARED:
                paint_notice(painter, square, Notice.DONE, theme)
            case ClearanceState.WAITING:
                if row.group is ClearanceGroup.OVERDUE:
                    paint_notice(painter, square, Notice.LOOK, theme)
                elif row.group is not ClearanceGroup.AWAITED:
                    paint_icon(painter, square, "clock", theme.same)
            case _:
                paint_hatched(painter, QRectF(rect.adjusted(-4, 4, 0, -5)), theme, strength=_HATCH)
                paint_status(painter, square, Mark.EMBARGOED, theme)
                colour = theme.emb_text
        words, beside = clearance_words(row), rect.adjusted(23, 0, -2, 0)
        if colour == theme.emb_text:  # no hatch behind the word
            metrics = QFontMetrics(self._appearance.font("body"))
            width, height = metrics.horizontalAdvance(words) + 8, metrics.height()
            painter.fillRect(QRect(beside.left() - 4, rect.center().y() - height // 2, width, height), theme.emb_soft)
        self._wrapped(painter, beside, words, colour)


class ClearanceTable(RowsTable[ClearanceRow]):
    """The measures; N goes to the next that is to be cleared now."""

    rows: ClearanceModel

    def __init__(self, appearance: Appearance) -> None:
        rows = ClearanceModel()
        super().__init__(appearance, rows, ClearanceDelegate(appearance, rows), "Measures by clearance")

    def go_to(self, at: int) -> None:
        """Select a row, stepping over a group's heading in the direction of the move."""
        step = -1 if at < self.currentIndex().row() else 1
        while self.rows.heading(at):
            at += step
        if 0 <= at < self.rows.rowCount():
            super().go_to(at)

    def _asks(self, row: ClearanceRow) -> bool:
        return row.group is ClearanceGroup.OVERDUE

    def _widths(self) -> tuple[int, ...]:
        px = self._appearance.px
        others = [px(WIDTHS[WAITS]), STEPS_WIDTH, px(WIDTHS[CLEARANCE]), px(WIDTHS[TOLD])]
        room = self.viewport().width()
        over = max(0, px(200) + sum(others) - room)
        others[0] = max(others[0] - over, px(120))
        return max(room - sum(others), LEAST), *others

    @Slot()
    def _fit(self) -> None:
        super()._fit()
        self.clearSpans()
        for at in range(self.rows.rowCount()):
            if self.rows.heading(at):
                self.setSpan(at, 0, 1, len(HEADERS))
                self.setRowHeight(at, self._appearance.px(_HEADING_HEIGHT))
            else:
                self.setRowHeight(at, self._appearance.px(self._delegate.row_height))
