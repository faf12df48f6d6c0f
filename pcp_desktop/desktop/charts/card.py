"""The card beside the point being read: its period and value, its note, and the cell it comes from."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from pcp_desktop.desktop.charts.layout import card_place
from pcp_desktop.desktop.theme import Theme
from pcp_desktop.domain.pages import ChartPoint


class HoverCard(QFrame):
    """A child frame over the plot that never takes the mouse, so that reading on is not disturbed."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("hoverCard")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._value, self._note, self._source = QLabel(self), QLabel(self), QLabel(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 6)
        layout.setSpacing(1)
        for label in (self._value, self._note, self._source):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setProperty("role", "caption")
            layout.addWidget(label)
        self._value.setProperty("role", "section")
        self._note.setProperty("tone", "second")
        self.set_theme(theme)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self.setStyleSheet(
            f"#hoverCard {{ background: {theme.surface.name()}; border: 1px solid {theme.control.name()};"
            " border-radius: 5px; }"
        )
        self._source.setStyleSheet(f"color: {theme.accent.name()};")

    def show_point(
        self, series: str, point: ChartPoint, at: QPointF, area: QRectF, view: QRectF, points: list[QPointF]
    ) -> None:
        """Say what `point` is, beside `at` and where it hides the fewest of `points`.

        The card stays within `area`, the plotting area, if it fits there, otherwise within `view`, the whole plot.
        """
        self._value.setText(f"{point.period}: {point.shown}")
        note = " ".join(part for part in (f"{series}." if series else "", point.note) if part)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self._source.setText(point.source.label if point.source else "")
        self._source.setVisible(point.source is not None)
        most = max(int(view.width()) - 24, 80)
        for label in (self._value, self._note, self._source):
            label.setWordWrap(False)
            label.setFixedWidth(min(label.sizeHint().width() + 2, most))
            label.setWordWrap(label.sizeHint().width() > most)
        self.adjustSize()
        fits = self.width() <= area.width() and self.height() <= area.height()
        self.move(card_place(QRectF(self.rect()), area if fits else view, at, points).toPoint())
        self.show()
        self.raise_()

    @property
    def words(self) -> str:
        """What the card says, line by line."""
        parts = (self._value.text(), self._note.text(), self._source.text())
        return "\n".join(part for part in parts if part)
