"""Commentary: what an officer writes about a priority in a quarter, with live figures that follow the data.

In the stored text a live figure is a field, `{{domestic-burglary.latest}}`, or `{{first-time-entrants@Leicester
City.latest}}` for a part of the area. Paragraphs are parted by an empty line; one that is held by hand begins with
the mark of its hold, `{{hold.exempt}}`. Which figures there are is computed in analysis; how a text is read for its
fields belongs to figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pcp_desktop.domain.clearance import Audience, ClearanceState
from pcp_desktop.domain.observations import Source
from pcp_desktop.domain.periods import Period


class Quantity(StrEnum):
    """What of a measure a live figure shows; the value is the last part of its field.

    Those that end in `words` say a difference as a sentence does ("79 (2.0%) more"), so that the direction follows
    the data like the number.
    """

    LATEST = "latest"
    PERIOD = "period"
    BASELINE = "baseline"
    BASELINE_PERIOD = "baseline_period"
    CHANGE = "change"
    PERCENT_CHANGE = "percent_change"
    CHANGE_WORDS = "change_words"
    QUARTER = "quarter"
    QUARTER_PERIOD = "quarter_period"
    QUARTER_LAST_YEAR = "quarter_last_year"
    QUARTER_CHANGE = "quarter_change"
    QUARTER_PERCENT_CHANGE = "quarter_percent_change"
    QUARTER_CHANGE_WORDS = "quarter_change_words"
    PREVIOUS_QUARTER = "previous_quarter"
    PREVIOUS_CHANGE_WORDS = "previous_change_words"
    YEAR_TO_DATE = "year_to_date"
    YEAR_TO_DATE_LAST_YEAR = "year_to_date_last_year"
    YEAR_TO_DATE_CHANGE_WORDS = "year_to_date_change_words"
    PROJECTION = "projection"
    PROJECTION_PERIOD = "projection_period"
    RANK = "rank"
    GROUP_SIZE = "group_size"
    TARGET = "target"
    STATUS = "status"


def field_name(measure: str, quantity: Quantity, area: str = "") -> str:
    """The field of a quantity of a measure; `area` is empty for the whole area."""
    return f"{measure}@{area}.{quantity}" if area else f"{measure}.{quantity}"


def measure_of(field: str) -> str:
    """The code of the measure that a field is of; what is no field gives something no measure is called."""
    return field.rpartition(".")[0].partition("@")[0]


def area_of(field: str) -> str:
    """The part of the area that a field is of; empty for the whole area."""
    return field.rpartition(".")[0].partition("@")[2]


_HOLD = "hold"
HELD_STATES = tuple(state for state in ClearanceState if state is not ClearanceState.CLEARED)


def hold_mark(state: ClearanceState) -> str:
    """The field that holds the paragraph it stands in, in one of the four ways."""
    return f"{_HOLD}.{state.value}"


def held_by(field: str) -> ClearanceState | None:
    """How the paragraph of a field is held by hand; None where the field is a figure."""
    name, _dot, state = field.partition(".")
    return ClearanceState(state) if name == _HOLD and state in HELD_STATES else None


@dataclass(frozen=True)
class LiveFigure:
    """A figure that can be put into commentary, resolved for one audience.

    `field` is what the stored text holds between braces; `words` name it in the list ("12 months to December 2015"),
    `group` is the measure's label over it. `held_words` says why the public may not read it ("Not published before
    national release"); `shown` is then empty for an audience that may not see it. `covered` says that the working
    view covers it, too, until it is asked to show it. `sources` are the cells behind it.
    """

    field: str
    group: str
    words: str
    shown: str
    sources: tuple[Source, ...] = ()
    held_words: str = ""
    covered: bool = False


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

    @property
    def stored(self) -> str:
        """The run as a stored text has it."""
        return f"{{{{{self.field}}}}}" if self.field else self.text


class FigureState(StrEnum):
    """How a figure in a text stands to the data."""

    CURRENT = "current"
    CHANGED = "changed"
    HELD = "held"
    MISSING = "missing"


@dataclass(frozen=True)
class UsedFigure:
    """A live figure that a commentary uses: what it shows now, and what it showed when it was last seen.

    A figure that changed and may not be published is `CHANGED`; `held_words` are set either way. `covered` as in
    LiveFigure.
    """

    field: str
    words: str
    shown: str
    before: str
    state: FigureState
    held_words: str = ""
    covered: bool = False
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
    commentary as it read then, `earlier_period` its quarter. `identifying` are sentences that the public could read
    and that may point to a person, for those who write. `suggested` are opening sentences from the assessment.
    `read_only_reason` is set where it cannot be changed (a published quarter).
    """

    priority: str
    period: Period
    audience: Audience
    text: str
    paragraphs: tuple[Paragraph, ...]
    used: tuple[UsedFigure, ...] = ()
    offered: tuple[LiveFigure, ...] = ()
    suggested: tuple[Paragraph, ...] = ()
    earlier: tuple[Paragraph, ...] = ()
    earlier_period: Period | None = None
    finished: bool = False
    by: str = ""
    on: datetime | None = None
    draft: bool = False
    read_only_reason: str = ""
    identifying: tuple[str, ...] = ()
