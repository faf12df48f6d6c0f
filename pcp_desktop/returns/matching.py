"""Which measure, area and part of the plan a series is, with a confidence and its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.measures import Frequency, Kind, Measure
from pcp_desktop.domain.periods import Period, PeriodKind
from pcp_desktop.domain.recognition import LEAVE_OUT, Answer, QuestionKind
from pcp_desktop.domain.returns import ExpectedReturn
from pcp_desktop.returns import certainty, parts
from pcp_desktop.returns.agreement import Agreement, Stored
from pcp_desktop.returns.answers import (
    Answers,
    answered_words,
    at_hand,
    expected_of,
    measure_and_area,
    period_key,
    period_of,
    series_key,
    workbook_key,
)
from pcp_desktop.returns.doubtful_signs import as_answered
from pcp_desktop.returns.found import FoundSheet, FoundTable, Recognised, Series
from pcp_desktop.returns.likeness import Vocabulary, tokens, tokens_of
from pcp_desktop.returns.parts import Role
from pcp_desktop.returns.surroundings import Labelled, Surroundings, area_in

TAKEN = 0.74
ASKED = 0.6
_EXPECTED = 0.05
_SENDER = 0.03
_OTHER_SENDER = -0.25
_PLACES = 6
_CLEARLY = 0.04
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
    vocabulary = Vocabulary(facts.measures)
    forces = frozenset(force for group in facts.peer_groups for force in group.forces)
    labelled = list(_labelled(recognised))
    around = Surroundings(labelled, forces)
    first = [_best(one, around, facts, vocabulary, None, None) for one in labelled]
    expected, about_return = _owed(recognised, first, facts, known, given)
    organisation = expected.organisation if expected else _named_organisation(recognised, facts)
    answers = at_hand(facts, organisation, given)
    stored = Stored(facts.observations)
    matches: list[Match] = []
    unsure: list[Match] = []
    unmatched: list[Labelled] = []
    for one in labelled:
        answer = answers.about(QuestionKind.MEASURE, series_key(one.sheet, one.table, one.series))
        if answer is not None:
            answered = _answered(one, answer, facts, around)
            if answered is not None:
                matches.append(answered)
            continue
        best = _best(one, around, facts, vocabulary, expected, organisation)
        if best is None or best.confidence < ASKED:
            likely = _by_figures(one, stored, facts, around)
            if likely is None:
                unmatched.append(one)
            else:
                unsure.append(likely)
            continue
        best = _agreeing(best, stored)
        agreement = stored.agreement(one.series, one.role, best.measure.code, best.area)
        doubt = certainty.doubt(_everything_said(best, around), best.measure, facts, vocabulary)
        sure = best.confidence >= TAKEN and not doubt
        by_figures = agreement.whole and not sure
        best = replace(best, doubt="" if by_figures else doubt, agreement=agreement, by_figures=by_figures)
        sure = sure or by_figures
        (matches if sure else unsure).append(best)
    matches, outdone = _best_of_each(matches)
    settled = {(one.measure.code, one.area) for one in matches}
    unmatched += [one.labelled for one in outdone]
    unmatched += [one.labelled for one in unsure if (one.measure.code, one.area) in settled]
    unsure = [one for one in unsure if (one.measure.code, one.area) not in settled]
    beside = _beside(matches, unmatched)
    matches += beside
    unmatched = [one for one in unmatched if all(one is not each.labelled for each in beside)]
    told = [_as_answered(one, answers, expected, recognised.explained) for one in matches]
    bases = frozenset(
        id(after.labelled.series)
        for one, after in zip(matches, told, strict=True)
        if around.is_base_of_these(one.labelled)
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


def _owed(
    recognised: Recognised,
    first: Sequence[Match | None],
    facts: Facts,
    known: ExpectedReturn | None,
    given: Sequence[Answer],
) -> tuple[ExpectedReturn | None, tuple[Answer, ...]]:
    """The expected return that the workbook answers, with the answer that said so where one did."""
    expected = known or _expected(recognised, first, facts)
    if expected is not None:
        return expected, ()
    names = (sheet.name for sheet in recognised.sheets if not sheet.hidden)
    answer = Answers([*facts.answers, *given]).about(QuestionKind.RETURN, workbook_key(recognised.file, names))
    if answer is None or answer.answer == LEAVE_OUT:
        return None, (answer,) if answer else ()
    return expected_of(answer, facts, _latest(recognised)), (answer,)


def _answered(one: Labelled, answer: Answer, facts: Facts, surroundings: Surroundings) -> Match | None:
    """The match that a person made; None where the series is left out, or its measure is no longer in the plan."""
    code, area = measure_and_area(answer, facts.plan.area)
    measure = next((each for each in facts.measures if each.code == code), None)
    if answer.answer == LEAVE_OUT or measure is None:
        return None
    proportion = surroundings.is_proportion(one)
    return Match(one, measure, area, 1.0, (answered_words(answer),), proportion)


def _by_figures(one: Labelled, stored: Stored, facts: Facts, surroundings: Surroundings) -> Match | None:
    """What a series may be by its figures alone, whatever its label says; always to be asked about."""
    likely = stored.likely(one.series, one.role)
    if not likely or one.role in (Role.ASIDE, Role.RANK, Role.RATE):
        return None
    code, area, agreement = likely[0]
    measure = next((each for each in facts.measures if each.code == code), None)
    if measure is None:
        return None
    reasons = (agreement.words,)
    doubt = "its label is no name of it"
    return Match(one, measure, area, ASKED, reasons, surroundings.is_proportion(one), doubt, agreement)


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


def _everything_said(best: Match, surroundings: Surroundings) -> certainty.Said:
    one = best.labelled
    lines = (*one.series.sections, *one.table.titles, one.sheet, _file_words(one.file))
    own = one.own if tokens_of(one.own) - parts.NEUTRAL else ()
    outer = one.series.row_words[:-1]
    beside = surroundings.labels(one) if best.in_proportion and best.measure.kind is not Kind.COUNT else frozenset()
    return certainty.Said(
        own,
        tuple(word for word in own if word not in outer) or own,
        lines,
        tokens_of((*lines, *one.series.row_words, *one.series.column_words, *beside)),
        surroundings.place(one, best.area, best.measure.areas),
        surroundings.has_rates(one),
    )


def _best_of_each(matches: Sequence[Match]) -> tuple[list[Match], list[Match]]:
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


def _labelled(recognised: Recognised) -> Iterator[Labelled]:
    for sheet in recognised.sheets:
        for table in sheet.tables:
            for series in table.series:
                yield _label(recognised, sheet, table, series)


def _label(recognised: Recognised, sheet: FoundSheet, table: FoundTable, series: Series) -> Labelled:
    words = (*series.row_words, *series.column_words)
    role, at = parts.role_of(words)
    rest = words if role is Role.PLAIN else tuple(word for number, word in enumerate(words) if number != at)
    own = rest if tokens_of(rest) - parts.NEUTRAL else words
    around = (*table.titles, sheet.name, *series.sections)
    return Labelled(sheet.name, table, series, role, own, rest, around, recognised.file)


def _file_words(file: str) -> str:
    return file.rsplit(".", 1)[0].replace("_", " ")


def _best(
    one: Labelled,
    surroundings: Surroundings,
    facts: Facts,
    vocabulary: Vocabulary,
    expected: ExpectedReturn | None,
    organisation: str | None,
) -> Match | None:
    """The measure that a series is most like, with the two that come after it; None where it is like none."""
    force = surroundings.force(one)
    proportion = surroundings.is_proportion(one)
    said = _said(one, force, facts)
    around = tokens_of((*one.around, _file_words(one.file), *one.series.row_words, *one.series.column_words))
    found: list[Match] = []
    for measure in facts.measures:
        neutral = _neutral(measure.areas, facts.plan.area, facts.plan.force)
        score = max(vocabulary.likeness(measure.code, words, around, neutral) - less for words, less in said)
        if score < ASKED - 0.2:
            continue
        reasons = [f"the labels are {score:.0%} like “{measure.label}”"]
        score += _evidence(one, measure, proportion, expected, organisation, reasons)
        score += _priority_fit(one, measure, facts)
        area = force or _area(one, measure, facts, surroundings)
        found.append(Match(one, measure, area, score, tuple(reasons), proportion))
    found.sort(key=lambda match: -round(match.confidence, _PLACES))  # alike ones in the plan's order
    return replace(found[0], others=tuple(found[1:_MOST_LIKE])) if found else None


def _places(facts: Facts) -> frozenset[str]:
    areas = tuple(dict.fromkeys(area for measure in facts.measures for area in measure.areas))
    return _neutral(areas, facts.plan.area, facts.plan.force)


@lru_cache(maxsize=256)
def _neutral(areas: tuple[str, ...], area: str, force: str) -> frozenset[str]:
    return parts.NEUTRAL | tokens_of((*areas, area, force))


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
        lines = [*reversed(one.series.sections), *reversed(one.table.titles), one.sheet, _file_words(one.file)]
        ways += [(tokens(line), 0.01 * number) for number, line in enumerate(lines)]
    return ways


def _priority_fit(one: Labelled, measure: Measure, facts: Facts) -> float:
    """What a priority's code beside a label (“SP12”) says for or against a measure."""
    codes = {priority.code for priority in facts.plan.priorities} & set(one.series.label)
    if not codes:
        return 0.0
    return 0.05 if measure.priority in codes else -0.2


def _evidence(
    one: Labelled,
    measure: Measure,
    proportion: bool,
    expected: ExpectedReturn | None,
    organisation: str | None,
    reasons: list[str],
) -> float:
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
    if expected is not None and measure.code in expected.measures:
        more += _EXPECTED
        reasons.append(f"the return “{expected.title}” should hold it")
    if organisation is not None:
        sends = organisation in measure.organisations
        more += _SENDER if sends else _OTHER_SENDER
        if sends:
            reasons.append(f"{organisation} sends it")
    return more + _period_fit(one, measure)


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
        (_file_words(one.file),),
    )
    for texts in sources:
        found = area_in(tokens_of(texts), measure.areas)
        if found is not None:
            return found
    return facts.plan.area


def _named_organisation(recognised: Recognised, facts: Facts) -> str | None:
    words = _all_words(recognised)
    names = {record.expected.organisation for record in facts.returns if record.expected}
    names |= {name for measure in facts.measures for name in measure.organisations}
    scores = sorted(((_name_share(name, words), name) for name in names), reverse=True)
    return scores[0][1] if scores and scores[0][0] >= 0.99 else None


def _all_words(recognised: Recognised) -> frozenset[str]:
    lines = [_file_words(recognised.file)]
    for sheet in recognised.sheets[:5]:
        lines += [sheet.name, *sheet.lines[:8]]
    return tokens_of(lines)


def _name_share(name: str, words: frozenset[str]) -> float:
    wanted = tokens(name)
    return len(wanted & words) / len(wanted) if wanted else 0.0


def _expected(recognised: Recognised, found: Sequence[Match | None], facts: Facts) -> ExpectedReturn | None:
    """The expected return that the measures found, the organisation and the title speak for, if they do."""
    words = _all_words(recognised)
    held = {one.measure.code for one in found if one is not None and one.confidence >= TAKEN}
    newest = _latest(recognised)
    latest = newest.end if newest is not None else None
    scored: list[tuple[float, int, ExpectedReturn]] = []
    for number, record in enumerate(facts.returns):
        one = record.expected
        if one is None:
            continue
        share = len(held & set(one.measures)) / len(one.measures) if one.measures else 0.0
        foreign = len(held - set(one.measures)) / len(held) if held else 0.0
        title, name = _name_share(one.title, words), _name_share(one.organisation, words)
        fits = 0.2 if latest is not None and one.period.start <= latest <= one.period.end else 0.0
        scored.append((share - 0.5 * foreign + title + name + fits, -number, one))
    best = max(scored, default=None)
    return best[2] if best is not None and best[0] >= 1.0 else None


def _latest(recognised: Recognised) -> Period | None:
    """The period that ends last of all that were found."""
    periods = [
        point.period
        for sheet in recognised.sheets
        for table in sheet.tables
        for series in table.series
        for point in series.points
        if point.period is not None
    ]
    return max(periods, key=lambda period: period.end, default=None)
