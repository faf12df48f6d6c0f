"""Commentary text and its live figures: reads a text for its fields and fills it; it knows no values of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from pcp_desktop.domain.commentary import FigureState, LiveFigure, Paragraph, Run, UsedFigure

NO_FIGURE = "[no figure]"
"""What stands in a text for a field of which there is no figure; it is never left out without a word."""

_FIELD = re.compile(r"\{\{([^{}\n]+)\}\}")
_BETWEEN_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z£0-9\[]|$)")


def stored(runs: Iterable[Run]) -> str:
    """One paragraph's runs as text is stored, live figures as fields."""
    return "".join(run.stored for run in runs)


def parsed(text: str) -> tuple[Run, ...]:
    """The runs of one paragraph; a field's run has the field in braces as its text until it is filled."""
    found: list[Run] = []
    reached = 0
    for match in _FIELD.finditer(text):
        if match.start() > reached:
            found.append(Run(text[reached : match.start()]))
        found.append(Run(match[0], match[1]))
        reached = match.end()
    if reached < len(text):
        found.append(Run(text[reached:]))
    return tuple(found)


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a stored text: parted by empty lines, each with its own lines joined."""
    parts = _BETWEEN_PARAGRAPHS.split(text.strip())
    return tuple(re.sub(r"\s*\n\s*", " ", part) for part in parts if part.strip())


def fields(text: str) -> tuple[str, ...]:
    """The fields of a stored text in their order, each once."""
    return tuple(dict.fromkeys(_FIELD.findall(text)))


def filled(text: str, figures: Mapping[str, LiveFigure]) -> tuple[Paragraph, ...]:
    """A stored text as it is read; `figures`, by field, are resolved for whoever reads it.

    A paragraph with a figure that the reader may not see has no runs and says why. A field without a figure shows
    `NO_FIGURE`.
    """
    return tuple(_paragraph(parsed(part), figures) for part in paragraphs(text))


def _paragraph(runs: tuple[Run, ...], figures: Mapping[str, LiveFigure]) -> Paragraph:
    used = [figures[run.field] for run in runs if run.field in figures]
    held = dict.fromkeys(figure.held_words for figure in used if figure.held_words and not figure.shown)
    if held:
        return Paragraph((), "; ".join(held))
    return Paragraph(tuple(Run(_shown(run.field, figures), run.field) if run.field else run for run in runs))


def _shown(field: str, figures: Mapping[str, LiveFigure]) -> str:
    return figures[field].shown if field in figures else NO_FIGURE


def used(text: str, figures: Mapping[str, LiveFigure], seen: Mapping[str, str]) -> tuple[UsedFigure, ...]:
    """How each figure that a text uses stands: `seen` is what it showed when its writer last saw it."""
    return tuple(_used(field, figures.get(field), seen.get(field, "")) for field in fields(text))


def _used(field: str, figure: LiveFigure | None, before: str) -> UsedFigure:
    if figure is None:
        return UsedFigure(field, field, NO_FIGURE, before, FigureState.MISSING)
    changed = bool(before) and bool(figure.shown) and before != figure.shown
    state = FigureState.HELD if figure.held_words else FigureState.CURRENT
    return UsedFigure(
        field=field,
        words=f"{figure.words}, {figure.group}",
        shown=figure.shown,
        before=before,
        state=FigureState.CHANGED if changed else state,
        held_words=figure.held_words,
        covered=figure.covered,
        sources=figure.sources,
    )


def seen_now(text: str, figures: Mapping[str, LiveFigure], seen: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What each figure of a text was last seen as: as before where it was used before, else as it shows now."""
    found = ((field, seen.get(field) or _shown(field, figures)) for field in fields(text))
    return tuple((field, shown) for field, shown in found if shown and shown != NO_FIGURE)


def sentences(paragraph: Paragraph) -> Iterator[tuple[Run, ...]]:
    """The sentences of a filled paragraph, each with its runs; a figure is never cut in two."""
    current: list[Run] = []
    for run in paragraph.runs:
        parts = [run.text] if run.field else _SENTENCE_END.split(run.text)
        for place, part in enumerate(parts):
            if place:
                yield tuple(current)
                current = []
            if part:
                current.append(Run(part, run.field))
    if current:
        yield tuple(current)
