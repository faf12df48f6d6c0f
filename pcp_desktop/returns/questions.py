"""What a person is asked about a workbook: what a label is, which period figures are of, which return it answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.recognition import LEAVE_OUT, Choice, Question, QuestionKind, RelativePeriod
from pcp_desktop.domain.returns import ExpectedReturn
from pcp_desktop.returns.agreement import Stored
from pcp_desktop.returns.answers import key_of_workbook, period_key, series_key
from pcp_desktop.returns.found import Point
from pcp_desktop.returns.matching import Match, Matches
from pcp_desktop.returns.workbook import Workbook

_PERIOD_WORDS = {
    RelativePeriod.QUARTER: "the quarter",
    RelativePeriod.TWELVE_MONTHS: "the 12 months to its end",
    RelativePeriod.YEAR_TO_DATE: "the financial year to its end",
    RelativePeriod.LAST_MONTH: "its last month",
    RelativePeriod.FINANCIAL_YEAR: "the whole financial year",
}
_MOST_RETURNS = 4


def questions(workbook: Workbook, matches: Matches, facts: Facts) -> tuple[Question, ...]:
    """Everything that is doubtful, in the order of the workbook, what the file as a whole answers last."""
    stored = Stored(facts.observations)
    asked = [
        *(_about_label(one, facts, stored) for one in _distinct(matches.unsure)),
        *_about_periods(matches),
        *_about_return(workbook, matches, facts),
    ]
    return tuple(asked)


def _distinct(matches: Sequence[Match]) -> list[Match]:
    """One match for each key: the same label in several parts of a table is asked about once."""
    seen: dict[str, Match] = {}
    for one in matches:
        seen.setdefault(_key(one), one)
    return list(seen.values())


def _key(one: Match) -> str:
    return series_key(one.labelled.sheet, one.labelled.table, one.labelled.series)


def _about_label(one: Match, facts: Facts, stored: Stored) -> Question:
    series = one.labelled.series
    label = " / ".join(series.label) or one.labelled.sheet
    seen: dict[str, Choice] = {}
    likely = stored.likely(series, one.labelled.role)
    by_figures = {(code, area) for code, area, agreement in likely if agreement.whole}
    for match in sorted((one, *one.others), key=lambda each: (each.measure.code, each.area) not in by_figures):
        choice = _choice(match, facts, stored)
        seen.setdefault(choice.answer, choice)
    for code, area, agreement in likely:
        measure = next((each for each in facts.measures if each.code == code), None)
        if measure is not None:
            answer = code if area == facts.plan.area else f"{code}@{area}"
            words = measure.label if area == facts.plan.area else f"{measure.label}, {area}"
            seen.setdefault(answer, Choice(answer, words, agreement.words))
    return Question(
        QuestionKind.MEASURE,
        _key(one),
        label,
        one.labelled.sheet,
        label_cell(series.points),
        f"What is “{label}”?",
        f"It may be “{one.measure.label}”, but {one.doubt or 'that is not sure'}.",
        (*list(seen.values())[:3], Choice(LEAVE_OUT, "Leave it out")),
    )


def label_cell(points: Sequence[Point]) -> str:
    """The cell of the first figure under a label, which stands beside it."""
    return points[0].cell if points else ""


def _choice(match: Match, facts: Facts, stored: Stored) -> Choice:
    agreement = stored.agreement(match.labelled.series, match.labelled.role, match.measure.code, match.area)
    whole = match.area == facts.plan.area
    answer = match.measure.code if whole else f"{match.measure.code}@{match.area}"
    words = match.measure.label if whole else f"{match.measure.label}, {match.area}"
    return Choice(answer, words, agreement.words or "; ".join(match.reasons))


def _about_periods(matches: Matches) -> Iterator[Question]:
    """One question for each column of matched figures that no heading gives a period."""
    expected = matches.expected
    asked: set[str] = set()
    for one in matches.matches:
        without = [point for point in one.labelled.series.points if point.period is None and point.text is None]
        key = period_key(one.labelled)
        if not without or expected is None or key in asked:
            continue
        asked.add(key)
        label = " / ".join(one.labelled.series.label) or one.labelled.sheet
        choices = [
            Choice(relative.value, f"{words[0].upper()}{words[1:]} ({expected.period.label})")
            for relative, words in _PERIOD_WORDS.items()
        ]
        yield Question(
            QuestionKind.PERIOD,
            key,
            label,
            one.labelled.sheet,
            without[0].cell,
            f"Which period are the figures of “{label}” for?",
            "No heading says it.",
            (*choices, Choice(LEAVE_OUT, "Leave them out")),
        )


def _about_return(workbook: Workbook, matches: Matches, facts: Facts) -> Iterator[Question]:
    """Which expected return a workbook with figures of the plan answers, where nothing in it says so."""
    answered = any(one.kind is QuestionKind.RETURN for one in matches.applied)
    if matches.expected is not None or answered or not (matches.matches or matches.unsure):
        return
    held = {one.measure.code for one in (*matches.matches, *matches.unsure)}
    expected = [record.expected for record in facts.returns if record.expected is not None]
    newest = max((one.period for one in expected), default=None)
    owed = [one for one in expected if one.period == newest and held & set(one.measures)]
    owed.sort(key=lambda one: -len(held & set(one.measures)))
    if not owed:
        return
    yield Question(
        QuestionKind.RETURN,
        key_of_workbook(workbook),
        workbook.file,
        "",
        "",
        "Which return is this?",
        "Nothing in the workbook says who sent it.",
        (*(_owed(one, held) for one in owed[:_MOST_RETURNS]), Choice(LEAVE_OUT, "None of these")),
    )


def _owed(one: ExpectedReturn, held: set[str]) -> Choice:
    shared = len(held & set(one.measures))
    evidence = f"It holds {shared} of its {len(one.measures)} measures"
    return Choice(f"{one.organisation}|{one.title}", f"{one.title}, {one.organisation}", evidence)
