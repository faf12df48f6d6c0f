"""The page of a review for a working paper: what changed, what the checks found, and what of it is held."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from pcp_desktop.analysis.pages import wording
from pcp_desktop.domain.clearance import Audience, Clearance, ClearanceState
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.formats import counted
from pcp_desktop.domain.observations import ObservationKey
from pcp_desktop.domain.periods import moment_in_words
from pcp_desktop.domain.returns import Change, Review, Severity, StagedFigure
from pcp_desktop.domain.review_pages import ReviewLine, ReviewPage
from pcp_desktop.domain.review_words import (
    accept_sentence,
    areas_of,
    check_words,
    finding_words,
    named_figure,
    note_key,
    note_words,
    notes_of,
    stored_and_new,
    worst_finding,
)

COVERED = (ClearanceState.CONFIDENTIAL, ClearanceState.EMBARGOED)
"""What the working view covers stays off a paper that leaves the computer."""


def build(review: Review, facts: Facts, by: str, left_out: Collection[ObservationKey] = ()) -> ReviewPage:
    """The page of a review as `by`, a role, decided on it; `left_out` are the figures that are not to be taken."""
    areas = areas_of(review)
    covered = {figure.observation.source.sheet for figure in review.figures if is_covered(figure, facts)}
    notes = notes_of(review)
    lines = tuple(
        replace(
            _line(figure, facts, areas[figure.observation.key.measure], left_out),
            note=note_words(note) if note is not None and not is_covered(figure, facts) else "",
        )
        for figure in review.figures
        if (note := notes.get(note_key(figure.observation.key))) is not None or figure.change is not Change.UNCHANGED
    )
    period = review.period.label if review.period else "no quarter recognised"
    unchanged = review.counted(Change.UNCHANGED)
    return ReviewPage(
        review.file,
        f"{review.organisation or 'Organisation not recognised'}, {period}",
        f"{by}, {moment_in_words(facts.now)}",
        accept_sentence(review, left_out),
        tuple((change.value.capitalize(), review.counted(change)) for change in Change),
        _findings(review, covered),
        lines,
        f"{counted(unchanged, 'figure')} {'is' if unchanged == 1 else 'are'} stored already with the same value and"
        " marker."
        if unchanged
        else "",
    )


def _findings(review: Review, covered: Collection[str]) -> tuple[str, ...]:
    """What was found about the workbook as a whole, but for cells of sheets with covered figures: they may tell one.

    A total, for one, is no figure of the review, and its finding says what it is.
    """
    said = [finding_words(one) for one in review.findings if not (one.cell and one.sheet in covered)]
    left_off = len(review.findings) - len(said)
    if left_off:
        are = "is" if left_off == 1 else "are"
        said.append(f"{counted(left_off, 'finding')} on sheets with figures that are not shown {are} left off.")
    return tuple(said)


def held_figures(review: Review, facts: Facts) -> tuple[StagedFigure, ...]:
    """The figures on the page that are not to be published and stand there, marked."""
    notes = notes_of(review)
    return tuple(
        one
        for one in review.figures
        if (one.change is not Change.UNCHANGED or note_key(one.observation.key) in notes)
        and not is_covered(one, facts)
        and not clearance_of(one, facts).may_be_shown(Audience.PUBLIC)
    )


def is_covered(figure: StagedFigure, facts: Facts) -> bool:
    """Whether the values of a figure stay off the page."""
    return clearance_of(figure, facts).state in COVERED


def clearance_of(figure: StagedFigure, facts: Facts) -> Clearance:
    """What holds for a figure of the review."""
    key = figure.observation.key
    measure = next(one for one in facts.measures if one.code == key.measure)
    return facts.clearance(measure, key.period.end)


def through(review: Review, facts: Facts) -> date:
    """The last day that the review has a figure of."""
    return max((one.observation.key.period.end for one in review.figures), default=facts.now.date())


def _line(
    figure: StagedFigure, facts: Facts, areas: Collection[str], left_out: Collection[ObservationKey]
) -> ReviewLine:
    key = figure.observation.key
    label = next(one.label for one in facts.measures if one.code == key.measure)
    clearance = clearance_of(figure, facts)
    held = "" if clearance.may_be_shown(Audience.PUBLIC) else wording.not_published(clearance)
    covered = clearance.state in COVERED
    worst = worst_finding(figure.findings)
    stored, new = ("", "") if covered else stored_and_new(figure)
    matters = worst is not None and worst.severity is not Severity.INFORMATION
    return ReviewLine(
        named_figure(figure, label, areas),
        "Left out" if key in left_out else figure.change.value.capitalize(),
        f"{key.period.label} {figure.observation.marker.sign}".strip(),
        stored,
        new,
        figure.observation.source.cell,
        "" if covered else check_words(figure),
        worst.severity.value if worst is not None and matters and not covered else "",
        held,
        covered,
    )
