"""The rows of a review: what each staged figure is called, what would happen to it and what the checks said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pcp_desktop.desktop.marks import Notice
from pcp_desktop.domain.formats import counted, number, signed
from pcp_desktop.domain.observations import Marker, Observation, ObservationKey, Part
from pcp_desktop.domain.returns import Change, Finding, Review, Severity, StagedFigure

MOST_DECIMALS = 4
_ORDER = (Severity.ERROR, Severity.WARNING, Severity.QUESTION, Severity.INFORMATION)
_PART_WORDS = {Part.VALUE: "", Part.NUMERATOR: ", number counted", Part.DENOMINATOR: ", base"}


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
    areas: dict[str, set[str]] = {}
    for figure in review.figures:
        areas.setdefault(figure.observation.key.measure, set()).add(figure.observation.key.area)
    return tuple(_row(figure, labels, areas) for figure in review.figures)


def _row(figure: StagedFigure, labels: Mapping[str, str], areas: Mapping[str, set[str]]) -> ReviewRow:
    key = figure.observation.key
    label = labels.get(key.measure, key.measure) + _PART_WORDS[key.part]
    if len(areas[key.measure]) > 1 and key.area:
        label = f"{label}, {key.area}"
    check, notice = _check(figure)
    sign = figure.observation.marker.sign
    return ReviewRow(
        figure=figure,
        measure=label,
        period=f"{key.period.label} {sign}".strip(),
        stored=value_words(figure.stored) if figure.stored is not None else "",
        new=value_words(figure.observation),
        cell=figure.observation.source.cell,
        check=check,
        notice=notice,
    )


def value_words(observation: Observation) -> str:
    """A staged or stored value as a person reads it; the words of a text; the marker's words where there is none."""
    if observation.text is not None:
        return observation.text
    if observation.value is None:
        return "not available" if observation.marker is Marker.FINAL else observation.marker.value
    return number(observation.value, _decimals(observation.value))


def difference_words(figure: StagedFigure) -> str:
    """How far the new value lies from the stored one: "+27"; empty where one of them is no number."""
    if figure.stored is None or figure.stored.value is None or figure.observation.value is None:
        return ""
    old, new = figure.stored.value, figure.observation.value
    return signed(new - old, max(_decimals(old), _decimals(new)))


def _decimals(value: float) -> int:
    for decimals in range(MOST_DECIMALS):
        if abs(value - round(value, decimals)) < 1e-9:
            return decimals
    return MOST_DECIMALS


def _check(figure: StagedFigure) -> tuple[str, Notice]:
    worst = worst_finding(figure.findings)
    if worst is not None:
        error = worst.severity is Severity.ERROR or figure.change is Change.REFUSED
        look = worst.severity in (Severity.WARNING, Severity.QUESTION)
        notice = Notice.ERROR if error else Notice.LOOK if look else Notice.INFORMATION
        return worst.message, notice
    match figure.change:
        case Change.REFUSED:
            return "Not stored", Notice.ERROR
        case Change.UNCHANGED:
            return "Same value, same marker", Notice.DONE
        case Change.REVISED:
            moved = difference_words(figure)
            return (f"{moved} on the stored figure" if moved else "The marker changes"), Notice.DONE
    return "No question", Notice.DONE


def worst_finding(findings: Iterable[Finding]) -> Finding | None:
    """The finding that matters most; None where there is none."""
    return min(findings, key=lambda finding: _ORDER.index(finding.severity), default=None)


def storable(rows: Iterable[ReviewRow], left_out: frozenset[ObservationKey]) -> tuple[ReviewRow, ...]:
    """The rows that accepting would store."""
    return tuple(row for row in rows if row.storable and row.key not in left_out)


def accept_sentence(review: Review, rows: tuple[ReviewRow, ...], left_out: frozenset[ObservationKey]) -> str:
    """What accepting would do, in a few sentences; or that there is nothing to store."""
    stored = storable(rows, left_out)
    out = sum(1 for row in rows if row.storable and row.key in left_out)
    refused = review.counted(Change.REFUSED)
    if not rows:
        here = "It is already kept." if review.already_accepted else "The workbook can be kept as it was received."
        return f"No figure of the plan was found in this workbook. {here}"
    if not stored:
        return _nothing_sentence(review, out, refused)
    new = sum(1 for row in stored if row.figure.change is Change.NEW)
    revised = len(stored) - new
    parts = [f"{count:,} {word}" for count, word in ((new, "new"), (revised, "revised")) if count]
    noun = "figure" if len(stored) == 1 else "figures"
    sentences = [f"Accepting stores {' and '.join(parts)} {noun} in one step."]
    if refused:
        sentences.append(f"{counted(refused, 'refused figure')} {'is' if refused == 1 else 'are'} not stored.")
    if out:
        sentences.append(f"{counted(out, 'figure')} left out {'keeps' if out == 1 else 'keep'} what is stored.")
    again = len({row.key.measure for row in stored if row.figure.reopens})
    if again:
        waits = "waits for its board" if again == 1 else "wait for their boards"
        sentences.append(
            f"{counted(again, 'measure')} {waits} to clear it again."
            if again == 1
            else f"{counted(again, 'measure')} {waits} to clear them again."
        )
    return " ".join([*sentences, "The whole return can be undone later."])


def _nothing_sentence(review: Review, out: int, refused: int) -> str:
    if out:
        return f"Nothing to store: {counted(out, 'figure')} left out. U takes a figure in again."
    unchanged = review.counted(Change.UNCHANGED)
    if refused and not unchanged:
        return f"Nothing to store: {counted(refused, 'figure')} refused."
    if refused:
        return f"Nothing to store: {counted(unchanged, 'figure')} already here, {refused:,} refused."
    if unchanged == 1:
        return "Nothing to store: the 1 figure is already here."
    return f"Nothing to store: all {unchanged:,} figures are already here."
