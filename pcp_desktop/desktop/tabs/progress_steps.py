"""The four steps of a row's progress as they are painted: done, open or stuck."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF
from PySide6.QtGui import QPainter, QPen

from pcp_desktop.desktop.marks import Notice, paint_notice
from pcp_desktop.desktop.theme import Theme

STEPS_WIDTH = 104
"""The room that four steps need, in px; they do not grow with the text."""


def paint_steps(painter: QPainter, rect: QRect, steps: Sequence[str], theme: Theme) -> None:
    """Paint the states of the steps ("done", "open", "stuck") in a row from the left of `rect`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    y, gap = rect.center().y() + 0.5, 26.0
    x = rect.left() + 7.0
    for at, step in enumerate(steps):
        centre = QPointF(x + at * gap, y)
        if at < len(steps) - 1:
            both = step == "done" and steps[at + 1] == "done"
            painter.setPen(QPen(theme.accent if both else theme.control, 2 if both else 1.2))
            painter.drawLine(QLineF(centre.x() + 6, y, centre.x() + gap - 6, y))
        if step == "stuck":
            paint_notice(painter, QRectF(centre.x() - 7, y - 7, 14, 14), Notice.ERROR, theme)
            continue
        painter.setPen(QPen(theme.accent if step == "done" else theme.control, 1.4))
        painter.setBrush(theme.accent if step == "done" else theme.surface)
        painter.drawEllipse(centre, 5.6, 5.6)
        if step == "done":
            painter.setPen(QPen(theme.on_accent, 1.5))
            painter.drawLine(QLineF(centre.x() - 2.6, y + 0.2, centre.x() - 0.7, y + 2.2))
            painter.drawLine(QLineF(centre.x() - 0.7, y + 2.2, centre.x() + 2.8, y - 2.2))
