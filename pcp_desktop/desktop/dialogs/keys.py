"""All keys in one table, and the dialog that changes one; what the keys are is declared in keys.py."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from pcp_desktop.desktop.keymap import Keymap
from pcp_desktop.desktop.keys import KEYS, PLACES, Key
from pcp_desktop.desktop.theme import Appearance

_KEY = int(Qt.ItemDataRole.UserRole)


class KeysTable(QWidget):
    """Keys, what they do, and where; Enter or F2 changes the key of a line."""

    def __init__(self, appearance: Appearance, keymap: Keymap) -> None:
        super().__init__()
        self._appearance, self._keymap = appearance, keymap
        self.tree = _Lines(self.change)
        self.tree.setAccessibleName("All keys")
        self.tree.setColumnCount(3)
        self.tree.setHeaderLabels(("Keys", "What they do", "Where"))
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.tree.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        header = self.tree.header()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(False)
        self.tree.itemDoubleClicked.connect(self.change)
        self.tree.currentItemChanged.connect(self._offer)
        self.change_button = QPushButton("Change…")
        self.change_button.clicked.connect(self.change)
        self.restore_button = QPushButton("All as shipped")
        self.restore_button.clicked.connect(keymap.restore)
        row = QHBoxLayout()
        row.addWidget(self.change_button)
        row.addWidget(self.restore_button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.tree, 1)
        column.addLayout(row)
        for key in KEYS:
            self._add(key)
        keymap.changed.connect(self._again)
        self._again()
        self.tree.setCurrentItem(self._items()[0])

    def _add(self, key: Key) -> None:
        where = ", ".join(PLACES[place] for place in key.places)
        item = QTreeWidgetItem(["", key.words, where])
        item.setData(0, _KEY, key)
        self.tree.addTopLevelItem(item)

    def _items(self) -> list[QTreeWidgetItem]:
        found = [self.tree.topLevelItem(row) for row in range(self.tree.topLevelItemCount())]
        return [item for item in found if item is not None]

    @property
    def count(self) -> int:
        """How many lines hold what was asked for last."""
        return sum(1 for item in self._items() if not item.isHidden())

    def narrow(self, typed: str) -> None:
        """Leave only the lines that hold every typed word."""
        words = typed.casefold().split()
        for item in self._items():
            text = " ".join(item.text(column) for column in range(3)).casefold()
            item.setHidden(not all(word in text for word in words))

    @Slot()
    def _again(self) -> None:
        """Write the keys as they are now; changed ones say so."""
        font = self._appearance.font("section")
        for item in self._items():
            key: Key = item.data(0, _KEY)
            changed = self._keymap.is_changed(key)
            shown = self._keymap.of(key.keys) if not key.fixed else key.keys
            item.setText(0, f"{shown} (was {key.keys})" if changed else shown)
            item.setFont(0, font)
            said = f"{item.text(0)}: {key.words}. {item.text(2)}."
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, said)
        self.restore_button.setEnabled(any(self._keymap.is_changed(key) for key in KEYS))
        self._offer()

    @Slot()
    def _offer(self) -> None:
        key = self.current
        self.change_button.setEnabled(key is not None and not key.fixed)

    @property
    def current(self) -> Key | None:
        """The key of the current line."""
        item = self.tree.currentItem()
        return item.data(0, _KEY) if item is not None else None

    @Slot()
    def change(self) -> None:
        """Ask for other keys for the current line."""
        key = self.current
        if key is not None and not key.fixed:
            ChangeKeyDialog(self, self._appearance, self._keymap, key).open()


class _Lines(QTreeWidget):
    """Enter and F2 change the current line."""

    def __init__(self, change: object) -> None:
        super().__init__()
        self._change = change

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and callable(self._change):
            self._change()
        else:
            super().keyPressEvent(event)


class ChangeKeyDialog(QDialog):
    """Takes the keys that are pressed, says why they cannot be taken where they cannot, and keeps them."""

    def __init__(self, parent: QWidget, appearance: Appearance, keymap: Keymap, key: Key) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._keymap, self._key = keymap, key
        self.setWindowTitle("Change a key")
        self.setAccessibleName("Change a key")
        asked = QLabel(f"Press the keys for “{key.words}”.")
        asked.setProperty("role", "section")
        asked.setWordWrap(True)
        self.edit = QKeySequenceEdit(QKeySequence(keymap.of(key.keys)))
        self.edit.setMaximumSequenceLength(1)
        self.edit.setAccessibleName(asked.text())
        for field in self.edit.findChildren(QLineEdit):
            field.setAccessibleName(asked.text())
        self.refusal = QLabel()
        self.refusal.setProperty("tone", "deteriorating")
        self.refusal.setWordWrap(True)
        self.take_button = QPushButton("Use these keys")
        self.take_button.setProperty("kind", "primary")
        self.take_button.setDefault(True)
        self.take_button.clicked.connect(self._take)
        self.shipped_button = QPushButton(f"Use {key.keys} as shipped")
        self.shipped_button.clicked.connect(self._take_shipped)
        self.shipped_button.setEnabled(not keymap.refusal(key, key.keys))
        leave = QPushButton("Cancel")
        leave.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self.take_button)
        row.addWidget(self.shipped_button)
        row.addStretch(1)
        row.addWidget(leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        for widget in (asked, self.edit, self.refusal):
            column.addWidget(widget)
        column.addLayout(row)
        self.setMinimumWidth(appearance.px(420))
        self.edit.keySequenceChanged.connect(self._judge)
        self.edit.editingFinished.connect(self.take_button.setFocus)
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._judge()

    @property
    def chosen(self) -> str:
        """The keys that were pressed."""
        return self.edit.keySequence().toString(QKeySequence.SequenceFormat.PortableText)

    @Slot()
    def _judge(self) -> None:
        refusal = self._keymap.refusal(self._key, self.chosen)
        self.refusal.setText(refusal)
        self.edit.setAccessibleDescription(refusal)
        self.take_button.setEnabled(not refusal)

    @Slot()
    def _take(self) -> None:
        self._keymap.choose(self._key, self.chosen)
        self.accept()

    @Slot()
    def _take_shipped(self) -> None:
        self._keymap.choose(self._key, self._key.keys)
        self.accept()
