"""Why?: the working behind a status, in words a councillor understands, with where every figure comes from."""

from __future__ import annotations

from collections.abc import Sequence

from pcp_desktop.analysis.attribute_charts import ChartType
from pcp_desktop.analysis.comparison import Amount, Change, adds_up, break_between, change
from pcp_desktop.analysis.measure_chart import is_screened
from pcp_desktop.analysis.multiplicity import adjusted, expected_by_chance
from pcp_desktop.analysis.pages import chart_words, margins, rows, signals, step_words, wording
from pcp_desktop.analysis.pages.passport import passport
from pcp_desktop.analysis.pages.subject import Subject
from pcp_desktop.analysis.power import smallest_change
from pcp_desktop.analysis.series import Series
from pcp_desktop.analysis.significance import ALPHA, Test
from pcp_desktop.analysis.status import WEAK_CAVEAT, named
from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.formats import change_shown, counted, exact, number, percent_change_shown, signed, value_shown
from pcp_desktop.domain.judgements import ChosenLimits, LimitsOrigin
from pcp_desktop.domain.measures import StatusRule
from pcp_desktop.domain.observations import Marker
from pcp_desktop.domain.pages import Sentence, TableSpec, Why
from pcp_desktop.domain.periods import PeriodKind, in_words
from pcp_desktop.domain.status import Status

LITTLE_WORD = 4
_EVERY = {PeriodKind.MONTH: "month", PeriodKind.QUARTER: "quarter"}


def why(subject: Subject, p_values: Sequence[float]) -> Why:
    """The working of a subject's status for its audience; of a held measure, only that and why it is held.

    `p_values` are those of all tests that the page's audience is told of, the subject's own among them.
    """
    if subject.held:
        return _held(subject)
    return Why(
        heading=f"Why “{subject.assessment.status.word}”?",
        explanation=explanation(subject),
        table=table(subject),
        rule=rule(subject, p_values),
        signals=signal_sentences(subject),
        caveats=caveats(subject, p_values),
        passport=passport(subject),
        beside=beside(subject),
        levels=step_words.offered(subject),
        starts=step_words.possible(subject),
        chosen=subject.chosen_limits,
        screened=_is_screened(subject),
    )


def _held(subject: Subject) -> Why:
    """The working of a held measure: no test, no signal, no indication; the passport only in the working view."""
    reason = f"{wording.not_published(subject.clearance)}."
    working = subject.audience is Audience.WORKING
    return Why(
        heading="Why “Not assessed”?",
        explanation=(Sentence(reason),),
        table=None,
        rule="No status is computed for figures that may not be published.",
        signals="",
        caveats=(subject.measure.note,) if working and subject.measure.note else (),
        passport=passport(subject) if working else (),
    )


# ---------------------------------------------------------------- sentences


def explanation(subject: Subject) -> tuple[Sentence, ...]:
    """What led to the status: what happened against the baseline and how sure that is, or its own reason."""
    return (*_by_hand(subject), *(_baseline_sentences(subject) or [_reason(subject)]))


def _by_hand(subject: Subject) -> list[Sentence]:
    """That a person set the status, why, and which one the rule gives."""
    assessment = subject.assessment
    if assessment.computed is None:
        return []
    return [Sentence(assessment.by_hand, (assessment.computed.word,))]


def beside(subject: Subject) -> tuple[Sentence, ...]:
    """What stands beside the status: the last 12 months on the 12 before, chance and recording, and what is ahead."""
    return (*_before_sentence(subject), *margins.sentences(subject), *_projection_sentence(subject))


def _baseline_sentences(subject: Subject) -> list[Sentence]:
    """The comparison with the baseline; the assessment's own reason where there is no test."""
    test, change = subject.test, subject.change
    by_test = subject.computed.status in (Status.IMPROVING, Status.NO_CLEAR_CHANGE, Status.DETERIORATING)
    if test is None or not isinstance(change, Change) or not by_test:
        return [_reason(subject)] if subject.assessment.reason else []
    baseline = subject.facts.plan.baseline.label
    found = []
    if test.higher is not None and test.pairs:
        name = wording.upper_first(wording.in_sentence(subject.measure))
        verb = "were" if chart_words.is_plural(name) else "was"
        verb = f", {verb}" if "," in name else f" {verb}"
        unit = "quarter" if test.pairs == 4 else "month"
        ratio = f"{test.higher or 'none'} of {test.pairs}"
        found.append(Sentence(f"{name}{verb} above the same {unit} of {baseline} in {ratio} {unit}s.", (ratio,)))
    found.append(_interval_sentence(subject, test, change))
    return found


def _reason(subject: Subject) -> Sentence:
    """The assessment's own reason, with the latest value and the target in bold where it names them."""
    measure, reason = subject.measure, subject.assessment.reason
    named = [subject.latest.exact] if subject.latest is not None else []
    named += [exact(measure.target)] if measure.target is not None else []
    shown = dict.fromkeys(value_shown(one, measure.unit, measure.decimals) for one in named)
    return Sentence(reason, tuple(one for one in shown if one in reason))


def _interval_sentence(subject: Subject, test: Test, change: Change) -> Sentence:
    """The change with its interval in bold, and what may be said of it."""
    shown = _change_words(subject, change)
    low, high = interval_words(test)
    if test.significant:
        direction = "rise" if test.rise else "fall"
        verdict = f"a {direction} that chance alone does not explain"
        text = f"The change, {shown}, could be anything from {low} to {high}: {verdict}."
    else:
        text = f"The change, {shown}, could be anything from {low} to {high}: no clear change."
    return Sentence(text, (low, high))


def _change_words(subject: Subject, change: Change) -> str:
    """ "+2.0%", or "−3.3 points" for percentages."""
    measure = subject.measure
    if wording.is_percentage(measure):
        return change_shown(change.amount, measure.unit, measure.decimals)
    return percent_change_shown(change.new.exact, change.old.exact)


def interval_words(test: Test) -> tuple[str, str]:
    """Both ends of a test's interval: "−2.7%" and "+6.7%", or "−12.7" and "−5.9 points"."""
    first, second = ("", " points") if test.points else ("%", "%")
    return f"{signed(test.interval[0], 1)}{first}", f"{signed(test.interval[1], 1)}{second}"


def _before_sentence(subject: Subject) -> list[Sentence]:
    """The last 12 months on the 12 before, by the same test: a second fact, unless the 12 before are the baseline."""
    compared = subject.compared
    if compared is None or compared.latest is None or compared.before is None:
        return []
    latest, before = compared.latest, compared.before
    if subject.baseline is not None and before.period.start == subject.baseline.period.start:
        return []
    test = subject.last_year_test
    if test is None:
        return _not_compared_with_before(subject, before, latest)
    measure = subject.measure
    new, old = (value_shown(one.exact, measure.unit, measure.decimals) for one in (latest, before))
    low, high = interval_words(test)
    verdict = f"a clear {'rise' if test.rise else 'fall'}" if test.significant else "no clear change"
    months = "last 12 months on the 12 before" if latest.period.months == 12 else "latest period on the year before"
    return [Sentence(f"The {months}: {new} against {old}, {verdict} ({low} to {high}).", (new, old))]


def _not_compared_with_before(subject: Subject, before: Amount, latest: Amount) -> list[Sentence]:
    """That a break keeps the 12 months before from being compared, where the status's reason does not say it."""
    series = subject.series
    cut = break_between(series, before.period, latest.period) if series is not None else None
    if cut is None or cut.note.rstrip(".") in subject.assessment.reason:
        return []
    return [Sentence(f"The 12 months before are not comparable: {wording.lower_first(cut.note.rstrip('.'))}.")]


def _projection_sentence(subject: Subject) -> list[Sentence]:
    """The projected totals with their intervals, a going-on of what was and no promise; or why there are none."""
    refused = [Sentence(f"Not projected: {wording.lower_first(one.reason)}") for one in subject.unprojected]
    shown = [(one.period.label, *one.shown) for one in subject.projections]
    if not shown:
        return refused
    parts = [f"{value} for {year} (80% interval {low} to {high})" for year, value, low, high in shown]
    text = f"If the months go on as they have, the projected total is {wording.listed(parts)}."
    return [*_year_to_date_sentence(subject), Sentence(text, tuple(value for _, value, *_ends in shown)), *refused]


def _year_to_date_sentence(subject: Subject) -> list[Sentence]:
    """The known months of the year on the same months of the year before, where the two may be compared."""
    series, compared, measure = subject.series, subject.compared, subject.measure
    if series is None or compared is None:
        return []
    found = change(series, compared.year_to_date_last_year, compared.year_to_date)
    if not isinstance(found, Change):
        return []
    new, old = (value_shown(one.exact, measure.unit, measure.decimals) for one in (found.new, found.old))
    periods = f"in {named(found.new.period)} against {old} in {named(found.old.period)}"
    return [Sentence(f"Year to date: {new} {periods} ({_change_words(subject, found)}).", (new, old))]


# ---------------------------------------------------------------- table


def table(subject: Subject) -> TableSpec | None:
    """Baseline and latest side by side, with the mean a month for sums or the answers for percentages."""
    latest, baseline = subject.latest, subject.baseline
    if latest is None:
        return None
    if wording.is_percentage(subject.measure):
        return _percentage_table(subject, latest, baseline)
    series = subject.series
    with_mean = series is not None and series.frequency in _EVERY and subject.has_baseline_column and adds_up(series)
    body = [_count_row(subject, amount, with_mean) for amount in (baseline, latest) if amount is not None]
    change = subject.change
    if isinstance(change, Change):
        measure = subject.measure
        row = ["Difference", change_shown(change.amount, measure.unit, measure.decimals)]
        same_length = change.new.period.months == change.old.period.months
        if with_mean:
            row.append(signed(change.amount / _parts(subject, change.new), 1) if same_length else "–")
        body.append(tuple(row))
    columns = ("", "Total", f"Mean a {_EVERY[series.frequency]}") if with_mean and series else ("", "Value")
    return TableSpec(
        caption="Baseline and latest",
        columns=columns,
        rows=tuple(body),
        numeric=(False, True, True)[: len(columns)],
        strong_rows=(len(body) - 1,) if isinstance(change, Change) else (),
    )


def _count_row(subject: Subject, amount: Amount, with_mean: bool) -> tuple[str, ...]:
    """One line of the table for a sum."""
    measure = subject.measure
    shown = value_shown(amount.exact, measure.unit, measure.decimals)
    label = _amount_label(subject, amount)
    return (label, shown, number(amount.exact / _parts(subject, amount), 1)) if with_mean else (label, shown)


def _parts(subject: Subject, amount: Amount) -> int:
    """How many months (or quarters) an amount holds."""
    step = subject.series.step if subject.series is not None else 1
    return max(1, amount.period.months // step)


def _amount_label(subject: Subject, amount: Amount) -> str:
    """ "Baseline 2012/13", "12 months to December 2015 [p]"."""
    prefix = "Baseline " if amount is subject.baseline else ""
    return f"{prefix}{amount.period.label} {amount.marker.sign}".strip()


def _percentage_table(subject: Subject, latest: Amount, baseline: Amount | None) -> TableSpec:
    """The table of a percentage: value and the answers behind it."""
    measure = subject.measure
    body = []
    for amount in (baseline, latest):
        if amount is None:
            continue
        known = amount.numerator is not None and amount.denominator is not None
        answers = f"{number(amount.numerator or 0)} of {number(amount.denominator or 0)}" if known else "–"
        shown = value_shown(amount.exact, measure.unit, measure.decimals)
        body.append((_amount_label(subject, amount), shown, answers))
    change = subject.change
    if isinstance(change, Change):
        body.append(("Difference", change_shown(change.amount, measure.unit, measure.decimals), ""))
    return TableSpec(
        caption="Baseline and latest",
        columns=("", "Percent", "Out of"),
        rows=tuple(body),
        numeric=(False, True, True),
        strong_rows=(len(body) - 1,) if isinstance(change, Change) else (),
    )


# ---------------------------------------------------------------- rule, signals, caveats


def rule(subject: Subject, p_values: Sequence[float]) -> str:
    """The rule in words with its numbers, and what becomes of them among all tests."""
    assessment, test = subject.assessment, subject.test
    parts = [f"Rule: {assessment.rule.rstrip('.')}" if assessment.rule else "No rule applies"]
    if test is not None and subject.measure.status_rule is StatusRule.AGAINST_BASELINE:
        if test.words and test.words.rstrip(".") not in parts[0]:
            parts.append(test.words.rstrip("."))
        parts.append(_p_words(test.p_value))
        among = _among_all(test, p_values)
        if test.significant and among is not None:
            parts.append(f"among {len(p_values)} tests {_p_words(among)} (Benjamini–Hochberg)")
    return f"{'; '.join(parts)}."


def _p_words(value: float) -> str:
    """ "p = 0.56", "p < 0.001"."""
    return "p < 0.001" if value < 0.001 else f"p = {value:.2g}"


def _among_all(test: Test, p_values: Sequence[float]) -> float | None:
    """The p-value adjusted for all tests; None where there is no other, or the test is not one of them."""
    if len(p_values) < 2 or test.p_value not in p_values:
        return None
    return adjusted(p_values)[list(p_values).index(test.p_value)]


def signal_sentences(subject: Subject) -> str:
    """The signals of the control chart, or why there is none."""
    if subject.series is None:
        return ""
    if subject.chart is not None:
        told = signals.sentences(subject.series, subject.chart)
        return " ".join([told, *signals.target_sentence(subject.measure, subject.chart)])
    if subject.series.rolling:
        return "No control limits: neighbouring rolling figures share eleven months."
    return ""


def caveats(subject: Subject, p_values: Sequence[float]) -> tuple[str, ...]:
    """What a reader should hold against the status: the rule's own caveats, provisional months, breaks, events."""
    found = list(subject.assessment.caveats)
    found += [*_chance_caveat(subject, p_values), *_weak_caveat(subject), *_unusual_caveat(subject)]
    if subject.series is not None:
        found += _series_caveats(subject, subject.series)
    for event in subject.facts.events:
        if (not event.measures or subject.measure.code in event.measures) and event.day <= subject.period.end:
            found.append(f"{event.label}, {in_words(event.day)}")
    found += rows.hidden_note(subject)
    found += rows.rounding_note(subject)
    found += [note for note in rows.measure_note(subject) if not _says_break(subject, note)]
    found += _detectable(subject)
    found += [f"Projection {one.words}" for one in subject.projections]
    return tuple(dict.fromkeys(text if text.endswith(".") else f"{text}." for text in found if text))


def _chance_caveat(subject: Subject, p_values: Sequence[float]) -> list[str]:
    """That a clear change may be one of those that chance makes among so many tests."""
    test = subject.test
    if test is None or not test.significant or subject.measure.status_rule is not StatusRule.AGAINST_BASELINE:
        return []
    among = _among_all(test, p_values)
    if among is None or among <= ALPHA:
        return []
    tests, by_chance = len(p_values), number(expected_by_chance(len(p_values)), 1)
    alone = f"Among {tests} tests chance alone makes about {by_chance} such changes"
    return [f"{alone}, and this one does not stand when all are looked at together"]


def _unusual_caveat(subject: Subject) -> list[str]:
    """That the baseline year was itself unusual."""
    found, measure = subject.unusual_baseline, subject.measure
    if found is None:
        return []
    own, *others = (value_shown(one.exact, measure.unit, measure.decimals) for one in (found.baseline, *found.others))
    side = "above" if found.above else "below"
    years = ", ".join(f"{one.period.label} {text}" for one, text in zip(found.others, others, strict=True))
    return [f"{found.baseline.period.label} was an unusual year: {own}, {side} every other year held ({years})"]


def _weak_caveat(subject: Subject) -> list[str]:
    """That a test of four quarters is weak, where only the comparison with the year before makes it."""
    before = subject.last_year_test
    return [WEAK_CAVEAT] if before is not None and before.weak else []


def _series_caveats(subject: Subject, series: Series) -> list[str]:
    """Provisional periods, limits from few points, and breaks that the reason does not name already."""
    found = []
    provisional = [
        one for one, mark in zip(series.periods, series.markers, strict=True) if mark is Marker.PROVISIONAL
    ]
    if provisional:
        found.append(f"Provisional and may still change: {wording.run_words(provisional[0], provisional[-1])}")
    last = subject.chart.groups[-1] if subject.chart is not None and subject.chart.groups else None
    found += [f"{_chosen_words(one)}: {one.reason.rstrip('.')}" for one in subject.chosen_limits]
    if last is not None and last.standing and last.limited:
        found.append(f"{wording.upper_first(last.standing)} limits: they come from {counted(last.used, 'point')}")
    found += step_words.sentences(subject, series)
    for cut in series.breaks:
        if cut.first_day <= subject.period.end and cut.note.rstrip(".") not in subject.assessment.reason:
            found.append(f"Break on {in_words(cut.first_day)}: {cut.note.rstrip('.')}")
    return found


def _is_screened(subject: Subject) -> bool:
    """Whether far moving ranges are left out of limits that there are."""
    chart = subject.chart
    if chart is None or chart.kind is not ChartType.XMR or not any(group.limited for group in chart.groups):
        return False
    return is_screened(subject.chosen_limits)


def _chosen_words(one: ChosenLimits) -> str:
    """What a person chose of the limits."""
    if one.origin is LimitsOrigin.ALL_RANGES:
        return "Limits from all moving ranges, none screened out"
    return f"New level from {one.words}" if one.baseline is None else f"Limits from {one.words}, chosen by hand"


def _says_break(subject: Subject, note: str) -> bool:
    """Whether a measure's note only says again what the note of one of its breaks says."""
    said = set(note.lower().rstrip(".").split())
    breaks = subject.series.breaks if subject.series is not None else ()
    words = ({word for word in cut.note.lower().rstrip(".").split() if len(word) > LITTLE_WORD} for cut in breaks)
    return any(own and own <= said for own in words)


def _detectable(subject: Subject) -> list[str]:
    """The smallest change that the test behind the status would show four times in five.

    Of a measure that has no such test (its status is that of a target or a chart, or it is too early), that of the
    test on the year before.
    """
    own = subject.test if subject.measure.status_rule is StatusRule.AGAINST_BASELINE else None
    test = own or subject.last_year_test
    if test is None:
        return []
    found = smallest_change(test)
    if found is None:
        return []
    if found.points:
        size = f"{number(found.rise, 1)} points either way"
    else:
        size = f"{signed(found.rise)}% or {signed(found.fall)}%"
    since = "" if own is not None else " on the year before"
    return [f"The smallest change{since} that such figures would show four times in five (80% power): {size}"]
