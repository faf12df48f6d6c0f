"""How alike the words of a workbook and the words of a measure are; knows words, not tables."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

from pcp_desktop.domain.measures import Measure

_ABBREVIATIONS = {
    "asb": "anti social behaviour", "cse": "child sexual exploitation", "mv": "motor vehicle",
    "dv": "domestic violence", "da": "domestic abuse", "vap": "violence against person", "vatp":
    "violence against person", "fte": "first time entrant", "ftes": "first time entrant",
    "iom": "integrated offender management", "sso": "serious sexual offence", "s136": "section 136",
    "vwi": "violence injury", "tfmv": "theft from motor vehicle", "tomv": "theft of motor vehicle",
    "nte": "night time economy", "cbs": "community based survey", "msg": "most similar group",
    "yos": "youth offending service", "ldu": "", "misper": "missing person", "mispers": "missing person",
    "satisfied": "satisfaction", "re": "",
}  # fmt: skip
"""Abbreviations of the field, written out."""
_PASSED_OVER = frozenset({
    "the", "a", "an", "and", "or", "to", "in", "for", "with", "on", "at", "by", "is", "are", "was", "were", "who",
    "that", "all", "number", "no", "total", "recorded", "per",
})  # fmt: skip
_ALIKE = 0.86


@lru_cache(maxsize=4096)
def tokens(text: str) -> frozenset[str]:
    """The words of a text that tell it apart, in the singular, abbreviations written out."""
    plain = re.sub(r"s\.?\s?136\b", "section 136", text.lower()).replace("’", "'").replace("'", "")
    found: set[str] = set()
    for word in re.findall(r"[a-z]+|\d+", plain):
        for part in _ABBREVIATIONS.get(word, word).split():
            if part not in _PASSED_OVER:
                found.add(_singular(part))
    if re.search(r"\ball\b", plain):
        found.add("all")
    return frozenset(found)


def tokens_of(texts: Iterable[str]) -> frozenset[str]:
    """The words of several texts together."""
    return frozenset().union(*(tokens(text) for text in texts))


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith("ss") and len(word) > 3:
        return word[:-1]
    return word


class Vocabulary:
    """The words of a plan's measures, a rare word weighing more than one that many measures share."""

    def __init__(self, measures: Iterable[Measure]) -> None:
        self.phrases: dict[str, tuple[frozenset[str], ...]] = {}
        seen: dict[str, int] = {}
        for measure in measures:
            written = (measure.label, *measure.synonyms)
            self.phrases[measure.code] = tuple(words for text in written if (words := tokens(text)))
            for word in frozenset().union(*self.phrases[measure.code]):
                seen[word] = seen.get(word, 0) + 1
        self._count = max(len(self.phrases), 1)
        self._seen = seen
        self._known: dict[str, str] = {}
        self._known_sets: dict[frozenset[str], frozenset[str]] = {}

    def weight(self, word: str) -> float:
        """Between 0 and 1; 1 for a word that no measure or only one has."""
        if word in ("of", "from"):
            return 0.5
        return math.log(1 + self._count / self._seen.get(word, 1)) / math.log(1 + self._count)

    def known(self, word: str) -> str:
        """The plan's spelling of a word that is nearly one of its own (`Burglery`); else the word as it is."""
        if word in self._seen or len(word) < 5:
            return word
        if word not in self._known:
            near = get_close_matches(word, [own for own in self._seen if len(own) > 4], 1, _ALIKE)
            self._known[word] = near[0] if near else word
        return self._known[word]

    def _as_known(self, words: frozenset[str]) -> frozenset[str]:
        if words not in self._known_sets:
            self._known_sets[words] = frozenset(self.known(word) for word in words)
        return self._known_sets[words]

    def likeness(self, code: str, inner: frozenset[str], context: frozenset[str], neutral: frozenset[str]) -> float:
        """How well labels say a measure, 0 to 1.

        `inner` are the words of a series' own labels, `context` those of the titles and sheet around it, `neutral`
        words that count for a measure but never against it (areas, parts such as “base”).
        """
        inner = self._as_known(inner)
        return max(self._one(phrase, inner, context, neutral) for phrase in self.phrases[code])

    def _one(
        self, phrase: frozenset[str], inner: frozenset[str], context: frozenset[str], neutral: frozenset[str]
    ) -> float:
        if not phrase & inner:
            return 0.0
        ages, said_ages = {word for word in phrase if word.isdigit()}, {word for word in inner if word.isdigit()}
        if ages and said_ages and not ages & said_ages:
            return 0.0
        wanted = sum(self.weight(word) for word in phrase)
        said = sum(self.weight(word) for word in phrase & inner)
        around = sum(self.weight(word) for word in (phrase - inner) & context)
        speaking = inner - (neutral - phrase)
        spoken = sum(self.weight(word) for word in speaking)
        meant = sum(self.weight(word) for word in speaking & phrase)
        if not spoken or not meant:
            return 0.0
        return 0.5 * (said + 0.75 * around) / wanted + 0.5 * meant / spoken
