"""A chart on screen: title, plot, source line, reading by mouse and keys, twin table. No numbers are made here."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from pcp_desktop.desktop.announcing import announce
from pcp_desktop.desktop.charts.items import ChartItem
from pcp_desktop.desktop.charts.layout import PlotFrame, bars_of, is_bar_chart
from pcp_desktop.desktop.charts.pencil import line_height
from pcp_desktop.desktop.charts.reader import LEFT, RIGHT, ChartReader
from pcp_desktop.desktop.charts.region import RegionMarker
from pcp_desktop.desktop.charts.twin import TwinTable, as_mime
from pcp_desktop.desktop.selectable_label import SelectableLabel
from pcp_desktop.desktop.theme import Appearance, Theme
from pcp_desktop.domain.pages import ChartPoint, ChartSpec

LEAST_LINES, LEAST_LINES_SMALL = 10, 6  # of text, in the height of a plot


class _Plot(pg.GraphicsView):  # type: ignore[misc]  # pyqtgraph is not typed
    """The ground of a chart: one scene pixel is one pixel of the widget.

    A whole PlotWidget would bring axes, menus and a view box that nothing here uses, and take five times as long.
    """

    def sizeHint(self) -> QSize:
        """No more room than the words need; the page gives the rest."""
        least: QSize = self.minimumSize()
        return least


class ChartView(QWidget):
    """One ChartSpec on screen: one focusable widget, named by its finding and described by its text alternative.

    Arrows, Home, End, Page Up and Page Down read the points; T shows the table; Enter asks for the source cell;
    W asks why; Ctrl+Shift+T copies the table. Shift with the arrows, or dragging, marks points from
    which B tries limits.
    """

    source_wanted = Signal(object)
    """The Source of the point being read, when Enter asks for it."""
    why_wanted = Signal()
    focused = Signal()
    point_read = Signal(str)
    """The words of each point as it is read ("December 2015, 351. Within limits.")."""
    region_chosen = Signal(int, int)
    """The first and last position of the stretch from which a person wants limits."""
    held_table_wanted = Signal(object)
    """The ChartSpec of held figures whose table a person wants copied."""
    region_dropped = Signal()
    """Esc: whatever was tried from a stretch is not wanted."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None, *, small: bool = False) -> None:
        super().__init__(parent)
        self._appearance, self._small = appearance, small
        self._spec: ChartSpec | None = None
        self._twin: TwinTable | None = None
        self._zoom = 0.0
        self._on_trial = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._title = self._label("section" if small else "finding", "")
        self._subtitle = self._label("caption", "second")
        self._source = self._label("caption", "third")
        self._plot, self._item = self._make_plot()
        self.marker = RegionMarker(self, self._plot, self._item)
        self.marker.marked.connect(self._say_marked)
        self.marker.chosen.connect(self.region_chosen)
        self.reader = ChartReader(self, self._plot, self._item)
        self.reader.told.connect(self._say)
        self._lay_out()
        self._dress()
        appearance.changed.connect(self._dress)

    # ------------------------------------------------------------ making

    def _label(self, role: str, tone: str) -> QLabel:
        label = SelectableLabel(parent=self)
        label.setProperty("role", role)
        label.setProperty("tone", tone)
        label.setWordWrap(True)
        return label

    def _make_plot(self) -> tuple[Any, ChartItem]:
        plot = _Plot(self)
        plot.setCacheMode(plot.CacheModeFlag.CacheNone)  # the item paints its own ground
        plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        plot.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        item = ChartItem(self._theme, self._chart_font())
        plot.scene().addItem(item)
        plot.viewport().installEventFilter(self)
        plot.viewport().setMouseTracking(True)
        return plot, item

    def _lay_out(self) -> None:
        side = 10 if self._small else 12
        layout = QVBoxLayout(self)
        layout.setContentsMargins(side, 8, side, 6)
        layout.setSpacing(0)
        self._head = QHBoxLayout()
        self._head.setSpacing(10)
        self._head.addWidget(self._title, 1)
        layout.addLayout(self._head)
        layout.addWidget(self._subtitle)
        layout.addSpacing(4)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._plot)
        layout.addLayout(self._stack, 1)
        layout.addSpacing(3)
        layout.addWidget(self._source)

    def _chart_font(self) -> QFont:
        return self._appearance.font("caption")

    def sizeHint(self) -> QSize:
        return QSize(240, 200) if self._small else QSize(700, 300)

    # ------------------------------------------------------------ showing

    @property
    def spec(self) -> ChartSpec | None:
        """What is shown."""
        return self._spec

    @property
    def plot(self) -> QWidget:
        """The plot without its title and source."""
        return self._plot  # type: ignore[no-any-return]

    @property
    def frame(self) -> PlotFrame:
        """Where the points of a line chart are, in pixels of the plot."""
        return self._item.frame

    @property
    def twin(self) -> TwinTable | None:
        """The twin table while it stands in the chart's place."""
        return self._twin

    def set_corner(self, corner: QWidget) -> None:
        """Let `corner` stand right of the title."""
        self._head.addWidget(corner, 0, Qt.AlignmentFlag.AlignTop)

    def show_bare(self, zoom: float) -> None:
        """Show the plot alone, its ink and words `zoom` times as large; who asks says the words and key around it.

        Nothing is read by pointer or keys then.
        """
        self._zoom = zoom
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(0, 0, 0, 0)
        for label in (self._title, self._subtitle, self._source):
            label.hide()
        self._item.setScale(zoom)
        self._item.keyed = False
        self._fit()

    def show_spec(self, spec: ChartSpec, *, on_trial: bool = False) -> None:
        """Show `spec`; reading begins anew. What is `on_trial` is dropped by Esc."""
        self._on_trial = on_trial
        self._spec = spec
        self.show_chart()
        for label, text in ((self._title, spec.title), (self._subtitle, spec.subtitle), (self._source, spec.source)):
            label.setText(text)
            label.setVisible(bool(text) and not self._zoom)
        self.setAccessibleName(spec.title)
        self.setAccessibleDescription(spec.alt)
        self._plot.setAccessibleName("")
        self._plot.setMinimumSize(120, self._least_height(spec))
        self._clear()
        self._fit()

    @Slot()
    def _dress(self) -> None:
        """Take the colours and sizes in use."""
        self._plot.setBackground(self._theme.surface)
        if self._spec is not None:
            self._plot.setMinimumSize(120, self._least_height(self._spec))
        self._fit()
        self.reader.dress()
        self.update()

    @property
    def _theme(self) -> Theme:
        return self._appearance.theme

    def _least_height(self, spec: ChartSpec) -> int:
        """The height under which the plot's words would no longer be read: a line a bar, or so many lines in all."""
        line = line_height(self._chart_font())
        lines = (
            max(len(bars_of(spec)), 2) if is_bar_chart(spec) else LEAST_LINES_SMALL if self._small else LEAST_LINES
        )
        return round(lines * line * (self._zoom or 1))

    def _fit(self) -> None:
        """Give the item the room that there is."""
        if self._spec is None:
            return
        view, zoom = self._plot.viewport().rect(), self._zoom or 1
        bounds = QRectF(0, 0, view.width() / zoom, view.height() / zoom)
        self._item.show_spec(self._spec, bounds, self._theme, self._chart_font())
        self.reader.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        if self._zoom:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        painter.setPen(QPen(self._theme.focus if focused else self._theme.hair, 2 if focused else 1))
        painter.setBrush(self._theme.surface)
        inset = 1.0 if focused else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 6, 6)

    # ------------------------------------------------------------ what is read and marked

    @Slot(object)
    def _say(self, point: ChartPoint) -> None:
        words = f"{point.period}, {point.shown}"
        if point.note:
            words = f"{words}. {point.note}"
        self._tell(words, f"{words} {self._spec.alt if self._spec else ''}".strip())

    @Slot(str)
    def _say_marked(self, words: str) -> None:
        self.reader.card.hide()  # it would hide what is being marked
        self._tell(words, f"{words}. {self._spec.alt if self._spec else ''}")

    def _tell(self, words: str, description: str) -> None:
        self.setAccessibleDescription(description)
        announce(self, words)
        self.point_read.emit(words)

    def _clear(self) -> None:
        """Read and mark nothing."""
        self.reader.clear()
        self.marker.clear()
        if self._spec is not None:
            self.setAccessibleDescription(self._spec.alt)

    def _drop_region(self) -> bool:
        """Let go of what is marked or on trial; whether there was something."""
        marked = self.marker.ends is not None
        if marked:
            self.marker.clear()
        on_trial = self._on_trial
        if on_trial:
            self.region_dropped.emit()
        return marked or on_trial

    # ------------------------------------------------------------ mouse and keys

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and watched is self._twin and isinstance(event, QKeyEvent):
            return self._twin_key(event)
        if isinstance(event, QMouseEvent) and self.marker.drag(event):
            return True
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseMove:
            self.reader.hover(event.position())
        elif event.type() == QEvent.Type.MouseButtonPress:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        elif event.type() == QEvent.Type.Leave and not self.hasFocus():
            self._clear()
        elif event.type() == QEvent.Type.Resize:
            self._fit()
        elif event.type() == QEvent.Type.MouseButtonDblClick:
            self._ask_source()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        sideways = {Qt.Key.Key_Left: LEFT, Qt.Key.Key_Right: RIGHT}
        if shift and event.key() in sideways and self.marker.extend(sideways[Qt.Key(event.key())], self.reader.at):
            return
        control = Qt.KeyboardModifier.ControlModifier
        if event.modifiers() == control | Qt.KeyboardModifier.ShiftModifier and event.key() == Qt.Key.Key_T:
            self.copy_table()
            return
        held = bool(event.modifiers() & (control | Qt.KeyboardModifier.AltModifier))
        key = Qt.Key(event.key())
        if held or not (self.reader.take_key(key) or self._letter_key(key)):
            super().keyPressEvent(event)

    def _letter_key(self, key: Qt.Key) -> bool:
        if key == Qt.Key.Key_T:
            self.show_table()
        elif key == Qt.Key.Key_W:
            self.why_wanted.emit()
        elif key == Qt.Key.Key_B and self.marker.ends is not None:
            self.marker.choose()
        elif key == Qt.Key.Key_Escape and self._spec is not None and self._drop_region():
            pass
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.reader.point is not None:
            self._ask_source()
        elif key == Qt.Key.Key_Escape and self.reader.at is not None:
            self._clear()
        else:
            return False
        return True

    @Slot()
    def _ask_source(self) -> None:
        point = self.reader.point
        if point is not None and point.source is not None:
            self.source_wanted.emit(point.source)

    # ------------------------------------------------------------ table

    def show_table(self) -> None:
        """Put the twin table in the chart's place, with the keyboard in it."""
        if self._spec is None or self._twin is not None:
            return
        self._clear()
        self._twin = TwinTable(self._spec.table, self)
        self._twin.installEventFilter(self)
        self._stack.addWidget(self._twin)
        self._stack.setCurrentWidget(self._twin)
        self._twin.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_chart(self) -> None:
        """Put the chart back in its place."""
        if self._twin is None:
            return
        had_focus = self._twin.hasFocus()
        self._twin.removeEventFilter(self)
        self._stack.removeWidget(self._twin)
        self._twin.deleteLater()
        self._twin = None
        self._stack.setCurrentWidget(self._plot)
        if had_focus:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _twin_key(self, event: QKeyEvent) -> bool:
        copy = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if event.modifiers() == copy and event.key() == Qt.Key.Key_T:
            self.copy_table()
            return True
        if event.modifiers() == Qt.KeyboardModifier.NoModifier:
            if event.key() in (Qt.Key.Key_T, Qt.Key.Key_Escape):
                self.show_chart()
                return True
            if event.key() == Qt.Key.Key_W:
                self.why_wanted.emit()
                return True
        return False

    def copy_table(self) -> None:
        """Copy the chart's numbers to the clipboard, as tab-separated text and as HTML; held ones are asked for."""
        if self._spec is not None and self._spec.held is not None:
            self.held_table_wanted.emit(self._spec)
        elif self._spec is not None:
            QGuiApplication.clipboard().setMimeData(as_mime(self._spec.table))
