"""How the parts of a sheet are told apart: fill, bar, hatching and outline, alike in the sheet and in its key."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from pcp_desktop.desktop.theme import Appearance, Theme
from pcp_desktop.domain.recognition import RegionKind

WORDS = {
    RegionKind.TITLE: "Title",
    RegionKind.MEASURE: "Measure",
    RegionKind.PERIOD: "Period",
    RegionKind.VALUE: "Value",
    RegionKind.TOTAL: "Total, not stored",
    RegionKind.NOTE: "Note",
}
_BAR, _UNDER = 3, 2


def region_text(kind: RegionKind | None, theme: Theme) -> QColor:
    """The colour of the words in a cell."""
    return {
        RegionKind.TITLE: theme.sheet_title_text,
        RegionKind.MEASURE: theme.sheet_measure_text,
        RegionKind.PERIOD: theme.sheet_period_text,
        RegionKind.TOTAL: theme.sheet_total_text,
        RegionKind.NOTE: theme.sheet_note_text,
    }.get(kind or RegionKind.VALUE, theme.text)


def paint_region(painter: QPainter, rect: QRect, kind: RegionKind, theme: Theme) -> None:
    """Fill a cell for what it was taken for; without colours by outline, bar, hatching and dots."""
    fill = {
        RegionKind.TITLE: theme.sheet_title,
        RegionKind.MEASURE: theme.sheet_measure,
        RegionKind.PERIOD: theme.sheet_period,
        RegionKind.TOTAL: theme.sheet_total,
        RegionKind.NOTE: theme.sheet_note,
    }.get(kind)
    if fill is None:
        return
    painter.fillRect(rect, fill)
    match kind:
        case RegionKind.MEASURE:
            colour = theme.text if theme.outlined else theme.accent
            painter.fillRect(QRect(rect.left(), rect.top(), _BAR, rect.height() + 1), colour)
        case RegionKind.PERIOD:
            painter.fillRect(QRect(rect.left(), rect.bottom() - _UNDER + 2, rect.width() + 1, _UNDER), theme.imp)
        case RegionKind.TOTAL:
            painter.fillRect(rect, QBrush(theme.grid if theme.outlined else theme.hair, Qt.BrushStyle.BDiagPattern))
        case RegionKind.TITLE if theme.outlined:
            painter.setPen(QPen(theme.text, 1))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        case RegionKind.NOTE if theme.outlined:
            painter.setPen(QPen(theme.text, 1, Qt.PenStyle.DotLine))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))


def paint_outline(painter: QPainter, rect: QRect, colour: QColor, fill: QColor | None) -> None:
    """Outline a cell that matters now."""
    if fill is not None:
        painter.fillRect(rect.adjusted(0, 0, -1, -1), fill)
    painter.setPen(QPen(colour, 2))
    painter.drawRect(rect.adjusted(1, 1, -1, -1))


def paint_mark(painter: QPainter, rect: QRect, theme: Theme) -> None:
    """Draw a dashed line round a region that was marked by hand."""
    pen = QPen(theme.accent, 2, Qt.PenStyle.DashLine)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.adjusted(1, 1, -1, -1))


class _Swatch(QWidget):
    """A small cell in the ink of one part of a sheet; None is a region that was marked by hand."""

    def __init__(self, appearance: Appearance, kind: RegionKind | None) -> None:
        super().__init__()
        self._appearance, self._kind = appearance, kind

    def sizeHint(self) -> QSize:
        return QSize(self._appearance.px(16), self._appearance.px(14))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter, theme = QPainter(self), self._appearance.theme
        rect = self.rect().adjusted(0, 0, -1, -1)
        painter.fillRect(rect, theme.surface)
        if self._kind is None:
            paint_mark(painter, rect, theme)
            return
        paint_region(painter, rect, self._kind, theme)
        if self._kind in (RegionKind.TITLE, RegionKind.VALUE, RegionKind.TOTAL, RegionKind.NOTE):
            painter.setPen(QPen(theme.control, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect)


class RegionKeys(QWidget):
    """The key above the sheet: what each colour says."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(6)
        for kind, words in (*WORDS.items(), (None, "Marked by hand")):
            label = QLabel(words)
            label.setProperty("role", "caption")
            label.setProperty("tone", "second")
            label.setContentsMargins(0, 0, appearance.px(8), 0)
            swatch = _Swatch(appearance, kind)
            row.addWidget(swatch, 0, Qt.AlignmentFlag.AlignVCenter)
            row.addWidget(label)
            if kind is None:
                self._of_marks = (swatch, label)
        row.addStretch(1)
        self.show_marks(False)

    def show_marks(self, shown: bool) -> None:
        """Explain the line round marked regions where there are any."""
        for part in self._of_marks:
            part.setVisible(shown)
