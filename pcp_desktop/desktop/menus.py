"""The menu bar and its keys: every command of the window by name; what a command does belongs to the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenuBar


@dataclass(frozen=True)
class Item:
    """One line of a menu; `needs_panel` leaves it grey without an open panel file. `group` lines are one choice."""

    menu: str
    words: str
    act: Callable[[], None]
    keys: str = ""
    needs_panel: bool = False
    group: str = ""
    icon: str = "chevron-right"


class Menus:
    """Fills the menu bar; the actions also belong to the window, so their keys work while the bar is hidden."""

    def __init__(self, window: QMainWindow, bar: QMenuBar, items: tuple[Item, ...]) -> None:
        self.items = items
        self._bar = bar
        self._actions: dict[str, QAction] = {}
        groups: dict[str, QActionGroup] = {}
        menus = {name: bar.addMenu(name) for name in dict.fromkeys(item.menu for item in items)}
        for item in items:
            action = QAction(item.words, window)
            action.triggered.connect(lambda _checked=False, act=item.act: act())
            if item.keys:
                action.setShortcut(QKeySequence(item.keys))
            if item.group:
                action.setCheckable(True)
                groups.setdefault(item.group, QActionGroup(window)).addAction(action)
            menus[item.menu].addAction(action)
            window.addAction(action)
            self._actions[item.words] = action
        bar.hide()

    def set_panel_open(self, is_open: bool) -> None:
        """Let commands that need a panel file be chosen, or not."""
        for item in self.items:
            if item.needs_panel:
                self._actions[item.words].setEnabled(is_open)

    def check(self, words: str) -> None:
        """Mark one line of a group as the choice that holds."""
        self._actions[words].setChecked(True)

    def toggle(self) -> None:
        """Show the menu bar and go to it, or hide it."""
        shown = self._bar.isHidden()
        self._bar.setVisible(shown)
        if shown:
            self._bar.setFocus()
            self._bar.setActiveAction(self._bar.actions()[0])
