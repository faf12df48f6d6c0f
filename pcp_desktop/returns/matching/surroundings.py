"""What the series of a workbook say of each other: the roles, forces and areas beside a series in its table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pcp_desktop.domain.measures import Kind, Measure
from pcp_desktop.returns.matching import parts
from pcp_desktop.returns.matching.likeness import tokens, tokens_of
from pcp_desktop.returns.matching.parts import Role
from pcp_desktop.returns.recognition.found import FoundSheet, FoundTable, Recognised, Series


@dataclass(frozen=True)
class Labelled:
    """A series with the words that speak for a measure, and those around it."""

    sheet: str
    table: FoundTable
    series: Series
    role: Role
    own: tuple[str, ...]
    rest: tuple[str, ...]
    around: tuple[str, ...]
    file: str

    @property
    def group(self) -> tuple[object, ...]:
        """What a numerator, its base and their percentage have in common."""
        return (self.sheet, self.table.range, self.series.sections, self.rest)


def labelled(recognised: Recognised, measures: Iterable[Measure]) -> Iterator[Labelled]:
    """Every series of a workbook with its words.

    A label that says one of the `measures` whole names that one and no part of another: “Savings realised to date” is
    no running total of savings, “Savings identified” no base. Of a percentage it may be either.
    """
    names = frozenset(
        tokens(text) for one in measures if one.kind is not Kind.PROPORTION for text in (one.label, *one.synonyms)
    )
    for sheet in recognised.sheets:
        for table in sheet.tables:
            for series in table.series:
                yield _label(recognised, sheet, table, series, names)


def _label(
    recognised: Recognised, sheet: FoundSheet, table: FoundTable, series: Series, names: frozenset[frozenset[str]]
) -> Labelled:
    words = (*series.row_words, *series.column_words)
    role, at = parts.role_of(["" if tokens(word) in names else word for word in words])
    rest = words if role is Role.PLAIN else tuple(word for number, word in enumerate(words) if number != at)
    own = rest if tokens_of(rest) - parts.NEUTRAL else words
    around = (*table.titles, sheet.name, *series.sections)
    return Labelled(sheet.name, table, series, role, own, rest, around, recognised.file)


def file_words(file: str) -> str:
    """The words of a file's name."""
    return file.rsplit(".", 1)[0].replace("_", " ")


class Surroundings:
    """What the series of a workbook say of each other: the roles beside them, the forces in their tables."""

    def __init__(self, everything: Sequence[Labelled], forces: frozenset[str]) -> None:
        self._roles: dict[tuple[object, ...], set[Role]] = {}
        self._forces: dict[int, set[str]] = {}
        self._bases: set[int] = set()
        self._labels: dict[int, set[str]] = {}
        before: Labelled | None = None
        for one in everything:
            self._roles.setdefault(one.group, set()).add(one.role)
            self._forces.setdefault(id(one.table), set()).update(forces.intersection(one.series.label))
            self._labels.setdefault(id(one.table), set()).update(one.series.label)
            follows = before is not None and before.table is one.table and before.role is Role.PLAIN
            if before is not None and follows and _is_of_these(one):
                self._bases.add(id(before.series))
            before = one

    def is_base_of_these(self, one: Labelled) -> bool:
        """Whether the next series of the table begins “of these”, so that this one is what they are counted of."""
        return id(one.series) in self._bases

    def is_proportion(self, one: Labelled) -> bool:
        """Whether a series comes with a numerator or a base."""
        roles = self._roles[one.group]
        return Role.BASE in roles or Role.NUMERATOR in roles or self.is_base_of_these(one)

    def force(self, one: Labelled) -> str | None:
        """The force a row is about, in a table that names at least two of them."""
        in_table = self._forces[id(one.table)]
        return next((word for word in one.series.label if word in in_table), None) if len(in_table) > 1 else None

    def labels(self, one: Labelled) -> frozenset[str]:
        """All labels of a series' table."""
        return frozenset(self._labels[id(one.table)])

    def has_rates(self, one: Labelled) -> bool:
        """Whether a column of the table is labelled as a rate, so that the others are not."""
        return any(Role.RATE is parts.role(label) for label in self._labels[id(one.table)])

    def place(self, one: Labelled, area: str, areas: Sequence[str]) -> str:
        """The force or area that was found for a series; empty where it fell back on the whole area.

        `areas` are those that its measure is kept by.
        """
        return area if self.force(one) or area in areas or (areas and self.is_by_area(one, areas)) else ""

    def is_by_area(self, one: Labelled, areas: Sequence[str]) -> bool:
        """Whether the labels of a series' table name at least two of a measure's areas."""
        named = {area_in(tokens(label), areas) for label in self._labels[id(one.table)]}
        return len(named - {None}) > 1


def _is_of_these(one: Labelled) -> bool:
    beginnings = ("of these", "of those", "of which", "of whom")
    return any(word.lower().startswith(beginnings) for word in one.series.label)


def area_in(words: frozenset[str], areas: Sequence[str]) -> str | None:
    """The one area whose words are best said, at least half of them; None where none or two are."""
    scores = sorted(((len(tokens(area) & words) / len(tokens(area)), area) for area in areas), reverse=True)
    if not scores or scores[0][0] < 0.5 or (len(scores) > 1 and scores[1][0] == scores[0][0]):
        return None
    return scores[0][1]
