"""Marks fused to labels, periods and values: footnotes, provisional, revised; and what those mean in a workbook."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from pcp_desktop.domain.observations import Marker

_SUPERSCRIPTS = "¹²³⁴⁵⁶⁷⁸⁹⁰ᵃᵇᶜᵖʳᴾᴿ"
_FLAG_LETTERS = {
    **dict.fromkeys("pᵖᴾ", Marker.PROVISIONAL),
    **dict.fromkeys("rʳᴿ", Marker.REVISED),
}
_WORDS = {"provisional": Marker.PROVISIONAL, "prov": Marker.PROVISIONAL, "revised": Marker.REVISED}
_TAIL = re.compile(
    r"\s*(?P<mark>\*+|†+|‡+|#+|§|["
    + _SUPERSCRIPTS
    + r"]+|\[(?P<square>[a-z]|note \d+|\d{1,2})\]|\((?P<round>[pr]|\d|note \d+)\)"
    r"|[\[(]?(?P<word>provisional|prov\.?|revised)[\])]?)\Z",
    re.IGNORECASE,
)
_LEGEND = re.compile(
    r"\A\s*[\[(]?(?P<mark>\*+|†+|‡+|#+|§|[a-z]|\d|["
    + _SUPERSCRIPTS
    + r"])[\])]?\s*(?:[=:–—-]\s*|\s)\s*(?P<meaning>\S.{3,})\Z",
    re.IGNORECASE | re.DOTALL,
)

_LONGEST = 500
"""Longer texts are notes, and no marks are looked for at their end."""


@dataclass(frozen=True)
class Legend:
    """What a workbook's notes say of its marks.

    `beside` are marks of a value, as provisional or revised; `in_place` those that stand in the place of one.
    `unsure` are letters for a value of low reliability, which may stand behind it as well.
    """

    beside: Mapping[str, Marker] = field(default_factory=dict)
    in_place: Mapping[str, Marker] = field(default_factory=dict)
    unsure: frozenset[str] = frozenset()


NO_LEGEND = Legend()


@dataclass(frozen=True)
class Marked:
    """Text without the marks fused to its end, and the marks as written, the outermost last."""

    text: str
    marks: tuple[str, ...] = ()

    def marker(self, legend: Legend) -> Marker | None:
        """What the marks say of a value; None where they are mere footnotes."""
        for mark in self.marks:
            key = mark.strip("[]().").lower()
            if key in legend.beside:
                return legend.beside[key]
            if key in _WORDS:
                return _WORDS[key]
            if key in _FLAG_LETTERS:
                return _FLAG_LETTERS[key]
        return None


@lru_cache(maxsize=16384)
def without_marks(text: str) -> Marked:
    """Split `15/16*` into `15/16` and `*`; text that is nothing but a mark is left whole."""
    rest = " ".join(text.split())
    if len(rest) > _LONGEST:
        return Marked(rest)
    marks: list[str] = []
    while found := _TAIL.search(rest):
        before = rest[: found.start()]
        if not before.strip():
            break
        marks.insert(0, found["mark"])
        rest = before.rstrip()
    return Marked(rest, tuple(marks))


def beside_values(texts: Iterable[str]) -> dict[str, Marker]:
    """The marks that notes explain as provisional or revised: `* provisional` says what `*` means."""
    found: dict[str, Marker] = {}
    for text in texts:
        for line in re.split(r"[\n;]", text[:_LONGEST]):
            match = _LEGEND.match(line)
            if not match:
                continue
            meaning = match["meaning"].lower()
            for word, marker in _WORDS.items():
                if meaning.startswith((word, f"figures are {word}", f"{word} ", f"data are {word}")) or (
                    len(meaning) < 60 and re.search(rf"\b{word}\b", meaning)
                ):
                    found.setdefault(match["mark"].lower(), marker)
    return found
