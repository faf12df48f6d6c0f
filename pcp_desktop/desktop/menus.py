"""The menu bar and its keys: every command of the window by name; what a command does belongs to the window."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QMainWindow, QMenu, QMenuBar

    from pcp_desktop.desktop.window_menu import Item


MENUS = ("&File", "&Edit", "&Go", "&Page", "&View", "&Help")
PAGE_MENU, RECENT_MENU = "&Page", "Open &recent"
RECENT_AFTER, KEEP_MENUS = "Open a panel file…", "Keep the menu bar in view"


class Menus:
    """Fills the menu bar; the actions also belong to the window, so their keys work while the bar is hidden.

    It is filled by `fill()` once the window is painted, or before when something is asked of it: the first window
    does not wait for a bar that is hidden. `live` are the menus whose lines are asked for each time they open.
    """

    def __init__(
        self,
        window: QMainWindow,
        bar: QMenuBar,
        make_items: Callable[[], tuple[Item, ...]],
        live: Mapping[str, Callable[[], tuple[Item, ...]]],
    ) -> None:
        self._window, self._bar, self._make_items, self._live = window, bar, make_items, live
        self._items: tuple[Item, ...] = ()
        self._actions: dict[str, QAction] = {}
        self._focus_before: QWidget | None = None
        self._kept = False
        bar.hide()

    @property
    def items(self) -> tuple[Item, ...]:
        """All lines that always stand there, in the menus' order."""
        self.fill()
        return self._items

    def fill(self) -> None:
        """Make the menus, unless they are made."""
        if self._items:
            return
        self._items = self._make_items()
        from PySide6.QtGui import QActionGroup

        groups: dict[str, QActionGroup] = {}
        menus = {name: self._bar.addMenu(name) for name in MENUS}
        self._join(menus[PAGE_MENU], PAGE_MENU)
        for item in self._items:
            action = self._action(item, menus[item.menu])
            if item.group:
                action.setCheckable(True)
                groups.setdefault(item.group, QActionGroup(self._window)).addAction(action)
                action.setChecked(item.chosen)
            elif item.switch:
                action.setCheckable(True)
                action.setChecked(item.chosen)
            if item.words == RECENT_AFTER:
                self._join(menus[item.menu].addMenu(RECENT_MENU), RECENT_MENU)
            self._window.addAction(action)
            self._actions[item.words] = action

    def _action(self, item: Item, menu: QMenu) -> QAction:
        from PySide6.QtGui import QAction, QKeySequence

        action = QAction(item.words, self._window)
        action.triggered.connect(lambda _checked=False, act=item.act: act())
        action.setEnabled(not item.needs_panel)
        if item.keys:
            action.setShortcut(QKeySequence(item.keys))
        menu.addAction(action)
        return action

    def _join(self, menu: QMenu, name: str) -> None:
        """Fill a live menu now, so that it is not taken for empty, and each time it opens."""
        menu.aboutToShow.connect(partial(self._refill, menu, name))
        self._refill(menu, name)

    def _refill(self, menu: QMenu, name: str) -> None:
        for action in menu.actions():
            menu.removeAction(action)
            action.deleteLater()
        for item in self._live[name]():
            line = menu.addAction(f"{item.words}\t{item.keys}" if item.keys else item.words)
            line.triggered.connect(lambda _checked=False, act=item.act: act())
        if menu.isEmpty():
            menu.addAction("Nothing").setEnabled(False)

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
        action = self._actions.get(item.words)
        return action.text() if action is not None else item.words

    def check(self, words: str) -> None:
        """Mark one line of a group as the choice that holds."""
        self.fill()
        self._actions[words].setChecked(True)

    @property
    def kept(self) -> bool:
        """Whether the menu bar stays in view."""
        return self._kept

    def keep(self, kept: bool) -> None:
        """Let the menu bar stay in view, or show it only when it is asked for."""
        self._kept = kept
        self.fill()
        self._actions[KEEP_MENUS].setChecked(kept)
        self._bar.setVisible(kept)

    def toggle(self) -> None:
        """Show the menu bar and go to it, or hide it; one that is kept is only gone to."""
        self.fill()
        if self._bar.isHidden() or (self._kept and self._bar.activeAction() is None):
            self._focus_before = QApplication.focusWidget()
            self._bar.show()
            self._bar.setFocus()
            self._bar.setActiveAction(self._bar.actions()[0])
        else:
            if self._focus_before is not None and isValid(self._focus_before):
                self._focus_before.setFocus()
            self._bar.setVisible(self._kept)


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
