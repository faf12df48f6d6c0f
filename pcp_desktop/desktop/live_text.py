"""A text editor whose live figures are runs of ordinary characters that are kept whole; it knows no panel file.

Ordinary characters, because an embedded object would leave screen readers, search and the clipboard without a figure.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QMimeData, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit

from pcp_desktop.desktop.held_copies import marked
from pcp_desktop.desktop.live_format import ROOM_FOR_LOCK, live_format
from pcp_desktop.desktop.live_runs import FIELD, NUMBER, Place, places_of, runs_of
from pcp_desktop.desktop.marks import paint_status
from pcp_desktop.desktop.theme import Appearance
from pcp_desktop.domain.commentary import Run, held_by
from pcp_desktop.domain.status import Mark

MIME = "application/x-pcp-live-text"
MOST_CHARACTERS = 84
LINE, BETWEEN_PARAGRAPHS = 21, 6  # px at a text size of 100 %
_DELETIONS = (
    (QKeySequence.StandardKey.DeleteStartOfWord, QTextCursor.MoveOperation.PreviousWord),
    (QKeySequence.StandardKey.DeleteEndOfWord, QTextCursor.MoveOperation.NextWord),
    (QKeySequence.StandardKey.DeleteEndOfLine, QTextCursor.MoveOperation.EndOfBlock),
    (QKeySequence.StandardKey.Delete, QTextCursor.MoveOperation.NextCharacter),
)


@dataclass(frozen=True)
class Shown:
    """How a live figure stands in the text: what it shows, whether it is covered, and whether it is held at all."""

    text: str
    covered: bool = False
    held: bool = False


class LiveText(QTextEdit):
    """The editor. `edited` says that the person changed it; `figure_wanted` that F2 or Ctrl+. asks for a figure.

    `figure_wanted` carries the field that is to be changed, empty where one is to be inserted.
    """

    edited = Signal()
    figure_wanted = Signal(str)
    held_copied = Signal(object)
    """The fields of the held figures, and the marks of held paragraphs, that were just copied."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._figures: dict[str, Shown] = {}
        self._texts: dict[int, str] = {}
        self._next_number = 1
        self._last = 0
        self._own_change = False
        self.may_copy_held = True
        self.setProperty("role", "commentary")
        self.setProperty("live", "true")
        self.setAcceptRichText(False)
        self.setAcceptDrops(False)  # text is moved by cut and paste; what is dropped belongs to the window
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(2)
        self.cursorPositionChanged.connect(self._keep_outside)
        self.selectionChanged.connect(self._keep_outside)
        self.textChanged.connect(self._tell_edited)
        appearance.changed.connect(self._dress)

    # ------------------------------------------------------------ what stands there

    def show_paragraphs(self, paragraphs: Iterable[tuple[Run, ...]], figures: Mapping[str, Shown]) -> None:
        """Show paragraphs of runs; `figures` say how each field stands. What was typed can no longer be undone."""
        self._figures = dict(figures)
        with _Unwatched(self):
            self._texts.clear()
            self.clear()
            cursor = QTextCursor(self.document())
            for at, runs in enumerate(paragraphs):
                if at:
                    cursor.insertBlock()
                self._insert_runs(cursor, runs)
            self._space_lines()
            self.moveCursor(QTextCursor.MoveOperation.Start)
            self.verticalScrollBar().setValue(0)

    def refresh(self, figures: Mapping[str, Shown]) -> None:
        """Let the figures that stand in the text show what they show now; the words and the caret stay."""
        if figures == self._figures:
            return
        self._figures = dict(figures)
        with _Unwatched(self):
            for place in reversed(self.places()):
                cursor = self._selected(place)
                self._insert_figure(cursor, place.field)

    def paragraphs(self) -> list[tuple[Run, ...]]:
        """What stands in the editor, a paragraph a block."""
        found = []
        block = self.document().begin()
        while block.isValid():
            found.append(tuple(runs_of(block)))
            block = block.next()
        return found

    def stored(self) -> str:
        """The text as it is stored, with fields."""
        return "\n\n".join("".join(run.stored for run in runs) for runs in self.paragraphs())

    def places(self) -> list[Place]:
        """The live figures in their order."""
        return places_of(self.document())

    def figure_at_caret(self) -> Place | None:
        """The live figure that is selected, or that the caret stands beside; the one before it first."""
        cursor = self.textCursor()
        first, last = cursor.selectionStart(), cursor.selectionEnd()
        beside = [one for one in self.places() if one.first <= last and one.last >= first]
        return beside[0] if beside else None

    # ------------------------------------------------------------ changing it

    def insert_figure(self, field: str, shown: Shown, instead: Place | None = None) -> None:
        """Put a live figure at the caret, or in the place of another."""
        self._figures[field] = shown
        cursor = self._selected(instead) if instead is not None else self.textCursor()
        cursor.beginEditBlock()
        self._insert_figure(cursor, field)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self._keep_outside()

    def insert_mark(self, field: str, shown: Shown) -> None:
        """Put a mark that is about the whole paragraph at the beginning of the one at the caret."""
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
        self._figures[field] = shown
        cursor.beginEditBlock()
        self._insert_figure(cursor, field)
        cursor.insertText(" ", QTextCharFormat())
        cursor.endEditBlock()

    def take_mark(self) -> bool:
        """Take the mark away that holds the paragraph at the caret; whether there was one."""
        block = self.textCursor().block()
        inside = range(block.position(), block.position() + block.length())
        marks = [one for one in self.places() if held_by(one.field) is not None and one.first in inside]
        for place in reversed(marks):
            cursor = self._selected(place)
            if self.document().characterAt(place.last) == " ":
                cursor.setPosition(place.last + 1, QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
        return bool(marks)

    def insert_paragraph(self, runs: Iterable[Run]) -> None:
        """Put runs at the caret, in the place of what is selected."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        self._insert_runs(cursor, runs)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self._keep_outside()

    def _insert_runs(self, cursor: QTextCursor, runs: Iterable[Run]) -> None:
        for run in runs:
            if run.field:
                self._insert_figure(cursor, run.field)
            else:
                cursor.insertText(run.text, QTextCharFormat())

    def _insert_figure(self, cursor: QTextCursor, field: str) -> None:
        shown = self._figures.get(field)
        text = shown.text if shown is not None else field
        covered = shown is not None and shown.covered
        text = f"{ROOM_FOR_LOCK}{text}" if covered else text
        form = live_format(self._appearance, covered=covered)
        form.setProperty(FIELD, field)
        form.setProperty(NUMBER, self._next_number)
        self._texts[self._next_number] = text
        self._next_number += 1
        cursor.removeSelectedText()
        cursor.insertText(text, form)

    def _selected(self, place: Place) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(place.first)
        cursor.setPosition(place.last, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    # ------------------------------------------------------------ kept whole

    @Slot()
    def _keep_outside(self) -> None:
        """Let the caret step over a figure, let a selection hold it whole, and let typing beside it be plain."""
        if self._own_change:
            return
        cursor = self.textCursor()
        anchor, place = cursor.anchor(), cursor.position()
        inside = next((one for one in self.places() if one.first < place < one.last), None)
        around = next((one for one in self.places() if one.first < anchor < one.last), None)
        wanted = (anchor, place)
        if inside is not None and inside == around and anchor != place:
            wanted = (inside.first, inside.last) if anchor < place else (inside.last, inside.first)
        else:
            if around is not None and anchor != place:
                wanted = (around.first if anchor < place else around.last, place)
            if inside is not None:
                edge = self._edge(inside, place)
                wanted = (edge if anchor == place else wanted[0], edge)
        self._own_change = True
        if wanted != (anchor, place):
            cursor.setPosition(wanted[0])
            cursor.setPosition(wanted[1], QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(cursor)
        if not cursor.hasSelection():
            self.setCurrentCharFormat(QTextCharFormat())
        self._own_change = False
        self._last = wanted[1]

    def _edge(self, figure: Place, place: int) -> int:
        """The edge of a figure that the caret goes to: on from where it came, or the nearer one."""
        if self._last <= figure.first:
            return figure.last
        if self._last >= figure.last:
            return figure.first
        return figure.first if place - figure.first < figure.last - place else figure.last

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.isReadOnly():
            super().keyPressEvent(event)
            return
        if event.key() == Qt.Key.Key_F2:
            place = self.figure_at_caret()
            self.figure_wanted.emit(place.field if place is not None else "")
            return
        for key, move in _DELETIONS:
            if event.matches(key):
                self._delete(move)
                return
        if event.key() == Qt.Key.Key_Backspace and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._delete(QTextCursor.MoveOperation.PreviousCharacter)
            return
        self._take_selection_away(event)
        super().keyPressEvent(event)

    def _delete(self, move: QTextCursor.MoveOperation) -> None:
        """Delete the selection, or up to where `move` goes; a figure that it touches goes whole."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            cursor.movePosition(move, QTextCursor.MoveMode.KeepAnchor)
        first, last = cursor.selectionStart(), cursor.selectionEnd()
        for place in self.places():
            if place.first < last and place.last > first:
                first, last = min(first, place.first), max(last, place.last)
        cursor.setPosition(first)
        cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        self.setTextCursor(cursor)

    def _take_selection_away(self, event: QKeyEvent) -> None:
        """Typing over a selection is plain text, also where the selection ends in a figure."""
        cursor = self.textCursor()
        if cursor.hasSelection() and event.text() and event.text().isprintable():
            cursor.removeSelectedText()
            self.setTextCursor(cursor)
            self.setCurrentCharFormat(QTextCharFormat())

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
            left_over = (event.matches(undo) and not self.document().isUndoAvailable()) or (
                event.matches(redo) and not self.document().isRedoAvailable()
            )
            if left_over:  # the window undoes what was done before
                event.ignore()
                return False
        return super().event(event)

    @Slot()
    def _tell_edited(self) -> None:
        if not self._own_change:
            self._mend()
            self.edited.emit()

    def _mend(self) -> None:
        """Whatever got into a figure on a way that was not foreseen makes it plain text: no figure is ever wrong."""
        for place in reversed(self.places()):
            cursor = self._selected(place)
            if cursor.selectedText() != self._texts.get(place.number):
                self._own_change = True
                cursor.setCharFormat(QTextCharFormat())
                self._own_change = False

    # ------------------------------------------------------------ the clipboard

    def createMimeDataFromSelection(self) -> QMimeData:
        """The selection as plain words, and as runs for pasting where live figures are known.

        Words with held figures end in their mark; where that they are copied cannot be recorded there are none.
        """
        cursor = self.textCursor()
        first, last = cursor.selectionStart(), cursor.selectionEnd()
        paragraphs: list[list[tuple[str, str]]] = []
        block = self.document().findBlock(first)
        while block.isValid() and block.position() <= last:
            paragraphs.append([(run.text, run.field) for run in runs_of(block, first, last)])
            block = block.next()
        made = QMimeData()
        words = ("".join(text.removeprefix(ROOM_FOR_LOCK) for text, _field in runs) for runs in paragraphs)
        text, held = "\n\n".join(words), self._held_in(first, last)
        if held and not self.may_copy_held:
            return made
        made.setText(marked(text) if held else text)
        made.setData(MIME, json.dumps(paragraphs).encode())
        if held:
            self.held_copied.emit(held)
        return made

    def _held_in(self, first: int, last: int) -> tuple[str, ...]:
        """The fields of held figures in a stretch, and the marks of held paragraphs that it touches."""
        return tuple(
            place.field
            for place in self.places()
            if (place.first < last and place.last > first and self._is_held(place.field))
            or (held_by(place.field) is not None and self._shares_a_block(place.first, first, last))
        )

    def _is_held(self, field: str) -> bool:
        return field in self._figures and self._figures[field].held

    def _shares_a_block(self, place: int, first: int, last: int) -> bool:
        block = self.document().findBlock(place)
        return block.position() < last and block.position() + block.length() > first

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasFormat(MIME) or source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste words, and live figures where they come from here; never a foreign look."""
        if source.hasFormat(MIME):
            stored = json.loads(bytes(source.data(MIME).data()).decode())
            paragraphs = [[Run(text, field) for text, field in runs] for runs in stored]
        else:
            paragraphs = [[Run(line)] for line in source.text().replace("\r", "").split("\n") if line.strip()]
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        for at, runs in enumerate(paragraphs):
            if at:
                cursor.insertBlock()
            self._insert_runs(cursor, runs)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self._keep_outside()

    # ------------------------------------------------------------ how it looks

    @Slot()
    def _dress(self) -> None:
        """Take the colours and sizes that hold now; the words stay."""
        figures, self._figures = self._figures, {}
        self.refresh(figures)
        with _Unwatched(self):
            self._space_lines()

    def _space_lines(self) -> None:
        form = QTextBlockFormat()
        form.setLineHeight(self._appearance.px(LINE), QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
        form.setBottomMargin(self._appearance.px(BETWEEN_PARAGRAPHS))
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(form)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        covered = [place for place in self.places() if self._is_covered(place.field)]
        if not covered:
            return
        painter = QPainter(self.viewport())
        for place in covered:
            cursor = QTextCursor(self.document())
            cursor.setPosition(place.first)
            left = self.cursorRect(cursor)
            size = self._appearance.px(12)
            square = QRectF(left.left() + 2, left.center().y() - size / 2, size, size)
            paint_status(painter, square, Mark.EMBARGOED, self._appearance.theme)

    def _is_covered(self, field: str) -> bool:
        return field in self._figures and self._figures[field].covered

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines stop at 84 characters, however wide the panel is."""
        super().resizeEvent(event)
        widest = self.fontMetrics().averageCharWidth() * MOST_CHARACTERS
        self.setViewportMargins(0, 0, max(self.width() - widest, 0), 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self._appearance.px(LINE) * 3)


class _Unwatched:
    """What the editor does itself: no step of the person's to undo, and no change to tell of."""

    def __init__(self, text: LiveText) -> None:
        self._text = text

    def __enter__(self) -> None:
        self._text._own_change = True
        self._text.document().setUndoRedoEnabled(False)

    def __exit__(self, *_error: object) -> None:
        self._text.document().setUndoRedoEnabled(True)
        self._text._own_change = False
