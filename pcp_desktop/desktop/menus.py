"""The menu bar and its keys: every command of the window by name; what a command does belongs to the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QMainWindow, QMenuBar

    from pcp_desktop.desktop.window_menu import Item


class Menus:
    """Fills the menu bar; the actions also belong to the window, so their keys work while the bar is hidden.

    It is filled by `fill()` once the window is painted, or before when something is asked of it: the first window
    does not wait for a bar that is hidden.
    """

    def __init__(self, window: QMainWindow, bar: QMenuBar, make_items: Callable[[], tuple[Item, ...]]) -> None:
        self._window, self._bar, self._make_items = window, bar, make_items
        self._items: tuple[Item, ...] = ()
        self._actions: dict[str, QAction] = {}
        self._focus_before: QWidget | None = None
        bar.hide()

    @property
    def items(self) -> tuple[Item, ...]:
        """All lines, in the menus' order."""
        self.fill()
        return self._items

    def fill(self) -> None:
        """Make the menus, unless they are made."""
        if self._items:
            return
        self._items = self._make_items()
        from PySide6.QtGui import QAction, QActionGroup, QKeySequence

        groups: dict[str, QActionGroup] = {}
        menus = {name: self._bar.addMenu(name) for name in dict.fromkeys(item.menu for item in self._items)}
        for item in self._items:
            action = QAction(item.words, self._window)
            action.triggered.connect(lambda _checked=False, act=item.act: act())
            action.setEnabled(not item.needs_panel)
            if item.keys:
                action.setShortcut(QKeySequence(item.keys))
            if item.group:
                action.setCheckable(True)
                groups.setdefault(item.group, QActionGroup(self._window)).addAction(action)
                action.setChecked(item.chosen)
            menus[item.menu].addAction(action)
            self._window.addAction(action)
            self._actions[item.words] = action

    def offer_panel(self) -> None:
        """Let commands that need a panel file be chosen."""
        for item in self.items:
            if item.needs_panel:
                self._actions[item.words].setEnabled(True)

    def reword(self, words: str, shown: str) -> None:
        """Show a line, known by its first words, with others."""
        self.fill()
        self._actions[words].setText(shown)

    def words_of(self, item: Item) -> str:
        """The words that a line shows now."""
        return self._actions[item.words].text()

    def check(self, words: str) -> None:
        """Mark one line of a group as the choice that holds."""
        self.fill()
        self._actions[words].setChecked(True)

    def toggle(self) -> None:
        """Show the menu bar and go to it, or hide it."""
        self.fill()
        if self._bar.isHidden():
            self._focus_before = QApplication.focusWidget()
            self._bar.show()
            self._bar.setFocus()
            self._bar.setActiveAction(self._bar.actions()[0])
        else:
            if self._focus_before is not None and isValid(self._focus_before):
                self._focus_before.setFocus()
            self._bar.hide()


class AltAlone(QObject):
    """Presses and lets go of Alt alone show the menus; Alt with any other key or a click does not."""

    def __init__(self, window: QWidget, act: Callable[[], object]) -> None:
        super().__init__(window)
        self._act = act
        self._alone = False
        self._watched = QCoreApplication.instance() or window

    def pressed(self) -> None:
        """Alt went down: watch what else is pressed until it comes up."""
        if not self._alone:
            self._alone = True
            self._watched.installEventFilter(self)

    def released(self) -> None:
        """Alt came up."""
        alone, self._alone = self._alone, False
        self._watched.removeEventFilter(self)
        if alone:
            self._act()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress or (
            isinstance(event, QKeyEvent)
            and event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
            and event.key() != Qt.Key.Key_Alt
        ):
            self._alone = False
        return super().eventFilter(watched, event)
