"""What stands in place of held figures: purple, hatched, with padlock and word; for the public one plain line."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from pcp_desktop.desktop.marks import paint_status
from pcp_desktop.desktop.selectable_label import SelectableLabel
from pcp_desktop.desktop.theme import Appearance, Theme
from pcp_desktop.domain.pages import MeasureRow
from pcp_desktop.domain.status import Mark

PADLOCK = 44


def paint_hatched(painter: QPainter, rect: QRectF, theme: Theme, *, strength: float) -> None:
    """The purple hatched ground of whatever is not for publication; `strength` is the hatch's opacity, 0 to 1."""
    painter.setPen(QPen(theme.emb, 1))
    painter.setBrush(theme.emb_soft)
    painter.drawRoundedRect(rect, 6, 6)
    hatch = QColor(theme.emb)
    # On black a faint hatch is not seen at all.
    hatch.setAlphaF(min(strength * (3 if theme.outlined else 1), 1.0))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(hatch, Qt.BrushStyle.BDiagPattern))
    painter.drawRoundedRect(rect, 6, 6)


class HeldLine(QLabel):
    """The mark over held figures that are shown: hatched, with padlock, word and until when."""

    def __init__(self, appearance: Appearance, row: MeasureRow) -> None:
        until = f" until {row.clearance.until}" if row.clearance.until else ""
        super().__init__(f"{row.clearance.state.value.capitalize()}{until}. Shown in this view only.")
        self._appearance = appearance
        self.setProperty("role", "section")
        self.setProperty("tone", "embargoed")
        self.setContentsMargins(36, 6, 10, 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._appearance.theme
        paint_hatched(painter, QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme, strength=0.12)
        paint_status(painter, QRectF(12, self.height() / 2 - 8, 16, 16), Mark.EMBARGOED, theme)
        painter.end()
        super().paintEvent(event)


class HeldPanel(QFrame):
    """Says that a measure's figures are held, until when, and how the working view reveals them."""

    def __init__(self, appearance: Appearance, row: MeasureRow, *, public: bool) -> None:
        super().__init__()
        self._appearance, self._public = appearance, public
        self._words = self._lines(row)
        self.setAccessibleName(" ".join(self._words))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.addStretch(2)
        column.addSpacing(0 if public else PADLOCK + 16)
        for line, text in enumerate(self._words):
            label = SelectableLabel(text)
            label.setProperty("role", "finding" if line == 0 else "body")
            if not public:
                label.setProperty("tone", "embargoed")
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            column.addWidget(label)
        column.addStretch(3)

    @property
    def words(self) -> tuple[str, ...]:
        """What the panel says, line by line."""
        return self._words

    def _lines(self, row: MeasureRow) -> tuple[str, ...]:
        if self._public:
            return (row.held_words,)
        until = f"Until {row.clearance.until}." if row.clearance.until else row.held_words
        return (row.clearance.state.value.capitalize(), until, "Ctrl+Shift+E shows the figures, in this view only.")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._appearance.theme
        whole = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self._public:
            painter.setPen(QPen(theme.hair, 1))
            painter.setBrush(theme.surface)
            painter.drawRoundedRect(whole, 6, 6)
            return
        paint_hatched(painter, whole, theme, strength=0.16)
        room = self._room()
        painter.setBrush(theme.emb_soft)
        painter.drawRoundedRect(room, 6, 6)
        square = QRectF(self.width() / 2 - PADLOCK / 2, room.top() + 10, PADLOCK, PADLOCK)
        paint_status(painter, square, Mark.EMBARGOED, theme)

    def _room(self) -> QRectF:
        """The plain ground behind the padlock and the words, so that they are not read through hatching."""
        labels = [label for label in self.findChildren(QLabel) if label.text()]
        top = min(label.geometry().top() for label in labels) - PADLOCK - 24
        bottom = max(label.geometry().bottom() for label in labels) + 12
        widest = max(label.fontMetrics().horizontalAdvance(label.text()) for label in labels) + 48
        width = min(widest, self.width() - 8)
        return QRectF(self.width() / 2 - width / 2, top, width, bottom - top)
