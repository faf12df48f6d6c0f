"""Sentences that may point to a person: an amount that is said to come from one person, household or place.

The rule knows no names and no statistics. It finds sentences like "all 99 reports came from one person at one
location" and "only one victim": a single person or place, together with a word that makes everything of it.
"""

from __future__ import annotations

import re

from pcp_desktop.domain.commentary import Paragraph

_SINGLE = r"(?:one|1|a\s+single|a\s+lone|an\s+individual|the\s+same|a\s+particular)"
_PEOPLE = (
    r"(?:person|people|individual|victim|offender|suspect|perpetrator|complainant|caller|resident|patient|pupil|child|"
    r"man|woman|boy|girl|family|household|couple|officer|employee|prisoner|detainee)"
)
_PLACES = (
    r"(?:location|address|house|home|property|premises|school|college|hospital|ward|shop|store|pub|street|road|farm|"
    r"village|children['’]s\s+home|care\s+home|site)"
)
_ONE = re.compile(rf"\b{_SINGLE}\s+(?:[\w’'-]+\s+){{0,2}}?(?:{_PEOPLE}|{_PLACES})\b", re.IGNORECASE)
_WHOLE = re.compile(
    r"\b(?:all|every|each|both|only|solely|most|entirely|exclusively|the\s+majority|due\s+to|down\s+to|"
    r"attributable\s+to|accounts?\s+for|accounted\s+for)\b",
    re.IGNORECASE,
)
_GENERAL = re.compile(r"\b(?:each|every|any|per|at\s+least)\s+(?:one|single)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z£0-9])")


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text that may point to a person, in their order."""
    parts = _SENTENCE_END.split(" ".join(text.split()))
    return tuple(part for part in parts if _ONE.search(part) and _WHOLE.search(part) and not _GENERAL.search(part))


def of_paragraphs(paragraphs: tuple[Paragraph, ...]) -> tuple[str, ...]:
    """Such sentences in paragraphs as they are read; those of a paragraph that is held are of no concern."""
    return tuple(sentence for one in paragraphs if not one.held_words for sentence in sentences(one.text))
