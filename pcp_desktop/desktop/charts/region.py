"""The stretch of points that a person marks on a chart, by dragging or with Shift and the arrows, and its ink."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QGraphicsObject, QGraphicsView, QStyleOptionGraphicsItem, QWidget

from pcp_desktop.desktop.charts.items import ChartItem
from pcp_desktop.desktop.charts.layout import PlotFrame
from pcp_desktop.desktop.charts.reading import Reading, last_reading
from pcp_desktop.domain.pages import ChartKind, ChartSpec

ALPHA = 0.16


class RegionItem(QGraphicsObject):
    """From `anchor` to `head`, both positions included; nothing while no stretch is marked."""

    def __init__(self) -> None:
        super().__init__()
        self.anchor: int | None = None
        self.head: int | None = None
        self._area = QRectF()
        self._colour = QColor()
        self.setZValue(8)

    @property
    def ends(self) -> tuple[int, int] | None:
        """The first and last position marked; None where none is."""
        if self.anchor is None or self.head is None:
            return None
        return min(self.anchor, self.head), max(self.anchor, self.head)

    def mark(self, anchor: int, head: int, frame: PlotFrame, colour: QColor) -> None:
        """Mark the positions from `anchor` to `head`, drawn in `frame`."""
        self.prepareGeometryChange()
        self.anchor, self.head, self._colour = anchor, head, colour
        first, last = sorted((anchor, head))
        left, right = frame.x(first - 0.5), frame.x(last + 0.5)
        self._area = QRectF(left, frame.area.top(), right - left, frame.area.height())
        self.update()

    def clear(self) -> None:
        """Mark nothing."""
        self.prepareGeometryChange()
        self.anchor = self.head = None
        self._area = QRectF()

    def boundingRect(self) -> QRectF:
        return self._area.adjusted(-2, -2, 2, 2) if self.ends is not None else QRectF()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:  # noqa: ARG002
        if self.ends is None:
            return
        ground = QColor(self._colour)
        ground.setAlphaF(ALPHA)
        painter.fillRect(self._area, ground)
        painter.setPen(QPen(self._colour, 1.5, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self._area)


class RegionMarker(QObject):
    """Marks stretches of a control chart while that is `allowed`.

    Signals: `marked` with the words of what is marked now; `chosen` with its first and last position, from which a
    person wants limits.
    """

    marked = Signal(str)
    chosen = Signal(int, int)

    def __init__(self, parent: QObject, plot: QGraphicsView, item: ChartItem) -> None:
        super().__init__(parent)
        self._item, self._region = item, RegionItem()
        plot.scene().addItem(self._region)
        self.allowed = False
        self._dragged_from: int | None = None

    @property
    def ends(self) -> tuple[int, int] | None:
        """The first and last position that are marked."""
        return self._region.ends

    def clear(self) -> None:
        """Mark nothing."""
        self._region.clear()

    def choose(self) -> bool:
        """Ask for limits from the marked stretch; whether one is marked."""
        if self.ends is None:
            return False
        self.chosen.emit(*self.ends)
        return True

    def drag(self, event: QMouseEvent) -> bool:
        """Mark the points over which the pointer is drawn with its button down; letting go tries them."""
        spec = self._markable
        if spec is None:
            return False
        frame = self._item.frame
        across = (event.position().x() - frame.area.left()) / frame.area.width()
        at = round(frame.x_low + across * (frame.x_high - frame.x_low))
        at = min(max(at, 0), spec.length - 1)
        if event.type() == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            self._dragged_from = at
        elif event.type() == QEvent.Type.MouseMove and self._dragged_from is not None and at != self._dragged_from:
            self._mark(spec, self._dragged_from, at)
            return True
        elif event.type() == QEvent.Type.MouseButtonRelease and self._dragged_from is not None:
            self._dragged_from = None
            return self.choose()
        return False

    def extend(self, steps: int, reading: Reading | None) -> bool:
        """Mark one point more, or one less, from the point being read; whether this chart can be marked."""
        spec = self._markable
        if spec is None:
            return False
        start = reading or last_reading(spec)
        if start is not None:
            anchor = start.position if self._region.anchor is None else self._region.anchor
            head = start.position if self._region.head is None else self._region.head
            self._mark(spec, anchor, min(max(head + steps, 0), spec.length - 1))
        return True

    @property
    def _markable(self) -> ChartSpec | None:
        """What is shown, where it can be marked."""
        spec = self._item.spec
        return spec if self.allowed and spec is not None and spec.kind is ChartKind.CONTROL else None

    def _mark(self, spec: ChartSpec, anchor: int, head: int) -> None:
        """Mark a stretch and say it."""
        self._region.mark(anchor, head, self._item.frame, self._item.theme.focus)
        points = spec.series[0].points
        first, last = sorted((anchor, head))
        self.marked.emit(f"{points[first].period} to {points[last].period} marked")
