"""What a person is asked about signs in the place of figures: what each may mean, and what speaks for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pcp_desktop.domain.formats import counted
from pcp_desktop.domain.observations import Marker
from pcp_desktop.domain.recognition import LEAVE_OUT, Choice, Question, QuestionKind
from pcp_desktop.returns.matching.candidates import Match
from pcp_desktop.returns.matching.doubtful_signs import is_doubtful, key
from pcp_desktop.returns.recognition.found import FoundTable, Point

_LARGEST_WITHHELD = 10
"""Publishers withhold counts up to five, health services up to seven, and round the rest to fives or tens."""


@dataclass
class _Mark:
    """A doubtful mark with the figures in whose place it stands, and the tables of these."""

    text: str
    places: list[tuple[Match, Point]]

    def tables(self) -> list[FoundTable]:
        """The tables, each once."""
        return list({id(match.labelled.table): match.labelled.table for match, _ in self.places}.values())


def about_signs(matches: Sequence[Match], answered: frozenset[str], explained: frozenset[str]) -> Iterator[Question]:
    """One question for each doubtful mark in the place of matched figures; `answered` are the keys of those known."""
    found: dict[str, _Mark] = {}
    for match in matches:
        for point in match.labelled.series.points:
            if is_doubtful(point, explained) and key(point.mark) not in answered:
                found.setdefault(key(point.mark), _Mark(point.mark, [])).places.append((match, point))
    for about, mark in found.items():
        match, point = mark.places[0]
        labels = list(dict.fromkeys(one.labelled.series.name for one, _ in mark.places))
        more = f" and {counted(len(labels) - 1, 'other label')}" if len(labels) > 1 else ""
        yield Question(
            QuestionKind.SIGN,
            about,
            mark.text,
            match.labelled.sheet,
            point.cell,
            f"What does “{mark.text}” mean in {counted(len(mark.places), 'cell')} of “{labels[0]}”{more}?",
            "No note of the workbook says it.",
            tuple(_choices(mark)),
        )


def _choices(mark: _Mark) -> list[Choice]:
    """What the mark may mean, that for which there is evidence first."""
    withheld = Choice(Marker.SUPPRESSED.value, "Withheld, the number is small", _for_withheld(mark))
    absent = Choice(Marker.NOT_AVAILABLE.value, "Not available", _for_absent(mark))
    footnote = Choice(LEAVE_OUT, "A footnote mark, no value", _for_footnote(mark))
    usual = [absent, withheld, footnote] if mark.text.lower() == "x" else [withheld, absent, footnote]
    return sorted(usual, key=lambda choice: not choice.evidence)


def _for_withheld(mark: _Mark) -> str:
    """The least count beside it, if that is none of the very smallest and no series of larger numbers."""
    numbers = [
        point.number
        for table in mark.tables()
        for series in table.series
        if series.unit != "percent"
        for point in series.points
        if point.number is not None and point.number > 0
    ]
    least = min(numbers, default=0.0)
    if least.is_integer() and 1 < least <= _LARGEST_WITHHELD:
        return f"No number from 1 to {least - 1:g} stands beside it" if least > 2 else "No 1 stands beside it"
    return ""


def _for_absent(mark: _Mark) -> str:
    """A label of which no figure is given at all."""
    for match, _ in mark.places:
        points = match.labelled.series.points
        if len(points) > 1 and all(key(point.mark) == key(mark.text) for point in points):
            return f"It stands in every cell of “{' / '.join(match.labelled.series.label)}”"
    return ""


def _for_footnote(mark: _Mark) -> str:
    """A number behind which it stands as well."""
    for table in mark.tables():
        for series in table.series:
            for point in series.points:
                if point.number is not None and key(mark.text) in key(point.mark).split():
                    return f"It stands behind a number as well, in {point.cell}"
    return ""
