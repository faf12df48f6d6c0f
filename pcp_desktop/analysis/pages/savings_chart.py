"""The savings waterfall: what the plan requires, what is realised of it, and what is still to find."""

from __future__ import annotations

from fractions import Fraction

from pcp_desktop.analysis.pages import axes, chart_words, wording
from pcp_desktop.analysis.pages.subject import Subject, is_running_total
from pcp_desktop.domain.formats import MONEY_MILLION, exact, value_shown
from pcp_desktop.domain.observations import Source
from pcp_desktop.domain.pages import ChartKind, ChartPoint, ChartSeries, ChartSpec, SeriesRole, TableSpec, Tick
from pcp_desktop.domain.status import Status

REQUIRED, REALISED, TO_FIND, BEYOND = "Required", "Realised", "Still to find", "More than required"


def savings_chart(subject: Subject) -> ChartSpec | None:
    """The waterfall of a running total of money against its target; None for other measures and without a figure."""
    measure, latest = subject.measure, subject.latest
    if measure.unit != MONEY_MILLION or measure.target is None or not is_running_total(measure) or latest is None:
        return None
    required, realised = exact(measure.target), latest.exact
    source = latest.sources[0] if len(latest.sources) == 1 else None
    steps = [
        _step(subject, REQUIRED, Fraction(0), required, None),
        _step(subject, REALISED, Fraction(0), realised, source),
        _step(subject, TO_FIND if realised < required else BEYOND, required, realised, None),
    ]
    axis = axes.value_axis([end for step in steps for end in (step.low, step.high)], measure.unit, from_zero=True)
    gap = ChartPoint("", None, "–")
    own = tuple(step if step.period == REALISED else gap for step in steps)
    others = tuple(gap if step.period == REALISED else step for step in steps)
    name = wording.upper_first(wording.in_sentence(measure))
    return ChartSpec(
        key=f"{measure.code}-savings",
        kind=ChartKind.SAVINGS,
        title=_title(subject, steps),
        subtitle=f"{wording.things(measure)}, {latest.period.label}",
        alt=_alternative(subject, steps),
        source=chart_words.source_line(subject, axis),
        unit=measure.unit,
        length=len(steps),
        series=(
            ChartSeries(wording.short_label(measure), SeriesRole.THIS, own),
            ChartSeries("Required and still to find", SeriesRole.PRIOR, others),
        ),
        y_low=axis.low,
        y_high=axis.high,
        y_ticks=axis.ticks,
        table=TableSpec(
            caption=f"{name}: required, realised and still to find",
            columns=("Savings", wording.things(measure)),
            rows=tuple((step.period, step.shown) for step in steps),
            numeric=(False, True),
        ),
        x_ticks=tuple(Tick(place, step.period) for place, step in enumerate(steps)),
    )


def _step(subject: Subject, name: str, start: Fraction, end: Fraction, source: Source | None) -> ChartPoint:
    """One bar from `start` to `end`; its value is its length."""
    low, high = sorted((start, end))
    shown = value_shown(high - low, subject.measure.unit, subject.measure.decimals)
    return ChartPoint(name, float(high - low), shown, source=source, low=float(low), high=float(high))


def _title(subject: Subject, steps: list[ChartPoint]) -> str:
    """What is realised of what is required; of a held measure only that."""
    required, realised, rest = steps
    if subject.held:
        return f"{wording.short_label(subject.measure)}: not for publication"
    if subject.computed.status is Status.TARGET_MET:
        return wording.fitted(f"{realised.shown} of savings, {required.shown} required: {rest.shown} more")
    return wording.fitted(f"{realised.shown} of the {required.shown} required; {rest.shown} still to find")


def _alternative(subject: Subject, steps: list[ChartPoint]) -> str:
    """The text alternative: each bar with its amount, and the status."""
    bars = ", ".join(f"{step.period[0].lower()}{step.period[1:]} {step.shown}" for step in steps)
    return (
        f"Waterfall of {wording.in_sentence(subject.measure)}: {bars}. Status: {chart_words.status_words(subject)}."
    )
