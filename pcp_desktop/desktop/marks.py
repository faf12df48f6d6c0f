"""Status marks and notices as shapes, drawn alike by every delegate, tab and dialog; never told apart by colour."""

from __future__ import annotations

import math
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from pcp_desktop.desktop.theme import Theme
from pcp_desktop.domain.status import Mark

_GRID = 16.0  # every shape is drawn on a grid of 16 units and scaled
_RATIOS = (1.0, 2.0)


class Notice(StrEnum):
    """What a message is: an error, something to look at, a question, information, or something done."""

    ERROR = "error"
    LOOK = "look"
    QUESTION = "question"
    INFORMATION = "information"
    DONE = "done"


def mark_colour(mark: Mark, theme: Theme) -> QColor:
    """The colour of a mark's shape."""
    return {
        Mark.IMPROVING: theme.imp,
        Mark.SAME: theme.same,
        Mark.DETERIORATING: theme.det,
        Mark.NOT_ASSESSED: theme.na,
        Mark.EMBARGOED: theme.emb,
    }[mark]


def mark_text_colour(mark: Mark, theme: Theme) -> QColor:
    """The colour of the word beside a mark."""
    return {
        Mark.IMPROVING: theme.imp_text,
        Mark.SAME: theme.same_text,
        Mark.DETERIORATING: theme.det_text,
        Mark.NOT_ASSESSED: theme.na_text,
        Mark.EMBARGOED: theme.emb_text,
    }[mark]


def notice_colour(notice: Notice, theme: Theme) -> QColor:
    """The colour of a notice's shape."""
    return {
        Notice.ERROR: theme.det,
        Notice.LOOK: theme.same,
        Notice.QUESTION: theme.accent,
        Notice.INFORMATION: theme.na,
        Notice.DONE: theme.imp,
    }[notice]


def paint_status(painter: QPainter, rect: QRectF, mark: Mark, theme: Theme) -> None:
    """Draw a status mark into `rect` (11 to 56 px a side); inner strokes take the surface's colour."""
    _begin(painter, rect)
    colour = mark_colour(mark, theme)
    match mark:
        case Mark.IMPROVING:
            _fill(painter, _circle(7.2), colour)
            _stroke(painter, _line((4.6, 8.3), (7.0, 10.7), (11.5, 5.6)), theme.surface, 1.8)
        case Mark.SAME:
            square = QPainterPath()
            square.addRoundedRect(QRectF(1.2, 1.2, 13.6, 13.6), 2, 2)
            _fill(painter, square, colour)
            _stroke(painter, _line((4.4, 6.1), (11.6, 6.1)), theme.surface, 1.8)
            _stroke(painter, _line((4.4, 9.9), (11.6, 9.9)), theme.surface, 1.8)
        case Mark.DETERIORATING:
            _fill(painter, _polygon((8, 0.2), (15.8, 8), (8, 15.8), (0.2, 8)), colour)
            _exclamation(painter, theme.surface, 4.6)
        case Mark.NOT_ASSESSED:
            pen = QPen(colour, 1.6)
            pen.setDashPattern([1.9, 1.35])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.strokePath(_circle(6.6), pen)
        case Mark.EMBARGOED:
            _padlock(painter, colour, theme.surface)
    painter.restore()


def paint_notice(painter: QPainter, rect: QRectF, notice: Notice, theme: Theme) -> None:
    """Draw a notice's shape into `rect`."""
    _begin(painter, rect)
    colour = notice_colour(notice, theme)
    match notice:
        case Notice.ERROR:
            corners = [math.radians(22.5 + 45 * step) for step in range(8)]
            _fill(painter, _polygon(*((8 + 7.8 * math.cos(a), 8 + 7.8 * math.sin(a)) for a in corners)), colour)
            _stroke(painter, _line((5.3, 5.3), (10.7, 10.7)), theme.surface, 2.0)
            _stroke(painter, _line((10.7, 5.3), (5.3, 10.7)), theme.surface, 2.0)
        case Notice.LOOK:
            _fill(painter, _polygon((8, 0.8), (15.8, 14.8), (0.2, 14.8)), colour)
            _exclamation(painter, theme.surface, 5.6)
        case Notice.QUESTION:
            _stroke(painter, _circle(6.9), colour, 1.5)
            hook = QPainterPath(QPointF(5.8, 6.3))
            hook.cubicTo(5.8, 3.4, 10.3, 3.4, 10.3, 6.2)
            hook.cubicTo(10.3, 7.9, 8, 7.9, 8, 9.5)
            _stroke(painter, hook, colour, 1.5)
            _dot(painter, colour, 11.9)
        case Notice.INFORMATION:
            _stroke(painter, _circle(6.9), colour, 1.5)
            _stroke(painter, _line((8, 7.4), (8, 11.6)), colour, 1.6)
            _dot(painter, colour, 4.7)
        case Notice.DONE:
            _stroke(painter, _line((2.6, 8.6), (6.3, 12.3), (13.6, 3.9)), colour, 1.7)
    painter.restore()


def status_icon(mark: Mark, size: int, theme: Theme) -> QIcon:
    """A status mark as an icon of `size` px, for tabs, buttons and menus."""
    made = QIcon()
    for ratio in _RATIOS:
        made.addPixmap(status_pixmap(mark, size, theme, ratio))
    return made


def status_pixmap(mark: Mark, size: int, theme: Theme, ratio: float = 1.0) -> QPixmap:
    """A status mark as a picture of `size` px for a device pixel ratio."""
    image = _blank(size, ratio)
    painter = QPainter(image)
    paint_status(painter, QRectF(0, 0, size, size), mark, theme)
    painter.end()
    return image


def notice_pixmap(notice: Notice, size: int, theme: Theme, ratio: float = 1.0) -> QPixmap:
    """A notice's shape as a picture of `size` px for a device pixel ratio."""
    image = _blank(size, ratio)
    painter = QPainter(image)
    paint_notice(painter, QRectF(0, 0, size, size), notice, theme)
    painter.end()
    return image


def _blank(size: int, ratio: float) -> QPixmap:
    image = QPixmap(round(size * ratio), round(size * ratio))
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    return image


def _begin(painter: QPainter, rect: QRectF) -> None:
    side = min(rect.width(), rect.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.center().x() - side / 2, rect.center().y() - side / 2)
    painter.scale(side / _GRID, side / _GRID)


def _circle(radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(8, 8), radius, radius)
    return path


def _line(*points: tuple[float, float]) -> QPainterPath:
    path = QPainterPath(QPointF(*points[0]))
    for point in points[1:]:
        path.lineTo(QPointF(*point))
    return path


def _polygon(*points: tuple[float, float]) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(*point) for point in points]))
    path.closeSubpath()
    return path


def _fill(painter: QPainter, path: QPainterPath, colour: QColor) -> None:
    painter.fillPath(path, colour)


def _stroke(painter: QPainter, path: QPainterPath, colour: QColor, width: float) -> None:
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, pen)


def _dot(painter: QPainter, colour: QColor, height: float) -> None:
    path = QPainterPath()
    path.addEllipse(QPointF(8, height), 1.0, 1.0)
    painter.fillPath(path, colour)


def _exclamation(painter: QPainter, colour: QColor, top: float) -> None:
    _stroke(painter, _line((8, top), (8, top + 4.1)), colour, 1.7)
    _dot(painter, colour, top + 7.0)


def _padlock(painter: QPainter, colour: QColor, inner: QColor) -> None:
    shackle = QPainterPath(QPointF(4.9, 7))
    shackle.lineTo(4.9, 5.0)
    shackle.cubicTo(4.9, 0.7, 11.1, 0.7, 11.1, 5.0)
    shackle.lineTo(11.1, 7)
    pen = QPen(colour, 1.8)
    painter.strokePath(shackle, pen)
    body = QPainterPath()
    body.addRoundedRect(QRectF(2.4, 6.7, 11.2, 8.3), 1.6, 1.6)
    painter.fillPath(body, colour)
    keyhole = QPainterPath()
    keyhole.addEllipse(QPointF(8, 10.7), 1.3, 1.3)
    painter.fillPath(keyhole, inner)
