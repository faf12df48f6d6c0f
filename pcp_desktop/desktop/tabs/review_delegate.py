"""The ink of a review's table: a chip for the change, stored → new, and the shape before the check."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from pcp_desktop.desktop.icons import paint_icon
from pcp_desktop.desktop.marks import Notice, paint_notice
from pcp_desktop.desktop.tabs.review_model import Index, ReviewModel
from pcp_desktop.desktop.tabs.review_rows import ReviewRow
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.returns import Change

ROW, TALL_ROW = 31, 46
CHECK_MARK = 22  # pixels before the words of a check


class ReviewDelegate(QStyledItemDelegate):
    """Paints the cells of a review: a chip for the change, stored → new, and the shape before the check."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), self._appearance.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, ReviewModel):
            return
        theme = self._appearance.theme
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, theme.select if selected else theme.surface)
        if selected and index.column() == 0:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), theme.accent)
        painter.setPen(QPen(theme.hair))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        row = model.row(index.row())
        if row is None:
            self._fold(painter, rect, model.fold_words(), model._unfolded)
        else:
            self._cell(painter, rect.adjusted(8, 0, -8, 0), row, model, index.column())
        painter.restore()

    def _fold(self, painter: QPainter, rect: QRect, words: str, unfolded: bool) -> None:
        theme = self._appearance.theme
        square = QRectF(rect.left() + 10, rect.center().y() - 7, 14, 14)
        paint_icon(painter, square, "chevron-down" if unfolded else "chevron-right", theme.text2)
        self._text(painter, rect.adjusted(32, 0, 0, 0), words, theme.text2)

    def _cell(self, painter: QPainter, rect: QRect, row: ReviewRow, model: ReviewModel, column: int) -> None:
        theme = self._appearance.theme
        left_out = row.key in model.left_out
        match column:
            case 0:
                self._chip(painter, rect, row, model.change_words(row), left_out)
            case 1:
                self._wrapped(painter, rect, row.measure, theme.text)
            case 2:
                self._wrapped(painter, rect, row.period, theme.text2)
            case 3:
                self._value(painter, rect, row, left_out)
            case 4:
                self._text(painter, rect, row.cell, theme.accent)
            case _:
                size = 14
                shape = QRectF(rect.left(), rect.center().y() - size / 2 + 0.5, size, size)
                paint_notice(painter, shape, row.notice, theme)
                quiet = row.notice in (Notice.DONE, Notice.INFORMATION)
                beside = rect.adjusted(CHECK_MARK, 0, 0, 0)
                self._wrapped(painter, beside, row.check, theme.text2 if quiet else theme.text)

    def _chip(self, painter: QPainter, rect: QRect, row: ReviewRow, words: str, left_out: bool) -> None:
        theme = self._appearance.theme
        fill, ink = {
            Change.NEW: (theme.accent_soft, theme.accent),
            Change.REVISED: (theme.same_soft, theme.same_text),
            Change.REFUSED: (theme.det_soft, theme.det_text),
            Change.UNCHANGED: (theme.na_soft, theme.na_text),
        }[row.figure.change]
        if left_out:
            fill, ink = theme.na_soft, theme.na_text
        font = self._appearance.font("caption_strong")
        width = QFontMetrics(font).horizontalAdvance(words) + 14
        height = self._appearance.px(20)
        chip = QRectF(rect.left(), rect.center().y() - height / 2 + 1, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(ink, 1) if theme.outlined or left_out else Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawRoundedRect(chip, 3, 3)
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, words)

    def _value(self, painter: QPainter, rect: QRect, row: ReviewRow, left_out: bool) -> None:
        theme = self._appearance.theme
        refused = row.figure.change is Change.REFUSED
        bold = self._appearance.font("section")
        bold.setStrikeOut(refused or left_out)
        quiet = refused or left_out or row.figure.change is Change.UNCHANGED
        new = QFontMetrics(bold).elidedText(row.new, Qt.TextElideMode.ElideRight, rect.width())
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(bold)
        painter.setPen(theme.det_text if refused else theme.text2 if quiet else theme.text)
        painter.drawText(rect, right, new)
        if row.figure.change is Change.REVISED:
            used = QFontMetrics(bold).horizontalAdvance(new)
            self._text(painter, rect.adjusted(0, 0, -used, 0), f"{row.stored} → ", theme.text2, right)

    def _wrapped(self, painter: QPainter, rect: QRect, text: str, colour: QColor) -> None:
        """The text on one line where it fits, otherwise on two; what is longer still ends in an ellipsis."""
        font = self._appearance.font("body")
        metrics = QFontMetrics(font)
        if metrics.horizontalAdvance(text) <= rect.width():
            self._text(painter, rect, text, colour)
            return
        painter.setFont(font)
        painter.setPen(colour)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(rect, flags, _two_lines(text, metrics, rect.width()))

    def _text(
        self,
        painter: QPainter,
        rect: QRect,
        text: str,
        colour: QColor,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    ) -> None:
        font: QFont = self._appearance.font("body")
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(rect, align, QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width()))


def _two_lines(text: str, metrics: QFontMetrics, width: int) -> str:
    """As much of `text` as two lines of `width` pixels hold, cut between words."""
    words = text.split()
    for count in range(len(words), 0, -1):
        shown = " ".join(words[:count]) + ("" if count == len(words) else "…")
        box = metrics.boundingRect(QRect(0, 0, width, 1000), Qt.TextFlag.TextWordWrap, shown)
        if box.height() <= 2 * metrics.lineSpacing() and box.width() <= width:
            return shown
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
