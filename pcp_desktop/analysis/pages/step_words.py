"""Suggested steps of a measure in words, and the offer of a new level where one is confirmed and explained."""

from __future__ import annotations

from collections.abc import Iterable

from pcp_desktop.analysis import steps
from pcp_desktop.analysis.attribute_charts import ChartType
from pcp_desktop.analysis.measure_chart import enough_around, groups_of
from pcp_desktop.analysis.pages.subject import Subject
from pcp_desktop.analysis.series import Series
from pcp_desktop.analysis.steps import Step
from pcp_desktop.domain.measures import Event
from pcp_desktop.domain.pages import NewLevel

NEAR_PERIODS = 2
"""How many periods an event may lie from a step to be an explanation of it."""


def sentences(subject: Subject, series: Series) -> list[str]:
    """The steps that the figures suggest, none of them applied; none of a series without a control chart."""
    found = suggested(subject, series)
    return [f"{step.words(series.periods[step.position].label)}.{_offer(subject, series, step)}" for step in found]


def suggested(subject: Subject, series: Series) -> list[Step]:
    """The steps within each group of the control chart; a level that a person took is a group of its own."""
    chart = subject.chart
    if chart is None or not chart.limited or chart.kind is not ChartType.XMR:
        return []
    seasons = [group.season for group in chart.groups if group.season is not None]
    return list(steps.suggested(series.array, groups_of(series, subject.chosen_limits), seasons))


def offered(subject: Subject) -> tuple[NewLevel, ...]:
    """The starts of new levels that Why? offers: every suggested step that leaves enough figures on both sides."""
    series = subject.series
    return _fit(subject, [step.position for step in suggested(subject, series)]) if series is not None else ()


def possible(subject: Subject) -> tuple[NewLevel, ...]:
    """Every start that a person can give a new level, whatever the figures suggest."""
    return _fit(subject, range(len(subject.series.periods))) if subject.series is not None else ()


def _fit(subject: Subject, places: Iterable[int]) -> tuple[NewLevel, ...]:
    """Those of the places that leave enough figures on both sides; none without limits or of a held measure."""
    series, chart = subject.series, subject.chart
    if series is None or chart is None or not chart.limited or subject.held:
        return ()
    groups = groups_of(series, subject.chosen_limits)
    fit = [place for place in places if enough_around(series, groups, place)]
    return tuple(NewLevel(series.periods[place].start, series.periods[place].label) for place in fit)


def _offer(subject: Subject, series: Series, step: Step) -> str:
    """The offer of a new level after a step that is confirmed and that an event explains."""
    event = _explanation(subject, series, step)
    if event is None or not step.confirmed:
        return ""
    baseline = subject.facts.plan.baseline.label
    return (
        f" “{event.label}” may explain it: new limits could begin there, and the comparison with {baseline} would "
        f"stay beside them."
    )


def _explanation(subject: Subject, series: Series, step: Step) -> Event | None:
    """The event of the measure that lies nearest to the step, if one is near."""
    first = series.periods[max(step.position - NEAR_PERIODS, 0)].start
    last = series.periods[min(step.position + NEAR_PERIODS, len(series.periods) - 1)].end
    own = [one for one in subject.facts.events if not one.measures or subject.measure.code in one.measures]
    near = [one for one in own if first <= one.day <= last]
    begins = series.periods[step.position].start
    return min(near, key=lambda one: abs((one.day - begins).days), default=None)
