"""The control chart of any dated series: which kind, from which points, and what a reader should hold against it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import numpy as np

from pcp_desktop.analysis import control_groups, seasonality, steps
from pcp_desktop.analysis.attribute_charts import ChartType, Counts, is_overdispersed
from pcp_desktop.analysis.control_chart import SEVEN, ControlChart, ControlPoint, Rules, attribute, xmr
from pcp_desktop.analysis.control_groups import Groups
from pcp_desktop.analysis.control_limits import UNSCREENED, BoolArray
from pcp_desktop.analysis.control_meaning import Assurance, Variation, assurance, variation
from pcp_desktop.analysis.dated_series import Run, Spacing, run_of
from pcp_desktop.analysis.seasonality import ALLOWED, LEAST_MONTHS, NO_SEASON, NOT_SEASONAL, Season
from pcp_desktop.analysis.series import FloatArray
from pcp_desktop.analysis.steps import Step
from pcp_desktop.domain.formats import counted
from pcp_desktop.domain.measures import Polarity
from pcp_desktop.domain.periods import in_words
from pcp_desktop.domain.written_series import WrittenPoint, WrittenSeries
from pcp_desktop.errors import UserError

PERCENT = 100.0
MULTIPLIERS = (1.0, PERCENT, 1_000.0, 10_000.0, 100_000.0, 1_000_000.0)
NEARLY = 0.02
"""How far a rounded value may be from its events over its base, as a share of it."""
_NOTHING = "No chart was made."


class Seasonal(StrEnum):
    """Whether limits allow for the season: where the months matter, always, or never."""

    AUTO = "auto"
    ON = "on"
    OFF = "off"


@dataclass(frozen=True)
class Wanted:
    """What is asked of a chart.

    `kind` is None for the kind that suits the figures. `first` is how many points of each group make its limits, None
    for all. `rebase` are the dates of the first points of new groups. `rules` are the lengths of shifts and trends.
    """

    better: Polarity = Polarity.NEUTRAL
    rebase: tuple[date, ...] = ()
    first: int | None = None
    screening: bool = True
    target: float | None = None
    kind: ChartType | None = None
    seasonal: Seasonal = Seasonal.AUTO
    rules: Rules = SEVEN


@dataclass(frozen=True)
class DatedChart:
    """A chart of a written series: the points of its run, `places` being those of the rows, and what they mean."""

    series: WrittenSeries
    wanted: Wanted
    run: Run
    chart: ControlChart
    steps: tuple[Step, ...]
    caveats: tuple[str, ...]
    percent: bool

    @property
    def points(self) -> tuple[ControlPoint, ...]:
        """One point a row, in the order of the dates."""
        return tuple(self.chart.points[place] for place in self.run.places)

    def day_of(self, step: Step) -> date:
        """The date of the first point of a step's new level."""
        return self.series.points[self.run.places.index(step.position)].day

    @property
    def variation(self) -> Variation:
        """What the last point's label means."""
        return variation(self.chart, self.wanted.better)

    @property
    def assurance(self) -> Assurance | None:
        """Whether the target will be met, where there is one."""
        return None if self.wanted.target is None else assurance(self.chart, self.wanted.target, self.wanted.better)


@dataclass(frozen=True)
class _Figures:
    """The figures on the run, nan where there is none; `per` is what events over base are multiplied by."""

    values: FloatArray
    counts: Counts
    per: float
    based: bool
    caveats: tuple[str, ...]


def chart_of(series: WrittenSeries, wanted: Wanted) -> DatedChart:
    """The chart of a series as it is wanted.

    Absent periods count as missing figures. Without a kind by name a series whose figures all have a base gets a p
    chart (a u chart where they are no percentages), Laney's where the points that make limits call for it, and any
    other an XmR chart. Raises UserError for what cannot be had: a new group at a date without a row or of a single
    figure, a kind without its base, a season of other periods than months.
    """
    run = run_of([point.day for point in series.points])
    figures = _figures(series.points, run, wanted.kind)
    known = np.isfinite(figures.values)
    groups = control_groups.rebased(
        [(0, len(run.periods) - 1)], _starts(series, run, wanted.rebase), known, _labels(series, run)
    )
    used = _used(run, groups, wanted.first)
    kind, asked = _kind(series, figures, groups, used, wanted.kind)
    seasons, season_words = _seasons(series, run, figures, kind, wanted.seasonal)
    if kind is ChartType.XMR:
        chart = xmr(
            figures.values, segments=groups, used=used, screening=wanted.screening, events=_are_events(series),
            asked=asked, seasons=seasons, rules=wanted.rules,
        )  # fmt: skip
    else:
        bases = None if kind is ChartType.C else figures.counts.base
        per = 1.0 if kind is ChartType.C else figures.per
        chart = attribute(
            kind, figures.counts.events, bases, per=per, segments=groups, used=used, asked=asked, rules=wanted.rules
        )
    source = _source(groups, wanted.first) + ("" if wanted.screening or kind is not ChartType.XMR else UNSCREENED)
    chart = replace(chart, source=source, season_words=season_words)
    found = steps.suggested(figures.values, groups, seasons)
    caveats = (*chart.caveats, *figures.caveats, *_caveats(series, run), *step_sentences(found, series, run))
    return DatedChart(series, wanted, run, chart, found, caveats, _is_percent(kind, figures))


# ---------------------------------------------------------------- figures and groups


def _figures(points: Sequence[WrittenPoint], run: Run, kind: ChartType | None) -> _Figures:
    """The figures of the rows on their run: an XmR chart is of the values as written, every other of the bases."""

    def column(numbers: Iterable[float | None]) -> FloatArray:
        spread = np.full(len(run.periods), np.nan)
        spread[list(run.places)] = [np.nan if one is None else one for one in numbers]
        return spread

    values = column(point.value for point in points)
    events, base = column(point.numerator for point in points), column(point.denominator for point in points)
    if kind is ChartType.C:
        events = np.where(np.isfinite(events), events, values)
        return _Figures(events, Counts(events, np.ones_like(events)), 1.0, True, ())
    counts = Counts(events, base)
    known = np.isfinite(values) & ~((base == 0) & (events == 0))
    written = _multiplier(values, counts)
    per = PERCENT if kind is not None and kind.plain is ChartType.P else written
    based = bool(counts.known.any()) and not (known & ~counts.known).any()
    if per is None:
        shares = kind is None or kind.plain is not ChartType.U
        per = PERCENT if shares and (events[counts.known] <= base[counts.known]).all() else 1.0
    reckoned = counts.shares * per
    if kind is ChartType.XMR or (kind is None and not based):
        return _Figures(np.where(np.isfinite(values), values, reckoned), counts, per, based, ())
    said = counts.shares * (written or per)
    apart = counts.known & np.isfinite(values) & (np.abs(values - said) > NEARLY * np.abs(said))
    caveats: tuple[str, ...] = ()
    if apart.any():
        rows = counted(int(apart.sum()), "row")
        caveats = (f"In {rows} the value is not the numerator over the denominator; the chart is of the latter.",)
    return _Figures(np.where(counts.known, reckoned, values), counts, per, based, caveats)


def _multiplier(values: FloatArray, counts: Counts) -> float | None:
    """What the written values are of events over base: 100 for percent; None where there are none or it varies."""
    compared = counts.known & np.isfinite(values) & (counts.shares > 0)
    if not compared.any():
        return None
    ratios = values[compared] / counts.shares[compared]
    return next((one for one in MULTIPLIERS if (np.abs(ratios - one) <= NEARLY * one).all()), None)


def _is_percent(kind: ChartType, figures: _Figures) -> bool:
    return kind.plain is ChartType.P or (kind is ChartType.XMR and figures.based and figures.per == PERCENT)


def _starts(series: WrittenSeries, run: Run, dates: Iterable[date]) -> list[int]:
    """The positions of the first points of new groups. Raises UserError for a date without a row."""
    at = {point.day: place for point, place in zip(series.points, run.places, strict=True)}
    for day in dates:
        if day not in at:
            nearest = min(at, key=lambda one: abs((one - day).days))
            raise UserError(
                f"The limits cannot start again at {in_words(day)}: {series.file} has no row of that date.",
                _NOTHING,
                f"Name the date of the first point of the new group; the nearest is {nearest.isoformat()}.",
            )
    return [at[day] for day in dates]


def _labels(series: WrittenSeries, run: Run) -> list[str]:
    named = {place: in_words(point.day) for point, place in zip(series.points, run.places, strict=True)}
    return [named.get(place, period.label) for place, period in enumerate(run.periods)]


def _used(run: Run, groups: Groups, first: int | None) -> BoolArray:
    """The points that make limits: the first rows of each group, or all."""
    rows = np.zeros(len(run.periods), dtype=np.bool_)
    rows[list(run.places)] = True
    if first is None:
        return rows
    for start, end in groups:
        own = np.flatnonzero(rows[start : end + 1]) + start
        rows[own[first:]] = False
    return rows


def _source(groups: Groups, first: int | None) -> str:
    each = " of each group" if len(groups) > 1 else ""
    return f"limits from all points{each}" if first is None else f"limits from the first {first} points{each}"


# ---------------------------------------------------------------- kind and season


def _kind(
    series: WrittenSeries, figures: _Figures, groups: Groups, used: BoolArray, wanted: ChartType | None
) -> tuple[ChartType, bool]:
    """The kind of chart, and whether it was asked for by name."""
    if wanted is not None:
        _refuse_unfit(series, figures, wanted)
        return wanted, True
    if not figures.based:
        return ChartType.XMR, False
    counts = figures.counts
    known = counts.known
    shares = figures.per == PERCENT and (counts.events[known] <= counts.base[known]).all()
    plain = ChartType.P if shares else ChartType.U
    return plain.laney if is_overdispersed(plain, counts, groups, used) else plain, False


def _refuse_unfit(series: WrittenSeries, figures: _Figures, wanted: ChartType) -> None:
    """Raise UserError where the figures do not allow the kind that was asked for, naming a row."""
    if wanted is ChartType.XMR:
        return
    for point in series.points:
        reason = _unfit(point, wanted)
        if reason:
            raise UserError(
                f"Row {point.row} of {series.file} {reason}, so there can be no {wanted.words} of it.",
                _NOTHING,
                "Complete the row, empty it, or ask for another kind.",
            )
    if not figures.counts.known.any():
        raise UserError(
            f"{series.file} gives no numerator with its denominator, so there can be no {wanted.words} of it.",
            _NOTHING,
            "Add the columns numerator and denominator, or ask for --kind xmr.",
        )


def _unfit(point: WrittenPoint, wanted: ChartType) -> str:
    events = point.numerator
    if wanted is ChartType.C:
        events = point.value if events is None else events
        return "has a count below nought" if events is not None and events < 0 else ""
    base = point.denominator
    if wanted.plain is ChartType.P and events is not None and base is not None and events > base:
        return "has more events than its denominator"
    if base == 0 and not events:
        return ""
    lacks = events is None or base is None
    return "has a value without its numerator and denominator" if point.value is not None and lacks else ""


def _are_events(series: WrittenSeries) -> bool:
    """Whether the values can be counts of events: whole numbers, none below nought, without a base."""
    known = [point.value for point in series.points if point.value is not None]
    whole = all(value >= 0 and value == int(value) for value in known)
    return bool(known) and whole and all(point.denominator is None for point in series.points)


def _seasons(
    series: WrittenSeries, run: Run, figures: _Figures, kind: ChartType, wanted: Seasonal
) -> tuple[list[Season], str]:
    """The season to allow for, if any, and its words; figures that are no counts have one only when it is asked for.

    The season is looked for per day of the month: a score, which does not grow with the days, would seem to have one.
    """
    if wanted is Seasonal.ON:
        _refuse_season(series, run, figures.values, kind)
    if kind is not ChartType.XMR or run.spacing is not Spacing.MONTH:
        return [], ""
    if wanted is Seasonal.OFF or (wanted is Seasonal.AUTO and not _are_events(series)):
        return [], NOT_SEASONAL
    found = seasonality.find(figures.values, run.periods)
    if found is None:
        return [], NOT_SEASONAL
    if wanted is Seasonal.ON or found.matters:
        return [found], ALLOWED
    return [], NO_SEASON


def _refuse_season(series: WrittenSeries, run: Run, values: FloatArray, kind: ChartType) -> None:
    """Raise UserError where a season was asked for and none can be reckoned."""
    known = int(np.isfinite(values).sum())
    reason = ""
    if kind is not ChartType.XMR:
        reason = f"only an XmR chart allows for the season, and this is a {kind.words}"
    elif run.spacing is not Spacing.MONTH:
        reason = "the season is that of months, and the dates are not monthly"
    elif known < LEAST_MONTHS:
        reason = f"that needs {LEAST_MONTHS} months, and {known} are known"
    elif float(np.nanmin(values)) < 0:
        reason = "figures below nought have none"
    elif seasonality.find(values, run.periods) is None:
        reason = "too few figures are known of one of the calendar months"
    if reason:
        raise UserError(
            f"The chart of {series.file} cannot allow for the season: {reason}.",
            _NOTHING,
            "Leave --seasonal out, or give it as auto or off.",
        )


# ---------------------------------------------------------------- what to hold against it


def _caveats(series: WrittenSeries, run: Run) -> list[str]:
    found = []
    if not run.even:
        found.append("The dates follow no even step: each point is taken to follow the one before.")
    absent = len(run.periods) - len(run.places)
    if absent:
        first = next(at for at in range(len(run.periods)) if at not in set(run.places))
        some = f"{counted(absent, run.spacing.value)} without a row, the first {run.periods[first].label}"
        found.append(f"{some}: missing figures, which break every run.")
    if not series.in_order:
        found.append("The rows did not stand in the order of their dates; the chart does.")
    return found


def step_sentences(found: Iterable[Step], series: WrittenSeries, run: Run) -> list[str]:
    """Each suggested step, and the option that would start new limits at one with enough points after it."""
    days = dict(zip(run.places, (point.day for point in series.points), strict=True))
    sentences = []
    for step in found:
        day = days[step.position]
        offer = f"; --rebase {day.isoformat()} would start new limits there" if step.confirmed else ""
        sentences.append(f"{step.words(in_words(day))}{offer}.")
    return sentences
