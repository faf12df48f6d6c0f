"""The Why? panel: the working behind a status in words, and a button that copies it."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from pcp_desktop.desktop.icons import icon, pixmap
from pcp_desktop.desktop.selectable_label import SelectableLabel
from pcp_desktop.desktop.tabs.quiet_scroll import QuietScroll
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.judgements import ChosenLimits, LimitsOrigin
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


def _drop_words(chosen: ChosenLimits) -> str:
    """The button that takes a decision about limits back."""
    if chosen.origin is LimitsOrigin.ALL_RANGES:
        return "Screen out far moving ranges again"
    what = "new level" if chosen.baseline is None else "limits"
    return f"Drop the {what} from {chosen.words}"


def as_text(why: Why) -> str:
    """The working as plain text for the clipboard, its table with tabs."""
    lines = [why.heading, "", " ".join(sentence.text for sentence in why.explanation)]
    if why.table is not None:
        lines += ["", *("\t".join(row) for row in (why.table.columns, *why.table.rows))]
    lines += ["", " ".join(sentence.text for sentence in why.beside)] if why.beside else []
    lines += ["", why.rule] if why.rule else []
    lines += [why.signals] if why.signals else []
    lines += list(why.caveats)
    lines += ["", *(f"{name}: {text}" for name, text in why.passport)] if why.passport else []
    return "\n".join(lines).strip() + "\n"


class WhyPanel(QFrame):
    """Shows a Why; asks to be closed by its button or Esc."""

    close_wanted = Signal()
    status_wanted = Signal()
    level_wanted = Signal(object)
    level_date_wanted = Signal(object)
    ranges_wanted = Signal(object)
    drop_wanted = Signal(object)
    copy_wanted = Signal(str)
    """The working as plain text, to be copied."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._why: Why | None = None
        self.setProperty("card", "true")
        self._heading = QLabel()
        self._heading.setProperty("role", "section")
        self._heading.setWordWrap(True)
        self.copy_button = self._button("Copy the working", self._copy)
        self.judge_button = self._button("Set the status by hand…", self.status_wanted.emit)
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
        row.addWidget(self.judge_button)
        row.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._scroll, 1)
        self.setMinimumWidth(250)
        self._table_shape: tuple[int, tuple[bool, ...], tuple[int, ...]] | None = None
        self._cells: list[list[QLabel]] = []
        self._may_judge = False
        self._offers: list[QPushButton] = []
        self._notes: list[tuple[QWidget, QLabel, QLabel]] = []
        self._passport: list[tuple[QLabel, QLabel]] = []
        self._make_body()
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
        self.judge_button.setIcon(icon("pencil", self._appearance.theme.text2))
        self.close_button.setIcon(icon("x", self._appearance.theme.text2))
        if self._why is not None:
            self.show_why(self._why)

    def show_why(self, why: Why) -> None:
        """Show the working behind a status. What stands is given other words, because making labels is slow."""
        self._why = why
        self._heading.setText(why.heading)
        self.setAccessibleName(why.heading)
        self._explanation.setText(rich(why.explanation))
        self._show_table(why.table)
        self._beside.setText(rich(why.beside))
        self._beside.setVisible(bool(why.beside))
        notes = [("scale", why.rule), ("chart-line", why.signals), *(("info", caveat) for caveat in why.caveats)]
        self._show_notes([(name, text) for name, text in notes if text])
        self._show_passport(why.passport)
        self._show_offers()
        self._scroll.verticalScrollBar().setValue(0)

    def _make_body(self) -> None:
        """The column that scrolls: the explanation, the table, what stands beside, the notes and the passport."""
        self._body = body = QWidget(self._scroll.viewport())
        column = QVBoxLayout(body)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        self._explanation, self._beside = self._label(body, "body"), self._label(body, "body")
        for label in (self._explanation, self._beside):
            label.setTextFormat(Qt.TextFormat.RichText)
        column.addWidget(self._explanation)
        self._tables, self._lines, self._facts = QVBoxLayout(), QVBoxLayout(), QGridLayout()
        self._lines.setSpacing(8)
        self._facts.setHorizontalSpacing(10)
        self._facts.setVerticalSpacing(2)
        self._facts.setColumnStretch(1, 1)
        column.addLayout(self._tables)
        column.addWidget(self._beside)
        self._offered = QVBoxLayout()
        for part in (self._lines, self._offered, self._facts):
            column.addLayout(part)
        column.addStretch(1)
        self._scroll.show_column(body)

    def _label(self, parent: QWidget, role: str, tone: str = "") -> QLabel:
        label = SelectableLabel(parent=parent)
        label.setProperty("role", role)
        label.setProperty("tone", tone)
        label.setWordWrap(True)
        return label

    def _show_table(self, table: TableSpec | None) -> None:
        shape = (len(table.rows), table.numeric, table.strong_rows) if table is not None else None
        if shape != self._table_shape:
            while (item := self._tables.takeAt(0)) is not None:
                old = item.widget()
                if old is not None:
                    old.hide()
                    old.deleteLater()
            self._cells = []
            if table is not None:
                around = self._table(table)
                self._tables.addWidget(around)
                self._fill_cells(table)
                around.show()  # at once, and not when its turn comes, after all else has its place
            self._table_shape = shape
        elif table is not None:
            self._fill_cells(table)

    def _fill_cells(self, table: TableSpec) -> None:
        for cells, row in zip(self._cells, (table.columns, *table.rows), strict=True):
            for cell, text in zip(cells, row, strict=True):
                cell.setText(text)

    def _table(self, table: TableSpec) -> QWidget:
        around = QWidget(self._body)
        grid = QGridLayout(around)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(3)
        for down in range(len(table.rows) + 1):
            role = "caption_strong" if down == 0 else "section" if down - 1 in table.strong_rows else "body"
            cells = [self._cell(around, role, table, across) for across in range(len(table.columns))]
            for across, cell in enumerate(cells):
                grid.addWidget(cell, down * 2, across)
            self._cells.append(cells)
            if down < len(table.rows):
                line = QFrame(around)
                line.setProperty("line", "true")
                line.setFixedHeight(1)
                grid.addWidget(line, down * 2 + 1, 0, 1, len(table.columns))
        grid.setColumnStretch(0, 1)
        return around

    def _cell(self, around: QWidget, role: str, table: TableSpec, across: int) -> QLabel:
        label = self._label(around, role)
        label.setWordWrap(not table.numeric[across])
        side = Qt.AlignmentFlag.AlignRight if table.numeric[across] else Qt.AlignmentFlag.AlignLeft
        label.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        return label

    def _show_notes(self, notes: list[tuple[str, str]]) -> None:
        while len(self._notes) < len(notes):
            line = QWidget(self._body)
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(7)
            shape, words = QLabel(line), self._label(line, "caption", "second")
            row.addWidget(shape, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(words, 1)
            self._lines.addWidget(line)
            self._notes.append((line, shape, words))
        for at, (line, shape, words) in enumerate(self._notes):
            line.setVisible(at < len(notes))
            name, text = notes[at] if at < len(notes) else ("", "")
            words.setText(text)
            if name:
                shape.setPixmap(pixmap(name, self._appearance.theme.text3, 14, self.devicePixelRatioF()))

    def allow_judging(self, allowed: bool) -> None:
        """Offer to set the status by hand and to take new levels, or do not."""
        self._may_judge = allowed
        self.judge_button.setVisible(allowed)
        self._show_offers()

    def _show_offers(self) -> None:
        """A button for each new level that is offered, and for each chosen limit that can be dropped."""
        for old in self._offers:
            old.hide()
            old.deleteLater()
        self._offers = []
        if self._why is None or not self._may_judge:
            return
        for level in self._why.levels:
            self._offer(f"Take the new level from {level.words}…", self.level_wanted, level)
        if self._why.starts:
            self._offer("Begin a new level at a date…", self.level_date_wanted, self._why.starts)
        if self._why.screened:
            self._offer("Take every moving range into the limits…", self.ranges_wanted, None)
        for chosen in self._why.chosen:
            self._offer(_drop_words(chosen), self.drop_wanted, chosen)

    def _offer(self, words: str, wanted: SignalInstance, what: object) -> None:
        button = QPushButton(words)
        button.setProperty("kind", "link")
        button.clicked.connect(lambda: wanted.emit(what))
        self._offered.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._offers.append(button)

    @property
    def offers(self) -> tuple[QPushButton, ...]:
        """The buttons that take a level or drop chosen limits."""
        return tuple(self._offers)

    def _show_passport(self, passport: tuple[tuple[str, str], ...]) -> None:
        while len(self._passport) < len(passport):
            caption, words = self._label(self._body, "caption", "third"), self._label(self._body, "caption", "second")
            caption.setWordWrap(False)
            self._facts.addWidget(caption, len(self._passport), 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(words, len(self._passport), 1)
            self._passport.append((caption, words))
        for at, (caption, words) in enumerate(self._passport):
            name, text = passport[at] if at < len(passport) else ("", "")
            caption.setText(name)
            words.setText(text)
            caption.setVisible(at < len(passport))
            words.setVisible(at < len(passport))

    @Slot()
    def _copy(self) -> None:
        if self._why is not None:
            self.copy_wanted.emit(as_text(self._why))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_W) and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.close_wanted.emit()
        else:
            super().keyPressEvent(event)
