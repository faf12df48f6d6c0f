"""A review in words: values, differences, checks and what accepting does, alike in the window and on paper."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pcp_desktop.domain.formats import counted, number, signed
from pcp_desktop.domain.observations import Marker, Observation, ObservationKey, Part
from pcp_desktop.domain.periods import in_words
from pcp_desktop.domain.recognition import Answer, QuestionKind
from pcp_desktop.domain.returns import Change, Finding, Review, Severity, StagedFigure

MOST_DECIMALS = 4
NOTE_PARTS = " / "
_ORDER = (Severity.ERROR, Severity.WARNING, Severity.QUESTION, Severity.INFORMATION)
PART_WORDS = {Part.VALUE: "", Part.NUMERATOR: ", number counted", Part.DENOMINATOR: ", base"}


def named_figure(figure: StagedFigure, label: str, areas: Collection[str]) -> str:
    """What a figure is of: its measure's label, its part, and its area where the return has several."""
    key = figure.observation.key
    of_part = label + PART_WORDS[key.part]
    return f"{of_part}, {key.area}" if len(areas) > 1 and key.area else of_part


def areas_of(review: Review) -> dict[str, set[str]]:
    """The areas that a review has figures of, by measure."""
    found: dict[str, set[str]] = {}
    for figure in review.figures:
        found.setdefault(figure.observation.key.measure, set()).add(figure.observation.key.area)
    return found


def stored_and_new(figure: StagedFigure) -> tuple[str, str]:
    """Both values; with their markers where these alone are different. The stored one is empty where none is."""
    one, stored = figure.observation, figure.stored
    if stored is None:
        return "", value_words(one)
    if stored.marker is not one.marker and stored.value == one.value is not None:
        return f"{value_words(stored)} {stored.marker.sign}".strip(), f"{value_words(one)} {one.marker.sign}".strip()
    return value_words(stored), value_words(one)


def note_key(key: ObservationKey) -> str:
    """What a note on a figure is kept under; it begins with the measure's code and the area."""
    period = key.period
    parts = (key.measure, key.area, period.kind, period.start.isoformat(), period.end.isoformat(), key.part)
    return NOTE_PARTS.join(parts)


def notes_of(review: Review) -> dict[str, Answer]:
    """The notes on a review's figures by their key, those given now before those kept."""
    said = [one for one in (*review.recognition.notes, *review.given) if one.kind is QuestionKind.NOTE]
    return {key: one for key, one in {one.key: one for one in said}.items() if one.answer}


def note_words(note: Answer) -> str:
    """A note with the day and the role of whoever made it, where it is an earlier one."""
    if note.on is None:
        return note.answer
    return f"{note.answer} ({', '.join(part for part in (note.by, in_words(note.on)) if part)})"


def value_words(observation: Observation) -> str:
    """A staged or stored value as a person reads it; the words of a text; the marker's words where there is none."""
    if observation.text is not None:
        return observation.text
    if observation.value is None:
        return "not available" if observation.marker is Marker.FINAL else observation.marker.value
    return number(observation.value, _decimals(observation.value))


def difference_words(figure: StagedFigure) -> str:
    """How far the new value lies from the stored one: "+27"; empty where it does not or one of them is no number."""
    if figure.stored is None or figure.stored.value is None or figure.observation.value is None:
        return ""
    old, new = figure.stored.value, figure.observation.value
    if old == new:
        return ""
    return signed(new - old, max(_decimals(old), _decimals(new)))


def _decimals(value: float) -> int:
    for decimals in range(MOST_DECIMALS):
        if abs(value - round(value, decimals)) < 1e-9:
            return decimals
    return MOST_DECIMALS


def check_words(figure: StagedFigure) -> str:
    """What the checks found of a figure: its worst finding, else what becomes of it."""
    worst = worst_finding(figure.findings)
    if worst is not None:
        return worst.message
    match figure.change:
        case Change.REFUSED:
            return "Not stored"
        case Change.UNCHANGED:
            return "Same value, same marker"
        case Change.REVISED:
            moved = difference_words(figure)
            return f"{moved} on the stored figure" if moved else "The marker changes"
    return "No question"


def worst_finding(findings: Iterable[Finding]) -> Finding | None:
    """The finding that matters most; None where there is none."""
    return min(findings, key=lambda finding: _ORDER.index(finding.severity), default=None)


def finding_words(one: Finding) -> str:
    """A finding with its place, where its own words do not name it."""
    named = f"sheet “{one.sheet}”" if one.sheet and one.sheet not in one.message else ""
    place = ", ".join(part for part in (named, f"cell {one.cell}" if one.cell else "") if part)
    return f"{one.message} ({place})" if place else one.message


def storable(review: Review, left_out: Collection[ObservationKey]) -> tuple[StagedFigure, ...]:
    """The figures that accepting would store."""
    wanted = (Change.NEW, Change.REVISED)
    return tuple(one for one in review.figures if one.change in wanted and one.observation.key not in left_out)


def accept_sentence(review: Review, left_out: Collection[ObservationKey]) -> str:
    """What accepting would do, in a few sentences; or that there is nothing to store."""
    stored = storable(review, left_out)
    out = len(storable(review, ())) - len(stored)
    refused = review.counted(Change.REFUSED)
    if not review.figures:
        here = "It is already kept." if review.already_accepted else "The workbook can be kept as it was received."
        return f"No figure of the plan was found in this workbook. {here}"
    if not stored:
        return _nothing_sentence(review, out, refused)
    new = sum(1 for one in stored if one.change is Change.NEW)
    revised = len(stored) - new
    parts = [f"{count:,} {word}" for count, word in ((new, "new"), (revised, "revised")) if count]
    noun = "figure" if len(stored) == 1 else "figures"
    sentences = [f"Accepting stores {' and '.join(parts)} {noun} in one step."]
    if refused:
        sentences.append(f"{counted(refused, 'refused figure')} {'is' if refused == 1 else 'are'} not stored.")
    if out:
        sentences.append(f"{counted(out, 'figure')} left out {'keeps' if out == 1 else 'keep'} what is stored.")
    again = len({one.observation.key.measure for one in stored if one.reopens})
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
