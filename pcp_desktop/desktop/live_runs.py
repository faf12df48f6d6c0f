"""Where the live figures stand in a text document: runs of characters whose format carries the field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor, QTextDocument, QTextFormat

from pcp_desktop.domain.commentary import Run

FIELD = QTextFormat.Property.UserProperty.value + 1
NUMBER = FIELD + 1
"""Tells two figures of one field that stand side by side apart."""
_LINE_BREAK, _PARAGRAPH_BREAK = "\u2028", "\u2029"


@dataclass(frozen=True)
class Place:
    """Where a live figure stands: from `first` up to before `last`."""

    first: int
    last: int
    field: str
    number: int


def places_of(document: QTextDocument) -> list[Place]:
    """The live figures of a document in their order."""
    found = []
    block = document.begin()
    while block.isValid():
        for first, last, form in _fragments(block):
            if form.hasProperty(FIELD):
                found.append(Place(first, last, str(form.property(FIELD)), int(form.property(NUMBER))))
        block = block.next()
    return found


def runs_of(block: QTextBlock, first: int = 0, last: int | None = None) -> Iterator[Run]:
    """The runs of a block between two positions of the document; a figure that is cut is left out."""
    for begins, ends, form in _fragments(block):
        lower, upper = max(begins, first), ends if last is None else min(ends, last)
        cut = (lower, upper) != (begins, ends)
        if lower < upper and not (cut and form.hasProperty(FIELD)):
            yield Run(_text(block.document(), lower, upper), str(form.property(FIELD) or ""))


def _text(document: QTextDocument, first: int, last: int) -> str:
    cursor = QTextCursor(document)
    cursor.setPosition(first)
    cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText().replace(_LINE_BREAK, "\n").replace(_PARAGRAPH_BREAK, "\n")


def _fragments(block: QTextBlock) -> Iterator[tuple[int, int, QTextCharFormat]]:
    """The stretches of characters of one look in a block: where each begins and ends, and its format."""
    iterator = block.begin()
    while not iterator.atEnd():
        fragment = iterator.fragment()
        yield fragment.position(), fragment.position() + fragment.length(), fragment.charFormat()
        iterator += 1
