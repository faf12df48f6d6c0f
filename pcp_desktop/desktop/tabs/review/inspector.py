"""The inspector beside a review: one figure among its neighbours, with its checks and what accepting does."""

from __future__ import annotations

import re
from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from pcp_desktop.desktop.marks import Notice, notice_pixmap
from pcp_desktop.desktop.tabs.inspector import Inspector, empty
from pcp_desktop.desktop.tabs.recognise.regions import region_text
from pcp_desktop.desktop.tabs.review.rows import ReviewRow
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.impact import Impact
from pcp_desktop.domain.observations import Marker
from pcp_desktop.domain.recognition import RegionKind
from pcp_desktop.domain.returns import Change, Review, Severity
from pcp_desktop.domain.review_words import difference_words, note_key, note_words, notes_of

_CELL = re.compile(r"^\$?([A-Z]{1,3})\$?([0-9]+)$")
_AROUND = 1
Place = tuple[int, int]
"""A row and a column from 0."""
_NOTICES = {
    Severity.ERROR: Notice.ERROR,
    Severity.WARNING: Notice.LOOK,
    Severity.QUESTION: Notice.QUESTION,
    Severity.INFORMATION: Notice.INFORMATION,
}


def cell_place(cell: str) -> tuple[int, int] | None:
    """The row and column of an address, both from 0 ("L7" is 6, 11); None where it is no address."""
    found = _CELL.match(cell)
    if found is None:
        return None
    column = 0
    for letter in found.group(1):
        column = column * 26 + ord(letter) - 64
    return int(found.group(2)) - 1, column - 1


def column_letters(column: int) -> str:
    """The letters of a column counted from 0: "A", "AB"."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class SmallSeries(QWidget):
    """The figures of the same measure in the same workbook as a small line, the current one as a dot."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._values: tuple[float | None, ...] = ()
        self._current = -1
        self.setFixedHeight(58)

    def show_values(self, values: tuple[float | None, ...], current: int) -> None:
        """Draw `values` in order of period, with a dot on the one at index `current`."""
        self._values, self._current = values, current
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._appearance.theme
        painter.fillRect(self.rect(), theme.band)
        present = [value for value in self._values if value is not None]
        if len(present) < 2:
            return
        low, high = min(present), max(present)
        step = (self.width() - 16) / max(len(self._values) - 1, 1)
        room = self.height() - 16

        def place(at: int, value: float) -> QPointF:
            return QPointF(8 + at * step, 8 + room - (value - low) / ((high - low) or 1) * room)

        run: list[QPointF] = []
        painter.setPen(QPen(theme.data, 1.5))
        for at, value in [*enumerate(self._values), (-1, None)]:
            if value is not None:
                run.append(place(at, value))
            else:
                painter.drawPolyline(QPolygonF(run))
                run = []
        if 0 <= self._current < len(self._values):
            painter.setBrush(theme.data)
            painter.setPen(QPen(theme.surface, 1.2))
            painter.drawEllipse(place(self._current, self._values[self._current] or low), 4, 4)


class Neighbours(QTableWidget):
    """The cells around a figure as the workbook shows them, the figure's own cell outlined."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._own = (0, 0)
        self.setAccessibleName("The figure in the workbook")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrap(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setDefaultSectionSize(appearance.px(24))

    def show_cell(self, rows: tuple[tuple[str, ...], ...], cell: str, taken: Mapping[Place, RegionKind]) -> None:
        """Show the cells around `cell`, with the first column and the heading over it, each as it was `taken`."""
        place = cell_place(cell)
        self.clear()
        if place is None or place[0] >= len(rows):
            self.hide()
            return
        row, column = place
        near_rows = range(max(row - _AROUND, 0), min(row + _AROUND + 1, len(rows)))
        over = next((above for above in range(row, -1, -1) if taken.get((above, column)) is RegionKind.PERIOD), row)
        shown_rows = ([] if over in near_rows else [over]) + list(near_rows)
        near = range(max(column - _AROUND, 0), column + _AROUND + 1)
        shown_columns = ([] if 0 in near else [0]) + list(near)
        self.setRowCount(len(shown_rows))
        self.setColumnCount(len(shown_columns))
        self.setHorizontalHeaderLabels([column_letters(each) for each in shown_columns])
        self.setVerticalHeaderLabels([str(each + 1) for each in shown_rows])
        for down, each_row in enumerate(shown_rows):
            for across, each in enumerate(shown_columns):
                text = rows[each_row][each] if each < len(rows[each_row]) else ""
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self._dress(item, taken.get((each_row, each)))
                side = Qt.AlignmentFlag.AlignLeft if each == 0 else Qt.AlignmentFlag.AlignRight
                item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
                self.setItem(down, across, item)
        self._own = (shown_rows.index(row), shown_columns.index(column))
        own = self.item(*self._own)
        if own is not None:
            own.setFont(self._appearance.font("section"))
            own.setBackground(self._appearance.theme.same_soft)
            own.setForeground(self._appearance.theme.text)
        row_height = self._appearance.px(24)
        self.verticalHeader().setDefaultSectionSize(row_height)
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + row_height * len(shown_rows) + 2)
        self.show()

    def _dress(self, item: QTableWidgetItem, kind: RegionKind | None) -> None:
        """Colour a cell as the sheet in Recognise does."""
        theme = self._appearance.theme
        fills = {
            RegionKind.TITLE: theme.sheet_title,
            RegionKind.MEASURE: theme.sheet_measure,
            RegionKind.PERIOD: theme.sheet_period,
            RegionKind.TOTAL: theme.sheet_total,
        }
        if kind in fills:
            item.setBackground(fills[kind])
            item.setForeground(region_text(kind, theme))
        if kind is RegionKind.PERIOD:
            item.setFont(self._appearance.font("section"))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        own = self.item(*self._own) if self.rowCount() else None
        if own is not None:
            painter = QPainter(self.viewport())
            painter.setPen(QPen(self._appearance.theme.same, 2))
            painter.drawRect(QRectF(self.visualItemRect(own)).adjusted(0, 0, -1, -1))


class ReviewInspector(Inspector):
    """Old → new, the series, the neighbouring cells, the checks in words, and what accepting does."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(appearance, spacing=4)
        self._old, self._new, self._moved = self._label("figure", "second"), self._label("big"), self._label("body")
        self._series = SmallSeries(appearance)
        self._series_words = self._label("caption", "third")
        self._cells_heading = self._label("caption_strong", "second", "In the workbook")
        self._cells = Neighbours(appearance)
        self._cell_words = self._label("caption", "third")
        self._checks = QVBoxLayout()
        self._effect = self._label("body")
        self._note_heading, self._note = self._label("caption_strong", "second", "Note"), self._label("body")
        self.keep, self.note = QPushButton(), QPushButton()
        self._lay_out()

    def _lay_out(self) -> None:
        values = QHBoxLayout()
        values.setSpacing(8)
        for label in (self._old, self._new, self._moved):
            label.setWordWrap(False)
            values.addWidget(label)
        values.addStretch(1)
        column = self._column
        column.addLayout(values)
        for widget in (self._series, self._series_words, self._cells_heading, self._cells, self._cell_words):
            column.addWidget(widget)
        column.addSpacing(6)
        column.addWidget(self._label("caption_strong", "second", "Check"))
        column.addLayout(self._checks)
        column.addSpacing(6)
        column.addWidget(self._note_heading)
        column.addWidget(self._note)
        column.addSpacing(6)
        column.addWidget(self._label("caption_strong", "second", "What accepting does"))
        column.addWidget(self._effect)
        self._close(self.keep, self.note)

    @property
    def effect(self) -> str:
        """What accepting does to the figure on show, in words."""
        return self._effect.text()

    def show_row(self, review: Review, row: ReviewRow | None, left_out: bool, impact: Impact | None = None) -> None:
        """Show one figure of a review; None shows that nothing is selected. `impact` is that of the whole review."""
        self.keep.setVisible(row is not None and row.storable)
        self.note.setVisible(row is not None)
        if row is None:
            self._heading.setText("No figure selected")
        self._body.setVisible(row is not None)
        if row is None:
            return
        self._heading.setText(f"{row.measure}, {row.period}")
        self._heading.setToolTip(self._heading.text())
        self._show_values(row)
        self._show_series(review, row)
        self._show_cells(review, row)
        self._show_checks(row)
        noted = notes_of(review).get(note_key(row.key))
        self._note.setText(note_words(noted) if noted is not None else "")
        for label in (self._note_heading, self._note):
            label.setVisible(noted is not None)
        self.note.setText("Change note…" if noted is not None else "Add note…")
        own = impact.of_measure(row.key.measure) if impact is not None and not left_out and row.storable else None
        self._effect.setText(f"{_effect(row, left_out)}{_used(own) if own is not None else ''}")
        keep = f"Keep {row.stored}" if row.stored else "Leave out"
        self.keep.setText("Take the new figure" if left_out else keep)
        self.keep.setToolTip("U")

    def _show_values(self, row: ReviewRow) -> None:
        revised = row.figure.change is Change.REVISED
        self._old.setText(f"{row.stored}  →" if revised else "")
        self._old.setVisible(revised)
        long = len(row.new) > 24
        self._new.setText(row.new if not long else f"{row.new[:60]}…")
        self._new.setWordWrap(long)
        self._moved.setText(difference_words(row.figure) if revised else "")

    def _show_series(self, review: Review, row: ReviewRow) -> None:
        key = row.key
        same = [
            figure.observation
            for figure in review.figures
            if (figure.observation.key.measure, figure.observation.key.area, figure.observation.key.part)
            == (key.measure, key.area, key.part)
            and figure.observation.key.period.kind is key.period.kind
        ]
        same.sort(key=lambda observation: observation.key.period)
        several = len(same) > 2 and row.figure.observation.value is not None
        self._series.setVisible(several)
        self._series_words.setVisible(several)
        if several:
            values = tuple(observation.value for observation in same)
            at = [observation.key for observation in same].index(key)
            self._series.show_values(values, at)
            first, last = same[0].key.period.label, same[-1].key.period.label
            self._series_words.setText(f"This workbook’s figures, {first} to {last}")

    def _show_cells(self, review: Review, row: ReviewRow) -> None:
        source = row.figure.observation.source
        sheets = dict(review.sheets)
        rows = sheets.get(source.sheet, ())
        picture = next((one for one in review.recognition.sheets if one.name == source.sheet), None)
        taken = {(at, across): kind for at, across, kind in picture.regions} if picture is not None else {}
        self._cells.show_cell(rows, source.cell, taken)
        self._cells_heading.setVisible(bool(rows))
        sheet = f"Sheet “{source.sheet}”, cell" if source.sheet else "Cell"
        self._cell_words.setText(f"{sheet} {source.cell}")

    def _show_checks(self, row: ReviewRow) -> None:
        empty(self._checks)
        found = [(_NOTICES[finding.severity], finding.message) for finding in row.figure.findings]
        for notice, words in found or [(row.notice, row.check)]:
            line = QWidget()
            layout = QHBoxLayout(line)
            layout.setContentsMargins(0, 2, 0, 2)
            shape = QLabel()
            shape.setPixmap(notice_pixmap(notice, 16, self._appearance.theme, self.devicePixelRatioF()))
            layout.addWidget(shape, 0, Qt.AlignmentFlag.AlignTop)
            layout.addWidget(self._label("body", "", words), 1)
            self._checks.addWidget(line)


def _used(impact: Impact) -> str:
    """What uses the measure and changes with this return: the sentences as they will read, then the charts."""
    sentences = [f"{one.priority}, {one.period.label}: “{one.after}”" for one in impact.sentences]
    charts = [f"{one.priority}, chart: {one.title}" for one in impact.charts]
    if not sentences and not charts:
        return ""
    return "\n\nThe return changes for this measure:\n" + "\n".join(f"• {one}" for one in (*sentences, *charts))


def _effect(row: ReviewRow, left_out: bool) -> str:
    """What accepting does to one figure."""
    if left_out:
        return f"The stored {row.stored} stays." if row.stored else "The figure is not stored."
    match row.figure.change:
        case Change.REFUSED:
            return f"Nothing: the stored {row.stored} stays." if row.stored else "Nothing: the figure is not stored."
        case Change.UNCHANGED:
            return "Nothing: the same figure is already stored."
        case Change.REVISED:
            changes = f"The figure changes from {row.stored} to {row.new}."
            if row.figure.reopens:
                changes += " The measure waits for its board again: until it is cleared, it is not published."
            return f"{changes} The change is kept and can be undone."
    if row.figure.observation.marker is Marker.NOT_AVAILABLE:
        return "The period is stored as not available."
    return "The figure is stored with its cell. It can be undone."
