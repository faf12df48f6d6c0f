"""What a person is asked about a workbook: what its labels, periods and marks are, and which return it answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.measures import Measure
from pcp_desktop.domain.recognition import LEAVE_OUT, Choice, Question, QuestionKind, RelativePeriod
from pcp_desktop.domain.returns import ExpectedReturn
from pcp_desktop.returns.files.workbook import Sheet, Workbook, address
from pcp_desktop.returns.matching.agreement import Stored
from pcp_desktop.returns.matching.answers import key_of_workbook, period_key, series_key
from pcp_desktop.returns.matching.candidates import Match
from pcp_desktop.returns.matching.matching import Matches
from pcp_desktop.returns.matching.sign_questions import about_signs
from pcp_desktop.returns.recognition.found import Series

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
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    asked = [
        *(_about_label(one, sheets[one.labelled.sheet], facts, stored) for one in _distinct(matches.unsure)),
        *_about_periods(matches),
        *about_signs(matches.matches, _known_signs(matches), matches.explained),
        *_about_return(workbook, matches, facts),
    ]
    return tuple(asked)


def _known_signs(matches: Matches) -> frozenset[str]:
    return frozenset(one.key for one in matches.applied if one.kind is QuestionKind.SIGN)


def _distinct(matches: Sequence[Match]) -> list[Match]:
    """One match for each key: the same label in several parts of a table is asked about once."""
    seen: dict[str, Match] = {}
    for one in matches:
        seen.setdefault(_key(one), one)
    return list(seen.values())


def _key(one: Match) -> str:
    return series_key(one.labelled.sheet, one.labelled.table, one.labelled.series)


def _about_label(one: Match, sheet: Sheet, facts: Facts, stored: Stored) -> Question:
    series = one.labelled.series
    label = series.name or one.labelled.sheet
    seen: dict[str, Choice] = {}
    likely = stored.likely(series, one.labelled.role)
    by_figures = {(code, area) for code, area, agreement in likely if agreement.whole}
    for match in sorted((one, *one.others), key=lambda each: (each.measure.code, each.area) not in by_figures):
        choice = _choice(match, facts, stored)
        seen.setdefault(choice.answer, choice)
    for code, area, agreement in likely:
        measure = next((each for each in facts.measures if each.code == code), None)
        if measure is not None:
            choice = named(measure, area, facts.plan.area, agreement.words)
            seen.setdefault(choice.answer, choice)
    return Question(
        QuestionKind.MEASURE,
        _key(one),
        label,
        one.labelled.sheet,
        label_cell(sheet, series),
        f"What is “{label}”?",
        f"It may be “{one.measure.label}”, but {one.doubt or 'that is not sure'}.",
        (*list(seen.values())[:3], Choice(LEAVE_OUT, "Leave it out")),
    )


def label_cell(sheet: Sheet, series: Series) -> str:
    """The cell that a series' label stands in: beside its first figure, over it or over all; else that figure's."""
    if not series.points:
        return ""
    first = series.points[0]
    wanted = {" ".join(word.split()) for word in (*series.written, *series.label)}
    beside = ((first.row, column) for column in range(first.column - 1, -1, -1))
    over = ((row, first.column) for row in range(first.row - 1, -1, -1))
    left = ((row, column) for row in range(first.row - 1, -1, -1) for column in range(first.column - 1, -1, -1))
    for row, column in (*beside, *over, *(left if series.title else ())):
        if " ".join(str(sheet.value(row, column) or "").split()) in wanted:
            return address(row, column)
    return first.cell


def named(measure: Measure, area: str, whole: str, evidence: str = "") -> Choice:
    """The choice of a measure in an area; the whole area is not named."""
    if area in ("", whole):
        return Choice(measure.code, measure.label, evidence)
    return Choice(f"{measure.code}@{area}", f"{measure.label}, {area}", evidence)


def measures(facts: Facts) -> tuple[Choice, ...]:
    """Every measure of the plan, and each of the areas that it is kept by."""
    return tuple(named(measure, area, facts.plan.area) for measure in facts.measures for area in ("", *measure.areas))


def _choice(match: Match, facts: Facts, stored: Stored) -> Choice:
    agreement = stored.agreement(match.labelled.series, match.labelled.role, match.measure.code, match.area)
    return named(match.measure, match.area, facts.plan.area, agreement.words or _first_reason(match))


def _first_reason(match: Match) -> str:
    words = match.reasons[0] if match.reasons else ""
    return f"{words[:1].upper()}{words[1:]}"


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
        label = one.labelled.series.name or one.labelled.sheet
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
