"""The keys as the person has them: which were changed, whether single letters act; keys.py says what is shipped.

Widgets know their keys as shipped. What was changed is set on actions and shortcuts, and for keys that widgets read
themselves it is translated on its way to them.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QToolTip,
    QWidget,
)

from pcp_desktop.desktop.keys import KEYS, Key, declared
from pcp_desktop.desktop.settings import Settings

_SHIPPED = "shipped_keys"
_BETWEEN, _LINES = "\t", "\n"
_TYPED_INTO = (QLineEdit, QTextEdit, QPlainTextEdit, QAbstractSpinBox)
_NAMED = re.compile(r"(?:(?:Ctrl|Shift|Alt)\+)+(?:\w+|[^\s\w])|\bF\d{1,2}\b")
_FUNCTION = re.compile(r"F\d{1,2}")
_PORTABLE = QKeySequence.SequenceFormat.PortableText


class Keymap(QObject):
    """The keys of one window. `changed` says that any is another, or that single letters do or do not act."""

    changed = Signal()

    def __init__(self, window: QWidget, settings: Settings) -> None:
        super().__init__(window)
        self._window, self._settings = window, settings
        self._chosen = _read(settings.changed_keys)
        self._sending = False
        self._watching = False
        self._watch()

    # ------------------------------------------------------------ what holds

    def of(self, shipped: str) -> str:
        """The keys that act for the shipped ones; the same where they were not changed."""
        key = declared(shipped)
        return self._chosen.get(key.keys, shipped) if key is not None else shipped

    def reworded(self, words: str) -> str:
        """Words that name shipped keys, with the keys that hold."""
        return _NAMED.sub(lambda found: self.of(found.group()), words)

    def is_changed(self, key: Key) -> bool:
        """Whether a key is not as shipped."""
        return key.keys in self._chosen

    def refusal(self, key: Key, keys: str) -> str:
        """Why `key` cannot become `keys`, as a sentence; empty where it can."""
        if not keys:
            return "Press the keys first."
        if "," in keys.removesuffix(","):
            return "Only one key at a time can be chosen."
        if any(keys in each.keys.split(", ") for each in KEYS if each.fixed):
            return f"{keys} moves or opens things everywhere."
        other = next((each for each in KEYS if each is not key and self.of(each.keys) == keys), None)
        if other is not None:
            return f"{keys} is already “{other.words}”."
        alone = "+" not in keys and not _FUNCTION.fullmatch(keys)
        if alone and not key.is_letter:
            return "A key alone would act while something is typed: hold Ctrl or Alt with it, or take F2 to F12."
        return ""

    def choose(self, key: Key, keys: str) -> None:
        """Let `keys` do what `key` does; the shipped ones take the change back. ValueError where it is refused."""
        refusal = self.refusal(key, keys)
        if refusal:
            raise ValueError(refusal)
        if keys == key.keys:
            self._chosen.pop(key.keys, None)
        else:
            self._chosen[key.keys] = keys
        self._keep()

    def restore(self) -> None:
        """Let every key be as shipped."""
        self._chosen.clear()
        self._keep()

    def let_letters_act(self, on: bool) -> None:
        """Let single letters be keys, or not."""
        self._settings.letter_keys = on
        self._watch()
        self.changed.emit()

    def _keep(self) -> None:
        self._settings.changed_keys = _LINES.join(f"{old}{_BETWEEN}{new}" for old, new in self._chosen.items())
        self._watch()
        self.changed.emit()

    # ------------------------------------------------------------ actions and shortcuts

    def apply(self, root: QWidget) -> None:
        """Give the actions and shortcuts in `root` the keys that hold."""
        actions = [action for holder in (root, *root.findChildren(QWidget)) for action in holder.actions()]
        for action in dict.fromkeys(actions):
            if shipped := _shipped(action, action.shortcut()):
                action.setShortcut(QKeySequence(self.of(shipped)))
        for shortcut in root.findChildren(QShortcut):
            if shipped := _shipped(shortcut, shortcut.key()):
                shortcut.setKey(QKeySequence(self.of(shipped)))

    # ------------------------------------------------------------ keys that widgets read themselves

    def _watch(self) -> None:
        """Look at every key press only while something is not as shipped: watching costs time."""
        wanted = bool(self._chosen) or not self._settings.letter_keys
        application = QCoreApplication.instance()
        if application is None or wanted == self._watching:
            return
        self._watching = wanted
        (application.installEventFilter if wanted else application.removeEventFilter)(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            not self._sending
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and isinstance(watched, QWidget)
            and watched.window() is self._window
        ):
            return self._translated(watched, event)
        if isinstance(event, QHelpEvent) and isinstance(watched, QWidget) and watched.window() is self._window:
            return self._tip_shown(watched, event)
        return super().eventFilter(watched, event)

    def _translated(self, watched: QWidget, event: QKeyEvent) -> bool:
        """Whether a key press was replaced or kept from its widget; what is typed into a field never is."""
        pressed = QKeySequence(event.keyCombination()).toString(_PORTABLE)
        typed_into = isinstance(watched, _TYPED_INTO) or (isinstance(watched, QComboBox) and watched.isEditable())
        if typed_into and len(pressed) == 1:
            return False
        meant = next((old for old, new in self._chosen.items() if new == pressed), "")
        if meant:
            if self._settings.letter_keys or len(meant) > 1:
                self._send(watched, meant)
            return True
        own = declared(pressed)
        if own is None or typed_into:
            return False
        return self.is_changed(own) or (own.is_letter and not self._settings.letter_keys)

    def _tip_shown(self, widget: QWidget, event: QHelpEvent) -> bool:
        """Whether a tip that names a changed key was shown with the keys that hold."""
        tip = widget.toolTip()
        reworded = self.reworded(tip)
        if event.type() != QEvent.Type.ToolTip or reworded == tip:
            return False
        QToolTip.showText(event.globalPos(), reworded, widget)
        return True

    def _send(self, widget: QWidget, keys: str) -> None:
        combination = QKeySequence(keys)[0]  # type: ignore[index]  # the stub does not know it
        letter = keys.lower() if len(keys) == 1 else ""
        self._sending = True
        try:
            pressed = QKeyEvent(QEvent.Type.KeyPress, combination.key(), combination.keyboardModifiers(), letter)
            QApplication.sendEvent(widget, pressed)
        finally:
            self._sending = False


def _shipped(holder: QObject, keys: QKeySequence) -> str:
    """The shipped keys of an action or shortcut, which it remembers; empty where it has none."""
    kept = holder.property(_SHIPPED)
    if not isinstance(kept, str):
        kept = keys.toString(_PORTABLE)
        holder.setProperty(_SHIPPED, kept)
    return kept


def _read(kept: str) -> dict[str, str]:
    """The changed keys as they were kept; lines that name no declared key are left out."""
    pairs = [line.split(_BETWEEN) for line in kept.split(_LINES) if line.count(_BETWEEN) == 1]
    return {old: new for old, new in pairs if new and declared(old) is not None}
