"""Commentary: what an officer writes about a priority in a quarter, with live figures that follow the data.

In the stored text a live figure is a field, `{{domestic-burglary.latest}}`, or `{{first-time-entrants@Leicester
City.latest}}` for a part of the area. Paragraphs are parted by an empty line. Which figures there are is computed in
analysis; how a text is read for its fields belongs to figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pcp_desktop.domain.clearance import Audience
from pcp_desktop.domain.observations import Source
from pcp_desktop.domain.periods import Period


class Quantity(StrEnum):
    """What of a measure a live figure shows; the value is the last part of its field."""

    LATEST = "latest"
    BASELINE = "baseline"
    CHANGE = "change"
    PERCENT_CHANGE = "percent_change"
    QUARTER = "quarter"
    QUARTER_LAST_YEAR = "quarter_last_year"
    QUARTER_CHANGE = "quarter_change"
    QUARTER_PERCENT_CHANGE = "quarter_percent_change"
    PREVIOUS_QUARTER = "previous_quarter"
    RANK = "rank"
    GROUP_SIZE = "group_size"
    PERIOD = "period"
    BASELINE_PERIOD = "baseline_period"
    STATUS = "status"


@dataclass(frozen=True)
class LiveFigure:
    """A figure that can be put into commentary, resolved for one audience.

    `field` is what the stored text holds between braces; `words` name it in the list ("12 months to December 2015"),
    `group` is the measure's label over it. `held_words` says why it may not be shown ("Not published before national
    release"); `shown` is then empty for an audience that may not see it. `sources` are the cells behind it.
    """

    field: str
    group: str
    words: str
    shown: str
    sources: tuple[Source, ...] = ()
    held_words: str = ""


@dataclass(frozen=True)
class Commentary:
    """The commentary of one priority and quarter as it is stored.

    `text` holds fields. `seen` is each field with what it showed when the writer last saw or kept it, so that a
    figure that has changed since can be marked. `finished` says that the writer has done with it; `by` is a role.
    """

    priority: str
    period: Period
    text: str
    seen: tuple[tuple[str, str], ...] = ()
    finished: bool = False
    by: str = ""
    on: datetime | None = None


@dataclass(frozen=True)
class Draft:
    """What was typed and not yet written into the commentary, kept as typed."""

    priority: str
    period: Period
    text: str
    on: datetime


@dataclass(frozen=True)
class Run:
    """A run of a paragraph: plain text, or a live figure where `field` is set (`text` is then what it shows)."""

    text: str
    field: str = ""


class FigureState(StrEnum):
    """How a figure in a text stands to the data."""

    CURRENT = "current"
    CHANGED = "changed"
    HELD = "held"
    MISSING = "missing"


@dataclass(frozen=True)
class UsedFigure:
    """A live figure that a commentary uses: what it shows now, and what it showed when it was last seen."""

    field: str
    words: str
    shown: str
    before: str
    state: FigureState
    held_words: str = ""
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    """One paragraph for one audience; a paragraph with a held figure has no runs, and `held_words` says why."""

    runs: tuple[Run, ...]
    held_words: str = ""

    @property
    def text(self) -> str:
        """The paragraph as it is read."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class CommentaryPage:
    """The commentary of a priority as its panel shows it and the report prints it, for one audience.

    `text` is the stored (or, where `draft` is set, the kept draft's) text with fields, for the editor; empty for an
    audience other than working. `offered` are the figures that can be inserted. `earlier` is the last quarter's
    commentary as it read then, `earlier_period` its quarter. `suggested` are opening sentences from the assessment,
    with fields. `read_only_reason` is set where it cannot be changed (a published quarter).
    """

    priority: str
    period: Period
    audience: Audience
    text: str
    paragraphs: tuple[Paragraph, ...]
    used: tuple[UsedFigure, ...] = ()
    offered: tuple[LiveFigure, ...] = ()
    suggested: tuple[str, ...] = ()
    earlier: tuple[Paragraph, ...] = ()
    earlier_period: Period | None = None
    finished: bool = False
    by: str = ""
    on: datetime | None = None
    draft: bool = False
    read_only_reason: str = ""
