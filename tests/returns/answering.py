"""Answers to the questions of a review, for tests of what becomes of them."""

from __future__ import annotations

from pcp_desktop.domain.recognition import Answer
from pcp_desktop.domain.returns import Review


def answered_first(review: Review) -> tuple[Answer, ...]:
    """The likeliest answer to every question."""
    asked = review.recognition.questions
    return tuple(Answer(one.kind, one.key, one.label, one.choices[0].answer) for one in asked)
