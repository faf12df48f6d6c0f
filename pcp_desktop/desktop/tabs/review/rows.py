"""The rows of a review: what each staged figure is called, what would happen to it and what the checks said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pcp_desktop.desktop.marks import Notice
from pcp_desktop.domain.observations import ObservationKey
from pcp_desktop.domain.returns import Change, Review, Severity, StagedFigure
from pcp_desktop.domain.review_words import areas_of, check_words, named_figure, stored_and_new, worst_finding


class Shown(StrEnum):
    """The filters above the review's table."""

    ALL = "All"
    NEW = "New"
    REVISED = "Revised"
    UNCHANGED = "Unchanged"
    REFUSED = "Refused"
    ERRORS = "Errors"
    TO_LOOK_AT = "To look at"


@dataclass(frozen=True)
class ReviewRow:
    """One staged figure as its row shows it."""

    figure: StagedFigure
    measure: str
    period: str
    stored: str
    new: str
    cell: str
    check: str
    notice: Notice

    @property
    def key(self) -> ObservationKey:
        """What the figure is a figure of."""
        return self.figure.observation.key

    @property
    def storable(self) -> bool:
        """Whether accepting would store it."""
        return self.figure.change in (Change.NEW, Change.REVISED)

    def belongs(self, shown: Shown) -> bool:
        """Whether the row is among those of a filter."""
        match shown:
            case Shown.ALL:
                return True
            case Shown.ERRORS:
                return self.notice is Notice.ERROR
            case Shown.TO_LOOK_AT:
                return self.notice is Notice.LOOK
        return self.figure.change.value == shown.value.lower()


def rows_of(review: Review, labels: Mapping[str, str]) -> tuple[ReviewRow, ...]:
    """The rows of a review in its own order: errors, to look at, revised, new, unchanged."""
    areas = areas_of(review)
    return tuple(_row(figure, labels, areas) for figure in review.figures)


def _row(figure: StagedFigure, labels: Mapping[str, str], areas: Mapping[str, set[str]]) -> ReviewRow:
    key = figure.observation.key
    stored, new = stored_and_new(figure)
    return ReviewRow(
        figure=figure,
        measure=named_figure(figure, labels.get(key.measure, key.measure), areas[key.measure]),
        period=f"{key.period.label} {figure.observation.marker.sign}".strip(),
        stored=stored,
        new=new,
        cell=figure.observation.source.cell,
        check=check_words(figure),
        notice=_notice(figure),
    )


def _notice(figure: StagedFigure) -> Notice:
    worst = worst_finding(figure.findings)
    if figure.change is Change.REFUSED or (worst is not None and worst.severity is Severity.ERROR):
        return Notice.ERROR
    if worst is None:
        return Notice.DONE
    look = worst.severity in (Severity.WARNING, Severity.QUESTION)
    return Notice.LOOK if look else Notice.INFORMATION


def storable(rows: Iterable[ReviewRow], left_out: frozenset[ObservationKey]) -> tuple[ReviewRow, ...]:
    """The rows that accepting would store."""
    return tuple(row for row in rows if row.storable and row.key not in left_out)
