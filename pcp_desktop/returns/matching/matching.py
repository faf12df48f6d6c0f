"""Which measure, area and part of the plan a series is, with a confidence and its reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.recognition import LEAVE_OUT, Answer, QuestionKind
from pcp_desktop.domain.returns import ExpectedReturn
from pcp_desktop.returns.matching import owed
from pcp_desktop.returns.matching.agreement import Stored
from pcp_desktop.returns.matching.answers import (
    Answers,
    answered_words,
    at_hand,
    measure_and_area,
    period_key,
    period_of,
    series_key,
)
from pcp_desktop.returns.matching.candidates import ASKED, Candidates, Match
from pcp_desktop.returns.matching.doubtful_signs import as_answered
from pcp_desktop.returns.matching.likeness import Vocabulary
from pcp_desktop.returns.matching.parts import Role
from pcp_desktop.returns.matching.surroundings import Labelled, Surroundings, labelled
from pcp_desktop.returns.recognition.found import Recognised

TAKEN = 0.74
"""A series that is so much like a measure is taken for it, where nothing else speaks against that."""
_CLEARLY = 0.04


@dataclass(frozen=True)
class Matches:
    """All matches, what was nearly one, and the expected return that the workbook answers.

    `bases` are the `id`s of matched series that an “of these” below them is counted of. `applied` are the answers
    that were used, remembered or given now. `explained` are the marks that a note of the workbook explains.
    """

    matches: tuple[Match, ...]
    unsure: tuple[Match, ...]
    unmatched: tuple[Labelled, ...]
    expected: ExpectedReturn | None
    organisation: str | None
    bases: frozenset[int]
    applied: tuple[Answer, ...] = ()
    explained: frozenset[str] = frozenset()


def match(
    recognised: Recognised, facts: Facts, known: ExpectedReturn | None = None, given: Sequence[Answer] = ()
) -> Matches:
    """Match every series to the measures of the plan.

    `known` is the expected return where a template's identifier names it; otherwise it is found by evidence, or by an
    answer. `given` are answers about this workbook; those remembered of its organisation are in `facts`.
    """
    forces = frozenset(force for group in facts.peer_groups for force in group.forces)
    everything = tuple(labelled(recognised, facts.measures))
    candidates = Candidates(facts, Vocabulary(facts.measures), Surroundings(everything, forces))
    first = (candidates.best(one) for one in everything)
    held = frozenset(one.measure.code for one in first if one is not None and one.confidence >= TAKEN)
    expected, about_return = owed.expected_return(recognised, held, facts, known, given)
    organisation = expected.organisation if expected else owed.sender(recognised, facts)
    candidates = replace(candidates, expected=expected, organisation=organisation)
    answers = at_hand(facts, organisation, given)
    matches, unsure, unmatched = _best_of_each(*_sorted(everything, candidates, answers, Stored(facts.observations)))
    told = [_as_answered(one, answers, expected, recognised.explained) for one in matches]
    bases = frozenset(
        id(after.labelled.series)
        for one, after in zip(matches, told, strict=True)
        if candidates.around.is_base_of_these(one.labelled)
    )
    applied = (*about_return, *answers.used.values())
    return Matches(
        tuple(told),
        tuple(unsure),
        tuple(unmatched),
        expected,
        organisation,
        bases,
        applied,
        recognised.explained,
    )


_Sorted = tuple[list[Match], list[Match], list[Labelled]]
"""What is matched, what is to be asked about, and what is like nothing."""


def _sorted(everything: Sequence[Labelled], candidates: Candidates, answers: Answers, stored: Stored) -> _Sorted:
    matches: list[Match] = []
    unsure: list[Match] = []
    unmatched: list[Labelled] = []
    for one in everything:
        answer = answers.about(QuestionKind.MEASURE, series_key(one.sheet, one.table, one.series))
        if answer is not None:
            answered = _answered(one, answer, candidates)
            matches += [answered] if answered is not None else []
            continue
        likely = _likely(one, candidates, stored)
        if likely is None:
            unmatched.append(one)
        elif likely.by_figures or (likely.confidence >= TAKEN and not likely.doubt):
            matches.append(likely)
        else:
            unsure.append(likely)
    return matches, unsure, unmatched


def _likely(one: Labelled, candidates: Candidates, stored: Stored) -> Match | None:
    """What a series may be by its labels, with what speaks against it, else by its figures."""
    best = candidates.best(one)
    if best is None or best.confidence < ASKED:
        return _by_figures(one, stored, candidates)
    best = _agreeing(best, stored)
    agreement = stored.agreement(one.series, one.role, best.measure.code, best.area)
    doubt = candidates.doubt(best)
    by_figures = agreement.whole and bool(best.confidence < TAKEN or doubt)
    return replace(best, doubt="" if by_figures else doubt, agreement=agreement, by_figures=by_figures)


def _agreeing(best: Match, stored: Stored) -> Match:
    """Of a measure and those that a label is as good as equally like, the one whose stored figures it repeats."""
    alike = [best, *(other for other in best.others if other.confidence >= best.confidence - _CLEARLY)]
    agreeing = [
        each
        for each in alike
        if stored.agreement(each.labelled.series, each.labelled.role, each.measure.code, each.area).whole
    ]
    if len(agreeing) != 1 or agreeing[0] is best:
        return best
    return replace(agreeing[0], others=tuple(each for each in (best, *best.others) if each is not agreeing[0]))


def _answered(one: Labelled, answer: Answer, candidates: Candidates) -> Match | None:
    """The match that a person made; None where the series is left out, or its measure is no longer in the plan."""
    code, area = measure_and_area(answer, candidates.facts.plan.area)
    measure = candidates.measure(code)
    if answer.answer == LEAVE_OUT or measure is None:
        return None
    return Match(one, measure, area, 1.0, (answered_words(answer),), candidates.around.is_proportion(one))


def _by_figures(one: Labelled, stored: Stored, candidates: Candidates) -> Match | None:
    """What a series may be by its figures alone, whatever its label says; always to be asked about."""
    likely = stored.likely(one.series, one.role)
    if not likely or one.role in (Role.ASIDE, Role.RANK, Role.RATE):
        return None
    code, area, agreement = likely[0]
    measure = candidates.measure(code)
    if measure is None:
        return None
    proportion = candidates.around.is_proportion(one)
    doubt = "its label is no name of it"
    return Match(one, measure, area, ASKED, (agreement.words,), proportion, doubt, agreement)


def _as_answered(one: Match, answers: Answers, expected: ExpectedReturn | None, explained: frozenset[str]) -> Match:
    """The match with what a person said of its periods and marks, where no words of the workbook do."""
    dated = _with_periods(one, answers, expected)
    series = as_answered(dated.labelled.series, answers, explained)
    if series is dated.labelled.series:
        return dated
    return replace(dated, labelled=replace(dated.labelled, series=series))


def _with_periods(one: Match, answers: Answers, expected: ExpectedReturn | None) -> Match:
    """The match with the period that a person said its figures are of, where the workbook does not say."""
    series = one.labelled.series
    if expected is None or all(point.period is not None for point in series.points):
        return one
    answer = answers.about(QuestionKind.PERIOD, period_key(one.labelled))
    if answer is None:
        return one
    period = period_of(answer, expected.period)
    said = [point if point.period is not None else replace(point, period=period) for point in series.points]
    kept = tuple(point for point in said if point.period is not None)
    return replace(one, labelled=replace(one.labelled, series=replace(series, points=kept)))


def _best_of_each(matches: list[Match], unsure: list[Match], unmatched: list[Labelled]) -> _Sorted:
    """Every measure from one place only, with the totals beside it; whatever else is like it is left unmatched."""
    kept, outdone = _without_rivals(matches)
    settled = {(one.measure.code, one.area) for one in kept}
    left = [*unmatched, *(one.labelled for one in outdone)]
    left += [one.labelled for one in unsure if (one.measure.code, one.area) in settled]
    unsure = [one for one in unsure if (one.measure.code, one.area) not in settled]
    beside = _beside(kept, left)
    left = [one for one in left if all(one is not each.labelled for each in beside)]
    return [*kept, *beside], unsure, left


def _without_rivals(matches: Sequence[Match]) -> tuple[list[Match], list[Match]]:
    """Where several rows of one table are like the same measure, the one most like it has it."""
    rivals: dict[tuple[object, ...], float] = {}

    def claim(one: Match) -> tuple[object, ...]:
        same = one.labelled
        return (same.sheet, same.table.range, same.series.sections, one.measure.code, one.area, same.role)

    for one in matches:
        rivals[claim(one)] = max(rivals.get(claim(one), 0.0), one.confidence)
    kept = [one for one in matches if one.confidence >= rivals[claim(one)] - _CLEARLY]
    outdone = [one for one in matches if one.confidence < rivals[claim(one)] - _CLEARLY]
    return kept, outdone


def _beside(matches: Sequence[Match], unmatched: Sequence[Labelled]) -> list[Match]:
    """The matches of what stands in the same row under the same label, but for other periods: its totals."""

    def row(one: Labelled) -> tuple[object, ...]:
        return (one.sheet, one.table.range, one.series.label, one.role)

    taken = {row(one.labelled): one for one in matches}
    return [replace(taken[row(one)], labelled=one, by_figures=False) for one in unmatched if row(one) in taken]
