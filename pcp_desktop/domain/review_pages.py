"""A review as a paper prints it: resolved to words, with every held figure marked or left out. No rule is here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ReviewLine:
    """One figure: what it is of, what would become of it, and what the checks found.

    `severity` is that of its worst finding ("error", "warning", "question" or empty). `held` says why the figure is
    not published; a `covered` one has neither values nor check nor note here. `note` is what a person noted.
    """

    measure: str
    change: str
    period: str
    stored: str
    new: str
    cell: str
    check: str
    severity: str = ""
    held: str = ""
    covered: bool = False
    note: str = ""


@dataclass(frozen=True)
class ReviewPage:
    """A review of one workbook. `scope` says whose it is and of when, `made` who made the paper and when.

    `decision` is what accepting does; `findings` are about the workbook as a whole. `lines` are those that matter;
    `unchanged` says how many say what is stored already.
    """

    file: str
    scope: str
    made: str
    decision: str
    counts: tuple[tuple[str, int], ...]
    findings: tuple[str, ...]
    lines: tuple[ReviewLine, ...]
    unchanged: str
