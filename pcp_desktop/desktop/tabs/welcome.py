"""The page without a panel file: make one, open one, or look round with the example."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from pcp_desktop.desktop import icons
from pcp_desktop.desktop.tabs.quiet_scroll import QuietScroll
from pcp_desktop.desktop.theme import Appearance

_WIDTH = 600
_MOST_RECENT = 3
_STEPS = (
    ("List what you expect.", "Each return, its organisation, due date and governing board."),
    ("Bring in workbooks", "as partners make them: drop them on the window."),
    ("Review and accept.", "You see every new and revised figure before it is stored."),
    ("Read the charts, write the commentary.", "Figures in the text follow the data."),
    ("Build the pack.", "The readiness list says what still stands in the way."),
)
_CHOICES = (
    (
        "plus",
        "Make a new panel file",
        "Choose a plan to start from: 2013–17 (five themes, 18 priorities), or 2017–21.",
        "Ctrl N",
    ),
    ("folder-open", "Open a panel file", "A file ending in .pcp, from this computer or a shared drive.", "Ctrl O"),
    (
        "book-open",
        "Look round with the example",
        "The sample quarter Q3 2015/16; monthly profiles are illustrative.",
        "Ctrl E",
    ),
)


class ChoiceButton(QAbstractButton):
    """A large button: icon, title, one line of explanation and its key."""

    def __init__(self, appearance: Appearance, icon: str, title: str, words: str, keys: str) -> None:
        super().__init__()
        self._appearance = appearance
        self._icon, self._words, self._keys = icon, words, keys
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(f"{words} {keys}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        appearance.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(self._appearance.px(_WIDTH), self._appearance.px(76))

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        theme, px = self._appearance.theme, self._appearance.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focus = self.hasFocus()
        if focus:
            painter.setPen(QPen(theme.focus, 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        box = QRectF(self.rect()).adjusted(4, 4, -4, -4)
        painter.setPen(QPen(theme.accent if focus else theme.control, 2 if focus else 1))
        painter.setBrush(theme.accent_soft if focus or self.underMouse() else theme.surface)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        size = px(24)
        place = QRectF(box.left() + 18, box.center().y() - size / 2, size, size)
        icons.paint_icon(painter, place, self._icon, theme.accent)
        left, middle = place.right() + 16, int(Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(self._appearance.font("finding"))
        painter.setPen(theme.text)
        painter.drawText(QRectF(left, box.top() + px(12), box.width() - 150, px(20)), middle, self.text())
        painter.setFont(self._appearance.font("body"))
        painter.setPen(theme.text2)
        painter.drawText(QRectF(left, box.top() + px(34), box.right() - left - 8, px(20)), middle, self._words)
        font = self._appearance.font("caption_strong")
        painter.setFont(font)
        width = QFontMetrics(font).horizontalAdvance(self._keys) + 10
        key = QRectF(box.right() - 18 - width, box.top() + 13, width, px(18))
        painter.setPen(QPen(theme.hair, 1))
        painter.setBrush(theme.sunken)
        painter.drawRoundedRect(key, 3, 3)
        painter.setPen(theme.text2)
        painter.drawText(key, int(Qt.AlignmentFlag.AlignCenter), self._keys)


class DropHere(QFrame):
    """The dashed place that says files may be dropped; the whole window takes them."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.setFixedHeight(64)
        self.setAccessibleName("Drop a panel file anywhere on this window")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.control, 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(4.5, 0.5, -4.5, -0.5), 6, 6)
        words = "Or drop a panel file anywhere on this window"
        font = self._appearance.font("body")
        width = QFontMetrics(font).horizontalAdvance(words)
        left = (self.width() - width - 30) / 2
        icons.paint_icon(painter, QRectF(left, self.height() / 2 - 10, 20, 20), "file-input", theme.text2)
        painter.setFont(font)
        painter.setPen(theme.text2)
        words_at = QRectF(left + 30, 0, width + 4, self.height())
        painter.drawText(words_at, int(Qt.AlignmentFlag.AlignVCenter), words)


class WelcomePage(QWidget):
    """Three large buttons, the first in focus, and what happens next at the right."""

    new_wanted = Signal()
    open_wanted = Signal()
    example_wanted = Signal()
    recent_wanted = Signal(object)
    """The path of a recent panel file."""

    def __init__(self, appearance: Appearance, recent: Sequence[Path] = ()) -> None:
        super().__init__()
        self._appearance = appearance
        self.recent = tuple(self._recent(path) for path in recent[:_MOST_RECENT])
        self.notices = QVBoxLayout()
        self._steps: list[QLabel] = []
        self.buttons = tuple(ChoiceButton(appearance, *choice) for choice in _CHOICES)
        for button, signal in zip(
            self.buttons, (self.new_wanted, self.open_wanted, self.example_wanted), strict=True
        ):
            button.clicked.connect(signal)
        self._parts = QHBoxLayout()
        self._parts.setSpacing(52)
        self._parts.addLayout(self._left())
        self._rule = _rule()
        self._parts.addWidget(self._rule)
        right = self._right()
        self._parts.addLayout(right)
        self._parts.setAlignment(right, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._parts.addStretch(1)
        column = QWidget()
        inner = QVBoxLayout(column)
        inner.setContentsMargins(0, 40, 0, 0)
        inner.addLayout(self._parts)
        inner.addStretch(1)
        scroll = QuietScroll()
        scroll.show_column(column)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(68, 24, 40, 24)
        outer.addLayout(self.notices)
        outer.addWidget(scroll, 1)
        appearance.changed.connect(self._arrange)
        self._arrange()

    def _arrange(self) -> None:
        """With large text what happens next stands under the buttons, not beside them."""
        large = self._appearance.large_text
        self._parts.setDirection(QBoxLayout.Direction.TopToBottom if large else QBoxLayout.Direction.LeftToRight)
        self._rule.setVisible(not large)
        for words in self._steps:
            words.setFixedWidth(self._appearance.px(_WIDTH if large else 290))

    def focus_content(self) -> None:
        """Put the focus on the first button."""
        self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _left(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(2)
        title = QLabel("Start with a panel file")
        title.setProperty("role", "welcome")
        title.setContentsMargins(4, 0, 0, 4)
        words = QLabel(
            "Everything for one Police and Crime Panel is kept in one file on this computer:\n"
            "figures, where each came from, commentary and papers. Nothing is sent anywhere."
        )
        words.setProperty("role", "lead")
        words.setProperty("tone", "second")
        words.setContentsMargins(4, 0, 0, 16)
        column.addWidget(title)
        column.addWidget(words)
        for button in self.buttons:
            column.addWidget(button)
        column.addSpacing(12)
        column.addWidget(DropHere(self._appearance))
        if self.recent:
            title = QLabel("Open again")
            title.setProperty("role", "section")
            title.setContentsMargins(4, 14, 0, 2)
            column.addWidget(title)
        for again in self.recent:
            column.addWidget(again, 0, Qt.AlignmentFlag.AlignLeft)
        return column

    def _recent(self, path: Path) -> QPushButton:
        button = QPushButton(f"{path.name}, in {path.parent}")
        button.setProperty("kind", "link")
        button.setToolTip(str(path))
        button.clicked.connect(lambda: self.recent_wanted.emit(path))
        return button

    def _right(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(14)
        title = QLabel("What happens next")
        title.setProperty("role", "finding")
        grid.addWidget(title, 0, 0, 1, 2, Qt.AlignmentFlag.AlignTop)
        for row, (first, rest) in enumerate(_STEPS, start=1):
            grid.addWidget(_Number(self._appearance, row), row, 0, Qt.AlignmentFlag.AlignTop)
            label = QLabel(f"<span style='font-weight:600'>{first}</span> {rest}")
            label.setWordWrap(True)
            label.setProperty("tone", "second")
            self._steps.append(label)
            grid.addWidget(label, row, 1, Qt.AlignmentFlag.AlignTop)
        grid.setRowStretch(len(_STEPS) + 1, 1)
        return grid


class _Number(QLabel):
    """A step's number in a circle."""

    def __init__(self, appearance: Appearance, number: int) -> None:
        super().__init__(str(number))
        self._appearance = appearance
        self.setFixedSize(24, 24)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setProperty("role", "caption_strong")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._appearance.theme.control, 1))
        painter.drawEllipse(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()
        super().paintEvent(event)


def _rule() -> QFrame:
    line = QFrame()
    line.setProperty("line", True)
    line.setFixedWidth(1)
    line.setMinimumHeight(260)
    return line
