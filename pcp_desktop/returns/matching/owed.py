"""Which expected return a workbook answers, and which organisation sends it."""

from __future__ import annotations

from collections.abc import Sequence

from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.periods import Period
from pcp_desktop.domain.recognition import LEAVE_OUT, Answer, QuestionKind
from pcp_desktop.domain.returns import ExpectedReturn
from pcp_desktop.returns.matching.answers import Answers, expected_of, workbook_key
from pcp_desktop.returns.matching.likeness import tokens, tokens_of
from pcp_desktop.returns.matching.surroundings import file_words
from pcp_desktop.returns.recognition.found import Recognised


def expected_return(
    recognised: Recognised,
    held: frozenset[str],
    facts: Facts,
    known: ExpectedReturn | None,
    given: Sequence[Answer],
) -> tuple[ExpectedReturn | None, tuple[Answer, ...]]:
    """The expected return that the workbook answers, with the answer that said so where one did.

    `held` are the codes of the measures that its labels clearly name; `known` is the return where a template's
    identifier names it.
    """
    expected = known or _likely(recognised, held, facts)
    if expected is not None:
        return expected, ()
    names = (sheet.name for sheet in recognised.sheets if not sheet.hidden)
    answer = Answers([*facts.answers, *given]).about(QuestionKind.RETURN, workbook_key(recognised.file, names))
    if answer is None or answer.answer == LEAVE_OUT:
        return None, (answer,) if answer else ()
    return expected_of(answer, facts, _latest(recognised)), (answer,)


def sender(recognised: Recognised, facts: Facts) -> str | None:
    """The organisation whose whole name stands in the workbook's name or over its first sheets; None without one."""
    words = _all_words(recognised)
    names = {record.expected.organisation for record in facts.returns if record.expected}
    names |= {name for measure in facts.measures for name in measure.organisations}
    scores = sorted(((_name_share(name, words), name) for name in names), reverse=True)
    return scores[0][1] if scores and scores[0][0] >= 0.99 else None


def _likely(recognised: Recognised, held: frozenset[str], facts: Facts) -> ExpectedReturn | None:
    """The expected return that the measures found, the organisation and the title speak for, if they do."""
    words = _all_words(recognised)
    newest = _latest(recognised)
    latest = newest.end if newest is not None else None
    scored: list[tuple[float, int, ExpectedReturn]] = []
    for number, record in enumerate(facts.returns):
        one = record.expected
        if one is None:
            continue
        share = len(held.intersection(one.measures)) / len(one.measures) if one.measures else 0.0
        foreign = len(held.difference(one.measures)) / len(held) if held else 0.0
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


def _all_words(recognised: Recognised) -> frozenset[str]:
    lines = [file_words(recognised.file)]
    for sheet in recognised.sheets[:5]:
        lines += [sheet.name, *sheet.lines[:8]]
    return tokens_of(lines)


def _name_share(name: str, words: frozenset[str]) -> float:
    wanted = tokens(name)
    return len(wanted & words) / len(wanted) if wanted else 0.0
