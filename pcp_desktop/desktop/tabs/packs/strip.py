"""The strip over the Packs page: by when the pack has to be out, and the days from today to the meeting."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from pcp_desktop.desktop import icons
from pcp_desktop.desktop.marks import Notice, notice_pixmap
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.packs import Deadline, StripEntry, StripMark

_MARK, _PILL, _WITHIN, _BETWEEN = 10, 22, 6, 14  # px
_STRONG = (StripMark.PUBLISH, StripMark.MEETING)


class DayStrip(QWidget):
    """The days as marks with words: today a dot, the last day a square, five clear days a pill, the meeting a dot."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._entries: tuple[StripEntry, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def show_entries(self, entries: tuple[StripEntry, ...]) -> None:
        """Show the days."""
        self._entries = entries
        self.setAccessibleName("Days to the meeting")
        self.setAccessibleDescription(", ".join(entry.words for entry in entries))
        self.setToolTip(", ".join(f"{entry.words}: {entry.mark.value}" for entry in entries))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(sum(map(self._width, self._entries)), self._appearance.px(20))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _role(self, entry: StripEntry) -> str:
        return "caption_strong" if entry.mark in _STRONG else "caption"

    def _mark_width(self, entry: StripEntry) -> int:
        return _PILL if entry.mark is StripMark.CLEAR else _MARK

    def _width(self, entry: StripEntry) -> int:
        words = QFontMetrics(self._appearance.font(self._role(entry))).horizontalAdvance(entry.words)
        return self._mark_width(entry) + _WITHIN + words + _BETWEEN

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = 0
        for entry in self._entries:
            self._mark(painter, QRectF(left, self.height() / 2 - _MARK / 2, self._mark_width(entry), _MARK), entry)
            painter.setFont(self._appearance.font(self._role(entry)))
            painter.setPen(self._appearance.theme.text)
            words = QRectF(left + self._mark_width(entry) + _WITHIN, 0, self.width(), self.height())
            painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), entry.words)
            left += self._width(entry)

    def _mark(self, painter: QPainter, box: QRectF, entry: StripEntry) -> None:
        theme = self._appearance.theme
        inner = box.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme.control, 1))
        painter.setBrush(theme.surface)
        match entry.mark:
            case StripMark.TODAY:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.accent)
                painter.drawEllipse(inner)
            case StripMark.WORKING:
                painter.drawEllipse(inner)
            case StripMark.PUBLISH:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.same)
                painter.drawRect(inner)
            case StripMark.CLEAR:
                painter.drawRoundedRect(inner, _MARK / 2, _MARK / 2)
            case StripMark.MEETING:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.text)
                painter.drawEllipse(QPointF(box.center()), _MARK / 2, _MARK / 2)


class PublicationStrip(QFrame):
    """The sentence by when to publish, with the days; or that it is published and nothing can change."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._notice = Notice.INFORMATION
        self._is_published = False
        self._shape = QLabel()
        self._words, self._detail = QLabel(), QLabel()
        self._words.setProperty("role", "section")
        for label in (self._words, self._detail):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._detail.setWordWrap(True)
        self._detail.setMinimumWidth(120)
        self.days = DayStrip(appearance)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self._shape)
        row.addWidget(self._words)
        row.addWidget(self._detail, 1)
        row.addWidget(self.days)
        appearance.changed.connect(self._dress)
        self.hide()

    @property
    def text(self) -> str:
        """What the strip says, without its days."""
        return f"{self._words.text()} {self._detail.text()}".strip()

    def show_deadline(self, deadline: Deadline) -> None:
        """Show by when the pack has to be out."""
        close = Notice.LOOK if deadline.is_close else Notice.INFORMATION
        self._notice = Notice.ERROR if deadline.passed else close
        self._is_published = False
        self._show(deadline.words, deadline.detail, deadline.strip)

    def show_published(self, words: str, detail: str) -> None:
        """Show that the pack is out."""
        self._notice = Notice.INFORMATION
        self._is_published = True
        self._show(words, detail, ())

    def _show(self, words: str, detail: str, days: tuple[StripEntry, ...]) -> None:
        self.show()
        self._words.setText(words)
        self._detail.setText(detail)
        self.days.setVisible(bool(days))
        self.days.show_entries(days)
        self.setAccessibleName(self.text)
        self.setProperty("notice", self._notice.value)
        self.style().unpolish(self)
        self.style().polish(self)
        self._dress()

    def _dress(self) -> None:
        size, theme, ratio = self._appearance.px(18), self._appearance.theme, self.devicePixelRatioF()
        lock = icons.pixmap("lock", theme.text2, size, ratio)
        self._shape.setPixmap(lock if self._is_published else notice_pixmap(self._notice, size, theme, ratio))
        self.days.updateGeometry()
