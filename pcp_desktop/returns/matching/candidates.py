"""What measures a series is like: by its words, its periods, its unit and who sends it. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.measures import Frequency, Kind, Measure
from pcp_desktop.domain.periods import PeriodKind
from pcp_desktop.domain.returns import ExpectedReturn
from pcp_desktop.returns.matching import certainty, parts
from pcp_desktop.returns.matching.agreement import Agreement
from pcp_desktop.returns.matching.likeness import Vocabulary, tokens, tokens_of
from pcp_desktop.returns.matching.parts import Role
from pcp_desktop.returns.matching.surroundings import Labelled, Surroundings, area_in, file_words

ASKED = 0.6
"""A series that is less like a measure is like none."""
_EXPECTED = 0.05
_SENDER = 0.03
_OTHER_SENDER = -0.25
_MOST_EVIDENCE = 0.2
"""What speaks for a measure besides its words cannot make up for more."""
_PLACES = 6
_MOST_LIKE = 3
_MONTHS = {
    Frequency.MONTH: 1,
    Frequency.QUARTER: 3,
    Frequency.HALF_YEAR: 6,
    Frequency.YEAR: 12,
    Frequency.TWELVE_MONTHS: 12,
}


@dataclass(frozen=True)
class Match:
    """A series taken for a measure. `confidence` is 0 to 1; `area` is the plan's, a part or a force.

    `doubt` says in words that follow “but” why it may be something else; it is empty where it is sure. `agreement` is
    how far its figures are those stored, None where that was not asked; `others` are what else it is likely to be.
    """

    labelled: Labelled
    measure: Measure
    area: str
    confidence: float
    reasons: tuple[str, ...]
    in_proportion: bool
    doubt: str = ""
    agreement: Agreement | None = None
    others: tuple[Match, ...] = ()
    by_figures: bool = False


@dataclass(frozen=True)
class Candidates:
    """The measures of the plan, held against series. `around` is what the series of the workbook say of each other.

    `expected` is the return that the workbook is known to answer, and `organisation` who sends it.
    """

    facts: Facts
    vocabulary: Vocabulary
    around: Surroundings
    expected: ExpectedReturn | None = None
    organisation: str | None = None

    def measure(self, code: str) -> Measure | None:
        """The measure of a code; None where the plan has it no more."""
        return next((each for each in self.facts.measures if each.code == code), None)

    def best(self, one: Labelled) -> Match | None:
        """The measure that a series is most like, with the two that come after it; None where it is like none."""
        facts = self.facts
        force = self.around.force(one)
        proportion = self.around.is_proportion(one)
        said = _said(one, force, facts)
        context = tokens_of((*one.around, file_words(one.file), *one.series.row_words, *one.series.column_words))
        found: list[Match] = []
        for measure in facts.measures:
            neutral = _neutral(measure.areas, facts.plan.area, facts.plan.force)
            score = max(
                self.vocabulary.likeness(measure.code, words, context, neutral) - less for words, less in said
            )
            if score < ASKED - _MOST_EVIDENCE:
                continue
            reasons = [f"the labels are {score:.0%} like “{measure.label}”"]
            score += self._evidence(one, measure, proportion, reasons)
            score += _priority_fit(one, measure, facts)
            area = force or _area(one, measure, facts, self.around)
            found.append(Match(one, measure, area, score, tuple(reasons), proportion))
        found.sort(key=lambda match: -round(match.confidence, _PLACES))  # alike ones in the plan's order
        return replace(found[0], others=tuple(found[1:_MOST_LIKE])) if found else None

    def doubt(self, best: Match) -> str:
        """Why a match may be something else, in words that follow “but”; empty where it is sure."""
        one = best.labelled
        lines = (*one.series.sections, *one.table.titles, one.sheet, file_words(one.file))
        own = one.own if tokens_of(one.own) - parts.NEUTRAL else ()
        outer = one.series.row_words[:-1]
        is_percentage = best.in_proportion and best.measure.kind is not Kind.COUNT
        beside = self.around.labels(one) if is_percentage else frozenset()
        said = certainty.Said(
            own,
            tuple(word for word in own if word not in outer) or own,
            lines,
            tokens_of((*lines, *one.series.row_words, *one.series.column_words, *beside)),
            self.around.place(one, best.area, best.measure.areas),
            self.around.has_rates(one),
        )
        return certainty.doubt(said, best.measure, self.facts, self.vocabulary)

    def _evidence(self, one: Labelled, measure: Measure, proportion: bool, reasons: list[str]) -> float:
        """What else speaks for or against a measure, added up; the reasons for it are added to `reasons`."""
        more = 0.0
        has_text = all(point.text is not None for point in one.series.points)
        if has_text != (measure.kind is Kind.TEXT):
            return -1.0
        is_percent = one.series.unit == "percent" or one.role is Role.PERCENT
        percentage_like = measure.kind is Kind.PROPORTION or measure.unit == "percent"
        if proportion and measure.kind is Kind.PROPORTION:
            more += 0.08
            reasons.append("it comes with a numerator and a base")
        elif (proportion or is_percent) and not percentage_like:
            more -= 0.35
        elif not proportion and not is_percent and percentage_like:
            more -= 0.2
        if self.expected is not None and measure.code in self.expected.measures:
            more += _EXPECTED
            reasons.append(f"the return “{self.expected.title}” should hold it")
        if self.organisation is not None:
            sends = self.organisation in measure.organisations
            more += _SENDER if sends else _OTHER_SENDER
            if sends:
                reasons.append(f"{self.organisation} sends it")
        return more + _period_fit(one, measure)


def _said(one: Labelled, force: str | None, facts: Facts) -> list[tuple[frozenset[str], float]]:
    """The ways to take a series' own words, each with what it costs to take them so.

    All its words; the innermost row label with the outer ones as context; and, where the labels only say what sort of
    number it is, the lines above, the nearest first.
    """
    codes = {priority.code for priority in facts.plan.priorities}
    words = [word for word in one.own if word != force and word not in codes]
    ways = [(tokens_of(words), 0.0)]
    rows = [word for word in one.series.row_words if word in words]
    if len(rows) > 1:
        ways.append((tokens_of([rows[-1], *(word for word in words if word not in rows)]), 0.02))
    if not tokens_of(words) - parts.NEUTRAL - _places(facts):
        lines = [*reversed(one.series.sections), *reversed(one.table.titles), one.sheet, file_words(one.file)]
        ways += [(tokens(line), 0.01 * number) for number, line in enumerate(lines)]
    return ways


def _places(facts: Facts) -> frozenset[str]:
    areas = tuple(dict.fromkeys(area for measure in facts.measures for area in measure.areas))
    return _neutral(areas, facts.plan.area, facts.plan.force)


@lru_cache(maxsize=256)
def _neutral(areas: tuple[str, ...], area: str, force: str) -> frozenset[str]:
    return parts.NEUTRAL | tokens_of((*areas, area, force))


def _priority_fit(one: Labelled, measure: Measure, facts: Facts) -> float:
    """What a priority's code beside a label (“SP12”) says for or against a measure."""
    codes = {priority.code for priority in facts.plan.priorities} & set(one.series.label)
    if not codes:
        return 0.0
    return 0.05 if measure.priority in codes else -0.2


def _period_fit(one: Labelled, measure: Measure) -> float:
    periods = [point.period for point in one.series.points if point.period is not None]
    if not periods:
        return 0.0
    wanted = _MONTHS[measure.frequency]
    fitting = sum(
        period.months == wanted or (period.kind is PeriodKind.SNAPSHOT and measure.frequency is Frequency.QUARTER)
        for period in periods
    )
    return 0.04 if fitting * 2 >= len(periods) else -0.04


def _area(one: Labelled, measure: Measure, facts: Facts, surroundings: Surroundings) -> str:
    if not measure.areas:
        return facts.plan.area
    own = area_in(tokens_of((*one.series.sections, *one.series.row_words, *one.series.column_words)), measure.areas)
    if own is not None or surroundings.is_by_area(one, measure.areas):
        return own or facts.plan.area
    sources: Iterable[tuple[str, ...]] = (
        one.table.titles,
        (one.sheet,),
        (file_words(one.file),),
    )
    for texts in sources:
        found = area_in(tokens_of(texts), measure.areas)
        if found is not None:
            return found
    return facts.plan.area
