"""The tab of one priority: each of its measures with headline facts, charts and the working of its status."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pcp_desktop.analysis import status
from pcp_desktop.analysis.comparison import Amount, Change, change
from pcp_desktop.analysis.pages import (
    funnel_chart,
    main_charts,
    rolling_chart,
    rows,
    savings_chart,
    small_charts,
    tested,
    why,
    wording,
)
from pcp_desktop.analysis.pages.subject import Gathered, Subject, gather
from pcp_desktop.domain.clearance import Audience, ClearanceState
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.formats import change_shown, ordinal, percent_change_shown, value_shown
from pcp_desktop.domain.held_access import HeldFigures
from pcp_desktop.domain.measures import StatusRule
from pcp_desktop.domain.observations import Marker
from pcp_desktop.domain.pages import (
    ChartKind,
    ChartSpec,
    HeadlineFact,
    MeasurePanel,
    PriorityPage,
    PriorityTab,
    Sentence,
)
from pcp_desktop.domain.periods import Period, PeriodKind
from pcp_desktop.domain.status import Status

PROJECTION = "Projection"


def build(facts: Facts, code: str, period: Period, audience: Audience) -> PriorityPage:
    """The page of the priority `code` for the quarter `period`; KeyError where the plan has no such priority."""
    priority = next((one for one in facts.plan.priorities if one.code == code), None)
    if priority is None:
        raise KeyError(code)
    gathered = gather(facts, period, audience)
    subjects = {measure.code: gathered.subject(measure) for measure in gathered.measures_of(code)}
    tests = tested.p_values(facts, period, audience)
    panels = tuple(_panel(gathered, subject, tests) for subject in subjects.values())
    leads = [subjects[measure.code] for measure in gathered.leads_of(code)]
    return PriorityPage(
        audience=audience,
        period=period,
        code=code,
        title=priority.title,
        status=_status(leads),
        held=any(lead.held for lead in leads),
        measures=panels,
    )


def tabs(facts: Facts, period: Period, audience: Audience) -> tuple[PriorityTab, ...]:
    """The tab bar: every priority of the plan with the status of its lead measures."""
    gathered = gather(facts, period, audience)
    found = []
    for priority in gathered.facts.plan.priorities:
        leads = [gathered.subject(measure) for measure in gathered.leads_of(priority.code)]
        name = wording.short_label(leads[0].measure) if leads else priority.title
        found.append(PriorityTab(priority.code, name, _status(leads), any(lead.held for lead in leads)))
    return tuple(found)


def _status(leads: list[Subject]) -> Status:
    """The status of the lead measures, the worst of several."""
    return status.priority_status(lead.assessment for lead in leads) if leads else Status.NOT_ASSESSED


def _panel(gathered: Gathered, subject: Subject, tests: Sequence[float]) -> MeasurePanel:
    """One measure with everything its part of the tab shows; `tests` are the p-values of all that were made."""
    main = main_charts.main_chart(subject)
    return _marked(
        gathered,
        subject,
        MeasurePanel(
            row=rows.build(subject),
            polarity=subject.measure.polarity.words,
            organisation=wording.listed(subject.measure.organisations),
            facts=headline(subject),
            main=main,
            main_absent="" if main is not None else main_charts.absent_words(subject),
            small=small_charts.small_charts(gathered, subject),
            why=why.why(subject, tests),
            text=tuple(Sentence(one.text) for one in subject.narrative if one.text),
            others=other_charts(subject) if main is not None else (),
        ),
    )


def _marked(gathered: Gathered, subject: Subject, panel: MeasurePanel) -> MeasurePanel:
    """The panel with what of it may not be published said of each chart, in the working view."""
    if subject.audience is not Audience.WORKING or subject.clearance.may_be_shown(Audience.PUBLIC):
        return panel

    def marked(chart: ChartSpec) -> ChartSpec:
        count = sum(1 for series in chart.series for point in series.points if point.value is not None)
        others = savings_chart.parts(gathered, subject) if chart.kind is ChartKind.SAVINGS else ()
        return replace(chart, held=_held([subject, *others], chart.kind.value, count))

    return replace(
        panel,
        main=marked(panel.main) if panel.main is not None else None,
        small=tuple(marked(chart) for chart in panel.small),
        others=tuple(marked(chart) for chart in panel.others),
        held=_held([subject], "", sum(1 for fact in panel.facts if any(sign.isdigit() for sign in fact.value))),
    )


def _held(subjects: Sequence[Subject], form: str, count: int) -> HeldFigures:
    """The held figures of subjects, the first of which gives the periods, in something that is made of them."""
    found = subjects[0].series
    periods = wording.run_words(found.periods[0], found.periods[-1]) if found is not None and found.periods else ""
    codes = tuple(one.measure.code for one in subjects)
    return HeldFigures(form, codes, periods or f"to {subjects[0].period.label}", count)


def other_charts(subject: Subject) -> tuple[ChartSpec, ...]:
    """The charts that are drawn when they are chosen."""
    found = (rolling_chart.rolling_chart(subject), funnel_chart.funnel_chart(subject))
    return tuple(chart for chart in found if chart is not None)


# ---------------------------------------------------------------- headline strip


def headline(subject: Subject) -> tuple[HeadlineFact, ...]:
    """The facts over the charts; for an audience that may not see the figures, only that they are not published."""
    found = [*_level_facts(subject), *_change_facts(subject), *_year_facts(subject), *_projection_fact(subject)]
    ranked = subject.position
    if ranked is not None:
        found.append(HeadlineFact("Position in MSG", ordinal(ranked.rank, ranked.tied), f"of {ranked.of}"))
    found.append(_clearance_fact(subject))
    return tuple(found)


def _level_facts(subject: Subject) -> list[HeadlineFact]:
    """The latest value, the baseline and the target."""
    measure, latest, baseline = subject.measure, subject.latest, subject.baseline
    found = []
    if latest is not None:
        shown = value_shown(latest.exact, measure.unit, measure.decimals)
        found.append(HeadlineFact(latest.period.label, shown, _public_mark(subject, latest) or latest.marker.sign))
    if baseline is not None:
        shown = value_shown(baseline.exact, measure.unit, measure.decimals)
        found.append(HeadlineFact(f"Baseline {baseline.period.label}", shown, _public_mark(subject, baseline)))
    if measure.status_rule is StatusRule.AGAINST_TARGET and measure.target is not None and subject.shown:
        target = value_shown(measure.target, measure.unit, measure.decimals)
        found.append(HeadlineFact("Target", target))  # what came of it is the status, which stands beside it
    return found


def _public_mark(subject: Subject, amount: Amount) -> str:
    """For those who prepare the papers: that the public reads a count as [c]."""
    return f"{Marker.SUPPRESSED.sign} in public" if subject.is_hidden(amount.period) else ""


def _change_facts(subject: Subject) -> list[HeadlineFact]:
    """The change on the baseline, or why there is none."""
    found = subject.change
    if isinstance(found, Change):
        return [HeadlineFact("Change", *_change_parts(subject, found))]
    if subject.latest is not None and subject.has_baseline_column:
        return [HeadlineFact("Change", "–", found.short)]
    return []


def _change_parts(subject: Subject, found: Change) -> tuple[str, str]:
    """A change in the measure's unit and in percent; percentages have points alone."""
    measure = subject.measure
    amount = change_shown(found.amount, measure.unit, measure.decimals)
    if wording.is_percentage(measure):
        return amount, ""
    return amount, percent_change_shown(found.new.exact, found.old.exact)


def _year_facts(subject: Subject) -> list[HeadlineFact]:
    """The quarter on the same quarter last year, and the year to date on last year's same months.

    A projection holds the year to date, which Why? then gives: the strip has room for one of them.
    """
    compared = subject.compared
    if compared is None:
        return []
    quarter, before = compared.latest_period, compared.same_period_last_year
    pairs = []
    if quarter is not None and before is not None and quarter.period.kind is PeriodKind.QUARTER:
        pairs.append((f"{quarter.period.label}, on {before.period.label}", quarter, before))
    this, last = compared.year_to_date, compared.year_to_date_last_year
    if this is not None and last is not None and not subject.projections:
        pairs.append(("Year to date, on last year", this, last))
    found = [_pair_fact(subject, label, new, old) for label, new, old in pairs]
    return [fact for fact in found if fact is not None]


def _pair_fact(subject: Subject, label: str, new: Amount, old: Amount) -> HeadlineFact | None:
    """Two amounts as one fact, None where they are not comparable."""
    measure = subject.measure
    found = change(subject.series, old, new) if subject.series is not None else None
    if not isinstance(found, Change):
        return None
    detail = ", ".join(part for part in _change_parts(subject, found) if part)
    return HeadlineFact(label, value_shown(new.exact, measure.unit, measure.decimals), detail)


def _projection_fact(subject: Subject) -> list[HeadlineFact]:
    """The projected total farthest ahead, with its interval."""
    if not subject.projections:
        return []
    farthest = subject.projections[-1]
    value, low, high = farthest.shown
    return [HeadlineFact(f"{PROJECTION} {farthest.period.label}", value, f"{low} to {high}")]


def _clearance_fact(subject: Subject) -> HeadlineFact:
    """Whether the figures may be published; the day for the working view."""
    shown = wording.clearance_shown(subject.clearance, subject.audience)
    on = subject.clearance.on
    if shown.state is ClearanceState.CLEARED:
        day = wording.short_date(on) if on is not None and subject.audience is Audience.WORKING else ""
        return HeadlineFact("Clearance", "Cleared", day)
    if not subject.shown:
        return HeadlineFact("Clearance", "Not published", wording.not_published(subject.clearance))
    return HeadlineFact("Clearance", shown.words)
