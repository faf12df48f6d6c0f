"""What the last gate searches papers for: the printed text of every figure that their readers may not see.

The rule: a held figure with two decimals, or of five digits and more, is found wherever it stands, unless the same
text is printed of something that may be seen. Every other held figure is also an ordinary number elsewhere (a page, a
year, another count); it is found where it stands beside its measure's name, unless the same text is printed there of
an area that may be seen. A count that is hidden so that small numbers cannot be found out is found where it is said
of its area or year beside its measure's name. Words of a held text measure, and of a paragraph that its writer has
held, are found anywhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import TYPE_CHECKING

from pcp_desktop.analysis import disclosure, small_numbers
from pcp_desktop.analysis.disclosure import part_of_area
from pcp_desktop.analysis.pages import overview
from pcp_desktop.domain.clearance import Audience, Clearance
from pcp_desktop.domain.commentary import held_by
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.formats import value_shown
from pcp_desktop.domain.measures import Measure
from pcp_desktop.domain.observations import Observation, ObservationKey, Part
from pcp_desktop.domain.pages import MeasureRow
from pcp_desktop.domain.periods import quarter_of
from pcp_desktop.figures import live_figures

if TYPE_CHECKING:
    from pcp_desktop.papers.release import HeldText

TELLING_DECIMALS = 2
TELLING_SIZE = 10_000
TELLING_WORDS = 40
"""So many characters of a held text are enough to know it by."""


def held_texts(
    facts: Facts, through: date, audience: Audience, known: Collection[ObservationKey] = ()
) -> list[HeldText]:
    """The printed text of every figure that is held from `audience`, but for those it has `known`.

    Beside the stored figures these are the computed ones of the overview: the latest 12 months, the baseline and the
    change on it.
    """
    measures = {measure.code: measure for measure in facts.measures}
    held = {
        (measure.code, area)
        for measure in facts.measures
        for area in {"", *measure.areas} - disclosure.shown_areas(facts, measure, audience, through)
    }
    theirs = {key.measure for key in known}
    paragraphs = list(_held_paragraphs(facts, audience))
    if audience is Audience.PUBLIC:
        paragraphs += _hidden_counts(facts, through, theirs)
    if not held:
        return paragraphs
    rows = overview.build(facts, quarter_of(through), Audience.WORKING).all_rows
    printed = [
        (row.measure, part_of_area(measures[row.measure], row.area), shown) for row in rows for shown in _printed(row)
    ]
    printed += [
        (one.key.measure, part_of_area(measure, one.key.area), value_shown(one.value, measure.unit, measure.decimals))
        for one in facts.observations
        if one.value is not None and (measure := measures[one.key.measure])
    ]
    public = {shown for code, area, shown in printed if (code, area) not in held}
    beside = {(code, shown) for code, area, shown in printed if (code, area) not in held}
    own = {(key.measure, part_of_area(measures[key.measure], key.area)) for key in known}
    others = {one.key.measure for one in facts.observations if one.key not in known}
    own |= {(code, "") for code in theirs - others}  # who supplies all of a measure knows the totals over it
    figures = [*_stored(facts, held, known)]
    figures += [
        (measures[row.measure], part_of_area(measures[row.measure], row.area), shown, value)
        for row in rows
        if (row.measure, part_of_area(measures[row.measure], row.area)) in held - own
        for shown, value in _figures(row)
    ]
    texts = [
        _text(measure, area, shown, value, public)
        for measure, area, shown, value in figures
        if (measure.code, shown) not in beside
    ]
    return list(dict.fromkeys([*paragraphs, *_held_words(facts, held, known), *texts]))


def _held_paragraphs(facts: Facts, audience: Audience) -> Iterator[HeldText]:
    """The first telling words of every paragraph that its writer has held from `audience`."""
    from pcp_desktop.papers.release import HeldText

    for written in facts.commentaries:
        for part in live_figures.paragraphs(written.text):
            runs = live_figures.parsed(part)
            states = [state for run in runs if (state := held_by(run.field)) is not None]
            if all(Clearance("", state, written.period.end).may_be_shown(audience) for state in states):
                continue
            words = max((run.text.strip() for run in runs if not run.field), key=len, default="")
            if len(words) >= TELLING_WORDS:
                beginning = words[: TELLING_WORDS + 1].rsplit(" ", 1)[0]
                yield HeldText(beginning, f"A paragraph on {written.priority} for {written.period.label}")


def _held_words(
    facts: Facts, held: Collection[tuple[str, str]], known: Collection[ObservationKey]
) -> Iterator[HeldText]:
    """The beginnings of the words of held text measures."""
    from pcp_desktop.papers.release import HeldText

    for one, measure in _held_observations(facts, held, known):
        if one.text and len(one.text) >= TELLING_WORDS:
            yield HeldText(one.text[:TELLING_WORDS].rsplit(" ", 1)[0], measure.label)


def _hidden_counts(facts: Facts, through: date, theirs: Collection[str]) -> Iterator[HeldText]:
    """The counts that public papers print as [c], but for those that are shown of another area or year as well."""
    from pcp_desktop.papers.release import HeldText

    counts = small_numbers.published_counts(facts, through)
    shown = {(one.measure, one.value) for one in counts if one.was_shown}
    measures = {measure.code: measure for measure in facts.measures if measure.code not in theirs}
    for one in counts:
        measure = measures.get(one.measure)
        if measure is None or one.was_shown or not one.value or (one.measure, one.value) in shown:
            continue
        text = value_shown(one.value, measure.unit, measure.decimals)
        names = tuple(dict.fromkeys((measure.label, measure.name)))
        of = one.period.label if one.area == facts.plan.area else one.area
        what = f"{measure.label}, {one.area}, {one.period.label} (small numbers)"
        yield HeldText(text, what, one.value, names, of)


def _stored(
    facts: Facts, held: Collection[tuple[str, str]], known: Collection[ObservationKey]
) -> Iterator[tuple[Measure, str, str, float | None]]:
    """The stored held figures: each with its measure, its part of the area, its printed text and its value."""
    for one, measure in _held_observations(facts, held, known):
        if one.value is not None and one.text is None and one.key.part is Part.VALUE:
            shown = value_shown(one.value, measure.unit, measure.decimals)
            yield measure, part_of_area(measure, one.key.area), shown, one.value


def _held_observations(
    facts: Facts, held: Collection[tuple[str, str]], known: Collection[ObservationKey]
) -> Iterator[tuple[Observation, Measure]]:
    measures = {measure.code: measure for measure in facts.measures}
    for one in facts.observations:
        measure = measures[one.key.measure]
        if (measure.code, part_of_area(measure, one.key.area)) in held and one.key not in known:
            yield one, measure


def _text(measure: Measure, area: str, shown: str, value: float | None, public: set[str]) -> HeldText:
    """A held figure as it is searched for, anywhere or beside its measure's names."""
    from pcp_desktop.papers.release import HeldText

    telling = measure.decimals >= TELLING_DECIMALS or (value is not None and abs(value) >= TELLING_SIZE)
    what = f"{measure.label}, {area}" if area else measure.label
    if telling and shown not in public:
        return HeldText(shown, what, value)
    return HeldText(shown, what, value, tuple(dict.fromkeys((measure.label, measure.name))))


def _figures(row: MeasureRow) -> Iterator[tuple[str, float | None]]:
    """The computed figures of a row that say something: a dash and a nil do not."""
    for figure in (row.latest, row.baseline, row.change):
        if figure.value is not None and any(digit in "123456789" for digit in figure.shown):
            yield figure.shown, figure.value


def _printed(row: MeasureRow) -> Iterator[str]:
    for figure in (row.latest, row.baseline, row.change, row.change_percent):
        yield figure.shown
