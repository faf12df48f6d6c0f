"""Passports: where each figure comes from, its workbook and cells, return, board, and who cleared it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from pcp_desktop.analysis.pages import illustrative, wording
from pcp_desktop.analysis.pages.subject import Subject
from pcp_desktop.domain.clearance import Audience, ClearanceState
from pcp_desktop.domain.observations import Source
from pcp_desktop.domain.periods import in_words
from pcp_desktop.domain.recognition import QuestionKind
from pcp_desktop.domain.returns import ReturnRecord
from pcp_desktop.domain.review_words import NOTE_PARTS, note_words

LEAST_RUN = 3
MOST_NOTES = 3


def passport(subject: Subject) -> tuple[tuple[str, str], ...]:
    """Where each figure comes from: workbook and cells, the return, its board, and who cleared it when."""
    found: list[tuple[str, str]] = []
    named = (("Latest", subject.latest), ("Baseline", subject.baseline))
    sources: list[Source] = []
    for name, amount in named:
        if amount is not None and amount.sources:
            found.append((name, cells_words(amount.sources)))
            sources.extend(amount.sources)
    if subject.position is not None:
        found.append(("Position", cells_words(subject.position.sources)))
    found += [("Return", words) for words in _return_words(subject, {source.file for source in sources})]
    said = illustrative.said_of(subject.facts, sources)
    if said:
        found.append(("Workbook says", "; ".join(said)))
    found += [("Note", words) for words in _notes(subject)]
    if subject.measure.board:
        found.append(("Board", subject.measure.board))
    found.append(("Clearance", clearance_words(subject)))
    return tuple(found)


def _notes(subject: Subject) -> list[str]:
    """What was noted on the measure's figures when returns were reviewed, the newest first."""
    if subject.audience is not Audience.WORKING:
        return []
    begins = NOTE_PARTS.join((subject.measure.code, subject.area, ""))
    kept = [
        one
        for one in subject.facts.answers
        if one.kind is QuestionKind.NOTE and one.answer and one.key.startswith(begins)
    ]
    kept.sort(key=lambda one: one.on or date.min, reverse=True)
    return [f"{one.label}: {note_words(one)}" for one in kept[:MOST_NOTES]]


def cells_words(sources: Sequence[Source]) -> str:
    """Cells by workbook and sheet, neighbours as runs: "recorded crime Q3.xlsx, Crime, cells C7 to E7, G7"."""
    grouped: dict[tuple[str, str], dict[str, None]] = {}
    for source in sources:
        grouped.setdefault((source.file, source.sheet), {})[source.cell] = None
    parts = []
    for (file, sheet), cells in grouped.items():
        place = f"{file}, {sheet}" if sheet else file
        noun = "cell" if len(cells) == 1 and " to " not in next(iter(cells)) else "cells"
        parts.append(f"{place}, {noun} {', '.join(_runs(list(cells)))}")
    return "; ".join(parts)


def _runs(cells: Sequence[str]) -> list[str]:
    """Cells with three or more neighbours in a row, a column or a block written as "C7 to E7"."""
    known = {place: cell for cell in cells if (place := _place(cell)) is not None}
    found = [cell for cell in cells if _place(cell) is None]
    left = set(known)
    while left:
        first = min(left)
        block = max((_block(left, first, *order) for order in ((0, 1), (1, 0))), key=len)
        left -= block
        if len(block) < LEAST_RUN:
            found += [known[place] for place in sorted(block)]
        else:
            found.append(f"{known[first]} to {known[max(block)]}")
    return found


def _block(left: set[tuple[int, int]], first: tuple[int, int], long: int, short: int) -> set[tuple[int, int]]:
    """The largest block of cells from `first` on, grown along axis `long` (0 columns, 1 rows) and then `short`."""
    sizes = [1, 1]
    for axis in (long, short):
        while True:
            sizes[axis] += 1
            block = {(first[0] + across, first[1] + down) for across in range(sizes[0]) for down in range(sizes[1])}
            if not block <= left:
                sizes[axis] -= 1
                break
    return {(first[0] + across, first[1] + down) for across in range(sizes[0]) for down in range(sizes[1])}


def _place(cell: str) -> tuple[int, int] | None:
    """A cell's column and row as numbers from 1; None for anything but one cell."""
    found = re.fullmatch(r"([A-Z]{1,3})(\d+)", cell)
    if found is None:
        return None
    column = 0
    for letter in found.group(1):
        column = column * 26 + ord(letter) - ord("A") + 1
    return column, int(found.group(2))


def _return_words(subject: Subject, files: set[str]) -> list[str]:
    """The returns that brought the figures, with when they were accepted."""
    return [_record_words(one) for one in subject.facts.returns if one.file is not None and one.file.name in files]


def _record_words(record: ReturnRecord) -> str:
    """ "Recorded crime and outcomes, Q3 2015/16, accepted 26 February 2016"."""
    expected = record.expected
    name = f"{expected.title}, {expected.period.label}" if expected else record.file.name if record.file else "Return"
    return f"{name}, accepted {in_words(record.accepted.date())}" if record.accepted else name


def clearance_words(subject: Subject) -> str:
    """Whether the figures are cleared, since when and by whom."""
    clearance = subject.clearance
    if clearance.state is not ClearanceState.CLEARED:
        return wording.not_published(clearance)
    on = f" on {in_words(clearance.on)}" if clearance.on else ""
    role = wording.lower_first(clearance.by).removeprefix("the ")
    return f"Cleared{on}{f' by the {role}' if role else ''}"
