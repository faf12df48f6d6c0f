"""The settings: theme, text, sidebar, menus and keys, each taking effect at once, and where things are kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from pcp_desktop.desktop.choice_box import ChoiceBox, TickBox
from pcp_desktop.desktop.settings import Setting, Settings
from pcp_desktop.desktop.tabs.quiet_scroll import QuietScroll
from pcp_desktop.desktop.theme import LARGEST_SCALE, SMALLEST_SCALE
from pcp_desktop.paths import data_folder

if TYPE_CHECKING:
    from pcp_desktop.desktop.main_window import MainWindow

_WIDTH, _STEP = 620, 10
SIZES = tuple(range(SMALLEST_SCALE, LARGEST_SCALE + 1, _STEP))


class SettingsDialog(QDialog):
    """A line for each setting that a person chooses: its words, the choice, and what it does."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Settings")
        self.setAccessibleName("Settings")
        self._window, self._settings = window, window.settings
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(0, 0, 12, 0)
        self._column.setSpacing(6)
        self._fill()
        self._column.addStretch(1)
        scroll = QuietScroll()
        scroll.show_column(content)
        title = QLabel("Settings")
        title.setProperty("role", "title")
        close = QPushButton("Close")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(10)
        column.addWidget(title)
        column.addWidget(scroll, 1)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self._size()

    def _size(self) -> None:
        """As large as its lines need, within the window."""
        wide = min(round(_WIDTH * self._settings.text_scale / 100), self._window.width() - 40)
        self._column.activate()
        tall = self._column.heightForWidth(wide - 60) if self._column.hasHeightForWidth() else 0
        tall = max(tall, self._column.sizeHint().height()) + 140
        self.resize(wide, min(tall, self._window.height() - 40))

    def _fill(self) -> None:
        window = self._window
        self._section("Look")
        self._choice(Settings.theme, Settings.theme.choices, window.choose_theme)
        sizes = {size: f"{size}%" for size in sorted({*SIZES, self._settings.text_scale})}
        self._choice(Settings.text_scale, sizes, window.scale_text)
        self._choice(Settings.meeting_theme, Settings.meeting_theme.choices, self._take_meeting_theme)
        self._section("Window")
        self._switch(Settings.sidebar_folded, lambda _on: window.fold_sidebar())
        self._switch(Settings.menu_bar_kept, lambda _on: window.keep_menus())
        self._section("Keyboard")
        self._switch(Settings.letter_keys, window.keymap.let_letters_act)
        keys = QPushButton("See and change all keys…")
        keys.clicked.connect(self._show_keys)
        self._column.addWidget(keys, 0, Qt.AlignmentFlag.AlignLeft)
        self._section("Kept on this computer")
        facts = [("Settings, log and backups", str(data_folder()))]
        if window.view is not None:
            facts.append(("Open panel file", str(window.view.panel.path)))
        for words, where in facts:
            self._fact(words, where)

    def _section(self, words: str) -> None:
        label = QLabel(words)
        label.setProperty("role", "finding")
        label.setContentsMargins(0, 8 if self._column.count() else 0, 0, 2)
        self._column.addWidget(label)

    def _choice(self, setting: Setting[Any], choices: dict[Any, str], take: Callable[[Any], None]) -> None:
        label = QLabel(setting.words)
        box = ChoiceBox()
        for value, words in choices.items():
            box.addItem(words, value)
        box.setCurrentIndex(box.findData(getattr(self._settings, setting.name)))
        box.setAccessibleName(setting.words)
        box.setAccessibleDescription(setting.description)
        box.activated.connect(lambda at: take(box.itemData(at)))
        label.setBuddy(box)
        grid = QGridLayout()
        grid.setColumnStretch(0, 1)
        grid.addWidget(label, 0, 0)
        grid.addWidget(_second(setting.description), 1, 0)
        grid.addWidget(box, 0, 1, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.setVerticalSpacing(0)
        self._column.addLayout(grid)
        self._column.addWidget(_line())

    def _switch(self, setting: Setting[bool], take: Callable[[bool], object]) -> None:
        box = TickBox(setting.words)
        box.setAccessibleName(setting.words)
        box.setAccessibleDescription(setting.description)
        box.setChecked(getattr(self._settings, setting.name))
        box.toggled.connect(take)
        described = _second(setting.description)
        described.setContentsMargins(28, 0, 0, 0)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(box, 0, Qt.AlignmentFlag.AlignLeft)
        lines.addWidget(described)
        self._column.addLayout(lines)
        self._column.addWidget(_line())

    def _fact(self, words: str, where: str) -> None:
        place = _second(where)
        place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(QLabel(words))
        lines.addWidget(place)
        self._column.addLayout(lines)

    def _take_meeting_theme(self, name: str) -> None:
        self._settings.meeting_theme = name

    def _show_keys(self) -> None:
        self.accept()
        self._window.show_keys()


def _second(words: str) -> QLabel:
    label = QLabel(words)
    label.setProperty("role", "caption")
    label.setProperty("tone", "third")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def _line() -> QFrame:
    line = QFrame()
    line.setProperty("line", True)
    line.setFixedHeight(1)
    return line
