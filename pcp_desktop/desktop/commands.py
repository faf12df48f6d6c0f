"""The command palette: go to a page, do something, find a figure, by typing any words of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from pcp_desktop.desktop import icons
from pcp_desktop.desktop.theme import Appearance

Index = QModelIndex | QPersistentModelIndex
GO_TO, DO, FIND = "Go to", "Do", "Find a figure"
_ENTRY = int(Qt.ItemDataRole.UserRole)
_MOST_OF_A_SECTION = 8
_FOOT = (("↑↓", "move"), ("Enter", "open, copy the figure"), ("Ctrl Enter", "go to the figure"), ("Esc", "close"))
PALETTE_TOP = 54  # px below the window's upper edge


@dataclass(frozen=True)
class Entry:
    """One thing the palette offers: Enter calls `act`, Ctrl+Enter calls `other` where there is one.

    `about` is what it is done with: words of that find it too, and stand in the heading of its section. Words of
    `also` find it without being shown.
    """

    section: str
    words: str
    act: Callable[[], object]
    detail: str = ""
    keys: str = ""
    icon: str = "chevron-right"
    other: Callable[[], None] | None = None
    about: str = ""
    also: str = ""

    @property
    def heading(self) -> str:
        """The words over its section."""
        return f"{self.section} with {self.about}" if self.about else self.section


@dataclass(frozen=True)
class Prompt:
    """What a list to choose from calls itself, what its field asks for, its keys, and how much it shows at once."""

    name: str = "Commands"
    question: str = "Go to a page, do something, or find a figure"
    field: str = "Command, page or figure"
    keys: tuple[tuple[str, str], ...] = _FOOT
    most: int = _MOST_OF_A_SECTION


COMMANDS = Prompt()


def matching(entries: Iterable[Entry], typed: str, most: int = _MOST_OF_A_SECTION) -> list[Entry]:
    """The entries that hold every typed word anywhere, in their order, at most `most` under a heading."""
    words = typed.casefold().split()
    found: list[Entry] = []
    counts: dict[str, int] = {}
    for entry in entries:
        text = f"{entry.words} {entry.detail} {entry.about} {entry.also}".casefold()
        if all(word in text for word in words) and counts.get(entry.heading, 0) < most:
            counts[entry.heading] = counts.get(entry.heading, 0) + 1
            found.append(entry)
    return found


def match_spans(text: str, typed: str) -> list[tuple[int, int]]:
    """Where the typed words stand in `text`, as first and last-plus-one positions, for underlining."""
    folded = text.casefold()
    spans = [(at, at + len(word)) for word in typed.casefold().split() if (at := folded.find(word)) >= 0]
    return sorted(spans)


class _Lines(QAbstractListModel):
    """Section words and entries, one a line."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: list[str | Entry] = []

    def show(self, entries: list[Entry]) -> None:
        self.beginResetModel()
        self.lines = []
        section = ""
        for entry in entries:
            if entry.heading != section:
                section = entry.heading
                self.lines.append(section)
            self.lines.append(entry)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if role == _ENTRY:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line if isinstance(line, str) else f"{line.words}, {line.detail}" if line.detail else line.words
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self.lines[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _LineDelegate(QStyledItemDelegate):
    """Draws a section word, or an entry with its match underlined and its key at the right."""

    def __init__(self, appearance: Appearance, parent: QObject) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.typed = ""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt's signature
        return QSize(100, self._appearance.px(32 if isinstance(index.data(_ENTRY), str) else 34))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(_ENTRY)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        theme, size = self._appearance.theme, self._appearance.px(16)
        painter.save()
        if isinstance(line, Entry):
            if state & QStyle.StateFlag.State_Selected:
                painter.fillRect(rect, theme.select)
                painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), theme.accent)
            icons.paint_icon(
                painter,
                QRectF(rect.left() + 16, rect.center().y() - size / 2 + 0.5, size, size),
                line.icon,
                theme.text2,
            )
            self._words(painter, rect, line)
        else:
            painter.setFont(self._appearance.font("caption_strong"))
            painter.setPen(theme.text3)
            painter.drawText(rect.adjusted(16, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), str(line))
        painter.restore()

    def _words(self, painter: QPainter, rect: QRect, entry: Entry) -> None:
        right = rect.right() - 16
        if entry.keys:
            right = self._key(painter, rect, entry.keys) - 8
        theme = self._appearance.theme
        place = self._marked(
            painter,
            rect,
            (rect.left() + 28 + self._appearance.px(16), right),
            entry.words,
            "body",
            "section",
            theme.text,
        )
        if entry.detail:
            self._marked(painter, rect, (place + 12, right), entry.detail, "caption", "caption_strong", theme.text3)

    def _marked(
        self, painter: QPainter, rect: QRect, room: tuple[int, int], text: str, role: str, strong: str, colour: QColor
    ) -> int:
        """Draw a text with what was typed underlined in the font `strong`, within `room` from left to right."""
        painter.setPen(colour)
        place, right = room
        normal, marked = self._appearance.font(role), self._appearance.font(strong)
        marked.setUnderline(True)
        position = 0
        for first, last in [*match_spans(text, self.typed), (len(text), len(text))]:
            place = self._run(painter, rect, place, right, text[position : max(first, position)], normal)
            place = self._run(painter, rect, place, right, text[max(first, position) : last], marked)
            position = max(position, last)
        return place

    @staticmethod
    def _run(painter: QPainter, rect: QRect, left: int, right: int, text: str, font: QFont) -> int:
        if not text or left >= right:
            return left
        painter.setFont(font)
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, right - left)
        box = QRect(left, rect.top(), right - left, rect.height())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), shown)
        return left + metrics.horizontalAdvance(shown)

    def _key(self, painter: QPainter, rect: QRect, keys: str) -> int:
        theme = self._appearance.theme
        font = self._appearance.font("caption_strong")
        width = QFontMetrics(font).horizontalAdvance(keys) + 10
        height = self._appearance.px(18)
        box = QRectF(rect.right() - 16 - width, rect.center().y() - height / 2 + 0.5, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.hair, 1))
        painter.setBrush(theme.sunken)
        painter.drawRoundedRect(box, 3, 3)
        painter.setPen(theme.text2)
        painter.setFont(font)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), keys)
        return int(box.left())


def _foot(pairs: Iterable[tuple[str, str]]) -> QFrame:
    """The keys of the palette itself."""
    foot = QFrame()
    foot.setProperty("card", "sunken")
    row = QHBoxLayout(foot)
    row.setContentsMargins(16, 6, 16, 6)
    row.setSpacing(6)
    for keys, words in pairs:
        key, meaning = QLabel(keys), QLabel(words)
        key.setProperty("key", True)
        key.setProperty("role", "caption_strong")
        meaning.setProperty("role", "caption")
        meaning.setProperty("tone", "second")
        row.addWidget(key)
        row.addWidget(meaning)
        row.addSpacing(8)
    row.addStretch(1)
    return foot


class CommandPalette(QDialog):
    """A frameless child dialog over the window; Esc closes it and nothing has changed."""

    def __init__(
        self, parent: QWidget, appearance: Appearance, entries: Iterable[Entry], prompt: Prompt = COMMANDS
    ) -> None:
        super().__init__(parent, Qt.WindowType.FramelessWindowHint | Qt.WindowType.Dialog)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._prompt = prompt
        self.setAccessibleName(prompt.name)
        self.setWindowTitle(prompt.name)
        self._entries = list(entries)
        self.field = QLineEdit()
        self.field.setPlaceholderText(prompt.question)
        self.field.setAccessibleName(prompt.field)
        self.field.setProperty("plain", "true")
        self.field.setProperty("role", "lead")
        self._count = QLabel()
        self._count.setProperty("role", "caption")
        self._count.setProperty("tone", "third")
        self.list = QListView()
        self.list.setAccessibleName("Results")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self._lines = _Lines(self)
        self.list.setModel(self._lines)
        self._delegate = _LineDelegate(appearance, self)
        self.list.setItemDelegate(self._delegate)
        self.list.activated.connect(lambda _index: self._choose())
        self.list.clicked.connect(lambda _index: self._choose())
        self.field.textChanged.connect(self._narrow)
        self.field.installEventFilter(self)
        self._lay_out(parent, appearance)
        self._narrow("")

    def _lay_out(self, parent: QWidget, appearance: Appearance) -> None:
        frame = QFrame()
        frame.setObjectName("palette")
        search = QLabel()
        search.setPixmap(icons.pixmap("search", appearance.theme.text2, appearance.px(18), self.devicePixelRatioF()))
        top = QHBoxLayout()
        top.setContentsMargins(16, 8, 16, 8)
        top.addWidget(search)
        top.addWidget(self.field, 1)
        top.addWidget(self._count)
        column = QVBoxLayout(frame)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        column.addWidget(_foot(self._prompt.keys))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self.resize(min(appearance.px(640), parent.width() - 40), min(appearance.px(452), parent.height() - 80))
        corner = parent.mapToGlobal(parent.rect().topLeft())
        self.move(corner.x() + (parent.width() - self.width()) // 2, corner.y() + PALETTE_TOP)

    def results(self) -> list[Entry]:
        """What is offered now, in order."""
        return [line for line in self._lines.lines if isinstance(line, Entry)]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            match event.key():
                case Qt.Key.Key_Down:
                    self._move(1)
                    return True
                case Qt.Key.Key_Up:
                    self._move(-1)
                    return True
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    self._choose(bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
                    return True
        return super().eventFilter(watched, event)

    def _narrow(self, typed: str) -> None:
        found = matching(self._entries, typed, self._prompt.most)
        self._delegate.typed = typed
        self._lines.show(found)
        self._count.setText("No result" if not found else "1 result" if len(found) == 1 else f"{len(found)} results")
        if found:
            self.list.setCurrentIndex(self._lines.index(1))

    def _move(self, step: int) -> None:
        row = self.list.currentIndex().row() + step
        while 0 <= row < len(self._lines.lines):
            if isinstance(self._lines.lines[row], Entry):
                self.list.setCurrentIndex(self._lines.index(row))
                return
            row += step

    def _choose(self, other: bool = False) -> None:
        entry = self.list.currentIndex().data(_ENTRY)
        if not isinstance(entry, Entry):
            return
        self.accept()
        (entry.other if other and entry.other is not None else entry.act)()
