"""A checkable button that counts the measures of one status and filters by it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton

from pcp_desktop.desktop.marks import paint_status
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.formats import counted
from pcp_desktop.domain.status import Status

_HEIGHT = 30
_MARK, _EDGE, _GAP = 16, 11, 8


class SummaryButton(QAbstractButton):
    """Mark, count, word; checked, the page shows only this status."""

    def __init__(self, status: Status, appearance: Appearance) -> None:
        super().__init__()
        self._status, self._appearance, self._count = status, appearance, 0
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(f"Show only: {status.word}")

    def count(self, measures: int) -> None:
        """Show how many measures have the status; with none there is no button."""
        self._count = measures
        self.setText(f"{measures} {self._status.word}")
        self.setAccessibleName(f"{counted(measures, 'measure')}: {self._status.word}")
        self.setVisible(measures > 0)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(
            self._left_of_word() + self._width(self._status.word, "body") + _EDGE, self._appearance.px(_HEIGHT)
        )

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focus, box = self.hasFocus(), QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        strong = focus or self.isChecked()
        painter.setPen(QPen(theme.focus if strong else theme.control, 2 if focus else 1))
        painter.setBrush(
            theme.select if self.isChecked() else theme.accent_soft if self.underMouse() else theme.surface
        )
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5) if focus else box, 5, 5)
        mark = self._appearance.px(_MARK)
        paint_status(painter, QRectF(_EDGE, (self.height() - mark) / 2, mark, mark), self._status.mark, theme)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setPen(theme.text)
        painter.setFont(self._appearance.font("finding"))
        painter.drawText(QRectF(_EDGE + mark + _GAP, 0, self.width(), self.height()), middle, str(self._count))
        painter.setFont(self._appearance.font("body"))
        painter.drawText(QRectF(self._left_of_word(), 0, self.width(), self.height()), middle, self._status.word)

    def _left_of_word(self) -> int:
        return _EDGE + self._appearance.px(_MARK) + _GAP + self._width(str(self._count), "finding") + _GAP

    def _width(self, text: str, role: str) -> int:
        return QFontMetrics(self._appearance.font(role)).horizontalAdvance(text)
