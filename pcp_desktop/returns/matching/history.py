"""The stored history of each measure, as the checks need it: values before a period and their natural limits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from pcp_desktop.domain.observations import Observation, ObservationKey, Part
from pcp_desktop.domain.periods import Period

LEAST_POINTS = 12
RANGE_FACTOR = 2.66


class History:
    """Stored observations by key and by series."""

    def __init__(self, observations: Iterable[Observation]) -> None:
        self._by_key: dict[ObservationKey, Observation] = {}
        self._series: dict[tuple[str, str, Part, object], list[Observation]] = {}
        for observation in observations:
            key = observation.key
            self._by_key[key] = observation
            self._series.setdefault((key.measure, key.area, key.part, key.period.kind), []).append(observation)

    def stored(self, key: ObservationKey) -> Observation | None:
        """What is stored under a key."""
        return self._by_key.get(key)

    def before(self, key: ObservationKey, period: Period) -> list[float]:
        """The values of the same series that end before `period` begins, the oldest first."""
        same = self._series.get((key.measure, key.area, key.part, period.kind), [])
        earlier = [one for one in same if one.key.period.end < period.start and one.value is not None]
        earlier.sort(key=lambda one: one.key.period)
        return [one.value for one in earlier if one.value is not None]

    def over(self, key: ObservationKey) -> list[Observation]:
        """The stored values of the same measure, area and part for longer periods that hold the period of a key."""
        return [
            one
            for (measure, area, part, _kind), series in self._series.items()
            if (measure, area, part) == (key.measure, key.area, key.part)
            for one in series
            if one.value is not None
            and one.key.period.months > key.period.months
            and one.key.period.contains(key.period)
        ]

    def latest(self, key: ObservationKey) -> float | None:
        """The newest stored value of the series of a key."""
        same = [
            one
            for one in self._series.get((key.measure, key.area, key.part, key.period.kind), [])
            if one.value is not None
        ]
        return max(same, key=lambda one: one.key.period).value if same else None


def limits(values: Sequence[float]) -> tuple[float, float] | None:
    """The natural process limits of a series: mean ± 2.66 × the average moving range (Wheeler 2000, XmR chart).

    None for fewer than 12 values, where limits say little.
    """
    if len(values) < LEAST_POINTS:
        return None
    mean = sum(values) / len(values)
    moving = [abs(later - earlier) for earlier, later in pairwise(values)]
    reach = RANGE_FACTOR * sum(moving) / len(moving)
    return mean - reach, mean + reach
