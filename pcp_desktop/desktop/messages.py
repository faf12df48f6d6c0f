"""The one door to the person: error dialogs, and the bar under the page head that stays until it is closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

if TYPE_CHECKING:  # the first window opens before any of these is needed
    from pcp_desktop.desktop.marks import Notice
    from pcp_desktop.desktop.message_bar import MessageBar
    from pcp_desktop.desktop.theme import Appearance
    from pcp_desktop.errors import UserError


class Messages(QObject):
    """Shows errors, bugs and notices; tabs and jobs speak to the person through this alone."""

    def __init__(self, window: QWidget, appearance: Appearance) -> None:
        super().__init__(window)
        self._window = window
        self._appearance = appearance
        self._bar: MessageBar | None = None
        self._place: QVBoxLayout | None = None

    @property
    def message_bar(self) -> MessageBar:
        """The bar itself, made when it is first wanted."""
        if self._bar is None:
            from pcp_desktop.desktop.message_bar import MessageBar

            self._bar = MessageBar(self._appearance, self._window)
            if self._place is not None:
                self._place.addWidget(self._bar)
        return self._bar

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
        notice: Notice | None = None,
        action: tuple[str, Callable[[], None]] | None = None,
    ) -> None:
        """Show a message under the page head until it is closed, as information where `notice` says nothing else.

        `action` is a button's words and what it does.
        """
        from pcp_desktop.desktop.marks import Notice

        self.message_bar.show_message(text, notice or Notice.INFORMATION, action)

    def clear_bar(self) -> None:
        """Take the message under the page head away."""
        if self._bar is not None:
            self._bar.hide()

    def stand_in(self, place: QVBoxLayout) -> None:
        """Move the bar into the place that the page on show keeps for it."""
        self._place = place
        if self._bar is not None:
            shown = not self._bar.isHidden()
            place.addWidget(self._bar)
            self._bar.setVisible(shown)
