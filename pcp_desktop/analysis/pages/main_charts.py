"""The main chart of a measure: a control chart where limits are allowed, otherwise a line or progress on a target."""

from __future__ import annotations

from dataclasses import replace

from pcp_desktop.analysis import intervals
from pcp_desktop.analysis.control_chart import ControlPoint
from pcp_desktop.analysis.control_meaning import direction_of
from pcp_desktop.analysis.measure_chart import baseline_of, limits_positions, new_levels
from pcp_desktop.analysis.pages import axes, chart_words, drawn_limits, signals, wording
from pcp_desktop.analysis.pages.subject import Subject, value_at
from pcp_desktop.analysis.series import Series, is_ratio
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.formats import PERCENT, value_shown
from pcp_desktop.domain.judgements import ChosenLimits, LimitsOrigin
from pcp_desktop.domain.measures import Kind, Measure, StatusRule
from pcp_desktop.domain.observations import Marker
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

LEAST_POINTS = 4
NOT_AVAILABLE = "not available"
_MARKER_WORDS = {
    Marker.PROVISIONAL: "Provisional.",
    Marker.REVISED: "Revised.",
    Marker.SUPPRESSED: "Not shown, so that small numbers cannot be found out.",
    Marker.NOT_AVAILABLE: "Not available.",
    Marker.NOT_APPLICABLE: "Not applicable.",
}


def main_chart(subject: Subject) -> ChartSpec | None:
    """The main chart, or None where `absent_words` says why there is none."""
    series = subject.series
    least = LEAST_POINTS if subject.has_baseline_column or target_line(subject.measure) is None else 1
    if series is None or sum(1 for value in series.values if value is not None) < least:
        return None
    if subject.chart is not None:
        return _control(subject, series)
    return _line(subject, series)


def trial_chart(subject: Subject, wanted: ChosenLimits) -> ChartSpec | None:
    """The control chart with limits from other points, marked as a trial; None without a control chart."""
    tried = replace(subject, facts=replace(subject.facts, limits=(*_without_baseline(subject), wanted)))
    if tried.series is None or tried.chart is None:
        return None
    title = f"Trial: limits from {wanted.words}. Nothing is kept until you confirm"
    return replace(_control(tried, tried.series), title=title)


def _without_baseline(subject: Subject) -> list[ChosenLimits]:
    """The chosen limits of the subject but for its baseline, which a trial stands in for."""
    return [one for one in subject.chosen_limits if one.origin is not LimitsOrigin.BASELINE]


def absent_words(subject: Subject) -> str:
    """Why a measure has no main chart, in one sentence; empty where it has one."""
    if not subject.shown:
        return f"{wording.not_published(subject.clearance)}."
    if subject.measure.kind is Kind.TEXT:
        return "This measure is reported in words." if subject.narrative else "No text has been received."
    series = subject.series
    known = 0 if series is None else sum(1 for value in series.values if value is not None)
    if known >= LEAST_POINTS:
        return ""
    if subject.protected:
        return subject.assessment.reason
    if subject.measure.sensitive and subject.audience is Audience.PUBLIC:
        return "Published as totals of financial years only, so that small numbers cannot point to a person."
    if subject.missing_parts and subject.latest is None:
        return subject.assessment.reason
    if not known:
        return "No figure has been received."
    return f"Only {known} {'value has' if known == 1 else 'values have'} been received: too few for a chart."


# ---------------------------------------------------------------- control chart


def _control(subject: Subject, series: Series) -> ChartSpec:
    """The control chart (a run chart where limits are absent)."""
    chart, measure = subject.chart, subject.measure
    if chart is None:
        raise ValueError("a control chart was asked for where none is allowed")
    limits = drawn_limits.segments(chart, ceiling=_ceiling(measure))
    reference = target_line(measure) if is_ratio(measure) else None  # a year's total is no target of a month
    drawn = [*series.values, *drawn_limits.ends_of(limits), *([reference.value] if reference is not None else [])]
    axis = axes.value_axis(drawn, measure.unit, whole=False if measure.decimals else None)
    notes = [signals.point_note(point) for point in chart.points]
    return ChartSpec(
        key=f"{measure.code}-control",
        kind=ChartKind.CONTROL,
        title=chart_words.control_title(subject),
        subtitle=chart_words.control_subtitle(subject),
        alt=chart_words.alternative(subject, _kind_words(subject), (*breaks(series), *events(subject, series))),
        source=chart_words.source_line(subject, axis),
        unit=measure.unit,
        length=len(series.periods),
        series=_by_segment(subject, series, notes, chart.points),
        y_low=axis.low,
        y_high=axis.high,
        y_ticks=axis.ticks,
        table=_control_table(subject, series),
        x_ticks=axes.period_ticks(series.periods),
        years=axes.year_spans(series.periods),
        limits=limits,
        baseline=_baseline_band(subject, series),
        breaks=breaks(series),
        events=events(subject, series),
        end_labels=drawn_limits.end_labels(limits, measure.unit),
        reference=reference,
        days=tuple((period.start, period.end) for period in series.periods),
    )


def _ceiling(measure: Measure) -> float | None:
    """What no value can be above."""
    return 100.0 if measure.unit == PERCENT else None


def _kind_words(subject: Subject) -> str:
    """What the chart is: a run chart where there are too few figures for limits."""
    limited = subject.chart is not None and subject.chart.limited
    return "Control chart of" if limited else "Run chart without limits, too few to judge, of"


def _control_table(subject: Subject, series: Series) -> TableSpec:
    """The twin table of a control chart."""
    chart, measure = subject.chart, subject.measure
    points = chart.points if chart is not None else ()
    rows = []
    for place, point in enumerate(points):
        limits = drawn_limits.in_cells(point, ceiling=_ceiling(measure))
        sign = _sign(series, place)
        value = _shown(series, place)
        label = f"{series.periods[place].label} {sign}".strip()
        rows.append((label, value, *limits, signals.signal_name(point)))
    return TableSpec(
        caption=chart_words.alternative(subject, _kind_words(subject)).split(". ")[0],
        columns=("Period", wording.things(measure), "Mean", "Lower limit", "Upper limit", "Signal"),
        rows=tuple(rows),
        numeric=(False, True, True, True, True, False),
    )


# ---------------------------------------------------------------- line and target


def _line(subject: Subject, series: Series) -> ChartSpec:
    """A line with 95% intervals where the base is known, and the baseline or the target as its reference."""
    measure = subject.measure
    target = target_line(measure) is not None
    bands = _bands(series)
    reference = reference_line(subject)
    drawn: list[float | None] = [*series.values]
    drawn += [end for band in bands if band is not None for end in band]
    drawn += [reference.value] if reference is not None else []
    axis = axes.value_axis(
        drawn, measure.unit, from_zero=measure.kind is Kind.MONEY, whole=False if measure.decimals else None
    )
    notes = [
        "" if band is None else f"95% interval {chart_words.interval_shown(band, measure.unit)}." for band in bands
    ]
    kind = ChartKind.TARGET if target else ChartKind.ROLLING if series.rolling else ChartKind.LINE
    names = {ChartKind.TARGET: "Progress towards the target for", ChartKind.ROLLING: "Rolling 12-month line of"}
    last = series.last_known
    run = wording.run_words(series.periods[0], series.periods[-1]) if len(series.periods) > 1 else _label(series, 0)
    interval = ", 95% interval" if any(band is not None for band in bands) else ""
    return ChartSpec(
        key=f"{measure.code}-{'target' if target else 'line'}",
        kind=kind,
        title=chart_words.line_title(subject),
        subtitle=f"{chart_words.what_is_drawn(subject)}, {run}{interval}",
        alt=chart_words.alternative(
            subject, names.get(kind, "Line chart of"), (*breaks(series), *events(subject, series))
        ),
        source=chart_words.source_line(subject, axis),
        unit=measure.unit,
        length=len(series.periods),
        series=_by_segment(subject, series, notes, None, bands),
        y_low=axis.low,
        y_high=axis.high,
        y_ticks=axis.ticks,
        table=_line_table(subject, series, bands),
        x_ticks=axes.period_ticks(series.periods) if len(series.periods) > 1 else (Tick(0, _label(series, 0)),),
        years=axes.year_spans(series.periods) if len(series.periods) > 1 else (),
        breaks=breaks(series),
        events=events(subject, series),
        end_labels=() if last is None else (_last_label(subject, series, last),),
        reference=reference,
    )


def _last_label(subject: Subject, series: Series, last: int) -> EndLabel:
    """The latest value at the end of its line."""
    value = series.values[last] or 0.0
    shown = value_shown(value, subject.measure.unit, subject.measure.decimals)
    return EndLabel(value, shown, strong=True, role=SeriesRole.THIS)


def _bands(series: Series) -> list[tuple[float, float] | None]:
    """Wilson's 95% interval of each point in percent, None where the base is not known."""
    if series.numerators is None or series.denominators is None:
        return [None] * len(series.values)
    found: list[tuple[float, float] | None] = []
    for events, base in zip(series.numerators, series.denominators, strict=True):
        if events is None or not base:
            found.append(None)
            continue
        low, high = intervals.wilson(events, base)
        found.append((low * 100, high * 100))
    return found


def reference_line(subject: Subject) -> EndLabel | None:
    """The target, or the baseline where it can be compared with the latest value."""
    measure, baseline = subject.measure, subject.baseline
    target = target_line(measure)
    if target is not None:
        return target
    if baseline is None or subject.series is None or subject.series.breaks:
        return None
    shown = value_shown(baseline.exact, measure.unit, measure.decimals)
    return EndLabel(baseline.value, f"{subject.facts.plan.baseline.label} {shown}")


def target_line(measure: Measure) -> EndLabel | None:
    """The target of a measure that is held against one."""
    if measure.status_rule is not StatusRule.AGAINST_TARGET or measure.target is None:
        return None
    return EndLabel(measure.target, f"Target {value_shown(measure.target, measure.unit, measure.decimals)}")


def _line_table(subject: Subject, series: Series, bands: list[tuple[float, float] | None]) -> TableSpec:
    """The twin table of a line."""
    measure = subject.measure
    with_bands = any(band is not None for band in bands)
    rows = []
    for place in range(len(series.periods)):
        label = f"{_label(series, place)} {_sign(series, place)}".strip()
        row = [label, _shown(series, place)]
        if with_bands:
            band = bands[place]
            row.append("–" if band is None else chart_words.interval_shown(band, measure.unit))
        rows.append(tuple(row))
    columns = ("Period", wording.things(measure), "95% interval")
    return TableSpec(
        caption=f"{wording.upper_first(wording.in_sentence(measure))}, by period",
        columns=columns if with_bands else columns[:2],
        rows=tuple(rows),
        numeric=(False, True, True) if with_bands else (False, True),
    )


# ---------------------------------------------------------------- parts that both share


def _label(series: Series, place: int) -> str:
    """A period's name; a running total goes by the span that it was stated for."""
    return (series.entries[place].stated or series.periods[place]).label


def _sign(series: Series, place: int) -> str:
    """The marker of a period as papers print it; empty where nothing was received."""
    marker = series.entries[place].marker
    return marker.sign if marker is not None else ""


def _shown(series: Series, place: int) -> str:
    """A value as it is printed; a missing one is "not available", a suppressed one its marker, never nought."""
    value = value_at(series, place)
    if value is not None:
        return value_shown(value, series.measure.unit, series.measure.decimals)
    marker = series.entries[place].marker
    return marker.sign if marker in (Marker.SUPPRESSED, Marker.NOT_APPLICABLE) else NOT_AVAILABLE


def _marker_words(series: Series, place: int) -> str:
    """The marker of a period as a sentence for the hover card."""
    marker = series.entries[place].marker
    return _MARKER_WORDS.get(marker, "") if marker is not None else ""


def _by_segment(
    subject: Subject,
    series: Series,
    notes: list[str],
    judged: tuple[ControlPoint, ...] | None,
    bands: list[tuple[float, float] | None] | None = None,
) -> tuple[ChartSeries, ...]:
    """The line in force first, then those before each break; each is as long as the chart, with gaps elsewhere."""
    name = wording.short_label(subject.measure)
    points = [
        _point(series, place, notes[place], judged[place] if judged else None, bands[place] if bands else None)
        for place in range(len(series.periods))
    ]
    segments = series.segments or ((0, len(points) - 1),)
    lines = []
    for number_of, (first, last) in enumerate(reversed(segments)):
        role = SeriesRole.THIS if number_of == 0 else SeriesRole.PRIOR
        own = tuple(
            point if first <= place <= last else ChartPoint(point.period, None, "–")
            for place, point in enumerate(points)
        )
        lines.append(ChartSeries(name if number_of == 0 else f"{name}, before the break", role, own))
    return tuple(lines)


def _point(
    series: Series,
    place: int,
    note: str,
    judged: ControlPoint | None,
    band: tuple[float, float] | None,
) -> ChartPoint:
    """One point with what a reader of the chart may ask of it; one that is made of several workbooks has no cell."""
    words = [_marker_words(series, place), note]
    value, sources = value_at(series, place), series.entries[place].sources
    one_sheet = len({(source.file, source.sheet) for source in sources}) == 1
    return ChartPoint(
        period=_label(series, place),
        value=value,
        shown=_shown(series, place),
        note=" ".join(word for word in words if word) or ("" if value is not None else "Not available."),
        source=sources[0] if one_sheet else None,
        signal=judged.signal if judged is not None else Signal.NONE,
        direction=direction_of(judged.rising if judged is not None else 0, series.measure.polarity),
        low=band[0] if band is not None else None,
        high=band[1] if band is not None else None,
    )


def _baseline_band(subject: Subject, series: Series) -> tuple[int, int, str] | None:
    """The positions of the baseline with its label, where the limits come from it."""
    year = subject.facts.plan.baseline
    baseline = baseline_of(series, year, subject.chosen_limits)
    places = limits_positions(series, year, subject.chosen_limits)
    name = "Baseline year" if baseline == year else "Limits from"
    return (places[0], places[-1], f"{name} {baseline.label}") if places else None


def breaks(series: Series) -> tuple[ChartMark, ...]:
    """A mark half a step before the first period of each new segment."""
    marks = []
    for first, _last in series.segments[1:]:
        begun = [one for one in series.breaks if one.first_day <= series.periods[first].end]
        note = max(begun, key=lambda one: one.first_day).note if begun else "the series changes here"
        marks.append(ChartMark(first - 0.5, f"Break: {note}"))
    return tuple(marks)


def events(subject: Subject, series: Series) -> tuple[ChartMark, ...]:
    """The events of this measure at the period that ends in their month or holds them, and its chosen new levels."""
    code = subject.measure.code
    marks = []
    for event in subject.facts.events:
        if event.measures and code not in event.measures:
            continue
        place = next((at for at, one in enumerate(series.periods) if event.day <= one.end), None)
        if place is not None and event.day >= series.periods[0].start:
            marks.append(ChartMark(float(place), event.label))
    if subject.chart is not None:
        levels = new_levels(series, subject.chosen_limits)
        marks += [ChartMark(start - 0.5, f"New level: {one.reason.rstrip('.')}") for start, one in levels]
    return tuple(sorted(marks, key=lambda mark: mark.position))
