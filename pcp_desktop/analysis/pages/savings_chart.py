"""The savings waterfall: what the plan requires, what is realised and identified of it, and what is still to find."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import accumulate

from pcp_desktop.analysis.comparison import Amount
from pcp_desktop.analysis.pages import axes, chart_words, wording
from pcp_desktop.analysis.pages.subject import Gathered, Subject, is_running_total
from pcp_desktop.domain.formats import MONEY_MILLION, exact, value_shown
from pcp_desktop.domain.observations import Source
from pcp_desktop.domain.pages import ChartKind, ChartPoint, ChartSeries, ChartSpec, SeriesRole, TableSpec, Tick

REQUIRED, REALISED, TO_FIND, BEYOND = "Required", "Realised", "Still to find", "More than required"


def savings_chart(gathered: Gathered, subject: Subject) -> ChartSpec | None:
    """The waterfall of a running total of money against its target; None for other measures and without a figure.

    Where its `parts` are held, each is a bar that begins where the one before it ends; the last bar is what lies
    between the total and what is required.
    """
    measure, latest = subject.measure, subject.latest
    if not _is_amount(subject) or measure.target is None or latest is None:
        return None
    of_total = parts(gathered, subject)
    required, realised = exact(measure.target), latest.exact
    own = list(_bars(subject, latest, of_total))
    rest = _step(subject, TO_FIND if realised < required else BEYOND, required, realised)
    needed = _step(subject, REQUIRED, Fraction(0), required)
    steps = [needed, *own, rest]
    axis = axes.value_axis([end for step in steps for end in (step.low, step.high)], measure.unit, from_zero=True)
    gap = ChartPoint("", None, "–")
    name = wording.upper_first(wording.in_sentence(measure))
    return ChartSpec(
        key=f"{measure.code}-savings",
        kind=ChartKind.SAVINGS,
        title=_title(subject, steps),
        subtitle=f"{wording.things(measure)}, {latest.period.label}",
        alt=_alternative(subject, steps),
        source=chart_words.source_line(subject, axis, [one.source for one in own if one.source is not None]),
        unit=measure.unit,
        length=len(steps),
        series=(
            ChartSeries(wording.short_label(measure), SeriesRole.THIS, (gap, *own, gap)),
            ChartSeries("Required and still to find", SeriesRole.PRIOR, (needed, *[gap] * len(own), rest)),
        ),
        y_low=axis.low,
        y_high=axis.high,
        y_ticks=axis.ticks,
        table=TableSpec(
            caption=f"{name}: required, {'its parts' if of_total else 'realised'} and still to find",
            columns=("Savings", wording.things(measure)),
            rows=tuple((step.period, step.shown) for step in steps),
            numeric=(False, True),
        ),
        x_ticks=tuple(Tick(place, step.period) for place, step in enumerate(steps)),
    )


def parts(gathered: Gathered, subject: Subject) -> tuple[Subject, ...]:
    """The measures that a running total of money is made up of, in the plan's order; else none.

    They are of the same span, may be shown as the total may, and add up to it as printed: otherwise one is missing.
    """
    latest, measure = subject.latest, subject.measure
    if latest is None or measure.target is None or not _is_amount(subject):
        return ()
    own = [one for one in gathered.measures_of(measure.priority) if one.part_of == measure.code]
    found = tuple(
        one
        for one in map(gathered.subject, own)
        if one.clearance.state is subject.clearance.state
        and one.latest is not None
        and one.latest.period == latest.period
    )
    short = latest.exact - sum((one.latest.exact for one in found if one.latest is not None), Fraction(0))
    return found if abs(short) * 10**measure.decimals <= Fraction(len(found), 2) else ()


def _is_amount(subject: Subject) -> bool:
    """Whether a subject is a running total of money."""
    return subject.measure.unit == MONEY_MILLION and is_running_total(subject.measure)


def _bars(subject: Subject, latest: Amount, of_total: Sequence[Subject]) -> Iterator[ChartPoint]:
    """A bar for each part of a total, one after the other; one for the whole where its parts are not known."""
    amounts = [one.latest for one in of_total if one.latest is not None] or [latest]
    names = [one.measure.name for one in of_total] or [REALISED]
    ends = list(accumulate(amount.exact for amount in amounts))
    for name, amount, end in zip(names, amounts, ends, strict=True):
        source = amount.sources[0] if len(amount.sources) == 1 else None
        yield _step(subject, name, end - amount.exact, end, source)


def _step(subject: Subject, name: str, start: Fraction, end: Fraction, source: Source | None = None) -> ChartPoint:
    """One bar from `start` to `end`; its value is its length."""
    low, high = sorted((start, end))
    shown = value_shown(high - low, subject.measure.unit, subject.measure.decimals)
    return ChartPoint(name, float(high - low), shown, source=source, low=float(low), high=float(high))


def _title(subject: Subject, steps: Sequence[ChartPoint]) -> str:
    """What there is of what is required, part by part, and what is left; of a held measure only that."""
    required, *own, rest = steps
    if subject.held:
        return f"{wording.short_label(subject.measure)}: not for publication"
    total, more = own[0].shown, rest.period == BEYOND
    if len(own) > 1:
        said = wording.listed([f"{one.shown} {_without_savings(one.period)}" for one in own])
        left = f"{rest.shown} {'more than required' if more else 'still to find'}"
        return wording.fitted(f"{said}: {left}", left)
    if more:
        return wording.fitted(f"{total} of savings, {required.shown} required: {rest.shown} more")
    return wording.fitted(f"{total} of the {required.shown} required; {rest.shown} still to find")


def _without_savings(name: str) -> str:
    """The name of a part after its amount: "Savings realised to date" is "realised to date"."""
    return wording.lower_first(name).removeprefix("savings ")


def _alternative(subject: Subject, steps: Sequence[ChartPoint]) -> str:
    """The text alternative: each bar with its amount, and the status."""
    bars = ", ".join(f"{wording.lower_first(step.period)} {step.shown}" for step in steps)
    return (
        f"Waterfall of {wording.in_sentence(subject.measure)}: {bars}. Status: {chart_words.status_words(subject)}."
    )
