"""Which part of a measure a label names: numerator, base, percentage, or nothing that is stored (rank, change)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from pcp_desktop.returns.matching.likeness import tokens


class Role(StrEnum):
    """What the cells under a label are."""

    PLAIN = "plain"
    NUMERATOR = "numerator"
    BASE = "base"
    PERCENT = "percent"
    VALUE = "value"
    POPULATION = "population"
    RATE = "rate"
    RANK = "rank"
    ASIDE = "aside"


_FORMS: tuple[tuple[Role, str], ...] = (
    (Role.ASIDE, r"change|difference|variance|diff\b|\bvar\b|target|\bto date\b|\b[a-z]?ytd\b|\bsply\b"
                 r"|cumulative|average|\bmean\b"
                 r"|direction|\brag\b|trend|forecast|projected|confidence interval|\bci\b|[±]|\+/-|limit\b|previous"
                 r"|\bcode\b|\bref\b|significan|\bplanned?\b|\bweight(?:ed|ing)?\b|\bindividuals?\b"),
    (Role.VALUE, r"\A(?:value|figure|count|number)\Z"),
    (Role.RANK, r"\brank(?:ing)?\b|\bposition\b|\bplace\b"),
    (Role.RATE, r"\brate per\b|\bper 1,?000\b|\bper 10,?000\b|\bper 100,?000\b|\Arate\Z"),
    (Role.POPULATION, r"\bpopulation\b|\bhouseholds\b"),
    (Role.PERCENT, r"%|\bper\s?cent(?:age)?\b|\bproportion\b|\brate\b|\bpct\b"),
    (Role.BASE, r"\bbase\b|\bdenominator\b|\bsurveyed\b|\brespondents?\b|\bresponses?\b|\brespond(?:ing|ed)\b"
                r"|\bcohort\b|\bsample\b|\basked\b|\binterview(?:s|ed)\b|\bout of\b"
                r"|\bfamilies (?:worked|supported|in|on|engaged|with)\b"
                r"|\beligible\b|\bidentified\b|\ball answers\b|\banswered\b"),
    (Role.NUMERATOR, r"\bnumerator\b|\bof (?:these|those|which|whom)\b"
                     r"|\bsatisfied\b|\bachiev(?:ed|ing)\b|\bmet\b|\bmeeting\b|\bagree(?:d|ing)?\b"
                     r"|\bsuccess(?:es|ful)?\b|\bpositive outcomes?\b|\bgood (?:job|or excellent)\b|\breduced\b"
                     r"|\bsaying\b|\bconfident\b|\bwith the outcome\b|\bsaid\b"),
)  # fmt: skip
_COMPILED = tuple((role, re.compile(pattern, re.IGNORECASE)) for role, pattern in _FORMS)
NEUTRAL = tokens(
    "number no base denominator surveyed respondents responses responding responded cohort sample asked numerator "
    "percent percentage per cent rate value values count counts figure offence offences crime crimes incident "
    "incidents report reports recorded month months quarter quarters year force area total pct "
    "detections completed measure indicator performance out of"
)
"""Words that say what sort of number a column holds; they never speak against a measure."""


def role(label: str) -> Role:
    """The role that one label names; PLAIN where it names none."""
    for found, pattern in _COMPILED:
        if pattern.search(label):
            return found
    return Role.PLAIN


def role_of(words: Sequence[str]) -> tuple[Role, int]:
    """The role that the innermost telling label names, and the place of that label in `words` (-1: none)."""
    for number in range(len(words) - 1, -1, -1):
        found = role(words[number])
        if found is not Role.PLAIN:
            return found, number
    return Role.PLAIN, -1
