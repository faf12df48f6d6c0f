"""A sentence that says everything of one person or place is found; what officers write otherwise is not."""

from __future__ import annotations

import pytest

from pcp_desktop.domain.commentary import Paragraph, Run
from pcp_desktop.figures.identifying import of_paragraphs, sentences


@pytest.mark.parametrize(
    "text",
    [
        "All 99 reports came from one person at one location.",
        "The increase is entirely due to a single address in Rutland.",
        "Both offences were committed against the same elderly victim.",
        "There was only one victim, a girl.",
        "Most of the missing episodes are down to one care home.",
        "One went missing 31 times from one location and the other made all 99 reports.",
        "A single individual accounts for 14 of the 17 detentions.",
    ],
)
def test_an_amount_of_one_person_or_place_is_found(text: str) -> None:
    assert sentences(f"Burglary fell in the quarter. {text} It is expected to rise.") == (text,)


@pytest.mark.parametrize(
    "text",
    [
        "All schools were visited in the quarter.",
        "One in five victims were satisfied.",
        "Only 4% of offences led to a charge.",
        "Each person receives one letter, and every one person household is offered a visit.",
        "One new post was filled, and most of the savings are on track.",
        "The force has one strategy for all victims.",
        "At least one officer attends all meetings.",
    ],
)
def test_ordinary_sentences_are_left_alone(text: str) -> None:
    assert sentences(text) == ()


def test_a_paragraph_that_is_held_is_of_no_concern() -> None:
    words = "All three reports came from one person."
    assert of_paragraphs((Paragraph((Run(words),)), Paragraph((), "Not published"))) == (words,)
