"""Titles, subtitles, source lines and text alternatives of charts; they claim only what the test supports.

A status set by hand changes no title: it is said beside the chart, with its reason.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from pcp_desktop.analysis.attribute_charts import ChartType
from pcp_desktop.analysis.comparison import Change
from pcp_desktop.analysis.control_chart import RUN_CHART, TOO_FEW, ControlGroup, ControlPoint
from pcp_desktop.analysis.control_limits import UNSCREENED
from pcp_desktop.analysis.measure_chart import baseline_of, is_screened, limits_positions
from pcp_desktop.analysis.pages import axes, illustrative, signals, wording
from pcp_desktop.analysis.pages.subject import Subject
from pcp_desktop.analysis.series import YEAR_MONTHS
from pcp_desktop.analysis.status import in_period
from pcp_desktop.domain.clearance import ClearanceState
from pcp_desktop.domain.formats import (
    MONEY_MILLION,
    PERCENT,
    change_shown,
    counted,
    number,
    percent_change_shown,
    value_shown,
)
from pcp_desktop.domain.measures import Measure, StatusRule
from pcp_desktop.domain.observations import Marker, Source
from pcp_desktop.domain.pages import ChartMark, Signal
from pcp_desktop.domain.periods import PeriodKind, in_words
from pcp_desktop.domain.status import Status

WITHIN = "within the expected limits"
_PREPOSITIONS = {"to", "by", "in", "from", "of", "for", "with", "within", "against", "over", "or", "near"}
_EVERY = {PeriodKind.MONTH: "a month", PeriodKind.QUARTER: "a quarter", PeriodKind.HALF_YEAR: "a half-year"}
_TARGET_WORDS = {
    Status.TARGET_MET: "met",
    Status.WITHIN_TOLERANCE: "nearly met, within tolerance",
    Status.TARGET_MISSED: "missed",
}


def is_plural(text: str) -> bool:
    """Whether a measure's name takes "are": a word of its head noun, before any preposition, ends in s."""
    head: list[str] = []
    for word in text.split(",")[0].split():
        if word in _PREPOSITIONS or word.startswith("("):
            break
        head.append(word)
    return any(word.lower() == "people" or (word.endswith("s") and not word.endswith(("ss", "us"))) for word in head)


def movement(subject: Subject) -> str:
    """ "higher" or "lower" where the measure's own test shows it against the baseline, otherwise empty."""
    if subject.computed.status not in (Status.IMPROVING, Status.DETERIORATING):
        return ""
    interval = subject.computed.interval
    if interval is not None and (interval[0] > 0 or interval[1] < 0):
        return "higher" if interval[0] > 0 else "lower"
    change = subject.change
    if not isinstance(change, Change) or change.amount == 0:
        return ""
    return "higher" if change.amount > 0 else "lower"


def control_title(subject: Subject) -> str:
    """The finding of a control chart: the test against the baseline, and whether the last point is within limits."""
    name = wording.upper_first(wording.in_sentence(subject.measure))
    if subject.held:
        return wording.fitted(f"{name}: not for publication", wording.short_label(subject.measure))
    if subject.computed.status in _TARGET_WORDS and subject.latest is not None:
        latest = subject.latest.period
        return _target_title(subject, "over 12 months" if latest.months == YEAR_MONTHS else in_period(latest))
    plural = is_plural(name)
    be, its = ("are", "their") if plural else ("is", "its")
    be = f"{name}, {be}" if "," in name else f"{name} {be}"
    baseline = subject.facts.plan.baseline.label
    moved, place = movement(subject), _last_place(subject)
    if not place:
        title = f"{be} {moved} than in {baseline}" if moved else f"{name}: {_unlimited(subject)}"
        return wording.fitted(title, wording.short_label(subject.measure))
    month, where = place
    signalled = _signal_words(subject)
    if moved:
        short = f"{be} {moved} than in {baseline}"
        placed = f"{short}; {month} is {_own_words(subject, where)}"
        return wording.fitted(placed, short, wording.short_label(subject.measure))
    ending = f"; no clear change on {baseline}" if subject.computed.status is Status.NO_CLEAR_CHANGE else ""
    if where == WITHIN:
        label = wording.short_label(subject.measure)
        if signalled:
            kept = (
                f"{be} within {its} expected limits, {signalled}",
                f"{name}: {signalled}",
                f"{label}: {signalled}",
            )
            return wording.fitted(*(f"{words}{ending}" for words in kept), *kept)
        short = f"{label}: within expected limits"
        return wording.fitted(f"{be} within {its} expected limits{ending}", f"{short}{ending}", short)
    return wording.fitted(f"{name}: {month} is {where}{ending}", f"{wording.short_label(subject.measure)}: {where}")


def _unlimited(subject: Subject) -> str:
    """Why there are no limits to judge the last point by."""
    chart = subject.chart
    return unlimited_words(chart.groups[chart.last.group] if chart is not None and chart.last is not None else None)


def unlimited_words(group: ControlGroup | None) -> str:
    """Why a group has no limits, as a title says it: too few to judge, or figures that give none."""
    why = group.unlimited if group is not None else TOO_FEW
    return f"{TOO_FEW} by limits" if why == TOO_FEW else f"no limits, {why}"


def _signal_words(subject: Subject) -> str:
    """What the drawn signals say of a series whose last point lies within its limits.

    The last point's own ("in a run above the mean"), else when the last one was ("no signals since December 2014");
    empty where the chart has none.
    """
    chart, series = subject.chart, subject.series
    if chart is None or series is None or chart.last is None:
        return ""
    if chart.last.signal is not Signal.NONE:
        return _own_signal(chart.last)
    places = [place for place, point in enumerate(chart.points) if point.signal is not Signal.NONE]
    return f"no signals since {series.periods[places[-1]].label}" if places else ""


def _own_words(subject: Subject, where: str) -> str:
    """The last point's signal inside the limits, else `where` it lies to them."""
    last = subject.chart.last if subject.chart is not None else None
    return (_own_signal(last) if last is not None else "") or where


def _own_signal(point: ControlPoint) -> str:
    """A point's signal inside the limits: "on a rising trend"; empty without one, or outside them."""
    side = "above" if point.rising > 0 else "below"
    return {
        Signal.TREND: f"on a {'rising' if point.rising > 0 else 'falling'} trend",
        Signal.SHIFT: f"in a run {side} the mean",
        Signal.TWO_OF_THREE: f"near the {'upper' if point.rising > 0 else 'lower'} limit",
    }.get(point.signal, "")


def _last_place(subject: Subject) -> tuple[str, str] | None:
    """The last known period and where it lies to its limits; None without limits."""
    chart, series = subject.chart, subject.series
    if chart is None or series is None or series.last_known is None:
        return None
    point = chart.points[series.last_known]
    if point.mean is None:
        return None
    period = series.periods[series.last_known].label
    if point.signal is Signal.OUTSIDE:
        return period, "above the upper limit" if point.rising > 0 else "below the lower limit"
    return period, WITHIN


def line_title(subject: Subject) -> str:
    """The finding of a line of rolling or occasional values."""
    measure = subject.measure
    name = wording.upper_first(wording.in_sentence(measure))
    short = wording.short_label(measure)
    latest = subject.latest
    if subject.held or latest is None:
        return wording.fitted(f"{name}: not for publication" if subject.held else name, short)
    shown = value_shown(latest.exact, measure.unit, measure.decimals)
    status = subject.computed.status
    if status in _TARGET_WORDS:
        return _target_title(subject)
    plan_baseline = subject.facts.plan.baseline.label
    moved = movement(subject)
    against = shown
    if subject.baseline is not None:
        against = f"{shown} against {value_shown(subject.baseline.exact, measure.unit, measure.decimals)}"
    if moved:
        be = "are" if is_plural(name) else "is"
        text = f"{name}{',' if ',' in name else ''} {be} {moved} than in {plan_baseline}"
        return wording.fitted(f"{text}: {against}", text, short)
    if status is Status.NO_CLEAR_CHANGE:
        return wording.fitted(
            f"{name}: no clear change on {plan_baseline}, {against}", f"{short}: no clear change on {plan_baseline}"
        )
    when = in_period(latest.period)
    return wording.fitted(f"{name}: {shown} {when}", f"{short}, {shown} {when}", f"{short}, {shown}")


def _target_title(subject: Subject, when: str = "") -> str:
    """A latest value, with the words for its period where the chart does not show it, and what came of the target."""
    measure, latest = subject.measure, subject.latest
    name, short = wording.upper_first(wording.in_sentence(measure)), wording.short_label(measure)
    if latest is None or measure.target is None:
        return wording.fitted(name, short)
    shown, target = (value_shown(one, measure.unit, measure.decimals) for one in (latest.exact, measure.target))
    ending = f"{f'{shown} {when}'.strip()}, target of {target} {_TARGET_WORDS[subject.computed.status]}"
    return wording.fitted(f"{name}: {ending}", f"{short}: {ending}")


def control_subtitle(subject: Subject) -> str:
    """What, unit, period, kind and the origin of the limits."""
    series, chart = subject.series, subject.chart
    if series is None or chart is None:
        return ""
    parts = [f"{what_is_drawn(subject)}, {wording.run_words(series.periods[0], series.periods[-1])}"]
    last = chart.groups[-1]
    if not last.limited:
        parts.append(f"{RUN_CHART}, {last.unlimited}")
    else:
        far = "" if chart.kind is not ChartType.XMR or is_screened(subject.chosen_limits) else UNSCREENED
        parts.append(f"{chart.kind.words}, limits from {_limits_from(subject, last)}{far}")
    if series.frequency is PeriodKind.MONTH and last.limited and chart.season_words:
        parts.append(chart.season_words)
    return ", ".join(parts)


def _limits_from(subject: Subject, group: ControlGroup) -> str:
    """Which points set the limits, and how sure they are: "2012/13 (provisional: 12 points)"."""
    series, year = subject.series, subject.facts.plan.baseline
    baseline = year if series is None else baseline_of(series, year, subject.chosen_limits)
    places = limits_positions(series, year, subject.chosen_limits) if series is not None else []
    if any(group.first <= place <= group.last for place in places):
        standing = f" ({group.standing}: {counted(group.used, 'point')})" if group.standing else ""
        return f"{baseline.label}{'' if baseline == year else ', chosen by hand'}{standing}"
    return f"all its {counted(group.used, 'point')}{f' ({group.standing})' if group.standing else ''}"


def what_is_drawn(subject: Subject) -> str:
    """ "Offences a month", "Percent, rolling 12 months", "£ million"."""
    series = subject.series
    unit = wording.things(subject.measure)
    if series is None:
        return unit
    if series.rolling:
        return f"{unit}, rolling 12 months{' at the dates returned' if series.uneven else ''}"
    return f"{unit} {_EVERY[series.frequency]}" if series.frequency in _EVERY and subject.chart is not None else unit


def level_words(subject: Subject) -> str:
    """ "4,014 offences in the 12 months to December 2015, 79 (2.0%) more than in 2012/13"."""
    measure, latest = subject.measure, subject.latest
    if latest is None:
        return "No figure for the latest 12 months"
    shown = value_shown(latest.exact, measure.unit, measure.decimals)
    unit = "" if measure.unit in (PERCENT, "£ million") else f" {measure.unit}"
    text = f"{shown}{unit} {in_period(latest.period)}"
    change = subject.change
    if not isinstance(change, Change):
        return text
    as_in = "as in" if change.amount == 0 else "than in"
    return f"{text}, {difference(measure, change)} {as_in} {subject.facts.plan.baseline.label}"


def difference(measure: Measure, change: Change) -> str:
    """A change as a sentence says it: "79 (2.0%) more", "3.3 points lower", "the same"."""
    if change.amount == 0:
        return "the same"
    size = abs(change.amount)
    if wording.is_percentage(measure):
        points = change_shown(size, measure.unit, measure.decimals).lstrip("+")
        return f"{points} {'higher' if change.amount > 0 else 'lower'}"
    amount = value_shown(size, measure.unit, measure.decimals)
    percent = percent_change_shown(change.new.exact, change.old.exact).lstrip("+−")
    less = "less" if measure.unit == MONEY_MILLION else "fewer"
    return f"{amount} ({percent}) {'more' if change.amount > 0 else less}"


def range_words(subject: Subject) -> str:
    """ "Values from 290 to 461", with what lies outside the limits where there are limits."""
    series = subject.series
    known = [value for value in series.values if value is not None] if series is not None else []
    if series is None or not known:
        return "No values."
    measure = subject.measure
    low, high = (value_shown(value, measure.unit, measure.decimals) for value in (min(known), max(known)))
    every = {PeriodKind.MONTH: "Monthly values", PeriodKind.QUARTER: "Quarterly values"}.get(
        series.frequency, "Values"
    )
    text = f"{every if not series.rolling else 'Values'} from {low} to {high}"
    chart = subject.chart
    if chart is not None and chart.limited:
        text = f"{text}; {signals.outside_words(series, chart)}"
    return f"{text}."


def alternative(subject: Subject, kind: str, marks: Sequence[ChartMark] = ()) -> str:
    """The text alternative: kind, measure and period; level and change; range, signals, gaps and marks; status.

    `kind` ends in its preposition ("Line chart of"); `marks` are the breaks and events that are drawn.
    """
    series, measure = subject.series, subject.measure
    several = series is not None and len(series.periods) > 1
    run = f", {wording.run_words(series.periods[0], series.periods[-1])}" if series is not None and several else ""
    said = [f"{kind} {wording.in_sentence(measure)}{run}", level_words(subject)]
    if measure.status_rule is StatusRule.AGAINST_TARGET and measure.target is not None:
        said.append(f"Target {value_shown(measure.target, measure.unit, measure.decimals)}")
    if series is not None and several:
        said += [range_words(subject).rstrip("."), gap_words(series.values)]
        said += [_standing_words(subject), marks_words(marks, [period.label for period in series.periods])]
    return ". ".join([*(words for words in said if words), f"Status: {status_words(subject)}."])


def gap_words(values: Sequence[float | None]) -> str:
    """ "5 of 45 periods show no figure"; empty where every one does."""
    missing = sum(value is None for value in values)
    return (
        f"{missing} of {counted(len(values), 'period')} {'shows' if missing == 1 else 'show'} no figure"
        if missing
        else ""
    )


def marks_words(marks: Sequence[ChartMark], labels: Sequence[str]) -> str:
    """The breaks and events of a chart with the period each stands at, or before; `labels` are those of positions."""
    named = []
    for mark in marks:
        at = math.ceil(mark.position)
        where = labels[at] if at == mark.position else f"before {labels[at]}"
        named.append(f"{mark.label.rstrip('.')} ({where})")
    return f"Marked: {'; '.join(named)}" if named else ""


def _standing_words(subject: Subject) -> str:
    """How sure the limits in force are: "Provisional limits, from 12 points"; empty where nothing is said."""
    chart = subject.chart
    if chart is None or not chart.limited:
        return ""
    last = chart.groups[-1]
    return f"{last.standing.capitalize()} limits, from {counted(last.used, 'point')}" if last.standing else ""


def status_words(subject: Subject) -> str:
    """The status at the end of a text alternative."""
    if subject.held:
        return "not for publication"
    status = subject.assessment.status.value
    return status if subject.assessment.override is None else f"{status}, set by hand"


def source_line(subject: Subject, axis: axes.ValueAxis, further: Iterable[Source] = ()) -> str:
    """Organisation, workbooks, clearance, markers, and where the axis starts; `further` cells are drawn too."""
    series, measure = subject.series, subject.measure
    cells = [source for sources in series.sources for source in sources] if series is not None else []
    cells += further
    files = dict.fromkeys(source.file for source in cells)
    parts = [", ".join([wording.listed(measure.organisations), *files])]
    if subject.clearance.state is ClearanceState.CLEARED:
        on = subject.clearance.on
        parts.append(f"Cleared {in_words(on)}" if on else "Cleared")
    else:
        parts.append(wording.not_published(subject.clearance))
    markers = set(series.markers) if series is not None else set()
    if Marker.PROVISIONAL in markers:
        parts.append("[p] provisional")
    if Marker.REVISED in markers:
        parts.append("[r] revised")
    parts += illustrative.said_of(subject.facts, cells)
    cut = axes.axis_words(axis, measure.unit)
    if cut:
        parts.append(cut)
    return f"Source: {'. '.join(part for part in parts if part)}."


def interval_shown(interval: tuple[float, float], unit: str) -> str:
    """An interval's two ends: "71.2% to 75.8%"."""
    low, high = (number(end, 1) for end in interval)
    return f"{low}% to {high}%" if unit == PERCENT else f"{low} to {high}"
