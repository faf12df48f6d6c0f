"""Control charts: mean and limits of one series, and the labels its points earn.

The numbers come from control_limits (XmR), attribute_charts (p, u, c, Laney) and seasonality; the labels from
control_rules; which points stand together and which make limits from control_groups. What the labels mean for a
measure is said in control_meaning; which chart a measure of the panel file gets, in measure_chart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from pcp_desktop.analysis import attribute_charts, control_groups
from pcp_desktop.analysis.attribute_charts import SIGMAS, ChartType, Counts
from pcp_desktop.analysis.control_limits import LIMITS_FACTOR, BoolArray, around, edges, spread
from pcp_desktop.analysis.control_rules import CODES, TIE, Edges, labels
from pcp_desktop.analysis.seasonality import Season
from pcp_desktop.analysis.series import FloatArray
from pcp_desktop.domain.formats import counted
from pcp_desktop.domain.pages import Signal

PROVISIONAL = "provisional"
TRIAL = "trial"
TOO_FEW = "too few to judge"
RUN_CHART = "run chart without limits"

FULL_POINTS = 24
PROVISIONAL_POINTS = 12
LEAST_POINTS = 4
LEAST_MEDIAN_EVENTS = 3

CONSTANT_ABSENT = "The figures do not vary, so there are no limits."
STEPS_ABSENT = "The figures hardly move from one period to the next, so there are no limits."
GAPS_ABSENT = "No two neighbouring figures are known, so there are no moving ranges and no limits."
_SHORT = {
    CONSTANT_ABSENT: "the figures do not vary",
    STEPS_ABSENT: "the figures hardly move",
    GAPS_ABSENT: "no two neighbouring figures are known",
}


@dataclass(frozen=True)
class ControlPoint:
    """One point; mean and limits are None in a group without limits. `rising` is +1, −1, or 0 without a signal."""

    value: float | None
    mean: float | None
    lower: float | None
    upper: float | None
    near_lower: float | None
    near_upper: float | None
    signal: Signal
    rising: int
    group: int


@dataclass(frozen=True)
class ControlGroup:
    """Points with limits of their own: `first` and `last` are positions, both included; `used` points made the
    limits.

    `mean` is the centre line, None where there are no limits or where it follows the year. `average_range` is that of
    an XmR chart (on the scale without the season where there is one); `sigma_ratio` what Laney's chart multiplies by.
    `standing` is "", "provisional", "trial" or "too few to judge"; `absent` says in a sentence why there are no
    limits (no point has a label then). `few` says in a sentence that there are limits only because they were asked
    for.
    """

    first: int
    last: int
    used: int
    mean: float | None
    average_range: float | None
    standing: str
    absent: str = ""
    few: str = ""
    sigma_ratio: float | None = None
    season: Season | None = None

    @property
    def limited(self) -> bool:
        """Whether the group has limits."""
        return not self.absent

    @property
    def unlimited(self) -> str:
        """Why the group has no limits, for a title or a line below one; empty where it has."""
        return _SHORT.get(self.absent, TOO_FEW) if self.absent else ""


@dataclass(frozen=True)
class ControlChart:
    """A control chart with the words for its kind and settings.

    `source` says which points its limits come from and `season_words` whether they allow for the season, where
    whoever asked for the chart knows. `absent` says why none was made (rolling figures).
    """

    points: tuple[ControlPoint, ...]
    groups: tuple[ControlGroup, ...]
    kind: ChartType
    settings: str
    source: str = ""
    season_words: str = ""
    absent: str = ""

    @property
    def last(self) -> ControlPoint | None:
        """The last point that has a value."""
        return next((point for point in reversed(self.points) if point.value is not None), None)

    @property
    def limited(self) -> bool:
        """Whether any group has limits."""
        return any(group.limited for group in self.groups)

    @property
    def seasonal(self) -> bool:
        """Whether the last group's limits follow the year."""
        return bool(self.groups) and self.groups[-1].limited and self.groups[-1].season is not None

    @property
    def method(self) -> str:
        """The kind of chart, where its limits come from, and whether they allow for the season."""
        if self.absent:
            return "no control chart"
        if not self.limited:
            return RUN_CHART
        return ", ".join(part for part in (self.kind.words, self.source, self.season_words) if part)

    @property
    def caveats(self) -> tuple[str, ...]:
        """What a reader should hold against the limits, a sentence each."""
        found = []
        for group in self.groups:
            found += [group.absent, group.few]
            if group.limited and group.standing in (PROVISIONAL, TRIAL):
                found.append(f"{group.standing.capitalize()} limits: they come from {counted(group.used, 'point')}.")
        return tuple(dict.fromkeys(words for words in found if words))


@dataclass(frozen=True)
class Rules:
    """How many points make a shift and a trend: 6 to 8 each."""

    run_length: int = 7
    trend_length: int = 7

    @property
    def words(self) -> str:
        """The lengths for the settings of a chart."""
        return f"shifts of {self.run_length} points, trends of {self.trend_length} points"


SEVEN = Rules()
Judged = tuple[ControlGroup, Edges, np.ndarray, np.ndarray]


# ---------------------------------------------------------------- making a chart


def xmr(
    values: Sequence[float | None] | FloatArray,
    *,
    segments: Sequence[tuple[int, int]] | None = None,
    used: slice | Iterable[int] | BoolArray | None = None,
    screening: bool = True,
    rules: Rules = SEVEN,
    events: bool = False,
    asked: bool = False,
    seasons: Sequence[Season] = (),
) -> ControlChart:
    """The XmR chart of `values` in order, None or nan where missing.

    `segments` are (first, last) positions of the groups, all in one by default. `used` are the positions whose points
    make the limits; a group that holds none of them uses all its points. `events` says that the values count events,
    so that a median under 3 is too few; `asked`, that limits are wanted even where the data are too few. A group that
    one of the `seasons` covers has its limits and labels reckoned without the season and transformed back. Run
    lengths other than 6 to 8, and segments that overlap or leave points out, raise ValueError.
    """
    array = np.array([np.nan if value is None else value for value in values], dtype=np.float64)

    def judged(first: int, last: int, chosen: BoolArray) -> Judged:
        season = next((one for one in seasons if one.covers(first, last)), None)
        return _xmr_group(array[first : last + 1], chosen, first, screening, rules, season, (events, asked))

    settings = (
        f"limits at the mean ± {LIMITS_FACTOR} average moving ranges, screening {'on' if screening else 'off'}, "
        f"{rules.words}"
    )
    return _chart(array, segments, used, judged, ChartType.XMR, settings)


def attribute(
    kind: ChartType,
    events: Sequence[float | None] | FloatArray,
    bases: Sequence[float | None] | FloatArray | None = None,
    *,
    per: float = 1.0,
    segments: Sequence[tuple[int, int]] | None = None,
    used: slice | Iterable[int] | BoolArray | None = None,
    rules: Rules = SEVEN,
    asked: bool = False,
) -> ControlChart:
    """The p, u or c chart of `events` over `bases`, or Laney's p′ or u′; values and limits are times `per`.

    A c chart has no `bases`. A point is known where its event count and its base are, and the base is not nought; a
    point without events but with a base has limits. `asked` says that limits are wanted even where the data are too
    few (under 4 points, or a median under 3 events), and that Laney's chart may narrow the limits; unless asked for
    by name it does not. The rest is as for `xmr`; XMR as `kind` raises ValueError.
    """
    if kind is ChartType.XMR:
        raise ValueError("an XmR chart has no base")
    numbers = np.array([np.nan if one is None else one for one in events], dtype=np.float64)
    if bases is None:
        base = np.ones(len(numbers))
    else:
        base = np.array([np.nan if one is None else one for one in bases], dtype=np.float64)
    counts = Counts(numbers, base)

    def judged(first: int, last: int, chosen: BoolArray) -> Judged:
        return _attribute_group(kind, counts.part(first, last), chosen, first, per, rules, asked)

    laney = "" if kind is kind.plain else ", each sigma times the average moving range of z over 1.128"
    own = "" if kind is ChartType.C else " of each point’s base"
    settings = f"limits at the mean ± {SIGMAS:.0f} sigma{own}{laney}, {rules.words}"
    return _chart(counts.shares * per, segments, used, judged, kind, settings)


def _chart(
    values: FloatArray,
    segments: Sequence[tuple[int, int]] | None,
    used: slice | Iterable[int] | BoolArray | None,
    judged: Callable[[int, int, BoolArray], Judged],
    kind: ChartType,
    settings: str,
) -> ControlChart:
    """Every group judged by itself, its points one after the other."""
    chosen = _chosen(used, len(values))
    groups: list[ControlGroup] = []
    points: list[ControlPoint] = []
    for first, last in control_groups.checked(segments, len(values)):
        in_group = chosen[first : last + 1]
        group, limits, codes, rising = judged(first, last, in_group if in_group.any() else np.ones_like(in_group))
        points.extend(_points(values[first : last + 1], limits, codes, rising, len(groups)))
        groups.append(group)
    return ControlChart(tuple(points), tuple(groups), kind, settings)


def _chosen(used: slice | Iterable[int] | BoolArray | None, length: int) -> BoolArray:
    if isinstance(used, np.ndarray) and used.dtype == np.bool_:
        return used
    chosen = np.zeros(length, dtype=np.bool_)
    if isinstance(used, slice):
        chosen[used] = True
    elif used is not None:
        chosen[[at for at in used if 0 <= at < length]] = True
    return chosen


# ---------------------------------------------------------------- one group


def _xmr_group(
    part: FloatArray,
    used: BoolArray,
    first: int,
    screening: bool,
    rules: Rules,
    season: Season | None,
    asking: tuple[bool, bool],
) -> Judged:
    """Limits and labels of one group of an XmR chart; `asking` are its `events` and `asked`."""
    events, asked = asking
    scaled = part if season is None else season.scaled(part, first)
    sample = np.where(used, scaled, np.nan)
    found = spread(sample[None, :], screening)
    count = int(np.isfinite(sample).sum())
    few = _too_few(part[used & np.isfinite(part)], count, events)
    absent = "" if asked and count > 1 else few
    # Logarithms are rounded at the size of one, however near to nought the level on that scale.
    rounding = TIE * max(float(np.nanmax(np.abs(sample), initial=0.0)), 0.0 if season is None else 1.0)
    if not absent and not found.average_range[0] > rounding:
        absent = _steady(sample, int(found.ranges[0]), rounding)
    if absent:
        return _without_limits(first, len(part), count, absent, few)
    limits = edges(found)
    codes, rising = labels(scaled[None, :], limits, rules.run_length, rules.trend_length)
    limits = _spread_out(limits, len(part)) if season is None else _back(limits, season, first, len(part))
    group = ControlGroup(
        first, first + len(part) - 1, count, float(found.mean[0]) if season is None else None,
        float(found.average_range[0]), standing_of(count), "", _asked_words(few), None, season,
    )  # fmt: skip
    return group, limits, codes[0], rising[0]


def _attribute_group(
    kind: ChartType, counts: Counts, used: BoolArray, first: int, per: float, rules: Rules, asked: bool
) -> Judged:
    """Limits and labels of one group of a p, u or c chart."""
    chosen = used & counts.known
    count = int(chosen.sum())
    few = _too_few(counts.events[chosen], count, events=True)
    absent = "" if asked and count else few
    line = attribute_charts.centre(counts, used)
    one = attribute_charts.sigma(kind, line, counts.base)
    if not absent and not np.any(one[used] > 0):
        absent = CONSTANT_ABSENT
    ratio = None
    if not absent and kind is not kind.plain:
        ratio = attribute_charts.sigma_ratio(kind, counts, used)
        ratio = ratio if asked else max(1.0, ratio)
        absent = GAPS_ABSENT if np.isnan(ratio) else CONSTANT_ABSENT if ratio == 0 else ""
    if absent:
        return _without_limits(first, len(one), count, absent, few)
    reach = SIGMAS * one * (1.0 if ratio is None else ratio)
    limits = around(np.full((1, 1), line * per), reach[None, :] * per)
    codes, rising = labels(counts.shares[None, :] * per, limits, rules.run_length, rules.trend_length)
    group = ControlGroup(
        first, first + len(one) - 1, count, line * per, None, standing_of(count), few=_asked_words(few),
        sigma_ratio=ratio,
    )  # fmt: skip
    return group, _spread_out(limits, len(one)), codes[0], rising[0]


def _without_limits(first: int, length: int, used: int, absent: str, few: str) -> Judged:
    nothing = np.full((1, length), np.nan)
    none = np.zeros(length, dtype=np.int8)
    standing = TOO_FEW if few else standing_of(used)
    group = ControlGroup(first, first + length - 1, used, None, None, standing, absent)
    return group, Edges(nothing, nothing, nothing, nothing, nothing), none, none


def _too_few(figures: FloatArray, count: int, events: bool) -> str:
    if count < LEAST_POINTS:
        return f"Too few to judge: {counted(count, 'point')}, and limits need {LEAST_POINTS}."
    if events and float(np.median(figures)) < LEAST_MEDIAN_EVENTS:
        return f"Too few to judge: the middle figure is below {LEAST_MEDIAN_EVENTS} events."
    return ""


def _asked_words(few: str) -> str:
    return f"{few} Limits are drawn because this kind of chart was asked for." if few else ""


def _steady(sample: FloatArray, ranges: int, rounding: float) -> str:
    """Why a sample without moving ranges, or with none beyond rounding, has no limits."""
    if float(np.ptp(sample[np.isfinite(sample)])) <= rounding:
        return CONSTANT_ABSENT
    return STEPS_ABSENT if ranges else GAPS_ABSENT


def standing_of(used: int) -> str:
    """What limits from so many points are called: full from 24, provisional from 12, trial below."""
    if used < PROVISIONAL_POINTS:
        return TRIAL
    return PROVISIONAL if used < FULL_POINTS else ""


def _spread_out(limits: Edges, length: int) -> Edges:
    """The same limits with a number for each point."""
    return Edges(*(np.broadcast_to(one, (1, length)) for one in _each(limits)))


def _back(limits: Edges, season: Season, first: int, length: int) -> Edges:
    """Limits of the scale without the season as limits of the figures, which follow the year."""
    return Edges(*(season.back(one[0], first, length)[None, :] for one in _each(limits)))


def _each(limits: Edges) -> tuple[FloatArray, ...]:
    return limits.mean, limits.lower, limits.upper, limits.near_lower, limits.near_upper


def _points(
    part: FloatArray, limits: Edges, codes: np.ndarray, rising: np.ndarray, number: int
) -> Iterable[ControlPoint]:
    columns = [[None if np.isnan(one) else one for one in row[0].tolist()] for row in _each(limits)]
    values = [None if np.isnan(one) else one for one in part.tolist()]
    for at, value in enumerate(values):
        mean, lower, upper, near_lower, near_upper = (column[at] for column in columns)
        signal, direction = CODES[codes[at]], int(rising[at])
        yield ControlPoint(value, mean, lower, upper, near_lower, near_upper, signal, direction, number)
