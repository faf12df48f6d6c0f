"""The ink of a review's table: a chip for the change, stored → new, and the shape before the check."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from pcp_desktop.desktop.icons import paint_icon
from pcp_desktop.desktop.marks import Notice, paint_notice
from pcp_desktop.desktop.tables import RIGHT, RowsDelegate
from pcp_desktop.desktop.tabs.review.model import ReviewModel
from pcp_desktop.desktop.tabs.review.rows import ReviewRow
from pcp_desktop.domain.returns import Change

TALL_ROW = 46
CHECK_MARK = 22  # pixels before the words of a check


class ReviewDelegate(RowsDelegate[ReviewRow]):
    """Paints the cells of a review: a chip for the change, stored → new, and the shape before the check."""

    _rows: ReviewModel

    def _fold(self, painter: QPainter, rect: QRect) -> None:
        theme = self._appearance.theme
        square = QRectF(rect.left() + 10, rect.center().y() - 7, 14, 14)
        paint_icon(painter, square, "chevron-down" if self._rows.unfolded else "chevron-right", theme.text2)
        self._text(painter, rect.adjusted(32, 0, 0, 0), self._rows.fold_words(), theme.text2)

    def _cell(self, painter: QPainter, rect: QRect, row: ReviewRow, column: int) -> None:
        theme = self._appearance.theme
        left_out = row.key in self._rows.left_out
        match column:
            case 0:
                self._chip(painter, rect, row, self._rows.change_words(row), left_out)
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
        painter.setFont(bold)
        painter.setPen(theme.det_text if refused else theme.text2 if quiet else theme.text)
        painter.drawText(rect, RIGHT, new)
        if row.figure.change is Change.REVISED:
            used = QFontMetrics(bold).horizontalAdvance(new)
            self._text(painter, rect.adjusted(0, 0, -used, 0), f"{row.stored} → ", theme.text2, align=RIGHT)
