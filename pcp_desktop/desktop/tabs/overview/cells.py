"""How the overview's tree draws its cells: status, figures, change in two parts, sparkline, clearance, held rows."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QKeyEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from pcp_desktop.desktop import icons
from pcp_desktop.desktop.marks import Notice, mark_text_colour, paint_notice, paint_status
from pcp_desktop.desktop.tabs.overview.model import NUMERIC, ROW, VALUES, Column, OverviewModel, Shown, cell_text
from pcp_desktop.desktop.theme import Appearance, Theme
from pcp_desktop.domain.clearance import ClearanceState
from pcp_desktop.domain.formats import NO_VALUE
from pcp_desktop.domain.pages import Sparkline, ThemeRows
from pcp_desktop.domain.status import Mark

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 24
MARK = 14
EDGE = 8
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
_ROOM_FOR_WORDS = 40
_PERCENT_PART = 62  # px that the percent change takes at the right of its column


class CellDelegate(QStyledItemDelegate):
    """Draws one cell of a measure's row; what all columns share."""

    def __init__(self, appearance: Appearance, tree: QTreeView) -> None:
        super().__init__(tree)
        self.appearance = appearance

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt's signature
        return QSize(40, self.appearance.px(ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown = index.data(ROW)
        theme = self.appearance.theme
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(shown, Shown):
            selected = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.fillRect(rect, theme.select if selected else theme.surface)
            painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.hair)
            if not (shown.hidden and Column(index.column()) in VALUES):
                self.draw(painter, rect.adjusted(EDGE, 0, -EDGE, 0), shown, Column(index.column()), theme)
        painter.restore()

    def draw(self, painter: QPainter, rect: QRect, shown: Shown, column: Column, theme: Theme) -> None:
        """Draw the cell's content into `rect`."""
        text = shown.row.latest.shown if column is Column.LATEST else cell_text(shown, column)
        if column in (Column.PROJECTION, Column.POSITION) and has_wide_words(shown):
            return
        strong = column is Column.LATEST
        second = column in (Column.CODE, Column.BASELINE, Column.PROJECTION, Column.POSITION)
        self.write(
            painter, rect, text, theme.text2 if second else theme.text, "section" if strong else "body",
            _RIGHT if column in NUMERIC else _LEFT,
        )  # fmt: skip

    def write(
        self, painter: QPainter, rect: QRect, text: str, colour: QColor, role: str = "body", side: int = _LEFT
    ) -> None:
        """Write one line, elided at the end where it does not fit."""
        font = self.appearance.font(role)
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(rect, side, QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width()))


class StatusDelegate(CellDelegate):
    """A mark and its word; a theme's heading over the whole width is drawn by the tree."""

    def draw(self, painter: QPainter, rect: QRect, shown: Shown, column: Column, theme: Theme) -> None:  # noqa: ARG002
        size = self.appearance.px(MARK)
        paint_status(
            painter, QRectF(rect.left() + 4, rect.center().y() - size / 2 + 0.5, size, size), shown.mark, theme
        )
        strong = shown.mark is not Mark.NOT_ASSESSED
        colour = mark_text_colour(shown.mark, theme)
        self.write(painter, rect.adjusted(size + 11, 0, 0, 0), shown.word, colour, "section" if strong else "body")


class ChangeDelegate(CellDelegate):
    """The change and the percent change, each right aligned; at the left the marker of the latest figure beside it.

    The marker stands here, not behind the figure in its own cell, so that all latest figures align.
    """

    def draw(self, painter: QPainter, rect: QRect, shown: Shown, column: Column, theme: Theme) -> None:  # noqa: ARG002
        row = shown.row
        if row.latest.sign:
            self.write(painter, rect.adjusted(2 - EDGE, 0, 0, 0), row.latest.sign, theme.text3, "caption")
        percent = row.change_percent.shown
        if percent in ("", NO_VALUE):
            text = row.change.shown or NO_VALUE
            self.write(painter, rect, text, theme.text2 if text == NO_VALUE else theme.text, side=_RIGHT)
            return
        part = self.appearance.px(_PERCENT_PART)
        self.write(painter, rect.adjusted(0, 0, -part, 0), row.change.shown, theme.text, side=_RIGHT)
        self.write(painter, rect.adjusted(rect.width() - part, 0, 0, 0), percent, theme.text2, side=_RIGHT)


class SeriesDelegate(CellDelegate):
    """A sparkline with its limits as a band and its last point as a dot, or the words that stand for it."""

    def draw(self, painter: QPainter, rect: QRect, shown: Shown, column: Column, theme: Theme) -> None:
        spark = shown.row.sparkline
        if spark is None or not any(value is not None for value in spark.values):
            if not has_wide_words(shown):
                self.write(painter, rect, cell_text(shown, column), theme.text2)
            return
        paint_sparkline(painter, QRectF(rect.left(), rect.top() + 4, rect.width(), rect.height() - 9), spark, theme)


def has_wide_words(shown: Shown) -> bool:
    """Whether words stand instead of the series and no figure beside them: they then have its columns too."""
    row = shown.row
    alone = row.projection is None and not row.position
    return row.sparkline is None and bool(row.line) and alone and not shown.hidden


def paint_sparkline(painter: QPainter, box: QRectF, spark: Sparkline, theme: Theme) -> None:
    """Draw a small series into `box`; a missing month is a gap."""
    known = [value for value in spark.values if value is not None]
    ends = [end for pair in spark.band if pair is not None for end in pair]
    low, high = min([*known, *ends]), max([*known, *ends])
    spread = (high - low) or 1.0
    step = (box.width() - 6) / max(1, len(spark.values) - 1)

    def height(value: float) -> float:
        return box.bottom() - (value - low) / spread * box.height()

    upper: list[QPointF] = []
    lower: list[QPointF] = []
    for place, pair in enumerate([*spark.band, None]):
        if pair is not None:
            upper.append(QPointF(box.left() + 1 + place * step, height(pair[1])))
            lower.append(QPointF(box.left() + 1 + place * step, height(pair[0])))
        elif upper:
            painter.setPen(QPen(theme.limit, 1) if theme.outlined else Qt.PenStyle.NoPen)
            painter.setBrush(theme.band)
            painter.drawPolygon(QPolygonF([*upper, *reversed(lower)]))
            upper, lower = [], []
    painter.setPen(QPen(theme.data, 1.4))
    run: list[QPointF] = []
    for place, value in enumerate([*spark.values, None]):
        if value is not None:
            run.append(QPointF(box.left() + 1 + place * step, height(value)))
        elif run:
            painter.drawPolyline(QPolygonF(run))
            last, run = run[-1], []
    if spark.values[-1] is not None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.data)
        painter.drawEllipse(last, 2.4, 2.4)


class ClearanceDelegate(CellDelegate):
    """Whether a row may be published: a tick, a padlock or a triangle, always with words."""

    def draw(self, painter: QPainter, rect: QRect, shown: Shown, column: Column, theme: Theme) -> None:
        state, px = shown.row.clearance.state, self.appearance.px
        size = px(MARK)
        box = QRectF(rect.left(), rect.center().y() - size / 2 + 0.5, size, size)
        words = rect.adjusted(size + 6, 0, 0, 0)
        text, colour, role = cell_text(shown, column), theme.text2, "body"
        if shown.plain:
            words = rect
        elif state is ClearanceState.CLEARED:
            paint_notice(painter, box.adjusted(1, 1, -1, -1), Notice.DONE, theme)
        elif state is ClearanceState.WAITING:
            icons.paint_icon(painter, box, "clock", theme.same)
        else:
            paint_status(painter, box, Mark.EMBARGOED, theme)
            to = text.removeprefix("Embargoed to ")
            text, colour, role = f"To {to}" if to != text else text, theme.emb_text, "section"
        if words.width() >= px(_ROOM_FOR_WORDS):  # else the mark stands alone, with the words in its tool tip
            self.write(painter, words, text, colour, role)


class OverviewTree(QTreeView):
    """The tree of the overview: draws theme headings, held rows and the ring of the current row itself."""

    why_wanted = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.setAccessibleName("Measures by theme")
        self.setUniformRowHeights(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setSelectionBehavior(QTreeView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        plain = CellDelegate(appearance, self)
        self.setItemDelegate(plain)
        for column, kind in (
            (Column.STATUS, StatusDelegate),
            (Column.CHANGE, ChangeDelegate),
            (Column.SERIES, SeriesDelegate),
            (Column.CLEARANCE, ClearanceDelegate),
        ):
            self.setItemDelegateForColumn(column, kind(appearance, self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_W and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.why_wanted.emit()
        else:
            super().keyPressEvent(event)

    def drawRow(self, painter: QPainter, options: QStyleOptionViewItem, index: Index) -> None:
        theme = self._appearance.theme
        rect: QRect = options.rect
        first = index.sibling(index.row(), 0)
        value = first.data(ROW)
        if isinstance(value, ThemeRows):
            self._theme_row(painter, rect, value, theme, first)
        else:
            super().drawRow(painter, options, index)
            if isinstance(value, Shown) and value.hidden:
                self._held_cell(painter, rect, value, theme)
            elif isinstance(value, Shown) and has_wide_words(value):
                self._wide_words(painter, rect, value.row.line, theme)
        if self.selectionModel().isRowSelected(index.row(), index.parent()):
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), theme.accent)
        if self.hasFocus() and self.currentIndex().siblingAtColumn(0) == first:
            painter.save()
            painter.setPen(QPen(theme.focus, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -1, -2))
            painter.restore()

    def _theme_row(self, painter: QPainter, rect: QRect, rows: ThemeRows, theme: Theme, index: QModelIndex) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = self.selectionModel().isRowSelected(index.row(), index.parent())
        painter.fillRect(rect, theme.select if selected else theme.window)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.hair)
        chevron = "chevron-down" if self.isExpanded(index) else "chevron-right"
        middle = rect.center().y()
        icons.paint_icon(painter, QRectF(rect.left() + 8, middle - 6.5, 14, 14), chevron, theme.text2)
        place = self._run(painter, rect, rect.left() + 29, rows.theme, "section", theme.text)
        place = self._run(painter, rect, place + 9, str(len(rows.rows)), "body", theme.text3)
        place, size = place + 16, self._appearance.px(12)
        for mark, count in self._counts(index):
            paint_status(painter, QRectF(place, middle - size / 2 + 0.5, size, size), mark, theme)
            place = self._run(painter, rect, place + size + 5, str(count), "body", theme.text2) + 13
        painter.restore()

    def _counts(self, index: QModelIndex) -> list[tuple[Mark, int]]:
        model = self.model()
        assert isinstance(model, OverviewModel)
        marks = [shown.mark for shown in model.themes[index.row()][1]]
        return [(mark, marks.count(mark)) for mark in Mark if mark in marks]

    def _run(self, painter: QPainter, rect: QRect, left: int, text: str, role: str, colour: QColor) -> int:
        font = self._appearance.font(role)
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(QRect(left, rect.top(), rect.right() - left, rect.height()), _LEFT, text)
        return left + QFontMetrics(font).horizontalAdvance(text)

    def _wide_words(self, painter: QPainter, rect: QRect, words: str, theme: Theme) -> None:
        """Words instead of a series, over the columns beside it as well, and smaller before they are cut short."""
        left = self.columnViewportPosition(Column.SERIES) + EDGE
        columns = (Column.SERIES, Column.PROJECTION, Column.POSITION)
        width = sum(self.columnWidth(column) for column in columns) - 2 * EDGE
        if self.isColumnHidden(Column.SERIES):
            return
        role = "body"
        if QFontMetrics(self._appearance.font(role)).horizontalAdvance(words) > width:
            role = "caption"
        shown = QFontMetrics(self._appearance.font(role)).elidedText(words, Qt.TextElideMode.ElideRight, width)
        self._run(painter, QRect(left, rect.top(), width, rect.height()), left, shown, role, theme.text2)

    def _held_cell(self, painter: QPainter, rect: QRect, shown: Shown, theme: Theme) -> None:
        """One cell across the value columns with the reason; at work hatched, with a padlock."""
        left = self.columnViewportPosition(VALUES[0]) + EDGE
        last = next(column for column in reversed(VALUES) if not self.isColumnHidden(column))
        right = self.columnViewportPosition(last) + self.columnWidth(last) - EDGE
        box = QRect(left, rect.top() + 2, right - left, rect.height() - 5)
        if shown.plain:
            self._run(painter, box, box.left() + 8, shown.row.held_words, "body", theme.text2)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(box, theme.emb_soft)
        hatch = QColor(theme.emb)
        hatch.setAlphaF(0.3)
        painter.fillRect(box, QBrush(hatch, Qt.BrushStyle.BDiagPattern))
        painter.setPen(QPen(theme.emb, 1))
        if theme.outlined:
            painter.drawRect(box)
        font = self._appearance.font("medium")
        width = QFontMetrics(font).horizontalAdvance(shown.row.held_words)
        size = self._appearance.px(13)
        painter.fillRect(QRect(box.left() + 4, box.top(), width + size + 18, box.height()), theme.emb_soft)
        mark = QRectF(box.left() + 8, box.center().y() + 0.5 - size / 2, size, size)
        paint_status(painter, mark, Mark.EMBARGOED, theme)
        self._run(painter, box, box.left() + size + 15, shown.row.held_words, "medium", theme.emb_text)
        painter.restore()
