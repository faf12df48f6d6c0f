"""What stands round and behind the series of a chart: baseline, grid, limits, marks, axis and labels."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPolygonF

from pcp_desktop.desktop.charts.labels import INSET, baseline_place, standing_places
from pcp_desktop.desktop.charts.layout import SAMPLE, moved_apart, right_labels, thinned, tick_step
from pcp_desktop.desktop.charts.marks import PlacedMark, head_of
from pcp_desktop.desktop.charts.pencil import DIAMOND, Pencil, direction_colour, paint_diamond
from pcp_desktop.domain.pages import ChartKind, EndLabel, LimitSegment, SeriesRole

RANGE_ALPHA, GROUND_ALPHA = 0.13, 0.75


class Furniture(Pencil):
    """The furniture of one chart; each method draws one kind of it."""

    def baseline_band(self) -> None:
        if self.spec.baseline is None:
            return
        first, last, _ = self.spec.baseline
        left, right = self.frame.x(first - 0.5), self.frame.x(last + 0.5)
        band = QRectF(left, self.area.top(), right - left, self.area.height())
        self.painter.fillRect(band, self.theme.band)
        if self.theme.outlined:
            self.pen(self.theme.grid, 1)
            self.painter.drawRect(band.adjusted(0.5, 0.5, -0.5, -0.5))

    def grid(self) -> None:
        step, line = tick_step(self.frame, self.spec, self.line_height), self.line_height
        for at, tick in enumerate(self.spec.y_ticks):
            self.pen(self.theme.grid, 1)
            self.horizontal(tick.position)
            if at % step:
                continue
            y = self.frame.y(tick.position)
            place = QRectF(self.bounds.left(), y - line / 2, self.area.left() - self.bounds.left() - 7, line)
            align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            self.text(place, align, tick.text, self.theme.text3)

    def limit_segment(self, segment: LimitSegment) -> None:
        first, last = segment.first - 0.5, segment.last + 0.5
        limit, mean = QColor(self.theme.limit), QColor(self.theme.mean)
        if segment.standing:
            limit.setAlphaF(0.65)
            mean.setAlphaF(0.65)
        if segment.varying:
            for run in segment.runs:
                self.limit_range(run, limit, mean)
            return
        self.pen(mean, 1.2)
        self.horizontal(segment.mean, first, last)
        self.pen(limit, 1.2, (5, 4))
        for value in (segment.lower, segment.upper):
            self.horizontal(value, first, last)

    def limit_range(self, run: Sequence[tuple[int, tuple[float, float, float]]], limit: QColor, mean: QColor) -> None:
        """An expected range that follows the year or each point's base: a band, its dashed limits and its mean."""
        at = [position for position, _ in run]
        lower, middle, upper = (
            [self.frame.at(x, ends[end]) for x, ends in [(at[0] - 0.5, run[0][1]), *run, (at[-1] + 0.5, run[-1][1])]]
            for end in range(3)
        )
        ground = QColor(self.theme.limit)
        ground.setAlphaF(RANGE_ALPHA)
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(QBrush(ground))
        self.painter.drawPolygon(QPolygonF([*upper, *reversed(lower)]))
        self.pen(limit, 1.2, (5, 4))
        self.painter.drawPolyline(QPolygonF(lower))
        self.painter.drawPolyline(QPolygonF(upper))
        self.pen(mean, 1.2)
        self.painter.drawLines([QLineF(one, two) for one, two in pairwise(middle)])

    def words_inside(self) -> None:
        """The standing of the limits and the name of the baseline year, where no line runs through them."""
        widths = [self.width_of(segment.words) + 2 for segment in self.spec.limits]
        places = standing_places(self.spec, self.frame, widths, self.line_height)
        for segment, place in zip(self.spec.limits, places, strict=True):
            if place is not None:
                self.on_ground(place, segment.words)
        if self.spec.baseline is not None:
            first, _, label = self.spec.baseline
            left = min(self.frame.x(first - 0.5), self.area.right() - self.width_of(label) - INSET - 2)
            room = QRectF(left, 0, self.width_of(label) + 2, self.line_height)
            place = baseline_place(self.spec, self.frame, room, places)
            self.on_ground(place, label)

    def on_ground(self, place: QRectF, words: str) -> None:
        """Words over a limit that could not be kept from them: it shines through their ground."""
        ground = QColor(self.theme.band)
        ground.setAlphaF(GROUND_ALPHA)
        self.painter.fillRect(place.adjusted(-1, 2, 0, -2), ground)
        self.text(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words, self.theme.text2)

    def head(self, *, keyed: bool) -> None:
        """The breaks and events and, where the chart is `keyed`, what its diamonds mean."""
        head = head_of(self.spec, self.frame.x, self.area.left(), self.bounds.width(), self.width_of, keyed=keyed)
        self.mark_lines(head.marks)
        align = Qt.AlignmentFlag.AlignVCenter
        for mark in head.marks:
            side = Qt.AlignmentFlag.AlignRight if mark.to_left else Qt.AlignmentFlag.AlignLeft
            self.words_above(mark.row, mark.left, mark.width, mark.text, side | align)
        for entry in head.keys:
            colour = direction_colour(self.theme, entry.key.direction)
            centre = QPointF(entry.left + DIAMOND / 2, self.middle_of_row(head.key_row))
            paint_diamond(self.painter, centre, colour, self.theme.surface, entry.key.filled)
            words = entry.key.words
            self.words_above(head.key_row, entry.words_left, entry.width, words, Qt.AlignmentFlag.AlignLeft | align)

    def mark_lines(self, placed: Sequence[PlacedMark]) -> None:
        """The line of each break and event down through the plot, with its slashes or triangle."""
        for mark in placed:
            middle, x = self.middle_of_row(mark.row), round(mark.x) + 0.5
            if mark.is_break:
                self.pen(self.theme.mean, 1.4)
                self.painter.drawLine(QLineF(x, middle + 2, x, self.area.bottom()))
                for offset in (-3.0, 1.0):
                    self.painter.drawLine(QLineF(x - 4, middle + offset + 3, x + 4, middle + offset - 2))
            else:
                self.pen(self.theme.text3, 1, (1.5, 2.5))
                self.painter.drawLine(QLineF(x, middle + 4, x, self.area.bottom()))
                self.triangle(QPointF(x, middle + 4))

    def words_above(self, row: int, left: float, width: float, words: str, align: Qt.AlignmentFlag) -> None:
        """Words in a row above the plot, on a ground of their own in case a line runs there."""
        place = QRectF(left, self.middle_of_row(row) - self.line_height / 2, width, self.line_height)
        self.painter.fillRect(place, self.theme.surface)
        shown = QFontMetricsF(self.font).elidedText(words, Qt.TextElideMode.ElideRight, width)
        self.text(place, align, shown, self.theme.text2)

    def middle_of_row(self, row: int) -> float:
        """The height of the labels of a row above the plot."""
        return self.area.top() - 6 - self.line_height * (row + 0.5)

    def triangle(self, tip: QPointF) -> None:
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(self.theme.text3)
        over = tip - QPointF(0, 7)
        self.painter.drawPolygon(QPolygonF([tip, over + QPointF(-4.5, 0), over + QPointF(4.5, 0)]))

    def reference_line(self) -> None:
        if self.spec.reference is not None:
            if self.spec.length == 1:  # over the only column
                self.pen(self.theme.surface, 3.6)
                self.horizontal(self.spec.reference.value)
            self.pen(self.theme.limit, 1.2, (5, 4))
            self.horizontal(self.spec.reference.value)

    def x_axis(self) -> None:
        y = round(self.area.bottom()) + 0.5
        self.pen(self.theme.text3, 1)
        self.painter.drawLine(QLineF(self.area.left(), y, self.area.right(), y))
        ticks = self.spec.x_ticks
        half = [self.width_of(tick.text) / 2 for tick in ticks]
        where = [self.frame.x(tick.position) for tick in ticks]
        edge = self.bounds.right()
        spots = [min(max(x, self.bounds.left() + h), edge - h) for x, h in zip(where, half, strict=True)]
        gap = 6.0 if any(len(tick.text) > 1 for tick in ticks) else 2.0
        for index in thinned([(x - h, x + h) for x, h in zip(spots, half, strict=True)], gap):
            self.pen(self.theme.text3, 1)
            self.painter.drawLine(QLineF(where[index], y, where[index], y + 3))
            place = QRectF(spots[index] - half[index] - 2, y + 3, 2 * half[index] + 4, self.line_height)
            self.text(place, Qt.AlignmentFlag.AlignHCenter, ticks[index].text, self.theme.text3)
        self.year_row(y + self.line_height + 2)

    def year_row(self, top: float) -> None:
        line = self.line_height
        for year in self.spec.years:
            left = max(self.frame.x(year.first), self.area.left())
            right = min(self.frame.x(year.last), self.area.right())
            self.pen(self.theme.text3, 1)
            self.painter.drawLine(QLineF(left + 0.5, top + 3, left + 0.5, top + line - 3))
            if self.width_of(year.text, True) <= right - left - 4:
                place = QRectF(left, top, right - left, line)
                centre = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
                self.text(place, centre, year.text, self.theme.text2, True)

    def end_labels(self) -> None:
        labels = right_labels(self.spec)
        ends = [self.frame.y(label.value) for label in labels]
        line = self.line_height
        heights = moved_apart(ends, self.area.top() + 4, self.area.bottom() - 4, line - 2)
        for label, height in zip(labels, heights, strict=True):
            left = self.area.right() + 7 + self.sample(label, height)
            colour = self.theme.text if label.strong else self.theme.text2
            if label.role is SeriesRole.THIS:
                colour = self.theme.data
            font = self.bold if label.strong else self.font
            room = self.bounds.right() - left
            text = QFontMetricsF(font).elidedText(label.text, Qt.TextElideMode.ElideRight, room)
            place = QRectF(left, height - line / 2, room, line)
            align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            self.text(place, align, text, colour, label.strong)

    def sample(self, label: EndLabel, height: float) -> float:
        """A piece of a year's own line before its name, for labels are moved apart; how much room it takes."""
        if self.spec.kind is not ChartKind.YEAR_ON_YEAR:
            return 0.0
        for series in self.spec.series:
            if series.name == label.text:
                style, left = self.style(series), self.area.right() + 7
                self.pen(style.colour, style.width, style.dash)
                self.painter.drawLine(QLineF(left, height, left + SAMPLE - 6, height))
        return SAMPLE
