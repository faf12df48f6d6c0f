"""The status bar: what is true at the left, the keys that matter here at the right."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QStatusBar, QWidget

from pcp_desktop.desktop import icons
from pcp_desktop.desktop.theme import Appearance


class StatusLine:
    """Fills the window's status bar."""

    def __init__(self, bar: QStatusBar, appearance: Appearance) -> None:
        self._appearance = appearance
        self._facts: tuple[tuple[str, str], ...] = ()
        self._keys: tuple[tuple[str, str], ...] = ()
        self._left, self._right = _row(12), _row(8)
        bar.addWidget(self._left, 1)
        bar.addPermanentWidget(self._right)
        bar.setFixedHeight(appearance.px(26))
        appearance.changed.connect(self._fill)

    def show_facts(self, facts: tuple[tuple[str, str], ...]) -> None:
        """Show what is true; each fact is an icon's name (or empty) and words."""
        if facts != self._facts:
            self._facts = facts
            self._fill_facts()

    def show_keys(self, keys: tuple[tuple[str, str], ...]) -> None:
        """Show keys and what they do."""
        if keys != self._keys:
            self._keys = keys
            self._fill_keys()

    def text(self) -> str:
        """All facts as one line, for tests and for reading aloud."""
        return " · ".join(words for _icon, words in self._facts)

    def _fill(self) -> None:
        self._fill_facts()
        self._fill_keys()

    def _fill_facts(self) -> None:
        _empty(self._left)
        theme = self._appearance.theme
        for name, words in self._facts:
            if name:
                shape = QLabel()
                colour = theme.emb if name == "lock" else theme.text2
                shape.setPixmap(icons.pixmap(name, colour, 14, self._left.devicePixelRatioF()))
                _add(self._left, shape)
            label = QLabel(words)
            label.setProperty("role", "caption")
            label.setProperty("tone", "second")
            _add(self._left, label)
        layout = self._left.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.addStretch(1)

    def _fill_keys(self) -> None:
        _empty(self._right)
        for keys, words in self._keys:
            key = QLabel(keys)
            key.setProperty("key", True)
            key.setProperty("role", "caption_strong")
            label = QLabel(words)
            label.setProperty("role", "caption")
            label.setProperty("tone", "second")
            _add(self._right, key)
            _add(self._right, label)


def _row(edge: int) -> QWidget:
    host = QWidget()
    layout = QHBoxLayout(host)
    layout.setContentsMargins(edge, 0, edge, 0)
    layout.setSpacing(7)
    return host


def _add(host: QWidget, widget: QWidget) -> None:
    layout = host.layout()
    assert layout is not None
    layout.addWidget(widget)


def _empty(host: QWidget) -> None:
    layout = host.layout()
    assert layout is not None
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
