"""Progress: how long work tells the person how far it is, and learns that it was cancelled."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Called at every step of long work; raises `errors.Cancelled` when the person has cancelled it."""

    def __call__(self, words: str, done: int, of: int) -> None:
        """Say what is being done ("Reading sheet 2 of 3"), and that `done` of `of` steps are finished."""


def unwatched(words: str, done: int, of: int) -> None:
    """Progress that nobody watches."""
