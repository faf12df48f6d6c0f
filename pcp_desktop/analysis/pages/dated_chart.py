"""The chart of any dated series as it is drawn, with its words; what it shows is reckoned in analysis.dated_chart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from pcp_desktop.analysis.control_chart import ControlPoint
from pcp_desktop.analysis.control_meaning import direction_of
from pcp_desktop.analysis.dated_chart import DatedChart
from pcp_desktop.analysis.dated_series import Spacing
from pcp_desktop.analysis.pages import axes, drawn_limits, signals, wording
from pcp_desktop.analysis.pages.chart_words import unlimited_words
from pcp_desktop.domain.formats import PERCENT, counted, places_for, value_shown
from pcp_desktop.domain.pages import (
    ChartKind,
    ChartMark,
    ChartPoint,
    ChartSeries,
    ChartSpec,
    EndLabel,
    SeriesRole,
    Signal,
    TableSpec,
    Tick,
)
from pcp_desktop.domain.periods import MONTH_NAMES, Period

MOST_TICKS = 10
LONG = timedelta(days=5 * 366)
_CALENDAR = (Spacing.MONTH, Spacing.QUARTER, Spacing.YEAR)


def build(dated: DatedChart) -> ChartSpec:
    """The drawing: one point a period, gaps where there is no figure, limits of each group, the target."""
    unit = PERCENT if dated.percent else ""
    known = [point.value for point in dated.chart.points if point.value is not None]
    limits = drawn_limits.segments(dated.chart, *_bounds(dated))
    target = dated.wanted.target
    drawn: list[float | None] = [*known, *drawn_limits.ends_of(limits), target]
    axis = axes.value_axis(drawn, unit, whole=all(value == int(value) for value in known) and not dated.percent)
    cut = axes.axis_words(axis, unit)
    decimals = _decimals(known)
    name = _name(dated)
    return ChartSpec(
        key="series",
        kind=ChartKind.CONTROL,
        title=title(dated),
        subtitle=f"{_run_words(dated)}, {dated.chart.method}",
        alt=_alternative(dated),
        source=" ".join(f"{words}." for words in (f"Source: {dated.series.file}", cut) if words),
        unit=unit,
        length=len(dated.run.periods),
        series=(ChartSeries(name, SeriesRole.THIS, _points(dated, unit, decimals)),),
        y_low=axis.low,
        y_high=axis.high,
        y_ticks=axis.ticks,
        table=_table(dated, unit, decimals),
        x_ticks=_ticks(dated),
        years=() if _is_long(dated) else axes.year_spans(dated.run.periods),
        limits=limits,
        events=_new_starts(dated),
        end_labels=drawn_limits.end_labels(limits, unit, limit_decimals(dated)),
        reference=None
        if target is None
        else EndLabel(target, f"Target {value_shown(target, unit, _decimals([target]))}"),
    )


def title(dated: DatedChart) -> str:
    """What the last point shows: a rule 1 statement, and the run or trend that it is part of."""
    name, last = _name(dated), dated.chart.last
    if last is None or last.mean is None:
        group = dated.chart.groups[last.group] if last is not None else None
        return wording.fitted(f"{name}: {unlimited_words(group)}", name)
    label = dated.run.periods[_last_place(dated)].label
    note = signals.point_note(last).rstrip(".")
    where = f"{note[0].lower()}{note[1:]}".replace("; ", ", ")
    return wording.fitted(f"{name}: {label} is {where}", f"{name}: {where}", f"{label} is {where}")


def _name(dated: DatedChart) -> str:
    words = dated.series.name.replace("_", " ").replace("-", " ").strip() or dated.series.file
    return wording.upper_first(words)


def _last_place(dated: DatedChart) -> int:
    return max((at for at, point in enumerate(dated.chart.points) if point.value is not None), default=0)


def _run_words(dated: DatedChart) -> str:
    first, last = dated.run.periods[0], dated.run.periods[-1]
    spacing = dated.run.spacing
    each = f"One figure a {spacing.value}" if spacing is not Spacing.DATE else "Figures"
    return f"{each}, {first.label}" if first == last else f"{each}, {first.label} to {last.label}"


def _decimals(values: Sequence[float]) -> int:
    """As many decimal places as show the figures apart: at most two, or what their range needs where it is small."""
    most = max(2, places_for(max(values) - min(values))) if values else 0
    return next((places for places in range(most) if all(round(one, places) == one for one in values)), most)


def limit_decimals(dated: DatedChart) -> int:
    """The decimal places of the mean and the limits: as fine as half the distance between the last ones asks for."""
    ends = [(one.lower, one.upper) for one in dated.chart.points if one.lower is not None and one.upper is not None]
    return places_for((ends[-1][1] - ends[-1][0]) / 2) if ends else 0


def _bounds(dated: DatedChart) -> tuple[float | None, float | None]:
    """What no value can lie below or above: nought where none is negative, and 100%."""
    known = [point.value for point in dated.chart.points if point.value is not None]
    return 0.0 if known and min(known) >= 0 else None, 100.0 if dated.percent else None


def _points(dated: DatedChart, unit: str, decimals: int) -> tuple[ChartPoint, ...]:
    return tuple(
        ChartPoint(
            period=period.label,
            value=point.value,
            shown=value_shown(point.value, unit, decimals) if point.value is not None else "not available",
            note=signals.point_note(point),
            signal=point.signal,
            direction=direction_of(point.rising, dated.wanted.better),
        )
        for period, point in zip(dated.run.periods, dated.chart.points, strict=True)
    )


def _new_starts(dated: DatedChart) -> tuple[ChartMark, ...]:
    """A mark half a step before the first point of each further group."""
    return tuple(ChartMark(group.first - 0.5, "New limits") for group in dated.chart.groups[1:])


def _ticks(dated: DatedChart) -> tuple[Tick, ...]:
    periods = dated.run.periods
    if dated.run.spacing in _CALENDAR:
        return axes.period_ticks(periods)
    step = -(-len(periods) // MOST_TICKS)
    name = _month_of_year if _is_long(dated) else _day
    return tuple(Tick(at, name(periods[at])) for at in range(0, len(periods), step))


def _is_long(dated: DatedChart) -> bool:
    """Whether days or weeks reach over so many years that there is no room to name each below them."""
    first, last = dated.run.periods[0], dated.run.periods[-1]
    return dated.run.spacing not in _CALENDAR and last.end - first.end > LONG


def _month_of_year(period: Period) -> str:
    return f"{MONTH_NAMES[period.end.month][:3]} {period.end.year}"


def _day(period: Period) -> str:
    return f"{period.end.day} {MONTH_NAMES[period.end.month][:3]}"


def _table(dated: DatedChart, unit: str, decimals: int) -> TableSpec:
    rows, finer = [], max(1, limit_decimals(dated))
    for period, point in zip(dated.run.periods, dated.chart.points, strict=True):
        shown = value_shown(point.value, unit, decimals) if point.value is not None else "not available"
        ends = drawn_limits.in_cells(point, *_bounds(dated), finer)
        rows.append((period.label, shown, *ends, signals.signal_name(point)))
    return TableSpec(
        caption=f"{_name(dated)}, {dated.chart.method}",
        columns=("Date", "Value", "Mean", "Lower limit", "Upper limit", "Signal"),
        rows=tuple(rows),
        numeric=(False, True, True, True, True, False),
    )


def _alternative(dated: DatedChart) -> str:
    """Kind and name; how many points between which values; how many signals; the last point."""
    points = [point for point in dated.points if point.value is not None]
    values = [point.value for point in points if point.value is not None]
    text = f"{_name(dated)}: {dated.chart.method}. {_run_words(dated)}."
    if not values:
        return f"{text} No figures."
    decimals = _decimals(values)
    unit = PERCENT if dated.percent else ""
    low, high = (value_shown(value, unit, decimals) for value in (min(values), max(values)))
    return f"{text} {counted(len(values), 'figure')} from {low} to {high}; {_signals(points)}. {title(dated)}."


def _signals(points: Sequence[ControlPoint]) -> str:
    outside = sum(point.signal is Signal.OUTSIDE for point in points)
    other = sum(point.signal not in (Signal.NONE, Signal.OUTSIDE) for point in points)
    return f"{outside or 'none'} outside the limits, {other or 'none'} in a run, a trend or two of three"
