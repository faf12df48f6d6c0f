"""How a live figure looks in a text: its ground, its dotted line, and the hatching of one that is embargoed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap, QTextCharFormat

from pcp_desktop.desktop.theme import Appearance

ROOM_FOR_LOCK = "\u00a0" * 4
"""Spaces as wide as the padlock that is drawn on them, which no line end parts from the embargoed figure."""
_TILE = 8  # px


def live_format(appearance: Appearance, *, covered: bool) -> QTextCharFormat:
    """The look of a live figure; `covered` is that of one which the working view covers."""
    theme = appearance.theme
    ground, words = (theme.emb_soft, theme.emb_text) if covered else (theme.live, theme.live_text)
    form = QTextCharFormat()
    form.setForeground(words)
    form.setBackground(_hatched(ground, theme.emb) if covered else QBrush(ground))
    form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
    form.setUnderlineColor(words)
    return form


def _hatched(ground: QColor, lines: QColor) -> QBrush:
    """A ground with thin lines from the lower left to the upper right, faint enough to read through."""
    tile = QPixmap(_TILE, _TILE)
    tile.fill(ground)
    faint = QColor(lines)
    faint.setAlphaF(0.35)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(faint, 1, Qt.PenStyle.SolidLine))
    for shift in (-_TILE, 0, _TILE):
        painter.drawLine(shift, _TILE, shift + _TILE, 0)
    painter.end()
    return QBrush(tile)
