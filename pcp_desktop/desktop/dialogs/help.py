"""Help (F1): what the page on show is for and its keys, every other page's help, and all keys, by words."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTextBrowser,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from pcp_desktop.desktop.dialogs.keys import KeysTable
from pcp_desktop.desktop.help_texts import HelpText, help_texts
from pcp_desktop.desktop.keymap import Keymap
from pcp_desktop.desktop.theme import Appearance

ALL_KEYS = "keys"
_TOPIC = int(Qt.ItemDataRole.UserRole)
_SIZE, _LIST = (880, 580), 190


class HelpDialog(QDialog):
    """Opens on a topic: the name of a page, or ALL_KEYS. Every word typed narrows topics and keys."""

    def __init__(
        self, parent: QWidget, appearance: Appearance, keymap: Keymap, pages: tuple[str, ...], topic: str
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Help")
        self.setAccessibleName("Help")
        self._appearance = appearance
        self._texts = {text.topic: text for text in help_texts(pages, keymap.of)}
        self.field = QLineEdit()
        self.field.setPlaceholderText("Search the help and the keys")
        self.field.setAccessibleName("Search the help and the keys")
        self.field.setClearButtonEnabled(False)
        self.topics = QListWidget()
        self.topics.setAccessibleName("Topics")
        self.text = QTextBrowser()
        self.text.setAccessibleName("Help")
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.keys = KeysTable(appearance, keymap)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.text)
        self._pages.addWidget(self.keys)
        self._lay_out()
        self.topics.currentItemChanged.connect(self._show_topic)
        self.field.textChanged.connect(self._narrow)
        self._fill(topic)
        room = parent.size()
        self.resize(min(appearance.px(_SIZE[0]), room.width() - 40), min(appearance.px(_SIZE[1]), room.height() - 40))

    def _lay_out(self) -> None:
        title = QLabel("Help")
        title.setProperty("role", "title")
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self.field)
        self.field.setMinimumWidth(self._appearance.px(260))
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setChildrenCollapsible(False)
        parts.setHandleWidth(12)
        parts.addWidget(self.topics)
        parts.addWidget(self._pages)
        parts.setStretchFactor(1, 1)
        parts.setSizes([self._appearance.px(_LIST), self._appearance.px(_SIZE[0] - _LIST)])
        close = QPushButton("Close")
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(parts, 1)
        column.addLayout(foot)

    def _fill(self, topic: str) -> None:
        for name, title in [*((text.topic, text.title) for text in self._texts.values()), (ALL_KEYS, "All keys")]:
            item = QListWidgetItem(title)
            item.setData(_TOPIC, name)
            self.topics.addItem(item)
            if name == topic:
                self.topics.setCurrentItem(item)
        if self.topics.currentItem() is None:
            self.topics.setCurrentRow(0)
        self.topics.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def shown(self) -> tuple[str, ...]:
        """The topics that hold what is typed."""
        items = [self.topics.item(row) for row in range(self.topics.count())]
        return tuple(str(item.data(_TOPIC)) for item in items if not item.isHidden())

    @Slot()
    def _show_topic(self) -> None:
        item = self.topics.currentItem()
        text = self._texts.get(str(item.data(_TOPIC)))
        self._pages.setCurrentWidget(self.keys if text is None else self.text)
        if text is not None:
            self._show_text(text)

    def _show_text(self, text: HelpText) -> None:
        appearance = self._appearance
        self.text.document().setDefaultStyleSheet(
            f"h1 {{ font-size: {appearance.px(17)}px; font-weight: 600; margin-bottom: 8px; }}"
            f"h2 {{ font-size: {appearance.px(13)}px; font-weight: 600; margin-top: 14px; margin-bottom: 4px; }}"
            "p { margin-top: 0px; margin-bottom: 8px; } li { margin-bottom: 6px; }"
            "ul { margin-left: 16px; -qt-list-indent: 0; }"
        )
        self.text.setHtml(text.html())
        self._mark(self.field.text())

    @Slot(str)
    def _narrow(self, typed: str) -> None:
        """Leave only what holds every word; where the topic on show does not, go to the first that does."""
        self.keys.narrow(typed)
        items = [self.topics.item(row) for row in range(self.topics.count())]
        for item in items:
            text = self._texts.get(str(item.data(_TOPIC)))
            item.setHidden(not (text.holds(typed) if text is not None else self.keys.count))
        current, left = self.topics.currentItem(), [item for item in items if not item.isHidden()]
        if left and (current is None or current.isHidden()):
            self.topics.setCurrentItem(left[0])
        self._mark(typed)

    def _mark(self, typed: str) -> None:
        """Mark the typed words in the text."""
        found: list[QTextEdit.ExtraSelection] = []
        for word in typed.split():
            cursor = self.text.document().find(word)
            while not cursor.isNull():
                found.append(self._marked(cursor))
                cursor = self.text.document().find(word, cursor)
        self.text.setExtraSelections(found)

    def _marked(self, cursor: QTextCursor) -> QTextEdit.ExtraSelection:
        look = QTextCharFormat()
        look.setBackground(self._appearance.theme.select)
        look.setFontUnderline(True)
        selection = QTextEdit.ExtraSelection()
        selection.cursor, selection.format = cursor, look
        return selection
