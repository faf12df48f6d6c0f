"""Reading one chart's points by pointer or keys: which one is read, its ring and its card; the view says it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtWidgets import QGraphicsView

from pcp_desktop.desktop.charts import reading as reading
from pcp_desktop.desktop.charts.bars import bar_rect, bar_rows
from pcp_desktop.desktop.charts.card import HoverCard
from pcp_desktop.desktop.charts.cursor import CursorItem
from pcp_desktop.desktop.charts.items import ChartItem
from pcp_desktop.desktop.charts.layout import bars_of, is_bar_chart
from pcp_desktop.domain.pages import ChartPoint, ChartSpec

LEFT, RIGHT = -1, 1


class ChartReader(QObject):
    """Reads what a ChartItem paints; `told` carries each ChartPoint to be said, marks in its note."""

    told = Signal(object)

    def __init__(self, parent: QObject, plot: QGraphicsView, item: ChartItem) -> None:
        super().__init__(parent)
        self._plot, self._item = plot, item
        self._cursor = CursorItem()
        plot.scene().addItem(self._cursor)
        self._card: HoverCard | None = None  # made when a point is first read: a page has four charts
        self.at: reading.Reading | None = None

    @property
    def card(self) -> HoverCard:
        """The card beside the point being read."""
        if self._card is None:
            self._card = HoverCard(self._item.theme, self._plot)
        return self._card

    @property
    def point(self) -> ChartPoint | None:
        """The point being read."""
        spec = self._item.spec
        return reading.point_at(spec, self.at) if spec is not None and self.at is not None else None

    def read(self, position: int, series: int = 0) -> None:
        """Read the point at `position`, as the arrow keys do."""
        if self._item.spec is not None:
            self._go_to(reading.settled(self._item.spec, reading.Reading(series, position)))

    def hover(self, at: QPointF) -> None:
        """Read the point nearest to `at`, in pixels of the plot."""
        spec = self._item.spec
        if spec is None:
            return
        if is_bar_chart(spec):
            rows = bar_rows(spec, self._item.boundingRect(), self._item.font)
            inside = [index for index, row in enumerate(rows) if row.contains(at)]
            self._go_to(reading.Reading(0, inside[0]) if inside else None, announce=False)
            return
        self._go_to(reading.nearest(spec, self._item.frame, at), announce=False)

    def clear(self) -> None:
        """Read no point."""
        self.at = None
        self._cursor.clear()
        if self._card is not None:
            self._card.hide()

    def dress(self) -> None:
        """Take the colours in use."""
        if self._card is not None:
            self._card.set_theme(self._item.theme)

    def show(self) -> None:
        """Put ring and card where the point being read is now."""
        spec = self._item.spec
        point = reading.noted(spec, self.at) if spec is not None and self.at is not None else None
        if point is None or spec is None or self.at is None:
            return
        area, at = self._place_of(spec, self.at, point)
        if not is_bar_chart(spec):
            self._cursor.show_at(at, area, self._item.theme.focus, point.value is not None)
        several = len(spec.series) > 1 and not is_bar_chart(spec)
        name = spec.series[self.at.series].name if several else ""
        self.card.show_point(name, point, at, area, QRectF(self._plot.viewport().rect()), self._all_points(spec))

    def _go_to(self, wanted: reading.Reading | None, *, announce: bool = True) -> None:
        if wanted is None or (wanted == self.at and self.card.isVisible()):
            return
        self.at = wanted
        self.show()
        spec = self._item.spec
        point = reading.noted(spec, wanted) if announce and spec is not None else None
        if point is not None:
            self.told.emit(point)

    def _place_of(self, spec: ChartSpec, where: reading.Reading, point: ChartPoint) -> tuple[QRectF, QPointF]:
        if is_bar_chart(spec):
            bounds = self._item.boundingRect()
            row = bar_rows(spec, bounds, self._item.font)[where.position]
            bar = bar_rect(spec, point, row, self._item.font, bounds)
            return bounds, QPointF(bar.right(), bar.center().y())
        frame = self._item.frame
        middle = (frame.y_low + frame.y_high) / 2
        return frame.area, frame.at(point.place(where.position), middle if point.value is None else point.value)

    def _all_points(self, spec: ChartSpec) -> list[QPointF]:
        if is_bar_chart(spec):
            bounds = self._item.boundingRect()
            rows = bar_rows(spec, bounds, self._item.font)
            bars = [
                bar_rect(spec, point, row, self._item.font, bounds)
                for (_, point), row in zip(bars_of(spec), rows, strict=True)
            ]
            return [QPointF(bar.right() + 14, bar.center().y()) for bar in bars]
        frame = self._item.frame
        return [
            frame.at(point.place(position), point.value)
            for series in spec.series
            for position, point in enumerate(series.points)
            if point.value is not None
        ]

    def take_key(self, key: Qt.Key) -> bool:
        """Read another point, where the key is one that does; the first arrow comes to the latest point."""
        spec = self._item.spec
        start = reading.last_reading(spec) if spec is not None else None
        if spec is None or start is None:
            return False
        at = self.at or start
        bars = is_bar_chart(spec)
        steps = {
            Qt.Key.Key_Left: LEFT,
            Qt.Key.Key_Right: RIGHT,
            Qt.Key.Key_PageUp: -reading.year_length(spec),
            Qt.Key.Key_PageDown: reading.year_length(spec),
        }
        if bars:
            steps |= {Qt.Key.Key_Up: LEFT, Qt.Key.Key_Down: RIGHT}
        if key in steps:
            self._go_to(reading.moved(spec, at, steps[key]) if self.at else start)
        elif key == Qt.Key.Key_Home:
            self._go_to(reading.first_position(spec, at))
        elif key == Qt.Key.Key_End:
            self._go_to(reading.last_position(spec, at))
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and len(spec.series) > 1:
            self._go_to(reading.other_series(spec, at, LEFT if key == Qt.Key.Key_Up else RIGHT))
        else:
            return False
        return True
