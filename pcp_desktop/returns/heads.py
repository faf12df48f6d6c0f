"""What the headings of a cell say: words, a period, a marker, that it is a total. Finds no tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pcp_desktop.domain.observations import Marker
from pcp_desktop.domain.periods import Period, PeriodKind, snapshot
from pcp_desktop.returns import periods
from pcp_desktop.returns.marks import Legend, without_marks
from pcp_desktop.returns.workbook import CellValue

NOT_A_PERIOD = re.compile(
    r"\b(publish|publication|produced|extract|updated?|printed|created|due|contact|version|began|since|before"
    r"|baseline|target|next)", re.IGNORECASE
)  # fmt: skip
_TOTAL = re.compile(r"\b(?:grand\s+|sub-?\s*)?(?:total|tot)\b\.?", re.IGNORECASE)
_AS_AT = re.compile(r"as (?:at|of)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Heads:
    """The headings on one side of a cell. `written` are the words with their footnote marks and the word total."""

    words: tuple[str, ...]
    dated: tuple[object, ...]
    marker: Marker | None
    total: bool
    written: tuple[str, ...] = ()


def heads(written: Sequence[CellValue], marks: Legend) -> Heads:
    """Headings parted into words and what may say a period, with the marks fused to them."""
    words: list[str] = []
    dated: list[object] = []
    marker: Marker | None = None
    total = False
    kept: list[str] = []
    for value in written:
        if not isinstance(value, str):
            if periods.parse(value) is not None:
                dated.append(value)
            elif value is not None:
                words.append(f"{value:g}" if isinstance(value, float) else str(value))
            continue
        marked = without_marks(value)
        marker = marked.marker(marks) or marker
        rest = marked.text
        if _TOTAL.search(rest):
            total = True
            without = _TOTAL.sub(" ", rest).strip(" -–:")
            if not without or periods.parse(without) or periods.is_partial(without):
                rest = without
        if not rest:
            kept.append(value)
            continue
        if periods.parse(rest) is not None or periods.is_partial(rest):
            dated.append(rest)
        else:
            words.append(rest)
            kept.append(value)
            if not NOT_A_PERIOD.search(rest) and periods.find(rest) is not None:
                dated.append(rest)
    return Heads(tuple(words), tuple(dated), marker, total, tuple(" ".join(value.split()) for value in kept))


def composed(context: Period | None, dated: Sequence[object], words: Sequence[str]) -> Period | None:
    """The period that all headings of a cell say together.

    `context` is what a title says of the whole table. Under `words` that begin “as at” the last day of a month is
    that day and not its month.
    """
    period = periods.compose(dated, context)
    if period is None or period.kind is not PeriodKind.MONTH or not any(_AS_AT.match(word) for word in words):
        return period
    day = next((_day(one) for one in reversed(dated) if isinstance(one, date)), None)
    return snapshot(day) if day == period.end else period


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value
