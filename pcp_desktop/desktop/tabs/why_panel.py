"""The Why? panel: the working behind a status in words, and a button that copies it."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from pcp_desktop.desktop.icons import icon, pixmap
from pcp_desktop.desktop.tabs.quiet_scroll import QuietScroll
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.pages import Sentence, TableSpec, Why


def rich(sentences: tuple[Sentence, ...]) -> str:
    """Sentences as rich text with their figures in bold."""
    parts = []
    for sentence in sentences:
        text = escape(sentence.text)
        for bold in sorted(set(sentence.bold), key=len, reverse=True):
            # Bold would be weight 700, which the typeface does not have and Qt would smear.
            text = text.replace(escape(bold), f'<span style="font-weight:600">{escape(bold)}</span>', 1)
        parts.append(text)
    return " ".join(parts)


def as_text(why: Why) -> str:
    """The working as plain text for the clipboard, its table with tabs."""
    lines = [why.heading, "", " ".join(sentence.text for sentence in why.explanation)]
    if why.table is not None:
        lines += ["", *("\t".join(row) for row in (why.table.columns, *why.table.rows))]
    lines += ["", why.rule] if why.rule else []
    lines += [why.signals] if why.signals else []
    lines += list(why.caveats)
    lines += ["", *(f"{name}: {text}" for name, text in why.passport)] if why.passport else []
    return "\n".join(lines).strip() + "\n"


class WhyPanel(QFrame):
    """Shows a Why; asks to be closed by its button or Esc."""

    close_wanted = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._why: Why | None = None
        self.setProperty("card", "true")
        self._heading = QLabel()
        self._heading.setProperty("role", "section")
        self._heading.setWordWrap(True)
        self.copy_button = self._button("Copy the working", self._copy)
        self.close_button = self._button("Close", self.close_wanted.emit)
        self._scroll = QuietScroll()
        self._scroll.setAccessibleName("The working")
        head = QFrame()
        head.setProperty("card", "sunken")
        row = QHBoxLayout(head)
        row.setContentsMargins(12, 4, 6, 4)
        row.setSpacing(2)
        row.addWidget(self._heading, 1)
        row.addWidget(self.copy_button)
        row.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._scroll, 1)
        self.setMinimumWidth(250)
        appearance.changed.connect(self._dress)
        self._dress()

    def _button(self, name: str, act: object) -> QToolButton:
        button = QToolButton()
        button.setAutoRaise(True)
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.setMinimumSize(24, 24)
        button.clicked.connect(act)
        return button

    @Slot()
    def _dress(self) -> None:
        self.copy_button.setIcon(icon("copy", self._appearance.theme.text2))
        self.close_button.setIcon(icon("x", self._appearance.theme.text2))
        if self._why is not None:
            self.show_why(self._why)

    def show_why(self, why: Why) -> None:
        """Show the working behind a status."""
        self._why = why
        self._heading.setText(why.heading)
        self.setAccessibleName(why.heading)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        explanation = self._label("", "body")
        explanation.setTextFormat(Qt.TextFormat.RichText)
        explanation.setText(rich(why.explanation))
        column.addWidget(explanation)
        if why.table is not None:
            column.addLayout(self._table(why.table))
        if why.rule:
            column.addLayout(self._with_icon("scale", why.rule))
        if why.signals:
            column.addLayout(self._with_icon("chart-line", why.signals))
        for caveat in why.caveats:
            column.addLayout(self._with_icon("info", caveat))
        if why.passport:
            column.addLayout(self._passport(why.passport))
        column.addStretch(1)
        self._scroll.show_column(body)

    def _label(self, text: str, role: str, tone: str = "") -> QLabel:
        label = QLabel(text)
        label.setProperty("role", role)
        label.setProperty("tone", tone)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def _table(self, table: TableSpec) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(3)
        for across, text in enumerate(table.columns):
            grid.addWidget(self._cell(text, "caption_strong", table, across), 0, across)
        for down, row in enumerate(table.rows):
            role = "section" if down in table.strong_rows else "body"
            line = QFrame()
            line.setProperty("line", "true")
            line.setFixedHeight(1)
            grid.addWidget(line, down * 2 + 1, 0, 1, len(table.columns))
            for across, text in enumerate(row):
                grid.addWidget(self._cell(text, role, table, across), down * 2 + 2, across)
        grid.setColumnStretch(0, 1)
        return grid

    def _cell(self, text: str, role: str, table: TableSpec, across: int) -> QLabel:
        label = self._label(text, role)
        label.setWordWrap(not table.numeric[across])
        side = Qt.AlignmentFlag.AlignRight if table.numeric[across] else Qt.AlignmentFlag.AlignLeft
        label.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        return label

    def _with_icon(self, name: str, text: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(7)
        shape = QLabel()
        shape.setPixmap(pixmap(name, self._appearance.theme.text3, 14, self.devicePixelRatioF()))
        row.addWidget(shape, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._label(text, "caption", "second"), 1)
        return row

    def _passport(self, passport: tuple[tuple[str, str], ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        for down, (name, text) in enumerate(passport):
            caption = self._label(name, "caption", "third")
            caption.setWordWrap(False)
            grid.addWidget(caption, down, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._label(text, "caption", "second"), down, 1)
        grid.setColumnStretch(1, 1)
        return grid

    @Slot()
    def _copy(self) -> None:
        if self._why is not None:
            QGuiApplication.clipboard().setText(as_text(self._why))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_W) and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.close_wanted.emit()
        else:
            super().keyPressEvent(event)
