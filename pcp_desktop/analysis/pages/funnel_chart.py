"""The funnel chart: the forces of the group by rate and population, within limits that are wider for small ones."""

from __future__ import annotations

from pcp_desktop.analysis.funnel import ALARM, WARNING, Funnel, Standing
from pcp_desktop.analysis.pages import axes, small_charts, wording
from pcp_desktop.analysis.pages.subject import Subject
from pcp_desktop.analysis.position import ForceRate, Position
from pcp_desktop.domain.formats import PERCENT, number, ordinal
from pcp_desktop.domain.pages import (
    ChartKind,
    ChartPoint,
    ChartSeries,
    ChartSpec,
    EndLabel,
    LimitSegment,
    SeriesRole,
    Signal,
    TableSpec,
    Tick,
)

STEPS = 60
BELOW, ABOVE = 0.85, 1.1  # how far the axis reaches beyond the smallest and the largest exposure
_OUTSIDE = (Standing.HIGH, Standing.LOW, Standing.FAR_HIGH, Standing.FAR_LOW)


def funnel_chart(subject: Subject) -> ChartSpec | None:
    """The group's funnel at the period of the position; None without one (a base not known, too few forces)."""
    found = subject.position
    if found is None or found.funnel is None:
        return None
    measure, shown = subject.measure, small_charts.rates_shown(found)
    forces = sorted(zip(found.rates, shown, strict=True), key=lambda one: _exposure(one[0]))
    low, high = BELOW * _exposure(forces[0][0]), ABOVE * _exposure(forces[-1][0])
    limits = tuple(_limits(found, found.funnel, low, high, level) for level in (ALARM, WARNING))
    points = [_point(found.funnel, rate, text, _place(_exposure(rate), low, high)) for rate, text in forces]
    drawn = [point.value for point in points]
    drawn += [end for one in limits for ends in one.varying if ends is not None for end in ends]
    unit = small_charts.rate_unit(subject)
    axis = axes.value_axis(drawn, unit, whole=False)
    across = axes.value_axis((low, high), "people")
    gap = ChartPoint("", None, "–")
    own = tuple(point if rate.own else gap for point, (rate, _) in zip(points, forces, strict=True))
    others = tuple(gap if rate.own else point for point, (rate, _) in zip(points, forces, strict=True))
    base = "answers" if found.funnel.proportion else "people"
    what = f"{small_charts.rate_words(subject, found)}; across, the number of {base}"
    return ChartSpec(
        key=f"{measure.code}-funnel",
        kind=ChartKind.FUNNEL,
        title=_title(subject, found),
        subtitle=f"{what}; 95% and 99.8% limits{_allowance(found.funnel)}",
        alt=_alternative(subject, found, points, limits[0].mean),
        source=f"{small_charts.peer_source(subject, found)} {axes.axis_words(axis, unit)}".strip(),
        unit=unit,
        length=STEPS + 1,
        series=(
            ChartSeries(subject.facts.plan.force, SeriesRole.THIS, own),
            ChartSeries("Most similar group", SeriesRole.PEER, others),
        ),
        y_low=axis.low,
        y_high=axis.high,
        y_ticks=axis.ticks,
        table=_table(subject, found, forces, base),
        x_ticks=tuple(
            Tick(_place(tick.position, low, high), tick.text) for tick in across.ticks if low <= tick.position <= high
        ),
        limits=limits,
        end_labels=_labels(limits),
    )


def _exposure(rate: ForceRate) -> float:
    """The people (or answers) behind a rate; a position with a funnel knows them for every force."""
    if rate.base is None:
        raise ValueError(f"the base of {rate.force} is not known")
    return float(rate.base)


def _place(exposure: float, low: float, high: float) -> float:
    """Where an exposure stands on the x axis from 0 to STEPS."""
    return STEPS * (exposure - low) / (high - low)


def _limits(found: Position, funnel: Funnel, low: float, high: float, level: float) -> LimitSegment:
    """A pair of limits over the whole axis, around the group's own rate."""
    centre = found.per * funnel.centre
    ends = [funnel.limits(low + (high - low) * step / STEPS, level) for step in range(STEPS + 1)]
    varying = tuple((found.per * lower, centre, found.per * upper) for lower, upper in ends)
    return LimitSegment(0, STEPS, centre, varying[-1][0], varying[-1][2], varying=varying)


def _point(funnel: Funnel, rate: ForceRate, shown: str, at: float) -> ChartPoint:
    """A force; one outside the limits is a diamond, in neither colour: the position says what is good."""
    standing = funnel.standing(float(rate.events or 0), _exposure(rate))
    return ChartPoint(
        rate.force,
        rate.rate,
        shown,
        note=f"{wording.upper_first(standing.value)}.",
        source=next(iter(rate.sources), None),
        signal=Signal.OUTSIDE if standing in _OUTSIDE else Signal.NONE,
        at=at,
    )


def _labels(limits: tuple[LimitSegment, ...]) -> tuple[EndLabel, ...]:
    """The group's rate and the upper limits at their right ends."""
    outer, inner = limits
    names = [EndLabel(outer.upper, "99.8% limit"), EndLabel(inner.upper, "95% limit")]
    return (*names, EndLabel(inner.mean, f"Group {number(inner.mean, 1)}", strong=True))


def _title(subject: Subject, found: Position) -> str:
    """Where the own force lies to the limits, with its rank."""
    rank = f"{ordinal(found.rank, found.tied)} of {found.of}"
    standing = found.standing.value if found.standing is not None else "in the most similar group"
    name = wording.short_label(subject.measure)
    return wording.fitted(f"{name}: {standing}; {rank}", f"{wording.upper_first(standing)}; {rank}")


def _allowance(funnel: Funnel) -> str:
    """What the limits allow for beyond chance."""
    return ", allowing for how forces differ" if funnel.overdispersed else ""


def _alternative(subject: Subject, found: Position, points: list[ChartPoint], group: float) -> str:
    """The text alternative: the group's rate, the own force's standing, and those outside the limits."""
    outside = [
        f"{one.period} {one.shown}, {one.note[0].lower()}{one.note[1:-1]}"
        for one in points
        if one.signal != Signal.NONE
    ]
    beyond = "; ".join(outside) if outside else "none"
    own, per = found.own, small_charts.rate_unit(subject)
    unit = "%" if per == PERCENT else f" {per}"
    name = wording.in_sentence(subject.measure)
    return (
        f"Funnel of {wording.divided(name, 'force')}, {found.period.label}. {subject.facts.plan.force}"
        f" is {small_charts.standing_words(found)}{ordinal(found.rank, found.tied)} of {found.of}"
        f" with {number(own.rate, 1)}{unit}; the group’s rate is {number(group, 1)}{unit}."
        f" Outside the 95% limits: {beyond}."
    )


def _table(subject: Subject, found: Position, forces: list[tuple[ForceRate, str]], base: str) -> TableSpec:
    """The twin table: each force with its base, rate, 95% limits and standing, in the order of the axis."""
    funnel = found.funnel
    rows = []
    for rate, shown in forces:
        if funnel is None:
            break
        lower, upper = (number(found.per * end, 1) for end in funnel.limits(_exposure(rate)))
        standing = funnel.standing(float(rate.events or 0), _exposure(rate))
        rows.append(
            (rate.force, number(_exposure(rate)), shown, f"{lower} to {upper}", wording.upper_first(standing.value))
        )
    name = wording.divided(wording.in_sentence(subject.measure), "force")
    return TableSpec(
        caption=f"{wording.upper_first(name)}, {found.period.label}",
        columns=("Force", wording.upper_first(base), "Rate", "95% limits", "Standing"),
        rows=tuple(rows),
        numeric=(False, True, True, True, False),
        strong_rows=tuple(at for at, (rate, _) in enumerate(forces) if rate.own),
    )
