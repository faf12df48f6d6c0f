"""The rolling 12-month chart of a series of shorter periods, with the projected totals; it has no control limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pcp_desktop.analysis import comparison
from pcp_desktop.analysis.comparison import Amount
from pcp_desktop.analysis.pages import axes, chart_words, main_charts, wording
from pcp_desktop.analysis.pages.subject import Subject
from pcp_desktop.analysis.projection import Projection
from pcp_desktop.analysis.series import YEAR_MONTHS, Series
from pcp_desktop.domain.formats import value_shown
from pcp_desktop.domain.observations import Marker
from pcp_desktop.domain.pages import (
    ChartKind,
    ChartMark,
    ChartPoint,
    ChartSeries,
    ChartSpec,
    EndLabel,
    SeriesRole,
    TableSpec,
)
from pcp_desktop.domain.periods import Period, twelve_months_to

LEAST_TOTALS = 2
STILL_TO_COME = "Still to come."


def rolling_chart(subject: Subject) -> ChartSpec | None:
    """The totals (ratios, where the base is known) of the 12 months to each period; None for what does not add up.

    A total with a month missing or a break inside is a gap. Every projected total is of 12 months too and stands on
    the same axis, with its interval. Returned rolling figures have their own line and are not drawn again.
    """
    series = subject.series
    if series is None or not comparison.adds_up(series) or series.step >= YEAR_MONTHS:
        return None
    years = [twelve_months_to(one.end.year, one.end.month) for one in series.periods]
    amounts = [_complete(series, year) for year in years]
    known = [place for place, amount in enumerate(amounts) if amount is not None]
    if len(known) < LEAST_TOTALS:
        return None
    first = known[0]
    run = _with_projected(years[first:], subject.projections, series.step)
    points = _points(subject, run, amounts[first:])
    projected = _projected(run, subject.projections)
    return _spec(subject, series, run, points, projected, first)


def _complete(series: Series, year: Period) -> Amount | None:
    """The total of a year, None where a part of it is missing."""
    amount = comparison.total(series, year)
    return amount if amount is not None and amount.complete else None


def _with_projected(years: Sequence[Period], projections: Sequence[Projection], step: int) -> list[Period]:
    """The years drawn, carried on in the same steps to the last projected one."""
    run = list(years)
    last = max((one.period.end for one in projections), default=run[-1].end)
    while run[-1].end < last:
        run.append(run[-1].shifted(step))
    return run


def _points(subject: Subject, run: Sequence[Period], amounts: Sequence[Amount | None]) -> tuple[ChartPoint, ...]:
    """A point for each year of the run: a total, a gap, or still to come."""
    measure = subject.measure
    points = []
    for place, year in enumerate(run):
        amount = amounts[place] if place < len(amounts) else None
        if amount is None:
            note = "Not available." if place < len(amounts) else STILL_TO_COME
            points.append(ChartPoint(year.label, None, main_charts.NOT_AVAILABLE, note))
            continue
        shown = value_shown(amount.exact, measure.unit, measure.decimals)
        note = "Holds provisional figures." if amount.marker is Marker.PROVISIONAL else ""
        points.append(ChartPoint(year.label, amount.value, shown, note))
    return tuple(points)


def _projected(run: Sequence[Period], projections: Sequence[Projection]) -> ChartSeries | None:
    """The projected totals at the ends of their years, None where there are none."""
    by_end = {one.period.end: one for one in projections}
    if not by_end:
        return None
    return ChartSeries("Projected", SeriesRole.PROJECTED, tuple(_ring(year, by_end.get(year.end)) for year in run))


def _ring(year: Period, projection: Projection | None) -> ChartPoint:
    """A projected total with its interval; nothing at other years."""
    if projection is None:
        return ChartPoint(year.label, None, "–")
    value, low, high = projection.shown
    note = f"Projected, 80% interval {low} to {high}."
    return ChartPoint(
        projection.period.label, projection.value, value, note, low=projection.low, high=projection.high
    )


def _spec(
    subject: Subject,
    series: Series,
    run: Sequence[Period],
    points: tuple[ChartPoint, ...],
    projected: ChartSeries | None,
    first: int,
) -> ChartSpec:
    """The chart of totals from position `first` of the series on."""
    measure = subject.measure
    rings = [point for point in projected.points if point.value is not None] if projected is not None else []
    reference = main_charts.reference_line(subject)
    drawn = [point.value for point in points]
    drawn += [end for ring in rings for end in (ring.value, ring.low, ring.high)]
    drawn += [reference.value] if reference is not None else []
    axis = axes.value_axis(drawn, measure.unit)
    last = [point for point in points if point.value is not None][-1]
    cuts = _moved(main_charts.breaks(series), first)
    marks = _moved(main_charts.events(subject, series), first)
    lines = (ChartSeries(wording.short_label(measure), SeriesRole.THIS, points),)
    labels = [EndLabel(last.value or 0.0, last.shown, strong=True, role=SeriesRole.THIS)]
    labels += [
        EndLabel(ring.value or 0.0, f"{ring.period} projected {ring.shown}", role=SeriesRole.PROJECTED)
        for ring in rings
    ]
    return ChartSpec(
        key=f"{measure.code}-rolling",
        kind=ChartKind.ROLLING,
        title=chart_words.line_title(subject),
        subtitle=_subtitle(subject, run, rings),
        alt=_alternative(subject, points, rings, (*cuts, *marks)),
        source=chart_words.source_line(subject, axis),
        unit=measure.unit,
        length=len(run),
        series=lines if projected is None else (*lines, projected),
        y_low=axis.low,
        y_high=axis.high,
        y_ticks=axis.ticks,
        table=_table(subject, points, rings),
        x_ticks=axes.period_ticks(run),
        years=axes.year_spans(run),
        breaks=cuts,
        events=marks,
        end_labels=tuple(labels),
        reference=reference,
    )


def _moved(marks: Sequence[ChartMark], first: int) -> tuple[ChartMark, ...]:
    """The marks from position `first` on, counted from there."""
    return tuple(replace(mark, position=mark.position - first) for mark in marks if mark.position >= first - 0.5)


def _subtitle(subject: Subject, run: Sequence[Period], rings: Sequence[ChartPoint]) -> str:
    """What is drawn, and why it has no limits."""
    projected = "; projected totals with their 80% intervals" if rings else ""
    words = f"{wording.things(subject.measure)}, 12 months to each date, {wording.run_words(run[0], run[-1])}"
    return f"{words}, without limits{projected}"


def _alternative(
    subject: Subject, points: Sequence[ChartPoint], rings: Sequence[ChartPoint], marks: Sequence[ChartMark]
) -> str:
    """The text alternative: level and change, range of the totals, gaps, what is projected and marked, status."""
    known = [point for point in points if point.value is not None]
    low, high = (pick(known, key=lambda point: point.value or 0.0) for pick in (min, max))
    name = wording.in_sentence(subject.measure)
    said = [
        f"Line of {name}, 12 months to each date, without limits",
        chart_words.level_words(subject),
        f"From {low.shown} ({low.period}) to {high.shown} ({high.period})",
        chart_words.gap_words([point.value for point in points if point.note != STILL_TO_COME]),
        *(f"{ring.period}: {ring.shown}. {ring.note}".rstrip(".") for ring in rings),
        chart_words.marks_words(marks, [point.period for point in points]),
        f"Status: {chart_words.status_words(subject)}",
    ]
    return f"{'. '.join(words for words in said if words)}."


def _table(subject: Subject, points: Sequence[ChartPoint], rings: Sequence[ChartPoint]) -> TableSpec:
    """The twin table: totals, then projected totals with their intervals."""
    totals = [(point.period, point.shown, "–") for point in points if point.note != STILL_TO_COME]
    projected = [
        (f"{one.period.label}, projected", one.shown[0], " to ".join(one.shown[1:])) for one in subject.projections
    ]
    columns = ("Period", wording.things(subject.measure), "80% interval")
    width = len(columns) if rings else len(columns) - 1
    return TableSpec(
        caption=f"{wording.upper_first(wording.in_sentence(subject.measure))}, 12 months to each date",
        columns=columns[:width],
        rows=tuple(row[:width] for row in (*totals, *projected)),
        numeric=(False, True, True)[:width],
    )
