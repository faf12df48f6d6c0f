"""The ink of a bar chart: the forces of a group in the order given, the own force in bold."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from pcp_desktop.desktop.charts.layout import bars_of
from pcp_desktop.desktop.charts.pencil import line_height
from pcp_desktop.desktop.theme import Theme
from pcp_desktop.domain.pages import ChartKind, ChartPoint, ChartSpec, SeriesRole

MOST_ROW, MOST_BAR = 5.5, 2.5  # lines of text
BAR_SHARE = 0.68  # of its row


def bar_rows(spec: ChartSpec, bounds: QRectF, font: QFont) -> list[QRectF]:
    """The strip of each bar, top to bottom; few bars in a high chart grow to a limit and stand in its middle."""
    count = len(bars_of(spec)) or 1
    height = min(MOST_ROW * line_height(font), bounds.height() / count)
    top = bounds.center().y() - height * count / 2
    return [QRectF(bounds.left(), top + height * row, bounds.width(), height) for row in range(count)]


def name_room(spec: ChartSpec, bounds: QRectF, bold: QFont) -> float:
    """The width of the column of names, at most 55 % of the chart."""
    metrics = QFontMetricsF(bold)
    widest = max((metrics.horizontalAdvance(point.period) for _, point in bars_of(spec)), default=0.0)
    return min(widest + 10, bounds.width() * 0.55)


def bar_rect(spec: ChartSpec, point: ChartPoint, row: QRectF, bold: QFont, bounds: QRectF) -> QRectF:
    """The bar of a point in its row; the axis starts at zero and ends where the longest value label still fits.

    A bar of a waterfall reaches from the low to the high end of its point.
    """
    left = bounds.left() + name_room(spec, bounds, bold)
    metrics = QFontMetricsF(bold)
    label = max((metrics.horizontalAdvance(item.shown) for _, item in bars_of(spec)), default=0.0)
    most = max((_ends(item)[1] for _, item in bars_of(spec)), default=0.0) or 1.0
    room = max(bounds.right() - left - label - 10, 10)
    low, high = (room * max(end, 0.0) / most for end in _ends(point))
    height = min(row.height() * BAR_SHARE, MOST_BAR * line_height(bold))
    return QRectF(left + low, row.center().y() - height / 2, high - low, height)


def _ends(point: ChartPoint) -> tuple[float, float]:
    """Where a bar begins and ends on the value axis."""
    return (point.low or 0.0, point.value or 0.0) if point.high is None else (point.low or 0.0, point.high)


def paint_bars(painter: QPainter, spec: ChartSpec, bounds: QRectF, theme: Theme, font: QFont, bold: QFont) -> None:
    """Draw the names at the left, the bars and their values at the right."""
    painter.fillRect(bounds, theme.surface)
    names = name_room(spec, bounds, bold)
    for (series, point), row in zip(bars_of(spec), bar_rows(spec, bounds, font), strict=True):
        own = series.role is SeriesRole.THIS
        bold_name = own and spec.kind is not ChartKind.AREAS
        painter.setFont(bold if bold_name else font)
        painter.setPen(QPen(theme.text if bold_name else theme.text2))
        metrics = QFontMetricsF(bold if bold_name else font)
        name = metrics.elidedText(point.period, Qt.TextElideMode.ElideRight, names - 8)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(row.left(), row.top(), names, row.height()), left, name)
        bar = bar_rect(spec, point, row, bold, bounds)
        painter.drawText(QRectF(bar.right() + 6, row.top(), 120, row.height()), left, point.shown)
        if point.value is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.data if own else theme.prior)
            painter.drawRoundedRect(bar, 2, 2)
