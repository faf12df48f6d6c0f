"""The item of a chart in its scene: it paints the whole of a ChartSpec, in the order of the design."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QGraphicsItem, QGraphicsObject, QStyleOptionGraphicsItem, QWidget

from pcp_desktop.desktop.charts.bars import paint_bars
from pcp_desktop.desktop.charts.furniture import Furniture
from pcp_desktop.desktop.charts.layout import PlotFrame, is_bar_chart, margins, x_range
from pcp_desktop.desktop.charts.pencil import line_height
from pcp_desktop.desktop.charts.series import SeriesInk
from pcp_desktop.desktop.theme import Theme
from pcp_desktop.domain.pages import ChartKind, ChartSpec, SeriesRole


class ChartItem(QGraphicsObject):
    """Paints one ChartSpec, its `spec`, into a rectangle of the scene in its `font` and `theme`."""

    def __init__(self, theme: Theme, font: QFont) -> None:
        super().__init__()
        self.theme = theme
        self.font = QFont(font)
        self._bold = QFont(font)
        self._bold.setWeight(QFont.Weight.DemiBold)
        self.spec: ChartSpec | None = None
        self._bounds = QRectF()
        self._frame: PlotFrame | None = None
        self.keyed = True
        """Whether the key to the diamonds stands above the plot; who says it elsewhere sets this before a spec."""
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def show_spec(self, spec: ChartSpec, bounds: QRectF, theme: Theme, font: QFont) -> None:
        """Paint `spec` within `bounds` (scene pixels) from now on."""
        self.prepareGeometryChange()
        self.spec, self._bounds, self.theme = spec, bounds, theme
        self.font, self._bold = QFont(font), QFont(font)
        self._bold.setWeight(QFont.Weight.DemiBold)
        self._frame = None
        self.update()

    @property
    def frame(self) -> PlotFrame:
        """The plotting area and axes of what is shown."""
        assert self.spec is not None
        if self._frame is None:
            width = self._bounds.width()
            left, top, right, bottom = margins(self.spec, width, self.text_width, self.line, keyed=self.keyed)
            area = self._bounds.adjusted(left, top, -right, -bottom)
            self._frame = PlotFrame(area, *x_range(self.spec), self.spec.y_low, self.spec.y_high)
        return self._frame

    @property
    def line(self) -> float:
        """The height of a line of chart text, in pixels."""
        return line_height(self.font)

    def text_width(self, text: str, bold: bool) -> float:
        """The width of a chart text in pixels."""
        return QFontMetricsF(self._bold if bold else self.font).horizontalAdvance(text)

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:  # noqa: ARG002
        if self.spec is None or self._bounds.width() < 60 or self._bounds.height() < 40:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_bar_chart(self.spec):
            paint_bars(painter, self.spec, self._bounds, self.theme, self.font, self._bold)
            return
        self._paint(painter, self.spec)

    def _paint(self, painter: QPainter, spec: ChartSpec) -> None:
        """Everything, from the band of the baseline to the labels, in the order in which it covers each other."""
        given = (painter, spec, self.frame, self._bounds, self.theme, self.font, self._bold)
        furniture, ink = Furniture(*given), SeriesInk(*given)
        painter.fillRect(self._bounds, self.theme.surface)
        furniture.baseline_band()
        furniture.grid()
        for series in spec.series:
            ink.interval(series)
        for segment in spec.limits:
            furniture.limit_segment(segment)
        furniture.words_inside()
        furniture.head(keyed=self.keyed)
        order = sorted(spec.series, key=lambda series: series.role is SeriesRole.THIS)
        if spec.kind is ChartKind.FUNNEL:
            ink.forces(order)
        else:
            ink.lines(order)
        furniture.reference_line()
        furniture.x_axis()
        furniture.end_labels()
