"""What speaks against taking a series for a measure that it is like: other words, places, sorts of number.

A wrong figure is worse than one that is asked about, so a likeness is taken without asking only where the labels say
the measure whole and say nothing else. How alike they are is for candidates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.measures import Kind, Measure
from pcp_desktop.returns.matching import parts
from pcp_desktop.returns.matching.likeness import Vocabulary, tokens, tokens_of

_ANOTHER_SORT: tuple[tuple[str, str], ...] = (
    (r"\bcumulative|\byear[ -]to[ -]date\b|\b[a-z]?ytd\b|\brunning total", "running totals"),
    (r"\bforecasts?\b|\bprojected\b|\bprojections?\b|\btrajector(?:y|ies)\b|\bpredicted\b", "forecasts"),
    (r"(?:%|\bper ?cent(?:age)?) (?:change|point)|\bchanges? (?:on|since|from)\b", "changes"),
    (r"\b(?:daily|weekly) (?:average|mean)|\b(?:average|mean) per\b|\bper (?:day|week)\b", "averages"),
)
_OF_COUNTS: tuple[tuple[str, str], ...] = (
    (r"\bper (?:1,?000|10,?000|100,?000|million|thousand|head|household|officer)", "rates"),
    (r"\bin thousands\b|\A\W*thousands\b|\bthousands\W*\Z|['’]000s?\b|\bin millions\b", "thousands or millions"),
)
_OTHER_COUNTRIES = tokens_of(["england", "wales", "scotland"])
_NOT_SAID = tokens("detections completed incidents")
"""Words that are elsewhere taken for what sort of number it is, and that change what is counted."""
_COUNTED = tokens("crimes offences")
_POINTING = tokens("of these those which whom")
_UNTOLD = tokens("service")
"""What a label may leave unsaid: partners ask about satisfaction with nothing but the service."""


@dataclass(frozen=True)
class Said:
    """A series' `own` labels, the `inner` ones without outer row labels, the `lines` around, and all these as words.

    `place` is the force or area that the match has already accounted for. `has_rates` says that rates have a column
    of their own beside it.
    """

    own: tuple[str, ...]
    inner: tuple[str, ...]
    lines: tuple[str, ...]
    context: frozenset[str]
    place: str
    has_rates: bool


def doubt(said: Said, measure: Measure, facts: Facts, vocabulary: Vocabulary) -> str:
    """Why the series may be something other than the measure, in words that follow “but”; empty where it is sure."""
    return (
        _another_sort(said, measure)
        or _elsewhere(said, measure, facts)
        or _no_area(said, measure, facts)
        or _other_words(said, measure, facts, vocabulary)
    )


def _another_sort(said: Said, measure: Measure) -> str:
    kinds = _ANOTHER_SORT
    if measure.kind is Kind.COUNT and not said.has_rates:
        kinds = (*kinds, *_OF_COUNTS)
    for pattern, sort in kinds:
        for line in (*said.own, *said.lines):
            found = re.search(pattern, line, re.IGNORECASE)
            if found and measure.kind is not Kind.MONEY:
                return f"“{found[0].strip()}” stands over it, so its numbers may be {sort}"
    return ""


def _elsewhere(said: Said, measure: Measure, facts: Facts) -> str:
    """Another force, a country, or a part of the area, for a measure that is kept for the whole area alone."""
    whole, force = tokens(facts.plan.area), tokens(facts.plan.force)
    forces = {name for group in facts.peer_groups for name in group.forces} - {facts.plan.force}
    areas = {area for each in facts.measures for area in each.areas}
    for line in (*said.own, *said.lines):
        words = tokens(line)
        if (said.place and said.place in line) or whole <= words:
            continue
        for name in sorted(forces):
            if tokens(name) <= words and not force <= words:
                return f"it stands under “{name}”"
        if words & _OTHER_COUNTRIES and not force & words:
            return f"it stands under “{line}”"
        for area in sorted(areas) if not measure.areas else ():
            if tokens(area) <= words and not tokens(area) <= force:
                return f"it stands under “{area}”"
    return ""


def _no_area(said: Said, measure: Measure, facts: Facts) -> str:
    if not measure.areas or said.place:
        return ""
    whole = tokens(facts.plan.area)
    if any(whole <= tokens(line) for line in (*said.own, *said.lines)):
        return ""
    return f"nothing says for which of {', '.join(measure.areas)} it is"


def _other_words(said: Said, measure: Measure, facts: Facts, vocabulary: Vocabulary) -> str:
    places = (facts.plan.area, facts.plan.force, said.place, *measure.areas)
    passed_over = (parts.NEUTRAL - _NOT_SAID) | tokens_of(places) | _POINTING
    codes = {priority.code for priority in facts.plan.priorities}
    reasons: list[tuple[int, str]] = []
    for way in (said.own, said.inner):
        labels = [label for label in way if label not in codes and label not in places]
        words = _known(labels, vocabulary)
        for phrase in _phrases(measure, facts.measures):
            counted = frozenset() if phrase & _COUNTED else _NOT_SAID
            missing = phrase - words - said.context - _UNTOLD
            extra = words - phrase - (passed_over | counted)
            if not missing and not extra:
                return ""
            reasons.append((len(missing) + len(extra), _reason(extra, missing, labels, measure, vocabulary)))
    return min(reasons)[1]


def _known(labels: Iterable[str], vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset(vocabulary.known(word) for word in tokens_of(labels))


def _phrases(measure: Measure, measures: Sequence[Measure]) -> set[frozenset[str]]:
    """The ways to say a measure, another measure's name inside it said in any of that one's ways."""
    own = {tokens(text) for text in (measure.label, *measure.synonyms)}
    found = set(own)
    for other in measures:
        label = tokens(other.label)
        for phrase in own:
            if label < phrase:
                found |= {(phrase - label) | tokens(synonym) for synonym in other.synonyms}
    return found


def _reason(
    extra: frozenset[str],
    missing: frozenset[str],
    labels: Sequence[str],
    measure: Measure,
    vocabulary: Vocabulary,
) -> str:
    if extra:
        return f"it also says {_as_written(extra, labels, vocabulary)}"
    return f"it does not say {_as_written(missing, (measure.label, *measure.synonyms), vocabulary)}"


def _as_written(words: frozenset[str], texts: Iterable[str], vocabulary: Vocabulary) -> str:
    written = [part for text in texts for part in re.findall(r"[\w’'-]+", text)]
    shown = dict.fromkeys(part.lower() for part in written if _known([part], vocabulary) & words)
    return ", ".join(f"“{part}”" for part in shown) or "what it is"
