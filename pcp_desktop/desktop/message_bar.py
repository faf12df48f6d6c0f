"""The bar under the page head: a message that stays until it is closed, with at most one thing to do about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from pcp_desktop.desktop import icons
from pcp_desktop.desktop.marks import Notice, notice_pixmap
from pcp_desktop.desktop.theme import Appearance


class MessageBar(QFrame):
    """A message that stays until it is closed, with at most one thing to do about it."""

    def __init__(self, appearance: Appearance, window: QWidget) -> None:
        super().__init__(window)
        self._appearance = appearance
        self._notice = Notice.INFORMATION
        self._act: Callable[[], None] | None = None
        self._shape = QLabel()
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._button = QPushButton()
        self._button.clicked.connect(self._do)
        self._close = QToolButton()
        self._close.setAutoRaise(True)
        self._close.setToolTip("Close this message")
        self._close.setAccessibleName("Close this message")
        self._close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(self._shape, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._words, 1)
        row.addWidget(self._button)
        row.addWidget(self._close)
        appearance.changed.connect(self._paint_shapes)
        self.hide()

    @property
    def text(self) -> str:
        """The message that is shown, or was shown last."""
        return self._words.text()

    def show_message(self, text: str, notice: Notice, action: tuple[str, Callable[[], None]] | None) -> None:
        """Show `text`; `action` is a button's words and what it does."""
        self._notice = notice
        self._act = action[1] if action else None
        self._words.setText(text)
        self._button.setText(action[0] if action else "")
        self._button.setVisible(action is not None)
        self.setProperty("notice", notice.value)
        self.setAccessibleName(text)
        self.style().unpolish(self)
        self.style().polish(self)
        self._paint_shapes()
        self.show()

    def _do(self) -> None:
        self.hide()
        if self._act is not None:
            self._act()

    def _paint_shapes(self) -> None:
        theme = self._appearance.theme
        self._shape.setPixmap(notice_pixmap(self._notice, 18, theme, self.devicePixelRatioF()))
        self._close.setIcon(icons.icon("x", theme.text2))
