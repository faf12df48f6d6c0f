"""The one door to the person: error dialogs, and the bar under the page head that stays until it is closed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from pcp_desktop.desktop import icons
from pcp_desktop.desktop.marks import Notice, notice_pixmap
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.errors import UserError


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
        row.addWidget(self._shape, 0, Qt.AlignmentFlag.AlignTop)
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


class Messages(QObject):
    """Shows errors, bugs and notices; tabs and jobs speak to the person through this alone."""

    def __init__(self, window: QWidget, appearance: Appearance) -> None:
        super().__init__(window)
        self._window = window
        self._appearance = appearance
        self.message_bar = MessageBar(appearance, window)

    def show_error(self, error: UserError, title: str) -> None:
        """Show what happened, what it means and what to do; `title` heads the dialog ("Return not brought in")."""
        from pcp_desktop.desktop.dialogs.error import ErrorDialog

        ErrorDialog(self._window, self._appearance, title, error).open()

    def show_bug(self, error: BaseException) -> None:
        """Show that the program is at fault, with details to copy for support."""
        from pcp_desktop.desktop.dialogs.error import ErrorDialog

        ErrorDialog.for_bug(self._window, self._appearance, error).open()

    def bar(
        self,
        text: str,
        notice: Notice = Notice.INFORMATION,
        action: tuple[str, Callable[[], None]] | None = None,
    ) -> None:
        """Show a message under the page head until it is closed; `action` is a button's words and what it does."""
        self.message_bar.show_message(text, notice, action)

    def clear_bar(self) -> None:
        """Take the message under the page head away."""
        self.message_bar.hide()

    def stand_in(self, place: QVBoxLayout) -> None:
        """Move the bar into the place that the page on show keeps for it."""
        shown = not self.message_bar.isHidden()
        place.addWidget(self.message_bar)
        self.message_bar.setVisible(shown)
