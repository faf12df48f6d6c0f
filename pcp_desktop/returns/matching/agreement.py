"""How far the figures of a series are those that are stored: what speaks for a measure when its label does not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pcp_desktop.domain.observations import Observation, Part
from pcp_desktop.returns.matching.parts import Role
from pcp_desktop.returns.recognition.found import Series

_PLACES = 6
_TELLING = 3
"""So many figures have to agree, and to differ from each other, before they say anything."""

Key = tuple[str, str]
"""A measure's code and an area."""
_Days = tuple[date, date]
_PARTS = {Role.NUMERATOR: Part.NUMERATOR, Role.BASE: Part.DENOMINATOR, Role.POPULATION: Part.DENOMINATOR}


@dataclass(frozen=True)
class Agreement:
    """Of `of` figures of which one is stored for the same period, `equal` are the stored one."""

    equal: int
    of: int
    distinct: int

    @property
    def whole(self) -> bool:
        """Whether every figure agrees, and there are enough of them that this is no chance."""
        return self.equal == self.of and self.equal >= _TELLING and self.distinct >= _TELLING

    @property
    def words(self) -> str:
        """What speaks for the measure, for a person; empty where nothing does."""
        if not self.equal:
            return ""
        if self.equal == self.of:
            return "The figure stored agrees" if self.of == 1 else f"All {self.of} figures that are stored agree"
        return f"{self.equal} of {self.of} figures that are stored agree"


class Stored:
    """The stored figures by what they are of, and by period and value."""

    def __init__(self, observations: Iterable[Observation]) -> None:
        self._values: dict[tuple[Key, Part], dict[_Days, float]] = defaultdict(dict)
        self._holders: dict[tuple[_Days, float], list[tuple[Key, Part]]] = defaultdict(list)
        for one in observations:
            if one.value is None:
                continue
            what = ((one.key.measure, one.key.area), one.key.part)
            days, value = (one.key.period.start, one.key.period.end), round(one.value, _PLACES)
            self._values[what][days] = value
            self._holders[days, value].append(what)

    def agreement(self, series: Series, role: Role, measure: str, area: str) -> Agreement:
        """How far a series agrees with what is stored of a measure and area."""
        return self._with(series, ((measure, area), _PARTS.get(role, Part.VALUE)))

    def likely(self, series: Series, role: Role) -> list[tuple[str, str, Agreement]]:
        """The measures and areas whose stored figures are those of a series, the one with most first.

        Only those of which at least half of the figures agree, and three.
        """
        part = _PARTS.get(role, Part.VALUE)
        counted = Counter(
            what
            for days, value in _figures(series)
            for what in self._holders.get((days, value), ())
            if what[1] is part
        )
        found = []
        for what, equal in counted.most_common():
            agreement = self._with(series, what)
            if equal >= _TELLING and 2 * equal >= agreement.of:
                found.append((*what[0], agreement))
        return found

    def _with(self, series: Series, what: tuple[Key, Part]) -> Agreement:
        stored = self._values.get(what, {})
        pairs = [(value, stored[days]) for days, value in _figures(series) if days in stored]
        equal = [value for value, known in pairs if value == known]
        return Agreement(len(equal), len(pairs), len(set(equal)))


def _figures(series: Series) -> Iterable[tuple[_Days, float]]:
    """The figures of a series with their days, percentages in points."""
    for point in series.points:
        if point.number is None or point.period is None:
            continue
        value = point.number * point.scale
        if series.percent_as == "fraction" and not (point.written_percent and abs(value) > 1.5):
            value *= 100
        yield (point.period.start, point.period.end), round(value, _PLACES)
