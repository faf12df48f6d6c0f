"""What the last gate searches papers for: the printed text of every figure that their readers may not see.

The rule: a held figure with two decimals, or of five digits and more, is found wherever it stands, unless the same
text is printed of something that may be seen. Every other held figure is also an ordinary number elsewhere (a page, a
year, another count); it is found where it stands beside its measure's name. Words of a held text measure, and of a
paragraph that its writer has held, are found anywhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import TYPE_CHECKING

from pcp_desktop.analysis.pages import overview
from pcp_desktop.domain.clearance import Audience, Clearance
from pcp_desktop.domain.commentary import held_by
from pcp_desktop.domain.facts import Facts
from pcp_desktop.domain.formats import value_shown
from pcp_desktop.domain.measures import Measure
from pcp_desktop.domain.observations import ObservationKey, Part
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
        code: measure
        for code, measure in measures.items()
        if not facts.clearance(measure, through).may_be_shown(audience)
    }
    paragraphs = list(_held_paragraphs(facts, audience))
    if not held:
        return paragraphs
    rows = overview.build(facts, quarter_of(through), Audience.WORKING).all_rows
    public = {shown for row in rows if row.measure not in held for shown in _printed(row)}
    public |= {
        value_shown(one.value, measures[one.key.measure].unit, measures[one.key.measure].decimals)
        for one in facts.observations
        if one.value is not None and one.key.measure not in held
    }
    theirs = {key.measure for key in known}
    texts = [*paragraphs, *_stored(facts, held, known, public)]
    texts += [
        _text(shown, held[row.measure], value, public)
        for row in rows
        if row.measure in held and row.measure not in theirs
        for shown, value in _figures(row)
    ]
    return list(dict.fromkeys(texts))


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


def _stored(
    facts: Facts, held: dict[str, Measure], known: Collection[ObservationKey], public: set[str]
) -> Iterator[HeldText]:
    from pcp_desktop.papers.release import HeldText

    for one in facts.observations:
        measure = held.get(one.key.measure)
        if measure is None or one.key in known:
            continue
        if one.text and len(one.text) >= TELLING_WORDS:
            yield HeldText(one.text[:TELLING_WORDS].rsplit(" ", 1)[0], measure.label)
        elif one.value is not None and one.key.part is Part.VALUE:
            yield _text(value_shown(one.value, measure.unit, measure.decimals), measure, one.value, public)


def _text(shown: str, measure: Measure, value: float | None, public: set[str]) -> HeldText:
    """A held figure as it is searched for, anywhere or beside its measure's names."""
    from pcp_desktop.papers.release import HeldText

    telling = measure.decimals >= TELLING_DECIMALS or (value is not None and abs(value) >= TELLING_SIZE)
    if telling and shown not in public:
        return HeldText(shown, measure.label, value)
    return HeldText(shown, measure.label, value, tuple(dict.fromkeys((measure.label, measure.name))))


def _figures(row: MeasureRow) -> Iterator[tuple[str, float | None]]:
    """The computed figures of a row that say something: a dash and a nil do not."""
    for figure in (row.latest, row.baseline, row.change):
        if figure.value is not None and any(digit in "123456789" for digit in figure.shown):
            yield figure.shown, figure.value


def _printed(row: MeasureRow) -> Iterator[str]:
    for figure in (row.latest, row.baseline, row.change, row.change_percent):
        yield figure.shown
