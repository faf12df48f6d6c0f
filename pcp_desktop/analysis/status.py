"""Status: a measure and its results to a status with its reasons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import isinf

from pcp_desktop.analysis.comparison import Amount, NotComparable, baseline, break_between, latest12, refused
from pcp_desktop.analysis.comparison import year_to_date as year_so_far
from pcp_desktop.analysis.comparison import year_to_date_last_year as year_so_far_before
from pcp_desktop.analysis.control_chart import TOO_FEW, ControlChart
from pcp_desktop.analysis.control_meaning import Variation, variation
from pcp_desktop.analysis.control_meaning import direction_of as good_or_bad
from pcp_desktop.analysis.intervals import byar, wilson
from pcp_desktop.analysis.measure_chart import for_series, of_subject
from pcp_desktop.analysis.series import Series, is_ratio, ratio_unit
from pcp_desktop.analysis.significance import SMALL_NUMBERS, Test, small_numbers, test_between
from pcp_desktop.domain.clearance import NOT_PUBLISHED_REASONS, Clearance
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.formats import change_shown, exact, percent_change_shown, signed, value_shown
from pcp_desktop.domain.measures import Kind, Measure, Polarity, StatusRule
from pcp_desktop.domain.observations import Marker
from pcp_desktop.domain.pages import Direction
from pcp_desktop.domain.periods import Period, PeriodKind
from pcp_desktop.domain.status import Assessment, Override, Status
from pcp_desktop.errors import UserError

RULES = {
    StatusRule.AGAINST_BASELINE: "Against the baseline year",
    StatusRule.AGAINST_TARGET: "Against the target",
    StatusRule.CONTROL_CHART: "By control chart",
    StatusRule.BY_PEOPLE: "By people",
}
WELCOME_CAVEAT = (
    "Higher reporting is welcome: a rise can mean that more people report, and a fall that fewer do; "
    "neither shows by itself that there is more or less of it."
)
SAMPLE_CAVEAT = "The interval takes the answers as a simple random sample."
WEAK_CAVEAT = "Four quarters make a weak test: only large changes can be seen."
AMBER_CAVEAT = (
    "Amber is how the Panel shows small numbers: a convention, no finding. By its rule the measure is not assessed, "
    "and summaries count it apart."
)

SET_BY_HAND = "Set by hand"

_TARGET_STATUSES = (Status.TARGET_MET, Status.WITHIN_TOLERANCE, Status.TARGET_MISSED)
_BADNESS = (
    (Status.DETERIORATING, Status.TARGET_MISSED),
    (Status.NO_CLEAR_CHANGE, Status.WITHIN_TOLERANCE),
    (Status.IMPROVING, Status.TARGET_MET),
    (Status.SMALL_NUMBERS,),
)


def assess(facts: Facts, measure: Measure, area: str, through: date, series: Series | None) -> Assessment:
    """The computed status of `measure` for `area` at the quarter that ends on `through`.

    `series` is what `series.build` gives for the same facts, measure, area and day.
    """
    found = _by_rule(facts, measure, area, through, series)
    if not facts.small_numbers_are_amber or found.short_reason != SMALL_NUMBERS:
        return found
    caveats = (*found.caveats, AMBER_CAVEAT)
    return replace(found, status=Status.SMALL_NUMBERS, short_reason=Status.NOT_ASSESSED.word, caveats=caveats)


def _by_rule(facts: Facts, measure: Measure, area: str, through: date, series: Series | None) -> Assessment:
    """What the measure's own rule says, whatever the Panel shows in its place."""
    rule = RULES[measure.status_rule]
    if measure.kind is Kind.TEXT or measure.status_rule is StatusRule.BY_PEOPLE:
        return _by_people(facts, measure, area, through, series)
    if series is None or (series.last_known is None and not series.wholes):
        marker = series.entries[-1].marker if series is not None and series.entries else None
        return _nothing(rule, marker)
    if series.withdrawn:
        return _nothing(rule, Marker.NOT_AVAILABLE)
    latest = latest12(series, through)
    by_chart = measure.status_rule is StatusRule.CONTROL_CHART
    if series.suppressed and (latest is None or by_chart):
        return _nothing(rule, Marker.SUPPRESSED)
    if by_chart:
        chart = for_series(series, facts.plan.baseline, chosen=of_subject(facts, measure, area))
        return _by_control_chart(series, chart, latest, through)
    if latest is None:
        return _incomplete(rule)
    if measure.status_rule is StatusRule.AGAINST_TARGET:
        return _against_target(series, latest, through)
    return _against_baseline(series, latest, facts.plan.baseline, through)


def held(clearance: Clearance) -> Assessment:
    """What stands in place of an assessment that may not be shown: not assessed, with the hold's public words.

    Raises KeyError for a clearance that holds nothing back.
    """
    words = NOT_PUBLISHED_REASONS[clearance.state]
    return Assessment(Status.NOT_ASSESSED, words, words, words)


def worst(statuses: Iterable[Status]) -> Status:
    """The worst of several statuses; small numbers, then not assessed, only where none of them is assessed."""
    present = set(statuses)
    for equally_bad in _BADNESS:
        for status in equally_bad:
            if status in present:
                return status
    return Status.NOT_ASSESSED


def priority_status(lead_assessments: Iterable[Assessment]) -> Status:
    """A priority's status: its lead measure's, or the worst of several; never an average."""
    return worst(assessment.status for assessment in lead_assessments)


def overridden(computed: Assessment, override: Override | None) -> Assessment:
    """The assessment with a person's status in place of the computed one, which is kept beside it.

    The rule, its numbers and its caveats stay as they were computed; None leaves everything as it is, and what stands
    in place of a held measure's assessment cannot be changed. Raises UserError without a reason, and where the status
    belongs to a target that the rule does not know.
    """
    if override is None or computed.rule in NOT_PUBLISHED_REASONS.values():
        return computed
    if not override.reason.strip():
        raise UserError(
            "The status was not changed.",
            "A status set by hand is printed with its reason, and none was given.",
            "Write why the computed status does not hold.",
        )
    if override.status in _TARGET_STATUSES and not computed.rule.startswith(RULES[StatusRule.AGAINST_TARGET]):
        raise UserError(
            "The status was not changed.",
            f"“{override.status.word}” is said of measures that are held against a target, which this one is not.",
            "Choose improving, no clear change, deteriorating or not assessed.",
        )
    first = computed.computed or computed.status
    return replace(computed, status=override.status, override=override, computed=first, short_reason=SET_BY_HAND)


# ---------------------------------------------------------------- not assessed


def _not_assessed(rule: str, short: str, reason: str, caveats: tuple[str, ...] = ()) -> Assessment:
    return Assessment(Status.NOT_ASSESSED, rule, reason, short, caveats)


def _nothing(rule: str, marker: Marker | None) -> Assessment:
    if marker is Marker.NOT_AVAILABLE:
        return _not_assessed(rule, "Withdrawn", "The partner has withdrawn the latest figure.")
    if marker is Marker.SUPPRESSED:
        return _not_assessed(rule, SMALL_NUMBERS, "Small numbers: the latest figure is not shown.")
    if marker is Marker.NOT_APPLICABLE:
        return _not_assessed(rule, "Not applicable", "The partner says that the figure does not apply.")
    return _not_assessed(rule, "Not received", "No figure has been received.")


def _incomplete(rule: str) -> Assessment:
    return _not_assessed(rule, "Incomplete", "The latest 12 months are incomplete or cut by a break in the series.")


def _by_people(facts: Facts, measure: Measure, area: str, through: date, series: Series | None) -> Assessment:
    """Text and the measures that people judge: never computed, and said whether anything came."""
    rule = RULES[StatusRule.BY_PEOPLE]
    text = any(
        item.text and item.key.measure == measure.code and item.key.area == area and item.key.period.end <= through
        for item in facts.observations
    )
    figures = series is not None and (series.last_known is not None or bool(series.wholes))
    if not text and not figures:
        return _not_assessed(rule, "Not received", "Nothing has been received to judge.")
    what = "the partner’s words" if measure.kind is Kind.TEXT else "the figures and what the partner says of them"
    return _not_assessed(rule, "Judged by people", f"Judged by people from {what}, not by a test.")


# ---------------------------------------------------------------- against the baseline year


def _against_baseline(series: Series, latest: Amount, baseline_year: Period, through: date) -> Assessment:
    rule = RULES[StatusRule.AGAINST_BASELINE]
    caveats = _caveats(series, latest, through)
    earlier = baseline(series, baseline_year, through)
    refusal = _no_comparison(series, earlier, latest, baseline_year, through)
    if refusal is not None:
        return _not_assessed(rule, refusal.short, refusal.reason, caveats)
    outcome = test_between(series, earlier, latest)
    if isinstance(outcome, NotComparable) or earlier is None:
        short, reason = (outcome.short, outcome.reason) if isinstance(outcome, NotComparable) else ("", "")
        return _not_assessed(rule, short, reason, caveats)
    if is_ratio(series.measure):
        caveats = (*caveats, *(_design_caveat(series.measure) or (SAMPLE_CAVEAT,)))
    if outcome.weak:
        caveats = (*caveats, WEAK_CAVEAT)
    status, short = _status_of(outcome, series.measure.polarity)
    return Assessment(
        status=status, rule=f"{rule}: {outcome.words}",
        reason=_comparison_sentence(series.measure, earlier, latest, outcome),
        short_reason=short, caveats=caveats, p_value=outcome.p_value, interval=outcome.interval,
    )  # fmt: skip


def _no_comparison(
    series: Series, earlier: Amount | None, latest: Amount, baseline_year: Period, through: date
) -> NotComparable | None:
    """Why the latest 12 months cannot be held against the baseline year; None where they can."""
    year = baseline_year.label
    if latest.period.overlaps(baseline_year) or latest.period.end < baseline_year.start:
        reason = f"Too early: {_how_early(latest.period, baseline_year)}{_so_far(series, through)}."
        return NotComparable("Too early", reason)
    if break_between(series, baseline_year, latest.period) is not None:
        return refused(series, earlier or _placeholder(latest, baseline_year), latest)
    if earlier is None:
        return NotComparable("No baseline", f"There is no complete figure for {year} to compare with.")
    return refused(series, earlier, latest)


def _how_early(latest: Period, baseline_year: Period) -> str:
    """Why the latest period cannot be held against the baseline year, in words."""
    year = baseline_year.label
    if (latest.start, latest.end) == (baseline_year.start, baseline_year.end):
        return f"the latest figure is that of {year} itself"
    begin = "begin" if named(latest).startswith("the ") else "begins"
    if latest.end < baseline_year.start:
        return f"the latest figure is {in_period(latest)}, before {year}"
    return f"{named(latest)} {begin} before {year} ends"


def _placeholder(latest: Amount, period: Period) -> Amount:
    """An amount that stands for a missing baseline, so that the break is named rather than the gap."""
    return Amount(latest.exact, period, (), Marker.NOT_AVAILABLE)


def _so_far(series: Series, through: date) -> str:
    this, last = year_so_far(series, through), year_so_far_before(series, through)
    if this is None or last is None or refused(series, last, this) is not None:
        return ""
    measure = series.measure
    return (
        f"; {this.period.label}: {_shown(measure, this)} against {_shown(measure, last)} "
        f"{in_period(last.period)} ({percent_change_shown(this.exact, last.exact)})"
    )


def _status_of(outcome: Test, polarity: Polarity) -> tuple[Status, str]:
    """The status of a test's outcome, and its short reason: the interval of no clear change, or which way it went."""
    if not outcome.significant:
        return Status.NO_CLEAR_CHANGE, f"{'weak test, ' if outcome.weak else ''}could be {could_be(outcome)}"
    match good_or_bad(1 if outcome.rise else -1, polarity):
        case Direction.FAVOURABLE:
            return Status.IMPROVING, ""
        case Direction.UNFAVOURABLE:
            return Status.DETERIORATING, ""
    return Status.NOT_ASSESSED, "Higher" if outcome.rise else "Lower"


def _comparison_sentence(measure: Measure, earlier: Amount, latest: Amount, outcome: Test) -> str:
    if outcome.points:
        size = change_shown(latest.exact - earlier.exact, measure.unit, max(measure.decimals, 1))
    else:
        size = percent_change_shown(latest.exact, earlier.exact)
    neither = ""
    if measure.polarity is Polarity.NEUTRAL and outcome.significant:
        neither = "; neither direction is better"
    return (
        f"{_shown(measure, latest)} {in_period(latest.period)} against {_shown(measure, earlier)} "
        f"{in_period(earlier.period)}: {size}, could be {could_be(outcome)}{neither}."
    )


def could_be(outcome: Test) -> str:
    """The interval as sentences print it: `−2.7% to +6.7%`, `−5.0 to −1.6 points`, `+12.0% or more`."""
    low, high = outcome.interval
    if outcome.points:
        return f"{signed(low, 1)} to {signed(high, 1)} points"
    if isinf(high):
        return f"{signed(low, 1)}% or more"
    return f"{signed(low, 1)}% to {signed(high, 1)}%"


# ---------------------------------------------------------------- against the target, by control chart


def _against_target(series: Series, latest: Amount, through: date) -> Assessment:
    measure = series.measure
    rule = RULES[StatusRule.AGAINST_TARGET]
    caveats = _caveats(series, latest, through)
    if measure.target is None or measure.polarity is Polarity.NEUTRAL:
        return _not_assessed(rule, "No target", "The plan has no target that this figure could meet.", caveats)
    small = small_numbers(series, latest)
    if small:
        return _not_assessed(rule, SMALL_NUMBERS, f"Small numbers: {small}.", caveats)
    target, tolerance = exact(measure.target), exact(measure.tolerance or 0.0)
    gap = latest.exact - target if measure.polarity is not Polarity.LOWER else target - latest.exact
    status = Status.TARGET_MET if gap >= 0 else Status.WITHIN_TOLERANCE if gap >= -tolerance else Status.TARGET_MISSED
    against = value_shown(target, measure.unit, measure.decimals)
    allowed = f" (tolerance {_plain_change(tolerance, measure)})" if tolerance else ""
    interval = _interval_of(measure, latest)
    reach = ""
    if interval is not None:
        caveats = (*caveats, *_design_caveat(measure))
        low, high = (value_shown(end, measure.unit, max(measure.decimals, 1)) for end in interval)
        reach = f"; the rate behind it could be {low} to {high}"
    reason = f"{_shown(measure, latest)} {in_period(latest.period)} against a target of {against}{allowed}{reach}."
    return Assessment(status, rule, reason, caveats=caveats, interval=interval)


def _plain_change(tolerance: Fraction, measure: Measure) -> str:
    return change_shown(tolerance, measure.unit, max(measure.decimals, 1)).lstrip("+")


def _interval_of(measure: Measure, amount: Amount) -> tuple[float, float] | None:
    """Wilson's interval of a proportion, Byar's of a rate, in its own unit; None where its base is not known."""
    if amount.numerator is None or not amount.denominator:
        return None
    events, base = float(amount.numerator), float(amount.denominator)
    if measure.kind is Kind.RATE:
        low, high = byar(events, base)
    elif events <= base:
        low, high = wilson(events, base, design_effect=measure.design_effect)
    else:
        return None
    return ratio_unit(measure) * low, ratio_unit(measure) * high


def _design_caveat(measure: Measure) -> tuple[str, ...]:
    """That the interval of a percentage allows for how its answers were drawn, where that is known."""
    if measure.kind is Kind.RATE or measure.design_effect == 1:
        return ()
    return (f"The interval allows for the survey’s design effect of {measure.design_effect:g}.",)


def _by_control_chart(series: Series, chart: ControlChart, latest: Amount | None, through: date) -> Assessment:
    rule = RULES[StatusRule.CONTROL_CHART]
    caveats = _caveats(series, latest, through)
    last = chart.last
    if chart.absent or last is None:
        return _not_assessed(rule, "No control chart", chart.absent or "There are no figures to chart.", caveats)
    small = small_numbers(series, latest) if latest is not None else ""
    if small:
        return _not_assessed(rule, SMALL_NUMBERS, f"Small numbers: {small}.", caveats)
    group = chart.groups[last.group]
    if group.absent:
        short = "Too few" if group.unlimited == TOO_FEW else "No limits"
        return _not_assessed(rule, short, group.absent, caveats)
    status = {
        Variation.IMPROVEMENT: Status.IMPROVING,
        Variation.CONCERN: Status.DETERIORATING,
        Variation.COMMON_CAUSE: Status.NO_CLEAR_CHANGE,
        Variation.NEUTRAL: Status.NOT_ASSESSED,
    }[variation(chart, series.measure.polarity)]
    short = ("Higher" if last.rising > 0 else "Lower") if status is Status.NOT_ASSESSED else ""
    words = "no signal" if last.rising == 0 else f"a signal of a {'rise' if last.rising > 0 else 'fall'}"
    decimals = max(series.measure.decimals, 1)
    low, high = (value_shown(end, series.measure.unit, decimals) for end in (last.lower, last.upper))
    standing = f" ({group.standing} limits)" if group.standing else ""
    season = f", {chart.season_words}" if chart.season_words else ""
    reason = f"The latest point shows {words} against limits of {low} to {high}{standing}{season}."
    return Assessment(status, f"{rule}: {chart.method}", reason, short, caveats)


# ---------------------------------------------------------------- wording


def _caveats(series: Series, latest: Amount | None, through: date) -> tuple[str, ...]:
    found = []
    if latest is not None and latest.period.end < through:
        found.append(f"The latest figure is for {named(latest.period)}.")
    if series.measure.polarity is Polarity.HIGHER_REPORTING_WELCOME:
        found.append(WELCOME_CAVEAT)
    return tuple(found)


def _shown(measure: Measure, amount: Amount) -> str:
    return value_shown(amount.exact, measure.unit, measure.decimals)


def named(period: Period) -> str:
    """A period as it stands inside a sentence: "the 12 months to May 2015", "2014"."""
    label = period.label
    return f"the {label}" if label.startswith("12 months") else label


def in_period(period: Period) -> str:
    """ "in the 12 months to May 2015", "in 2014", "for April to September 2015"."""
    spanning = period.kind in (PeriodKind.SPAN, PeriodKind.HALF_YEAR)
    return f"{'for' if spanning else 'in'} {named(period)}"
