"""Signals of a control chart in words: which points lie outside which limit, and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pcp_desktop.analysis.control_chart import ControlChart, ControlPoint
from pcp_desktop.analysis.control_meaning import Assurance, assurance, last_limits
from pcp_desktop.analysis.pages import wording
from pcp_desktop.analysis.series import Series, is_ratio
from pcp_desktop.domain.formats import number, value_shown
from pcp_desktop.domain.measures import Measure, StatusRule
from pcp_desktop.domain.pages import Signal
from pcp_desktop.domain.periods import Period, PeriodKind

LAST_YEAR_POINTS = {PeriodKind.MONTH: 12, PeriodKind.QUARTER: 4}


def point_note(point: ControlPoint) -> str:
    """A point against its limits, for the hover card; empty where there are no limits."""
    if point.value is None or point.mean is None:
        return ""
    side = "above" if point.rising > 0 else "below"
    return {
        Signal.OUTSIDE: f"{wording.upper_first(side)} the {'upper' if point.rising > 0 else 'lower'} limit.",
        Signal.TREND: f"Within limits; part of a {'rising' if point.rising > 0 else 'falling'} trend.",
        Signal.TWO_OF_THREE: f"Within limits; one of two of three near the limit {side} the mean.",
        Signal.SHIFT: f"Within limits; part of a run {side} the mean.",
        Signal.NONE: "Within limits.",
    }[point.signal]


def signal_name(point: ControlPoint) -> str:
    """A point's label for the twin table."""
    if point.value is None:
        return ""
    side = "above" if point.rising > 0 else "below"
    return {
        Signal.OUTSIDE: "Above upper limit" if point.rising > 0 else "Below lower limit",
        Signal.TREND: "Rising trend" if point.rising > 0 else "Falling trend",
        Signal.TWO_OF_THREE: f"Two of three, {side} mean",
        Signal.SHIFT: f"Run {side} mean",
        Signal.NONE: "",
    }[point.signal]


def _kinds(points: Sequence[ControlPoint]) -> str:
    """How many points have which label, in the order of the rules: "one above the upper limit and two …"."""
    order = list(Signal)
    kinds = Counter(_in_sentence(point) for point in sorted(points, key=lambda point: order.index(point.signal)))
    if len(kinds) == 1:
        return f"{'all ' if len(points) > 1 else ''}{next(iter(kinds))}"
    return wording.listed([f"{wording.in_words(many)} {kind}" for kind, many in kinds.items()])


def _in_sentence(point: ControlPoint) -> str:
    """A point's label after a count: "two above the upper limit", "five in a run below the mean"."""
    side, limit = ("above", "upper") if point.rising > 0 else ("below", "lower")
    return {
        Signal.OUTSIDE: f"{side} the {limit} limit",
        Signal.TREND: f"on a {'rising' if point.rising > 0 else 'falling'} trend",
        Signal.TWO_OF_THREE: f"near the {limit} limit (two of three)",
        Signal.SHIFT: f"in a run {side} the mean",
        Signal.NONE: "",
    }[point.signal]


def outside_words(series: Series, chart: ControlChart) -> str:
    """ "five above the upper limit of 407, October 2013 to February 2014"; then the signals inside the limits."""
    found: list[str] = []
    for rising, name in ((1, "above the upper limit"), (-1, "below the lower limit")):
        places = [place for place, point in enumerate(chart.points) if is_outside(point, rising)]
        if not places:
            continue
        limits = {_limit(chart.points[place], rising) for place in places}
        limit = f" of {limits.pop()}" if len(limits) == 1 else "s" if rising else ""
        found.append(f"{wording.in_words(len(places))} {name}{limit}, {_when(series.periods, places)}")
    return "; ".join([*(found or ["none outside the limits"]), *_inside_words(series, chart)])


def _inside_words(series: Series, chart: ControlChart) -> list[str]:
    """How many points have a signal inside the limits, and when the last of them was; empty without any."""
    places = [at for at, one in enumerate(chart.points) if one.signal not in (Signal.NONE, Signal.OUTSIDE)]
    if not places:
        return []
    last = series.periods[places[-1]].label
    many = wording.in_words(len(places))
    when = f"in {last}" if len(places) == 1 else f"the last in {last}"
    return [f"{many} with a signal inside them, {when}"]


def is_outside(point: ControlPoint, rising: int) -> bool:
    """Whether a point lies outside its limit on one side."""
    return point.signal is Signal.OUTSIDE and point.rising == rising


def sentences(series: Series, chart: ControlChart) -> str:
    """The signals of the last year, then the earlier ones outside the limits, as sentences for Why?."""
    if not chart.limited:
        return " ".join(group.absent for group in chart.groups if group.absent) or "No limits: too few to judge."
    count = LAST_YEAR_POINTS.get(series.frequency, len(chart.points))
    recent = [point for point in chart.points[-count:] if point.signal is not Signal.NONE]
    unit = "quarters" if series.frequency is PeriodKind.QUARTER else "months"
    if recent:
        signal = "signal" if len(recent) == 1 else "signals"
        many = wording.upper_first(wording.in_words(len(recent)))
        first = f"{many} {signal} in the last {wording.in_words(count)} {unit}: {_kinds(recent)}."
    else:
        first = f"No signals in the last {wording.in_words(count)} {unit}."
    return f"{first} Over the whole chart: {outside_words(series, chart)}. {chart.method}; {chart.settings}."


def target_sentence(measure: Measure, chart: ControlChart) -> list[str]:
    """Whether single periods meet a target by the last limits; none of a total, whose target is that of a year."""
    limits = last_limits(chart)
    if measure.status_rule is not StatusRule.AGAINST_TARGET or not is_ratio(measure) or limits is None:
        return []
    found = assurance(chart, measure.target, measure.polarity) if measure.target is not None else None
    if found is None:
        return []
    target, low, high = (value_shown(end or 0.0, measure.unit, measure.decimals) for end in (measure.target, *limits))
    follows = {
        Assurance.HIT_OR_MISS: f"may meet the target of {target} or miss it by chance alone",
        Assurance.PASSES: f"meets the target of {target}",
        Assurance.FAILS: f"misses the target of {target}",
    }[found]
    return [f"At the level of the last limits, {low} to {high}, a figure within them {follows}."]


def _limit(point: ControlPoint, rising: int) -> str:
    """The limit that a point lies outside of, to a whole number (one decimal under 20)."""
    limit = (point.upper if rising > 0 else point.lower) or 0.0
    return limit_shown(limit)


def limit_shown(limit: float, least: int = 0) -> str:
    """A mean or limit as the chart labels it: whole, with one decimal under 20; at `least` so many decimals."""
    return number(limit, max(least, 1 if abs(limit) < 20 else 0))


def _when(periods: Sequence[Period], places: Sequence[int]) -> str:
    """When points lie: one period or two, an unbroken run, or "between … and …"."""
    first, last = periods[places[0]].label, periods[places[-1]].label
    if len(places) == 1:
        return first
    if len(places) == 2:
        return f"{first} and {last}"
    unbroken = places[-1] - places[0] + 1 == len(places)
    return f"{first} to {last}" if unbroken else f"between {first} and {last}"
