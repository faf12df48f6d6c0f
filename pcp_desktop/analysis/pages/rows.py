"""Rows: a measure's line on the overview, the dashboard and in `status --json`."""

from __future__ import annotations

from dataclasses import replace

from pcp_desktop.analysis.comparison import Amount, Change
from pcp_desktop.analysis.pages import wording
from pcp_desktop.analysis.pages.subject import Subject
from pcp_desktop.analysis.series import Series
from pcp_desktop.domain.formats import change_shown, ordinal, percent_change_shown, rounded, value_shown
from pcp_desktop.domain.measures import Kind, Measure, StatusRule
from pcp_desktop.domain.meetings import by_year_in_words
from pcp_desktop.domain.observations import Marker, Source
from pcp_desktop.domain.pages import NO_FIGURE, Figure, MeasureRow, ProjectedTotal, Sparkline
from pcp_desktop.domain.periods import PeriodKind
from pcp_desktop.domain.status import Status

LEAST_SPARKLINE_POINTS = 8
NO_WHOLE = "so there is no figure for the whole area"
LATEST_FIGURE = "Latest figure:"
ROUNDING = "The change may not agree with the figures beside it because of rounding."
_TARGET_WORDS = {
    Status.TARGET_MET: "met",
    Status.WITHIN_TOLERANCE: "within tolerance",
    Status.TARGET_MISSED: "missed",
}


def build(subject: Subject) -> MeasureRow:
    """The row of a subject for its audience; figures that the audience may not see are left out altogether."""
    measure = subject.measure
    held_words = wording.not_published(subject.clearance) if subject.held else ""
    shown = subject.shown
    spark = None if subject.held else sparkline(subject)
    ranked = subject.position
    refused = None if subject.projections else next(iter(subject.unprojected), None)
    return MeasureRow(
        measure=measure.code,
        priority=measure.priority,
        area=subject.area,
        label=label(subject),
        unit=measure.unit,
        lead=measure.lead,
        assessment=subject.assessment,
        baseline=baseline_figure(subject) if shown else NO_FIGURE,
        latest=latest_figure(subject) if shown else NO_FIGURE,
        change=change_figure(subject) if shown else NO_FIGURE,
        change_percent=percent_figure(subject) if shown else NO_FIGURE,
        position=(ranked.rank, ranked.of, ranked.tied) if ranked is not None else None,
        position_shown=ordinal(ranked.rank, ranked.tied) if ranked is not None else "–",
        sparkline=spark,
        line="" if spark is not None or subject.held else line_words(subject),
        clearance=wording.clearance_shown(subject.clearance, subject.audience),
        held_words=held_words,
        notes=row_notes(subject) if shown else (),
        projection=_projected(subject),
        unprojected=refused.short if refused is not None else "",
        unprojected_reason=refused.reason if refused is not None else "",
    )


def _projected(subject: Subject) -> ProjectedTotal | None:
    """The projected total of the first year that is not over; None where there is none, or nothing may be told."""
    if not subject.projections:
        return None
    first = subject.projections[0]
    return ProjectedTotal(first.period.label, *first.shown, first.value)


def label(subject: Subject) -> str:
    """The row's label: the short label, with the area where it is a part."""
    short = wording.short_label(subject.measure)
    return short if subject.whole_area else f"{short}, {subject.area}"


def figure(amount: Amount | None, measure: Measure) -> Figure:
    """An amount as it is shown, with its own period and every cell in it."""
    if amount is None:
        return NO_FIGURE
    shown = value_shown(amount.exact, measure.unit, measure.decimals)
    return Figure(amount.value, shown, amount.period, amount.marker.sign, amount.sources)


def latest_figure(subject: Subject) -> Figure:
    """The latest amount as it is shown; the mark of a suppressed count where that is the latest."""
    found = subject.series
    if subject.latest is None and found is not None and found.entries:
        return _suppressed(found, len(found.entries) - 1)
    return _marked(figure(subject.latest, subject.measure), subject)


def baseline_figure(subject: Subject) -> Figure:
    """The baseline year's amount as it is shown; the mark of a suppressed count where it is one."""
    found, year = subject.series, subject.facts.plan.baseline
    if subject.baseline is None and found is not None and subject.has_baseline_column:
        same = [at for at, period in enumerate(found.periods) if (period.start, period.end) == (year.start, year.end)]
        return _suppressed(found, same[0]) if same else NO_FIGURE
    return _marked(figure(subject.baseline, subject.measure), subject)


def _marked(shown: Figure, subject: Subject) -> Figure:
    """A figure of the working view with the mark that public papers print in its place, where they do."""
    if shown.period is None or not subject.is_hidden(shown.period):
        return shown
    return replace(shown, sign=f"{shown.sign} {Marker.SUPPRESSED.sign}".strip())


def _suppressed(found: Series, place: int) -> Figure:
    """The mark of one period of a series if its count is suppressed; else no figure."""
    if found.entries[place].marker is not Marker.SUPPRESSED:
        return NO_FIGURE
    return Figure(None, Marker.SUPPRESSED.sign, found.periods[place])


def change_figure(subject: Subject) -> Figure:
    """The change on the baseline in the measure's unit, percentages in points."""
    change = subject.change
    if not isinstance(change, Change):
        return NO_FIGURE
    measure = subject.measure
    shown = change_shown(change.amount, measure.unit, measure.decimals)
    return Figure(float(change.amount), shown, change.new.period, sources=_both(change))


def percent_figure(subject: Subject) -> Figure:
    """The change on the baseline in percent; none for percentages, whose change is in points."""
    change = subject.change
    if not isinstance(change, Change) or wording.is_percentage(subject.measure):
        return NO_FIGURE
    shown = percent_change_shown(change.new.exact, change.old.exact)
    value = float(change.percent) if change.percent is not None else None
    return Figure(value, shown, change.new.period, sources=_both(change))


def _both(change: Change) -> tuple[Source, ...]:
    """The cells of both ends of a change."""
    return (*change.old.sources, *change.new.sources)


def sparkline(subject: Subject) -> Sparkline | None:
    """The small series of a row: from the baseline year on, with its limits as band where limits are allowed.

    None for a measure that is not assessed (its reason stands there instead) and for too few points.
    """
    found = subject.series
    if found is None or not subject.assessment.status.is_assessed:
        return None
    if subject.measure.status_rule is StatusRule.AGAINST_TARGET:
        return None
    start = subject.facts.plan.baseline.start
    first = next((at for at, period in enumerate(found.periods) if period.end >= start), 0)
    values = found.values[first:]
    if sum(1 for value in values if value is not None) < LEAST_SPARKLINE_POINTS:
        return None
    return Sparkline(values, _band(subject)[first:] if found.frequency is PeriodKind.MONTH else ())


def _band(subject: Subject) -> tuple[tuple[float, float] | None, ...]:
    """The control limits of each point; a quantity that cannot be negative is drawn from 0."""
    if subject.chart is None or not subject.chart.limited:
        return ()
    return tuple(
        None if point.lower is None or point.upper is None else (max(0.0, point.lower), point.upper)
        for point in subject.chart.points
    )


def line_words(subject: Subject) -> str:
    """What stands where a row has no small series."""
    measure = subject.measure
    assessment = subject.assessment
    if measure.kind is Kind.TEXT:
        return "Narrative only" if subject.narrative else "Not received"
    if assessment.status in _TARGET_WORDS and measure.target is not None:
        target = value_shown(measure.target, measure.unit, measure.decimals)
        return f"Target {target} {_TARGET_WORDS[assessment.status]}"
    missing = subject.missing_parts
    if missing:
        of = len(measure.areas)
        return f"{of - missing} of {of} returns"
    if subject.latest is not None and subject.baseline is None and subject.has_baseline_column:
        return assessment.short_reason if measure.status_rule is StatusRule.BY_PEOPLE else "No baseline yet"
    if subject.cut_by_break:
        return f"No comparator: {'survey' if wording.is_percentage(measure) else 'series'} changed"
    return assessment.short_reason or "Too few for a line"


def row_notes(subject: Subject) -> tuple[str, ...]:
    """Notes on a row: an older period, an unusual period, missing parts, rounding, the measure's own note."""
    found: list[str] = []
    if _period_needs_naming(subject) and subject.latest is not None:
        found.append(f"{LATEST_FIGURE} {subject.latest.period.label}")
    missing = subject.missing_parts
    if missing:
        of = len(subject.measure.areas)
        found.append(f"{of - missing} of {of} returns hold figures, {NO_WHOLE}")
    return (*found, *hidden_note(subject), *rounding_note(subject), *measure_note(subject))


def hidden_note(subject: Subject) -> list[str]:
    """For those who prepare the papers: which counts of a sensitive measure the public reads as [c]."""
    own = [one for one in subject.hidden if subject.whole_area or one.area == subject.area]
    if not own:
        return []
    years = by_year_in_words(own, subject.area)
    return [f"Public papers print {Marker.SUPPRESSED.sign} for {years}, so that small numbers cannot be found out."]


def _period_needs_naming(subject: Subject) -> bool:
    """Whether the latest figure is for anything but the 12 months to the end of the quarter."""
    latest = subject.latest
    return latest is not None and (latest.period.end != subject.period.end or latest.period.months != 12)


def measure_note(subject: Subject) -> list[str]:
    """The measure's own note, without sentences that only say the month which the row's own note names already."""
    if not _period_needs_naming(subject) or subject.latest is None:
        return [subject.measure.note] if subject.measure.note else []
    month = wording.month_words(subject.latest.period)
    kept = [text for text in subject.measure.note.split(". ") if text and month not in text]
    return [f"{'. '.join(kept).rstrip('.')}."] if kept else []


def rounding_note(subject: Subject) -> list[str]:
    """A note where the printed change is not the difference of the printed figures."""
    change, measure = subject.change, subject.measure
    if not isinstance(change, Change):
        return []
    new, old, difference = (
        rounded(one, measure.decimals) for one in (change.new.exact, change.old.exact, change.amount)
    )
    return [] if new - old == difference else [ROUNDING]
