"""The small charts beside the main one: year on year by month, the most similar group, the parts of the area."""

from __future__ import annotations

from collections.abc import Sequence

from pcp_desktop.analysis import comparison
from pcp_desktop.analysis.pages import axes, chart_words, illustrative, rows, savings_chart, wording
from pcp_desktop.analysis.pages.subject import Gathered, Subject, value_at
from pcp_desktop.analysis.position import Position
from pcp_desktop.analysis.series import Series
from pcp_desktop.domain.formats import PERCENT, number, ordinal, value_shown
from pcp_desktop.domain.measures import Kind
from pcp_desktop.domain.observations import Marker
from pcp_desktop.domain.pages import (
    NO_FIGURE,
    ChartKind,
    ChartPoint,
    ChartSeries,
    ChartSpec,
    EndLabel,
    Figure,
    SeriesRole,
    TableSpec,
    Tick,
)
from pcp_desktop.domain.periods import (
    FINANCIAL_YEAR_FIRST_MONTH,
    MONTH_NAMES,
    PeriodKind,
    financial_year_label,
    financial_year_start,
)

MOST_YEARS = 4
SUPPRESSED = Marker.SUPPRESSED.sign
_MONTHS = tuple(MONTH_NAMES[(FINANCIAL_YEAR_FIRST_MONTH - 1 + place) % 12 + 1] for place in range(12))


def small_charts(gathered: Gathered, subject: Subject) -> tuple[ChartSpec, ...]:
    """The small charts that a subject's figures allow, in the order they are shown."""
    savings = savings_chart.savings_chart(gathered, subject)
    found = (year_on_year(subject), peers(subject), by_area(gathered, subject), savings)
    return tuple(chart for chart in found if chart is not None)


# ---------------------------------------------------------------- year on year


def year_on_year(subject: Subject) -> ChartSpec | None:
    """This financial year by month over the years before; None for anything but monthly counts of two years."""
    series, measure = subject.series, subject.measure
    if series is None or series.frequency is not PeriodKind.MONTH or series.rolling or measure.kind is not Kind.COUNT:
        return None
    years = _years(series)
    if len(years) < 2:
        return None
    axis = axes.value_axis([point.value for _label, points in years for point in points], measure.unit)
    lines = tuple(ChartSeries(label, _role(back), points) for back, (label, points) in enumerate(reversed(years)))
    return ChartSpec(
        key=f"{measure.code}-years",
        kind=ChartKind.YEAR_ON_YEAR,
        title=_year_title(subject),
        subtitle=f"{wording.things(measure)} a month, by financial year",
        alt=_year_words(subject, years),
        source=chart_words.source_line(subject, axis),
        unit=measure.unit,
        length=12,
        series=lines,
        y_low=axis.low,
        y_high=axis.high,
        y_ticks=axis.ticks,
        table=_year_table(subject, years),
        x_ticks=tuple(Tick(place, name[0]) for place, name in enumerate(_MONTHS)),
        end_labels=_year_labels(lines),
    )


def _years(series: Series) -> list[tuple[str, tuple[ChartPoint, ...]]]:
    """The last four financial years after the latest break, each with its twelve months."""
    first, last = series.segments[-1] if series.segments else (0, len(series.periods) - 1)
    found: dict[str, list[ChartPoint]] = {}
    for place in range(first, last + 1):
        period, value = series.periods[place], value_at(series, place)
        label = financial_year_label(period.end)
        start = financial_year_start(period.end)
        if label not in found:
            found[label] = [ChartPoint(f"{name} {start + (at > 8)}", None, "–") for at, name in enumerate(_MONTHS)]
        sources = series.entries[place].sources
        found[label][(period.end.month - FINANCIAL_YEAR_FIRST_MONTH) % 12] = ChartPoint(
            period.label,
            value,
            value_shown(value, series.measure.unit, series.measure.decimals),
            source=sources[0] if sources else None,
        )
    return [(label, tuple(points)) for label, points in list(found.items())[-MOST_YEARS:]]


def _role(years_back: int) -> SeriesRole:
    """How a year's line is drawn."""
    return (SeriesRole.THIS, SeriesRole.LAST)[years_back] if years_back < 2 else SeriesRole.OLDER


def _year_labels(lines: Sequence[ChartSeries]) -> tuple[EndLabel, ...]:
    """Each year's name at its last known month."""
    labels = []
    for line in lines:
        known = [point.value for point in line.points if point.value is not None]
        if known:
            labels.append(EndLabel(known[-1], line.name, strong=line.role is SeriesRole.THIS, role=line.role))
    return tuple(labels)


def _year_title(subject: Subject) -> str:
    """The latest quarter beside the same a year before: two figures, no claim about their difference."""
    compared, measure, series = subject.compared, subject.measure, subject.series
    if compared is None or compared.latest_period is None or compared.same_period_last_year is None:
        return "By month and financial year"
    latest, before = compared.latest_period, compared.same_period_last_year
    if series is None or comparison.refused(series, before, latest) is not None:
        return "By month and financial year"
    now, then = (value_shown(one.exact, measure.unit, measure.decimals) for one in (latest, before))
    return wording.fitted(f"{now} in {latest.period.label}, {then} in {before.period.label}", "By month and year")


def _year_words(subject: Subject, years: Sequence[tuple[str, tuple[ChartPoint, ...]]]) -> str:
    """The text alternative of the year-on-year chart."""
    ranges = []
    for label, points in reversed(years):
        known = [point for point in points if point.value is not None]
        low, high = (pick(known, key=lambda point: point.value or 0.0) for pick in (min, max))
        ranges.append(f"{label}: from {low.shown} to {high.shown} a month")
    lines = f"Lines of {wording.divided(wording.in_sentence(subject.measure), 'month')}"
    return f"{lines}, one for each financial year. {'; '.join(ranges)}. {_year_title(subject)}."


def _year_table(subject: Subject, years: Sequence[tuple[str, tuple[ChartPoint, ...]]]) -> TableSpec:
    """The twin table: twelve months down, years across."""
    return TableSpec(
        caption=wording.upper_first(
            wording.divided(wording.in_sentence(subject.measure), "month and financial year")
        ),
        columns=("Month", *(label for label, _points in years)),
        rows=tuple((name, *(points[at].shown for _label, points in years)) for at, name in enumerate(_MONTHS)),
        numeric=(False, *(True for _year in years)),
    )


# ---------------------------------------------------------------- most similar group


def peers(subject: Subject) -> ChartSpec | None:
    """Bars of the most similar group in rank order, the own force on its own series; None without a position."""
    found, measure = subject.position, subject.measure
    if found is None:
        return None
    axis = axes.value_axis([one.rate for one in found.rates], "per 1,000", from_zero=True, whole=False)
    ranks, rates = _ranks(found), rates_shown(found)
    points = [
        ChartPoint(f"{rank} {one.force}", one.rate, shown, source=next(iter(one.sources), None))
        for rank, one, shown in zip(ranks, found.rates, rates, strict=True)
    ]
    own = tuple(p if one.own else _gap(p) for p, one in zip(points, found.rates, strict=True))
    others = tuple(_gap(p) if one.own else p for p, one in zip(points, found.rates, strict=True))
    place = ordinal(found.rank, found.tied)
    what = rate_words(subject, found)
    return ChartSpec(
        key=f"{measure.code}-peers",
        kind=ChartKind.PEERS,
        title=_peer_title(found),
        subtitle=what,
        alt=_peer_words(subject, found, what),
        source=peer_source(subject, found),
        unit=rate_unit(subject),
        length=len(points),
        series=(
            ChartSeries(subject.facts.plan.force, SeriesRole.THIS, own),
            ChartSeries("Most similar group", SeriesRole.PEER, others),
        ),
        y_low=axis.low,
        y_high=axis.high,
        y_ticks=axis.ticks,
        table=TableSpec(
            caption=f"{place} of {found.of} in the most similar group: {wording.in_sentence(measure)}",
            columns=("Rank", "Force", "Rate"),
            rows=tuple(zip(ranks, (one.force for one in found.rates), rates, strict=True)),
            numeric=(True, False, True),
            strong_rows=tuple(at for at, one in enumerate(found.rates) if one.own),
        ),
        x_ticks=tuple(Tick(at, point.period) for at, point in enumerate(points)),
    )


def _peer_title(found: Position) -> str:
    """Whether the rate is to be expected of the group first, then the rank."""
    rank = f"{ordinal(found.rank, found.tied)} of {found.of}"
    if found.standing is None:
        return f"{rank} in the most similar group"
    return f"{wording.upper_first(found.standing.value)}; {rank}"


def _gap(point: ChartPoint) -> ChartPoint:
    """The same bar left out."""
    return ChartPoint(point.period, None, "–")


def _ranks(found: Position) -> list[str]:
    """Each force's rank, ties sharing one ("=3")."""
    rates = [one.exact for one in found.rates]
    return [f"{'=' if rates.count(rate) > 1 else ''}{rates.index(rate) + 1}" for rate in rates]


def rates_shown(found: Position) -> list[str]:
    """The rates to one decimal place, to two where forces with different ranks would print the same."""
    rates = [one.exact for one in found.rates]
    decimals = 1 if len({number(rate, 1) for rate in rates}) == len(set(rates)) else 2
    return [number(rate, decimals) for rate in rates]


def rate_unit(subject: Subject) -> str:
    """What a rate of the group is in."""
    return PERCENT if wording.is_percentage(subject.measure) else "per 1,000 people"


def rate_words(subject: Subject, found: Position) -> str:
    """What the bars are: rate, period and what 1st means."""
    unit = (
        "Percent" if wording.is_percentage(subject.measure) else f"{wording.things(subject.measure)} per 1,000 people"
    )
    return f"{unit}, {found.period.label}; {found.key}"


def _peer_words(subject: Subject, found: Position, what: str) -> str:
    """The text alternative of the bars."""
    bars = ", ".join(f"{one.force} {rate}" for one, rate in zip(found.rates, rates_shown(found), strict=True))
    rank = f"{subject.facts.plan.force} is {standing_words(found)}{ordinal(found.rank, found.tied)} of {found.of}"
    last = found.last_group
    if last is not None:
        rank = f"{rank} ({ordinal(last.rank, last.tied)} of {last.of} in last year’s group)"
    return f"Bars of {wording.divided(wording.in_sentence(subject.measure), 'force')}. {what}. {rank}. {bars}."


def standing_words(found: Position) -> str:
    """ "within the range expected of its group (95% limits 2.1 to 4.3), "; empty without a funnel."""
    own = found.own
    if found.funnel is None or found.standing is None or not own.base:
        return ""
    low, high = (number(found.per * end, 1) for end in found.funnel.limits(float(own.base)))
    allowed = ", allowing for how forces differ" if found.funnel.overdispersed else ""
    return f"{found.standing.value} (95% limits {low} to {high}{allowed}), "


def peer_source(subject: Subject, found: Position) -> str:
    """Where the rates come from, with the group's own note."""
    files = list(dict.fromkeys(source.file for source in found.sources))
    said = illustrative.said_of(subject.facts, found.sources)
    line = f"Source: {'. '.join([', '.join([wording.listed(subject.measure.organisations), *files]), *said])}."
    return f"{line} {found.note}".strip()


# ---------------------------------------------------------------- parts of the area


def by_area(gathered: Gathered, subject: Subject) -> ChartSpec | None:
    """Bars of the latest value of each part of the area; None for measures that come for the whole area."""
    measure = subject.measure
    if not subject.shown or not subject.whole_area or len(measure.areas) < 2:
        return None
    parts = [gathered.subject(measure, area) for area in measure.areas]
    figures = [rows.latest_figure(part) for part in parts]
    known = [figure for figure in figures if figure.value is not None and figure.period is not None]
    if not known or known[0].period is None:
        return None
    axis = axes.value_axis([figure.value for figure in figures], measure.unit, from_zero=True)
    points = tuple(
        ChartPoint(part.area, one.value, _with_mark(one), source=one.sources[0] if one.sources else None)
        for part, one in zip(parts, figures, strict=True)
    )
    legend = [wording.SMALL_NUMBERS] if any(one.shown == SUPPRESSED for one in figures) else []
    legend += [wording.SMALL_IN_PUBLIC] if any(SUPPRESSED in one.sign for one in figures) else []
    parts_of = wording.divided(wording.in_sentence(measure), "area")
    period = known[0].period.label
    shown = ["no figure" if point.shown == NO_FIGURE.shown else point.shown for point in points]
    values = ", ".join(f"{point.period} {text}" for point, text in zip(points, shown, strict=True))
    return ChartSpec(
        key=f"{measure.code}-areas",
        kind=ChartKind.AREAS,
        title=_area_title(subject, points, period),
        subtitle=f"{wording.things(measure)}, {period}",
        alt=" ".join([f"Bars of {parts_of}, {period}. {values}.", *legend]),
        source=" ".join([*legend, chart_words.source_line(subject, axis)]),
        unit=measure.unit,
        length=len(points),
        series=(ChartSeries(wording.short_label(measure), SeriesRole.THIS, points),),
        y_low=axis.low,
        y_high=axis.high,
        y_ticks=axis.ticks,
        table=TableSpec(
            caption=f"{wording.upper_first(parts_of)}, {period}",
            columns=("Area", wording.things(measure)),
            rows=tuple((point.period, point.shown) for point in points),
            numeric=(False, True),
        ),
        x_ticks=tuple(Tick(place, point.period) for place, point in enumerate(points)),
    )


def _area_title(subject: Subject, points: Sequence[ChartPoint], period: str) -> str:
    """The figure of each area, without a claim about their difference, where all may be said and there is room."""
    name = wording.short_label(subject.measure)
    plain = f"{wording.divided(name, 'area')}, {period}"
    if subject.held or any(point.value is None or SUPPRESSED in point.shown for point in points):
        return wording.fitted(plain, f"By area, {period}")
    said = ", ".join(f"{point.shown} in {point.period}" for point in points)
    return wording.fitted(f"{name}: {said}", said, plain, f"By area, {period}")


def _with_mark(figure: Figure) -> str:
    """A figure as a bar is labelled: in the working view with the mark that public papers print in its place."""
    return f"{figure.shown} {SUPPRESSED}" if SUPPRESSED in figure.sign else figure.shown
