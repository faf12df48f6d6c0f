"""What a workbook says of its own figures: that they, or how they spread over the months, are illustrative."""

from __future__ import annotations

import re

from pcp_desktop.returns.recognition.found import FoundSheet, Recognised

ALL = "Illustrative"
MONTHS = "Monthly profile illustrative; totals as published"
_ILLUSTRATIVE = re.compile(r"(?<!not )(?<!no longer )\billustrative\b", re.IGNORECASE)
_MONTHS = re.compile(
    r"\bmonthly (?:profile|figures|values) (?:is |are )?illustrative\b.*\bpublished\b", re.IGNORECASE
)


def illustrative(recognised: Recognised) -> tuple[tuple[str, str], ...]:
    """The visible sheets whose figures are said to be illustrative, each with how much of them is, in fixed words.

    The partner's own sentences are not passed on, for they may hold figures. A sheet that says nothing goes by the
    first sheet that does: a note often stands on the front sheet alone.
    """
    own = {sheet.name: _said(sheet) for sheet in recognised.sheets if not sheet.hidden}
    first = next((words for words in own.values() if words), "")
    return tuple((name, words or first) for name, words in own.items()) if first else ()


def _said(sheet: FoundSheet) -> str:
    titles = [title for table in sheet.tables for title in table.titles]
    said = [line for line in (*titles, *sheet.lines) if _ILLUSTRATIVE.search(line)]
    if any(_MONTHS.search(line) for line in said):
        return MONTHS
    return ALL if said else ""
