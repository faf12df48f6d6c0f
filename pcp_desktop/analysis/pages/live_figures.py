"""Live figures: what commentary can say of a measure, from the same amounts that the pages show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from pcp_desktop.analysis.comparison import Amount, Change, change
from pcp_desktop.analysis.pages import chart_words, rows, wording
from pcp_desktop.analysis.pages.subject import PROTECTED_REASON, Gathered, Subject, gather
from pcp_desktop.analysis.status import in_period
from pcp_desktop.domain.clearance import NOT_PUBLISHED_REASONS, Audience, Clearance, ClearanceState
from pcp_desktop.domain.commentary import (
    HELD_STATES,
    LiveFigure,
    Quantity,
    area_of,
    field_name,
    hold_mark,
    measure_of,
)
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.formats import (
    MONEY_MILLION,
    PERCENT,
    change_shown,
    ordinal,
    percent_change_shown,
    value_shown,
)
from pcp_desktop.domain.measures import Kind, Measure
from pcp_desktop.domain.observations import Source
from pcp_desktop.domain.periods import Period, PeriodKind

HOLD_GROUP = "Hold the paragraph"


@dataclass(frozen=True)
class _Found:
    """One quantity of a subject: its name in the list, its text, and the cells behind it."""

    quantity: Quantity
    words: str
    shown: str
    sources: tuple[Source, ...] = ()


def build(
    facts: Facts, priority: str, period: Period, audience: Audience, fields: Iterable[str] = ()
) -> tuple[LiveFigure, ...]:
    """The figures that commentary on `priority` can show in a quarter, for one audience.

    First those of the priority's own measures, by area; then those of other measures that `fields` name; last the
    marks that hold a paragraph. A figure that the audience may not see, or would read differently from whoever writes
    (the public sees whole years only of a sensitive count), is there without its text, and says why; so is a figure
    of a held measure that there no longer is, because the words around it were written about it.
    """
    fields = tuple(fields)
    gathered = gather(facts, period, audience)
    named = {measure_of(field) for field in fields}
    own = gathered.measures_of(priority)
    measures = [*own, *(one for one in facts.measures if one.code in named and one not in own)]
    figures = _of_measures(gathered, measures)
    if audience is Audience.WORKING:
        return (*figures, *_holds(audience))
    written = _of_measures(gather(facts, period, Audience.WORKING), measures)
    read = {figure.field: figure for figure in figures}
    gone = [field for field in fields if field not in {figure.field for figure in written}]
    found = (_as_read(figure, read.get(figure.field)) for figure in written)
    return (*found, *_gone(gathered, measures, gone), *_holds(audience))


def suggested(facts: Facts, priority: str, period: Period) -> tuple[str, ...]:
    """Opening sentences about a priority's lead measures, with fields, for the officer to edit; none of held ones."""
    gathered = gather(facts, period, Audience.WORKING)
    subjects = [gathered.subject(measure) for measure in gathered.leads_of(priority)]
    return tuple(sentence for subject in subjects if not subject.held for sentence in _sentences(subject))


def _of_measures(gathered: Gathered, measures: Iterable[Measure]) -> tuple[LiveFigure, ...]:
    subjects = [
        gathered.subject(measure, area)
        for measure in measures
        if measure.kind is not Kind.TEXT
        for area in (None, *measure.areas)
    ]
    return tuple(figure for subject in subjects for figure in _of_subject(subject))


def _of_subject(subject: Subject) -> Iterator[LiveFigure]:
    """Every figure of a subject, with the mark of a hold where its measure is held from the public."""
    area = "" if subject.whole_area else subject.area
    published = subject.clearance.may_be_shown(Audience.PUBLIC)
    for found in _quantities(subject):
        yield LiveFigure(
            field=field_name(subject.measure.code, found.quantity, area),
            group=rows.label(subject),
            words=found.words,
            shown=found.shown,
            sources=found.sources,
            held_words="" if published else wording.not_published(subject.clearance),
            covered=subject.held,
        )


def _gone(gathered: Gathered, measures: Iterable[Measure], fields: Iterable[str]) -> Iterator[LiveFigure]:
    """Figures that a text names and that there are not, of measures that the audience may not see."""
    by_code = {measure.code: measure for measure in measures}
    for field in fields:
        if measure_of(field) in by_code:
            subject = gathered.subject(by_code[measure_of(field)], area_of(field) or None)
            if not subject.shown:
                held = wording.not_published(subject.clearance)
                yield LiveFigure(field, rows.label(subject), "", "", held_words=held, covered=True)


def _as_read(written: LiveFigure, read: LiveFigure | None) -> LiveFigure:
    """A figure as an audience reads it: held where it would not read what was written."""
    if read is not None and (read.shown, read.words) == (written.shown, written.words):
        return read
    return replace(written, shown="", sources=(), held_words=written.held_words or PROTECTED_REASON, covered=True)


_HOLD_WORDS = {
    ClearanceState.WAITING: "Before its board",
    ClearanceState.EXEMPT: "Exempt information",
    ClearanceState.CONFIDENTIAL: "Furnished in confidence",
    ClearanceState.EMBARGOED: "Before national release",
}


def _holds(audience: Audience) -> Iterator[LiveFigure]:
    """The marks by which a writer holds a paragraph; one without its text takes the paragraph from the audience."""
    for state in HELD_STATES:
        held, words = Clearance("", state, date.max), _HOLD_WORDS[state]
        shown = f"Held, {words[:1].lower()}{words[1:]}:" if audience is Audience.WORKING else "Not for publication:"
        yield LiveFigure(
            field=hold_mark(state),
            group=HOLD_GROUP,
            words=words,
            shown=shown if held.may_be_shown(audience) else "",
            held_words=NOT_PUBLISHED_REASONS[state],
        )


# ---------------------------------------------------------------- quantities


def _quantities(subject: Subject) -> Iterator[_Found]:
    """What there is to say of a subject, in the order of the list; a quantity that is not there is left out."""
    yield from _levels(subject)
    yield from _differences(subject, _Steps(Quantity.CHANGE, Quantity.PERCENT_CHANGE, Quantity.CHANGE_WORDS),
                            subject.baseline, subject.latest)  # fmt: skip
    yield from _quarters(subject)
    yield from _years_to_date(subject)
    yield from _projections(subject)
    ranked = subject.position
    if ranked is not None:
        yield _Found(Quantity.RANK, "Position in the most similar group", ordinal(ranked.rank, ranked.tied))
        yield _Found(Quantity.GROUP_SIZE, "Forces in the most similar group", str(ranked.of))
    measure, status = subject.measure, subject.assessment.status
    if measure.target is not None and subject.series is not None:
        yield _Found(Quantity.TARGET, "Target", value_shown(measure.target, measure.unit, measure.decimals))
    if status.is_assessed:
        yield _Found(Quantity.STATUS, "Status", status.value)


def _levels(subject: Subject) -> Iterator[_Found]:
    """The latest value and the baseline, each with its period."""
    for amount, value, label, name in (
        (subject.latest, Quantity.LATEST, Quantity.PERIOD, "Latest period"),
        (subject.baseline, Quantity.BASELINE, Quantity.BASELINE_PERIOD, "Baseline period"),
    ):
        if amount is not None:
            yield _value(subject, value, amount)
            yield _Found(label, f"{name}, in words", amount.period.label)


def _quarters(subject: Subject) -> Iterator[_Found]:
    """The quarter, the same quarter last year and the quarter before, with the changes from them."""
    compared = subject.compared
    if compared is None or compared.latest_period is None:
        return
    quarter, last_year, previous = compared.latest_period, compared.same_period_last_year, compared.previous_period
    if quarter.period.kind is PeriodKind.QUARTER:
        yield _value(subject, Quantity.QUARTER, quarter)
        yield _Found(Quantity.QUARTER_PERIOD, "Quarter, in words", quarter.period.label)
    if last_year is not None:
        yield _value(subject, Quantity.QUARTER_LAST_YEAR, last_year)
    yield from _differences(
        subject,
        _Steps(Quantity.QUARTER_CHANGE, Quantity.QUARTER_PERCENT_CHANGE, Quantity.QUARTER_CHANGE_WORDS),
        last_year,
        quarter,
    )
    if previous is not None:
        yield _value(subject, Quantity.PREVIOUS_QUARTER, previous)
    yield from _differences(subject, _Steps(words=Quantity.PREVIOUS_CHANGE_WORDS), previous, quarter)


def _years_to_date(subject: Subject) -> Iterator[_Found]:
    """The financial year so far and the same months of the last one."""
    compared = subject.compared
    if compared is None:
        return
    this, last = compared.year_to_date, compared.year_to_date_last_year
    if this is not None:
        yield _value(subject, Quantity.YEAR_TO_DATE, this)
    if last is not None:
        yield _value(subject, Quantity.YEAR_TO_DATE_LAST_YEAR, last)
    yield from _differences(subject, _Steps(words=Quantity.YEAR_TO_DATE_CHANGE_WORDS), last, this)


def _projections(subject: Subject) -> Iterator[_Found]:
    """The projected total farthest ahead, never without its interval."""
    if not subject.projections:
        return
    farthest = subject.projections[-1]
    value, low, high = farthest.shown
    yield _Found(Quantity.PROJECTION, f"Projection {farthest.period.label}", f"{value} ({low} to {high})")
    yield _Found(Quantity.PROJECTION_PERIOD, "Projected year, in words", farthest.period.label)


def _value(subject: Subject, quantity: Quantity, amount: Amount) -> _Found:
    measure = subject.measure
    shown = value_shown(amount.exact, measure.unit, measure.decimals)
    return _Found(quantity, amount.period.label, shown, amount.sources)


@dataclass(frozen=True)
class _Steps:
    """Which quantities say one change: in the measure's unit, in percent, in words."""

    amount: Quantity | None = None
    percent: Quantity | None = None
    words: Quantity | None = None


def _differences(subject: Subject, steps: _Steps, old: Amount | None, new: Amount | None) -> Iterator[_Found]:
    """The change between two amounts, where they may be compared."""
    found = change(subject.series, old, new) if subject.series is not None else None
    if not isinstance(found, Change):
        return
    measure, on = subject.measure, found.old.period.label
    sources = (*found.old.sources, *found.new.sources)
    if steps.amount is not None:
        shown = change_shown(found.amount, measure.unit, measure.decimals)
        yield _Found(steps.amount, f"Change on {on}", shown, sources)
    if steps.percent is not None and not wording.is_percentage(measure):
        shown = percent_change_shown(found.new.exact, found.old.exact)
        yield _Found(steps.percent, f"Percent change on {on}", shown, sources)
    if steps.words is not None:
        yield _Found(steps.words, f"Change on {on}, in words", chart_words.difference(measure, found), sources)


# ---------------------------------------------------------------- opening sentences


def _sentences(subject: Subject) -> Iterator[str]:
    """The level with its change and status, then the quarter on last year's, then the position."""
    latest, measure = subject.latest, subject.measure
    if latest is None or measure.kind is Kind.TEXT:
        return
    field = _Fields(measure)
    unit = "" if measure.unit in (PERCENT, MONEY_MILLION) else f" {measure.unit}"
    name = wording.upper_first(wording.in_sentence(measure))
    when = in_period(latest.period).replace(latest.period.label, field(Quantity.PERIOD))
    text = f"{name}: {field(Quantity.LATEST)}{unit} {when}"
    if isinstance(subject.change, Change):
        joined = "as in" if subject.change.amount == 0 else "than in"
        text += f", {field(Quantity.CHANGE_WORDS)} {joined} {field(Quantity.BASELINE_PERIOD)}"
    judged = subject.assessment.status.is_assessed
    yield f"{text} ({field(Quantity.STATUS)})." if judged else f"{text}."
    compared = subject.compared
    if compared is not None and compared.latest_period is not None:
        before, quarter = compared.same_period_last_year, compared.latest_period
        if before is not None and quarter.period.kind is PeriodKind.QUARTER:
            yield (
                f"In {field(Quantity.QUARTER_PERIOD)} there were {field(Quantity.QUARTER)}{unit}, against"
                f" {field(Quantity.QUARTER_LAST_YEAR)} in the same quarter last year."
            )
    if subject.position is not None:
        yield f"The position in the most similar group is {field(Quantity.RANK)} of {field(Quantity.GROUP_SIZE)}."


@dataclass(frozen=True)
class _Fields:
    """Writes the fields of a measure's whole area as a stored text has them."""

    measure: Measure

    def __call__(self, quantity: Quantity) -> str:
        return f"{{{{{field_name(self.measure.code, quantity)}}}}}"
