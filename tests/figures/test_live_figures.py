"""A text keeps every word and field, shows each figure or says that there is none, and holds what may not be read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pcp_desktop.domain.commentary import FigureState, LiveFigure, Paragraph, Run
from pcp_desktop.figures.live_figures import (
    NO_FIGURE,
    fields,
    filled,
    paragraphs,
    parsed,
    seen_now,
    sentences,
    stored,
    used,
)

LATEST = LiveFigure("burglary.latest", "Burglary", "12 months to December 2015", "4,014")
RANK = LiveFigure("burglary.rank", "Burglary", "Position", "7th")
HELD = LiveFigure("treatment.latest", "Treatment", "Q3 2015/16", "", held_words="Not published before release")
FIGURES = {figure.field: figure for figure in (LATEST, RANK, HELD)}

braces_and_words = st.text(alphabet="ab .@{}\n{{}}", max_size=60)
field_names = st.text(alphabet="abc@ .-_", min_size=1, max_size=12)
plain = st.text(alphabet="abc .,–é", min_size=1, max_size=20)


@given(braces_and_words)
def test_any_text_is_the_same_again_after_it_was_read(text: str) -> None:
    assert stored(parsed(text)) == text


@given(st.lists(st.one_of(plain.map(Run), field_names.map(lambda name: Run(f"{{{{{name}}}}}", name))), max_size=8))
def test_runs_become_a_text_and_the_same_runs_again(runs: list[Run]) -> None:
    joined: list[Run] = []
    for run in runs:  # plain runs beside each other are one
        if joined and not run.field and not joined[-1].field:
            joined[-1] = Run(joined[-1].text + run.text)
        else:
            joined.append(run)
    assert list(parsed(stored(joined))) == joined


@given(st.lists(st.one_of(plain, field_names.map(lambda name: f"{{{{{name}}}}}")), max_size=8), braces_and_words)
def test_no_field_is_lost_on_the_way_to_the_reader(parts: list[str], noise: str) -> None:
    text = f"{noise}\n\n{''.join(parts)}"
    read = [run.field for paragraph in filled(text, {}) for run in paragraph.runs if run.field]
    assert tuple(dict.fromkeys(read)) == fields(text)
    assert [one.field for one in used(text, {}, {})] == list(fields(text))


@given(braces_and_words)
def test_paragraphs_are_those_of_the_text_they_make(text: str) -> None:
    assert paragraphs("\n\n".join(paragraphs(text))) == paragraphs(text)


def test_a_text_is_filled_with_the_figures() -> None:
    found = filled("Burglary stood at {{burglary.latest}},\n{{burglary.rank}} in its group.\n\nMore.", FIGURES)
    assert [one.text for one in found] == ["Burglary stood at 4,014, 7th in its group.", "More."]
    assert found[0].runs[1] == Run("4,014", "burglary.latest")


def test_a_field_without_a_figure_is_said_and_never_left_out() -> None:
    (found,) = filled("It was {{burglary.lastest}} and {{}}.", FIGURES)
    assert found.text == f"It was {NO_FIGURE} and {{{{}}}}."
    (state,) = used("It was {{burglary.lastest}}.", FIGURES, {})
    assert state.state is FigureState.MISSING


def test_a_paragraph_with_a_held_figure_is_held_whole() -> None:
    found = filled("Of {{burglary.latest}}, {{treatment.latest}} completed.\n\nOpen.", FIGURES)
    assert found == (Paragraph((), "Not published before release"), Paragraph((Run("Open."),)))


def test_each_figure_is_current_changed_held_or_missing() -> None:
    text = "{{burglary.latest}} {{burglary.rank}} {{treatment.latest}} {{other.latest}} {{burglary.latest}}"
    found = used(text, FIGURES, {"burglary.latest": "4,011", "burglary.rank": "7th"})
    assert [one.state for one in found] == [
        FigureState.CHANGED, FigureState.CURRENT, FigureState.HELD, FigureState.MISSING,
    ]  # fmt: skip
    assert (found[0].before, found[0].shown) == ("4,011", "4,014")


def test_what_was_seen_stays_until_it_is_accepted() -> None:
    text = "{{burglary.latest}} {{burglary.rank}} {{other.latest}}"
    seen = seen_now(text, FIGURES, {"burglary.latest": "4,011", "gone.latest": "1"})
    assert seen == (("burglary.latest", "4,011"), ("burglary.rank", "7th"))


def test_sentences_keep_their_figures_whole() -> None:
    (paragraph,) = filled("It was {{burglary.latest}}. In Q3, 7.5% were solved. {{burglary.rank}} of 8.", FIGURES)
    assert ["".join(run.text for run in one) for one in sentences(paragraph)] == [
        "It was 4,014.", "In Q3, 7.5% were solved.", "7th of 8.",
    ]  # fmt: skip
