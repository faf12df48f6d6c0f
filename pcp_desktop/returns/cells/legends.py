"""What the notes of a workbook say of its marks: of those beside a value, and of those in the place of one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pcp_desktop.domain.observations import Marker
from pcp_desktop.returns.cells.marks import Legend, beside_values
from pcp_desktop.returns.files.workbook import Sheet

_LONGEST, _SHORTEST_NOTE = 500, 12
_MEANINGS: tuple[tuple[Marker, str], ...] = (
    (Marker.NOT_APPLICABLE, r"not applicable|(?:does|do) not apply"),
    (Marker.SUPPRESSED,
     r"suppress|with-?held|disclos|confidential|identif|redact|not shown|between (?:0|1|one|zero) and"
     r"|(?:small|low) (?:numbers?|counts?|cells?|values?|bases?)|(?:fewer|less|lower) than|too (?:small|few|low)"
     r"|(?:under|below) (?:\d|three|four|five|six|ten)"),
    (Marker.NOT_AVAILABLE,
     r"not (?:yet )?(?:available|held|collected|recorded|supplied|provided|returned|received|known|published|asked"
     r"|calculated|reported|submitted)|unavailable|no (?:data|figures?|return|information)|missing|incomplete"),
)  # fmt: skip
_COMPILED = tuple((marker, re.compile(pattern, re.IGNORECASE)) for marker, pattern in _MEANINGS)
_SIGN = r"[\"'“‘(\[]?(\*{1,3}|#{1,2}|~{1,2}|†{1,2}|‡|\^)(?![*#~†‡^])[\"'”’)\]]?"
_BEGINS = re.compile(_SIGN)
_CALLED = re.compile(
    rf"(?:\b(?:as|by|with|marked|shown|symbol|an?|the|to|or|and)\s|[,:]\s?){_SIGN}(?!\w)", re.IGNORECASE
)
_ASTERISK = re.compile(r"\basterisks?\b", re.IGNORECASE)
_DEFINED = re.compile(
    r"[\"'“‘]?(\[[a-z]\]|[a-z]|\W{1,3}?)[\"'”’]?\s*(?:=|:|\b(?:denotes?|indicates?|means)\b)", re.IGNORECASE
)
_LETTER = re.compile(r"\[?([a-df-oqs-z])\]?", re.IGNORECASE)
"""A letter that a note defines stands in the place of a figure; `e`, `p` and `r` are flags of one beside them."""
_UNSURE = re.compile(r"reliab|robust|quality|caution|estimat|imput|(?:small|low) base", re.IGNORECASE)
_MARK_ALONE = re.compile(r"\[?[a-z]\]?|\W{1,4}", re.IGNORECASE)
_MAY_SAY = re.compile(r"[*#~†‡^=:]|asterisk|denote|indicate|means", re.IGNORECASE)


def legend_of(sheets: Iterable[Sheet]) -> Legend:
    """What all notes of a workbook say of its marks; the first note on a mark counts."""
    lines = list(dict.fromkeys(_lines(sheets)))
    in_place: dict[str, Marker] = {}
    unsure: set[str] = set()
    for text in lines:
        for line in re.split(r"\n|;|\t| {2,}", text) if _MAY_SAY.search(text) else ():
            for mark, meaning in _said(line.strip()):
                in_place.setdefault(mark, meaning)
                if _UNSURE.search(line) and (letter := _LETTER.fullmatch(mark)):
                    unsure.add(letter[1])
    return Legend(beside_values(lines), in_place, frozenset(unsure))


def _lines(sheets: Iterable[Sheet]) -> Iterator[str]:
    """All texts, and of a row that holds a mark and what it means both in one line."""
    for sheet in sheets:
        for row in sheet.rows:
            texts = [value for value in row if isinstance(value, str)]
            for text in texts:
                if 3 < len(text) <= _LONGEST:
                    yield text
            if (
                len(texts) > 1
                and _MARK_ALONE.fullmatch(texts[0].strip())
                and len(row) - row.count(None) == len(texts)
            ):
                yield f"{texts[0].strip()} = {texts[1]}"


def _said(line: str) -> Iterator[tuple[str, Marker]]:
    """The marks that a line explains, with what they stand for.

    A mark that begins a note on something else is a footnote's, so that alone it is no value.
    """
    begins, defined = _BEGINS.match(line), _DEFINED.match(line)
    meaning = next((marker for marker, pattern in _COMPILED if pattern.search(line)), None)
    if meaning is not None:
        marks = [found[1] for found in (begins, defined, *_CALLED.finditer(line)) if found]
        marks += ["*"] if _ASTERISK.search(line) else []
        yield from ((mark.strip().lower(), meaning) for mark in marks)
    elif defined and _LETTER.fullmatch(defined[1].strip()) and len(line) > _SHORTEST_NOTE:
        yield defined[1].strip().lower(), Marker.NOT_AVAILABLE
    elif begins and len(line) > _SHORTEST_NOTE:
        yield begins[1], Marker.NOT_AVAILABLE
