"""Subjects: one measure and area at one quarter with everything computed about it, each part when first asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from pcp_desktop.analysis import (
    baseline_year,
    comparison,
    disclosure,
    measure_chart,
    position,
    projection,
    series,
    significance,
    small_numbers,
    status,
)
from pcp_desktop.analysis.baseline_year import UnusualBaseline
from pcp_desktop.analysis.comparison import Amount, Change, Comparisons, NotComparable
from pcp_desktop.analysis.control_chart import ControlChart
from pcp_desktop.analysis.position import Position
from pcp_desktop.analysis.projection import NotProjected, Projection
from pcp_desktop.analysis.series import Series
from pcp_desktop.analysis.significance import Test
from pcp_desktop.domain.clearance import Audience, Clearance, ClearanceState
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.judgements import ChosenLimits
from pcp_desktop.domain.measures import Aggregation, Kind, Measure, StatusRule
from pcp_desktop.domain.meetings import PublishedCount
from pcp_desktop.domain.observations import Marker, Observation
from pcp_desktop.domain.periods import Period, PeriodKind, financial_year, financial_year_start
from pcp_desktop.domain.status import Assessment, Status

PROTECTED_REASON = "Not published, so that small numbers cannot point to a person."


@dataclass(frozen=True)
class Subject:
    """A measure, an area and a quarter for one audience.

    `facts` hold the observations of this measure alone, already without what the audience may not see. `held` says
    that no status may be shown of the measure, `shown` that its figures may appear for this audience. `hidden` are,
    for those who prepare the papers, the measure's counts that the public reads as [c], of parts of the area as well.
    """

    facts: Facts
    measure: Measure
    area: str
    period: Period
    audience: Audience
    clearance: Clearance
    hidden: tuple[PublishedCount, ...] = ()

    def is_hidden(self, period: Period) -> bool:
        """Whether the public reads the count of a period as [c]."""
        return any(
            (one.area, one.period.start, one.period.end) == (self.area, period.start, period.end)
            for one in self.hidden
        )

    @property
    def whole_area(self) -> bool:
        """Whether this is the line for the whole of the plan's area."""
        return self.area == self.facts.plan.area

    @property
    def held(self) -> bool:
        """Whether the page must give no indication of performance.

        For the public and the restricted page that is whatever they may not see. The working view hides only what is
        embargoed or confidential: figures that wait for their board are what the officers are working on.
        """
        if self.audience is Audience.WORKING:
            return self.clearance.state in (ClearanceState.EMBARGOED, ClearanceState.CONFIDENTIAL)
        return not self.shown

    @property
    def shown(self) -> bool:
        """Whether the audience may see the figures."""
        return self.clearance.may_be_shown(self.audience)

    @property
    def has_baseline_column(self) -> bool:
        """Whether a value of the baseline year means anything: a running total against a target has none."""
        return not is_running_total(self.measure)

    @cached_property
    def series(self) -> Series | None:
        """The series, None where nothing is held or nothing may be shown."""
        if not self.shown or self.measure.kind is Kind.TEXT:
            return None
        return series.build(self.facts, self.measure, self.area, self.period.end)

    @cached_property
    def baseline(self) -> Amount | None:
        """The baseline year's value, also where it cannot be compared with the latest."""
        if self.series is None or not self.has_baseline_column:
            return None
        return comparison.baseline(self.series, self.facts.plan.baseline, self.period.end)

    @cached_property
    def latest(self) -> Amount | None:
        """The latest 12 months, or the latest value of a measure that comes in other steps."""
        return comparison.latest12(self.series, self.period.end) if self.series is not None else None

    @cached_property
    def compared(self) -> Comparisons | None:
        """The other amounts: the 12 months before, quarters, year to date."""
        if self.series is None:
            return None
        return comparison.compare(self.series, self.facts.plan.baseline, self.period.end)

    @cached_property
    def change(self) -> Change | NotComparable:
        """The change from the baseline to the latest, or why the two are not compared."""
        if self.series is None:
            return NotComparable("Not received", "No figure has been received.")
        return comparison.change(self.series, self.baseline, self.latest)

    @property
    def cut_by_break(self) -> bool:
        """Whether a break keeps the latest from being compared with the baseline."""
        if self.series is None or self.baseline is None or self.latest is None:
            return False
        return comparison.break_between(self.series, self.baseline.period, self.latest.period) is not None

    @cached_property
    def missing_parts(self) -> int:
        """How many parts of the area lack the latest figure that others have; for the whole-area line only."""
        areas = set(self.measure.areas)
        if not areas or not self.whole_area or not self.shown:
            return 0
        known = [
            one.key
            for one in self.facts.observations
            if one.key.area in areas and (one.value is not None or one.marker is Marker.SUPPRESSED)
        ]
        last = max((key.period.end for key in known if key.period.end <= self.period.end), default=None)
        return len(areas - {key.area for key in known if key.period.end == last}) if last is not None else 0

    @cached_property
    def assessment(self) -> Assessment:
        """The status as it is shown: the one that a person set for the quarter, or else the computed one."""
        by_hand = [
            one.override
            for one in self.facts.statuses_set
            if (one.measure, one.area, one.period) == (self.measure.code, self.area, self.period)
        ]
        return status.overridden(self.computed, by_hand[0] if by_hand and not self.protected else None)

    @cached_property
    def computed(self) -> Assessment:
        """The computed status; a held measure has none on any page, so that no copy of it gives an indication."""
        if self.held:
            return status.held(self.clearance)
        if self.missing_parts and self.latest is None:
            return self._incomplete()
        if self.protected:
            return self._too_small_to_publish()
        return status.assess(self.facts, self.measure, self.area, self.period.end, self.series)

    @property
    def protected(self) -> bool:
        """Whether nothing of a sensitive measure is left to show to the public, which says nothing of what came."""
        sensitive = self.measure.sensitive and self.measure.kind is not Kind.TEXT
        return self.audience is Audience.PUBLIC and sensitive and self.series is None

    def _too_small_to_publish(self) -> Assessment:
        """Not assessed, because the figures of a sensitive measure are not published in this form."""
        rule = status.RULES[self.measure.status_rule]
        return Assessment(Status.NOT_ASSESSED, rule, PROTECTED_REASON, "Not published")

    def _incomplete(self) -> Assessment:
        """Not assessed, because no figure is made for the whole area while a part of it is missing."""
        of = len(self.measure.areas)
        come = f"{of - self.missing_parts} of {of} returns"
        reason = f"{come} hold figures: no figure is made for the whole area while a part of it is missing."
        return Assessment(Status.NOT_ASSESSED, status.RULES[self.measure.status_rule], reason, come)

    @cached_property
    def test(self) -> Test | None:
        """The test of the latest against the baseline, where there is one."""
        return self.test_of(self.baseline, self.latest)

    @cached_property
    def last_year_test(self) -> Test | None:
        """The same test of the last 12 months on the 12 before, where there is one."""
        return self.test_of(self.compared.before, self.compared.latest) if self.compared is not None else None

    @cached_property
    def unusual_baseline(self) -> UnusualBaseline | None:
        """The baseline year and the others, where it lies outside their range."""
        if self.series is None or self.held or not self.has_baseline_column:
            return None
        return baseline_year.unusual(self.series, self.facts.plan.baseline, self.period.end)

    @property
    def projections(self) -> tuple[Projection, ...]:
        """The projected totals of the financial year and of the plan's last one, those that the series allows."""
        return tuple(one for one in self._ahead if isinstance(one, Projection))

    @property
    def unprojected(self) -> tuple[NotProjected, ...]:
        """Why there is no projection of the financial year or the plan's last one, each reason once."""
        return tuple(dict.fromkeys(one for one in self._ahead if isinstance(one, NotProjected)))

    @cached_property
    def _ahead(self) -> tuple[Projection | NotProjected, ...]:
        """What can be said of the ends of the financial year and of the plan; nothing where nothing may be told."""
        if self.series is None or self.held:
            return ()
        years = {financial_year_start(day) for day in (self.period.end, self.facts.plan.last_day)}
        return tuple(projection.project(self.series, financial_year(year)) for year in sorted(years))

    def test_of(self, old: Amount | None, new: Amount | None) -> Test | None:
        """The measure's own test of two amounts, None where there is none or nothing may be told."""
        if self.series is None or self.held or old is None or new is None:
            return None
        found = significance.test_between(self.series, old, new)
        return found if isinstance(found, Test) else None

    @property
    def chosen_limits(self) -> tuple[ChosenLimits, ...]:
        """Where a person let the control limits come from."""
        return measure_chart.of_subject(self.facts, self.measure, self.area)

    @cached_property
    def chart(self) -> ControlChart | None:
        """The control chart of monthly and quarterly counts, and of rates and proportions with their bases.

        None for rolling figures, scores, money and text.
        """
        found, kind = self.series, self.measure.kind
        if found is None or found.rolling or kind not in (Kind.COUNT, Kind.RATE, Kind.PROPORTION):
            return None
        if kind is Kind.PROPORTION and measure_chart.counts_of(found) is None:
            return None
        if found.frequency not in (PeriodKind.MONTH, PeriodKind.QUARTER):
            return None
        chart = measure_chart.for_series(found, self.facts.plan.baseline, chosen=self.chosen_limits)
        return None if chart.absent or not chart.points else chart

    @cached_property
    def position(self) -> Position | None:
        """The position in the most similar group, for the whole area only."""
        if not self.shown or not self.whole_area:
            return None
        return position.position(self.facts, self.measure, self.period.end)

    @cached_property
    def narrative(self) -> tuple[Observation, ...]:
        """The words of a text measure at its latest period up to the quarter."""
        if not self.shown or self.measure.kind is not Kind.TEXT:
            return ()
        found = [one for one in self.facts.observations if one.text and one.key.period.end <= self.period.end]
        last = max((one.key.period.end for one in found), default=None)
        return tuple(one for one in found if one.key.period.end == last)


@dataclass(frozen=True)
class Gathered:
    """The facts an audience may see, sorted by measure once for a whole page."""

    facts: Facts
    period: Period
    audience: Audience
    by_measure: dict[str, Facts]

    def subject(self, measure: Measure, area: str | None = None) -> Subject:
        """The subject for a measure and an area (the whole area if none is named)."""
        clearance = self.facts.clearance(measure, self.period.end, area or "")
        own = self.by_measure.get(measure.code) or replace(self.facts, observations=())
        hidden = self._hidden.get(measure.code, ()) if small_numbers.is_sensitive_count(measure) else ()
        return Subject(own, measure, area or self.facts.plan.area, self.period, self.audience, clearance, hidden)

    @cached_property
    def _hidden(self) -> dict[str, tuple[PublishedCount, ...]]:
        """The counts that public papers hide, by measure; known to those who prepare them only."""
        found: dict[str, tuple[PublishedCount, ...]] = {}
        if self.audience is Audience.WORKING:
            for one in small_numbers.hidden_counts(self.facts, self.period.end):
                found[one.measure] = (*found.get(one.measure, ()), one)
        return found

    def every(self) -> Iterator[Subject]:
        """Every measure in the order of the plan's priorities: its whole area, then its parts."""
        for priority in self.facts.plan.priorities:
            for measure in self.measures_of(priority.code):
                yield self.subject(measure)
                for area in measure.areas:
                    yield self.subject(measure, area)

    def measures_of(self, priority: str) -> list[Measure]:
        """A priority's measures, those that lead first; the first leads where none is said to."""
        own = [measure for measure in self.facts.measures if measure.priority == priority]
        return sorted(own, key=lambda measure: not measure.lead)

    def leads_of(self, priority: str) -> list[Measure]:
        """The measures that a priority is listed by."""
        own = self.measures_of(priority)
        return [measure for measure in own if measure.lead] or own[:1]


def gather(facts: Facts, period: Period, audience: Audience) -> Gathered:
    """Take from `facts` what `audience` may see at the end of `period`, and sort it by measure."""
    released = disclosure.releasable(facts, audience, period.end)
    sorted_out: dict[str, list[Observation]] = defaultdict(list)
    for observation in released.observations:
        sorted_out[observation.key.measure].append(observation)
    by_measure = {code: replace(released, observations=tuple(found)) for code, found in sorted_out.items()}
    return Gathered(released, period, audience, by_measure)


def is_running_total(measure: Measure) -> bool:
    """Whether a measure is one running total against a target, which has no value of a baseline year."""
    return measure.aggregation is Aggregation.LATEST and measure.status_rule is StatusRule.AGAINST_TARGET


def value_at(series: Series, place: int) -> float | None:
    """One value of a series, without making the list of all of them."""
    value = series.entries[place].value
    return None if value is None else float(value)
